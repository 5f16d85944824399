/**
 * Streams of bytes as `extract` reads them: looked at before they are read, unpacked where they are gzip, cut into
 * lines. Pulls only as much as is asked for, so that an endless input costs no memory.
 */
import { Readable } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';

export type ByteStream = AsyncIterable<Uint8Array>;

/** Enough to tell what a file is. */
const HEAD_BYTES = 4096;
const HEAD_UNPACKED_BYTES = 2 ** 22;

export interface PeekedStream {
  /** The first bytes of the content: unpacked where the stream is gzip. */
  readonly content: Uint8Array;
  readonly isGzip: boolean;
  /** Everything, the head included. Read it once. */
  readonly all: ByteStream;
}

/** Looks no further than it must: `isEnough` says when, so that the first line of a slow stream is read at once. */
export async function peek(
  stream: ByteStream,
  isEnough: (content: Uint8Array) => boolean = () => false,
): Promise<PeekedStream> {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await iterator.next();
    if (!done) chunks.push(value);
    const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES);
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    const content = isGzip ? unpackHead(head) : head;
    if (done || head.length === HEAD_BYTES || (head.length >= 2 && isEnough(content)))
      return { isGzip, content, all: joined(chunks, iterator) };
  }
}

async function* joined(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (;;) {
      const { done, value } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}

function unpackHead(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: HEAD_UNPACKED_BYTES });
  } catch {
    return new Uint8Array();
  }
}

/** All members of a gzip stream, one after another. */
export function unpack(stream: ByteStream): ByteStream {
  const source = Readable.from(stream, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => source.destroy());
  return source.pipe(gunzip);
}

/** Text of another encoding, as UTF-8. */
export async function* asUtf8(stream: ByteStream, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of stream) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** One line without its end; `undefined` bytes stand for a line over the limit. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Uint8Array | undefined;
}

/** Cuts at `\n`. A line over `maxBytes` is read past without being kept. The last line needs no end. */
export async function* readLines(stream: ByteStream, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let length = 0;
  let tooLong = false;
  const add = (part: Uint8Array) => {
    length += part.byteLength;
    if (length > maxBytes) {
      tooLong = true;
      parts = [];
    } else if (part.byteLength > 0) parts.push(part);
  };
  const take = (): Line => {
    const line = { number, bytes: tooLong ? undefined : parts.length === 1 ? parts[0]! : Buffer.concat(parts) };
    number++;
    parts = [];
    length = 0;
    tooLong = false;
    return line;
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield take();
}

/** A whole stream, or undefined where it is longer than that. */
export async function readAll(stream: ByteStream, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
