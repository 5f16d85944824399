/**
 * One site of any number of articles: sections with pages of listings, a sitemap index, a feed, validators on everything.
 * In: how many. Out: a site to serve (web.js). Its articles are written when they are asked for, from their number.
 *
 * Plain JavaScript, so that benches can serve it as well; its types stand in large-site.d.ts.
 */
const SECTIONS = ['politics', 'culture', 'science', 'business', 'sports'];
const PER_LISTING = 40;
const PER_SITEMAP = 1000;
const WORDS =
  'harbour council bridge winter teachers library river market orchard lantern ferry archive tunnel garden museum choir station meadow lake journal'.split(
    ' ',
  );

export function largeSite(articles, host = 'www.large-news.example') {
  const origin = `http://${host}`;
  const sectionOf = (number) => SECTIONS[number % SECTIONS.length];
  const pathOf = (number) => `/${sectionOf(number)}/${slugOf(number)}-${100_000 + number}.html`;
  const dateOf = (number) =>
    new Date(Date.UTC(2020, 0, 1) + number * 3_600_000).toISOString().replace('.000Z', '+00:00');
  const html = (body, head = '') => ({
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body><nav>${SECTIONS.map((name) => `<a href="/${name}/">${name}</a>`).join(' ')}</nav>${body}</body></html>`,
  });
  const xml = (body) => ({ type: 'application/xml', body: `<?xml version="1.0" encoding="UTF-8"?>${body}` });
  const teasers = (numbers) =>
    numbers.map((number) => `<h3><a href="${pathOf(number)}">${headlineOf(number)}</a></h3>`).join('');
  const newest = (count) => Array.from({ length: Math.min(count, articles) }, (_, index) => articles - 1 - index);

  return {
    host,
    origin,
    paths: () => Array.from({ length: articles }, (_, number) => pathOf(number)),
    answer(path) {
      if (path === '/robots.txt')
        return { type: 'text/plain', body: `User-agent: *\nDisallow:\nSitemap: ${origin}/sitemap.xml\n` };
      if (path === '/')
        return html(
          `<h1>The Large News</h1>${teasers(newest(30))}`,
          '<title>The Large News</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">',
        );
      if (path === '/feed.xml')
        return {
          type: 'application/rss+xml',
          body: `<rss version="2.0"><channel><title>The Large News</title><link>${origin}/</link>${newest(50)
            .map(
              (number) =>
                `<item><title>${headlineOf(number)}</title><link>${origin}${pathOf(number)}</link><pubDate>${new Date(dateOf(number)).toUTCString()}</pubDate></item>`,
            )
            .join('')}</channel></rss>`,
        };
      if (path === '/sitemap.xml')
        return xml(
          `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${Array.from({ length: Math.ceil(articles / PER_SITEMAP) }, (_, part) => `<sitemap><loc>${origin}/sitemap-${part}.xml</loc></sitemap>`).join('')}</sitemapindex>`,
        );
      const part = /^\/sitemap-(\d+)\.xml$/.exec(path)?.[1];
      if (part !== undefined) {
        const from = Number(part) * PER_SITEMAP;
        const numbers = Array.from(
          { length: Math.max(0, Math.min(PER_SITEMAP, articles - from)) },
          (_, index) => from + index,
        );
        return xml(
          `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${numbers.map((number) => `<url><loc>${origin}${pathOf(number)}</loc><lastmod>${dateOf(number)}</lastmod></url>`).join('')}</urlset>`,
        );
      }
      const listing = /^\/([a-z]+)\/(?:page\/(\d+)\/)?$/.exec(path);
      if (listing && SECTIONS.includes(listing[1])) {
        const page = Number(listing[2] ?? 1);
        const all = newest(articles).filter((number) => sectionOf(number) === listing[1]);
        const shown = all.slice((page - 1) * PER_LISTING, page * PER_LISTING);
        if (shown.length === 0) return undefined;
        const next =
          page * PER_LISTING < all.length ? `<a rel="next" href="/${listing[1]}/page/${page + 1}/">Older</a>` : '';
        return html(`<h1>${listing[1]}</h1>${teasers(shown)}${next}`, `<title>${listing[1]}</title>`);
      }
      const number = Number(/-(\d+)\.html$/.exec(path)?.[1] ?? 0) - 100_000;
      if (!(number >= 0 && number < articles) || path !== pathOf(number)) return undefined;
      return html(
        `<article><h1>${headlineOf(number)}</h1><p class="byline">By Ada Marlow</p><time datetime="${dateOf(number)}">${dateOf(number).slice(0, 10)}</time>${paragraphsOf(
          number,
        )
          .map((text) => `<p>${text}</p>`)
          .join('')}</article>`,
        `<title>${headlineOf(number)} | The Large News</title><meta property="og:type" content="article"><meta property="article:published_time" content="${dateOf(number)}"><link rel="canonical" href="${origin}${pathOf(number)}">`,
      );
    },
  };
}

/** Digits of the number choose the words: no two articles read alike. */
function wordAt(number, place) {
  return WORDS[(Math.imul(number + 7, 2_654_435_761 + place * 97) >>> 8) % WORDS.length];
}

const slugOf = (number) => `the-${wordAt(number, 1)}-and-the-${wordAt(number, 2)}-of-${wordAt(number, 3)}`;
const headlineOf = (number) =>
  `The ${wordAt(number, 1)} and the ${wordAt(number, 2)} of ${wordAt(number, 3)} number ${number}`;

function paragraphsOf(number) {
  return Array.from({ length: 4 }, (_, paragraph) =>
    Array.from(
      { length: 3 },
      (_, sentence) =>
        `In the year of number ${number + paragraph} the ${wordAt(number, paragraph * 9 + sentence)} of the town was closer to the ${wordAt(number, paragraph * 11 + sentence + 3)} than anybody at the ${wordAt(number, paragraph * 13 + sentence + 5)} had thought before.`,
    ).join(' '),
  );
}
