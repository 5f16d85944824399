/** The types of web.js: see there. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** What a site answers to one request. */
export interface Reply {
  /** 200 where not given. */
  status?: number;
  /** Content-Type. */
  type?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
  /** `false`: neither ETag nor 304. */
  validators?: boolean;
  /** `false`: never compressed. */
  gzip?: boolean;
  /** Takes the connection over: broken answers of every kind. */
  fault?: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Asked {
  /** The virtual day, from 1. */
  readonly day: number;
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** All requests so far, this one last. */
  readonly log: readonly Access[];
}

export interface WebSite {
  /** Name, with a port where it is not 80. */
  readonly host: string;
  /** `path` with its query; undefined: 404. */
  answer(path: string, asked: Asked): Reply | undefined;
}

/** One request as it came in. */
export interface Access {
  /** Milliseconds since the epoch, with fractions. */
  readonly atMs: number;
  readonly endMs?: number;
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Requests under way at this host when it came, itself included. */
  readonly concurrent: number;
  readonly day: number;
  readonly status: number;
  /** Of the body on the wire. */
  readonly bytes: number;
  readonly fault?: boolean;
}

export interface Web {
  /** The virtual day that sites answer for; to be set. */
  day: number;
  latencyMs: number;
  readonly log: Access[];
  /** URL of the proxy. */
  readonly proxy: string;
  readonly hosts: readonly string[];
  add(site: WebSite): void;
  /** With `separatePorts`: where a site is without the proxy. */
  origin(host: string): string;
  close(): Promise<unknown>;
}

export function serveWeb(
  sites: readonly WebSite[],
  options?: { latencyMs?: number; separatePorts?: boolean },
): Promise<Web>;
export function manners(log: readonly Access[], delayMs: number | ((host: string) => number)): string[];
