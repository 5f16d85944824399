/**
 * Room in which a text is put together from single characters. In: UTF-16 codes. Out: one string. Texts that are made of
 * pieces by "+" hold every piece, and are put together when they are first read.
 */

const MIN_SIZE = 16_384;
/** Room for a longer text is given back with the next one. */
const MAX_KEPT = 65_536;

export class TextRoom {
  length = 0;
  /** Two bytes for each code, the lower one first. */
  #bytes = Buffer.alloc(2 * MIN_SIZE);
  /** Lower bytes alone, for the texts that have no others. */
  #narrow = Buffer.alloc(MIN_SIZE);
  #codes = 0;

  /** Begins a text of at most so many codes. */
  clear(most: number): void {
    this.length = 0;
    this.#codes = 0;
    const { length } = this.#narrow;
    if (most <= length && length <= MAX_KEPT) return;
    const size = Math.max(most, MIN_SIZE);
    this.#bytes = Buffer.alloc(2 * size);
    this.#narrow = Buffer.alloc(size);
  }

  put(code: number): void {
    const at = this.length++;
    this.#bytes[2 * at] = code;
    this.#bytes[2 * at + 1] = code >> 8;
    this.#narrow[at] = code;
    this.#codes |= code;
  }

  text(): string {
    const { length } = this;
    return this.#codes < 256
      ? this.#narrow.toString('latin1', 0, length)
      : this.#bytes.toString('utf16le', 0, 2 * length);
  }
}
