/** How the command ends: the exit codes, and the errors that are the user's to mend. */

/** DESIGN.md, "Command line"; the README has the same table. */
export const EXIT = {
  done: 0,
  /** Done, but some of what was asked for could not be had. */
  incomplete: 1,
  /** Wrong usage or settings: nothing was begun. */
  usage: 2,
  /** The archive is damaged, or another run holds it. */
  archive: 3,
  /** Interrupted; what was committed is safe. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What the user typed or wrote into a file cannot be done. The message says what, where and what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The reader of our output has gone (`| head`): there is nobody left to write for, and nothing to complain about. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** `no such file or directory` instead of `ENOENT: no such file or directory, open 'x'`. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return SYSTEM_REASONS[code ?? ''] ?? message ?? String(error);
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many open files',
};
