/**
 * Data that a page holds for its own scripts: the state that a site's framework wakes up with. In: the document. Out:
 * the values of its JSON scripts, of literals that scripts assign or call something with, of JSON inside their strings
 * and in attributes, of streams of components. Nothing is run; what is no literal is undefined. Never: throws, goes back over what it has read.
 */

import { MIN_DATA_LENGTH } from '../page/attributes.js';
import { decodeAttribute } from '../page/entities.js';
import type { Document } from '../page/tree.js';
import { readFlight } from './flight.js';
import type { JsonValue } from './json-ld.js';

/** Of all scripts and attributes together; the largest states of news pages have some 2 million. */
const MAX_LENGTH = 8_000_000;
const MAX_DEPTH = 120;
/** Nuxt wraps its state into a function whose arguments are the values that occur more than once. */
const WRAPPED = /\(function\s?\(([\w$,\s]{0,20000})\)\s?\{\s?return\s?(?=\{)/y;
/** Angular's own escapes. */
const ANGULAR: Readonly<Record<string, string>> = { a: '&', q: '"', s: "'", l: '<', g: '>' };

export function readScriptData(document: Document): JsonValue[] {
  const values: JsonValue[] = [];
  let left = MAX_LENGTH;
  const read = (text: string): void => {
    if (text.length < MIN_DATA_LENGTH || text.length > left) return;
    left -= text.length;
    const source = text.includes('&q;') ? text.replace(/&([aqslg]);/g, (_, name: string) => ANGULAR[name]!) : text;
    values.push(...literalsIn(source));
  };
  for (const { text } of document.scripts) read(text);
  for (const { attribs } of document.elements) if (attribs.data !== undefined) read(decodeAttribute(attribs.data));
  const streamed = readFlight(document.scripts.map(({ text }) => text));
  return [...values.map(withReferences), ...streamed];
}

/** Objects, lists, and strings that hold such, in the order of the text. */
export function literalsIn(text: string): JsonValue[] {
  const found: JsonValue[] = [];
  const reader = new LiteralReader(text);
  for (let value = reader.next(); value !== undefined; value = reader.next()) {
    if (typeof value !== 'string') found.push(value);
    else if (value.length >= MIN_DATA_LENGTH && /^\s*[[{]/.test(value)) {
      const inside = new LiteralReader(value).next();
      if (inside !== undefined && typeof inside !== 'string') found.push(inside);
    }
  }
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: ' ',
  f: ' ',
  v: ' ',
  '0': ' ',
  '\n': '',
};
const WORDS: Readonly<Record<string, JsonValue>> = { true: true, false: false, null: null, '!0': true, '!1': false };

class LiteralReader {
  #at = 0;
  #names: ReadonlyMap<string, JsonValue | undefined> = new Map();
  constructor(readonly text: string) {}

  /** The next object, list or string; undefined at the end. */
  next(): JsonValue | undefined {
    const { text } = this;
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at]!;
      if (c === '(') {
        const value = this.#wrapped();
        if (value !== undefined) return value;
      } else if (c === '"' || c === "'") {
        const value = this.#string(c);
        if (value !== undefined) return value;
      } else if (c === '{' || c === '[') {
        const value = this.#value(0);
        if (value !== undefined) return value;
        this.#at--;
      }
    }
    return undefined;
  }

  /** `(function(a, b){return {…}}(1, "x"))`: read once for where the arguments stand, and again with them. */
  #wrapped(): JsonValue | undefined {
    WRAPPED.lastIndex = this.#at;
    const head = WRAPPED.exec(this.text);
    if (!head) return undefined;
    const start = WRAPPED.lastIndex;
    this.#at = start;
    this.#value(0);
    const call = /[;\s]{0,10}\}\s?\)?\s?\(/y;
    call.lastIndex = this.#at;
    const values: (JsonValue | undefined)[] = [];
    if (call.test(this.text)) {
      this.#at = call.lastIndex;
      while (this.#at < this.text.length && this.text[this.#at] !== ')') {
        values.push(this.#value(0));
        this.#space();
        if (this.text[this.#at] !== ',') break;
        this.#at++;
      }
    }
    const end = this.#at;
    this.#names = new Map(head[1]!.split(',').map((name, i) => [name.trim(), values[i]]));
    this.#at = start;
    const value = this.#value(0);
    this.#names = new Map();
    this.#at = Math.max(end, this.#at);
    return value;
  }

  #value(depth: number): JsonValue | undefined {
    this.#space();
    const c = this.text[this.#at];
    if (c === '{' && depth < MAX_DEPTH) return this.#object(depth);
    if (c === '[' && depth < MAX_DEPTH) return this.#list(depth);
    if (c === '"' || c === "'" || c === '`') {
      const value = this.#string(c);
      if (value !== undefined) return value;
    }
    return this.#expression();
  }

  /** Undefined where it is a block of code. */
  #object(depth: number): JsonValue | undefined {
    const object: { [key: string]: JsonValue } = {};
    let count = 0;
    this.#at++;
    for (;;) {
      this.#space();
      const c = this.text[this.#at];
      if (c === ',') {
        this.#at++;
        continue;
      }
      if (c === '}') {
        this.#at++;
        return object;
      }
      const key = c === '"' || c === "'" ? this.#string(c) : this.#name();
      this.#space();
      if (key === undefined || this.text[this.#at] !== ':') return count > 0 ? object : undefined;
      this.#at++;
      const value = this.#value(depth + 1);
      count++;
      if (value !== undefined && key !== '__proto__') object[key] = value;
    }
  }

  #list(depth: number): JsonValue | undefined {
    const list: JsonValue[] = [];
    this.#at++;
    for (;;) {
      this.#space();
      const c = this.text[this.#at];
      if (c === ',') {
        this.#at++;
        continue;
      }
      if (c === ']' || c === undefined) {
        this.#at++;
        return list;
      }
      const from = this.#at;
      // What is no value keeps its place: a flat state refers to places by number.
      list.push(this.#value(depth + 1) ?? null);
      if (this.#at === from) return list;
    }
  }

  /** Undefined, and past the quote alone, where the line ends first: that is no string. */
  #string(quote: string): string | undefined {
    const { text } = this;
    const start = this.#at++;
    let value = '';
    let from = this.#at;
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at];
      if (c === '\\') {
        value += text.slice(from, this.#at) + this.#escape();
        from = this.#at + 1;
      } else if (c === quote) {
        value += text.slice(from, this.#at++);
        return value;
      } else if (c === '\n' && quote !== '`') break;
    }
    this.#at = quote === '`' ? this.#at : start + 1;
    return undefined;
  }

  #escape(): string {
    const c = this.text[++this.#at] ?? '';
    const digits = c === 'u' ? 4 : c === 'x' ? 2 : 0;
    const hex = this.text.slice(this.#at + 1, this.#at + 1 + digits);
    if (digits === 0 || !/^[0-9a-f]{2}(?:[0-9a-f]{2})?$/i.test(hex)) return ESCAPES[c] ?? c;
    this.#at += digits;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #name(): string | undefined {
    const name = /[\p{L}\p{N}_$]{1,200}/uy;
    name.lastIndex = this.#at;
    const found = name.exec(this.text);
    if (found) this.#at = name.lastIndex;
    return found?.[0];
  }

  /** Anything else up to the comma or bracket that ends it: a number, a word, code. */
  #expression(): JsonValue | undefined {
    const { text } = this;
    const start = this.#at;
    let open = 0;
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at]!;
      if (c === '(' || c === '{' || c === '[') open++;
      else if (c === ')' || c === '}' || c === ']') {
        if (open === 0) break;
        open--;
      } else if (c === ',' && open === 0) break;
      else if (c === '"' || c === "'") {
        this.#string(c);
        this.#at--;
      }
    }
    if (this.#at - start > 200) return undefined;
    const word = text.slice(start, this.#at).trim();
    if (word in WORDS) return WORDS[word];
    const number = word === '' ? Number.NaN : Number(word);
    return Number.isFinite(number) ? number : this.#names.get(word);
  }

  #space(): void {
    const { text } = this;
    while (this.#at < text.length && text.charCodeAt(this.#at) <= 32) this.#at++;
  }
}

/** Entries of a flat state; larger ones are not unfolded. */
const MAX_ENTRIES = 200_000;

/**
 * Nuxt 3, SvelteKit and Astro write their state flat: a list whose first entry is the whole, in which numbers say at
 * which place of the list a value stands (npm devalue).
 */
function withReferences(value: JsonValue): JsonValue {
  if (!Array.isArray(value) || value.length < 3 || value.length > MAX_ENTRIES || !isFlat(value[0])) return value;
  const list = value;
  let entries = 0;
  const unfold = (at: number, depth: number): JsonValue => {
    const entry = list[at];
    if (entry === null || entry === undefined || typeof entry !== 'object') return entry ?? null;
    if (depth > MAX_DEPTH || entries++ > MAX_ENTRIES) return null;
    const follow = (item: JsonValue | undefined): JsonValue =>
      typeof item === 'number' ? unfold(item, depth + 1) : null;
    if (!Array.isArray(entry))
      return Object.fromEntries(Object.entries(entry).map(([key, item]) => [key, follow(item)]));
    // ["Reactive", 12]: the value at 12.
    if (typeof entry[0] === 'string') return entry.length === 2 ? follow(entry[1]) : null;
    return entry.map(follow);
  };
  return unfold(0, 0);
}

function isFlat(first: JsonValue | undefined): boolean {
  if (first === null || typeof first !== 'object') return false;
  const items = Array.isArray(first) ? first.filter((item) => typeof item !== 'string') : Object.values(first);
  return items.length > 0 && items.every((item) => Number.isInteger(item));
}
