/**
 * The words that a page's author gave an element, in class, id and alike: `"c-articleBody__text post-4711"` says
 * article, body, text, post. Digits and generated names (`css-1x2y3z`) are left out: they say nothing on other pages.
 */
import type { Attributes } from './attributes.js';
import { codeAt } from './code-at.js';
import { hashStep, isNamed, NO_HASH } from './source-names.js';
import type { Element } from './tree.js';

/** One of those words. All names share it: far fewer of them are met than names. */
export interface Token {
  readonly text: string;
  /** `hashOf` the text. */
  readonly key: number;
  /** As in `Names`. */
  readonly factor: number;
  readonly hash: number;
  /** Word lists that have it, a bit each. */
  readonly lists: number;
  /** Which lists of witnesses have it; -1: not asked yet. */
  kinds: number;
}

/** What the names of an element say; elements with the same names share one. */
export interface Names {
  readonly words: readonly Token[];
  /** A hash that goes on from `before` over all tokens is `before * factor + hash`, in 32 bits. */
  readonly factor: number;
  readonly hash: number;
  /** Word lists that have one of the tokens, a bit each. */
  readonly lists: number;
  /** The first words, as they stand in a path: `.article.body`; made when it is asked for. */
  label: string | undefined;
  /** Which lists of witnesses the tokens name; -1: not asked yet. */
  kinds: number;
  /** What a table of weights says of the tokens, and which table: see features.ts. */
  weighedBy: unknown;
  sum: number;
  minSteps: number;
  maxSteps: number;
}

/** Words of all lists, with the bits of those that have them. */
const listed = new Map<string, number>();

/** Words that an element's names are asked for. The answer stands with the names, as one bit of 31. */
export class WordList {
  static #count = 0;
  readonly #bit: number;

  constructor(words: string) {
    this.#bit = 1 << WordList.#count++;
    for (const word of words.split(' ')) listed.set(word, (listed.get(word) ?? 0) | this.#bit);
    forget();
  }

  names(element: Element): boolean {
    return this.isIn(namesOf(element));
  }

  isIn(names: Names): boolean {
    return (names.lists & this.#bit) !== 0;
  }
}

const cache = new Map<string, Names>();
/** The cache is cleared when it holds as many: class lists repeat within a site, and a crawl sees many sites. */
const CACHE_SIZE = 20_000;
/** Names after so many characters are lists made by machines. */
export const MAX_NAMED = 400;
/** Tokens of an element that a path tells. */
const IN_PATH = 4;

/** Words met before, by hash; a taken slot's word goes to the next. */
const SLOTS = 1 << 15;
let slots: (Token | undefined)[] = new Array(SLOTS).fill(undefined);
let taken = 0;
/** The words of the text at hand, each once: a list of its own would grow for each text. */
const found: Token[] = [];
let count = 0;
const NONE = namesFrom('');

/** All words and names: what was read before a list was made does not know it. */
function forget(): void {
  cache.clear();
  if (taken > 0) forgetWords();
}

function forgetWords(): void {
  slots = new Array(SLOTS).fill(undefined);
  taken = 0;
}

export function wordsOf(element: Element): readonly Token[] {
  return namesOf(element).words;
}

export function namesOf(element: Element): Names {
  element.names ??= read(element.attribs);
  return element.names;
}

/** An element as it stands in a path: `div.article`. */
export function labelOf(element: Element): string {
  const names = namesOf(element);
  names.label ??= names.words.slice(0, IN_PATH).reduce((label, { text }) => `${label}.${text}`, '');
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

/** Words parted by marks or capitals; a part with a digit in it is a number or made by a machine. */
function namesFrom(text: string): Names {
  // Not among the words of one text: what repeats in it is told by identity.
  if (taken > SLOTS / 2) forgetWords();
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
  let factor = 1;
  let hash = 0;
  let lists = 0;
  const words = found.slice(0, count);
  for (const word of words) {
    factor = Math.imul(factor, word.factor);
    hash = (Math.imul(hash, word.factor) + word.hash) | 0;
    lists |= word.lists;
  }
  return { words, factor, hash, lists, label: undefined, kinds: -1, weighedBy: undefined, sum: 0, minSteps: 0, maxSteps: 0 };
}

function splitCapitals(text: string, from: number, to: number): void {
  let start = from;
  let hash = hashStep(NO_HASH, codeAt(text, from));
  for (let at = from + 1; at <= to; at++) {
    const code = at < to ? codeAt(text, at) : 0;
    if (at < to && !(code < 97 && codeAt(text, at - 1) >= 97)) {
      hash = hashStep(hash, code);
      continue;
    }
    if (at - start > 1 && at - start < 24) {
      put(tokenAt(text, start, at, hash));
    }
    start = at;
    hash = hashStep(NO_HASH, code);
  }
}

function put(word: Token): void {
  for (let i = 0; i < count; i++) if (found[i] === word) return;
  found[count++] = word;
}

function tokenAt(source: string, from: number, to: number, hash: number): Token {
  let slot = hash & (SLOTS - 1);
  for (let word = slots[slot]; word !== undefined; word = slots[slot]) {
    if (word.key === hash && word.text.length === to - from && isNamed(source, from, word.text)) return word;
    slot = (slot + 1) & (SLOTS - 1);
  }
  taken++;
  const word = tokenFrom(source.slice(from, to).toLowerCase(), hash);
  slots[slot] = word;
  return word;
}

function tokenFrom(text: string, key: number): Token {
  let factor = 1;
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    factor = Math.imul(factor, 33);
    hash = (Math.imul(hash, 33) + codeAt(text, i)) | 0;
  }
  return { text, key, factor, hash, lists: listed.get(text) ?? 0, kinds: -1 };
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
