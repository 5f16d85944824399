/**
 * Turns the pages of an article. In: its first page as read, and a way to read another. Out: the pages that are the same
 * article, those that could not be had, and those that turned out to be something else. Asks for no page beyond the
 * first one that is not the article's.
 */
import type { Capture, CapturedPart } from '../article.js';
import type { ArticlePages } from '../discover/article-pages.js';
import { bringsNothing, holdsWhole, isSameArticle } from '../join.js';
import type { Outcome } from '../outcome.js';
import type { PageDraft } from '../page.js';
import { keyOf } from '../record.js';

/** A page of an article as read. */
export interface TurnedPage {
  readonly draft: PageDraft;
  readonly pages?: ArticlePages | undefined;
}

export interface Turned<P> {
  /** In their order. */
  readonly further: readonly { readonly page: P; readonly isWhole: boolean }[];
  readonly missing: readonly { readonly url: string; readonly outcome: Outcome }[];
  /** Pages that repeat what was read. */
  readonly repeated: readonly P[];
  /** Another article. */
  readonly others: readonly P[];
  /** Pages that need not or may not be read: the article is there without them, or as long as it may be. */
  readonly skipped: readonly string[];
}

/** Walls and errors under the page's address, whatever they say beside. */
const NO_PAGE: ReadonlySet<string> = new Set(['soft-404', 'consent-wall', 'bot-wall']);

/**
 * @param read gives a page, or the outcome that stands in its place; undefined: it is somebody else's
 * @param maxPages the first one included
 */
export async function turnPages<P extends TurnedPage>(
  first: TurnedPage,
  maxPages: number,
  read: (url: string) => Promise<P | { readonly outcome: Outcome } | undefined>,
): Promise<Turned<P>> {
  const further: { page: P; isWhole: boolean }[] = [];
  const missing: { url: string; outcome: Outcome }[] = [];
  const repeated: P[] = [];
  const others: P[] = [];
  const skipped: string[] = [];
  const turned = { further, missing, repeated, others, skipped };
  const numbered = new Map<number, string>();
  const asked = new Set<string>();
  let next: string | undefined;
  const note = ({ pages }: TurnedPage): void => {
    for (const { number, url } of pages?.further ?? []) if (!numbered.has(number)) numbered.set(number, url);
    next = pages?.next;
  };
  note(first);
  const whole = first.pages?.whole;
  if (whole !== undefined && maxPages > 1 && (numbered.size > 0 || next !== undefined)) {
    asked.add(whole);
    const got = await read(whole);
    if (got && 'draft' in got) {
      if (isSameArticle(first.draft, got.draft, keyOf) && holdsWhole(first.draft, got.draft)) {
        further.push({ page: got, isWhole: true });
        skipped.push(...numbered.values(), ...(next === undefined ? [] : [next]));
        return turned;
      }
      repeated.push(got);
    }
  }
  for (let number = 2; ; number++) {
    // A page says better what comes next than a number does: that may turn the pages of something else.
    const url = next ?? numbered.get(number);
    next = undefined;
    if (url === undefined || asked.has(url)) break;
    if (number > maxPages) {
      missing.push({ url, outcome: { name: 'out-of-scope', reason: 'limit', detail: 'maxArticlePages' } });
      skipped.push(url, ...[...numbered].filter(([beyond]) => beyond > number).map(([, each]) => each));
      break;
    }
    asked.add(url);
    const got = await read(url);
    if (!got) break;
    if ('outcome' in got) {
      // Behind its last page, a site leads back to the first.
      if (got.outcome.name === 'duplicate') break;
      missing.push({ url, outcome: got.outcome });
      continue;
    }
    const { verdict } = got.draft;
    if (!verdict.isArticle && NO_PAGE.has(verdict.reason)) {
      repeated.push(got);
      missing.push({ url, outcome: { name: 'not-article', reason: verdict.reason } });
      continue;
    }
    if (!isSameArticle(first.draft, got.draft, keyOf)) {
      others.push(got);
      break;
    }
    if (bringsNothing([first.draft, ...further.map(({ page }) => page.draft)], got.draft)) {
      repeated.push(got);
      break;
    }
    further.push({ page: got, isWhole: false });
    note(got);
  }
  return turned;
}

/** What the record says of its further pages. */
export function captureOf(
  capture: Capture,
  { further, missing }: Pick<Turned<{ readonly capture: Capture }>, 'further' | 'missing'>,
): Capture {
  const parts = further.map(({ page, isWhole }): CapturedPart => {
    const { finalUrl, fetchedAt, bytes, payloadDigest, warc } = page.capture;
    return {
      ...{ url: finalUrl, fetchedAt, bytes, payloadDigest },
      ...(isWhole && { whole: true as const }),
      ...(warc && { warc }),
    };
  });
  const lost = missing.map(({ url, outcome: { name, reason } }) => ({ url, outcome: name, reason }));
  return {
    ...capture,
    ...(parts.length > 0 && { parts }),
    ...(lost.length > 0 && { missingParts: lost }),
  };
}
