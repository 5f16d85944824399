/**
 * In which language a text is written. In: text. Out: a language with how sure that is, 0 to 1; undefined where the text
 * is too short to tell. By its script first, then, for scripts of several languages, by small words and telling letters.
 */
import { codeAt } from '../page/code-at.js';
import { SourceNames } from '../page/source-names.js';
import { LANGUAGE_LETTERS, LANGUAGE_WORDS } from './language-words.js';
import { WordEnds } from './words.js';

export interface TextLanguage {
  /** ISO 639, without a region. */
  readonly language: string;
  readonly confidence: number;
  /** Evidence per language of the script, as shares of the words; who is not in it has none. */
  readonly shares: ReadonlyMap<string, number>;
}

/** Signs that are looked at: enough for certainty, and no longer text takes longer. */
const SAMPLE = 3000;
/** Letters that a script must have to be judged. */
const MIN_LETTERS = 20;
const MIN_LETTERS_UNSPACED = 8;

/** Scripts of one language, or told apart below. Order: kana before Han, which Japanese has too. */
const SCRIPTS: readonly (readonly [
  script: string,
  letters: readonly (readonly [from: number, to: number])[],
  language?: string,
])[] = [
  ['kana', [[0x3040, 0x30ff]]],
  ['han', [[0x3400, 0x9fff]]],
  [
    'hangul',
    [
      [0xac00, 0xd7af],
      [0x1100, 0x11ff],
    ],
    'ko',
  ],
  [
    'latin',
    [
      [0x61, 0x7a],
      [0x00df, 0x024f],
      [0x1e00, 0x1eff],
    ],
  ],
  ['cyrillic', [[0x0400, 0x052f]]],
  ['arabic', [[0x0620, 0x06ff]]],
  ['devanagari', [[0x0900, 0x097f]]],
  ['hebrew', [[0x05d0, 0x05ea]]],
  [
    'greek',
    [
      [0x0370, 0x03ff],
      [0x1f00, 0x1fff],
    ],
    'el',
  ],
  ['thai', [[0x0e00, 0x0e7f]], 'th'],
  ['lao', [[0x0e80, 0x0eff]], 'lo'],
  ['georgian', [[0x10a0, 0x10ff]], 'ka'],
  ['armenian', [[0x0530, 0x058f]], 'hy'],
  ['bengali', [[0x0980, 0x09ff]], 'bn'],
  ['gurmukhi', [[0x0a00, 0x0a7f]], 'pa'],
  ['gujarati', [[0x0a80, 0x0aff]], 'gu'],
  ['oriya', [[0x0b00, 0x0b7f]], 'or'],
  ['tamil', [[0x0b80, 0x0bff]], 'ta'],
  ['telugu', [[0x0c00, 0x0c7f]], 'te'],
  ['kannada', [[0x0c80, 0x0cff]], 'kn'],
  ['malayalam', [[0x0d00, 0x0d7f]], 'ml'],
  ['sinhala', [[0x0d80, 0x0dff]], 'si'],
  ['burmese', [[0x1000, 0x109f]], 'my'],
  ['khmer', [[0x1780, 0x17ff]], 'km'],
  ['amharic', [[0x1200, 0x137f]], 'am'],
];

/** For each UTF-16 code which script it is of, from 1; 0: of none. And whether it is a telling letter. */
let scriptOf: Uint8Array | undefined;
const TELLING = 128;

function scriptTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  SCRIPTS.forEach(([, ranges], i) => {
    for (const [from, to] of ranges) table.fill(i + 1, from, to + 1);
  });
  for (const [, letters] of LANGUAGE_LETTERS)
    for (const letter of letters) table[codeAt(letter, 0)] = table[codeAt(letter, 0)]! | TELLING;
  return table;
}

function countScripts(text: string): Int32Array {
  scriptOf ??= scriptTable();
  const counts = new Int32Array(SCRIPTS.length + 1);
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const script = scriptOf[codeAt(text, i)]! & ~TELLING;
    counts[script] = counts[script]! + 1;
  }
  return counts.subarray(1);
}

/** By word the languages that have it, as places in `LANGUAGES`, and what it says of each. */
let languagesOf: SourceNames<{ readonly languages: readonly number[]; readonly weight: number }> | undefined;
const LANGUAGES = Object.keys(LANGUAGE_WORDS);
const ends = new WordEnds();
let lettersOf: Map<string, number[]> | undefined;

function wordTable(): NonNullable<typeof languagesOf> {
  const table = new Map<string, number[]>();
  for (const [language, words] of Object.values(LANGUAGE_WORDS).entries()) {
    for (const word of new Set(words.split(' '))) {
      const list = table.get(word);
      if (list) list.push(language);
      else table.set(word, [language]);
    }
  }
  // A word of many languages says less of each.
  return new SourceNames(
    [...table].map(([word, languages]) => [word, { languages, weight: 1 / Math.sqrt(languages.length) }]),
  );
}

function letterTable(): Map<string, number[]> {
  const table = new Map<string, number[]>();
  for (const [i, [, letters]] of LANGUAGE_LETTERS.entries()) {
    for (const letter of letters) table.set(letter, [...(table.get(letter) ?? []), i]);
  }
  return table;
}

/** Telling letters in a text, by language, in the table's order. */
function countLetters(text: string): [language: string, count: number][] {
  lettersOf ??= letterTable();
  scriptOf ??= scriptTable();
  const counts = new Int32Array(LANGUAGE_LETTERS.length);
  const { length } = text;
  for (let i = 0; i < length; i++) {
    if ((scriptOf[codeAt(text, i)]! & TELLING) === 0) continue;
    const languages = lettersOf.get(text[i]!);
    if (languages) for (const language of languages) counts[language] = counts[language]! + 1;
  }
  return LANGUAGE_LETTERS.flatMap(([language], i): [string, number][] =>
    counts[i]! > 0 ? [[language, counts[i]!]] : [],
  );
}

export function languageOf(text: string): TextLanguage | undefined {
  const sample = text.slice(0, SAMPLE).toLowerCase();
  let script = '';
  let letters = 0;
  let total = 0;
  let own: string | undefined;
  let kana = 0;
  const counts = countScripts(sample);
  for (const [i, [name, , language]] of SCRIPTS.entries()) {
    const count = counts[i]!;
    total += count;
    if (name === 'kana') kana = count;
    // A quarter of the signs of a Japanese text at least are kana.
    else if (count > letters) [script, letters, own] = [name, count, language];
  }
  if (script === 'han' || kana > letters) {
    if (letters + kana < MIN_LETTERS_UNSPACED) return undefined;
    const language = kana > (letters + kana) * 0.08 ? 'ja' : 'zh';
    return { language, confidence: 0.95, shares: new Map([[language, 1]]) };
  }
  if (letters < (own === 'ko' || own === 'th' ? MIN_LETTERS_UNSPACED : MIN_LETTERS) || letters < total * 0.5)
    return undefined;
  if (own !== undefined) return { language: own, confidence: 0.95, shares: new Map([[own, 1]]) };
  return byWords(sample);
}

function byWords(sample: string): TextLanguage | undefined {
  languagesOf ??= wordTable();
  const count = ends.read(sample);
  if (count < 6) return undefined;
  const scores = new Float64Array(LANGUAGES.length);
  /** Languages in the order in which they were met. */
  const met: number[] = [];
  for (let word = 0; word < count; word++) {
    const found = ends.find(languagesOf, word);
    if (found === undefined) continue;
    for (const language of found.languages) {
      if (scores[language] === 0) met.push(language);
      scores[language] = scores[language]! + found.weight;
    }
  }
  for (const [language, letters] of countLetters(sample)) {
    const at = LANGUAGES.indexOf(language);
    if (scores[at]! > 0) scores[at] = scores[at]! + Math.min(letters, count) * 0.25;
  }
  const shares = new Map<string, number>();
  let best = '';
  let most = 0;
  let second = 0;
  for (const language of met) {
    const share = scores[language]! / count;
    shares.set(LANGUAGES[language]!, share);
    if (share > most) {
      second = most;
      most = share;
      best = LANGUAGES[language]!;
    } else if (share > second) second = share;
  }
  if (most < 0.1) return undefined;
  const lead = 1 - second / most;
  const confidence = Math.min(0.95, (0.4 + lead) * Math.min(1, most / 0.2) * Math.min(1, count / 25));
  return confidence < 0.25 ? undefined : { language: best, confidence: Math.round(confidence * 100) / 100, shares };
}
