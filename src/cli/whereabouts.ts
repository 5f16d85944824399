/** What became of an address, in words: why the archive has no article of it, or how it was when it was last asked for. */
import type { ArchiveReader } from '../archive/reader.js';
import { fateOf } from '../frontier/fate.js';
import type { Outcome } from '../outcome.js';
import { moment } from './differences.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { addressOf } from './settings.js';
import { escapeText } from './terminal.js';

/** As it was typed; throws UsageError where it is none. */
export function readAddress(typed: string): string {
  const url = addressOf(typed);
  if (url !== undefined) return url;
  throw new UsageError(
    `expected the address of an article, such as https://example.org/story, got ${JSON.stringify(typed)}`,
  );
}

export function notThere({ directory, state }: ArchiveReader, url: string): ExitCode {
  const fate = fateOf(state, url);
  const end = fate?.outcome ? `it ended as ${inWords(fate.outcome)}` : 'it waits for the next run';
  const source = fate?.foundOn === undefined ? '' : `; named by ${fate.foundOn}`;
  const why = fate ? `${end}${source}` : 'no run has come upon it';
  process.stderr.write(`tearsheet: ${escapeText(`${url}: ${directory} holds no article of this address: ${why}`)}\n`);
  return EXIT.incomplete;
}

/** A line, where the address was asked for. */
export function lastLook({ state }: ArchiveReader, url: string): string[] {
  const { outcome, visitedAtMs } = fateOf(state, url) ?? {};
  if (!outcome || visitedAtMs === undefined) return [];
  return [`  last asked for ${moment(new Date(visitedAtMs).toISOString())}: ${escapeText(inWords(outcome))}`];
}

function inWords({ name, reason, detail }: Outcome): string {
  return `${name} (${detail === undefined ? reason : `${reason}: ${detail}`})`;
}
