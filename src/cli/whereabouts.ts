/** What became of an address, in words: why the archive has no article of it, or how it was when it was last asked for. */
import type { ArchiveReader } from '../archive/reader.js';
import { fateOf } from '../frontier/fate.js';
import type { Outcome } from '../outcome.js';
import { normalizeUrl } from '../url.js';
import { moment } from './differences.js';
import { EXIT, type ExitCode } from './exit.js';
import { escapeText } from './terminal.js';

export function notThere({ directory, state }: ArchiveReader, url: string): ExitCode {
  const fate = fateOf(state, normalizeUrl(url) ?? url);
  const end = fate?.outcome ? `it ended as ${inWords(fate.outcome)}` : 'it waits for the next run';
  const source = fate?.foundOn === undefined ? '' : `; named by ${fate.foundOn}`;
  const why = fate ? `${end}${source}` : 'no run has come upon it';
  process.stderr.write(`tearsheet: ${escapeText(`${url}: ${directory} holds no article of this address: ${why}`)}\n`);
  return EXIT.incomplete;
}

/** A line, where the address was asked for. */
export function lastLook({ state }: ArchiveReader, url: string): string[] {
  const { outcome, visitedAtMs } = fateOf(state, normalizeUrl(url) ?? url) ?? {};
  if (!outcome || visitedAtMs === undefined) return [];
  return [`  last asked for ${moment(new Date(visitedAtMs).toISOString())}: ${escapeText(inWords(outcome))}`];
}

function inWords({ name, reason, detail }: Outcome): string {
  return `${name} (${detail === undefined ? reason : `${reason}: ${detail}`})`;
}
