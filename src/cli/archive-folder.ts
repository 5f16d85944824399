/** The archive that a command was given: opened for reading, its damages told as they are met. */
import { statSync } from 'node:fs';
import { type ArchiveReader, openReader } from '../archive/reader.js';
import { systemReason } from '../system-reason.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { counted } from './figures.js';
import { escapeText } from './terminal.js';

/** Damaged records named one by one; the rest is counted. */
const MAX_TOLD = 20;

/** Throws UsageError where the path is no folder. */
export function requireFolder(folder: string): void {
  try {
    if (statSync(folder).isDirectory()) return;
  } catch (error) {
    throw new UsageError(`${folder}: cannot be read: ${systemReason(error)}`);
  }
  throw new UsageError(`${folder}: it is a file; name the folder of an archive`);
}

export interface OpenedArchive {
  readonly reader: ArchiveReader;
  /** Says what could not be read, and gives the exit code that this leaves. */
  finish(code?: ExitCode): ExitCode;
}

export function openForReading(folder: string): OpenedArchive {
  requireFolder(folder);
  let damages = 0;
  const tell = (line: string) => process.stderr.write(`tearsheet: ${escapeText(line)}\n`);
  const reader = openReader(folder, ({ file, offset, problem }) => {
    damages++;
    if (damages <= MAX_TOLD) tell(`${folder}: ${file} at byte ${offset}: ${problem}`);
  });
  return {
    reader,
    finish(code = EXIT.done) {
      reader.close();
      if (damages === 0) return code;
      tell(
        `${folder}: ${counted(damages, 'record')} could not be read; "tearsheet verify ${folder}" gives the whole report`,
      );
      return EXIT.archive;
    },
  };
}
