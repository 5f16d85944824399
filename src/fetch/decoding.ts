/**
 * Undoes content codings (gzip, deflate, br, zstd), stacked ones too.
 *
 * In: the body as it went over the wire and the Content-Encoding fields. Out: the bytes, or why there are none. The
 * output never grows past its limit, whatever the input claims. No exceptions.
 */
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { HeaderField } from '../exchange.js';
import type { Outcome } from '../outcome.js';
import { failed } from './failure.js';

/** Node 22.15 and later; older ones neither announce zstd nor understand it. */
const createZstdDecompress = (zlib as { createZstdDecompress?: (options?: object) => Transform }).createZstdDecompress;

/** What a request announces: what this runtime can undo. */
export const ACCEPT_ENCODING = createZstdDecompress ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';

/** Nobody stacks more in earnest. */
const MAX_CODINGS = 4;
const CHUNK_BYTES = 64 * 1024;

interface Coding {
  /** Whether bytes can be of this coding at all; servers announce codings that they then do not apply. */
  readonly fits: (bytes: Uint8Array) => boolean;
  readonly open: (bytes: Uint8Array) => Transform;
}

// A body that was cut short still gives what can be read of it: flush instead of demanding the end mark.
const zlibOptions = { chunkSize: CHUNK_BYTES, finishFlush: zlib.constants.Z_SYNC_FLUSH };

const gzip: Coding = {
  fits: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b,
  open: () => zlib.createGunzip(zlibOptions),
};

const CODINGS = new Map<string, Coding>(
  Object.entries({
    gzip,
    'x-gzip': gzip,
    deflate: {
      fits: (bytes) => !looksLikeText(bytes),
      // "deflate" means the zlib format, but some servers send the bare stream.
      open: (bytes) => (hasZlibHeader(bytes) ? zlib.createInflate(zlibOptions) : zlib.createInflateRaw(zlibOptions)),
    },
    br: {
      fits: (bytes) => !looksLikeText(bytes),
      open: () =>
        zlib.createBrotliDecompress({
          chunkSize: CHUNK_BYTES,
          finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
        }),
    },
    ...(createZstdDecompress && {
      zstd: {
        // A frame, or a skippable frame (RFC 8878, section 3.1).
        fits: (bytes: Uint8Array) =>
          bytes[1] === 0xb5
            ? bytes[0] === 0x28 && bytes[2] === 0x2f && bytes[3] === 0xfd
            : (bytes[0]! & 0xf0) === 0x50 && bytes[1] === 0x2a && bytes[2] === 0x4d && bytes[3] === 0x18,
        open: () => createZstdDecompress({ chunkSize: CHUNK_BYTES }),
      },
    }),
  }),
);

export interface Decoded {
  /** As far as it could be read; empty after a failure that is not about size. */
  readonly body: Uint8Array;
  readonly failure?: Outcome;
}

/** The codings a response names, outermost last, as the header lists them. */
export function codingsOf(headers: readonly HeaderField[]): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * A response's body as its reader is to have it. Text that is still in gzip after all codings are undone was compressed
 * once more than its header says, by a cache or by the site itself.
 */
export async function decodeBody(
  wireBody: Uint8Array,
  headers: readonly HeaderField[],
  maxBytes: number,
): Promise<Decoded> {
  const decoded = await undoCodings(wireBody, codingsOf(headers), maxBytes);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const isText = /^\s*(text\/|application\/([a-z]+\+)?(xml|xhtml|json))/i.test(type);
  if (decoded.failure || !isText || !gzip.fits(decoded.body)) return decoded;
  return undoCodings(decoded.body, ['gzip'], maxBytes);
}

/**
 * @param maxBytes largest output, of every coding of a stack
 */
export async function undoCodings(
  wireBody: Uint8Array,
  codings: readonly string[],
  maxBytes: number,
): Promise<Decoded> {
  if (codings.length > MAX_CODINGS)
    return { body: new Uint8Array(), failure: failed('bad-encoding', `${codings.length} content codings`) };
  let body = wireBody;
  for (const name of [...codings].reverse()) {
    if (body.length === 0) break;
    const coding = CODINGS.get(name);
    if (!coding) {
      // Made-up names ("utf-8", "none") stand before bodies that are not coded at all.
      if (looksLikeText(body)) continue;
      return {
        body: new Uint8Array(),
        failure: failed('bad-encoding', `unknown content coding "${name.slice(0, 40)}"`),
      };
    }
    // Announced but not sent: the bytes are kept as they are.
    if (!coding.fits(body)) continue;
    const result = await run(coding.open(body), body, maxBytes);
    if (result.failure) return result;
    body = result.body;
  }
  if (body.length > maxBytes) return { body: body.subarray(0, maxBytes), failure: overLimit(maxBytes) };
  return { body };
}

function run(decoder: Transform, input: Uint8Array, maxBytes: number): Promise<Decoded> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    decoder.on('data', (part: Uint8Array) => {
      parts.push(part);
      bytes += part.length;
      if (bytes <= maxBytes) return;
      decoder.destroy();
      resolve({ body: Buffer.concat(parts, maxBytes), failure: overLimit(maxBytes) });
    });
    decoder.on('error', (error) => {
      resolve({ body: new Uint8Array(), failure: failed('bad-encoding', error.message) });
    });
    decoder.on('end', () => resolve({ body: parts.length === 1 ? parts[0]! : Buffer.concat(parts, bytes) }));
    decoder.end(input);
  });
}

function overLimit(maxBytes: number): Outcome {
  return failed('too-large', `more than ${maxBytes} bytes after decompression`);
}

/** RFC 1950: the compression method, and a check sum over the first two bytes. */
function hasZlibHeader(bytes: Uint8Array): boolean {
  return (bytes[0]! & 0x0f) === 8 && ((bytes[0]! << 8) | (bytes[1] ?? 0)) % 31 === 0;
}

/** Whether the first bytes are those of markup or JSON: text, and a bracket to begin with. */
function looksLikeText(bytes: Uint8Array): boolean {
  let index = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (index < 64 && (bytes[index] === 0x20 || (bytes[index]! >= 0x09 && bytes[index]! <= 0x0d))) index++;
  if (bytes[index] !== 0x3c && bytes[index] !== 0x7b && bytes[index] !== 0x5b) return false;
  for (let end = Math.min(bytes.length, index + 64); index < end; index++)
    if (bytes[index]! < 0x09 || (bytes[index]! > 0x0d && bytes[index]! < 0x20)) return false;
  return true;
}
