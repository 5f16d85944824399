/**
 * Whole crawls, killed: the real command over a web with edits, copies, traps and rotation. `TEARSHEET_KILLS` says how
 * often (default 6); a third of the kills come while a file is begun, the index is merged or the manifest is written.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CrawlSummary } from '../../src/events.js';
import { recordsOf, webOf } from '../crawl/crawling.js';
import { generateWeb } from '../support/generated-web.js';
import { judge } from '../support/judge.js';
import type { Web } from '../support/web.js';
import { temporaryFolder } from './example.js';

const KILLS = Number(process.env.TEARSHEET_KILLS ?? 6);
const TEARSHEET = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));
const web = generateWeb({ seed: 5, articles: 120, sites: 8, traps: false });
// Small files: rotation is to be hit.
const SETTINGS = { warcBytes: 60_000, recordsBytes: 20_000, profilePages: 5 };

/** When to kill. */
type Moment = { readonly afterMs: number } | { readonly onFile: RegExp; readonly thenMs: number };

/**
 * By the command, in a process of its own: SQLite in this one would keep its view of a `state.db` that other processes
 * write and close meanwhile, for as long as a statement of an earlier look waits for the garbage collector.
 */
function problemsIn(directory: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [TEARSHEET, 'verify', '--json', directory], (error, stdout) => {
      try {
        resolve(JSON.parse(stdout).problems);
      } catch {
        reject(error ?? new Error(`no report: ${stdout}`));
      }
    });
  });
}

function crawlInto(archive: string, server: Web, moment?: Moment): Promise<{ code: number | null; said: string }> {
  const config = `${archive}.config.json`;
  writeFileSync(config, JSON.stringify(SETTINGS));
  const child = spawn(
    process.execPath,
    [
      TEARSHEET,
      'crawl',
      '--quiet',
      '--delay',
      '0',
      '--config',
      config,
      '--proxy',
      server.proxy,
      '--archive',
      archive,
      ...web.seeds,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH } },
  );
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const kill = () => child.kill('SIGKILL');
  let timer: NodeJS.Timeout | undefined;
  const watchers: { close(): void }[] = [];
  if (moment && 'afterMs' in moment) timer = setTimeout(kill, moment.afterMs);
  else if (moment)
    for (const folder of ['', 'runs', 'warc', 'records'])
      if (existsSync(join(archive, folder)))
        watchers.push(
          watch(join(archive, folder), (_, name) => {
            if (name !== null && moment.onFile.test(name)) timer ??= setTimeout(kill, moment.thenMs);
          }),
        );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      resolve({ code, said });
    });
  });
}

function randomMoment(): Moment {
  const thenMs = Math.random() * 10;
  const dice = Math.random();
  if (dice < 0.12) return { onFile: /^index\.cdxj/, thenMs };
  if (dice < 0.22) return { onFile: /\.json/, thenMs };
  if (dice < 0.34) return { onFile: /-0000[2-9]\./, thenMs };
  return { afterMs: 100 + Math.random() * 3000 };
}

function eachOnce(archive: string): void {
  const names = recordsOf(archive).map(
    ({ url, canonicalUrl, revision }) => `${canonicalUrl ?? url} ${revision.number}`,
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
}

describe('a crawl that is killed', () => {
  it(`leaves an archive that verifies, and is completed by the next run, after each of ${KILLS} kills`, {
    timeout: 3_600_000,
  }, async () => {
    const server = await webOf(web.sites);
    let archive = join(temporaryFolder(), 'news');
    let [day, kills, completed] = [1, 0, 0];
    const complete = async () => {
      const { code, said } = await crawlInto(archive, server);
      expect([code, said]).toEqual([0, '']);
      completed++;
      expect(await problemsIn(archive)).toEqual([]);
      eachOnce(archive);
      const truth = judge({ web, day, records: recordsOf(archive), log: [], summary: NO_SUMMARY, delayMs: 0 });
      expect({ missed: truth.missed, wrong: truth.wrong, duplicates: truth.duplicates }).toEqual({
        missed: [],
        wrong: [],
        duplicates: [],
      });
    };
    while (kills < KILLS) {
      const { code, said } = await crawlInto(archive, server, randomMoment());
      expect([null, 0], said).toContain(code);
      if (code === null) kills++;
      if (existsSync(join(archive, 'state.db'))) expect(await problemsIn(archive)).toEqual([]);
      if (existsSync(join(archive, 'records'))) eachOnce(archive);
      // Two days in one archive, then a new one.
      if (code === null && Math.random() < 0.7) continue;
      await complete();
      if (day === 2) {
        rmSync(archive, { recursive: true });
        archive = join(temporaryFolder(), 'news');
      }
      day = server.day = day === 1 ? 2 : 1;
    }
    await complete();
    console.log(`${kills} kills, ${completed} completed runs between them`);
  });
});

/** The verdict on records alone needs none. */
const NO_SUMMARY = { leads: 0, outcomes: {} } as CrawlSummary;
