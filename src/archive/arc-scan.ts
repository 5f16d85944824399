/**
 * ARC records, the format before WARC (Internet Archive, 1996), in a run of uncompressed bytes; for old collections. In:
 * bytes that begin at a record, or in the middle of damage. Out: the same as for WARC, with the named fields that a
 * WARC record would have. Copies nothing, keeps nothing, never throws.
 */
import type { RawRecord, Scan } from './warc-scan.js';

/** `URL IP date type length`; version 2 puts five more between type and length. URLs may hold blanks. */
const HEADER =
  /^((?:https?|ftp|dns|gopher|filedesc):\S.*?) (\S+) (\d{14})\d* (\S+)(?: (?:\d{3}|-) \S+ \S+ \d+ \S+)? (\d{1,15})\r?$/i;
const LF = 10;
const CR = 13;
const MAX_HEADER_BYTES = 16 * 1024;

/** `final`: no more bytes will follow. */
export function scanArcRecords(bytes: Buffer, final: boolean): Scan {
  const records: RawRecord[] = [];
  const damage: { at: number; reason: string }[] = [];
  let at = 0;
  let isDamaged = false;
  const wait = (needed: number, recordBytes?: number): Scan => ({
    records,
    consumed: at,
    needed,
    damage,
    ...(recordBytes === undefined ? {} : { recordBytes }),
  });
  for (;;) {
    while (bytes[at] === CR || bytes[at] === LF) at++;
    if (at === bytes.length) return wait(1);
    const lineEnd = bytes.subarray(at, at + MAX_HEADER_BYTES).indexOf(LF);
    if (lineEnd < 0 && !final && bytes.length - at < MAX_HEADER_BYTES)
      return wait(Math.min(MAX_HEADER_BYTES, (bytes.length - at) * 2));
    const header = lineEnd < 0 ? null : HEADER.exec(bytes.toString('utf8', at, at + lineEnd));
    if (!header) {
      // Line by line to the next one that could be a header; the stretch is told once.
      if (!isDamaged) damage.push({ at, reason: 'no ARC record begins here' });
      isDamaged = true;
      at = lineEnd < 0 ? Math.min(bytes.length, at + MAX_HEADER_BYTES) : at + lineEnd + 1;
      continue;
    }
    const blockStart = at + lineEnd + 1;
    const blockEnd = blockStart + Number(header[5]);
    if (blockEnd > bytes.length && !final) return wait(blockEnd - at, blockEnd - at);
    if (blockEnd > bytes.length) {
      damage.push({ at, reason: 'the record is cut off' });
      isDamaged = true;
      at = blockStart;
      continue;
    }
    isDamaged = false;
    let end = blockEnd;
    if (bytes[end] === CR) end++;
    if (bytes[end] === LF) end++;
    records.push({ headers: fieldsOf(header), block: bytes.subarray(blockStart, blockEnd), start: at, end });
    at = end;
  }
}

function fieldsOf([, url = '', ip = '', date = '', contentType = '']: RegExpExecArray): Map<string, string> {
  const isFile = /^filedesc:/i.test(url);
  const isHttp = /^https?:/i.test(url);
  return new Map([
    ['warc-type', isFile ? 'warcinfo' : isHttp ? 'response' : 'resource'],
    ['warc-target-uri', url],
    ['warc-date', date.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z')],
    ['warc-ip-address', ip],
    ['content-type', isHttp ? 'application/http;msgtype=response' : contentType],
  ]);
}
