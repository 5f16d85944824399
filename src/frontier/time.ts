/**
 * Time for waits: a clock that neither jumps nor stands when the system's is set, and pauses that a signal ends. In:
 * milliseconds. Instants of this clock mean nothing outside of the process; `toWallClock` turns them into dates.
 */

/** Milliseconds, with fractions. */
export function nowMs(): number {
  return performance.now();
}

/** Milliseconds since the epoch, as the system's clock counts them now; never earlier than meant. */
export function toWallClock(instantMs: number): number {
  return Math.ceil(Date.now() + instantMs - nowMs());
}

/** Longest that a timer of the runtime can take. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Ends early when the signal comes. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, MAX_TIMER_MS));
    signal?.addEventListener('abort', end, { once: true });
  });
}
