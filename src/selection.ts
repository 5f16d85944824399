/**
 * Which of an archive's articles are wanted: what `export`, `search` and `history` are asked for. In: a selection as a
 * user gives it. Out: a test for articles. Pure.
 */
import { z } from 'zod';
import type { Article } from './article.js';
import { spanOfDate } from './timespan.js';
import { isUrl, siteOf } from './url.js';

const day = z
  .string()
  .refine((date) => spanOfDate(date) !== undefined, { error: 'expected a date such as 2017-11-23, 2017-11 or 2017' });
const words = z.array(z.string().trim().min(1)).default([]);

export const selectionSchema = z.strictObject({
  /** Published on or after this day, as the site dates it; what has no date is left out. */
  since: day.optional(),
  until: day.optional(),
  /** Registrable domains or hosts; any of them. */
  site: words,
  /** Parts of an author's name, in any case; any of them. */
  author: words,
  /** Sections, in any case; any of them. */
  section: words,
  /** Only the newest record of each article. */
  latest: z.boolean().default(false),
});

export type Selection = z.infer<typeof selectionSchema>;
export type SelectionInput = z.input<typeof selectionSchema>;

type Wanted = Pick<Article, 'url' | 'datePublished' | 'author' | 'articleSection'>;

/** Whether an article is wanted. `latest` is not judged here: an article does not know whether it is the newest. */
export function createSelector(selection: Selection): (article: Wanted) => boolean {
  const { since, until } = boundsOf(selection);
  const sites = selection.site.map((site) =>
    site
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/\/.*$/, ''),
  );
  const authors = selection.author.map(fold);
  const sections = selection.section.map(fold);
  return ({ url, datePublished, author, articleSection }) => {
    if (since !== undefined || until !== undefined) {
      const span = spanOfDate(datePublished ?? '');
      if (!span || (since !== undefined && span.to < since) || (until !== undefined && span.from > until)) return false;
    }
    if (sites.length > 0 && !sites.some((site) => isOf(url, site))) return false;
    if (authors.length > 0 && !(author ?? []).some(({ name }) => authors.some((part) => fold(name).includes(part))))
      return false;
    return sections.length === 0 || (articleSection ?? []).some((section) => sections.includes(fold(section)));
  };
}

/** The first and the last day that are wanted, as ISO days. */
export function boundsOf({ since, until }: Pick<Selection, 'since' | 'until'>): { since?: string; until?: string } {
  const from = since === undefined ? undefined : spanOfDate(since)?.from;
  const to = until === undefined ? undefined : spanOfDate(until)?.to;
  return { ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) };
}

function isOf(url: string, site: string): boolean {
  if (!isUrl(url)) return false;
  const { host, hostname } = new URL(url);
  return hostname === site || host === site || hostname === `www.${site}` || siteOf(url) === site;
}

/** As names are compared: no case, no accents, one kind of white space. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
