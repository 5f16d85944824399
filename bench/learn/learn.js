/**
 * Learns the body's models and says how well they do on sites they have not seen.
 *
 *   node bench/learn/learn.js --corpus DIR --python PYTHON --work DIR [--folds 5] [--ship src/extract/weights.ts]
 *
 * Two kinds of pages teach: those whose whole body is known, and others (`--others`) of which marks tell what is in the
 * body and what is not; the rest of these is guessed by the first model, which has not seen their site. With --folds 0
 * nothing is measured.
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
import { markedRuns, readPages } from './corpus.js';
import { learnLexicon } from './lexicon.js';

const { values: option } = parseArgs({
  options: {
    corpus: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    work: { type: 'string' },
    folds: { type: 'string', default: '5' },
    ship: { type: 'string' },
    others: { type: 'string', default: 'trafilatura,postlight' },
    tune: { type: 'string', default: '{}' },
    suffix: { type: 'string', default: '.jsonl.gz' },
  },
});
const tune = JSON.parse(option.tune);
const SETS = ['scrapinghub', 'aed', 'fundus', 'newspaper4k'];
const INNER = tune.inner ?? 3;
const FIRST = { trees: 120, leaves: 16, rate: 0.08, ...tune.first };
const SECOND = { trees: 160, leaves: 20, rate: 0.06, ...tune.second };
const here = new URL('.', import.meta.url).pathname;

const hash = (text) => {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
  return (h ^ (h >>> 15)) >>> 0;
};

const pages = await readPages(SETS.map((set) => `${option.corpus}/${set}.dev${option.suffix}`));
const others = option.others
  ? await readPages(option.others.split(',').map((set) => `${option.corpus}/${set}.dev${option.suffix}`))
  : [];
for (const page of [...pages, ...others]) page.hash = hash(page.site);
for (const page of pages) page.label = page.share.map((share) => (share >= 0.6 ? 1 : 0));
for (const page of others) page.label = tune.teach === false ? page.cut.runs.map(() => undefined) : markedRuns(page);
console.error(
  `${pages.length} pages, ${pages.reduce((n, page) => n + page.cut.runs.length, 0)} runs; ${others.length} pages with ${others.reduce((n, page) => n + page.label.filter((is) => is !== undefined).length, 0)} marked runs`,
);

/** Weight of a run that a mark tells of, and of one that is only guessed, beside 1 where the whole body is known. */
const MARKED = tune.marked ?? 2;
const GUESSED = tune.guessed ?? 0.3;

/** Long runs count more; all runs of a page together about the same on every page. */
function weightsOf({ page, guess, trust = 1 }) {
  return page.cut.runs.map((run, i) => {
    const known = page.share
      ? trust
      : page.label[i] !== undefined
        ? MARKED
        : guess && tune.teach !== false
          ? GUESSED
          : 0;
    const weight = known * (0.5 + Math.min(run.words, 40) / 20);
    // Menus are most of all runs and all alike: one of three stands for them.
    const isMenu = run.words < 6 && run.linkChars >= run.chars && !(page.label[i] >= 0.5);
    return isMenu ? (i % 3 === 0 ? weight * 3 : 0) : weight;
  });
}

const labelsOf = ({ page, guess }) => page.label.map((is, i) => is ?? guess?.[i] ?? 0);

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
      parts.map((p) => Float32Array.from(labelsOf(p))),
      Float32Array,
    ),
  );
  writeFileSync(
    `${folder}/weight.f32`,
    join(
      parts.map((p) => Float32Array.from(weightsOf(p))),
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

/** A page where a model that has not seen it disagrees with most of the truth: its truth is likely cut off. */
function trustOf({ page, scores }) {
  let both = 0;
  let told = 0;
  let truth = 0;
  page.cut.runs.forEach((run, i) => {
    const is = page.label[i] >= 0.5;
    if (is) truth += run.words;
    if (scores[i] >= 0.5) told += run.words;
    if (is && scores[i] >= 0.5) both += run.words;
  });
  return both / Math.max(1, told) < 0.6 || both / Math.max(1, truth) < 0.5 ? (tune.distrust ?? 1) : 1;
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
  const shapeNames = SHAPE;
  const first = train('first', parts, shapeNames, FIRST, true);
  for (const part of parts) {
    if (part.page.share) part.trust = trustOf(part);
    // What marks leave open is guessed by the model that has not seen the site.
    else part.guess = part.scores.slice();
  }
  for (const part of parts) part.rows = aroundRows(lookAround(part.sensed, part.scores), part.shape);
  const second = train('second', parts, [...shapeNames, ...AROUND.map(([name]) => `around.${name}`)], SECOND, false);
  return { lexicon, first, second, tested: parts.filter((part) => part.fold < 0) };
}

const folds = Number(option.folds);
const all = [...pages, ...others];
const predictions = [];
for (let k = 0; k < folds; k++) {
  const outside = (page) => page.hash % folds !== k;
  const { tested } = round(
    all.filter(outside),
    all.filter((page) => !outside(page)),
  );
  for (const { page, scores } of tested) {
    const kept = page.cut.runs.filter((run) => scores[run.index] >= 0.5);
    predictions.push({
      id: page.id,
      url: page.url,
      articleBody: kept.map((run) => run.text).join('\n\n'),
      runs: page.cut.runs.map((run, i) => [
        Math.round(scores[i] * 100) / 100,
        page.share?.[i] ?? page.label[i] ?? null,
        run.text,
      ]),
    });
  }
  console.error(`fold ${k + 1} of ${folds}: ${tested.length} pages`);
}
/** Steadier than the counts of score.mjs: wrong runs and log loss per page, cut at 4 runs and 0.6 nats so that noise in the truth weighs less. */
function report(lines) {
  let loss = 0;
  let wrong = 0;
  let exact = 0;
  for (const { runs } of lines) {
    let l = 0;
    let w = 0;
    for (const [score, share] of runs) {
      const is = share >= 0.6;
      l -= Math.log(Math.min(0.995, Math.max(0.005, is ? score : 1 - score)));
      if (is !== score >= 0.5) w++;
    }
    loss += Math.min(l, 20);
    wrong += Math.min(w, 4);
    if (w === 0) exact++;
  }
  return `loss ${(loss / lines.length).toFixed(3)} wrong ${(wrong / lines.length).toFixed(3)} exact ${(exact / lines.length).toFixed(3)}`;
}

if (predictions.length) {
  for (const set of SETS) console.error(set.padEnd(12), report(predictions.filter(({ id }) => id.startsWith(set))));
  console.error('all'.padEnd(12), report(predictions.filter(({ id }) => SETS.some((set) => id.startsWith(set)))));
  writeFileSync(
    `${option.work}/predictions.jsonl`,
    predictions.map(({ runs, ...line }) => JSON.stringify(line)).join('\n'),
  );
  writeFileSync(`${option.work}/runs.jsonl`, predictions.map((line) => JSON.stringify(line)).join('\n'));
}

if (option.ship) {
  const { lexicon, first, second } = round(all, []);
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
