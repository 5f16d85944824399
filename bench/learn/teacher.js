/**
 * What a site's other pages teach: the same pages read alone and with the profile of their site.
 *
 *   node bench/learn/teacher.js --corpus DIR --runs WORK/runs.jsonl [--set aed]… [--grid]
 *
 * In: the scores that learn.js gave to the runs of each page by models that had not seen the page's site. Sites with
 * one page alone are left out. Out: the columns of the accuracy table for both; with --grid the body's columns for
 * other weights than those of src/site/judge.ts. Fails when the order of the pages changes a field.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { assemble } from '../../dist/assemble.js';
import { moveToBar } from '../../dist/extract/body/bar.js';
import { cut } from '../../dist/extract/body/blocks.js';
import { bodyOf } from '../../dist/extract/body/body.js';
import { extractPage } from '../../dist/extract/extract.js';
import { parseDocument } from '../../dist/extract/page/tree.js';
import { placesOf } from '../../dist/extract/site-evidence.js';
import { applyProfile } from '../../dist/site/apply.js';
import { judgeBlocks, WEIGHTS } from '../../dist/site/judge.js';
import { learnProfile } from '../../dist/site/learn.js';
import { Others } from '../../dist/site/others.js';
import { siteOf } from '../../dist/url.js';
import { COLUMNS, columnsOf, measurePage } from '../accuracy/measures.mjs';
import { readCorpus, textOf } from './corpus.js';

const { values: option } = parseArgs({
  options: {
    corpus: { type: 'string' },
    runs: { type: 'string' },
    set: { type: 'string', multiple: true },
    grid: { type: 'boolean', default: false },
    suffix: { type: 'string', default: '.jsonl.gz' },
  },
});
if (!option.corpus || !option.runs) {
  console.error('usage: teacher.js --corpus DIR --runs WORK/runs.jsonl [--set NAME]… [--grid]');
  process.exit(2);
}

const scored = new Map();
for (const line of readFileSync(option.runs, 'utf8').split('\n')) {
  if (line === '') continue;
  const { id, runs } = JSON.parse(line);
  scored.set(
    id,
    Float32Array.from(runs, ([score]) => score),
  );
}

/** The draft as a model that has not seen the site would have made it. */
function draftOf(line) {
  const document = parseDocument(textOf(line));
  const draft = extractPage(document, { url: line.url, html: '' });
  const page = cut(document);
  const scores = scored.get(line.id);
  // Cut otherwise since --runs was written.
  if (scores?.length !== page.runs.length) return undefined;
  const sure = moveToBar(page.runs, scores);
  const blocks = bodyOf(page, scores, sure, line.url).blocks.map((block) => ({ ...block, words: 0 }));
  const fingerprints = [...new Set(blocks.map(({ fingerprint }) => fingerprint))];
  return {
    ...draft,
    verdict: { isArticle: true, type: 'NewsArticle' },
    blocks,
    fields: { ...draft.fields, articleBody: undefined, ...assemble(blocks, line.url) },
    evidence: { ...draft.evidence, isArticle: true, fingerprints, places: placesOf(blocks) },
  };
}

const row = (name, columns, keys) =>
  console.log(name.padEnd(34), ...keys.map((key) => (columns[key] ?? 0).toFixed(4).padStart(8)));

for (const set of option.set ?? ['aed', 'fundus', 'scrapinghub']) {
  const sites = new Map();
  let skipped = 0;
  for await (const line of readCorpus(`${option.corpus}/${set}.dev${option.suffix}`)) {
    const site = siteOf(line.url);
    const pages = sites.get(site) ?? sites.set(site, []).get(site);
    // A site's address is one page of it, also where a set has two states of it.
    const draft = pages.some((page) => page.url === line.url) ? undefined : draftOf(line);
    if (draft) pages.push({ url: line.url, truth: line.truth, draft });
    else skipped++;
  }
  const several = [...sites].filter(([, pages]) => pages.length > 1);
  const taught = several.map(([site, pages]) => {
    const evidence = pages.map(({ draft }) => draft.evidence);
    const profile = learnProfile(site, undefined, evidence);
    if (!isDeepStrictEqual(profile, learnProfile(site, undefined, [...evidence].reverse())))
      throw new Error(`${site}: the order of the pages matters`);
    return { pages, profile };
  });
  const measure = (fieldsOf) =>
    columnsOf(
      taught.flatMap(({ pages, profile }) =>
        pages.map(({ truth, draft }) => measurePage(truth, fieldsOf(draft, profile))),
      ),
    );
  const count = taught.reduce((sum, { pages }) => sum + pages.length, 0);
  console.log(
    `${set}: ${several.length} sites, ${count} pages${skipped ? ` (${skipped} left out)` : ''}`.padEnd(34),
    ...COLUMNS.map((name) => name.padStart(8)),
  );
  row(
    '  alone',
    measure((draft) => draft.fields),
    COLUMNS,
  );
  row(
    '  with the site',
    measure((draft, profile) => applyProfile(draft, profile).fields),
    COLUMNS,
  );
  if (!option.grid) continue;
  for (const elsewhere of [0, 1, 2, 3]) {
    for (const repeated of [0, 1.5, 3]) {
      const weights = { ...WEIGHTS, elsewhere, repeated };
      const body = (draft, profile) =>
        assemble(judgeBlocks(draft.blocks, new Others(profile, draft.evidence), weights), draft.url) ?? {};
      row(`  ${JSON.stringify(weights)}`, measure(body), ['f1', 'exact', 'rouge']);
    }
  }
}
