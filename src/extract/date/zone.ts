/**
 * What time zone a page's clock runs in, as far as its address tells. In: a host's country. Out: a UTC offset at a
 * given local time. Countries, zones and their summer times come from the runtime's data; a country whose zones differ
 * at that time has none. Never: UTC for want of better knowledge.
 */
import { zoneOffset } from '../../clock.js';
import { epochOf, type Moment } from './moment.js';

/** Country codes that are sold to anybody as a word (.io, .tv, …): they say nothing of where a page comes from. */
const SOLD_TO_ANYBODY = new Set(
  'ac ag ai am bz cc cd cm co cx dj fm gg gl gs im io la li lc ly me ms mu nf nu pn pw sc sh so st su tk tm to tv vc vg vu ws'.split(
    ' ',
  ),
);

/** Asked last: rooms ask for the same page's one after the other. */
let askedUrl: string | undefined;
let askedCountry: string | undefined;

/** The ISO 3166 country of a page's own top-level domain. */
export function countryOf(url: string): string | undefined {
  if (url !== askedUrl) {
    askedCountry = readCountry(url);
    askedUrl = url;
  }
  return askedCountry;
}

function readCountry(url: string): string | undefined {
  let host: string;
  try {
    host = new URL(url).hostname;
  } catch {
    return undefined;
  }
  const label = host.slice(host.lastIndexOf('.') + 1);
  if (label.length !== 2 || !/^[a-z]{2}$/.test(label) || SOLD_TO_ANYBODY.has(label)) return undefined;
  if (label === 'uk') return 'GB';
  return label === 'eu' ? undefined : label.toUpperCase();
}

const zonesByCountry = new Map<string, readonly string[]>();

/** IANA zones of a country, from the runtime's locale data. */
function zonesOf(country: string): readonly string[] {
  let zones = zonesByCountry.get(country);
  if (!zones) {
    try {
      // A getter in Node 20, a method from Node 24 on.
      const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
        readonly timeZones?: string[];
        getTimeZones?(): string[] | undefined;
      };
      zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
    } catch {
      zones = [];
    }
    zonesByCountry.set(country, zones);
  }
  return zones;
}

/** Offsets found, by country and quarter of an hour, at whose ends alone clocks change; null: they differ. Emptied when it is full. */
const offsets = new Map<string, string | null>();
const MAX_OFFSETS = 5000;
const QUARTER_MS = 15 * 60_000;

/** The offset that all clocks of a country show at a local time; undefined where they differ. */
export function countryOffset(country: string, local: Moment): string | undefined {
  const localMs = epochOf({ ...local, offset: 'Z' });
  const key = `${country} ${Math.floor(localMs / QUARTER_MS)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= MAX_OFFSETS) offsets.clear();
    offset = commonOffset(country, localMs) ?? null;
    offsets.set(key, offset);
  }
  return offset ?? undefined;
}

function commonOffset(country: string, localMs: number): string | undefined {
  let common: string | undefined;
  for (const zone of zonesOf(country)) {
    const offset = zoneOffset(zone, localMs);
    if (offset === undefined || (common !== undefined && offset !== common)) return undefined;
    common = offset;
  }
  return common;
}

/** A local time with its offset, as ISO; one that has an offset, or no time, stays as it is. */
export function withOffset(local: Moment, offset: string | undefined): Moment {
  return local.hour === undefined || local.offset !== undefined || offset === undefined ? local : { ...local, offset };
}
