/**
 * When a known page is looked at again: young articles are edited, old ones hardly ever. Pure; times are milliseconds
 * since the epoch.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Up to this age of an article, look again after this long. */
const SCHEDULE: readonly { readonly ageMs: number; readonly afterMs: number }[] = [
  { ageMs: DAY_MS, afterMs: HOUR_MS },
  { ageMs: 7 * DAY_MS, afterMs: DAY_MS },
  { ageMs: 30 * DAY_MS, afterMs: 7 * DAY_MS },
  { ageMs: Number.POSITIVE_INFINITY, afterMs: 30 * DAY_MS },
];

/** What only leads on (feeds, sitemaps, front pages, sections) is asked for in every run, conditionally. */
export const EVERY_RUN_MS = 0;

/** For an article last seen now. Without a date it counts as new: its age is not known. */
export function nextVisitMs(nowMs: number, datePublished?: string, dateModified?: string): number {
  const dates = [datePublished, dateModified]
    .map((date) => (date ? Date.parse(date) : Number.NaN))
    .filter(Number.isFinite);
  const ageMs = dates.length > 0 ? Math.max(0, nowMs - Math.max(...dates)) : 0;
  return nowMs + SCHEDULE.find((step) => ageMs <= step.ageMs)!.afterMs;
}

/** What a page that is no article was good for when it was last read. */
export interface ListingVisit {
  readonly isSeed: boolean;
  readonly depth: number;
  /** Leads that nobody had named before. */
  readonly fresh: number;
  /** A further page of a listing, or an archive page of days that are over: new articles stand elsewhere first. */
  readonly isPast: boolean;
  /** Whether the site's few listings that are looked at in every run include this one. */
  readonly isFavoured: boolean;
}

/** For a page that only leads on. Seeds and what has just brought something new are asked for in every run. */
export function nextListingVisitMs(nowMs: number, { isSeed, depth, fresh, isPast, isFavoured }: ListingVisit): number {
  if (isSeed || isFavoured || (fresh > 0 && !isPast)) return EVERY_RUN_MS;
  if (isPast) return nowMs + 30 * DAY_MS;
  // Somewhat less than a day, so that a nightly run is not one night late.
  return nowMs + (depth <= 1 ? DAY_MS / 2 : 3 * DAY_MS);
}
