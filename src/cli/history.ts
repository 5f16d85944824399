/** `tearsheet history`: the edits of one article, or of all articles of an archive that were edited. */
import type { StoredRecord } from '../archive/reader.js';
import { articleKey } from '../article-key.js';
import { goneFrom } from '../frontier/fate.js';
import { editionOf, editionsOf, type FieldChange, type Step, stepsOf } from '../history/changes.js';
import { jsonLine } from '../json-line.js';
import { REVISED_FIELDS } from '../revise.js';
import { boundsOf, createSelector } from '../selection.js';
import { openForReading } from './archive-folder.js';
import { moment, stepLines } from './differences.js';
import { type ExitCode, UsageError } from './exit.js';
import { counted } from './figures.js';
import { nearest } from './nearest.js';
import { openOutput } from './output.js';
import { readSelection, type SelectionOptions } from './selection.js';
import { paintFor } from './telling.js';
import { escapeJson, escapeText } from './terminal.js';
import { lastLook, notThere, readAddress } from './whereabouts.js';

export interface HistoryOptions extends SelectionOptions {
  readonly changed?: string;
  readonly minChange?: string;
  readonly kind?: string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function historyCommand(
  folder: string,
  typed: string | undefined,
  options: HistoryOptions,
): Promise<ExitCode> {
  const url = typed === undefined ? undefined : readAddress(typed);
  const selection = await readSelection(options);
  const { since, until } = boundsOf(selection);
  // The days are those on which an edit was seen, not those of publication.
  const isWanted = createSelector({ ...selection, since: undefined, until: undefined });
  const keeps = changeFilter(options);
  const archive = openForReading(folder);
  const output = openOutput(undefined);
  const paint = paintFor(process.stdout);
  const write = (line: string) => output.write(line);
  const isWithin = (seenAt: string): boolean => {
    const day = seenAt.slice(0, 10);
    return (since === undefined || day >= since) && (until === undefined || day <= until);
  };
  let [edits, gone] = [0, 0];

  const show = async (records: readonly StoredRecord[], isAlone: boolean): Promise<void> => {
    const steps = stepsOf(records).flatMap((step) => {
      if (!isWithin(step.to.seenAt ?? '')) return [];
      const changes = step.changes.filter(keeps);
      return changes.length > 0 ? [{ ...step, changes }] : [];
    });
    edits += steps.length;
    if (options.json) {
      for (const step of steps) await write(output.isTerminal ? escapeJson(jsonOf(step)) : jsonOf(step));
      return;
    }
    if (steps.length === 0 && !isAlone) return;
    const first = editionOf(editionsOf(records)[0]!);
    await write(escapeText(records.at(-1)!.article.url));
    if (isAlone)
      await write(
        `  ${first.revision}, seen ${moment(first.seenAt)}: ${escapeText(first.headline ?? '(no headline)')}`,
      );
    if (isAlone) for (const line of withoutEdit(records)) await write(line);
    for (const step of steps) for (const line of stepLines(step, paint)) await write(line);
    if (isAlone) for (const line of lastLook(archive.reader, records.at(-1)!.article.url)) await write(line);
  };

  const showGone = async (): Promise<void> => {
    for (const { url: address, outcome, visitedAtMs } of goneFrom(archive.reader.state)) {
      const newest = (await archive.reader.article(address)).at(-1)?.article;
      const goneAt = new Date(visitedAtMs).toISOString();
      // What has moved is not gone.
      if (newest === undefined || articleKey(newest.url) !== articleKey(address) || !isWanted(newest)) continue;
      if (!isWithin(goneAt)) continue;
      gone++;
      const lastSeenAt = archive.reader.lastSeenAt(address) ?? newest.capture?.fetchedAt;
      if (options.json) {
        const { url, headline } = newest;
        const line = jsonLine({ url, headline, kind: GONE, reason: outcome.reason, lastSeenAt, goneAt });
        await write(output.isTerminal ? escapeJson(line) : line);
        continue;
      }
      await write(escapeText(newest.url));
      await write(
        `  gone (${outcome.reason}) between ${moment(lastSeenAt)} and ${moment(goneAt)}: ${escapeText(newest.headline ?? '(no headline)')}`,
      );
    }
  };

  try {
    if (url !== undefined) {
      const records = await archive.reader.article(url);
      if (records.length === 0) return archive.finish(notThere(archive.reader, url));
      await show(records, true);
    } else {
      for await (const records of archive.reader.articles({ atLeast: 2 }))
        if (isWanted(records.at(-1)!.article)) await show(records, false);
      if (options.kind?.includes(GONE)) await showGone();
    }
    await output.end();
  } catch (error) {
    archive.finish();
    throw error;
  }
  if (!options.quiet && url === undefined)
    process.stderr.write(
      `${escapeText(`${counted(edits, 'edit')}${gone > 0 ? ` and ${counted(gone, 'article')} gone` : ''} in ${folder}`)}\n`,
    );
  return archive.finish();
}

/** What is no edit, but makes revisions: another address, captures that were read again. */
function withoutEdit(records: readonly StoredRecord[]): string[] {
  return records.flatMap(({ number, article: { url, capture, revision, extractor } }, index) => {
    const before = records[index - 1]?.article.url;
    if (revision.replaces === undefined)
      return before === undefined || before === url
        ? []
        : [`  ${number} moved here from ${escapeText(before)}, seen ${moment(capture?.fetchedAt)}`];
    const changed = revision.changed?.length ? `, other ${revision.changed.join(', ')}` : '';
    return [`  ${number} replaces ${revision.replaces}: read again by ${escapeText(extractor)}${escapeText(changed)}`];
  });
}

/** Texts of a whole article stay out of the lines: `diff` shows them. */
function jsonOf(step: Step): string {
  const changes = step.changes.map(({ parts: _, before, after, ...change }) =>
    change.field === 'articleBody' || change.field === 'liveBlogUpdate' ? change : { ...change, before, after },
  );
  return jsonLine({ ...step, changes });
}

/** No change of a field: the article is no longer where it was. */
const GONE = 'gone';
const KINDS = ['typo', 'edit', 'rewrite', 'added', 'removed', GONE];

function changeFilter({ changed, minChange, kind }: HistoryOptions): (change: FieldChange) => boolean {
  const fields = changed?.split(',').map((field) => field.trim());
  for (const field of fields ?? []) requireOneOf('--changed', field, REVISED_FIELDS);
  for (const each of kind ?? []) requireOneOf('--kind', each, KINDS);
  const least = readShare(minChange);
  return (change) =>
    (fields === undefined || fields.includes(change.field)) &&
    (kind === undefined || kind.includes(change.kind)) &&
    change.share >= least;
}

function requireOneOf(option: string, word: string, known: readonly string[]): void {
  if (known.includes(word)) return;
  const meant = nearest(word, known);
  throw new UsageError(
    `${option}: there is no ${JSON.stringify(word)}; ${meant ? `did you mean ${meant}?` : `choose of ${known.join(', ')}`}`,
  );
}

/** `5%` or `0.05`. */
function readShare(text: string | undefined): number {
  if (text === undefined) return 0;
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const share = match ? Number(match[1]) / (match[2] ? 100 : 1) : Number.NaN;
  if (share >= 0 && share <= 1) return share;
  throw new UsageError(`--min-change: expected a share of the words such as 5%, got ${JSON.stringify(text)}`);
}
