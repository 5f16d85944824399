/**
 * Work on a stream with several items under way at once. In: items, pulled only as room allows. Out: results, in the
 * order of the items, or as they come. Memory is bounded by the number under way, however long the stream is.
 */

export interface Concurrency {
  /** Items under way and results that wait for their turn. */
  readonly width: number;
  readonly ordered: boolean;
}

/** A rejection of `work` ends it all: what may fail for one item is a value. */
export async function* mapConcurrently<T, R>(
  items: AsyncIterable<T>,
  { width, ordered }: Concurrency,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = items[Symbol.asyncIterator]();
  const underWay: Promise<{ readonly slot: object; readonly result: R }>[] = [];
  const slots: object[] = [];
  let pulling: Promise<IteratorResult<T>> | undefined;
  let ended = false;
  try {
    for (;;) {
      if (!ended && underWay.length < width) pulling ??= iterator.next();
      // A result that is ready must not wait for an input that is slow to come.
      const next = ordered ? underWay.slice(0, 1) : underWay;
      const first = await Promise.race<{ slot: object; result: R } | IteratorResult<T>>([
        ...next,
        ...(pulling && underWay.length < width ? [pulling] : []),
      ]);
      if ('slot' in first) {
        const at = slots.indexOf(first.slot);
        slots.splice(at, 1);
        underWay.splice(at, 1);
        yield first.result;
      } else {
        pulling = undefined;
        if (first.done) ended = true;
        else {
          const slot = {};
          slots.push(slot);
          const running = work(first.value).then((result) => ({ slot, result }));
          // Awaited in its turn; until then a rejection is not unhandled.
          running.catch(() => {});
          underWay.push(running);
        }
      }
      if (ended && underWay.length === 0) return;
    }
  } finally {
    // The input may be in the middle of a read that never comes back: it is told, not waited for.
    void iterator.return?.()?.catch(() => {});
  }
}
