/** Texts of inline elements side by side, parted. In: a visible text. Out: the same with spaces where none were. */
import { codeAt, codeOrEnd } from '../page/code-at.js';

/** Inline elements side by side run into one word: "Jane DoeDec 5, 2023", "10:20 PMTags". */
export function unglue(text: string): string {
  return mayBeGlued(text) ? unglued(text) : text;
}

/** Most texts have no capital that begins a word behind a letter or digit. */
function mayBeGlued(text: string): boolean {
  let [beforeLast, last] = [Letter.None, Letter.None];
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    const letter = code < 128 ? letterOfAscii(code) : letterBeyond(code);
    if (letter === Letter.Unknown) return true;
    if (letter === Letter.Capital) {
      if (last === Letter.Small || last === Letter.Digit) return true;
      if (last === Letter.Capital && beforeLast === Letter.Capital) {
        const next = codeOrEnd(text, i + 1);
        if (next >= 97 && !(next > 122 && next < 128)) return true;
      }
    }
    beforeLast = last;
    last = letter;
  }
  return false;
}

enum Letter {
  None,
  Small,
  Capital,
  Digit,
  /** Only the expressions know. */
  Unknown,
}

function letterOfAscii(code: number): Letter {
  if (code >= 97 && code <= 122) return Letter.Small;
  if (code >= 65 && code <= 90) return Letter.Capital;
  return code >= 48 && code <= 57 ? Letter.Digit : Letter.None;
}

/** Letters of Latin, Greek and Cyrillic by their case; signs, Hebrew, Han, Kana and Hangul have none. */
function letterBeyond(code: number): Letter {
  if (code >= 0xc0 && code < 0x530) {
    const letter = String.fromCharCode(code);
    return letter === letter.toLowerCase() ? Letter.Small : Letter.Capital;
  }
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba ? Letter.Unknown : Letter.None;
  const isCaseless =
    (code >= 0x590 && code < 0x660) ||
    (code >= 0x2000 && code < 0x2100) ||
    (code >= 0x3000 && code < 0xa000) ||
    (code >= 0xac00 && code < 0xd7b0);
  return isCaseless ? Letter.None : Letter.Unknown;
}

function unglued(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu}\p{Lu}|\p{Nd})(\p{Lu}\p{Ll})/gu, '$1 $2');
}
