/**
 * A lead that line breaks alone part from the text. In: runs with their scores. Out: the run right before the first one
 * that is kept raised to the bar, where both stand in one block and it says a sentence. Never: a line in a block of its
 * own, as headlines, captions and bylines have them.
 */
import { isPictureCredit } from '../media/credits.js';
import type { Run } from './blocks.js';
import { DOUBT } from './score.js';

/** Shorter lines are a date, a name, a place. */
const MIN_CHARS = 40;
const SENTENCE_END = /[.!?…。！？।][”"»」]?$/u;

export function keepFirstLine(runs: readonly Run[], scores: Float32Array, bar: number): void {
  const first = runs.find(({ index }) => scores[index]! >= bar);
  const before = first && runs[first.index - 1];
  if (!before || before.block.element !== first.block.element || scores[before.index]! < DOUBT) return;
  const { text, links } = before;
  if (links > 0 || text.length < MIN_CHARS || !SENTENCE_END.test(text) || isPictureCredit(text)) return;
  scores[before.index] = bar;
}
