import { describe, expect, it } from 'vitest';
import { localClient, serveBytes, serveHttp, testClient } from './servers.js';
describe('a redirect', () => {
    it.each([301, 302, 303, 307, 308])('%d is followed and kept as a hop of its own', async (status) => {
        const url = await serveHttp((request, response) => {
            if (request.url === '/old')
                response.writeHead(status, { location: '/new#part' }).end('moved');
            else
                response.end('here');
        });
        const { exchange } = await localClient().fetch({ url: `${url}/old`, purpose: 'page' });
        expect(exchange?.hops.map((hop) => [hop.url, hop.status])).toEqual([
            [`${url}/old`, status],
            [`${url}/new`, 200],
        ]);
        expect(exchange?.url).toBe(`${url}/old`);
        expect(exchange?.finalUrl).toBe(`${url}/new`);
        expect(Buffer.from(exchange.hops[0].wireBody).toString()).toBe('moved');
        expect(Buffer.from(exchange.body).toString()).toBe('here');
    });
    it('to itself is a redirect-loop', async () => {
        let requests = 0;
        const url = await serveHttp((request, response) => {
            requests++;
            response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end();
        });
        const { failure, exchange } = await localClient().fetch({ url: `${url}/a`, purpose: 'page' });
        expect(failure).toMatchObject({ name: 'failed', reason: 'redirect-loop' });
        expect(exchange?.hops).toHaveLength(2);
        expect(requests).toBe(2);
    });
    it('to itself that waits for its cookie ends with it', async () => {
        const url = await serveHttp((request, response) => {
            if (request.headers.cookie === 'seen=1; consent=a=b')
                return void response.end('article');
            response
                .writeHead(302, { location: request.url, 'set-cookie': ['seen=1; Path=/', 'consent=a=b; Path=/; HttpOnly'] })
                .end();
        });
        const client = localClient();
        for (let round = 0; round < 2; round++) {
            const { exchange, failure } = await client.fetch({ url: `${url}/story`, purpose: 'page' });
            expect(failure).toBeUndefined();
            expect(Buffer.from(exchange.body).toString()).toBe('article');
            // No cookie outlives its chain: the second time it is asked for again.
            expect(exchange?.hops).toHaveLength(2);
        }
    });
    it('to itself with an ever new cookie ends at the limit', async () => {
        let count = 0;
        const url = await serveHttp((request, response) => {
            response.writeHead(302, { location: request.url, 'set-cookie': `count=${++count}` }).end();
        });
        const { failure } = await localClient({ maxRedirects: 4 }).fetch({ url: `${url}/`, purpose: 'page' });
        expect(failure).toMatchObject({ name: 'failed', reason: 'too-many-redirects' });
        expect(count).toBe(5);
    });
    it('under a flood of cookies still goes through, with a bounded field', async () => {
        let longest = 0;
        const url = await serveHttp((request, response) => {
            longest = Math.max(longest, request.headers.cookie?.length ?? 0);
            if (request.url === '/end')
                return void response.end('x');
            const cookies = Array.from({ length: 60 }, (_, index) => `c${index}=${'v'.repeat(900)}`);
            response.writeHead(302, { location: '/end', 'set-cookie': cookies }).end();
        });
        const { failure } = await localClient({ maxHeaderBytes: 100_000 }).fetch({ url: `${url}/`, purpose: 'page' });
        expect(failure).toBeUndefined();
        expect(longest).toBeGreaterThan(900);
        expect(longest).toBeLessThan(8192);
    });
    it('does not carry cookies to another host', async () => {
        let cookie = 'not asked';
        const other = await serveHttp((request, response) => {
            cookie = request.headers.cookie;
            response.end('x');
        });
        const port = new URL(other).port;
        const url = await serveHttp((_request, response) => {
            response.writeHead(302, { location: `http://localhost:${port}/`, 'set-cookie': 'secret=1; Path=/' }).end();
        });
        const resolver = (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);
        await localClient({}, { resolver }).fetch({ url: `${url}/`, purpose: 'page' });
        expect(cookie).toBeUndefined();
    });
    it.each([
        'javascript:alert(1)',
        'data:text/html,x',
        'file:///etc/passwd',
        'http://[bad',
        'ftp://example.org/x',
        '  ',
    ])('to %j is a bad-redirect', async (location) => {
        const url = await serveHttp((_request, response) => response.writeHead(302, { location }).end());
        const { failure, exchange } = await localClient().fetch({ url: `${url}/`, purpose: 'page' });
        expect(failure).toMatchObject({ name: 'failed', reason: 'bad-redirect' });
        expect(exchange?.status).toBe(302);
    });
    it('to nowhere is a bad-redirect', async () => {
        const url = await serveHttp((_request, response) => response.writeHead(301).end());
        expect((await localClient().fetch({ url: `${url}/`, purpose: 'page' })).failure).toMatchObject({
            reason: 'bad-redirect',
        });
    });
    it('to a URL of 20 kB is a bad-redirect', async () => {
        const url = await serveHttp((_request, response) => response.writeHead(301, { location: `/${'x'.repeat(20_000)}` }).end());
        expect((await localClient().fetch({ url: `${url}/`, purpose: 'page' })).failure).toMatchObject({
            reason: 'bad-redirect',
        });
    });
    it('to raw UTF-8 is understood', async () => {
        const location = Buffer.from('/новость').toString('latin1');
        const url = await serveBytes(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`);
        const { exchange } = await localClient({ maxRedirects: 1 }).fetch({ url: `${url}/`, purpose: 'page' });
        expect(exchange?.finalUrl).toBe(`${url}/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C`);
    });
    it('with two Location fields follows the first', async () => {
        const url = await serveHttp((request, response) => {
            if (request.url !== '/')
                return void response.end(request.url);
            response.writeHead(302, ['Location', '/first', 'Location', '/second']).end();
        });
        const { exchange } = await localClient().fetch({ url: `${url}/`, purpose: 'page' });
        expect(exchange?.finalUrl).toBe(`${url}/first`);
    });
    it('with a body that never ends is followed all the same', async () => {
        const url = await serveHttp((request, response) => {
            if (request.url !== '/')
                return void response.end('here');
            response.writeHead(302, { location: '/here' });
            const part = Buffer.alloc(65_536, 'x');
            const pour = () => {
                while (!response.destroyed && response.write(part))
                    ;
            };
            response.on('drain', pour);
            pour();
        });
        const { exchange, failure } = await localClient().fetch({ url: `${url}/`, purpose: 'page' });
        expect(failure).toBeUndefined();
        expect(exchange?.hops[0].truncated).toBe('length');
        expect(exchange?.status).toBe(200);
    });
});
describe('a redirect to a private address', () => {
    it.each([
        'http://10.0.0.1/',
        'http://169.254.169.254/latest/meta-data/',
        'http://127.0.0.1:1/',
        'http://[::1]/',
        'http://[::ffff:127.0.0.1]/',
        'http://2130706433/',
        'http://0x7f.1/',
        'http://localhost/',
    ])('%s is disallowed and never asked for', async (location) => {
        const url = await serveHttp((_request, response) => response.writeHead(302, { location }).end());
        const client = testClient({}, { allowedHosts: [url] });
        const { failure, exchange } = await client.fetch({ url: `${url}/`, purpose: 'page' });
        expect(failure).toMatchObject({ name: 'disallowed', reason: 'private-address' });
        expect(exchange?.status).toBe(302);
    });
    it('on another port of a seeded address is disallowed', async () => {
        let wasAsked = false;
        const secret = await serveHttp((_request, response) => {
            wasAsked = true;
            response.end('secret');
        });
        const url = await serveHttp((_request, response) => response.writeHead(302, { location: secret }).end());
        const client = testClient({}, { allowedHosts: [url] });
        expect((await client.fetch({ url: `${url}/`, purpose: 'page' })).failure).toMatchObject({
            reason: 'private-address',
        });
        expect(wasAsked).toBe(false);
    });
});
