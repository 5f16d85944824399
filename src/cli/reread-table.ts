/** The end of a re-extraction in words: what became of the records, in a table that adds up, and where the new ones are. */
import type { CrawlSummary } from '../events.js';
import type { OutcomeName } from '../outcome.js';
import { shellWord } from '../schedule.js';
import { pad } from './columns.js';
import { count, counted, duration, size } from './figures.js';
import type { Paint, Style } from './summary.js';
import { escapeText } from './terminal.js';

interface Row {
  readonly name: OutcomeName;
  /** Absent: all of them. */
  readonly reason?: string;
  readonly words: string;
  readonly style?: Style;
}

const ROWS: readonly Row[] = [
  { name: 'archived', reason: 'reread', words: 'reads otherwise', style: 'green' },
  { name: 'archived', reason: 'repeated', words: 'repeated as the newest' },
  { name: 'unchanged', words: 'unchanged' },
  { name: 'not-article', words: 'no article any more', style: 'yellow' },
  { name: 'disallowed', words: 'no copy was allowed' },
  { name: 'failed', words: 'cannot be read', style: 'red' },
];

/** Lines, safe for a terminal. `output`: the file that all records went to. */
export function renderReextraction(summary: CrawlSummary, output: string | undefined, paint: Paint): string[] {
  const { leads, run } = summary;
  const width = Math.max(...ROWS.map(({ words }) => words.length));
  const countWidth = Math.max('records'.length, count(leads).length);
  return [
    paint('bold', `${pad('read again', width)}  ${pad('records', countWidth, 'right')}`),
    ...ROWS.flatMap((row) => {
      const total = totalOf(row, summary);
      if (total === 0) return [];
      const name = paint(row.style ?? 'reset', pad(row.words, width));
      return [`${name}  ${pad(count(total), countWidth, 'right')}  ${detailOf(row, summary)}`.trimEnd()];
    }),
    `${pad('all', width)}  ${pad(count(leads), countWidth, 'right')}`,
    '',
    ...unrecorded(summary),
    ...shortcomings(summary),
    ...(run === '' ? untouched(summary, output) : written(summary)),
  ];
}

function totalOf({ name, reason }: Row, { outcomes }: CrawlSummary): number {
  const counts = Object.entries(outcomes[name] ?? {});
  return counts.reduce((sum, [each, times]) => sum + (reason === undefined || each === reason ? times : 0), 0);
}

/** Which fields read otherwise; why a page is no article, or is not to be had. */
function detailOf({ name, reason }: Row, { outcomes, reextraction }: CrawlSummary): string {
  if (reason === 'reread') return inOrder(reextraction?.changed ?? {});
  return name === 'not-article' || name === 'failed' ? inOrder(outcomes[name] ?? {}) : '';
}

function inOrder(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, times]) => `${name} ${count(times)}`)
    .join(', ');
}

function unrecorded({ reextraction }: CrawlSummary): string[] {
  if (!reextraction?.unrecorded) return [];
  const { captures, articles, failed } = reextraction.unrecorded;
  const lost = failed > 0 ? `, ${count(failed)} cannot be read` : '';
  return [`${counted(captures, 'capture')} without a record: ${counted(articles, 'article')} found${lost}.`];
}

function shortcomings({ reextraction }: CrawlSummary): string[] {
  const { withoutWitness = 0, withoutProfile = 0 } = reextraction ?? {};
  return [
    ...(withoutWitness > 0
      ? [
          `${counted(withoutWitness, 'record')} of runs before tearsheet-archive/2, which did not keep what feeds and sitemaps said of a page: read without.`,
        ]
      : []),
    ...(withoutProfile > 0
      ? [`${counted(withoutProfile, 'record')} whose own site profile was not kept: read with the site's present one.`]
      : []),
  ];
}

function untouched(summary: CrawlSummary, output: string | undefined): string[] {
  const where = output === undefined || output === '-' ? '' : `, the records are in ${escapeText(output)}`;
  return [`The archive ${escapeText(summary.archive ?? '')} is as it was${where} (${effortOf(summary)}).`];
}

function written(summary: CrawlSummary): string[] {
  const { articles, files, interrupted } = summary;
  const archive = escapeText(summary.archive ?? '');
  const lines = [`${counted(articles, 'new record')} in the archive ${archive} (${effortOf(summary)})`];
  for (const { file, bytes } of files) lines.push(`  ${escapeText(file)}  ${size(bytes)}`);
  if (interrupted) lines.push('Interrupted; what was written is safe, and the same command does the rest.');
  else if (articles > 0) lines.push(`Next: tearsheet verify ${escapeText(shellWord(summary.archive ?? ''))}`);
  return lines;
}

function effortOf({ bytes, durationMs }: CrawlSummary): string {
  return `${size(bytes)} of captures, ${duration(durationMs)}`;
}
