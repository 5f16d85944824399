/** Text files as people's tools write them: UTF-8, or UTF-16 with a byte order mark, which shells of Windows write. */
import { readFileSync } from 'node:fs';

/** `file` as readFileSync takes it. Throws what reading throws; the byte order mark is no part of the text. */
export function readTextFile(file: string | number): string {
  const bytes = readFileSync(file);
  return new TextDecoder(utf16Of(bytes) ?? 'utf-8').decode(bytes);
}

/** Told by the byte order mark at the beginning. */
export function utf16Of(content: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  return undefined;
}
