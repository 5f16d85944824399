/**
 * What single words say of the text that they stand in: log odds that it is body, learned from the words at both ends of
 * runs. In: a packed table. Out: a word's weight, by its hash: no word is cut out of its text, and none is shipped.
 */
/** Weights are kept to a tenth, in one byte. */
export const STEPS = 10;

export class WordWeights {
  /** Slots by hash; a taken slot's word goes to the next. A weight of 0: the slot is free. */
  readonly #hashes: Int32Array;
  readonly #weights: Int8Array;
  readonly #mask: number;

  constructor(hashes: Int32Array, weights: Int8Array) {
    let size = 64;
    while (size < 2 * hashes.length) size *= 2;
    this.#mask = size - 1;
    this.#hashes = new Int32Array(size);
    this.#weights = new Int8Array(size);
    for (let i = 0; i < hashes.length; i++) {
      const slot = this.#slotOf(hashes[i]!);
      this.#hashes[slot] = hashes[i]!;
      this.#weights[slot] = weights[i]!;
    }
  }

  /** 0: it is not known. */
  of(hash: number): number {
    return this.stepsOf(hash) / STEPS;
  }

  /** The same as a whole number. */
  stepsOf(hash: number): number {
    return this.#weights[this.#slotOf(hash)]!;
  }

  #slotOf(hash: number): number {
    let slot = hash & this.#mask;
    while (this.#weights[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & this.#mask;
    return slot;
  }
}

/** As bench/learn/learn.js packs it: the hashes, then the weights, little-endian, as base64. */
export function unpackWords(packed: string): WordWeights {
  const bytes = Buffer.from(packed, 'base64');
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const words = bytes.length / 5;
  return new WordWeights(new Int32Array(buffer, 0, words), new Int8Array(buffer, 4 * words, words));
}

export function packWords(weights: ReadonlyMap<number, number>): string {
  const buffer = new ArrayBuffer(5 * weights.size);
  const entries = [...weights].sort(([one], [other]) => one - other);
  new Int32Array(buffer, 0, entries.length).set(entries.map(([hash]) => hash));
  new Int8Array(buffer, 4 * entries.length).set(entries.map(([, weight]) => Math.round(weight * STEPS)));
  return Buffer.from(buffer).toString('base64');
}
