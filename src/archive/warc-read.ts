/**
 * Reads WARC files of any origin, and ARC files: one gzip member a record, one member for all, or not compressed. In: a file or a
 * stream. Out: records in their order, each with its place. Damaged records are skipped, told to `onDamage`, and the
 * reading goes on at the next one. Memory is bounded by `maxRecordBytes`, whatever the file says.
 */
import { createReadStream } from 'node:fs';
import * as zlib from 'node:zlib';
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { HeaderField } from '../exchange.js';
import { scanArcRecords } from './arc-scan.js';
import { readMembers, Window } from './warc-members.js';
import { headerOf, type RawRecord, scanRecords } from './warc-scan.js';

/** Bigger records are skipped and told as damage, unless the caller says otherwise. */
export const MAX_RECORD_BYTES = 64 << 20;
/** Payloads that would grow beyond this are left coded. */
export const MAX_PAYLOAD_BYTES = 64 << 20;
const READ_BYTES = 1 << 20;

export interface WarcReadOptions {
  readonly maxRecordBytes?: number;
  /** Called once for every damaged stretch: its place in the file and what is wrong, one line for people. */
  readonly onDamage?: (damage: WarcDamage) => void;
}

export interface WarcDamage {
  readonly offset: number;
  readonly reason: string;
}

export interface WarcRecord {
  /** `WARC-Type`: response, request, revisit, metadata, … */
  readonly type: string;
  /** Named fields; names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** `WARC-Target-URI`, without the angle brackets that old writers put around it. */
  readonly url?: string;
  /** `WARC-Date` as written: RFC 3339. */
  readonly date?: string;
  readonly block: Buffer;
  /** Bytes of the file; from there the record can be read alone. Absent where it shares its gzip member. */
  readonly place?: { readonly offset: number; readonly length: number };
}

export interface HttpMessage {
  /** Of a response. */
  readonly status: number;
  readonly headers: readonly HeaderField[];
  /** As it stands in the record. */
  readonly payload: Buffer;
}

/** Reads on only as fast as records are taken. */
export async function* readWarc(
  source: string | AsyncIterable<Uint8Array>,
  options: WarcReadOptions = {},
): AsyncGenerator<WarcRecord> {
  const { maxRecordBytes = MAX_RECORD_BYTES, onDamage = () => {} } = options;
  const bytes = typeof source === 'string' ? createReadStream(source, { highWaterMark: READ_BYTES }) : source;
  const window = new Window(bytes as AsyncIterable<Uint8Array>);
  const tell = (offset: number, reason: string) => onDamage({ offset, reason });
  try {
    await window.fill(ARC_START.length);
    // What begins as a record is not compressed; all else is looked through for gzip members.
    let scan = scannerFor(window.bytes);
    if (scan) {
      for await (const { raw, offset } of scanStream(scan, window.all(), window.offset, maxRecordBytes, tell))
        yield recordFrom(raw, { offset: offset + raw.start, length: raw.end - raw.start });
      return;
    }
    for await (const member of readMembers(window, tell)) {
      if ('pieces' in member) {
        for await (const { raw } of scanStream(scan ?? scanRecords, member.pieces, 0, maxRecordBytes, (_, reason) =>
          tell(member.offset, reason),
        ))
          yield recordFrom(raw);
        continue;
      }
      // A file is one or the other, as its first record says.
      scan ??= scannerFor(member.bytes);
      const { records, damage } = (scan ?? scanRecords)(member.bytes, true);
      for (const { reason } of damage) tell(member.offset, reason);
      for (const raw of records)
        yield recordFrom(raw, records.length === 1 ? { offset: member.offset, length: member.length } : undefined);
    }
  } finally {
    await window.close();
  }
}

/** The HTTP message of a response, request or revisit record; undefined where the block is none. */
export function httpOf(record: WarcRecord): HttpMessage | undefined {
  const { block } = record;
  if (!/^application\/http\b/i.test(record.headers.get('content-type') ?? 'application/http')) return undefined;
  const header = headerOf(block);
  // A revisit may hold the header alone, without the empty line.
  const head = block.toString('latin1', 0, header?.length);
  const [startLine = '', ...lines] = head.split(/\r*\n/);
  const status = /^HTTP\/[\d.]+ (\d{3})/.exec(startLine)?.[1];
  if (status === undefined && !/ HTTP\/[\d.]+\s*$/.test(startLine)) return undefined;
  const headers = lines.flatMap((line): HeaderField[] => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : [];
  });
  return {
    status: Number(status ?? 0),
    headers,
    payload: header ? block.subarray(header.end) : Buffer.alloc(0),
  };
}

/**
 * The payload with transfer and content coding undone. Archives disagree on whether they undid a coding that the header
 * still names, so what does not decode is taken as it is; what was cut off is decoded as far as it goes.
 */
export function payloadOf(message: HttpMessage, maxBytes = MAX_PAYLOAD_BYTES): Buffer {
  const field = (wanted: string) =>
    message.headers
      .filter(([name]) => name.toLowerCase() === wanted)
      .map(([, value]) => value.toLowerCase())
      .join(',');
  let bytes = message.payload;
  if (field('transfer-encoding').includes('chunked')) bytes = joinChunks(bytes) ?? bytes;
  const codings = field('content-encoding')
    .split(',')
    .map((coding) => coding.trim())
    .reverse();
  for (const coding of codings.slice(0, MAX_CODINGS)) {
    const decode = DECODERS[coding];
    if (!decode) continue;
    const decoded = attempt(() => decode(bytes, maxBytes));
    if (decoded === undefined) break;
    bytes = decoded;
  }
  return bytes.subarray(0, maxBytes);
}

/** Nobody compresses more than twice in earnest. */
const MAX_CODINGS = 3;
type Decoder = (bytes: Buffer, maxOutputLength: number) => Buffer;
const gunzip: Decoder = (bytes, maxOutputLength) =>
  gunzipSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
const { zstdDecompressSync } = zlib as unknown as {
  /** From Node 22.15 on. */
  zstdDecompressSync?: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;
};
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: (bytes, maxOutputLength) => {
    const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH };
    // Some servers leave out the zlib wrapper.
    return attempt(() => inflateSync(bytes, options)) ?? inflateRawSync(bytes, options);
  },
  br: (bytes, maxOutputLength) =>
    brotliDecompressSync(bytes, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  ...(zstdDecompressSync ? { zstd: (bytes, maxOutputLength) => zstdDecompressSync(bytes, { maxOutputLength }) } : {}),
};

function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

/** Undefined where the bytes are not in chunks after all. */
function joinChunks(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf(10, at);
    if (lineEnd < 0 || lineEnd - at > 1024) return chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const size = /^[0-9a-fA-F]{1,8}(?=\s*(?:;|\r|$))/.exec(bytes.toString('latin1', at, lineEnd))?.[0];
    if (size === undefined) return chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    chunks.push(bytes.subarray(lineEnd + 1, lineEnd + 1 + length));
    at = lineEnd + 1 + length;
    while (bytes[at] === 13 || bytes[at] === 10) at++;
  }
  return Buffer.concat(chunks);
}

type Scanner = typeof scanRecords;

const ARC_START = 'filedesc://';

function scannerFor(bytes: Buffer): Scanner | undefined {
  const start = bytes.toString('latin1', 0, ARC_START.length);
  if (start.startsWith('WARC/')) return scanRecords;
  return start === ARC_START ? scanArcRecords : undefined;
}

/** Records in a stream of uncompressed bytes; `offset` is that of the scanned bytes that `raw` speaks of. */
async function* scanStream(
  scanner: Scanner,
  source: AsyncIterable<Uint8Array>,
  startOffset: number,
  maxRecordBytes: number,
  tell: (offset: number, reason: string) => void,
): AsyncGenerator<{ raw: RawRecord; offset: number }> {
  let offset = startOffset;
  let waiting: Uint8Array[] = [];
  let length = 0;
  let needed = 1;
  /** Of a record that is too big to be held. */
  let toSkip = 0;
  const scan = function* (final: boolean) {
    const bytes =
      waiting.length === 1
        ? Buffer.from(waiting[0]!.buffer, waiting[0]!.byteOffset, length)
        : Buffer.concat(waiting, length);
    const found = scanner(bytes, final);
    for (const { at, reason } of found.damage) tell(offset + at, reason);
    for (const raw of found.records) yield { raw, offset };
    offset += found.consumed;
    waiting = [bytes.subarray(found.consumed)];
    length -= found.consumed;
    needed = found.needed;
    if (found.recordBytes !== undefined && found.recordBytes > maxRecordBytes) {
      tell(offset, `the record is bigger than ${maxRecordBytes} bytes`);
      // The line breaks before the next record are left to the scan.
      toSkip = found.recordBytes;
    }
  };
  for await (const chunk of source) {
    waiting.push(chunk);
    length += chunk.length;
    while (length > 0) {
      if (toSkip > 0) {
        const skipped = Math.min(toSkip, length);
        waiting = [Buffer.concat(waiting, length).subarray(skipped)];
        length -= skipped;
        offset += skipped;
        toSkip -= skipped;
      }
      if (length < needed || toSkip > 0) break;
      yield* scan(false);
      if (toSkip === 0) break;
    }
  }
  if (toSkip === 0 && length > 0) yield* scan(true);
}

function recordFrom(raw: RawRecord, place?: { offset: number; length: number }): WarcRecord {
  const { headers, block } = raw;
  const url = headers.get('warc-target-uri')?.replace(/^<(.*)>$/, '$1');
  const date = headers.get('warc-date');
  return {
    type: headers.get('warc-type') ?? '',
    headers,
    block,
    ...(url ? { url } : {}),
    ...(date ? { date } : {}),
    ...(place ? { place } : {}),
  };
}
