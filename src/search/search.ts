/**
 * Full-text search over an archive's records. In: a reader and a query. Out: hits, the best first. The index
 * (`search.db`, SQLite FTS5) stands beside the archive and is brought up to date when it is asked: crawls do not pay for
 * it. It holds nothing that the records do not: it may be deleted, and is made anew where it does not fit them.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { SEARCH_FILE } from '../archive/layout.js';
import type { ArchiveReader, StoredRecord } from '../archive/reader.js';
import { createSelector, type SelectionInput, selectionSchema } from '../selection.js';
import { isFull, isUnwritable } from '../state.js';
import { type SnippetPart, snippetOf } from './snippet.js';
import { indexText, readQuery } from './words.js';

export interface SearchOptions {
  readonly selection?: SelectionInput;
  /** Hits at most. Default 20. */
  readonly limit?: number;
  /** Old revisions too, not only the newest of each article. */
  readonly allRevisions?: boolean;
}

export interface Hit {
  readonly record: StoredRecord;
  /** BM25, more is better; only to be compared within one search. */
  readonly score: number;
  readonly snippet: readonly SnippetPart[];
}

const FORMAT = 1;
/** Records indexed in one transaction. */
const BATCH = 500;
/** headline, description, body, author, section and keywords. */
const WEIGHTS = '10, 4, 1, 6, 3';

export class SearchIndex {
  readonly #db: Database.Database;
  readonly #reader: ArchiveReader;

  private constructor(db: Database.Database, reader: ArchiveReader) {
    this.#db = db;
    this.#reader = reader;
  }

  /** Opens the index and brings it up to date. Where it cannot be written, or the disk is full, it is made in memory for this time. */
  static async open(reader: ArchiveReader, onIndexed: (records: number) => void = () => {}): Promise<SearchIndex> {
    const path = join(reader.directory, SEARCH_FILE);
    try {
      return await SearchIndex.#upToDate(path, reader, onIndexed);
    } catch (error) {
      if (isUnwritable(error) || isFull(error)) return SearchIndex.#upToDate(':memory:', reader, onIndexed);
      if (!/^SQLITE_(?:NOTADB|CORRUPT)/.test(String((error as { code?: unknown }).code))) throw error;
      // Nothing is lost: it is made of the records.
      for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true });
      return SearchIndex.#upToDate(path, reader, onIndexed);
    }
  }

  static async #upToDate(path: string, reader: ArchiveReader, onIndexed: (records: number) => void) {
    const index = new SearchIndex(prepared(path, reader), reader);
    try {
      await index.#update(onIndexed);
      return index;
    } catch (error) {
      index.close();
      throw error;
    }
  }

  /** Yields at most `limit` hits, the best first; among equals the later record. */
  async *search(text: string, options: SearchOptions = {}): AsyncGenerator<Hit, void> {
    const { limit = 20, allRevisions = false } = options;
    const { match, terms } = readQuery(text);
    if (match === undefined) return;
    const isWanted = createSelector(selectionSchema.parse(options.selection ?? {}));
    const rows = this.#db
      .prepare(
        `SELECT rowid AS row, -bm25(text, ${WEIGHTS}) AS score FROM text WHERE text MATCH ? ORDER BY score DESC, row DESC`,
      )
      .iterate(match) as Iterable<{ row: number; score: number }>;
    let found = 0;
    for (const { row, score } of rows) {
      if (found >= limit) return;
      const place = this.#reader.placeAt(row);
      if (!place || (!allRevisions && place.number !== place.newest)) continue;
      const record = await this.#reader.recordAt(row);
      if (!record || !isWanted(record.article)) continue;
      found++;
      const { articleBody = '', description = '' } = record.article;
      yield { record, score, snippet: snippetOf(articleBody === '' ? description : articleBody, terms) };
    }
  }

  close(): void {
    this.#db.close();
  }

  async #update(onIndexed: (records: number) => void): Promise<void> {
    const { row } = this.#db.prepare('SELECT row FROM state').get({}) as { row: number };
    const put = this.#db.prepare(
      'INSERT INTO text (rowid, headline, description, body, author, about) VALUES (?, ?, ?, ?, ?, ?)',
    );
    let batch: StoredRecord[] = [];
    let indexed = 0;
    const write = (): void => {
      if (batch.length === 0) return;
      const last = batch.at(-1)!;
      this.#db.exec('BEGIN IMMEDIATE');
      try {
        // Another search may have done the same work meanwhile.
        const known = (this.#db.prepare('SELECT row FROM state').get({}) as { row: number }).row;
        for (const record of batch) if (record.row > known) put.run(record.row, ...columnsOf(record));
        this.#db.prepare('UPDATE state SET row = ?, place = ? WHERE row < ?').run(last.row, placeName(last), last.row);
        this.#db.exec('COMMIT');
      } catch (error) {
        if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
        throw error;
      }
      indexed += batch.length;
      onIndexed(indexed);
      batch = [];
    };
    for await (const record of this.#reader.records({ afterRow: row })) {
      batch.push(record);
      if (batch.length === BATCH) write();
    }
    write();
  }
}

/** An index that fits the archive, or an empty one. */
function prepared(path: string, reader: ArchiveReader): Database.Database {
  const db = new Database(path);
  try {
    db.exec('PRAGMA busy_timeout = 60000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    if (fits(db, reader)) return db;
    db.exec(`BEGIN IMMEDIATE;
      DROP TABLE IF EXISTS text; DROP TABLE IF EXISTS state;
      CREATE VIRTUAL TABLE text USING fts5(headline, description, body, author, about, content = '',
        tokenize = "unicode61 remove_diacritics 2");
      CREATE TABLE state (row INTEGER NOT NULL, place TEXT NOT NULL);
      INSERT INTO state VALUES (0, '');
      PRAGMA user_version = ${FORMAT};
      COMMIT;`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The record that was indexed last is still at its row: a repair may have numbered them anew. */
function fits(db: Database.Database, reader: ArchiveReader): boolean {
  const { user_version: version } = db.prepare('PRAGMA user_version').get({}) as { user_version: number };
  if (version !== FORMAT) return false;
  const state = db.prepare('SELECT row, place FROM state').get({}) as { row: number; place: string };
  if (state.row === 0) return true;
  const place = reader.placeAt(state.row);
  return place !== undefined && placeName(place) === state.place;
}

function placeName({ file, offset, id }: Pick<StoredRecord, 'file' | 'offset' | 'id'>): string {
  return `${file} ${offset} ${id}`;
}

function columnsOf({ article }: StoredRecord): string[] {
  const { headline, alternativeHeadline, description, articleBody, author, articleSection, keywords, liveBlogUpdate } =
    article;
  const text = (...parts: (string | undefined)[]) => indexText(parts.filter((part) => part !== undefined).join('\n'));
  return [
    text(headline, alternativeHeadline),
    text(description),
    text(articleBody, ...(articleBody === undefined ? (liveBlogUpdate ?? []).map((entry) => entry.articleBody) : [])),
    text(...(author ?? []).map(({ name }) => name)),
    text(...(articleSection ?? []), ...(keywords ?? [])),
  ];
}
