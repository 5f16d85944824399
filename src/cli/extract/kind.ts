/** What an input of `extract` is: told by its name, else by its first bytes. Pure. */
import { utf16Of } from '../text-file.js';

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
  json: 'jsonl',
  warc: 'warc',
  arc: 'warc',
};

export function kindOfName(name: string): InputKind | undefined {
  const ending = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : ENDINGS[ending];
}

/** `content` has been unpacked where it was gzip. */
export function kindOfContent(content: Uint8Array): InputKind | undefined {
  const decoder = new TextDecoder(utf16Of(content) ?? 'latin1');
  const start = decoder.decode(content.subarray(0, 512)).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (/^(?:WARC\/\d|filedesc:\/\/)/.test(start)) return 'warc';
  if (/^(?:\[\s*)?\{\s*(?:["}]|$)/.test(start)) return 'jsonl';
  if (start.startsWith('<')) return 'html';
  // A comment may stand above the first address.
  if (/^(?:#[^\n]*\n\s*)*https?:\/\//i.test(start)) return 'urls';
  return undefined;
}
