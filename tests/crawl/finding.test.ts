/** A site each of whose articles is known in one way only. All are found, each once. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { headline, paragraph, randomFrom } from '../support/prose.js';
import type { Reply, Web, WebSite } from '../support/web.js';
import { type Crawled, crawled, webOf } from './crawling.js';

const ORIGIN = 'http://www.ways.example';

const WAYS = [
  'sitemap',
  'second-sitemap',
  'nested-gzip-sitemap',
  'text-sitemap',
  'news-sitemap',
  'video-sitemap',
  'broken-sitemap',
  'rss',
  'rss-091',
  'rdf',
  'atom',
  'json-feed',
  'link',
  'section',
  'third-page',
  'day',
  'amp',
  'print',
  'hreflang',
  'canonical',
  'frame-of-meta-refresh',
] as const;
type Way = (typeof WAYS)[number];

const pathOf = (way: Way): string => `/news/how-the-${way}-came-to-be-known-4711`;
const urlOf = (way: Way): string => ORIGIN + pathOf(way);

interface Story {
  readonly headline: string;
  readonly paragraphs: readonly string[];
}
const stories = new Map<Way, Story>(
  WAYS.map((way, index) => {
    const random = randomFrom(index + 1);
    return [
      way,
      { headline: headline(random, 'en'), paragraphs: Array.from({ length: 4 }, () => paragraph(random, 'en')) },
    ];
  }),
);

function page(way: Way, head = ''): Reply {
  const { headline: title, paragraphs } = stories.get(way)!;
  return html(
    `<article><h1>${title}</h1><time datetime="2017-11-23T10:00:00+00:00">23 November 2017</time>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article>`,
    `<title>${title}</title><meta property="og:type" content="article"><meta property="article:published_time" content="2017-11-23T10:00:00+00:00"><link rel="canonical" href="${urlOf(way)}">${head}`,
  );
}

const html = (body: string, head = '<title>Ways</title>'): Reply => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="en"><head>${head}</head><body><nav><a href="/">Ways</a></nav>${body}</body></html>`,
});
const xml = (body: string): Reply => ({
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});
const NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const link = (way: Way): string => `<a href="${pathOf(way)}">${stories.get(way)!.headline}</a>`;
const filler = (from: number): string =>
  Array.from({ length: 3 }, (_, index) => `<p><a href="/topics/topic-${from + index}">Topic</a></p>`).join('');

const PAGES: Readonly<Record<string, () => Reply>> = {
  '/robots.txt': () => ({
    type: 'text/plain',
    body: `User-agent: *\nDisallow: /private/\nSitemap: ${ORIGIN}/sitemap-a.xml\nSitemap: /sitemap-b.xml\nsitemap: ${ORIGIN}/sitemaps/index.xml\n`,
  }),
  '/sitemap-a.xml': () => xml(`<urlset ${NS}><url><loc>${urlOf('sitemap')}</loc></url></urlset>`),
  '/sitemap-b.xml': () => xml(`<urlset ${NS}><url><loc>${urlOf('second-sitemap')}</loc></url></urlset>`),
  '/sitemaps/index.xml': () =>
    xml(
      `<sitemapindex ${NS}>${['nested.xml', 'list.txt', 'news.xml', 'video.xml', 'broken.xml'].map((name) => `<sitemap><loc>${ORIGIN}/sitemaps/${name}</loc></sitemap>`).join('')}</sitemapindex>`,
    ),
  '/sitemaps/nested.xml': () =>
    xml(`<sitemapindex ${NS}><sitemap><loc>${ORIGIN}/sitemaps/2017-11.xml.gz</loc></sitemap></sitemapindex>`),
  '/sitemaps/2017-11.xml.gz': () => ({
    type: 'application/gzip',
    body: gzipSync(
      `<urlset ${NS}><url><loc>${urlOf('nested-gzip-sitemap')}</loc><lastmod>2017-11-23</lastmod></url></urlset>`,
    ),
  }),
  '/sitemaps/list.txt': () => ({ type: 'text/plain', body: `${urlOf('text-sitemap')}\n` }),
  '/sitemaps/news.xml': () =>
    xml(
      `<urlset ${NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>${urlOf('news-sitemap')}</loc><news:news><news:publication_date>2017-11-23</news:publication_date><news:title>News</news:title></news:news></url></urlset>`,
    ),
  '/sitemaps/video.xml': () =>
    xml(
      `<urlset ${NS} xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"><url><loc>${urlOf('video-sitemap')}</loc><video:video><video:title>Film</video:title><video:content_loc>${ORIGIN}/film.mp4</video:content_loc></video:video></url></urlset>`,
    ),
  '/sitemaps/broken.xml': () =>
    xml(`<urlset ${NS}><url><loc>${urlOf('broken-sitemap')}</loc></url><url><loc>${ORIGIN}/a & b`),
  '/': () =>
    html(
      `<h1>Ways</h1><h3>${link('link')}</h3><a href="/politics/">Politics</a> <a href="/2017/11/23/">Thursday</a> <a href="/special/">Special</a> ${filler(0)}`,
      `<title>Ways</title>
       <link rel="alternate" type="application/rss+xml" href="/feeds/main">
       <link rel="alternate" type="application/rss+xml" href="/feeds/old">
       <link rel="alternate" type="application/rdf+xml" href="/feeds/rdf">
       <link rel="alternate" type="application/atom+xml" href="/feeds/atom">
       <link rel="alternate" type="application/feed+json" href="/feeds/json">`,
    ),
  '/feeds/main': () =>
    xml(
      `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ways</title><link>${ORIGIN}/</link><item><title>Way</title><link>${urlOf('rss')}?utm_source=feed</link><content:encoded><![CDATA[${stories
        .get('rss')!
        .paragraphs.map((text) => `<p>${text}</p>`)
        .join('')}]]></content:encoded></item></channel></rss>`,
    ),
  '/feeds/old': () =>
    xml(
      `<rss version="0.91"><channel><title>Ways</title><item><title>Way</title><link>${urlOf('rss-091')}</link></item></channel></rss>`,
    ),
  '/feeds/rdf': () =>
    xml(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="${ORIGIN}/"><title>Ways</title></channel><item rdf:about="${urlOf('rdf')}"><title>Way</title><link>${urlOf('rdf')}</link></item></rdf:RDF>`,
    ),
  '/feeds/atom': () =>
    xml(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Ways</title><entry><title>Way</title><id>tag:ways,1</id><link rel="alternate" href="${pathOf('atom')}"/></entry></feed>`,
    ),
  '/feeds/json': () => ({
    type: 'application/feed+json',
    body: JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Ways',
      items: [{ id: '1', url: urlOf('json-feed'), title: 'Way' }],
    }),
  }),
  '/politics/': () =>
    html(`<h1>Politics</h1><h3>${link('section')}</h3>${filler(10)}<a rel="next" href="/politics/?page=2">Older</a>`),
  '/politics/?page=2': () => html(`<h1>Politics</h1>${filler(20)}<a rel="next" href="/politics/?page=3">Older</a>`),
  '/politics/?page=3': () => html(`<h1>Politics</h1><h3>${link('third-page')}</h3>${filler(30)}`),
  '/2017/11/23/': () => html(`<h1>23 November</h1><h3>${link('day')}</h3>`),
  '/special/': () =>
    html(
      `<h1>Special</h1><h3><a href="/amp${pathOf('amp')}">${stories.get('amp')!.headline}</a></h3><h3><a href="/print${pathOf('print')}">${stories.get('print')!.headline}</a></h3><h3><a href="/copies/a-page-that-names-another-one-as-its-own-11">Copy</a></h3><h3><a href="/go/to-the-story-of-the-frame-12">Go</a></h3>`,
    ),
  [pathOf('link')]: () => page('link', `<link rel="alternate" hreflang="en-GB" href="${urlOf('hreflang')}">`),
  [`/amp${pathOf('amp')}`]: () => page('amp'),
  [`/print${pathOf('print')}`]: () => page('print'),
  '/copies/a-page-that-names-another-one-as-its-own-11': () => page('canonical'),
  '/go/to-the-story-of-the-frame-12': () =>
    html(
      '<p>Go on</p>',
      `<title>Go</title><meta http-equiv="refresh" content="0; url=${pathOf('frame-of-meta-refresh')}">`,
    ),
};

const site: WebSite = {
  host: 'www.ways.example',
  answer(path) {
    const way = WAYS.find((each) => pathOf(each) === path.replace(/[?&]utm_source=feed$/, ''));
    if (PAGES[path]) return PAGES[path]();
    if (way) return page(way);
    return /^\/topics\/topic-\d+$/.test(path) ? html(`<h1>${path}</h1>`) : undefined;
  },
};

let found: Promise<{ crawl: Crawled; web: Web }> | undefined;
function crawlOnce(): Promise<{ crawl: Crawled; web: Web }> {
  found ??= (async () => {
    const web = await webOf([site]);
    return { web, crawl: await crawled(web, { seeds: [`${ORIGIN}/`] }) };
  })();
  return found;
}

describe('an article that is known only by one way', () => {
  it.each(WAYS)('is found by %s, once and whole', async (way) => {
    const { articles } = (await crawlOnce()).crawl;
    const mine = articles.filter(({ url, canonicalUrl }) => [url, canonicalUrl].includes(urlOf(way)));
    expect(mine.map(({ headline, articleBody }) => ({ headline, articleBody }))).toEqual([
      { headline: stories.get(way)!.headline, articleBody: stories.get(way)!.paragraphs.join('\n\n') },
    ]);
  });

  it('brings no other record', async () => {
    expect((await crawlOnce()).crawl.articles).toHaveLength(WAYS.length);
  });
});

it('goes with --since only to sitemaps, archives and pages that can hold such articles', async () => {
  const dated: WebSite = {
    host: 'www.dated.example',
    answer(path) {
      const origin = 'http://www.dated.example';
      if (path === '/robots.txt') return { type: 'text/plain', body: `Sitemap: ${origin}/sitemap.xml\n` };
      if (path === '/sitemap.xml')
        return xml(
          `<sitemapindex ${NS}>${['2017-09', '2017-10', '2017-11'].map((month) => `<sitemap><loc>${origin}/sitemap-${month}.xml</loc></sitemap>`).join('')}</sitemapindex>`,
        );
      const month = /^\/sitemap-(2017-\d\d)\.xml$/.exec(path)?.[1];
      if (month)
        return xml(
          `<urlset ${NS}>${[5, 15].map((day) => `<url><loc>${origin}/${month.replace('-', '/')}/${String(day).padStart(2, '0')}/the-story-of-day-number-${day}/</loc></url>`).join('')}</urlset>`,
        );
      const day = /^\/2017\/(\d\d)\/(\d\d)\/the-story/.exec(path);
      if (day) {
        const random = randomFrom(Number(day[1]) * 100 + Number(day[2]));
        const texts = Array.from({ length: 4 }, () => `<p>${paragraph(random, 'en')}</p>`).join('');
        const date = `2017-${day[1]}-${day[2]}`;
        return html(
          `<article><h1>${headline(random, 'en')}</h1><time datetime="${date}">${date}</time>${texts}</article>`,
          `<title>Story</title><meta property="og:type" content="article"><meta property="article:published_time" content="${date}">`,
        );
      }
      return path === '/' ? html('<a href="/2017/09/">September</a> <a href="/2017/11/">November</a>') : undefined;
    },
  };
  const web = await webOf([dated]);
  const { articles } = await crawled(web, {
    seeds: ['http://www.dated.example/'],
    since: '2017-11-10',
    until: '2017-11-30',
  });
  expect(articles.map(({ datePublished }) => datePublished)).toEqual(['2017-11-15']);
  const asked = web.log.map(({ path }) => path);
  expect(asked.filter((path) => /2017[/-](?:09|10)/.test(path))).toEqual([]);
  expect(asked.filter((path) => path.includes('the-story'))).toEqual(['/2017/11/15/the-story-of-day-number-15/']);
});

it('says how many articles it kept whose date it could not find', async () => {
  const text = Array.from({ length: 4 }, (_, index) => `<p>${paragraph(randomFrom(index + 50), 'en')}</p>`).join('');
  const undated: WebSite = {
    host: 'www.undated.example',
    answer: (path) =>
      path === '/' || path.startsWith('/news/a-story')
        ? html(
            `<article><h1>A story without any date</h1>${text}</article>`,
            '<title>A story without any date</title><meta property="og:type" content="article">',
          )
        : undefined,
  };
  const web = await webOf([undated]);
  const { summary } = await crawled(web, {
    seeds: ['http://www.undated.example/news/a-story-without-any-date-1'],
    since: '2017-11-10',
  });
  expect(summary.undated).toBe(1);
});
