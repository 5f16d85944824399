/**
 * The words of a text, for comparing. In: text of any script. Out: its words in lower case; or its letters and digits
 * alone. The answers of `\p{…}` classes, which cost some twenty times a table's look-up, are kept in tables.
 */
import { codeAt } from '../page/code-at.js';
import { hashOf, hashStep, NO_HASH, type SourceNames } from '../page/source-names.js';
import { TextRoom } from '../page/text-room.js';

const LETTER_OR_NUMBER = 1;
const MARK = 2;
const WORD = LETTER_OR_NUMBER | MARK;
/** May change in compatibility form, alone or with what stands before it. */
const CHANGES = 4;
/** Half of a character. */
const SURROGATE = 8;
/** Is several characters in lower case, or another one at the end of a word. */
const LOWERS_ODDLY = 16;
/** Above these bits: the character in lower case. */
const LOWER = 8;

/** Tables of 256 characters each, made when the first of them is met. */
const tables: (Uint32Array | undefined)[] = new Array(256).fill(undefined);
const LATIN = tableOf(0);

function tableOf(page: number): Uint32Array {
  const table = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const code = page * 256 + i;
    const char = String.fromCharCode(code);
    if (code >= 0xd800 && code < 0xe000) table[i] = SURROGATE;
    else {
      const isMark = /\p{M}/u.test(char);
      // Marks join what they follow, and so do vowels and finals of Korean syllables.
      const changes = isMark || (code >= 0x1100 && code < 0x1200) || char.normalize('NFKC') !== char;
      const lower = char.toLowerCase();
      table[i] =
        (/[\p{L}\p{N}]/u.test(char) ? LETTER_OR_NUMBER : isMark ? MARK : 0) |
        (changes ? CHANGES : 0) |
        (lower.length > 1 || char === 'Σ' ? LOWERS_ODDLY : 0) |
        (codeAt(lower, 0) << LOWER);
    }
  }
  tables[page] = table;
  return table;
}

function kindOf(code: number): number {
  return code < 256 ? LATIN[code]! : (tables[code >> 8] ?? tableOf(code >> 8))[code & 255]!;
}

const room = new TextRoom();

/** All words, in lower case, in the text's order. */
export function wordsIn(text: string): string[] {
  const lower = text.toLowerCase();
  const words: string[] = [];
  let start = -1;
  const { length } = lower;
  for (let i = 0; i < length; i++) {
    const kind = kindOf(codeAt(lower, i));
    if (kind & SURROGATE) return lower.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    if (kind & WORD) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      words.push(lower.slice(start, i));
      start = -1;
    }
  }
  if (start >= 0) words.push(lower.slice(start));
  return words;
}

/** Where the words of a text stand, so that none is cut out. Holds one text at a time. */
export class WordEnds {
  #text = '';
  #count = 0;
  #lower = '';
  /** Start, end and hash of each word. */
  #places = new Int32Array(3 * 512);

  /** Reads a text, unless it is the one that it holds; how many words it has. */
  read(text: string): number {
    if (text === this.#text) return this.#count;
    this.#text = text;
    this.#count = this.#read(text);
    return this.#count;
  }

  #read(text: string): number {
    const lower = text.toLowerCase();
    this.#lower = lower;
    let count = 0;
    let start = -1;
    let hash = NO_HASH;
    const { length } = lower;
    for (let i = 0; i < length; i++) {
      const code = codeAt(lower, i);
      const kind = kindOf(code);
      if (kind & SURROGATE) return this.#readPairs();
      if (kind & WORD) {
        if (start < 0) {
          start = i;
          hash = NO_HASH;
        }
        hash = hashStep(hash, code);
      } else if (start >= 0) {
        this.#put(count++, start, i, hash);
        start = -1;
      }
    }
    if (start >= 0) this.#put(count++, start, length, hash);
    return count;
  }

  find<T>(table: SourceNames<T>, word: number): T | undefined {
    const places = this.#places;
    return table.find(this.#lower, places[3 * word]!, places[3 * word + 1]!, places[3 * word + 2]!);
  }

  /** Characters of two halves are left to the expressions. */
  #readPairs(): number {
    let count = 0;
    for (const { 0: word, index } of this.#lower.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      this.#put(count++, index, index + word.length, hashOf(word));
    }
    return count;
  }

  #put(word: number, start: number, end: number, hash: number): void {
    if (3 * word + 3 > this.#places.length) {
      const longer = new Int32Array(2 * this.#places.length);
      longer.set(this.#places);
      this.#places = longer;
    }
    this.#places[3 * word] = start;
    this.#places[3 * word + 1] = end;
    this.#places[3 * word + 2] = hash;
  }
}

const isWord = (text: string, at: number): boolean => (kindOf(codeAt(text, at)) & (WORD | SURROGATE)) !== 0;

/**
 * The hashes (`hashStep`) of up to `most` words at either end of a text, in its order, each word once; how many. Halves
 * of characters count as letters. `hashes` has room for twice as many.
 */
export function hashEdges(text: string, most: number, hashes: Int32Array): number {
  const { length } = text;
  let count = 0;
  let at = 0;
  while (count < most) {
    while (at < length && !isWord(text, at)) at++;
    if (at === length) return count;
    let hash = NO_HASH;
    while (at < length && isWord(text, at)) hash = hashStep(hash, codeAt(text, at++));
    hashes[count++] = hash;
  }
  const first = count;
  let end = length;
  while (count < first + most) {
    while (end > at && !isWord(text, end - 1)) end--;
    if (end === at) break;
    let start = end;
    while (start > at && isWord(text, start - 1)) start--;
    let hash = NO_HASH;
    for (let i = start; i < end; i++) hash = hashStep(hash, codeAt(text, i));
    hashes[count++] = hash;
    end = start;
  }
  for (let low = first, high = count - 1; low < high; low++, high--) {
    const hash = hashes[low]!;
    hashes[low] = hashes[high]!;
    hashes[high] = hash;
  }
  return count;
}

/** How many words a text has whose language puts spaces between them: "don’t" and "3.5" are one. */
export function countSpaced(text: string): number {
  let count = 0;
  let inside = false;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    const kind = kindOf(code);
    if (kind & SURROGATE) return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*/gu)?.length ?? 0;
    if (inside) inside = (kind & WORD) !== 0 || code === 39 || code === 0x2019 || (code >= 44 && code <= 46);
    else if (kind & LETTER_OR_NUMBER) {
      inside = true;
      count++;
    }
  }
  return count;
}

/** Letters and digits alone, in lower case: what stays the same when the same text is typeset twice. */
export function squeeze(text: string): string {
  const { length } = text;
  room.clear(length);
  let isSqueezed = true;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    const kind = kindOf(code);
    if (kind & (SURROGATE | LOWERS_ODDLY)) return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
    if (kind & LETTER_OR_NUMBER) {
      room.put(kind >> LOWER);
      isSqueezed &&= kind >> LOWER === code;
    } else isSqueezed = false;
  }
  return isSqueezed ? text : room.text();
}

/** Case, width, punctuation and spaces folded away: words with one space between. */
export function fold(text: string): string {
  const { length } = text;
  room.clear(length);
  let isAfterWord = false;
  let isFolded = true;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    const kind = kindOf(code);
    if (kind & (CHANGES | SURROGATE | LOWERS_ODDLY)) return foldOdd(text);
    if (kind & WORD) {
      if (!isAfterWord && room.length > 0) room.put(32);
      room.put(kind >> LOWER);
      isFolded &&= kind >> LOWER === code;
      isAfterWord = true;
    } else {
      isFolded &&= isAfterWord && code === 32;
      isAfterWord = false;
    }
  }
  return isFolded && (isAfterWord || text === '') ? text : room.text();
}

/** The same for texts with characters that change with their neighbours, or are halves of one. */
function foldOdd(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  const { length } = lower;
  room.clear(length);
  let isAfterWord = false;
  for (let i = 0; i < length; i++) {
    const code = codeAt(lower, i);
    const kind = kindOf(code);
    if (kind & SURROGATE) return lower.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim();
    if (kind & WORD) {
      if (!isAfterWord && room.length > 0) room.put(32);
      room.put(code);
    }
    isAfterWord = (kind & WORD) !== 0;
  }
  return room.text();
}
