import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, pad, truncate } from '../../src/cli/columns.js';
import { escapeJson, escapeText } from '../../src/cli/terminal.js';

/** What must not reach a terminal: written apart from the source's own list, as ranges. */
const isDangerous = (code: number) =>
  code < 0x20 ||
  (code >= 0x7f && code <= 0x9f) ||
  code === 0x61c ||
  (code >= 0x200e && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069) ||
  (code >= 0xd800 && code <= 0xdfff) ||
  (code >= 0xe0000 && code <= 0xe007f);
const dangerous = (text: string) => [...text].map((c) => c.codePointAt(0)!).filter(isDangerous);

/** Any code units at all, unpaired surrogates too, with dangerous ones more often than chance gives them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        '\x1b[2J',
        '\x1b]0;title\x07',
        '\x9b31m',
        '\u202e',
        '\u2066',
        '\r',
        '\n',
        '\u2028',
        '\x7f',
        '\u{e0041}',
        '\ud800',
      ),
      fc.string({ unit: 'grapheme' }),
    ),
  )
  .map((parts) => parts.join(''));

describe('text on its way to a terminal', () => {
  it('never holds a control, an escape sequence, a bidi control or a line break', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(dangerous(escapeText(text))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays as it is where it is harmless', () => {
    const text = 'Čtyři – „uvozovky“ 新闻 خبر עברית 👩‍👩‍👧 e\u0301';
    expect(escapeText(text)).toBe(text);
  });

  it('shows what it escaped', () => {
    expect(escapeText('a\x1b[31mb\u202Ec\nd')).toBe('a\\x1b[31mb\\u202ec d');
  });

  it('stays the same JSON value, whatever the strings in it hold', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = JSON.stringify({ headline: text }, null, 2);
        const safe = escapeJson(json);
        expect(dangerous(safe.replaceAll('\n', ''))).toEqual([]);
        expect(JSON.parse(safe)).toEqual({ headline: text });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a line cut to the width of a terminal', () => {
  it('is never wider than asked', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 60 }), (text, columns) => {
        expect(columnsOf(truncate(escapeText(text), columns))).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts wide characters as two columns and never cuts one in half', () => {
    expect(columnsOf('新闻')).toBe(4);
    expect(truncate('新闻报道', 8)).toBe('新闻报道');
    expect(truncate('新闻报道', 7)).toBe('新闻报…');
    expect(truncate('新闻报道', 6)).toBe('新闻…');
    expect(truncate('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5)).toBe('👩‍👩‍👧👩‍👩‍👧…');
  });

  it('is filled up by columns, not by characters', () => {
    expect(pad('新', 4)).toBe('新  ');
    expect(pad('12', 4, 'right')).toBe('  12');
  });

  it('takes time in proportion to the width, not to the text', () => {
    expect(columnsOf(truncate('x'.repeat(20_000_000), 80))).toBe(80);
  });
});
