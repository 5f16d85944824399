import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, PatternError } from '../src/patterns.js';
import { createScope, type ScopeSettings } from '../src/scope.js';
import { settingsSchema } from '../src/settings.js';
import { spanOfPage, spanOfUrl } from '../src/timespan.js';
import { goesOnWith, shapeOfTrap, TRAP_LIMITS, TrapWatch } from '../src/traps.js';

const SEED = 'https://www.example.org/news/';
const scopeWith = (settings: Partial<ScopeSettings> = {}, seeds = [SEED]) =>
  createScope(settingsSchema.parse(settings), seeds);
const reasonOf = (outcome: { reason: string } | undefined) => outcome?.reason;

describe('which URLs are in scope', () => {
  it('follows a site to all of its hosts, and no further', () => {
    const scope = scopeWith();
    expect(scope.verdictOf('https://sport.example.org/a')).toBeUndefined();
    expect(scope.verdictOf('http://example.org/a')).toBeUndefined();
    expect(scope.verdictOf('https://example.com/a')).toEqual({
      name: 'out-of-scope',
      reason: 'site',
      detail: 'example.com',
    });
    expect(reasonOf(scope.verdictOf('https://notexample.org/a'))).toBe('site');
  });

  it('follows a host whatever its scheme and www', () => {
    const scope = scopeWith({ scope: 'host' });
    expect(scope.verdictOf('http://example.org/a')).toBeUndefined();
    expect(reasonOf(scope.verdictOf('https://sport.example.org/a'))).toBe('host');
    expect(reasonOf(scope.verdictOf('https://www.example.org:8443/a'))).toBe('host');
  });

  it('follows a prefix at the borders of segments', () => {
    const scope = scopeWith({ scope: 'prefix' }, [
      'https://www.example.org/news',
      'https://www.example.org/blog/index.html',
    ]);
    expect(scope.verdictOf('https://www.example.org/news')).toBeUndefined();
    expect(scope.verdictOf('https://www.example.org/news/a')).toBeUndefined();
    expect(scope.verdictOf('https://www.example.org/news?page=2')).toBeUndefined();
    expect(scope.verdictOf('https://www.example.org/blog/a')).toBeUndefined();
    expect(reasonOf(scope.verdictOf('https://www.example.org/newsletter'))).toBe('prefix');
    expect(reasonOf(scope.verdictOf('https://www.example.org/'))).toBe('prefix');
  });

  it('takes up the place that a seed redirects to', () => {
    const scope = scopeWith();
    scope.extend('https://example.com/');
    expect(scope.verdictOf('https://www.example.com/a')).toBeUndefined();
  });

  it('allows documents elsewhere that a document in scope names, but not the pages there', () => {
    const scope = scopeWith();
    const index = 'https://cdn.example.net/index.xml';
    expect(scope.verdictOf(index, { kind: 'sitemap', foundOn: 'https://www.example.org/robots.txt' })).toBeUndefined();
    expect(scope.verdictOf('https://cdn.example.net/1.xml', { kind: 'sitemap', foundOn: index })).toBeUndefined();
    expect(reasonOf(scope.verdictOf('https://far.example.com/1.xml', { kind: 'sitemap', foundOn: index }))).toBe(
      'site',
    );
    expect(reasonOf(scope.verdictOf('https://cdn.example.net/a', { kind: 'page', foundOn: index }))).toBe('site');
  });

  it('ends at the depth, which feeds and sitemaps do not count for', () => {
    const scope = scopeWith({ maxDepth: 2 });
    expect(scope.verdictOf(`${SEED}a`, { depth: 2 })).toBeUndefined();
    expect(reasonOf(scope.verdictOf(`${SEED}a`, { depth: 3 }))).toBe('depth');
    expect(scope.verdictOf(`${SEED}feed`, { depth: 3, kind: 'feed' })).toBeUndefined();
  });

  it('names what is wrong with a URL', () => {
    const scope = scopeWith();
    expect(scope.verdictOf('javascript:void(0)')).toEqual({
      name: 'out-of-scope',
      reason: 'scheme',
      detail: 'javascript',
    });
    expect(reasonOf(scope.verdictOf('http://[::'))).toBe('malformed-url');
    expect(reasonOf(scope.verdictOf('words'))).toBe('malformed-url');
    expect(reasonOf(scope.verdictOf(`${SEED}${'a'.repeat(5000)}`))).toBe('malformed-url');
  });

  it('never fetches what is excluded; fetches but does not keep what is not included', () => {
    const scope = scopeWith({ exclude: ['/sport/**'], include: ['**/2017/**'] });
    expect(reasonOf(scope.verdictOf('https://www.example.org/sport/a/b'))).toBe('exclude');
    expect(scope.verdictOf('https://www.example.org/politics/')).toBeUndefined();
    expect(reasonOf(scope.verdictOfArticle('https://www.example.org/politics/a'))).toBe('include');
    expect(scope.verdictOfArticle('https://www.example.org/2017/a')).toBeUndefined();
  });
});

describe('patterns', () => {
  it.each([
    ['/sport/*', 'https://example.org/sport/a', true],
    ['/sport/*', 'https://example.org/sport/a/b', false],
    ['/sport/**', 'https://example.org/sport/a/b?c=1', true],
    ['/sport/**', 'https://example.org/en/sport/a', false],
    ['example.org/sport/*', 'https://www.example.org/sport/a', true],
    ['https://example.org/a?', 'https://example.org/ab', true],
    ['**.pdf', 'https://example.org/x/y.pdf', true],
    ['*.pdf', 'https://example.org/x/y.pdf', true],
    ['*.pdf', 'https://example.org/x.pdf/y', false],
    ['*bridge*', 'https://example.org/2017/old-bridge-stays/open', true],
    ['*/sport/*', 'https://example.org/en/sport/a', true],
    ['*/sport/*', 'https://example.org/en/sport/a/b', false],
    ['example.org', 'https://www.example.org/a/b', true],
    ['example.org', 'https://ads.example.org/', false],
    ['*.example.org', 'https://ads.example.org/a?b', true],
    ['*.example.org', 'https://ads.example.org:8443/', true],
    ['ads.*', 'https://ads.example.org/a', true],
    ['ads.*', 'https://example.org/ads.html', false],
    ['/\\/20\\d\\d\\//', 'https://example.org/2017/a', true],
    ['/SPORT/i', 'https://example.org/sport', true],
    ['/a.b', 'https://example.org/axb', false],
  ])('%s on %s: %s', (pattern, url, fits) => {
    expect(compilePattern(pattern)(url)).toBe(fits);
  });

  it.each([
    '/(a+)+b/',
    '/(a|aa)*b/',
    '/(x\\d*){5}y/',
    '/(.)\\1+/',
    '/.*a.*b.*c.*d/',
    '/[/',
    '',
    'two words',
    'bridge',
    `/${'a'.repeat(2000)}/`,
  ])('%s is refused by name', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(PatternError);
    expect(() => scopeWith({ exclude: ['/ok/'] })).not.toThrow();
  });

  it('names the pattern in its error', () => {
    expect(() => compilePattern('/(a+)+b/')).toThrow('"/(a+)+b/" could take very long');
  });

  it('matches a glob as its expression would, on any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\*[ab/*?]{0,8}$/), fc.stringMatching(/^[ab/]{0,12}$/), (glob, path) => {
        const isWord = !glob.includes('/');
        const source = glob.replace(/\*\*+|\*|\?/g, (token, at) =>
          token === '*' && at > 0 && !isWord ? '[^/]*' : token === '?' ? '[^/]' : '.*',
        );
        const expression = new RegExp(`^${source}$`);
        const url = `https://x.test/${path}`;
        expect(compilePattern(glob)(url)).toBe(expression.test(url) || (isWord && expression.test('x.test')));
      }),
    );
  });

  it('takes bounded steps where an expression would explode', () => {
    expect(compilePattern(`**${'a*'.repeat(40)}b`)(`https://example.org/${'a'.repeat(4000)}`)).toBe(false);
  });
});

describe('dates', () => {
  const scope = scopeWith({ since: '2017-11-01', until: '2017-11-30' });
  it.each([
    ['2017-11-01', undefined],
    ['2017-11-01T00:30:00+03:00', undefined],
    ['2017-10-31T23:30:00-05:00', 'too-old'],
    ['2017-11-30T23:59:00-11:00', undefined],
    ['2017-12-01T00:01:00+14:00', 'too-new'],
    ['2017-11', undefined],
    ['2017', undefined],
    ['2016', 'too-old'],
    ['2017-12', 'too-new'],
    ['2017-11-15T12:00:00', undefined],
    ['nonsense', undefined],
  ])('an article of %s: %s', (date, reason) => {
    expect(reasonOf(scope.verdictOfDate(date))).toBe(reason);
  });

  it('compares instants as instants, and local times as they stand', () => {
    const exact = scopeWith({ since: '2017-11-23T18:00:00+03:00' });
    expect(exact.verdictOfDate('2017-11-23T15:00:00Z')).toBeUndefined();
    expect(reasonOf(exact.verdictOfDate('2017-11-23T14:59:59Z'))).toBe('too-old');
    expect(reasonOf(exact.verdictOfDate('2017-11-23T17:00:00'))).toBe('too-old');
    expect(exact.verdictOfDate('2017-11-23T18:00')).toBeUndefined();
    expect(exact.verdictOfDate('2017-11-23')).toBeUndefined();
  });

  it('leaves out what was last modified before, and what the URL dates elsewhere', () => {
    const lead = (url: string, more = {}) => reasonOf(scope.verdictOfLead({ url, kind: 'page', ...more }));
    expect(lead('https://example.org/a', { lastModified: '2017-10-01' })).toBe('too-old');
    expect(lead('https://example.org/a', { lastModified: '2017-12-24' })).toBeUndefined();
    expect(lead('https://example.org/a', { datePublished: '2017-12-24' })).toBe('too-new');
    expect(lead('https://example.org/2016/11/23/a')).toBe('too-old');
    expect(lead('https://example.org/2018/01/')).toBe('too-new');
    expect(lead('https://example.org/2017/10/31/an-evening')).toBeUndefined();
    expect(lead('https://example.org/best-of-2016-11')).toBeUndefined();
    expect(lead('https://example.org/elections/2016/results-are-in')).toBeUndefined();
    expect(reasonOf(scope.verdictOfLead({ url: 'https://example.org/sitemap-2016-11.xml', kind: 'sitemap' }))).toBe(
      'too-old',
    );
    expect(scope.verdictOfLead({ url: 'https://example.org/sitemap-2017-11.xml', kind: 'sitemap' })).toBeUndefined();
  });

  it('says whether some days may hold articles in scope', () => {
    expect(scope.mayHold({ from: '2017-10-01', to: '2017-10-31' })).toBe(false);
    expect(scope.mayHold({ from: '2017-10-01', to: '2017-11-01' })).toBe(true);
    expect(scope.mayHold({ from: '2017-12-01' })).toBe(false);
    expect(scope.mayHold({})).toBe(true);
  });

  it('knows whether dates matter at all', () => {
    expect(scope.isDated).toBe(true);
    expect(scopeWith().isDated).toBe(false);
  });

  it('takes a month or a year from its first day to its last', () => {
    const months = scopeWith({ since: '2017-02', until: '2018' });
    for (const day of ['2017-02-01', '2018-12-31']) expect(months.verdictOfDate(day)).toBeUndefined();
    expect(reasonOf(months.verdictOfDate('2017-01-31'))).toBe('too-old');
    expect(reasonOf(months.verdictOfDate('2019-01-01'))).toBe('too-new');
  });

  it.each(['2017-13-01', '2017-02-30', '2017-11-23Tnoon', '23.11.2017', ''])('%s is no date', (since) => {
    expect(settingsSchema.safeParse({ since }).success).toBe(false);
  });
});

describe('spans', () => {
  it.each([
    ['https://example.org/sitemap-2017-11.xml', '2017-11-01', '2017-11-30'],
    ['https://example.org/sitemap_2016_02.xml.gz', '2016-02-01', '2016-02-29'],
    ['https://example.org/sitemap.xml?yyyy=2017&mm=11&dd=05', '2017-11-05', '2017-11-05'],
    ['https://example.org/sitemaps/201711/1.xml', '2017-11-01', '2017-11-30'],
    ['https://example.org/archive/2017/', '2017-01-01', '2017-12-31'],
    ['https://example.org/2017/nov/23', '2017-11-23', '2017-11-23'],
  ])('%s speaks of %s to %s', (url, from, to) => {
    expect(spanOfUrl(url)).toEqual({ from, to });
  });
  it.each([
    'https://example.org/sitemap-12.xml',
    'https://example.org/a-4711201711',
    'https://example.org/2017/02/31',
    'https://example.org/1850/01/01/',
  ])('%s of none', (url) => {
    expect(spanOfPage(url)).toBeUndefined();
  });
});

describe('traps', () => {
  it.each([
    ['https://example.org/a/b/a/b/a/b', 'repeats'],
    ['https://example.org/x/x/x/x', 'repeats'],
    ['https://example.org/calendar/2031/05', 'calendar'],
    ['https://example.org/news?page=4711', 'listing'],
    ['https://example.org/news/page/4711', 'listing'],
    ['https://example.org/browse?section=a&sort=date&section=a', 'repeats'],
    [`https://example.org/${'a/b'.repeat(1)}${Array.from({ length: 30 }, (_, i) => `/${i}`).join('')}`, 'segments'],
  ])('%s', (url, words) => {
    expect(shapeOfTrap(url, new Date('2026-01-01'))).toContain(words);
  });

  it('ends facets and ever new queries, per path', () => {
    const watch = new TrapWatch();
    const verdicts = Array.from({ length: 200 }, (_, i) => watch.check(`https://example.org/shop?color=c${i}&size=m`));
    expect(verdicts.filter((trap) => trap === undefined)).toHaveLength(TRAP_LIMITS.facetsPerPath);
    const queries = Array.from({ length: 200 }, (_, i) =>
      watch.check(`https://example.org/page?x=w${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]}`),
    );
    expect(queries.filter((trap) => trap === undefined)).toHaveLength(TRAP_LIMITS.queriesPerPath);
  });

  it('ends queries that are new on every page, and calendars', () => {
    const watch = new TrapWatch();
    const followed = (links: string[]) => links.filter((link) => watch.check(link) === undefined).length;
    expect(
      followed(Array.from({ length: 200 }, (_, i) => `https://example.org/a?r=x${(i * 7919 + 1e6).toString(16)}`)),
    ).toBe(TRAP_LIMITS.queriesPerPath);
    expect(
      followed(
        Array.from(
          { length: 300 },
          (_, i) => `https://example.org/events/20${10 + (i % 15)}-${10 + (i % 3)}-${10 + (i % 18)}`,
        ),
      ),
    ).toBe(TRAP_LIMITS.calendarPages);
    expect(
      followed(
        Array.from(
          { length: 300 },
          (_, i) => `https://example.org/20${10 + (i % 15)}/${10 + (i % 3)}/${10 + (i % 18)}/`,
        ),
      ),
    ).toBe(300);
  });

  it('leaves articles about events alone', () => {
    const watch = new TrapWatch();
    for (let i = 0; i < 300; i++)
      expect(
        watch.check(`https://example.org/events/2017/11/${10 + (i % 20)}/harvest-fair-draws-crowds-${i}`),
      ).toBeUndefined();
  });

  it.each([
    'https://example.org/2011/11/11/11/eleven-of-them',
    'https://example.org/news/news/a-story',
    'https://example.org/p/32887/storm-hits-the-coast',
    'https://example.org/p/32887',
  ])('does not take %s for one', (url) => {
    expect(shapeOfTrap(url)).toBeUndefined();
  });

  it.each([
    ['/news?page=3', '/news', true],
    ['/news?cat=5&page=3', '/news?cat=5&page=2', true],
    ['/news?page=3&cat=5', '/news?cat=5', true],
    ['/archive?year=2017&month=11', '/', true],
    ['/list?tx_news%5BcurrentPage%5D=3&cHash=a1', '/list?tx_news%5BcurrentPage%5D=2&cHash=b2', true],
    ['/news?cat=6&page=3', '/news?cat=5&page=2', false],
    ['/browse?sort=date&year=2017', '/browse', false],
    ['/browse?year=2016&year=2017', '/browse', false],
  ])('%s goes on with %s: %s', (url, from, expected) => {
    expect(goesOnWith(`https://example.org${url}`, `https://example.org${from}`)).toBe(expected);
  });

  it('leaves articles named by a number in the query, and pagination, alone', () => {
    const watch = new TrapWatch();
    for (let i = 100; i < 500; i++) {
      expect(watch.check(`https://example.org/story.php?id=${i}`)).toBeUndefined();
      expect(watch.check(`https://example.org/news?page=${i}`)).toBeUndefined();
    }
  });

  it('is an outcome with its reason', () => {
    expect(scopeWith().trapIn('https://example.org/x/x/x/x')).toEqual({
      name: 'out-of-scope',
      reason: 'trap',
      detail: 'path repeats "x"',
    });
  });
});
