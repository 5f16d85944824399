import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { type ArchiveReader, openReader } from '../../src/archive/reader.js';
import { EXPORTS } from '../../src/cli/program.js';
import { EXPORT_FORMATS, exportStream } from '../../src/export/formats.js';
import type { SelectionInput } from '../../src/selection.js';
import { STARTED_MS, settingsWith } from '../archive/example.js';
import { ARTICLES, exampleArchive, gather, linesOf, put, temporaryFolder } from './example.js';

let directory: string;
let reader: ArchiveReader;
beforeEach(async () => {
  directory = await exampleArchive();
  reader = openReader(directory);
});
afterEach(() => reader.close());

async function headlines(selection: SelectionInput): Promise<unknown[]> {
  const text = (await gather(exportStream(reader, 'jsonl', { selection }))).toString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { headline?: string }).headline?.slice(0, 11));
}

describe('export', () => {
  it('knows the formats that the help names', () => {
    expect(EXPORTS).toEqual(Object.keys(EXPORT_FORMATS));
  });

  it('gives JSONL as the very lines of the archive', async () => {
    expect((await gather(exportStream(reader, 'jsonl'))).toString()).toBe(`${linesOf(directory).join('\n')}\n`);
  });

  it('gives the chosen fields alone, in the order in which they were chosen', async () => {
    const text = (await gather(exportStream(reader, 'jsonl', { fields: ['wordCount', 'headline'] }))).toString();
    expect(text.split('\n')[0]).toBe('{"wordCount":10,"headline":"Bridge stays open"}');
  });

  it.each<[SelectionInput, unknown[]]>([
    [{ latest: true }, ['=HYPERLINK(', '図書館に新しい本', undefined, 'Bridge stay']],
    [{ since: '2018' }, ['=HYPERLINK(', '図書館に新しい本']],
    [{ since: '2018-01-06' }, ['図書館に新しい本']],
    [{ until: '2018-01' }, ['Bridge stay', '=HYPERLINK(', 'Bridge stay']],
    [{ site: ['example.jp'] }, ['図書館に新しい本', undefined]],
    [{ site: ['ample.jp'] }, []],
    [{ site: ['paper.example.jp'] }, ['図書館に新しい本', undefined]],
    [{ author: ['muller'] }, ['Bridge stay', 'Bridge stay']],
    [{ author: ['山田'] }, ['図書館に新しい本']],
    [{ section: ['traffic'], latest: true }, ['Bridge stay']],
    [{ section: ['raffic'] }, []],
  ])('keeps to a selection: %j', async (selection, expected) => {
    expect(await headlines(selection)).toEqual(expected);
  });

  it('reads an archive that is being written to as far as it is committed', async () => {
    const settings = settingsWith();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS + 2 * 86_400_000, settings });
    await put(archive, 'https://news.example.org/new', { headline: 'New story', articleBody: 'x' });
    expect(await headlines({ latest: true })).toContain('New story');
    await archive.close();
  });

  it('tells of a damaged record, passes it over, and gives all others', async () => {
    const lines = linesOf(directory);
    const file = join(directory, 'records', '20261123T210000Z-00001.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"headline":"図', '"headline";"図'));
    const damages: string[] = [];
    const other = openReader(directory, ({ problem }) => damages.push(problem));
    const got = (await gather(exportStream(other, 'jsonl'))).toString();
    other.close();
    expect(damages).toEqual(['the record is no JSON']);
    expect(got).toBe(`${lines.filter((line) => !line.includes('図')).join('\n')}\n`);
    await expect(gather(exportStream(reader, 'jsonl'))).rejects.toThrow(/at byte \d+: the record is no JSON/);
  });

  it('says where there is no archive', () => {
    expect(() => openReader(temporaryFolder())).toThrow(/there is no archive here/);
  });

  it('finds an article under any spelling of its URL', async () => {
    const [url] = ARTICLES[0]!;
    expect((await reader.article(`${url}?utm_source=x#top`)).map(({ number }) => number)).toEqual([1, 2]);
    expect(await reader.article('https://news.example.org/none')).toEqual([]);
  });
});
