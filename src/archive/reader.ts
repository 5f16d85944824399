/**
 * An archive, to be read: its records in the order in which they were written, and those of one article. In: a folder.
 * Out: records, at constant memory; what is damaged is told and passed over. Takes no lock and changes no file, so that
 * it may be read while a crawl writes to it: only what was committed is seen.
 */
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Article } from '../article.js';
import { articleKey } from '../article-key.js';
import { openStateToRead, type StateDatabase } from '../state.js';
import { normalizeUrl } from '../url.js';
import type { FileState, Place } from './appender.js';
import type { Archive } from './archive.js';
import { ArchiveDamagedError } from './errors.js';
import { ARCHIVE_FORMATS, listFiles, STATE_FILE } from './layout.js';
import { type CopyFound, type KnownArticle, Ledger, type StoredPlace } from './ledger.js';
import { refuseLostState } from './recovery.js';

/** A record as it stands in the archive. */
export interface StoredRecord extends StoredPlace {
  /** The line as it was written, without its end. */
  readonly line: string;
  readonly article: Article;
}

/** A record that is not where the ledger says, or not what it says. One line for people. */
export type OnDamagedRecord = (damage: {
  readonly file: string;
  readonly offset: number;
  readonly problem: string;
}) => void;

export interface ReadOptions {
  /** Only the newest record of each article. */
  readonly latest?: boolean;
  /** Only records written after this row (`StoredPlace.row`). */
  readonly afterRow?: number;
}

/** Read from a file at once: neighbours stand beside each other. */
const WINDOW_BYTES = 1 << 20;
const PLACES_AT_ONCE = 1000;

/**
 * Throws ArchiveDamagedError where there is no archive, or none that can be read. Without `onDamage`, a damaged record
 * ends the reading with that error.
 */
export function openReader(directory: string, onDamage?: OnDamagedRecord): ArchiveReader {
  requireArchive(directory);
  let state: StateDatabase | undefined;
  try {
    state = openStateToRead(join(directory, STATE_FILE));
    return new ArchiveReader(directory, state, new Ledger(state, { reading: true }), onDamage);
  } catch (error) {
    state?.close();
    const { code, message, name } = error as Error & { code?: unknown };
    if (name === 'ArchiveFormatError' || !String(code).startsWith('SQLITE_')) throw error;
    throw new ArchiveDamagedError(`${join(directory, STATE_FILE)}: ${message}`, { cause: error });
  }
}

/** Throws ArchiveDamagedError where there is no archive, or one that lost its state. */
export function requireArchive(directory: string): void {
  if (existsSync(join(directory, STATE_FILE))) return;
  refuseLostState(directory);
  throw new ArchiveDamagedError(`${directory}: there is no archive here`);
}

/** An archive that is open for writing, to be read through the same connection. Not to be closed. */
export function readerOf(archive: Archive, onDamage?: OnDamagedRecord): ArchiveReader {
  if (archive.directory === undefined) throw new Error('a scratch archive keeps no files to be read');
  return new ArchiveReader(archive.directory, archive.state, new Ledger(archive.state), onDamage);
}

export class ArchiveReader {
  readonly directory: string;
  /** For the tables of other rooms. */
  readonly state: StateDatabase;
  readonly #ledger: Ledger;
  readonly #onDamage: OnDamagedRecord;

  /** For `openReader`. */
  constructor(directory: string, state: StateDatabase, ledger: Ledger, onDamage?: OnDamagedRecord) {
    this.directory = directory;
    this.state = state;
    this.#ledger = ledger;
    this.#onDamage =
      onDamage ??
      (({ file, offset, problem }) => {
        throw new ArchiveDamagedError(`${join(directory, file)} at byte ${offset}: ${problem}`);
      });
  }

  async *records({ latest = false, afterRow = 0 }: ReadOptions = {}): AsyncGenerator<StoredRecord> {
    const lines = new Lines(this.directory);
    try {
      for (let row = afterRow; ; ) {
        const places = this.#ledger.placesAfter(row, PLACES_AT_ONCE, latest);
        if (places.length === 0) return;
        for (const place of places) {
          const record = await this.#read(lines, place);
          if (record) yield record;
        }
        row = places.at(-1)!.row;
      }
    } finally {
      await lines.close();
    }
  }

  /** All records of the article that has this URL, the first one first; empty where there is none. */
  async article(url: string): Promise<StoredRecord[]> {
    const normal = normalizeUrl(url);
    const own = normal === undefined ? [] : this.#ledger.placesOf(articleKey(normal));
    const key = own.length > 0 ? undefined : (this.#ledger.keyOfUrl(normal ?? url) ?? this.#ledger.keyOfUrl(url));
    return this.#readAll(key === undefined ? own : this.#ledger.placesOf(key));
  }

  /** When this address was answered last, RFC 3339. */
  lastSeenAt(url: string): string | undefined {
    return this.#ledger.visitOf(url)?.fetchedAt;
  }

  /** Article by article, those with at least so many records. */
  async *articles({ atLeast = 1 }: { readonly atLeast?: number } = {}): AsyncGenerator<StoredRecord[]> {
    for (let last = ''; ; ) {
      const keys = this.#ledger.keysAfter(last, PLACES_AT_ONCE, atLeast);
      if (keys.length === 0) return;
      for (const key of keys) {
        const records = await this.#readAll(this.#ledger.placesOf(key));
        if (records.length > 0) yield records;
      }
      last = keys.at(-1)!;
    }
  }

  /**
   * Article by article in the order in which their newest records were written, so that files are read from their
   * beginning to their end. Articles that are written to meanwhile are given once.
   */
  async *articlesAsWritten(): AsyncGenerator<StoredRecord[]> {
    const last = this.#ledger.lastRow();
    const lines = new Lines(this.directory);
    try {
      for (let row = 0; ; ) {
        const places = this.#ledger.placesAfter(row, PLACES_AT_ONCE, true);
        for (const { row: newest, key } of places) {
          if (newest > last) return;
          const records = await this.#readEach(lines, this.#ledger.placesOf(key));
          if (records.length > 0) yield records;
        }
        if (places.length === 0) return;
        row = places.at(-1)!.row;
      }
    } finally {
      await lines.close();
    }
  }

  /** The newest record of the article with this key. */
  known(key: string): KnownArticle | undefined {
    return this.#ledger.known(key);
  }

  /** Another article with the same text, or nearly the same. */
  copyOf({ key, textDigest, sketch }: Parameters<Archive['copyOf']>[0]): CopyFound | undefined {
    const exact = textDigest === undefined ? undefined : this.#ledger.exactCopy(textDigest, key);
    return exact ?? (sketch && this.#ledger.nearCopy(sketch, key));
  }

  /** Whether the run kept all that its records were made of. */
  keepsWitnesses(run: string): boolean {
    return this.#ledger.formatOf(run) !== ARCHIVE_FORMATS[0];
  }

  /** Where the site profile stands that records name by this digest; undefined where it was not kept. */
  profilePlace(digest: string): Place | undefined {
    return this.#ledger.profilePlace(digest);
  }

  /** The newest records of at most so many articles, the last written first: all, or those before a row. */
  newest(limit: number, beforeRow = Number.MAX_SAFE_INTEGER): Promise<StoredRecord[]> {
    return this.#readAll(this.#ledger.newestBefore(beforeRow, limit));
  }

  /** The records of the article that has this key, the first one first. */
  recordsOf(key: string): Promise<StoredRecord[]> {
    return this.#readAll(this.#ledger.placesOf(key));
  }

  /** The record at a row; undefined where there is none. */
  async recordAt(row: number): Promise<StoredRecord | undefined> {
    const [place] = this.#ledger.placesAfter(row - 1, 1);
    return place?.row === row ? (await this.#readAll([place]))[0] : undefined;
  }

  /** Where the record at a row stands, without reading it. */
  placeAt(row: number): StoredPlace | undefined {
    const [place] = this.#ledger.placesAfter(row - 1, 1);
    return place?.row === row ? place : undefined;
  }

  counts(): { articles: number; revisions: number } {
    return this.#ledger.counts();
  }

  /** Files of records and captures with their committed lengths, by name. */
  files(folder: 'records' | 'warc'): FileState[] {
    return this.#ledger.files().filter(({ file, bytes }) => file.startsWith(`${folder}/`) && bytes > 0);
  }

  /** The names of the sealed runs' manifests. */
  manifests(): string[] {
    return listFiles(this.directory, ['runs']).filter((file) => /^runs\/\d{8}T\d{6}Z\.json$/.test(file));
  }

  close(): void {
    this.state.close();
  }

  async #readAll(places: readonly StoredPlace[]): Promise<StoredRecord[]> {
    const lines = new Lines(this.directory);
    try {
      return await this.#readEach(lines, places);
    } finally {
      await lines.close();
    }
  }

  async #readEach(lines: Lines, places: readonly StoredPlace[]): Promise<StoredRecord[]> {
    const records: StoredRecord[] = [];
    for (const place of places) {
      const record = await this.#read(lines, place);
      if (record) records.push(record);
    }
    return records;
  }

  async #read(lines: Lines, place: StoredPlace): Promise<StoredRecord | undefined> {
    const tell = (problem: string) => this.#onDamage({ file: place.file, offset: place.offset, problem });
    const bytes = await lines.read(place);
    if (typeof bytes === 'string') return void tell(bytes);
    const line = bytes.toString();
    if (!line.endsWith('\n')) return void tell('the record is cut off');
    let article: Article;
    try {
      article = JSON.parse(line) as Article;
    } catch {
      return void tell('the record is no JSON');
    }
    if (article?.id !== place.id) return void tell('another record is there');
    return { ...place, line: line.slice(0, -1), article };
  }
}

/** Lines by their places; those that stand beside each other are read together. */
class Lines {
  readonly #directory: string;
  #file: { readonly name: string; readonly handle: FileHandle } | undefined;
  #window = { offset: 0, bytes: Buffer.alloc(0) };

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The bytes of a place, or why they cannot be had. */
  async read({ file, offset, length }: Place): Promise<Buffer | string> {
    try {
      if (this.#file?.name !== file) {
        await this.close();
        this.#file = { name: file, handle: await open(join(this.#directory, file), 'r') };
      }
      const from = offset - this.#window.offset;
      if (from < 0 || from + length > this.#window.bytes.length) {
        const bytes = Buffer.allocUnsafe(Math.max(WINDOW_BYTES, length));
        const { bytesRead } = await this.#file.handle.read(bytes, 0, bytes.length, offset);
        this.#window = { offset, bytes: bytes.subarray(0, bytesRead) };
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return code === 'ENOENT' ? 'the file is missing' : message;
    }
    const at = offset - this.#window.offset;
    return this.#window.bytes.length < at + length
      ? 'the file ends before'
      : this.#window.bytes.subarray(at, at + length);
  }

  async close(): Promise<void> {
    await this.#file?.handle.close();
    this.#file = undefined;
    this.#window = { offset: 0, bytes: Buffer.alloc(0) };
  }
}
