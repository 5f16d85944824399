/** A generated web, crawled on two virtual days: what was found, what was asked for, and how politely. */
import { describe, expect, it } from 'vitest';
import { generateWeb } from '../support/generated-web.js';
import { judge, type Verdict } from '../support/judge.js';
import { serveWeb } from '../support/web.js';
import { crawled, folder, recordsOf, totalOf } from './crawling.js';

const web = generateWeb({ seed: 20261123, articles: 320, sites: 16 });

interface Day {
  readonly verdict: Verdict;
  readonly archived: number;
  readonly revised: number;
  readonly requests: number;
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
        const { summary } = await crawled(server, { seeds: day === 1 ? [...web.seeds] : [...web.seeds] }, { archive });
        const verdict = judge({ web, day, records: recordsOf(archive), log: server.log, summary, delayMs: 0 });
        results.push({
          verdict,
          archived: totalOf({ archived: summary.outcomes.archived ?? {} }),
          revised: summary.outcomes.archived?.revised ?? 0,
          requests: server.log.length,
        });
      }
    } finally {
      await server.close();
    }
    return results as unknown as readonly [Day, Day];
  })();
  return days;
}

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

  it('gives headline, day and every paragraph exactly', async () => {
    expect((await verdictOf()).inexact).toEqual([]);
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
});

it('leaves traps after few requests', async () => {
  const [first] = await twoDays();
  expect(first.verdict.requestsPerArticle).toBeLessThan(3);
});

it('turns each edit that a sitemap or feed tells of into a revision', async () => {
  const [, second] = await twoDays();
  const told = web
    .truthOn(2)
    .filter(({ article, version }) => version.fromDay === 2 && !['links', 'date-archive'].includes(article.site.kind));
  expect(told.length).toBeGreaterThan(3);
  expect(second.revised).toBe(told.length);
});
