/**
 * Is the archive still what was written? In: a folder. Out: its problems, one by one, each with the file and what is
 * wrong; the counts at the end. Reads everything, at constant memory, and changes nothing.
 *
 * Checked: the fixity of every file that a manifest names; that no file is missing or unknown; every WARC record's
 * digests; every record line against the schema; the pointers from records to captures, from the ledger to records and
 * back; the index; and that the counts agree.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { articleSchema } from '../article.js';
import { openState, type StateDatabase } from '../state.js';
import { surtKey } from './cdxj.js';
import { ArchiveDamagedError } from './errors.js';
import { INDEX_FILE, manifestFile, runOfFile, STATE_FILE } from './layout.js';
import { Ledger } from './ledger.js';
import { type Fixity, fixityOf, type Manifest, readManifest } from './manifest.js';
import { listFiles } from './recovery.js';
import { httpOf, readWarc, type WarcRecord } from './warc-read.js';
import { digestOf } from './warc-write.js';

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

/** Yields problems as they are found. Throws ArchiveDamagedError only where there is no archive at all. */
export async function* verifyArchive(directory: string): AsyncGenerator<Problem, Verified> {
  if (!existsSync(join(directory, STATE_FILE)) && listFiles(directory, ['runs']).length === 0)
    throw new ArchiveDamagedError(`${directory}: there is no archive here`);
  const counts = { files: 0, bytes: 0, runs: 0, records: 0, captures: 0, problems: 0 };
  for await (const problem of problemsOf(directory, counts)) {
    counts.problems++;
    yield problem;
  }
  return counts;
}

type Counts = { -readonly [K in keyof Verified]: number };

async function* problemsOf(directory: string, counts: Counts): AsyncGenerator<Problem> {
  const manifests: Manifest[] = [];
  for (const file of listFiles(directory, ['runs'])) {
    const run = /^runs\/(\d{8}T\d{6}Z)\.json$/.exec(file)?.[1];
    if (run === undefined) {
      yield { file, problem: 'is no manifest of a run' };
      continue;
    }
    counts.runs++;
    try {
      const manifest = readManifest(directory, run);
      if (manifest.run === run) manifests.push(manifest);
      else yield { file, problem: `speaks of run ${manifest.run}` };
    } catch (error) {
      yield { file, problem: `is no valid manifest: ${oneLine(error)}` };
    }
  }

  const opened = openLedger(directory);
  if ('problem' in opened) yield opened;
  const ledger = 'problem' in opened ? undefined : opened;
  try {
    const committed = new Map(ledger?.ledger.files().map((file) => [file.file, file.bytes]));
    yield* checkFixity(directory, manifests, committed, counts);
    const linesOf = new Map<string, number>();
    for (const file of listFiles(directory, ['records'])) {
      const before = counts.records;
      yield* checkRecords(directory, file, committed.get(file), counts);
      const run = runOfFile(file);
      if (run) linesOf.set(run, (linesOf.get(run) ?? 0) + counts.records - before);
    }
    for (const { run, records } of manifests)
      if ((linesOf.get(run) ?? 0) !== records)
        yield {
          file: `runs/${run}.json`,
          problem: `counts ${records} records, its files hold ${linesOf.get(run) ?? 0}`,
        };
    for (const { run, manifestSha256 } of ledger?.ledger.sealedRuns() ?? []) {
      const file = manifestFile(run);
      if (!existsSync(join(directory, file))) yield { file, problem: 'is missing' };
      else if (manifestSha256 !== null && (await fixityOf(directory, file)).sha256 !== manifestSha256)
        yield { file, problem: 'is not as it was sealed: its sha256 differs' };
    }
    for (const file of listFiles(directory, ['warc'])) yield* checkWarc(directory, file, committed.get(file), counts);
    if (existsSync(join(directory, INDEX_FILE))) yield* checkIndex(directory);
    if (ledger) {
      yield* checkLedger(directory, ledger.ledger);
      const { revisions } = ledger.ledger.counts();
      if (revisions !== counts.records)
        yield { file: STATE_FILE, problem: `knows ${revisions} records, the files hold ${counts.records}` };
    }
  } finally {
    ledger?.state.close();
  }
}

function openLedger(directory: string): { ledger: Ledger; state: StateDatabase } | Problem {
  if (!existsSync(join(directory, STATE_FILE))) return { file: STATE_FILE, problem: 'is missing' };
  let state: StateDatabase | undefined;
  try {
    state = openState(join(directory, STATE_FILE));
    const [result] = state.prepare('PRAGMA integrity_check(1)').all({}) as { integrity_check: string }[];
    if (result?.integrity_check !== 'ok') throw new Error(result?.integrity_check);
    return { ledger: new Ledger(state), state };
  } catch (error) {
    state?.close();
    return { file: STATE_FILE, problem: `is damaged: ${oneLine(error)}` };
  }
}

/** Every file that a manifest names, and none besides. */
async function* checkFixity(
  directory: string,
  manifests: readonly Manifest[],
  committed: ReadonlyMap<string, number>,
  counts: Counts,
): AsyncGenerator<Problem> {
  const named = new Set<string>();
  const newest = manifests.at(-1);
  const expected: Fixity[] = [...manifests.flatMap(({ files }) => files), ...(newest?.index ? [newest.index] : [])];
  for (const { file, bytes, sha256 } of expected) {
    named.add(file);
    const size = statSync(join(directory, file), { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      yield { file, problem: 'is missing' };
      continue;
    }
    counts.files++;
    counts.bytes += size;
    if (size !== bytes) yield { file, problem: `has ${size} bytes, was sealed with ${bytes}` };
    else if ((await fixityOf(directory, file)).sha256 !== sha256)
      yield { file, problem: 'is not as it was sealed: its sha256 differs' };
  }
  for (const [file, bytes] of committed) {
    if (named.has(file)) continue;
    const size = statSync(join(directory, file), { throwIfNoEntry: false })?.size;
    // A run under way, or interrupted: bytes behind the committed length are cut off by the next run.
    if (size === undefined) yield { file, problem: 'is missing' };
    else if (size < bytes) yield { file, problem: `has ${size} bytes, ${bytes} were committed` };
  }
  for (const file of listFiles(directory, ['records', 'warc']))
    if (!named.has(file) && !committed.has(file)) yield { file, problem: 'belongs to no run' };
}

/** Every line is a record, and its capture stands where it says. */
async function* checkRecords(
  directory: string,
  file: string,
  end: number | undefined,
  counts: Counts,
): AsyncGenerator<Problem> {
  for await (const { offset, line } of linesIn(directory, file, end)) {
    counts.records++;
    if (line === undefined) {
      yield { file, offset, problem: 'the last line is torn' };
      continue;
    }
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch (error) {
      yield { file, offset, problem: `is not JSON: ${oneLine(error)}` };
      continue;
    }
    const checked = articleSchema.safeParse(json);
    if (!checked.success) {
      const { path, message } = checked.error.issues[0]!;
      yield { file, offset, problem: `does not fit the schema: ${path.join('.')}: ${message}` };
      continue;
    }
    const { capture } = checked.data;
    if (!capture?.warc) continue;
    const record = await recordAt(directory, capture.warc);
    const place = `${capture.warc.file} at ${capture.warc.offset}`;
    if (!record) yield { file, offset, problem: `its capture is not at ${place}` };
    else if (record.url !== capture.finalUrl)
      yield { file, offset, problem: `its capture at ${place} is of ${record.url}, not of ${capture.finalUrl}` };
    else if (record.date !== capture.fetchedAt)
      yield { file, offset, problem: `its capture at ${place} is of ${record.date}, not of ${capture.fetchedAt}` };
    else {
      const digest = record.headers.get('warc-payload-digest');
      if (digest !== undefined && digest !== capture.payloadDigest)
        yield { file, offset, problem: `its capture at ${place} has another payload` };
    }
  }
}

/** The one record in a gzip member. */
async function recordAt(
  directory: string,
  { file, offset, length }: { file: string; offset: number; length: number },
): Promise<WarcRecord | undefined> {
  const path = join(directory, file);
  if (!file.startsWith('warc/') || file.includes('..') || length === 0 || !existsSync(path)) return undefined;
  if (statSync(path).size < offset + length) return undefined;
  const records: WarcRecord[] = [];
  for await (const record of readWarc(createReadStream(path, { start: offset, end: offset + length - 1 })))
    records.push(record);
  return records.length === 1 && records[0]!.place?.length === length ? records[0] : undefined;
}

async function* checkWarc(
  directory: string,
  file: string,
  end: number | undefined,
  counts: Counts,
): AsyncGenerator<Problem> {
  if (end === 0) return;
  const problems: Problem[] = [];
  const source = createReadStream(join(directory, file), end === undefined ? {} : { end: end - 1 });
  const onDamage = ({ offset, reason }: { offset: number; reason: string }) =>
    void problems.push({ file, offset, problem: reason });
  for await (const record of readWarc(source, { onDamage, maxRecordBytes: 2 ** 30 })) {
    if (record.type === 'response') counts.captures++;
    const at = record.place ? { offset: record.place.offset } : {};
    if (record.headers.get('warc-block-digest') !== digestOf(record.block))
      problems.push({ file, ...at, problem: 'the block does not fit its digest' });
    const payload = record.type === 'response' ? httpOf(record)?.payload : undefined;
    if (payload && record.headers.get('warc-payload-digest') !== digestOf(payload))
      problems.push({ file, ...at, problem: 'the payload does not fit its digest' });
    yield* problems.splice(0);
  }
  yield* problems;
}

/** Sorted, and every line leads to a capture of its URL. */
async function* checkIndex(directory: string): AsyncGenerator<Problem> {
  let last = Buffer.alloc(0);
  for await (const { offset, line } of linesIn(directory, INDEX_FILE, undefined)) {
    const fields = line === undefined ? undefined : indexFields(line);
    if (!fields) {
      yield { file: INDEX_FILE, offset, problem: 'is no index line' };
      continue;
    }
    const bytes = Buffer.from(line!);
    if (Buffer.compare(last, bytes) >= 0) yield { file: INDEX_FILE, offset, problem: 'is not sorted' };
    last = bytes;
    const place = { file: `warc/${fields.filename}`, offset: Number(fields.offset), length: Number(fields.length) };
    const record = await recordAt(directory, place);
    if (record?.url !== fields.url)
      yield { file: INDEX_FILE, offset, problem: `no capture of ${fields.url} at ${place.file} ${place.offset}` };
  }
}

function indexFields(line: string): Record<string, string> | undefined {
  const match = /^(\S+) (\d{14}) (\{.*\})$/.exec(line);
  if (!match) return undefined;
  try {
    const fields = JSON.parse(match[3]!) as Record<string, string>;
    return surtKey(fields.url ?? '') === match[1] ? fields : undefined;
  } catch {
    return undefined;
  }
}

/** Every revision's line stands where the ledger says, with its id. */
async function* checkLedger(directory: string, ledger: Ledger): AsyncGenerator<Problem> {
  for (const { record, id, key } of ledger.allRevisions()) {
    if (!record) continue;
    const path = join(directory, record.file);
    const handle = existsSync(path) ? await open(path, 'r') : undefined;
    const bytes = Buffer.alloc(
      Math.min(record.length, Math.max(0, (handle ? statSync(path).size : 0) - record.offset)),
    );
    await handle?.read(bytes, 0, bytes.length, record.offset);
    await handle?.close();
    if (!bytes.toString().endsWith('\n') || idOf(bytes) !== id)
      yield { file: STATE_FILE, problem: `the record of ${key} is not at ${record.file} ${record.offset}` };
  }
}

function idOf(line: Buffer): string | undefined {
  try {
    return (JSON.parse(line.toString()) as { id?: string }).id;
  } catch {
    return undefined;
  }
}

/** Lines with their places; `line` is undefined for a last one without its end. Only up to `end`, if given. */
async function* linesIn(
  directory: string,
  file: string,
  end: number | undefined,
): AsyncGenerator<{ offset: number; line: string | undefined }> {
  if (end === 0) return;
  let offset = 0;
  let parts: Buffer[] = [];
  for await (const chunk of createReadStream(
    join(directory, file),
    end === undefined ? {} : { end: end - 1 },
  ) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, at)]);
      yield { offset, line: line.toString() };
      offset += line.length + 1;
      parts = [];
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield { offset, line: undefined };
}

function oneLine(error: unknown): string {
  return String((error as Error)?.message ?? error)
    .replace(/\s+/g, ' ')
    .slice(0, 300);
}
