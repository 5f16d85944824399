import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Resolver } from '../../src/fetch/address.js';
import { memoryRobotsStore, RobotsCache, type RobotsStore } from '../../src/fetch/robots-cache.js';
import type { Outcome } from '../../src/outcome.js';
import { localClient, serveHttp, serveRaw, testClient } from './servers.js';

const HOUR = 3_600_000;

async function setUp(listener: RequestListener, store?: RobotsStore) {
  const clock = { now: Date.UTC(2017, 10, 23) };
  let requests = 0;
  const host = await serveHttp((request, response) => {
    requests++;
    listener(request, response);
  });
  const cache = () => new RobotsCache({ client: localClient(), now: () => clock.now, ...(store ? { store } : {}) });
  return { host, clock, cache: cache(), another: cache, requests: () => requests };
}

describe('the rules of a host', () => {
  it('are asked for once a day, however many want them at once', async () => {
    const { host, clock, cache, requests } = await setUp((_request, response) =>
      response.end('User-agent: *\nDisallow: /x'),
    );
    const answers = await Promise.all(Array.from({ length: 10 }, () => cache.rulesFor(host)));
    expect(answers.map(({ rules }) => rules?.allows(`${host}/x`))).toEqual(new Array(10).fill(false));
    // The one whose question it was gets the exchange for the archive.
    expect(answers.filter(({ fetched }) => fetched)).toHaveLength(1);
    clock.now += 23 * HOUR;
    await cache.rulesFor(host);
    expect(requests()).toBe(1);
    clock.now += 2 * HOUR;
    await cache.rulesFor(host);
    expect(requests()).toBe(2);
  });

  it('survive a restart in their store', async () => {
    const store = memoryRobotsStore();
    const { host, cache, another, requests } = await setUp(
      (_request, response) => response.end('User-agent: *\nDisallow: /x'),
      store,
    );
    await cache.rulesFor(host);
    expect((await another().rulesFor(host)).rules?.allows(`${host}/x`)).toBe(false);
    expect(requests()).toBe(1);
    expect(JSON.parse(JSON.stringify(await store.get(host)))).toEqual(await store.get(host));
  });

  it('are confirmed by a 304 after a day', async () => {
    const { host, clock, cache } = await setUp((request, response) => {
      const isKnown = request.headers['if-none-match'] === '"r1"';
      response.writeHead(isKnown ? 304 : 200, { etag: '"r1"' }).end(isKnown ? '' : 'User-agent: *\nDisallow: /x');
    });
    await cache.rulesFor(host);
    clock.now += 25 * HOUR;
    const { rules, fetched } = await cache.rulesFor(host);
    expect(fetched?.exchange?.status).toBe(304);
    expect(rules?.allows(`${host}/x`)).toBe(false);
  });

  it.each([400, 401, 403, 404, 410])('that are not there (%d) allow everything', async (status) => {
    const { host, cache } = await setUp((_request, response) =>
      response.writeHead(status).end('User-agent: *\nDisallow: /'),
    );
    expect((await cache.rulesFor(host)).rules?.allows(`${host}/x`)).toBe(true);
  });

  it.each([500, 503])('that fail with %d forbid everything, until they are asked for again', async (status) => {
    let isBroken = true;
    const { host, clock, cache, requests } = await setUp((_request, response) =>
      isBroken ? response.writeHead(status).end() : response.end('User-agent: *\nDisallow: /x'),
    );
    const first = await cache.rulesFor(host);
    expect(first.failure).toMatchObject({ name: 'disallowed', reason: 'robots-unreachable' });
    expect(first.failure?.detail).toContain(String(status));
    expect((await cache.rulesFor(host)).failure).toMatchObject({ reason: 'robots-unreachable' });
    expect(requests()).toBe(1);
    isBroken = false;
    clock.now = first.failure ? first.askAgainAtMs! : 0;
    expect((await cache.rulesFor(host)).rules?.allows(`${host}/y`)).toBe(true);
  });

  it('are asked for less and less often while they fail, and not before Retry-After', async () => {
    const { host, clock, cache } = await setUp((_request, response) =>
      response.writeHead(503, { 'retry-after': '900' }).end(),
    );
    const waits: number[] = [];
    for (let round = 0; round < 4; round++) {
      const answer = await cache.rulesFor(host);
      waits.push((answer.failure && answer.askAgainAtMs ? answer.askAgainAtMs : 0) - clock.now);
      clock.now += waits.at(-1)!;
    }
    expect(waits.map((ms) => ms / 60_000)).toEqual([15, 15, 20, 40]);
  });

  it('that were there before an outage hold through it, but not for ever', async () => {
    let isBroken = false;
    const { host, clock, cache } = await setUp((_request, response) =>
      isBroken ? response.writeHead(500).end() : response.end('User-agent: *\nDisallow: /x'),
    );
    await cache.rulesFor(host);
    isBroken = true;
    clock.now += 25 * HOUR;
    expect((await cache.rulesFor(host)).rules?.allows(`${host}/y`)).toBe(true);
    clock.now += 31 * 24 * HOUR;
    expect((await cache.rulesFor(host)).failure).toMatchObject({ reason: 'robots-unreachable' });
  });

  it('of a host that does not answer are unreachable', async () => {
    const host = await serveRaw((socket) => socket.destroy());
    const cache = new RobotsCache({ client: localClient() });
    expect((await cache.rulesFor(host)).failure).toMatchObject({ name: 'disallowed', reason: 'robots-unreachable' });
  });

  it('of a host that nobody can reach are its own failure, asked for once more, and by the next run at once', async () => {
    const clock = { now: Date.UTC(2017, 10, 23) };
    const store = memoryRobotsStore();
    let lookUps = 0;
    const resolver: Resolver = (_hostname, _options, callback) => {
      lookUps++;
      callback(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }), []);
    };
    const run = () => new RobotsCache({ client: localClient({}, { resolver }), store, now: () => clock.now });
    const cache = run();
    for (const [round, waitMs] of [0, 300_000].entries()) {
      const { failure, askAgainAtMs } = (await cache.rulesFor('http://news.example')) as {
        failure: Outcome;
        askAgainAtMs: number;
      };
      expect(failure).toMatchObject({ name: 'failed', reason: 'dns' });
      expect(askAgainAtMs - clock.now).toBe(waitMs);
      expect(lookUps).toBe(round + 1);
    }
    await cache.rulesFor('http://news.example');
    expect(lookUps).toBe(2);
    expect(cache.unreached('http://news.example')).toMatchObject({ name: 'failed', reason: 'dns' });
    clock.now += 300_000;
    expect(cache.unreached('http://news.example')).toBeUndefined();
    await run().rulesFor('http://news.example');
    expect(lookUps).toBe(3);
  });

  it.each([
    ['connect', 'http://127.0.0.1:1'],
    ['tls', 'https'],
  ])('of a host that fails with %s before it can be asked are that failure', async (reason, place) => {
    const plain = await serveHttp((_request, response) => response.end('clear'));
    const host = place === 'https' ? plain.replace('http:', 'https:') : place;
    const { failure } = await new RobotsCache({ client: localClient() }).rulesFor(host);
    expect(failure).toMatchObject({ name: 'failed', reason });
  });

  it.each([
    [5, false],
    [6, true],
  ])('behind %d redirects allow everything: %s', async (count, everything) => {
    const { host, cache } = await setUp((request, response) => {
      const step = Number(/\d+$/.exec(request.url!)?.[0] ?? 0);
      if (step < count) response.writeHead(302, { location: `/step${step + 1}` }).end();
      else response.end('User-agent: *\nDisallow: /x');
    });
    expect((await cache.rulesFor(host)).rules?.allows(`${host}/x`)).toBe(everything);
  });

  it('are read up to 500 KiB, without half a line at the cut', async () => {
    const line = `Disallow: /${'x'.repeat(88)}\n`;
    const before = `User-agent: *\nDisallow: /first\n${line.repeat(Math.floor((500 * 1024 - 31) / line.length))}`;
    const file = `${before}Disallow: /${'y'.repeat(500 * 1024 - before.length)}\nDisallow: /last\n`;
    const { host, cache } = await setUp((_request, response) => response.end(file));
    const { rules, fetched } = await cache.rulesFor(host);
    expect(fetched?.exchange?.hops[0].truncated).toBe('length');
    expect(rules?.allows(`${host}/first`)).toBe(false);
    expect(rules?.allows(`${host}/last`)).toBe(true);
    expect(rules?.allows(`${host}/`)).toBe(true);
  });

  it('of a private host are not asked for', async () => {
    const cache = new RobotsCache({ client: testClient() });
    expect((await cache.rulesFor('http://10.0.0.1')).failure).toMatchObject({ reason: 'private-address' });
  });

  it('wanted by two are still brought when the first gives up', async () => {
    const { host, cache } = await setUp((_request, response) => {
      setTimeout(() => response.end('User-agent: *\nDisallow: /x'), 100);
    });
    const controller = new AbortController();
    const first = cache.rulesFor(host, { signal: controller.signal });
    const second = cache.rulesFor(host);
    setTimeout(() => controller.abort(), 20);
    expect((await first).failure).toMatchObject({ reason: 'interrupted' });
    expect((await second).rules?.allows(`${host}/x`)).toBe(false);
  });

  it('are asked for under the hooks of whoever asks', async () => {
    const { host, cache } = await setUp((_request, response) => response.end(''));
    const seen: string[] = [];
    await cache.rulesFor(host, { hooks: { before: async (url) => void seen.push(url) } });
    expect(seen).toEqual([`${host}/robots.txt`]);
  });
});
