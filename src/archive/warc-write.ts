/**
 * WARC 1.1 (ISO 28500:2017) records. In: exchanges as they went over the wire. Out: bytes, one gzip member a record,
 * ready to be appended. Opens no files and keeps nothing.
 *
 * The HTTP header block is rebuilt from the fields as received, in their order and case. The transfer coding is undone,
 * so its field is renamed as Common Crawl does: readers that trust `Transfer-Encoding` would undo it a second time. The
 * content coding and its field stay. Digests are lower-case hexadecimal, labelled `sha256:`.
 */
import { createHash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HeaderField, Hop } from '../exchange.js';

const gzipped = promisify(gzip);

/** Codings that leave nothing to compress: trying hard would cost time for no bytes. */
const COMPRESSED_LEVEL = 1;
const PLAIN_LEVEL = 6;

export const IDENTICAL_PAYLOAD = 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest';
export const NOT_MODIFIED = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified';

/** An earlier capture whose payload a revisit does not repeat. */
export interface Referred {
  readonly url: string;
  /** RFC 3339 */
  readonly date: string;
  readonly payloadDigest?: string;
}

/** What a hop's second record is. */
export type HopForm =
  | { readonly form: 'response' }
  | {
      readonly form: 'revisit';
      readonly profile: typeof IDENTICAL_PAYLOAD | typeof NOT_MODIFIED;
      readonly refersTo: Referred;
    }
  /** The payload must not be kept; a metadata record says why. */
  | { readonly form: 'withheld'; readonly reason: string };

/** One record, compressed. */
export interface WrittenRecord {
  readonly bytes: Buffer;
  /** What a `WARC-Record-ID` holds: `<urn:uuid:…>`. */
  readonly id: string;
}

/** What has no value is left out. */
export type Fields = (readonly [name: string, value: string | number | undefined])[];

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The first record of every file: who wrote it, with what. */
export function writeWarcinfo(info: {
  readonly file: string;
  readonly dateMs: number;
  readonly software: string;
  readonly run: string;
  readonly userAgent?: string;
}): Promise<WrittenRecord> {
  const block = Buffer.from(
    namedFields([
      ['software', info.software],
      ['format', 'WARC file version 1.1'],
      ['conformsTo', 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/'],
      ['robots', 'obey'],
      ['isPartOf', info.run],
      ['http-header-user-agent', info.userAgent],
    ]),
  );
  const fields: Fields = [
    ['WARC-Filename', info.file.slice(info.file.lastIndexOf('/') + 1)],
    ['Content-Type', 'application/warc-fields'],
  ];
  return record('warcinfo', warcDate(info.dateMs), fields, block, PLAIN_LEVEL);
}

/**
 * The records of one hop: first what was answered (response, revisit or the notice that it is withheld), then the
 * request. `payloadDigest` is that of `hop.wireBody`.
 */
export async function writeHop(
  hop: Hop,
  how: HopForm,
  payloadDigest: string,
): Promise<{ answer: WrittenRecord; request: WrittenRecord }> {
  const date = warcDate(hop.startedAtMs);
  const common: Fields = [
    ['WARC-Target-URI', hop.url],
    ['WARC-IP-Address', hop.ip],
  ];
  const head = responseHead(hop);
  let answering: Promise<WrittenRecord>;
  if (how.form === 'withheld') {
    const block = Buffer.from(
      namedFields([
        ['payloadWithheld', how.reason],
        ['httpStatus', String(hop.status)],
        ['payloadLength', String(hop.wireBody.length)],
        ['payloadDigest', payloadDigest],
        ['fetchTimeMs', String(hop.elapsedMs)],
      ]),
    );
    answering = record('metadata', date, [...common, ['Content-Type', 'application/warc-fields']], block, PLAIN_LEVEL);
  } else if (how.form === 'revisit') {
    const fields: Fields = [
      ...common,
      ['WARC-Profile', how.profile],
      ['WARC-Refers-To-Target-URI', how.refersTo.url],
      ['WARC-Refers-To-Date', how.refersTo.date],
      ['WARC-Payload-Digest', how.profile === IDENTICAL_PAYLOAD ? payloadDigest : how.refersTo.payloadDigest],
      ['Content-Type', 'application/http;msgtype=response'],
    ];
    answering = record('revisit', date, fields, head, PLAIN_LEVEL);
  } else {
    const fields: Fields = [
      ...common,
      ['WARC-Payload-Digest', payloadDigest],
      ['WARC-Truncated', hop.truncated],
      ['Content-Type', 'application/http;msgtype=response'],
    ];
    const level = hop.responseHeaders.some(([name]) => name.toLowerCase() === 'content-encoding')
      ? COMPRESSED_LEVEL
      : PLAIN_LEVEL;
    answering = record('response', date, fields, Buffer.concat([head, hop.wireBody]), level);
  }
  const answer = await answering;
  const request = await record(
    'request',
    date,
    [...common, ['WARC-Concurrent-To', answer.id], ['Content-Type', 'application/http;msgtype=request']],
    requestHead(hop),
    PLAIN_LEVEL,
  );
  return { answer, request };
}

/** What is told beside a capture: as `application/warc-fields`, which no index of captures takes for one. */
export function writeMetadata(
  about: { readonly dateMs: number; readonly url?: string; readonly concurrentTo?: string },
  fields: Fields,
): Promise<WrittenRecord> {
  return record(
    'metadata',
    warcDate(about.dateMs),
    [
      ['WARC-Target-URI', about.url],
      ['WARC-Concurrent-To', about.concurrentTo],
      ['Content-Type', 'application/warc-fields'],
    ],
    Buffer.from(namedFields(fields)),
    PLAIN_LEVEL,
  );
}

/** RFC 3339, UTC, milliseconds: WARC 1.1 allows the fraction. */
export function warcDate(ms: number): string {
  return new Date(ms).toISOString();
}

async function record(
  type: string,
  date: string,
  fields: Fields,
  block: Buffer,
  level: number,
): Promise<WrittenRecord> {
  const id = `<urn:uuid:${randomUUID()}>`;
  const head = namedFields([
    ['WARC-Type', type],
    ['WARC-Record-ID', id],
    ['WARC-Date', date],
    ...fields,
    ['WARC-Block-Digest', digestOf(block)],
    ['Content-Length', block.length],
  ]);
  const bytes = await gzipped(Buffer.concat([Buffer.from(`WARC/1.1\r\n${head}\r\n`), block, Buffer.from('\r\n\r\n')]), {
    level,
  });
  return { bytes, id };
}

function namedFields(fields: Fields): string {
  return fields
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${oneLine(String(value))}\r\n`)
    .join('');
}

function requestHead(hop: Hop): Buffer {
  const url = new URL(hop.url);
  return httpHead(`${hop.method} ${url.pathname}${url.search} HTTP/1.1`, hop.requestHeaders);
}

function responseHead(hop: Hop): Buffer {
  const fields = hop.responseHeaders.map(
    ([name, value]): HeaderField => [name.toLowerCase() === 'transfer-encoding' ? `X-Crawler-${name}` : name, value],
  );
  return httpHead(`HTTP/1.1 ${hop.status} ${hop.statusText}`.trimEnd(), fields);
}

/** Header bytes are kept as received: each character stands for one byte. */
function httpHead(startLine: string, fields: readonly HeaderField[]): Buffer {
  const lines = [startLine, ...fields.map(([name, value]) => `${name}: ${value}`)].map(oneLine);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** A line break inside a value would end the header. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
