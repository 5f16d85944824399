/**
 * Work on a stream with several items under way at once. In: items, pulled only as room allows. Out: results, in the
 * order of the items, or as they come. Memory is bounded by what is under way, however long the stream is.
 */

export interface Concurrency<T> {
  /** Items under way, with the results that wait for their turn. */
  readonly width: number;
  /** What an item weighs; together they weigh at most `capacity`, but one item is always let in. */
  readonly weigh?: (item: T) => number;
  readonly capacity?: number;
  readonly ordered: boolean;
}

interface Running<R> {
  readonly weight: number;
  readonly done: Promise<{ readonly running: Running<R>; readonly result: R }>;
}

/** A rejection of `work` ends it all: what may fail for one item is a value. */
export async function* mapConcurrently<T, R>(
  items: AsyncIterable<T>,
  { width, weigh = () => 0, capacity = Number.POSITIVE_INFINITY, ordered }: Concurrency<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = items[Symbol.asyncIterator]();
  const underWay: Running<R>[] = [];
  let load = 0;
  let pulling: Promise<IteratorResult<T>> | undefined;
  let ended = false;
  const start = (item: T): void => {
    const weight = weigh(item);
    const running: Running<R> = { weight, done: work(item).then((result) => ({ running, result })) };
    // Awaited in its turn; until then a rejection is not unhandled.
    running.done.catch(() => {});
    underWay.push(running);
    load += weight;
  };
  try {
    for (;;) {
      if (!ended && underWay.length < width && (load < capacity || underWay.length === 0)) pulling ??= iterator.next();
      if (ended && underWay.length === 0) return;
      // A result that is ready must not wait for an input that is slow to come.
      const awaited = (ordered ? underWay.slice(0, 1) : underWay).map(({ done }) => done);
      const first = await Promise.race<Awaited<Running<R>['done']> | IteratorResult<T>>(
        pulling ? [...awaited, pulling] : awaited,
      );
      if ('running' in first) {
        underWay.splice(underWay.indexOf(first.running), 1);
        load -= first.running.weight;
        yield first.result;
      } else {
        pulling = undefined;
        if (first.done) ended = true;
        else start(first.value);
      }
    }
  } finally {
    // The input may be in the middle of a read that never comes back: it is told, not waited for.
    void iterator.return?.()?.catch(() => {});
  }
}
