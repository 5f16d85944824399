/**
 * The stream with which React Server Components wake up, as Next.js writes it into scripts piece by piece
 * (`self.__next_f.push([1,"…"])`). In: the scripts' texts. Out: the values of its rows, references between them put in.
 * The format has no specification but its reader, `react-client/src/ReactFlightClient.js`. Never: throws, runs anything.
 */
import type { JsonObject, JsonValue } from './json-ld.js';

const PUSH = /\b__next_f\s?\.push\(\s?\[\s?1\s?,\s?(?=")/g;
/** `id:` and for some rows a letter of their kind. */
const ROW = /([\da-f]{1,8}):([A-Za-z]?)/y;
const LENGTH = /([\da-f]{1,8}),/y;
/** "$7", "$L7", "$7:props:article". */
const REFERENCE = /^\$[L@QW]?([\da-f]{1,8})((?::[^:]{1,200}){0,20})$/;
const DATE = /^\$D(?=\d{4}-)/;
const MAX_DEPTH = 120;
/** Values that references are followed for. */
const MAX_VALUES = 400_000;

export function readFlight(scripts: Iterable<string>): JsonValue[] {
  let stream = '';
  for (const text of scripts) {
    if (!text.includes('__next_f')) continue;
    for (const { index, 0: head } of text.matchAll(PUSH)) stream += stringAt(text, index + head.length);
  }
  return stream === '' ? [] : new Rows(stream).values();
}

/** The JSON string that begins at a quotation mark; empty where it does not end. */
function stringAt(text: string, start: number): string {
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  const value = parsed(text.slice(start, end + 1));
  return typeof value === 'string' ? value : '';
}

function parsed(json: string): JsonValue | undefined {
  try {
    return JSON.parse(json) as JsonValue;
  } catch {
    return undefined;
  }
}

class Rows {
  readonly #rows = new Map<string, JsonValue>();
  /** Rows with their references put in; null while that is done. */
  readonly #whole = new Map<string, JsonValue>();
  /** Rows that others refer to: they are no values of their own. */
  readonly #inside = new Set<string>();
  #left = MAX_VALUES;

  constructor(stream: string) {
    for (let at = 0; at < stream.length; ) {
      ROW.lastIndex = at;
      const row = ROW.exec(stream);
      if (row?.[2] === 'T') {
        LENGTH.lastIndex = ROW.lastIndex;
        const length = LENGTH.exec(stream);
        if (!length) return;
        at = afterBytes(stream, LENGTH.lastIndex, Number.parseInt(length[1]!, 16));
        this.#rows.set(row[1]!, stream.slice(LENGTH.lastIndex, at));
        continue;
      }
      const end = stream.indexOf('\n', at);
      const line = stream.slice(row ? ROW.lastIndex : at, end < 0 ? stream.length : end);
      at = end < 0 ? stream.length : end + 1;
      // Rows with a letter name modules, hints and errors.
      const value = row?.[2] === '' ? parsed(line) : undefined;
      if (value !== undefined) this.#rows.set(row![1]!, value);
    }
  }

  values(): JsonValue[] {
    for (const id of this.#rows.keys()) this.#row(id);
    return [...this.#whole].flatMap(([id, value]) => (this.#inside.has(id) ? [] : [value]));
  }

  #row(id: string): JsonValue {
    const known = this.#whole.get(id);
    if (known !== undefined) return known;
    this.#whole.set(id, null);
    const value = this.#follow(this.#rows.get(id) ?? null, 0);
    this.#whole.set(id, value);
    return value;
  }

  #follow(value: JsonValue, depth: number): JsonValue {
    if (this.#left-- <= 0 || depth > MAX_DEPTH) return null;
    if (typeof value === 'string') return value.startsWith('$') ? this.#named(value) : value;
    if (value === null || typeof value !== 'object') return value;
    if (!Array.isArray(value)) return this.#object(value, depth);
    const [mark, tag, , props] = value;
    if (mark === '$' && typeof tag === 'string' && props !== null && typeof props === 'object' && !Array.isArray(props))
      return { ...(tag.startsWith('$') ? {} : { tag }), ...this.#object(props, depth) };
    return value.map((item) => this.#follow(item, depth + 1));
  }

  #object(object: JsonObject | undefined, depth: number): JsonObject {
    const followed: Record<string, JsonValue> = {};
    for (const [key, item] of Object.entries(object ?? {}))
      if (item !== undefined && key !== '__proto__') followed[key] = this.#follow(item, depth + 1);
    return followed;
  }

  #named(text: string): JsonValue {
    if (text.startsWith('$$')) return text.slice(1);
    const reference = REFERENCE.exec(text);
    if (!reference || !this.#rows.has(reference[1]!)) return DATE.test(text) ? text.slice(2) : null;
    const [, id, path] = reference as unknown as [string, string, string];
    let value: JsonValue | undefined = this.#row(id);
    // A row that leads back to itself is null so far.
    if (path === '' && value !== null) this.#inside.add(id);
    for (const key of path.split(':').slice(1))
      value = value !== null && typeof value === 'object' ? (value as JsonObject)[key] : undefined;
    return value ?? null;
  }
}

/** The place behind so many bytes of UTF-8. */
function afterBytes(text: string, start: number, bytes: number): number {
  let at = start;
  for (let left = bytes; left > 0 && at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Each half of a character beyond the first plane is two bytes of its four.
    left -= code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return at;
}
