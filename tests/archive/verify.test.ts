import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { type Problem, verifyArchive } from '../../src/archive/verify.js';
import { archiveArticle, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from './example.js';

const settings = settingsWith();

async function sealedArchive(): Promise<string> {
  const directory = temporaryFolder();
  const archive = await openArchive(directory, { settings });
  for (const number of [1, 2]) {
    archive.beginRun({ startedAtMs: STARTED_MS + number * 1000, settings });
    await archiveArticle(archive, `https://example.org/${number}`, `body ${number}`);
    await archiveArticle(archive, 'https://example.org/edited', `edition ${number}`);
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

  it('finds any one flipped bit in records, captures, index and manifests', async () => {
    const directory = await sealedArchive();
    const all = [
      ...['records', 'warc', 'runs'].flatMap((folder) => files(directory, folder)),
      join(directory, 'index.cdxj'),
    ];
    for (const file of all) {
      const whole = readFileSync(file);
      for (const share of [0.03, 0.4, 0.97]) {
        const bytes = Buffer.from(whole);
        const at = Math.floor(bytes.length * share);
        bytes.writeUInt8(bytes[at]! ^ 1, at);
        writeFileSync(file, bytes);
        const { problems } = await verify(directory);
        expect(problems.length, `${file} at ${at}`).toBeGreaterThan(0);
      }
      writeFileSync(file, whole);
    }
    expect((await verify(directory)).problems).toEqual([]);
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
