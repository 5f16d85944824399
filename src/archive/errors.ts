/** What can be wrong with an archive's surroundings. Each message says what, where, and what to do. */
import { isFull, isUnwritable } from '../state.js';
import { systemReason } from '../system-reason.js';

/** Another process writes to this archive. */
export class ArchiveLockedError extends Error {
  override readonly name = 'ArchiveLockedError';
  constructor(readonly directory: string) {
    super(`${directory}: another run is writing to this archive; wait until it ends, or choose another folder`);
  }
}

/** The archive's files are not what the ledger says they are. */
export class ArchiveDamagedError extends Error {
  override readonly name = 'ArchiveDamagedError';
}

/** `tearsheet.json` cannot be used. */
export class ArchiveSettingsError extends Error {
  override readonly name = 'ArchiveSettingsError';
}

/** The disk or the quota is full. What was committed is safe; the rest is fetched again by the next run. */
export class ArchiveFullError extends Error {
  override readonly name = 'ArchiveFullError';
  constructor(directory: string, cause: unknown) {
    super(
      `${directory}: no space left to write to; all that was committed is safe. Make space and run the same command again`,
      { cause },
    );
  }
}

/** Nothing can be written where the archive is, or is to be. */
export class ArchiveUnwritableError extends Error {
  override readonly name = 'ArchiveUnwritableError';
  constructor(directory: string, cause: unknown) {
    const reason = isUnwritable(cause) ? 'its files can only be read' : systemReason(cause);
    super(`${directory}: cannot be written to: ${reason}; choose another folder, or make this one writable`, { cause });
  }
}

const UNWRITABLE = new Set(['EROFS', 'EACCES', 'EPERM']);

/** Gives a disk that is full or cannot be written to its own type; other errors pass unchanged. */
export function nameFailure(directory: string, error: unknown): unknown {
  if (isFull(error)) return new ArchiveFullError(directory, error);
  const { code = '' } = (error ?? {}) as { code?: string };
  return UNWRITABLE.has(code) || isUnwritable(error) ? new ArchiveUnwritableError(directory, error) : error;
}
