/**
 * A term stands with what explains it: alone it is one or two words, of which no model can tell. In: the runs with their
 * scores. Out: the scores, with that of the body for each `<dt>` right before a kept part of its own list.
 */
import { listAround } from './article-html.js';
import type { Run } from './blocks.js';

/** `kept`: runs with a score from there on are body. */
export function keepTerms(runs: readonly Run[], scores: Float32Array, kept: number): void {
  for (let i = runs.length - 2; i >= 0; i--) {
    const run = runs[i]!;
    if (run.block.element.name !== 'dt' || scores[run.index]! >= kept) continue;
    const next = runs[i + 1]!;
    if (scores[next.index]! >= kept && listAround(next.block, true) === listAround(run.block, true))
      scores[run.index] = kept;
  }
}
