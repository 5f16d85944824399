/**
 * How sure we are that a run is body, 0 to 1, for all runs of a page: two learned models, the second of which sees what
 * the first thought of the neighbourhood. Trained by bench/learn.
 */
import { aroundRows, lookAround } from './around.js';
import type { Cut, Run } from './blocks.js';
import { type Lexicon, type PageSense, sensePage, shapeRows } from './features.js';
import { type Forest, judge, unpackForest } from './forest.js';
import { mayBeBody } from './gate.js';
import { GATE_SCORE } from './gate-weights.js';
import { FIRST, NAMES, SECOND, WORDS } from './weights.js';

interface Model {
  readonly lexicon: Lexicon;
  readonly first: Forest;
  readonly second: Forest;
}

let model: Model | undefined;

/** `weight word word …` a line. */
function unpackTable(packed: string): Map<string, number> {
  const table = new Map<string, number>();
  for (const line of packed.split('\n')) {
    const words = line.split(' ');
    const weight = Number(words[0]);
    for (let i = 1; i < words.length; i++) table.set(words[i]!, weight);
  }
  return table;
}

/** As it is shipped. */
export function loadModel(): Model {
  return {
    lexicon: { names: unpackTable(NAMES), words: unpackTable(WORDS) },
    first: unpackForest(FIRST),
    second: unpackForest(SECOND),
  };
}

/** Runs below are never body: their scores are 0, and they are not worth carrying along. */
export const DOUBT = 0.05;
/**
 * Runs of which the first model thinks less are not shown to the second: two thirds of a page. On 411 pages of all sets
 * it would have raised none of them to `KEPT`, and one in two thousand of those in doubt above `DOUBT`.
 */
export const HOPE = 0.003;

export function scoreRuns(cut: Cut, sense: PageSense): Float32Array {
  model ??= loadModel();
  const page = sensePage(cut, sense, model.lexicon);
  const near = mayBeBody(page);
  const shape = shapeRows(page, near);
  const first = spread(judge(model.first, shape), near, page.runs.length, GATE_SCORE);
  const isHopeful = ({ index }: Run): boolean => first[index]! >= HOPE;
  const hopeful = near.filter(isHopeful);
  const around = lookAround(page, first);
  const second = judge(model.second, aroundRows(around, rowsOf(shape, near, isHopeful), hopeful));
  return spread(second, hopeful, page.runs.length, 0);
}

/** Scores of some runs as those of all `count`: what `others` have. */
function spread(scores: Float32Array, runs: readonly Run[], count: number, others: number): Float32Array {
  const all = new Float32Array(count).fill(others);
  for (let i = 0; i < runs.length; i++) all[runs[i]!.index] = scores[i]!;
  return all;
}

/** The rows of those that are wanted. */
function rowsOf(rows: Float32Array, runs: readonly Run[], isWanted: (run: Run) => boolean): Float32Array {
  const width = rows.length / Math.max(1, runs.length);
  let end = 0;
  for (let i = 0; i < runs.length; i++) {
    if (!isWanted(runs[i]!)) continue;
    rows.copyWithin(end, i * width, (i + 1) * width);
    end += width;
  }
  return rows.subarray(0, end);
}
