/** What sites say to crawlers, and that it is done and recorded. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpOf, payloadOf, readWarc } from '../../src/archive/warc-read.js';
import type { Article } from '../../src/article.js';
import { levelOf } from '../../src/cli/log.js';
import type { SettingsInput } from '../../src/settings.js';
import { serveRaw } from '../fetch/servers.js';
import { type Asked, manners, type Reply, type WebSite } from '../support/web.js';
import { articleHtml, frontPage } from './articles.js';
import { crawled, folder, webOf } from './crawling.js';

const HOST = 'courier.example';
const HTML = 'text/html; charset=utf-8';
const pathOf = (number: number) => `/2017/11/23/council-adopts-plan-number-${number}.html`;

interface Page {
  readonly head?: string;
  readonly foot?: string;
  readonly headers?: Record<string, string>;
}

/** A site with these articles, all linked from its front page, and these other files. */
function siteOf(pages: readonly Page[], files: Record<string, (asked: Asked) => Reply> = {}, host = HOST): WebSite {
  return {
    host,
    answer(path, asked) {
      const file = files[path];
      if (file) return file(asked);
      if (path === '/') return { type: HTML, body: frontPage(pages.map((_, at) => pathOf(at))) };
      const number = Number(/(\d+)\.html$/.exec(path)?.[1] ?? Number.NaN);
      const page = pages[number];
      if (!page && number < 100) return undefined;
      if (Number.isNaN(number)) return undefined;
      return { type: HTML, body: articleHtml(number, page), ...(page?.headers && { headers: page.headers }) };
    },
  };
}

const robotsTxt = (text: string) => ({ '/robots.txt': (): Reply => ({ type: 'text/plain', body: text }) });

async function crawlSite(site: WebSite, settings: SettingsInput = {}, archive?: string) {
  const web = await webOf([site]);
  const result = await crawled(web, { seeds: [`http://${site.host}/`], ...settings }, archive ? { archive } : {});
  const byNumber = new Map(result.articles.map((article) => [Number(/(\d+)\.html$/.exec(article.url)![1]), article]));
  return { ...result, web, byNumber, asked: web.log.map(({ path }) => path) };
}

const captureOf = (articles: ReadonlyMap<number, Article>, number: number) => articles.get(number)?.capture;

describe('what a page says to robots', () => {
  const pages: Page[] = [
    {},
    { head: '<meta name="robots" content="noindex">' },
    { headers: { 'x-robots-tag': 'otherbot: nofollow, tearsheet: noindex' } },
    { head: '<meta name="robots" content="NOARCHIVE, max-snippet:-1">' },
    { head: '<meta name="robots" content="nofollow">', foot: `<a href="${pathOf(101)}">Council adopts plan 101</a>` },
    { headers: { 'x-robots-tag': 'nofollow' }, foot: `<a href="${pathOf(102)}">Council adopts plan 102</a>` },
    { head: '<meta name="robots" content="none">', foot: `<a href="${pathOf(103)}">Council adopts plan 103</a>` },
    { headers: { 'x-robots-tag': 'otherbot: none' }, foot: `<a href="${pathOf(104)}">Council adopts plan 104</a>` },
    { foot: `<a rel="nofollow" href="${pathOf(105)}">Council adopts plan 105</a>` },
  ];

  it('is done: noindex makes no record, nofollow leads nowhere, both by meta and by header', async () => {
    const { byNumber, summary, asked } = await crawlSite(siteOf(pages));
    expect([...byNumber.keys()].sort((a, b) => a - b)).toEqual([0, 3, 4, 5, 7, 8, 104]);
    expect(summary.outcomes.disallowed).toEqual({ noindex: 3 });
    for (const number of [101, 102, 103]) expect(asked).not.toContain(pathOf(number));
  });

  it('is recorded', async () => {
    const { byNumber } = await crawlSite(siteOf(pages), { respectNoindex: false });
    expect(captureOf(byNumber, 0)).not.toHaveProperty('robots');
    expect(captureOf(byNumber, 1)?.robots).toEqual(['noindex']);
    expect(captureOf(byNumber, 2)?.robots).toEqual(['noindex']);
    expect(captureOf(byNumber, 3)?.robots).toEqual(['noarchive', 'max-snippet:-1']);
    expect(captureOf(byNumber, 5)?.robots).toEqual(['nofollow']);
  });

  it('is done in the archive: of a noarchive page no copy is kept, of others one is', async () => {
    const archive = folder();
    await crawlSite(siteOf(pages), {}, archive);
    const kept = new Map<string, string>();
    for (const file of readdirSync(join(archive, 'warc')))
      for await (const record of readWarc(join(archive, 'warc', file)))
        if (record.type === 'response') kept.set(record.url ?? '', payloadOf(httpOf(record)!).toString());
    expect(kept.get(`http://${HOST}${pathOf(0)}`)).toContain('plan number 0');
    expect(kept.get(`http://${HOST}${pathOf(3)}`) ?? '').not.toContain('plan number 3');
  });
});

describe('a reservation of text and data mining', () => {
  const file = JSON.stringify([
    { location: '/2017/*plan-number-3', 'tdm-reservation': 0 },
    { location: '/2017/', 'tdm-reservation': 1, 'tdm-policy': '/policies/tdm.json' },
  ]);
  const pages: Page[] = [
    { head: '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://courier.example/own">' },
    { headers: { 'tdm-reservation': '1', 'tdm-policy': 'https://courier.example/by-header' } },
    { head: '<meta name="tdm-reservation" content="0">', headers: { 'tdm-reservation': '1' } },
    {},
    {},
  ];
  const withFile = { '/.well-known/tdmrep.json': (): Reply => ({ type: 'application/json', body: file }) };

  it('is recorded from the page, its header or the file of its host, whichever is closest', async () => {
    const { byNumber, asked } = await crawlSite(siteOf(pages, withFile));
    const said = [0, 1, 2, 3, 4].map((number) => captureOf(byNumber, number)?.tdmReservation);
    expect(said).toEqual([
      { reserved: true, policy: 'https://courier.example/own' },
      { reserved: true, policy: 'https://courier.example/by-header' },
      { reserved: false },
      { reserved: false },
      { reserved: true, policy: `http://${HOST}/policies/tdm.json` },
    ]);
    expect(asked.filter((path) => path.endsWith('tdmrep.json'))).toHaveLength(1);
  });

  it('is asked for again after a day, not by the next run', async () => {
    const archive = folder();
    const site = siteOf(pages, withFile);
    await crawlSite(site, {}, archive);
    const more = siteOf([...pages, {}], withFile);
    const { byNumber, asked } = await crawlSite(more, {}, archive);
    expect(captureOf(byNumber, 5)?.tdmReservation).toMatchObject({ reserved: true });
    expect(asked.filter((path) => path.endsWith('tdmrep.json'))).toEqual([]);
  });

  it('is not recorded where nothing says it', async () => {
    const { byNumber } = await crawlSite(siteOf([{}]));
    expect(captureOf(byNumber, 0)).not.toHaveProperty('tdmReservation');
  });

  it.each([
    ['the settings', {}, { readTdmFile: false }],
    ['robots.txt', robotsTxt('User-agent: *\nDisallow: /.well-known/'), {}],
  ])('is not asked for where %s forbid it', async (_who, files, settings) => {
    const { byNumber, asked } = await crawlSite(siteOf([{}], { ...withFile, ...files }), settings);
    expect(byNumber.size).toBe(1);
    expect(asked).not.toContain('/.well-known/tdmrep.json');
  });
});

describe('robots.txt', () => {
  it('names its content signal in every record', async () => {
    const files = robotsTxt('User-agent: *\nContent-Signal: search=yes, ai-train=no\nDisallow: /private/');
    const { byNumber } = await crawlSite(siteOf([{}], files));
    expect(captureOf(byNumber, 0)?.contentSignal).toBe('search=yes, ai-train=no');
  });

  it('that fails keeps the crawl away, is not asked for again by a run soon after, and then is', async () => {
    const archive = folder();
    let isBroken = true;
    const site = siteOf([{}], {
      '/robots.txt': () => (isBroken ? { status: 503 } : { type: 'text/plain', body: 'User-agent: *\nAllow: /' }),
    });
    const first = await crawlSite(site, {}, archive);
    expect(first.summary.outcomes).toEqual({ disallowed: { 'robots-unreachable': 1 } });
    isBroken = false;
    const second = await crawlSite(site, {}, archive);
    expect(second.asked).toEqual([]);
    expect(second.summary.outcomes).toEqual({ disallowed: { 'robots-unreachable': 1 } });
  });

  it('is asked for once, also by the next run', async () => {
    const archive = folder();
    const site = siteOf([{}], robotsTxt('User-agent: *\nDisallow: /private/'));
    expect((await crawlSite(site, {}, archive)).asked.filter((path) => path === '/robots.txt')).toHaveLength(1);
    expect((await crawlSite(site, {}, archive)).asked).not.toContain('/robots.txt');
  });
});

describe('a host', () => {
  it('that names a crawl delay is asked that seldom, measured where the requests come in', async () => {
    const { web, byNumber } = await crawlSite(siteOf([{}, {}], robotsTxt('User-agent: *\nCrawl-delay: 0.3')));
    expect(byNumber.size).toBe(2);
    // The request for robots.txt itself came before its word was known.
    expect(manners(web.log, 300)).toEqual([]);
  });

  it('that says 429 or 503 is asked again after the wait that it names, in seconds or as a date', async () => {
    const refusals = new Map<string, number>();
    const refuseOnce = (path: string, retryAfter: () => string) => (): Reply => {
      if (refusals.has(path)) return { type: HTML, body: articleHtml(Number(/(\d+)\.html/.exec(path)![1])) };
      refusals.set(path, Date.now());
      return { status: refusals.size % 2 ? 429 : 503, headers: { 'retry-after': retryAfter() } };
    };
    const { web, byNumber } = await crawlSite(
      siteOf([{}, {}], {
        [pathOf(0)]: refuseOnce(pathOf(0), () => '2'),
        [pathOf(1)]: refuseOnce(pathOf(1), () => new Date(Date.now() + 3000).toUTCString()),
      }),
    );
    expect([...byNumber.keys()].sort()).toEqual([0, 1]);
    for (const { path, status, atMs } of web.log.filter(({ status }) => status === 429 || status === 503)) {
      const next = web.log.find((entry) => entry.atMs > atMs);
      expect(next!.atMs - atMs, `${status} of ${path}`).toBeGreaterThanOrEqual(1990);
    }
  });

  it('that nobody can reach is tried twice, and all its leads end as failed with the reason', async () => {
    const { port } = new URL((await webOf([])).proxy);
    let lookUps = 0;
    const { summary } = await crawled(
      {},
      { seeds: Array.from({ length: 30 }, (_, at) => `http://gone.example:${port}${pathOf(at)}`), maxDelayMs: 5 },
      {
        resolver: (hostname, _options, callback) => {
          lookUps++;
          callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []);
        },
      },
    );
    expect(summary.outcomes).toEqual({ failed: { dns: 30 } });
    expect(summary.requests).toBe(2);
    expect(lookUps).toBeLessThanOrEqual(3);
  });

  it.each([
    ['a byte now and then', 'x', 'timeout', { timeoutMs: 150 }],
    ['part after part', 'x'.repeat(2048), 'too-slow', { maxRequestMs: 500 }],
  ])(
    'that sends %s without an end is given up, and asked again by the next run',
    async (_what, part, reason, limits) => {
      const asked: string[] = [];
      const url = await serveRaw((socket, request) => {
        const path = request.split(' ')[1]!;
        if (path === '/robots.txt') return socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
        asked.push(path);
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n');
        const dripping = setInterval(() => socket.write(part), 20);
        socket.on('close', () => clearInterval(dripping));
      });
      const seeds = Array.from({ length: 12 }, (_, at) => url + pathOf(at));
      const settings = { seeds, ...limits, maxFailuresPerHost: 4, maxDelayMs: 5 };
      const archive = folder();
      const { summary } = await crawled({}, settings, { archive });
      const { [reason]: ended = 0, 'host-given-up': givenUp, ...others } = summary.outcomes.failed!;
      expect([ended + givenUp!, others]).toEqual([summary.leads, {}]);
      expect(new Set(asked).size).toBe(4);
      // What was not had in all that time is not asked for again in this run; after a silence it is.
      if (reason === 'too-slow') expect([asked.length, ended]).toEqual([4, 4]);
      else expect(asked.length).toBeGreaterThan(4);
      const askedBefore = asked.length;
      await crawled({}, settings, { archive });
      expect(asked.length).toBeGreaterThan(askedBefore);
    },
  );

  it('that keeps failing is left alone for the run, its leads say why, and the others go on', async () => {
    const broken = siteOf(Array<Page>(40).fill({}), {}, 'broken.example');
    const web = await webOf([
      siteOf([{}, {}, {}]),
      {
        host: broken.host,
        answer: (path, asked) => (/html$/.test(path) ? { status: 500 } : broken.answer(path, asked)),
      },
    ]);
    const { articles, summary, events } = await crawled(web, {
      seeds: [`http://${HOST}/`, `http://${broken.host}/`],
      maxFailuresPerHost: 4,
      maxDelayMs: 5,
      retries: 1,
    });
    expect(articles).toHaveLength(3);
    expect(summary.perHost[`http://${HOST}`]?.archived).toEqual({ new: 3 });
    const { failed } = summary.perHost[`http://${broken.host}`]!;
    expect(failed?.['host-given-up']).toBeGreaterThan(30);
    expect(web.log.filter(({ host }) => host === broken.host).length).toBeLessThan(15);
    // Each lead's end is told: whoever counts along comes to the same sum. Who waited there makes no warning of its own.
    const told = events.filter((event) => event.type === 'outcome');
    expect(told).toHaveLength(summary.leads);
    const givenUp = told.filter(({ outcome }) => outcome.reason === 'host-given-up');
    expect(new Set(givenUp.map(({ url }) => url)).size).toBe(failed!['host-given-up']);
    expect(givenUp.filter((event) => levelOf(event) === 'warn').length).toBeLessThan(10);
  });
});
