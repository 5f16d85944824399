import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredRecord } from '../../src/archive/reader.js';
import type { ArticleFields } from '../../src/article.js';
import { stepsOf } from '../../src/history/changes.js';
import { amountOf, diffWords } from '../../src/history/words.js';

function record(
  number: number,
  fields: ArticleFields,
  capture = `2026-11-${10 + number}`,
  payload = capture,
): StoredRecord {
  const about = { url: 'https://example.org/a', id: `id${number}`, revision: { number } };
  const article = { ...about, ...fields, capture: { fetchedAt: capture, payloadDigest: payload } };
  return { number, row: number, article } as unknown as StoredRecord;
}

const edit = (before: ArticleFields, after: ArticleFields) =>
  stepsOf([record(1, before), record(2, after)]).flatMap(({ changes }) => changes);
const LONG = Array.from({ length: 60 }, (_, n) => `word${String.fromCharCode(97 + (n % 26))} of sentence`).join(' ');

describe('a difference in words', () => {
  it('gives both texts back, whatever they are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('a', 'b', ' ', '\n\n', '北京', 'x.', '\n'), { maxLength: 40 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom(undefined, 'ja', 'nonsense-'), (before, after, language) => {
        const parts = diffWords(before, after, language);
        const without = (kind: string) =>
          parts
            .filter((part) => part.kind !== kind)
            .map((part) => part.text)
            .join('');
        expect([without('added'), without('removed')]).toEqual([before, after]);
      }),
    );
  });

  it('finds words that no blanks part', () => {
    const parts = diffWords('市立図書館に本が届いた。', '市立美術館に本が届いた。', 'ja');
    expect(parts.find(({ kind }) => kind === 'removed')?.text).toMatch(/^図書館?$/);
    expect(parts.at(-1)).toEqual({ kind: 'same', text: expect.stringContaining('に本が届いた。') });
  });

  it('is bounded for long texts that have nothing in common', () => {
    const [one, other] = ['x', 'y'].map((letter) => Array.from({ length: 40_000 }, (_, n) => letter + n).join(' '));
    expect(diffWords(one!, other!)).toEqual([
      { kind: 'removed', text: one },
      { kind: 'added', text: other },
    ]);
  });

  it('counts the changed words among all', () => {
    expect(amountOf(diffWords('one two three four', 'one two three five'))).toEqual({
      removedWords: 1,
      addedWords: 1,
      share: 0.25,
    });
  });
});

describe('a change', () => {
  it.each<[string, string, string, string]>([
    ['a letter that was wrong', 'The goverment resigns', 'The government resigns', 'typo'],
    ['two letters that changed places', 'Teh mayor resigns', 'The mayor resigns', 'typo'],
    ['punctuation', 'Mayor resigns says wife', 'Mayor resigns, says wife', 'typo'],
    ['capital letters', 'mayor Resigns', 'Mayor resigns', 'typo'],
    ['a number', 'Fire kills 3 in the harbour', 'Fire kills 4 in the harbour', 'edit'],
    ['a word', 'Mayor denies the charges again', 'Mayor admits the charges again', 'edit'],
    ['a short word', 'Council is for it today again', 'Council is not for it today again', 'edit'],
    ['everything', 'Mayor denies charges', 'Council elects successor after resignation', 'rewrite'],
  ])('of %s is told by its kind', (_, before, after, kind) => {
    expect(edit({ headline: before }, { headline: after })).toMatchObject([{ field: 'headline', kind }]);
  });

  it('of the headline stands apart from one of the body', () => {
    expect(
      edit({ headline: 'One thing', articleBody: LONG }, { headline: 'Another matter', articleBody: `${LONG} more` }),
    ).toMatchObject([
      { field: 'headline', kind: 'rewrite' },
      { field: 'articleBody', kind: 'edit', addedWords: 1 },
    ]);
  });

  it('of a field that comes or goes says so', () => {
    expect(edit({ description: 'x y' }, { author: [{ '@type': 'Person', name: 'A B' }] })).toMatchObject([
      { field: 'description', kind: 'removed', before: 'x y' },
      { field: 'author', kind: 'added', after: 'A B' },
    ]);
  });

  it('that only a new extraction of the same capture brought is none of the newspaper', () => {
    const records = [
      record(1, { headline: 'One' }, '2026-11-01'),
      record(2, { headline: 'Two' }, '2026-11-02'),
      record(3, { headline: 'One read better' }, '2026-11-01'),
      record(4, { headline: 'Two read better' }, '2026-11-02'),
    ];
    expect(stepsOf(records)).toMatchObject([{ from: { revision: 3 }, to: { revision: 4 } }]);
  });

  it('that another extractor brought when the same bytes came again is none either', () => {
    const records = [
      record(1, { headline: 'One' }, '2026-11-01', 'bytes'),
      record(2, { headline: 'One read better' }, '2026-11-02', 'bytes'),
      record(3, { headline: 'Two' }, '2026-11-03', 'other bytes'),
      record(4, { headline: 'One read better' }, '2026-11-04', 'bytes'),
    ];
    expect(stepsOf(records).map(({ from, to }) => [from.revision, to.revision])).toEqual([
      [2, 3],
      [3, 4],
    ]);
  });
});
