/**
 * Differences as people read them. In: steps and the parts of their texts. Out: lines; on a terminal what went is red
 * and struck through and what came is green, elsewhere `[-went-]{+came+}`. Nothing in them can reach the terminal.
 */
import type { FieldChange, Step } from '../history/changes.js';
import type { Part } from '../history/words.js';
import type { Paint } from './summary.js';
import { escapeInline, escapeText } from './terminal.js';

/** Words kept around a change in a line that has many. */
const CONTEXT_CHARACTERS = 60;

export function inWords({ field, kind, share, removedWords, addedWords }: FieldChange): string {
  return `${field} ${kind} ${percent(share)} (-${removedWords} +${addedWords} words)`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}

/** `2026-11-23 21:00`, UTC. */
export function moment(date: string | undefined): string {
  return date === undefined ? 'unknown' : escapeText(date.slice(0, 16).replace('T', ' '));
}

/** One line for a step, with the headline's change in full. */
export function stepLines(step: Step, paint: Paint): string[] {
  const { from, to, changes } = step;
  const by = to.author && to.author.length > 0 ? `, by ${to.author.join(', ')}` : '';
  const modified = to.dateModified === undefined ? '' : `, modified ${moment(to.dateModified)} as the page says`;
  const lines = [
    `  ${from.revision} → ${to.revision}, between ${moment(from.seenAt)} and ${moment(to.seenAt)}${escapeInline(modified + by)}`,
    ...changes.map((change) => `    ${inWords(change)}`),
  ];
  const headline = changes.find(({ field }) => field === 'headline');
  if (headline) lines.push(`    ${marked(headline.parts, paint)}`);
  return lines;
}

/** The paragraphs of a change that are not as they were, each a line. */
export function changedParagraphs(parts: readonly Part[], paint: Paint): string[] {
  const lines: { parts: Part[]; isChanged: boolean }[] = [{ parts: [], isChanged: false }];
  for (const { kind, text } of parts)
    text.split(/\n+/).forEach((piece, index) => {
      if (index > 0) lines.push({ parts: [], isChanged: false });
      const line = lines.at(-1)!;
      if (piece === '') return;
      line.parts.push({ kind, text: piece });
      line.isChanged ||= kind !== 'same';
    });
  return lines.filter(({ isChanged }) => isChanged).map((line) => marked(shortened(line.parts), paint));
}

export function marked(parts: readonly Part[], paint: Paint): string {
  const isPlain = paint('red', 'x') === 'x';
  return parts
    .map(({ kind, text }) => {
      const safe = escapeInline(text);
      if (kind === 'same') return safe;
      if (isPlain) return kind === 'removed' ? `[-${safe}-]` : `{+${safe}+}`;
      return kind === 'removed' ? paint(['red', 'strikethrough'], safe) : paint('green', safe);
    })
    .join('')
    .trim();
}

/** Long stretches that stayed are cut in their middle. */
function shortened(parts: readonly Part[]): Part[] {
  return parts.map((part, index) => {
    const { kind, text } = part;
    const head = index === 0 ? 0 : CONTEXT_CHARACTERS;
    const tail = index === parts.length - 1 ? 0 : CONTEXT_CHARACTERS;
    if (kind !== 'same' || text.length <= head + tail + 20) return part;
    const left = head === 0 ? '' : text.slice(0, head).replace(/\S*$/u, '');
    const right = tail === 0 ? '' : text.slice(-tail).replace(/^\S*/u, '');
    return { kind, text: `${left}…${right}` };
  });
}
