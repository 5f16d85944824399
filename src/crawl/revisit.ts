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
