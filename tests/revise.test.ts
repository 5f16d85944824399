import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf, revise, similarity, sketchOf } from '../src/revise.js';

const KEY = 'example.org/a';
const FIELDS = { headline: 'A headline', articleBody: 'First paragraph.\n\nSecond paragraph.', wordCount: 4 };

describe('revise', () => {
  it('gives the same content under the same key the same id everywhere, and another under another key', () => {
    const { kind, id, number } = revise(KEY, FIELDS);
    expect([kind, number]).toEqual(['new', 1]);
    expect(revise(KEY, { ...FIELDS }).id).toBe(id);
    expect(revise('example.org/b', FIELDS).id).not.toBe(id);
    expect(revise('example.org/b', FIELDS).contentDigest).toBe(revise(KEY, FIELDS).contentDigest);
  });

  it('calls it unchanged where only spaces, composition, counts or images differ', () => {
    const before = revise(KEY, { ...FIELDS, headline: 'Café' });
    const after = revise(
      KEY,
      {
        headline: ' Cafe\u0301 ',
        articleBody: 'First  paragraph.\nSecond paragraph.',
        wordCount: 99,
        image: [{ url: 'x' }],
      },
      before,
    );
    expect(after).toMatchObject({ kind: 'unchanged', number: 1, id: before.id });
  });

  it('names the fields that were edited, added or taken away', () => {
    const before = revise(KEY, { ...FIELDS, description: 'gone' });
    const after = revise(KEY, { ...FIELDS, headline: 'Another', author: [{ '@type': 'Person', name: 'Ann' }] }, before);
    expect(after.kind).toBe('revised');
    expect(after.revision).toEqual({ number: 2, previous: before.id, changed: ['headline', 'description', 'author'] });
  });

  it('is the same question as whether the digests differ', () => {
    const fields = fc.record({ headline: fc.string(), articleBody: fc.string(), description: fc.string() });
    fc.assert(
      fc.property(fields, fields, (one, two) => {
        const before = revise(KEY, one);
        const after = revise(KEY, two, before);
        expect(after.kind === 'unchanged').toBe(after.contentDigest === before.contentDigest);
        expect(after.id === before.id).toBe(after.contentDigest === before.contentDigest);
      }),
    );
  });

  it('offers no text to find copies by where there is too little of it', () => {
    expect(revise(KEY, { articleBody: 'This page has moved.' }).textDigest).toBeUndefined();
    expect(revise(KEY, { articleBody: 'long '.repeat(100) }).textDigest).toBeDefined();
  });
});

describe('sketchOf', () => {
  const words = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `word${from + index}`).join(' ');

  it('tells near copies from others, with or without blanks between words', () => {
    const original = sketchOf(words(0, 400))!;
    const edited = sketchOf(`${words(0, 390)} and an ending that is new`)!;
    expect(similarity(original, edited)).toBeGreaterThan(0.85);
    expect(bandsOf(original).some((band) => bandsOf(edited).includes(band))).toBe(true);
    expect(similarity(original, sketchOf(words(5000, 400))!)).toBeLessThan(0.1);
    const chinese = Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x4e00 + index * 11)).join('');
    expect(similarity(sketchOf(chinese)!, sketchOf(`${chinese.slice(0, 290)}。`)!)).toBeGreaterThan(0.8);
  });

  it('gives no sketch of a few words', () => {
    expect(sketchOf('Only a few words.')).toBeUndefined();
  });
});
