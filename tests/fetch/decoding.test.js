import * as zlib from 'node:zlib';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codingsOf, undoCodings } from '../../src/fetch/decoding.js';
import { localClient, serveBytes, serveHttp } from './servers.js';
const page = Buffer.from(`<!doctype html><p>${'words '.repeat(2000)}`);
async function get(coding, body, settings = {}) {
    const url = await serveHttp((_request, response) => {
        response.setHeader('content-encoding', coding);
        response.end(body);
    });
    return localClient(settings).fetch({ url: `${url}/`, purpose: 'page' });
}
describe('a coded body', () => {
    it.each([
        ['gzip', gzipSync(page)],
        ['x-gzip', gzipSync(page)],
        ['GZIP', gzipSync(page)],
        ['deflate', deflateSync(page)],
        ['deflate', deflateRawSync(page)],
        ['br', brotliCompressSync(page)],
        ['identity', page],
        ['gzip, gzip', gzipSync(gzipSync(page))],
        ['deflate, br', brotliCompressSync(deflateSync(page))],
        ['gzip, identity', gzipSync(page)],
    ])('in %s is undone, and kept as it came for the archive', async (coding, body) => {
        const { exchange, failure } = await get(coding, body);
        expect(failure).toBeUndefined();
        expect(page.equals(exchange.body)).toBe(true);
        expect(body.equals(exchange.hops[0].wireBody)).toBe(true);
    });
    it('in zstd is undone where the runtime can', async () => {
        const compress = zlib.zstdCompressSync;
        if (!compress)
            return console.log('skipped, no zstd in this Node');
        const { exchange } = await get('zstd', compress(page));
        expect(page.equals(exchange.body)).toBe(true);
    });
    it('named by several fields is undone from the last to the first', async () => {
        const { exchange } = await get(['deflate', 'gzip'], gzipSync(deflateSync(page)));
        expect(page.equals(exchange.body)).toBe(true);
    });
    it.each(['gzip', 'x-gzip', 'deflate', 'br', 'utf-8', 'none', 'gzip, gzip'])('that is announced as %s but plain is kept as it is', async (coding) => {
        const { exchange, failure } = await get(coding, page);
        expect(failure).toBeUndefined();
        expect(page.equals(exchange.body)).toBe(true);
    });
    it('announced twice but coded once is undone once', async () => {
        const { exchange } = await get('gzip, gzip', gzipSync(page));
        expect(page.equals(exchange.body)).toBe(true);
    });
    it('coded once more than announced is undone as often as it takes to get text', async () => {
        const url = await serveHttp((_request, response) => {
            response
                .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
                .end(gzipSync(gzipSync(page)));
        });
        const { exchange } = await localClient().fetch({ url: `${url}/`, purpose: 'page' });
        expect(page.equals(exchange.body)).toBe(true);
    });
    it('that is a compressed file stays one', async () => {
        const file = gzipSync(page);
        const url = await serveHttp((_request, response) => {
            response.writeHead(200, { 'content-type': 'application/gzip' }).end(file);
        });
        const { exchange } = await localClient().fetch({ url: `${url}/sitemap.xml.gz`, purpose: 'sitemap' });
        expect(file.equals(exchange.body)).toBe(true);
    });
    it.each(['compress', 'constructor', '__proto__'])('in %s, which nobody knows, is bad-encoding', async (coding) => {
        expect((await get(coding, gzipSync(page))).failure).toMatchObject({ name: 'failed', reason: 'bad-encoding' });
    });
    it('in more codings than anyone needs is bad-encoding', async () => {
        expect((await get('gzip,'.repeat(40), gzipSync(page))).failure).toMatchObject({ reason: 'bad-encoding' });
    });
    it('that is damaged is bad-encoding, with the wire bytes kept', async () => {
        const body = gzipSync(page, { level: 1 });
        body.fill(0xff, 20, 60);
        const { exchange, failure } = await get('gzip', body);
        expect(failure).toMatchObject({ name: 'failed', reason: 'bad-encoding' });
        expect(body.equals(exchange.hops[0].wireBody)).toBe(true);
    });
    it('that breaks off gives what can be read of it', async () => {
        const random = Buffer.from(Array.from({ length: 30_000 }, (_, index) => (index * 7919) % 251));
        const body = gzipSync(random);
        const bytes = body.subarray(0, body.length / 2);
        const url = await serveBytes(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`, bytes);
        const { exchange, failure } = await localClient().fetch({ url: `${url}/`, purpose: 'page' });
        expect(failure).toMatchObject({ reason: 'truncated' });
        expect(random.subarray(0, exchange.body.length).equals(exchange.body)).toBe(true);
    });
    it('with garbage behind it is what stood before', async () => {
        const { exchange } = await get('gzip', Buffer.concat([gzipSync(page), Buffer.from('\0\0garbage')]));
        expect(page.equals(exchange.body)).toBe(true);
    });
});
describe('a bomb', () => {
    const zeros = Buffer.alloc(100 * 2 ** 20);
    it.each([
        ['gzip', gzipSync(zeros)],
        ['deflate', deflateSync(zeros)],
        ['br', brotliCompressSync(zeros, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } })],
        ['gzip, gzip', gzipSync(gzipSync(zeros))],
    ])('in %s is too-large, stopped at the limit', async (coding, body) => {
        const before = process.memoryUsage().rss;
        const { exchange, failure } = await get(coding, body, { maxDecodedBytes: 2 ** 20 });
        expect(failure).toMatchObject({ name: 'failed', reason: 'too-large' });
        expect(exchange.body).toHaveLength(0);
        expect(process.memoryUsage().rss - before).toBeLessThan(60 * 2 ** 20);
    });
});
describe('any bytes', () => {
    it('in any coding come to an end, within the limit', async () => {
        const coding = fc.constantFrom('gzip', 'deflate', 'br', 'zstd', 'x', 'identity');
        const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }).map((data) => new Uint8Array(gzipSync(data))), fc.uint8Array({ maxLength: 200 }).map((data) => new Uint8Array(brotliCompressSync(data))));
        await fc.assert(fc.asyncProperty(bytes, fc.array(coding, { maxLength: 5 }), async (data, codings) => {
            const { body } = await undoCodings(data, codings, 100);
            expect(body.length).toBeLessThanOrEqual(100);
        }));
    });
    it('leave a list of codings that holds no empty names', () => {
        expect(codingsOf([
            ['Content-Encoding', ' , GZip ,,br,'],
            ['X', 'y'],
            ['content-encoding', 'identity'],
        ])).toEqual(['gzip', 'br']);
    });
});
