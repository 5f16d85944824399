/**
 * The lines of records against everything that speaks of them. In: an archive's folder, what is known of its captures,
 * and its ledger. Out: problems. The ledger's rows stand in the order of the lines, so both are read side by side.
 */
import { createHash } from 'node:crypto';
import type { Census } from './census.js';
import { listFiles, manifestFile, runOfFile, STATE_FILE } from './layout.js';
import type { KnownArticle, Ledger } from './ledger.js';
import { captureFault, type Line, linesIn, readRecord } from './lines.js';
import type { Standing } from './standing.js';
import type { Counts, Problem } from './verify.js';

export async function* verifyRecords(
  directory: string,
  {
    census,
    ledger,
    committed,
    standing,
    counts,
  }: {
    readonly census: Census;
    readonly ledger: Ledger | undefined;
    readonly committed: ReadonlyMap<string, number>;
    readonly standing: Standing;
    readonly counts: Counts;
  },
): AsyncGenerator<Problem> {
  /** Each once: one profile has many records. */
  const told = new Set(standing.profilesLost);
  const rows = new Rows(ledger);
  const linesOf = new Map<string, number>();
  for (const file of listFiles(directory, ['records'])) {
    let lines = 0;
    const run = runOfFile(file);
    const keepsProfiles = standing.keepingProfiles.has(run ?? '');
    for await (const line of linesIn(directory, file, committed.get(file))) {
      lines++;
      const read = readRecord(line);
      const fault = 'fault' in read ? read.fault : captureFault(read.article, census);
      if (fault !== undefined) yield { file, offset: line.offset, problem: fault };
      const profile = keepsProfiles && 'article' in read ? read.article.siteProfile : undefined;
      if (profile !== undefined && !census.hasProfile(profile) && !told.has(profile)) {
        told.add(profile);
        yield { file, offset: line.offset, problem: `its site profile ${profile} is in no WARC file` };
      }
      if (!ledger) continue;
      for (const row of rows.before(file, line.offset)) yield astray(row);
      const row = rows.at(file, line.offset);
      if (!row) yield { file, offset: line.offset, problem: `${STATE_FILE} does not know this record` };
      else if ('article' in read && !isOf(row, line, read.article.id)) yield astray(row);
    }
    counts.records += lines;
    if (run) linesOf.set(run, (linesOf.get(run) ?? 0) + lines);
  }
  for (const row of rows.rest()) yield astray(row);
  for (const [run, records] of standing.records) {
    const found = linesOf.get(run) ?? 0;
    if (found !== records)
      yield { file: manifestFile(run), problem: `counts ${records} records, its files hold ${found}` };
  }
}

function isOf(row: KnownArticle, { bytes }: Line, id: string): boolean {
  if (row.id !== id || row.record?.length !== bytes.length + 1) return false;
  if (row.lineSha256 === undefined) return true;
  return row.lineSha256 === createHash('sha256').update(bytes).update('\n').digest('hex');
}

function astray({ key, record }: KnownArticle): Problem {
  return { file: STATE_FILE, problem: `the record of ${key} is not at ${record?.file} ${record?.offset}` };
}

/** The ledger's rows that have a place, one after the other. */
class Rows {
  readonly #rows: Iterator<KnownArticle>;
  #next: IteratorResult<KnownArticle>;

  constructor(ledger: Ledger | undefined) {
    this.#rows = (ledger?.allRevisions() ?? [])[Symbol.iterator]();
    this.#next = this.#rows.next();
  }

  /** Those that should stand before this place and that no line was found for. */
  *before(file: string, offset: number): Iterable<KnownArticle> {
    for (; !this.#next.done; this.#next = this.#rows.next()) {
      const { record } = this.#next.value;
      if (record && (record.file > file || (record.file === file && record.offset >= offset))) return;
      if (record) yield this.#next.value;
    }
  }

  at(file: string, offset: number): KnownArticle | undefined {
    if (this.#next.done) return undefined;
    const row = this.#next.value;
    if (row.record?.file !== file || row.record.offset !== offset) return undefined;
    this.#next = this.#rows.next();
    return row;
  }

  *rest(): Iterable<KnownArticle> {
    for (; !this.#next.done; this.#next = this.#rows.next()) if (this.#next.value.record) yield this.#next.value;
  }
}
