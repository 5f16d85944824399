/** What is certainly no HTML, by its first bytes. In: bytes. Out: what they are, in words for a person. Pure. */
import { latin1Of } from './fetch/legacy-decoder.js';

/** First bytes of files that people take for pages; what they are called in a message. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP file (WACZ: unpack it and name its WARC files) or an office document'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
  [[0x52, 0x49, 0x46, 0x46], 'a RIFF file'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'Zstandard data'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz data'],
  [[0x42, 0x5a, 0x68], 'bzip2 data'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'a SQLite file'],
  [[0x62, 0x70, 0x6c, 0x69, 0x73, 0x74], 'a web archive of Safari or another property list'],
];

/** A page that a browser saved with its pictures: RFC 2557. */
const MHTML = /^(?:[\w-]{1,40}:[^\n]{0,998}\r?\n(?:[ \t][^\n]{0,998}\r?\n)*){0,20}?Content-Type:\s*multipart\/related/i;
const HEAD_BYTES = 4096;

/** What a file that is certainly no HTML is, or undefined. */
export function foreignKind(content: Uint8Array): string | undefined {
  const name = SIGNATURES.find(([bytes]) => bytes.every((byte, at) => content[at] === byte))?.[1];
  if (name !== undefined) return name;
  return MHTML.test(latin1Of(content.subarray(0, HEAD_BYTES))) ? 'an MHTML file (save the page as HTML)' : undefined;
}
