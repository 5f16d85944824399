/**
 * Files of lines, read back: lines with their places, and what is wrong with a record's line. In: a file of the archive.
 * Out: values; nothing is changed, and no more than one line is in memory.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Article, Capture } from '../article.js';
import { articleSchema } from '../article-schema.js';
import type { Census } from './census.js';

export interface Line {
  readonly offset: number;
  /** Without its end. */
  readonly bytes: Buffer;
  /** The file ends before the line does. */
  readonly isTorn: boolean;
}

/** Only up to `end`, if given. */
export async function* linesIn(directory: string, file: string, end?: number): AsyncGenerator<Line> {
  if (end === 0) return;
  let offset = 0;
  let parts: Buffer[] = [];
  const source = createReadStream(join(directory, file), {
    highWaterMark: 1 << 20,
    ...(end === undefined ? {} : { end: end - 1 }),
  });
  for await (const chunk of source as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const rest = chunk.subarray(from, at);
      const bytes = parts.length === 0 ? rest : Buffer.concat([...parts, rest]);
      yield { offset, bytes, isTorn: false };
      offset += bytes.length + 1;
      parts = [];
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield { offset, bytes: Buffer.concat(parts), isTorn: true };
}

export function readRecord({ bytes, isTorn }: Line): { readonly article: Article } | { readonly fault: string } {
  if (isTorn) return { fault: 'the last line is torn' };
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString());
  } catch (error) {
    return { fault: `is not JSON: ${inOneLine(error)}` };
  }
  const checked = articleSchema.safeParse(json);
  if (checked.success) return { article: checked.data };
  const { path, message } = checked.error.issues[0]!;
  return { fault: `does not fit the schema: ${path.join('.')}: ${message}` };
}

/** What a record says of one capture, its own or that of a further page. */
type Said = Pick<Capture, 'fetchedAt' | 'payloadDigest' | 'warc'> & { readonly url: string };

/** Whether a record's captures stand where it says, and are those that it speaks of. */
export function captureFault({ capture }: Article, census: Census): string | undefined {
  if (!capture) return undefined;
  for (const said of [{ ...capture, url: capture.finalUrl }, ...(capture.parts ?? [])]) {
    const fault = faultOf(said, census);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The record without the pointers to captures that are lost: what is left of the article. */
export function withoutLost(article: Article, census: Census): Article {
  const kept = <T extends Omit<Said, 'url'>>(said: T, url: string): T => {
    if (faultOf({ ...said, url }, census) === undefined) return said;
    const { warc: _, ...rest } = said;
    return rest as T;
  };
  const { capture } = article;
  if (!capture) return article;
  const { parts } = capture;
  return {
    ...article,
    capture: {
      ...kept(capture, capture.finalUrl),
      ...(parts && { parts: parts.map((part) => kept(part, part.url)) }),
    },
  };
}

function faultOf({ warc, url, fetchedAt, payloadDigest }: Said, census: Census): string | undefined {
  if (!warc) return undefined;
  const { file, offset, length } = warc;
  const found = census.at(file, offset);
  const place = `${file} at ${offset}`;
  if (found?.length !== length) return `its capture is not at ${place}`;
  if (found.url !== url) return `its capture at ${place} is of ${found.url}, not of ${url}`;
  if (found.date !== fetchedAt) return `its capture at ${place} is of ${found.date}, not of ${fetchedAt}`;
  if (found.payloadDigest !== undefined && found.payloadDigest !== payloadDigest)
    return `its capture at ${place} has another payload`;
  return undefined;
}

export function inOneLine(error: unknown): string {
  return String((error as Error)?.message ?? error)
    .replace(/\s+/g, ' ')
    .slice(0, 300);
}
