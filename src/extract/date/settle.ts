/**
 * The winning day at its most exact, with the offset that the site meant. In: the candidates of that day and all
 * others. Out: one moment, local where no machine-readable date tells its offset. Never: UTC for want of a better offset.
 */
import { offsetMinutes, offsetText } from '../../clock.js';
import type { DateCandidate } from './collect.js';
import { atOffset, epochOf, type Moment } from './moment.js';

/** A time that a witness this much weaker than the day's best adds to the day may be anything's. */
const TRUSTED_SHARE = 0.45;

export function settleMoment(members: readonly DateCandidate[], all: readonly DateCandidate[]): Moment {
  const ranked = [...members].sort((a, b) => exactness(b.value) - exactness(a.value) || b.weight - a.weight);
  // A feed that tells the day alone says nothing against a time that the page shows.
  const strongest = Math.max(...members.map(({ weight, from }) => (from === 'feed' ? 0 : weight)));
  const best = (ranked.find(({ weight }) => weight >= strongest * TRUSTED_SHARE) ?? ranked[0]!).value;
  if (best.hour === undefined) return best;
  if (best.offset === undefined) {
    for (const { value } of all) {
      const offset = offsetBetween(best, value);
      if (offset !== undefined) return { ...best, offset };
    }
    return best;
  }
  return best.offset === 'Z' ? localized(best, all) : best;
}

/** A shown local time that differs from an instant in UTC by exactly an offset tells what the site's clock is. */
function localized(instant: Moment, all: readonly DateCandidate[]): Moment {
  for (const { value, kind } of all) {
    if (kind !== 'shown' && kind !== 'text' && kind !== 'meta') continue;
    if (value.hour === undefined || (kind === 'meta' && value.offset !== undefined)) continue;
    const minutes = minutesOf(value) + offsetMinutes(value.offset) - minutesOf(instant);
    // Twelve hours apart is rather a lost "pm".
    if (minutes !== 0 && minutes % 30 === 0 && minutes > -720 && minutes <= 840 && minutes !== 720) {
      return atOffset(instant, minutes);
    }
  }
  return instant;
}

/** Whole minutes since 1970. */
const minutesOf = (moment: Moment): number => Math.floor(epochOf(moment) / 60_000);

function exactness({ hour, minute, offset }: Moment): number {
  if (hour === undefined) return 0;
  // Midnight sharp is what content systems write where they know the day alone.
  if (hour === 0 && minute === 0) return offset === undefined ? 0.5 : 1.5;
  return offset === undefined ? 1 : 2;
}

/** The offset under which an instant is this local time, where it is one. */
function offsetBetween(local: Moment, instant: Moment): string | undefined {
  if (instant.offset === undefined || instant.hour === undefined) return undefined;
  const minutes = minutesOf(local) + offsetMinutes(local.offset) - minutesOf(instant);
  if (minutes % 15 !== 0 || minutes < -720 || minutes > 840) return undefined;
  if (instant.offset !== 'Z') return minutes === offsetMinutes(instant.offset) ? instant.offset : undefined;
  // A time with a false "Z" looks the same as a clock that runs in UTC: what the site says stands.
  return minutes === 0 ? 'Z' : offsetText(minutes);
}
