import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonLine } from '../src/json-line.js';

/** What ends a line for one reader or another: Python's str.splitlines, Node's readline, editors. */
const ENDS = /[\n\v\f\r\u{1c}-\u{1e}\u0085\u2028\u2029]/u;

it('is one line to every reader, and means the same', () => {
  const texts = fc.string({
    unit: fc.constantFrom('a', '"', '\\', '\n', '\r', '\v', '\u001d', '\u0085', '\u2028', '\u2029'),
  });
  fc.assert(
    fc.property(fc.dictionary(texts, fc.array(texts)), (value) => {
      const line = jsonLine(value);
      expect(line).not.toMatch(ENDS);
      expect(JSON.parse(line)).toEqual(value);
    }),
  );
});
