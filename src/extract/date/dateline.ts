/**
 * Place, date and agency that wire stories begin with: "MINSK, 23 November (BelTA) – …". In: the body's first
 * paragraph. Out: the three as they stand there. Never: changes the paragraph.
 */
import { readDates } from './read.js';

export interface Dateline {
  readonly place?: string;
  readonly date?: string;
  readonly agency?: string;
}

/** Dash, colon or full stop that ends a dateline, not far into the paragraph. */
const END = /\s*(?:\s[-–—―]{1,2}\s|[–—―]\s?|\s?-{2}\s?|:\s|\.\s[-–—]\s?|\/\s?[-–—]?\s)/u;
const MAX_LENGTH = 110;
const ADDRESS_BEHIND = /,\s?[\p{L}\d-]{2,40}\.[\p{L}.]{2,12}$/u;
const AGENCY = /^\p{Lu}[\p{L}\p{N}.&/' -]{1,40}$/u;

export function readDateline(paragraph: string, languages: readonly string[]): Dateline | undefined {
  const head = paragraph.slice(0, MAX_LENGTH + 10);
  const end = END.exec(head);
  if (!end || end.index > MAX_LENGTH || end.index < 3) return undefined;
  let text = head.slice(0, end.index).trim();
  let agency: string | undefined;
  const bracket = /^(.*?)[,.]?\s*[(（[]([^)）\]]{2,40})[)）\]]\s*$/u.exec(text);
  if (bracket) {
    const inside = bracket[2]!.split(/\s*[,;]\s*/).find((part) => AGENCY.test(part) && !/\p{Nd}/u.test(part));
    if (inside === undefined && !/\p{Nd}/u.test(bracket[2]!)) return undefined;
    agency = inside;
    text = inside === undefined ? `${bracket[1]}, ${bracket[2]}` : bracket[1]!.trim();
  }
  // "Minsk, Nov 23 /BelTA/" and "BERLIN, 3. Mai, dpa".
  const slashed = /^(.*?)[,.]?\s*\/\s*([^/]{2,30})\s*\/?$/u.exec(text);
  if (agency === undefined && slashed && AGENCY.test(slashed[2]!)) {
    agency = slashed[2]!;
    text = slashed[1]!.trim();
  }
  const assumed = { languages, latestYear: 2100, assumedYear: 2000 };
  const date = readDates(text, assumed)[0];
  let place = (date ? text.slice(0, date.start) : text).replace(/[\s,.;:–—-]+$/u, '').trim();
  const dateText = date ? dateWords(text, date.start, date.end) : undefined;
  if (agency === undefined && date) {
    const after = text.slice(date.end).replace(/^[\s,.]+/, '');
    if (AGENCY.test(after) && after.split(' ').length <= 3) agency = after;
  }
  // "JAKARTA, COURIER.EXAMPLE": behind it the site may say its address.
  place = place.replace(ADDRESS_BEHIND, '');
  const comma = place.lastIndexOf(',');
  if (agency === undefined && date === undefined && comma > 0) return isCapitals(place) ? { place } : undefined;
  // Weekday names before the date belong to neither.
  if (date && comma > 0 && !isPlace(place.slice(comma + 1).trim())) place = place.slice(0, comma);
  const placed = isPlace(place);
  if (!placed && place !== '') return undefined;
  // A place alone is a dateline only in capitals and before a dash: prose has dashes too, and "EXCLUSIVE:" is no place.
  if (agency === undefined && date === undefined && !(placed && isCapitals(place) && !end[0].startsWith(':')))
    return undefined;
  if (!placed && date === undefined) return undefined;
  return {
    ...(placed && { place }),
    ...(dateText !== undefined && { date: dateText }),
    ...(agency !== undefined && { agency }),
  };
}

const dateWords = (text: string, start: number, end: number): string => text.slice(start, end).replace(/[\s,.]+$/u, '');

const isCapitals = (text: string): boolean => /\p{Lu}/u.test(text) && text === text.toUpperCase() && text.length <= 40;

/** Up to five words, each with a capital (or of a script without). */
function isPlace(text: string): boolean {
  if (text === '' || text.length > 50 || /\p{Nd}|[?!"“”«»]/u.test(text)) return false;
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length > 6) return false;
  const cased = words.filter((word) => /[\p{Lu}\p{Ll}]/u.test(word));
  return cased.length === 0 ? text.length <= 10 : cased.every((word) => /^[\p{Lu}(]/u.test(word) || word.length <= 3);
}
