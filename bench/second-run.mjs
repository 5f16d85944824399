/**
 * The first crawl of a site and the second one, when nothing has changed: what the update costs. Run on the build:
 *
 *   npm run build && node bench/second-run.mjs [--articles 10000] [--dist ../dist]
 *
 * In: how many articles. Out: requests, bytes and time of three runs on one archive, requests per article, and whether
 * the second and third stay within 1% of the first's requests; exit code 1 where not. The web is on loopback, with
 * validators on every page; the delay is 0.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { largeSite } from '../tests/support/large-site.js';
import { serveWeb } from '../tests/support/web.js';

const { values } = parseArgs({
  options: { articles: { type: 'string', default: '10000' }, dist: { type: 'string', default: '../dist' } },
});
const { crawl } = await import(`${values.dist}/crawl.js`);
const BAR = 0.01;

const site = largeSite(Number(values.articles));
const web = await serveWeb([site]);
const folder = mkdtempSync(join(tmpdir(), 'tearsheet-second-run-'));
const rows = [];
try {
  for (const run of ['first', 'second', 'third']) {
    web.log.length = 0;
    const started = performance.now();
    const archived = await drain(
      crawl(
        { seeds: [`${site.origin}/`], delayMs: 0, proxy: web.proxy },
        { archive: join(folder, 'archive'), surroundings: { environment: {} } },
      ),
    );
    rows.push({
      run,
      archived,
      requests: web.log.length,
      'answered 304': web.log.filter(({ status }) => status === 304).length,
      bytes: web.log.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
      'memory MB': Math.round(process.memoryUsage.rss() / 1e6),
    });
  }
} finally {
  await web.close();
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);
const [first, ...again] = rows;
console.log(`${(first.requests / first.archived).toFixed(3)} requests per article in the first run`);
for (const { run, requests } of again) {
  const share = requests / first.requests;
  console.log(
    `${share <= BAR ? 'met   ' : 'MISSED'}  ${run} run: ${(share * 100).toFixed(2)}% of the first's requests (wanted: at most 1%)`,
  );
  if (share > BAR) process.exitCode = 1;
}

async function drain(run) {
  let articles = 0;
  for await (const _ of run) articles++;
  return articles;
}
