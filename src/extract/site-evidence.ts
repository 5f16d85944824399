/**
 * What one page tells about its site. In: the witnesses, the body, the dates, the fields. Out: evidence from
 * which a site profile is learned. Never: anything that depends on other pages or on their order.
 */
import type { ArticleFields } from '../article.js';
import { fieldPrints } from '../fingerprint.js';
import type { Block, SiteEvidence } from '../page.js';
import type { BodyResult } from './body/body.js';
import { textValue } from './data/json-ld.js';
import type { DateVerdicts } from './date/dates.js';
import { unspoken } from './filing/keywords.js';
import { labelOf } from './page/tokens.js';
import type { Element, Parent } from './page/tree.js';
import { visibleText } from './page/visible.js';
import { fold } from './text/words.js';
import type { Witnesses } from './witnesses.js';

/** Words of the body that JSON-LD has too, above which it proves where the body stands. */
const PROOF = 0.9;
const MAX_HEADINGS = 20;

export function evidenceOf(
  witnesses: Witnesses,
  body: BodyResult,
  dates: DateVerdicts,
  fields: ArticleFields,
  isArticle: boolean,
  headline: Element | undefined,
): SiteEvidence {
  const proven = isArticle && body.container && provesBody(textValue(witnesses.article?.articleBody), body.articleBody);
  return {
    url: witnesses.input.url,
    isArticle,
    fingerprints: [...new Set([...body.blocks.map(({ fingerprint }) => fingerprint), ...fieldPrints(fields)])],
    keywords: unspoken(fields),
    places: placesOf(body.blocks),
    ...(proven && body.container && { bodyPath: elementPath(body.container) }),
    offsets: dates.offsets,
    siteNames: fields.publisher === undefined ? [] : [fields.publisher.name],
    titleEnds: titleEndsOf(witnesses.title),
    fieldPaths: headline ? { headline: elementPath(headline) } : {},
  };
}

/** Headings of the first ranks, with where they stand: one of them is the headline. */
export function headingsOf({ headings }: Witnesses): { text: string; path: string }[] {
  return headings.slice(0, MAX_HEADINGS).flatMap((element) => {
    const text = visibleText(element);
    return text === '' ? [] : [{ text, path: elementPath(element) }];
  });
}

/** A page's vote on each place, by the length of what stands there. */
export function placesOf(blocks: readonly Pick<Block, 'path' | 'text' | 'kept'>[]): Record<string, boolean> {
  const balance = new Map<string, number>();
  for (const { path, text, kept } of blocks)
    balance.set(path, (balance.get(path) ?? 0) + (kept ? text.length : -text.length));
  return Object.fromEntries([...balance].map(([path, length]) => [path, length > 0]));
}

/** `Headline - Section | Site` → `Site`, `Section | Site`: the names of the site are among what all its titles share. */
function titleEndsOf(title: string | undefined): string[] {
  if (title === undefined) return [];
  return [...title.slice(0, 500).matchAll(/\s[|–—\-·•»:]\s/g)]
    .slice(-2)
    .map((separator) => title.slice(separator.index + separator[0].length).trim())
    .filter((end) => end !== '' && end.length <= 60);
}

function provesBody(linked: string | undefined, found: string | undefined): boolean {
  if (linked === undefined || found === undefined || linked.length < 200) return false;
  const truth = new Set(fold(linked).split(' '));
  const words = fold(found).split(' ');
  return words.filter((word) => truth.has(word)).length >= words.length * PROOF && found.length >= linked.length * 0.5;
}

/** The same form as a block's path. */
function elementPath(element: Element): string {
  let path = '';
  for (
    let node: Parent = element;
    node.type === 'tag' && node.tag.name !== 'body' && node.tag.name !== 'html';
    node = node.parent
  ) {
    path = path === '' ? labelOf(node) : `${labelOf(node)}>${path}`;
  }
  return path;
}
