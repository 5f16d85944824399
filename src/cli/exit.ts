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
