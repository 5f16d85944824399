/**
 * Learns which runs need no closer look (src/extract/body/gate.ts).
 *
 *   node bench/learn/gate.js --corpus DIR --python PYTHON --work DIR [--ship src/extract/body/gate-weights.ts]
 *
 * To be let in are runs of the body, by truth or by hand, and those that the shipped first model has hope for. The floor
 * is set by trees that have not seen the site: of the body's runs they may leave out LOST. After `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LOOK, sensePage } from '../../dist/extract/body/features.js';
import { judge, packForest, unpackForest } from '../../dist/extract/body/forest.js';
import { ASKED, gateRows } from '../../dist/extract/body/gate.js';
import { HOPE } from '../../dist/extract/body/score.js';
import { FIRST, NAMES, WORDS } from '../../dist/extract/body/weights.js';
import { unpackWords } from '../../dist/extract/body/word-weights.js';
import { readPages } from './corpus.js';
import { readLabels } from './labels.js';

const { values: option } = parseArgs({
  options: {
    corpus: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    work: { type: 'string' },
    ship: { type: 'string' },
    sets: { type: 'string', default: 'scrapinghub,aed,fundus,newspaper4k,trafilatura,postlight,htmldate' },
    suffix: { type: 'string', default: '.jsonl.gz' },
  },
});
if (!option.corpus || !option.work) {
  console.error('usage: gate.js --corpus DIR --work DIR [--python PYTHON] [--ship FILE]');
  process.exit(2);
}
const SETTINGS = {
  trees: 6,
  leaves: 16,
  rate: 0.4,
  least: 100,
  features: 1,
  width: ASKED.length,
  names: ASKED,
  inner: true,
};
const FOLDS = 3;
/** Share of the body's runs, on sites that did not teach. */
const LOST = 0.0006;
/** Weights of a run of the body, and of one that the first model only has hope for, beside 1 of all others. */
const BODY = 10;
const HOPEFUL = 3;

mkdirSync(option.work, { recursive: true });
const files = option.sets.split(',').map((set) => `${option.corpus}/${set}.dev${option.suffix}`);
const pages = await readPages(files, `${option.work}/shares.json`, readLabels());
const first = unpackForest(FIRST);
const lexicon = { names: unpackWords(NAMES), words: unpackWords(WORDS) };
const folds = new Map();
const [rows, body, hopeful, fold] = [[], [], [], []];
for (const { cut, sense, share, site } of pages) {
  if (!folds.has(site)) folds.set(site, folds.size % FOLDS);
  const page = sensePage(cut, sense, lexicon);
  const hopes = judge(first, LOOK.rows(page.runs, page));
  for (const value of gateRows(page)) rows.push(value);
  for (let i = 0; i < page.runs.length; i++) {
    body.push(share?.[i] >= 0.5);
    hopeful.push(hopes[i] >= HOPE);
    fold.push(folds.get(site));
  }
}
const write = (file, values) => writeFileSync(`${option.work}/${file}`, Buffer.from(values.buffer));
write('rows.f32', Float32Array.from(rows));
write(
  'label.f32',
  Float32Array.from(body, (is, i) => (is || hopeful[i] ? 1 : 0)),
);
write(
  'weight.f32',
  Float32Array.from(body, (is, i) => (is ? BODY : hopeful[i] ? HOPEFUL : 1)),
);
write('fold.i32', Int32Array.from(fold));
writeFileSync(`${option.work}/settings.json`, JSON.stringify(SETTINGS));
execFileSync(option.python, [new URL('train.py', import.meta.url).pathname, option.work], { stdio: 'inherit' });
const bytes = readFileSync(`${option.work}/score.f32`);
const scores = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const ofBody = scores.filter((_, i) => body[i]).sort();
const floor = ofBody[Math.floor(ofBody.length * LOST)];
const share = (is) => {
  const all = scores.filter((_, i) => is(i));
  return (all.filter((score) => score < floor).length / all.length).toFixed(4);
};
console.log(
  `${pages.length} pages, ${scores.length} runs; left out on other sites: ${share(() => true)} of all, ${share((i) => body[i])} of the body, ${share((i) => hopeful[i])} of the hopeful`,
);
if (option.ship) {
  const trees = JSON.parse(readFileSync(`${option.work}/model.json`, 'utf8'));
  writeFileSync(
    option.ship,
    `/** Learned by bench/learn/gate.js; do not edit. */
export const GATE_FLOOR = ${floor.toPrecision(4)};
export const GATE =
  '${packForest(trees, ASKED.length)}';
`,
  );
}
