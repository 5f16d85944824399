/**
 * Tables of numbers that models are told of runs. A table is made of parts, each of which writes numbers made of the
 * same things side by side. In: what the numbers are made from. Out: a row for each run.
 */
import type { Run } from './blocks.js';

export interface Part<Context> {
  readonly names: readonly string[];
  /** Writes a number for each of `names`, from `at` on. */
  readonly write: (run: Run, context: Context, rows: Float32Array, at: number) => void;
}

export class Table<Context> {
  /** Of a row's numbers, in their order. */
  readonly names: readonly string[];
  readonly width: number;
  readonly #parts: readonly Part<Context>[];

  constructor(parts: readonly Part<Context>[]) {
    this.#parts = parts;
    this.names = parts.flatMap(({ names }) => names);
    this.width = this.names.length;
  }

  rows(runs: readonly Run[], context: Context): Float32Array {
    const { width } = this;
    const rows = new Float32Array(runs.length * width);
    for (let i = 0; i < runs.length; i++) this.write(runs[i]!, context, rows, i * width);
    return rows;
  }

  write(run: Run, context: Context, rows: Float32Array, at: number): void {
    for (let i = 0; i < this.#parts.length; i++) {
      const { names, write } = this.#parts[i]!;
      write(run, context, rows, at);
      at += names.length;
    }
  }
}
