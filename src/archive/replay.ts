/**
 * Captures by their place: the WARC record that a line of `records/` or of the index points to, and the one that a
 * revisit repeats. In: an archive's folder. Out: records and their bytes as they stand in the file. Changes nothing;
 * what is not there is undefined.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { WarcPointer } from '../article.js';
import { INDEX_FILE, runOfFile } from './layout.js';
import { surtKey } from './surt.js';
import { MAX_RECORD_BYTES, readWarc, type WarcRecord } from './warc-read.js';

/** An index line is read in steps of this. */
const LINE_BYTES = 4096;
/** Requests and witnesses are short, but for the text of a feed: then more is read. */
const NEXT_BYTES = 4096;
const NEXT_GROWTH = 16;
/** Files kept open: an archive may have more than a process may open. */
const MAX_OPEN = 16;

export class Replay {
  readonly #directory: string;
  readonly #handles = new Map<string, FileHandle>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The gzip member as it stands in the file. */
  async member({ file, offset, length }: WarcPointer): Promise<Buffer | undefined> {
    // A name from a record must not lead out of the archive.
    if (runOfFile(file) === undefined || !file.startsWith('warc/')) return undefined;
    const handle = await this.#open(file);
    if (!handle || length === 0) return undefined;
    const { size } = await handle.stat();
    if (offset + length > size) return undefined;
    const bytes = Buffer.allocUnsafe(length);
    await handle.read(bytes, 0, length, offset);
    return bytes;
  }

  async record(pointer: WarcPointer): Promise<WarcRecord | undefined> {
    const bytes = await this.member(pointer);
    if (!bytes) return undefined;
    const records: WarcRecord[] = [];
    for await (const record of readWarc(only(bytes))) records.push(record);
    return records.length === 1 ? records[0] : undefined;
  }

  /** What stands right behind a capture: perhaps its witness. */
  async next({ file, offset, length }: WarcPointer): Promise<WarcRecord | undefined> {
    if (runOfFile(file) === undefined || !file.startsWith('warc/')) return undefined;
    const handle = await this.#open(file);
    if (!handle) return undefined;
    for (let room = NEXT_BYTES; ; room *= NEXT_GROWTH) {
      const bytes = Buffer.allocUnsafe(room);
      const { bytesRead } = await handle.read(bytes, 0, room, offset + length);
      for await (const record of readWarc(only(bytes.subarray(0, bytesRead)))) return record;
      if (bytesRead < room || room > MAX_RECORD_BYTES) return undefined;
    }
  }

  /** Where the response stands whose payload a revisit repeats. */
  async original(revisit: WarcRecord): Promise<WarcPointer | undefined> {
    const url = revisit.headers.get('warc-refers-to-target-uri');
    const date = revisit.headers.get('warc-refers-to-date');
    const digest = revisit.headers.get('warc-payload-digest');
    if (revisit.type !== 'revisit' || url === undefined || date === undefined) return undefined;
    const prefix = `${surtKey(url)} ${date.replace(/\D/g, '').slice(0, 14)} `;
    for await (const line of this.#indexLines(prefix)) {
      const { fields, pointer } = readIndexLine(line);
      if (fields.mime === 'warc/revisit' || (digest !== undefined && fields.digest !== digest)) continue;
      return pointer;
    }
    return undefined;
  }

  /** Where the newest response with status 200 of this URL stands. */
  async newestOf(url: string): Promise<WarcPointer | undefined> {
    const prefix = `${surtKey(url)} `;
    let newest: WarcPointer | undefined;
    for await (const line of this.#indexLines(prefix)) {
      const { fields, pointer } = readIndexLine(line);
      if (fields.url === url && isPage(fields)) newest = pointer;
    }
    return newest;
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await handle.close();
    this.#handles.clear();
  }

  async #open(file: string): Promise<FileHandle | undefined> {
    const known = this.#handles.get(file);
    if (known) return known;
    try {
      const handle = await open(join(this.#directory, file), 'r');
      this.#handles.set(file, handle);
      if (this.#handles.size > MAX_OPEN) {
        const [[oldest, least]] = this.#handles as unknown as [[string, FileHandle]];
        this.#handles.delete(oldest);
        await least.close();
      }
      return handle;
    } catch {
      return undefined;
    }
  }

  /** Lines that begin so: found by halving, as the index is sorted by bytes. */
  async *#indexLines(prefix: string): AsyncGenerator<string> {
    const handle = await this.#open(INDEX_FILE);
    if (!handle) return;
    const wanted = Buffer.from(prefix);
    const { size } = await handle.stat();
    let low = 0;
    let high = size;
    // Invariant: the first wanted line begins at or behind `low`, and before or at `high`.
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const start = middle === 0 ? 0 : (await lineAt(handle, middle - 1)).next;
      if (start >= high) {
        high = middle;
        continue;
      }
      const { line, next } = await lineAt(handle, start);
      if (Buffer.compare(line.subarray(0, wanted.length), wanted) < 0) low = next;
      else high = start === middle ? middle : Math.min(high, middle);
    }
    for (let at = low === 0 ? 0 : (await lineAt(handle, low - 1)).next; at < size; ) {
      const { line, next } = await lineAt(handle, at);
      if (!line.subarray(0, wanted.length).equals(wanted)) return;
      yield line.toString();
      at = next;
    }
  }
}

/** An index line's fields, and where it leads. */
export function readIndexLine(line: string): { fields: Record<string, string>; pointer: WarcPointer } {
  const fields = JSON.parse(line.slice(line.indexOf(' ', line.indexOf(' ') + 1) + 1)) as Record<string, string>;
  const pointer = { file: `warc/${fields.filename}`, offset: Number(fields.offset), length: Number(fields.length) };
  return { fields, pointer };
}

/** Whether an index line is of a page as it came, not of its repetition. */
export function isPage({ status, mime = '' }: Readonly<Record<string, string>>): boolean {
  return status === '200' && (mime === '' || mime === '-' || /html/i.test(mime));
}

/** The rest of the line from a place on, and where the next one begins. */
async function lineAt(handle: FileHandle, offset: number): Promise<{ line: Buffer; next: number }> {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const bytes = Buffer.allocUnsafe(LINE_BYTES);
    const { bytesRead } = await handle.read(bytes, 0, LINE_BYTES, offset + length);
    const end = bytes.subarray(0, bytesRead).indexOf(10);
    parts.push(bytes.subarray(0, end < 0 ? bytesRead : end));
    length += end < 0 ? bytesRead : end;
    if (end >= 0 || bytesRead < LINE_BYTES) return { line: Buffer.concat(parts), next: offset + length + 1 };
  }
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
