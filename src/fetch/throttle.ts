/**
 * The bandwidth of all downloads together. In: how many bytes came. Out: how long their connection should not be read
 * from, so that the server is slowed down by its own flow control. It holds no bytes.
 */

/** Shorter pauses cost more than they even out. */
const MIN_PAUSE_MS = 10;

export class Throttle {
  readonly #bytesPerSecond: number | undefined;
  readonly #onWait: ((ms: number) => void) | undefined;
  /** When all that came so far would have come at the allowed rate, by `performance.now`. */
  #paidUntilMs = 0;

  constructor(bytesPerSecond: number | undefined, onWait?: (ms: number) => void) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#onWait = onWait;
  }

  /** Milliseconds to pause; 0: read on. */
  take(bytes: number): number {
    if (this.#bytesPerSecond === undefined) return 0;
    const now = performance.now();
    this.#paidUntilMs = Math.max(now, this.#paidUntilMs) + (bytes / this.#bytesPerSecond) * 1000;
    const pauseMs = this.#paidUntilMs - now;
    if (pauseMs < MIN_PAUSE_MS) return 0;
    this.#onWait?.(pauseMs);
    return pauseMs;
  }
}
