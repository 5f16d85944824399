/** What a generated site publishes for machines: robots.txt, sitemaps and feeds, by its discovery kind. */
import type { GeneratedSite, TruthArticle, Version } from './generated-web.js';
import type { Reply } from './web.js';

export interface Listed {
  readonly article: TruthArticle;
  readonly path: string;
  readonly version: Version;
}

export const escapeMarkup = (text: string): string =>
  text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

export function documents(site: GeneratedSite, asked: string, listed: readonly Listed[]): Reply | undefined {
  const { origin, kind, name } = site;
  const xml = (body: string): Reply => ({
    type: 'application/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  });
  const changed = ({ article, version }: Listed): string => version.dateModified ?? article.datePublished;
  const text = escapeMarkup;
  if (asked === '/robots.txt') {
    const sitemap = kind.includes('sitemap') ? `\nSitemap: ${origin}/sitemap.xml\n` : '';
    const delay = site.delayMs > 0 ? `Crawl-delay: ${site.delayMs / 1000}\n` : '';
    return { type: 'text/plain', body: `User-agent: *\nDisallow: /private/\n${delay}${sitemap}` };
  }
  const urlset = (items: readonly Listed[]): string =>
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${items.map((item) => `<url><loc>${text(origin + item.path)}</loc><lastmod>${changed(item)}</lastmod></url>`).join('\n')}</urlset>`;
  if (asked === '/sitemap.xml' && kind === 'sitemap') return xml(urlset(listed));
  if (asked === '/sitemap.xml' && kind === 'news-sitemap')
    return xml(
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${listed
        .map(
          (item) =>
            `<url><loc>${text(origin + item.path)}</loc><lastmod>${changed(item)}</lastmod><news:news><news:publication><news:name>${text(name)}</news:name><news:language>${site.language}</news:language></news:publication><news:publication_date>${item.article.datePublished}</news:publication_date><news:title>${text(item.version.headline)}</news:title></news:news></url>`,
        )
        .join('\n')}</urlset>`,
    );
  if (kind === 'sitemap-index') {
    const monthOf = (item: Listed): string => item.article.datePublished.slice(0, 7);
    if (asked === '/sitemap.xml') {
      const months = [...new Set(listed.map(monthOf))];
      return xml(
        `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${months.map((month) => `<sitemap><loc>${origin}/sitemap-${month}.xml.gz</loc></sitemap>`).join('')}</sitemapindex>`,
      );
    }
    const month = /^\/sitemap-(\d{4}-\d{2})\.xml\.gz$/.exec(asked)?.[1];
    if (month) return xml(urlset(listed.filter((item) => monthOf(item) === month)));
  }
  if (asked === '/feed' && kind === 'rss')
    return {
      type: 'application/rss+xml',
      body: `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${text(name)}</title><link>${origin}/</link>${listed
        .map(
          (item) =>
            `<item><title>${text(item.version.headline)}</title><link>${text(origin + item.path)}</link><guid isPermaLink="false">${site.host}-${item.article.number}</guid><pubDate>${new Date(item.article.datePublished).toUTCString()}</pubDate><atom:updated>${changed(item)}</atom:updated></item>`,
        )
        .join('\n')}</channel></rss>`,
    };
  if (asked === '/feed' && kind === 'atom')
    return {
      type: 'application/atom+xml',
      body: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${text(name)}</title><id>${origin}/</id><updated>${listed[0] ? changed(listed[0]) : '2024-05-01T00:00:00Z'}</updated>${listed
        .map(
          (item) =>
            `<entry><title>${text(item.version.headline)}</title><id>${origin}/${item.article.number}</id><published>${item.article.datePublished}</published><updated>${changed(item)}</updated><link rel="alternate" href="${text(origin + item.path)}"/></entry>`,
        )
        .join('\n')}</feed>`,
    };
  if (asked === '/feed' && kind === 'json-feed')
    return {
      type: 'application/feed+json',
      body: JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: name,
        home_page_url: `${origin}/`,
        items: listed.map((item) => ({
          id: String(item.article.number),
          url: origin + item.path,
          title: item.version.headline,
          date_published: item.article.datePublished,
          ...(item.version.dateModified && { date_modified: item.version.dateModified }),
        })),
      }),
    };
  return undefined;
}
