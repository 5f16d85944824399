/**
 * Pages and what is to be read of them: fixtures/pages/NAME.html beside NAME.expected.json, one pair a case. A new page
 * is a new case. The expected files are written anew, for review as a diff, by
 *
 *     UPDATE_GOLDEN=1 npx vitest run tests/extract/golden.test.ts
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { extract } from '../../src/extract.js';

const PAGES = fileURLToPath(new URL('../../fixtures/pages/', import.meta.url));
const names = readdirSync(PAGES)
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.slice(0, -5));

/** What a person can check by looking at the page; figures and digests of the whole are left out. */
const SHOWN = [
  '@type',
  'outcome',
  'reason',
  'headline',
  'description',
  'author',
  'datePublished',
  'articleSection',
  'inLanguage',
  'image',
  'video',
  'liveBlogUpdate',
  'isAccessibleForFree',
  'wordCount',
] as const;

it.each(names)('reads of %s what a reader sees', async (name) => {
  const path = name.startsWith('not-') ? `/${name.slice(4)}/` : `/news/${name}-bakery-at-the-old-bridge-2024`;
  const record: Record<string, unknown> = {
    ...(await extract(readFileSync(`${PAGES}${name}.html`), {
      url: `https://paper.example${path}`,
      fetchedAt: '2024-06-10T12:00:00Z',
    })),
  };
  const isOther = record.outcome !== undefined;
  const read = {
    ...Object.fromEntries(
      SHOWN.filter((key) => record[key] !== undefined && !(isOther && key === 'wordCount')).map((key) => [
        key,
        record[key],
      ]),
    ),
    // A page that is no article has no body to compare, and what little text of it was taken for one says nothing.
    ...(!isOther && { articleBody: String(record.articleBody ?? '').split('\n\n') }),
  };
  const file = `${PAGES}${name}.expected.json`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(read, null, 2)}\n`);
  expect(existsSync(file), `${file} is missing: write it, or run with UPDATE_GOLDEN=1 and review`).toBe(true);
  expect(read).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
