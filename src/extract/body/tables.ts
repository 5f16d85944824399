/**
 * Tables are kept or cut as a whole: a cell alone says nothing of it, and of thousands a sample says all. In: the runs
 * with their scores. Out: the scores, with one for all cells of a table of data, whose runs know their cell. Never: a
 * judgement of tables that lay out a page; their cells hold prose.
 */
import { type Frame, IN, type Run } from './blocks.js';
import type { Page } from './features.js';

/** Smaller ones are boxes. */
const MIN_ROWS = 2;
/** Cells of a row, on average. */
const MIN_WIDTH = 1.5;
/** Cells of data are short, in signs on average; layout's hold paragraphs. */
const MAX_CELL = 120;
/** Lines of a cell, on average: poems and letters are typeset in tables too. */
const MAX_LINES = 1.3;
/** Share of link text from which a table is a menu. */
const MAX_LINKED = 0.5;
/** Mean score from which on a table between kept text is kept. */
const WHOLE = 0.3;

interface Table {
  readonly runs: Run[];
  readonly rows: Set<Frame>;
  readonly cells: Set<Frame>;
}

/** `kept`: runs with a score from there on are body. */
export function scoreTables(runs: readonly Run[], scores: Float32Array, kept: number): void {
  const isKept = (run: Run): boolean => scores[run.index]! >= kept;
  for (const { runs: inside, rows, cells } of tablesIn(runs)) {
    const { size } = cells;
    if (rows.size < MIN_ROWS || size < rows.size * MIN_WIDTH || inside.length > size * MAX_LINES) continue;
    const chars = sum(inside, (run) => run.chars);
    if (chars > size * MAX_CELL || sum(inside, (run) => run.linkChars) > chars * MAX_LINKED) continue;
    const mean = sum(inside, (run) => scores[run.index]!) / inside.length;
    const first = runs.findIndex(isKept);
    const isAmong = first >= 0 && first < inside[0]!.index && runs.findLastIndex(isKept) > inside.at(-1)!.index;
    // At an end of the text, or its only text, a table is kept where the models keep it, and one to a reader where prose stands outside of it.
    if (mean >= WHOLE && !isAmong && !(mean >= kept && hasProse(runs, inside, isKept))) continue;
    const score = mean >= WHOLE ? Math.max(kept, mean) : Math.min(kept / 2, mean);
    for (const run of inside) {
      scores[run.index] = score;
      run.cell = cellOf(run);
    }
  }
}

/** Signs of a paragraph outside of a table. */
const MIN_PROSE = 80;

function hasProse(runs: readonly Run[], table: readonly Run[], isKept: (run: Run) => boolean): boolean {
  const first = table[0]!.index;
  const last = table.at(-1)!.index;
  return runs.some((run) => (run.index < first || run.index > last) && run.chars >= MIN_PROSE && isKept(run));
}

const sum = (runs: readonly Run[], of: (run: Run) => number): number => runs.reduce((total, run) => total + of(run), 0);

/** Innermost tables, in page order. */
function tablesIn(runs: readonly Run[]): Iterable<Table> {
  const tables = new Map<Frame, Table>();
  for (const run of runs) {
    if (!(run.block.bits & IN.table)) continue;
    const cell = cellOf(run);
    const row = cell?.parent;
    if (!cell || row?.element.name !== 'tr') continue;
    let frame = row.parent;
    while (frame && frame.element.name !== 'table') frame = frame.parent;
    if (!frame) continue;
    const table = tables.get(frame) ?? { runs: [], rows: new Set(), cells: new Set() };
    tables.set(frame, table);
    table.runs.push(run);
    table.rows.add(row);
    table.cells.add(cell);
  }
  return tables.values();
}

/** The innermost cell around a run. */
function cellOf({ block }: Run): Frame | undefined {
  for (let frame: Frame | null = block; frame && frame.element.name !== 'table'; frame = frame.parent)
    if (frame.element.name === 'td' || frame.element.name === 'th') return frame;
  return undefined;
}

/** Cells alike up to which each is judged by itself. */
const MANY_CELLS = 400;
/** Of more one in so many is judged. */
const SAMPLE = 8;

/** What is judged of `runs`, and for each cell that is not its index and that of the one before that speaks for it. */
export function sampleCells(runs: readonly Run[], { groups }: Page): { judged: readonly Run[]; speakers: number[] } {
  const speakers: number[] = [];
  const seen = new Map<unknown, { count: number; speaker: number }>();
  const judged = runs.filter(({ frame, index }) => {
    const group = groups[index]!;
    if (!(frame.bits & IN.table) || group.runs <= MANY_CELLS || group.chars > group.runs * MAX_CELL) return true;
    const of = seen.get(group) ?? { count: 0, speaker: index };
    seen.set(group, of);
    if (of.count++ % SAMPLE === 0) {
      of.speaker = index;
      return true;
    }
    speakers.push(index, of.speaker);
    return false;
  });
  return { judged, speakers };
}

export function speakFor(speakers: readonly number[], scores: Float32Array): void {
  for (let i = 0; i < speakers.length; i += 2) scores[speakers[i]!] = scores[speakers[i + 1]!]!;
}
