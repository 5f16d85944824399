/**
 * Learns the body's models and says how well they do on sites they have not seen.
 *
 *   node bench/learn/learn.js --corpus DIR --python PYTHON --work DIR [--folds 5] [--ship src/extract/weights.ts]
 *
 * For each outer fold of sites: word tables and first model from the other folds; scores of each training page come
 * from an inner fold that has not seen its site; the second model learns from these. Predictions for the outer fold go
 * to WORK/predictions.jsonl, for score.mjs. With --ship a last round on all pages writes the shipped weights.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AROUND, aroundRows, lookAround } from '../../dist/extract/around.js';
import { SHAPE, sensePage, shapeRows } from '../../dist/extract/features.js';
import { packForest } from '../../dist/extract/forest.js';
import { readPages } from './corpus.js';
import { learnLexicon } from './lexicon.js';

const { values: option } = parseArgs({
  options: {
    corpus: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    work: { type: 'string' },
    folds: { type: 'string', default: '5' },
    ship: { type: 'string' },
    suffix: { type: 'string', default: '.jsonl.gz' },
  },
});
const SETS = ['scrapinghub', 'aed', 'fundus', 'newspaper4k'];
const INNER = 4;
const FIRST = { trees: 120, leaves: 16, rate: 0.08 };
const SECOND = { trees: 160, leaves: 20, rate: 0.06 };
const here = new URL('.', import.meta.url).pathname;

const hash = (text) => {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
  return (h ^ (h >>> 15)) >>> 0;
};

const pages = await readPages(SETS.map((set) => `${option.corpus}/${set}.dev${option.suffix}`));
for (const page of pages) page.hash = hash(page.site);
console.error(`${pages.length} pages, ${pages.reduce((n, page) => n + page.cut.runs.length, 0)} runs`);

/** Long runs count more; all runs of a page together about the same on every page. */
function weightsOf(page) {
  return page.cut.runs.map((run, i) => (Number.isNaN(page.share[i]) ? 0 : 0.5 + Math.min(run.words, 40) / 20));
}

function train(stage, parts, names, settings, inner) {
  const folder = `${option.work}/${stage}`;
  mkdirSync(folder, { recursive: true });
  const join = (arrays, Type) => {
    const all = new Type(arrays.reduce((n, a) => n + a.length, 0));
    let at = 0;
    for (const a of arrays) {
      all.set(a, at);
      at += a.length;
    }
    return Buffer.from(all.buffer);
  };
  writeFileSync(
    `${folder}/rows.f32`,
    join(
      parts.map((p) => p.rows),
      Float32Array,
    ),
  );
  writeFileSync(
    `${folder}/label.f32`,
    join(
      parts.map((p) => Float32Array.from(p.page.share, (s) => (s >= 0.6 ? 1 : 0))),
      Float32Array,
    ),
  );
  writeFileSync(
    `${folder}/weight.f32`,
    join(
      parts.map((p) => Float32Array.from(weightsOf(p.page))),
      Float32Array,
    ),
  );
  writeFileSync(
    `${folder}/fold.i32`,
    join(
      parts.map((p) => new Int32Array(p.page.cut.runs.length).fill(p.fold)),
      Int32Array,
    ),
  );
  writeFileSync(`${folder}/settings.json`, JSON.stringify({ ...settings, names, width: names.length, inner }));
  execFileSync(option.python, [`${here}train.py`, folder], { stdio: 'inherit' });
  const bytes = readFileSync(`${folder}/score.f32`);
  const scores = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let at = 0;
  for (const part of parts) {
    part.scores = scores.subarray(at, at + part.page.cut.runs.length);
    at += part.page.cut.runs.length;
  }
  return JSON.parse(readFileSync(`${folder}/model.json`, 'utf8'));
}

/** One round: learns from `learn`, judges `test`. */
function round(learn, test) {
  const innerOf = (page) => Math.floor(page.hash / 1000) % INNER;
  const lexicons = Array.from({ length: INNER }, (_, k) => learnLexicon(learn.filter((page) => innerOf(page) !== k)));
  const lexicon = learnLexicon(learn);
  const parts = [
    ...learn.map((page) => ({ page, fold: innerOf(page), lexicon: lexicons[innerOf(page)] })),
    ...test.map((page) => ({ page, fold: -1, lexicon })),
  ];
  for (const part of parts) {
    part.sensed = sensePage(part.page.cut, part.page.sense, part.lexicon);
    part.shape = shapeRows(part.sensed);
    part.rows = part.shape;
  }
  const shapeNames = SHAPE.map(([name]) => name);
  const first = train('first', parts, shapeNames, FIRST, true);
  for (const part of parts) part.rows = aroundRows(lookAround(part.sensed, part.scores), part.shape);
  const second = train('second', parts, [...shapeNames, ...AROUND.map(([name]) => `around.${name}`)], SECOND, false);
  return { lexicon, first, second, tested: parts.filter((part) => part.fold < 0) };
}

const folds = Number(option.folds);
const predictions = [];
for (let k = 0; k < folds; k++) {
  const { tested } = round(
    pages.filter((page) => page.hash % folds !== k),
    pages.filter((page) => page.hash % folds === k),
  );
  for (const { page, scores } of tested) {
    const kept = page.cut.runs.filter((run) => scores[run.index] >= 0.5);
    predictions.push({
      id: page.id,
      url: page.url,
      articleBody: kept.map((run) => run.text).join('\n\n'),
      runs: page.cut.runs.map((run, i) => [Math.round(scores[i] * 100) / 100, page.share[i], run.text]),
    });
  }
  console.error(`fold ${k + 1} of ${folds}: ${tested.length} pages`);
}
if (predictions.length) {
  writeFileSync(
    `${option.work}/predictions.jsonl`,
    predictions.map(({ runs, ...line }) => JSON.stringify(line)).join('\n'),
  );
  writeFileSync(`${option.work}/runs.jsonl`, predictions.map((line) => JSON.stringify(line)).join('\n'));
}

if (option.ship) {
  const { lexicon, first, second } = round(pages, []);
  const table = (map) => {
    const byWeight = new Map();
    for (const [word, weight] of map) (byWeight.get(weight) ?? byWeight.set(weight, []).get(weight)).push(word);
    return [...byWeight]
      .sort(([a], [b]) => a - b)
      .map(([weight, words]) => [weight, ...words.sort()].join(' '))
      .join('\n');
  };
  writeFileSync(
    option.ship,
    `/** Learned by bench/learn/learn.js; do not edit. Word tables: a weight and its words a line. Forests: see forest.ts. */
export const NAMES = ${JSON.stringify(table(lexicon.names))};
export const WORDS = ${JSON.stringify(table(lexicon.words))};
export const FIRST = '${packForest(first, SHAPE.length)}';
export const SECOND = '${packForest(second, SHAPE.length + AROUND.length)}';
`,
  );
}
