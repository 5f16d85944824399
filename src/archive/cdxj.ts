/**
 * The index by which replay tools find captures: one line a capture, `SURT timestamp {json}`, sorted by bytes. In: what
 * was captured, or two sorted sources of lines. Out: lines. Merging needs constant memory.
 */
import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WarcPointer } from '../article.js';
import { INDEX_FILE, syncFolder } from './layout.js';
import { linesIn } from './lines.js';
import { surtKey } from './surt.js';

export interface IndexEntry {
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly dateMs: number;
  readonly status: number;
  /** As the server gave it, parameters and all; `warc/revisit` for a revisit. */
  readonly contentType: string;
  readonly digest: string;
  readonly pointer: WarcPointer;
}

/** Lines are gathered to this size before they are written. */
const WRITE_BYTES = 1 << 20;

export function indexLine(entry: IndexEntry): string {
  const timestamp = new Date(entry.dateMs).toISOString().replace(/\D/g, '').slice(0, 14);
  const fields = {
    url: entry.url,
    mime: /^[\w.+-]+\/[\w.+-]+/.exec(entry.contentType.trim())?.[0].toLowerCase() ?? 'unk',
    status: String(entry.status),
    digest: entry.digest,
    length: String(entry.pointer.length),
    offset: String(entry.pointer.offset),
    filename: entry.pointer.file.slice(entry.pointer.file.lastIndexOf('/') + 1),
  };
  return `${surtKey(entry.url)} ${timestamp} ${JSON.stringify(fields)}`;
}

/**
 * Merges sorted lines into the archive's index; lines that are there already are not doubled. All of it or nothing.
 * `anew`: as if there were no index yet.
 */
export async function mergeIndex(
  directory: string,
  fresh: Iterable<string>,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<void> {
  const path = join(directory, INDEX_FILE);
  const handle = await open(`${path}.new`, 'w');
  try {
    let waiting: string[] = [];
    let characters = 0;
    const flush = async () => {
      if (waiting.length > 0) await handle.appendFile(`${waiting.join('\n')}\n`);
      waiting = [];
      characters = 0;
    };
    for await (const line of merged(anew ? none() : readIndex(directory), fresh)) {
      waiting.push(line);
      characters += line.length;
      if (characters >= WRITE_BYTES) await flush();
    }
    await flush();
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  syncFolder(dirname(path));
}

async function* none(): AsyncIterable<string> {}

/** The index's lines; none where the archive's first run is still under way. */
export async function* readIndex(directory: string): AsyncGenerator<string> {
  if (!existsSync(join(directory, INDEX_FILE))) return;
  for await (const { bytes } of linesIn(directory, INDEX_FILE)) if (bytes.length > 0) yield bytes.toString();
}

async function* merged(existing: AsyncIterable<string>, fresh: Iterable<string>): AsyncIterable<string> {
  let last: string | undefined;
  for await (const line of interleaved(existing, fresh)) {
    if (line !== last) yield line;
    last = line;
  }
}

async function* interleaved(existing: AsyncIterable<string>, fresh: Iterable<string>): AsyncIterable<string> {
  const added = fresh[Symbol.iterator]();
  let next = added.next();
  for await (const line of existing) {
    for (; !next.done && inByteOrder(next.value, line) < 0; next = added.next()) yield next.value;
    yield line;
  }
  for (; !next.done; next = added.next()) yield next.value;
}

/** SQLite and `sort` under LC_ALL=C compare bytes of UTF-8; JavaScript compares UTF-16, which differs beyond the BMP. */
function inByteOrder(a: string, b: string): number {
  if (a === b) return 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
