/**
 * Which runs are looked at more closely: half of a page's are menus and lists of other pages, and few numbers tell. In:
 * the sensed page. Out: the runs that may be body. Learned by bench/learn/gate.js.
 */
import type { Frame, Run } from './blocks.js';
import { IN } from './blocks.js';
import { density, log, type Page, proseShare, ratio } from './features.js';
import { type Forest, judge, unpackForest } from './forest.js';
import { GATE, GATE_FLOOR } from './gate-weights.js';

/** What is asked of each run: some of SHAPE, by their names there. */
export const ASKED = [
  'links',
  'in.article',
  'sinceProse',
  'untilProse',
  'parent.links',
  'parent.mean',
  'grand.links',
  'grand.prose',
  'great.links',
  'group.runs',
  'group.words',
  'alike.links',
] as const;

let forest: Forest | undefined;

export function mayBeBody(page: Page): Run[] {
  forest ??= unpackForest(GATE);
  const hopes = judge(forest, gateRows(page));
  return page.runs.filter(({ index }) => hopes[index]! >= GATE_FLOOR);
}

/** A row of ASKED for each run. */
export function gateRows({ runs, groups, alike, sinceProse, untilProse, ...page }: Page): Float32Array {
  const rows = new Float32Array(runs.length * ASKED.length);
  let at = 0;
  // Runs in one element have the elements around it in common.
  let last: Frame | null = null;
  let [parentLinks, parentMean, grandLinks, grandProse, greatLinks] = [0, 0, 0, 0, 0];
  for (const run of runs) {
    const { outer } = run.block;
    if (outer !== last || at === 0) {
      const grand = outer?.outer;
      parentLinks = density(outer);
      parentMean = outer ? ratio(outer.chars, outer.end - outer.first) : 0;
      grandLinks = density(grand);
      grandProse = grand ? proseShare(grand, page) : -1;
      greatLinks = density(grand?.outer);
      last = outer;
    }
    const group = groups[run.index]!;
    rows[at++] = ratio(run.linkChars, run.chars);
    rows[at++] = run.frame.bits & IN.article ? 1 : 0;
    rows[at++] = sinceProse[run.index]!;
    rows[at++] = untilProse[run.index]!;
    rows[at++] = parentLinks;
    rows[at++] = parentMean;
    rows[at++] = grandLinks;
    rows[at++] = grandProse;
    rows[at++] = greatLinks;
    rows[at++] = log(group.runs);
    rows[at++] = ratio(group.words, group.runs);
    rows[at++] = density(alike[run.index]);
  }
  return rows;
}
