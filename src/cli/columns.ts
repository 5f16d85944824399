/**
 * How wide text stands on a terminal. In: a line that is safe already (terminal.ts). Out: its columns; the line cut or
 * filled to so many. Apart from terminal.ts, because what tells widths takes longer to load than a page to be read.
 */
import stringWidth from 'string-width';

/** Columns that a safe line takes: wide characters (CJK, emoji) take two, combining marks none. */
export function columnsOf(line: string): number {
  return stringWidth(line);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A safe line cut to so many columns, with `…` where something is missing; never cuts a character in two. */
export function truncate(line: string, columns: number): string {
  if (columns <= 0) return '';
  // A column needs at least one code unit, but a code unit may need no column: look at no more than can matter.
  if (line.length <= columns && columnsOf(line) <= columns) return line;
  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(line.slice(0, columns * MAX_UNITS_PER_COLUMN))) {
    const next = columnsOf(segment);
    if (width + next > columns - 1) return `${line.slice(0, end).trimEnd()}…`;
    width += next;
    end = index + segment.length;
  }
  return end === line.length ? line : `${line.slice(0, end).trimEnd()}…`;
}

/** An emoji family is 11 code units on 2 columns; stacks of combining marks beyond this are cut. */
const MAX_UNITS_PER_COLUMN = 16;

/** A safe line filled with spaces to so many columns. */
export function pad(line: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, columns - columnsOf(line)));
  return align === 'left' ? line + fill : fill + line;
}
