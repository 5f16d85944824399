import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { repairArchive } from '../../src/archive/repair.js';
import { type Problem, verifyArchive } from '../../src/archive/verify.js';
import { readWarc } from '../../src/archive/warc-read.js';
import type { Article } from '../../src/article.js';
import { articleKey } from '../../src/article-key.js';
import { archiveArticle, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from './example.js';

const settings = settingsWith();

/** Two runs; one article with two revisions; `sites` and settings. */
async function sealedArchive(): Promise<string> {
  const directory = temporaryFolder();
  const archive = await openArchive(directory, { settings });
  for (const number of [1, 2]) {
    archive.beginRun({ startedAtMs: STARTED_MS + number * 1000, settings });
    for (const name of ['one', 'two', 'three'])
      await archiveArticle(archive, `https://example.org/${name}-${number}`, `body ${name} ${number} `.repeat(30));
    await archiveArticle(archive, 'https://example.org/edited', `edition ${number} `.repeat(30));
    archive.writeSite('example.org', { site: 'example.org', number });
    await archive.seal(SUMMARY);
  }
  await archive.close();
  return directory;
}

async function problemsIn(directory: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const problem of verifyArchive(directory)) problems.push(problem);
  return problems;
}

function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^lock\.db|-(?:wal|shm)$/.test(entry.name))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

function recordsIn(directory: string): Article[] {
  return readdirSync(join(directory, 'records'))
    .sort()
    .flatMap((file) => readFileSync(join(directory, 'records', file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Article);
}

function damage(path: string, share: number): void {
  const bytes = readFileSync(path);
  const at = Math.min(bytes.length - 1, Math.floor(bytes.length * share));
  bytes.writeUInt8(bytes[at]! ^ 4, at);
  writeFileSync(path, bytes);
}

function newest(directory: string, folder: string): string {
  return join(directory, folder, readdirSync(join(directory, folder)).sort().at(-1)!);
}

describe('repairArchive', () => {
  it('leaves a whole archive as it is', async () => {
    const directory = await sealedArchive();
    const before = filesOf(directory).map((file) => readFileSync(join(directory, file)).toString('base64'));
    expect(await repairArchive(directory)).toEqual({ problems: 0, rebuilt: [], setAside: [], left: [] });
    expect(filesOf(directory).map((file) => readFileSync(join(directory, file)).toString('base64'))).toEqual(before);
  });

  it('makes state.db anew: every revision is known again, and the next run goes on from there', async () => {
    const directory = await sealedArchive();
    const open = () => openArchive(directory, { settings });
    const look = async () => {
      const archive = await open();
      const seen = recordsIn(directory).map(({ url }) => archive.revisions(articleKey(url)));
      await archive.close();
      return seen;
    };
    const before = await look();
    rmSync(join(directory, 'state.db'));
    await expect(open()).rejects.toThrow(/verify --repair/);
    const repaired = await repairArchive(directory);
    expect(repaired).toMatchObject({ rebuilt: ['state.db'], setAside: [], left: [] });
    expect(await look()).toEqual(before);

    const archive = await open();
    archive.beginRun({ startedAtMs: STARTED_MS + 60_000, settings });
    await archiveArticle(archive, 'https://example.org/edited', 'edition 3 '.repeat(30));
    await archive.seal(SUMMARY);
    await archive.close();
    expect(recordsIn(directory).at(-1)!.revision).toMatchObject({ number: 3, changed: ['articleBody'] });
    expect(await problemsIn(directory)).toEqual([]);
  });

  it('mends any one flipped bit: the archive verifies, whole records stay, and originals are kept', async () => {
    const pristine = await sealedArchive();
    const all = filesOf(pristine);
    const before = recordsIn(pristine);
    const flip = fc.record({
      file: fc.constantFrom(...all),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bit: fc.nat(7),
    });
    await fc.assert(
      fc.asyncProperty(flip, async ({ file, at, bit }) => {
        const directory = copyOf(pristine);
        const path = join(directory, file);
        const bytes = readFileSync(path);
        const place = Math.min(bytes.length - 1, Math.floor(bytes.length * at));
        bytes.writeUInt8(bytes[place]! ^ (1 << bit), place);
        writeFileSync(path, bytes);
        const { left, setAside } = await repairArchive(directory);
        expect(left).toEqual([]);
        expect(await problemsIn(directory)).toEqual([]);
        const after = recordsIn(directory);
        const ids = after.map(({ id }) => id);
        // One line may be gone; every other one is there, in its order.
        const missing = before.filter(({ id }) => !ids.includes(id));
        expect(missing.length).toBeLessThanOrEqual(file.startsWith('records/') ? 1 : 0);
        expect(ids).toEqual(before.filter((record) => !missing.includes(record)).map(({ id }) => id));
        if (missing.length > 0) expect(setAside).toContain(`set-aside/${file}`);
        for (const kept of setAside) expect(existsSync(join(directory, kept)), kept).toBe(true);
        await (await openArchive(directory, { settings })).close();
      }),
      { numRuns: 40 },
    );
  }, 300_000);

  it('puts a notice of the same length in the place of a damaged capture', async () => {
    const directory = await sealedArchive();
    const path = newest(directory, 'warc');
    const size = readFileSync(path).length;
    damage(path, 0.5);
    const { left, setAside } = await repairArchive(directory);
    expect(left).toEqual([]);
    expect(setAside).toEqual([`set-aside/${relative(directory, path)}`, 'set-aside/state.db']);
    expect(readFileSync(path).length).toBe(size);
    const notices: string[] = [];
    for await (const { type, block } of readWarc(path))
      if (type === 'metadata' && !block.includes('siteProfile')) notices.push(block.toString());
    expect(notices).toEqual([
      expect.stringMatching(/^damaged: \d+ bytes from \d+ on; what was there: set-aside\/warc\//),
    ]);
    // The article whose proof is gone is still there.
    expect(recordsIn(directory)).toHaveLength(8);
  });

  it.each(['damaged', 'missing'])('makes a site profile anew that is %s, as it was applied last', async (how) => {
    const directory = await sealedArchive();
    const path = join(directory, 'sites/example.org.json');
    const before = readFileSync(path, 'utf8');
    if (how === 'missing') rmSync(path);
    else writeFileSync(path, before.slice(2));
    const { left, rebuilt, setAside } = await repairArchive(directory);
    expect(left).toEqual([]);
    expect(rebuilt).toEqual(['sites/example.org.json']);
    expect(setAside).toEqual(how === 'missing' ? [] : ['set-aside/sites/example.org.json']);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('takes nothing away where an older state.db was put back', async () => {
    const directory = await sealedArchive();
    const older = ['state.db', 'state.db.sha256'].map((file) => [file, readFileSync(join(directory, file))] as const);
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS + 9000, settings });
    await archiveArticle(archive, 'https://example.org/later', 'later '.repeat(30));
    await archive.seal(SUMMARY);
    await archive.close();
    const before = recordsIn(directory);
    for (const [file, bytes] of older) writeFileSync(join(directory, file), bytes);
    await expect(openArchive(directory, { settings })).rejects.toThrow(/names records\/.*state\.db does not know/);
    expect(recordsIn(directory)).toEqual(before);
    const { left, rebuilt, setAside } = await repairArchive(directory);
    expect({ left, rebuilt, setAside }).toEqual({ left: [], rebuilt: ['state.db'], setAside: ['set-aside/state.db'] });
    expect(recordsIn(directory)).toEqual(before);
  });

  it('cuts nothing back where state.db was put back as it was in the middle of a run', async () => {
    const directory = await sealedArchive();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS + 9000, settings });
    await archiveArticle(archive, 'https://example.org/early', 'early '.repeat(30));
    archive.state.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const older = readFileSync(join(directory, 'state.db'));
    await archiveArticle(archive, 'https://example.org/late', 'late '.repeat(30));
    await archive.seal(SUMMARY);
    await archive.close();
    const before = recordsIn(directory);
    writeFileSync(join(directory, 'state.db'), older);
    rmSync(join(directory, 'state.db.sha256'));
    await expect(openArchive(directory, { settings })).rejects.toThrow(/was sealed with/);
    expect((await repairArchive(directory)).left).toEqual([]);
    expect(recordsIn(directory)).toEqual(before);
  });

  it('goes on where files are missing altogether', async () => {
    const directory = await sealedArchive();
    rmSync(newest(directory, 'warc'));
    rmSync(newest(directory, 'runs'));
    const { left } = await repairArchive(directory);
    expect(left).toEqual([]);
    const records = recordsIn(directory);
    expect(records).toHaveLength(8);
    expect(records.filter(({ capture }) => capture?.warc)).toHaveLength(4);
    rmSync(newest(directory, 'records'));
    expect((await repairArchive(directory)).left).toEqual([]);
    expect(recordsIn(directory)).toHaveLength(4);
    expect(await problemsIn(directory)).toEqual([]);
  });

  it('seals an interrupted run whose state.db is lost with it', async () => {
    const directory = await sealedArchive();
    const archive = await openArchive(directory, { settings });
    const run = archive.beginRun({ startedAtMs: STARTED_MS + 9000, settings });
    await archiveArticle(archive, 'https://example.org/last', 'the last one '.repeat(30));
    await archive.close();
    for (const name of ['state.db', 'state.db.sha256']) rmSync(join(directory, name));
    writeFileSync(join(directory, `records/${run}-00001.jsonl`), '{"torn', { flag: 'a' });
    writeFileSync(join(directory, `warc/${run}-00001.warc.gz`), 'torn', { flag: 'a' });
    expect((await repairArchive(directory)).left).toEqual([]);
    expect(recordsIn(directory).at(-1)!.url).toBe('https://example.org/last');
    expect(readFileSync(join(directory, `set-aside/records/${run}-00001.jsonl`), 'utf8')).toMatch(/\{"torn$/);
  });

  it('takes edited settings as they are', async () => {
    const directory = await sealedArchive();
    writeFileSync(join(directory, 'tearsheet.json'), '{ "delayMs": 5 }');
    expect(await repairArchive(directory)).toMatchObject({ problems: 1, rebuilt: [], setAside: [], left: [] });
  });

  it('can be repeated after it was cut off, and repairs what was repaired before', async () => {
    const directory = await sealedArchive();
    writeFileSync(join(directory, 'state.db.rebuilt'), 'half of a database');
    for (const share of [0.3, 0.6]) {
      damage(newest(directory, 'warc'), share);
      damage(newest(directory, 'records'), share);
      damage(join(directory, 'index.cdxj'), share);
      expect((await repairArchive(directory)).left).toEqual([]);
    }
    expect(filesOf(directory)).not.toContain('state.db.rebuilt');
  });
});

function copyOf(directory: string): string {
  const copy = temporaryFolder();
  for (const file of filesOf(directory)) cpSync(join(directory, file), join(copy, file));
  return copy;
}
