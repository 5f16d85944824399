/**
 * What the readers of this room hand out: leads without what only the crawl knows of them. Plain values.
 */
import type { Lead } from '../lead.js';

/** A lead whose depth and likelihood the crawl fills in; `foundOn` is the document that was read. */
export type Found = Omit<Lead, 'depth' | 'foundOn' | 'articleLikelihood'>;

/** The text with white space as a reader sees it, cut to a bound; undefined where nothing is left. */
export function tidy(text: string | undefined, maxCharacters = 1000): string | undefined {
  if (text === undefined) return undefined;
  const tidied = text
    .slice(0, maxCharacters * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxCharacters);
  return tidied === '' ? undefined : tidied;
}
