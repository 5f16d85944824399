/**
 * What the archive knows of itself, in `state.db`: committed lengths of its files, runs, captures, articles and their
 * revisions, copies. In and out: plain values. Every write happens inside the transaction of a commit; nothing here
 * touches a file. All of it can be rebuilt from the files.
 */
import type Database from 'libsql';
import type { Article } from '../article.js';
import { BANDS, bandsOf, type FieldDigests, type Revision, type RevisionState, similarity } from '../revise.js';
import { define, refuseNewer, type StateDatabase, syncState, transact, versionOf } from '../state.js';
import type { FileState, Place } from './appender.js';
import { ARCHIVE_FORMAT, ARCHIVE_FORMATS, type ArchiveFormat } from './layout.js';

const MIGRATIONS = [
  `
  CREATE TABLE archive_file (
    file TEXT PRIMARY KEY, run TEXT NOT NULL, bytes INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE archive_run (
    run TEXT PRIMARY KEY, started_at TEXT NOT NULL, settings TEXT NOT NULL, records INTEGER NOT NULL DEFAULT 0,
    sealed INTEGER NOT NULL DEFAULT 0, manifest_sha256 TEXT
  ) WITHOUT ROWID;
  -- One row an article: its newest revision is found by number.
  CREATE TABLE article (
    key TEXT PRIMARY KEY, url TEXT NOT NULL, number INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE revision (
    row INTEGER PRIMARY KEY, key TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, content_digest TEXT NOT NULL,
    field_digests TEXT NOT NULL, text_digest TEXT, sketch BLOB, url TEXT NOT NULL, run TEXT NOT NULL,
    file TEXT, offset INTEGER, length INTEGER,
    fetched_at TEXT, etag TEXT, last_modified TEXT, date_published TEXT,
    UNIQUE (key, number)
  );
  CREATE INDEX revision_id ON revision (id);
  CREATE INDEX revision_text ON revision (text_digest) WHERE text_digest IS NOT NULL;
  -- Locality-sensitive hashing: near copies share a band with high probability.
  CREATE TABLE sketch_band (band INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (band, row)) WITHOUT ROWID;
  -- What a URL answered last, for conditional requests.
  CREATE TABLE page_validator (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, fetched_at TEXT NOT NULL, payload_digest TEXT
  ) WITHOUT ROWID;
  -- The first capture of each payload, for revisit records.
  CREATE TABLE payload (digest TEXT PRIMARY KEY, url TEXT NOT NULL, date TEXT NOT NULL) WITHOUT ROWID;
  -- Index lines of runs that are not sealed yet.
  CREATE TABLE index_line (line TEXT PRIMARY KEY) WITHOUT ROWID;
  `,
  // Of the record's line, so that damage in a file of records is told to the line.
  'ALTER TABLE revision ADD COLUMN line_sha256 TEXT',
  `
  -- Where each applied site profile stands in the WARC files.
  CREATE TABLE site_profile (
    digest TEXT PRIMARY KEY, file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL
  ) WITHOUT ROWID;
  -- What the run promises, for a manifest that is written after its process has died.
  ALTER TABLE archive_run ADD COLUMN format TEXT NOT NULL DEFAULT 'tearsheet-archive/1';
  `,
  // The further pages of the article there, a JSON list of URLs.
  'ALTER TABLE page_validator ADD COLUMN parts TEXT',
  `
  -- Articles that have moved: \`key\` goes on where \`earlier\` ended.
  CREATE TABLE move (key TEXT PRIMARY KEY, earlier TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX move_earlier ON move (earlier);
  `,
];

/** The version of the tables from which on applied profiles and the formats of runs are known. */
const PROFILES_FROM = 3;
/** From which on it is known what has moved. */
const MOVES_FROM = 5;

const PLACES = `SELECT row, key, run, revision.number, article.number AS newest, id, file, offset, length
  FROM revision JOIN article USING (key)`;
/** The same, where an article that has moved has newer records at its later address. */
const PLACES_WITH_MOVES = PLACES.replace(
  'article.number',
  `coalesce((SELECT max(later.number) FROM move JOIN article AS later USING (key) WHERE earlier = article.key),
    article.number)`,
);
const HAS_STAYED = 'NOT EXISTS (SELECT 1 FROM move WHERE earlier = article.key)';
/** All keys of the article that has one of them. */
const KEYS = `WITH RECURSIVE
  back(key) AS (VALUES (?) UNION SELECT earlier FROM move JOIN back USING (key)),
  whole(key) AS (SELECT key FROM back UNION SELECT move.key FROM move JOIN whole ON move.earlier = whole.key)`;

/** An article of which a revision is in the archive. */
export interface KnownArticle extends RevisionState {
  readonly key: string;
  readonly url: string;
  /** Where its line stands; absent in a scratch archive. */
  readonly record?: Place;
  /** Of the line, its end included. Absent in a scratch archive, and from old ones. */
  readonly lineSha256?: string;
  readonly fetchedAt?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly datePublished?: string;
}

/** A revision about to be written. */
export interface NewRevision extends KnownArticle {
  readonly run: string;
  readonly textDigest?: string;
  readonly sketch?: Uint32Array;
  /** The id of the record before, perhaps at another address. */
  readonly previous?: string;
}

/** Where a record's line stands, and which of its article's it is. */
export interface StoredPlace extends Place {
  /** Counts up in the order in which records were written. */
  readonly row: number;
  readonly key: string;
  readonly run: string;
  readonly number: number;
  /** The number of the article's newest record. */
  readonly newest: number;
  readonly id: string;
}

export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** What a page answered, to be remembered for the next conditional request. */
export interface PageVisit extends Validators {
  readonly url: string;
  /** RFC 3339 */
  readonly fetchedAt: string;
  readonly payloadDigest?: string;
  /** The further pages that the article there names, those that could not be had included. */
  readonly parts?: readonly string[];
}

export interface CopyFound {
  /** Of the record that was first. */
  readonly id: string;
  readonly key: string;
  readonly url: string;
  /** 1 for exact copies. */
  readonly similarity: number;
}

/** A payload that a WARC file of this archive holds. */
export interface KeptPayload {
  readonly digest: string;
  readonly url: string;
  readonly date: string;
}

/** Where an applied site profile stands, and the digest by which records name it. */
export interface ProfilePlace extends Place {
  readonly digest: string;
}

/** Candidates looked at per band: a boilerplate text that fills a band must not make lookups slow. */
const MAX_CANDIDATES_PER_BAND = 16;
/** Who shares a band, the first written first. In one statement: twelve take three times as long. */
const IN_BANDS = `${Array.from(
  { length: BANDS },
  () => `SELECT row FROM (SELECT row FROM sketch_band WHERE band = ? ORDER BY row LIMIT ${MAX_CANDIDATES_PER_BAND})`,
).join(' UNION ')} ORDER BY row`;
/** From this share of common shingles on, a text is a near copy. */
export const NEAR_COPY = 0.8;

type Statement = Database.Statement<unknown[]>;
type Row = Record<string, string | number | Uint8Array | null>;

export class Ledger {
  readonly #db: StateDatabase;
  readonly #prepared = new Map<string, Statement>();
  /** Not in the tables of an older tearsheet, as long as they are only read. */
  readonly #knowsMoves: boolean;
  /** Whether the tables were made by a tearsheet that did not note what has moved. */
  readonly lacksMoves: boolean;

  /** `reading`: the tables stay as they are, also those of an older tearsheet. */
  constructor(db: StateDatabase, { reading = false }: { readonly reading?: boolean } = {}) {
    this.#db = db;
    // A writer that died at its very start has made none.
    const version = versionOf(db, 'archive');
    if (reading && version > 0) refuseNewer(db, 'archive', MIGRATIONS.length);
    else define(db, 'archive', MIGRATIONS);
    this.#knowsMoves = versionOf(db, 'archive') >= MOVES_FROM;
    this.lacksMoves = version > 0 && version < MOVES_FROM;
  }

  transaction(write: () => void): void {
    transact(this.#db, write);
  }

  /** What a writer that died has committed is on the disk. */
  sync(): void {
    syncState(this.#db);
  }

  files(): (FileState & { readonly run: string })[] {
    return this.#statement('SELECT file, run, bytes FROM archive_file ORDER BY file').all() as never;
  }

  filesOf(run: string): FileState[] {
    return this.#statement('SELECT file, bytes FROM archive_file WHERE run = ? ORDER BY file').all(run) as never;
  }

  putFiles(run: string, files: readonly FileState[]): void {
    const put = this.#statement(
      'INSERT INTO archive_file VALUES (?, ?, ?) ON CONFLICT (file) DO UPDATE SET bytes = excluded.bytes',
    );
    for (const { file, bytes } of files) put.run(file, run, bytes);
  }

  beginRun(run: string, startedAt: string, settings: string): void {
    this.#statement('INSERT INTO archive_run (run, started_at, settings, format) VALUES (?, ?, ?, ?)').run(
      run,
      startedAt,
      settings,
      ARCHIVE_FORMAT,
    );
  }

  /** The newest one; names are in the order of time. */
  lastRun(): string | undefined {
    return (
      (this.#statement('SELECT max(run) AS run FROM archive_run').get({}) as { run: string | null }).run ?? undefined
    );
  }

  /** What a run that has begun promises. */
  formatOf(run: string): ArchiveFormat {
    if (versionOf(this.#db, 'archive') < PROFILES_FROM) return ARCHIVE_FORMATS[0];
    const row = this.#statement('SELECT format FROM archive_run WHERE run = ?').get(run) as { format: ArchiveFormat };
    return row.format;
  }

  unsealedRuns(): { run: string; startedAt: string; settings: string; records: number }[] {
    return this.#statement(
      'SELECT run, started_at AS startedAt, settings, records FROM archive_run WHERE sealed = 0 ORDER BY run',
    ).all() as never;
  }

  sealedRuns(): { run: string; manifestSha256: string | null }[] {
    return this.#statement(
      'SELECT run, manifest_sha256 AS manifestSha256 FROM archive_run WHERE sealed = 1 ORDER BY run',
    ).all({}) as never;
  }

  /** The records a run has committed. */
  recordsOf(run: string): number {
    const row = this.#statement('SELECT records FROM archive_run WHERE run = ?').get(run) as
      | { records: number }
      | undefined;
    return row?.records ?? 0;
  }

  /** A run that needs nothing more: known from its manifest. */
  putSealedRun(run: {
    run: string;
    startedAt: string;
    settings: string;
    records: number;
    manifestSha256: string;
    format: ArchiveFormat;
  }): void {
    this.#statement(
      `INSERT INTO archive_run (run, started_at, settings, records, sealed, manifest_sha256, format)
         VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (run) DO UPDATE
         SET records = excluded.records, sealed = 1, manifest_sha256 = excluded.manifest_sha256`,
    ).run(run.run, run.startedAt, run.settings, run.records, run.manifestSha256, run.format);
  }

  setSealed(run: string, manifestSha256: string): void {
    this.#statement('UPDATE archive_run SET sealed = 1, manifest_sha256 = ? WHERE run = ?').run(manifestSha256, run);
  }

  putRevision(revision: NewRevision): void {
    const { record, sketch } = revision;
    if (revision.previous !== undefined && !this.known(revision.key)) this.putMove(revision.key, revision.previous);
    const { lastInsertRowid: row } = this.#statement(
      `INSERT INTO revision (key, number, id, content_digest, field_digests, text_digest, sketch, url, run, file, offset,
         length, fetched_at, etag, last_modified, date_published, line_sha256)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      revision.key,
      revision.number,
      revision.id,
      revision.contentDigest,
      JSON.stringify(revision.fieldDigests),
      revision.textDigest ?? null,
      sketch ? Buffer.from(sketch.buffer, sketch.byteOffset, sketch.byteLength) : null,
      revision.url,
      revision.run,
      record?.file ?? null,
      record?.offset ?? null,
      record?.length ?? null,
      revision.fetchedAt ?? null,
      revision.etag ?? null,
      revision.lastModified ?? null,
      revision.datePublished ?? null,
      revision.lineSha256 ?? null,
    );
    this.#statement(
      'INSERT INTO article VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET number = excluded.number, url = excluded.url',
    ).run(revision.key, revision.url, revision.number);
    this.#statement('UPDATE archive_run SET records = records + 1 WHERE run = ?').run(revision.run);
    if (sketch)
      this.#statement('INSERT OR IGNORE INTO sketch_band SELECT value, ? FROM json_each(?)').run(
        row,
        JSON.stringify(bandsOf(sketch)),
      );
  }

  /** `previous`: the id of the record that the first one of this key goes on from. */
  putMove(key: string, previous: string): void {
    const earlier = this.keyOfId(previous);
    if (earlier !== undefined && earlier !== key)
      this.#statement('INSERT OR IGNORE INTO move VALUES (?, ?)').run(key, earlier);
  }

  /** The first records of articles that began at another address. Looks through all. */
  arrivals(): { readonly row: number; readonly key: string }[] {
    return this.#statement(
      `SELECT row, key FROM revision WHERE number > 1 AND NOT EXISTS
         (SELECT 1 FROM revision AS first WHERE first.key = revision.key AND first.number < revision.number)`,
    ).all({}) as never;
  }

  known(key: string): KnownArticle | undefined {
    const row = this.#statement(
      'SELECT revision.* FROM article JOIN revision USING (key, number) WHERE article.key = ?',
    ).get(key) as Row | undefined;
    return row && knownOf(row);
  }

  /** All revisions of an article, the first one first. */
  revisions(key: string): KnownArticle[] {
    return (this.#statement('SELECT * FROM revision WHERE key = ? ORDER BY number').all(key) as Row[]).map(knownOf);
  }

  /** Every revision in the order of its place, at constant memory. */
  *allRevisions(): Iterable<KnownArticle & { readonly run: string }> {
    let after = 0;
    for (;;) {
      const rows = this.#statement('SELECT * FROM revision WHERE row > ? ORDER BY row LIMIT 1000').all(after) as Row[];
      if (rows.length === 0) return;
      for (const row of rows) yield { ...knownOf(row), run: String(row.run) };
      after = Number(rows.at(-1)!.row);
    }
  }

  keyOfId(id: string): string | undefined {
    const row = this.#statement('SELECT key FROM revision WHERE id = ? ORDER BY row DESC LIMIT 1').get(id);
    return (row as { key: string } | undefined)?.key;
  }

  /** Offset → digest of the line that begins there. */
  lineDigestsOf(file: string): Map<number, string> {
    const rows = this.#statement(
      'SELECT offset, line_sha256 AS sha256 FROM revision WHERE file = ? AND line_sha256 IS NOT NULL',
    ).all(file) as { offset: number; sha256: string }[];
    return new Map(rows.map(({ offset, sha256 }) => [offset, sha256]));
  }

  lastRow(): number {
    return (this.#statement('SELECT coalesce(max(row), 0) AS row FROM revision').get({}) as { row: number }).row;
  }

  /** Records behind one row, in the order in which they were written. */
  placesAfter(row: number, limit: number, onlyNewest = false): StoredPlace[] {
    const newest = onlyNewest ? `AND ${this.#isNewest}` : '';
    return this.#statement(`${this.#places} WHERE row > ? AND file IS NOT NULL ${newest} ORDER BY row LIMIT ?`).all(
      row,
      limit,
    ) as never;
  }

  /** The newest records of their articles before one row, the last written first. */
  newestBefore(row: number, limit: number): StoredPlace[] {
    return this.#statement(
      `${this.#places} WHERE row < ? AND file IS NOT NULL AND ${this.#isNewest} ORDER BY row DESC LIMIT ?`,
    ).all(row, limit) as never;
  }

  /** The records of one article, the first one first, from all addresses that it had. */
  placesOf(key: string): StoredPlace[] {
    // The whole chain costs twenty times as much as one key, and hardly any article has one.
    const [keys, its] = this.#hasMoved(key) ? [KEYS, 'key IN whole'] : ['', 'key = ?'];
    return this.#statement(
      `${keys} ${this.#places} WHERE ${its} AND file IS NOT NULL ORDER BY revision.number, row`,
    ).all(key) as never;
  }

  #hasMoved(key: string): boolean {
    if (!this.#knowsMoves) return false;
    return this.#statement('SELECT 1 FROM move WHERE key = ? OR earlier = ?').get(key, key) !== undefined;
  }

  get #places(): string {
    return this.#knowsMoves ? PLACES_WITH_MOVES : PLACES;
  }

  get #isNewest(): string {
    return `revision.number = article.number${this.#knowsMoves ? ` AND ${HAS_STAYED}` : ''}`;
  }

  /** The article that has a record of this URL. Looks through all of them. */
  keyOfUrl(url: string): string | undefined {
    const row = this.#statement('SELECT key FROM revision WHERE url = ? LIMIT 1').get(url) as
      | { key: string }
      | undefined;
    return row?.key;
  }

  /** Articles with at least so many records, by the key that they have now, behind one of them. */
  keysAfter(key: string, limit: number, atLeast: number): string[] {
    const stayed = this.#knowsMoves ? `AND ${HAS_STAYED}` : '';
    const rows = this.#statement(
      `SELECT key FROM article WHERE key > ? AND number >= ? ${stayed} ORDER BY key LIMIT ?`,
    ).all(key, atLeast, limit) as { key: string }[];
    return rows.map((row) => row.key);
  }

  /** The first record with this text under another key. */
  exactCopy(textDigest: string, ownKey: string): CopyFound | undefined {
    const row = this.#statement(
      'SELECT id, key, url FROM revision WHERE text_digest = ? AND key <> ? ORDER BY row LIMIT 1',
    ).get(textDigest, ownKey) as { id: string; key: string; url: string } | undefined;
    return row && { id: row.id, key: row.key, url: row.url, similarity: 1 };
  }

  /** The most similar record under another key, where one is similar enough. */
  nearCopy(sketch: Uint32Array, ownKey: string): CopyFound | undefined {
    let best: CopyFound | undefined;
    for (const { row } of this.#statement(IN_BANDS).all(bandsOf(sketch)) as { row: number }[]) {
      const other = this.#statement('SELECT id, key, url, sketch FROM revision WHERE row = ?').get(row) as
        | Row
        | undefined;
      if (!other || other.key === ownKey || !(other.sketch instanceof Uint8Array)) continue;
      const alike = similarity(sketch, new Uint32Array(new Uint8Array(other.sketch).buffer));
      if (alike >= NEAR_COPY && alike > (best?.similarity ?? 0))
        best = { id: String(other.id), key: String(other.key), url: String(other.url), similarity: alike };
    }
    return best;
  }

  putVisit(visit: PageVisit): void {
    this.#statement(
      `INSERT INTO page_validator (url, etag, last_modified, fetched_at, payload_digest, parts) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
         fetched_at = excluded.fetched_at, payload_digest = coalesce(excluded.payload_digest, payload_digest),
         parts = iif(excluded.payload_digest IS NULL, parts, excluded.parts)`,
    ).run(
      visit.url,
      visit.etag ?? null,
      visit.lastModified ?? null,
      visit.fetchedAt,
      visit.payloadDigest ?? null,
      visit.parts?.length ? JSON.stringify(visit.parts) : null,
    );
  }

  /** For an article of which only the record tells. */
  putParts(url: string, parts: readonly string[]): void {
    this.#statement('UPDATE page_validator SET parts = ? WHERE url = ?').run(JSON.stringify(parts), url);
  }

  visitOf(url: string): PageVisit | undefined {
    const row = this.#statement('SELECT * FROM page_validator WHERE url = ?').get(url) as Row | undefined;
    return (
      row && {
        url,
        fetchedAt: String(row.fetched_at),
        ...optional('etag', row.etag),
        ...optional('lastModified', row.last_modified),
        ...optional('payloadDigest', row.payload_digest),
        ...(typeof row.parts === 'string' && { parts: JSON.parse(row.parts) as string[] }),
      }
    );
  }

  putPayload({ digest, url, date }: KeptPayload): void {
    this.#statement('INSERT OR IGNORE INTO payload VALUES (?, ?, ?)').run(digest, url, date);
  }

  payload(digest: string): KeptPayload | undefined {
    const row = this.#statement('SELECT url, date FROM payload WHERE digest = ?').get(digest) as Row | undefined;
    return row && { digest, url: String(row.url), date: String(row.date) };
  }

  putProfile({ digest, file, offset, length }: ProfilePlace): void {
    this.#statement('INSERT OR IGNORE INTO site_profile VALUES (?, ?, ?, ?)').run(digest, file, offset, length);
  }

  /** Where a profile stands; archives of format 1 kept none. */
  profilePlace(digest: string): Place | undefined {
    if (versionOf(this.#db, 'archive') < PROFILES_FROM) return undefined;
    return this.#statement('SELECT file, offset, length FROM site_profile WHERE digest = ?').get(digest) as
      | Place
      | undefined;
  }

  putIndexLine(line: string): void {
    this.#statement('INSERT OR IGNORE INTO index_line VALUES (?)').run(line);
  }

  /** In the order of their bytes, at constant memory. */
  *indexLines(): Iterable<string> {
    let after = '';
    for (;;) {
      const rows = this.#statement('SELECT line FROM index_line WHERE line > ? ORDER BY line LIMIT 1000').all(
        after,
      ) as {
        line: string;
      }[];
      if (rows.length === 0) return;
      for (const { line } of rows) yield line;
      after = rows.at(-1)!.line;
    }
  }

  clearIndexLines(): void {
    this.#statement('DELETE FROM index_line').run();
  }

  counts(): { articles: number; revisions: number } {
    const count = (table: string) => (this.#statement(`SELECT count(*) AS n FROM ${table}`).get({}) as { n: number }).n;
    const stayed = this.#knowsMoves ? ` WHERE ${HAS_STAYED}` : '';
    return { articles: count(`article${stayed}`), revisions: count('revision') };
  }

  #statement(sql: string): Statement {
    const statement = this.#prepared.get(sql) ?? this.#db.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** What is to be known of a record. */
export function knownFrom(key: string, article: Article, revision: Revision): KnownArticle {
  const { capture, datePublished, url } = article;
  const { number, id, contentDigest, fieldDigests } = revision;
  return {
    key,
    url,
    number,
    id,
    contentDigest,
    fieldDigests,
    ...(capture ? { fetchedAt: capture.fetchedAt } : {}),
    ...(capture?.etag === undefined ? {} : { etag: capture.etag }),
    ...(capture?.lastModified === undefined ? {} : { lastModified: capture.lastModified }),
    ...(datePublished === undefined ? {} : { datePublished }),
  };
}

function knownOf(row: Row): KnownArticle {
  return {
    key: String(row.key),
    url: String(row.url),
    number: Number(row.number),
    id: String(row.id),
    contentDigest: String(row.content_digest),
    fieldDigests: JSON.parse(String(row.field_digests)) as FieldDigests,
    ...(row.file === null
      ? {}
      : { record: { file: String(row.file), offset: Number(row.offset), length: Number(row.length) } }),
    ...optional('fetchedAt', row.fetched_at),
    ...optional('etag', row.etag),
    ...optional('lastModified', row.last_modified),
    ...optional('datePublished', row.date_published),
    ...optional('lineSha256', row.line_sha256),
  };
}

function optional<K extends string>(key: K, value: unknown): { [P in K]?: string } {
  return (typeof value === 'string' ? { [key]: value } : {}) as { [P in K]?: string };
}
