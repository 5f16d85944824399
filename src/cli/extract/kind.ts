/** What an input of `extract` is: told by its name, else by its first bytes. Pure. */

export const INPUT_KINDS = ['html', 'urls', 'jsonl', 'warc'] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** Ends of file names, also before `.gz`. */
const ENDINGS: Readonly<Record<string, InputKind>> = {
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  shtml: 'html',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  warc: 'warc',
};

export function kindOfName(name: string): InputKind | undefined {
  const ending = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : ENDINGS[ending];
}

/** `content` has been unpacked where it was gzip. */
export function kindOfContent(content: Uint8Array): InputKind | undefined {
  const start = new TextDecoder('latin1').decode(content.subarray(0, 512)).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (/^WARC\/\d/.test(start)) return 'warc';
  if (start.startsWith('{')) return 'jsonl';
  if (start.startsWith('<') || isUtf16Markup(content)) return 'html';
  // A comment may stand above the first address.
  if (/^(?:#[^\n]*\n\s*)*https?:\/\//i.test(start)) return 'urls';
  return undefined;
}

function isUtf16Markup(content: Uint8Array): boolean {
  return (
    (content[0] === 0xff && content[1] === 0xfe && content[2] === 0x3c) ||
    (content[0] === 0xfe && content[1] === 0xff && content[3] === 0x3c)
  );
}

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
