import { describe, expect, it } from 'vitest';
import { articleLine } from '../../src/cli/article-line.js';
import { columnsOf } from '../../src/cli/columns.js';
import { duration, size } from '../../src/cli/figures.js';
import { eventLine, levelOf, prettyLine } from '../../src/cli/log.js';
import { renderProgress } from '../../src/cli/progress.js';
import { renderHosts, renderOutcomes, renderWhereabouts } from '../../src/cli/summary.js';
import { Tally } from '../../src/cli/tally.js';
import type { CrawlEvent, CrawlSummary } from '../../src/events.js';
import type { OutcomeCounts } from '../../src/outcome.js';

const plain = (_: unknown, text: string) => text;
const host = 'https://example.org';
const seed = `${host}/`;

function tallyOf(events: CrawlEvent[], startMs = 0): Tally {
  const tally = new Tally(startMs);
  for (const [at, event] of events.entries()) tally.add(event, startMs + at);
  return tally;
}

const summary: CrawlSummary = {
  run: '20261123T210000Z',
  startedAt: '2026-11-23T21:00:00.000Z',
  durationMs: 151_000,
  leads: 1210,
  outcomes: {
    archived: { new: 1000, revised: 2 },
    'not-article': { section: 5, 'front-page': 100, tag: 1, about: 1, search: 1 },
    failed: { 'http-5xx': 100 },
  },
  perHost: { [host]: { archived: { new: 1000 } }, 'https://a\x1b[2J.example': { failed: { dns: 3 } } },
  requests: 1300,
  bytes: 83_000_000,
  articles: 1002,
  waiting: 0,
  files: [],
  interrupted: false,
};

describe('the table of outcomes', () => {
  const lines = renderOutcomes(summary.outcomes, plain);

  it('has each outcome that occurred, with its most frequent reasons first', () => {
    expect(lines).toEqual([
      'outcome       leads  most frequent reasons',
      'archived      1,002  new 1,000, revised 2',
      'not-article     108  front-page 100, section 5, about 1, search 1 and 1 more',
      'failed          100  http-5xx 100',
      'all           1,210',
    ]);
  });

  it('adds up to all leads', () => {
    const shown = lines.slice(1).map((line) => Number(/^\S+\s+([\d,]+)/.exec(line)![1]!.replace(',', '')));
    expect(shown.slice(0, -1).reduce((a, b) => a + b, 0)).toBe(shown.at(-1));
    expect(shown.at(-1)).toBe(summary.leads);
  });

  it('is no wider than the terminal, and then says how many reasons it leaves out', () => {
    const many = { failed: { dns: 40, timeout: 30, 'http-5xx': 20, 'rate-limited': 10 } } as OutcomeCounts;
    for (const columns of [80, 60, 50, 40, 30]) {
      const lines = renderOutcomes(many, plain, columns);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    }
    expect(renderOutcomes(many, plain, 54)[1]).toMatch(/^failed +100 {2}dns 40, timeout 30 and 2 more$/);
    expect(renderOutcomes(many, plain)[1]).toMatch(/dns 40, timeout 30, http-5xx 20, rate-limited 10$/);
  });

  it('is there for a run without any lead', () => {
    expect(renderOutcomes({} as OutcomeCounts, plain)).toHaveLength(2);
  });

  it('has a line per host, the busiest first, safe for a terminal', () => {
    expect(renderHosts(summary.perHost, plain).slice(1)).toEqual([
      `${host}       1,000  archived 1,000`,
      'https://a\\x1b[2J.example      3  failed 3',
    ]);
  });
});

describe('the last words of a run', () => {
  const words = (changes: Partial<CrawlSummary>, output?: string) =>
    renderWhereabouts({ ...summary, ...changes }, { output, seeds: [seed] }).join('\n');

  it('say where the records are', () => {
    expect(words({}, 'articles.jsonl')).toContain('1,002 records in articles.jsonl (1,300 requests, 83 MB, 2:31)');
    expect(words({ archive: 'news/', files: [{ file: 'records/1.jsonl', bytes: 2048 }] })).toContain(
      'records/1.jsonl  2.0 kB',
    );
  });

  it('say what to type next', () => {
    expect(words({ archive: 'news/' })).toContain('tearsheet verify news/');
    expect(words({ archive: "the mayor's news" })).toContain("tearsheet crawl --archive 'the mayor'\\''s news'");
    expect(words({ archive: 'news/', interrupted: true })).toContain('To go on: tearsheet crawl --archive news/');
    const stopped = { stoppedBy: 'max-articles', waiting: 7 } as const;
    expect(words({ ...stopped, archive: 'news/' })).toContain('--max-articles; 7 leads left for the next run.');
    expect(words(stopped)).toContain('--max-articles; 7 leads not looked at.');
    expect(words({ articles: 0 })).toContain('No articles;');
  });
});

describe('the progress display', () => {
  const tally = tallyOf([
    { type: 'run-started', run: 'r', seeds: [seed] },
    { type: 'waiting', leads: 9 },
    { type: 'lead-found', foundOn: seed, found: 12, fresh: 7 },
    { type: 'request', host, url: `${host}/a` },
    { type: 'response', host, url: `${host}/a`, status: 200, bytes: 1500, elapsedMs: 3 },
    { type: 'outcome', url: `${host}/a`, host, outcome: { name: 'archived', reason: 'new' } },
    { type: 'article', article: { url: `${host}/a` } },
    { type: 'held', articles: 2 },
    { type: 'wait', untilMs: 90_000, why: 'only-between' },
    { type: 'wait', host, untilMs: 10_000, why: 'retry-after' },
    { type: 'activity', activity: 'reading 新闻\x1b[2J' },
  ]);

  it('shows articles, rate, requests, outcomes, waits and what goes on', () => {
    expect(renderProgress(tally, 2000, 100)).toEqual([
      '1 article + 2 read · 0.5 pages/s · 1 request · 1.5 kB · 2.0 s',
      '7 to do · 1 archived',
      'waiting for all hosts 1:28 (only-between), example.org 8 s (retry-after)',
      'reading 新闻\\x1b[2J',
    ]);
  });

  it('fits the terminal, however narrow', () => {
    for (const columns of [1, 2, 10, 25])
      for (const line of renderProgress(tally, 2000, columns)) expect(columnsOf(line)).toBeLessThan(columns);
  });

  it('forgets a wait that is over', () => {
    expect(tally.waits(10_000)).toEqual([{ type: 'wait', untilMs: 90_000, why: 'only-between' }]);
  });
});

describe('a run as log lines', () => {
  const event: CrawlEvent = {
    type: 'outcome',
    url: `${host}/\u202e`,
    host,
    outcome: { name: 'failed', reason: 'dns', detail: 'no such name\n2026 error: fake \x1b[31m' },
  };

  it('is one JSON object a line for programs', () => {
    const line = eventLine(event, 0);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({
      time: '1970-01-01T00:00:00.000Z',
      level: 'warn',
      event: 'outcome',
      url: event.url,
    });
  });

  it('never lets a page fake a line or reach the terminal', () => {
    expect(prettyLine(event, 0)).toMatch(/^\d\d:\d\d:\d\d failed \(dns: no such name 2026 error: fake \\x1b\[31m\)/);
  });

  it('tells without --verbose of hours in which nothing happens, not of the waits between requests', () => {
    expect(levelOf({ type: 'wait', untilMs: 0, why: 'only-between' })).toBe('info');
    expect(levelOf({ type: 'wait', host, untilMs: 0, why: 'crawl-delay' })).toBe('debug');
  });
});

describe('seeds', () => {
  it('that brought nothing are remembered with why', () => {
    const tally = tallyOf([
      { type: 'run-started', run: 'r', seeds: [seed, `${host}/file.pdf`] },
      { type: 'outcome', url: seed, host, outcome: { name: 'gone', reason: 'http-404' } },
      { type: 'outcome', url: `${host}/file.pdf`, host, outcome: { name: 'not-article', reason: 'not-html' } },
      { type: 'outcome', url: `${host}/other`, host, outcome: { name: 'gone', reason: 'http-404' } },
    ]);
    expect(tally.lostSeeds().map(({ seed }) => seed)).toEqual([seed]);
    expect(tally.emptySeeds().map(({ seed }) => seed)).toEqual([`${host}/file.pdf`]);
  });
});

describe('an article as a readable line', () => {
  it('is one line with the day, the headline and the whole URL', () => {
    const line = articleLine(
      { url: `${host}/a`, headline: 'Two\nlines \x1b[1m', datePublished: '2017-11-23T18:49:00+03:00' },
      80,
    );
    expect(line).toBe(`2017-11-23  Two lines \\x1b[1m  ${host}/a`);
  });
});

describe('figures', () => {
  it('read as people write them', () => {
    expect([0, 999, 1000, 999_499, 83_000_000, 5e9].map(size)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '999 kB',
      '83 MB',
      '5.0 GB',
    ]);
    expect([800, 12_000, 151_000, 3_751_000].map(duration)).toEqual(['0.8 s', '12 s', '2:31', '1:02:31']);
  });
});
