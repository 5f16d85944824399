/**
 * A site whose articles are split over pages, in any of the ways in which sites number them. In: the shape of its
 * addresses and what its pages say. Out: a site to serve, with the truth about it. Each page begins with the headline and
 * the standfirst, as many do.
 */
import { paragraph, randomFrom } from '../support/prose.js';
import type { Asked, Reply, WebSite } from '../support/web.js';

export interface SplitSiteOptions {
  readonly host?: string;
  readonly articles?: number;
  readonly pages?: number;
  /** The address of a page; page 1 is asked for as the article's own. */
  readonly pathOf?: (story: string, page: number) => string;
  readonly pager?: 'numbers' | 'rel' | 'next';
  readonly canonical?: 'own' | 'first' | 'none';
  /** Paths that the front page and the sitemap name, in this order. */
  readonly listed?: (paths: (story: string) => string[]) => (story: string) => string[];
  readonly answer?: (path: string, asked: Asked) => Reply | 'missing' | undefined;
  /** In the head and behind the text of a page. */
  readonly extra?: (story: string, page: number) => string;
  readonly wholePath?: (story: string) => string;
  /** A paragraph in place of the last one of a page. */
  readonly lastOf?: (story: string, page: number, day: number) => string | undefined;
  /** Whether sitemaps name the further pages, and before the first ones. */
  readonly inSitemap?: boolean;
}

const PARAGRAPHS = 4;

export function splitSite({
  host = 'www.split.example',
  articles = 1,
  pages = 3,
  pathOf = (story, page) => (page === 1 ? `/${story}.html` : `/${story}-${page}.html`),
  pager = 'numbers',
  canonical = 'own',
  answer,
  extra = () => '',
  wholePath,
  lastOf = () => undefined,
  inSitemap = false,
}: SplitSiteOptions = {}): WebSite & {
  readonly origin: string;
  readonly stories: readonly string[];
  readonly paragraphsOf: (story: string, page: number, day?: number) => string[];
  readonly bodyOf: (story: string, day?: number) => string;
  readonly urlOf: (story: string, page: number) => string;
} {
  const origin = `http://${host}`;
  const stories = Array.from(
    { length: articles },
    (_, at) => `long-story-of-the-river-part-${'abcdefghij'[at % 10]}${'klmnopqrst'[Math.floor(at / 10)]}`,
  );
  const headlineOf = (story: string): string => `The long way of the river ${story.slice(-2)} through the valley`;
  const standfirstOf = (story: string): string =>
    `What the water of ${story.slice(-2)} brought along, and who has lived by it since the first mills were built here.`;
  const paragraphsOf = (story: string, page: number, day = 1): string[] => {
    const random = randomFrom(
      [...`${story} ${page}`].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7),
    );
    const found = Array.from({ length: PARAGRAPHS }, () => paragraph(random, 'en'));
    const last = lastOf(story, page, day);
    return last === undefined ? found : [...found.slice(0, -1), last];
  };
  const numbers = Array.from({ length: pages }, (_, at) => at + 1);
  /** As a reader has it: the standfirst once. */
  const bodyOf = (story: string, day = 1): string =>
    [standfirstOf(story), ...numbers.flatMap((page) => paragraphsOf(story, page, day))].join('\n\n');
  const escaped = (path: string): string => path.replaceAll('&', '&amp;');
  const pagerOf = (story: string, page: number): string => {
    const link = (to: number, label: string, rel = ''): string =>
      `<a ${rel}href="${escaped(pathOf(story, to))}">${label}</a>`;
    const back = page > 1 ? link(page - 1, 'Previous') : '';
    if (pager === 'rel') return '';
    if (pager === 'next') return `<p class="turn">${back} ${page < pages ? link(page + 1, 'Next page') : ''}</p>`;
    const all = numbers.map((to) => (to === page ? `<b>${to}</b>` : link(to, String(to))));
    const whole = wholePath ? `<a href="${escaped(wholePath(story))}">On one page</a>` : '';
    return `<ul class="pages">${all.map((each) => `<li>${each}</li>`).join('')}</ul>${whole}`;
  };
  const pageOf = (story: string, page: number | 'whole', day: number): string => {
    const paragraphs =
      page === 'whole' ? numbers.flatMap((each) => paragraphsOf(story, each, day)) : paragraphsOf(story, page, day);
    const number = page === 'whole' ? 1 : page;
    const own = page === 'whole' ? (wholePath?.(story) ?? '') : pathOf(story, page);
    const links =
      (canonical === 'none'
        ? ''
        : `<link rel="canonical" href="${origin}${escaped(canonical === 'own' ? own : pathOf(story, 1))}">`) +
      (pager === 'rel' && number > 1 ? `<link rel="prev" href="${escaped(pathOf(story, number - 1))}">` : '') +
      (pager === 'rel' && number < pages ? `<link rel="next" href="${escaped(pathOf(story, number + 1))}">` : '');
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${headlineOf(story)}</title>${links}
<meta property="og:type" content="article"><meta property="og:title" content="${headlineOf(story)}">
<meta property="article:published_time" content="2017-11-23T18:10:00+00:00"></head>
<body><header><nav><a href="/">Front page</a> <a href="/about">About</a></nav></header>
<main><article><h1>${headlineOf(story)}</h1>
<div class="text"><p>${standfirstOf(story)}</p>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
<figure><img src="/photo-${story}-${number}.jpg" width="800" height="500"><figcaption>View ${number}</figcaption></figure></div>
${page === 'whole' ? '' : pagerOf(story, page)}</article></main>${extra(story, number)}
<footer><p>All rights reserved</p></footer></body></html>`;
  };
  const byPath = new Map<string, () => [string, number | 'whole']>();
  for (const story of stories) {
    for (const page of numbers) byPath.set(pathOf(story, page), () => [story, page]);
    if (wholePath) byPath.set(wholePath(story), () => [story, 'whole']);
  }
  return {
    host,
    origin,
    stories,
    paragraphsOf,
    bodyOf,
    urlOf: (story, page) => origin + pathOf(story, page),
    answer(path, asked) {
      const own = answer?.(path, asked);
      if (own === 'missing') return undefined;
      if (own) return own;
      const type = 'text/html; charset=utf-8';
      const found = byPath.get(path)?.();
      if (found) return { type, body: pageOf(found[0], found[1], asked.day) };
      if (path === '/robots.txt' && inSitemap)
        return { type: 'text/plain', body: `User-agent: *\nDisallow:\nSitemap: ${origin}/sitemap.xml\n` };
      if (path === '/sitemap.xml' && inSitemap) {
        const urls = stories.flatMap((story) =>
          [...numbers].reverse().map((page) => escaped(origin + pathOf(story, page))),
        );
        return {
          type: 'application/xml',
          body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`,
        };
      }
      if (path !== '/') return undefined;
      const links = stories.map((story) => `<li><a href="${escaped(pathOf(story, 1))}">${headlineOf(story)}</a></li>`);
      return {
        type,
        body: `<!doctype html><title>The Split</title><h1>The Split</h1><ul>${inSitemap ? '' : links.join('')}</ul>`,
      };
    },
  };
}
