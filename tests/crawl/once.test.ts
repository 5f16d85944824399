/** One article counts once, however its address is spelt; and places without an end come to one. */
import { describe, expect, it } from 'vitest';
import { headline, paragraph, randomFrom } from '../support/prose.js';
import type { Reply, WebSite } from '../support/web.js';
import { crawled, totalOf, webOf } from './crawling.js';

const PATH = '/2017/11/23/the-council-counts-its-bridges';
const html = (body: string, head = ''): Reply => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="en"><head><title>News</title>${head}</head><body>${body}</body></html>`,
});
const story = (seed: number, head = ''): Reply => {
  const random = randomFrom(seed);
  const texts = Array.from({ length: 4 }, () => `<p>${paragraph(random, 'en')}</p>`).join('');
  return html(
    `<article><h1>${headline(random, 'en')}</h1><time datetime="2017-11-23">23 November 2017</time>${texts}</article>`,
    `<meta property="og:type" content="article"><meta property="article:published_time" content="2017-11-23">${head}`,
  );
};

const SPELLINGS = [
  PATH,
  `${PATH}/`,
  `${PATH}#comments`,
  `${PATH}?utm_source=front&utm_medium=teaser`,
  `${PATH}?fbclid=IwAR0`,
  `${PATH}?PHPSESSID=0123456789abcdef0123456789abcdef`,
  `${PATH};jsessionid=0123456789ABCDEF`,
  '/2017/11/23/The-Council-Counts-Its-Bridges',
  `http://www.once.example:80${PATH}`,
  `http://WWW.ONCE.EXAMPLE${PATH}`,
  `http://once.example${PATH}`,
  `https://www.once.example${PATH}`,
  `${PATH}/amp`,
  `${PATH}?print=1`,
  `/2017/11/../11/23/the-council-counts-its-bridges`,
];

it('asks once for an article that is linked to in many spellings', async () => {
  const site: WebSite = {
    host: 'www.once.example',
    answer: (path) =>
      path === '/'
        ? html(SPELLINGS.map((href) => `<a href="${href}">The council counts its bridges</a>`).join(''))
        : path.toLowerCase().startsWith(PATH)
          ? story(1)
          : undefined,
  };
  const web = await webOf([site, { ...site, host: 'once.example' }]);
  const { articles, summary, events } = await crawled(web, { seeds: ['http://www.once.example/'] });
  expect(articles.map(({ url }) => url)).toEqual([`http://www.once.example${PATH}`]);
  expect(web.log.filter(({ path }) => path.toLowerCase().startsWith(PATH))).toHaveLength(1);
  // How every spelling ended is told: whoever counts along comes to the same sums.
  expect(summary.outcomes.duplicate?.['canonical-known']).toBeGreaterThan(1);
  const told = new Map(events.flatMap((event) => (event.type === 'outcome' ? [[event.url, event.outcome]] : [])));
  const sums: Record<string, Record<string, number>> = {};
  for (const { name, reason } of told.values()) {
    sums[name] ??= {};
    sums[name][reason] = (sums[name][reason] ?? 0) + 1;
  }
  expect(sums).toEqual(summary.outcomes);
});

it('keeps one record of pages that name one canonical address', async () => {
  const head = '<link rel="canonical" href="http://www.once.example/story/the-one-and-only-story-1">';
  const site: WebSite = {
    host: 'www.once.example',
    answer: (path) =>
      path === '/'
        ? html('<a href="/a/the-one-and-only-story-in-a">A</a><a href="/b/the-one-and-only-story-in-b">B</a>')
        : path.includes('the-one-and-only-story')
          ? story(2, head)
          : undefined,
  };
  const web = await webOf([site]);
  const { articles, summary } = await crawled(web, { seeds: ['http://www.once.example/'] });
  expect(articles).toHaveLength(1);
  expect(summary.outcomes.duplicate?.['canonical-known']).toBeGreaterThanOrEqual(1);
});

/** Places without an end: the door, and what a page of it leads to. */
const MAZES: readonly (readonly [name: string, door: string, steps: (path: string) => readonly string[]])[] = [
  [
    'calendar of years',
    '/calendar/2017/5',
    (path) => {
      const [year = 0, month = 0] = path.split('/').slice(2).map(Number);
      return [
        `/calendar/${year}/${(month % 12) + 1}`,
        `/calendar/${year + 1}/${month}`,
        `/calendar/${year - 1}/${month}`,
      ];
    },
  ],
  [
    'calendar of days',
    '/events/2017-05-01',
    (path) => {
      const day = Date.parse(path.slice(8));
      return [1, -1].map((step) => `/events/${new Date(day + step * 86_400_000).toISOString().slice(0, 10)}`);
    },
  ],
  [
    'facets',
    '/shop?color=red',
    (path) =>
      ['color', 'size', 'brand', 'price'].flatMap((name) => ['a', 'b', 'c'].map((value) => `${path}&${name}=${value}`)),
  ],
  ['pages of a listing', '/latest/page/1', (path) => [`/latest/page/${Number(path.split('/')[3]) + 1}`]],
  ['pages by query', '/all?page=1', (path) => [`/all?page=${Number(path.split('=')[1]) + 1}`]],
  [
    'ever new queries',
    '/ticker?t=1',
    (path) => [1, 2, 3].map((step) => `/ticker?t=${Number(path.split('=')[1]) * 7 + step}`),
  ],
  ['ever new tokens', '/s/a1', (path) => [1, 2].map((step) => `/s/a${Number(path.slice(4)) * 3 + step}`)],
  ['nested paths', '/x/more/', (path) => [`${path}more/`, `${path}less/`]],
  ['nested sections', '/local/', (path) => [`${path}local/`, `${path}county/`]],
  [
    'facets with years and pages',
    '/browse?sort=date',
    (path) => ['year=2016', 'year=2017', 'page=2', 'section=a', 'section=b'].map((pair) => `${path}&${pair}`),
  ],
];

describe.each(MAZES)('%s without an end', (_name, door, steps) => {
  it.each([
    ['empty', ''],
    ['with the news beside it', '<aside><a href="/news/a-story-that-is-there-to-be-read-7">A story</a></aside>'],
  ])('are left after few requests, with the reason: %s', async (_kind, aside) => {
    const site: WebSite = {
      host: 'www.maze.example',
      answer(path) {
        if (path === '/') return html(`<a href="${door}">Door</a>${aside}`);
        if (path.startsWith('/news/')) return story(3);
        if (path.includes('robots') || path.includes('sitemap')) return undefined;
        const links = steps(path).map((href) => `<a href="${href.replaceAll('&', '&amp;')}">On</a>`);
        return html(`<h1>${path.replaceAll('&', ' ')}</h1>${links.join(' ')}${aside}`);
      },
    };
    const web = await webOf([site]);
    const { articles, summary } = await crawled(web, { seeds: ['http://www.maze.example/'], maxPages: 400 });
    expect(articles).toHaveLength(aside === '' ? 0 : 1);
    expect(web.log.length).toBeLessThan(40);
    expect(summary.outcomes['out-of-scope']?.trap).toBeGreaterThan(0);
    expect(totalOf(summary.outcomes)).toBe(summary.leads);
  });
});
