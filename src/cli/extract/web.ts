/**
 * Asks for single pages with the manners of a crawl. In: a URL as given. Out: the page's bytes with what is known of
 * its capture, or the outcome that stands in their place. Never throws for what the web does.
 */
import { createHash } from 'node:crypto';
import type { Capture } from '../../article.js';
import { PoliteClient } from '../../crawl/polite.js';
import { type Exchange, headerOf } from '../../exchange.js';
import { robotsDirectives } from '../../fetch/robots-directives.js';
import { foreignResponse } from '../../foreign.js';
import type { Outcome } from '../../outcome.js';
import type { PageTask } from '../../pool/page-task.js';
import type { Settings } from '../../settings.js';
import { hostOf } from '../../url.js';

export type Fetched =
  | { readonly task: Omit<PageTask, 'url' | 'links'>; readonly capture: Capture; readonly outcome?: undefined }
  | { readonly outcome: Outcome };

export class Web {
  readonly #settings: Settings;
  readonly #public: PoliteClient;
  /** An address that the user gave may be private; one that a page or a redirect leads to may not. A client per such host. */
  readonly #private = new Map<string, PoliteClient>();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#public = new PoliteClient(settings);
  }

  async get(url: string): Promise<Fetched> {
    const host = hostOf(url);
    for (let tries = 0; ; tries++) {
      const client = this.#private.get(host) ?? this.#public;
      const { exchange, failure } = await client.fetch({ url, purpose: 'page' });
      if (failure?.reason === 'private-address' && !exchange && client === this.#public) {
        // One client for all addresses of the host, however many are on their way: its lane spaces them.
        if (!this.#private.has(host))
          this.#private.set(host, new PoliteClient(this.#settings, { allowedHosts: [host] }));
        continue;
      }
      const outcome = failure ?? (exchange ? outcomeOf(exchange) : undefined);
      if (!outcome) return pageOf(exchange!);
      if (!mayPass(outcome) || tries >= this.#settings.retries) return { outcome };
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#public, ...this.#private.values()].map((client) => client.close()));
  }
}

/** Failures that the same request may not meet again. The lane sees to the pause before it. */
const PASSING: ReadonlySet<string> = new Set(['timeout', 'reset', 'connect', 'http-5xx', 'rate-limited', 'truncated']);

function mayPass({ name, reason }: Outcome): boolean {
  return name === 'failed' && PASSING.has(reason);
}

/** What a response other than a page comes to. */
function outcomeOf(exchange: Exchange): Outcome | undefined {
  const { status, body } = exchange;
  const detail = `HTTP ${status}`;
  if (status === 404 || status === 410) return { name: 'gone', reason: `http-${status}`, detail };
  if (status === 429) return { name: 'failed', reason: 'rate-limited', detail };
  if (status >= 500) return { name: 'failed', reason: 'http-5xx', detail };
  if (status < 200 || status >= 300) return { name: 'failed', reason: 'http-4xx', detail };
  if (body.byteLength === 0) return { name: 'not-article', reason: 'empty', detail: 'the body is empty' };
  const foreign = foreignResponse(body, headerOf(exchange, 'content-type'));
  return foreign && { name: 'not-article', reason: foreign.reason, detail: `${foreign.what}, no HTML` };
}

function pageOf(exchange: Exchange): Fetched {
  const { body, finalUrl, status } = exchange;
  const fetchedAt = new Date(exchange.hops[0].startedAtMs).toISOString();
  const contentType = headerOf(exchange, 'content-type');
  const contentLanguage = headerOf(exchange, 'content-language');
  const etag = headerOf(exchange, 'etag');
  const lastModified = headerOf(exchange, 'last-modified');
  const robots = robotsDirectives(exchange.hops.at(-1)!.responseHeaders);
  return {
    task: {
      body,
      fetchedAt,
      ...(contentType && { contentType }),
      http: {
        ...(contentLanguage && { contentLanguage }),
        ...(lastModified && { lastModified }),
        ...(robots.length > 0 && { robots }),
      },
    },
    capture: {
      fetchedAt,
      status,
      finalUrl,
      ...(etag && { etag }),
      ...(lastModified && { lastModified }),
      bytes: body.byteLength,
      payloadDigest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
      ...(robots.length > 0 && { robots }),
    },
  };
}
