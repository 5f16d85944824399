/**
 * Dates as machines write them: ISO 8601 and its near misses, RFC 2822, what JavaScript prints, seconds since 1970.
 * In: an attribute or a JSON value. Out: the moment as given, undefined where it is none of these. Never: a guess at
 * the order of day and month.
 */
import { isReal, type Moment } from './moment.js';

const ISO =
  /^\s*(\d{4})(?:-|\/|\.)(\d{1,2})(?:(?:-|\/|\.)(\d{1,2}))?(?:(?:T|t|\s|,)\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{1,2})(?:[.,:]\d{1,9})?)?\s*(.{0,40}))?\s*$/;
const COMPACT = /^\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?\s*(.{0,12}))?\s*$/;
const ENGLISH_DAY_FIRST =
  /^\s*(?:[A-Za-z]{3,9}[,.]?\s+)?(\d{1,2})[\s-]([A-Za-z]{3})[a-z]*[\s,-]+(\d{4})(?:[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(.{0,60}))?\s*$/;
const ENGLISH_MONTH_FIRST =
  /^\s*(?:[A-Za-z]{3,9}[,.]?\s+)?([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(.{0,60}))?\s*$/;
/** `Tue Nov 24 02:15:00 UTC 2026`, as Unix and Java print it. */
const UNIX = /^\s*[A-Za-z]{3}\s+([A-Za-z]{3})\s+(\d{1,2})\s+(\d{2}):(\d{2}):(\d{2})\s+([A-Z]{2,5})\s+(\d{4})\s*$/;
/** RFC 2822 and JavaScript write English months in every country. */
const ENGLISH_MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

export function readMachineDate(text: string): Moment | undefined {
  if (text.length > 100) return undefined;
  let found = ISO.exec(text) ?? COMPACT.exec(text);
  if (found) return build(found[1], Number(found[2]), found[3], found[4], found[5], found[6], found[7]);
  found = ENGLISH_DAY_FIRST.exec(text);
  if (found) return build(found[3], monthOf(found[2]!), found[1], found[4], found[5], found[6], found[7]);
  found = ENGLISH_MONTH_FIRST.exec(text);
  if (found) return build(found[3], monthOf(found[1]!), found[2], found[4], found[5], found[6], found[7]);
  found = UNIX.exec(text);
  if (found) return build(found[7], monthOf(found[1]!), found[2], found[3], found[4], found[5], found[6]);
  if (/^\s*\d{10}(?:\d{3})?(?:\.0+)?\s*$/.test(text)) return fromEpoch(Number.parseInt(text.trim(), 10));
  return undefined;
}

function monthOf(name: string): number {
  const at = ENGLISH_MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  return at >= 0 && at % 3 === 0 ? at / 3 + 1 : 0;
}

function fromEpoch(value: number): Moment | undefined {
  const date = new Date(value > 1e11 ? value : value * 1000);
  // Ten digits are also phone numbers and ids: only the time of the web counts.
  if (date.getUTCFullYear() < 1995 || date.getUTCFullYear() > 2100) return undefined;
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    offset: 'Z',
  };
}

function build(
  year: string | undefined,
  month: number,
  day: string | undefined,
  hour?: string,
  minute?: string,
  second?: string,
  rest?: string,
): Moment | undefined {
  const trail = rest?.trim() ?? '';
  let hours = hour === undefined ? undefined : Number(hour);
  const half = /^([ap])\.?m\b/i.exec(trail)?.[1]?.toLowerCase();
  if (hours !== undefined && half !== undefined && hours <= 12) hours = (hours % 12) + (half === 'p' ? 12 : 0);
  const offset =
    hours === undefined ? undefined : offsetOf(half === undefined ? trail : trail.replace(/^[ap]\.?m\.?/i, '').trim());
  const moment: Moment = {
    year: Number(year),
    month,
    ...(day !== undefined && { day: Number(day) }),
    ...(hours !== undefined &&
      day !== undefined && { hour: hours, minute: Number(minute), second: Number(second ?? 0) }),
    ...(offset !== undefined && { offset }),
  };
  return isReal(moment) ? moment : undefined;
}

/** The offset at the start of what follows a time, as `Z` or `+03:00`; undefined: none, or none that is sure. */
export function offsetOf(text: string): string | undefined {
  if (/^(?:Z|UTC|GMT)\s*(?:$|\()/i.test(text)) return 'Z';
  const found = /^(?:UTC|GMT)?\s*([+\-\u2212])\s*(\d{1,2}):?(\d{2})?(?!\d)/i.exec(text);
  if (!found) return undefined;
  const hours = Number(found[2]);
  const minutes = Number(found[3] ?? 0);
  if (hours > 14 || minutes > 59) return undefined;
  const sign = found[1] === '+' ? '+' : '-';
  return `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
