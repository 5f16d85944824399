/**
 * Which of several stands for a field. In: those that stand for election, each with numbers about it, and a linear
 * model's weight of each number. Out: all of them, best first, each with the part of the votes that it gets against the
 * others. Never: a vote by anything but the numbers.
 */

export interface Elected<G> {
  readonly group: G;
  readonly score: number;
  /** 0 to 1. */
  readonly share: number;
}

/** Of equal scores the one that is `before` the other comes first, or else the one that was named first. */
export function elect<G extends { readonly features: readonly number[] }>(
  groups: readonly G[],
  weights: readonly number[],
  before: (a: G, b: G) => number = () => 0,
): Elected<G>[] {
  const ranked = groups.map((group) => ({ group, score: scoreOf(group.features, weights), share: 0 }));
  if (ranked.length > 1) ranked.sort((a, b) => b.score - a.score || before(a.group, b.group));
  let total = 0;
  for (const { score } of ranked) total += Math.exp(score);
  for (const each of ranked) each.share = Math.exp(each.score) / total;
  return ranked;
}

function scoreOf(features: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += features[i]! * weights[i]!;
  return sum;
}
