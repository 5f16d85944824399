/**
 * Times told from now: "3 hours ago", "вчера, 18:49". In: a short visible text, its languages, and when the page was
 * fetched. Out: the moment meant, as exact as the words are. Never: anything without a fetch time.
 */
import { codeAt } from '../page/code-at.js';
import { hashStep, NO_HASH } from '../page/source-names.js';
import { withLatinDigits } from './digits.js';
import { foldPhrase, shapeOf } from './fold-words.js';
import { type Lexicon, lexiconOf, type Past, type PastPhrase } from './lexicon.js';
import type { Moment } from './moment.js';

const MAX_LENGTH = 80;
const UNIT_MS: Readonly<Record<Past['unit'], number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
};

/** `offset` is that of the site's clock, for what day "yesterday" was there. */
export function readRelative(
  text: string,
  languages: readonly string[],
  fetchedAt: number,
  offset: number,
): Moment | undefined {
  if (text.length > MAX_LENGTH || text === '') return undefined;
  const latin = withLatinDigits(text);
  const clock = latin.includes(':') ? /(\d{1,2}):(\d{2})(?!\d)/.exec(latin) : null;
  const told = clock ? latin.replace(clock[0], ' ') : latin;
  if (!mayBePast(told, languages)) return undefined;
  const { shape, number } = phraseOf(told);
  const words = shape.trim().split(' ');
  for (const tag of languages) {
    const past = phraseIn(shape, words, lexiconOf(tag)?.past);
    if (!past) continue;
    const then = new Date(fetchedAt + offset * 60_000 - (past.value ?? number) * UNIT_MS[past.unit]);
    const day = { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() };
    if (clock) return { ...day, hour: Number(clock[1]), minute: Number(clock[2]), second: 0 };
    return day;
  }
  return undefined;
}

/** Whether a word of a text may be one that phrases are found by: most texts have none. */
function mayBePast(text: string, languages: readonly string[]): boolean {
  const known = languages.map((tag) => lexiconOf(tag)?.pastHashes);
  let hash = NO_HASH;
  let isInWord = false;
  let isInNumber = false;
  const { length } = text;
  for (let i = 0; i <= length; i++) {
    const code = i < length ? codeAt(text, i) : 32;
    if (code > 127) return true;
    if (code === 46) continue;
    const isDigit = code >= 48 && code <= 57;
    if (isDigit || code === 35 || ((code | 32) >= 97 && (code | 32) <= 122)) {
      // A number is one sign there.
      if (!(isDigit && isInNumber)) hash = hashStep(hash, isDigit ? 35 : code);
      isInWord = true;
      isInNumber = isDigit;
      continue;
    }
    if (isInWord) for (const hashes of known) if (hashes?.has(hash)) return true;
    hash = NO_HASH;
    isInWord = false;
    isInNumber = false;
  }
  return false;
}

/** A text's shape, as phrases have theirs, and its first number. */
function phraseOf(text: string): { shape: string; number: number } {
  if (/[^\0-\x7f]/.test(text)) {
    const phrase = foldPhrase(text);
    return { shape: shapeOf(phrase.replace(/\d+/g, '#')), number: Number(/\d{1,3}/.exec(phrase)?.[0] ?? 1) };
  }
  let shape = '';
  let digits = '';
  // 0: between words, 1: in a word, 2: in a number, 3: in the first number.
  let state = 0;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code === 46) continue;
    const isDigit = code >= 48 && code <= 57;
    if (!isDigit && code !== 35 && !((code | 32) >= 97 && (code | 32) <= 122)) {
      state = 0;
      continue;
    }
    if (state === 0) shape += ' ';
    if (!isDigit) {
      shape += text[i]!;
      state = 1;
    } else if (state < 2) {
      shape += '#';
      state = digits === '' ? 3 : 2;
    }
    if (state === 3 && digits.length < 3) digits += text[i]!;
  }
  return { shape: shape === '' ? '  ' : `${shape.toLowerCase()} `, number: digits === '' ? 1 : Number(digits) };
}

function phraseIn(shape: string, words: readonly string[], past: Lexicon['past'] | undefined): PastPhrase | undefined {
  let first: PastPhrase | undefined;
  for (const word of words) {
    for (const phrase of past?.get(word) ?? []) {
      const { shape: exact, isShort, rank } = phrase;
      const matches = isShort ? shape === exact : shape.length <= exact.length + 20 && shape.includes(exact);
      if (matches && (!first || rank < first.rank)) first = phrase;
    }
  }
  return first;
}
