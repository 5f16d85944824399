/**
 * Reads pages for `extract`: the first small one in this thread, where starting workers would cost more than the page,
 * all others in the pool. In: tasks. Out: readings, or a PageFailure.
 */

import type { PageReading, PageTask } from '../../pool/page-task.js';
import { createPool, type Pool } from '../../pool/pool.js';
import { optimiseLater } from '../optimising.js';

/** A larger page might hold this thread up, or bring it down. */
const MAX_BYTES_HERE = 4 * 2 ** 20;

export class PageReader {
  readonly #workers: number | undefined;
  #isFirst = true;
  #pool: Pool | undefined;

  constructor(workers: number | undefined) {
    this.#workers = workers;
  }

  /** `isAgain`: the page was read before, under another address. */
  read(task: PageTask, isAgain = false): Promise<PageReading> {
    const isHere = (this.#isFirst || (isAgain && !this.#pool)) && task.body.length <= MAX_BYTES_HERE;
    this.#isFirst = false;
    if (isHere) return createPool({ workers: 0 }).read(task);
    this.#pool ??= this.#open();
    return this.#pool.read(task);
  }

  #open(): Pool {
    optimiseLater();
    return createPool({ workers: this.#workers });
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}
