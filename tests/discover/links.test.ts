import fc from 'fast-check';
import { DomUtils, parseDocument as parseWithHtmlparser2 } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { leadsOf, MAX_LINKS, readLinks, type TreeNode } from '../../src/discover/links.js';
import { parseDocument } from '../../src/extract/page/tree.js';

const PAGE = 'https://example.org/news/';
const read = (html: string, url = PAGE) => readLinks(parseDocument(html).elements, { url });

describe('the links of a page', () => {
  it('are resolved, in page order, each URL once with its first text', () => {
    expect(
      read(
        '<a href="b#x"><img src=i.png></a><a href="/a">  First\n<b>story</b> </a><a href="https://example.org/news/b">Second</a>',
      ).links,
    ).toEqual([
      { url: 'https://example.org/news/b', text: 'Second' },
      { url: 'https://example.org/a', text: 'First story' },
    ]);
  });

  it('have the text of a picture or a label where there is no other', () => {
    expect(
      read(
        '<a href="/a"><img alt="Storm"></a><a href="/b" aria-label="Calm"><i></i></a><a href="/c"><i></i></a>',
      ).links.map(({ text }) => text),
    ).toEqual(['Storm', 'Calm', undefined]);
  });

  it('leave out the page itself, media, and what is no web address', () => {
    const html =
      '<a href="">x</a><a href="#top">x</a><a href="/news/">x</a><a href="/a.jpg">x</a><a href="/a.pdf?x=1">x</a><a href="javascript:void(0)">x</a><a href="mailto:a@example.org">x</a><a href="tel:1">x</a><a href="data:text/html,x">x</a><a href="file:///etc/passwd">x</a><a href="http://[::">x</a><a>x</a>';
    expect(read(html).links).toEqual([]);
  });

  it('are resolved against the first base, which must be a web address', () => {
    expect(read('<base href="/x/"><base href="/y/"><a href="a">a</a>').links[0]?.url).toBe('https://example.org/x/a');
    expect(read('<base href="data:text/html,x"><a href="a">a</a>').links[0]?.url).toBe('https://example.org/news/a');
  });

  it('are refused by nofollow only where every link to the URL says so', () => {
    const page = read('<a href="/a" rel="nofollow">a</a><a href="/b" rel="NoFollow sponsored">b</a><a href="/b">b</a>');
    expect(page.links).toEqual([
      { url: 'https://example.org/a', text: 'a', rel: ['nofollow'], nofollow: true },
      { url: 'https://example.org/b', text: 'b', rel: ['nofollow', 'sponsored'] },
    ]);
    expect(leadsOf(page).map(({ url }) => url)).toEqual(['https://example.org/b']);
  });

  it('are all refused where the page says so, but for its feeds', () => {
    const page = read(
      '<meta name="ROBOTS" content="NoIndex, NoFollow"><link rel=alternate type="application/rss+xml" href="/rss"><a href="/a">a</a>',
    );
    expect(page).toMatchObject({ robots: ['noindex', 'nofollow'], nofollow: true });
    expect(leadsOf(page)).toEqual([{ url: 'https://example.org/rss', kind: 'feed', source: 'link' }]);
    expect(read('<meta name="robots" content="none">').nofollow).toBe(true);
  });

  it('end at the limit, and the page says so', () => {
    const page = read(Array.from({ length: MAX_LINKS + 10 }, (_, i) => `<a href="/${i}">x</a>`).join(''));
    expect(page.links).toHaveLength(MAX_LINKS);
    expect(page.truncated).toBe(true);
  });
});

describe('what a page announces', () => {
  it('feeds of all kinds, then links that look like feeds', () => {
    const page =
      read(`<link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/atom+xml; charset=utf-8" href="/b">
      <link rel="alternate" type="application/feed+json" href="/c"><link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1"><link rel="alternate" type="text/html" href="/d">
      <a href="/politics/rss.xml">RSS</a><a href="/how-to-use-rss-feeds-in-your-browser-today">x</a><a href="/?feed=rss2">f</a>`);
    expect(page.feeds).toEqual(
      ['a', 'b', 'c', 'politics/rss.xml', '?feed=rss2'].map((path) => `https://example.org/${path}`),
    );
  });

  it('no feeds of services that are given an address, to share it or to subscribe to it', () => {
    const page =
      read(`<a href="https://social.example/dialog/feed?app=1&amp;link=https%3A%2F%2Fexample.org%2Fa">Share</a>
      <a href="https://reader.example/add/rss?url=http://example.org/feed.xml">Subscribe</a><a href="/feed?page=2">f</a>`);
    expect(page.feeds).toEqual(['https://example.org/feed?page=2']);
  });

  it('canonical, AMP, neighbours, languages, sitemap and refresh', () => {
    const page =
      read(`<link rel=canonical href="/c"><link rel=amphtml href="/c/amp"><link rel=next href="?page=3"><link rel=prev href="?page=1">
      <link rel=alternate hreflang=de href="/de/"><link rel=alternate hreflang=en href="/news/"><link rel=sitemap href="/map.xml"><meta http-equiv=Refresh content="0; URL='/moved'">`);
    expect(page).toMatchObject({
      canonical: 'https://example.org/c',
      amp: 'https://example.org/c/amp',
      next: 'https://example.org/news/?page=3',
      previous: 'https://example.org/news/?page=1',
      alternates: [{ url: 'https://example.org/de/', inLanguage: 'de' }],
      sitemaps: ['https://example.org/map.xml'],
      refresh: 'https://example.org/moved',
    });
    expect(leadsOf(page)).toContainEqual({
      url: 'https://example.org/de/',
      kind: 'page',
      source: 'hreflang',
      inLanguage: 'de',
    });
  });

  it('the original of a copy, but not a variant of the page', () => {
    expect(leadsOf(read('<link rel=canonical href="https://www.example.org/news/?utm_source=x">'))).toEqual([]);
    expect(leadsOf(read('<link rel=canonical href="https://other.example/storm">'))).toEqual([
      { url: 'https://other.example/storm', kind: 'page', source: 'canonical' },
    ]);
  });

  it('pages of this listing and archives of days', () => {
    const page = read(
      '<a href="/news/?page=2">2</a><a href="/news/page/3/">3</a><a href="/other/?page=2">x</a><a href="/2017/11/23/">day</a><a href="/archive/2017/11">month</a><a href="/2017/11/23/a-story-of-that-very-day">x</a>',
    );
    expect(page.pagination).toEqual(['https://example.org/news/?page=2', 'https://example.org/news/page/3/']);
    expect(page.dateArchives).toEqual(['https://example.org/2017/11/23/', 'https://example.org/archive/2017/11']);
    expect(leadsOf(page).map(({ source }) => source)).toEqual([
      'pagination',
      'pagination',
      'date-archive',
      'date-archive',
      'link',
      'link',
    ]);
  });
});

describe('any tree', () => {
  it('of domhandler gives the same', () => {
    const html =
      '<base href="/x/"><link rel=canonical href=c><p><a href="a?utm_source=x">A <i>b</i></a><a href="/2017/11/">m</a>';
    const elements = DomUtils.getElementsByTagName('*', parseWithHtmlparser2(html), true) as unknown as TreeNode[];
    expect(readLinks(elements, { url: PAGE })).toEqual(read(html));
  });

  it('however deep is read', () => {
    expect(read(`${'<div>'.repeat(100_000)}<a href="/a">a</a>`).links).toHaveLength(1);
  });

  it('never makes it throw', () => {
    const token = fc.constantFrom(
      '<a href="',
      '"',
      '>',
      '</a>',
      '<base href="',
      '<link rel=alternate type=application/rss+xml href=',
      '<meta http-equiv=refresh content="',
      'https://',
      '//',
      '\u0000',
      '%',
      '[',
      '\ud800',
      '?page=1',
      '/2017/',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(token, fc.string()), { maxLength: 30 }),
        (parts) => void leadsOf(read(parts.join(''))),
      ),
      { numRuns: 1000 },
    );
  });
});
