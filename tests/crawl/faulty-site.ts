/**
 * A site on a raw socket that serves every fault of the web beside healthy articles. Each page stands with the outcome
 * that it must have; what is `archived` is an article that can be had in spite of what its server does.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { articleHtml } from './articles.js';

/** A title that would clear the screen, colour it and turn the reading direction. */
const HOSTILE_HEADLINE = 'Plans \x1b[2J\x9b31m \u202e\u2066 \x07 for the bridge';

const HEALTHY = 24;
const OK = 'HTTP/1.1 200 OK\r\n';
const HTML = 'Content-Type: text/html; charset=utf-8\r\n';
const MEGABYTE = 2 ** 20;

export interface FaultyPage {
  /** `archived (new)` */
  readonly outcome: string;
  readonly answer: (socket: Socket, request: string) => void;
}

let number = 1000;
const article = () => articleHtml(number++);
const bytes = (text: string) => Buffer.from(text);

function send(head: string, body: string | Uint8Array = ''): FaultyPage['answer'] {
  const payload = typeof body === 'string' ? bytes(body) : body;
  return (socket) => {
    socket.write(Buffer.from(head, 'latin1'));
    socket.write(payload);
  };
}
function sendAndClose(head: string, body: string | Uint8Array = ''): FaultyPage['answer'] {
  return (socket, request) => {
    send(head, body)(socket, request);
    socket.end();
  };
}
/** A whole answer: status line and fields without Content-Length. */
const page = (body: string | Uint8Array, fields = HTML, status = '200 OK'): FaultyPage['answer'] =>
  send(`HTTP/1.1 ${status}\r\n${fields}Content-Length: ${bytes(body as string).length}\r\n\r\n`, body);
const status = (line: string, fields = ''): FaultyPage['answer'] => page('<h1>Sorry</h1>', HTML + fields, line);
const redirect = (location: string, fields = ''): FaultyPage['answer'] =>
  page('', `Location: ${location}\r\n${fields}`, '302 Found');

/** Writes on until the other side has had enough. */
function pour(socket: Socket, part: Uint8Array, parts = Number.POSITIVE_INFINITY): void {
  let left = parts;
  const go = () => {
    while (left > 0 && !socket.destroyed) {
      left--;
      if (!socket.write(part)) return;
    }
  };
  socket.on('drain', go);
  go();
}
const chunk = (size: number) =>
  Buffer.concat([bytes(`${size.toString(16)}\r\n`), Buffer.alloc(size, 'x'), bytes('\r\n')]);
function drip(head: string): FaultyPage['answer'] {
  return (socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write('x'), 50);
    socket.on('close', () => clearInterval(timer));
  };
}

const cookies = Array.from({ length: 50 }, (_, at) => `Set-Cookie: c${at}=${'v'.repeat(900)}; Path=/\r\n`).join('');
let turns = 0;

/** Paths as a link has them. */
export const FAULTS: Readonly<Record<string, FaultyPage>> = {
  // Breaking off.
  'reset-at-once': { outcome: 'failed (reset)', answer: (socket) => socket.resetAndDestroy() },
  'closed-at-once': { outcome: 'failed (reset)', answer: (socket) => void socket.end() },
  'half-a-header': { outcome: 'failed (reset)', answer: sendAndClose('HTTP/1.1 200 OK\r\nContent-Ty') },
  'reset-in-body': {
    outcome: 'failed (truncated)',
    answer: (socket) => {
      socket.write(`${OK}${HTML}Content-Length: 9000\r\n\r\n<p>half`);
      setTimeout(() => socket.resetAndDestroy(), 20);
    },
  },
  'short-of-its-length': {
    outcome: 'failed (truncated)',
    answer: sendAndClose(`${OK}${HTML}Content-Length: 9000\r\n\r\n`, article()),
  },
  'half-a-chunk': {
    outcome: 'failed (truncated)',
    answer: sendAndClose(`${OK}${HTML}Transfer-Encoding: chunked\r\n\r\n4000\r\n`, '<p>x'),
  },
  'more-than-its-length': {
    outcome: 'archived (new)',
    answer: (socket, request) => {
      page(article())(socket, request);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!');
    },
  },
  'without-length': { outcome: 'archived (new)', answer: sendAndClose(`${OK}${HTML}\r\n`, article()) },
  // Broken HTTP.
  'bad-chunk-size': {
    outcome: 'failed (bad-http)',
    answer: send(`${OK}${HTML}Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>x\r\n`),
  },
  'no-status-line': { outcome: 'failed (bad-http)', answer: sendAndClose('hello\r\n\r\n') },
  'two-lengths': {
    outcome: 'failed (bad-http)',
    answer: send(`${OK}${HTML}Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello`),
  },
  'length-and-chunks': {
    outcome: 'failed (bad-http)',
    answer: send(`${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  },
  'upgrade-unasked': {
    outcome: 'failed (bad-http)',
    answer: send('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
  },
  'fields-repeated': {
    outcome: 'archived (new)',
    answer: page(article(), `${HTML}Content-Type: text/plain\r\nETag: "a"\r\nETag: "b"\r\nX: \xff\r\n`),
  },
  'header-flood': {
    outcome: 'failed (too-large)',
    answer: (socket) => {
      socket.write(OK);
      pour(socket, bytes(`X-Flood: ${'x'.repeat(500)}\r\n`));
    },
  },
  // Slow, endless, huge.
  'never-answered': { outcome: 'failed (timeout)', answer: () => {} },
  'byte-by-byte': { outcome: 'failed (timeout)', answer: drip(`${OK}${HTML}Content-Length: 100000\r\n\r\n`) },
  'header-byte-by-byte': { outcome: 'failed (timeout)', answer: drip(`${OK}X: `) },
  stalled: { outcome: 'failed (timeout)', answer: send(`${OK}${HTML}Content-Length: 9000\r\n\r\n<p>`) },
  endless: {
    outcome: 'failed (too-large)',
    answer: (socket) => {
      socket.write(`${OK}${HTML}\r\n`);
      pour(socket, Buffer.alloc(65_536, 'x'));
    },
  },
  'endless-in-chunks': {
    outcome: 'failed (too-large)',
    answer: (socket) => {
      socket.write(`${OK}${HTML}Transfer-Encoding: chunked\r\n\r\n`);
      pour(socket, chunk(65_536));
    },
  },
  '200-megabytes': {
    outcome: 'failed (too-large)',
    answer: (socket) => {
      socket.write(`${OK}${HTML}Content-Length: ${200 * MEGABYTE}\r\n\r\n`);
      pour(socket, Buffer.alloc(MEGABYTE, '<p>'), 200);
    },
  },
  // Codings.
  'gzip-bomb': {
    outcome: 'failed (too-large)',
    answer: page(gzipSync(Buffer.alloc(200 * MEGABYTE)), `${HTML}Content-Encoding: gzip\r\n`),
  },
  'gzip-bomb-in-gzip': {
    outcome: 'failed (too-large)',
    answer: page(gzipSync(gzipSync(Buffer.alloc(200 * MEGABYTE))), `${HTML}Content-Encoding: gzip, gzip\r\n`),
  },
  'gzip-twice': {
    outcome: 'archived (new)',
    answer: page(gzipSync(gzipSync(article())), `${HTML}Content-Encoding: gzip\r\n`),
  },
  'gzip-announced-only': { outcome: 'archived (new)', answer: page(article(), `${HTML}Content-Encoding: gzip\r\n`) },
  'gzip-damaged': {
    outcome: 'failed (bad-encoding)',
    answer: page(Buffer.from(gzipSync(article())).fill(0xff, 20, 60), `${HTML}Content-Encoding: gzip\r\n`),
  },
  brotli: { outcome: 'archived (new)', answer: page(brotliCompressSync(article()), `${HTML}Content-Encoding: br\r\n`) },
  'coding-unknown': {
    outcome: 'failed (bad-encoding)',
    answer: page(gzipSync(article()), `${HTML}Content-Encoding: compress\r\n`),
  },
  // Redirects.
  'to-itself': { outcome: 'failed (redirect-loop)', answer: redirect('/2017/11/23/to-itself.html') },
  'to-itself-until-its-cookie': {
    outcome: 'archived (new)',
    answer: (socket, request) =>
      (/^cookie: .*seen=1/im.test(request)
        ? page(article())
        : redirect('/2017/11/23/to-itself-until-its-cookie.html', 'Set-Cookie: seen=1; Path=/\r\n'))(socket, request),
  },
  'for-ever-on': {
    outcome: 'failed (too-many-redirects)',
    answer: (socket, request) => redirect(`/2017/11/23/for-ever-on.html?turn=${turns++}`)(socket, request),
  },
  'to-nowhere': { outcome: 'failed (bad-redirect)', answer: page('', '', '302 Found') },
  'to-javascript': { outcome: 'failed (bad-redirect)', answer: redirect('javascript:alert(1)') },
  'to-file': { outcome: 'failed (bad-redirect)', answer: redirect('file:///etc/passwd') },
  'to-metadata-service': {
    outcome: 'disallowed (private-address)',
    answer: redirect('http://169.254.169.254/latest/meta-data/'),
  },
  'under-cookies': {
    outcome: 'archived (new)',
    answer: (socket, request) =>
      (/^cookie: /im.test(request) ? page(article()) : redirect('/2017/11/23/under-cookies.html', cookies))(
        socket,
        request,
      ),
  },
  // Not what it says, or not an article.
  'typed-as-text': { outcome: 'archived (new)', answer: page(article(), 'Content-Type: text/plain\r\n') },
  'typed-as-bytes': {
    outcome: 'archived (new)',
    answer: page(article(), 'Content-Type: application/octet-stream\r\n'),
  },
  'without-type': { outcome: 'archived (new)', answer: page(article(), '') },
  'pdf-typed-as-page': { outcome: 'not-article (not-html)', answer: page('%PDF-1.7\n%\xe2\xe3') },
  pdf: { outcome: 'not-article (not-html)', answer: page('%PDF-1.7\n', 'Content-Type: application/pdf\r\n') },
  picture: { outcome: 'not-article (not-html)', answer: page('\x89PNG\r\n\x1a\n', 'Content-Type: image/png\r\n') },
  empty: { outcome: 'not-article (empty)', answer: page('') },
  nested: { outcome: 'not-article (no-body)', answer: page(`<html><body>${'<div>'.repeat(200_000)}deep`) },
  'escapes-in-its-title': {
    outcome: 'archived (new)',
    answer: page(articleHtml(999, { headline: HOSTILE_HEADLINE })),
  },
  '..%2f..%2fetc%2fpasswd': { outcome: 'archived (new)', answer: page(article()) },
  // Answers.
  forbidden: { outcome: 'failed (http-4xx)', answer: status('403 Forbidden') },
  missing: { outcome: 'gone (http-404)', answer: status('404 Not Found') },
  removed: { outcome: 'gone (http-410)', answer: status('410 Gone') },
  'sent-home': { outcome: 'gone (redirects-to-front)', answer: redirect('/') },
  broken: { outcome: 'failed (http-5xx)', answer: status('500 Internal Server Error') },
  'too-busy': { outcome: 'failed (rate-limited)', answer: status('503 Service Unavailable', 'Retry-After: 0\r\n') },
  'too-many': {
    outcome: 'failed (rate-limited)',
    answer: status('429 Too Many Requests', 'Retry-After: Thu, 23 Nov 2017 15:00:00 GMT\r\n'),
  },
};

export const pathOf = (name: string): string => `/2017/11/23/${name}.html`;
export const healthyPaths: readonly string[] = Array.from({ length: HEALTHY }, (_, at) => pathOf(`plan-number-${at}`));

export interface FaultySite {
  readonly port: number;
  /** First lines of the requests, as they came. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** `links` stand on the front page beside those to all pages. */
export async function serveFaultySite(links: readonly string[] = []): Promise<FaultySite> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const faults = Object.keys(FAULTS).map(pathOf);
  const all = [...healthyPaths, ...faults].sort((a, b) => ((a.length * 7919) % 101) - ((b.length * 7919) % 101));
  const front = `<!doctype html><title>The Courier</title><ul>${[...all, ...links].map((link) => `<li><a href="${link}">News of ${link.length} letters</a></li>`).join('')}</ul>`;
  const answer = (socket: Socket, request: string) => {
    const path = /^GET (\S+)/.exec(request)?.[1] ?? '';
    asked.push(path);
    const name = /^\/2017\/11\/23\/(.*)\.html(?:\?.*)?$/.exec(path)?.[1] ?? '';
    const healthy = healthyPaths.indexOf(path);
    if (path === '/') page(front)(socket, request);
    else if (path === '/robots.txt')
      page('User-agent: *\nDisallow: /private/\n', 'Content-Type: text/plain\r\n')(socket, request);
    else if (healthy >= 0) page(articleHtml(healthy))(socket, request);
    else if (Object.hasOwn(FAULTS, name)) FAULTS[name]!.answer(socket, request);
    else status('404 Not Found')(socket, request);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let head = '';
    socket.on('data', (data) => {
      head += data.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      const request = head;
      head = '';
      answer(socket, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
