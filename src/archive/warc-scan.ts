/**
 * WARC records in a run of uncompressed bytes. In: bytes that begin at a record, or in the middle of damage. Out: the
 * records that are whole, how far they reach, and what was skipped. Copies nothing, keeps nothing, never throws.
 */

/** A record's bytes, not yet looked into. */
export interface RawRecord {
  /** Names in lower case; of repeated fields the last. */
  readonly headers: ReadonlyMap<string, string>;
  readonly block: Buffer;
  /** Where it stands in the scanned bytes, its trailing line breaks included. */
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  readonly records: RawRecord[];
  /** Bytes that need not be seen again. */
  readonly consumed: number;
  /** How many bytes from `consumed` on must be there before another scan can find more. */
  readonly needed: number;
  /** The record that is waited for, without the line breaks after it, as far as its length is known. */
  readonly recordBytes?: number;
  /** Where something had to be skipped, and why. */
  readonly damage: { readonly at: number; readonly reason: string }[];
}

/** Longest header block of a record. */
const MAX_HEADER_BYTES = 64 * 1024;
const SIGNATURE = Buffer.from('WARC/');
const NEXT_RECORD = Buffer.from('\nWARC/');
/** Some writers end lines with LF alone, some files went through a program that made CR CR LF of it. */
const MAX_BREAKS = 6;
/**
 * Some writers counted a few bytes too few. Where the next record begins that close behind the end that was told, the
 * record reaches up to the line breaks before it.
 */
const SLACK = 64;
const CR = 13;
const LF = 10;

/** `final`: no more bytes will follow. */
export function scanRecords(bytes: Buffer, final: boolean): Scan {
  const records: RawRecord[] = [];
  const damage: { at: number; reason: string }[] = [];
  let at = 0;
  const wait = (needed: number, recordBytes?: number): Scan => ({
    records,
    consumed: at,
    needed,
    damage,
    ...(recordBytes === undefined ? {} : { recordBytes }),
  });
  /** To the next line that could begin a record; false: there is none in these bytes. */
  const skipTo = (from: number, reason: string): boolean => {
    damage.push({ at, reason });
    const found = bytes.indexOf(NEXT_RECORD, from);
    at = found < 0 ? Math.max(from, bytes.length - NEXT_RECORD.length + 1) : found + 1;
    return found >= 0;
  };

  for (;;) {
    while (bytes[at] === CR || bytes[at] === LF) at++;
    if (at === bytes.length) return wait(1);
    if (bytes.length - at < SIGNATURE.length && !final) return wait(SIGNATURE.length);
    if (!startsWith(bytes, SIGNATURE, at)) {
      if (skipTo(at, 'no record begins here')) continue;
      return wait(SIGNATURE.length + 1);
    }
    const header = headerOf(bytes.subarray(at, at + MAX_HEADER_BYTES));
    if (!header) {
      if (!final && bytes.length - at < MAX_HEADER_BYTES)
        return wait(Math.min(MAX_HEADER_BYTES, (bytes.length - at) * 2));
      if (skipTo(at + 1, 'the header does not end')) continue;
      return wait(SIGNATURE.length + 1);
    }
    const headers = readHeaders(bytes.toString('utf8', at, at + header.length));
    const length = contentLength(headers.get('content-length'));
    const blockStart = at + header.end;
    if (length === undefined) {
      if (skipTo(blockStart - 1, 'no valid Content-Length')) continue;
      return wait(SIGNATURE.length + 1);
    }
    const told = blockStart + length;
    // Whether the length is true shows at what follows: line breaks, then the end or the next record.
    if (!final && bytes.length < told + MAX_BREAKS + SIGNATURE.length)
      return wait(told + MAX_BREAKS + SIGNATURE.length - at, told - at);
    const isAtEnd = breaksAt(bytes, told) !== undefined;
    if (!isAtEnd && !final && bytes.length < told + SLACK + SIGNATURE.length)
      return wait(told + SLACK + SIGNATURE.length - at, told - at);
    const blockEnd = isAtEnd ? told : endNear(bytes, told);
    const end = blockEnd === undefined ? undefined : breaksAt(bytes, blockEnd);
    if (blockEnd === undefined || end === undefined) {
      const reason = told > bytes.length ? 'the record is cut off' : 'Content-Length does not fit';
      if (skipTo(blockStart - 1, reason)) continue;
      return wait(SIGNATURE.length + 1);
    }
    records.push({ headers, block: bytes.subarray(blockStart, blockEnd), start: at, end });
    at = end;
  }
}

/** The header's length, and where the block begins. */
export function headerOf(bytes: Buffer): { length: number; end: number } | undefined {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    let next = at + 1;
    while (bytes[next] === CR) next++;
    if (bytes[next] === LF) return { length: at, end: next + 1 };
  }
  return undefined;
}

/** Behind the line breaks at the end of a block; undefined where no block ends here. */
function breaksAt(bytes: Buffer, blockEnd: number): number | undefined {
  if (blockEnd > bytes.length) return undefined;
  let end = blockEnd;
  while (end < blockEnd + MAX_BREAKS && (bytes[end] === CR || bytes[end] === LF)) end++;
  return end === bytes.length || (end > blockEnd && startsWith(bytes, SIGNATURE, end)) ? end : undefined;
}

function endNear(bytes: Buffer, told: number): number | undefined {
  if (told > bytes.length) return undefined;
  const near = bytes.subarray(told, told + SLACK);
  const next = near.indexOf(NEXT_RECORD);
  // Two line breaks of two bytes each are the record's end, more are its own.
  return next >= 3 && near[next - 1] === CR && near[next - 2] === LF && near[next - 3] === CR
    ? told + next - 3
    : undefined;
}

function startsWith(bytes: Buffer, what: Buffer, at: number): boolean {
  return bytes.length >= at + what.length && bytes.compare(what, 0, what.length, at, at + what.length) === 0;
}

function readHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  let last = '';
  for (const line of text.split('\n').slice(1)) {
    const colon = line.indexOf(':');
    if ((line[0] === ' ' || line[0] === '\t') && last !== '') headers.set(last, `${headers.get(last)} ${line.trim()}`);
    else if (colon > 0) {
      last = line.slice(0, colon).trim().toLowerCase();
      headers.set(last, line.slice(colon + 1).trim());
    }
  }
  return headers;
}

function contentLength(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d{1,15}$/.test(value)) return undefined;
  return Number(value);
}
