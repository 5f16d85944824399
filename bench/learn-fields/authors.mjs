#!/usr/bin/env node
// Learns the weights in src/extract/author/rank.ts from a corpus whose pages have true authors.
//
//   npm run build && node bench/learn-fields/authors.mjs --corpus DIR [--write]
//
// The lists of names that a page gives stand for election against each other; a list's merit is its F1 against the
// true one. Learned in two steps, as a tenth of the truths can be met by nobody. Measured by cross-validation over folds of sites. `--write` puts the weights of all pages into the source.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pagesOf, setsIn, siteFold } from '../accuracy/corpus.mjs';
import { FOLDS, report, settle, tableOf, train } from './softmax.mjs';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, write: { type: 'boolean' }, dist: { type: 'string', default: '../../dist' } },
});
if (!options.corpus) {
  console.error('usage: authors.mjs --corpus DIR [--write]');
  process.exit(2);
}
const at = (path) => new URL(`${options.dist}/${path}`, import.meta.url).href;
const { parseDocument } = await import(at('extract/page/tree.js'));
const { surveyPage } = await import(at('extract/extract.js'));
const { collectAuthors } = await import(at('extract/author/collect.js'));
const { groupNames, AUTHOR_FEATURES } = await import(at('extract/author/rank.js'));
const { titleParts } = await import(at('extract/author/authors.js'));
const { fold } = await import(at('extract/text/words.js'));

const pages = [];
for (const set of await setsIn(options.corpus)) {
  for await (const page of pagesOf(options.corpus, set)) {
    const truth = new Set((page.truth.authors ?? []).map(fold).filter(Boolean));
    if (truth.size === 0) continue;
    const { witnesses, place, publisher } = surveyPage(parseDocument(page.html), { url: page.url, html: page.html });
    const siteNames = [...publisher.siteNames, ...titleParts(witnesses.title)];
    const { lines, helpers } = collectAuthors(witnesses, place, publisher.siteNames);
    const groups = groupNames(lines, siteNames, helpers);
    pages.push({
      set,
      fold: siteFold(page.url, FOLDS),
      features: groups.map(({ features }) => features),
      merit: groups.map(({ names }) => {
        const hit = names.filter((name) => truth.has(fold(name))).length;
        return (2 * hit) / (names.length + truth.size);
      }),
    });
  }
}
const width = AUTHOR_FEATURES.length;
const learn = (sample) => settle(train(sample, width), sample, width);
const table = tableOf(AUTHOR_FEATURES, report(pages, width, undefined, learn));
console.log(table);
if (options.write) {
  const file = new URL('../../src/extract/author/rank.ts', import.meta.url);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.replace(/(const WEIGHTS[^{]*\{\n)[^}]*(\n\};)/, `$1${table}$2`));
}
