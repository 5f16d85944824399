/**
 * `tearsheet diff`: two revisions of an article. On a terminal word by word, in colour; in a pipe a unified diff with a
 * line a paragraph, or with `--json` all parts as one object.
 */
import { createTwoFilesPatch } from 'diff';
import type { StoredRecord } from '../archive/reader.js';
import { editionsOf, type Step, stepBetween, textOf } from '../history/changes.js';
import { jsonLine } from '../json-line.js';
import { REVISED_FIELDS } from '../revise.js';
import { openForReading } from './archive-folder.js';
import { changedParagraphs, inWords, moment } from './differences.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { openOutput } from './output.js';
import { paintFor } from './telling.js';
import { escapeJson, escapeText } from './terminal.js';
import { notThere, readAddress } from './whereabouts.js';

export interface DiffOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

export async function diffCommand(folder: string, typed: string, options: DiffOptions): Promise<ExitCode> {
  const url = readAddress(typed);
  const archive = openForReading(folder);
  try {
    const records = await archive.reader.article(url);
    if (records.length === 0) return archive.finish(notThere(archive.reader, url));
    const editions = editionsOf(records);
    const to = chosen('--to', options.to, records) ?? editions.at(-1)!;
    const from =
      chosen('--from', options.from, records) ?? editions[editions.findIndex(({ row }) => row === to.row) - 1];
    if (!from) {
      process.stderr.write(
        `tearsheet: ${escapeText(`${url}: revision ${to.number} has none before it to compare with`)}\n`,
      );
      return archive.finish(EXIT.incomplete);
    }
    const output = openOutput(undefined);
    const step = stepBetween(from, to);
    if (options.json) {
      const text = jsonLine(step);
      await output.write(output.isTerminal ? escapeJson(text) : text);
    } else if (output.isTerminal) for (const line of inColour(step)) await output.write(line);
    else await output.writeBytes(unified(from, to));
    await output.end();
  } catch (error) {
    archive.finish();
    throw error;
  }
  return archive.finish();
}

function chosen(
  option: string,
  number: string | undefined,
  records: readonly StoredRecord[],
): StoredRecord | undefined {
  if (number === undefined) return undefined;
  const record = records.find((each) => String(each.number) === number);
  if (record) return record;
  const known = records.map((each) => each.number).join(', ');
  throw new UsageError(`${option}: there is no revision ${JSON.stringify(number)}; the archive holds ${known}`);
}

function inColour({ url, from, to, samePage, changes }: Step): string[] {
  const paint = paintFor(process.stdout);
  const lines = [
    paint('bold', escapeText(url)),
    `revision ${from.revision}, seen ${moment(from.seenAt)} → revision ${to.revision}, seen ${moment(to.seenAt)}`,
  ];
  if (samePage) lines.push('the same page, read again: what differs is the reading');
  if (changes.length === 0) lines.push('nothing changed');
  for (const change of changes)
    lines.push('', paint('bold', inWords(change)), ...changedParagraphs(change.parts, paint));
  return lines;
}

/** Empty where nothing changed, as diff(1) has it. */
function unified(from: StoredRecord, to: StoredRecord): string {
  const [before, after] = [from, to].map(({ article }) => {
    const lines = REVISED_FIELDS.flatMap((field) => {
      const text = textOf(field, article);
      if (text === '') return [];
      const paragraphs = text.split(/\n+/).map((paragraph) => paragraph.replace(/\s+/g, ' '));
      return field === 'articleBody' || field === 'liveBlogUpdate'
        ? ['', ...paragraphs]
        : [`${field}: ${paragraphs.join(' ')}`];
    });
    return `${lines.join('\n')}\n`;
  });
  if (before === after) return '';
  const name = ({ article, number }: StoredRecord) => `${article.url.replace(/\s/g, '%20')} revision ${number}`;
  const seen = ({ article }: StoredRecord) => article.capture?.fetchedAt ?? '';
  return createTwoFilesPatch(name(from), name(to), before!, after!, seen(from), seen(to), { context: 2 }).replace(
    /^=+\n/,
    '',
  );
}
