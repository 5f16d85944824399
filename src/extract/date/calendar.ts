/**
 * Dates of other calendars as Gregorian ones. In: a year, month and day and the name of a calendar that the runtime
 * knows. Out: the Gregorian date, found by asking the runtime which day it is there. Never: a table of its own.
 */
import { isReal, type Moment } from './moment.js';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

export function fromCalendar(calendar: string, year: number, month: number, day: number): Moment | undefined {
  const here = readIn(calendar, Date.UTC(2020, 5, 15));
  if (!here) return undefined;
  // Years of any calendar are about 365 days, months about 30: guess, look, and correct by what is missing.
  let epoch =
    Date.UTC(2020, 5, 15) + ((year - here.year) * 365.2425 + (month - here.month) * 30.4 + day - here.day) * DAY_MS;
  for (let i = 0; i < 40; i++) {
    const now = readIn(calendar, epoch);
    if (!now) return undefined;
    const missing = (year - now.year) * 365.2425 + (month - now.month) * 30.44 + (day - now.day);
    if (missing === 0) break;
    // By a day at least: from a month's last day to the next one's first, less than one seems to be missing.
    epoch += (Math.trunc(missing) || Math.sign(missing)) * DAY_MS;
  }
  const found = readIn(calendar, epoch);
  if (found?.year !== year || found.month !== month || found.day !== day) return undefined;
  const date = new Date(epoch);
  const moment = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  return isReal(moment) ? moment : undefined;
}

function readIn(calendar: string, epoch: number): { year: number; month: number; day: number } | undefined {
  if (!formats.has(calendar)) {
    try {
      const locale = `en-u-ca-${calendar}-nu-latn`;
      const options = { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' } as const;
      formats.set(calendar, new Intl.DateTimeFormat(locale, options));
    } catch {
      formats.set(calendar, undefined);
    }
  }
  const format = formats.get(calendar);
  if (!format || !Number.isFinite(epoch)) return undefined;
  let year = Number.NaN;
  let month = Number.NaN;
  let day = Number.NaN;
  for (const { type, value } of format.formatToParts(epoch)) {
    if (type === 'year') year = Number(value);
    // Chinese-style calendars give the related Gregorian year beside a name.
    else if ((type as string) === 'relatedYear') year = Number(value);
    else if (type === 'month') month = Number(value);
    else if (type === 'day') day = Number(value);
  }
  return Number.isNaN(year + month + day) ? undefined : { year, month, day };
}
