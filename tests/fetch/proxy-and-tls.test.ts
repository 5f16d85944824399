import { describe, expect, it } from 'vitest';
import { createProxyChoice } from '../../src/fetch/proxy.js';
import { selfSigned } from './certificate.js';
import { localClient, serveHttp, serveHttps, serveProxy, testClient } from './servers.js';

describe('behind a proxy', () => {
  it('plain http goes in absolute form, on one connection for all hosts, with the credentials of the proxy', async () => {
    const server = await serveHttp((request, response) => response.end(`${request.headers.host}${request.url}`));
    const { url, seen } = await serveProxy(() => Number(new URL(server).port));
    const proxy = url.replace('://', '://user:p%40ss@');
    const client = testClient({ proxy });
    for (const host of ['one.example', 'two.example']) {
      const { exchange } = await client.fetch({ url: `http://${host}/a?b`, purpose: 'page' });
      expect(Buffer.from(exchange!.body).toString()).toBe(`${host}/a?b`);
      expect(exchange!.hops[0].ip).toBeUndefined();
      // The archive gets the request that the site saw, without the proxy's secret.
      expect(exchange!.hops[0].requestHeaders[0]).toEqual(['host', host]);
      expect(JSON.stringify(exchange)).not.toContain('authorization');
    }
    const credentials = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    expect(seen).toEqual([`GET http://one.example/a?b ${credentials}`, `GET http://two.example/a?b ${credentials}`]);
  });

  it('https goes through a tunnel, and the certificate is the one of the site', async () => {
    const identity = selfSigned('news.example');
    const port = await serveHttps((_request, response) => response.end('sealed'), identity);
    const { url: proxy, seen } = await serveProxy(() => port);
    const client = testClient({ proxy }, { certificateAuthorities: identity.cert });
    for (let round = 0; round < 2; round++) {
      const { exchange, failure } = await client.fetch({ url: 'https://news.example/', purpose: 'page' });
      expect(failure).toBeUndefined();
      expect(Buffer.from(exchange!.body).toString()).toBe('sealed');
    }
    expect(seen).toEqual(['CONNECT news.example:443']);
    const { failure } = await client.fetch({ url: 'https://other.example/', purpose: 'page' });
    expect(failure).toMatchObject({ name: 'failed', reason: 'tls' });
  });

  it('a refused tunnel is connect, with the answer of the proxy', async () => {
    const { url: proxy } = await serveProxy(() => 1);
    const { failure } = await testClient({ proxy }).fetch({ url: 'https://refused.example/', purpose: 'page' });
    expect(failure).toMatchObject({ name: 'failed', reason: 'connect' });
    expect(failure?.detail).toContain('403');
  });

  it('a proxy that wants other credentials is connect', async () => {
    const proxy = await serveHttp((_request, response) => response.writeHead(407).end('who are you?'));
    const { failure } = await testClient({ proxy }).fetch({ url: 'http://news.example/', purpose: 'page' });
    expect(failure).toMatchObject({ name: 'failed', reason: 'connect' });
  });

  it('a proxy that is not there is connect', async () => {
    const client = testClient({ proxy: 'http://127.0.0.1:1' });
    for (const url of ['http://news.example/', 'https://news.example/'])
      expect((await client.fetch({ url, purpose: 'page' })).failure).toMatchObject({ reason: 'connect' });
  });

  it.each(['http://127.0.0.1/', 'http://[::1]/', 'https://192.168.0.1/', 'http://localhost/', 'http://a.localhost/'])(
    '%s is disallowed without asking the proxy',
    async (url) => {
      const { url: proxy, seen } = await serveProxy(() => 1);
      const { failure } = await testClient({ proxy }).fetch({ url, purpose: 'page' });
      expect(failure).toMatchObject({ name: 'disallowed', reason: 'private-address' });
      expect(seen).toEqual([]);
    },
  );
});

describe('the proxy variables', () => {
  const choice = (environment: Record<string, string>, url: string, configured?: string) =>
    createProxyChoice(configured, environment)(new URL(url))?.href;

  it('choose by scheme, lower case first', () => {
    const environment = { HTTP_PROXY: 'http://a:1', http_proxy: 'http://b:2', HTTPS_PROXY: 'c:3' };
    expect(choice(environment, 'http://x.example/')).toBe('http://b:2/');
    expect(choice(environment, 'https://x.example/')).toBe('http://c:3/');
    expect(choice({}, 'https://x.example/')).toBeUndefined();
    expect(choice({ HTTP_PROXY: '' }, 'http://x.example/')).toBeUndefined();
  });

  it('are overruled by the setting', () => {
    expect(choice({ HTTP_PROXY: 'http://a:1', NO_PROXY: '*' }, 'http://x.example/', 'http://own:9')).toBe(
      'http://own:9/',
    );
  });

  it.each([
    ['x.example', 'http://x.example/', true],
    ['x.example', 'http://a.x.example/', true],
    ['.x.example', 'http://a.x.example/', true],
    ['*.x.example', 'http://a.x.example/', true],
    ['x.example', 'http://yx.example/', false],
    ['a, x.example:8080 b', 'http://x.example:8080/', true],
    ['x.example:8080', 'http://x.example/', false],
    ['*', 'http://anything.example/', true],
    ['127.0.0.1,::1', 'http://[::1]:8080/', true],
    ['[::1]', 'http://[::1]:8080/', true],
    ['', 'http://x.example/', false],
  ])('NO_PROXY=%j makes %s direct: %s', (exceptions, url, direct) => {
    expect(choice({ HTTP_PROXY: 'http://a:1', NO_PROXY: exceptions }, url) === undefined).toBe(direct);
  });

  it('that are no URL of a proxy are an error at once', () => {
    expect(() => createProxyChoice('socks5://x', {})).toThrow(/proxy: expected an http/);
    expect(() => createProxyChoice(undefined, { HTTP_PROXY: 'http://' })).toThrow(/HTTP_PROXY/);
  });
});

describe('TLS', () => {
  const resolver = (
    _name: string,
    _options: unknown,
    callback: (e: null, a: { address: string; family: number }[]) => void,
  ) => callback(null, [{ address: '127.0.0.1', family: 4 }]);
  const listener = (_request: unknown, response: { end(text: string): void }) => response.end('sealed');

  it('with a certificate that is trusted and names the host is an exchange', async () => {
    const identity = selfSigned('news.example');
    const port = await serveHttps(listener, identity);
    const client = localClient({}, { resolver, certificateAuthorities: identity.cert });
    const { exchange, failure } = await client.fetch({ url: `https://news.example:${port}/`, purpose: 'page' });
    expect(failure).toBeUndefined();
    expect(exchange?.hops[0].ip).toBe('127.0.0.1');
  });

  it.each([
    ['nobody signed', selfSigned('news.example'), undefined],
    ['names another host', selfSigned('other.example'), 'own'],
    ['has expired', selfSigned('news.example', -1), 'own'],
  ])('with a certificate that %s is tls, and nothing is asked in the clear', async (_name, identity, trust) => {
    let requests = 0;
    const port = await serveHttps(() => requests++, identity);
    const client = localClient({}, { resolver, ...(trust ? { certificateAuthorities: identity.cert } : {}) });
    const { failure, exchange } = await client.fetch({ url: `https://news.example:${port}/`, purpose: 'page' });
    expect(failure).toMatchObject({ name: 'failed', reason: 'tls' });
    expect(failure?.detail).toBeTruthy();
    expect(exchange).toBeUndefined();
    expect(requests).toBe(0);
  });

  it('with a server that speaks plain HTTP is tls', async () => {
    const url = await serveHttp((_request, response) => response.end('clear'));
    const { failure } = await localClient().fetch({ url: `${url.replace('http:', 'https:')}/`, purpose: 'page' });
    expect(failure).toEqual({
      name: 'failed',
      reason: 'tls',
      detail: expect.stringMatching(/^[\w ]+ \((?:EPROTO|ERR_SSL_\w+)\)$/),
    });
  });
});
