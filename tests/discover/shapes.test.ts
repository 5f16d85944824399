import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articleLikelihood, UrlShapes } from '../../src/discover/shapes.js';
import { isArchiveUrl, isFeedUrl, isMediaUrl, isPaginationUrl } from '../../src/discover/url-words.js';

const on = (path: string) => `https://example.org${path}`;

describe('without learning', () => {
  it.each([
    '/2017/11/23/storm-hits-coast',
    '/politics/storm-hits-the-coast-of-the-island',
    '/news/europe/storm-4711234.html',
    '/a/storm-hits-the-coast/a-65464327',
    '/news/story.php?id=4711',
    '/world/2023/apr/28/storm-hits-coast/',
  ])('%s looks like an article', (path) => {
    expect(articleLikelihood(on(path))).toBeGreaterThan(0.6);
  });
  it.each([
    '/',
    '/politics',
    '/politics/',
    '/tag/storm',
    '/author/anna-maria-berg',
    '/thema/das-wetter-im-november',
    '/search?q=storm',
    '/page/2',
    '/about',
    '/ueber-uns',
    '/contact.html',
    '/login?next=/a',
    '/2017/11/',
    '/rss/politics',
    '/privacy-policy',
    '/politics?page=3',
  ])('%s does not', (path) => {
    expect(articleLikelihood(on(path))).toBeLessThan(0.4);
  });
  it('media files are none at all', () => {
    expect(articleLikelihood(on('/2017/11/23/storm-hits-the-coast.jpg'))).toBe(0);
  });
});

describe('learning of a site', () => {
  it('raises what its articles look like, and lowers what other pages do', () => {
    const shapes = new UrlShapes();
    const before = shapes.likelihood(on('/x/abc12'));
    for (const id of ['k2jd9', 'p0cm1', 'z8sk3', 'q7dm2']) shapes.learn(on(`/x/${id}`), true);
    for (const name of ['the-best-of-the-web', 'all-about-our-own-shop']) shapes.learn(on(`/guide/${name}`), false);
    expect(before).toBeLessThan(0.4);
    expect(shapes.likelihood(on('/x/abc12'))).toBeGreaterThan(0.7);
    expect(shapes.likelihood(on('/guide/where-to-go-this-week'))).toBeLessThan(0.4);
    expect(shapes.likelihood(on('/politics/storm-hits-the-coast-again'))).toBeGreaterThan(
      shapes.likelihood(on('/guide/where-to-go-this-week-end')),
    );
  });

  const lesson = fc.tuple(
    fc.stringMatching(/^(\/[a-z0-9-]{1,12}){0,4}(\.html)?(\?[a-z]=[0-9a-z]{0,4})?$/).map(on),
    fc.boolean(),
  );

  it('does not depend on the order, nor on being kept', () => {
    fc.assert(
      fc.property(fc.array(lesson, { maxLength: 40 }), fc.webUrl(), (lessons, url) => {
        const all = new UrlShapes();
        for (const [url, is] of lessons) all.learn(url, is);
        const back = new UrlShapes();
        for (const [url, is] of [...lessons].reverse()) back.learn(url, is);
        const kept = JSON.stringify(all);
        expect(JSON.stringify(back)).toBe(kept);
        const again = new UrlShapes(JSON.parse(kept));
        expect(JSON.stringify(again)).toBe(kept);
        expect(again.likelihood(url)).toBe(all.likelihood(url));
      }),
    );
  });

  it('is kept as far as a site that is built anew is soon known anew', () => {
    const shapes = new UrlShapes();
    for (let number = 0; number < 5000; number++) shapes.learn(on(`/docs/${1000 + number}`), false);
    const later = new UrlShapes(JSON.parse(JSON.stringify(shapes)));
    for (let number = 0; number < 400; number++) later.learn(on(`/docs/${9000 + number}`), true);
    expect(later.likelihood(on('/docs/9800'))).toBeGreaterThan(0.5);
  });

  it('always is a likelihood', () => {
    const shapes = new UrlShapes();
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.boolean(), (url, is) => {
        shapes.learn(url, is);
        const likelihood = shapes.likelihood(url);
        expect(likelihood).toBeGreaterThanOrEqual(0);
        expect(likelihood).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('words and endings', () => {
  it.each([
    [
      isMediaUrl,
      ['/a.jpg', '/a.PDF', '/x/a.mp4?x=1'],
      ['/a.html', '/a', '/a.b/c', '/feed.json', '/version-2.0-is-here'],
    ],
    [
      isFeedUrl,
      ['/feed', '/feed/', '/rss.xml', '/politics/atom.xml', '/?feed=rss2', '/feeds/all.json'],
      ['/feedback', '/a-feed-for-all-of-us', '/rssb'],
    ],
    [isPaginationUrl, ['/page/2', '/news?page=3', '/seite-4/'], ['/page', '/homepage/2', '/news?pages=3']],
    [
      isArchiveUrl,
      ['/2017/', '/2017/11', '/archive/2017/11/23.html', '/2017/nov/23', '/news?date=2017-11-23', '/20171123/'],
      ['/2017/11/23/storm', '/storm-2017', '/4711/', '/tv/2017-11-23-show'],
    ],
  ] as const)('%o', (test, yes, no) => {
    for (const path of yes) expect([path, test(on(path))]).toEqual([path, true]);
    for (const path of no) expect([path, test(on(path))]).toEqual([path, false]);
  });
});
