/**
 * The words that a page's author gave an element, in class, id and alike: `"c-articleBody__text post-4711"` says
 * article, body, text, post. Digits and generated names (`css-1x2y3z`) are left out: they say nothing on other pages.
 */
import type { Attributes } from './attributes.js';
import { codeAt } from './code-at.js';
import { hashFactor, hashStep, isNamed, NO_HASH, SourceNames } from './source-names.js';
import type { Element } from './tree.js';

/**
 * What the names of an element say; elements with the same names share one. Nothing in it that can be read from the
 * text again: of all that a page leaves behind in memory most are names.
 */
export interface Names {
  /** As they stand in the attributes, in the page's case. */
  readonly text: string;
  /** A hash that goes on from `before` over all words is `before * factor + hash`, in 32 bits. */
  readonly factor: number;
  readonly hash: number;
  /** Word lists that have one of the words, a bit each. */
  readonly lists: number;
  /** The first words, as they stand in a path: `.article.body`; made when it is asked for. */
  label: string | undefined;
  /** What a table of weights says of the words, and which table: see features.ts. */
  weighedBy: unknown;
  sum: number;
  minSteps: number;
  maxSteps: number;
}

/** How words of a list may begin or end. */
interface Affixes {
  readonly begins?: readonly string[];
  readonly ends?: readonly string[];
}

/** Words that an element's names are asked for. The answer stands with the names, as one bit of 31. */
export class WordList {
  static readonly all: WordList[] = [];
  readonly words: readonly string[];
  readonly begins: readonly string[];
  readonly ends: readonly string[];
  readonly bit: number;

  constructor(words: string, { begins = [], ends = [] }: Affixes = {}) {
    this.words = words.split(' ');
    this.begins = begins;
    this.ends = ends;
    this.bit = 1 << WordList.all.length;
    WordList.all.push(this);
    // What was read before does not know this list.
    lists = undefined;
    cache.clear();
  }

  names(element: Element): boolean {
    return this.isIn(namesOf(element));
  }

  isIn(names: Names): boolean {
    return (names.lists & this.bit) !== 0;
  }
}

/** All word lists as one: the bits of those that have a word, begin or end one. */
class Lists {
  readonly #words: SourceNames<number>;
  readonly #begins: readonly Affix[];
  readonly #ends: readonly Affix[];
  /** First letters of what words begin with, and last letters of what they end with, a bit each: most words have none. */
  readonly #first: number;
  readonly #last: number;

  constructor(lists: readonly WordList[]) {
    const bits = new Map<string, number>();
    for (const { words, bit } of lists) for (const word of words) bits.set(word, (bits.get(word) ?? 0) | bit);
    this.#words = new SourceNames([...bits]);
    this.#begins = lists.flatMap(({ begins, bit }) => begins.map((affix) => ({ affix, bit })));
    this.#ends = lists.flatMap(({ ends, bit }) => ends.map((affix) => ({ affix, bit })));
    this.#first = this.#begins.reduce((letters, { affix }) => letters | letterOf(affix, 0), 0);
    this.#last = this.#ends.reduce((letters, { affix }) => letters | letterOf(affix, affix.length - 1), 0);
  }

  find(text: string, from: number, to: number, key: number): number {
    let bits = this.#words.find(text, from, to, key) ?? 0;
    const length = to - from;
    if (this.#first & letterOf(text, from)) {
      for (const { affix, bit } of this.#begins) if (affix.length <= length && isNamed(text, from, affix)) bits |= bit;
    }
    if (this.#last & letterOf(text, to - 1)) {
      for (const { affix, bit } of this.#ends)
        if (affix.length <= length && isNamed(text, to - affix.length, affix)) bits |= bit;
    }
    return bits;
  }
}

interface Affix {
  readonly affix: string;
  readonly bit: number;
}

/** A letter of ASCII as a bit, its case aside. */
const letterOf = (text: string, at: number): number => 1 << (codeAt(text, at) & 31);

/** Made when names are first read. */
let lists: Lists | undefined;

const cache = new Map<string, Names>();
/** The cache is cleared when it holds as many: class lists repeat within a site, and a crawl sees many sites. */
const CACHE_SIZE = 20_000;
/** Names after so many characters are lists made by machines. */
export const MAX_NAMED = 400;
/** Signs of a word. */
const MIN_LENGTH = 2;
const MAX_LENGTH = 23;
/** By how many signs a hash goes on: what it is multiplied with. */
const POWERS = Int32Array.from({ length: MAX_LENGTH + 1 }, (_, signs) => hashFactor(signs));
/** Words of an element, at most. */
export const MAX_WORDS = MAX_NAMED / MIN_LENGTH;
/** Words of an element that a path tells. */
const IN_PATH = 4;

const MARK = 0;
const DIGIT = 1;
const CAPITAL = 2;
const SMALL = 3;
/** What a code of ASCII is; all others are marks. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  return /[a-z]/.test(sign) ? SMALL : /[A-Z]/.test(sign) ? CAPITAL : /\d/.test(sign) ? DIGIT : MARK;
});

/** The words of the text at hand, each once: where they begin and end, and `hashOf` them. */
const starts = new Int32Array(MAX_WORDS);
const ends = new Int32Array(MAX_WORDS);
const keys = new Int32Array(MAX_WORDS);
let count = 0;
const NONE = namesFrom('');

/** Words of an element's names, in lower case, each once. */
export function wordsOf(element: Element): string[] {
  return firstWords(namesOf(element), MAX_WORDS);
}

/** Writes `hashOf` each of the words to `hashes`, which has room for MAX_WORDS; how many. */
export function hashesOf({ text }: Names, hashes: Int32Array): number {
  split(text);
  for (let word = 0; word < count; word++) hashes[word] = keys[word]!;
  return count;
}

export function namesOf(element: Element): Names {
  element.names ??= read(element.attribs);
  return element.names;
}

/** An element as it stands in a path: `div.article`. */
export function labelOf(element: Element): string {
  const names = namesOf(element);
  names.label ??= firstWords(names, IN_PATH).reduce((label, word) => `${label}.${word}`, '');
  return element.tag.name + names.label;
}

function read(attribs: Attributes): Names {
  let key = join(attribs.class ?? '', attribs.id);
  if (attribs.names) {
    key = join(key, attribs.itemprop);
    key = join(key, attribs['data-testid']);
    key = join(key, attribs['data-component']);
    key = join(key, attribs['data-module']);
    key = join(key, attribs['data-type']);
    key = join(key, attribs.property);
    key = join(key, attribs.rel);
  }
  if (key === '') return NONE;
  if (key.length > MAX_NAMED) key = key.slice(0, MAX_NAMED);
  let names = cache.get(key);
  if (!names) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    // A slice of the page would keep the whole page alive.
    const copy = ` ${key}`.slice(1);
    names = namesFrom(copy);
    cache.set(copy, names);
  }
  return names;
}

function join(key: string, value: string | undefined): string {
  if (value === undefined || value === '') return key;
  return key === '' ? value : `${key} ${value}`;
}

function namesFrom(text: string): Names {
  lists ??= new Lists(WordList.all);
  split(text);
  let factor = 1;
  let hash = 0;
  let found = 0;
  for (let word = 0; word < count; word++) {
    const start = starts[word]!;
    const end = ends[word]!;
    const key = keys[word]!;
    const power = POWERS[end - start]!;
    found |= lists.find(text, start, end, key);
    factor = Math.imul(factor, power);
    hash = (Math.imul(hash, power) + key) | 0;
  }
  return {
    text,
    factor,
    hash,
    lists: found,
    label: undefined,
    weighedBy: undefined,
    sum: 0,
    minSteps: 0,
    maxSteps: 0,
  };
}

function firstWords({ text }: Names, most: number): string[] {
  split(text);
  const words: string[] = [];
  for (let word = 0; word < Math.min(count, most); word++) {
    words.push(text.slice(starts[word]!, ends[word]!).toLowerCase());
  }
  return words;
}

/** Words parted by marks or capitals; a part with a digit in it is a number or made by a machine. */
function split(text: string): void {
  count = 0;
  const { length } = text;
  /** Words before the part at hand. */
  let before = 0;
  let start = 0;
  let key = NO_HASH;
  let last = MARK;
  for (let at = 0; at < length; at++) {
    const code = codeAt(text, at);
    const kind = code < 128 ? KINDS[code]! : MARK;
    if (last === DIGIT && kind !== MARK) continue;
    const isInWord = last > DIGIT;
    const isNext = kind === CAPITAL && last === SMALL;
    if (isInWord && (kind === MARK || isNext)) put(text, start, at, key);
    if (kind === DIGIT && isInWord) count = before;
    if (kind > DIGIT) {
      if (last === MARK) before = count;
      if (!isInWord || isNext) {
        start = at;
        key = NO_HASH;
      }
      key = hashStep(key, code);
    }
    last = kind;
  }
  if (last > DIGIT) put(text, start, length, key);
}

function put(text: string, start: number, end: number, key: number): void {
  if (end - start < MIN_LENGTH || end - start > MAX_LENGTH) return;
  for (let i = 0; i < count; i++) {
    if (keys[i] === key && ends[i]! - starts[i]! === end - start && isSame(text, starts[i]!, start, end)) return;
  }
  starts[count] = start;
  ends[count] = end;
  keys[count++] = key;
}

/** Whether the same letters stand from `before` on as from `start` to `end`. */
function isSame(text: string, before: number, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if ((codeAt(text, before++) | 32) !== (codeAt(text, at) | 32)) return false;
  }
  return true;
}
