/** Entries of a live blog. In: the witnesses. Out: what its linked data lists, in the page's order. */
import { readMachineDate } from './date/machine.js';
import { isoOf } from './date/moment.js';
import { textValue, valuesOf } from './json-ld.js';
import type { Witnesses } from './witnesses.js';

export interface LiveBlogEntry {
  readonly headline?: string;
  readonly datePublished?: string;
  readonly articleBody: string;
}

const MAX_ENTRIES = 500;

export function readLiveBlog({ linked, article }: Witnesses): LiveBlogEntry[] {
  const entries: LiveBlogEntry[] = [];
  for (const value of valuesOf(linked, article, 'liveBlogUpdate').slice(0, MAX_ENTRIES)) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
    const articleBody = textValue(value.articleBody) ?? textValue(value.description);
    if (articleBody === undefined) continue;
    const headline = textValue(value.headline);
    const moment = readMachineDate(textValue(value.datePublished) ?? '');
    entries.push({
      ...(headline !== undefined && { headline }),
      ...(moment && { datePublished: isoOf(moment) }),
      articleBody,
    });
  }
  return entries;
}
