import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../src/archive/reader.js';
import { articleSchema } from '../../src/article-schema.js';
import { withoutControls } from '../../src/control-characters.js';
import { CSV_COLUMNS, csvCell } from '../../src/export/csv.js';
import { exportStream } from '../../src/export/formats.js';
import { ARTICLES, exampleArchive, gather, HARMFUL } from './example.js';

/** RFC 4180, read by the letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; !(text[at] === '"' && text[at + 1] !== '"'); at++) {
        cell += text[at];
        if (text[at] === '"') at++;
      }
      at++;
    } else while (at < text.length && text[at] !== ',' && !text.startsWith('\r\n', at)) cell += text[at++];
    rows.at(-1)!.push(cell);
    if (text[at] === ',') {
      at++;
      if (at === text.length || text.startsWith('\r\n', at)) rows.at(-1)!.push('');
    }
    if (text.startsWith('\r\n', at)) {
      at += 2;
      if (at < text.length) rows.push([]);
    }
  }
  return rows;
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\t', '\r', '\n', ' ', 'a', '＝', '\u200b') }),
);

describe('a CSV cell', () => {
  it('never begins a formula, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [[cell = ''] = []] = readCsv(csvCell(text));
        expect(cell).not.toMatch(/^[=+\-@\t\r\n|%＝＋－＠]/u);
        expect(cell.trimStart()).not.toMatch(/^[=+\-@]/);
      }),
    );
  });

  it('gives the text back when one apostrophe in front is taken away', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect((readCsv(csvCell(text))[0]?.[0] ?? '').replace(/^'/, '')).toBe(withoutControls(text));
      }),
    );
  });

  it('holds no control character but tab and line feed', () => {
    expect(csvCell('Plans \x1b[2J\x07 for\x9b31m the bridge')).toBe('Plans [2J for31m the bridge');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(csvCell(text)).not.toMatch(/[^\P{Cc}\t\n]/u);
      }),
    );
  });

  it('leaves numbers and truth values bare', () => {
    expect([csvCell(-5), csvCell(true), csvCell(null)]).toEqual(['-5', 'true', '']);
  });
});

describe('export --format csv', () => {
  it('has a column for every field of the record', () => {
    const fields = new Set(CSV_COLUMNS.map(({ field }) => field));
    const missing = Object.keys(articleSchema.shape).filter((field) => !fields.has(field as never));
    expect(missing).toEqual(['@context', 'isPartOf', 'source']);
  });

  it('gives a row a record, all as wide as the head', async () => {
    const reader = openReader(await exampleArchive());
    const rows = readCsv((await gather(exportStream(reader, 'csv'))).toString());
    const some = readCsv((await gather(exportStream(reader, 'csv', { fields: ['headline', 'author'] }))).toString());
    reader.close();
    expect(rows).toHaveLength(1 + ARTICLES.length + 1);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(some.slice(0, 3)).toEqual([
      ['headline', 'author'],
      ['Bridge stays open', 'Renée Müller; Ian Low'],
      [`'${HARMFUL}`, ''],
    ]);
  });
});
