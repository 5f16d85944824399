/**
 * A web on loopback: sites in, real HTTP out. The main way in is an HTTP proxy (requests in absolute form), behind
 * which the sites keep their real names; `separatePorts` also gives each site a port of its own. Every request is
 * logged with when it came, what it asked and how many were under way at that host. Never: asks anything of the net.
 *
 * Plain JavaScript, so that `npm run demo` can serve the same web on Node 20; its types stand in web.d.ts.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const TEXTUAL = /^(?:text\/|application\/(?:[a-z.]+\+)?(?:xml|json)|application\/javascript)/;

export async function serveWeb(sites, { latencyMs = 0, separatePorts = false } = {}) {
  const byHost = new Map(sites.map((site) => [site.host, site]));
  const ports = new Map();
  const log = [];
  const running = new Map();
  const servers = [];
  const web = {
    day: 1,
    log,
    latencyMs,
    proxy: '',
    hosts: [...byHost.keys()],
    add(site) {
      byHost.set(site.host, site);
    },
    origin: (host) => `http://127.0.0.1:${ports.get(host)}`,
    close: () =>
      Promise.all(
        servers.map(
          (server) =>
            new Promise((resolve) => {
              server.close(resolve);
              server.closeAllConnections();
            }),
        ),
      ),
  };

  async function handle(request, response, host, path) {
    const concurrent = (running.get(host) ?? 0) + 1;
    running.set(host, concurrent);
    const entry = {
      atMs: performance.timeOrigin + performance.now(),
      host,
      path,
      method: request.method,
      headers: request.headers,
      concurrent,
      day: web.day,
      status: 0,
      bytes: 0,
    };
    log.push(entry);
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      entry.endMs = performance.timeOrigin + performance.now();
      running.set(host, running.get(host) - 1);
    };
    // A client that goes away ends its request as well.
    response.on('close', end);
    if (web.latencyMs > 0) await pause(web.latencyMs);
    const site = byHost.get(host);
    const reply = site
      ? (site.answer(path, { day: web.day, headers: request.headers, method: request.method, log }) ?? NOT_FOUND)
      : { status: 502, type: 'text/plain', body: `no such host: ${host}\n` };
    if (reply.fault) {
      entry.status = reply.status ?? 0;
      entry.fault = true;
      return reply.fault(request, response);
    }
    send(entry, request, response, reply);
  }

  function send(entry, request, response, reply) {
    const headers = { ...reply.headers };
    let status = reply.status ?? 200;
    let body = reply.body ?? '';
    if (typeof body === 'string') body = Buffer.from(separatePorts ? withPorts(body) : body);
    if (reply.type) headers['content-type'] = reply.type;
    if (headers.location && separatePorts) headers.location = withPorts(headers.location);
    if (status === 200 && reply.validators !== false) {
      headers.etag ??= `"${createHash('sha1').update(body).digest('hex').slice(0, 16)}"`;
      const known = request.headers['if-none-match'];
      const since = request.headers['if-modified-since'];
      const same =
        known !== undefined
          ? known.split(/\s*,\s*/).includes(headers.etag)
          : since !== undefined &&
            headers['last-modified'] !== undefined &&
            Date.parse(since) >= Date.parse(headers['last-modified']);
      if (same) {
        status = 304;
        body = Buffer.alloc(0);
        delete headers['content-type'];
      }
    }
    const accepted = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (status !== 304 && body.length > 256 && accepted && reply.gzip !== false && TEXTUAL.test(reply.type ?? '')) {
      body = gzipSync(body);
      headers['content-encoding'] = 'gzip';
      headers.vary = 'accept-encoding';
    }
    if (status !== 304) headers['content-length'] = String(body.length);
    entry.status = status;
    entry.bytes = body.length;
    response.writeHead(status, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  function withPorts(text) {
    let result = text;
    for (const [host, port] of ports) result = result.replaceAll(`http://${host}/`, `http://127.0.0.1:${port}/`);
    return result;
  }

  async function listen(hostOfRequest) {
    const server = createServer((request, response) => {
      let url;
      try {
        url = new URL(request.url, `http://${request.headers.host}`);
      } catch {
        response.writeHead(400).end();
        return;
      }
      // The path as it was sent: what a client normalises must be seen here.
      const path = request.url.startsWith('/') ? request.url : request.url.slice(url.origin.length) || '/';
      handle(
        request,
        response,
        hostOfRequest ?? url.host,
        path.startsWith('/') ? path : url.pathname + url.search,
      ).catch((error) => response.destroy(error));
    });
    server.keepAliveTimeout = 60_000;
    // Nothing here speaks TLS: a CONNECT is refused like an unknown host.
    server.on('connect', (_request, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    server.on('clientError', (_error, socket) => socket.destroy());
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    servers.push(server);
    return server.address().port;
  }

  web.proxy = `http://127.0.0.1:${await listen()}`;
  if (separatePorts) for (const host of byHost.keys()) ports.set(host, await listen(host));
  return web;
}

const NOT_FOUND = {
  status: 404,
  type: 'text/html; charset=utf-8',
  body: '<!doctype html><title>Not found</title><h1>Not found</h1>',
};

/**
 * What a log says of manners: starts at one host closer together than `delayMs`, and more than one request at once.
 * Timers may fire a little early: a tenth of the delay, at most 15 ms, is not held against the client.
 */
export function manners(log, delayMsOf) {
  const violations = [];
  const lastStart = new Map();
  for (const entry of [...log].sort((a, b) => a.atMs - b.atMs)) {
    const delayMs = typeof delayMsOf === 'number' ? delayMsOf : delayMsOf(entry.host);
    const last = lastStart.get(entry.host);
    if (last !== undefined && entry.atMs - last < delayMs - Math.min(15, delayMs / 10))
      violations.push(
        `${entry.host}${entry.path}: ${Math.round(entry.atMs - last)} ms after the one before, ${delayMs} ms asked`,
      );
    if (entry.concurrent > 1) violations.push(`${entry.host}${entry.path}: ${entry.concurrent} requests at once`);
    lastStart.set(entry.host, entry.atMs);
  }
  return violations;
}
