/** What is certainly no HTML, by its first bytes. In: bytes. Out: what they are, in words for a person. Pure. */

/** First bytes of files that people take for pages; what they are called in a message. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP file or an office document'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
  [[0x52, 0x49, 0x46, 0x46], 'a RIFF file'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'Zstandard data'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz data'],
  [[0x42, 0x5a, 0x68], 'bzip2 data'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'a SQLite file'],
];

/** What a file that is certainly no HTML is, or undefined. */
export function foreignKind(content: Uint8Array): string | undefined {
  return SIGNATURES.find(([bytes]) => bytes.every((byte, at) => content[at] === byte))?.[1];
}
