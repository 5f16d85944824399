/**
 * How sure one must be of a run to keep it, on this page. In: runs with their scores. Out: the scores, moved so that
 * the page's own bar is at KEPT. Never: another order of the runs.
 *
 * Where a text is doubtful as a whole, more is gained than lost by keeping the better part of it. For the F-measure of
 * words the best bar is half of the best F that can be expected (Lipton, Elkan and Naryanaswamy 2014, "Optimal
 * thresholding of classifiers to maximize F1 measure"): one half where the models are sure of each run, less where they
 * are not.
 */
import type { Run } from './blocks.js';

/** Runs with a score from here on are body. */
export const KEPT = 0.5;
/** No bar is lower: what the models believe less is no article. */
const LEAST = 0.2;

/** Returns what a score of KEPT has become: from there on a run is body whatever else the page holds. */
export function moveToBar(runs: readonly Run[], scores: Float32Array): number {
  const best = bestFOf(runs, scores);
  // Where it is likelier that the page has no body than that the better part is one, nothing is gained by keeping it.
  const bar = best < noneOf(scores) ? KEPT : Math.max(LEAST, best / 2);
  const odds = (1 - bar) / bar;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    scores[i] = (score * odds) / (score * odds + 1 - score);
  }
  return 1 - bar;
}

/** How likely it is that no run is body. */
function noneOf(scores: Float32Array): number {
  let none = 1;
  for (let i = 0; i < scores.length && none > 0; i++) none *= 1 - scores[i]!;
  return none;
}

/** The best F that is expected of any bar, 0 to 1. */
function bestFOf(runs: readonly Run[], scores: Float32Array): number {
  const likely = runs.filter((run) => scores[run.index]! > 0).sort((a, b) => scores[b.index]! - scores[a.index]!);
  let body = 0;
  for (const run of likely) body += run.words * scores[run.index]!;
  let found = 0;
  let kept = 0;
  let best = 0;
  for (const run of likely) {
    kept += run.words;
    found += run.words * scores[run.index]!;
    best = Math.max(best, (2 * found) / (kept + body));
  }
  return best;
}
