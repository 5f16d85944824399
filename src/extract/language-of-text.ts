/**
 * In which language a text is written. In: text. Out: a language with how sure that is, 0 to 1; undefined where the text
 * is too short to tell. By its script first, then, for scripts of several languages, by small words and telling letters.
 */
import { LANGUAGE_LETTERS, LANGUAGE_WORDS } from './language-words.js';
import { wordsIn } from './words.js';

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
const SCRIPTS: readonly (readonly [script: string, letters: RegExp, language?: string])[] = [
  ['kana', /[\u3040-\u30ff]/g],
  ['han', /[\u3400-\u9fff]/g],
  ['hangul', /[\uac00-\ud7af\u1100-\u11ff]/g, 'ko'],
  ['latin', /[a-z\u00df-\u024f\u1e00-\u1eff]/g],
  ['cyrillic', /[\u0400-\u052f]/g],
  ['arabic', /[\u0620-\u06ff]/g],
  ['devanagari', /[\u0900-\u097f]/g],
  ['hebrew', /[\u05d0-\u05ea]/g],
  ['greek', /[\u0370-\u03ff\u1f00-\u1fff]/g, 'el'],
  ['thai', /[\u0e00-\u0e7f]/g, 'th'],
  ['lao', /[\u0e80-\u0eff]/g, 'lo'],
  ['georgian', /[\u10a0-\u10ff]/g, 'ka'],
  ['armenian', /[\u0530-\u058f]/g, 'hy'],
  ['bengali', /[\u0980-\u09ff]/g, 'bn'],
  ['gurmukhi', /[\u0a00-\u0a7f]/g, 'pa'],
  ['gujarati', /[\u0a80-\u0aff]/g, 'gu'],
  ['oriya', /[\u0b00-\u0b7f]/g, 'or'],
  ['tamil', /[\u0b80-\u0bff]/g, 'ta'],
  ['telugu', /[\u0c00-\u0c7f]/g, 'te'],
  ['kannada', /[\u0c80-\u0cff]/g, 'kn'],
  ['malayalam', /[\u0d00-\u0d7f]/g, 'ml'],
  ['sinhala', /[\u0d80-\u0dff]/g, 'si'],
  ['burmese', /[\u1000-\u109f]/g, 'my'],
  ['khmer', /[\u1780-\u17ff]/g, 'km'],
  ['amharic', /[\u1200-\u137f]/g, 'am'],
];

let languagesOf: Map<string, string[]> | undefined;

function wordTable(): Map<string, string[]> {
  const table = new Map<string, string[]>();
  for (const [language, words] of Object.entries(LANGUAGE_WORDS)) {
    for (const word of new Set(words.split(' '))) {
      const list = table.get(word);
      if (list) list.push(language);
      else table.set(word, [language]);
    }
  }
  return table;
}

export function languageOf(text: string): TextLanguage | undefined {
  const sample = text.slice(0, SAMPLE).toLowerCase();
  let script = '';
  let letters = 0;
  let total = 0;
  let own: string | undefined;
  let kana = 0;
  for (const [name, pattern, language] of SCRIPTS) {
    const count = sample.match(pattern)?.length ?? 0;
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
  const words = wordsIn(sample);
  if (words.length < 6) return undefined;
  const scores = new Map<string, number>();
  for (const word of words) {
    const languages = languagesOf.get(word);
    // A word of many languages says less of each.
    if (languages)
      for (const each of languages) scores.set(each, (scores.get(each) ?? 0) + 1 / Math.sqrt(languages.length));
  }
  for (const [language, pattern] of LANGUAGE_LETTERS) {
    const count = sample.match(pattern)?.length ?? 0;
    if (count > 0 && scores.has(language))
      scores.set(language, scores.get(language)! + Math.min(count, words.length) * 0.25);
  }
  const shares = new Map([...scores].map(([language, score]) => [language, score / words.length]));
  const ranked = [...shares].sort((a, b) => b[1] - a[1]);
  const [best, second] = ranked;
  if (!best || best[1] < 0.1) return undefined;
  const lead = 1 - (second?.[1] ?? 0) / best[1];
  const confidence = Math.min(0.95, (0.4 + lead) * Math.min(1, best[1] / 0.2) * Math.min(1, words.length / 25));
  return confidence < 0.25 ? undefined : { language: best[0], confidence: Math.round(confidence * 100) / 100, shares };
}
