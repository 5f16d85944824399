/**
 * The words that a page's author gave an element, in class, id and alike: `"c-articleBody__text post-4711"` says
 * article, body, text, post. Digits and generated names (`css-1x2y3z`) are left out: they say nothing on other pages.
 */
import type { Attributes } from './attributes.js';
import type { Element } from './tree.js';

/** What the names of an element say; elements with the same names share one. */
export interface Names {
  readonly tokens: readonly string[];
  /** The first of them, as they stand in a path: `.article.body`. */
  readonly label: string;
  /** A hash that goes on from `before` over all tokens is `before * factor + hash`, in 32 bits. */
  readonly factor: number;
  readonly hash: number;
  /** Which lists of witnesses the tokens name; -1: not asked yet. */
  kinds: number;
  /** Word lists that were asked for, and those that name one of the tokens, a bit each. */
  asked: number;
  found: number;
  /** What a table of weights says of the tokens, by the table asked last. */
  weight:
    | { readonly by: ReadonlyMap<string, number>; readonly sum: number; readonly min: number; readonly max: number }
    | undefined;
}

/** Words that an element's names are asked for. The answer is kept with the names, as one bit of 31. */
export class WordList {
  static #count = 0;
  readonly #words: ReadonlySet<string>;
  readonly #bit: number;

  constructor(words: string) {
    this.#words = new Set(words.split(' '));
    this.#bit = 1 << WordList.#count++;
  }

  names(element: Element): boolean {
    return this.isIn(namesOf(element));
  }

  isIn(names: Names): boolean {
    if ((names.asked & this.#bit) === 0) {
      names.asked |= this.#bit;
      if (names.tokens.some((token) => this.#words.has(token))) names.found |= this.#bit;
    }
    return (names.found & this.#bit) !== 0;
  }
}

const cache = new Map<string, Names>();
/** The cache is cleared when it holds as many: class lists repeat within a site, and a crawl sees many sites. */
const CACHE_SIZE = 20_000;
/** Names after so many characters are lists made by machines. */
const MAX_LENGTH = 400;
/** Tokens of an element that a path tells. */
const IN_PATH = 4;
const NONE = namesFrom([]);

export function tokensOf(element: Element): readonly string[] {
  return namesOf(element).tokens;
}

export function namesOf(element: Element): Names {
  element.names ??= read(element.attribs);
  return element.names;
}

/** An element as it stands in a path: `div.article`. */
export function labelOf(element: Element): string {
  return element.tag.name + namesOf(element).label;
}

function read(attribs: Attributes): Names {
  let key = join(join(attribs.class ?? '', attribs.id), attribs.itemprop);
  if (attribs.seldom !== undefined) {
    key = join(key, attribs['data-testid']);
    key = join(key, attribs['data-component']);
    key = join(key, attribs['data-module']);
    key = join(key, attribs['data-type']);
    key = join(key, attribs.property);
  }
  key = join(key, attribs.rel);
  if (key === '') return NONE;
  if (key.length > MAX_LENGTH) key = key.slice(0, MAX_LENGTH);
  let names = cache.get(key);
  if (!names) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    // A slice of the page would keep the whole page alive.
    const copy = ` ${key}`.slice(1);
    names = namesFrom(split(copy));
    cache.set(copy, names);
  }
  return names;
}

function join(key: string, value: string | undefined): string {
  if (value === undefined || value === '') return key;
  return key === '' ? value : `${key} ${value}`;
}

function namesFrom(tokens: readonly string[]): Names {
  let factor = 1;
  let hash = 0;
  for (const token of tokens) {
    for (let i = 0; i < token.length; i++) {
      factor = Math.imul(factor, 33);
      hash = (Math.imul(hash, 33) + token.charCodeAt(i)) | 0;
    }
  }
  const label = ['', ...tokens.slice(0, IN_PATH)].join('.');
  return { tokens, label, factor, hash, kinds: -1, asked: 0, found: 0, weight: undefined };
}

/** Words parted by marks or capitals; a part with a digit in it is a number or made by a machine. */
function split(text: string): readonly string[] {
  const tokens: string[] = [];
  const { length } = text;
  for (let at = 0; at < length; at++) {
    if (!isAlphanumeric(text.charCodeAt(at))) continue;
    const start = at;
    let hasDigit = false;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (!isAlphanumeric(code)) break;
      hasDigit ||= code <= 57;
    }
    if (!hasDigit) splitCapitals(text, start, at, tokens);
  }
  return tokens;
}

function splitCapitals(text: string, from: number, to: number, tokens: string[]): void {
  let start = from;
  for (let at = from + 1; at <= to; at++) {
    if (at < to && !(text.charCodeAt(at) < 97 && text.charCodeAt(at - 1) >= 97)) continue;
    if (at - start > 1 && at - start < 24) {
      const word = text.slice(start, at).toLowerCase();
      if (!tokens.includes(word)) tokens.push(word);
    }
    start = at;
  }
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
