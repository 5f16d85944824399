#!/usr/bin/env node
// Learns the weights in src/extract/headline/rank.ts from a corpus whose pages have true titles.
//
//   npm run build && node bench/learn-fields/headlines.mjs --corpus DIR [--write]
//
// The texts that a page gives as titles stand for election against each other; the true one says the same words. Measured
// by cross-validation over folds of sites. `--write` puts the weights of all pages into the source.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pagesOf, setsIn, siteFold } from '../accuracy/corpus.mjs';
import { FOLDS, report, tableOf } from './softmax.mjs';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, write: { type: 'boolean' }, dist: { type: 'string', default: '../../dist' } },
});
if (!options.corpus) {
  console.error('usage: headlines.mjs --corpus DIR [--write]');
  process.exit(2);
}
const at = (path) => new URL(`${options.dist}/${path}`, import.meta.url).href;
const { parseDocument } = await import(at('extract/page/tree.js'));
const { collectTitles } = await import(at('extract/headline/collect.js'));
const { groupTitles, TITLE_FEATURES } = await import(at('extract/headline/rank.js'));
const { collectWitnesses } = await import(at('extract/witnesses.js'));
const { readPublisher } = await import(at('extract/publisher.js'));
const { fold } = await import(at('extract/text/words.js'));

const pages = [];
for (const set of await setsIn(options.corpus)) {
  for await (const page of pagesOf(options.corpus, set)) {
    const truth = fold(page.truth.title ?? '');
    if (truth === '') continue;
    const witnesses = collectWitnesses(parseDocument(page.html), { url: page.url, html: page.html });
    const groups = groupTitles(collectTitles(witnesses, readPublisher(witnesses).siteNames), page.url);
    pages.push({
      set,
      fold: siteFold(page.url, FOLDS),
      features: groups.map(({ features }) => features),
      merit: groups.map(({ folded }) => (folded === truth ? 1 : 0)),
    });
  }
}
/** Titles are many and much alike: a stronger pull loses some on every side. */
const PULL = 0.01;
const table = tableOf(TITLE_FEATURES, report(pages, TITLE_FEATURES.length, { pull: PULL }));
console.log(table);
if (options.write) {
  const file = new URL('../../src/extract/headline/rank.ts', import.meta.url);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.replace(/(const WEIGHTS[^{]*\{\n)[^}]*(\n\};)/, `$1${table}$2`));
}
