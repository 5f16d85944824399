/**
 * The words that a page's author gave an element, in class, id and alike: `"c-articleBody__text post-4711"` says
 * article, body, text, post. Digits and generated names (`css-1x2y3z`) are left out: they say nothing on other pages.
 */
import type { Attributes } from './attributes.js';
import { codeAt } from './code-at.js';
import { hashStep, isNamed, NO_HASH, SourceNames } from './source-names.js';
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
  readonly #begins: readonly (readonly [affix: string, bit: number])[];
  readonly #ends: readonly (readonly [affix: string, bit: number])[];

  constructor(lists: readonly WordList[]) {
    const bits = new Map<string, number>();
    for (const { words, bit } of lists) for (const word of words) bits.set(word, (bits.get(word) ?? 0) | bit);
    this.#words = new SourceNames([...bits]);
    this.#begins = lists.flatMap(({ begins, bit }) => begins.map((affix) => [affix, bit] as const));
    this.#ends = lists.flatMap(({ ends, bit }) => ends.map((affix) => [affix, bit] as const));
  }

  find(text: string, from: number, to: number, key: number): number {
    let bits = this.#words.find(text, from, to, key) ?? 0;
    for (const [affix, bit] of this.#begins) {
      if (affix.length <= to - from && isNamed(text, from, affix)) bits |= bit;
    }
    for (const [affix, bit] of this.#ends) {
      if (affix.length <= to - from && isNamed(text, to - affix.length, affix)) bits |= bit;
    }
    return bits;
  }
}

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
/** Words of an element, at most. */
export const MAX_WORDS = MAX_NAMED / MIN_LENGTH;
/** Words of an element that a path tells. */
const IN_PATH = 4;

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
    found |= lists.find(text, start, end, keys[word]!);
    for (let at = start; at < end; at++) {
      factor = Math.imul(factor, 33);
      hash = (Math.imul(hash, 33) + (codeAt(text, at) | 32)) | 0;
    }
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
  for (let at = 0; at < length; at++) {
    if (!isAlphanumeric(codeAt(text, at))) continue;
    const start = at;
    let hasDigit = false;
    for (; at < length; at++) {
      const code = codeAt(text, at);
      if (!isAlphanumeric(code)) break;
      hasDigit ||= code <= 57;
    }
    if (!hasDigit) splitCapitals(text, start, at);
  }
}

function splitCapitals(text: string, from: number, to: number): void {
  let start = from;
  let key = hashStep(NO_HASH, codeAt(text, from));
  for (let at = from + 1; at <= to; at++) {
    const code = at < to ? codeAt(text, at) : 0;
    if (at < to && !(code < 97 && codeAt(text, at - 1) >= 97)) {
      key = hashStep(key, code);
      continue;
    }
    if (at - start >= MIN_LENGTH && at - start <= MAX_LENGTH) put(text, start, at, key);
    start = at;
    key = hashStep(NO_HASH, code);
  }
}

function put(text: string, start: number, end: number, key: number): void {
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

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
