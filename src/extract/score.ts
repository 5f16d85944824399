/**
 * How sure we are that a run is body, 0 to 1, for all runs of a page.
 */
import { type Cut, IN } from './blocks.js';
import type { Document } from './tree.js';

export function scoreRuns(_document: Document, page: Cut, _context: unknown): Float32Array {
  const scores = new Float32Array(page.runs.length);
  const weight = (i: number): number => {
    const run = page.runs[i]!;
    if (run.block.bits & (IN.nav | IN.footer | IN.form | IN.hidden | IN.button)) return 0;
    return run.words >= 15 && run.linkChars < run.chars * 0.4 ? run.words : 0;
  };
  const mass = new Map<object, number>();
  let best: object | undefined;
  page.runs.forEach((run, i) => {
    const w = weight(i);
    let share = w;
    for (let frame = run.block.parent; frame && share > w / 8; frame = frame.parent, share /= 2) {
      mass.set(frame, (mass.get(frame) ?? 0) + share);
      if (!best || mass.get(frame)! > mass.get(best)!) best = frame;
    }
  });
  page.runs.forEach((run, i) => {
    for (let frame = run.block.parent; frame; frame = frame.parent) {
      if (frame !== best) continue;
      scores[i] =
        weight(i) > 0
          ? 0.9
          : run.linkChars < run.chars * 0.5 && !(run.block.bits & (IN.caption | IN.aside | IN.form))
            ? 0.6
            : 0.2;
    }
  });
  return scores;
}
