/**
 * Names and words looked up where they stand in a text, ASCII in any case: nothing is cut out, lower-cased or hashed
 * twice. In: a list of names; a stretch of the text with its hash, made while its end was looked for. Out: what belongs
 * to the name.
 */

/** Hash of a name before its first character. */
export const NO_HASH = 0;

const FACTOR = 31;

/** Goes on by one character, its case aside. */
export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, FACTOR) + (code | 32)) | 0;
}

/** What a hash is multiplied with to go on by so many characters, whose own hash is then added. */
export function hashFactor(characters: number): number {
  let factor = 1;
  for (let i = 0; i < characters; i++) factor = Math.imul(factor, FACTOR);
  return factor;
}

export function hashOf(name: string): number {
  let hash = NO_HASH;
  for (let i = 0; i < name.length; i++) hash = hashStep(hash, name.charCodeAt(i));
  return hash;
}

/** Whether a lower-case name stands in the source, ASCII in any case. */
export function isNamed(source: string, from: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = source.charCodeAt(from + i);
    const wanted = name.charCodeAt(i);
    if (code !== wanted && !(code >= 65 && code <= 90 && code + 32 === wanted)) return false;
  }
  return true;
}

export class SourceNames<T> {
  /** Slots by hash; a taken slot's name goes to the next. */
  readonly #names: (string | undefined)[];
  readonly #values: (T | undefined)[];
  readonly #mask: number;

  /** Lower-case names, each with what belongs to it. */
  constructor(entries: readonly (readonly [name: string, value: T])[]) {
    let size = 64;
    while (size < 4 * entries.length) size *= 2;
    this.#mask = size - 1;
    this.#names = new Array(size).fill(undefined);
    this.#values = new Array(size).fill(undefined);
    for (const [name, value] of entries) {
      let slot = hashOf(name) & this.#mask;
      while (this.#names[slot] !== undefined) slot = (slot + 1) & this.#mask;
      this.#names[slot] = name;
      this.#values[slot] = value;
    }
  }

  find(source: string, from: number, to: number, hash: number): T | undefined {
    let slot = hash & this.#mask;
    for (let name = this.#names[slot]; name !== undefined; name = this.#names[slot]) {
      if (name.length === to - from && isNamed(source, from, name)) return this.#values[slot];
      slot = (slot + 1) & this.#mask;
    }
    return undefined;
  }
}
