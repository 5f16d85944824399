/**
 * One writer at a time. In: an archive's folder. Out: a lock that holds until `release` or until the process dies, in
 * whatever way: the operating system frees it, so no lock is ever stale and no process id has to be trusted.
 *
 * The lock is SQLite's exclusive lock on a file of its own. Nobody may open that file by other means while the lock is
 * held: on POSIX, closing any descriptor of a file frees all locks that the process has on it.
 */
import { join } from 'node:path';
import Database from 'libsql';
import { ArchiveLockedError, nameFailure } from './errors.js';
import { LOCK_FILE } from './layout.js';

export interface Lock {
  release(): void;
}

/** Throws ArchiveLockedError at once where another writer is at work, ArchiveFullError, ArchiveUnwritableError. */
export function lockArchive(directory: string): Lock {
  const db = openLock(directory);
  return {
    release: () => {
      db.exec('ROLLBACK');
      db.close();
    },
  };
}

function openLock(directory: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(join(directory, LOCK_FILE));
    db.exec('PRAGMA busy_timeout = 0');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    const isBusy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
    throw isBusy ? new ArchiveLockedError(directory) : nameFailure(directory, error);
  }
}
