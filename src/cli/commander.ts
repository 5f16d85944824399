/**
 * Commander, by `require`: `import` reads a CommonJS package twice, to see what it exports, which takes a start 3 ms.
 */
import { createRequire } from 'node:module';

export const { Command, Option } = createRequire(import.meta.url)('commander') as typeof import('commander');
export type Command = import('commander').Command;
