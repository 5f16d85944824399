/**
 * A term stands with what explains it: alone it is one or two words, of which no model can tell. In: the runs with their
 * scores. Out: the scores, with that of the body for each `<dt>` right before a kept part of its own list.
 */
import type { Frame, Run } from './blocks.js';

/** `kept`: runs with a score from there on are body. */
export function keepTerms(runs: readonly Run[], scores: Float32Array, kept: number): void {
  for (let i = runs.length - 2; i >= 0; i--) {
    const run = runs[i]!;
    if (run.block.element.name !== 'dt' || scores[run.index]! >= kept) continue;
    const next = runs[i + 1]!;
    if (scores[next.index]! >= kept && listOf(next.block) === listOf(run.block)) scores[run.index] = kept;
  }
}

/** The innermost list of terms around. */
function listOf(block: Frame): Frame | undefined {
  for (let frame: Frame | null = block; frame; frame = frame.parent) if (frame.element.name === 'dl') return frame;
  return undefined;
}
