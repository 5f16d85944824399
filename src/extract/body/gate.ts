/**
 * Which runs are looked at more closely: half of a page's are menus and lists of other pages, and few numbers tell. In:
 * the sensed page. Out: the runs that may be body. Learned by bench/learn/gate.js.
 */
import { IN, type Run } from './blocks.js';
import { density, log, measured, PART, type Page, ratio } from './features.js';
import { type Forest, judge, unpackForest } from './forest.js';
import { GATE, GATE_FLOOR } from './gate-weights.js';

/** What is asked of each run: some of LOOK, by their names there. */
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
export function gateRows(page: Page): Float32Array {
  const { runs, groups, alike, sinceProse, untilProse, containers } = page;
  const rows = new Float32Array(runs.length * ASKED.length);
  let at = 0;
  for (const run of runs) {
    const { outer } = run.block;
    const parent = measured(outer, page);
    const grand = measured(outer?.outer, page);
    const group = groups[run.index]!;
    rows[at++] = ratio(run.linkChars, run.chars);
    rows[at++] = run.frame.bits & IN.article ? 1 : 0;
    rows[at++] = sinceProse[run.index]!;
    rows[at++] = untilProse[run.index]!;
    rows[at++] = containers[parent + PART.links]!;
    rows[at++] = containers[parent + PART.mean]!;
    rows[at++] = containers[grand + PART.links]!;
    rows[at++] = containers[grand + PART.prose]!;
    rows[at++] = density(outer?.outer?.outer);
    rows[at++] = log(group.runs);
    rows[at++] = ratio(group.words, group.runs);
    rows[at++] = density(alike[run.index]);
  }
  return rows;
}
