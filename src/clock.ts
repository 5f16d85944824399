/**
 * UTC offsets as text and as minutes, and what clocks of a time zone show. Zones and their summer times come from the
 * runtime's data. Never: a zone for want of better knowledge.
 */

const two = (value: number): string => String(value).padStart(2, '0');

/** `+03:00` → 180; `Z` and nothing → 0. */
export function offsetMinutes(offset: string | undefined): number {
  if (offset === undefined || offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** 180 → `+03:00`. */
export function offsetText(minutes: number): string {
  const size = Math.abs(Math.round(minutes));
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets found, by zone and quarter of an hour, at whose ends alone clocks change; emptied when it is full. */
const found = new Map<string, number>();
const MAX_FOUND = 10_000;
const QUARTER_MS = 15 * 60_000;

/**
 * The offset of an IANA zone at a local time, given as the milliseconds since 1970 that the same clock would show in
 * UTC; the hour that summer time repeats is taken as its first. Undefined for a zone that the runtime does not know.
 */
export function zoneOffset(zone: string, localMs: number): string | undefined {
  // A guess a day off at most, then the offset at the instant that the guess gives.
  const guess = minutesAt(zone, localMs);
  if (guess === undefined) return undefined;
  const better = minutesAt(zone, localMs - guess * 60_000);
  return better === undefined ? undefined : offsetText(better);
}

function minutesAt(zone: string, epochMs: number): number | undefined {
  const key = `${zone} ${Math.floor(epochMs / QUARTER_MS)}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  try {
    if (!format) {
      format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
      formats.set(zone, format);
    }
    const name = format.formatToParts(epochMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const minutes = offsetMinutes(name.slice(3) || 'Z');
    if (found.size >= MAX_FOUND) found.clear();
    found.set(key, minutes);
    return minutes;
  } catch {
    return undefined;
  }
}
