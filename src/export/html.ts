/**
 * HTML to read in a browser: a page an article and an index of all. In: records. Out: files that need nothing else, load
 * nothing from the web and run nothing (a Content-Security-Policy in each says so), whatever their text holds.
 */

import type { StoredRecord } from '../archive/reader.js';
import type { Article } from '../article.js';
import { escapeHtml, safeArticleHtml, safeHref } from './article-html.js';
import { articlePath } from './file-name.js';
import type { Bytes, ExportedFile, ExportSource } from './formats.js';

/** Nothing is loaded and nothing runs; `forms`: where a form of the page may lead. */
export const policyFor = (forms: "'none'" | "'self'"): string =>
  `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action ${forms}`;

export const STYLE = `:root{color-scheme:light dark;--ink:#1c1c1c;--soft:#666;--paper:#fdfcf9;--line:#ddd8cc}
@media(prefers-color-scheme:dark){:root{--ink:#e6e3dc;--soft:#9d998f;--paper:#191816;--line:#3a3733}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 Georgia,"Times New Roman",serif}
main{max-width:40rem;margin:0 auto;padding:2rem 1.25rem 4rem}h1{line-height:1.2;margin:.5rem 0}h2,h3{line-height:1.3}
a{color:inherit}.soft,footer,time{color:var(--soft);font:.875rem/1.5 system-ui,sans-serif}
blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid var(--line)}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid var(--line);padding:.3rem .6rem;text-align:left}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem;overflow-wrap:anywhere}
ol.index{list-style:none;padding:0}ol.index li{padding:.6rem 0;border-bottom:1px solid var(--line)}ol.index span{display:block}
mark{background:#f5d76e;color:#1c1c1c}`;

export async function* exportHtml({ records }: ExportSource): AsyncIterable<ExportedFile> {
  yield { path: 'index.html', content: indexPage(records()) };
  for await (const record of records()) yield { path: articlePath(record, 'html'), content: articlePage(record) };
}

export function page(parts: {
  readonly title: string;
  readonly language?: string | undefined;
  readonly body: string;
  /** Default: a page has no forms. */
  readonly policy?: string;
}): string {
  const policy = parts.policy ?? policyFor("'none'");
  const language = parts.language === undefined ? '' : ` lang="${escapeHtml(parts.language)}"`;
  return `<!doctype html>
<html${language}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer">
<title>${escapeHtml(parts.title)}</title><style>${STYLE}</style></head>
<body><main>
${parts.body}
</main></body></html>
`;
}

export function articlePage({ article, number, newest }: StoredRecord): string {
  const { headline, inLanguage } = article;
  const revision = newest > 1 ? `<p class="soft">Revision ${number} of ${newest}</p>` : '';
  return page({
    title: headline ?? article.url,
    language: inLanguage,
    body: `<p class="soft"><a href="../../index.html">All articles</a></p>\n${revision}${articleBody(article)}`,
  });
}

export function articleBody(article: Article): string {
  const { headline, alternativeHeadline, description, author, datePublished, publisher, url, capture } = article;
  const by = [author?.map(({ name }) => name).join(', '), publisher?.name]
    .filter((text) => text)
    .map((text) => escapeHtml(text!));
  const date =
    datePublished === undefined
      ? []
      : [`<time datetime="${escapeHtml(datePublished)}">${escapeHtml(readable(datePublished))}</time>`];
  const href = safeHref(url);
  const seen = capture ? `, as it was on ${escapeHtml(readable(capture.fetchedAt))} UTC` : '';
  return [
    '<article><header>',
    alternativeHeadline === undefined ? '' : `<p class="soft">${escapeHtml(alternativeHeadline)}</p>`,
    `<h1>${escapeHtml(headline ?? '(no headline)')}</h1>`,
    description === undefined ? '' : `<p><em>${escapeHtml(description)}</em></p>`,
    by.length + date.length === 0 ? '' : `<p class="soft">${[...by, ...date].join(' · ')}</p>`,
    '</header>',
    article.articleHtml === undefined ? paragraphs(article.articleBody ?? '') : safeArticleHtml(article.articleHtml),
    `<footer>From ${href === undefined ? escapeHtml(url) : `<a href="${escapeHtml(href)}" rel="noreferrer">${escapeHtml(url)}</a>`}${seen}.</footer></article>`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

async function* indexPage(records: AsyncIterable<StoredRecord>): Bytes {
  const [head, foot] = page({ title: 'Articles', body: '<h1>Articles</h1>\n<ol class="index">\0</ol>' }).split('\0');
  yield head!;
  for await (const record of records) {
    const { headline, datePublished = '', url } = record.article;
    const revision = record.newest > 1 ? `, revision ${record.number} of ${record.newest}` : '';
    yield `<li><a href="${articlePath(record, 'html')}">${escapeHtml(headline ?? '(no headline)')}</a><span class="soft">${escapeHtml(
      `${readable(datePublished)} ${url}`.trim(),
    )}${revision}</span></li>\n`;
  }
  yield foot!;
}

function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
    .join('\n');
}

/** `2017-11-23 18:49`, as the site dates it. */
export function readable(date: string): string {
  return date.slice(0, 16).replace('T', ' ');
}
