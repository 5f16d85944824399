/**
 * What the WARC files of an archive hold, looked up by place and by index line. In: records as they are read. Out: the
 * captures, in a temporary database on the disk, so that memory stays flat however many there are. Reads each file
 * once; changes nothing.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { openTemporary } from '../state.js';
import { readKeptProfile } from './annex.js';
import { indexLine } from './cdxj.js';
import { httpOf, readWarc, type WarcRecord } from './warc-read.js';
import { digestOf } from './warc-write.js';

/** What can be referred to by a place: a record line's capture, or an index line. */
export interface CaptureFound {
  readonly type: string;
  readonly length: number;
  readonly url: string;
  /** RFC 3339 */
  readonly date: string;
  readonly payloadDigest?: string;
}

export interface CensusProblem {
  readonly offset: number;
  readonly problem: string;
}

/** Our own records are never bigger; what claims to be is damage. */
const MAX_RECORD_BYTES = 2 ** 30;

export class Census {
  readonly #db = openTemporary();
  readonly #put;
  readonly #putLine;
  readonly #putProfile;
  readonly #findProfile;
  readonly #find;

  constructor() {
    this.#db.exec(`CREATE TEMP TABLE capture (
        file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, type TEXT NOT NULL, url TEXT NOT NULL,
        date TEXT NOT NULL, payload TEXT, PRIMARY KEY (file, offset)
      ) WITHOUT ROWID;
      CREATE TEMP TABLE line (line TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TEMP TABLE profile (digest TEXT PRIMARY KEY) WITHOUT ROWID;
      BEGIN`);
    this.#put = this.#db.prepare('INSERT INTO capture VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#putLine = this.#db.prepare('INSERT OR IGNORE INTO line VALUES (?)');
    this.#putProfile = this.#db.prepare('INSERT OR IGNORE INTO profile VALUES (?)');
    this.#findProfile = this.#db.prepare('SELECT 1 FROM profile WHERE digest = ?');
    this.#find = this.#db.prepare('SELECT type, length, url, date, payload FROM capture WHERE file = ? AND offset = ?');
  }

  /**
   * Reads a file up to `end` and takes down its captures. Yields every record that is whole; what is not is told, each
   * damage once.
   */
  async *take(
    directory: string,
    file: string,
    end: number | undefined,
    tell: (problem: CensusProblem) => void,
  ): AsyncGenerator<WarcRecord> {
    if (end === 0) return;
    const source = createReadStream(join(directory, file), {
      highWaterMark: 1 << 20,
      ...(end === undefined ? {} : { end: end - 1 }),
    });
    const onDamage = ({ offset, reason }: { offset: number; reason: string }) => tell({ offset, problem: reason });
    for await (const record of readWarc(source, { onDamage, maxRecordBytes: MAX_RECORD_BYTES })) {
      const fault = faultOf(record);
      if (fault === undefined) this.#note(file, record);
      else tell({ offset: record.place?.offset ?? 0, problem: fault });
      if (fault === undefined) yield record;
    }
  }

  at(file: string, offset: number): CaptureFound | undefined {
    const row = this.#find.get([file, offset]) as
      | { type: string; length: number; url: string; date: string; payload: string | null }
      | undefined;
    if (!row) return undefined;
    const { payload, type, length, url, date } = row;
    return { type, length, url, date, ...(payload === null ? {} : { payloadDigest: payload }) };
  }

  /** Whether the site profile that has this digest is kept. */
  hasProfile(digest: string): boolean {
    return this.#findProfile.get([digest]) !== undefined;
  }

  /** The index that the files ask for, sorted by bytes. */
  *indexLines(): Iterable<string> {
    const next = this.#db.prepare('SELECT line FROM line WHERE line > ? ORDER BY line LIMIT 1000');
    for (let after = ''; ; ) {
      const rows = next.all([after]) as { line: string }[];
      if (rows.length === 0) return;
      for (const { line } of rows) yield line;
      after = rows.at(-1)!.line;
    }
  }

  close(): void {
    this.#db.close();
  }

  #note(file: string, record: WarcRecord): void {
    const { place, type, url, date, headers } = record;
    const profile = readKeptProfile(record);
    if (profile) this.#putProfile.run([profile.digest]);
    if (!place || url === undefined || date === undefined || !CAPTURES.has(type)) return;
    this.#put.run([file, place.offset, place.length, type, url, date, headers.get('warc-payload-digest') ?? null]);
    const line = indexLineOf(file, record);
    if (line !== undefined) this.#putLine.run([line]);
  }
}

/** A metadata record stands for a payload that was withheld. */
const CAPTURES = new Set(['response', 'revisit', 'metadata']);

/** The same line that was made when the record was written (captures.ts). */
export function indexLineOf(file: string, record: WarcRecord): string | undefined {
  const { place, type, url, date, headers } = record;
  if (!place || url === undefined || date === undefined || (type !== 'response' && type !== 'revisit'))
    return undefined;
  const message = httpOf(record);
  if (!message) return undefined;
  const contentType = message.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return indexLine({
    url,
    dateMs: Date.parse(date),
    status: message.status,
    contentType: type === 'revisit' ? 'warc/revisit' : contentType,
    digest: headers.get('warc-payload-digest') ?? digestOf(message.payload),
    pointer: { file, ...place },
  });
}

function faultOf(record: WarcRecord): string | undefined {
  if (!record.place) return 'the record shares its gzip member with others';
  if (record.headers.get('warc-block-digest') !== digestOf(record.block)) return 'the block does not fit its digest';
  const payload = record.type === 'response' ? httpOf(record)?.payload : undefined;
  if (payload && record.headers.get('warc-payload-digest') !== digestOf(payload))
    return 'the payload does not fit its digest';
  return undefined;
}
