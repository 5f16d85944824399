/** The HTML of a generated site. Each way of markup is a template of its own, with the widgets that real sites put around. */
import { type Listed, escapeMarkup as text } from './generated-documents.js';
import { type GeneratedSite, TRAP_DOORS, type TruthArticle, type Version } from './generated-web.js';
import { LANGUAGES } from './prose.js';

const FEED_TYPES: Readonly<Record<string, string>> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  'json-feed': 'application/feed+json',
};

function shell(site: GeneratedSite, title: string, head: string, main: string): string {
  const feed = FEED_TYPES[site.kind] ? `<link rel="alternate" type="${FEED_TYPES[site.kind]}" href="/feed">` : '';
  return `<!doctype html>
<html lang="${site.language}">
<head><meta charset="utf-8"><title>${text(title)}</title>${head}${feed}</head>
<body>
<header class="site-header"><a href="/" class="logo">${text(site.name)}</a><nav><ul><li><a href="/about">About</a></li><li><a href="/private/desk">Desk</a></li></ul></nav></header>
${main}
<footer class="site-footer"><p>© 2024 ${text(site.name)}. All rights reserved.</p><a href="/about">Contact</a></footer>
</body>
</html>`;
}

export function plainPage(site: GeneratedSite, title: string, links: readonly string[]): string {
  const list = links.map((link) => `<li><a href="${text(link)}">${text(link)}</a></li>`).join('');
  return shell(site, `${title} - ${site.name}`, '', `<main><h1>${text(title)}</h1><ul>${list}</ul></main>`);
}

export function listPage(
  site: GeneratedSite,
  title: string,
  listed: readonly Listed[],
  { next, isFront = false }: { readonly next?: string; readonly isFront?: boolean },
): string {
  const items = listed.map(
    ({ path, version, article }) =>
      `<div class="teaser"><h3><a href="${text(path)}">${text(version.headline)}</a></h3><span class="date">${article.datePublished.slice(0, 10)}</span></div>`,
  );
  const archive = isFront && site.kind === 'date-archive' ? '<a href="/archive/">Archive</a>' : '';
  const doors =
    isFront && site.hasTraps ? TRAP_DOORS.map((door) => `<a href="${text(door)}">${door}</a>`).join(' ') : '';
  const pages = next ? `<nav class="pagination"><a rel="next" href="${next}">Older</a></nav>` : '';
  return shell(
    site,
    title,
    '<meta property="og:type" content="website">',
    `<main><h1>${text(title)}</h1>${items.join('\n')}${pages}${archive}<div class="more">${doors}</div></main>`,
  );
}

export function printPage(article: TruthArticle, version: Version, path: string): string {
  return `<!doctype html><html><head><title>${text(version.headline)}</title><link rel="canonical" href="${text(article.site.origin + path)}"></head><body><h1>${text(version.headline)}</h1>${body(version)}</body></html>`;
}

export function ampPage(article: TruthArticle, version: Version, path: string): string {
  return `<!doctype html><html amp lang="${article.site.language}"><head><meta charset="utf-8"><title>${text(version.headline)}</title><link rel="canonical" href="${text(article.site.origin + path)}"><script async src="https://cdn.example/v0.js"></script></head><body><amp-sidebar><a href="/">${text(article.site.name)}</a></amp-sidebar><article><h1>${text(version.headline)}</h1>${body(version)}</article><amp-ad width="300" height="250"></amp-ad></body></html>`;
}

const body = (version: Version): string =>
  version.paragraphs.map((paragraph) => `<p>${text(paragraph)}</p>`).join('\n');

const SHARE = '<div class="share"><a href="#">Share</a> <a href="#">Mail</a></div>';

export function articlePage(
  article: TruthArticle,
  version: Version,
  path: string,
  neighbours: readonly { readonly path: string; readonly headline: string }[],
  pages: readonly string[] = [],
): string {
  const { site } = article;
  const url = site.origin + path;
  const modified = version.dateModified ?? article.datePublished;
  const related = neighbours.map((each) => `<li><a href="${text(each.path)}">${text(each.headline)}</a></li>`).join('');
  const aside = `<aside class="related"><h3>Most read</h3><ul>${related}</ul><div class="newsletter"><p>Get the news of the day into your mailbox.</p><form><input name="mail"></form></div></aside>`;
  const amp = site.hasAmp ? `<link rel="amphtml" href="${text(`${site.origin}/amp${path}`)}">` : '';
  const canonical = `<link rel="canonical" href="${text(url)}">${amp}`;
  const turns = pages.map((page, at) => (page === path ? `<b>${at + 1}</b>` : `<a href="${text(page)}">${at + 1}</a>`));
  const share = `${turns.length > 1 ? `<div class="pages">${turns.join(' ')}</div>` : ''}${SHARE}`;
  const visible = `${article.datePublished.slice(0, 10)} ${article.datePublished.slice(11, 16)}`;
  const by = `${LANGUAGES[site.language].by} <a rel="author" href="/about">${text(article.author)}</a>`;
  switch (site.markup) {
    case 'json-ld': {
      const data = {
        '@context': 'https://schema.org',
        '@type': 'NewsArticle',
        headline: version.headline,
        datePublished: article.datePublished,
        dateModified: modified,
        author: { '@type': 'Person', name: article.author },
        articleSection: article.section,
        publisher: { '@type': 'Organization', name: site.name },
        mainEntityOfPage: url,
      };
      const json = JSON.stringify(data).replaceAll('<', '\\u003c');
      return shell(
        site,
        `${version.headline} | ${site.name}`,
        `${canonical}<script type="application/ld+json">${json}</script>`,
        `<main><article class="story"><h1>${text(version.headline)}</h1><p class="byline">${by}</p><div class="story-body">\n${body(version)}\n</div>${share}</article>${aside}</main>`,
      );
    }
    case 'opengraph':
      return shell(
        site,
        version.headline,
        `${canonical}<meta property="og:type" content="article"><meta property="og:title" content="${text(version.headline)}"><meta property="article:published_time" content="${article.datePublished}"><meta property="article:modified_time" content="${modified}"><meta property="article:section" content="${text(article.section)}"><meta name="author" content="${text(article.author)}">`,
        `<div id="content"><div class="post"><h2 class="post-title">${text(version.headline)}</h2><div class="post-meta">${visible}</div><div class="entry-content">\n${body(version)}\n</div>${share}</div></div>${aside}`,
      );
    case 'microdata':
      return shell(
        site,
        `${version.headline} - ${site.name}`,
        canonical,
        `<div itemscope itemtype="http://schema.org/NewsArticle"><span itemprop="articleSection">${text(article.section)}</span><h1 itemprop="headline">${text(version.headline)}</h1><p>${LANGUAGES[site.language].by} <span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">${text(article.author)}</span></span> <time itemprop="datePublished" datetime="${article.datePublished}">${visible}</time><meta itemprop="dateModified" content="${modified}"></p><div itemprop="articleBody">\n${body(version)}\n</div></div>${share}${aside}`,
      );
    case 'plain':
      return shell(
        site,
        `${version.headline} - ${site.name}`,
        '',
        `<table><tr><td class="main"><h1>${text(version.headline)}</h1><div class="info">${visible} | ${by}</div><div class="text">\n${body(version)}\n</div>${share}</td><td>${aside}</td></tr></table>`,
      );
  }
}
