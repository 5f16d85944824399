/**
 * Whole crawls and re-extractions, killed: the real commands over a web with edits, copies, traps and rotation. `TEARSHEET_KILLS` says how
 * often (default 6); a third of the kills come while a file is begun, the index is merged or the manifest is written.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../src/archive/reader.js';
import { type Problem, verifyArchive } from '../../src/archive/verify.js';
import type { CrawlSummary } from '../../src/events.js';
import { recordsOf, webOf } from '../crawl/crawling.js';
import { generateWeb } from '../support/generated-web.js';
import { judge } from '../support/judge.js';
import type { Web } from '../support/web.js';
import { temporaryFolder } from './example.js';

const KILLS = Number(process.env.TEARSHEET_KILLS ?? 6);
const TEARSHEET = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));
const web = generateWeb({ seed: 5, articles: 120, sites: 8, traps: false, splits: true });
// Small files: rotation is to be hit.
const SETTINGS = { warcBytes: 60_000, recordsBytes: 20_000, profilePages: 5 };

/** When to kill. */
type Moment = { readonly afterMs: number } | { readonly onFile: RegExp; readonly thenMs: number };

/** What `pinNames` has done, until the next run takes it. */
const EDITED = /^is not as the last run left it: edited since then/;

async function problemsIn(directory: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const found of verifyArchive(directory)) if (!EDITED.test(found.problem)) problems.push(found);
  return problems;
}

interface Ended {
  /** Null: killed. */
  readonly code: number | null;
  readonly said: string;
}

function crawlInto(archive: string, server: Web, moment?: Moment): Promise<Ended> {
  const config = `${archive}.config.json`;
  writeFileSync(config, JSON.stringify(SETTINGS));
  const manners = ['--delay', '0', '--config', config, '--proxy', server.proxy];
  return tearsheet(['crawl', '--quiet', ...manners, '--archive', archive, ...web.seeds], archive, moment);
}

function tearsheet(args: readonly string[], archive: string, moment?: Moment): Promise<Ended> {
  const child = spawn(process.execPath, [TEARSHEET, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH },
  });
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

/** Of what is committed: a kill in the middle of a write leaves half a line behind it, which the next opening cuts off. */
async function eachOnce(archive: string): Promise<void> {
  const names: string[] = [];
  const reader = openReader(archive);
  for await (const { article, number } of reader.records())
    names.push(`${article.canonicalUrl ?? article.url} ${number}`);
  reader.close();
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
}

/** Records with a text that no version of their article had: half of one whose pages were not all read. */
function inPart(archive: string): string[] {
  const texts = new Set(
    web.sites.flatMap(({ articles }) =>
      articles.flatMap(({ versions }) => versions.map(({ paragraphs }) => paragraphs.join('\n\n'))),
    ),
  );
  return recordsOf(archive).flatMap(({ url, articleBody = '' }) => (texts.has(articleBody) ? [] : [url]));
}

/** What the newest run says that it could not have. */
function failuresOf(archive: string): string {
  const newest = readdirSync(join(archive, 'runs')).sort().at(-1)!;
  const { summary } = JSON.parse(readFileSync(join(archive, 'runs', newest), 'utf8'));
  return JSON.stringify(summary?.perHost);
}

/** Another reading of every record: each site has the name that a person has pinned. */
function pinNames(archive: string, name: string): void {
  for (const file of readdirSync(join(archive, 'sites')).filter((each) => each.endsWith('.json'))) {
    const path = join(archive, 'sites', file);
    const profile = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...profile, pinned: { name } }));
  }
}

/** Captures whose newest record was read otherwise than with this name. */
function notReadAgain(archive: string, name: string): string[] {
  const newest = new Map(
    recordsOf(archive).map(({ capture, publisher }) => [JSON.stringify(capture!.warc), publisher?.name]),
  );
  return [...newest].flatMap(([capture, publisher]) => (publisher === name ? [] : [capture]));
}

describe('a crawl or a re-extraction that is killed', () => {
  it(`leaves an archive that verifies, and is completed by the next run, after each of ${KILLS} kills`, {
    timeout: 60_000 + KILLS * 30_000,
  }, async () => {
    const server = await webOf(web.sites);
    let archive = join(temporaryFolder(), 'news');
    let [day, kills, readAgainKills, completed, names] = [1, 0, 0, 0, 0];
    const complete = async () => {
      const { code, said } = await crawlInto(archive, server);
      expect([code, said], failuresOf(archive)).toEqual([0, '']);
      completed++;
      expect(await problemsIn(archive)).toEqual([]);
      await eachOnce(archive);
      expect(inPart(archive)).toEqual([]);
      const truth = judge({ web, day, records: recordsOf(archive), log: [], summary: NO_SUMMARY, delayMs: 0 });
      expect({ missed: truth.missed, wrong: truth.wrong, duplicates: truth.duplicates }).toEqual({
        missed: [],
        wrong: [],
        duplicates: [],
      });
    };
    const isWhole = async ({ code, said }: Ended) => {
      expect([null, 0], said).toContain(code);
      if (code === null) kills++;
      if (!existsSync(join(archive, 'state.db'))) return;
      expect(await problemsIn(archive)).toEqual([]);
      await eachOnce(archive);
    };
    const readAgain = async () => {
      const name = `Name ${++names}`;
      pinNames(archive, name);
      for (let code: number | null = null; code === null; ) {
        // As often as crawls: it would be killed again and again until it is done.
        const moment = Math.random() < 0.6 ? randomMoment() : undefined;
        const ended = await tearsheet(['reextract', '--quiet', archive], archive, moment);
        await isWhole(ended);
        code = ended.code;
        if (code === null) readAgainKills++;
      }
      expect(notReadAgain(archive, name)).toEqual([]);
    };
    try {
      while (kills < KILLS) {
        const ended = await crawlInto(archive, server, randomMoment());
        await isWhole(ended);
        // Two days in one archive, then a new one.
        if (ended.code === null && Math.random() < 0.7) continue;
        await complete();
        if (Math.random() < 0.5) await readAgain();
        if (day === 2) {
          rmSync(archive, { recursive: true });
          archive = join(temporaryFolder(), 'news');
        }
        day = server.day = day === 1 ? 2 : 1;
      }
      await complete();
    } finally {
      console.log(`${kills} kills, ${readAgainKills} of them of re-extractions; ${completed} completed crawls`);
    }
  });
});

/** The verdict on records alone needs none. */
const NO_SUMMARY = { leads: 0, outcomes: {} } as CrawlSummary;
