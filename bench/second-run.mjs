/**
 * The first crawl of a site and the second one, when nothing has changed: what the update costs. Run on the build:
 *
 *   npm run build && node bench/second-run.mjs [--articles 10000] [--dist ../dist]
 *
 * In: how many articles. Out: requests, bytes and time of three runs on one archive, requests per article, and whether
 * the second and third ask for no article again, and for no more than 1% of the first's requests, or, on a site of less
 * than some thousand articles, for what every run asks for; exit code 1 where not. The web is on loopback, with
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
/** Every run asks for robots.txt once a day, front page, feed, sitemaps and twenty listings, however small the site. */
const EVERY_RUN = 30;

const site = largeSite(Number(values.articles));
const paths = new Set(site.paths());
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
      'for articles': web.log.filter(({ path }) => paths.has(path)).length,
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
const most = Math.max(EVERY_RUN, BAR * first.requests);
for (const { run, requests, 'for articles': asked } of again) {
  const isMet = requests <= most && asked === 0;
  const share = ((requests / first.requests) * 100).toFixed(2);
  console.log(
    `${isMet ? 'met   ' : 'MISSED'}  ${run} run: ${requests} requests, ${share}% of the first's (wanted: at most ${Math.floor(most)}), ${asked} of them for articles (wanted: none)`,
  );
  if (!isMet) process.exitCode = 1;
}

async function drain(run) {
  let articles = 0;
  for await (const _ of run) articles++;
  return articles;
}
