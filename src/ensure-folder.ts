/**
 * A folder, made with all above it where it is not there. Node's own `recursive` asks without end where the system says
 * "no such folder" although the one above is there: below /proc, or where the working directory was removed.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Throws what the system says. */
export function ensureFolder(path: string): void {
  if (isFolder(path)) return;
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another process may have made it meanwhile.
    if (code === 'EEXIST' && isFolder(path)) return;
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
    ensureFolder(dirname(path));
    mkdirSync(path);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
