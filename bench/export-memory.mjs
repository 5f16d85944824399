#!/usr/bin/env node
/**
 * Does reading an archive need more memory the more it holds? Archives of several sizes are made, and every format is
 * written, every article read again and all of it verified, each in a process of its own. Run on the build:
 *
 *   npm run build && node bench/export-memory.mjs [--check] [--tasks csv,verify] [records…]   default: 10000 100000
 *
 * Prints the most memory that each process had (MB) and its time. `--check`: exit code 1 where the largest archive
 * needed more than 1.5 times what the smallest did.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openArchive } from '../dist/archive/archive.js';
import { articleRecord } from '../dist/record.js';
import { revise, sketchOf } from '../dist/revise.js';
import { settingsSchema } from '../dist/settings.js';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' }, tasks: { type: 'string' } },
  allowPositionals: true,
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [10_000, 100_000];
const BAR = 1.5;
const SIDE_BY_SIDE = 200;
const TEARSHEET = fileURLToPath(new URL('../bin/tearsheet.js', import.meta.url));
/** The child's last words, on a pipe of their own. */
const REPORT =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))';

const STREAMS = ['jsonl', 'csv', 'parquet', 'wacz'];
const FOLDERS = ['markdown', 'html', 'ro-crate'];
const ALL_TASKS = [
  ...STREAMS.map((format) => [format, (archive) => ['export', archive, '--format', format, '-o', '/dev/null']]),
  ...FOLDERS.map((format) => [
    format,
    (archive, work) => ['export', archive, '--format', format, '-o', join(work, format)],
  ]),
  ['search', (archive) => ['search', archive, 'harbour', '--limit', '5']],
  ['history', (archive) => ['history', archive, '--json']],
  ['verify', (archive) => ['verify', archive]],
  ['reextract', (archive) => ['reextract', archive, '--dry-run', '--workers', '1', '--quiet']],
];
const wanted = values.tasks?.split(',');
const TASKS = ALL_TASKS.filter(([name]) => wanted?.includes(name) ?? true);

const rows = new Map(TASKS.map(([name]) => [name, {}]));
for (const size of sizes) {
  const work = mkdtempSync(join(tmpdir(), 'export-memory-'));
  try {
    const archive = join(work, 'news');
    await fill(archive, size);
    for (const [name, argsOf] of TASKS) {
      const { megabytes, seconds } = await run(argsOf(archive, work));
      rows.get(name)[`${size} records, MB`] = megabytes;
      rows.get(name)[`${size} records, s`] = seconds;
      console.error(`${size} ${name}: ${megabytes} MB, ${seconds} s`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
console.log(`node ${process.version}, ${process.platform} ${process.arch}`);
console.table(Object.fromEntries(rows));
const memory = (row, size) => row[`${size} records, MB`];
const grown = [...rows].filter(([, row]) => memory(row, sizes.at(-1)) > memory(row, sizes[0]) * BAR);
if (grown.length > 0) console.log(`more than ${BAR} times as much: ${grown.map(([name]) => name).join(', ')}`);
if (values.check && grown.length > 0) process.exitCode = 1;

async function fill(directory, records) {
  const settings = settingsSchema.parse({ seeds: ['https://example.org/'] });
  const archive = await openArchive(directory, { settings });
  archive.beginRun({ startedAtMs: Date.parse('2026-11-23T21:00:00Z'), settings });
  for (let from = 0; from < records; from += SIDE_BY_SIDE)
    await Promise.all(
      Array.from({ length: Math.min(SIDE_BY_SIDE, records - from) }, (_, number) => put(archive, from + number)),
    );
  await archive.seal({ leads: records, outcomes: { archived: { new: records } }, interrupted: false });
  await archive.close();
}

async function put(archive, number) {
  const url = `https://example.org/2024/05/story-${number}`;
  const paragraphs = Array.from({ length: 6 }, (_, at) => `${words(number * 7 + at, 40)} harbour ${number}.`);
  const headline = `Story ${number} ${words(number, 5)}`;
  const html = `<!doctype html><html lang="en"><title>${headline}</title><article><h1>${headline}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article></html>`;
  const wireBody = Buffer.from(html);
  const startedAtMs = Date.parse('2026-11-23T21:00:00Z') + number;
  const hop = {
    ...{ url, method: 'GET', requestHeaders: [['host', 'example.org']], status: 200, statusText: 'OK' },
    ...{ responseHeaders: [['Content-Type', 'text/html; charset=utf-8']], wireBody, startedAtMs, elapsedMs: 10 },
  };
  const kept = await archive.keep({ url, finalUrl: url, hops: [hop], status: 200, body: wireBody });
  const fields = {
    headline,
    datePublished: `2024-05-${String(1 + (number % 28)).padStart(2, '0')}T10:00:00Z`,
    articleBody: paragraphs.join('\n\n'),
    articleHtml: paragraphs.map((text) => `<p>${text}</p>`).join(''),
  };
  const revision = revise(url, fields, archive.known(url));
  const capture = {
    ...{ fetchedAt: kept.fetchedAt, status: 200, finalUrl: url, bytes: wireBody.length },
    ...{ payloadDigest: kept.payloadDigest, warc: kept.pointer },
  };
  const article = articleRecord({ url, fields, provenance: {} }, 'NewsArticle', { capture, revision });
  await archive.commit({ records: [{ key: url, article, revision, sketch: sketchOf(fields.articleBody) }] });
}

/** Drawn anew for each text: nothing compresses too well. */
function words(seed, count) {
  let state = seed + 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state % 46656).toString(36).replace(/\d/g, 'e');
  }).join(' ');
}

function run(args) {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT, TEARSHEET, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH },
  });
  let [said, report] = ['', ''];
  child.stderr.on('data', (text) => {
    said += text;
  });
  child.stdio[3].on('data', (text) => {
    report += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`${args[0]} ended with ${code}: ${said}`));
      const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
      resolve({ megabytes: Math.round(Number(report) / 1024), seconds });
    });
  });
}
