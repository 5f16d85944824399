/**
 * Is the archive still what was written? In: a folder. Out: its problems, one by one, each with the file and what is
 * wrong; the counts at the end. Reads everything, at constant memory, and changes nothing.
 *
 * Checked: the digest of `state.db` and of every file that a manifest names; the chain of manifests; that no file is
 * missing or unknown; every WARC record's digests; every record line against the schema; that each record leads to its
 * capture, each row of the ledger to its record and back, each index line to its capture and back; and the counts.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openStateToRead, type StateDatabase, StateUnreadableError } from '../state.js';
import { Census } from './census.js';
import { ArchiveDamagedError } from './errors.js';
import {
  INDEX_FILE,
  listFiles,
  manifestFile,
  readArchiveSettings,
  runOfFile,
  SETTINGS_FILE,
  STATE_FILE,
} from './layout.js';
import { Ledger } from './ledger.js';
import { inOneLine, linesIn } from './lines.js';
import { type Fixity, fixityOf } from './manifest.js';
import { readStanding, type Standing } from './standing.js';
import { stateSealFault } from './state-seal.js';
import { verifyRecords } from './verify-records.js';

export interface Problem {
  readonly file: string;
  /** Where in the file, in bytes, as far as it is known. */
  readonly offset?: number;
  /** One line for people; may hold text from the web. */
  readonly problem: string;
}

/** What was looked at. */
export interface Verified {
  readonly files: number;
  readonly bytes: number;
  readonly runs: number;
  readonly records: number;
  readonly captures: number;
  readonly problems: number;
}

export type Counts = { -readonly [K in keyof Verified]: number };

/** Yields problems as they are found. Throws ArchiveDamagedError only where there is no archive at all. */
export async function* verifyArchive(directory: string): AsyncGenerator<Problem, Verified> {
  if (!existsSync(join(directory, STATE_FILE)) && listFiles(directory, ['runs', 'records', 'warc']).length === 0)
    throw new ArchiveDamagedError(`${directory}: there is no archive here`);
  const counts = { files: 0, bytes: 0, runs: 0, records: 0, captures: 0, problems: 0 };
  for await (const problem of problemsOf(directory, counts)) {
    counts.problems++;
    yield problem;
  }
  return counts;
}

async function* problemsOf(directory: string, counts: Counts): AsyncGenerator<Problem> {
  const sealFault = await stateSealFault(directory);
  if (sealFault !== undefined) yield { file: STATE_FILE, problem: sealFault };
  const opened = openLedger(directory);
  if ('problem' in opened) yield opened;
  const { ledger, state } = 'problem' in opened ? {} : opened;
  const census = new Census();
  try {
    const standing = await readStanding(directory);
    yield* standing.faults;
    counts.runs = standing.manifests.filter(({ repair }) => !repair).length;
    yield* checkManifests(directory, ledger, standing);
    const committed = new Map(ledger?.files().map((file) => [file.file, file.bytes]));
    const open = new Set(ledger?.unsealedRuns().map(({ run }) => run));
    for (const [file, { bytes }] of standing.files) {
      const known = committed.get(file);
      if (known === undefined || known >= bytes) continue;
      yield { file: STATE_FILE, problem: `knows ${known} bytes of ${file}, sealed with ${bytes}: it is an older copy` };
      committed.set(file, bytes);
    }
    for (const file of listFiles(directory, ['records', 'warc']))
      if (!committed.has(file) && open.has(runOfFile(file) ?? '')) committed.set(file, 0);
    // A run under way, or cut off at its end, may have merged its lines into the index already: those are read below.
    const { index: _, ...files } = standing;
    yield* checkFiles(directory, open.size > 0 ? files : standing, committed, counts);
    yield* checkEditable(directory, standing, open.size > 0);
    for (const file of listFiles(directory, ['warc'])) {
      const problems: Problem[] = [];
      for await (const record of census.take(directory, file, committed.get(file), (found) =>
        problems.push({ file, ...found }),
      )) {
        if (record.type === 'response') counts.captures++;
        yield* problems.splice(0);
      }
      yield* problems;
    }
    yield* verifyRecords(directory, { census, ledger, committed, standing, counts });
    yield* checkIndex(directory, census, ledger);
  } finally {
    census.close();
    // A connection that is let go in the middle of a transaction would hold the writer up.
    if (state?.inTransaction) state.exec('COMMIT');
    state?.close();
  }
}

/** The ledger as it is at this instant, whatever a writer does meanwhile. */
function openLedger(directory: string): { ledger: Ledger; state: StateDatabase } | Problem {
  if (!existsSync(join(directory, STATE_FILE))) return { file: STATE_FILE, problem: 'is missing' };
  let state: StateDatabase | undefined;
  try {
    state = openStateToRead(join(directory, STATE_FILE));
    const [result] = state.prepare('PRAGMA integrity_check(1)').all({}) as { integrity_check: string }[];
    if (result?.integrity_check !== 'ok') throw new Error(result?.integrity_check);
    const ledger = new Ledger(state, { reading: true });
    state.exec('BEGIN');
    return { ledger, state };
  } catch (error) {
    state?.close();
    if (error instanceof StateUnreadableError) throw error;
    return { file: STATE_FILE, problem: `is damaged: ${inOneLine(error)}` };
  }
}

/** The ledger knows every run that was sealed, and with which bytes. */
async function* checkManifests(
  directory: string,
  ledger: Ledger | undefined,
  { manifestsLost }: Standing,
): AsyncGenerator<Problem> {
  for (const { run, manifestSha256 } of ledger?.sealedRuns() ?? []) {
    if (manifestsLost.has(run)) continue;
    const file = manifestFile(run);
    if (!existsSync(join(directory, file))) yield { file, problem: 'is missing' };
    else if (manifestSha256 !== null && (await fixityOf(directory, file)).sha256 !== manifestSha256)
      yield { file, problem: 'is not as it was sealed: its sha256 differs' };
  }
}

/** Every file that a manifest names, and none besides. */
async function* checkFiles(
  directory: string,
  standing: Standing,
  committed: ReadonlyMap<string, number>,
  counts: Counts,
): AsyncGenerator<Problem> {
  for (const fixity of [...standing.files.values(), ...(standing.index ? [standing.index] : [])]) {
    const size = statSync(join(directory, fixity.file), { throwIfNoEntry: false })?.size ?? 0;
    counts.files++;
    counts.bytes += size;
    const problem = await fixityFault(directory, fixity);
    if (problem) yield { file: fixity.file, problem };
  }
  for (const [file, bytes] of committed) {
    if (standing.files.has(file)) continue;
    const size = statSync(join(directory, file), { throwIfNoEntry: false })?.size;
    // A run under way, or interrupted: bytes behind the committed length are cut off by the next run.
    if (size === undefined) yield { file, problem: 'is missing' };
    else if (size < bytes) yield { file, problem: `has ${size} bytes, ${bytes} were committed` };
  }
  for (const file of listFiles(directory, ['records', 'warc']))
    if (!standing.files.has(file) && !committed.has(file)) yield { file, problem: 'belongs to no run' };
}

async function fixityFault(directory: string, { file, bytes, sha256 }: Fixity): Promise<string | undefined> {
  const size = statSync(join(directory, file), { throwIfNoEntry: false })?.size;
  if (size === undefined) return 'is missing';
  if (size !== bytes) return `has ${size} bytes, was sealed with ${bytes}`;
  return (await fixityOf(directory, file)).sha256 === sha256
    ? undefined
    : 'is not as it was sealed: its sha256 differs';
}

/** A person's edit and damage look the same: both are told, and the next run takes what it finds. */
async function* checkEditable(directory: string, standing: Standing, isOpen: boolean): AsyncGenerator<Problem> {
  try {
    readArchiveSettings(directory);
  } catch (error) {
    yield { file: SETTINGS_FILE, problem: `cannot be used: ${inOneLine(error)}` };
    return;
  }
  // A run under way writes profiles.
  if (isOpen) return;
  for (const fixity of standing.editable)
    if (await fixityFault(directory, fixity))
      yield { file: fixity.file, problem: 'is not as the last run left it: edited since then, or damaged' };
}

/** Sorted; every line leads to a capture, and every capture is led to. Lines of a run under way wait in the ledger. */
async function* checkIndex(directory: string, census: Census, ledger: Ledger | undefined): AsyncGenerator<Problem> {
  const file = INDEX_FILE;
  const wanted = census.indexLines()[Symbol.iterator]();
  const waiting = new Waiting(ledger?.indexLines() ?? []);
  const missing = (line: string): Problem[] =>
    waiting.has(line) ? [] : [{ file, problem: `lacks the capture ${line.slice(0, 200)}` }];
  let next = wanted.next();
  let last: Buffer | undefined;
  if (existsSync(join(directory, file)))
    for await (const { offset, bytes, isTorn } of linesIn(directory, file)) {
      if (isTorn) yield { file, offset, problem: 'the last line is torn' };
      if (last && Buffer.compare(last, bytes) >= 0) {
        yield { file, offset, problem: 'is not sorted' };
        continue;
      }
      last = bytes;
      let order = 1;
      for (; !next.done; next = wanted.next()) {
        order = Buffer.compare(Buffer.from(next.value), bytes);
        if (order >= 0) break;
        yield* missing(next.value);
      }
      if (next.done || order > 0) yield { file, offset, problem: 'leads to no capture' };
      else next = wanted.next();
    }
  for (; !next.done; next = wanted.next()) yield* missing(next.value);
}

/** A sorted source that is asked for in its order. */
class Waiting {
  readonly #lines: Iterator<string>;
  #next: IteratorResult<string>;

  constructor(lines: Iterable<string>) {
    this.#lines = lines[Symbol.iterator]();
    this.#next = this.#lines.next();
  }

  has(line: string): boolean {
    const wanted = Buffer.from(line);
    while (!this.#next.done && Buffer.compare(Buffer.from(this.#next.value), wanted) < 0)
      this.#next = this.#lines.next();
    return !this.#next.done && this.#next.value === line;
  }
}
