/**
 * The whole way of the data: seeds → discover → frontier → fetch → capture → extract → revise → commit.
 *
 * - `crawl/rooms.ts` opens the rooms and joins them,
 * - `crawl/leads.ts` puts what is found into the frontier, as far as it is in scope,
 * - `crawl/run.ts` takes leads whose turn it is, many hosts side by side, and ends each with an outcome,
 * - `crawl/visit.ts` fetches one lead (`crawl/polite.ts`: robots, lane, client), keeps the capture, reads the page,
 * - `crawl/desk.ts` holds the drafts of a site until its profile is learned,
 * - `crawl/publish.ts` makes the record: profile applied, dates judged, revision and copies found, committed.
 */
import { nameFailure } from './archive/errors.js';
import type { Article } from './article.js';
import type { CrawlOptions } from './crawl/options.js';
import { openRooms, type Rooms } from './crawl/rooms.js';
import { type Purpose, Run } from './crawl/run.js';
import type { CrawlSummary } from './events.js';
import type { Lead } from './lead.js';
import { type SettingsInput, settingsSchema } from './settings.js';

export type { CrawlOptions } from './crawl/options.js';

/**
 * Crawls from the seeds and yields each article once it is committed. A reader that is slow slows the crawl down; one
 * that leaves the loop ends it, with everything in flight committed.
 *
 * @param settings checked by `settingsSchema`; throws ZodError for what cannot be used
 * @returns the summary, as the generator's return value and as the event `run-finished`
 */
export function crawl(settings: SettingsInput, options: CrawlOptions = {}): AsyncGenerator<Article, CrawlSummary> {
  return runFor<Article>('articles', settings, options);
}

/** The leads that a crawl would fetch as articles: sitemaps, feeds and pages that lead on are read, articles are not. */
export function discover(
  settings: SettingsInput,
  options: Omit<CrawlOptions, 'archive'> = {},
): AsyncGenerator<Lead, CrawlSummary> {
  return runFor<Lead>('leads', settings, options);
}

async function* runFor<T extends Article | Lead>(
  purpose: Purpose,
  input: SettingsInput,
  options: CrawlOptions,
): AsyncGenerator<T, CrawlSummary> {
  const settings = settingsSchema.parse(input);
  const rooms = await openRooms(settings, options);
  try {
    await rooms.leads.seed(settings.seeds);
    rooms.onEvent({
      type: 'run-started',
      run: rooms.run,
      seeds: settings.seeds,
      ...(options.archive !== undefined && { archive: options.archive }),
    });
    const run = new Run<T>(rooms, purpose);
    let summary: CrawlSummary | undefined;
    try {
      yield* run.results();
    } finally {
      // Also when the reader has left; not when the archive is broken.
      summary = run.hasFailed ? undefined : await seal(rooms, run);
    }
    return summary!;
  } catch (error) {
    // The frontier writes to the same disk.
    throw options.archive === undefined ? error : nameFailure(options.archive, error);
  } finally {
    await rooms.close();
  }
}

async function seal<T extends Article | Lead>({ archive, leads, onEvent }: Rooms, run: Run<T>): Promise<CrawlSummary> {
  onEvent({ type: 'activity', activity: 'sealing the run' });
  leads.keepShapes();
  const counted = await run.summary();
  const manifest = await archive.seal(counted);
  const summary = { ...counted, files: manifest?.files ?? [] };
  onEvent({ type: 'run-finished', summary });
  return summary;
}
