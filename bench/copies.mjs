#!/usr/bin/env node
/**
 * What finding a copy costs: exact and near look-ups in ledgers of several sizes, in one run. Run on the build:
 *
 *   npm run build && node bench/copies.mjs [records…]      default: 10000 100000 1000000
 *
 * Prints microseconds a look-up, the ratio to the first size, how many near copies were found, and the file's size.
 * Sketches are drawn at random, as those of unlike texts are; near copies share 90 of 100 of their minima.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../dist/archive/ledger.js';
import { openState } from '../dist/state.js';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];
const LOOKUPS = 2000;
const BATCH = 2000;
const SKETCH = 72;

let state = 1;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state ^ (state >>> 15)) >>> 0;
};
const sketch = () => Uint32Array.from({ length: SKETCH }, random);
const digest = (number) => `sha256:${String(number).padStart(64, '0')}`;

const rows = sizes.map(measure);
for (const row of rows)
  for (const name of ['exact', 'near', 'unlike']) row[`${name} ratio`] = Number((row[name] / rows[0][name]).toFixed(2));
console.log(`node ${process.version}, ${process.platform} ${process.arch}; microseconds a look-up`);
console.table(rows);

function measure(records) {
  const folder = mkdtempSync(join(tmpdir(), 'copies-'));
  const file = join(folder, 'state.db');
  const db = openState(file);
  try {
    const ledger = new Ledger(db);
    const known = [];
    for (let from = 0; from < records; from += BATCH)
      ledger.transaction(() => {
        for (let number = from; number < Math.min(records, from + BATCH); number++) {
          const drawn = sketch();
          if (number % Math.ceil(records / LOOKUPS) === 0) known.push({ number, drawn });
          ledger.putRevision({
            ...{ key: `example.org/${number}`, url: `https://example.org/${number}`, number: 1, run: 'r' },
            ...{ id: digest(number), contentDigest: digest(number), fieldDigests: {}, textDigest: digest(number) },
            sketch: drawn,
          });
        }
      });
    let found = 0;
    const time = (look) => {
      const started = performance.now();
      for (const one of known) look(one);
      return Number((((performance.now() - started) * 1000) / known.length).toFixed(1));
    };
    const nearly = known.map(({ drawn }) => drawn.map((value) => (random() % 10 === 0 ? random() : value)));
    const others = known.map(sketch);
    const exact = time(({ number }) => ledger.exactCopy(digest(number), 'another'));
    let next = 0;
    const near = time(() => {
      if (ledger.nearCopy(nearly[next++], 'another')) found++;
    });
    next = 0;
    const unlike = time(() => ledger.nearCopy(others[next++], 'another'));
    return {
      records,
      exact,
      near,
      unlike,
      found: `${found} of ${known.length}`,
      MB: Math.round(statSync(file).size / 1e6),
    };
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
