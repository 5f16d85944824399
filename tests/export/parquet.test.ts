import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { openArchive } from '../../src/archive/archive.js';
import { openReader } from '../../src/archive/reader.js';
import type { Article } from '../../src/article.js';
import { articleSchema } from '../../src/article-schema.js';
import { type ExportSource, exportStream } from '../../src/export/formats.js';
import { exportParquet } from '../../src/export/parquet.js';
import { settingsWith } from '../archive/example.js';
import { ARTICLES, exampleArchive, gather, linesOf, temporaryFolder } from './example.js';

async function parquetOf(directory: string, fields?: readonly string[]): Promise<ArrayBuffer> {
  const reader = openReader(directory);
  const bytes = await gather(exportStream(reader, 'parquet', { fields }));
  reader.close();
  return Uint8Array.from(bytes).buffer;
}

/** A value with all that the schema allows in it; of several forms the first. */
function sampleOf(schema: z.core.$ZodType, name = ''): unknown {
  const definition = (schema as z.core.$ZodTypes)._zod.def;
  switch (definition.type) {
    case 'optional':
    case 'nullable':
      return sampleOf(definition.innerType, name);
    case 'object':
      return Object.fromEntries(Object.entries(definition.shape).map(([key, value]) => [key, sampleOf(value, key)]));
    case 'record':
      return { headline: sampleOf(definition.valueType as z.core.$ZodType) };
    case 'array':
      return [sampleOf(definition.element)];
    case 'union':
      return sampleOf(definition.options[0]!, name);
    case 'enum':
      return Object.values(definition.entries)[0];
    case 'literal':
      return definition.values[0];
    case 'number':
      return 7;
    case 'boolean':
      return true;
    default:
      return /^(?:date|fetchedAt)/.test(name) ? '2017-11-23T18:49:00+03:00' : 'text';
  }
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

  it('has a place for all that the schema allows', async () => {
    const article = sampleOf(articleSchema) as Article;
    const bytes = await gather(
      exportParquet({
        async *records() {
          yield { article, line: JSON.stringify(article) };
        },
      } as unknown as ExportSource),
    );
    const [row] = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
    expect(row).toMatchObject({
      headline: 'text',
      isAccessibleForFree: true,
      capture: {
        parts: [{ url: 'text', bytes: 7n, whole: true, warc: { offset: 7n } }],
        missingParts: [{ url: 'text' }],
      },
    });
    expect(Object.entries(row!).filter(([, value]) => value === null || value === undefined)).toEqual([]);
  });

  it('is a table without rows where there are no records', async () => {
    const directory = temporaryFolder();
    await (await openArchive(directory, { settings: settingsWith() })).close();
    const metadata = parquetMetadata(await parquetOf(directory));
    expect(metadata.num_rows).toBe(0n);
    expect(metadata.schema.length).toBeGreaterThan(50);
  });
});
