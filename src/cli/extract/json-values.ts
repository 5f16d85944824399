/**
 * Objects of JSON one after another, each over any number of lines, in an array or not. In: lines. Out: each object's
 * bytes and where it begins. Only braces and strings are looked at: whether an object is valid is for its reader to say.
 * One that does not end costs no more than itself where the next one is seen to begin.
 */
import { MAX_LINE_BYTES } from './page.js';

export interface JsonValue {
  /** Absent where the object is over the limit. */
  readonly bytes: Uint8Array | undefined;
  /** Line in which it begins, from 1. */
  readonly line: number;
  /** Which one it is, from 1. */
  readonly nth: number;
  /** Why it is no object. */
  readonly fault?: string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = [0x7b, 0x5b];
const CLOSE = [0x7d, 0x5d];
/** What stands between objects: white space, commas, the array's own brackets. */
const BETWEEN = new Set([0x20, 0x09, 0x0d, 0x2c, 0x5b, 0x5d]);

const NO_END = 'the object that begins here does not end';

/** Whether the first line of a file begins an array, or an object that goes on in the next line. */
export function spansLines(line: Uint8Array): boolean {
  const start = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, 200)).toString();
  return /^\ufeff?\s*(?:\[\s*(?:\{|$)|\{\s*$)/.test(start);
}

export class JsonValues {
  #parts: Uint8Array[] = [];
  #length = 0;
  #depth = 0;
  #isInString = false;
  #line = 0;
  #nth = 0;
  /** Blanks before the object in hand. */
  #indent = 0;
  #isAfterOpening = false;

  *read(line: Uint8Array, number: number): Generator<JsonValue> {
    if (this.#depth > 0 && this.#isNew(line)) yield* this.end();
    let start = 0;
    // A byte order mark.
    let at = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
    for (; at < line.length; at++) {
      const byte = line[at]!;
      if (this.#isInString) {
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) this.#isInString = false;
      } else if (this.#depth === 0) {
        if (BETWEEN.has(byte)) continue;
        this.#line = number;
        this.#indent = indentOf(line);
        start = at;
        if (byte === OPEN[0]) this.#depth = 1;
        else {
          yield { ...this.#next(), bytes: line.subarray(at), fault: 'expected an object' };
          return;
        }
      } else if (byte === QUOTE) this.#isInString = true;
      else if (OPEN.includes(byte)) this.#depth++;
      else if (CLOSE.includes(byte) && --this.#depth === 0) {
        this.#add(line.subarray(start, at + 1));
        yield this.#take();
      }
    }
    if (this.#depth === 0) return;
    this.#isAfterOpening = /[:,[{]\s*$/.test(Buffer.from(line.subarray(-20)).toString('latin1'));
    // A line break ends no string in JSON: its object is broken, and the next one is to be found.
    this.#isInString = false;
    this.#add(line.subarray(start));
    this.#add(Uint8Array.of(0x0a));
  }

  /** What was begun and never ended. */
  *end(): Generator<JsonValue> {
    if (this.#depth > 0) yield { ...this.#take(), fault: NO_END };
    this.#depth = 0;
  }

  /** Whether the next object begins though the one in hand has no end: no further in, and not as a part of it. */
  #isNew(line: Uint8Array): boolean {
    const indent = indentOf(line);
    if (line[indent] !== OPEN[0] || indent > this.#indent) return false;
    if (!this.#isAfterOpening) return true;
    try {
      return 'url' in JSON.parse(Buffer.from(line).toString().trim().replace(/,$/, ''));
    } catch {
      return false;
    }
  }

  #add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > MAX_LINE_BYTES) this.#parts = [];
    else this.#parts.push(part);
  }

  #take(): JsonValue {
    const tooLong = this.#length > MAX_LINE_BYTES;
    const bytes = tooLong ? undefined : Buffer.concat(this.#parts);
    const value = { ...this.#next(), bytes };
    this.#parts = [];
    this.#length = 0;
    return tooLong ? { ...value, fault: `the object is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB` } : value;
  }

  #next(): { line: number; nth: number } {
    return { line: this.#line, nth: ++this.#nth };
  }
}

function indentOf(line: Uint8Array): number {
  let at = 0;
  while (line[at] === 0x20 || line[at] === 0x09) at++;
  return at;
}
