/** A generated web, crawled on two virtual days: what was found, what was asked for, and how politely. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Article } from '../../src/article.js';
import type { CrawlSummary } from '../../src/events.js';
import { generateWeb } from '../support/generated-web.js';
import { judge, type Verdict } from '../support/judge.js';
import { type Access, serveWeb } from '../support/web.js';
import { crawled, folder, recordsOf, totalOf, webOf } from './crawling.js';

const web = generateWeb({ seed: 20261123, articles: 320, sites: 16 });

/** Sites that say nowhere when an article was edited: it is seen when its age makes it due. */
const UNTOLD: ReadonlySet<string> = new Set(['links', 'date-archive']);

interface Day {
  readonly verdict: Verdict;
  readonly archived: number;
  readonly revised: number;
  readonly outcomes: CrawlSummary['outcomes'];
  readonly records: readonly Article[];
  readonly log: readonly Access[];
  /** Leads whose end was told while the crawl ran, and leads of the summary. */
  readonly told: ReadonlySet<string>;
  readonly leads: number;
}

let days: Promise<readonly [Day, Day]> | undefined;
/** Both days once, for all claims. */
function twoDays(): Promise<readonly [Day, Day]> {
  days ??= (async () => {
    const server = await serveWeb(web.sites);
    const archive = folder();
    const results: Day[] = [];
    try {
      for (const day of [1, 2]) {
        server.day = day;
        server.log.length = 0;
        const { summary, events } = await crawled(server, { seeds: [...web.seeds] }, { archive });
        const verdict = judge({ web, day, records: recordsOf(archive), log: server.log, summary, delayMs: 0 });
        results.push({
          verdict,
          archived: totalOf({ archived: summary.outcomes.archived ?? {} }),
          revised: summary.outcomes.archived?.revised ?? 0,
          outcomes: summary.outcomes,
          records: recordsOf(archive),
          log: [...server.log],
          told: new Set(events.flatMap((event) => (event.type === 'outcome' ? [event.url] : []))),
          leads: summary.leads,
        });
      }
    } finally {
      await server.close();
    }
    return results as unknown as readonly [Day, Day];
  })();
  return days;
}

// How long it takes is the machine's affair.
beforeAll(async () => {
  await twoDays();
}, 900_000);

describe.each([1, 2] as const)('a generated web on day %i', (day) => {
  const verdictOf = async (): Promise<Verdict> => (await twoDays())[day - 1]!.verdict;

  it('gives every article that can be reached and may be had', async () => {
    expect((await verdictOf()).missed).toEqual([]);
  });

  it('gives nothing else', async () => {
    expect((await verdictOf()).wrong).toEqual([]);
  });

  it('gives no article twice', async () => {
    expect((await verdictOf()).duplicates).toEqual([]);
  });

  it('gives headline, day and every paragraph exactly, but for edits that no document tells of', async () => {
    const untold = new Set(
      web
        .truthOn(day)
        .filter(({ article, version }) => version.fromDay > 1 && UNTOLD.has(article.site.kind))
        .map(({ url }) => url),
    );
    expect((await verdictOf()).inexact.filter((url) => !untold.has(url))).toEqual([]);
  });

  it('marks copies on other sites, and nothing that is none', async () => {
    const { copies, copiesMarked, wronglyMarked } = await verdictOf();
    expect(wronglyMarked).toEqual([]);
    expect(copiesMarked).toBe(copies);
  });

  it('asks for nothing that robots.txt forbids, one thing at a time', async () => {
    const { disallowed, impolite } = await verdictOf();
    expect(disallowed).toEqual([]);
    expect(impolite).toEqual([]);
  });

  it('ends every lead with an outcome', async () => {
    expect((await verdictOf()).outcomesAddUp).toBe(true);
  });

  it('tells of each end as it comes', async () => {
    const { told, leads } = (await twoDays())[day - 1]!;
    expect(told.size).toBe(leads);
  });
});

it('joins articles that are split over pages, asks for each page once, and on the next day for none that is unchanged', async () => {
  const split = generateWeb({ seed: 20261127, articles: 160, sites: 16, splits: true, faults: false });
  const server = await webOf(split.sites);
  const archive = folder();
  for (const day of [1, 2]) {
    server.day = day;
    server.log.length = 0;
    const { summary } = await crawled(server, { seeds: [...split.seeds] }, { archive });
    const records = recordsOf(archive);
    const verdict = judge({ web: split, day, records, log: server.log, summary, delayMs: 0 });
    expect(verdict).toMatchObject({ missed: [], wrong: [], duplicates: [], impolite: [], outcomesAddUp: true });
    const untold = new Set(
      split
        .truthOn(day)
        .filter(({ article, version }) => version.fromDay > 1 && UNTOLD.has(article.site.kind))
        .map(({ url }) => url),
    );
    expect(verdict.inexact.filter((url) => !untold.has(url))).toEqual([]);
    expect(records.filter(({ capture }) => capture?.parts).length).toBeGreaterThan(20);
    const asked = server.log.filter(({ status }) => status === 200).map(({ host, path }) => host + path);
    expect(asked.filter((each, at) => asked.indexOf(each) !== at)).toEqual([]);
  }
}, 300_000);

it('leaves traps after few requests', async () => {
  const [first] = await twoDays();
  expect(first.verdict.requestsPerArticle).toBeLessThan(3);
});

it('asks for little beside the articles where a sitemap or a feed names them', async () => {
  const listed = generateWeb({ seed: 20261126, articles: 360, sites: 6, faults: false });
  expect(listed.sites.map(({ kind }) => kind).filter((kind) => UNTOLD.has(kind))).toEqual([]);
  const server = await webOf(listed.sites);
  const archive = folder();
  const { summary } = await crawled(server, { seeds: [...listed.seeds] }, { archive });
  const verdict = judge({ web: listed, day: 1, records: recordsOf(archive), log: server.log, summary, delayMs: 0 });
  expect(verdict.missed).toEqual([]);
  expect(verdict.requestsPerArticle).toBeLessThanOrEqual(1.3);
}, 300_000);

it('asks for no address of an article that has moved a second time', async () => {
  const [, second] = await twoDays();
  const moved = web.truthOn(2).filter(({ article }) => article.paths.length > 1);
  for (const { article } of moved) {
    const { host } = article.site;
    const times = second.log.filter((entry) => entry.host === host && entry.path === article.paths[0]!.path);
    // The one more that its fault has cost.
    expect(times.length, host + article.paths[0]!.path).toBeLessThanOrEqual(article.fault ? 2 : 1);
  }
});

it('turns each edit that a sitemap or feed tells of into a revision', async () => {
  const [, second] = await twoDays();
  const told = web.truthOn(2).filter(({ article, version }) => version.fromDay === 2 && !UNTOLD.has(article.site.kind));
  expect(told.length).toBeGreaterThan(3);
  expect(second.revised).toBe(told.length);
});

it('lets each article that has moved go on as a revision at its new address', async () => {
  const [, second] = await twoDays();
  const moved = web.truthOn(2).filter(({ article }) => article.paths.length > 1);
  expect(moved.length).toBeGreaterThan(3);
  for (const { url, article } of moved) {
    const [before, after] = article.paths.map(({ path }) =>
      second.records.findLast(({ url: at }) => at === article.site.origin + path),
    );
    expect({ url, revision: after?.revision, copy: after?.duplicateOf }).toEqual({
      url,
      revision: { number: 2, previous: before!.id, changed: ['url'] },
      copy: null,
    });
  }
});

it('notes as gone what its sitemap no longer lists', async () => {
  const [, second] = await twoDays();
  const gone = web.sites
    .filter(({ kind }) => kind === 'sitemap' || kind === 'sitemap-index')
    .flatMap(({ articles }) => articles.filter(({ goneDay }) => goneDay === 2));
  expect(gone.length).toBeGreaterThan(0);
  const counted = Object.values(second.outcomes.gone ?? {}).reduce((a, b) => a + b, 0);
  expect(counted).toBeGreaterThanOrEqual(gone.length);
});
