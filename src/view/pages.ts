/**
 * The pages of `tearsheet serve`. In: records, hits and edits. Out: HTML that loads nothing, runs nothing, and in which
 * nothing from the web stands unescaped. Pure.
 */
import type { StoredRecord } from '../archive/reader.js';
import { escapeHtml } from '../export/article-html.js';
import { articleBody, page, policyFor, readable } from '../export/html.js';
import { type Step, stepsOf } from '../history/changes.js';
import type { Part } from '../history/words.js';
import type { Hit } from '../search/search.js';

export const POLICY = policyFor("'self'");

/** Characters of a long text around what was changed in it. */
const AROUND = 120;

/** The articles written last; `more`: the row before which there are others. */
export function frontPage(records: readonly StoredRecord[], articles: number, more: number | undefined): string {
  const next = more === undefined ? '' : `<p class="soft"><a href="/?before=${more}">Earlier</a></p>`;
  return framed(
    'Articles',
    '',
    `<p class="soft">${articles} articles, the last written first</p>${listOf(records)}${next}`,
  );
}

/** `limit`: so many hits were asked for. */
export function resultsPage(query: string, hits: readonly Hit[], limit: number, mostHits: number): string {
  const items = hits.map(({ record, snippet }) => {
    const words = snippet
      .map(({ text, isHit }) => (isHit ? `<mark>${escapeHtml(text)}</mark>` : escapeHtml(text)))
      .join('');
    return item(record, `<span>${words}</span>`);
  });
  const link = `/?q=${encodeURIComponent(query)}&limit=${Math.min(mostHits, limit * 5)}`;
  const isCut = hits.length === limit && limit < mostHits;
  const next = isCut ? `<p class="soft"><a href="${escapeHtml(link)}">More</a></p>` : '';
  const found = hits.length === 0 ? '<p>Nothing found.</p>' : `<ol class="index">${items.join('\n')}</ol>`;
  return framed(`${query} – search`, query, `${found}${next}`);
}

/** One record, with the others of its article and what was changed from edition to edition. */
export function articlePage(record: StoredRecord, records: readonly StoredRecord[]): string {
  const { article, row } = record;
  const revisions = records.map((each) => {
    const seen = each.article.capture ? `, seen ${escapeHtml(readable(each.article.capture.fetchedAt))} UTC` : '';
    const { replaces } = each.article.revision;
    const again = replaces === undefined ? '' : `, read again in place of ${replaces}`;
    const name = `Revision ${each.number}`;
    return `<li>${each.row === row ? name : `<a href="/record/${each.row}">${name}</a>`}${seen}${again}</li>`;
  });
  const others = records.length > 1 ? `<h2>Revisions</h2><ul class="soft">${revisions.join('')}</ul>` : '';
  const edits = stepsOf(records).map(editOf).join('');
  return framed(
    article.headline ?? article.url,
    '',
    `${articleBody(article)}\n${others}${edits === '' ? '' : `<h2>Edits</h2>${edits}`}`,
    article.inLanguage,
  );
}

export function messagePage(message: string): string {
  return framed(message, '', `<h1>${escapeHtml(message)}</h1>`);
}

function framed(title: string, query: string, body: string, language?: string): string {
  const form = `<form action="/"><p class="soft"><a href="/">All articles</a> <input type="search" name="q" value="${escapeHtml(query)}"
 aria-label="Search"> <button>Search</button></p></form>`;
  return page({ title, language, policy: POLICY, body: `${form}\n${body}` });
}

function listOf(records: readonly StoredRecord[]): string {
  return records.length === 0 ? '' : `<ol class="index">${records.map((record) => item(record)).join('\n')}</ol>`;
}

function item(record: StoredRecord, more = ''): string {
  const { headline, datePublished = '', url } = record.article;
  const about = escapeHtml(`${readable(datePublished)} ${url}`.trim());
  return `<li><a href="/record/${record.row}">${escapeHtml(headline ?? '(no headline)')}</a>${more}<span class="soft">${about}</span></li>`;
}

function editOf({ from, to, changes }: Step): string {
  const between = `Revision ${from.revision} → ${to.revision}, between ${readable(from.seenAt ?? '')} and ${readable(to.seenAt ?? '')} UTC`;
  const parts = changes.map(
    ({ field, kind, parts }) =>
      `<p><span class="soft">${escapeHtml(`${field}, ${kind}: `)}</span>${markedUp(parts)}</p>`,
  );
  return `<section><h3>${escapeHtml(between)}</h3>${parts.join('')}</section>`;
}

function markedUp(parts: readonly Part[]): string {
  return parts
    .map(({ kind, text }) => {
      if (kind === 'removed') return `<del>${escapeHtml(text)}</del>`;
      if (kind === 'added') return `<ins>${escapeHtml(text)}</ins>`;
      return escapeHtml(text.length <= 2 * AROUND ? text : `${text.slice(0, AROUND)} … ${text.slice(-AROUND)}`);
    })
    .join('');
}
