/**
 * Makes an archive whole again after damage. In: the folder. Out: an archive that verifies, and what had to be done.
 * What can be had from the other files is made anew from them (`state.db`, `index.cdxj`); what is damaged goes to
 * `set-aside/`, and nothing is deleted. Manifests stay as they are: a manifest of the repair itself says what changed.
 * Can be begun again after a crash at any point.
 */
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openState, type StateDatabase } from '../state.js';
import { VERSION } from '../version.js';
import { readKeptProfile } from './annex.js';
import { mergeIndex } from './cdxj.js';
import { Census } from './census.js';
import { ArchiveDamagedError, nameFailure } from './errors.js';
import {
  ARCHIVE_FORMAT,
  INDEX_FILE,
  instantOfRun,
  listFiles,
  manifestFile,
  readArchiveSettings,
  runId,
  runOfFile,
  SETTINGS_FILE,
  STATE_FILE,
  STATE_SEAL_FILE,
  setAside,
  siteFile,
  syncFolder,
  writeWhole,
} from './layout.js';
import { Ledger } from './ledger.js';
import { linesIn } from './lines.js';
import { lockArchive } from './lock.js';
import { editableFixities, fixityOf, indexFixity, type Manifest, previousManifest, writeManifest } from './manifest.js';
import { mendRecords, mendWarc } from './mend.js';
import { Rebuild, type VisitedPage } from './rebuild.js';
import { recover } from './recovery.js';
import { readStanding, type Standing } from './standing.js';
import { breakStateSeal, closeAndSealState, stateSealFault } from './state-seal.js';
import { type Problem, verifyArchive } from './verify.js';
import type { WarcRecord } from './warc-read.js';

export interface RepairOptions {
  /** Told of what was found, one by one, before anything is changed. */
  readonly onProblem?: (problem: Problem) => Promise<void> | void;
  /** Given the new `state.db`: returns what is to be told of every page that was visited, for the frontier's tables. */
  readonly restore?: (state: StateDatabase) => (page: VisitedPage) => void;
}

export interface Repaired {
  readonly problems: number;
  /** Files that were made anew from others. */
  readonly rebuilt: readonly string[];
  /** Where the originals of damaged files are. */
  readonly setAside: readonly string[];
  /** What is still wrong. */
  readonly left: readonly Problem[];
}

const SOFTWARE = `tearsheet/${VERSION}`;
const NEW_STATE = `${STATE_FILE}.rebuilt`;

/** Throws ArchiveLockedError, ArchiveDamagedError where there is no archive, ArchiveFullError. */
export async function repairArchive(directory: string, options: RepairOptions = {}): Promise<Repaired> {
  const lock = lockArchive(directory);
  try {
    const problems: Problem[] = [];
    for await (const problem of verifyArchive(directory)) {
      problems.push(problem);
      await options.onProblem?.(problem);
    }
    if (problems.length === 0) return { problems: 0, rebuilt: [], setAside: [], left: [] };
    const done = await mend(directory, problems, options);
    const left: Problem[] = [];
    for await (const problem of verifyArchive(directory)) left.push(problem);
    return { problems: problems.length, ...done, left };
  } catch (error) {
    throw nameFailure(directory, error);
  } finally {
    lock.release();
  }
}

async function mend(directory: string, problems: readonly Problem[], options: RepairOptions) {
  const damaged = new Set(problems.map(({ file }) => file));
  const originals: string[] = [];
  const trusted = await openTrusted(directory, damaged);
  const census = new Census();
  try {
    // What the dead run left is cut back first, as any opening does.
    if (trusted) await recoverWhole(directory, trusted.ledger);
    originals.push(...setAsideUnusable(directory, damaged));
    const profiles = new NewestProfiles([...damaged].filter((file) => !existsSync(join(directory, file))));
    const standing = await readStanding(directory);
    // Index and settings alone: all that the ledger knows is still true.
    const stateStands = trusted !== undefined && [...damaged].every((file) => STANDS_WITHOUT.test(file));

    const state = stateStands ? trusted.state : openState(join(directory, NEW_STATE));
    const ledger = stateStands ? trusted.ledger : new Ledger(state);
    const gone: string[] = [];
    const changed: string[] = [];
    const profilesLost = new Set(standing.profilesLost);
    const note = (file: string, { original, isGone }: { original?: string; isGone: boolean }) => {
      if (original === undefined) return;
      originals.push(original);
      (isGone ? gone : changed).push(file);
    };
    const rebuild = new Rebuild(ledger);
    // Before the transaction: it may make tables in ones of its own.
    const tell = stateStands ? undefined : options.restore?.(state);
    if (!stateStands) state.exec('BEGIN');
    const committed = new Map(trusted?.ledger.files().map(({ file, bytes }) => [file, bytes]));
    for (const file of listFiles(directory, ['warc']))
      note(
        file,
        await mendWarc(directory, file, committed.get(file), census, (record) => {
          if (!stateStands) rebuild.takeCapture(file, record);
          profiles.take(record);
        }),
      );
    const restored = profiles.restore(directory);
    for (const file of listFiles(directory, ['records']))
      note(
        file,
        await mendRecords(directory, file, committed.get(file), census, trusted?.ledger, ({ siteProfile }) => {
          const isKept = siteProfile === undefined || census.hasProfile(siteProfile);
          if (!isKept && standing.keepingProfiles.has(runOfFile(file)!)) profilesLost.add(siteProfile);
        }),
      );
    await mergeIndex(directory, census.indexLines(), { anew: true });
    const manifest = await manifestOf(directory, standing, { gone, changed, originals, profilesLost });
    if (!stateStands) {
      for (const file of listFiles(directory, ['records']))
        for await (const page of rebuild.takeRecords(directory, file, runOfFile(file)!)) tell?.(page);
      for (const file of listFiles(directory, ['records', 'warc']))
        ledger.putFiles(runOfFile(file)!, [await fixityOf(directory, file)]);
      for (const each of standing.manifests) await putRun(directory, ledger, each, standing);
      state.exec('COMMIT');
    }
    const sha256 = writeManifest(directory, manifest);
    ledger.transaction(() => {
      const { run, startedAt } = manifest;
      const facts = { run, startedAt, settings: '{}', records: 0, format: ARCHIVE_FORMAT };
      ledger.putSealedRun({ ...facts, manifestSha256: sha256 });
    });
    if (stateStands) {
      await closeAndSealState(directory, state);
    } else {
      trusted?.state.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      trusted?.state.close();
      originals.push(...(await replaceState(directory, state)));
    }
    return {
      rebuilt: [...(damaged.has(INDEX_FILE) ? [INDEX_FILE] : []), ...(stateStands ? [] : [STATE_FILE]), ...restored],
      setAside: originals,
    };
  } finally {
    census.close();
  }
}

/** Site profiles that are lost as files, as they were applied last. */
class NewestProfiles {
  readonly #lost: ReadonlySet<string>;
  readonly #found = new Map<string, string>();

  constructor(lost: readonly string[]) {
    this.#lost = new Set(lost.filter((file) => file.startsWith('sites/')));
  }

  /** To be called for every record, the oldest first. */
  take(record: WarcRecord): void {
    const kept = this.#lost.size > 0 ? readKeptProfile(record) : undefined;
    if (!kept) return;
    const file = siteFile(String((JSON.parse(kept.json) as { site?: unknown }).site));
    if (this.#lost.has(file)) this.#found.set(file, kept.json);
  }

  /** Returns the files that are there again. */
  restore(directory: string): string[] {
    for (const [file, json] of this.#found)
      writeWhole(directory, file, `${JSON.stringify(JSON.parse(json), null, 2)}\n`);
    return [...this.#found.keys()];
  }
}

/** Files whose damage says nothing against the ledger. */
const STANDS_WITHOUT = /^(?:index\.cdxj|tearsheet\.json|sites\/.*|runs\/.*)$/;

/** The ledger, unless something is wrong with it. */
async function openTrusted(
  directory: string,
  damaged: ReadonlySet<string>,
): Promise<{ state: StateDatabase; ledger: Ledger } | undefined> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(directory, `${NEW_STATE}${suffix}`), { force: true });
  // A row that leads astray is told as a problem of state.db, too, where the file of records is to blame.
  if (!existsSync(join(directory, STATE_FILE)) || (await stateSealFault(directory)) !== undefined) return undefined;
  const isSealed = existsSync(join(directory, STATE_SEAL_FILE));
  if (damaged.has(STATE_FILE) && !isSealed) return undefined;
  breakStateSeal(directory);
  const state = openState(join(directory, STATE_FILE));
  return { state, ledger: new Ledger(state) };
}

async function recoverWhole(directory: string, ledger: Ledger): Promise<void> {
  try {
    await recover(directory, ledger, SOFTWARE);
  } catch (error) {
    // Damage stands in its way, which is mended next.
    if (!(error instanceof ArchiveDamagedError)) throw error;
  }
}

/** Manifests that are none, settings and profiles that cannot be read, files of no run. */
function setAsideUnusable(directory: string, damaged: ReadonlySet<string>): string[] {
  const unusable = [...damaged].filter((file) => {
    if (!existsSync(join(directory, file))) return false;
    if (file.startsWith('runs/')) return true;
    if (file.startsWith('records/') || file.startsWith('warc/')) return runOfFile(file) === undefined;
    if (file.startsWith('sites/')) return !isJson(join(directory, file));
    return file === SETTINGS_FILE && !canBeRead(directory);
  });
  return unusable.map((file) => setAside(directory, file));
}

function isJson(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

function canBeRead(directory: string): boolean {
  try {
    readArchiveSettings(directory);
    return true;
  } catch {
    return false;
  }
}

async function manifestOf(
  directory: string,
  standing: Standing,
  {
    gone,
    changed,
    originals,
    profilesLost,
  }: {
    readonly gone: readonly string[];
    readonly changed: readonly string[];
    readonly originals: readonly string[];
    readonly profilesLost: ReadonlySet<string>;
  },
): Promise<Manifest> {
  const runs = new Set(standing.manifests.map(({ run }) => run));
  const present = listFiles(directory, ['records', 'warc']);
  const known = new Set([...runs, ...standing.records.keys(), ...present.map((file) => runOfFile(file)!)]);
  const last = [...known].sort().at(-1);
  const now = Date.now();
  const run = last === undefined || runId(now) > last ? runId(now) : runId(instantOfRun(last) + 1000);
  const files = [];
  for (const file of present) {
    const fixity = await fixityOf(directory, file);
    // Also bytes that differ from the manifest's and in which nothing is wrong, as in the head of a gzip member.
    if (changed.includes(file) || standing.files.get(file)?.sha256 !== fixity.sha256) files.push(fixity);
  }
  const records: Record<string, number> = {};
  for (const each of known) {
    let lines = 0;
    for (const file of present)
      if (file.startsWith('records/') && runOfFile(file) === each)
        for await (const _ of linesIn(directory, file)) lines++;
    if (lines !== (standing.records.get(each) ?? 0)) records[each] = lines;
  }
  const lost = standing.manifests
    .flatMap(({ previous }) => previous?.run ?? [])
    .concat([...known])
    .filter((each) => !runs.has(each));
  const previous = previousManifest(directory, run);
  return {
    format: ARCHIVE_FORMAT,
    run,
    startedAt: new Date(now).toISOString(),
    sealedAt: new Date(now).toISOString(),
    software: SOFTWARE,
    interrupted: false,
    settings: {},
    records: 0,
    files,
    index: await indexFixity(directory),
    editable: await editableFixities(directory),
    ...(previous && { previous }),
    repair: {
      gone: [...gone, ...[...standing.files.keys()].filter((file) => !present.includes(file) && !gone.includes(file))],
      manifestsLost: [...new Set(lost)].sort(),
      records,
      ...(profilesLost.size > 0 && { profilesLost: [...profilesLost].sort() }),
      setAside: [...originals],
    },
  };
}

async function putRun(directory: string, ledger: Ledger, manifest: Manifest, standing: Standing): Promise<void> {
  const { run, startedAt, settings } = manifest;
  ledger.putSealedRun({
    run,
    startedAt,
    settings: JSON.stringify(settings),
    records: standing.records.get(run) ?? 0,
    format: manifest.format,
    manifestSha256: (await fixityOf(directory, manifestFile(run))).sha256,
  });
}

/** The new `state.db` takes the old one's place; from then on the repair is done. */
async function replaceState(directory: string, state: StateDatabase): Promise<string[]> {
  state.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  state.close();
  // The third file, `-shm`, is SQLite's shared memory and holds nothing of its own.
  const originals = [STATE_FILE, `${STATE_FILE}-wal`]
    .filter((name) => (statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0) > 0)
    .map((name) => setAside(directory, name));
  for (const suffix of ['-wal', '-shm']) rmSync(join(directory, `${STATE_FILE}${suffix}`), { force: true });
  breakStateSeal(directory);
  for (const suffix of ['-wal', '-shm']) rmSync(join(directory, `${NEW_STATE}${suffix}`), { force: true });
  renameSync(join(directory, NEW_STATE), join(directory, STATE_FILE));
  syncFolder(directory);
  await closeAndSealState(directory, openState(join(directory, STATE_FILE)));
  return originals;
}
