/** JSONL: the records' own lines, byte for byte; with fields chosen, lines of these. */
import { jsonLine } from '../json-line.js';
import type { Bytes, ExportSource } from './formats.js';

/** Lines are gathered to about so many characters before they go out. */
const CHUNK_CHARACTERS = 1 << 16;

export async function* exportJsonl({ records, fields }: ExportSource): Bytes {
  let chunk = '';
  for await (const { line, article } of records()) {
    if (fields) {
      const values = article as unknown as Record<string, unknown>;
      const chosen = fields.filter((field) => values[field] !== undefined).map((field) => [field, values[field]]);
      chunk += `${jsonLine(Object.fromEntries(chosen))}\n`;
    } else chunk += `${line}\n`;
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
