/**
 * How soon the process compiles its functions a second time, for speed. For commands that read many pages: set once, for
 * all threads. The library leaves it alone, as the process is not its own.
 */
import { setFlagsFromString } from 'node:v8';

/**
 * How many bytes of bytecode a function runs through before Node 20's V8 looks whether to optimise it. With its own 67,584
 * the threads that compile take a third of the first hundreds of pages, which are read no sooner for it. Later versions
 * count calls and wait longer by themselves; they know no such flag.
 */
const BUDGET = 700_000;

export function optimiseLater(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
