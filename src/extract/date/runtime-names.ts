/**
 * What the runtime's locale data says of a language's dates. In: a BCP 47 tag. Out: folded words. The first format that
 * a process asks for takes some 10 ms, and each more of them up to 3: `locale-names.ts` has what most pages need.
 */
import { foldPhrase, foldWord, shapeOf } from './fold-words.js';
import type { FieldOrder, LocaleNames, OtherMonth, Past, PastPhrase } from './lexicon.js';

/** Where a language has other names of the months than in most of its countries. */
const OTHER_COUNTRIES: Readonly<Record<string, readonly string[]>> = {
  ar: ['ar-SY', 'ar-DZ', 'ar-MA'],
  de: ['de-AT'],
  sr: ['sr-Latn'],
  uz: ['uz-Cyrl'],
};

/** Other words for the day before than the runtime has. */
const YESTERDAY: Readonly<Record<string, string>> = { uk: 'вчора', el: 'χτες' };

/** Undefined where the tag is none that the runtime knows. */
export function runtimeNames(tag: string): LocaleNames | undefined {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag);
    if (Intl.DateTimeFormat.supportedLocalesOf([tag]).length === 0) return undefined;
  } catch {
    return undefined;
  }
  const base = locale.baseName;
  const months = monthsOf(base);
  // Peru's own data says "setiembre", its papers write "septiembre" too.
  const common = locale.script === undefined ? locale.language : `${locale.language}-${locale.script}`;
  for (const other of [...(common === base ? [] : [common]), ...(OTHER_COUNTRIES[locale.language] ?? [])])
    for (const [word, month] of monthsOf(other)) if (!months.has(word)) months.set(word, month);
  const weekdays = new Set<string>();
  for (const weekday of ['long', 'short'] as const) {
    const format = formatter(base, { weekday });
    for (let day = 1; day <= 7; day++) weekdays.add(foldWord(format.format(Date.UTC(2023, 0, day))));
  }
  return {
    locale: base,
    months,
    weekdays,
    joints: jointsOf(base),
    halves: halvesOf(base),
    order: orderOf(base),
    calendars: calendarsOf(locale),
    conjunction: conjunctionOf(base),
  };
}

function conjunctionOf(locale: string): string {
  const parts = new Intl.ListFormat(locale, { type: 'conjunction' }).formatToParts(['A', 'B']);
  return parts.find(({ type }) => type === 'literal')?.value.trim() ?? '';
}

function monthsOf(base: string): Map<string, number> {
  const months = new Map<string, number>();
  for (const options of [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' },
    { month: 'long', day: 'numeric', year: 'numeric' },
  ] as const) {
    const format = formatter(base, { ...options, calendar: 'gregory', numberingSystem: 'latn' });
    for (let month = 1; month <= 12; month++) {
      const parts = format.formatToParts(Date.UTC(2023, month - 1, 10));
      const at = parts.findIndex(({ type }) => type === 'month');
      const word = foldWord(parts[at]?.value ?? '');
      // "11月", "tháng 11": numbers, which the reader of numbers takes.
      if (word === '' || /\d/.test(word)) continue;
      addMonth(months, word, month);
      // Hebrew writes its "in" with the month as one word.
      const joined = /\p{L}+$/u.exec(parts[at - 1]?.value ?? '')?.[0];
      if (joined !== undefined) addMonth(months, foldWord(joined) + word, month);
      // Basque its "of": "urtarrilaren".
      const ending = /^\p{L}+/u.exec(parts[at + 1]?.value ?? '')?.[0];
      if (ending !== undefined) addMonth(months, word + foldWord(ending), month);
    }
  }
  return months;
}

/** "de", "gada", "(e)ko", "оны": what stands between the numbers and names of a date. */
function jointsOf(base: string): Set<string> {
  const joints = new Set<string>();
  for (const month of ['long', 'short'] as const) {
    const format = formatter(base, { year: 'numeric', month, day: 'numeric', calendar: 'gregory' });
    for (const { type, value } of format.formatToParts(Date.UTC(2023, 10, 23))) {
      if (type === 'literal') for (const word of value.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []) joints.add(foldWord(word));
    }
  }
  return joints;
}

/** Two months that share an abbreviation have none. */
function addMonth(months: Map<string, number>, word: string, month: number): void {
  const known = months.get(word);
  if (known === undefined) months.set(word, month);
  else if (known !== month) months.set(word, 0);
}

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
}

function halvesOf(locale: string): Map<string, boolean> {
  const halves = new Map<string, boolean>([
    ['am', false],
    ['pm', true],
  ]);
  const add = (format: Intl.DateTimeFormat, hour: number) => {
    const part = format.formatToParts(Date.UTC(2023, 0, 10, hour)).find(({ type }) => type === 'dayPeriod');
    const word = foldWord(part?.value ?? '');
    if (word === '') return;
    // A word for hours on both sides of noon ("at night") tells nothing.
    if (halves.has(word) && halves.get(word) !== hour >= 12) unclear.add(word);
    else halves.set(word, hour >= 12);
  };
  const unclear = new Set<string>();
  const plain = formatter(locale, { hour: 'numeric', hour12: true });
  for (const hour of [3, 9, 15, 21]) add(plain, hour);
  // "오후", "下午", "de la tarde": the finer words for parts of the day.
  const fine = formatter(locale, { hour: 'numeric', hour12: true, dayPeriod: 'short' });
  for (let hour = 1; hour < 24; hour += 2) add(fine, hour);
  for (const word of unclear) halves.delete(word);
  return halves;
}

function orderOf(locale: string): FieldOrder {
  const format = formatter(locale, { year: 'numeric', month: 'numeric', day: 'numeric', calendar: 'gregory' });
  const order = format
    .formatToParts(Date.UTC(2023, 10, 23))
    .filter(({ type }) => type === 'day' || type === 'month' || type === 'year')
    .map(({ type }) => type[0])
    .join('');
  return order === 'mdy' || order === 'ymd' || order === 'ydm' ? order : 'dmy';
}

function calendarsOf(locale: Intl.Locale): string[] {
  // A getter in Node 20, a method from Node 24 on.
  const full = locale.maximize() as Intl.Locale & {
    readonly calendars?: string[];
    getCalendars?(): string[] | undefined;
  };
  return (full.getCalendars?.() ?? full.calendars ?? []).filter((name) => name !== 'gregory');
}

/** Twenty-nine days apart, so that no month of a lunar year is passed over. */
const SAMPLES = Array.from({ length: 14 }, (_, i) => Date.UTC(2020, 2, 25) + i * 29 * 86_400_000);

/** Months of calendars in use beside the Gregorian, unless they have the name of a Gregorian one. */
export function otherMonthsOf(
  locale: string,
  calendars: readonly string[],
  gregorian: ReadonlyMap<string, number>,
): Map<string, OtherMonth> {
  const months = new Map<string, OtherMonth>();
  if (calendars.length === 0) return months;
  // Persian writes "month" behind the name, often as one word: آذرماه.
  const ending = foldWord(new Intl.DisplayNames(locale, { type: 'dateTimeField' }).of('month') ?? '');
  for (const calendar of calendars) {
    const named = formatter(locale, { calendar, month: 'long', day: 'numeric' });
    const numbered = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, { timeZone: 'UTC', month: 'numeric' });
    for (const sample of SAMPLES) {
      const word = foldWord(named.formatToParts(sample).find(({ type }) => type === 'month')?.value ?? '');
      const month = Number.parseInt(
        numbered.formatToParts(sample).find(({ type }) => type === 'month')?.value ?? '',
        10,
      );
      if (word !== '' && !/\p{Nd}/u.test(word) && month > 0 && !gregorian.has(word) && !months.has(word)) {
        months.set(word, { calendar, month });
        months.set(word + ending, { calendar, month });
      }
    }
  }
  return months;
}

/** One day in each era that a living calendar has had since the web began. */
const ERA_SAMPLES = [Date.UTC(1995, 5, 15), Date.UTC(2021, 5, 15)];

export function erasOf(locale: string, calendars: readonly string[]): Map<string, number> {
  const eras = new Map<string, number>();
  for (const calendar of calendars) {
    for (const era of ['long', 'short', 'narrow'] as const) {
      const format = formatter(locale, { calendar, era, year: 'numeric', numberingSystem: 'latn' });
      for (const sample of ERA_SAMPLES) {
        const parts = format.formatToParts(sample);
        const word = foldWord(parts.find(({ type }) => type === 'era')?.value ?? '');
        const year = Number.parseInt(parts.find(({ type }) => type === 'year')?.value ?? '', 10);
        if (word !== '' && year > 0) eras.set(word, new Date(sample).getUTCFullYear() - year);
      }
    }
  }
  return eras;
}

const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const;

export function pastOf(locale: string): Map<string, PastPhrase[]> {
  const past = new Map<string, Past>();
  for (const style of ['long', 'short', 'narrow'] as const) {
    const counted = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style });
    for (const unit of UNITS) {
      // One number of each plural form that languages tell apart.
      for (const value of [1, 2, 3, 5, 7, 11, 21]) {
        const phrase = counted
          .formatToParts(-value, unit)
          .map((part) => (part.type === 'literal' ? part.value : '#'))
          .join('');
        const folded = foldPhrase(phrase);
        // Arabic and Hebrew have a word for one and for two: phrases without a number.
        if (!past.has(folded)) past.set(folded, folded.includes('#') ? { unit } : { unit, value });
      }
    }
    const named = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style });
    for (const value of [0, 1, 2]) {
      const folded = foldPhrase(named.format(-value, 'day').replace(/\p{Nd}+/gu, '#'));
      if (!folded.includes('#') && !past.has(folded)) past.set(folded, { unit: 'day', value });
    }
  }
  const yesterday = YESTERDAY[locale.slice(0, 2)];
  if (yesterday !== undefined) past.set(foldPhrase(yesterday), { unit: 'day', value: 1 });
  const byWord = new Map<string, PastPhrase[]>();
  for (const [rank, [words, time]] of [...past].entries()) {
    const shape = shapeOf(words);
    const word = shape
      .trim()
      .split(' ')
      .reduce((longest, each) => (each.length > longest.length ? each : longest));
    const phrase = { ...time, shape, isShort: words.length < 6, rank };
    byWord.set(word, [...(byWord.get(word) ?? []), phrase]);
  }
  return byWord;
}
