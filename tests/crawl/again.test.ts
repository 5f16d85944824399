/** The same command on the same archive: an update, and after a kill the rest of the work. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { largeSite } from '../support/large-site.js';
import type { Web } from '../support/web.js';
import { articleHtml } from './articles.js';
import { crawled, folder, recordsOf, webOf } from './crawling.js';

const BIN = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));

it('asks an unchanged site only for what leads on, and only whether it has changed', async () => {
  const site = largeSite(120);
  const web = await webOf([site]);
  const archive = folder();
  const seeds = [`${site.origin}/`];
  const first = await crawled(web, { seeds }, { archive });
  expect(first.articles).toHaveLength(120);
  for (const _ of ['second', 'third']) {
    web.log.length = 0;
    const again = await crawled(web, { seeds }, { archive });
    expect(again.articles).toEqual([]);
    expect(web.log.map(({ path }) => path)).toContain('/sitemap-0.xml');
    expect(web.log.filter(({ path }) => path.endsWith('.html'))).toEqual([]);
    expect(web.log.filter(({ status }) => status !== 304)).toEqual([]);
  }
});

it('tells how many leads wait, those too that an earlier run has left', async () => {
  const site = largeSite(30);
  const web = await webOf([site]);
  const archive = folder();
  const seeds = [`${site.origin}/`];
  const stopped = await crawled(web, { seeds, maxPages: 10 }, { archive });
  expect(stopped.summary.waiting).toBeGreaterThan(10);
  const { events, summary } = await crawled(web, { seeds }, { archive });
  const [told] = events.filter((event) => event.type === 'waiting');
  expect(told!.leads).toBe(stopped.summary.waiting);
  expect(summary.leads).toBeGreaterThanOrEqual(told!.leads);
  expect(events.indexOf(told!)).toBeLessThan(events.findIndex(({ type }) => type === 'request'));
});

it('needs at most 1.3 requests for an article of a site with a sitemap', async () => {
  const site = largeSite(200);
  const web = await webOf([site]);
  const { articles } = await crawled(web, { seeds: [`${site.origin}/`] });
  expect(articles).toHaveLength(200);
  expect(web.log.length / articles.length).toBeLessThanOrEqual(1.3);
});

it('remembers what the URLs of articles look like, and asks for these first', async () => {
  // By the looks of its URLs alone, this site's guides would be taken for articles and its articles for lists.
  const html = (body: string) => ({ type: 'text/html; charset=utf-8', body });
  const guide = (number: number) => `/guide/where-to-go-with-children-in-week-${number}`;
  const story = (number: number) => `/x/abc${number}`;
  const web = await webOf([
    {
      host: 'www.courier.example',
      answer(path, { day }) {
        const number = Number(/\d+$/.exec(path)?.[0] ?? Number.NaN);
        if (path.startsWith('/x/')) return html(articleHtml(number));
        if (path.startsWith('/guide/')) return html(`<title>Week ${number}</title><h1>Week ${number}</h1>`);
        if (path !== '/') return undefined;
        const numbers = Array.from({ length: 12 }, (_, at) => day * 100 + at);
        const links = [...numbers.map(guide), ...numbers.map(story)].map((to) => `<li><a href="${to}">${to}</a></li>`);
        return html(`<title>The Courier</title><ul>${links.join('')}</ul>`);
      },
    },
  ]);
  const archive = folder();
  const firsts: string[] = [];
  for (const day of [1, 2]) {
    web.day = day;
    web.log.length = 0;
    const { articles } = await crawled(web, { seeds: ['http://www.courier.example/'] }, { archive });
    expect(articles).toHaveLength(12);
    firsts.push(web.log.map(({ path }) => /^\/(x|guide)\//.exec(path)?.[1] ?? '').find((kind) => kind !== '')!);
  }
  expect(firsts).toEqual(['guide', 'x']);
});

/** Kills the crawl once the web has been asked so often; returns what was committed by then. */
async function killedAfter(web: Web, args: readonly string[], requests: number, archive: string): Promise<Set<string>> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const until = web.log.length + requests;
  while (web.log.length < until && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  const db = new Database(join(archive, 'state.db'), { readonly: true });
  try {
    const rows = db.prepare('SELECT url FROM lead WHERE visits > 0 AND outcome IS NOT NULL').all([]) as {
      url: string;
    }[];
    return new Set(rows.map(({ url }) => url));
  } finally {
    db.close();
  }
}

it('goes on after kill -9 at any moment, and asks for nothing twice that was committed', async () => {
  const site = largeSite(300);
  const web = await webOf([site]);
  const archive = folder();
  const args = ['crawl', '--archive', archive, '--delay', '0', '--proxy', web.proxy, '--quiet', `${site.origin}/`];
  let committed = new Set<string>();
  for (const requests of [3, 170, 100]) {
    const from = web.log.length;
    const now = await killedAfter(web, args, requests, archive);
    const asked = web.log.slice(from).map(({ path }) => site.origin + path);
    expect(asked.filter((url) => committed.has(url))).toEqual([]);
    committed = now;
  }
  expect(committed.size).toBeGreaterThan(30);
  web.log.length = 0;
  await crawled(web, { seeds: [`${site.origin}/`] }, { archive });
  expect(web.log.map(({ path }) => site.origin + path).filter((url) => committed.has(url))).toEqual([]);
  const urls = recordsOf(archive).map(({ url }) => url);
  expect(urls.toSorted()).toEqual(
    site
      .paths()
      .map((path) => site.origin + path)
      .toSorted(),
  );
});
