/**
 * The archive: what a crawl keeps. In: exchanges and records. Out: WARC and JSONL files, a ledger, and the promise that
 * at any instant a crash loses nothing that was committed, tears no line and doubles nothing.
 *
 * Commit: append to the files → fsync → ONE transaction of `state.db` that holds the outcomes and the new file lengths.
 * Bytes behind the committed lengths do not count; opening cuts them off. Commits that come close together share the
 * fsyncs. An error of the surroundings (a full disk) ends the archive object: close it, and open it again when there is
 * space. Without a folder (`openScratch`) the ledger lives in memory and no file is written.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Article } from '../article.js';
import type { Exchange } from '../exchange.js';
import { type Revision, similarity } from '../revise.js';
import type { Settings } from '../settings.js';
import { isFull, openState, type StateDatabase } from '../state.js';
import { VERSION } from '../version.js';
import { keptProfile } from './annex.js';
import { Appender } from './appender.js';
import { Captures, type KeepOptions, type Kept } from './captures.js';
import { ArchiveDamagedError, ArchiveUnwritableError, nameFailure } from './errors.js';
import {
  instantOfRun,
  makeFolders,
  readArchiveSettings,
  readSiteFile,
  recordsFile,
  runId,
  STATE_FILE,
  siteFile,
  writeArchiveSettings,
  writeWhole,
} from './layout.js';
import {
  type CopyFound,
  type KnownArticle,
  knownFrom,
  Ledger,
  NEAR_COPY,
  type NewRevision,
  type PageVisit,
  type Validators,
} from './ledger.js';
import { type Lock, lockArchive } from './lock.js';
import type { Manifest, RunSummary } from './manifest.js';
import { ArchiveReader } from './reader.js';
import { recordLine } from './records.js';
import { type Recovery, recover, refuseLostState, sealRun } from './recovery.js';
import { breakStateSeal, closeAndSealState, stateSealFault } from './state-seal.js';

export type { KeepOptions, Kept } from './captures.js';
export { ArchiveDamagedError, ArchiveFullError, ArchiveLockedError, ArchiveSettingsError } from './errors.js';
export { readArchiveSettings } from './layout.js';
export type { CopyFound, KnownArticle, PageVisit, Validators } from './ledger.js';
export type { Manifest, RunSummary } from './manifest.js';
export type { Recovery } from './recovery.js';

/** A commit waits this long for others to share its fsyncs with. */
export const COMMIT_INTERVAL_MS = 100;
/** So many waiting batches are committed at once. */
export const COMMIT_BATCHES = 256;

const SOFTWARE = `tearsheet/${VERSION}`;

/** A record to be written. `revision` must have been judged against `known(key)` as it is now, with no `await` between. */
export interface NewRecord {
  readonly key: string;
  readonly article: Article;
  readonly revision: Revision;
  /** For near copies (revise.ts, `sketchOf`). */
  readonly sketch?: Uint32Array | undefined;
}

/** What becomes durable in one step. */
export interface Batch {
  readonly records?: readonly NewRecord[];
  /** Only pages whose outcome is in this batch: a page asked for conditionally must have been dealt with. */
  readonly visits?: readonly PageVisit[];
  /** Runs inside the transaction, for the frontier's outcomes. Must not wait for anything; if it throws, nothing of the batch happened and the archive is closed for writing. */
  readonly within?: () => void;
}

export interface Archive {
  /** Absent: scratch. */
  readonly directory: string | undefined;
  readonly state: StateDatabase;
  /** What opening had to put right. */
  readonly recovery: Recovery;
  /** Returns the run's id, `20261123T210000Z`. */
  beginRun(run: { readonly startedAtMs: number; readonly settings: Settings }): string;
  /** Appends the exchange's WARC records; they are safe with the next commit. */
  keep(exchange: Exchange, options?: KeepOptions): Promise<Kept>;
  /** Resolves when all of the batch is on the disk. */
  commit(batch: Batch): Promise<void>;
  /** Ends the run: commits what waits, then index and manifest. Undefined from a scratch archive. */
  seal(summary: RunSummary): Promise<Manifest | undefined>;
  /** The newest revision of the article, batches included that are still on their way to the disk. */
  known(key: string): KnownArticle | undefined;
  revisions(key: string): KnownArticle[];
  validatorsOf(url: string): Validators | undefined;
  /** Digest of what was last read there. */
  payloadOf(url: string): string | undefined;
  /** What the page of this URL answered last. */
  visitOf(url: string): PageVisit | undefined;
  /** Another article with the same text, or nearly the same. */
  copyOf(text: {
    readonly key: string;
    readonly textDigest?: string | undefined;
    readonly sketch?: Uint32Array | undefined;
  }): CopyFound | undefined;
  /** The site's profile as JSON, as a person or the last run left it. */
  readSite(site: string): unknown;
  /** Replaces it, and keeps this one for good. */
  writeSite(site: string, profile: unknown): void;
  /** Keeps a profile that records of the next commit will name, whatever becomes of the site's own. */
  keepProfile(profile: unknown): void;
  /** Commits what waits, and lets go of the lock. A run that was not sealed is sealed by the next opening. */
  close(): Promise<void>;
}

/** Makes the folder where there is none. Throws ArchiveLockedError, ArchiveDamagedError, ArchiveUnwritableError, ArchiveFullError, ArchiveSettingsError. */
export async function openArchive(directory: string, options: { readonly settings: Settings }): Promise<Archive> {
  let lock: Lock | undefined;
  let state: StateDatabase | undefined;
  try {
    try {
      makeFolders(directory);
    } catch (error) {
      throw isFull(error) ? error : new ArchiveUnwritableError(directory, error);
    }
    lock = lockArchive(directory);
    readArchiveSettings(directory);
    refuseLostState(directory);
    const fault = await stateSealFault(directory);
    if (fault !== undefined)
      throw new ArchiveDamagedError(
        `${join(directory, STATE_FILE)} ${fault}. Put a copy back, or run "tearsheet verify --repair ${directory}"`,
      );
    breakStateSeal(directory);
    state = openState(join(directory, STATE_FILE));
    const ledger = new Ledger(state);
    const recovery = await recover(directory, ledger, SOFTWARE);
    if (ledger.lacksMoves) await noteMoves(directory, state, ledger);
    writeArchiveSettings(directory, options.settings);
    return new Store({ directory, state, ledger, lock, recovery });
  } catch (error) {
    state?.close();
    lock?.release();
    const code = String((error as { code?: unknown }).code);
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
      throw new ArchiveDamagedError(`${join(directory, STATE_FILE)}: ${(error as Error).message}`, { cause: error });
    throw nameFailure(directory, error);
  }
}

/** What an older tearsheet did not note stands in the records themselves. */
async function noteMoves(directory: string, state: StateDatabase, ledger: Ledger): Promise<void> {
  const reader = new ArchiveReader(directory, state, ledger, () => {});
  const moves: { readonly key: string; readonly previous: string }[] = [];
  for (const { row, key } of ledger.arrivals()) {
    const previous = (await reader.recordAt(row))?.article.revision.previous;
    if (previous !== undefined) moves.push({ key, previous });
  }
  ledger.transaction(() => {
    for (const { key, previous } of moves) ledger.putMove(key, previous);
  });
}

/** A run without an archive: the same ledger in memory, no files. */
export function openScratch(): Archive {
  const state = openState(':memory:');
  return new Store({ state, ledger: new Ledger(state), recovery: { cut: [], setAside: [], sealed: [] } });
}

interface Run {
  readonly id: string;
  readonly startedAt: string;
  readonly settings: string;
  /** Absent: scratch. */
  readonly records?: Appender;
  readonly captures: Captures;
}

interface Waiting {
  readonly batch: Batch;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

class Store implements Archive {
  readonly directory: string | undefined;
  readonly state: StateDatabase;
  readonly recovery: Recovery;
  readonly #ledger: Ledger;
  readonly #lock: Lock | undefined;
  readonly #sites = new Map<string, unknown>();
  #run: Run | undefined;
  /** What broke this object; everything after it is refused with the same error. */
  #broken: { readonly error: unknown } | undefined;
  #closed = false;

  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;
  /** Judgements must see what is on its way to the disk. */
  readonly #pendingArticles = new Map<string, KnownArticle>();
  readonly #pendingTexts = new Map<string, KnownArticle>();
  readonly #pendingSketches = new Map<string, { readonly known: KnownArticle; readonly sketch: Uint32Array }>();

  constructor(parts: { directory?: string; state: StateDatabase; ledger: Ledger; lock?: Lock; recovery: Recovery }) {
    this.directory = parts.directory;
    this.state = parts.state;
    this.#ledger = parts.ledger;
    this.#lock = parts.lock;
    this.recovery = parts.recovery;
  }

  beginRun({ startedAtMs, settings }: { readonly startedAtMs: number; readonly settings: Settings }): string {
    if (this.#run) throw new Error('a run is already under way: seal it first');
    const id = this.#nameOfRun(startedAtMs);
    const startedAt = new Date(startedAtMs).toISOString();
    const settingsText = JSON.stringify(settings);
    this.#ledger.transaction(() => this.#ledger.beginRun(id, startedAt, settingsText));
    this.#run = {
      id,
      startedAt,
      settings: settingsText,
      ...(this.directory === undefined
        ? {}
        : { records: new Appender(this.directory, (number) => recordsFile(id, number), settings.recordsBytes) }),
      captures: new Captures({
        directory: this.directory,
        run: id,
        ledger: this.#ledger,
        software: SOFTWARE,
        warcBytes: settings.warcBytes,
        userAgent: settings.userAgent,
      }),
    };
    return id;
  }

  async keep(exchange: Exchange, options: KeepOptions = {}): Promise<Kept> {
    const run = this.#writable();
    try {
      return await run.captures.keep(exchange, options);
    } catch (error) {
      throw this.#break(error);
    }
  }

  // Async, so that a refusal is a rejection; all up to the promise happens at the call.
  async commit(batch: Batch): Promise<void> {
    const run = this.#writable();
    for (const { key, article, revision, sketch } of batch.records ?? []) {
      const known = knownFrom(key, article, revision);
      this.#pendingArticles.set(key, known);
      if (revision.textDigest && !this.#pendingTexts.has(revision.textDigest))
        this.#pendingTexts.set(revision.textDigest, known);
      if (sketch) this.#pendingSketches.set(key, { known, sketch });
    }
    await new Promise<void>((done, failed) => {
      this.#waiting.push({ batch, done, failed });
      if (run.records === undefined || this.#waiting.length >= COMMIT_BATCHES) void this.#flush();
      else this.#timer ??= setTimeout(() => void this.#flush(), COMMIT_INTERVAL_MS);
    });
  }

  /** Commits all that waits, and what comes in meanwhile. One at a time. */
  #flush(): Promise<void> {
    this.#flushing ??= Promise.resolve().then(async () => {
      while (this.#waiting.length > 0 && !this.#broken) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        const group = this.#waiting;
        this.#waiting = [];
        try {
          await this.#commitGroup(group.map(({ batch }) => batch));
          for (const { done } of group) done();
        } catch (error) {
          this.#waiting.unshift(...group);
          this.#break(error);
        }
      }
      // In the same step as the last look at what waits: what comes next begins a flush of its own.
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #commitGroup(batches: readonly Batch[]): Promise<void> {
    const run = this.#run!;
    const revisions: NewRevision[] = [];
    for (const { key, article, revision, sketch } of batches.flatMap((batch) => batch.records ?? [])) {
      const line = run.records && Buffer.from(recordLine(article));
      const record = line && (await run.records?.append(line));
      revisions.push({
        run: run.id,
        ...knownFrom(key, article, revision),
        ...(line && record ? { record, lineSha256: createHash('sha256').update(line).digest('hex') } : {}),
        ...(revision.textDigest ? { textDigest: revision.textDigest } : {}),
        ...(sketch ? { sketch } : {}),
        ...(article.revision.previous ? { previous: article.revision.previous } : {}),
      });
    }
    const captured = await run.captures.sync();
    const recordLengths = (await run.records?.sync()) ?? [];
    this.#ledger.transaction(() => {
      this.#ledger.putFiles(run.id, [...captured.files, ...recordLengths]);
      for (const payload of captured.payloads) this.#ledger.putPayload(payload);
      for (const line of captured.indexLines) this.#ledger.putIndexLine(line);
      for (const profile of captured.profiles) this.#ledger.putProfile(profile);
      for (const revision of revisions) this.#ledger.putRevision(revision);
      for (const batch of batches) {
        for (const visit of batch.visits ?? []) this.#ledger.putVisit(visit);
        batch.within?.();
      }
    });
    run.captures.committed(captured.payloads);
    for (const { key, number, textDigest } of revisions) {
      if (this.#pendingArticles.get(key)?.number === number) this.#pendingArticles.delete(key);
      if (textDigest && this.#pendingTexts.get(textDigest)?.key === key) this.#pendingTexts.delete(textDigest);
      if (this.#pendingSketches.get(key)?.known.number === number) this.#pendingSketches.delete(key);
    }
  }

  async seal(summary: RunSummary): Promise<Manifest | undefined> {
    const run = this.#writable();
    // An empty batch carries the last captures.
    await Promise.all([this.commit({}), this.#flush()]);
    try {
      const { directory } = this;
      this.#run = undefined;
      if (directory === undefined) return undefined;
      const files = [...(await run.captures.finish()), ...(await run.records!.finish())];
      return await sealRun(directory, this.#ledger, {
        startedAt: run.startedAt,
        settings: run.settings,
        run: run.id,
        software: SOFTWARE,
        files,
        interrupted: false,
        summary,
      });
    } catch (error) {
      throw this.#break(error);
    }
  }

  known(key: string): KnownArticle | undefined {
    return this.#pendingArticles.get(key) ?? this.#ledger.known(key);
  }

  revisions(key: string): KnownArticle[] {
    return this.#ledger.revisions(key);
  }

  validatorsOf(url: string): Validators | undefined {
    const visit = this.#ledger.visitOf(url);
    if (visit?.etag === undefined && visit?.lastModified === undefined) return undefined;
    const { etag, lastModified } = visit;
    return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
  }

  visitOf(url: string): PageVisit | undefined {
    return this.#ledger.visitOf(url);
  }

  payloadOf(url: string): string | undefined {
    return this.#ledger.visitOf(url)?.payloadDigest;
  }

  copyOf({ key, textDigest, sketch }: Parameters<Archive['copyOf']>[0]): CopyFound | undefined {
    if (textDigest !== undefined) {
      const exact = this.#ledger.exactCopy(textDigest, key);
      if (exact) return exact;
      const pending = this.#pendingTexts.get(textDigest);
      if (pending && pending.key !== key) return { id: pending.id, key: pending.key, url: pending.url, similarity: 1 };
    }
    if (!sketch) return undefined;
    const near = this.#ledger.nearCopy(sketch, key);
    if (near) return near;
    for (const { known, sketch: other } of this.#pendingSketches.values()) {
      const alike = similarity(sketch, other);
      if (known.key !== key && alike >= NEAR_COPY)
        return { id: known.id, key: known.key, url: known.url, similarity: alike };
    }
    return undefined;
  }

  readSite(site: string): unknown {
    return this.directory === undefined ? this.#sites.get(site) : readSiteFile(this.directory, site);
  }

  writeSite(site: string, profile: unknown): void {
    if (this.directory === undefined) {
      this.#sites.set(site, profile);
      return;
    }
    writeWhole(this.directory, siteFile(site), `${JSON.stringify(profile, null, 2)}\n`);
    this.keepProfile(profile);
  }

  // In the queue of captures before this returns: the next commit takes it along.
  keepProfile(profile: unknown): void {
    const { captures } = this.#writable();
    const kept = keptProfile(profile);
    if (!this.#ledger.profilePlace(kept.digest))
      captures.keepProfile(kept).catch((error: unknown) => this.#break(error));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#run && !this.#broken) await Promise.all([this.commit({}).catch(() => {}), this.#flush()]);
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#run?.captures.abandon();
    await this.#run?.records?.abandon();
    // state.db is whole without its write-ahead log, for whoever copies the folder.
    try {
      if (this.directory === undefined || this.#broken) this.state.close();
      else await closeAndSealState(this.directory, this.state);
    } finally {
      this.#lock?.release();
    }
  }

  /** Later runs have later names, also within one second and where the clock was put back: the order of names counts. */
  #nameOfRun(startedAtMs: number): string {
    const last = this.#ledger.lastRun();
    const id = runId(startedAtMs);
    return last === undefined || id > last ? id : runId(instantOfRun(last) + 1000);
  }

  #writable(): Run {
    if (this.#broken) throw this.#broken.error;
    if (this.#closed) throw new Error('the archive is closed');
    if (!this.#run) throw new Error('no run is under way: beginRun first');
    return this.#run;
  }

  /** Nothing more may be written: bytes of unknown worth may stand behind the committed lengths. */
  #break(error: unknown): unknown {
    this.#broken ??= { error: nameFailure(this.directory ?? 'memory', error) };
    clearTimeout(this.#timer);
    for (const { failed } of this.#waiting.splice(0)) failed(this.#broken.error);
    return this.#broken.error;
  }
}
