/**
 * The body of a page whose markup shows none, or its beginning only: from the data that the page's scripts were to show
 * it from, or from what JSON-LD gives as the article's text. In: the witnesses and the body that the markup shows. Out:
 * the body, found in that text as in a page that shows nothing else. Never: in place of a body that the markup has.
 */

import type { JsonObject } from '../data/json-ld.js';
import { findScriptArticle } from '../data/script-article.js';
import { readScriptData } from '../data/script-data.js';
import { linkedFrom } from '../data/state-article.js';
import { type LiveBlogEntry, linkedEntries } from '../kind/live-blog.js';
import { parseDocument } from '../page/tree.js';
import { squeeze } from '../text/words.js';
import { first, type Witnesses } from '../witnesses.js';
import { escapeHtml } from './article-html.js';
import { type BodyResult, findBody } from './body.js';
import type { PreambleContext } from './preamble.js';

export interface DataBody {
  readonly body: BodyResult;
  readonly from: 'script' | 'json-ld';
  /** What the data tells of the article beside its text, as linked data would. */
  readonly told?: JsonObject;
}

/** A longer body is no stub. Signs, not words: for scripts without spaces too. */
const MAX_STUB = 1200;
/** A shorter one is what a page shows while its scripts load. */
const MIN_STUB = 40;
/** How many times as long as the stub a text must be that is to stand for it. */
const LONGER = 1.5;
/** Share of the stub that such a text must repeat. */
const REPEATED = 0.5;
/** Signs of a paragraph that are compared: further on, links and marks may be written in another way. */
const BEGINNING = 40;
/** Shorter texts of JSON-LD are descriptions. */
const MIN_LINKED = 400;

export function bodyInData(witnesses: Witnesses, shown: BodyResult, preamble: PreambleContext): DataBody | undefined {
  const text = shown.articleBody ?? '';
  if (text.length > MAX_STUB) return undefined;
  const stub = text.length < MIN_STUB ? '' : text;
  const { document, meta, title, article, base, input, canonicalUrl } = witnesses;
  const titles = [preamble.headline, first(meta, 'og:title'), first(meta, 'twitter:title'), title];
  const written = findScriptArticle(readScriptData(document), {
    titles: titles.filter((text) => text !== undefined),
    addresses: [input.url, ...(canonicalUrl === undefined ? [] : [canonicalUrl])],
  });
  const linked = typeof article?.articleBody === 'string' ? article.articleBody : '';
  const sources: readonly (readonly [from: DataBody['from'], html: string])[] = [
    ['script', written?.named ? written.html : ''],
    ['json-ld', linked.length >= MIN_LINKED ? htmlOfText(linked) : ''],
    // A page may show one entry of a live blog and list them all.
    ['json-ld', stub === '' ? linkedEntries(witnesses).map(htmlOfEntry).join('') : ''],
  ];
  for (const [from, html] of sources) {
    if (html === '') continue;
    // Escapes can say what no text may hold.
    const wellFormed = html.replaceAll('\u0000', '').toWellFormed();
    const body = findBody(parseDocument(pageOf(wellFormed, preamble.headline)), base, preamble);
    if (!goesOn(body.articleBody ?? '', stub)) continue;
    return from === 'script' && written?.named
      ? { body, from, told: linkedFrom(written.named, written.root) }
      : { body, from };
  }
  return undefined;
}

/** Whether a text says what the stub says, and more. */
function goesOn(text: string, stub: string): boolean {
  if (text === '' || text.length < stub.length * LONGER) return false;
  const squeezed = squeeze(text);
  let repeated = 0;
  for (const paragraph of stub.split('\n'))
    if (squeezed.includes(squeeze(paragraph).slice(0, BEGINNING))) repeated += paragraph.length;
  return repeated >= stub.length * REPEATED;
}

function pageOf(html: string, headline = ''): string {
  const name = escapeHtml(headline);
  return `<html><head><title>${name}</title></head><body><main><article><h1>${name}</h1><div class="article-body">${html}</div></article></main></body></html>`;
}

function htmlOfEntry({ headline, articleBody }: LiveBlogEntry): string {
  return `${headline === undefined ? '' : `<h2>${escapeHtml(headline)}</h2>`}${htmlOfText(articleBody)}`;
}

function htmlOfText(text: string): string {
  if (/<(?:p|br|div)\b/i.test(text)) return text;
  const paragraphs = text.split(/\n\s*/).filter((line) => line !== '');
  return paragraphs.map((line) => `<p>${escapeHtml(line)}</p>`).join('');
}
