/**
 * Learns the body's models and says how well they do on sites they have not seen.
 *
 *   node bench/learn/learn.js --corpus DIR --python PYTHON --work DIR [--folds 5] [--ship src/extract/body/weights.ts]
 *     [--tune '{"marked":2}']   other values for the constants below
 *
 * Two kinds of pages teach: those whose whole body is known, by their truth or by hand (labels.js), and others
 * (`--others`) of which marks tell what is in the body and what is not; the rest of these is guessed by the first model,
 * which has not seen their site. Long pages and crowded ones are made of the first kind (made-pages.js). With --folds 0
 * nothing is measured.
 *
 * For each outer fold of sites: word tables and the first model from the other folds; scores of each training page come from an inner
 * fold that has not seen its site; the second model learns from these, and only from runs that the first has hope for. Out: the columns of the accuracy
 * table on the sites left out, and how much better the second model does on pages that taught it; predictions in
 * WORK/predictions.jsonl. With --ship a last round on all pages writes the shipped weights.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { KEPT, moveToBar } from '../../dist/extract/body/bar.js';
import { dependentsOf } from '../../dist/extract/body/dependents.js';
import { LOOK, sensePage } from '../../dist/extract/body/features.js';
import { floorsOf, packForest, unpackForest } from '../../dist/extract/body/forest.js';
import { CLOSER_LOOK, closerRows, DOUBT, HOPE } from '../../dist/extract/body/score.js';
import { scoreTables } from '../../dist/extract/body/tables.js';
import { keepTerms } from '../../dist/extract/body/terms.js';
import { packWords, unpackWords } from '../../dist/extract/body/word-weights.js';
import { columnsOf, measurePage } from '../accuracy/measures.mjs';
import { labelledRuns, markedRuns, readPages } from './corpus.js';
import { readLabels } from './labels.js';
import { learnLexicon } from './lexicon.js';
import { crowd, lengthen } from './made-pages.js';

const { values: option } = parseArgs({
  options: {
    corpus: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    work: { type: 'string' },
    folds: { type: 'string', default: '5' },
    ship: { type: 'string' },
    others: { type: 'string', default: 'trafilatura,postlight,htmldate' },
    tune: { type: 'string', default: '{}' },
    suffix: { type: 'string', default: '.jsonl.gz' },
  },
});
if (!option.corpus || !option.work) {
  console.error('usage: learn.js --corpus DIR --work DIR [--python PYTHON] [--folds 5] [--ship FILE]');
  process.exit(2);
}
const tune = JSON.parse(option.tune);
const SETS = ['scrapinghub', 'aed', 'fundus', 'newspaper4k'];
const INNER = tune.inner ?? 3;
const FIRST = { trees: 40, leaves: 30, rate: 0.2, ...tune.first };
const SECOND = { trees: 120, leaves: 60, depth: 10, rate: 0.12, ...tune.second };
/** Pages made long, beside some five hundred real ones. */
const LONG_PAGES = tune.long ?? 60;
/** Pages with elements of other sites in them, and the share of these whose class names are taken for unknown ones. */
const CROWDED_PAGES = tune.crowded ?? 300;
const UNNAMED = tune.unnamed ?? 0.4;
/** Weight of a run that a mark tells of, and of one that is only guessed, beside 1 where the whole body is known. */
const MARKED = tune.marked ?? 1.5;
const GUESSED = tune.guessed ?? 0.05;
const here = new URL('.', import.meta.url).pathname;

const hash = (text) => {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
  return (h ^ (h >>> 15)) >>> 0;
};

mkdirSync(option.work, { recursive: true });
const filesOf = (sets) => sets.map((set) => `${option.corpus}/${set}.dev${option.suffix}`);
const pages = await readPages(filesOf(SETS), `${option.work}/shares.json`);
const others = option.others
  ? await readPages(filesOf(option.others.split(',')), `${option.work}/shares.json`, readLabels())
  : [];
for (const page of [...pages, ...others]) {
  page.set = page.id.slice(0, page.id.indexOf(':'));
  page.hash = hash(page.site);
}
for (const page of pages) {
  page.whole = true;
  page.label = page.share.map((share) => (share >= 0.6 ? 1 : 0));
}
for (const page of others) {
  if (page.marks) page.byHand = page.whole = true;
  page.label = page.byHand ? labelledRuns(page) : markedRuns(page);
}
const count = (list, of) => list.reduce((n, page) => n + of(page), 0);
console.error(
  `${pages.length} pages with a truth, ${count(others, (page) => (page.byHand ? 1 : 0))} by hand; ${count(others, (page) => (page.byHand ? 0 : 1))} with ${count(others, (page) => (page.byHand ? 0 : page.label.filter((is) => is !== undefined).length))} marked runs`,
);

/** Long runs count more. */
function weightsOf({ page, guess, doubted, runs }) {
  return runs.map(({ index: i, words, linkChars, chars }) => {
    if (doubted?.[i]) return 0;
    const isKnown = page.label[i] !== undefined;
    const trust = page.whole ? (isKnown ? (page.weight ?? 1) : 0) : isKnown ? MARKED : guess ? GUESSED : 0;
    const weight = trust * (0.5 + Math.min(words, 40) / 20);
    // Menus are most of all runs and all alike, guesses weigh little: one of several stands for them.
    const isMenu = words < 6 && linkChars >= chars && !(page.label[i] >= 0.5);
    const step = isMenu ? 6 : isKnown ? 1 : 4;
    return i % step === 0 ? weight * step : 0;
  });
}

const labelsOf = ({ page, guess, runs }) => runs.map(({ index }) => page.label[index] ?? guess?.[index] ?? 0);

/** Learns from the rows of each part's `runs`; the scores become those of a model that has not seen the site. */
function train(stage, parts, names, settings, inner) {
  const folder = `${option.work}/${stage}`;
  mkdirSync(folder, { recursive: true });
  const write = (file, Type, valuesOf) => {
    const arrays = parts.map(valuesOf);
    const all = new Type(arrays.reduce((n, a) => n + a.length, 0));
    let at = 0;
    for (const a of arrays) {
      all.set(a, at);
      at += a.length;
    }
    writeFileSync(`${folder}/${file}`, Buffer.from(all.buffer));
  };
  write('rows.f32', Float32Array, (part) => part.rows);
  write('label.f32', Float32Array, labelsOf);
  write('weight.f32', Float32Array, weightsOf);
  write('fold.i32', Int32Array, (part) => new Int32Array(part.runs.length).fill(part.fold));
  writeFileSync(`${folder}/settings.json`, JSON.stringify({ ...settings, names, width: names.length, inner }));
  execFileSync(option.python, [`${here}train.py`, folder], { stdio: 'inherit' });
  const bytes = readFileSync(`${folder}/score.f32`);
  const scores = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let at = 0;
  for (const part of parts) {
    part.scores = new Float32Array(part.page.cut.runs.length);
    for (const { index } of part.runs) part.scores[index] = scores[at++];
  }
  return JSON.parse(readFileSync(`${folder}/model.json`, 'utf8'));
}

/**
 * Runs that a truth leaves out though a model that has not seen the site is sure of them, on pages where these are much
 * of the body: the truth was cut off, by a paywall or by the tool that made it.
 */
const SURE = tune.sure ?? 0.9;
const CUT_OFF = tune.cutOff ?? 0.25;
function doubtedIn({ page, scores }) {
  let doubted = 0;
  let truth = 0;
  const is = page.cut.runs.map((run, i) => {
    if (page.label[i] >= 0.5) truth += run.words;
    else if (scores[i] >= SURE && run.words >= 8) doubted += run.words;
    return !(page.label[i] >= 0.5) && scores[i] >= 0.5;
  });
  return doubted > CUT_OFF * (truth + doubted) ? is : undefined;
}

const packedLexicon = (pages) => {
  const { names, words } = learnLexicon(pages);
  return { names: packWords(names), words: packWords(words) };
};
const unpackedLexicon = ({ names, words }) => ({ names: unpackWords(names), words: unpackWords(words) });
const NO_NAMES = unpackWords('');

/** One round: learns from `learn`, judges `test`. */
function round(learn, test) {
  const innerOf = (page) => Math.floor(page.hash / 1000) % INNER;
  const packed = packedLexicon(learn);
  const lexicon = unpackedLexicon(packed);
  const lexicons = Array.from({ length: INNER }, (_, k) =>
    unpackedLexicon(packedLexicon(learn.filter((page) => innerOf(page) !== k))),
  );
  const lexiconOf = (page) => {
    const full = lexicons[innerOf(page)];
    return page.unnamed ? { ...full, names: NO_NAMES } : full;
  };
  // Within a fold, so that no page shows what a model must not have seen.
  const made = Array.from({ length: INNER }, (_, k) => {
    const whole = learn.filter((page) => page.whole && innerOf(page) === k);
    const random = dice(k + 1);
    return [
      ...lengthen(whole, LONG_PAGES / INNER, random),
      ...crowd(whole, CROWDED_PAGES / INNER, random).map((page) => ({ ...page, unnamed: random() < UNNAMED })),
    ];
  });
  const parts = [
    ...[...learn, ...made.flat()].map((page) => ({ page, fold: innerOf(page), lexicon: lexiconOf(page) })),
    ...test.map((page) => ({ page, fold: -1, lexicon })),
  ];
  for (const part of parts) {
    part.runs = part.page.cut.runs;
    part.sensed = sensePage(part.page.cut, part.page.sense, part.lexicon);
    part.rows = LOOK.rows(part.runs, part.sensed);
  }
  const first = train('first', parts, LOOK.names, FIRST, true);
  const floors = [floorsOf(unpackForest(packForest(first, LOOK.width)), rowsOf(parts), HOPE)];
  let count = 0;
  for (const part of parts) {
    if (part.page.whole) part.doubted = part.page.byHand ? undefined : doubtedIn(part);
    // What marks leave open is guessed by the model that has not seen the site.
    else part.guess = part.scores.slice();
    if (part.doubted && part.fold >= 0) count++;
  }
  console.error(`${count} truths in doubt`);
  for (const part of parts) toHopeful(part);
  const second = train('second', parts, CLOSER_LOOK, SECOND, false);
  floors.push(floorsOf(unpackForest(packForest(second, CLOSER_LOOK.length)), rowsOf(parts), DOUBT));
  return { packed, first, second, floors, parts };
}

/** Rows of the pages that teach. */
const rowsOf = (parts) => parts.filter(({ fold }) => fold >= 0).map(({ rows }) => rows);

/** What the second model is shown of a page, as scoreRuns shows it. */
function toHopeful(part) {
  const { scores, rows, sensed } = part;
  const looks = [];
  part.runs = part.runs.filter(({ index }) => {
    const is = scores[index] >= HOPE;
    if (is) looks.push(rows.subarray(index * LOOK.width, (index + 1) * LOOK.width));
    else scores[index] = 0;
    return is;
  });
  const kept = new Float32Array(looks.length * LOOK.width);
  for (const [i, look] of looks.entries()) kept.set(look, i * LOOK.width);
  part.rows = closerRows(sensed, part.runs, kept, scores);
}

/** The same numbers in each run. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** As findBody makes it of these scores, but for the lines that a known headline tells. */
function bodyOf({ page: { cut }, scores: learned }) {
  const scores = learned.slice();
  moveToBar(cut.runs, scores);
  scoreTables(cut.runs, scores, KEPT);
  keepTerms(cut.runs, scores, KEPT);
  const isKept = (run) => scores[run.index] >= KEPT;
  const gone = new Set(dependentsOf(cut.runs, isKept));
  return cut.runs
    .filter((run) => isKept(run) && !gone.has(run))
    .map((run) => run.text)
    .join('\n\n');
}

/** Steadier than the columns: wrong runs per page, cut at 4 so that noise in the truth weighs less. */
function wrongIn({ page, scores }) {
  return Math.min(
    4,
    scores.filter((score, i) => page.label[i] !== undefined && score >= 0.5 !== page.label[i] >= 0.5).length,
  );
}

function lossIn({ page, scores }) {
  let loss = 0;
  scores.forEach((score, i) => {
    if (page.label[i] === undefined) return;
    loss -= Math.log(Math.min(0.995, Math.max(0.005, page.label[i] >= 0.5 ? score : 1 - score)));
  });
  return Math.min(20, loss);
}

function judged(part) {
  const { page } = part;
  return {
    set: page.set,
    ...measurePage(
      { body: page.truth.body, with: page.truth.with, without: page.truth.without, starts: page.truth.starts },
      { articleBody: bodyOf(part) },
    ),
    ...(page.whole && { wrong: wrongIn(part), loss: lossIn(part) }),
  };
}

const shown = (value) => (value === undefined ? '' : value.toFixed(3)).padStart(8);
function table(title, lines) {
  const columns = ['f1', 'exact', 'rouge', 'marks', 'starts', 'wrong', 'loss'];
  console.log(title.padEnd(14), ...columns.map((name) => name.padStart(8)));
  for (const set of [...SETS, ...(option.others ? option.others.split(',') : [])]) {
    const mine = lines.filter((line) => line.set === set);
    const mean = (key) => {
      const values = mine.map((line) => line[key]).filter((value) => value !== undefined);
      return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
    };
    const all = { ...columnsOf(mine), wrong: mean('wrong'), loss: mean('loss') };
    console.log(set.padEnd(14), ...columns.map((name) => shown(all[name])));
  }
}

const folds = Number(option.folds);
const all = [...pages, ...others];
const predictions = [];
const seen = [];
const unseen = [];
for (let k = 0; k < folds; k++) {
  const outside = (page) => page.hash % folds !== k;
  const { parts } = round(
    all.filter(outside),
    all.filter((page) => !outside(page)),
  );
  for (const part of parts) {
    if (!part.page.truth) continue;
    (part.fold < 0 ? unseen : seen).push(judged(part));
    if (part.fold >= 0) continue;
    const { page, scores } = part;
    predictions.push({
      id: page.id,
      url: page.url,
      articleBody: bodyOf(part),
      runs: page.cut.runs.map((run, i) => [
        Math.round(scores[i] * 100) / 100,
        page.share?.[i] ?? page.label[i] ?? null,
        run.text,
      ]),
    });
  }
  console.error(`fold ${k + 1} of ${folds}`);
}

if (folds > 0) {
  table('seen', seen);
  table('not seen', unseen);
  writeFileSync(
    `${option.work}/predictions.jsonl`,
    predictions.map(({ runs, ...line }) => JSON.stringify(line)).join('\n'),
  );
  writeFileSync(`${option.work}/runs.jsonl`, predictions.map((line) => JSON.stringify(line)).join('\n'));
}

if (option.ship) {
  const { packed, first, second, floors } = round(all, []);
  writeFileSync(
    option.ship,
    `/** Learned by bench/learn/learn.js; do not edit. Words: see word-weights.ts; forests: see forest.ts. */
export const NAMES = '${packed.names}';
export const WORDS = '${packed.words}';
export const FIRST = '${packForest(first, LOOK.width, floors[0])}';
export const SECOND = '${packForest(second, CLOSER_LOOK.length, floors[1])}';
`,
  );
}
