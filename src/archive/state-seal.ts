/**
 * The digest of `state.db` while nobody writes to it: SQLite's own checks miss a flipped bit inside a value. In: an
 * archive's folder, whose lock the caller holds where it writes. Out: `state.db.sha256`, in the form of `sha256sum`.
 * It is taken away before the first change and put back after the last, so it is never wrong: absent at worst.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StateDatabase } from '../state.js';
import { isFull } from './errors.js';
import { STATE_FILE, STATE_SEAL_FILE, syncFolder, writeWhole } from './layout.js';
import { fixityOf } from './manifest.js';

/** What is wrong with `state.db` by its seal; undefined: nothing, or there is no seal to tell. */
export async function stateSealFault(directory: string): Promise<string | undefined> {
  const path = join(directory, STATE_SEAL_FILE);
  if (!existsSync(path) || !existsSync(join(directory, STATE_FILE))) return undefined;
  const { sha256 } = await fixityOf(directory, STATE_FILE);
  if (readFileSync(path, 'utf8') === sealLine(sha256)) return undefined;
  return `is not as its last writer left it: its sha256 is not that in ${STATE_SEAL_FILE}`;
}

/** Before the first change. */
export function breakStateSeal(directory: string): void {
  rmSync(join(directory, STATE_SEAL_FILE), { force: true });
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
  writeWhole(directory, STATE_SEAL_FILE, sealLine((await fixityOf(directory, STATE_FILE)).sha256));
}

function sealLine(sha256: string): string {
  return `${sha256}  ${STATE_FILE}\n`;
}
