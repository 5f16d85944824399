#!/usr/bin/env node
/**
 * `npm run bench:accuracy -- --corpus DIR [--set NAME]… [--check] [--record] [--baseline FILE] [--worst N]`
 *
 * In: a folder of `<set>.jsonl[.gz]`, lines of `{id, url, html | html_b64, truth}` (see corpus.mjs). Each set goes
 * through `tearsheet extract --from jsonl`, as a user would pipe it. Out: a table of the columns of measures.mjs, next
 * to the recorded peers.
 *
 *   --check    exit code 1 where a column is below the recorded baseline by more than noise
 *   --record   write the baseline anew
 *   --baseline FILE  another baseline than the one in this folder
 *   --worst N  per set, the N pages with the lowest sum of measures, as JSON lines
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { linesOf, setsIn } from './corpus.mjs';
import { COLUMNS, columnsOf, measurePage } from './measures.mjs';

const TEARSHEET = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));
const BASELINE = fileURLToPath(new URL('./baseline.json', import.meta.url));
const PEERS = new URL('./peers.json', import.meta.url);
/** A column may fall by two pages of its set: which side of a rounding a page falls on is not worth a red light. */
const NOISE_PAGES = 2;

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    set: { type: 'string', multiple: true },
    check: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    baseline: { type: 'string', default: BASELINE },
    worst: { type: 'string', default: '0' },
  },
});
if (!options.corpus) {
  console.error('usage: npm run bench:accuracy -- --corpus DIR [--set NAME]… [--check] [--record] [--worst N]');
  process.exit(2);
}

const baseline = read(resolve(options.baseline));
const peers = read(PEERS);
const results = {};
const below = [];
console.log(row('set', ['pages', ...COLUMNS]));
for (const set of options.set ?? (await setsIn(options.corpus))) {
  const pages = await measureSet(set);
  const columns = columnsOf(pages);
  results[set] = { pages: pages.length, ...rounded(columns) };
  console.log(row(set, [String(pages.length), ...COLUMNS.map((column) => shown(columns[column]))]));
  for (const [peer, sets] of Object.entries(peers))
    if (sets[set]) console.log(row(`  ${peer}`, ['', ...COLUMNS.map((column) => shown(sets[set][column]))]));
  for (const column of COLUMNS) {
    const was = baseline[set]?.[column];
    if (was !== undefined && (columns[column] ?? 0) < was - NOISE_PAGES / pages.length)
      below.push(`${set} ${column}: ${shown(columns[column])}, was ${shown(was)}`);
  }
  for (const page of worst(pages, Number(options.worst))) console.log(JSON.stringify(page));
}
if (options.record) writeFileSync(options.baseline, `${JSON.stringify({ ...baseline, ...results }, null, 2)}\n`);
if (options.check) {
  for (const line of below) console.log(`below the baseline: ${line}`);
  console.log(below.length === 0 ? 'no column is below its baseline' : `${below.length} columns below their baseline`);
  process.exitCode = below.length === 0 ? 0 : 1;
}

async function measureSet(set) {
  const truths = [];
  const extract = spawn(process.execPath, [TEARSHEET, 'extract', '--from', 'jsonl', '--quiet', '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const feeding = feed(set, truths, extract.stdin);
  const pages = [];
  for await (const line of createInterface({ input: extract.stdout })) {
    const { id, url, truth } = truths[pages.length];
    pages.push({ id, url, ...measurePage(truth, JSON.parse(line)) });
  }
  await feeding;
  if (pages.length !== truths.length) throw new Error(`${set}: ${truths.length} pages in, ${pages.length} lines out`);
  return pages;
}

async function feed(set, truths, input) {
  for await (const line of linesOf(options.corpus, set)) {
    const { id, url, html, html_b64, truth = {} } = JSON.parse(line);
    truths.push({ id, url, truth });
    if (!input.write(`${JSON.stringify({ url, html, html_b64 })}\n`))
      await new Promise((go) => input.once('drain', go));
  }
  input.end();
}

function worst(pages, count) {
  const sum = (page) => COLUMNS.reduce((total, column) => total + (page[column] ?? 0), page.recall ?? 0);
  return [...pages].sort((a, b) => sum(a) - sum(b)).slice(0, count);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

function rounded(columns) {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([key, value]) => (value === undefined ? [] : [[key, Number(value.toFixed(4))]])),
  );
}

function shown(value) {
  return value === undefined ? '' : value.toFixed(3);
}

function row(name, cells) {
  return [name.padEnd(22), ...cells.map((cell) => cell.padStart(7))].join(' ');
}
