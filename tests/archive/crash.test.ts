/**
 * Processes killed, disks filled: what was committed stays, once. `TEARSHEET_KILLS` says how often to kill (default 30).
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { openReader } from '../../src/archive/reader.js';
import { type Problem, verifyArchive } from '../../src/archive/verify.js';
import { compileSources } from './compiled.js';
import { settingsWith, temporaryFolder } from './example.js';

const KILLS = Number(process.env.TEARSHEET_KILLS ?? 30);
const ARTICLES = 160;
const { folder: compiled, remove } = compileSources();
const WRITER = join(compiled, 'tests/archive/writer.js');
afterAll(remove);

async function problemsIn(directory: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const problem of verifyArchive(directory)) problems.push(problem);
  return problems;
}

function urlsIn(directory: string): string[] {
  return readdirSync(join(directory, 'records'))
    .flatMap((file) =>
      readFileSync(join(directory, 'records', file), 'utf8')
        .split('\n')
        .slice(0, -1),
    )
    .map((line) => (JSON.parse(line) as { url: string }).url);
}

/** Runs the writer and kills it after so long; returns what it said was committed, and whether it came to its end. */
function writeFor(directory: string, count: number, killAfterMs: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WRITER, directory, String(count)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaint = '';
    let timer: NodeJS.Timeout | undefined;
    child.stdout.on('data', (text) => {
      said += text;
    });
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.on('spawn', () => {
      timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0 || signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1));
      else reject(new Error(`the writer ended with ${code}: ${complaint}`));
    });
  });
}

describe('an archive whose writer is killed', () => {
  it(`verifies and holds each record once, after each of ${KILLS} kills at random instants`, {
    timeout: 60_000 + KILLS * 5000,
  }, async () => {
    let directory = temporaryFolder();
    const committed = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const said = await writeFor(directory, ARTICLES, 120 + Math.random() * 600);
      for (const url of said) if (url !== 'done') committed.add(url);
      const archive = await openArchive(directory, { settings: settingsWith() });
      // The first kills may come before there is anything.
      archive.state.exec('CREATE TABLE IF NOT EXISTS outcome (url TEXT PRIMARY KEY)');
      const rows = archive.state.prepare('SELECT url FROM outcome').all({}) as { url: string }[];
      const outcomes = rows.map(({ url }) => url);
      await archive.close();
      expect(await problemsIn(directory)).toEqual([]);
      const urls = urlsIn(directory);
      expect(new Set(urls).size).toBe(urls.length);
      expect(new Set(outcomes)).toEqual(new Set(urls));
      expect([...committed].filter((url) => !urls.includes(url))).toEqual([]);
      if (said.includes('done')) {
        expect(urls).toHaveLength(ARTICLES);
        directory = temporaryFolder();
        committed.clear();
      }
    }
    await writeFor(directory, ARTICLES, 60_000);
    expect(urlsIn(directory)).toHaveLength(ARTICLES);
    expect(await problemsIn(directory)).toEqual([]);
  });

  it('is free for the next writer at once', async () => {
    const directory = temporaryFolder();
    const child = spawn(process.execPath, [WRITER, directory, '100000'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const second = spawnSync(process.execPath, [WRITER, directory, '1'], { encoding: 'utf8' });
    expect(second.status).toBe(3);
    expect(second.stderr).toMatch(/^ArchiveLockedError: .*another run is writing to this archive/);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
    await (await openArchive(directory, { settings: settingsWith() })).close();
  });
});

describe('an archive that one process looks at again and again', () => {
  it('is seen as other processes have left it', { timeout: 120_000 }, async () => {
    const directory = temporaryFolder();
    for (let articles = 8; articles <= 80; articles += 8) {
      expect(spawnSync(process.execPath, [WRITER, directory, String(articles)]).status).toBe(0);
      expect(await problemsIn(directory)).toEqual([]);
      const reader = openReader(directory);
      expect(reader.counts().revisions).toBe(articles);
      reader.close();
    }
  });
});

/** A file system of a few hundred KiB, where this user may mount one; else why not. */
function smallDisk(): { folder: string; grow: () => void; unmount: () => void } | string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    return `no small file system can be mounted here: ${String((error as Error).message).split('\n')[0]}`;
  }
  return {
    folder,
    grow: () => void execFileSync('mount', ['-o', 'remount,size=50m', folder]),
    // Lazily: SQLite's descriptors in this process live until they are collected.
    unmount: () => void execFileSync('umount', ['-l', folder]),
  };
}

describe('an archive on a disk that fills up', () => {
  it('says so, tears nothing, and goes on when there is space', async ({ skip }) => {
    const disk = smallDisk();
    if (typeof disk === 'string') {
      console.log(`skipped: ${disk}`);
      return skip(disk);
    }
    try {
      const directory = join(disk.folder, 'news');
      const full = spawnSync(process.execPath, [WRITER, directory, '2000'], { encoding: 'utf8' });
      expect(full.status).toBe(3);
      expect(full.stderr).toMatch(/^ArchiveFullError: .*no space left/);
      const committed = full.stdout.split('\n').slice(0, -1);
      disk.grow();
      const again = spawnSync(process.execPath, [WRITER, directory, '300'], { encoding: 'utf8' });
      expect(again.stderr).toBe('');
      const urls = urlsIn(directory);
      expect(new Set(urls).size).toBe(urls.length);
      expect(committed.filter((url) => !urls.includes(url))).toEqual([]);
      expect(await problemsIn(directory)).toEqual([]);
    } finally {
      disk.unmount();
    }
  });
});
