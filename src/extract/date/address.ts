/** Dates in addresses: /2017/11/23/, /2017-11-23-, /20171123. In: a URL. Out: a day, or a month alone. */
import { isReal, type Moment } from './moment.js';

const DAY =
  /(?:^|[/_.\-=])((?:19|20)\d{2})([/_.-]?)(0[1-9]|1[0-2]|[1-9](?=[/_.-]))\2(0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]|$))(?!\d)/g;
/** In each of them. */
const YEAR = /(?:19|20)\d\d/;
const DAY_LAST = /[/_-](0[1-9]|[12]\d|3[01])([._-])(0[1-9]|1[0-2])\2((?:19|20)\d{2})(?!\d)/;
/** /2017/11/171123-headline: the month again before the day. */
const SHORT = /\/((?:19|20)\d{2})\/(0[1-9]|1[0-2])\/(?:\d{2})?(\d{2})\2(0[1-9]|[12]\d|3[01])(?!\d)/;
const MONTH = /\/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])(?:\/|$)/;

export function readAddressDate(url: string, latestYear: number): Moment | undefined {
  let path: string;
  try {
    const { pathname, search } = new URL(url);
    path = pathname + search;
  } catch {
    return undefined;
  }
  if (!YEAR.test(path)) return undefined;
  const dates = [...path.slice(0, 2000).matchAll(DAY)].map((m) => [m[1], m[3], m[4]]);
  const last = DAY_LAST.exec(path.slice(0, 2000));
  if (last) dates.push([last[4], last[3], last[1]]);
  const short = SHORT.exec(path.slice(0, 2000));
  if (short) dates.push([short[1], short[2], short[4]]);
  for (const [year, month, day] of dates) {
    const moment = { year: Number(year), month: Number(month), day: Number(day) };
    if (isReal(moment) && moment.year >= 1995 && moment.year <= latestYear) return moment;
  }
  const found = MONTH.exec(path.slice(0, 2000));
  if (!found) return undefined;
  const moment = { year: Number(found[1]), month: Number(found[2]) };
  return moment.year >= 1995 && moment.year <= latestYear ? moment : undefined;
}
