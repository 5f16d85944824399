/**
 * A map for what is worth remembering but not for ever: of more than `capacity` keys those set longest ago are forgotten,
 * half of the capacity at a time. The other half, set last, is always there. To take out the oldest key of a `Map` one by
 * one takes 30 µs each among some thousands: it is looked for behind the places of all that were taken out before.
 */
export class RecentMap<K, V> {
  readonly #half: number;
  #recent = new Map<K, V>();
  #earlier: ReadonlyMap<K, V> = new Map();

  constructor(capacity: number) {
    this.#half = Math.max(1, Math.floor(capacity / 2));
  }

  get(key: K): V | undefined {
    return this.#recent.has(key) ? this.#recent.get(key) : this.#earlier.get(key);
  }

  has(key: K): boolean {
    return this.#recent.has(key) || this.#earlier.has(key);
  }

  set(key: K, value: V): void {
    if (this.#recent.size >= this.#half && !this.#recent.has(key)) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }
}
