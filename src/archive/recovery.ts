/**
 * Puts an archive right on opening, before anything is written. In: the folder and its ledger. Out: what had to be done.
 * Files of a run that was not sealed are cut back to their committed lengths, files that nobody knows are set aside
 * (never deleted), and the run is sealed. What was committed is never touched: where it is missing, that is damage.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { mergeIndex } from './cdxj.js';
import { ArchiveDamagedError } from './errors.js';
import { INDEX_FILE, listFiles, manifestFile, runOfFile, SETTINGS_FILE, STATE_FILE, setAside } from './layout.js';
import type { Ledger } from './ledger.js';
import {
  editableFixities,
  type Fixity,
  fixityOf,
  indexFixity,
  type Manifest,
  previousManifest,
  type RunSummary,
  readManifest,
  writeManifest,
} from './manifest.js';

export interface Recovery {
  /** Files that were cut back, and by how much. */
  readonly cut: { readonly file: string; readonly bytes: number }[];
  /** Files moved into `set-aside/`. */
  readonly setAside: string[];
  /** Interrupted runs that were sealed now. */
  readonly sealed: string[];
}

/** Before `state.db` is opened: an archive that lost it must not be taken for a new one. */
export function refuseLostState(directory: string): void {
  if (existsSync(join(directory, STATE_FILE))) return;
  const files = listFiles(directory, ['runs', 'records', 'warc']);
  if (files.length > 0)
    throw new ArchiveDamagedError(
      `${join(directory, STATE_FILE)} is missing, but ${files[0]} and ${files.length - 1} other files are there: put the file back, or let "tearsheet verify --repair ${directory}" make it anew from them`,
    );
}

export async function recover(directory: string, ledger: Ledger, software: string): Promise<Recovery> {
  const recovery: Recovery = { cut: [], setAside: [], sealed: [] };
  const unsealed = ledger.unsealedRuns();
  // Else a run would be sealed whose last commit is in nothing but memory.
  if (unsealed.length > 0) ledger.sync();
  const open = new Set(unsealed.map(({ run }) => run));
  const known = new Map(ledger.files().map((file) => [file.file, file]));

  const damage: string[] = [];
  for (const { file, bytes, run } of known.values()) {
    const size = statSync(join(directory, file), { throwIfNoEntry: false })?.size;
    if (size === undefined) damage.push(`${file} is missing`);
    else if (size < bytes) damage.push(`${file} has ${size} bytes, ${bytes} were committed`);
    else if (size > bytes && (!open.has(run) || (sealedBytes(directory, file) ?? 0) > bytes))
      damage.push(`${file} has ${size} bytes, but was sealed with ${sealedBytes(directory, file) ?? bytes}`);
    else if (size > bytes) {
      cutBack(join(directory, file), bytes);
      recovery.cut.push({ file, bytes: size - bytes });
    }
  }
  const unknown = listFiles(directory, ['records', 'warc']).filter((file) => !known.has(file));
  // Sealed, and not known: somebody has put an older state.db in place of the one that goes with the files.
  for (const file of unknown)
    if (sealedBytes(directory, file) !== undefined)
      damage.push(`${manifestFile(runOfFile(file)!)} names ${file}, which ${STATE_FILE} does not know`);
  if (damage.length > 0)
    throw new ArchiveDamagedError(
      `${directory}: ${damage.join('; ')}. Run "tearsheet verify ${directory}" for the whole report`,
    );

  for (const file of unknown) {
    const run = runOfFile(file);
    if (run !== undefined && open.has(run)) {
      // Begun by the interrupted run, and nothing of it was committed.
      recovery.cut.push({ file, bytes: statSync(join(directory, file)).size });
      unlinkSync(join(directory, file));
    } else {
      setAside(directory, file);
      recovery.setAside.push(file);
    }
  }
  // Halves of files that are written whole or not at all.
  const whole = [...listFiles(directory, ['runs', 'sites']), `${SETTINGS_FILE}.new`, `${INDEX_FILE}.new`];
  for (const file of whole)
    if (file.endsWith('.new') && existsSync(join(directory, file))) unlinkSync(join(directory, file));

  for (const { run, startedAt, settings } of unsealed) {
    const files: Fixity[] = [];
    for (const { file } of ledger.filesOf(run)) files.push(await fixityOf(directory, file));
    await sealRun(directory, ledger, { run, startedAt, settings, software, files, interrupted: true });
    recovery.sealed.push(run);
  }
  return recovery;
}

/** How long the file is by the manifest of its run; undefined where that does not name it. */
function sealedBytes(directory: string, file: string): number | undefined {
  const run = runOfFile(file);
  if (run === undefined || !existsSync(join(directory, manifestFile(run)))) return undefined;
  try {
    return readManifest(directory, run).files.find((fixity) => fixity.file === file)?.bytes;
  } catch {
    // Damaged: verify tells it.
    return undefined;
  }
}

/** The last step of a run: index, manifest, and the mark in the ledger. Can be repeated after a crash at any point. */
export async function sealRun(
  directory: string,
  ledger: Ledger,
  facts: {
    readonly run: string;
    readonly startedAt: string;
    readonly settings: string;
    readonly software: string;
    readonly files: readonly Fixity[];
    readonly interrupted: boolean;
    readonly summary?: RunSummary;
  },
): Promise<Manifest> {
  await mergeIndex(directory, ledger.indexLines());
  const previous = previousManifest(directory, facts.run);
  const manifest: Manifest = {
    format: ledger.formatOf(facts.run),
    run: facts.run,
    startedAt: facts.startedAt,
    sealedAt: new Date().toISOString(),
    software: facts.software,
    interrupted: facts.interrupted,
    settings: JSON.parse(facts.settings) as Record<string, unknown>,
    ...(facts.summary ? { summary: facts.summary as NonNullable<Manifest['summary']> } : {}),
    records: ledger.recordsOf(facts.run),
    files: [...facts.files].sort((a, b) => (a.file < b.file ? -1 : 1)),
    index: await indexFixity(directory),
    editable: await editableFixities(directory),
    ...(previous && { previous }),
  };
  const sha256 = writeManifest(directory, manifest);
  ledger.transaction(() => {
    ledger.setSealed(facts.run, sha256);
    ledger.clearIndexLines();
  });
  return manifest;
}

function cutBack(path: string, bytes: number): void {
  const descriptor = openSync(path, 'r+');
  try {
    ftruncateSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
