import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import {
  httpOf,
  payloadOf,
  readWarc,
  type WarcDamage,
  type WarcReadOptions,
  type WarcRecord,
} from '../../src/archive/warc-read.js';
import { archiveArticle, STARTED_MS, settingsWith, temporaryFolder } from './example.js';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(source: Uint8Array | string, options: WarcReadOptions = {}, pieces = 1000) {
  const records: WarcRecord[] = [];
  const damage: WarcDamage[] = [];
  const from = typeof source === 'string' ? source : inPieces(source, pieces);
  for await (const record of readWarc(from, { ...options, onDamage: (found) => damage.push(found) }))
    records.push(record);
  return { records, damage };
}

function written(url: string, http: Uint8Array | string, type = 'response'): Buffer {
  const block = Buffer.from(http as Uint8Array);
  const head = `WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: ${url}\r\nContent-Type: application/http; msgtype=${type}\r\nContent-Length: ${block.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), block, Buffer.from('\r\n\r\n')]);
}

const answer = (body: string) => `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${body}`;
const PLAIN = [1, 2, 3].map((number) => written(`https://example.org/${number}`, answer(`body ${number}`)));
const MEMBERS = PLAIN.map((record) => gzipSync(record));
const urls = (records: readonly WarcRecord[]) => records.map(({ url }) => url?.at(-1)).join('');

describe('readWarc', () => {
  it.each([
    ['one gzip member a record', Buffer.concat(MEMBERS)],
    ['one gzip member for all', gzipSync(Buffer.concat(PLAIN))],
    ['no compression', Buffer.concat(PLAIN)],
  ])('reads %s, however the bytes arrive', async (_, bytes) => {
    for (const size of [1, 7, 100_000]) {
      const { records, damage } = await read(bytes, {}, size);
      expect(damage).toEqual([]);
      expect(records.map((record) => payloadOf(httpOf(record)!).toString())).toEqual(['body 1', 'body 2', 'body 3']);
    }
  });

  it.each([
    ['compressed', Buffer.concat(MEMBERS), gunzipSync],
    ['plain', Buffer.concat(PLAIN), (bytes: Buffer) => bytes],
  ])('tells where each record of a %s file can be read alone', async (_, bytes, open) => {
    const { records } = await read(bytes);
    for (const [index, { place }] of records.entries())
      expect(open(bytes.subarray(place!.offset, place!.offset + place!.length))).toEqual(PLAIN[index]);
  });

  it('reads back what the archive wrote, from the file', async () => {
    const directory = temporaryFolder();
    const settings = settingsWith();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS, settings });
    await archiveArticle(archive, 'https://example.org/a', 'Привет');
    await archive.close();
    const [file] = readdirSync(join(directory, 'warc'));
    const { records, damage } = await read(join(directory, 'warc', file!));
    expect(damage).toEqual([]);
    expect(records.map(({ type }) => type)).toEqual(['warcinfo', 'response', 'request']);
    expect(httpOf(records[1]!)).toMatchObject({ status: 200, payload: Buffer.from('<p>Привет</p>') });
  });

  it('reads a member that is bigger than what it inflates at once, in pieces', async () => {
    const many = Array.from({ length: 600 }, (_, index) =>
      written(`https://example.org/${index}`, answer('x'.repeat(50_000))),
    );
    const bytes = Buffer.concat([gzipSync(Buffer.concat(many)), ...MEMBERS]);
    const { records, damage } = await read(bytes);
    expect(damage).toEqual([]);
    expect(records).toHaveLength(603);
    expect(records.at(-1)?.place).toEqual({ offset: bytes.length - MEMBERS[2]!.length, length: MEMBERS[2]!.length });
  });

  it.each([
    ['plain', (parts: Buffer[]) => Buffer.concat(parts)],
    [
      'in one member',
      (parts: Buffer[]) =>
        gzipSync(Buffer.concat([...parts, ...Array(20).fill(written('https://example.org/z', Buffer.alloc(1 << 20)))])),
    ],
  ])('skips a record above the limit and reads on: %s', async (_, pack) => {
    const big = written('https://example.org/big', Buffer.alloc(2_000_000, 'y'));
    const { records, damage } = await read(pack([PLAIN[0]!, big, PLAIN[1]!]), { maxRecordBytes: 1_100_000 });
    expect(urls(records).replace(/z+/, '')).toBe('12');
    expect(damage).toHaveLength(1);
    expect(damage[0]!.reason).toBe('the record is bigger than 1100000 bytes');
  });

  it.each([
    [
      'a flipped bit',
      (bytes: Buffer) => void bytes.writeUInt8(bytes[MEMBERS[0]!.length + 40]! ^ 4, MEMBERS[0]!.length + 40),
    ],
    ['a wiped stretch', (bytes: Buffer) => void bytes.fill(0, MEMBERS[0]!.length, MEMBERS[0]!.length + 60)],
  ])('skips a member with %s, and counts it once', async (_, damageIt) => {
    const bytes = Buffer.concat(MEMBERS);
    damageIt(bytes);
    const { records, damage } = await read(bytes);
    expect(urls(records)).toBe('13');
    expect(damage).toHaveLength(1);
    expect(damage[0]!.offset).toBe(MEMBERS[0]!.length);
  });

  it.each([
    ['too long', (text: string) => text.replace(/Content-Length: \d+/, 'Content-Length: 400')],
    [
      'far too short',
      (text: string) =>
        text.replace(/Content-Length: \d+/, 'Content-Length: 5').replace(/\r\n\r\n$/, `${'x'.repeat(100)}\r\n\r\n`),
    ],
    ['no number', (text: string) => text.replace(/Content-Length: \d+/, 'Content-Length: -1')],
  ])('goes on behind a record whose length is %s', async (_, spoil) => {
    const spoilt = Buffer.from(spoil(PLAIN[1]!.toString()));
    const { records, damage } = await read(Buffer.concat([PLAIN[0]!, spoilt, PLAIN[2]!]));
    expect(urls(records)).toBe('13');
    expect(damage.length).toBeGreaterThan(0);
  });

  it('tells of a file that is cut off, and gives what stands before', async () => {
    for (const bytes of [Buffer.concat(MEMBERS), Buffer.concat(PLAIN)]) {
      const { records, damage } = await read(bytes.subarray(0, -20));
      expect(urls(records)).toBe('12');
      expect(damage).toHaveLength(1);
    }
  });

  it('gives nothing and tells nothing of an empty file, and one damage of a file that is no WARC', async () => {
    expect(await read(Buffer.alloc(0))).toEqual({ records: [], damage: [] });
    const path = join(temporaryFolder(), 'page.html');
    writeFileSync(path, '<html>'.repeat(100));
    const { records, damage } = await read(path);
    expect([records.length, damage.length]).toEqual([0, 1]);
  });

  it('survives any corruption: what it gives is what was written, and the damage is told', async () => {
    const genuine = new Set(PLAIN.map((record) => record.toString('latin1')));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.integer({ min: 1, max: 2000 }),
        async (changes, cut, pieces) => {
          const whole = Buffer.concat(MEMBERS);
          const bytes = Buffer.from(whole.subarray(0, whole.length - (cut % 40)));
          for (const { at, value } of changes) bytes[at % bytes.length] = value;
          const { records, damage } = await read(bytes, {}, pieces);
          for (const { headers, block } of records)
            expect(
              [...genuine].some(
                (text) => text.includes(block.toString('latin1')) && text.includes(headers.get('warc-target-uri')!),
              ),
            ).toBe(true);
          if (records.length < 3) expect(damage.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('survives any corruption of what is not compressed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { maxLength: 8 }), async (changes) => {
        const bytes = Buffer.concat(PLAIN);
        for (const { at, value } of changes) bytes[at % bytes.length] = value;
        const { records } = await read(bytes, {}, 37);
        for (const record of records) payloadOf(httpOf(record) ?? { status: 0, headers: [], payload: record.block });
      }),
      { numRuns: 300 },
    );
  });
});

describe('payloadOf', () => {
  const message = (payload: Buffer, ...headers: [string, string][]) => ({ status: 200, headers, payload });
  const page = Buffer.from('<p>text</p>'.repeat(20));

  it('undoes content codings, and chunks that are there', () => {
    expect(payloadOf(message(gzipSync(page), ['Content-Encoding', 'gzip']))).toEqual(page);
    expect(payloadOf(message(brotliCompressSync(page), ['content-encoding', 'br']))).toEqual(page);
    const chunked = Buffer.from('4\r\nabcd\r\n2;x=y\r\nef\r\n0\r\n\r\n');
    expect(payloadOf(message(chunked, ['Transfer-Encoding', 'chunked'])).toString()).toBe('abcdef');
  });

  it('leaves alone what is not coded although the header says so', () => {
    expect(payloadOf(message(page, ['Content-Encoding', 'gzip'], ['Transfer-Encoding', 'chunked']))).toEqual(page);
  });

  it('decodes what was cut off as far as it goes', () => {
    const cut = payloadOf(
      message(gzipSync(Buffer.from(Array.from({ length: 9999 }, (_, n) => n).join())).subarray(0, 5000), [
        'Content-Encoding',
        'gzip',
      ]),
    );
    expect(cut.toString()).toMatch(/^0,1,2,3/);
  });

  it('does not inflate beyond the limit', () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expect(payloadOf(message(bomb, ['Content-Encoding', 'gzip']), 1_000_000).length).toBeLessThanOrEqual(1_000_000);
  });
});
