/**
 * One HTTP exchange as it went over the wire: what `fetch` returns, `archive` keeps and `extract` reads.
 * Plain data; no sockets, no streams.
 */
import type { Outcome } from './outcome.js';

/** One request and its response. A redirect chain is several hops. */
export interface Hop {
  /** The absolute URL asked for, without fragment. */
  readonly url: string;
  readonly method: 'GET';
  /** Header fields in the order sent. */
  readonly requestHeaders: readonly HeaderField[];
  readonly status: number;
  readonly statusText: string;
  /** Header fields as received: order, case and repetitions kept. */
  readonly responseHeaders: readonly HeaderField[];
  /** The payload with the transfer coding undone and the content coding kept, as WARC stores it. */
  readonly wireBody: Uint8Array;
  /** The server's address; absent behind a proxy. */
  readonly ip?: string;
  /** When the request started, milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** From the start of the request to the end of the body. */
  readonly elapsedMs: number;
  /** Why `wireBody` is not all that the server announced or would have sent (WARC-Truncated). */
  readonly truncated?: 'length' | 'time' | 'disconnect';
}

export type HeaderField = readonly [name: string, value: string];

/** A whole exchange, redirects included. */
export interface Exchange {
  /** The URL first asked for. */
  readonly url: string;
  /** The URL of the last hop. */
  readonly finalUrl: string;
  readonly hops: readonly [Hop, ...Hop[]];
  /** Of the last hop. */
  readonly status: number;
  /** The last hop's body with the content coding undone (gzip, br, deflate, zstd). */
  readonly body: Uint8Array;
}

/** What a request came to. A response with any status is an exchange; `failure` is set where there is none to use. */
export type FetchResult =
  | { readonly exchange: Exchange; readonly failure?: undefined }
  | { readonly exchange?: Exchange; readonly failure: Outcome };

/** The value of a response header field of the last hop (first occurrence), names compared without case. */
export function headerOf(exchange: Exchange, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return exchange.hops.at(-1)?.responseHeaders.find(([field]) => field.toLowerCase() === wanted)?.[1];
}
