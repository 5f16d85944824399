/** What a record was made of and stands in no capture: kept as WARC metadata, found again, proven, and told when lost. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKeptProfile, readWitness } from '../../src/archive/annex.js';
import { openArchive } from '../../src/archive/archive.js';
import { openReader } from '../../src/archive/reader.js';
import { repairArchive } from '../../src/archive/repair.js';
import { Replay } from '../../src/archive/replay.js';
import { verifyArchive } from '../../src/archive/verify.js';
import { readWarc, type WarcRecord } from '../../src/archive/warc-read.js';
import type { Witness } from '../../src/lead.js';
import { profileDigest } from '../../src/site/profile.js';
import { readProfile } from '../../src/site/profile-schema.js';
import { page, recordOf, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from './example.js';

const settings = settingsWith();
const URL_1 = 'https://example.org/bridge';
const WITNESS: Witness = {
  source: 'feed',
  foundOn: 'https://example.org/feed.xml',
  title: 'Bridge  stays: open\u2028“today” ',
  datePublished: '2026-11-23T21:00:00Z',
  content: '<p>first\r\n\r\nsecond: line</p>',
};
const PROFILE = readProfile({
  ...{ schema: 'tearsheet-profile/1', site: 'example.org', pages: 2, seen: [] },
  names: { 'The Örgän: daily\r\n': 2 },
});

async function archiveWith(profiles: readonly (typeof PROFILE)[] = [PROFILE]): Promise<string> {
  const directory = temporaryFolder();
  const archive = await openArchive(directory, { settings });
  for (const [index, profile] of profiles.entries()) {
    archive.beginRun({ startedAtMs: STARTED_MS + index * 1000, settings });
    archive.writeSite('example.org', profile);
    const kept = await archive.keep(page(URL_1, `<p>edition ${index}</p>`), { witness: WITNESS });
    const record = recordOf(archive, URL_1, { headline: `Edition ${index}`, articleBody: 'text' }, kept);
    await archive.commit({
      records: [{ ...record, article: { ...record.article, siteProfile: profileDigest(profile) } }],
    });
    await archive.seal(SUMMARY);
  }
  await archive.close();
  return directory;
}

async function recordsIn(directory: string): Promise<WarcRecord[]> {
  const records: WarcRecord[] = [];
  for (const file of readdirSync(join(directory, 'warc')).sort())
    for await (const record of readWarc(join(directory, 'warc', file))) records.push(record);
  return records;
}

async function problemsIn(directory: string): Promise<string[]> {
  const problems: string[] = [];
  for await (const { file, problem } of verifyArchive(directory)) problems.push(`${file} ${problem}`);
  return problems;
}

describe('a lead’s words', () => {
  it('stand right behind the capture, character by character', async () => {
    const directory = await archiveWith();
    const types = (await recordsIn(directory)).map(({ type }) => type);
    expect(types).toEqual(['warcinfo', 'metadata', 'response', 'metadata', 'request']);
    const reader = openReader(directory);
    const [record] = await reader.article(URL_1);
    reader.close();
    const replay = new Replay(directory);
    const beside = await replay.next(record!.article.capture!.warc!);
    await replay.close();
    expect(readWitness(beside!)).toEqual(WITNESS);
    expect(beside!.block.toString()).toContain('via: https://example.org/feed.xml\r\n');
  });

  it('are found however long the text of a feed is', async () => {
    const directory = temporaryFolder();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS, settings });
    const content = Array.from({ length: 30_000 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex')).join(
      ' ',
    );
    const { pointer } = await archive.keep(page(URL_1, '<p>text</p>'), { witness: { ...WITNESS, content } });
    await archive.keep(page(`${URL_1}-2`, '<p>text 2</p>'));
    await archive.seal(SUMMARY);
    await archive.close();
    const replay = new Replay(directory);
    expect(readWitness((await replay.next(pointer!))!)?.content).toBe(content);
    await replay.close();
  });

  it('are not kept of a page that wants no copy', async () => {
    const directory = temporaryFolder();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS, settings });
    await archive.keep(page(URL_1, '<p>secret</p>'), { witness: WITNESS, withhold: 'noarchive' });
    await archive.seal(SUMMARY);
    await archive.close();
    expect((await recordsIn(directory)).map(({ type }) => type)).toEqual(['warcinfo', 'metadata', 'request']);
  });
});

describe('an applied site profile', () => {
  it('is kept once for all runs that apply it, under the digest that records name', async () => {
    const directory = await archiveWith([PROFILE, PROFILE]);
    const kept = (await recordsIn(directory)).flatMap((record) => readKeptProfile(record) ?? []);
    expect(kept).toEqual([{ digest: profileDigest(PROFILE), json: JSON.stringify(PROFILE) }]);
    expect(await problemsIn(directory)).toEqual([]);
  });

  it('is there after the next run has learned more', async () => {
    const later = { ...PROFILE, pages: 3 };
    const directory = await archiveWith([PROFILE, later]);
    const reader = openReader(directory);
    const replay = new Replay(directory);
    for (const profile of [PROFILE, later]) {
      const record = await replay.record(reader.profilePlace(profileDigest(profile))!);
      expect(JSON.parse(readKeptProfile(record!)!.json)).toEqual(profile);
    }
    await replay.close();
    reader.close();
  });

  it('is missed by verify, and told as lost by a repair', async () => {
    const directory = await archiveWith();
    const path = join(directory, 'warc', readdirSync(join(directory, 'warc'))[0]!);
    const bytes = readFileSync(path);
    const state = openReader(directory);
    const { offset } = state.profilePlace(profileDigest(PROFILE))!;
    state.close();
    bytes.writeUInt8(bytes[offset + 40]! ^ 1, offset + 40);
    writeFileSync(path, bytes);
    expect(await problemsIn(directory)).toContainEqual(
      expect.stringMatching(/^records\/.* its site profile sha256:[0-9a-f]{64} is in no WARC file$/),
    );
    expect((await repairArchive(directory)).left).toEqual([]);
    const [manifest] = readdirSync(join(directory, 'runs')).sort().slice(-1);
    expect(JSON.parse(readFileSync(join(directory, 'runs', manifest!), 'utf8')).repair.profilesLost).toEqual([
      profileDigest(PROFILE),
    ]);
    expect(await problemsIn(directory)).toEqual([]);
  });

  it('is found again when state.db is made anew', async () => {
    const directory = await archiveWith();
    for (const file of ['state.db', 'state.db.sha256']) rmSync(join(directory, file));
    await repairArchive(directory);
    const reader = openReader(directory);
    expect(reader.profilePlace(profileDigest(PROFILE))).toMatchObject({ file: expect.stringMatching(/^warc\//) });
    reader.close();
  });
});
