/**
 * The time of the day beside a date. In: the tokens of a text and where in them the date stands. Out: the time, with its
 * offset where the text has one, and the last token that it takes.
 */
import { foldWord } from './fold-words.js';
import type { Lexicon } from './lexicon.js';
import { offsetOf } from './machine.js';
import type { Moment } from './moment.js';
import { UPDATED_TEXT } from './places.js';
import type { Token } from './text-tokens.js';

type Time = Pick<Moment, 'hour' | 'minute' | 'second' | 'offset'>;

interface Clock {
  readonly time: Time;
  /** Its last token. */
  readonly last: number;
  /** Where it stands, if it is of a later change on that day: "3 June 2024. Updated at 20:10". */
  readonly changedAt?: number;
}

/** A time that begins within a few tokens behind the date: ", 18:49", " at 6.49 pm", "T18:49", " - 18h49", " 18時49分". */
export function clockAfter(tokens: readonly Token[], last: number, text: string, lexicon: Lexicon): Clock | undefined {
  for (let at = last + 1; at <= last + 5 && at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'number') {
      const clock = readClock(tokens, at, text, lexicon);
      const isOfChange = clock !== undefined && UPDATED_TEXT.test(text.slice(tokens[last]!.end, token.start));
      return isOfChange ? { ...clock, changedAt: token.start } : clock;
    }
    if (token.kind === 'word' && token.text.length > 12 && !lexicon.weekdays.has(foldWord(token.text)))
      return undefined;
  }
  return undefined;
}

/** "18:49, 23 November 2017". */
export function clockBefore(tokens: readonly Token[], i: number, text: string, lexicon: Lexicon): Clock | undefined {
  for (let at = Math.max(0, i - 8); at < i; at++) {
    if (tokens[at]!.kind !== 'number') continue;
    const clock = readClock(tokens, at, text, lexicon);
    if (clock && clock.last < i && i - clock.last <= 4) return { time: clock.time, last: 0 };
  }
  return undefined;
}

function readClock(tokens: readonly Token[], at: number, text: string, lexicon: Lexicon): Clock | undefined {
  const hours = tokens[at]!;
  if (hours.text.length > 2 || hours.value > 24) return undefined;
  // "du. 2:07" and "ප.ව. 2.07": the abbreviation's own point stands between.
  const half = halfAt(tokens[tokens[at - 1]?.text === '.' ? at - 2 : at - 1], lexicon);
  const minutes = tokens[at + 2];
  const mark = tokens[at + 1];
  let last = at;
  let minute = 0;
  let second = 0;
  const joined = mark && minutes?.kind === 'number' && minutes.text.length === 2 && minutes.value < 60;
  // "– 06.04.2017": a second date, no time.
  const isDate = mark?.text === '.' && tokens[at + 3]?.text === '.' && tokens[at + 4]?.kind === 'number';
  const isClock =
    joined && !isDate && (mark.text === ':' || mark.text === '.' || /^(?:h|u|時|时|시|点|點)$/i.test(mark.text));
  if (isClock) {
    minute = minutes.value;
    last = at + 2;
    const seconds = tokens[at + 4];
    if (
      tokens[at + 3]?.text === mark.text &&
      mark.text === ':' &&
      seconds?.kind === 'number' &&
      seconds.text.length === 2 &&
      seconds.value < 60
    ) {
      second = seconds.value;
      last = at + 4;
    }
    if (/^[分분]$/.test(tokens[last + 1]?.text ?? '')) last++;
  } else if (mark && /^(?:h|時|时|시|点|點|uhr)$/i.test(mark.text) && hours.value < 24) {
    last = at + 1;
  } else if (half === undefined && halfAt(mark, lexicon) === undefined) {
    return undefined;
  }
  const behind = halfAt(tokens[last + 1], lexicon) ?? halfAt(joinedHalf(tokens, last), lexicon);
  if (behind !== undefined) last++;
  // "10:00–11:30", "10:00 - 11:30": hours of an event.
  if (isClock && /^\s?[-–—]\s?\d{1,2}[:.]\d{2}(?!\d)/.test(text.slice(tokens[last]!.end, tokens[last]!.end + 10)))
    return undefined;
  const late = behind ?? half;
  let hour = hours.value;
  if (late !== undefined && hour <= 12) hour = (hour % 12) + (late ? 12 : 0);
  if (hour > 23) return undefined;
  const offset = zoneAfter(text.slice(tokens[last]!.end, tokens[last]!.end + 40));
  return { time: { hour, minute, second, ...(offset !== undefined && { offset }) }, last };
}

/** "p.m." comes as the word "p" or "p.m". */
function joinedHalf(tokens: readonly Token[], last: number): Token | undefined {
  const token = tokens[last + 1];
  if (token?.kind !== 'word' || tokens[last + 2]?.text !== '.' || !/^m/i.test(tokens[last + 3]?.text ?? ''))
    return undefined;
  return { ...token, text: `${token.text}m` };
}

function halfAt(token: Token | undefined, lexicon: Lexicon): boolean | undefined {
  return token?.kind === 'word' ? lexicon.halves.get(foldWord(token.text)) : undefined;
}

/**
 * Names of zones that mean one offset: those of RFC 5322 (4.3), and of the tz database those that no two places share.
 * "IST", "BST" and the like are left alone.
 */
const ZONES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['-08:00', 'PST AKDT'],
      ['-07:00', 'PDT MST'],
      ['-06:00', 'MDT CST'],
      ['-05:00', 'CDT EST'],
      ['-04:00', 'EDT'],
      ['-03:00', 'ADT'],
      ['-03:30', 'NST'],
      ['-02:30', 'NDT'],
      ['-09:00', 'AKST'],
      ['-10:00', 'HST'],
      ['Z', 'WET'],
      ['+01:00', 'CET WEST WAT'],
      ['+02:00', 'CEST EET CAT SAST'],
      ['+03:00', 'EEST MSK EAT'],
      ['+05:00', 'PKT'],
      ['+07:00', 'WIB'],
      ['+08:00', 'WITA AWST HKT'],
      ['+09:00', 'WIT JST KST'],
      ['+09:30', 'ACST'],
      ['+10:00', 'AEST'],
      ['+10:30', 'ACDT'],
      ['+11:00', 'AEDT'],
      ['+12:00', 'NZST'],
      ['+13:00', 'NZDT'],
    ] as const
  ).flatMap(([offset, names]) => names.split(' ').map((name) => [name, offset] as const)),
);

/** "UTC+3", "+0300", "GMT", "CET" behind a time; names of zones that several places share are left alone. */
function zoneAfter(text: string): string | undefined {
  const name = /^[\s.)(m]{0,4}([A-Z]{3,4})(?![\p{L}\d+])/u.exec(text)?.[1];
  const zone = name === undefined ? undefined : ZONES.get(name);
  if (zone !== undefined) return zone;
  const found = /^[\s.)(m]{0,4}((?:UTC|GMT)\b.{0,8}|[+\u2212-]\d{2}:?\d{2})/i.exec(text);
  return found
    ? (offsetOf(found[1]!.trim()) ?? (/^(?:UTC|GMT)(?![+\-\u2212\s\d])/i.test(found[1]!) ? 'Z' : undefined))
    : undefined;
}
