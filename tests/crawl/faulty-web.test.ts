/** One crawl of a web that does everything wrong at once, beside articles that can be had. */

import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrawlEvent } from '../../src/events.js';
import type { Resolver } from '../../src/fetch/address.js';
import { normalizeUrl } from '../../src/url.js';
import { selfSigned } from '../fetch/certificate.js';
import { headlineOf } from './articles.js';
import { type Crawled, crawled, totalOf } from './crawling.js';
import { FAULTS, type FaultySite, healthyPaths, pathOf, serveFaultySite } from './faulty-site.js';

/** What the crawl may grow by. Bodies of 20 MB and pages of 50 MB are allowed, one host at a time. */
const MAX_GROWTH_BYTES = 400 * 2 ** 20;

const IDN = new URL('http://новости.example/').hostname;

let site: FaultySite;
let result: Crawled;
let growth = 0;
let secretsAsked = 0;
const outcomes = new Map<string, string>();
const closing: (() => unknown)[] = [];

/** news.example is seeded and on loopback; what else is asked for resolves as a hostile DNS would have it. */
const lookUps = new Map<string, number>();
const resolver: Resolver = (hostname, _options, callback) => {
  const times = (lookUps.get(hostname) ?? 0) + 1;
  lookUps.set(hostname, times);
  const answers: Record<string, string> = {
    'news.example': '127.0.0.1',
    [IDN]: '127.0.0.1',
    'inside.news.example': '10.0.0.7',
    'mapped.news.example': '::ffff:127.0.0.1',
    // Public when it is looked at, private when it is connected to.
    'rebound.news.example': times === 1 ? '192.0.32.8' : '127.0.0.1',
    'sealed.news.example': '127.0.0.1',
    'clear.news.example': '127.0.0.1',
  };
  const address = answers[hostname];
  if (address) callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  else callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []);
};

/** Links that lead off the site, with the outcome that their leads must have. */
let elsewhere: Readonly<Record<string, string>>;

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const secret = await listen(
    createServer((_request, response) => {
      secretsAsked++;
      response.end('secret');
    }),
  );
  const tls = createTlsServer(selfSigned('sealed.news.example'), (_request, response) => {
    secretsAsked++;
    response.end('sealed');
  });
  const sealed = await listen(tls as unknown as ReturnType<typeof createServer>);
  elsewhere = {
    [`http://inside.news.example:${secret}/2017/11/23/a.html`]: 'disallowed (private-address)',
    [`http://mapped.news.example:${secret}/2017/11/23/a.html`]: 'disallowed (private-address)',
    [`http://rebound.news.example:${secret}/2017/11/23/a.html`]: 'disallowed (private-address)',
    'http://nowhere.news.example/2017/11/23/a.html': 'failed (dns)',
    [`https://sealed.news.example:${sealed}/2017/11/23/a.html`]: 'failed (tls)',
    [`https://clear.news.example:${secret}/2017/11/23/a.html`]: 'failed (tls)',
  };
  const unusable = [
    'http://other.example/2017/11/23/a.html',
    'javascript:alert(1)',
    'data:text/html,<p>x',
    'file:///etc/passwd',
    'mailto:desk@news.example',
    'http://[bad/',
    'tel:1',
  ];
  const long = `/2017/11/23/${'x'.repeat(20_000)}.html`;
  site = await serveFaultySite([...Object.keys(elsewhere), ...unusable, long]);
  closing.push(() => site.close());
  const seeds = [
    `http://news.example:${site.port}/`,
    `http://новости.example:${site.port}${pathOf('plan-number-0')}`,
    // Seeded, so that their addresses are allowed and their certificates are what counts.
    `https://sealed.news.example:${sealed}/2017/11/23/a.html`,
    `https://clear.news.example:${secret}/2017/11/23/a.html`,
  ];
  const before = process.memoryUsage().rss;
  const sampling = setInterval(() => {
    growth = Math.max(growth, process.memoryUsage().rss - before);
  }, 50);
  result = await crawled(
    {},
    { seeds, timeoutMs: 400, maxRequestMs: 1500, maxDelayMs: 20, profilePages: 5 },
    {
      resolver,
      onEvent: (event: CrawlEvent) => {
        if (event.type === 'outcome') outcomes.set(event.url, `${event.outcome.name} (${event.outcome.reason})`);
      },
    },
  );
  clearInterval(sampling);
}, 240_000);

afterAll(async () => {
  for (const close of closing) await close();
});

const urlOf = (path: string) => normalizeUrl(`http://news.example:${site.port}${path}`)!;

describe('a crawl of a web that does everything wrong', () => {
  it('archives every healthy article, exactly', () => {
    const headlines = new Map(result.articles.map(({ url, headline }) => [url, headline]));
    for (const [at, path] of healthyPaths.entries()) expect(headlines.get(urlOf(path)), path).toBe(headlineOf(at));
  });

  it.each(Object.entries(FAULTS).map(([name, { outcome }]) => [name, outcome]))('ends %s as %s', (name, outcome) => {
    expect(outcomes.get(urlOf(pathOf(name)))).toBe(outcome);
  });

  it('ends what lies elsewhere with its reason, and connects to nothing private', () => {
    for (const [url, outcome] of Object.entries(elsewhere)) expect([url, outcomes.get(url)]).toEqual([url, outcome]);
    expect(secretsAsked).toBe(0);
  });

  it('never asks for what is no web address, and for odd paths as they stand', () => {
    for (const path of site.asked)
      expect(path).toMatch(/^\/(?:$|robots\.txt$|\.well-known\/|2017\/11\/23\/|sitemap|feed|rss|atom|index)/);
    expect(site.asked).toContain(pathOf('..%2f..%2fetc%2fpasswd'));
    expect(Math.max(...site.asked.map((path) => path.length))).toBeLessThan(5000);
  });

  it('reaches an internationalised name', () => {
    expect(outcomes.get(`http://${IDN}:${site.port}${pathOf('plan-number-0')}`)).toMatch(/^(archived|duplicate) /);
  });

  it('keeps what a title says, without its control characters', () => {
    const { headline } = result.articles.find(({ url }) => url === urlOf(pathOf('escapes-in-its-title')))!;
    expect(headline).toBe('Plans [2J31m for the bridge');
  });

  it('ends every lead; the counts add up', () => {
    expect(totalOf(result.summary.outcomes)).toBe(result.summary.leads);
    expect(result.summary.outcomes['out-of-scope']?.site).toBe(1);
    expect(result.summary.waiting).toBe(0);
    expect(result.summary.interrupted).toBe(false);
  });

  it('stays small', () => {
    expect(growth).toBeLessThan(MAX_GROWTH_BYTES);
  });
});
