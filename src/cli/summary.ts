/** The end of a run in words: a table of outcomes that adds up to all leads, where the records are, what to type next. */
import type { styleText } from 'node:util';
import type { CrawlSummary } from '../events.js';
import { OUTCOMES, type Outcome, type OutcomeCounts, type OutcomeName } from '../outcome.js';
import { shellWord } from '../schedule.js';
import { pad, truncate } from './columns.js';
import { count, counted, duration, size } from './figures.js';
import { addOutcome, type EndedSeed, isLoss } from './tally.js';
import { escapeText } from './terminal.js';

export type Style = Parameters<typeof styleText>[0];
/** Colours a text where the terminal shows colours; otherwise hands it back as it is. */
export type Paint = (style: Style, text: string) => string;

const REASONS_SHOWN = 4;
/** Seeds named one by one: as many as can be read above the lines that say where the records are. */
export const SEEDS_NAMED = 10;

const OUTCOME_STYLES: Readonly<Partial<Record<OutcomeName, Style>>> = {
  archived: 'green',
  failed: 'red',
  gone: 'yellow',
  disallowed: 'yellow',
};

/** Lines, safe for a terminal, and none longer than `columns`. */
export function renderOutcomes(
  outcomes: OutcomeCounts,
  paint: Paint,
  columns: number = Number.POSITIVE_INFINITY,
): string[] {
  const rows = rowsOf(outcomes);
  const all = rows.reduce((sum, { total }) => sum + total, 0);
  const nameWidth = Math.max(...OUTCOMES.map((name) => name.length));
  const countWidth = Math.max('leads'.length, count(all).length);
  const room = columns - nameWidth - countWidth - 4;
  const title = truncate('most frequent reasons', room);
  return [
    paint('bold', `${pad('outcome', nameWidth)}  ${pad('leads', countWidth, 'right')}  ${title}`),
    ...rows.map(({ name, total, reasons }) =>
      [
        paint(OUTCOME_STYLES[name] ?? 'reset', pad(name, nameWidth)),
        pad(count(total), countWidth, 'right'),
        mostFrequent(reasons, room),
      ].join('  '),
    ),
    `${pad('all', nameWidth)}  ${pad(count(all), countWidth, 'right')}`,
  ];
}

/** Outcomes that occurred, with their reasons, the most frequent first. */
function rowsOf(outcomes: OutcomeCounts) {
  return OUTCOMES.flatMap((name) => {
    const reasons = Object.entries(outcomes[name] ?? {}).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const total = reasons.reduce((sum, [, times]) => sum + times, 0);
    return total > 0 ? [{ name, total, reasons }] : [];
  });
}

/** Seeds from which nothing could be had: the first `named` of them, and how many more for what reasons. */
export function renderSeeds(seeds: readonly EndedSeed[], named: number, paint: Paint): string[] {
  const style = (outcome: Outcome): Style => (isLoss(outcome) ? 'red' : 'yellow');
  const lines = seeds.slice(0, named).map(({ seed, outcome }) => {
    const why = `${outcome.reason}${outcome.detail === undefined ? '' : `: ${outcome.detail}`}`;
    return paint(style(outcome), escapeText(`seed ${seed}: ${outcome.name} (${why})`));
  });
  const rest = seeds.slice(named);
  if (rest.length === 0) return lines;
  const outcomes: OutcomeCounts = {};
  for (const { outcome } of rest) addOutcome(outcomes, outcome);
  const sums = rowsOf(outcomes).map(
    ({ name, total, reasons }) => `${count(total)} ${name} (${mostFrequent(reasons, Number.POSITIVE_INFINITY)})`,
  );
  const more = lines.length > 0 ? `and ${counted(rest.length, 'more seed')}` : counted(rest.length, 'seed');
  return [...lines, paint(style(rest[0]!.outcome), `${more}: ${sums.join(', ')}; --verbose names each`)];
}

/** As many as there is room for, and how many more there are. */
function mostFrequent(reasons: readonly (readonly [reason: string, times: number])[], columns: number): string {
  for (let shown = Math.min(REASONS_SHOWN, reasons.length); ; shown--) {
    const names = reasons.slice(0, shown).map(([reason, times]) => `${reason} ${count(times)}`);
    const more = reasons.length - shown;
    const text = names.join(', ') + (more > 0 ? ` and ${more} more` : '');
    if (shown <= 1 || text.length <= columns) return truncate(text, columns);
  }
}

/** One line per host: the outcomes that it had, the busiest host first. */
export function renderHosts(perHost: CrawlSummary['perHost'], paint: Paint): string[] {
  const rows = Object.entries(perHost)
    .map(([host, outcomes]) => {
      const counts = OUTCOMES.map(
        (name) => [name, Object.values(outcomes[name] ?? {}).reduce((a, b) => a + b, 0)] as const,
      );
      return { host: escapeText(host), counts, total: counts.reduce((sum, [, times]) => sum + times, 0) };
    })
    .sort((a, b) => b.total - a.total || (a.host < b.host ? -1 : 1));
  const width = Math.max(0, ...rows.map(({ host }) => host.length));
  return [
    paint('bold', `${pad('host', width)}  leads  outcomes`),
    ...rows.map(({ host, counts, total }) => {
      const shown = counts.filter(([, times]) => times > 0).map(([name, times]) => `${name} ${count(times)}`);
      return `${pad(host, width)}  ${pad(count(total), 5, 'right')}  ${shown.join(', ')}`;
    }),
  ];
}

export interface Known {
  readonly output: string | undefined;
  readonly seeds: readonly string[];
  /** Of these, what the archive's own settings do not name. */
  readonly unlisted?: readonly string[];
}

/** Where the records are and what to do next. */
export function renderWhereabouts(summary: CrawlSummary, { output, seeds, unlisted = [] }: Known): string[] {
  const records = counted(summary.articles, 'record');
  const effort = `${counted(summary.requests, 'request')}, ${size(summary.bytes)}, ${duration(summary.durationMs)}`;
  const lines: string[] = [];
  const archive = summary.archive === undefined ? undefined : escapeText(summary.archive);
  const typed = escapeText(shellWord(summary.archive ?? ''));
  if (archive === undefined) {
    lines.push(`${records}${output === undefined ? '' : ` in ${escapeText(output)}`} (${effort})`);
  } else {
    lines.push(`${records} in the archive ${archive} (${effort})`);
    for (const { file, bytes } of summary.files) lines.push(`  ${escapeText(file)}  ${size(bytes)}`);
  }
  if (summary.undated !== undefined)
    lines.push(
      `${counted(summary.undated, 'article')} with no date to be found: kept, as --since and --until could not be judged.`,
    );
  if (summary.interrupted) {
    lines.push(
      archive === undefined
        ? 'Interrupted. Nothing is kept of a run without --archive; with one, the same command goes on where it stopped.'
        : `Interrupted; the state is saved. To go on: tearsheet crawl --archive ${typed}`,
    );
  } else if (summary.stoppedBy !== undefined) {
    const next = archive === undefined ? 'not looked at' : 'left for the next run';
    const left = summary.waiting > 0 ? `; ${counted(summary.waiting, 'lead')} ${next}` : '';
    lines.push(`Stopped at the limit of --${summary.stoppedBy}${left}.`);
  }
  if (archive !== undefined && unlisted.length > 0) {
    const [which, it] = unlisted.length > 1 ? [` and ${count(unlisted.length - 1)} more`, 'them'] : ['', 'it'];
    const file = `${archive.replace(/\/*$/, '')}/tearsheet.json`;
    lines.push(
      `Only in this run: ${escapeText(unlisted[0]!)}${which}; for later ones add ${it} to the seeds in ${file}.`,
    );
  }
  if (summary.articles === 0 && !summary.interrupted)
    lines.push(
      archive !== undefined && !summary.outcomes.failed
        ? 'Nothing new in this run; --verbose shows what became of every lead.'
        : 'No articles; --verbose shows what became of every lead.',
    );
  else if (archive !== undefined && !summary.interrupted)
    lines.push(`Next: tearsheet verify ${typed}  or, for what is new tomorrow: tearsheet crawl --archive ${typed}`);
  else if (archive === undefined && !summary.interrupted && seeds[0] !== undefined)
    lines.push(`Next: with --archive FOLDER the pages are kept as proof, and the same command is an update.`);
  return lines;
}
