/** A small archive to export: two sites, two runs, an edited article, and texts that mean harm. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Archive, openArchive } from '../../src/archive/archive.js';
import type { ArticleFields } from '../../src/article.js';
import { page, recordOf, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from '../archive/example.js';

export { temporaryFolder } from '../archive/example.js';

export const HARMFUL = '=HYPERLINK("http://evil.example/"; "click")';

export const ARTICLES: readonly (readonly [url: string, fields: ArticleFields])[] = [
  [
    'https://news.example.org/2017/11/bridge',
    {
      headline: 'Bridge stays open',
      author: [
        { '@type': 'Person', name: 'Renée Müller' },
        { '@type': 'Person', name: 'Ian Low', url: 'https://news.example.org/low' },
      ],
      datePublished: '2017-11-23T18:49:00+03:00',
      articleSection: ['Local', 'Traffic'],
      inLanguage: 'en',
      articleBody: 'The bridge stays open.\n\nSo said the mayor, “for all”.',
      articleHtml: '<p>The <strong>bridge</strong> stays open.</p><p>So said the mayor, “for all”.</p>',
      image: [{ url: 'https://news.example.org/b.jpg', caption: 'The bridge' }],
      isAccessibleForFree: true,
      wordCount: 10,
    },
  ],
  [
    'https://news.example.org/2018/01/formula',
    {
      headline: HARMFUL,
      datePublished: '2018-01-05',
      articleBody: '- 5 degrees\n\n# no heading\n\n1. no list',
      articleHtml:
        '<p onclick="x()">- 5 degrees<script>alert(1)</script></p><h2># no <em>heading </em></h2><img src=x onerror=x()><p>1. no list</p>',
      inLanguage: 'en',
    },
  ],
  [
    'https://paper.example.jp/a',
    {
      headline: '図書館に新しい本',
      author: [{ '@type': 'Person', name: '山田太郎' }],
      datePublished: '2018-02',
      articleBody: '市立図書館に新しい本が届いた。\u001b[31m',
      inLanguage: 'ja',
    },
  ],
  ['https://paper.example.jp/con', { articleBody: 'No headline and no date.' }],
];

export const EDITED: ArticleFields = { ...ARTICLES[0]![1], headline: 'Bridge stays open until spring' };

export async function exampleArchive(): Promise<string> {
  const directory = temporaryFolder();
  const settings = settingsWith();
  const archive = await openArchive(directory, { settings });
  archive.beginRun({ startedAtMs: STARTED_MS, settings });
  for (const [url, fields] of ARTICLES) await put(archive, url, fields);
  await archive.seal(SUMMARY);
  archive.beginRun({ startedAtMs: STARTED_MS + 86_400_000, settings });
  await put(archive, ARTICLES[0]![0], EDITED);
  await archive.seal(SUMMARY);
  await archive.close();
  return directory;
}

export async function put(archive: Archive, url: string, fields: ArticleFields): Promise<void> {
  const kept = await archive.keep(page(url, `<h1>${fields.headline}</h1>${fields.articleHtml ?? fields.articleBody}`));
  await archive.commit({ records: [recordOf(archive, url, fields, kept)] });
}

/** The archive's own lines, in the order in which they were written. */
export function linesOf(directory: string): string[] {
  return readdirSync(join(directory, 'records'))
    .sort()
    .flatMap((file) =>
      readFileSync(join(directory, 'records', file), 'utf8')
        .trimEnd()
        .split('\n'),
    );
}

export async function gather(chunks: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(parts);
}
