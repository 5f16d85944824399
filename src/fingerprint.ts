/**
 * The short digests by which the same words are known again on another page of a site. In: words, or a field as one page
 * gives it. Out: 16 signs.
 */
import { hash } from 'node:crypto';
import type { ArticleFields } from './article.js';

export const fingerprintOf = (folded: string): string => hash('sha256', folded, 'base64url').slice(0, 16);

/** Pictures of one page that are looked for on others. */
export const MAX_PICTURES = 8;
/** Fewer keywords may be those of two articles on one thing. */
const MIN_LIST = 3;

export const descriptionPrint = (description: string): string => fingerprintOf(`description ${description}`);
export const picturePrint = (url: string): string => fingerprintOf(`picture ${url}`);
/** Of all keywords together: none for a short list. */
export const listPrint = (keywords: readonly string[]): string | undefined =>
  keywords.length < MIN_LIST ? undefined : fingerprintOf(`keywords ${keywords.join('\n')}`);

/** Of all fields that a site may give to each of its pages. */
export function fieldPrints({ description, keywords = [], image = [] }: ArticleFields): string[] {
  const list = listPrint(keywords);
  return [
    ...(description === undefined ? [] : [descriptionPrint(description)]),
    ...(list === undefined ? [] : [list]),
    ...image.slice(0, MAX_PICTURES).map(({ url }) => picturePrint(url)),
  ];
}
