/**
 * A crawl of a local server of real pages, no delay, records to a file: beside Crawlee's CheerioCrawler and Scrapy, which
 * write url, title and text, each in its own idiom (bench/peers/); beside undici that only fetches; and beside our own
 * pool that reads the same pages from memory. Then the same peers on sites whose pages all link to each other.
 */
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { optimiseLater } from '../../dist/cli/optimising.js';
import { createPool } from '../../dist/pool/pool.js';
import { digits, median } from './measure.mjs';
import { loadPages } from './pages.mjs';

const ROUNDS = 3;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export async function run({ corpus, every = 4, peers }) {
  const alone = [];
  const real = await race({ server: './site-server.mjs', options: { corpus, every }, peers, depth: 1 }, async () =>
    alone.push(await poolAlone({ corpus, every })),
  );
  const linked = await race({ server: './linked-server.mjs', options: {}, peers, depth: 99 });
  const claims = [
    ...(peers.node ? [{ what: 'pages/s of Crawlee', ratio: real.over('Crawlee'), bar: 5, atMost: false }] : []),
    ...(peers.python ? [{ what: 'pages/s of Scrapy', ratio: real.over('Scrapy'), bar: 3, atMost: false }] : []),
    {
      what: 'pages/s of the pool alone, start included',
      ratio: median(alone.map((rate, round) => real.rate('tearsheet', round) / rate)),
      bar: 0.8,
      atMost: false,
    },
  ];
  return {
    title: `Crawl: ${real.pages} pages on ${real.sites} sites of a local server, no delay, start to end of the process`,
    rows: [
      ...real.rows,
      { what: "tearsheet's pool, from memory", seconds: '', 'pages/s': digits(median(alone), 0) },
      { what: `${linked.pages} made pages that all link to each other:` },
      ...linked.rows,
    ],
    claims,
    notes: [`${ROUNDS} rounds in turns, medians; the server is a process of its own on the same machine`],
  };
}

/** Crawlers in turns on one web, each in a process of its own; `beside` runs once a round. */
async function race({ server: script, options, peers, depth }, beside = async () => {}) {
  const server = fork(here(script), [JSON.stringify(options)]);
  const { origins, pages } = await new Promise((resolve) => server.once('message', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'tearsheet-bench-'));
  const seeds = join(folder, 'seeds.txt');
  writeFileSync(seeds, origins.map((origin) => `${origin}/\n`).join(''));
  const follow = depth > 1 ? ['follow'] : [];
  const ways = {
    tearsheet: (file) =>
      command(process.execPath, [
        here('../../bin/tearsheet.js'),
        'crawl',
        '--seeds',
        seeds,
        '--delay',
        '0',
        '--exclude',
        // Real pages name feeds on hosts that are not there.
        '/^https?:\\/\\/(?!127\\.0\\.0\\.1)/',
        '--max-depth',
        String(depth),
        '--quiet',
        '--output',
        file,
      ]),
    ...(peers.node && {
      Crawlee: (file) =>
        command(process.execPath, [here('../peers/crawlee-news.mjs'), peers.node, seeds, file, ...follow], {
          CRAWLEE_STORAGE_DIR: join(folder, `crawlee-${Math.random()}`),
        }),
    }),
    ...(peers.python && {
      Scrapy: (file) => command(peers.python, [here('../peers/scrapy_news.py'), seeds, file, ...follow]),
    }),
    ...(follow.length === 0 && {
      'undici, fetching only': (file) => command(process.execPath, [here('../peers/undici-fetch.mjs'), seeds, file]),
    }),
  };
  const seconds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  const lines = {};
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, crawl] of Object.entries(ways)) {
        const file = join(folder, `${name.split(/\W/)[0]}-${round}.jsonl`);
        const started = performance.now();
        await crawl(file);
        seconds[name].push((performance.now() - started) / 1000);
        lines[name] = readFileSync(file, 'utf8').split('\n').length - 1;
      }
      await beside();
    }
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  const rate = (name, round) => pages / seconds[name][round];
  return {
    pages,
    sites: origins.length,
    rate,
    over: (name) => median(seconds.tearsheet.map((_, round) => rate('tearsheet', round) / rate(name, round))),
    rows: Object.keys(ways).map((name) => ({
      what: name,
      seconds: digits(median(seconds[name])),
      'pages/s': digits(pages / median(seconds[name]), 0),
      'lines written': lines[name],
    })),
  };
}

/** Pages a second of a pool as a crawl has it, from memory, its start included. */
async function poolAlone(options) {
  const pages = [];
  for await (const { url, bytes } of loadPages({ ...options, every: options.corpus ? options.every : 1 }))
    pages.push({ url, bytes });
  // As the commands that read many pages do.
  optimiseLater();
  const started = performance.now();
  const pool = createPool();
  let next = 0;
  await Promise.all(
    Array.from({ length: pool.width }, async () => {
      while (next < pages.length) {
        const { url, bytes } = pages[next++];
        await pool.read({ url, body: Uint8Array.from(bytes), links: true });
      }
    }),
  );
  const rate = pages.length / ((performance.now() - started) / 1000);
  await pool.close();
  return rate;
}

function command(program, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let complaints = '';
    child.stderr.on('data', (chunk) => {
      complaints = `${complaints}${chunk}`.slice(-2000);
    });
    child.on('close', (code) =>
      code === 0 || code === 1 ? resolve() : reject(new Error(`${args[0]}: ${complaints}`)),
    );
  });
}
