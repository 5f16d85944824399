/**
 * The digest of `state.db` while nobody writes to it: SQLite's own checks miss a flipped bit inside a value. In: an
 * archive's folder, whose lock the caller holds where it writes. Out: `state.db.sha256`, in the form of `sha256sum`.
 * It is taken away before the first change and put back after the last, so it is never wrong: absent at worst.
 *
 * The file is read through SQLite. On POSIX, closing any descriptor of a file frees all locks that the process has on
 * it: whoever opens `state.db` by other means lets other processes take away the log that connections of this one still
 * go by, those too that are closed and wait for the garbage collector.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isFull, openImmutable, type StateDatabase } from '../state.js';
import { STATE_FILE, STATE_SEAL_FILE, syncFolder, writeWhole } from './layout.js';

/** What is wrong with `state.db` by its seal; undefined: nothing, or there is no seal to tell. */
export async function stateSealFault(directory: string): Promise<string | undefined> {
  const seal = readSeal(directory);
  if (seal === undefined || !existsSync(join(directory, STATE_FILE))) return undefined;
  const sha256 = await digestOfState(directory);
  // A writer that has begun meanwhile has broken it.
  if ((sha256 !== undefined && seal === sealLine(sha256)) || readSeal(directory) !== seal) return undefined;
  return `is not as its last writer left it: its sha256 is not that in ${STATE_SEAL_FILE}`;
}

function readSeal(directory: string): string | undefined {
  const path = join(directory, STATE_SEAL_FILE);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Pages of the file that are read at once. */
const PAGES = 256;

/** Of a file that nobody writes to, as `sha256sum` gives it; undefined where SQLite cannot take it for a database. */
async function digestOfState(directory: string): Promise<string | undefined> {
  const path = join(directory, STATE_FILE);
  const hash = createHash('sha256');
  let bytes = 0;
  let db: StateDatabase | undefined;
  try {
    db = openImmutable(path);
    const read = db.prepare('SELECT data FROM sqlite_dbpage WHERE pgno > ? ORDER BY pgno LIMIT ?');
    for (let page = 0; ; page += PAGES) {
      const rows = read.all(page, PAGES) as { data: ArrayBuffer }[];
      for (const { data } of rows) {
        hash.update(new Uint8Array(data));
        bytes += data.byteLength;
      }
      if (rows.length < PAGES) break;
      await setImmediate();
    }
  } catch {
    return undefined;
  } finally {
    db?.close();
  }
  // SQLite does not look at what stands behind its pages.
  return statSync(path).size === bytes ? hash.digest('hex') : undefined;
}

/** Before the first change. */
export function breakStateSeal(directory: string): void {
  const seal = join(directory, STATE_SEAL_FILE);
  // Not rmSync: the errors of Node 24's have no code where a disk is read-only.
  if (existsSync(seal)) unlinkSync(seal);
  syncFolder(directory);
}

/** Ends the writing: folds SQLite's log into the file, closes it, and seals it unless somebody else still reads. */
export async function closeAndSealState(directory: string, state: StateDatabase): Promise<void> {
  let isFolded = false;
  try {
    const [folded] = state.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all({}) as { busy: number }[];
    isFolded = folded?.busy === 0;
  } catch (error) {
    // On a full disk the log stays beside the file, and nothing is lost.
    if (!isFull(error)) throw error;
  } finally {
    state.close();
  }
  if (!isFolded) return;
  const sha256 = await digestOfState(directory);
  if (sha256 !== undefined) writeWhole(directory, STATE_SEAL_FILE, sealLine(sha256));
}

function sealLine(sha256: string): string {
  return `${sha256}  ${STATE_FILE}\n`;
}
