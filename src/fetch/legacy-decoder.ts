/**
 * Bytes of a named encoding to text. In: bytes and a WHATWG name. Out: well-formed text; what does not decode is U+FFFD.
 * TextDecoder, but for the one encoding that it gets wrong, and for the one that nearly all pages are in.
 */
import { transcode } from 'node:buffer';

export function decodeLegacy(bytes: Uint8Array, encoding: string): string {
  return encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(encoding).decode(bytes);
}

/**
 * Of bytes that are valid UTF-8, without their byte order mark. By way of UTF-16, which takes two thirds of the time that
 * TextDecoder takes.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  return transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

export function latin1Of(bytes: Uint8Array): string {
  return bufferOf(bytes).toString('latin1');
}

/** The same bytes. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** 0x80 to 0x9f. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Some releases of Node (20.20 is one) decode it as Latin-1, with control characters in place of quotation marks. */
function decodeWindows1252(bytes: Uint8Array): string {
  return latin1Of(bytes).replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80]!);
}
