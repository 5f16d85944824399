/**
 * Reads JSON that is not quite JSON, as far as it makes sense. Only for what `JSON.parse` refuses. In: text. Out: the
 * value, several values in a row as an array, or undefined. Never: throws, backtracks, nests deeper than its limit.
 */
import type { JsonValue } from './json-ld.js';

const MAX_DEPTH = 64;

export function readLoosely(text: string): JsonValue | undefined {
  const reader = new Reader(text);
  const values: JsonValue[] = [];
  while (values.length < 50 && reader.seek()) {
    const value = reader.value(0);
    if (value !== undefined) values.push(value);
  }
  return values.length > 1 ? values : values[0];
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: ' ', f: ' ' };

class Reader {
  #at = 0;
  constructor(readonly text: string) {}

  /** Moves to the next object or list; false where there is none. */
  seek(): boolean {
    const { text } = this;
    while (this.#at < text.length && text[this.#at] !== '{' && text[this.#at] !== '[') this.#at++;
    return this.#at < text.length;
  }

  value(depth: number): JsonValue | undefined {
    this.#space();
    const c = this.text[this.#at];
    if (c === '{') return depth < MAX_DEPTH ? this.#object(depth) : this.#skip();
    if (c === '[') return depth < MAX_DEPTH ? this.#list(depth) : this.#skip();
    if (c === '"') return this.#string();
    return this.#bare();
  }

  #object(depth: number): JsonValue {
    const object: { [key: string]: JsonValue } = {};
    this.#at++;
    for (;;) {
      this.#space();
      const c = this.text[this.#at];
      if (c === undefined || c === '}') {
        this.#at++;
        return object;
      }
      if (c === ']') return object;
      if (c !== '"') {
        // A stray comma, or rubbish: on to the next key.
        this.#at++;
        continue;
      }
      const key = this.#string();
      this.#space();
      if (this.text[this.#at] !== ':') continue;
      this.#at++;
      const value = this.value(depth + 1);
      if (value !== undefined && key !== '__proto__') object[key] = value;
    }
  }

  #list(depth: number): JsonValue {
    const list: JsonValue[] = [];
    this.#at++;
    for (;;) {
      this.#space();
      const c = this.text[this.#at];
      if (c === undefined || c === ']') {
        this.#at++;
        return list;
      }
      if (c === '}') return list;
      if (c === ',' || c === ':') {
        this.#at++;
        continue;
      }
      const value = this.value(depth + 1);
      if (value !== undefined) list.push(value);
    }
  }

  /** A string ends at a quote that something structural follows; other quotes belong to it. */
  #string(): string {
    const { text } = this;
    let value = '';
    let from = ++this.#at;
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at];
      if (c === '\\') {
        value += text.slice(from, this.#at) + this.#escape();
        from = this.#at + 1;
      } else if (c === '"' && this.#endsHere()) {
        value += text.slice(from, this.#at++);
        return value;
      }
    }
    return value + text.slice(from);
  }

  #escape(): string {
    const c = this.text[++this.#at] ?? '';
    if (c !== 'u') return SIMPLE_ESCAPES[c] ?? c;
    const hex = this.text.slice(this.#at + 1, this.#at + 5);
    if (!/^[0-9a-f]{4}$/i.test(hex)) return c;
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #endsHere(): boolean {
    const { text } = this;
    let i = this.#at + 1;
    // Far more white space than any layout has: a hostile page would make each quote look far ahead.
    const limit = Math.min(text.length, i + 500);
    while (i < limit && text.charCodeAt(i) <= 32) i++;
    const c = text[i];
    if (c === undefined || c === '}' || c === ']' || c === ':') return true;
    if (c !== ',') return false;
    // A comma ends the string where a key, a value or a line's end comes next; in prose a word does.
    do i++;
    while (i < limit && text.charCodeAt(i) <= 32);
    const next = text[i];
    return (
      next === undefined ||
      next === '"' ||
      next === '{' ||
      next === '[' ||
      next === '}' ||
      next === ']' ||
      /[\d-]|t|f|n/.test(next)
    );
  }

  #bare(): JsonValue | undefined {
    const start = this.#at;
    const { text } = this;
    while (this.#at < text.length && !',}]"{['.includes(text[this.#at]!)) this.#at++;
    if (this.#at === start) this.#at++;
    const word = text.slice(start, this.#at).trim();
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === '' || word === 'null' || word === 'undefined') return undefined;
    const number = Number(word);
    return Number.isFinite(number) ? number : word;
  }

  /** Past what is nested too deep. */
  #skip(): undefined {
    this.#at = this.text.length;
  }

  #space(): void {
    const { text } = this;
    while (this.#at < text.length && text.charCodeAt(this.#at) <= 32) this.#at++;
  }
}
