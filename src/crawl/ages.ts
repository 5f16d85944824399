/**
 * How old the articles are that each page of a listing names: listings go back in time, so that behind a page of articles
 * that are all too old nothing is wanted any more. In: articles with the page that named them. Out: why a further page is
 * not asked for. Never: judges where one article was not too old, or had no date.
 */
import { pageOf } from '../discover/url-words.js';
import type { Lead } from '../lead.js';
import { RecentMap } from '../recent-map.js';

/** So many articles of a page, all of them too old: a box of old favourites is shorter, or stands beside new ones. */
export const MIN_TOO_OLD = 3;
/** Pages of listings that are remembered; those met first are most likely done. */
const MAX_PAGES = 20_000;

export class Ages {
  readonly #pages = new RecentMap<string, { old: number; others: number }>(MAX_PAGES);
  /** Listing → the lowest number of a page that was too old. */
  readonly #oldFrom = new RecentMap<string, number>(MAX_PAGES);

  note({ foundOn }: Pick<Lead, 'foundOn'>, isTooOld: boolean): void {
    if (foundOn === undefined) return;
    const counts = this.#pages.get(foundOn) ?? { old: 0, others: 0 };
    if (isTooOld) counts.old++;
    else counts.others++;
    this.#pages.set(foundOn, counts);
    const page = pageOf(foundOn);
    if (page && this.#isTooOld(foundOn))
      this.#oldFrom.set(page.listing, Math.min(page.number, this.#oldFrom.get(page.listing) ?? page.number));
  }

  /** Whether the lead goes on with a listing behind the days that are wanted. */
  isBehind({ url, source, foundOn }: Pick<Lead, 'url' | 'source' | 'foundOn'>): boolean {
    const page = pageOf(url);
    if (source !== 'pagination' && !page) return false;
    if (page && page.number > (this.#oldFrom.get(page.listing) ?? Number.POSITIVE_INFINITY)) return true;
    return source === 'pagination' && foundOn !== undefined && this.#isTooOld(foundOn);
  }

  #isTooOld(url: string): boolean {
    const counts = this.#pages.get(url);
    return counts !== undefined && counts.others === 0 && counts.old >= MIN_TOO_OLD;
  }
}
