/**
 * Room in which a text is put together from single characters. In: UTF-16 codes. Out: one string. Texts that are made of
 * pieces by "+" hold every piece, and are put together when they are first read.
 */

const MIN_SIZE = 16_384;
/** Room for a longer text is given back with the next one. */
const MAX_KEPT = 65_536;

export class TextRoom {
  length = 0;
  /** Two bytes for each code, the lower one first: for texts with a code above 255. */
  #wide = Buffer.alloc(2 * MIN_SIZE);
  /** One byte for each. */
  #narrow = Buffer.alloc(MIN_SIZE);
  #isWide = false;

  /** Begins a text of at most so many codes. */
  clear(most: number): void {
    this.length = 0;
    this.#isWide = false;
    const { length } = this.#narrow;
    if (most <= length && length <= MAX_KEPT) return;
    const size = Math.max(most, MIN_SIZE);
    this.#wide = Buffer.alloc(2 * size);
    this.#narrow = Buffer.alloc(size);
  }

  put(code: number): void {
    const at = this.length++;
    if (!this.#isWide) {
      if (code < 256) {
        this.#narrow[at] = code;
        return;
      }
      this.#widen(at);
    }
    this.#wide[2 * at] = code;
    this.#wide[2 * at + 1] = code >> 8;
  }

  text(): string {
    const { length } = this;
    return this.#isWide ? this.#wide.toString('utf16le', 0, 2 * length) : this.#narrow.toString('latin1', 0, length);
  }

  #widen(length: number): void {
    this.#isWide = true;
    for (let i = 0; i < length; i++) {
      this.#wide[2 * i] = this.#narrow[i]!;
      this.#wide[2 * i + 1] = 0;
    }
  }
}
