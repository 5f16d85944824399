import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { openReader } from '../../src/archive/reader.js';
import { exportStream } from '../../src/export/formats.js';
import { settingsWith } from '../archive/example.js';
import { ARTICLES, exampleArchive, gather, linesOf, temporaryFolder } from './example.js';

async function parquetOf(directory: string, fields?: readonly string[]): Promise<ArrayBuffer> {
  const reader = openReader(directory);
  const bytes = await gather(exportStream(reader, 'parquet', { fields }));
  reader.close();
  return Uint8Array.from(bytes).buffer;
}

describe('export --format parquet', () => {
  it('keeps lists, structs, maps and moments as what they are', async () => {
    const rows = (await parquetReadObjects({ file: await parquetOf(await exampleArchive()) })) as Record<
      string,
      never
    >[];
    expect(rows).toHaveLength(ARTICLES.length + 1);
    expect(rows[0]).toMatchObject({
      type: 'NewsArticle',
      headline: 'Bridge stays open',
      author: [
        { type: 'Person', name: 'Renée Müller', url: null },
        { type: 'Person', name: 'Ian Low', url: 'https://news.example.org/low' },
      ],
      datePublished: new Date('2017-11-23T15:49:00Z'),
      datePublishedText: '2017-11-23T18:49:00+03:00',
      articleSection: ['Local', 'Traffic'],
      isAccessibleForFree: true,
      wordCount: 10n,
      capture: { fetchedAt: new Date('2026-11-23T21:00:00.123Z'), status: 200n },
      revision: { number: 1n },
      duplicateOf: null,
    });
    expect(rows[1]).toMatchObject({ datePublished: new Date('2018-01-05T00:00:00Z'), datePublishedText: '2018-01-05' });
    expect(rows[3]).toMatchObject({ headline: null, datePublished: null });
  });

  it('has every text of the archive, letter by letter', async () => {
    const directory = await exampleArchive();
    const rows = await parquetReadObjects({ file: await parquetOf(directory, ['articleBody', 'id']) });
    const records = linesOf(directory).map((line) => JSON.parse(line) as { articleBody: string; id: string });
    expect(rows).toEqual(records.map(({ articleBody, id }) => ({ articleBody, id })));
  });

  it('is a table without rows where there are no records', async () => {
    const directory = temporaryFolder();
    await (await openArchive(directory, { settings: settingsWith() })).close();
    const metadata = parquetMetadata(await parquetOf(directory));
    expect(metadata.num_rows).toBe(0n);
    expect(metadata.schema.length).toBeGreaterThan(50);
  });
});
