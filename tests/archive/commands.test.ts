/** What the command says and how it ends where an archive is locked, full, or has lost its state. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { recordsOf, webOf } from '../crawl/crawling.js';
import { generateWeb } from '../support/generated-web.js';
import type { Web } from '../support/web.js';
import { archiveArticle, STARTED_MS, settingsWith, temporaryFolder } from './example.js';

const TEARSHEET = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));
const generated = generateWeb({ seed: 11, articles: 60, sites: 8, traps: false, splits: true });

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const tearsheet = (...args: string[]): Promise<Ended> => tearsheetIn({}, ...args);

function tearsheetIn(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [TEARSHEET, ...args], { env: { PATH: process.env.PATH, ...environment } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const crawl = (archive: string, web: Web, ...seeds: readonly string[]) =>
  tearsheet('crawl', '--quiet', '--delay', '0', '--proxy', web.proxy, '--archive', archive, ...seeds);

describe('an archive that another run writes to', () => {
  it('is refused with exit code 3, and says why', async () => {
    const web = await webOf(generated.sites, { latencyMs: 150 });
    const archive = join(temporaryFolder(), 'news');
    const first = crawl(archive, web, ...generated.seeds);
    while (web.log.length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await crawl(archive, web, ...generated.seeds);
    expect(second.code).toBe(3);
    expect(second.stderr).toMatch(/another run is writing to this archive/);
    expect((await tearsheet('verify', '--repair', archive)).code).toBe(3);
    expect((await first).code).toBe(0);
    expect((await tearsheet('verify', archive)).code).toBe(0);
  });
});

describe('an archive whose state.db is lost', () => {
  it('is refused by a crawl, made whole by verify --repair, and the next crawl is an update', async () => {
    const web = await webOf(generated.sites);
    const archive = join(temporaryFolder(), 'news');
    expect((await crawl(archive, web, ...generated.seeds)).code).toBe(0);
    const before = recordsOf(archive);
    for (const name of ['state.db', 'state.db.sha256']) rmSync(join(archive, name));

    const refused = await crawl(archive, web);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/state\.db is missing.*tearsheet verify --repair/s);
    const verified = await tearsheet('verify', '--json', archive);
    expect(verified.code).toBe(3);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      archive,
      records: before.length,
      problems: [{ file: 'state.db', problem: 'is missing' }],
    });
    const repaired = await tearsheet('verify', '--repair', archive);
    expect(repaired.code, repaired.stderr).toBe(0);
    expect(repaired.stderr).toMatch(/made anew from the other files: state\.db/);

    web.log.length = 0;
    expect((await crawl(archive, web)).code).toBe(0);
    // Nothing new, nothing twice; and no article was asked for again: none is due yet.
    expect(recordsOf(archive)).toEqual(before);
    const articles = new Set(before.map(({ url }) => url));
    expect(web.log.filter(({ host, path }) => articles.has(`http://${host}${path}`))).toEqual([]);
    expect((await tearsheet('verify', archive)).code).toBe(0);
  });
});

/** A disk of its own, or the test is skipped: who may not mount has to take the others' word. */
async function mounted(skip: (reason: string) => never, ...args: readonly string[]): Promise<string> {
  const disk = join(temporaryFolder(), 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', [...args, disk], { stdio: 'pipe' });
  } catch (error) {
    const reason = `no file system can be mounted here: ${String((error as Error).message).split('\n')[0]}`;
    console.log(`skipped: ${reason}`);
    return skip(reason);
  }
  return disk;
}

describe('a disk that fills up under a crawl', () => {
  it('ends it with exit code 1 and one line that says so; the same command goes on when there is space', async ({
    skip,
  }) => {
    const disk = await mounted(skip, '-t', 'tmpfs', '-o', 'size=700k', 'tmpfs');
    try {
      const web = await webOf(generated.sites);
      const archive = join(disk, 'news');
      const full = await crawl(archive, web, ...generated.seeds);
      expect(full.code, full.stderr).toBe(1);
      expect(full.stderr).toMatch(
        /^tearsheet: [^\n]*no space left to write to; all that was committed is safe[^\n]*\n$/,
      );
      execFileSync('mount', ['-o', 'remount,size=50m', disk]);
      expect((await tearsheet('verify', archive)).code).toBe(0);
      expect(await crawl(archive, web, ...generated.seeds)).toMatchObject({ code: 0, stderr: '' });
      const names = recordsOf(archive).map(({ url, revision }) => `${url} ${revision.number}`);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeGreaterThan(40);
      expect((await tearsheet('verify', archive)).code).toBe(0);
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});

describe('an archive on a disk that is full', () => {
  it.for(['closed', 'cut off'])('is read where its writer was %s, and no damage is told', async (end, { skip }) => {
    const folder = temporaryFolder();
    const archive = await openArchive(join(folder, 'news'), { settings: settingsWith() });
    archive.beginRun({ startedAtMs: STARTED_MS, settings: settingsWith() });
    for (const number of [1, 2, 3]) await archiveArticle(archive, `https://example.org/${number}`, `text ${number}`);
    if (end === 'closed') await archive.close();
    const disk = await mounted(skip, '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs');
    try {
      const copy = join(disk, 'news');
      cpSync(join(folder, 'news'), copy, { recursive: true, filter: (path) => !path.endsWith('-shm') });
      execFileSync('sh', ['-c', `cat /dev/zero > ${join(disk, 'fill')} 2>/dev/null || true`]);
      expect(await tearsheet('verify', copy)).toMatchObject({ code: 0, stdout: '' });
      expect((await tearsheet('export', copy)).stdout.split('\n')).toHaveLength(4);
      expect((await tearsheet('search', copy, 'headline')).stdout).toContain('https://example.org/3');
      expect(await tearsheet('history', copy)).toMatchObject({ code: 0 });
      expect((await tearsheet('verify', '--repair', copy)).stderr).not.toMatch(/Error/);
      for (const command of [
        ['reextract', copy],
        ['crawl', '--archive', copy, 'http://127.0.0.1:1/'],
      ])
        expect(await tearsheet(...command)).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(/^tearsheet: [^\n]*: no space left to write to[^\n]*\n$/),
        });
    } finally {
      await archive.close();
      execFileSync('umount', ['-l', disk]);
    }
  });
});

describe('a disk that is read-only', () => {
  it('is no place for an archive, and says so; one that is there already can be read', async ({ skip }) => {
    const web = await webOf(generated.sites);
    const archive = join(temporaryFolder(), 'news');
    await crawl(archive, web, ...generated.seeds);
    const disk = await mounted(skip, '--bind', archive);
    try {
      execFileSync('mount', ['-o', 'remount,bind,ro', disk]);
      for (const folder of [disk, join(disk, 'news')])
        expect(await crawl(folder, web, ...generated.seeds)).toMatchObject({
          code: 2,
          stderr: `tearsheet: ${folder}: cannot be written to: the file system is read-only; choose another folder, or make this one writable\n`,
        });
      expect(await tearsheet('verify', '--repair', disk)).toMatchObject({ code: 0 });
      expect((await tearsheet('verify', disk)).stderr).toMatch(/everything is as it was written/);
      const exported = await tearsheet('export', disk);
      expect(exported.code, exported.stderr).toBe(0);
      const ids = exported.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).id]));
      expect(ids.sort()).toEqual(
        recordsOf(archive)
          .map(({ id }) => id)
          .sort(),
      );
      expect(await tearsheet('history', disk)).toMatchObject({ code: 0 });
      const { headline } = recordsOf(archive)[0]!;
      const found = await tearsheet('search', disk, '--', JSON.stringify(headline));
      expect(found.code, found.stderr).toBe(0);
      expect(found.stdout).toContain(headline);
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});

describe('a copy on a read-only disk of an archive whose writer was cut off', () => {
  it('is read with what stands in the log of its state.db, though its index was not copied', async ({ skip }) => {
    const folder = temporaryFolder();
    const archive = await openArchive(join(folder, 'news'), { settings: settingsWith() });
    archive.beginRun({ startedAtMs: STARTED_MS, settings: settingsWith() });
    for (const number of [1, 2, 3]) await archiveArticle(archive, `https://example.org/${number}`, `text ${number}`);
    const copy = join(folder, 'copy');
    cpSync(join(folder, 'news'), copy, { recursive: true, filter: (path) => !path.endsWith('-shm') });
    await archive.close();
    expect(statSync(join(copy, 'state.db-wal')).size).toBeGreaterThan(0);
    const disk = await mounted(skip, '--bind', copy);
    try {
      execFileSync('mount', ['-o', 'remount,bind,ro', disk]);
      expect(await tearsheet('verify', disk)).toMatchObject({ code: 0, stdout: '' });
      expect((await tearsheet('export', disk)).stdout.split('\n').filter((line) => line !== '')).toHaveLength(3);
      expect((await tearsheet('search', disk, 'headline')).stdout).toContain('https://example.org/3');
      expect(await tearsheet('history', disk)).toMatchObject({ code: 0 });
      // Below a file nothing can be made; a folder that is missing would be made by the runtime, for its compiled code.
      const lost = await tearsheetIn({ TMPDIR: join(process.execPath, 'none') }, 'verify', disk);
      expect(lost).toMatchObject({ code: 2, stdout: '' });
      expect(lost.stderr).toMatch(
        /^tearsheet: [^\n]*state\.db: [^\n]*Copy the archive to where it can be written[^\n]*\n$/,
      );
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});

describe('verify --repair', () => {
  it('ends with 1 where parts had to be set aside, and with 0 from then on', async () => {
    const web = await webOf(generated.sites);
    const archive = join(temporaryFolder(), 'news');
    await crawl(archive, web, ...generated.seeds);
    const file = recordsOf(archive)[3]!.capture!.warc!;
    const path = join(archive, file.file);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes[file.offset + 40]! ^ 1, file.offset + 40);
    writeFileSync(path, bytes);
    const repaired = await tearsheet('verify', '--repair', archive);
    expect(repaired.code).toBe(1);
    expect(repaired.stderr).toMatch(/the original is kept as set-aside\/warc\//);
    expect((await tearsheet('verify', '--repair', archive)).code).toBe(0);
    expect((await crawl(archive, web)).code).toBe(0);
    expect((await tearsheet('verify', archive)).code).toBe(0);
  });
});
