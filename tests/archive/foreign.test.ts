/** Files of other programs, with the oddities that they are known for. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { httpOf, payloadOf, readWarc, type WarcRecord } from '../../src/archive/warc-read.js';
import { fixtureWeb } from '../crawl/crawling.js';
import { temporaryFolder } from './example.js';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function read(bytes: Uint8Array | string) {
  const records: WarcRecord[] = [];
  const damage: string[] = [];
  const source = typeof bytes === 'string' ? bytes : once(bytes);
  for await (const record of readWarc(source, { onDamage: ({ reason }) => void damage.push(reason) }))
    records.push(record);
  return {
    records,
    damage,
    payloads: records.flatMap((record) => httpOf(record) ?? []).map((message) => payloadOf(message).toString()),
  };
}

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n';

function warc(
  block: string | Buffer,
  { length, url = 'http://example.org/', end = '\r\n\r\n' }: { length?: number; url?: string; end?: string } = {},
) {
  const bytes = Buffer.from(block as string);
  const head = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ${url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${length ?? bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(end)]);
}

describe('a WARC file of another program', () => {
  it.each([
    ['ends its lines with LF alone', Buffer.from(warc(`${ANSWER}one`).toString().replaceAll('\r\n', '\n'))],
    ['had its line breaks doubled', Buffer.from(warc(`${ANSWER}one`).toString().replaceAll('\r\n', '\r\r\n'))],
  ])('%s, and is read', async (_, bytes) => {
    // The line breaks in the block have changed, too: its length is no longer told.
    const text = bytes.toString('latin1');
    const block = text
      .slice(text.search(/(\r*\n){2}/))
      .replace(/^(\r*\n){2}/, '')
      .replace(/(\r*\n){2}$/, '');
    const fixed = Buffer.from(text.replace(/Content-Length: \d+/, `Content-Length: ${block.length}`), 'latin1');
    const { payloads, damage } = await read(Buffer.concat([fixed, fixed]));
    expect(damage).toEqual([]);
    expect(payloads.map((payload) => payload.trim())).toEqual(['one', 'one']);
  });

  it('counts a few bytes too few, and every record is whole', async () => {
    const block = `${ANSWER}the end\n`;
    const bytes = [3, 0, 1].map((missing) => warc(block, { length: block.length - missing }));
    for (const file of [Buffer.concat(bytes), gzipSync(Buffer.concat(bytes))]) {
      // At the end of a file nothing tells where the record was to end.
      const { payloads, damage } = await read(Buffer.concat([file]));
      expect(payloads.slice(0, 2)).toEqual(['the end\n', 'the end\n']);
      expect(damage.length).toBeLessThanOrEqual(1);
    }
  });

  it('puts angle brackets around the URL, as wget does', async () => {
    expect((await read(warc(`${ANSWER}x`, { url: '<http://example.org/a>' }))).records[0]!.url).toBe(
      'http://example.org/a',
    );
  });

  it('keeps chunks raw, compressed or not, as Heritrix does', async () => {
    const chunked = (body: Buffer) =>
      Buffer.concat([
        Buffer.from(`${body.length.toString(16)};extension\r\n`),
        body,
        Buffer.from('\r\n0\r\nTrailer: x\r\n\r\n'),
      ]);
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n';
    const plain = Buffer.concat([Buffer.from(`${head}\r\n`), chunked(Buffer.from('<p>text'))]);
    const coded = Buffer.concat([Buffer.from(`${head}Content-Encoding: gzip\r\n\r\n`), chunked(gzipSync('<p>coded'))]);
    const raw = Buffer.concat([
      Buffer.from(`${head}Content-Encoding: deflate\r\n\r\n`),
      chunked(deflateRawSync('<p>raw')),
    ]);
    expect((await read(Buffer.concat([plain, coded, raw].map((block) => warc(block))))).payloads).toEqual([
      '<p>text',
      '<p>coded',
      '<p>raw',
    ]);
  });

  it('by wget of this machine is read record by record', async ({ skip }) => {
    const { web, sites } = await fixtureWeb();
    const name = join(temporaryFolder(), 'site');
    const { url } = sites[0]!.articles()[0]!;
    const { status, error } = await wget(['-q', '-O', '/dev/null', '--warc-file', name, url], web.proxy);
    if (error) {
      console.log(`skipped: wget is not here: ${error.message}`);
      return skip(error.message);
    }
    expect(status).toBe(0);
    const { records, damage } = await read(`${name}.warc.gz`);
    expect(damage).toEqual([]);
    const response = records.find(({ type }) => type === 'response')!;
    expect(response.url).toBe(url);
    expect(payloadOf(httpOf(response)!).toString()).toMatch(/<html/i);
  });
});

/** Beside this process, which serves the web that it asks. */
async function wget(args: string[], proxy: string): Promise<{ status: number | null; error?: Error }> {
  const probe = spawnSync('wget', ['--version']);
  if (probe.error) return { status: null, error: probe.error };
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn('wget', args, { env: { PATH: process.env.PATH, http_proxy: proxy } });
    child.on('error', (error) => resolve({ status: null, error }));
    child.on('close', (status) => resolve({ status }));
  });
}

describe('an ARC file', () => {
  const http = `${ANSWER}<p>old page`;
  const line = (url: string, length: number | string) => `${url} 192.0.2.1 20031203120000 text/html ${length}\n`;
  const head = `${line('filedesc://old.arc', 75)}1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n\n`;
  const first = head.replace(/ 75\n/, ` ${head.length - head.indexOf('\n') - 1}\n`);
  const record = (url: string) => `${line(url, http.length)}${http}\n`;

  it.each([
    ['plain', Buffer.from(`${first}\n${record('http://example.org/a b')}${record('http://example.org/c')}`)],
    [
      'compressed by record',
      Buffer.concat(
        [`${first}\n`, record('http://example.org/a b'), record('http://example.org/c')].map((text) => gzipSync(text)),
      ),
    ],
  ])('is read as WARC is: %s', async (_, bytes) => {
    const { records, damage, payloads } = await read(bytes);
    expect(damage).toEqual([]);
    expect(records.map(({ type, url, date }) => [type, url, date])).toEqual(
      [
        ['warcinfo', 'filedesc://old.arc', '2003-12-03T12:00:00Z'],
        ['response', 'http://example.org/a b', '2003-12-03T12:00:00Z'],
        ['response', 'http://example.org/c', '2003-12-03T12:00:00Z'],
      ].map((each) => each),
    );
    expect(payloads).toEqual(['<p>old page', '<p>old page']);
  });

  it('of version 2 has more in its lines', async () => {
    const text = `${first}\nhttp://example.org/ 192.0.2.1 20031203120000 text/html 200 fac069150613fe55599cc7fa88aa089d - 209 old.arc ${http.length}\n${http}\n`;
    expect((await read(Buffer.from(text))).records[1]!.url).toBe('http://example.org/');
  });

  it('goes on behind lines that are no record, and tells of them once', async () => {
    const text = `${first}\n${line('http://example.org/bad', 'abc')}junk\njunk\n${record('http://example.org/good')}`;
    const { records, damage } = await read(Buffer.from(text));
    expect(records.map(({ url }) => url)).toEqual(['filedesc://old.arc', 'http://example.org/good']);
    expect(damage).toEqual(['no ARC record begins here']);
  });
});
