import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { type Problem, verifyArchive } from '../../src/archive/verify.js';
import { openState } from '../../src/state.js';
import { archiveArticle, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from './example.js';

const settings = settingsWith();

async function sealedArchive(): Promise<string> {
  const directory = temporaryFolder();
  const archive = await openArchive(directory, { settings });
  for (const number of [1, 2]) {
    archive.beginRun({ startedAtMs: STARTED_MS + number * 1000, settings });
    await archiveArticle(archive, `https://example.org/${number}`, `body ${number}`);
    await archiveArticle(archive, 'https://example.org/edited', `edition ${number}`);
    archive.writeSite('example.org', { site: 'example.org', number });
    await archive.seal(SUMMARY);
  }
  await archive.close();
  return directory;
}

async function verify(directory: string) {
  const problems: Problem[] = [];
  const run = verifyArchive(directory);
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { problems, counts: value };
    problems.push(value);
  }
}

/** All that an archive holds, but the lock. */
function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'lock.db')
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((file) => !/-(?:wal|shm)$/.test(file))
    .sort();
}

/** As if somebody had written to it by other means, with the seal renewed. */
function alterState(directory: string, sql: string): void {
  const db = openState(join(directory, 'state.db'));
  db.exec(sql);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  rmSync(join(directory, 'state.db.sha256'));
}

function files(directory: string, folder: string): string[] {
  return readdirSync(join(directory, folder))
    .sort()
    .map((file) => join(directory, folder, file));
}

describe('verifyArchive', () => {
  it('finds nothing wrong with a whole archive, and counts what it read', async () => {
    const { problems, counts } = await verify(await sealedArchive());
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ runs: 2, records: 4, captures: 4, problems: 0 });
  });

  it('finds nothing wrong with an archive that is being written to', async () => {
    const directory = await sealedArchive();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS + 9000, settings });
    await archiveArticle(archive, 'https://example.org/3', 'body 3');
    expect((await verify(directory)).problems).toEqual([]);
    await archive.close();
  });

  it('finds any one flipped bit, in whatever file it is', async () => {
    const directory = await sealedArchive();
    const all = filesOf(directory);
    expect(all).toContain('state.db');
    expect(all).toContain('sites/example.org.json');
    const flip = fc.record({
      file: fc.constantFrom(...all),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bit: fc.nat(7),
    });
    await fc.assert(
      fc.asyncProperty(flip, async ({ file, at, bit }) => {
        const path = join(directory, file);
        const whole = readFileSync(path);
        const bytes = Buffer.from(whole);
        const place = Math.min(bytes.length - 1, Math.floor(bytes.length * at));
        bytes.writeUInt8(bytes[place]! ^ (1 << bit), place);
        writeFileSync(path, bytes);
        const { problems } = await verify(directory);
        writeFileSync(path, whole);
        expect(problems.length, `${file}, bit ${bit} of byte ${place}`).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
    expect((await verify(directory)).problems).toEqual([]);
  });

  it('changes nothing, not even in state.db', async () => {
    const directory = await sealedArchive();
    const before = filesOf(directory).map((file) => readFileSync(join(directory, file)).toString('base64'));
    await verify(directory);
    expect(filesOf(directory).map((file) => readFileSync(join(directory, file)).toString('base64'))).toEqual(before);
  });

  it('finds nothing wrong where the writer was killed, or killed while it wrote a manifest', async () => {
    const directory = await sealedArchive();
    const archive = await openArchive(directory, { settings });
    const run = archive.beginRun({ startedAtMs: STARTED_MS + 9000, settings });
    await archiveArticle(archive, 'https://example.org/3', 'body 3');
    appendFileSync(join(directory, `records/${run}-00001.jsonl`), '{"torn');
    writeFileSync(join(directory, `warc/${run}-00002.warc.gz`), 'torn');
    writeFileSync(join(directory, `runs/${run}.json.new`), '{');
    expect((await verify(directory)).problems).toEqual([]);
    await archive.close();
  });

  it.each([
    ['a missing file', (directory: string) => rmSync(files(directory, 'warc')[0]!), /warc\.gz is missing/],
    [
      'a file of no run',
      (directory: string) => writeFileSync(join(directory, 'warc/other.warc.gz'), ''),
      /belongs to no run/,
    ],
    [
      'an added line',
      (directory: string) => appendFileSync(files(directory, 'records')[0]!, '{}\n'),
      /was sealed with/,
    ],
    ['a lost manifest', (directory: string) => rmSync(files(directory, 'runs')[0]!), /no manifest|has none|is missing/],
    [
      'captures that changed places',
      (directory: string) => {
        const [one, two] = files(directory, 'warc');
        renameSync(one!, `${one}.x`);
        renameSync(two!, one!);
        renameSync(`${one}.x`, two!);
      },
      /sha256 differs|was sealed with/,
    ],
    [
      'a record that state.db does not know',
      (directory: string) => alterState(directory, 'DELETE FROM revision WHERE number = 2'),
      /jsonl.*state\.db does not know this record/,
    ],
    [
      'a row that leads to another record',
      (directory: string) => alterState(directory, "UPDATE revision SET id = 'sha256:0' WHERE number = 2"),
      /state\.db the record of .* is not at records/,
    ],
    [
      'a capture that the index does not lead to',
      (directory: string) => {
        const path = join(directory, 'index.cdxj');
        writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(1).join('\n'));
      },
      /index\.cdxj lacks the capture/,
    ],
    [
      'settings that were edited since the last run',
      (directory: string) => writeFileSync(join(directory, 'tearsheet.json'), '{ "delayMs": 5 }'),
      /tearsheet\.json is not as the last run left it/,
    ],
    [
      'a state.db that is none',
      (directory: string) => writeFileSync(join(directory, 'state.db'), 'x'.repeat(5000)),
      /state\.db is damaged/,
    ],
  ])('finds %s', async (_, damage, expected) => {
    const directory = await sealedArchive();
    damage(directory);
    const { problems } = await verify(directory);
    expect(problems.map(({ file, problem }) => `${file} ${problem}`).join('\n')).toMatch(expected);
  });
});
