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
  /** Where something had to be skipped, and why. */
  readonly damage: { readonly at: number; readonly reason: string }[];
}

/** Longest header block of a record. */
const MAX_HEADER_BYTES = 64 * 1024;
const SIGNATURE = Buffer.from('WARC/');
const NEXT_RECORD = Buffer.from('\nWARC/');
const HEADER_END = Buffer.from('\r\n\r\n');
const CR = 13;
const LF = 10;

/** `final`: no more bytes will follow. */
export function scanRecords(bytes: Buffer, final: boolean): Scan {
  const records: RawRecord[] = [];
  const damage: { at: number; reason: string }[] = [];
  let at = 0;
  const wait = (needed: number): Scan => ({ records, consumed: at, needed, damage });
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
    const headerEnd = bytes.subarray(at, at + MAX_HEADER_BYTES).indexOf(HEADER_END);
    if (headerEnd < 0) {
      if (!final && bytes.length - at < MAX_HEADER_BYTES)
        return wait(Math.min(MAX_HEADER_BYTES, (bytes.length - at) * 2));
      if (skipTo(at + 1, 'the header does not end')) continue;
      return wait(SIGNATURE.length + 1);
    }
    const headers = readHeaders(bytes.toString('utf8', at, at + headerEnd));
    const length = contentLength(headers.get('content-length'));
    const blockStart = at + headerEnd + HEADER_END.length;
    if (length === undefined) {
      if (skipTo(blockStart - 1, 'no valid Content-Length')) continue;
      return wait(SIGNATURE.length + 1);
    }
    const blockEnd = blockStart + length;
    // Whether the length is true shows at what follows: line breaks, then the end or the next record.
    if (!final && bytes.length < blockEnd + HEADER_END.length + SIGNATURE.length)
      return wait(blockEnd + HEADER_END.length + SIGNATURE.length - at);
    let end = blockEnd;
    while (end < blockEnd + HEADER_END.length && (bytes[end] === CR || bytes[end] === LF)) end++;
    const isTrue =
      blockEnd <= bytes.length && (end === bytes.length || (end > blockEnd && startsWith(bytes, SIGNATURE, end)));
    if (!isTrue) {
      const reason = blockEnd > bytes.length ? 'the record is cut off' : 'Content-Length does not fit';
      if (skipTo(blockStart - 1, reason)) continue;
      return wait(SIGNATURE.length + 1);
    }
    records.push({ headers, block: bytes.subarray(blockStart, blockEnd), start: at, end });
    at = end;
  }
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
