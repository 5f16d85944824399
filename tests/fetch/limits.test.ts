import { describe, expect, it } from 'vitest';
import { localClient, serveHttp } from './servers.js';

const KB = 1000;

describe('bandwidth', () => {
  it('is kept to over all downloads together, by not reading', async () => {
    const page = Buffer.alloc(150 * KB, 'x');
    const url = await serveHttp((_request, response) => response.end(page));
    const client = localClient({ maxBytesPerSecond: 600 * KB, maxRequestMs: 500 });
    const started = performance.now();
    const results = await Promise.all([0, 1, 2, 3].map((n) => client.fetch({ url: `${url}/${n}`, purpose: 'page' })));
    // 600 kB, of which the last part need not be waited for; longer than maxRequestMs, which is for the server's part.
    expect(performance.now() - started).toBeGreaterThan(600);
    for (const { exchange, failure } of results) {
      expect(failure).toBeUndefined();
      expect(page.equals(exchange!.body)).toBe(true);
    }
  });

  it('that is used up is told, and does not count as the slowness of the server', async () => {
    const pauses: number[] = [];
    let elapsed = Number.POSITIVE_INFINITY;
    const url = await serveHttp((_request, response) => response.end(Buffer.alloc(100 * KB)));
    const client = localClient({ maxBytesPerSecond: 100 * KB }, { onThrottle: (ms) => pauses.push(ms) });
    const before = performance.now();
    await client.fetch({
      url: `${url}/`,
      purpose: 'page',
      hooks: {
        after: (_url, report) => {
          elapsed = report.elapsedMs;
        },
      },
    });
    expect(pauses.length).toBeGreaterThan(0);
    expect(elapsed).toBeLessThan(performance.now() - before);
  });

  it('is left by a request that is given up', async () => {
    const url = await serveHttp((_request, response) => response.end(Buffer.alloc(1000 * KB)));
    const client = localClient({ maxBytesPerSecond: KB });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const { failure } = await client.fetch({ url: `${url}/`, purpose: 'page', signal: controller.signal });
    expect(failure).toMatchObject({ reason: 'interrupted' });
  });
});

describe('sockets', () => {
  it('are never more than allowed, busy and idle together', async () => {
    const open = new Set<unknown>();
    let most = 0;
    const servers = await Promise.all(
      Array.from({ length: 6 }, () =>
        serveHttp((request, response) => {
          open.add(request.socket);
          most = Math.max(most, open.size);
          request.socket.once('close', () => open.delete(request.socket));
          setTimeout(() => response.end('x'), 10);
        }),
      ),
    );
    const client = localClient({ maxSockets: 3 });
    for (let round = 0; round < 2; round++)
      await Promise.all(servers.map((url) => client.fetch({ url: `${url}/`, purpose: 'page' })));
    // A server may hear of a closed connection after the next one is open.
    expect(most).toBeLessThanOrEqual(4);
  });
});
