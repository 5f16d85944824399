/**
 * What a page shows twice: a body for wide screens and one for narrow ones, one for print, a teaser over the text that
 * begins with it. In: runs with their scores. Out: kept runs of the copy. Never: a paragraph that is said again within
 * one text, as refrains are, or a line of a list or table; the last copy of anything.
 */
import { apart, type Frame, IN, type Run } from './blocks.js';

/** Shorter paragraphs may be said twice. */
const MIN_CHARS = 100;
/** Share of an element's text that stands elsewhere too, from which on it is a copy. */
const SAID = 0.9;

/** Pages that say more paragraphs twice are tables and forms. */
const MAX_PAIRS = 200;

/** A paragraph that is kept twice. */
interface Pair {
  readonly first: Run;
  readonly again: Run;
}

export function copiesOf(runs: readonly Run[], isKept: (run: Run) => boolean): Run[] {
  const gone = new Set<Run>();
  for (const { first, again } of pairsIn(runs, isKept)) {
    if (gone.has(first) || gone.has(again)) continue;
    const [a, b] = apart(first.block, again.block);
    if (a === b) continue;
    const copy = copyAround(again, b, a) ?? (begins(again, b) ? copyAround(first, a, b) : undefined);
    for (let i = copy?.first ?? 0; i < (copy?.end ?? 0); i++) if (isKept(runs[i]!)) gone.add(runs[i]!);
  }
  return [...gone];

  /**
   * The largest element around a run, up to `outer`, nearly all of which stands in `other` too; and there with more, or
   * it has several paragraphs: a box that is shown twice is no copy of a text.
   */
  function copyAround({ block }: Run, outer: Frame, other: Frame): Frame | undefined {
    const texts = new Set<string>();
    let all = 0;
    for (let i = other.first; i < other.end; i++) {
      const run = runs[i]!;
      if (!isKept(run)) continue;
      texts.add(run.text);
      all += run.chars;
    }
    let copy: Frame | undefined;
    for (let frame: Frame | null = block; frame && frame.depth >= outer.depth; frame = frame.parent) {
      let chars = 0;
      let said = 0;
      let paragraphs = 0;
      for (let i = frame.first; i < frame.end; i++) {
        const run = runs[i]!;
        if (!isKept(run)) continue;
        chars += run.chars;
        if (!texts.has(run.text)) continue;
        said += run.chars;
        if (run.text.length >= MIN_CHARS) paragraphs++;
      }
      if (said < chars * SAID) break;
      if (frame.element.name !== 'p' && (paragraphs > 1 || said < all * SAID)) copy = frame;
    }
    return copy;
  }

  /** Whether no paragraph stands before it. */
  function begins(run: Run, frame: Frame): boolean {
    for (let i = frame.first; i < run.index; i++)
      if (isKept(runs[i]!) && runs[i]!.text.length >= MIN_CHARS) return false;
    return true;
  }
}

function pairsIn(runs: readonly Run[], isKept: (run: Run) => boolean): Pair[] {
  const byText = new Map<string, Run>();
  const pairs: Pair[] = [];
  for (const run of runs) {
    if (run.text.length < MIN_CHARS || !isKept(run) || run.block.bits & (IN.list | IN.table | IN.pre)) continue;
    const first = byText.get(run.text);
    if (first && pairs.length < MAX_PAIRS) pairs.push({ first, again: run });
    else if (!first) byText.set(run.text, run);
  }
  return pairs;
}
