/**
 * Files with damage in them, made whole again without moving what is good. In: a file. Out: the same file, in which
 * every damaged stretch of a WARC file is one record of the same length that says so, so that all pointers stay true;
 * a file of records loses its damaged lines. The original goes to `set-aside/` first.
 */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, openSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import type { Article } from '../article.js';
import type { Census } from './census.js';
import { setAside, syncFolder } from './layout.js';
import type { Ledger } from './ledger.js';
import { captureFault, linesIn, readRecord, withoutLost } from './lines.js';
import { recordLine } from './records.js';
import type { WarcRecord } from './warc-read.js';
import { digestOf } from './warc-write.js';

export interface Mended {
  /** Where the original is now; absent: there was nothing to mend. */
  readonly original?: string;
  /** Nothing in it was whole: there is no such file any more. */
  readonly isGone: boolean;
}

const UNTOUCHED: Mended = { isGone: false };

/** `take` is told every record that is whole. `end`: what lies behind was never committed. */
export async function mendWarc(
  directory: string,
  file: string,
  end: number | undefined,
  census: Census,
  take: (record: WarcRecord) => void,
): Promise<Mended> {
  const size = statSync(join(directory, file)).size;
  const gaps: { from: number; to: number }[] = [];
  let reached = 0;
  for await (const record of census.take(directory, file, end, () => {})) {
    const { offset, length } = record.place!;
    if (offset > reached) gaps.push({ from: reached, to: offset });
    reached = offset + length;
    take(record);
  }
  if (gaps.length === 0 && reached === size) return UNTOUCHED;
  const original = setAside(directory, file, reached === 0 ? 'move' : 'copy');
  if (reached === 0) return { original, isGone: true };
  const { write, close } = replacement(directory, file);
  let at = 0;
  for (const { from, to } of [...gaps, { from: reached, to: reached }]) {
    if (from > at)
      for await (const chunk of createReadStream(join(directory, file), { start: at, end: from - 1 }))
        await write(chunk);
    if (to > from) await write(noticeOf(original, from, to - from));
    at = to;
  }
  await close();
  return { original, isGone: false };
}

/**
 * A line that is no record goes; one whose capture is lost stays without its pointer: it is what is left of the article.
 * `ledger`: where it can be trusted, it knows every line's digest. `onRecord` is told every record that stays.
 */
export async function mendRecords(
  directory: string,
  file: string,
  end: number | undefined,
  census: Census,
  ledger: Ledger | undefined,
  onRecord: (article: Article) => void,
): Promise<Mended> {
  const digests = ledger?.lineDigestsOf(file);
  let changes = 0;
  const judged = async (use: (line: Buffer | undefined, article?: Article) => Promise<void> | void) => {
    for await (const line of linesIn(directory, file, end)) {
      const read = readRecord(line);
      const whole = Buffer.concat([line.bytes, Buffer.from('\n')]);
      const sha256 = digests?.get(line.offset);
      if ('fault' in read || (sha256 !== undefined && sha256 !== createHash('sha256').update(whole).digest('hex')))
        await use(undefined);
      else if (captureFault(read.article, census) === undefined) await use(whole, read.article);
      else {
        changes++;
        await use(Buffer.from(recordLine(withoutLost(read.article, census))), read.article);
      }
    }
  };
  let lines = 0;
  await judged((line, article) => {
    if (line) lines++;
    else changes++;
    if (article) onRecord(article);
  });
  const isCut = end !== undefined && statSync(join(directory, file)).size > end;
  if (changes === 0 && !isCut) return UNTOUCHED;
  const original = setAside(directory, file, lines === 0 ? 'move' : 'copy');
  if (lines === 0) return { original, isGone: true };
  const { write, close } = replacement(directory, file);
  await judged(async (line) => {
    if (line) await write(line);
  });
  await close();
  return { original, isGone: false };
}

/** Takes the file's place when it is complete and on the disk. */
function replacement(directory: string, file: string) {
  const path = join(directory, file);
  const stream = createWriteStream(`${path}.new`, { fd: openSync(`${path}.new`, 'w'), flush: true });
  const write = async (bytes: Uint8Array): Promise<void> => {
    if (!stream.write(bytes)) await once(stream, 'drain');
  };
  const close = async (): Promise<void> => {
    stream.end();
    await finished(stream);
    renameSync(`${path}.new`, path);
    syncFolder(dirname(path));
  };
  return { write, close };
}

const HEAD_BYTES = 10;
const TRAILER_BYTES = 8;

/** A record of exactly `length` bytes in the place of a damaged one; too little room for it: an empty gzip member. */
function noticeOf(original: string, offset: number, length: number): Buffer {
  const block = Buffer.from(`damaged: ${length} bytes from ${offset} on; what was there: ${original}\r\n`);
  const head = [
    'WARC/1.1',
    'WARC-Type: metadata',
    `WARC-Record-ID: <urn:uuid:${randomUUID()}>`,
    `WARC-Date: ${new Date().toISOString()}`,
    'Content-Type: application/warc-fields',
    `WARC-Block-Digest: ${digestOf(block)}`,
    `Content-Length: ${block.length}`,
  ];
  const record = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), block, Buffer.from('\r\n\r\n')]);
  return padded(record, length) ?? padded(Buffer.alloc(0), length) ?? Buffer.alloc(length);
}

/** A gzip member (RFC 1952) with a comment that makes it as long as it has to be. */
function padded(content: Buffer, length: number): Buffer | undefined {
  const data = deflateRawSync(content, { level: 9 });
  const spare = length - HEAD_BYTES - data.length - TRAILER_BYTES;
  if (spare < 0) return undefined;
  const head = Buffer.from([0x1f, 0x8b, 8, spare > 0 ? 16 : 0, 0, 0, 0, 0, 2, 255]);
  const comment = spare > 0 ? Buffer.concat([Buffer.alloc(spare - 1, ' '), Buffer.from([0])]) : Buffer.alloc(0);
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, comment, data, trailer]);
}
