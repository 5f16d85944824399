/**
 * Where a page goes on with another article, as pages do that never end. In: runs with their scores, and the headline.
 * Out: kept runs from there on. Never: chapters of one article, which stand in the element that its headline stands in.
 */

import { HEADING } from '../page/tags.js';
import { fold } from '../text/words.js';
import { apart, type Frame, type Run } from './blocks.js';

/** Signs of body that each of the articles has at least. */
const MIN_CHARS = 200;
/** Longer lines are no dates. */
const MAX_LINE = 140;
/** Share of the body up to there that stands in the element of the first headline. */
const SHARE = 0.8;

export function nextArticleOf(
  runs: readonly Run[],
  isKept: (run: Run) => boolean,
  headline: string | undefined,
): readonly Run[] {
  const headings = runs.filter(isHeading);
  const title = fold(headline ?? '');
  const own =
    headings.find(({ text }) => title !== '' && fold(text) === title) ??
    headings.find(({ block }) => block.element.name === 'h1');
  if (!own) return [];
  const others = headings.filter(
    ({ index, block, text }) => index > own.index && isAlike(own.block, block) && text !== own.text,
  );
  if (others.length === 0) return [];
  /** Signs of body before each run. */
  const before = [0];
  for (const run of runs) before.push(before[run.index]! + (isKept(run) ? run.chars : 0));
  const charsOf = (first: number, end: number): number => before[end]! - before[first]!;
  let seen: Frame | undefined;
  for (const other of others) {
    const [around, next] = apart(own.block, other.block);
    if (next === seen || around === own.block || next === other.block) continue;
    seen = next;
    const above = charsOf(0, next.first);
    if (above < MIN_CHARS || charsOf(around.first, around.end) < above * SHARE) continue;
    if (charsOf(next.first, next.end) < MIN_CHARS || !saysWhen(next)) continue;
    return runs.slice(next.first).filter(isKept);
  }
  return [];

  /** An article has its day beside the headline, as a chapter has not: a line with a number before its text. */
  function saysWhen({ first, end }: Frame): boolean {
    for (let i = first; i < end; i++) {
      const { text } = runs[i]!;
      if (isKept(runs[i]!)) {
        if (text.length > MAX_LINE) return false;
      } else if (text.length <= MAX_LINE && /\p{Nd}/u.test(text) && !isHeading(runs[i]!)) return true;
    }
    return false;
  }
}

const isHeading = ({ block }: Run): boolean => (block.element.tag.bits & HEADING) !== 0;
const isAlike = (a: Frame, b: Frame): boolean => a.element.name === b.element.name && a.names.hash === b.names.hash;
