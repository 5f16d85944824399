/** Seeds as typed and as listed in a file: one a line, empty lines and comments left out. */

import { systemReason } from '../system-reason.js';
import { UsageError } from './exit.js';
import { readTextFile } from './text-file.js';

export function readSeeds(typed: readonly string[], list: string | undefined): string[] {
  if (list === undefined) return [...typed];
  let text: string;
  try {
    text = readTextFile(list === '-' ? 0 : list);
  } catch (error) {
    throw new UsageError(`--seeds ${list}: cannot be read: ${systemReason(error)}`);
  }
  const listed = text
    .split('\n')
    // A `#` in the middle of an address is part of it.
    .map((line) => line.replace(/(?:^|\s)#.*/, '').trim())
    .filter((line) => line !== '');
  if (listed.length === 0) throw new UsageError(`--seeds ${list}: there is no seed in it`);
  return [...typed, ...listed];
}
