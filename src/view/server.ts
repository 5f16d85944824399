/**
 * An archive to be read and searched in a browser of this machine. In: a folder. Out: a web server on the loopback
 * address. Changes no record; answers only requests that name it as its own address names it, so that no page of the web
 * can read the archive through the browser (DNS rebinding).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ArchiveReader, openReader } from '../archive/reader.js';
import { type Hit, SearchIndex } from '../search/search.js';
import { articlePage, frontPage, messagePage, POLICY, resultsPage } from './pages.js';

export interface View {
  /** `http://127.0.0.1:8017/` */
  readonly url: string;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const LISTED = 50;
const HITS = 20;
const MOST_HITS = 500;

interface Answer {
  readonly status: number;
  readonly html: string;
}

/** Throws ArchiveDamagedError where there is no archive; rejects where the port is taken. `port` 0: any that is free. */
export async function serveArchive(directory: string, { port }: { readonly port: number }): Promise<View> {
  // What is damaged is left out of lists: `verify` is there to name it.
  const reader = openReader(directory, () => {});
  const server = createServer((request, response) => {
    answer(reader, request)
      .catch((error: unknown) => ({ status: 500, html: messagePage(`That failed: ${(error as Error).message}`) }))
      .then((answered) => send(response, request, answered))
      .catch(() => response.destroy());
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, LOOPBACK, resolve);
    });
  } catch (error) {
    reader.close();
    throw error;
  }
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      reader.close();
    },
  };
}

async function answer(reader: ArchiveReader, request: IncomingMessage): Promise<Answer> {
  if (!isForUs(request)) return { status: 403, html: messagePage('This address is not mine') };
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { status: 405, html: messagePage('Only to be read') };
  // Behind the host whatever it begins with: `//` alone would begin another host. A browser never asks for more than a path.
  const path = request.url?.startsWith('/') === true ? request.url : '/*';
  const { pathname, searchParams } = new URL(`http://${LOOPBACK}${path}`);
  const row = /^\/record\/(\d{1,15})$/.exec(pathname)?.[1];
  if (row !== undefined) {
    const record = await reader.recordAt(Number(row));
    if (record) return { status: 200, html: articlePage(record, await reader.recordsOf(record.key)) };
  }
  if (pathname !== '/') return { status: 404, html: messagePage('There is no such page') };
  const query = searchParams.get('q')?.trim() ?? '';
  if (query !== '') {
    const limit = wholeNumber(searchParams.get('limit'), HITS, MOST_HITS);
    return { status: 200, html: resultsPage(query, await hitsOf(reader, query, limit), limit, MOST_HITS) };
  }
  const before = wholeNumber(searchParams.get('before'), Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const records = await reader.newest(LISTED, before);
  const more = records.length === LISTED ? records.at(-1)!.row : undefined;
  return { status: 200, html: frontPage(records, reader.counts().articles, more) };
}

/** Opened anew each time: what a crawl has written meanwhile is found. */
async function hitsOf(reader: ArchiveReader, query: string, limit: number): Promise<Hit[]> {
  const index = await SearchIndex.open(reader);
  try {
    const hits: Hit[] = [];
    for await (const hit of index.search(query, { limit })) hits.push(hit);
    return hits;
  } finally {
    index.close();
  }
}

function isForUs({ headers, socket }: IncomingMessage): boolean {
  return headers.host === `${LOOPBACK}:${socket.localPort}` || headers.host === `localhost:${socket.localPort}`;
}

function wholeNumber(text: string | null, otherwise: number, most: number): number {
  const number = Number(text);
  return text !== null && Number.isInteger(number) && number > 0 ? Math.min(number, most) : otherwise;
}

function send(response: ServerResponse, request: IncomingMessage, { status, html }: Answer): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'content-security-policy': `${POLICY}; frame-ancestors 'none'`,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? '' : html);
}
