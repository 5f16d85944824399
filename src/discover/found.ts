/**
 * What the readers of this room hand out: leads without what only the crawl knows of them. Plain values.
 */
import { codeAt } from '../extract/page/code-at.js';
import type { Lead } from '../lead.js';

/** A lead whose depth and likelihood the crawl fills in; `foundOn` is the document that was read. */
export type Found = Omit<Lead, 'depth' | 'foundOn' | 'articleLikelihood'>;

const SPACE = /\s/;

/** The text with white space as a reader sees it, cut to a bound; undefined where nothing is left. */
export function tidy(text: string | undefined, maxCharacters = 1000): string | undefined {
  if (text === undefined) return undefined;
  const inner = text.slice(0, maxCharacters * 4).trim();
  const tidied = (isTidy(inner) ? inner : inner.replace(/\s+/g, ' ')).slice(0, maxCharacters);
  return tidied === '' ? undefined : tidied;
}

/** Most texts are; to see that costs less than to replace nothing. Other white space than single spaces has no ASCII code. */
function isTidy(text: string): boolean {
  let before = 0;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code === 32 ? before === 32 : code < 32 || (code >= 0xa0 && SPACE.test(text[i]!))) return false;
    before = code;
  }
  return true;
}
