/**
 * Dates as people read them. In: a short visible text and the languages it may be in. Out: every date in it, with its
 * time where one stands beside it. Never: a date without a year, unless asked; a number that only looks like one.
 */
import { codeAt } from '../page/code-at.js';
import { fromCalendar } from './calendar.js';
import { hasDigit } from './digits.js';
import { foldWord } from './fold-words.js';
import { type FieldOrder, type Lexicon, lexiconOf } from './lexicon.js';
import { isReal, type Moment } from './moment.js';
import { type Token, tokenize } from './text-tokens.js';
import { clockAfter, clockBefore } from './times.js';

export interface FoundDate {
  readonly moment: Moment;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
  /** Whether day and month could be the other way round. */
  readonly ambiguous: boolean;
}

/** Longer texts are prose, and their dates are what they tell of. */
const MAX_LENGTH = 1000;
const EARLIEST_YEAR = 1980;
/** Words remembered of a language. */
const MAX_SEEN = 2000;

export interface ReadOptions {
  /** Most likely first. */
  readonly languages: readonly string[];
  /** Years after it are no dates of an article. */
  readonly latestYear: number;
  /** Also dates without a year, which then get this one. */
  readonly assumedYear?: number;
}

export function readDates(text: string, options: ReadOptions): FoundDate[] {
  if (options.assumedYear === undefined ? !mayHaveDate(text) : text.length > MAX_LENGTH || !hasDigit(text)) return [];
  // The first year of a Japanese era is written with a word.
  const tokens = tokenize(separated(text.includes('元') ? text.replace(/元(?=年)/g, '1') : text));
  const found: FoundDate[] = [];
  for (const tag of options.languages) {
    const lexicon = lexiconOf(tag);
    if (!lexicon) continue;
    scan(tokens, text, lexicon, options, found);
    if (found.length > 0) break;
  }
  return found;
}

/** Words for day, month and year that are written as one with what they are of, in languages that part no words. */
const GLUED = /ទី(?=\p{Nd})|ខែ|ឆ្នាំ|เดือน|ເດືອນ/gu;
const separated = (text: string): string =>
  /[ខទឆเເ]/.test(text) ? text.replace(GLUED, (word) => ' '.repeat(word.length)) : text;

/** Whether there may be a date with its year in a text: most have none. */
export const mayHaveDate = (text: string): boolean => text.length <= MAX_LENGTH && hasTwoNumbers(text);

/** A date with a year has at least two. */
function hasTwoNumbers(text: string): boolean {
  let numbers = 0;
  let inside = false;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    // Digits of other scripts begin here.
    if (code >= 0x660) return /\p{Nd}\P{Nd}+\p{Nd}/u.test(text);
    const isDigit = code >= 48 && code <= 57;
    if (isDigit && !inside && ++numbers > 1) return true;
    inside = isDigit;
  }
  return false;
}

/** Collects the dates of one language; moves on behind each. */
function scan(
  tokens: readonly Token[],
  text: string,
  lexicon: Lexicon,
  options: ReadOptions,
  found: FoundDate[],
): void {
  const isNamed = namesMonth(tokens, lexicon);
  for (let i = 0; i < tokens.length; i++) {
    if (!isNamed && tokens[i]!.kind !== 'number') continue;
    const date =
      (isNamed ? named(tokens, i, lexicon, options) : undefined) ?? numeric(tokens, i, text, lexicon, options);
    if (!date) continue;
    const clock = clockAfter(tokens, date.last, text, lexicon) ?? clockBefore(tokens, i, text, lexicon);
    const moment = clock ? { ...date.moment, ...clock.time } : date.moment;
    const last = Math.max(date.last, clock?.last ?? 0);
    if (isReal(moment)) {
      const { ambiguous } = date;
      const { start } = tokens[i]!;
      const { end } = tokens[last]!;
      if (clock?.changedAt === undefined) found.push({ moment, start, end, ambiguous });
      else {
        found.push({ moment: date.moment, start, end: tokens[date.last]!.end, ambiguous });
        found.push({ moment, start: clock.changedAt, end, ambiguous });
      }
      if (found.length >= 20) return;
    }
    i = last;
  }
}

/** Most texts name no month: then only their numbers can be a date. */
function namesMonth(tokens: readonly Token[], lexicon: Lexicon): boolean {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind !== 'word') continue;
    if (monthAt(tokens, i, lexicon) !== 0) return true;
    if (lexicon.calendars.length > 0 && lexicon.otherMonths.has(foldWord(token.text))) return true;
  }
  return false;
}

interface Read {
  readonly moment: Moment;
  readonly last: number;
  readonly ambiguous: boolean;
}

function monthAt(tokens: readonly Token[], i: number, lexicon: Lexicon): number {
  const token = tokens[i];
  if (token?.kind !== 'word') return 0;
  const { text } = token;
  if (!lexicon.mayBeMonth(text)) return 0;
  if (lexicon.monthStarts.size > 0) {
    const end = longMonthEnd(tokens, i, lexicon);
    if (end > i) return lexicon.months.get(nameOf(tokens, i, end)) ?? 0;
  }
  let month = lexicon.seen.get(text);
  if (month === undefined) {
    month = monthOf(text, lexicon);
    if (lexicon.seen.size >= MAX_SEEN) lexicon.seen.clear();
    lexicon.seen.set(` ${text}`.slice(1), month);
  }
  return month;
}

/** Words of the longest name of a month. */
const MAX_MONTH_WORDS = 3;

/** Where a month's name of several words that begins here ends. */
function longMonthEnd(tokens: readonly Token[], i: number, lexicon: Lexicon): number {
  let name = foldWord(tokens[i]!.text);
  let end = i;
  if (!lexicon.monthStarts.has(name)) return end;
  for (let at = i + 1; at < i + MAX_MONTH_WORDS && tokens[at]?.kind === 'word'; at++) {
    name += ` ${foldWord(tokens[at]!.text)}`;
    if (lexicon.months.has(name)) end = at;
  }
  return end;
}

function nameOf(tokens: readonly Token[], from: number, to: number): string {
  let name = foldWord(tokens[from]!.text);
  for (let at = from + 1; at <= to; at++) name += ` ${foldWord(tokens[at]!.text)}`;
  return name;
}

function monthOf(text: string, lexicon: Lexicon): number {
  const word = foldWord(text);
  const known = lexicon.months.get(word);
  if (known) return known;
  if (word.length < 3) return 0;
  // "Sept", "febr", inflected ends: a start that only one month has.
  let month = 0;
  for (const [name, value] of lexicon.months) {
    if (value === 0 || name.length < 4) continue;
    const stem = Math.min(word.length, name.length - (name.length > 5 ? 2 : 0));
    if (stem < 3 || word.length > name.length + 2 || word.slice(0, stem) !== name.slice(0, stem)) continue;
    if (word.length > stem && word.length < name.length - 2) continue;
    if (month !== 0 && month !== value) return 0;
    month = value;
  }
  return month;
}

/** Words and marks that stand inside a date: "23 de noviembre", "23rd", "den 23.", "November 23, 2017". */
function isJoint(tokens: readonly Token[], i: number, lexicon: Lexicon): boolean {
  const token = tokens[i];
  if (!token) return false;
  if (token.kind === 'mark') return /^[.,،॰׳/\-–—'’ºª°|()]$/.test(token.text);
  if (token.kind !== 'word') return false;
  const word = foldWord(token.text);
  if (lexicon.joints.has(word)) return true;
  return (
    !lexicon.otherMonths.has(word) &&
    (token.text.length <= 3 || lexicon.weekdays.has(word)) &&
    monthAt(tokens, i, lexicon) === 0
  );
}

/** The next token that is no joint, at most `reach` away; a month's name is passed over as a whole. */
function beyond(tokens: readonly Token[], from: number, reach: number, lexicon: Lexicon): number {
  const isLong = lexicon.monthStarts.size > 0 && tokens[from]?.kind === 'word';
  let at = (isLong ? longMonthEnd(tokens, from, lexicon) : from) + 1;
  while (reach-- > 0 && isJoint(tokens, at, lexicon)) at++;
  return at;
}

const isDay = (token: Token | undefined): boolean =>
  token?.kind === 'number' && token.text.length <= 2 && token.value >= 1 && token.value <= 31;

/** "10:27 AM, December 21, 2023": the 27 is of a time. */
function endsClock(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1];
  return before?.text === ':' && before.end === tokens[i]!.start && tokens[i - 2]?.kind === 'number';
}

/** "23 Nov 14:07": the 14 is no year. */
function beginsClock(tokens: readonly Token[], i: number): boolean {
  const [hour, mark, minute] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  return (
    hour?.kind === 'number' &&
    hour.text.length <= 2 &&
    mark?.text === ':' &&
    mark.start === hour.end &&
    minute?.kind === 'number'
  );
}

/** The token behind a month and its joints; a second name of the same month is one: "كانون الثاني/يناير". */
function behindMonth(tokens: readonly Token[], at: number, month: number, lexicon: Lexicon): number {
  const next = beyond(tokens, at, 3, lexicon);
  return monthAt(tokens, next, lexicon) === month ? beyond(tokens, next, 3, lexicon) : next;
}

/** A month by its name, with the day before or after it and the year. */
function named(tokens: readonly Token[], i: number, lexicon: Lexicon, options: ReadOptions): Read | undefined {
  const token = tokens[i]!;
  if (token.kind === 'mark') return undefined;
  if (isDay(token)) {
    if (endsClock(tokens, i)) return undefined;
    const at = beyond(tokens, i, 3, lexicon);
    const month = monthAt(tokens, at, lexicon);
    if (month === 0) return otherCalendar(tokens, i, at, beyond(tokens, at, 2, lexicon), lexicon, options);
    const yearAt = behindMonth(tokens, at, month, lexicon);
    const year = beginsClock(tokens, yearAt) ? undefined : yearOf(tokens[yearAt], lexicon, options, month, token.value);
    // "December 21, 2023" behind some other number: the day comes second here.
    const isDayNext =
      tokens[yearAt]?.text.length === 2 && tokens[beyond(tokens, yearAt, 2, lexicon)]?.text.length === 4;
    if (year && !isDayNext) return { moment: year, last: yearAt, ambiguous: false };
    return isDayNext ? undefined : withoutYear(month, token.value, at, options);
  }
  const month = monthAt(tokens, i, lexicon);
  if (month !== 0) {
    const dayAt = beyond(tokens, i, 2, lexicon);
    if (!isDay(tokens[dayAt])) return undefined;
    const day = tokens[dayAt]!.value;
    const yearAt = beyond(tokens, dayAt, 3, lexicon);
    const year = yearOf(tokens[yearAt], lexicon, options, month, day);
    if (year && tokens[yearAt]!.text.length === 4) return { moment: year, last: yearAt, ambiguous: false };
    return behindClock(tokens, yearAt, month, day, lexicon, options) ?? withoutYear(month, day, dayAt, options);
  }
  if (token.kind === 'word' && lexicon.otherMonths.has(foldWord(token.text))) {
    const dayAt = beyond(tokens, i, 2, lexicon);
    return isDay(tokens[dayAt])
      ? otherCalendar(tokens, dayAt, i, beyond(tokens, dayAt, 3, lexicon), lexicon, options)
      : undefined;
  }
  return token.kind === 'number' && token.text.length === 4 ? yearFirst(tokens, i, lexicon, options) : undefined;
}

/** "Tue Jan 4 09:34:11 2021", "Jan 4 09:34 2021", as C and Unix write it: the year comes behind the time. */
function behindClock(
  tokens: readonly Token[],
  at: number,
  month: number,
  day: number,
  lexicon: Lexicon,
  options: ReadOptions,
): Read | undefined {
  if (!beginsClock(tokens, at)) return undefined;
  const yearAt = tokens[at + 3]?.text === ':' ? at + 5 : at + 3;
  const moment = tokens[yearAt]?.text.length === 4 ? yearOf(tokens[yearAt], lexicon, options, month, day) : undefined;
  if (!moment) return undefined;
  const time = { hour: tokens[at]!.value, minute: tokens[at + 2]!.value, second: 0 };
  const timed = { ...moment, ...time };
  return { moment: isReal(timed) ? timed : moment, last: yearAt, ambiguous: false };
}

/** Marks and words between a year and what follows it: "2023(e)ko", "2023-ж.,". */
const BEHIND_YEAR = 4;

/** "2017. november 23.", "2023. gada 23. janvāris", "۱۴۰۱ بهمن ۳". */
function yearFirst(tokens: readonly Token[], i: number, lexicon: Lexicon, options: ReadOptions): Read | undefined {
  const at = beyond(tokens, i, BEHIND_YEAR, lexicon);
  const next = beyond(tokens, at, 3, lexicon);
  const month = monthAt(tokens, at, lexicon);
  if (month !== 0 && isDay(tokens[next])) {
    const moment = yearOf(tokens[i], lexicon, options, month, tokens[next]!.value);
    return moment && { moment, last: next, ambiguous: false };
  }
  if (isDay(tokens[at]) && at > i + 1) {
    const named = monthAt(tokens, next, lexicon);
    // "© 2017 – 23 November 2019": the year behind the month is the date's own.
    const isOther = named === 0 || tokens[behindMonth(tokens, next, named, lexicon)]?.text.length === 4;
    const moment = isOther ? undefined : yearOf(tokens[i], lexicon, options, named, tokens[at]!.value);
    return moment && { moment, last: next, ambiguous: false };
  }
  return isDay(tokens[next]) ? otherCalendar(tokens, next, at, i, lexicon, options) : undefined;
}

/** "۲ آذر ۱۳۹۶": a month of another calendar with its day and year. */
function otherCalendar(
  tokens: readonly Token[],
  dayAt: number,
  nameAt: number,
  yearAt: number,
  lexicon: Lexicon,
  options: ReadOptions,
): Read | undefined {
  const token = tokens[nameAt];
  const found = token?.kind === 'word' ? lexicon.otherMonths.get(foldWord(token.text)) : undefined;
  const year = tokens[yearAt];
  if (!found || year?.kind !== 'number') return undefined;
  const moment = fromCalendar(found.calendar, year.value, found.month, tokens[dayAt]!.value);
  if (!moment || moment.year < EARLIEST_YEAR || moment.year > options.latestYear) return undefined;
  return { moment, last: Math.max(dayAt, yearAt), ambiguous: false };
}

function withoutYear(month: number, day: number, last: number, options: ReadOptions): Read | undefined {
  if (options.assumedYear === undefined) return undefined;
  return { moment: { year: options.assumedYear, month, day }, last, ambiguous: true };
}

/** Three numbers: 23.11.2017, 11/23/17, 2017-11-23, 2017年11月23日, 23 tháng 11, 2017. */
function numeric(
  tokens: readonly Token[],
  i: number,
  text: string,
  lexicon: Lexicon,
  options: ReadOptions,
): Read | undefined {
  const first = tokens[i]!;
  if (first.kind !== 'number') return undefined;
  const before = tokens[i - 1];
  // The end of a longer chain: a version, a telephone number, a score.
  if (before && before.end === first.start && /[.\-/:+#$€£]/.test(before.text) && tokens[i - 2]?.kind === 'number')
    return undefined;
  const second = nextNumber(tokens, i, text);
  const third = second && nextNumber(tokens, second.at, text);
  if (!second) return undefined;
  if (/^[月월]$/u.test(second.between)) return withoutYearCjk(tokens, i, second.at, text, options);
  const behind = tokens[second.at]!;
  if (first.value <= 12 && WEEKDAY_CJK.test(text.slice(behind.end, behind.end + 4)))
    return withoutYear(first.value, behind.value, second.at, options);
  if (!third || second.between === ',') return undefined;
  const isCjk = /^[年년]$/u.test(second.between);
  if (isCjk !== /^[月월]$/u.test(third.between)) return undefined;
  // Vietnamese puts words between: "23 tháng 11, 2017".
  if (!isCjk && second.between !== third.between && !/^\p{L}/u.test(second.between)) return undefined;
  const after = tokens[third.at + 1];
  if (
    after &&
    after.start === tokens[third.at]!.end &&
    /[.\-/]/.test(after.text) &&
    tokens[third.at + 2]?.start === after.end &&
    tokens[third.at + 2]?.kind === 'number'
  ) {
    return undefined;
  }
  const numbers = [first, tokens[second.at]!, tokens[third.at]!];
  const isBeside = before?.kind === 'word' && before.end === first.start;
  const era = before?.kind === 'word' && (isCjk || isBeside) ? eraOf(before.text, lexicon) : undefined;
  if (era !== undefined) {
    const moment = { year: first.value + era, month: numbers[1]!.value, day: numbers[2]!.value };
    return isReal(moment) && moment.year <= options.latestYear
      ? { moment, last: third.at, ambiguous: false }
      : undefined;
  }
  return ordered(numbers, third.at, lexicon, options);
}

/** "12/13(水)", "12.13(수)": behind two numbers. */
const WEEKDAY_CJK = /^\s?[(（](?:[月火水木金土日]|[월화수목금토일])[)）・･]/u;

/** "11月23日" after which no year comes. */
function withoutYearCjk(
  tokens: readonly Token[],
  i: number,
  at: number,
  text: string,
  options: ReadOptions,
): Read | undefined {
  const [month, day] = [tokens[i]!, tokens[at]!];
  if (!/^\s*[日일号號]/u.test(text.slice(day.end, day.end + 3)) || month.value > 12) return undefined;
  return withoutYear(month.value, day.value, at, options);
}

function eraOf(text: string, lexicon: Lexicon): number | undefined {
  const word = foldWord(text);
  // "R5.11.23": a letter is an era where it stands alone.
  for (const [name, years] of lexicon.eras) if (name.length === 1 ? word === name : word.endsWith(name)) return years;
  return undefined;
}

function nextNumber(tokens: readonly Token[], i: number, text: string): { at: number; between: string } | undefined {
  const token = tokens[i]!;
  for (let at = i + 1; at <= i + 3 && at < tokens.length; at++) {
    if (tokens[at]!.kind !== 'number') continue;
    const between = text
      .slice(token.end, tokens[at]!.start)
      .replace(/\p{Cf}/gu, '')
      .trim();
    if (
      /^(?:[./\-–|]|年|月|년|월|(?![\p{Script=Han}\p{Script=Hangul}])\p{L}{1,6})$/u.test(between) ||
      /^[,،] ?\p{L}{1,4}$|^,$/u.test(between)
    )
      return { at, between };
    return undefined;
  }
  return undefined;
}

function ordered(numbers: readonly Token[], last: number, lexicon: Lexicon, options: ReadOptions): Read | undefined {
  const [a, b, c] = numbers as [Token, Token, Token];
  const attempt = (year: Token, month: Token, day: Token): Moment | undefined => {
    if (month.text.length > 2 || day.text.length > 2 || month.value > 12 || month.value < 1 || day.value > 31)
      return undefined;
    return yearOf(year, lexicon, options, month.value, day.value);
  };
  // Years of the Republic of China have three digits.
  if (a.text.length === 4 || (a.text.length === 3 && lexicon.calendars.includes('roc'))) {
    const moment = attempt(a, b, c) ?? attempt(a, c, b);
    return moment && { moment, last, ambiguous: false };
  }
  if (a.text.length > 2 || (c.text.length !== 4 && c.text.length !== 2)) return undefined;
  const orders: readonly FieldOrder[] =
    lexicon.order === 'mdy'
      ? ['mdy', 'dmy']
      : lexicon.order === 'ymd' && c.text.length === 2
        ? ['ymd', 'dmy', 'mdy']
        : ['dmy', 'mdy'];
  for (const order of orders) {
    const moment = order === 'mdy' ? attempt(c, a, b) : order === 'ymd' ? attempt(a, b, c) : attempt(c, b, a);
    if (moment) return { moment, last, ambiguous: a.value <= 12 && b.value <= 12 && a.value !== b.value };
  }
  return undefined;
}

/** Two digits of the Buddhist year 2538, 1995. */
const BUDDHIST_SHORT = 38;

function yearOf(
  token: Token | undefined,
  lexicon: Lexicon,
  options: ReadOptions,
  month: number,
  day: number,
): Moment | undefined {
  if (token?.kind !== 'number' || day < 1) return undefined;
  const { length } = token.text;
  let year = token.value;
  // Thai years of two digits: "66" is 2566, which is 2023; Gregorian ones end in less since the web began.
  if (length === 2 && year >= BUDDHIST_SHORT && lexicon.calendars.includes('buddhist')) year += 2500 - 543;
  else if (length === 2) year += year + 2000 <= options.latestYear ? 2000 : 1900;
  else if (length !== 4 && length !== 3) return undefined;
  if (length !== 3 && year >= EARLIEST_YEAR && year <= options.latestYear) {
    const moment = { year, month, day };
    return isReal(moment) ? moment : undefined;
  }
  if (length === 2) return undefined;
  for (const calendar of lexicon.calendars) {
    const moment = fromCalendar(calendar, year, month, day);
    if (moment && moment.year >= EARLIEST_YEAR && moment.year <= options.latestYear) return moment;
  }
  return undefined;
}
