/**
 * Files of an export, written into a folder of their own. In: files with safe paths. Out: how many. Never writes into a
 * folder that holds something, nor outside of it.
 */
import { createWriteStream, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ensureFolder } from '../ensure-folder.js';
import type { ExportedFile } from './formats.js';

/** The folder holds something already. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/** Throws FolderInUseError, or what the system says. */
export function makeFolder(folder: string): void {
  ensureFolder(folder);
  if (readdirSync(folder).length > 0)
    throw new FolderInUseError(
      `${folder}: the folder holds something already and is not written to; name another, or empty it`,
    );
}

export async function writeFiles(folder: string, files: AsyncIterable<ExportedFile>): Promise<number> {
  let count = 0;
  const made = new Set<string>();
  for await (const { path, content } of files) {
    const target = join(folder, path);
    const parent = dirname(target);
    if (!made.has(parent)) {
      ensureFolder(parent);
      made.add(parent);
    }
    await pipeline(
      Readable.from(typeof content === 'string' ? [content] : content, { objectMode: false }),
      createWriteStream(target, { flags: 'wx' }),
    );
    count++;
  }
  return count;
}
