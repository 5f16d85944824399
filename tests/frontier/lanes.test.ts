import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type LaneReport, type LaneSettings, Lanes } from '../../src/frontier/lanes.js';

const SETTINGS: LaneSettings = { delayMs: 0, maxDelayMs: 60_000, concurrency: 32, maxFailuresPerHost: 3 };
const HOST = 'https://a.example';
const FINE: LaneReport = { status: 200, elapsedMs: 1 };
const ERROR: LaneReport = { status: 500, elapsedMs: 1 };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function startOf(lanes: Lanes, host: string, signal?: AbortSignal): Promise<(report: LaneReport) => void> {
  const answer = await lanes.enter(host, signal);
  if ('outcome' in answer) throw new Error(`refused: ${answer.outcome.reason}`);
  return answer.leave;
}

/** A server that notes how many requests were under way when each arrived. */
async function listen(): Promise<{ port: number; arrivals: { underWay: number }[] }> {
  const arrivals: { underWay: number }[] = [];
  let underWay = 0;
  const server = createServer((_request, response) => {
    underWay++;
    arrivals.push({ underWay });
    setTimeout(() => {
      underWay--;
      response.end('ok');
    }, 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, arrivals };
}

/** When the request started. */
async function visit(lanes: Lanes, host: string, port: number): Promise<number> {
  const leave = await startOf(lanes, host);
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent: false }, (response) => response.resume().on('end', resolve)).on(
      'error',
      reject,
    );
  });
  leave({ status: 200, elapsedMs: performance.now() - started });
  return started;
}

/** Lanes wait by a clock that is never set; the system's, by which instants are told, is put right by some milliseconds now and then. */
const CLOCKS_APART_MS = 20;

test('a host is asked by one request at a time, however many want to', async () => {
  const { port, arrivals } = await listen();
  const lanes = new Lanes(SETTINGS);
  await Promise.all(Array.from({ length: 8 }, () => visit(lanes, HOST, port)));
  expect(arrivals.map(({ underWay }) => underWay)).toEqual(Array(8).fill(1));
});

/** Each start is noted a little after it was, by however much: none may be early, counted from the first. */
function expectSpaced(starts: readonly number[], begunMs: number, delayMs: number): void {
  for (const [index, start] of starts.entries()) expect(start - begunMs).toBeGreaterThanOrEqual(index * delayMs);
}

test('starts lie at least the delay apart', async () => {
  const { port } = await listen();
  const lanes = new Lanes({ ...SETTINGS, delayMs: 120 });
  const begunMs = performance.now();
  expectSpaced(await Promise.all(Array.from({ length: 5 }, () => visit(lanes, HOST, port))), begunMs, 120);
});

test('two names of one server share a lane, those that already wait included', async () => {
  const { port, arrivals } = await listen();
  const lanes = new Lanes({ ...SETTINGS, delayMs: 120 });
  const names = [HOST, 'https://b.example'];
  const leaves = await Promise.all(names.map((name) => startOf(lanes, name)));
  const begunMs = performance.now();
  const rest = Promise.all([...names, ...names].map((name) => visit(lanes, name, port)));
  for (const name of names) lanes.sameServer(name, '192.0.2.1');
  for (const leave of leaves) leave(FINE);
  const starts = (await rest).sort((a, b) => a - b);
  expect(arrivals.map(({ underWay }) => underWay)).toEqual([1, 1, 1, 1]);
  expectSpaced(starts, begunMs, 120);
});

test('hosts do not wait for each other, up to the requests allowed at once', async () => {
  const lanes = new Lanes({ ...SETTINGS, concurrency: 2 });
  const leaves = await Promise.all([startOf(lanes, HOST), startOf(lanes, 'https://b.example')]);
  let third = false;
  const waiting = startOf(lanes, 'https://c.example').then((leave) => {
    third = true;
    leave(FINE);
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(third).toBe(false);
  leaves[0]!(FINE);
  await waiting;
  leaves[1]!(FINE);
});

test('a crawl delay longer than the own delay counts, also after the lane was dropped, but never more than the longest', async () => {
  const lanes = new Lanes({ ...SETTINGS, delayMs: 1000 });
  lanes.setCrawlDelay(HOST, 30_000);
  for (let index = 0; index < 3000; index++) lanes.setCrawlDelay(`https://h${index}.example`, 1e9);
  for (const [host, waitMs] of [
    [HOST, 30_000],
    ['https://h1.example', 60_000],
  ] as const) {
    const before = Date.now();
    (await startOf(lanes, host))(FINE);
    expect(lanes.nextStartMs(host)).toBeGreaterThanOrEqual(before + waitMs - CLOCKS_APART_MS);
    expect(lanes.nextStartMs(host)).toBeLessThanOrEqual(Date.now() + waitMs * 1.01 + CLOCKS_APART_MS);
  }
});

test('a slow host is asked less often', async () => {
  const lanes = new Lanes({ ...SETTINGS, delayMs: 1000 });
  const before = Date.now();
  (await startOf(lanes, HOST))({ status: 200, elapsedMs: 4000 });
  expect(lanes.nextStartMs(HOST)).toBeGreaterThanOrEqual(before + 8000 - CLOCKS_APART_MS);
});

test('a wait that the host names with 429 or 503 is kept', async () => {
  for (const status of [429, 503]) {
    const lanes = new Lanes(SETTINGS);
    const before = Date.now();
    (await startOf(lanes, HOST))({ status, elapsedMs: 1, retryAfterMs: 20_000 });
    expect(lanes.nextStartMs(HOST)).toBeGreaterThanOrEqual(before + 20_000 - CLOCKS_APART_MS);
  }
});

test('a host that asks to stay away for longer than the longest wait is left alone for the run', async () => {
  const lanes = new Lanes(SETTINGS);
  (await startOf(lanes, HOST))({ status: 429, elapsedMs: 1, retryAfterMs: 3_600_000 });
  expect(lanes.givenUp(HOST)).toMatchObject({ name: 'failed', reason: 'rate-limited' });
});

test('waits grow with failures in a row, and jitter stays within half of them', async () => {
  for (const random of [0, 1]) {
    const lanes = new Lanes({ ...SETTINGS, maxDelayMs: 60_000 }, { random: () => random });
    const before = Date.now();
    (await startOf(lanes, HOST))(ERROR);
    expect(lanes.nextStartMs(HOST)).toBeGreaterThanOrEqual(before + 500 + 1000 * random - CLOCKS_APART_MS);
    expect(lanes.nextStartMs(HOST)).toBeLessThanOrEqual(Date.now() + 500 + 1000 * random + CLOCKS_APART_MS);
  }
});

test('a host that keeps failing is given up with the reason, and an answer in between forgives', async () => {
  const lanes = new Lanes({ ...SETTINGS, maxDelayMs: 1 });
  for (const report of [ERROR, ERROR, FINE, ERROR, ERROR]) (await startOf(lanes, HOST))(report);
  expect(lanes.givenUp(HOST)).toBeUndefined();
  (await startOf(lanes, HOST))(ERROR);
  expect(await lanes.enter(HOST)).toMatchObject({ outcome: { name: 'failed', reason: 'host-given-up' } });
  expect('leave' in (await lanes.enter('https://b.example'))).toBe(true);
});

test('one URL that keeps failing does not give its host up, nor do pages that come broken', async () => {
  const lanes = new Lanes({ ...SETTINGS, maxDelayMs: 1 });
  const enter = async (report: LaneReport) => (await startOf(lanes, HOST))(report);
  for (let round = 0; round < 5; round++) await enter({ ...ERROR, url: `${HOST}/one` });
  expect(lanes.givenUp(HOST)).toBeUndefined();
  const truncated: LaneReport = { status: 200, failure: { name: 'failed', reason: 'truncated' }, elapsedMs: 1 };
  const garbled: LaneReport = { failure: { name: 'failed', reason: 'bad-http' }, elapsedMs: 1 };
  for (let page = 0; page < 5; page++)
    for (const report of [truncated, garbled]) await enter({ ...report, url: `${HOST}/${page}` });
  expect(lanes.givenUp(HOST)).toBeUndefined();
  const silence: LaneReport = { failure: { name: 'failed', reason: 'timeout' }, elapsedMs: 1 };
  for (let page = 0; page < 3; page++) await enter({ ...silence, url: `${HOST}/${page}` });
  expect(lanes.givenUp(HOST)).toMatchObject({ reason: 'host-given-up' });
});

test('pages that begin and do not end give their host up as silence does', async () => {
  for (const reason of ['timeout', 'too-slow'] as const) {
    const lanes = new Lanes({ ...SETTINGS, maxDelayMs: 1 });
    const endless: LaneReport = { status: 200, failure: { name: 'failed', reason }, elapsedMs: 1 };
    for (let page = 0; page < 3; page++) (await startOf(lanes, HOST))({ ...endless, url: `${HOST}/${page}` });
    expect(lanes.givenUp(HOST)).toMatchObject({ reason: 'host-given-up', detail: expect.stringContaining(reason) });
  }
});

test('names of one server are one host from the first request on', async () => {
  const { port, arrivals } = await listen();
  const servers: Record<string, string[]> = {
    [HOST]: ['192.0.2.1 web', '192.0.2.2 web'],
    'https://b.example': ['192.0.2.2 web'],
    'https://c.example': ['192.0.2.3 web', '192.0.2.1 web'],
  };
  const lanes = new Lanes({ ...SETTINGS, delayMs: 60 }, { serversOf: async (host) => servers[host] ?? [] });
  const names = Object.keys(servers);
  const begunMs = performance.now();
  const starts = await Promise.all([...names, ...names].map((name) => visit(lanes, name, port)));
  starts.sort((a, b) => a - b);
  expect(arrivals.map(({ underWay }) => underWay)).toEqual(Array(6).fill(1));
  expectSpaced(starts, begunMs, 60);
});

test('the delay counts from when the request went out, not from when it was allowed to', async () => {
  const lanes = new Lanes({ ...SETTINGS, delayMs: 1 });
  (await startOf(lanes, HOST))(FINE);
  const leave = await startOf(lanes, HOST);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const sentAtMs = performance.now();
  const sentAt = Date.now();
  leave({ ...FINE, sentAtMs });
  expect(lanes.nextStartMs(HOST)).toBeGreaterThanOrEqual(sentAt - CLOCKS_APART_MS);
});

test('a signal ends every kind of waiting and leaves the lanes usable', async () => {
  const lanes = new Lanes({ ...SETTINGS, delayMs: 60_000, concurrency: 1 });
  const leave = await startOf(lanes, HOST);
  const abort = new AbortController();
  const forTurn = lanes.enter(HOST, abort.signal);
  const forGate = lanes.enter('https://b.example', abort.signal);
  abort.abort();
  expect(await forTurn).toMatchObject({ outcome: { reason: 'interrupted' } });
  expect(await forGate).toMatchObject({ outcome: { reason: 'interrupted' } });
  leave(FINE);
  const late = new AbortController();
  const forSpacing = lanes.enter(HOST, late.signal);
  await new Promise((resolve) => setImmediate(resolve));
  late.abort();
  expect(await forSpacing).toMatchObject({ outcome: { reason: 'interrupted' } });
  (await startOf(lanes, 'https://c.example'))(FINE);
});
