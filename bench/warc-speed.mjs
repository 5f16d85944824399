#!/usr/bin/env node
/**
 * What `extract --from warc` costs beside what nobody can do without: undoing gzip, and extraction. Run on the build:
 *
 *   npm run build && node bench/warc-speed.mjs [FILE.warc.gz] [--pages 400] [--rounds 3]
 *
 * Without a file, one is made of pages of some 120 kB. Processor seconds, each way in a process of its own, in turns;
 * the least of all rounds counts. Prints the command's time against the sum of its parts.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip, gzipSync } from 'node:zlib';
import { httpOf, payloadOf, readWarc } from '../dist/archive/warc-read.js';
import { digestOf, writeHop, writeWarcinfo } from '../dist/archive/warc-write.js';
import { wordsFrom } from './made-words.mjs';

const { values, positionals } = parseArgs({
  options: {
    pages: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '3' },
    part: { type: 'string' },
  },
  allowPositionals: true,
});
const SELF = fileURLToPath(import.meta.url);
const TEARSHEET = fileURLToPath(new URL('../bin/tearsheet.js', import.meta.url));
/** The child's last words, on a pipe of their own. */
const REPORT =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,JSON.stringify(process.cpuUsage())))';

const PARTS = {
  /** One pass over the bytes, as zcat does it. */
  async gunzip(file) {
    for await (const _ of createReadStream(file, { highWaterMark: 1 << 20 }).pipe(createGunzip()));
  },
  async read(file) {
    for await (const _ of readWarc(file));
  },
  async decode(file) {
    for await (const _ of pagesIn(file));
  },
  async extract(file) {
    const { readPage } = await import('../dist/pool/page-task.js');
    for await (const { url, body } of pagesIn(file)) readPage({ url, body, links: false });
  },
};

if (values.part) await PARTS[values.part](positionals[0]);
else await measure();

async function* pagesIn(file) {
  for await (const record of readWarc(file)) {
    const message = record.type === 'response' ? httpOf(record) : undefined;
    if (message && message.status === 200) yield { url: record.url, body: payloadOf(message) };
  }
}

async function measure() {
  const work = mkdtempSync(join(tmpdir(), 'warc-speed-'));
  try {
    const file = positionals[0] ?? (await made(join(work, 'pages.warc.gz'), Number(values.pages)));
    const ways = {
      nothing: ['-e', '0'],
      ...Object.fromEntries(Object.keys(PARTS).map((part) => [part, [SELF, '--part', part, file]])),
      command: [TEARSHEET, 'extract', '--from', 'warc', '--workers', '1', '--quiet', '-o', '/dev/null', file],
    };
    const least = {};
    for (let round = 0; round < Number(values.rounds); round++)
      for (const [name, args] of Object.entries(ways))
        least[name] = Math.min(least[name] ?? Number.POSITIVE_INFINITY, processorSeconds(args));
    const { nothing, gunzip, read, decode, extract, command } = least;
    const rows = {
      'undoing gzip': gunzip - nothing,
      'reading records': read - gunzip,
      'undoing content codings': decode - read,
      extraction: extract - decode,
      'lines, threads and the rest': command - extract,
      command: command - nothing,
    };
    console.log(`node ${process.version}; processor seconds, least of ${values.rounds} rounds`);
    console.table(
      Object.fromEntries(
        Object.entries(rows).map(([name, seconds]) => [
          name,
          { seconds: Number(seconds.toFixed(2)), share: `${((seconds / (command - nothing)) * 100).toFixed(0)}%` },
        ]),
      ),
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function processorSeconds(args) {
  const { output, status, stderr } = spawnSync(process.execPath, ['--import', REPORT, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  const { user, system } = JSON.parse(output[3]);
  return (user + system) / 1e6;
}

/** Pages as a crawl keeps them: with their content coding. */
async function made(file, pages) {
  const dateMs = Date.parse('2026-11-23T21:00:00Z');
  const members = [(await writeWarcinfo({ file, dateMs, software: 'bench', run: '20261123T210000Z' })).bytes];
  for (let number = 0; number < pages; number++) {
    const wireBody = gzipSync(page(number));
    const hop = {
      ...{
        url: `https://example.org/story/${number}`,
        method: 'GET',
        requestHeaders: [],
        status: 200,
        statusText: 'OK',
      },
      responseHeaders: [
        ['Content-Type', 'text/html; charset=utf-8'],
        ['Content-Encoding', 'gzip'],
      ],
      ...{ wireBody, startedAtMs: dateMs + number, elapsedMs: 10 },
    };
    const { answer, request } = await writeHop(hop, { form: 'response' }, digestOf(wireBody));
    members.push(answer.bytes, request.bytes);
  }
  writeFileSync(file, Buffer.concat(members));
  return file;
}

/** A story among menus, teasers and scripts. */
function page(number) {
  const { random, words } = wordsFrom(number);
  const teaser = () =>
    `<li class="teaser"><a href="/story/${random(9999)}"><span class="t">${words(8)}</span></a></li>`;
  const script = () => `<script>window.config.push({"slot":"${words(3)}","id":${random(1e9)}})</script>`;
  const around = Array.from({ length: 900 }, (_, at) => (at % 3 === 2 ? script() : teaser())).join('\n');
  const body = Array.from({ length: 12 }, () => `<p>${words(60)}.</p>`).join('\n');
  return `<!doctype html><html lang="en"><head><title>${words(7)}</title></head><body><nav><ul>${around}</ul></nav>
<main><article><h1>Story ${number} ${words(5)}</h1>${body}</article></main></body></html>`;
}
