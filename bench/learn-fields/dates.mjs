#!/usr/bin/env node
// Learns the weights in src/extract/date/rank.ts from a corpus whose pages have true dates.
//
//   npm run build && node bench/learn-fields/dates.mjs --corpus DIR [--write]
//
// A page's days stand for election against each other. Measured by cross-validation over folds of sites.
// `--write` puts the weights of all pages together into the source file.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pagesOf, setsIn, siteFold } from '../accuracy/corpus.mjs';
import { FOLDS, report, tableOf } from './softmax.mjs';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, write: { type: 'boolean' }, dist: { type: 'string', default: '../../dist' } },
});
if (!options.corpus) {
  console.error('usage: dates.mjs --corpus DIR [--write]');
  process.exit(2);
}
const at = (path) => new URL(`${options.dist}/${path}`, import.meta.url).href;
const { decodeHtml } = await import(at('fetch/charset.js'));
const { parseDocument } = await import(at('extract/page/tree.js'));
const { surveyPage } = await import(at('extract/extract.js'));
const { collectDates } = await import(at('extract/date/collect.js'));
const { groupDays, FEATURES } = await import(at('extract/date/rank.js'));

const pages = [];
for (const set of await setsIn(options.corpus)) {
  for await (const page of pagesOf(options.corpus, set, (bytes) => decodeHtml(bytes).html)) {
    const day = /^\d{4}-\d{2}-\d{2}/.exec(page.truth.date ?? '')?.[0];
    if (!day) continue;
    const { witnesses, place } = surveyPage(parseDocument(page.html), { url: page.url, html: page.html });
    const days = groupDays(collectDates(witnesses, place), 'published');
    pages.push({
      set,
      fold: siteFold(page.url, FOLDS),
      features: days.map(({ features }) => features),
      merit: days.map((group) => (group.day === day ? 1 : 0)),
    });
  }
}
const table = tableOf(FEATURES, report(pages, FEATURES.length));
console.log(table);
if (options.write) {
  const file = new URL('../../src/extract/date/rank.ts', import.meta.url);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.replace(/(const WEIGHTS[^{]*\{\n)[^}]*(\n\};)/, `$1${table}$2`));
}
