/**
 * When the article was published and changed. In: the witnesses and where the article stands. Out: the two dates with
 * the offset the site meant, and all candidates. Never: a header's clock, a comment's date, the day of an update for
 * the day of publication where the page tells them apart.
 */
import type { Source, Verdict } from '../candidate.js';
import type { Witnesses } from '../witnesses.js';
import { collectDates, type DateCandidate } from './collect.js';
import { isoOf } from './moment.js';
import type { ArticlePlace } from './place.js';
import type { Role } from './places.js';
import { confidenceIn, type DayGroup, groupDays, rankDays } from './rank.js';
import { settleMoment } from './settle.js';
import { countryOf, countryOffset, withOffset } from './zone.js';

export interface DateVerdict extends Verdict {
  /** Whether the offset is what clocks of the site's country show, for want of a machine-readable date that agrees. */
  readonly byCountry: boolean;
}

export interface DateVerdicts {
  readonly published?: DateVerdict;
  readonly modified?: DateVerdict;
  /** UTC offsets of dates that are not in UTC, each with its month, `11 +03:00`: what the site's clock shows. */
  readonly offsets: readonly string[];
}

export function readDateFields(witnesses: Witnesses, place: ArticlePlace): DateVerdicts {
  const candidates = collectDates(witnesses, place);
  const country = countryOf(witnesses.input.url);
  const published = elect(candidates, 'published', country);
  const changed = elect(candidates, 'modified', country, published?.value.slice(0, 10));
  const last = changed && published ? laterOnTheDay(changed, published, candidates) : changed;
  const modified = last && published && isBefore(last.value, published.value) ? undefined : last;
  const offsets = new Set<string>();
  for (const { value, kind } of candidates) {
    if (kind !== 'shown' && kind !== 'text') addOffset(offsets, isoOf(value));
  }
  // A local time that is shown beside an instant in UTC tells it as well.
  for (const date of [published, modified]) if (date && !date.byCountry) addOffset(offsets, date.value);
  return {
    ...(published && { published }),
    ...(modified && { modified }),
    offsets: [...offsets].sort(),
  };
}

/** UTC is what systems write wherever they stand, as `Z` and as `+00:00`. */
function addOffset(offsets: Set<string>, date: string): void {
  const [, month, offset] = /^\d{4}-(\d\d)-\d\dT.*([+-]\d\d:\d\d)$/.exec(date) ?? [];
  if (offset !== undefined && offset !== '+00:00') offsets.add(`${month} ${offset}`);
}

const DAY_MS = 86_400_000;

/** Content systems leave when a draft was last changed; a day's grace where the two may be of clocks of several zones. */
function isBefore(modified: string, published: string): boolean {
  return TIMED.test(modified) && TIMED.test(published) && ZONED.test(modified) === ZONED.test(published)
    ? Date.parse(modified) < Date.parse(published)
    : Date.parse(modified.slice(0, 10)) < Date.parse(published.slice(0, 10)) - DAY_MS;
}

const TIMED = /T/;
const ZONED = /(?:Z|[+-]\d\d:\d\d)$/;

/** Zones differ by quarters of an hour, up to these. */
const QUARTER_SECONDS = 900;
const MAX_ZONE_SECONDS = 14 * 3600;

/** An update's day that is taken for the day of publication, as the page shows no other, is believed this much. */
const UPDATE_ALONE = 0.4;

/** `known`: the day of publication. */
function elect(
  all: readonly DateCandidate[],
  role: Role,
  country: string | undefined,
  known?: string,
): DateVerdict | undefined {
  const days = groupDays(all, role);
  const ranked = rankDays(days);
  const verdict = (best: (typeof ranked)[number]): DateVerdict => {
    const isUpdate = best.group.members.every((candidate) => candidate.role !== role);
    return verdictOf(best.group, confidenceIn(best) * (isUpdate ? UPDATE_ALONE : 1), all, days, country);
  };
  const best = ranked[0] && verdict(ranked[0]);
  if (!best || known === undefined || ranked[0]!.group.day !== known) return best;
  // That it was changed on the day when it was published says less than a later day that machines are told.
  const later = ranked.find(
    ({ group }) => group.day > known && group.members.some((date) => date.role === role && isStated(date)),
  );
  const told = later && verdict(later);
  return told && !isSameTime(best.value, told.value) ? told : best;
}

/** That it was last changed when it was published says less than a later time that machines are told. */
function laterOnTheDay(
  changed: DateVerdict,
  published: DateVerdict,
  candidates: readonly DateCandidate[],
): DateVerdict {
  const first = Date.parse(published.value);
  if (Number.isNaN(first) || Date.parse(changed.value) !== first || !published.value.includes('T')) return changed;
  for (const candidate of candidates) {
    const { value, role, from, weight } = candidate;
    if (role !== 'modified' || !isStated(candidate) || value.offset === undefined || value.hour === undefined) continue;
    const told = isoOf(settleMoment([candidate], candidates));
    if (Date.parse(told) > first && !isSameTime(told, published.value))
      return { ...changed, value: told, from, confidence: Math.round(weight * 100) / 100 };
  }
  return changed;
}

/** The same time on clocks of two zones, whichever of them it is said to be. */
function isSameTime(a: string, b: string): boolean {
  const seconds = Math.abs(Date.parse(a) - Date.parse(b)) / 1000;
  return seconds <= MAX_ZONE_SECONDS && seconds % QUARTER_SECONDS === 0;
}

const STATED: ReadonlySet<Source> = new Set(['json-ld', 'script', 'opengraph', 'meta']);
const isStated = ({ from }: DateCandidate): boolean => STATED.has(from);

function verdictOf(
  { members }: DayGroup,
  confidence: number,
  all: readonly DateCandidate[],
  days: readonly DayGroup[],
  country: string | undefined,
): DateVerdict {
  const settled = settleMoment(members, all);
  const isLocal = settled.hour !== undefined && settled.offset === undefined;
  const offset = isLocal && country !== undefined ? countryOffset(country, settled) : undefined;
  const moment = withOffset(settled, offset);
  const strongest = members.reduce((a, b) => (b.weight > a.weight ? b : a));
  return {
    value: isoOf(moment),
    byCountry: offset !== undefined,
    from: strongest.from,
    confidence: Math.round(Math.min(0.99, confidence) * 100) / 100,
    candidates: () =>
      days
        .flatMap((group) => group.members)
        .sort((a, b) => b.weight - a.weight)
        .map(({ value, from, where, weight }) => ({
          value: isoOf(value),
          from,
          where,
          weight: Math.round(weight * 100) / 100,
        })),
  };
}
