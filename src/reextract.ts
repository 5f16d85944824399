/**
 * An archive's captures, read again by the present extractor: captures → extract → compare → commit, without the
 * network. In: an archive's folder. Out: the records that read otherwise, in a run of their own, or all records as they
 * read now. Lines that are there stay as they are.
 *
 * Articles are read in the order of their newest records and judged one by one: a run that is cut off has done some of
 * them wholly, and the next one finds the others. What was written is read as unchanged from then on.
 */
import { type Archive, type NewRecord, openArchive } from './archive/archive.js';
import { nameFailure } from './archive/errors.js';
import { readArchiveSettings } from './archive/layout.js';
import {
  type ArchiveReader,
  type OnDamagedRecord,
  openReader,
  readerOf,
  requireArchive,
  type StoredRecord,
} from './archive/reader.js';
import type { Article } from './article.js';
import type { CrawlSummary, OnEvent, Reextraction } from './events.js';
import { newestOfCaptures } from './history/changes.js';
import { joinPages } from './join.js';
import type { Outcome, OutcomeCounts } from './outcome.js';
import type { PageDraft } from './page.js';
import { mapConcurrently } from './pool/ordered.js';
import type { PageTask } from './pool/page-task.js';
import { createPool, PageFailure, type Pool } from './pool/pool.js';
import { type Captured, CapturedPages } from './reextract/captured.js';
import { Evidence } from './reextract/evidence.js';
import { type Applied, Profiles, siteOfRecord, type WhichProfiles } from './reextract/profiles.js';
import { type Reading, type RereadArticle, rereadArticle } from './reextract/reread.js';
import { findUnrecorded } from './reextract/unrecorded.js';
import { createSelector, type SelectionInput, selectionSchema } from './selection.js';
import { type Settings, settingsSchema } from './settings.js';
import { applyProfile } from './site/apply.js';
import type { SiteProfile } from './site/profile.js';
import { hostOf } from './url.js';

export interface ReextractOptions {
  /** Which articles; default: all. */
  readonly selection?: SelectionInput;
  /** Only the article that has this URL. */
  readonly url?: string;
  /**
   * The site's present profile (default), one learned anew from the captures of all its articles, or the one that each
   * record names. Where the archive is written to, what is learned anew takes the place of the present ones.
   */
  readonly profiles?: WhichProfiles;
  /** Whether captures that made no record are read as well: what is an article now gets one. */
  readonly unrecorded?: boolean;
  /**
   * `archive` (default): what reads otherwise is written, and given out once it is on the disk. `preview`: the same
   * records are given out, and nothing is written. `all`: every record as it reads now, and nothing is written.
   */
  readonly to?: 'archive' | 'preview' | 'all';
  /** Extraction threads; default: one less than the processors. */
  readonly workers?: number | undefined;
  /** Aborted: what is under way is finished and committed. */
  readonly signal?: AbortSignal;
  readonly onEvent?: OnEvent;
  /** A record that is not where the ledger says. Without it, such a record ends the reading with an error. */
  readonly onDamage?: OnDamagedRecord;
}

/** Of page bytes under way; one article's are always let in. */
const CAPACITY_BYTES = 64 * 2 ** 20;
/** Articles on their way to the disk: enough that they share its fsyncs. */
const COMMITTING = 256;

/**
 * Throws ArchiveDamagedError where there is no archive, ArchiveLockedError where it is to be written to and another
 * writer is at work.
 *
 * @returns the summary, as the generator's return value and as the event `run-finished`; its `leads` are records
 */
export async function* reextract(
  directory: string,
  options: ReextractOptions = {},
): AsyncGenerator<Article, CrawlSummary> {
  requireArchive(directory);
  const settings = readArchiveSettings(directory) ?? settingsSchema.parse({});
  const isKept = (options.to ?? 'archive') === 'archive';
  const archive = isKept ? await openArchive(directory, { settings }) : undefined;
  const reader = archive ? readerOf(archive, options.onDamage) : openReader(directory, options.onDamage);
  const pool = createPool({ workers: options.workers ?? settings.workers });
  try {
    const run = archive?.beginRun({ startedAtMs: Date.now(), settings });
    return yield* new Reextracting({ reader, archive, run, pool, settings, options }).run();
  } catch (error) {
    throw nameFailure(directory, error);
  } finally {
    await pool.close();
    if (archive) await archive.close();
    else reader.close();
  }
}

/** An article's captures with what they are to be read with. */
interface Prepared {
  readonly records: readonly StoredRecord[];
  readonly editions: readonly {
    readonly stored: StoredRecord;
    readonly captured: Captured;
    readonly applied: Applied;
  }[];
}

class Reextracting {
  readonly #reader: ArchiveReader;
  readonly #archive: Archive | undefined;
  readonly #run: string | undefined;
  readonly #pool: Pool;
  readonly #options: ReextractOptions;
  readonly #onEvent: OnEvent;
  readonly #pages: CapturedPages;
  readonly #profiles: Profiles;
  readonly #evidence = new Evidence();
  readonly #settings: Settings;
  readonly #startedAtMs = Date.now();
  readonly #outcomes: OutcomeCounts = {};
  readonly #perHost: Record<string, OutcomeCounts> = {};
  readonly #changed: Record<string, number> = {};
  readonly #keptProfiles = new WeakSet<SiteProfile>();
  readonly #committing: { readonly committed: Promise<void>; readonly articles: readonly Article[] }[] = [];
  #records = 0;
  #articles = 0;
  #bytes = 0;
  #withoutWitness = 0;
  #withoutProfile = 0;
  readonly #unrecorded = { captures: 0, failed: 0, articles: 0 };

  constructor(parts: {
    readonly reader: ArchiveReader;
    readonly archive: Archive | undefined;
    readonly run: string | undefined;
    readonly pool: Pool;
    readonly settings: Settings;
    readonly options: ReextractOptions;
  }) {
    const { reader, archive, run, pool, settings, options } = parts;
    this.#reader = reader;
    this.#archive = archive;
    this.#run = run;
    this.#pool = pool;
    this.#options = options;
    this.#onEvent = options.onEvent ?? (() => {});
    this.#pages = new CapturedPages(reader, settings.maxDecodedBytes);
    this.#settings = settings;
    this.#profiles = new Profiles(reader, options.profiles ?? 'present', this.#evidence);
  }

  async *run(): AsyncGenerator<Article, CrawlSummary> {
    const { directory } = this.#reader;
    const { revisions } = this.#reader.counts();
    this.#onEvent({
      type: 'reextract-started',
      ...(this.#run !== undefined && { run: this.#run }),
      archive: directory,
      records: revisions,
    });
    const concurrency = { ...this.#sideBySide, weigh: bytesOf };
    try {
      if (this.#options.profiles === 'anew') await this.#learnAnew();
      for await (const { item, read } of mapConcurrently(this.#prepared(), concurrency, (each) => this.#read(each))) {
        this.#count(read);
        yield* this.#given(read, item);
      }
      if (this.#options.unrecorded) yield* this.#readUnrecorded();
      while (this.#committing.length > 0) yield* this.#nextCommitted();
    } finally {
      this.#evidence.close();
      await Promise.all([this.#pages.close(), this.#profiles.close()]);
    }
    const counted = this.#summary();
    const manifest = await this.#archive?.seal(counted);
    const summary = { ...counted, files: manifest?.files ?? [] };
    this.#onEvent({ type: 'run-finished', summary });
    return summary;
  }

  get #sideBySide() {
    return { width: this.#pool.width * 2, capacity: CAPACITY_BYTES, ordered: true };
  }

  /** From all articles of the sites that are wanted, also those that are not: a profile is the site's. */
  async #learnAnew(): Promise<void> {
    this.#onEvent({ type: 'activity', activity: 'learning site profiles anew' });
    const sites = new Set<string>();
    for await (const records of this.#articlesWanted()) sites.add(siteOfRecord(records.at(-1)!.article));
    const { signal } = this.#options;
    const pages = this.#pages;
    const reader = this.#reader;
    const newest = async function* (): AsyncGenerator<{ site: string; captured: Captured }> {
      for await (const records of reader.articlesAsWritten()) {
        if (signal?.aborted) return;
        const site = siteOfRecord(records.at(-1)!.article);
        const stored = newestOfCaptures(records).at(-1);
        if (stored && sites.has(site)) yield { site, captured: await pages.of(stored) };
      }
    };
    const concurrency = { ...this.#sideBySide, weigh: ({ captured }: { captured: Captured }) => weightOf(captured) };
    for await (const { site, draft } of mapConcurrently(newest(), concurrency, async ({ site, captured }) => ({
      site,
      draft: 'outcome' in captured ? undefined : await this.#draftOf(captured),
    })))
      if (draft && 'evidence' in draft) this.#evidence.put(site, draft.evidence);
    if (!this.#archive || signal?.aborted) return;
    for (const site of this.#evidence.sites())
      this.#archive.writeSite(site, (await this.#profiles.ofSite(site)).profile);
  }

  /** The article on a page, its further pages included. */
  async #draftOf({ task, parts }: Extract<Captured, { task: PageTask }>): Promise<PageDraft | { outcome: Outcome }> {
    try {
      const tasks = [task, ...parts.map((part) => part.task)];
      const [first, ...further] = await Promise.all(tasks.map((each) => this.#pool.read(each)));
      return joinPages(
        first!.draft,
        further.map(({ draft }, index) => ({ draft, isWhole: parts[index]!.isWhole })),
      );
    } catch (error) {
      if (!(error instanceof PageFailure)) throw error;
      return { outcome: { name: 'failed', reason: 'parse', detail: error.message.split('\n', 1)[0]! } };
    }
  }

  async *#readUnrecorded(): AsyncGenerator<Article> {
    const found = findUnrecorded({
      reader: this.#reader,
      archive: this.#archive,
      pages: this.#pages,
      profiles: this.#profiles,
      pool: this.#pool,
      settings: this.#settings,
      options: this.#options,
      concurrency: this.#sideBySide,
    });
    const { to = 'archive' } = this.#options;
    for await (const { record, failed, profile, wireBytes, url } of found) {
      this.#unrecorded.captures++;
      this.#bytes += wireBytes;
      this.#onEvent({ type: 'reread', host: hostOf(url), url, bytes: wireBytes });
      if (failed) this.#unrecorded.failed++;
      if (!record) continue;
      this.#unrecorded.articles++;
      if (to !== 'archive' || !this.#archive) {
        if (to === 'preview') this.#articles++;
        yield record.article;
        continue;
      }
      this.#keepProfile(profile);
      yield* this.#commit([record]);
    }
  }

  /** Pages are taken from the files one after the other; only the reading itself is done side by side. */
  async *#prepared(): AsyncGenerator<Prepared> {
    for await (const records of this.#articlesWanted()) {
      if (this.#options.signal?.aborted) return;
      const editions: Prepared['editions'][number][] = [];
      for (const stored of newestOfCaptures(records)) {
        const captured = await this.#pages.of(stored);
        const applied = await this.#profiles.of(stored.article);
        editions.push({ stored, captured, applied });
      }
      yield { records, editions };
    }
  }

  async *#articlesWanted(): AsyncGenerator<StoredRecord[]> {
    const { url, selection = {} } = this.#options;
    const isWanted = createSelector(selectionSchema.parse(selection));
    const found = url === undefined ? this.#reader.articlesAsWritten() : [await this.#reader.article(url)];
    for await (const records of found) if (records.length > 0 && isWanted(records.at(-1)!.article)) yield records;
  }

  async #read(item: Prepared): Promise<{ item: Prepared; read: RereadArticle }> {
    const readings: Reading[] = [];
    for (const { stored, captured, applied } of item.editions) {
      if ('outcome' in captured) {
        readings.push({ stored, outcome: captured.outcome });
        continue;
      }
      if (captured.withoutWitness) this.#withoutWitness++;
      if (applied.isMissing) this.#withoutProfile++;
      const { url } = captured.task;
      this.#bytes += captured.wireBytes;
      this.#onEvent({ type: 'reread', host: hostOf(url), url, bytes: captured.wireBytes });
      const draft = await this.#draftOf(captured);
      if ('outcome' in draft) readings.push({ stored, outcome: draft.outcome });
      else readings.push({ stored, page: applyProfile(draft, applied.profile), siteProfile: applied.digest });
    }
    return { item, read: rereadArticle(readings, item.records.at(-1)!.number) };
  }

  async *#given({ records, fresh }: RereadArticle, item: Prepared): AsyncGenerator<Article> {
    const { to = 'archive' } = this.#options;
    if (to === 'all') {
      for (const { article } of records) if (article) yield article;
      return;
    }
    if (fresh.length === 0) return;
    const articles = fresh.map(({ article }) => article);
    if (!this.#archive) {
      this.#articles += articles.length;
      yield* articles;
      return;
    }
    for (const { applied } of item.editions) this.#keepProfile(applied.profile);
    yield* this.#commit(fresh);
  }

  /** Gives out what is on the disk by now. */
  async *#commit(records: readonly NewRecord[]): AsyncGenerator<Article> {
    const committed = this.#archive!.commit({ records });
    committed.catch(() => {});
    this.#committing.push({ committed, articles: records.map(({ article }) => article) });
    while (this.#committing.length > COMMITTING) yield* this.#nextCommitted();
  }

  #keepProfile(profile: SiteProfile | undefined): void {
    if (!profile || this.#keptProfiles.has(profile)) return;
    this.#keptProfiles.add(profile);
    this.#archive?.keepProfile(profile);
  }

  async *#nextCommitted(): AsyncGenerator<Article> {
    const { committed, articles } = this.#committing.shift()!;
    await committed;
    for (const article of articles) {
      this.#articles++;
      const { url, headline, datePublished } = article;
      this.#onEvent({ type: 'article', article: { url, headline, datePublished } });
      yield article;
    }
  }

  #count({ records }: RereadArticle): void {
    for (const { stored, outcome, changed } of records) {
      this.#records++;
      const { url } = stored.article;
      const host = hostOf(url);
      this.#perHost[host] ??= {};
      add(this.#outcomes, outcome);
      add(this.#perHost[host], outcome);
      for (const field of changed) this.#changed[field] = (this.#changed[field] ?? 0) + 1;
      this.#onEvent({ type: 'outcome', url, host, outcome });
    }
  }

  #summary(): CrawlSummary {
    const reextraction: Reextraction = {
      profiles: this.#options.profiles ?? 'present',
      changed: this.#changed,
      withoutWitness: this.#withoutWitness,
      withoutProfile: this.#withoutProfile,
      ...(this.#options.unrecorded && { unrecorded: { ...this.#unrecorded } }),
    };
    const isInterrupted = this.#options.signal?.aborted === true;
    return {
      run: this.#run ?? '',
      startedAt: new Date(this.#startedAtMs).toISOString(),
      durationMs: Date.now() - this.#startedAtMs,
      leads: this.#records,
      outcomes: this.#outcomes,
      perHost: this.#perHost,
      requests: 0,
      bytes: this.#bytes,
      articles: this.#articles,
      waiting: 0,
      archive: this.#reader.directory,
      reextraction,
      files: [],
      ...(isInterrupted && { stoppedBy: 'interrupted' as const }),
      interrupted: isInterrupted,
    };
  }
}

function bytesOf({ editions }: Prepared): number {
  return editions.reduce((sum, { captured }) => sum + weightOf(captured), 0);
}

function weightOf(captured: Captured): number {
  return 'task' in captured ? captured.wireBytes : 0;
}

function add(counts: OutcomeCounts, { name, reason }: Outcome): void {
  counts[name] ??= {};
  counts[name][reason] = (counts[name][reason] ?? 0) + 1;
}
