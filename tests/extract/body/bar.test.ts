import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEPT, moveToBar } from '../../../src/extract/body/bar.js';
import { cut } from '../../../src/extract/body/blocks.js';
import { parseDocument } from '../../../src/extract/page/tree.js';

const paragraph = (words: number): string => `<p>${'word '.repeat(words)}</p>`;
const runsOf = (lengths: readonly number[]) => cut(parseDocument(lengths.map(paragraph).join(''))).runs;

function moved(lengths: readonly number[], scores: readonly number[]) {
  const after = Float32Array.from(scores);
  const sure = moveToBar(runsOf(lengths), after);
  return { after: [...after], sure, kept: [...after].map((score) => score >= KEPT) };
}

test('keeps the one paragraph of a page that it doubts', () => {
  expect(moved([6, 80, 6], [0.1, 0.43, 0.02]).kept).toEqual([false, true, false]);
});

test('keeps the better part of a text that is doubtful as a whole', () => {
  expect(moved([60, 60, 60, 60, 60], [0.6, 0.45, 0.4, 0.42, 0.05]).kept).toEqual([true, true, true, true, false]);
});

test('cuts the same doubtful line where the rest of the page is sure', () => {
  expect(moved([60, 60, 60, 20], [0.99, 0.99, 0.99, 0.45]).kept).toEqual([true, true, true, false]);
});

test('keeps nothing of a page where nothing is likely', () => {
  expect(moved([60, 60], [0.15, 0.1]).kept).toEqual([false, false]);
});

test('keeps nothing of a page that is likelier to have no body than the one line', () => {
  expect(moved([3, 10], [0.12, 0.28]).kept).toEqual([false, false]);
});

test('no bar is higher than one half, and no two runs change places', () => {
  const page = fc.array(
    fc.record({ words: fc.integer({ min: 1, max: 90 }), score: fc.float({ min: 0, max: 1, noNaN: true }) }),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(page, (runs) => {
      const scores = runs.map(({ score }) => Math.fround(score));
      const { after, sure } = moved(
        runs.map(({ words }) => words),
        scores,
      );
      for (const [i, score] of scores.entries()) {
        if (score >= KEPT) expect(after[i]).toBeGreaterThanOrEqual(KEPT);
        if (score > KEPT) expect(after[i]).toBeGreaterThanOrEqual(sure - 1e-6);
        for (const [j, other] of scores.entries()) if (score < other) expect(after[i]).toBeLessThanOrEqual(after[j]!);
      }
    }),
  );
});
