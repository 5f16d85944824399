/**
 * A polite crawl: one site takes no longer than its pages times the delay; fifty in parallel no longer than the largest;
 * and waiting costs next to nothing. On fixtures of one line, so that waiting is all there is.
 */
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digits } from './measure.mjs';

const DELAY_MS = 500;
const PAGES = 60;
const HOSTS = 50;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export async function run() {
  const one = await crawl(1);
  const many = await crawl(HOSTS);
  return {
    title: `Polite crawl: ${PAGES} pages a site, ${DELAY_MS} ms between the starts of two requests`,
    rows: [
      {
        what: '1 site',
        requests: one.requests,
        seconds: digits(one.seconds),
        'pages × delay': digits(one.ideal),
        'CPU share': digits(one.cpu, 3),
      },
      {
        what: `${HOSTS} sites`,
        requests: many.requests,
        seconds: digits(many.seconds),
        'pages × delay': digits(many.ideal),
        'CPU share': digits(many.cpu, 3),
      },
    ],
    claims: [
      { what: 'one site, in its requests times the delay', ratio: one.seconds / one.ideal, bar: 1.02, atMost: true },
      {
        what: `${HOSTS} sites, in the largest one's requests times the delay`,
        ratio: many.seconds / many.ideal,
        bar: 1.02,
        atMost: true,
      },
    ],
    notes: [
      'from the first request to the last, as the server sees them; robots.txt is a request like any other; CPU of the whole process, its start included, by its time',
    ],
  };
}

async function crawl(sites) {
  const folder = mkdtempSync(join(tmpdir(), 'tearsheet-bench-'));
  const server = fork(here('./slow-server.mjs'), [JSON.stringify({ sites, pages: PAGES })]);
  try {
    const { origins } = await new Promise((resolve) => server.once('message', resolve));
    writeFileSync(join(folder, 'seeds.txt'), origins.map((origin) => `${origin}/\n`).join(''));
    const report = join(folder, 'usage.json');
    const started = performance.now();
    await new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [
          '--import',
          `data:text/javascript,${encodeURIComponent(`import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.cpuUsage())));`)}`,
          here('../../bin/tearsheet.js'),
          'crawl',
          '--seeds',
          join(folder, 'seeds.txt'),
          '--delay',
          String(DELAY_MS),
          '--concurrency',
          '64',
          '--max-depth',
          '1',
          '--quiet',
          '--output',
          join(folder, 'records.jsonl'),
        ],
        { stdio: 'inherit' },
      );
      child.on('close', (code) => (code === 0 || code === 1 ? resolve() : reject(new Error(`exit code ${code}`))));
    });
    const wall = (performance.now() - started) / 1000;
    server.send('tell');
    const { spans } = await new Promise((resolve) => server.once('message', resolve));
    const { user, system } = JSON.parse(readFileSync(report, 'utf8'));
    const largest = Math.max(...spans.map(({ requests }) => requests));
    const first = Math.min(...spans.map(({ firstMs }) => firstMs));
    const last = Math.max(...spans.map(({ lastMs }) => lastMs));
    return {
      requests: largest,
      seconds: (last - first) / 1000,
      ideal: ((largest - 1) * DELAY_MS) / 1000,
      cpu: (user + system) / 1e6 / wall,
    };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
