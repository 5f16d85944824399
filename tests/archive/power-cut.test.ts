/**
 * The power fails at random instants of a recorded run. `TEARSHEET_CUTS` says how often (default 120). The run is
 * interrupted in its middle, so that recovery is cut as well.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { type Problem, verifyArchive } from '../../src/archive/verify.js';
import { randomFrom } from '../support/prose.js';
import { compileSources } from './compiled.js';
import { cutPower } from './disk.js';
import { settingsWith, temporaryFolder } from './example.js';
import type { Change } from './recorder.js';

const CUTS = Number(process.env.TEARSHEET_CUTS ?? 120);
const ARTICLES = 40;
const { folder: compiled, remove } = compileSources();
afterAll(remove);

/** What two processes did: one that is killed after so many changes, and one that goes on. */
function record(dieAt: number, how: Record<string, string> = {}): Change[] {
  const work = temporaryFolder();
  const log = join(work, 'changes.jsonl');
  const root = join(work, 'news');
  mkdirSync(root);
  const run = (extra: Record<string, string>) =>
    spawnSync(
      process.execPath,
      [
        '--import',
        join(compiled, 'tests/archive/recorder.js'),
        join(compiled, 'tests/archive/writer.js'),
        root,
        String(ARTICLES),
      ],
      { encoding: 'utf8', env: { PATH: process.env.PATH, RECORD_ROOT: root, RECORD_LOG: log, ...extra } },
    );
  expect(run({ DIE_AT: String(dieAt), ...how }).signal).toBe('SIGKILL');
  const { status, stderr } = run({});
  expect([status, stderr]).toEqual([0, '']);
  return readFileSync(log, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Change);
}

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

describe('an archive whose machine loses power', () => {
  it(`opens, verifies and holds what was committed, once, after each of ${CUTS} cuts`, {
    timeout: 60_000 + CUTS * 5000,
  }, async () => {
    const seed = Date.now() % 100_000;
    const random = randomFrom(seed);
    const changes = record(60 + Math.floor(random() * 60));
    let opened = 0;
    for (let cut = 0; cut < CUTS; cut++) {
      const at = Math.floor(random() * (changes.length + 1));
      const told = `seed ${seed}, cut ${cut} at change ${at} of ${changes.length}`;
      const directory = temporaryFolder();
      cutPower(changes, at, directory, random);
      const said = changes.slice(0, at).flatMap((change) => (change.op === 'said' ? change.text.trim() : []));
      const archive = await openArchive(directory, { settings: settingsWith() }).catch((error: unknown) => {
        throw new Error(`${told}: ${(error as Error).message}`, { cause: error });
      });
      archive.state.exec('CREATE TABLE IF NOT EXISTS outcome (url TEXT PRIMARY KEY)');
      const outcomes = (archive.state.prepare('SELECT url FROM outcome').all({}) as { url: string }[]).map(
        ({ url }) => url,
      );
      await archive.close();
      opened++;
      expect(await problemsIn(directory), told).toEqual([]);
      const urls = urlsIn(directory);
      expect(new Set(urls).size, told).toBe(urls.length);
      expect(new Set(outcomes), told).toEqual(new Set(urls));
      expect(
        said.filter((url) => url !== 'done' && !urls.includes(url)),
        told,
      ).toEqual([]);
      if (cut % 10 === 0) {
        const { status, stderr } = spawnSync(
          process.execPath,
          [join(compiled, 'tests/archive/writer.js'), directory, String(ARTICLES)],
          { encoding: 'utf8' },
        );
        expect([status, stderr], told).toEqual([0, '']);
        expect(urlsIn(directory), told).toHaveLength(ARTICLES);
        expect(await problemsIn(directory), told).toEqual([]);
      }
      // A thousand archives at once are too much for the disk, and for the tidying up afterwards.
      rmSync(directory, { recursive: true });
    }
    expect(opened).toBe(CUTS);
  });

  it('rests on no commit that only the memory of the machine holds: each cut after one whose writer died', {
    timeout: 60_000,
  }, async () => {
    const isUnsynced = (change: Change) => change.op === 'sqlite' && change.unsynced === true;
    const changes = record(60, { DIE_IN: 'sqlite' });
    const first = changes.findIndex(isUnsynced);
    expect(first).toBeGreaterThan(0);
    for (let at = first + 1; at <= first + 40; at++) {
      const directory = temporaryFolder();
      // Nothing that was not synced is kept.
      cutPower(changes, at, directory, () => 0.99);
      const archive = await openArchive(directory, { settings: settingsWith() });
      await archive.close();
      expect(await problemsIn(directory), `change ${at} of ${changes.length}`).toEqual([]);
      rmSync(directory, { recursive: true });
    }
  });

  it('loses records where nothing is synced: the disk of these tests does forget', () => {
    const changes = record(100).filter(({ op }) => op !== 'begin' && op !== 'end');
    const directory = temporaryFolder();
    cutPower(changes, changes.length, directory, () => 0);
    expect(existsSync(join(directory, 'records')) ? urlsIn(directory) : []).toEqual([]);
  });
});
