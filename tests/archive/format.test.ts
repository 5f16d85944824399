/** Archives of earlier formats, kept in fixtures/archives, stay readable and can be written to. */

import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { openReader } from '../../src/archive/reader.js';
import { verifyArchive } from '../../src/archive/verify.js';
import { articleKey } from '../../src/article-key.js';
import { stepsOf } from '../../src/history/changes.js';
import { SearchIndex } from '../../src/search/search.js';
import { openState } from '../../src/state.js';
import { run } from '../cli/running.js';
import { archiveArticle, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from './example.js';

const KEPT = fileURLToPath(new URL('../../fixtures/archives/', import.meta.url));
const formats = readdirSync(KEPT).filter((name) => name.startsWith('format-'));

function copyOf(name: string): string {
  const directory = join(temporaryFolder(), name);
  cpSync(join(KEPT, name), directory, { recursive: true });
  return directory;
}

async function problemsOf(directory: string): Promise<string[]> {
  const problems: string[] = [];
  for await (const { file, problem } of verifyArchive(directory)) problems.push(`${file} ${problem}`);
  return problems;
}

/** File → sha256. */
function digestsOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

describe.each(formats)('an archive of %s', (name) => {
  it('is read, searched and compared', async () => {
    const reader = openReader(copyOf(name));
    const headlines: (string | undefined)[] = [];
    for await (const { article } of reader.records()) headlines.push(article.headline);
    expect(headlines).toEqual(['Bridge stays open', 'Ferry sails on Sundays', 'Bridge stays open until spring']);
    expect(stepsOf(await reader.article('https://example.org/bridge'))).toMatchObject([
      { changes: [{ field: 'headline', addedWords: 2 }] },
    ]);
    const index = await SearchIndex.open(reader);
    for await (const { record } of index.search('spring')) expect(record.number).toBe(2);
    index.close();
    reader.close();
  });

  it('verifies before and after it was read, also where state.db is sealed', async () => {
    const directory = copyOf(name);
    const digest = createHash('sha256')
      .update(readFileSync(join(directory, 'state.db')))
      .digest('hex');
    writeFileSync(join(directory, 'state.db.sha256'), `${digest}  state.db\n`);
    openReader(directory).close();
    expect(await problemsOf(directory)).toEqual([]);
    expect(await problemsOf(directory)).toEqual([]);
    const sealed = copyOf(name);
    writeFileSync(join(sealed, 'state.db.sha256'), `${digest}  state.db\n`);
    expect(await problemsOf(sealed)).toEqual([]);
    expect(await problemsOf(sealed)).toEqual([]);
  });

  it('is read, searched and verified without a change of what was there', async () => {
    const directory = copyOf(name);
    const before = digestsOf(directory);
    for (const command of [['export'], ['history'], ['search'], ['reextract', '--dry-run'], ['verify']])
      expect(
        await run([command[0]!, directory, ...command.slice(1), ...(command[0] === 'search' ? ['bridge'] : [])]),
      ).toMatchObject({ code: 0 });
    expect(digestsOf(directory)).toMatchObject(before);
  });

  it('takes another run', async () => {
    const directory = copyOf(name);
    const settings = settingsWith();
    const archive = await openArchive(directory, { settings });
    expect(archive.known(articleKey('https://example.org/bridge'))?.number).toBe(2);
    archive.beginRun({ startedAtMs: STARTED_MS + 3e8, settings });
    await archiveArticle(archive, 'https://example.org/bridge', 'A third edition.');
    await archive.seal(SUMMARY);
    await archive.close();
    expect(await problemsOf(directory)).toEqual([]);
    const reader = openReader(directory);
    expect((await reader.article('https://example.org/bridge')).map(({ number }) => number)).toEqual([1, 2, 3]);
    reader.close();
  });
});

describe('an archive of a newer tearsheet', () => {
  it('is refused with a clear message, and not changed', async () => {
    const directory = copyOf(formats.at(-1)!);
    const state = openState(join(directory, 'state.db'));
    state.exec("UPDATE room SET version = 99 WHERE name = 'archive'; PRAGMA wal_checkpoint(TRUNCATE)");
    state.close();
    const before = digestsOf(directory);
    for (const command of ['export', 'history'])
      expect(await run([command, directory])).toMatchObject({
        code: 3,
        stdout: '',
        stderr: expect.stringMatching(/version 99.*use a newer tearsheet\n$/),
      });
    expect(digestsOf(directory)).toMatchObject(before);
  });
});
