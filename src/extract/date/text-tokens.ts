/**
 * A text as numbers, words and marks, as dates are read from. In: a short text. Out: its tokens, each with its place.
 */
import { codeAt, codeOrEnd } from '../page/code-at.js';
import { withLatinDigits } from './digits.js';

export interface Token {
  readonly kind: 'number' | 'word' | 'mark';
  readonly text: string;
  /** Of a number. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** Marks of direction stand between the numbers of Arabic dates, and joiners in words: both are not seen. */
const TOKEN =
  /\p{Nd}+|[\p{L}\p{M}][\p{L}\p{M}\u00ad\u200c\u200d]*(?:\.(?=[\p{L}]{1,2}\.?(?:\s|$))[\p{L}]+)*|[^\s\p{L}\p{M}\p{Nd}\p{Cf}]/gu;
const MAX_TOKENS = 400;

export function tokenize(text: string): Token[] {
  return /[^\0-\x7f]/.test(text) ? tokensOfAnyScript(text) : tokensOfAscii(text);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** What `TOKEN` finds, by hand. */
function tokensOfAscii(text: string): Token[] {
  const tokens: Token[] = [];
  const { length } = text;
  for (let start = 0; start < length && tokens.length < MAX_TOKENS; ) {
    const code = codeAt(text, start);
    if (isSpace(code)) {
      start++;
      continue;
    }
    let end = start + 1;
    let kind: Token['kind'] = 'mark';
    if (isDigit(code)) {
      kind = 'number';
      while (end < length && isDigit(codeAt(text, end))) end++;
    } else if (isLetter(code)) {
      kind = 'word';
      while (end < length && isLetter(codeAt(text, end))) end++;
      for (let more = abbreviationAt(text, end); more > end; more = abbreviationAt(text, end)) end = more;
    }
    const word = text.slice(start, end);
    tokens.push({
      kind,
      text: word,
      value: kind === 'number' && word.length <= 9 ? Number(word) : Number.NaN,
      start,
      end,
    });
    start = end;
  }
  return tokens;
}

/** The end of ".m" as in "p.m" and "p.m.", or the place itself. */
function abbreviationAt(text: string, at: number): number {
  if (codeOrEnd(text, at) !== 46 || !isLetter(codeOrEnd(text, at + 1))) return at;
  const end = isLetter(codeOrEnd(text, at + 2)) ? at + 3 : at + 2;
  const behind = codeOrEnd(text, end) === 46 ? end + 1 : end;
  return behind >= text.length || isSpace(codeAt(text, behind)) ? end : at;
}

function tokensOfAnyScript(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [word] = match;
    const isNumber = /^\p{Nd}/u.test(word);
    tokens.push({
      kind: isNumber ? 'number' : /^[\p{L}\p{M}]/u.test(word) ? 'word' : 'mark',
      text: word,
      value: isNumber && word.length <= 9 ? Number(withLatinDigits(word)) : Number.NaN,
      start: match.index,
      end: match.index + word.length,
    });
    if (tokens.length >= MAX_TOKENS) break;
  }
  return tokens;
}
