/**
 * Gzip members, one by one, with their places. In: a stream of compressed bytes. Out: each member's bytes, inflated.
 * Damaged members are skipped: the search goes on at the next place that could begin one. Memory is bounded by the
 * limits below; members beyond them come in pieces.
 */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';

/** A member inflated in one go, or the pieces of one that is too big for that. */
export type Member =
  | { readonly offset: number; readonly length: number; readonly bytes: Buffer }
  | { readonly offset: number; readonly pieces: AsyncIterable<Buffer> };

/** Members up to these sizes are inflated at once, which is several times faster than as a stream. */
const WHOLE_INPUT_BYTES = 4 << 20;
const WHOLE_OUTPUT_BYTES = 16 << 20;
/** The first try inflates what is there from this many bytes on; each further one takes twice as many. */
const FIRST_INPUT_BYTES = 256 << 10;
/** Given to the inflater at a time, where a member comes in pieces. */
const PIECE_BYTES = 64 << 10;
const TRAILER_BYTES = 8;
const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);

/** The bytes that are there, and the place of the first of them. */
export class Window {
  bytes: Buffer = Buffer.alloc(0);
  offset = 0;
  ended = false;
  readonly #source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Reads until so many bytes are there, or the source ends; says whether they are. */
  async fill(wanted: number): Promise<boolean> {
    const parts: Uint8Array[] = [this.bytes];
    let length = this.bytes.length;
    while (length < wanted && !this.ended) {
      const { done, value } = await this.#source.next();
      if (done) this.ended = true;
      else {
        parts.push(value);
        length += value.length;
      }
    }
    if (parts.length > 1) this.bytes = Buffer.concat(parts, length);
    return length >= wanted;
  }

  drop(count: number): void {
    this.bytes = this.bytes.subarray(count);
    this.offset += count;
  }

  /** All that is left, as it comes. */
  async *all(): AsyncGenerator<Buffer> {
    while (await this.fill(1)) {
      const bytes = this.bytes;
      this.drop(bytes.length);
      yield bytes;
    }
  }

  /** The opposite of `drop`. */
  putBack(bytes: Buffer): void {
    if (bytes.length > 0) this.bytes = Buffer.concat([bytes, this.bytes]);
    this.offset -= bytes.length;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

export async function* readMembers(
  window: Window,
  onDamage: (offset: number, reason: string) => void,
): AsyncGenerator<Member> {
  /** Damage is told once for each stretch of it. */
  let inDamage = false;
  const tell = (reason: string) => {
    if (!inDamage) onDamage(window.offset, reason);
    inDamage = true;
  };
  while (await window.fill(1)) {
    await window.fill(FIRST_INPUT_BYTES);
    const head = headerBytes(window.bytes);
    if (head === undefined) {
      tell('no WARC or ARC record begins here');
      await seek(window);
      continue;
    }
    const found = await inflateWhole(window, head);
    if (found === 'too big') {
      const outcome: { failure?: string } = {};
      yield { offset: window.offset, pieces: inflatePieces(window, head, outcome) };
      inDamage = false;
      if (outcome.failure !== undefined) tell(outcome.failure);
    } else if (typeof found === 'string') {
      tell(found);
      await seek(window);
    } else {
      inDamage = false;
      yield { offset: window.offset, ...found };
      window.drop(found.length);
    }
  }
}

/** To the next place that could begin a member, at least one byte on. */
async function seek(window: Window): Promise<void> {
  window.drop(1);
  while (await window.fill(MAGIC.length)) {
    const at = window.bytes.indexOf(MAGIC);
    if (at >= 0) return window.drop(at);
    window.drop(window.bytes.length - MAGIC.length + 1);
  }
  window.drop(window.bytes.length);
}

/** The member at the window's beginning; or why it cannot be had. */
async function inflateWhole(window: Window, head: number): Promise<{ bytes: Buffer; length: number } | string> {
  for (let wanted = FIRST_INPUT_BYTES; ; wanted *= 2) {
    await window.fill(wanted);
    try {
      const input = window.bytes.subarray(head);
      const { buffer, engine } = inflateRawSync(input, {
        info: true,
        maxOutputLength: WHOLE_OUTPUT_BYTES,
        chunkSize: PIECE_BYTES,
      }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
      const end = head + engine.bytesWritten;
      if (!(await window.fill(end + TRAILER_BYTES))) return 'the gzip member is cut off';
      if (window.bytes.readUInt32LE(end) !== crc32(buffer) || window.bytes.readUInt32LE(end + 4) !== buffer.length)
        return 'the gzip checksum does not fit';
      return { bytes: buffer, length: end + TRAILER_BYTES };
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'ERR_BUFFER_TOO_LARGE') return 'too big';
      if (code !== 'Z_BUF_ERROR') return 'the gzip data are damaged';
      if (window.ended) return 'the gzip member is cut off';
      if (window.bytes.length >= WHOLE_INPUT_BYTES) return 'too big';
    }
  }
}

/** A member in pieces. Leaves the window behind the member, and in `outcome` what was wrong with it. */
async function* inflatePieces(window: Window, head: number, outcome: { failure?: string }): AsyncGenerator<Buffer> {
  window.drop(head);
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  /** What the inflater was given and may not have used: it reads ahead. */
  let given: Buffer[] = [];
  let givenBytes = 0;
  async function* feed(): AsyncGenerator<Buffer> {
    while (await window.fill(1)) {
      const piece = window.bytes.subarray(0, PIECE_BYTES);
      window.drop(piece.length);
      given.push(piece);
      givenBytes += piece.length;
      while (given.length > 1 && givenBytes - lengthOf(given.slice(1)) <= inflate.bytesWritten) given = given.slice(1);
      yield piece;
    }
  }
  const source = Readable.from(feed(), { objectMode: false, highWaterMark: PIECE_BYTES });
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  let crc = 0;
  let size = 0;
  try {
    for await (const part of inflate as AsyncIterable<Buffer>) {
      crc = crc32(part, crc);
      size = (size + part.length) % 2 ** 32;
      yield part;
    }
  } catch {
    outcome.failure = 'the gzip data are damaged';
  } finally {
    if (!source.closed) {
      const closed = once(source, 'close');
      source.destroy();
      await closed;
    }
    const surplus = givenBytes - inflate.bytesWritten;
    window.putBack(Buffer.concat(given).subarray(lengthOf(given) - surplus));
    inflate.destroy();
  }
  if (outcome.failure !== undefined) return;
  if (!(await window.fill(TRAILER_BYTES))) outcome.failure = 'the gzip member is cut off';
  else if (window.bytes.readUInt32LE(0) !== crc || window.bytes.readUInt32LE(4) !== size)
    outcome.failure = 'the gzip checksum does not fit';
  else window.drop(TRAILER_BYTES);
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** The length of the gzip header (RFC 1952); undefined where there is none. */
function headerBytes(bytes: Buffer): number | undefined {
  const flags = bytes[3];
  if (bytes.length < 10 || !bytes.subarray(0, 3).equals(MAGIC) || flags === undefined || flags & 0xe0) return undefined;
  let at = 10;
  if (flags & 4) {
    if (bytes.length < at + 2) return undefined;
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at <= bytes.length ? at : undefined;
}
