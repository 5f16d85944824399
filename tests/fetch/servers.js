/** Real servers on loopback for the tests of the client: raw sockets where the bytes must be wrong, node's http elsewhere. */
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer } from 'node:net';
import { afterEach } from 'vitest';
import { Client } from '../../src/fetch/client.js';
import { settingsSchema } from '../../src/settings.js';
const endings = [];
afterEach(async () => {
    for (const end of endings.splice(0).reverse())
        await end();
});
/** Ends with the test. */
export function testClient(settings = {}, surroundings = {}) {
    const client = new Client(settingsSchema.parse({ timeoutMs: 5000, ...settings }), {
        environment: {},
        ...surroundings,
    });
    endings.push(() => client.close());
    return client;
}
/** A client that may go to the tests' own servers. */
export function localClient(settings = {}, surroundings = {}) {
    return testClient({ allowPrivate: true, ...settings }, surroundings);
}
async function listen(server, host) {
    const sockets = new Set();
    server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('error', () => { });
        socket.on('close', () => sockets.delete(socket));
    });
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, host, resolve);
    });
    endings.push(() => {
        for (const socket of sockets)
            socket.destroy();
        return new Promise((resolve) => server.close(resolve));
    });
    return server.address().port;
}
/** A server that answers each request with what `answer` writes; `count` counts its connections from 1. */
export async function serveRaw(answer, host = '127.0.0.1') {
    let count = 0;
    const server = createNetServer((socket) => {
        const connection = ++count;
        let head = '';
        socket.setEncoding('latin1');
        socket.on('data', (text) => {
            head += text;
            if (!head.includes('\r\n\r\n'))
                return;
            const request = head;
            head = '';
            answer(socket, request, connection);
        });
    });
    const port = await listen(server, host);
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
/** A server that sends these bytes and then closes. */
export function serveBytes(...parts) {
    return serveRaw((socket) => {
        for (const part of parts)
            socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
        socket.end();
    });
}
export async function serveHttp(listener, host = '127.0.0.1') {
    const port = await listen(createHttpServer(listener), host);
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
export async function serveHttps(listener, identity) {
    return listen(createTlsServer(identity, listener), '127.0.0.1');
}
/** An HTTP proxy that notes the first line of every request and sends everything to `port` on loopback. */
export async function serveProxy(port) {
    const { connect } = await import('node:net');
    const { request: send } = await import('node:http');
    const seen = [];
    const server = createHttpServer((request, response) => {
        seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
        const target = new URL(request.url);
        const onward = send({ host: '127.0.0.1', port: port(), path: target.pathname + target.search, headers: { host: target.host } }, (answer) => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.pipe(response);
        });
        onward.end();
    });
    server.on('connect', (request, socket) => {
        seen.push(`CONNECT ${request.url}`);
        if (request.url.startsWith('refused.'))
            return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        const onward = connect(port(), '127.0.0.1', () => {
            socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
            onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
    });
    return { url: `http://127.0.0.1:${await listen(server, '127.0.0.1')}`, seen };
}
