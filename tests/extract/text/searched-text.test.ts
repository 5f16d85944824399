import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SearchedText } from '../../../src/extract/text/searched-text.js';

it('finds what is in the text, whatever was looked for before', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 6 });
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 60 }), fc.array(words), (text, parts) => {
      const searched = new SearchedText(text);
      for (const part of parts) expect(searched.has(part)).toBe(text.includes(part));
    }),
  );
});

it('gives up after so many passes, and not where all stands in order', () => {
  const part = (n: number) => `part ${n} of a text that is long;`;
  const text = Array.from({ length: 30_000 }, (_, n) => part(n)).join('');
  const ordered = new SearchedText(text);
  expect(Array.from({ length: 30_000 }, (_, n) => ordered.has(part(n))).every(Boolean)).toBe(true);
  const strange = new SearchedText(text);
  for (let n = 0; n < 200; n++) expect(strange.has(`${n} is not there`)).toBe(false);
  expect(strange.has(part(0))).toBe(false);
});
