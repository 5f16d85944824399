/**
 * The client: one request with its redirects.
 *
 * In: a URL and what it is expected to be. Out: the exchange hop by hop, a failure, or both where what came is not
 * usable but worth keeping. It never throws for what the web does, never connects to an address that the guard forbids,
 * keeps no cookie beyond a redirect chain, and holds no response beyond its limits.
 */
import PQueue from 'p-queue';
import type { Exchange, FetchResult, HeaderField, Hop } from '../exchange.js';
import type { Outcome } from '../outcome.js';
import type { Settings } from '../settings.js';
import { VERSION } from '../version.js';
import { AddressGuard, type Resolver } from './address.js';
import { ConnectionPool, type Route } from './connection.js';
import { CookieChain } from './cookies.js';
import { ACCEPT_ENCODING, decodeBody } from './decoding.js';
import { failed } from './failure.js';
import { type HopReport, REDIRECT_STATUSES, requestHop } from './hop.js';
import { createProxyChoice, type Environment, type ProxyChoice } from './proxy.js';
import { parseRetryAfter } from './retry-after.js';
import { Throttle } from './throttle.js';

/** The fetch part of the settings. */
export type ClientSettings = Pick<
  Settings,
  | 'userAgent'
  | 'contact'
  | 'proxy'
  | 'allowPrivate'
  | 'concurrency'
  | 'maxSockets'
  | 'maxBytesPerSecond'
  | 'timeoutMs'
  | 'maxRequestMs'
  | 'maxBodyBytes'
  | 'maxDecodedBytes'
  | 'maxSitemapBytes'
  | 'maxHeaderBytes'
  | 'maxRedirects'
  | 'maxUrlLength'
>;

/** What the client stands in, beside the settings. */
export interface ClientSurroundings {
  /**
   * What the user seeded and may therefore be private: URLs (their host and port are meant), `host:port`, or `host`
   * for any port.
   */
  readonly allowedHosts?: readonly string[];
  /** In place of the system's resolver. */
  readonly resolver?: Resolver;
  /** In place of `process.env`, for the proxy variables. */
  readonly environment?: Environment;
  /** Certificates (PEM) trusted in place of the runtime's own and NODE_EXTRA_CA_CERTS. */
  readonly certificateAuthorities?: string;
  /** Called when downloads pause for so many milliseconds to keep to `maxBytesPerSecond`. */
  readonly onThrottle?: (ms: number) => void;
}

export type Purpose = 'page' | 'feed' | 'sitemap' | 'robots';

export interface FetchRequest {
  readonly url: string;
  /** Picks Accept and the size limits. */
  readonly purpose: Purpose;
  /** Of an earlier response: sent as If-None-Match and If-Modified-Since. */
  readonly validators?: { readonly etag?: string; readonly lastModified?: string };
  readonly signal?: AbortSignal;
  readonly hooks?: HopHooks;
}

export interface HopReportForHooks {
  readonly status?: number;
  readonly failure?: Outcome;
  /** When the request went out on an open connection, by `performance.now`; absent where none could be had. */
  readonly sentAtMs?: number;
  readonly elapsedMs: number;
  /** Of the body, on the wire. */
  readonly bytes: number;
  readonly retryAfterMs?: number;
}

export interface HopHooks {
  /** Before every hop, the first and each redirect: resolves when the request may start, or with the outcome that forbids it. */
  before?(url: string): Promise<Outcome | undefined>;
  /** Once after every hop that `before` let through, also a failed one. */
  after?(url: string, report: HopReportForHooks): void;
}

const ACCEPT: Readonly<Record<Purpose, string>> = {
  page: 'text/html,application/xhtml+xml;q=0.9,application/xml;q=0.8,*/*;q=0.5',
  feed: 'application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5',
  sitemap: 'application/xml,text/xml,application/gzip;q=0.9,text/plain;q=0.8,*/*;q=0.5',
  robots: 'text/plain,*/*;q=0.5',
};

/** RFC 9309, section 2.5: parse at least 500 kibibytes. What follows is cut off. */
const MAX_ROBOTS_BYTES = 500 * 2 ** 10;
/** RFC 9309, section 2.3.1.2: at least five, also to other hosts. */
const MAX_ROBOTS_REDIRECTS = 5;

interface Limits {
  readonly wireBytes: number;
  readonly decodedBytes: number;
  /** A longer body is cut at the limit and used, not failed. */
  readonly cuts: boolean;
  readonly redirects: number;
}

export class Client {
  readonly #settings: ClientSettings;
  readonly #guard: AddressGuard;
  readonly #pool: ConnectionPool;
  readonly #proxyFor: ProxyChoice;
  readonly #userAgent: string;
  readonly #throttle: Throttle;
  /** Bounds the requests under way of callers that ask for everything at once; a crawl stays below it by itself. */
  readonly #slots: PQueue;

  constructor(settings: ClientSettings, surroundings: ClientSurroundings = {}) {
    this.#settings = settings;
    this.#guard = new AddressGuard({
      allowPrivate: settings.allowPrivate,
      ...(surroundings.allowedHosts ? { allowedHosts: surroundings.allowedHosts } : {}),
      ...(surroundings.resolver ? { resolver: surroundings.resolver } : {}),
    });
    this.#pool = new ConnectionPool(this.#guard, {
      timeoutMs: settings.timeoutMs,
      maxHeaderBytes: settings.maxHeaderBytes,
      maxOpen: settings.maxSockets,
      certificateAuthorities: surroundings.certificateAuthorities,
    });
    this.#proxyFor = createProxyChoice(settings.proxy, surroundings.environment ?? process.env);
    this.#userAgent = settings.userAgent ?? `tearsheet/${VERSION}${settings.contact ? ` (+${settings.contact})` : ''}`;
    this.#throttle = new Throttle(settings.maxBytesPerSecond, surroundings.onThrottle);
    this.#slots = new PQueue({ concurrency: Math.min(settings.concurrency, settings.maxSockets) });
  }

  async fetch(request: FetchRequest): Promise<FetchResult> {
    const hops: Hop[] = [];
    const limits = this.#limitsFor(request.purpose);
    const cookies = new CookieChain();
    const seen = new Set<string>();
    const fail = (failure: Outcome, body: Uint8Array = new Uint8Array()): FetchResult => {
      const exchange = exchangeOf(request.url, hops, body);
      return exchange ? { exchange, failure } : { failure };
    };

    let url = parseHttpUrl(request.url);
    if (!url) return fail({ name: 'out-of-scope', reason: 'malformed-url', detail: 'not an http(s) URL' });
    for (;;) {
      const proxy = this.#proxyFor(url);
      const route: Route = proxy ? { target: url, proxy } : { target: url };
      const refusal = this.#guard.refusal(url, proxy !== undefined);
      if (refusal) return fail(refusal);
      const cookie = cookies.fieldFor(url);
      // The same URL with the same cookies will answer the same again.
      const step = `${url.href} ${cookie ?? ''}`;
      if (seen.has(step)) return fail(failed('redirect-loop', `${url.href} redirects to itself`));
      seen.add(step);

      const forbidden = await this.#permission(request, url);
      if (forbidden) return fail(forbidden);
      const report = await this.#hop(route, request, limits, cookie);
      const { hop } = report;
      if (hop) hops.push(hop);
      request.hooks?.after?.(url.href, reportForHooks(report));
      if (report.failure || !hop) {
        const partial = hop ? await decodeBody(hop.wireBody, hop.responseHeaders, limits.decodedBytes) : undefined;
        return fail(report.failure ?? failed('bad-http', 'no response'), partial?.body);
      }
      if (proxy && hop.status === 407) return fail(failed('connect', 'the proxy asks for other credentials (407)'));
      for (const [name, value] of hop.responseHeaders)
        if (name.toLowerCase() === 'set-cookie') cookies.take(value, url);

      if (!REDIRECT_STATUSES.has(hop.status)) {
        const decoded = await decodeBody(hop.wireBody, hop.responseHeaders, limits.decodedBytes);
        if (decoded.failure && !(limits.cuts && decoded.failure.reason === 'too-large')) return fail(decoded.failure);
        return { exchange: exchangeOf(request.url, hops, decoded.body)! };
      }
      const next = redirectTarget(hop, this.#settings.maxUrlLength);
      if (!(next instanceof URL)) return fail(next);
      if (hops.length > limits.redirects)
        return fail(failed('too-many-redirects', `more than ${limits.redirects} redirects`));
      url = next;
    }
  }

  /**
   * Where a URL's host answers: its addresses, each with the port; the web's two usual ports count as one. Empty behind a
   * proxy, which does the look-up, and where there is no answer. Nothing is connected to.
   */
  async serversOf(url: string): Promise<string[]> {
    const target = parseHttpUrl(url);
    if (!target || this.#proxyFor(target)) return [];
    const place = target.port === '' ? 'web' : target.port;
    return (await this.#guard.addressesOf(target)).map((address) => `${address} ${place}`);
  }

  /** Ends every connection; requests under way and later ones come back as interrupted. */
  async close(): Promise<void> {
    this.#pool.close();
    await this.#slots.onIdle();
  }

  async #permission(request: FetchRequest, url: URL): Promise<Outcome | undefined> {
    try {
      const forbidden = await request.hooks?.before?.(url.href);
      if (forbidden) return forbidden;
    } catch (error) {
      // Waiting for a turn ends with the signal; any other error of a hook is a bug.
      if (!request.signal?.aborted) throw error;
      return failed('interrupted', 'the request was given up');
    }
    return undefined;
  }

  #hop(route: Route, request: FetchRequest, limits: Limits, cookie: string | undefined): Promise<HopReport> {
    return this.#slots.add(async () => {
      const report = await this.#tryHop(route, request, limits, cookie, false);
      // The server closed the idle connection while the request was on its way; a GET may be sent again (RFC 9110, 9.2.2).
      return report.stale && !request.signal?.aborted ? this.#tryHop(route, request, limits, cookie, true) : report;
    });
  }

  async #tryHop(
    route: Route,
    request: FetchRequest,
    limits: Limits,
    cookie: string | undefined,
    fresh: boolean,
  ): Promise<HopReport> {
    const connection = this.#pool.acquire(route, fresh);
    if (!connection) {
      const failure = failed('interrupted', 'the client is closed');
      return { failure, stale: false, reusable: false, elapsedMs: 0 };
    }
    const report = await requestHop(connection, {
      url: route.target,
      headers: this.#headersFor(request, cookie),
      timeoutMs: this.#settings.timeoutMs,
      maxRequestMs: this.#settings.maxRequestMs,
      maxBodyBytes: limits.wireBytes,
      cutsLongBody: limits.cuts,
      signal: request.signal,
      throttle: this.#throttle,
    });
    this.#pool.release(connection, report.reusable);
    return report;
  }

  #headersFor({ purpose, validators }: FetchRequest, cookie: string | undefined): HeaderField[] {
    const headers: HeaderField[] = [
      ['user-agent', this.#userAgent],
      ['accept', ACCEPT[purpose]],
      ['accept-encoding', ACCEPT_ENCODING],
    ];
    if (cookie !== undefined) headers.push(['cookie', cookie]);
    if (isFieldValue(validators?.etag)) headers.push(['if-none-match', validators.etag]);
    if (isFieldValue(validators?.lastModified)) headers.push(['if-modified-since', validators.lastModified]);
    return headers;
  }

  #limitsFor(purpose: Purpose): Limits {
    const { maxBodyBytes, maxDecodedBytes, maxSitemapBytes, maxRedirects: redirects } = this.#settings;
    switch (purpose) {
      case 'robots':
        return {
          wireBytes: MAX_ROBOTS_BYTES,
          decodedBytes: MAX_ROBOTS_BYTES,
          cuts: true,
          redirects: MAX_ROBOTS_REDIRECTS,
        };
      case 'sitemap':
        // Sitemaps come uncompressed as well.
        return { wireBytes: maxSitemapBytes, decodedBytes: maxSitemapBytes, cuts: false, redirects };
      default:
        return { wireBytes: maxBodyBytes, decodedBytes: maxDecodedBytes, cuts: false, redirects };
    }
  }
}

function exchangeOf(url: string, hops: readonly Hop[], body: Uint8Array): Exchange | undefined {
  const last = hops.at(-1);
  if (!last) return undefined;
  return { url, finalUrl: last.url, hops: hops as [Hop, ...Hop[]], status: last.status, body };
}

function reportForHooks({ hop, failure, sentAtMs, elapsedMs }: HopReport): HopReportForHooks {
  const retryAfter = hop?.responseHeaders.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const retryAfterMs = parseRetryAfter(retryAfter, Date.now());
  return {
    elapsedMs,
    bytes: hop?.wireBody.byteLength ?? 0,
    ...(hop ? { status: hop.status } : {}),
    ...(failure ? { failure } : {}),
    ...(sentAtMs === undefined ? {} : { sentAtMs }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Where a redirect leads, or why it leads nowhere. */
function redirectTarget(hop: Hop, maxUrlLength: number): URL | Outcome {
  const field = hop.responseHeaders.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (field === undefined || field.trim() === '') return failed('bad-redirect', `${hop.status} without Location`);
  const location = utf8OrLatin1(field.trim());
  if (location.length > maxUrlLength) return failed('bad-redirect', `Location of ${location.length} characters`);
  const target = parseHttpUrl(location, hop.url);
  if (!target) return failed('bad-redirect', `Location "${location.slice(0, 200)}" is not an http(s) URL`);
  if (target.href.length > maxUrlLength) return failed('bad-redirect', `Location of ${target.href.length} characters`);
  return target;
}

/** Location fields hold raw UTF-8 on many sites, though the field is Latin-1 by the book. */
function utf8OrLatin1(field: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(field, 'latin1'));
  } catch {
    return field;
  }
}

/** Without fragment and credentials. */
function parseHttpUrl(text: string, base?: string): URL | undefined {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url;
}

/** A validator comes from the web by way of the archive: only what may stand in a header field is sent back. */
function isFieldValue(text: string | undefined): text is string {
  return text !== undefined && /^[\x20-\x7e\x80-\xff]+$/.test(text);
}
