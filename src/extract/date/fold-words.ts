/**
 * Words and phrases of dates as they are compared. In: as a page or the runtime's data writes them. Out: folded.
 */

const BEYOND_ASCII = /[^\0-\x7f]/;
const ARABIC = /[\u0600-\u06ff]/;
const DEVANAGARI = /[\u0900-\u097f]/;

/**
 * Case, dots, apostrophes and accents folded away: `Févr.` → `fevr`; capitals have no accents in Greek. Arabic letters
 * that keyboards of several languages mix up are made one, and so are the two ways to write a nasal in Devanagari.
 */
export function foldWord(word: string): string {
  if (!BEYOND_ASCII.test(word)) return word.toLowerCase().replace(/[.'`]/g, '');
  const folded = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[.॰׳’'`´\u00ad\u200b-\u200f]/g, '')
    .normalize('NFC');
  if (DEVANAGARI.test(folded)) return folded.replace(/[ङञणनम]्(?=\p{L})/gu, 'ं');
  if (!ARABIC.test(folded)) return folded;
  return folded
    .replace(/[\u064b-\u0655\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/ة/g, 'ه');
}

/** Words and `#`, with one space between and around. */
export function shapeOf(phrase: string): string {
  return ` ${phrase.replace(/[^\p{L}\p{M}#]+/gu, ' ').trim()} `;
}

export function foldPhrase(phrase: string): string {
  return phrase
    .normalize('NFC')
    .toLowerCase()
    .replace(/[.\u200e\u200f]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
