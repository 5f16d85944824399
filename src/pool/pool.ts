/**
 * Worker threads for the pure middle of the pipeline. Page tasks go in, readings come out, in any order; a caller that
 * needs the input's order awaits the promises in that order. A worker that dies or takes too long costs its one page
 * and is replaced.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PageReading, PageTask } from './page-task.js';
import type { WorkerAnswer } from './worker.js';

export interface PoolOptions {
  /** Threads; 0 reads pages in the calling thread. Default: one less than the processors, at least one. */
  readonly workers?: number | undefined;
  /** A page that takes longer is given up, in milliseconds. Default 30 000. */
  readonly maxTaskMs?: number;
  /** Heap of one worker, in MB; a page that needs more is given up. Default 1024. */
  readonly maxWorkerHeapMb?: number;
}

export interface Pool {
  /** Rejects with PageFailure where the page could not be read; the pool goes on. */
  read(task: PageTask): Promise<PageReading>;
  /** Tasks that wait for a thread: callers hold back when it grows. */
  readonly waiting: number;
  /** How many tasks keep every thread busy: what a caller has under way at once. */
  readonly width: number;
  /** Resolves when no more than `width` tasks wait: who fetches pages waits here, so that unread ones do not pile up. */
  room(): Promise<void>;
  close(): Promise<void>;
}

/** A page that could not be read: it broke a limit, or met a bug. */
export class PageFailure extends Error {
  override readonly name = 'PageFailure';
}

interface Job {
  readonly task: PageTask;
  /** Its bytes once more, where it lies ready behind a page that the thread may die of. */
  spare?: Uint8Array;
  readonly resolve: (reading: PageReading) => void;
  readonly reject: (error: PageFailure) => void;
}

interface Thread {
  readonly worker: Worker;
  /** What was sent: the first is being read, the next lies ready, so that no worker waits for the calling thread. */
  readonly jobs: Job[];
  /** Of the page that is being read. */
  timer: NodeJS.Timeout | undefined;
  /** For the bytes of the page that lies ready; the same memory for all of them, as a copy each would wait for a collection. */
  readonly spare: Buffer;
}

/** Pages that are larger get memory of their own for it. */
const SPARE_BYTES = 2 ** 20;

/** How much a worker is given: more takes less time a page, and more memory. One on its own may have more than one of several. */
interface Means {
  /** For the short-lived objects of several pages. Their two halves are powers of two: 13 to 24 are the same, and so are 25 to 48. */
  readonly youngMb: number;
  /** Pages that it holds: the one that it reads, and perhaps the next, so that it need not wait for the calling thread. */
  readonly pages: number;
}
const ALONE: Means = { youngMb: 32, pages: 2 };
const AMONG_OTHERS: Means = { youngMb: 16, pages: 1 };

/** Workers are compiled JavaScript also where the sources are run as TypeScript (the tests). */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? '../../dist/pool/worker.js' : './worker.js', import.meta.url);

export function createPool(options: PoolOptions = {}): Pool {
  const size = options.workers ?? Math.max(1, availableParallelism() - 1);
  return size === 0
    ? new CallingThread()
    : new WorkerPool(size, options.maxTaskMs ?? 30_000, options.maxWorkerHeapMb ?? 1024);
}

/** The same contract without threads: for a single page, where starting a worker would cost more than the page. */
class CallingThread implements Pool {
  readonly waiting = 0;
  readonly width = 1;
  async room(): Promise<void> {}
  async read(task: PageTask): Promise<PageReading> {
    // Who has workers needs nothing of what reads a page: 30 ms of a start, and 20 MB.
    const { readPage } = await import('./page-task.js');
    try {
      return readPage(task);
    } catch (error) {
      throw new PageFailure(String(error), { cause: error });
    }
  }
  async close(): Promise<void> {}
}

class WorkerPool implements Pool {
  readonly #size: number;
  readonly #means: Means;
  readonly #maxTaskMs: number;
  readonly #heapMb: number;
  readonly #threads = new Set<Thread>();
  readonly #queue: Job[] = [];
  readonly #forRoom: (() => void)[] = [];
  #closed = false;

  constructor(size: number, maxTaskMs: number, heapMb: number) {
    this.#size = size;
    this.#means = size === 1 ? ALONE : AMONG_OTHERS;
    this.#maxTaskMs = maxTaskMs;
    this.#heapMb = heapMb;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get width(): number {
    return this.#size * 2;
  }

  room(): Promise<void> {
    if (this.#closed || this.#queue.length <= this.width) return Promise.resolve();
    return new Promise((resolve) => {
      this.#forRoom.push(resolve);
    });
  }

  read(task: PageTask): Promise<PageReading> {
    if (this.#closed) return Promise.reject(new PageFailure('the pool is closed'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const closed = new PageFailure('the pool was closed before the page was read');
    for (const job of this.#queue.splice(0)) job.reject(closed);
    for (const goOn of this.#forRoom.splice(0)) goOn();
    const threads = [...this.#threads];
    this.#threads.clear();
    await Promise.all(
      threads.map((thread) => {
        clearTimeout(thread.timer);
        for (const job of thread.jobs.splice(0)) job.reject(closed);
        return thread.worker.terminate();
      }),
    );
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#next();
      if (!thread) return;
      const job = this.#queue.shift()!;
      // One for one: all at once would fill the queue again.
      if (this.#queue.length <= this.width) this.#forRoom.shift()?.();
      thread.jobs.push(job);
      if (thread.jobs.length === 1) {
        thread.worker.ref();
        this.#watch(thread);
      } else {
        keepSpare(job, thread);
      }
      const task = movable(job.task);
      thread.worker.postMessage(task, typeof task.body === 'string' ? [] : [task.body.buffer as ArrayBuffer]);
    }
    // What those that went on have brought may have been no page.
    for (const goOn of this.#forRoom.splice(0)) goOn();
  }

  /** Who takes the next task: a thread that has nothing to do, a new one, or one that can hold it ready. */
  #next(): Thread | undefined {
    let least: Thread | undefined;
    for (const thread of this.#threads) if (!least || thread.jobs.length < least.jobs.length) least = thread;
    if (least?.jobs.length === 0) return least;
    if (this.#threads.size < this.#size) return this.#start();
    return least && least.jobs.length < this.#means.pages ? least : undefined;
  }

  #watch(thread: Thread): void {
    thread.timer = setTimeout(() => this.#drop(thread, `took longer than ${this.#maxTaskMs} ms`), this.#maxTaskMs);
  }

  #start(): Thread {
    const worker = new Worker(ENTRY, {
      resourceLimits: {
        maxOldGenerationSizeMb: this.#heapMb,
        maxYoungGenerationSizeMb: this.#means.youngMb,
      },
    });
    const spare = Buffer.allocUnsafeSlow(this.#means.pages > 1 ? SPARE_BYTES : 0);
    const thread: Thread = { worker, jobs: [], timer: undefined, spare };
    this.#threads.add(thread);
    worker.on('message', (answer: WorkerAnswer) => {
      // An answer that was on its way when the thread was given up: it must neither take new work, nor let the process
      // end before it has ended itself.
      if (!this.#threads.has(thread)) return;
      const job = this.#finish(thread);
      if (thread.jobs.length > 0) this.#watch(thread);
      else worker.unref();
      if ('error' in answer) job?.reject(new PageFailure(answer.error));
      else job?.resolve(JSON.parse(Buffer.from(answer.reading).toString('utf16le')) as PageReading);
      this.#dispatch();
    });
    worker.on('error', (error: Error) => this.#drop(thread, error.message));
    worker.on('exit', () => this.#drop(thread, 'the worker thread ended'));
    return thread;
  }

  /** Takes the job that the thread was at off it. */
  #finish(thread: Thread): Job | undefined {
    clearTimeout(thread.timer);
    return thread.jobs.shift();
  }

  /** Gives a thread up, and with it the page it was at; another reads the page that it held ready. */
  #drop(thread: Thread, why: string): void {
    if (!this.#threads.delete(thread)) return;
    this.#finish(thread)?.reject(new PageFailure(why));
    for (const { task, spare, resolve, reject } of thread.jobs.splice(0))
      this.#queue.unshift({ task: spare ? { ...task, body: Uint8Array.from(spare) } : task, resolve, reject });
    void thread.worker.terminate();
    if (!this.#closed) this.#dispatch();
  }
}

/** Text needs no copy: it is not moved. */
function keepSpare(job: Job, { spare }: Thread): void {
  const { body } = job.task;
  if (typeof body === 'string') return;
  const room = body.byteLength <= SPARE_BYTES ? spare : Buffer.allocUnsafeSlow(body.byteLength);
  room.set(body);
  job.spare = room.subarray(0, body.byteLength);
}

/** The task with bytes that own their whole memory, as moving needs: small buffers of Node's share one. */
function movable(task: PageTask): PageTask {
  const { body } = task;
  if (typeof body === 'string') return task;
  const ownsAll = body.byteLength === body.buffer.byteLength && body.byteLength > Buffer.poolSize;
  return { ...task, body: ownsAll ? body : Uint8Array.from(body) };
}
