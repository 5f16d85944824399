import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { localClient, serveBytes, serveHttp, serveRaw } from './servers.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';

async function get(url: string, settings = {}) {
  return localClient(settings).fetch({ url: `${url}/`, purpose: 'page' });
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What the process still holds once everything that can go has gone: JavaScript's heap and the buffers beside it. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('a server that breaks off', () => {
  it('before its answer is a reset', async () => {
    const url = await serveRaw((socket) => socket.resetAndDestroy());
    const { failure, exchange } = await get(url);
    expect(failure).toMatchObject({ name: 'failed', reason: 'reset' });
    expect(exchange).toBeUndefined();
  });

  it('by closing before its answer is a reset', async () => {
    const url = await serveRaw((socket) => socket.end());
    expect((await get(url)).failure).toMatchObject({ reason: 'reset' });
  });

  it('in the middle of the header is a reset', async () => {
    expect((await get(await serveBytes('HTTP/1.1 200 OK\r\nContent-Ty'))).failure).toMatchObject({ reason: 'reset' });
  });

  it('by a reset in the middle of a body leaves what came, marked', async () => {
    const url = await serveRaw((socket) => {
      socket.write(`${OK}Content-Length: 100\r\n\r\n<p>half`);
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    const { failure, exchange } = await get(url);
    expect(failure).toMatchObject({ name: 'failed', reason: 'truncated' });
    expect(exchange?.hops[0].truncated).toBe('disconnect');
    expect(Buffer.from(exchange!.body).toString()).toBe('<p>half');
  });

  it('short of its Content-Length is truncated', async () => {
    const { failure, exchange } = await get(await serveBytes(`${OK}Content-Length: 100\r\n\r\n<p>short`));
    expect(failure).toMatchObject({ reason: 'truncated' });
    expect(exchange?.hops[0]).toMatchObject({ truncated: 'disconnect', status: 200 });
  });

  it('in the middle of a chunk is truncated', async () => {
    const url = await serveBytes(`${OK}Transfer-Encoding: chunked\r\n\r\n40\r\n<p>short`);
    expect((await get(url)).failure).toMatchObject({ reason: 'truncated' });
  });

  it('without an announced length has simply ended', async () => {
    const { failure, exchange } = await get(await serveBytes(`${OK}\r\n<p>all there is`));
    expect(failure).toBeUndefined();
    expect(Buffer.from(exchange!.body).toString()).toBe('<p>all there is');
  });

  it('on an idle connection is asked again on a new one', async () => {
    const url = await serveRaw((socket, head, count) => {
      const isSecond = head.startsWith('GET /second');
      // The first connection dies under its second request, as one that was closed while idle.
      if (isSecond && count === 1) return void socket.destroy();
      socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
    });
    const client = localClient();
    expect((await client.fetch({ url: `${url}/first`, purpose: 'page' })).failure).toBeUndefined();
    const { exchange, failure } = await client.fetch({ url: `${url}/second`, purpose: 'page' });
    expect(failure).toBeUndefined();
    expect(exchange?.status).toBe(200);
  });
});

describe('a server that speaks broken HTTP', () => {
  it.each([
    ['no status line', 'hello\r\n\r\n'],
    ['a bad chunk size', `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n`],
    ['two different lengths', `${OK}Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello`],
    ['the same length twice', `${OK}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`],
    ['a length and chunks', `${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['leave to continue', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
    ['a negative length', `${OK}Content-Length: -5\r\n\r\nhello`],
    ['a control character in a header name', 'HTTP/1.1 200 OK\r\nX\x01: 1\r\n\r\n'],
  ])('with %s is bad-http', async (_name, bytes) => {
    expect((await get(await serveBytes(bytes))).failure).toMatchObject({ name: 'failed', reason: 'bad-http' });
  });

  it('with more bytes than announced gives the announced ones, and the next request is not confused by the rest', async () => {
    const url = await serveRaw((socket) => socket.write(`${OK}Content-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n`));
    const client = localClient();
    for (let round = 0; round < 3; round++) {
      const { exchange, failure } = await client.fetch({ url: `${url}/${round}`, purpose: 'page' });
      expect(failure).toBeUndefined();
      expect(Buffer.from(exchange!.body).toString()).toBe('hello');
    }
  });

  it('keeps repeated fields, their order and their case', async () => {
    const url = await serveBytes(
      `HTTP/1.1 200 Fine\r\nX-b: 1\r\nx-A: 2\r\nX-B: 3\r\nX-Raw: \xe9\r\nContent-Length: 0\r\n\r\n`,
    );
    const { exchange } = await get(url);
    expect(exchange?.hops[0].responseHeaders).toEqual([
      ['X-b', '1'],
      ['x-A', '2'],
      ['X-B', '3'],
      ['X-Raw', '\xe9'],
      ['Content-Length', '0'],
    ]);
    expect(exchange?.hops[0].statusText).toBe('Fine');
  });

  it('by a header without end is too-large', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const flood = () => {
        while (!socket.destroyed && socket.write(`X-Flood: ${'x'.repeat(500)}\r\n`));
      };
      socket.on('drain', flood);
      flood();
    });
    expect((await get(url)).failure).toMatchObject({ reason: 'too-large' });
  });

  it('by interim answers without end runs into the time limit', async () => {
    const url = await serveRaw((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect((await get(url, { maxRequestMs: 400 })).failure).toMatchObject({ reason: 'too-slow' });
  });
});

describe('a server that takes its time', () => {
  it('never answering is a timeout', async () => {
    const url = await serveRaw(() => {});
    expect((await get(url, { timeoutMs: 200 })).failure).toMatchObject({ reason: 'timeout' });
  });

  it('stalling in a body is a timeout, with what came', async () => {
    const url = await serveRaw((socket) => socket.write(`${OK}Content-Length: 100\r\n\r\n<p>`));
    const { failure, exchange } = await get(url, { timeoutMs: 200 });
    expect(failure).toMatchObject({ reason: 'timeout' });
    expect(exchange?.hops[0].truncated).toBe('time');
  });

  const inParts = (head: string, part: string) =>
    serveRaw((socket) => {
      socket.write(head);
      const timer = setInterval(() => socket.write(part), 20);
      socket.on('close', () => clearInterval(timer));
    });

  it('dripping one byte at a time is as good as silent, and so cut as silence is', async () => {
    const url = await inParts(`${OK}Content-Length: 100000\r\n\r\n`, 'x');
    const { failure, exchange } = await get(url, { timeoutMs: 600, maxRequestMs: 60_000 });
    expect(failure).toMatchObject({ reason: 'timeout', detail: expect.stringMatching(/^only \d+ bytes of the body/) });
    expect(exchange?.hops[0].truncated).toBe('time');
  });

  it('dripping its header is cut as silence, too', async () => {
    const url = await inParts('HTTP/1.1 200 OK\r\nX: ', 'x');
    expect((await get(url, { timeoutMs: 200, maxRequestMs: 60_000 })).failure).toMatchObject({ reason: 'timeout' });
  });

  it('dripping what is appended to a redirect is no failure: the header says it all', async () => {
    const target = await serveHttp((_request, response) => response.end('there'));
    const url = await inParts(`HTTP/1.1 302 Found\r\nLocation: ${target}/\r\nContent-Length: 100000\r\n\r\n`, 'x');
    const { failure, exchange } = await get(url, { timeoutMs: 200, maxRequestMs: 60_000 });
    expect(failure).toBeUndefined();
    expect(exchange?.hops.map(({ truncated }) => truncated)).toEqual(['time', undefined]);
  });

  it('sending part after part for longer than the limit of the whole request is too slow, with what came', async () => {
    const url = await inParts(`${OK}Content-Length: 10000000\r\n\r\n`, 'x'.repeat(1000));
    const { failure, exchange } = await get(url, { maxRequestMs: 1000 });
    expect(failure).toMatchObject({ reason: 'too-slow' });
    expect(exchange?.hops[0].truncated).toBe('time');
    expect(exchange?.body.byteLength).toBeGreaterThan(1024);
  });

  it('is given up when the caller gives up', async () => {
    const url = await serveRaw(() => {});
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const { failure } = await localClient().fetch({ url: `${url}/`, purpose: 'page', signal: controller.signal });
    expect(failure).toMatchObject({ name: 'failed', reason: 'interrupted' });
  });
});

describe('a body without measure', () => {
  it('that never ends is cut at the limit', async () => {
    const url = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const part = Buffer.alloc(65_536, 'x');
      const pour = () => {
        while (!response.destroyed && response.write(part));
      };
      response.on('drain', pour);
      pour();
    });
    const { failure, exchange } = await get(url, { maxBodyBytes: 1_000_000 });
    expect(failure).toMatchObject({ name: 'failed', reason: 'too-large' });
    expect(exchange?.hops[0]).toMatchObject({ truncated: 'length' });
    expect(exchange?.hops[0].wireBody.length).toBe(1_000_000);
  });

  it('that is announced as too long is not read', async () => {
    let isClosed: Promise<unknown> | undefined;
    const url = await serveRaw((socket) => {
      isClosed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(`${OK}Content-Length: 200000000\r\n\r\n<p>`);
    });
    const { failure, exchange } = await get(url);
    expect(failure).toMatchObject({ reason: 'too-large' });
    expect(exchange?.hops[0].truncated).toBe('length');
    await isClosed;
  });

  it('of 15 MB comes whole', async () => {
    const page = Buffer.alloc(15_000_000, '<p>words</p>');
    const url = await serveHttp((_request, response) => response.end(page));
    const { exchange, failure } = await get(url);
    expect(failure).toBeUndefined();
    expect(page.equals(exchange!.body)).toBe(true);
  });

  it('leaves nothing behind in memory, asked for many times at once', async () => {
    const part = Buffer.alloc(65_536, 'x');
    const url = await serveHttp((_request, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(part));
      };
      response.on('drain', pour);
      pour();
    });
    const client = localClient({ maxBodyBytes: 500_000, concurrency: 8 });
    const round = async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => client.fetch({ url: `${url}/${index}`, purpose: 'page' })),
      );
      expect(answers.every(({ failure }) => failure?.reason === 'too-large')).toBe(true);
    };
    await round();
    const before = heldBytes();
    for (let times = 0; times < 5; times++) await round();
    // 200 bodies of 500 kB would be 100 MB. What is held once the last sockets have closed is counted, not what the process
    // has asked the system for: when that is given back is the garbage collector's matter.
    await vi.waitFor(() => expect(heldBytes() - before).toBeLessThan(10 * 2 ** 20), { timeout: 10_000, interval: 50 });
  });
});

describe('a place where nobody is', () => {
  it('refusing the connection is connect', async () => {
    const url = await serveBytes('');
    const client = localClient();
    const free = await serveRaw(() => {});
    expect(free).not.toBe(url);
    // Port 1 (tcpmux) has no server on any machine that runs tests.
    expect((await client.fetch({ url: 'http://127.0.0.1:1/', purpose: 'page' })).failure).toMatchObject({
      name: 'failed',
      reason: 'connect',
    });
  });

  it('without a name in DNS is dns', async () => {
    const client = localClient(
      {},
      {
        resolver: (hostname, _options, callback) =>
          callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []),
      },
    );
    expect((await client.fetch({ url: 'http://nowhere.example/', purpose: 'page' })).failure).toMatchObject({
      name: 'failed',
      reason: 'dns',
      detail: 'getaddrinfo ENOTFOUND nowhere.example',
    });
  });

  it('that never accepts is a timeout', async () => {
    const client = localClient({ timeoutMs: 200 }, { resolver: () => {} });
    expect((await client.fetch({ url: 'http://silent.example/', purpose: 'page' })).failure).toMatchObject({
      reason: 'timeout',
    });
  });

  it.each(['mailto:desk@example.org', 'javascript:alert(1)', 'file:///etc/passwd', 'no url', 'http://'])(
    'such as %s is a malformed URL',
    async (url) => {
      expect((await localClient().fetch({ url, purpose: 'page' })).failure).toMatchObject({
        name: 'out-of-scope',
        reason: 'malformed-url',
      });
    },
  );
});

describe('a closed client', () => {
  it('answers what is under way, and later requests, as interrupted', async () => {
    const url = await serveRaw(() => {});
    const client = localClient();
    const underWay = client.fetch({ url: `${url}/`, purpose: 'page' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.close();
    expect((await underWay).failure).toMatchObject({ reason: 'interrupted' });
    expect((await client.fetch({ url: `${url}/`, purpose: 'page' })).failure).toMatchObject({ reason: 'interrupted' });
  });
});

describe('a server that sends anything at all', () => {
  const template = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nLocation: /x\r\n\r\n5\r\nhello\r\n0\r\n\r\n`;
  const mutated = fc
    .array(fc.tuple(fc.nat(template.length), fc.nat(6), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 3 })
    .map((edits) => {
      let text = template;
      for (const [at, length, by] of edits) text = text.slice(0, at) + by + text.slice(at + length);
      return Uint8Array.from(Buffer.from(text, 'latin1'));
    });

  it('gets an exchange or a failure, never an exception', async () => {
    let bytes = new Uint8Array();
    const url = await serveRaw((socket) => socket.end(bytes));
    const client = localClient({ maxRedirects: 2, maxRequestMs: 2000 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), async (answer) => {
        bytes = Uint8Array.from(answer);
        const { exchange, failure } = await client.fetch({ url: `${url}/`, purpose: 'page' });
        expect(exchange ?? failure).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});
