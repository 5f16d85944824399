/** `tearsheet discover`: the leads that a crawl would follow, as JSONL, without fetching the articles. */
import { jsonLine } from '../json-line.js';
import { drain, exitCodeOf, requireSeeds, writeLine } from './crawl.js';
import type { ExitCode } from './exit.js';
import { catchInterruption } from './interruption.js';
import type { TellingOptions } from './options.js';
import { openOutput } from './output.js';
import { readSeeds } from './seeds.js';
import { readSettings } from './settings.js';
import { Telling } from './telling.js';

export interface DiscoverOptions extends TellingOptions {
  readonly seeds?: string;
  readonly output?: string;
  readonly config?: string;
  readonly [setting: string]: unknown;
}

export async function discoverCommand(typed: readonly string[], options: DiscoverOptions): Promise<ExitCode> {
  const settings = readSettings({ options, seeds: readSeeds(typed, options.seeds), config: options.config });
  requireSeeds(settings);
  const { discover } = await import('../crawl.js');
  const output = openOutput(options.output);
  const telling = new Telling(options);
  const interruption = catchInterruption(
    () => telling.say('Finishing what is in flight. Ctrl-C again leaves at once.'),
    () => telling.close(),
  );
  let leads = 0;
  try {
    const summary = await drain(
      discover(settings, { signal: interruption.signal, onEvent: telling.event }),
      async (lead) => {
        leads++;
        await writeLine(output, telling, jsonLine(lead));
      },
    );
    await output.end();
    telling.finishDiscovery(summary, leads);
    return exitCodeOf(summary, telling);
  } finally {
    telling.close();
    interruption.dispose();
  }
}
