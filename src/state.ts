/**
 * `state.db`: the one SQLite file of an archive, shared by the frontier and the ledger so that one transaction commits
 * both. Each room brings its own tables with `define`; nobody touches another room's tables. Everything in it can be
 * rebuilt from the files beside it.
 */
import { constants, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { systemReason } from './system-reason.js';

export type StateDatabase = Database.Database;

/** Opens or makes the file; `:memory:` for a run that keeps nothing. */
export function openState(path: string): StateDatabase {
  const db = new Database(path);
  // FULL: a commit is on the disk when it returns; that is what the archive promises.
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;',
  );
  // 32 MB of pages in memory: with SQLite's own 2 MB every new lead of a million waits for a page of an index.
  db.exec('PRAGMA cache_size = -32768');
  db.exec('CREATE TABLE IF NOT EXISTS room (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID');
  return db;
}

/** Whether a database cannot be opened as it would be to write to it. */
export function isUnwritable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // 14 is SQLITE_CANTOPEN: libsql gives no code where not even an empty file can be made.
  return (
    /^SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)/.test(String(code)) ||
    /^ConnectionFailed\(.*: 14"\)$/.test(String(message))
  );
}

/** Errors of a full file system, from Node and from SQLite. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE']);

export function isFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && FULL.has(code);
}

/** As it stands: no lock is taken, no log read, and no file touched. Only while nobody writes to it. */
export function openImmutable(path: string): StateDatabase {
  return new Database(`${pathToFileURL(path).href}?immutable=1`);
}

/** As `openState`, for whoever only reads; also where nothing can be written: on a read-only or full disk, in another's folder. */
export function openStateToRead(path: string): StateDatabase {
  try {
    return openState(path);
  } catch (error) {
    // Even to read, SQLite makes a file beside its log.
    if (!isUnwritable(error) && !isFull(error)) throw error;
  }
  const isFolded = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
  if (isFolded) return openImmutable(path);
  const db = new Database(path, { readonly: true });
  try {
    // Only the first read opens the log.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    // The index of the log is missing, as in most copies, and cannot be made: nobody writes here.
    if (!isUnwritable(error) && !isFull(error)) throw error;
  }
  return openCopy(path);
}

/** Such a copy of the file and its log as goes with the connection: its names are taken away once it is open. */
function openCopy(path: string): StateDatabase {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'tearsheet-state-'));
    const copy = join(folder, 'state.db');
    for (const end of ['', '-wal']) copyFileSync(path + end, copy + end, constants.COPYFILE_FICLONE);
    const db = new Database(copy);
    // Folds the log into the file: no other file is opened any more.
    db.exec('PRAGMA journal_mode = MEMORY');
    return db;
  } catch (error) {
    throw new StateUnreadableError(path, error);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** The file is sound, as far as one can tell, but cannot be read where it stands. */
export class StateUnreadableError extends Error {
  override readonly name = 'StateUnreadableError';
  constructor(path: string, cause: unknown) {
    super(
      `${path}: a run that was cut off has left its log beside it, which cannot be folded in where nothing can be written, nor in a copy in ${tmpdir()}: ${systemReason(cause)}. Copy the archive to where it can be written, or set TMPDIR to a folder with room`,
      { cause },
    );
  }
}

/**
 * For lists that would be too much for memory: what is made in it by `CREATE TEMP TABLE` stands in a file of the system's
 * temporary folder that nobody else sees and that goes with the connection. A database without a name would stand in
 * memory: this SQLite is built so (TEMP_STORE=2), unless it is told before the first table.
 */
export function openTemporary(): StateDatabase {
  const db = new Database(':memory:');
  db.exec('PRAGMA temp_store = FILE; PRAGMA temp.journal_mode = OFF; PRAGMA temp.synchronous = OFF');
  return db;
}

/** `state.db` was written by a newer tearsheet. */
export class ArchiveFormatError extends Error {
  override readonly name = 'ArchiveFormatError';
}

/**
 * Brings to the disk what a process that died may have written to SQLite's log and not synced: this one reads it as
 * committed already, and a power cut could still take it back.
 */
export function syncState(db: StateDatabase): void {
  const [row] = db.prepare('PRAGMA user_version').all({}) as { user_version: number }[];
  // Any commit syncs the whole log, but it must change something: what is set to its own value is not written.
  transact(db, () => db.exec(`PRAGMA user_version = ${((row?.user_version ?? 0) + 1) % 2 ** 31}`));
}

/** The version of a room's tables; 0 where it has none. */
export function versionOf(db: StateDatabase, room: string): number {
  const row = db.prepare('SELECT version FROM room WHERE name = ?').get(room) as { version: number } | undefined;
  return row?.version ?? 0;
}

/**
 * All that `write` does, or none of it. By hand: SQLite itself rolls back when the disk is full, and libsql's own
 * wrapper then fails to roll back a second time and hides why.
 */
export function transact<T>(db: StateDatabase, write: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = write();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Throws ArchiveFormatError where a room's tables are those of a newer tearsheet. */
export function refuseNewer(db: StateDatabase, room: string, known: number): void {
  const version = versionOf(db, room);
  if (version > known)
    throw new ArchiveFormatError(
      `state.db: "${room}" has version ${version}, this tearsheet knows ${known}: use a newer tearsheet`,
    );
}

/** Brings a room's tables to its newest version: `migrations[n]` leads from version n to n + 1. */
export function define(db: StateDatabase, room: string, migrations: readonly string[]): void {
  const run = db.transaction(() => {
    refuseNewer(db, room, migrations.length);
    const version = versionOf(db, room);
    // Whoever only reads leaves the file as it is, to the byte, and waits for no writer.
    if (version === migrations.length) return;
    for (const migration of migrations.slice(version)) db.exec(migration);
    db.prepare('INSERT INTO room VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version').run(
      room,
      migrations.length,
    );
  });
  run();
}
