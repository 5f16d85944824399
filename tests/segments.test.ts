import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../src/segments.js';

const words = (text: string, language?: string): string[] =>
  [...segmentsOf(text, language)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);

describe('segments', () => {
  it('are the text, whatever it is', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '漢', '字', 'か', 'ก', '。', '、', ' ', '\n', '😀', '\u0301'),
      maxLength: 3000,
    });
    fc.assert(
      fc.property(text, (one) => {
        expect([...segmentsOf(one, 'ja')].map(({ segment }) => segment).join('')).toBe(one);
      }),
    );
  });

  it('are those of the whole text where it has marks or blanks, however long it is', () => {
    const sentence = '港口于周五重新开放，经过一个冬天的维修。';
    const [once, many] = [words(sentence, 'zh'), words(sentence.repeat(2000), 'zh')];
    expect(many).toEqual(Array.from({ length: 2000 }, () => once).flat());
  });

  it('do not fail for a language that nobody knows', () => {
    expect(words('one two', 'no_such-language!')).toEqual(['one', 'two']);
  });
});
