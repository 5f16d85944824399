import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  ArchiveDamagedError,
  ArchiveLockedError,
  ArchiveSettingsError,
  openArchive,
  openScratch,
} from '../../src/archive/archive.js';
import { articleKey } from '../../src/article-key.js';
import {
  archiveArticle,
  exchange,
  hop,
  page,
  recordOf,
  STARTED_MS,
  SUMMARY,
  settingsWith,
  temporaryFolder,
} from './example.js';

const settings = settingsWith();
const URL_A = 'https://example.org/a';
const KEY_A = articleKey(URL_A);
const URL_B = 'https://example.org/b';
const LONG_TEXT = Array.from({ length: 80 }, (_, index) => `word${index}`).join(' ');

function lines(directory: string): Record<string, unknown>[] {
  return readdirSync(join(directory, 'records'))
    .sort()
    .flatMap((file) =>
      readFileSync(join(directory, 'records', file), 'utf8')
        .split('\n')
        .slice(0, -1),
    )
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function warcText(directory: string): string {
  return readdirSync(join(directory, 'warc'))
    .sort()
    .map((file) => gunzipSync(readFileSync(join(directory, 'warc', file))).toString('latin1'))
    .join('');
}

async function begun(directory: string, changes = {}) {
  const chosen = settingsWith(changes);
  const archive = await openArchive(directory, { settings: chosen });
  const run = archive.beginRun({ startedAtMs: STARTED_MS, settings: chosen });
  return { archive, run };
}

describe('an archive', () => {
  it('lays out its files by run, and names every file of a run in a sealed manifest', async () => {
    const directory = temporaryFolder();
    const { archive, run } = await begun(directory);
    expect(run).toBe('20261123T210000Z');
    await archiveArticle(archive, URL_A, 'text');
    const manifest = await archive.seal(SUMMARY);
    await archive.close();
    expect(manifest?.files.map(({ file }) => file)).toEqual([
      'records/20261123T210000Z-00001.jsonl',
      'warc/20261123T210000Z-00001.warc.gz',
    ]);
    expect(JSON.parse(readFileSync(join(directory, 'runs', `${run}.json`), 'utf8'))).toEqual(manifest);
    expect(readFileSync(join(directory, 'index.cdxj'), 'utf8')).toMatch(/^org,example\)\/a 20261123210000 \{"url":/);
    expect(JSON.parse(readFileSync(join(directory, 'tearsheet.json'), 'utf8'))).toEqual({
      seeds: ['https://example.org/'],
    });
  });

  it('points from a record to the gzip member of its capture', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    await archiveArticle(archive, URL_A, 'first');
    await archiveArticle(archive, URL_B, 'second');
    await archive.close();
    const { warc } = lines(directory)[1]!.capture as { warc: { file: string; offset: number; length: number } };
    const member = readFileSync(join(directory, warc.file)).subarray(warc.offset, warc.offset + warc.length);
    const text = gunzipSync(member).toString();
    expect(text).toContain('WARC-Type: response');
    expect(text).toContain(`WARC-Target-URI: ${URL_B}`);
    expect(text).toMatch(/\r\n\r\n<p>second<\/p>\r\n\r\n$/);
  });

  it('runs what is to happen within the commit in the same transaction as the ledger', async () => {
    const { archive } = await begun(temporaryFolder());
    archive.state.exec('CREATE TABLE outcome (url TEXT)');
    await archiveArticle(archive, URL_A, 'text', () => archive.state.exec(`INSERT INTO outcome VALUES ('a')`));
    expect(archive.state.prepare('SELECT url FROM outcome').all({})).toEqual([{ url: 'a' }]);
    const failing = archiveArticle(archive, URL_B, 'text', () => {
      archive.state.exec(`INSERT INTO outcome VALUES ('b')`);
      throw new Error('cannot settle');
    });
    await expect(failing).rejects.toThrow('cannot settle');
    expect(archive.state.prepare('SELECT url FROM outcome').all({})).toEqual([{ url: 'a' }]);
    await expect(archive.commit({})).rejects.toThrow('cannot settle');
    await archive.close();
  });

  it('cuts back what was not committed, and seals the interrupted run on the next opening', async () => {
    const directory = temporaryFolder();
    const { archive, run } = await begun(directory);
    await archiveArticle(archive, URL_A, 'text');
    await archive.close();
    appendFileSync(join(directory, `records/${run}-00001.jsonl`), '{"torn');
    appendFileSync(join(directory, `warc/${run}-00001.warc.gz`), 'torn');
    writeFileSync(join(directory, `warc/${run}-00002.warc.gz`), 'torn');
    writeFileSync(join(directory, 'warc/foreign.warc.gz'), 'somebody put this here');

    const again = await openArchive(directory, { settings });
    expect(again.recovery).toEqual({
      cut: [
        { file: `records/${run}-00001.jsonl`, bytes: 6 },
        { file: `warc/${run}-00001.warc.gz`, bytes: 4 },
        { file: `warc/${run}-00002.warc.gz`, bytes: 4 },
      ],
      setAside: ['warc/foreign.warc.gz'],
      sealed: [run],
    });
    await again.close();
    expect(lines(directory)).toHaveLength(1);
    expect(readFileSync(join(directory, 'set-aside/warc/foreign.warc.gz'), 'utf8')).toBe('somebody put this here');
    const manifest = JSON.parse(readFileSync(join(directory, 'runs', `${run}.json`), 'utf8'));
    expect(manifest).toMatchObject({ interrupted: true, records: 1 });
    expect(existsSync(join(directory, 'index.cdxj'))).toBe(true);
  });

  it('refuses to go on where committed bytes are missing', async () => {
    const directory = temporaryFolder();
    const { archive, run } = await begun(directory);
    await archiveArticle(archive, URL_A, 'text');
    await archive.close();
    truncateSync(join(directory, `records/${run}-00001.jsonl`), 5);
    await expect(openArchive(directory, { settings })).rejects.toThrow(ArchiveDamagedError);
  });

  it('is not taken for a new archive where state.db is lost', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    await archiveArticle(archive, URL_A, 'text');
    await archive.close();
    rmSync(join(directory, 'state.db'));
    await expect(openArchive(directory, { settings })).rejects.toThrow(ArchiveDamagedError);
    expect(lines(directory)).toHaveLength(1);
  });

  it('refuses a second writer, also in the same process, until the first one closes', async () => {
    const directory = temporaryFolder();
    const first = await openArchive(directory, { settings });
    await expect(openArchive(directory, { settings })).rejects.toThrow(ArchiveLockedError);
    await first.close();
    await (await openArchive(directory, { settings })).close();
  });

  it('keeps the settings that a person edited, and says which key is wrong', async () => {
    const directory = temporaryFolder();
    await (await openArchive(directory, { settings })).close();
    const edited = '{ "seeds": ["https://example.org/news"], "delayMs": 5000 }';
    writeFileSync(join(directory, 'tearsheet.json'), edited);
    await (await openArchive(directory, { settings })).close();
    expect(readFileSync(join(directory, 'tearsheet.json'), 'utf8')).toBe(edited);
    writeFileSync(join(directory, 'tearsheet.json'), '{ "delayMs": "soon" }');
    await expect(openArchive(directory, { settings })).rejects.toThrow(ArchiveSettingsError);
    await expect(openArchive(directory, { settings })).rejects.toThrow(/tearsheet\.json: delayMs: /);
  });

  it('sees a revision that is still on its way to the disk', async () => {
    const { archive } = await begun(temporaryFolder());
    const first = archive.commit({ records: [recordOf(archive, URL_A, { articleBody: 'one' })] });
    const second = recordOf(archive, URL_A, { articleBody: 'two' });
    expect(second.revision).toMatchObject({ kind: 'revised', number: 2 });
    await Promise.all([first, archive.commit({ records: [second] })]);
    expect(archive.revisions(KEY_A).map(({ number }) => number)).toEqual([1, 2]);
    expect(archive.known(KEY_A)).toMatchObject({ number: 2, id: second.revision.id });
    await archive.close();
  });

  it('finds exact and near copies under other URLs, in any script', async () => {
    const { sketchOf } = await import('../../src/revise.js');
    const { archive } = await begun(temporaryFolder());
    const chinese = Array.from({ length: 200 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('');
    for (const [url, articleBody] of [
      [URL_A, LONG_TEXT],
      [URL_B, chinese],
    ] as const) {
      const record = recordOf(archive, url, { articleBody });
      await archive.commit({ records: [{ ...record, sketch: sketchOf(articleBody) }] });
    }
    const { textDigest } = recordOf(archive, 'https://example.org/c', { articleBody: LONG_TEXT }).revision;
    expect(archive.copyOf({ key: 'c', textDigest })).toMatchObject({ url: URL_A, similarity: 1 });
    expect(archive.copyOf({ key: KEY_A, textDigest })).toBeUndefined();
    expect(archive.copyOf({ key: 'c', sketch: sketchOf(`${LONG_TEXT} and a last word`) })).toMatchObject({
      url: URL_A,
    });
    expect(archive.copyOf({ key: 'c', sketch: sketchOf(`${chinese}完`) })).toMatchObject({ url: URL_B });
    expect(archive.copyOf({ key: 'c', sketch: sketchOf(LONG_TEXT.replaceAll('word', 'other')) })).toBeUndefined();
    await archive.close();
  });

  it('gives validators only for pages that were dealt with', async () => {
    const { archive } = await begun(temporaryFolder());
    await archive.keep(page(URL_A, 'x'));
    expect(archive.validatorsOf(URL_A)).toBeUndefined();
    await archive.commit({ visits: [{ url: URL_A, etag: '"1"', fetchedAt: new Date(STARTED_MS).toISOString() }] });
    expect(archive.validatorsOf(URL_A)).toEqual({ etag: '"1"' });
    await archive.close();
  });

  it('begins a new file at the size limit, each WARC file with its own warcinfo', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory, { warcBytes: 1000, recordsBytes: 1000 });
    for (let number = 0; number < 6; number++) await archiveArticle(archive, `${URL_A}${number}`, `text ${number}`);
    const manifest = await archive.seal(SUMMARY);
    await archive.close();
    const warcs = manifest!.files.filter(({ file }) => file.startsWith('warc/'));
    expect(warcs.length).toBeGreaterThan(2);
    expect(manifest!.files.filter(({ file }) => file.startsWith('records/')).length).toBeGreaterThan(1);
    for (const { file } of warcs)
      expect(gunzipSync(readFileSync(join(directory, file))).toString()).toMatch(/^WARC\/1\.1\r\nWARC-Type: warcinfo/);
    expect(lines(directory)).toHaveLength(6);
  });

  it('gives two runs that start within a second different names', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    await archive.seal(SUMMARY);
    expect(archive.beginRun({ startedAtMs: STARTED_MS + 5, settings })).toBe('20261123T210001Z');
    await archive.close();
  });
});

describe('captures', () => {
  it('are pairs of request and response, one for every redirect', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    const redirect = hop('https://example.org/old', '', { status: 301, statusText: 'Moved Permanently' });
    await archive.keep(exchange(redirect, hop(URL_A, 'x')));
    await archive.close();
    expect(warcText(directory).match(/WARC-Type: \w+/g)).toEqual([
      'WARC-Type: warcinfo',
      ...['response', 'request', 'response', 'request'].map((type) => `WARC-Type: ${type}`),
    ]);
  });

  it('repeat no payload: the second one refers to the first', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    await archive.keep(page(URL_A, 'the same bytes'));
    const second = await archive.keep(page(URL_B, 'the same bytes'));
    await archive.close();
    expect(second.revisit).toBe('identical-payload');
    const text = warcText(directory);
    expect(text.match(/the same bytes/g)).toHaveLength(1);
    expect(text).toContain(`WARC-Refers-To-Target-URI: ${URL_A}\r\nWARC-Refers-To-Date: 2026-11-23T21:00:00.123Z`);
  });

  it('of a 304 refer to the visit whose validators were sent', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    const kept = await archive.keep(page(URL_A, 'bytes'));
    await archive.commit({
      visits: [{ url: URL_A, etag: '"1"', fetchedAt: kept.fetchedAt, payloadDigest: kept.payloadDigest }],
    });
    const later = await archive.keep(page(URL_A, '', { status: 304, statusText: 'Not Modified' }));
    await archive.close();
    expect(later.revisit).toBe('not-modified');
    expect(warcText(directory)).toContain('WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified');
  });

  it('that may not be kept leave a notice and no payload', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    const kept = await archive.keep(page(URL_A, 'secret bytes'), { withhold: 'noarchive in X-Robots-Tag' });
    await archive.close();
    const text = warcText(directory);
    expect(text).not.toContain('secret bytes');
    expect(text).toContain('payloadWithheld: noarchive in X-Robots-Tag');
    expect(kept.pointer).toBeDefined();
  });

  it('keep header fields as received, but for the transfer coding, which is undone', async () => {
    const directory = temporaryFolder();
    const { archive } = await begun(directory);
    const responseHeaders = [
      ['transfer-Encoding', 'chunked'],
      ['X-Odd', 'caf\u00e9'],
      ['x-odd', 'twice'],
    ] as const;
    await archive.keep(page(URL_A, 'x', { responseHeaders }));
    await archive.close();
    expect(warcText(directory)).toContain(
      'HTTP/1.1 200 OK\r\nX-Crawler-transfer-Encoding: chunked\r\nX-Odd: caf\u00e9\r\nx-odd: twice\r\n\r\nx\r\n\r\n',
    );
  });
});

describe('a scratch archive', () => {
  it('judges as an archive does and writes nothing', async () => {
    const archive = openScratch();
    archive.beginRun({ startedAtMs: STARTED_MS, settings });
    await archiveArticle(archive, URL_A, 'one');
    expect(archive.known(KEY_A)).toMatchObject({ number: 1 });
    expect((await archive.keep(page(URL_A, 'x'))).pointer).toBeUndefined();
    expect(await archive.seal(SUMMARY)).toBeUndefined();
    await archive.close();
  });
});
