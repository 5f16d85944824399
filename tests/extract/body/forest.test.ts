import { describe, expect, it } from 'vitest';
import { floorsOf, judge, packForest, unpackForest } from '../../../src/extract/body/forest.js';

type Tree = (readonly [feature: number, value: number, right: number])[];

/** One question a tree: whether the number at `feature` is at most `limit`. */
const tree = (feature: number, limit: number, left: number, right: number): Tree => [
  [feature, limit, 2],
  [-1, left, 0],
  [-1, right, 0],
];
const trees = Array.from({ length: 45 }, (_, i) => tree(i % 2, 0.5, -0.2, 0.2));
const likelihood = (sum: number): number => 1 / (1 + Math.exp(-sum));
const DOUBT = 0.05;

describe('a forest', () => {
  it('adds what each tree says of a row, packed and unpacked', () => {
    const scores = judge(unpackForest(packForest(trees, 2)), Float32Array.of(1, 1, 0, 0, 1, 0));
    expect(scores[0]).toBeCloseTo(likelihood(9), 5);
    expect(scores[1]).toBeCloseTo(likelihood(-9), 5);
    // 23 trees for, 22 against.
    expect(scores[2]).toBeCloseTo(likelihood(0.2), 5);
  });

  it('gives up rows that fall below all that came out of doubt, and no others', () => {
    const bare = unpackForest(packForest(trees, 2));
    const rows = Float32Array.of(1, 1, 0, 0, 1, 0, 0, 1);
    const forest = unpackForest(packForest(trees, 2, floorsOf(bare, [rows], DOUBT)));
    const all = judge(bare, rows);
    const some = judge(forest, rows);
    expect([...some].map((score) => score > 0)).toEqual([true, false, true, true]);
    for (const i of [0, 2, 3]) expect(some[i]).toBe(all[i]);
  });
});
