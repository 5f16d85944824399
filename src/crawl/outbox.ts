/**
 * Between the crawl and whoever reads its results: a queue that is read as an asynchronous iterator. The crawl looks at
 * `isFull` before it takes on more work, so that a slow reader slows the crawl down.
 */
export class Outbox<T> {
  readonly #items: T[] = [];
  readonly #capacity: number;
  #wakeReader: (() => void) | undefined;
  #onRoom: () => void;
  #ended = false;

  /** `onRoom` is called when a full outbox has room again. */
  constructor(capacity: number, onRoom: () => void) {
    this.#capacity = capacity;
    this.#onRoom = onRoom;
  }

  get isFull(): boolean {
    return this.#items.length >= this.#capacity;
  }

  put(item: T): void {
    this.#items.push(item);
    this.#wakeReader?.();
  }

  /** Nothing more comes: the reader gets what is there and is done. */
  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      while (this.#items.length > 0) {
        const wasFull = this.isFull;
        const item = this.#items.shift()!;
        if (wasFull) this.#onRoom();
        yield item;
      }
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
      this.#wakeReader = undefined;
    }
  }
}
