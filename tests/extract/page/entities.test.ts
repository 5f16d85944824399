import { decodeHTML, decodeHTMLAttribute } from 'entities/decode';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCommon } from '../../../src/extract/page/entities.js';

const PIECES = [
  '&',
  '&amp;',
  '&nbsp;',
  '&#39;',
  '&#8217;',
  '&auml;',
  '&raquo;',
  '&copy',
  '&copy=',
  '&lt',
  '&amp',
  '&amp=1',
  '&#',
  '&#x',
  '&#x2F;',
  '&#146;',
  '&#x1F600;',
  '&hellip;',
  '&NotEqualTilde;',
  '&b=2',
  '&utm_source=',
  ';',
  '=',
  '_',
  ' ',
  'amp;',
  'word',
  'é',
  '#',
];
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));

test('says of a text what the decoder of all entities says, or nothing', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const [inText, inAttribute] = [decodeCommon(text, false), decodeCommon(text, true)];
      if (inText !== undefined) expect(inText).toBe(decodeHTML(text));
      if (inAttribute !== undefined) expect(inAttribute).toBe(decodeHTMLAttribute(text));
    }),
    { numRuns: 2000 },
  );
});

test('needs no other decoder for what pages are full of', () => {
  expect(decodeCommon('Tom &amp; Jerry&nbsp;&ndash; “now” & then', false)).toBe('Tom & Jerry\u00a0– “now” & then');
  expect(decodeCommon('?a=1&b=2&amp;c=3&copy=4', true)).toBe('?a=1&b=2&c=3&copy=4');
});
