/**
 * Extraction of all fields, with HTML, provenance and a profile applied, beside what others do with the same pages in
 * the same run: htmlparser2 that only builds its tree, Readability.js on linkedom, trafilatura.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseDocument as parseWithHtmlparser2 } from 'htmlparser2';
import { extractPage } from '../../dist/extract/extract.js';
import { parseDocument } from '../../dist/extract/page/tree.js';
import { decodeHtml } from '../../dist/fetch/charset.js';
import { applyProfile } from '../../dist/site/apply.js';
import { learnProfile } from '../../dist/site/learn.js';
import { digits, mean, median, sideBySide } from './measure.mjs';
import { loadPages } from './pages.mjs';

/** Code that ran so often is compiled. */
const ROUNDS = 5;
/** The slow peers read so many pages of all. */
const PEER_PAGES = 150;

export async function run({ corpus, every = 4, peers }) {
  const pages = [];
  for await (const { url, bytes } of loadPages({ corpus, every: corpus ? every : 1 }))
    pages.push({ url, bytes, html: decodeHtml(bytes).html });
  const fetchedAt = '2026-01-01T00:00:00Z';
  // A profile of other pages: applying it costs the same whatever it says.
  const evidence = pages.slice(0, 20).map((page) => extractPage(parseDocument(page.html), page).evidence);
  const profile = learnProfile('example.org', undefined, evidence);
  const extract = (page) =>
    applyProfile(extractPage(parseDocument(page.html), { url: page.url, html: page.html, fetchedAt }), profile);

  const least = sideBySide(
    pages,
    {
      'htmlparser2, tree only': ({ html }) => parseWithHtmlparser2(html),
      tearsheet: extract,
      'tearsheet, its tree only': ({ html }) => parseDocument(html),
      'tearsheet, from bytes': (page) => extract({ ...page, html: decodeHtml(page.bytes).html }),
    },
    ROUNDS,
  );
  const base = least['htmlparser2, tree only'];
  const rows = Object.entries(least).map(([what, times]) => ({
    what,
    'ms a page': digits(mean(times)),
    'pages/s': digits(1000 / mean(times), 0),
    'of htmlparser2, all pages': digits(mean(times) / mean(base)),
    'of htmlparser2, median page': digits(median(times.map((time, at) => time / base[at]))),
  }));
  const own = least.tearsheet;
  const claims = [
    { what: 'time of htmlparser2.parseDocument, all pages', ratio: mean(own) / mean(base), bar: 1, atMost: true },
    { what: 'slowest page, in medians', ratio: Math.max(...own) / median(own), bar: 20, atMost: true },
  ];

  const sample = pages.filter((_, at) => at % Math.max(1, Math.floor(pages.length / PEER_PAGES)) === 0);
  const ofSample = mean([...own].filter((_, at) => at % Math.max(1, Math.floor(pages.length / PEER_PAGES)) === 0));
  const peer = (what, ms) =>
    rows.push({
      what,
      'ms a page': digits(ms),
      'pages/s': digits(1000 / ms, 0),
      'times slower': digits(ms / ofSample, 1),
    });
  if (peers.node) {
    const require = createRequire(join(peers.node, 'package.json'));
    const { parseHTML } = await import(pathToFileURL(require.resolve('linkedom')).href);
    const { Readability } = require('@mozilla/readability');
    const times = sideBySide(
      sample,
      { readability: ({ html }) => attempt(() => new Readability(parseHTML(html).document).parse()) },
      1,
    );
    peer('Readability.js on linkedom', mean(times.readability));
  }
  if (peers.python) {
    const ms = trafilatura(peers.python, sample);
    peer('trafilatura, with metadata', ms);
    claims.push({ what: 'pages/s of trafilatura', ratio: ms / ofSample, bar: 8, atMost: false });
  }
  const characters = mean(pages.map(({ html }) => html.length));
  return {
    title: `Extraction: ${pages.length} pages of ${Math.round(characters / 1000)} thousand characters on average, one thread`,
    rows,
    claims,
    notes: [
      `processor time: each page's least of ${ROUNDS} rounds, the ways in turn; peers on ${sample.length} of the pages`,
    ],
  };
}

function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Mean milliseconds a page, measured inside Python. */
function trafilatura(python, pages) {
  const folder = mkdtempSync(join(tmpdir(), 'tearsheet-bench-'));
  try {
    const list = join(folder, 'pages.jsonl');
    writeFileSync(list, pages.map(({ url, html }) => JSON.stringify({ url, html })).join('\n'));
    const script = fileURLToPath(new URL('../peers/trafilatura_pages.py', import.meta.url));
    const { stdout, stderr, status } = spawnSync(python, [script, list], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`trafilatura: ${stderr}`);
    return Number(stdout.trim());
  } finally {
    rmSync(folder, { recursive: true });
  }
}
