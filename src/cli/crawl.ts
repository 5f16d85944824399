/** `tearsheet crawl`: from what was typed to records on their way out. The crawl itself is src/crawl.ts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { CrawlSummary } from '../events.js';
import { jsonLine } from '../json-line.js';
import type { Settings } from '../settings.js';
import { articleLine } from './article-line.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { readFields } from './fields.js';
import { catchInterruption } from './interruption.js';
import { optimiseLater } from './optimising.js';
import type { TellingOptions } from './options.js';
import { type Output, openOutput } from './output.js';
import { readSeeds } from './seeds.js';
import { readSettings } from './settings.js';
import { Telling } from './telling.js';
import { escapeJson } from './terminal.js';

export interface CrawlOptions extends TellingOptions {
  readonly seeds?: string;
  readonly archive?: string;
  readonly output?: string;
  readonly fields?: string;
  readonly config?: string;
  readonly [setting: string]: unknown;
}

/**
 * How far the heap grows before all of it is looked through again, in percent of what was alive the last time. Where a
 * machine has much memory, V8 lets it grow by 300: of the 210 MB of a crawl's main thread 160 were garbage. Read at each
 * collection, also by the workers, which grow by 60 otherwise.
 */
const HEAP_GROWTH_PERCENT = 100;

export async function crawlCommand(typed: readonly string[], options: CrawlOptions): Promise<ExitCode> {
  const { archive: folder, config } = options;
  const settings = readSettings({ options, seeds: readSeeds(typed, options.seeds), config, archive: folder });
  requireSeeds(settings, folder);
  const unlisted = folder === undefined ? [] : unlistedIn(folder, settings.seeds);
  const choose = readFields(options.fields);
  if (options.fields !== undefined && folder !== undefined && options.output === undefined)
    throw new UsageError('--fields chooses what is written with -o; an archive keeps whole records');
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  optimiseLater();
  const { crawl } = await import('../crawl.js');
  // An archive is where the records go, unless they are asked for here as well.
  const output = folder === undefined || options.output !== undefined ? openOutput(options.output) : undefined;
  const telling = new Telling(options);
  const interruption = catchInterruption(
    () => telling.say('Finishing what is in flight, then saving. Ctrl-C again leaves at once.'),
    () => {
      telling.close();
      telling.say('Left at once; all that was committed is safe.');
    },
  );
  const readable = output?.isTerminal === true && options.output === undefined && options.fields === undefined;

  try {
    const summary = await drain(
      crawl(settings, {
        ...(folder !== undefined && { archive: folder }),
        signal: interruption.signal,
        onEvent: telling.event,
      }),
      async (article) => {
        const line = readable
          ? articleLine(article, process.stdout.columns || 80)
          : jsonLine(choose(article as unknown as Record<string, unknown>));
        await writeLine(output, telling, line);
      },
    );
    await output?.end();
    telling.finish(summary, { output: output?.file, seeds: settings.seeds, unlisted });
    return exitCodeOf(summary, telling);
  } finally {
    telling.close();
    interruption.dispose();
  }
}

/** What the archive's own settings do not name; a new archive takes all seeds into them. */
function unlistedIn(folder: string, seeds: readonly string[]): string[] {
  if (!existsSync(join(folder, 'tearsheet.json'))) return [];
  const listed = new Set(readSettings({ options: {}, seeds: [], archive: folder }).seeds);
  return seeds.filter((seed) => !listed.has(seed));
}

/** Hands every item to `use` and returns what the generator returns; ends it when `use` fails. */
export async function drain<T, R>(items: AsyncGenerator<T, R>, use: (item: T) => Promise<void>): Promise<R> {
  for (;;) {
    const step = await items.next();
    if (step.done) return step.value;
    try {
      await use(step.value);
    } catch (error) {
      // Runs the generator's own tidying up: what was committed is closed properly.
      await items.return(undefined as R);
      throw error;
    }
  }
}

/** On a terminal, data is text for people as well: it is made safe, and the display steps aside. */
export async function writeLine(output: Output | undefined, telling: Telling, line: string): Promise<void> {
  if (!output) return;
  if (!output.isTerminal) return output.write(line);
  let written: Promise<void> = Promise.resolve();
  telling.around(() => {
    written = output.write(escapeJson(line));
  });
  await written;
}

export function requireSeeds(settings: Settings, archive?: string): void {
  if (settings.seeds.length > 0) return;
  throw new UsageError(
    archive === undefined
      ? 'no seeds: name a site, section, feed, sitemap or article, such as: tearsheet crawl https://example.org/'
      : `no seeds: ${archive} has none of its own yet; name them once: tearsheet crawl --archive ${archive} https://example.org/`,
  );
}

export function exitCodeOf(summary: CrawlSummary, telling: Telling): ExitCode {
  if (summary.interrupted) return EXIT.interrupted;
  const failed = Object.keys(summary.outcomes.failed ?? {}).length > 0;
  return failed || telling.tally.lostSeeds().length > 0 ? EXIT.incomplete : EXIT.done;
}
