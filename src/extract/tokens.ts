/**
 * The words that a page's author gave an element, in class, id and alike: `"c-articleBody__text post-4711"` says
 * article, body, text, post. Digits and generated names (`css-1x2y3z`) are left out: they say nothing on other pages.
 */
import type { Attributes } from './tree.js';

const SOURCES = [
  'class',
  'id',
  'itemprop',
  'data-testid',
  'data-component',
  'data-module',
  'data-type',
  'property',
  'rel',
] as const;

const cache = new Map<string, readonly string[]>();
/** The cache is cleared when it holds as many: class lists repeat within a site, and a crawl sees many sites. */
const CACHE_SIZE = 20_000;
const NONE: readonly string[] = [];

export function tokensOf(attribs: Attributes): readonly string[] {
  let key = '';
  for (const name of SOURCES) {
    const value = attribs[name];
    if (value !== undefined && value !== '') key = key === '' ? value : `${key} ${value}`;
  }
  if (key === '') return NONE;
  let tokens = cache.get(key);
  if (!tokens) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    tokens = split(key);
    cache.set(key, tokens);
  }
  return tokens;
}

function split(text: string): readonly string[] {
  const tokens = new Set<string>();
  for (const name of text.slice(0, 400).split(/\s+/)) {
    // Words parted by marks or capitals; a word with a digit in it is a number or made by a machine.
    for (const part of name.split(/[^A-Za-z0-9]+/)) {
      if (/\d/.test(part)) continue;
      for (const word of part
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .split(' ')) {
        if (word.length > 1 && word.length < 24) tokens.add(word);
      }
    }
  }
  return [...tokens];
}
