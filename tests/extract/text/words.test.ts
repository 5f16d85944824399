import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSpaced, fold, squeeze, wordsIn } from '../../../src/extract/text/words.js';

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(..."aZ9 -.,’'éßİǅ漢字アٱ٣ा\u0301\u00ad\u00a0\u2028😀\n") }),
);

describe('the tables of letters say what Unicode says', () => {
  /** The function, and the expression that it stands for. */
  const same = <T>(own: (text: string) => T, meant: (text: string) => T) =>
    fc.assert(
      fc.property(texts, (text) => {
        expect(own(text)).toEqual(meant(text));
      }),
    );

  it('of words', () => {
    same(wordsIn, (text) => [...(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])]);
  });
  it('of letters and digits alone', () => {
    same(squeeze, (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
  });
  it('of folded texts', () => {
    const folded = (text: string) => text.normalize('NFKC').toLowerCase();
    same(fold, (text) =>
      folded(text)
        .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
        .trim(),
    );
  });
  it('of how many words there are', () => {
    same(countSpaced, (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*/gu)?.length ?? 0);
  });
});

it('a text of any length is folded and squeezed, and leaves no letter to the next', () => {
  for (const piece of ['Ferry, ', 'Fähre, ', '渡輪、 ', 'Ferry 渡輪, ']) {
    const words = fold(piece).split(' ');
    for (const times of [40_000, 3, 20_000]) {
      const text = piece.repeat(times);
      expect(fold(text)).toBe(new Array(times).fill(words).flat().join(' '));
      expect(squeeze(text)).toBe(words.join('').repeat(times));
    }
  }
});
