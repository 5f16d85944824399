/**
 * How sure we are that a run is body, 0 to 1, for all runs of a page: two learned models, the second of which sees what
 * the first thought of the neighbourhood. Trained by bench/learn.
 */
import { aroundRows, lookAround } from './around.js';
import type { Cut } from './blocks.js';
import { type Lexicon, type PageSense, sensePage, shapeRows } from './features.js';
import { type Forest, judge, unpackForest } from './forest.js';
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
    const [weight, ...words] = line.split(' ');
    for (const word of words) table.set(word, Number(weight));
  }
  return table;
}

function load(): Model {
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
const HOPE = 0.003;

export function scoreRuns(cut: Cut, sense: PageSense): Float32Array {
  model ??= load();
  const page = sensePage(cut, sense, model.lexicon);
  const shape = shapeRows(page);
  const first = judge(model.first, shape);
  const around = lookAround(page, first);
  const hopeful = page.runs.filter((run) => first[run.index]! >= HOPE);
  const second = judge(model.second, aroundRows(around, shape, hopeful));
  const scores = new Float32Array(page.runs.length);
  for (let i = 0; i < hopeful.length; i++) scores[hopeful[i]!.index] = second[i]!;
  return scores;
}
