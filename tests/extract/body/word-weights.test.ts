import { describe, expect, it } from 'vitest';
import { packWords, unpackWords } from '../../../src/extract/body/word-weights.js';
import { hashOf } from '../../../src/extract/page/source-names.js';
import { hashEdges } from '../../../src/extract/text/words.js';

const edgesOf = (text: string, most: number): number[] => {
  const hashes = new Int32Array(2 * most);
  return [...hashes.subarray(0, hashEdges(text, most, hashes))];
};
const hashesOf = (text: string): number[] => text.split(' ').map(hashOf);

describe('words at both ends of a text', () => {
  it('are the first and the last in their order, whatever stands between and around them', () => {
    expect(edgesOf('“One, two – three four five six, seven.”', 2)).toEqual(hashesOf('one two six seven'));
  });

  it('are each told once where the text is short', () => {
    expect(edgesOf('one two three', 2)).toEqual(hashesOf('one two three'));
    expect(edgesOf('Één', 2)).toEqual(hashesOf('één'));
    expect(edgesOf('…', 2)).toEqual([]);
  });

  it('keep the letters of scripts beyond the first plane', () => {
    expect(edgesOf('𐐨𐐩 two', 3)).toEqual(hashesOf('𐐨𐐩 two'));
  });
});

it('gives each word its weight, packed and unpacked, and none to others', () => {
  const entries = Array.from({ length: 1000 }, (_, i) => [hashOf(`word${i}`), (i % 40) / 10 - 4] as const);
  const weights = unpackWords(packWords(new Map(entries)));
  for (const [hash, weight] of entries) expect(weights.of(hash)).toBeCloseTo(weight, 5);
  expect(weights.of(hashOf('elsewhere'))).toBe(0);
});
