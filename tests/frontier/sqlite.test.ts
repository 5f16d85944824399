import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { SqliteFrontier } from '../../src/frontier/sqlite.js';
import type { Outcome } from '../../src/outcome.js';
import { openState, type StateDatabase } from '../../src/state.js';
import { page } from './lead-pool.js';

const A = 'https://a.example';
const ARCHIVED: Outcome = { name: 'archived', reason: 'new' };
const directory = mkdtempSync(join(tmpdir(), 'frontier-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let db: StateDatabase;
let frontier: SqliteFrontier;
let files = 0;
beforeEach(() => {
  db = openState(join(directory, `${files++}.db`));
  frontier = new SqliteFrontier(db);
  frontier.beginRun('first', 0);
  return () => db.close();
});

function takeAll(): string[] {
  const urls: string[] = [];
  for (let found = frontier.take(9, 1000, 0); found.length > 0; found = frontier.take(9, 1000, 0))
    for (const { url, host } of found) {
      urls.push(url);
      frontier.free(host, 0);
    }
  return urls;
}

function visitAll(outcome: Outcome, nextVisitMs?: number): void {
  for (let found = frontier.take(9, 1000, 0); found.length > 0; found = frontier.take(9, 1000, 0)) {
    frontier.settle(found.map(({ id }) => ({ id, outcome, ...(nextVisitMs !== undefined && { nextVisitMs }) })));
    for (const { host } of found) frontier.free(host, 0);
  }
}

test('documents and seeds come first, then likely articles, the newest of them, the nearest', () => {
  frontier.put([
    page(`${A}/about`, { articleLikelihood: 0.1 }),
    page(`${A}/deep`, { articleLikelihood: 0.9, depth: 4 }),
    page(`${A}/near`, { articleLikelihood: 0.9 }),
    page(`${A}/old`, { articleLikelihood: 0.9, datePublished: '2017-11-23' }),
    page(`${A}/new`, { articleLikelihood: 0.9, datePublished: '2024-04-20' }),
    page(`${A}/map.xml`, { kind: 'sitemap', depth: 1 }),
    page(`${A}/`, { source: 'seed', depth: 0 }),
  ]);
  expect(takeAll()).toEqual(['/', '/map.xml', '/new', '/old', '/near', '/deep', '/about'].map((path) => A + path));
});

test('a host is taken from once until it is free or its lease ends', () => {
  frontier.put([page(`${A}/one`), page(`${A}/two`), page('https://b.example/')]);
  expect(frontier.take(9, 1000, 0)).toHaveLength(2);
  expect(frontier.take(9, 1000, 999)).toEqual([]);
  expect(frontier.nextDueMs()).toBe(1000);
  expect(frontier.take(9, 1000, 1000).map(({ url }) => url)).toEqual([`${A}/two`]);
});

test('what a later source says of a lead that waits is kept, and what an earlier said is not lost', () => {
  frontier.put([page(`${A}/one`, { title: 'First' })]);
  frontier.put([page(`${A}/one`, { title: 'Second', datePublished: '2017-11-23', depth: 0 })]);
  expect(frontier.take(1, 1000, 0)).toMatchObject([{ title: 'First', datePublished: '2017-11-23', depth: 0 }]);
});

test('an article known by another URL is not fetched as well, and counts as duplicate', () => {
  frontier.put([page(`${A}/news/one-two-three`)]);
  frontier.put([page('http://www.a.example/news/one-two-three/amp')]);
  expect(takeAll()).toEqual([`${A}/news/one-two-three`]);
  expect(frontier.counts().outcomes).toEqual({ duplicate: { 'canonical-known': 1 } });
});

test('each seed is looked at, also where two of them look like one page', () => {
  frontier.put([
    page('http://a.example/', { source: 'seed', depth: 0 }),
    page(`https://www.a.example/`, { source: 'seed', depth: 0 }),
  ]);
  expect(takeAll().sort()).toEqual(['http://a.example/', 'https://www.a.example/']);
});

test('an alias makes a URL known', () => {
  frontier.put([page(`${A}/?p=1`)]);
  const [lead] = frontier.take(1, 1000, 0);
  frontier.alias(`${A}/news/the-final-place`, lead!.id);
  expect(frontier.idOf(`${A}/news/the-final-place`)).toBe(lead!.id);
  frontier.put([page(`${A}/news/the-final-place`)]);
  frontier.free(A, 0);
  expect(takeAll()).toEqual([]);
});

test('a page that its sitemap says has changed since is due in the next run, in the same run not', () => {
  frontier.put([page(`${A}/news/one-two-three`)]);
  visitAll(ARCHIVED);
  const changed = { lastModified: new Date(Date.now() + 60_000).toISOString() };
  frontier.put([page(`${A}/news/one-two-three`, changed)]);
  expect(takeAll()).toEqual([]);
  frontier.beginRun('second', 0);
  frontier.put([page(`${A}/news/one-two-three`, { lastModified: '2017-11-23' })]);
  expect(takeAll()).toEqual([]);
  // Said of a copy, it is said of the lead that is fetched for it.
  frontier.put([page('http://www.a.example/news/one-two-three', changed)]);
  const [lead] = frontier.take(1, 1000, 0);
  expect(lead).toMatchObject({ url: `${A}/news/one-two-three`, visits: 1, last: 'archived' });
});

test('the next run tries failures and what a limit cut off again, and asks for the due', () => {
  const ends: [string, Outcome, number?][] = [
    ['failed', { name: 'failed', reason: 'timeout' }],
    ['limit', { name: 'out-of-scope', reason: 'limit' }],
    ['robots', { name: 'disallowed', reason: 'robots-unreachable' }],
    ['every-run', { name: 'not-article', reason: 'feed' }, 0],
    ['due', ARCHIVED, 1000],
    ['not-due', ARCHIVED, 1001],
    ['gone', { name: 'gone', reason: 'http-410' }],
    ['too-old', { name: 'out-of-scope', reason: 'too-old' }],
  ];
  for (const [name, outcome, nextVisitMs] of ends) {
    frontier.put([page(`https://${name}.example/`)]);
    visitAll(outcome, nextVisitMs);
  }
  frontier.beginRun('second', 1000);
  expect(takeAll().sort()).toEqual(
    ['due', 'every-run', 'failed', 'limit', 'robots'].map((name) => `https://${name}.example/`),
  );
});

test('a page of which a feed says something else than before is due in the next run', () => {
  const said = (fingerprint: string) =>
    page(`${A}/news/one-two-three`, { source: 'feed', foundOn: `${A}/feed`, fingerprint });
  frontier.put([said('a')]);
  visitAll(ARCHIVED);
  frontier.beginRun('second', Date.now());
  frontier.put([said('a')]);
  expect(takeAll()).toEqual([]);
  frontier.put([said('b')]);
  expect(takeAll()).toEqual([`${A}/news/one-two-three`]);
});

test("a feed's full text waits with the lead and goes with the visit", () => {
  frontier.put([page(`${A}/news/one-two-three`, { content: '<p>All of it.</p>' })]);
  const [lead] = frontier.take(1, 1000, 0);
  expect(lead).toMatchObject({ content: '<p>All of it.</p>' });
  frontier.settle([{ id: lead!.id, outcome: ARCHIVED }]);
  expect(db.prepare("SELECT count(*) AS n FROM lead WHERE seen LIKE '%All of it%'").get()).toMatchObject({ n: 0 });
});

test('a page that its document no longer lists is due, unless the document has lost most of itself', () => {
  const urls = Array.from({ length: 100 }, (_, number) => `${A}/news/number-${number}-of-all`);
  frontier.put(urls.map((url) => page(url)));
  frontier.putListing(`${A}/sitemap.xml`, urls);
  visitAll(ARCHIVED);
  frontier.beginRun('second', Date.now());
  expect(frontier.putListing(`${A}/sitemap.xml`, urls.slice(3))).toBe(3);
  expect(takeAll().sort()).toEqual(urls.slice(0, 3).sort());
  expect(frontier.putListing(`${A}/sitemap.xml`, urls.slice(50))).toBe(0);
});

test('a run that goes on with one that was cut off does not ask again for what that one has just visited', () => {
  frontier.put([page(`${A}/sitemap.xml`, { kind: 'sitemap' }), page('https://b.example/')]);
  const [done] = frontier.take(1, 1000, 0);
  frontier.settle([{ id: done!.id, outcome: { name: 'not-article', reason: 'sitemap' }, nextVisitMs: 0 }]);
  frontier.beginRun('second', Date.now());
  const rest = frontier.take(9, 1000, 0);
  expect(rest.map(({ url }) => url)).toEqual(['https://b.example/']);
  frontier.settle([{ id: rest[0]!.id, outcome: ARCHIVED }]);
  frontier.beginRun('third', Date.now());
  expect(takeAll()).toContain(`${A}/sitemap.xml`);
});

test('what a run saw that had come to its end is asked for again by one that goes on with a later, cut-off run', () => {
  frontier.put([page(`${A}/sitemap.xml`, { kind: 'sitemap' })]);
  const [seen] = frontier.take(1, 1000, 0);
  frontier.settle([{ id: seen!.id, outcome: { name: 'not-article', reason: 'sitemap' }, nextVisitMs: 0 }]);
  frontier.beginRun('second', Date.now() + 1000);
  expect(frontier.take(1, 1000, 0).map(({ tries }) => tries)).toEqual([0]);
  // Killed with the sitemap on its way: the third run asks for it, and knows that it was tried.
  frontier.beginRun('third', Date.now() + 2000);
  expect(frontier.take(9, 1000, 0).map(({ url, tries }) => [url, tries])).toEqual([[`${A}/sitemap.xml`, 1]]);
});

test('a lead that was out of scope as it was found first waits once it is found better, in the same run too', () => {
  const far = page(`${A}/far`, { depth: 6, foundOn: `${A}/a/story` });
  const maze = page(`${A}/maze`);
  frontier.putEnded([
    { lead: far, outcome: { name: 'out-of-scope', reason: 'depth' } },
    { lead: maze, outcome: { name: 'out-of-scope', reason: 'trap' } },
  ]);
  frontier.put([page(`${A}/far`, { depth: 2, foundOn: `${A}/archive` }), { ...maze, foundOn: `${A}/elsewhere` }]);
  expect(frontier.counts()).toMatchObject({ settled: 1, waiting: 1, outcomes: { 'out-of-scope': { trap: 1 } } });
  const [lead] = frontier.take(9, 1000, 0);
  expect(lead).toMatchObject({ url: `${A}/far`, depth: 2, foundOn: `${A}/archive` });
  frontier.settle([{ id: lead!.id, outcome: ARCHIVED }]);
  frontier.free(A, 0);
  // What a sitemap names is no maze.
  frontier.put([{ ...maze, source: 'sitemap' }, far]);
  expect(frontier.take(9, 1000, 0).map(({ url }) => url)).toEqual([`${A}/maze`]);
});

test('what was left outside is known, and comes in where it is wanted, with all that was said of it', () => {
  const site = { name: 'out-of-scope', reason: 'site', detail: 'c.example' } as const;
  const ended = [
    {
      lead: page('https://c.example/story', { foundOn: `${A}/`, title: 'A story', content: 'All of it' }),
      outcome: site,
    },
    { lead: page('https://c.example/other', { foundOn: `${A}/` }), outcome: site },
    { lead: page(`${A}/deep`), outcome: { name: 'out-of-scope', reason: 'depth' } as const },
  ];
  expect(frontier.putEnded(ended)).toHaveLength(3);
  frontier.put([page(`${A}/one`)]);
  frontier.beginRun('second', Date.now());
  expect(frontier.putEnded([...ended, { lead: page(`${A}/one`), outcome: site }])).toEqual([]);
  expect(frontier.outside(['site', 'depth'], 0, 9)).toEqual([]);
  frontier.bringInWhere(['site'], ({ lead }) => lead.url.endsWith('/story'));
  const [story, ...rest] = frontier.outside(['site', 'depth'], 0, 9);
  expect(rest).toEqual([]);
  expect(story).toMatchObject({ reason: 'site', detail: 'c.example' });
  expect(story!.lead).toEqual(page('https://c.example/story', { foundOn: `${A}/`, title: 'A story' }));
  expect(frontier.putEnded(ended)).toEqual([]);
  expect(frontier.idOf('https://c.example/other')).toBeDefined();
  expect(frontier.idOf('https://c.example/unknown')).toBeUndefined();
  expect(frontier.counts()).toMatchObject({ settled: 0, waiting: 1 });
});

test('the counts of a run add up to its leads, whatever ends them', () => {
  frontier.put([page(`${A}/one`), page(`${A}/two`), page(`${A}/three`), page('https://b.example/')]);
  frontier.putEnded([{ lead: page('https://c.example/'), outcome: { name: 'out-of-scope', reason: 'host' } }]);
  const [one] = frontier.take(1, 1000, 0);
  frontier.settle([{ id: one!.id, outcome: { name: 'failed', reason: 'timeout' } }]);
  frontier.settle([{ id: one!.id, outcome: ARCHIVED }]);
  expect(frontier.block(A, { name: 'failed', reason: 'host-given-up' })).toHaveLength(2);
  expect(frontier.counts()).toMatchObject({ settled: 4, waiting: 1 });
  expect(frontier.block('https://b.example', { name: 'out-of-scope', reason: 'limit' })).toEqual([
    'https://b.example/',
  ]);
  expect(frontier.counts()).toEqual({
    settled: 5,
    waiting: 0,
    outcomes: {
      archived: { new: 1 },
      failed: { 'host-given-up': 2 },
      'out-of-scope': { host: 1, limit: 1 },
    },
    perHost: {
      [A]: { archived: { new: 1 }, failed: { 'host-given-up': 2 } },
      'https://b.example': { 'out-of-scope': { limit: 1 } },
      'https://c.example': { 'out-of-scope': { host: 1 } },
    },
  });
});

test('outcomes settled in a transaction that fails did not happen', () => {
  frontier.put([page(`${A}/one`)]);
  const [one] = frontier.take(1, 1000, 0);
  const commit = db.transaction(() => {
    frontier.settle([{ id: one!.id, outcome: ARCHIVED }]);
    throw new Error('disk full');
  });
  expect(() => commit()).toThrow('disk full');
  expect(frontier.counts()).toMatchObject({ settled: 0, waiting: 1 });
});

test('commits wait for the disk again after a write of the frontier that need not', () => {
  frontier.put([page(`${A}/one`)]);
  expect(db.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
});

test('robots rules outlive the process', () => {
  frontier.robots.set(A, { text: 'Disallow: /x', askAgainAtMs: 5 });
  expect(new SqliteFrontier(db).robots.get(A)).toEqual({ text: 'Disallow: /x', askAgainAtMs: 5 });
  expect(frontier.robots.get('https://b.example')).toBeUndefined();
});
