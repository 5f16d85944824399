import { offsetMinutes, offsetText } from '../../clock.js';

/** A date as a page gives it, from a bare month to an instant, and its ISO form. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  /** Absent: the month alone is known. */
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** `Z` or `+03:00`. Absent: a local time. */
  readonly offset?: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2017-11-23T18:49:00+03:00`, `2017-11-23T18:49:00`, `2017-11-23` or `2017-11`. */
export function isoOf(moment: Moment): string {
  const { year, month, day, hour, minute, second, offset } = moment;
  let text = `${String(year).padStart(4, '0')}-${two(month)}`;
  if (day === undefined) return text;
  text += `-${two(day)}`;
  if (hour === undefined) return text;
  return `${text}T${two(hour)}:${two(minute ?? 0)}:${two(second ?? 0)}${offset ?? ''}`;
}

export function dayOf(moment: Moment): string {
  return isoOf(moment).slice(0, 10);
}

/** Whether the numbers are a date of the calendar and a time of the day. */
export function isReal({ year, month, day, hour, minute, second }: Moment): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12)) return false;
  if (day !== undefined && !(day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate())) return false;
  return (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 61;
}

/** Milliseconds since 1970; a local time counts as UTC, a bare day as its noon. */
export function epochOf(moment: Moment): number {
  const { year, month, day, hour, minute, second, offset } = moment;
  const utc = Date.UTC(year, month - 1, day ?? 15, hour ?? 12, minute ?? 0, Math.min(59, second ?? 0));
  return utc - offsetMinutes(offset) * 60_000;
}

/** The same instant on a clock with another offset; a moment without offset or time stays as it is. */
export function atOffset(moment: Moment, minutes: number): Moment {
  if (moment.offset === undefined || moment.hour === undefined) return moment;
  const shifted = new Date(epochOf(moment) + minutes * 60_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    offset: offsetText(minutes),
  };
}
