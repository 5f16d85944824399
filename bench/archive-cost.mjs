#!/usr/bin/env node
/**
 * What archiving costs: the same crawl to plain JSONL and into an archive (WARC, records, ledger, index, fsyncs), in
 * turns, on one web of large pages on loopback. Run on the build:
 *
 *   npm run build && node bench/archive-cost.mjs [--articles 1500] [--rounds 5] [--pages 120] [--check]
 *
 * Prints both times of each round, also of the processor alone (which a busy machine spoils less), and the medians of
 * their ratios. `--check`: exit code 1 where the processor's is above 1.25.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { serveWeb } from '../tests/support/web.js';
import { wordsFrom } from './made-words.mjs';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '1500' },
    rounds: { type: 'string', default: '5' },
    /** Mean size of a page before compression, kB. */
    pages: { type: 'string', default: '120' },
    check: { type: 'boolean' },
    serve: { type: 'boolean' },
  },
});
const SITES = 16;
const BAR = 1.25;
/** The child's last words, on a pipe of their own. */
const REPORT =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,JSON.stringify(process.cpuUsage())))';
const TEARSHEET = fileURLToPath(new URL('../bin/tearsheet.js', import.meta.url));
const perSite = Math.ceil(Number(values.articles) / SITES);

if (values.serve) await serve();
else await measure();

/** In a process of its own, so that the server's work is nobody's. */
async function serve() {
  const web = await serveWeb(Array.from({ length: SITES }, (_, number) => site(`site-${number}.example`, number)));
  process.send({ proxy: web.proxy });
}

function site(host, number) {
  const sitemap = `<urlset>${Array.from({ length: perSite }, (_, n) => `<url><loc>http://${host}/story/${n}</loc></url>`).join('')}</urlset>`;
  const pages = Array.from({ length: perSite }, (_, n) => gzipSync(page(number * perSite + n)));
  return {
    host,
    answer(path) {
      if (path === '/robots.txt') return { type: 'text/plain', body: `Sitemap: http://${host}/sitemap.xml\n` };
      if (path === '/sitemap.xml') return { type: 'application/xml', body: sitemap };
      const story = /^\/story\/(\d+)$/.exec(path);
      const body = story && pages[Number(story[1])];
      if (body) return { type: 'text/html; charset=utf-8', body, gzip: false, headers: { 'content-encoding': 'gzip' } };
      return path === '/' ? { type: 'text/html', body: '<h1>Front page</h1>' } : undefined;
    },
  };
}

/** A story among the menus, teasers and scripts of a news page. */
function page(number) {
  const { random, words } = wordsFrom(number);
  const body = Array.from({ length: 12 }, () => `<p>${words(60)}.</p>`).join('\n');
  const teaser = () =>
    `<li class="teaser"><a href="/story/${random(perSite)}"><img src="/img/${random(99999)}.jpg" alt=""><span class="t">${words(8)}</span></a></li>`;
  const script = () =>
    `<script>window.config.push({"slot":"${words(3)}","id":${random(1e9)},"sizes":[[300,250],[728,90]]})</script>`;
  const around = [];
  for (let bytes = body.length; bytes < Number(values.pages) * 1000; bytes += around.at(-1).length)
    around.push(around.length % 3 === 2 ? script() : teaser());
  const half = around.length >> 1;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${words(7)}</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Story ${number} ${words(5)}","datePublished":"2024-05-${String(1 + random(28)).padStart(2, '0')}T10:00:00Z","author":{"@type":"Person","name":"Ann Other"}}</script></head>
<body><nav><ul>${around.slice(0, half).join('\n')}</ul></nav><main><article><h1>Story ${number} ${words(5)}</h1>
${body}</article></main><aside><ul>${around.slice(half).join('\n')}</ul></aside></body></html>`;
}

async function measure() {
  const server = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), '--serve', '--articles', values.articles, '--pages', values.pages],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const work = mkdtempSync(join(tmpdir(), 'archive-cost-'));
  try {
    const { proxy } = await new Promise((resolve) => server.once('message', resolve));
    const ratios = { all: [], processor: [] };
    console.log(`node ${process.version}; ${perSite * SITES} articles of about ${values.pages} kB on ${SITES} sites`);
    for (let round = 1; round <= Number(values.rounds); round++) {
      const plainFile = join(work, 'plain.jsonl');
      const folder = join(work, 'archive');
      const forms = [
        ['-o', plainFile],
        ['--archive', folder],
      ];
      const seconds = {};
      // The order changes, so that a machine that gets slower or faster favours neither.
      for (const form of round % 2 ? forms : forms.toReversed()) {
        rmSync(plainFile, { force: true });
        rmSync(folder, { recursive: true, force: true });
        seconds[form[0]] = await crawl(proxy, form);
      }
      const told = Object.keys(ratios).map((kind) => {
        const [plain, archived] = [seconds['-o'][kind], seconds['--archive'][kind]];
        ratios[kind].push(archived / plain);
        return `${kind}: JSONL ${plain.toFixed(2)} s, archive ${archived.toFixed(2)} s, ratio ${(archived / plain).toFixed(3)}`;
      });
      console.log(`round ${round}: ${told.join('; ')}`);
    }
    const median = (kind) => ratios[kind].toSorted((a, b) => a - b)[ratios[kind].length >> 1];
    console.log(
      `median ratio ${median('all').toFixed(3)}, of the processor's time ${median('processor').toFixed(3)} (bar ${BAR})`,
    );
    if (values.check && median('processor') > BAR) process.exitCode = 1;
  } finally {
    server.kill();
    rmSync(work, { recursive: true, force: true });
  }
}

function crawl(proxy, form) {
  const seeds = Array.from({ length: SITES }, (_, number) => `http://site-${number}.example/`);
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      REPORT,
      TEARSHEET,
      'crawl',
      '--quiet',
      '--delay',
      '0',
      '--max-depth',
      '1',
      '--include',
      '*/story/*',
      '--proxy',
      proxy,
      ...form,
      ...seeds,
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe'], env: { PATH: process.env.PATH } },
  );
  let report = '';
  child.stdio[3].on('data', (text) => {
    report += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0 && code !== 1) return reject(new Error(`exit code ${code}`));
      const { user, system } = JSON.parse(report);
      resolve({ all: (performance.now() - started) / 1000, processor: (user + system) / 1e6 });
    });
  });
}
