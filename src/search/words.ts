/**
 * Text as the full-text index takes it. Pure. Letters of scripts that are written without blanks stand alone, so that a
 * run of them is found as a phrase wherever it begins; all else is left to the index, which folds case and accents.
 */

/** Han, kana, Thai, Lao, Khmer, Burmese, Tibetan. */
const UNSPACED =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}]\\p{M}*';
const LETTER = new RegExp(UNSPACED, 'gu');
const HAS_WORD = /[\p{L}\p{N}]/u;
/** `"a phrase"`, or a word; either may be left out with `-`. `OR` between two means one of them. */
const TERM = /(-?)(?:"([^"]*)"?|(\S+))/gu;

export function indexText(text: string): string {
  return text.normalize('NFKC').replace(LETTER, ' $& ');
}

export interface Query {
  /** For FTS5's MATCH; undefined where nothing is asked for. */
  readonly match: string | undefined;
  /** What is to be shown in a snippet: words or phrases as the user gave them. */
  readonly terms: readonly string[];
}

/** Every word must be there, in any place and form of its accents; `word*` means any ending. Nothing is ever a syntax error. */
export function readQuery(text: string): Query {
  const wanted: string[][] = [];
  const unwanted: string[] = [];
  const terms: string[] = [];
  let isOr = false;
  for (const [, minus, quoted, word] of text.normalize('NFKC').matchAll(TERM)) {
    if (word === 'OR' && minus === '') {
      isOr = wanted.length > 0;
      continue;
    }
    const given = quoted ?? word ?? '';
    if (!HAS_WORD.test(given)) continue;
    const isPrefix = quoted === undefined && given.endsWith('*');
    const plain = given.replace(/\*+$/, '');
    const phrase = `"${indexText(plain).replaceAll('"', ' ').trim()}"${isPrefix ? '*' : ''}`;
    if (minus) unwanted.push(phrase);
    else {
      terms.push(plain);
      if (isOr) wanted.at(-1)!.push(phrase);
      else wanted.push([phrase]);
    }
    isOr = false;
  }
  if (wanted.length === 0) return { match: undefined, terms };
  const all = wanted.map((choices) => (choices.length === 1 ? choices[0]! : `(${choices.join(' OR ')})`)).join(' AND ');
  return { match: unwanted.length === 0 ? all : `(${all}) NOT (${unwanted.join(' OR ')})`, terms };
}
