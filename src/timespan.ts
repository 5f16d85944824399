/**
 * Which days a URL or a date speaks of: `sitemap-2017-11.xml`, `/2017/11/23/`, `2017-11`. In: text. Out: first and last
 * day, as ISO days that compare as text. Never: guesses where the numbers are no plausible date.
 */

/** Inclusive, `YYYY-MM-DD`. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

const FIRST_YEAR = 1990;
const MONTHS = new Map(
  'jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october|nov november|dec december'
    .split('|')
    .flatMap((names, month) => names.split(' ').map((name) => [name, month + 1] as const)),
);

/** `2017/11/23`, `2017-11`, `2017_11`, `2017/nov/23`; not inside a longer number. */
const PARTED = /(?<![\d.])((?:19|20)\d\d)([/_-])(?:(1[0-2]|0?[1-9])|([a-z]{3,9}))(?:\2(3[01]|[12]\d|0?[1-9]))?(?!\d)/gi;
/** `20171123`, `201711`: only between separators. */
const COMPACT = /(?<=^|[/_.=-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?(?=$|[/_.&-])/g;
/** `/2017/`, `-2017.xml`, `year=2017`. */
const YEAR = /(?<=[/_=-])((?:19|20)\d\d)(?=$|[/_.&-])/g;
const NAMED =
  /[?&](?:yyyy|yy|year|jahr|annee|ano|anno)=((?:19|20)\d\d)&(?:mm|month|monat|mois|mes|mese)=(1[0-2]|0?[1-9])(?:&(?:dd|day|tag|jour|dia|giorno)=(3[01]|[12]\d|0?[1-9]))?(?=&|$)/i;

/** The days that an archive's, sitemap's or article's URL names; the most exact one where it names several. */
export function spanOfUrl(url: string): Span | undefined {
  const start = url.indexOf('/', 8);
  if (start < 0) return undefined;
  const path = url.slice(start, start + 2000);
  const spans: Span[] = [];
  const add = (span: Span | undefined) => span && spans.push(span);
  const named = NAMED.exec(path);
  if (named) add(spanOf(Number(named[1]), Number(named[2]), named[3] ? Number(named[3]) : undefined));
  for (const match of path.matchAll(PARTED)) {
    const month = match[3] ? Number(match[3]) : MONTHS.get(match[4]!.toLowerCase());
    if (month) add(spanOf(Number(match[1]), month, match[5] ? Number(match[5]) : undefined));
  }
  for (const match of path.matchAll(COMPACT))
    add(spanOf(Number(match[1]), Number(match[2]), match[3] ? Number(match[3]) : undefined));
  if (spans.length === 0) for (const match of path.matchAll(YEAR)) add(spanOf(Number(match[1])));
  return spans.sort((a, b) => days(a) - days(b))[0];
}

/** A date that is a part of the path: `/2017/11/23/`, `/2017/nov/23`, `/2017-11-23/`, `/20171123/`, `/2017/11/`. */
const IN_PATH =
  /\/((?:19|20)\d\d)(?:[/-](?:(1[0-2]|0?[1-9])|([a-z]{3,9}))(?:[/-](3[01]|[12]\d|0?[1-9]))?|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?=\/|$)/i;
const YEAR_AT_END = /\/((?:19|20)\d\d)\/?$/;

/** The days that a page's URL names. Only dates that are whole segments: a slug may tell of any year. */
export function spanOfPage(url: string): Span | undefined {
  const start = url.indexOf('/', 8);
  if (start < 0) return undefined;
  const path = url.slice(start, start + 2000).split('?', 1)[0]!;
  const match = IN_PATH.exec(path);
  if (match) {
    const month = match[5] ?? match[2] ?? MONTHS.get(match[3]!.toLowerCase());
    const day = match[6] ?? match[4];
    if (month !== undefined) return spanOf(Number(match[1]), Number(month), day ? Number(day) : undefined);
  }
  const year = YEAR_AT_END.exec(path);
  return year ? spanOf(Number(year[1])) : undefined;
}

/** The days that an ISO date stands for: `2017`, `2017-11`, a day, or the day of an instant where it was written. */
export function spanOfDate(date: string): Span | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|T)/.exec(date);
  if (!match) return undefined;
  return spanOf(Number(match[1]), match[2] ? Number(match[2]) : undefined, match[3] ? Number(match[3]) : undefined, 0);
}

/** Whether no day, or no instant, is both on or after `since` and on or before `until`. */
export function isEmptyRange(since: string, until: string): boolean {
  if (since.includes('T') && until.includes('T')) return Date.parse(since) > Date.parse(until);
  const [first, last] = [spanOfDate(since)?.from, spanOfDate(until)?.to];
  return first !== undefined && last !== undefined && first > last;
}

function spanOf(year: number, month?: number, day?: number, firstYear = FIRST_YEAR): Span | undefined {
  if (year < firstYear || (firstYear > 0 && year > new Date().getUTCFullYear() + 1)) return undefined;
  if (month === undefined) return { from: iso(year, 1, 1), to: iso(year, 12, 31) };
  if (month < 1 || month > 12) return undefined;
  const last = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const lastDay = month === 2 ? (new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1 ? 29 : 28) : last;
  if (day === undefined) return { from: iso(year, month, 1), to: iso(year, month, lastDay) };
  return day >= 1 && day <= lastDay ? { from: iso(year, month, day), to: iso(year, month, day) } : undefined;
}

const iso = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const days = (span: Span): number => (Date.parse(span.to) - Date.parse(span.from)) / 86_400_000;

/** The day so many days later (or, below zero, earlier). */
export function shiftDay(day: string, by: number): string {
  const shifted = new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000);
  return Number.isNaN(shifted.getTime()) ? day : shifted.toISOString().slice(0, 10);
}
