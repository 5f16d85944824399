import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { type ArchiveReader, openReader } from '../../src/archive/reader.js';
import { SearchIndex, type SearchOptions } from '../../src/search/search.js';
import { snippetOf } from '../../src/search/snippet.js';
import { STARTED_MS, SUMMARY, settingsWith } from '../archive/example.js';
import { run } from '../cli/running.js';
import { exampleArchive, put } from '../export/example.js';

let directory: string;
let reader: ArchiveReader;
beforeEach(async () => {
  directory = await exampleArchive();
  reader = openReader(directory);
});
afterEach(() => reader.close());

async function find(query: string, options: SearchOptions = {}): Promise<(string | undefined)[]> {
  const index = await SearchIndex.open(reader);
  const found: (string | undefined)[] = [];
  for await (const { record } of index.search(query, options)) found.push(record.article.headline?.slice(0, 11));
  index.close();
  return found;
}

describe('search', () => {
  it.each<[string, (string | undefined)[]]>([
    ['mayor', ['Bridge stay']],
    ['MAYOR bridge', ['Bridge stay']],
    ['mayor degrees', []],
    ['mayor OR degrees', ['=HYPERLINK(', 'Bridge stay']],
    ['muller', ['Bridge stay']],
    ['"stays open"', ['Bridge stay']],
    ['"open stays"', []],
    ['brid*', ['Bridge stay']],
    ['brid', []],
    ['open -mayor', []],
    ['図書館', ['図書館に新しい本']],
    ['書館', ['図書館に新しい本']],
    ['本', ['図書館に新しい本']],
    ['館図', []],
    ['traffic', ['Bridge stay']],
    ['headline', [undefined]],
  ])('finds %s', async (query, expected) => {
    expect((await find(query)).sort()).toEqual([...expected].sort());
  });

  it('never takes a query for a syntax error', async () => {
    const index = await SearchIndex.open(reader);
    const part = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('"', 'OR', 'AND', 'NOT', '-', '*', '(', 'NEAR(', ':', '本', '^a', ' '),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        for await (const hit of index.search(parts.join(''))) expect(hit.score).toBeGreaterThan(-1);
      }),
    );
    index.close();
  });

  it('looks in the newest revision, and in old ones where asked', async () => {
    expect(await find('spring')).toEqual(['Bridge stay']);
    expect(await find('mayor', { allRevisions: true })).toHaveLength(2);
    expect(await find('mayor', { allRevisions: true, limit: 1 })).toHaveLength(1);
  });

  it('keeps to a selection', async () => {
    expect(await find('mayor', { selection: { since: '2018' } })).toEqual([]);
    expect(await find('mayor', { selection: { site: ['example.org'], until: '2017' } })).toHaveLength(1);
  });

  it('takes up what was committed since, and starts anew where the index does not fit', async () => {
    expect(await find('zeppelin')).toEqual([]);
    const settings = settingsWith();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS + 3e8, settings });
    await put(archive, 'https://news.example.org/z', { headline: 'Zeppelin', articleBody: 'x' });
    await archive.seal(SUMMARY);
    await archive.close();
    expect(await find('zeppelin')).toEqual(['Zeppelin']);
    expect(existsSync(join(directory, 'search.db'))).toBe(true);
    // The index of another archive, put here.
    const other = await exampleArchive();
    reader.close();
    reader = openReader(other);
    copyFileSync(join(directory, 'search.db'), join(other, 'search.db'));
    expect(await find('zeppelin')).toEqual([]);
    expect(await find('mayor')).toHaveLength(1);
  });

  it('makes an index anew that is damaged', async () => {
    writeFileSync(join(directory, 'search.db'), 'x'.repeat(5000));
    expect(await find('mayor')).toHaveLength(1);
  });

  it('shows the passage with most of the words, marked', () => {
    const text = `${'far away '.repeat(60)}The Old Bridge is shut. ${'more '.repeat(100)} bridge`;
    const parts = snippetOf(text, ['bridge', 'old']);
    expect(parts.filter(({ isHit }) => isHit).map((part) => part.text)).toEqual(['Old', 'Bridge']);
    expect(parts.map((part) => part.text).join('').length).toBeLessThan(240);
    expect(snippetOf('Café crème', ['cafe'])[0]).toEqual({ text: 'Café', isHit: true });
  });

  it('is refused where no word is wanted', async () => {
    for (const words of ['-mayor', '!', '-'])
      expect(await run(['search', directory, '--', words])).toMatchObject({
        code: 2,
        stderr: 'tearsheet: search: name at least one word to look for\n',
      });
  });

  it('is a command that gives JSON lines, and the archive still verifies', async () => {
    const { stdout, code } = await run(['search', directory, 'mayor', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      headline: 'Bridge stays open until spring',
      revision: 2,
      hits: ['mayor'],
    });
    expect(await run(['search', directory, 'nowhere'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('nothing found'),
    });
    expect(await run(['search', directory, '--', '-'])).toMatchObject({ code: 2 });
    expect(await run(['verify', directory])).toMatchObject({ code: 0 });
  });
});
