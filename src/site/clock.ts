/**
 * What offset the site's clock has at a local time. In: the profile. Out: an offset, where what its pages told leaves
 * no doubt. A person's pinned zone wins.
 */
import { zoneOffset } from '../clock.js';
import type { SiteProfile } from './profile.js';

const LOCAL = /^(\d{4}-(\d{2})-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;
/** Months in which no clock in the world is changed: what is seen in one of them holds in the others. */
const SEASONS: readonly (readonly string[])[] = [
  ['12', '01', '02'],
  ['05', '06', '07', '08'],
];
/** Share of what was seen that must agree: a page may quote a date from elsewhere. */
const AGREED = 0.9;

/** Undefined for what is no local time, and where the pages disagree. */
export function siteOffset({ pinned, offsets }: SiteProfile, local: string): string | undefined {
  const [, , month] = LOCAL.exec(local) ?? [];
  if (month === undefined) return undefined;
  if (pinned.timeZone !== undefined) {
    const { timeZone } = pinned;
    return /^(?:Z|[+-]\d{2}:\d{2})$/.test(timeZone) ? timeZone : zoneOffset(timeZone, Date.parse(`${local}Z`));
  }
  const season = SEASONS.find((months) => months.includes(month)) ?? [month];
  const bySeason = agreed(offsets, (seen) => season.includes(seen));
  if (bySeason !== undefined) return bySeason;
  // A clock that shows the same in winter and in summer shows it all the year.
  const [winter, summer] = SEASONS.map((months) => agreed(offsets, (seen) => months.includes(seen)));
  return winter === summer && !Object.keys(offsets).some((key) => key.startsWith(month)) ? winter : undefined;
}

function agreed(offsets: Readonly<Record<string, number>>, isMonth: (month: string) => boolean): string | undefined {
  const counts = new Map<string, number>();
  let all = 0;
  for (const [key, count] of Object.entries(offsets)) {
    const [month, offset] = key.split(' ') as [string, string];
    if (!isMonth(month)) continue;
    counts.set(offset, (counts.get(offset) ?? 0) + count);
    all += count;
  }
  for (const [offset, count] of counts) if (count >= all * AGREED) return offset;
  return undefined;
}

export function withOffset(local: string, offset: string): string {
  return LOCAL.test(local) ? `${local}${offset}` : local;
}
