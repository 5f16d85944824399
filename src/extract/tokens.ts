/**
 * The words that a page's author gave an element, in class, id and alike: `"c-articleBody__text post-4711"` says
 * article, body, text, post. Digits and generated names (`css-1x2y3z`) are left out: they say nothing on other pages.
 */
import type { Attributes } from './attributes.js';
import type { Element } from './tree.js';

/** What the names of an element say; elements with the same names share one. */
export interface Names {
  readonly tokens: readonly string[];
  /** A hash that goes on from `before` over all tokens is `before * factor + hash`, in 32 bits. */
  readonly factor: number;
  readonly hash: number;
  /** Which lists of witnesses the tokens name; -1: not asked yet. */
  kinds: number;
  /** What a table of weights says of the tokens, by the table asked last. */
  weight:
    | { readonly by: ReadonlyMap<string, number>; readonly sum: number; readonly min: number; readonly max: number }
    | undefined;
}

const cache = new Map<string, Names>();
/** The cache is cleared when it holds as many: class lists repeat within a site, and a crawl sees many sites. */
const CACHE_SIZE = 20_000;
/** Names after so many characters are lists made by machines. */
const MAX_LENGTH = 400;
const NONE = namesFrom([]);

export function tokensOf(element: Element): readonly string[] {
  return namesOf(element).tokens;
}

export function namesOf(element: Element): Names {
  element.names ??= read(element.attribs);
  return element.names;
}

function read(attribs: Attributes): Names {
  let key = '';
  for (const value of [
    attribs.class,
    attribs.id,
    attribs.itemprop,
    attribs['data-testid'],
    attribs['data-component'],
    attribs['data-module'],
    attribs['data-type'],
    attribs.property,
    attribs.rel,
  ]) {
    if (value !== undefined && value !== '') key = key === '' ? value : `${key} ${value}`;
  }
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

function namesFrom(tokens: readonly string[]): Names {
  let factor = 1;
  let hash = 0;
  for (const token of tokens) {
    for (let i = 0; i < token.length; i++) {
      factor = Math.imul(factor, 33);
      hash = (Math.imul(hash, 33) + token.charCodeAt(i)) | 0;
    }
  }
  return { tokens, factor, hash, kinds: -1, weight: undefined };
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
