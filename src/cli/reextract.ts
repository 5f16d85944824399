/** `tearsheet reextract`: captures read again, told as a table of what became of the records. The work is src/reextract.ts. */
import { recordLine } from '../archive/records.js';
import { reextract } from '../reextract.js';
import { openForReading, requireFolder } from './archive-folder.js';
import { drain, writeLine } from './crawl.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { catchInterruption } from './interruption.js';
import { optimiseLater } from './optimising.js';
import type { TellingOptions } from './options.js';
import { openOutput } from './output.js';
import { readSelection, type SelectionOptions } from './selection.js';
import { readSettings } from './settings.js';
import { Telling } from './telling.js';
import { notThere, readAddress } from './whereabouts.js';

export interface ReextractCommandOptions extends SelectionOptions, TellingOptions {
  readonly url?: string;
  readonly profiles: 'present' | 'anew' | 'then';
  readonly unrecorded?: boolean;
  readonly dryRun?: boolean;
  readonly output?: string;
  readonly workers?: string;
}

export async function reextractCommand(folder: string, options: ReextractCommandOptions): Promise<ExitCode> {
  requireFolder(folder);
  const { profiles, unrecorded = false, dryRun = false, output: target } = options;
  const url = options.url === undefined ? undefined : readAddress(options.url);
  if (dryRun && target !== undefined)
    throw new UsageError('--dry-run writes what the archive would get, -o all records: choose one');
  const selection = await readSelection(options);
  const { workers } = readSettings({ options: { workers: options.workers }, seeds: [], archive: folder });
  const isWritten = !dryRun && target === undefined;
  const output = isWritten ? undefined : openOutput(target);
  const telling = new Telling(options);
  const interruption = catchInterruption(
    () => telling.say('Finishing what is being read, then saving. Ctrl-C again leaves at once.'),
    () => telling.close(),
  );
  optimiseLater();
  let damages = 0;
  try {
    const run = reextract(folder, {
      selection,
      profiles,
      unrecorded,
      workers,
      ...(url !== undefined && { url }),
      to: isWritten ? 'archive' : dryRun ? 'preview' : 'all',
      signal: interruption.signal,
      onEvent: telling.event,
      onDamage: ({ file, offset, problem }) => {
        damages++;
        telling.event({ type: 'warning', code: 'damaged-record', message: `${file} at byte ${offset}: ${problem}` });
      },
    });
    const summary = await drain(run, (article) => writeLine(output, telling, recordLine(article).trimEnd()));
    await output?.end();
    telling.finishReextraction(summary, target);
    if (damages > 0) return EXIT.archive;
    if (summary.interrupted) return EXIT.interrupted;
    if (url !== undefined && summary.leads === 0 && !summary.reextraction?.unrecorded?.articles) {
      const archive = openForReading(folder);
      return archive.finish(notThere(archive.reader, url));
    }
    return summary.outcomes.failed ? EXIT.incomplete : EXIT.done;
  } finally {
    telling.close();
    interruption.dispose();
  }
}
