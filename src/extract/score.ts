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

export function scoreRuns(cut: Cut, sense: PageSense): Float32Array {
  model ??= load();
  const page = sensePage(cut, sense, model.lexicon);
  const shape = shapeRows(page);
  const around = lookAround(page, judge(model.first, shape));
  return judge(model.second, aroundRows(around, shape), DOUBT);
}
