#!/usr/bin/env node
// Learns the weights in src/extract/date/rank.ts from a corpus whose pages have true dates.
//
//   npm run build && node bench/learn-fields/dates.mjs --corpus DIR [--write]
//
// A page's days stand for election against each other (softmax); the weights make the true day's share largest.
// Accuracy is measured by cross-validation over five folds of sites, so that no site is learned from and tested on.
// `--write` puts the weights of all pages together into the source file.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pagesOf, setsIn, siteFold } from '../accuracy/corpus.mjs';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, write: { type: 'boolean' }, dist: { type: 'string', default: '../../dist' } },
});
if (!options.corpus) {
  console.error('usage: dates.mjs --corpus DIR [--write]');
  process.exit(2);
}
const at = (path) => new URL(`${options.dist}/${path}`, import.meta.url).href;
const { parseDocument } = await import(at('extract/tree.js'));
const { surveyPage } = await import(at('extract/extract.js'));
const { collectDates } = await import(at('extract/date/collect.js'));
const { groupDays, FEATURES } = await import(at('extract/date/rank.js'));

const FOLDS = 5;
const pages = [];
for (const set of await setsIn(options.corpus)) {
  for await (const page of pagesOf(options.corpus, set)) {
    const day = /^\d{4}-\d{2}-\d{2}/.exec(page.truth.date ?? '')?.[0];
    if (!day) continue;
    const survey = surveyPage(parseDocument(page.html), { url: page.url, html: page.html });
    const days = groupDays(collectDates(survey.witnesses, survey.place), 'published');
    pages.push({
      set,
      fold: siteFold(page.url, FOLDS),
      features: days.map((group) => [...group.features]),
      truth: days.findIndex((group) => group.day === day),
    });
  }
}

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const bestOf = (page, weights) => {
  let best = 0;
  page.features.forEach((features, i) => {
    if (dot(features, weights) > dot(page.features[best], weights)) best = i;
  });
  return best;
};

/** Full-batch gradient ascent on the log share of the true day, with a pull towards zero. */
function train(sample, { rounds = 400, rate = 0.5, pull = 0.002 } = {}) {
  const usable = sample.filter((page) => page.truth >= 0 && page.features.length > 1);
  const weights = FEATURES.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const gradient = FEATURES.map(() => 0);
    for (const page of usable) {
      const scores = page.features.map((features) => dot(features, weights));
      const top = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - top));
      const total = shares.reduce((a, b) => a + b, 0);
      page.features.forEach((features, i) => {
        const push = (i === page.truth ? 1 : 0) - shares[i] / total;
        for (let f = 0; f < features.length; f++) gradient[f] += push * features[f];
      });
    }
    for (let f = 0; f < weights.length; f++)
      weights[f] += rate * (gradient[f] / usable.length) * 10 - rate * pull * weights[f];
  }
  return weights;
}

const right = new Map();
const count = (set, ok, reachable) => {
  const row = right.get(set) ?? { pages: 0, right: 0, reachable: 0 };
  row.pages++;
  row.right += ok ? 1 : 0;
  row.reachable += reachable ? 1 : 0;
  right.set(set, row);
};
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = train(pages.filter((page) => page.fold !== fold));
  for (const page of pages.filter((one) => one.fold === fold)) {
    count(page.set, page.truth >= 0 && bestOf(page, weights) === page.truth, page.truth >= 0);
  }
}
console.log('set           pages   right  reachable');
for (const [set, row] of right) {
  console.log(
    set.padEnd(12),
    String(row.pages).padStart(6),
    (row.right / row.pages).toFixed(3).padStart(7),
    (row.reachable / row.pages).toFixed(3).padStart(9),
  );
}
const weights = train(pages);
const table = FEATURES.map((name, i) => `  ${name}: ${weights[i].toFixed(2).replace(/\.?0+$/, '')},`).join('\n');
console.log(table);
if (options.write) {
  const file = new URL('../../src/extract/date/rank.ts', import.meta.url);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.replace(/(const WEIGHTS[^{]*\{\n)[^}]*(\n\};)/, `$1${table}$2`));
}
