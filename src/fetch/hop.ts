/**
 * One request and its response, as they went over the wire.
 *
 * In: a connection, the URL, the header fields. Out: the hop, a failure, or both where a body was cut short. Every limit
 * (size, time between two parts, time as a whole) is held here, while the bytes arrive. Nothing is thrown.
 */
import type { Dispatcher } from 'undici';
import type { HeaderField, Hop } from '../exchange.js';
import type { Outcome } from '../outcome.js';
import { type Connection, proxyAuthorization } from './connection.js';
import { failed, outcomeOf } from './failure.js';
import type { Throttle } from './throttle.js';

export interface HopRequest {
  readonly url: URL;
  /** Without Host and Connection, which the connection adds. */
  readonly headers: readonly HeaderField[];
  /** For each `MIN_PROGRESS_BYTES` of a body. */
  readonly timeoutMs: number;
  readonly maxRequestMs: number;
  readonly maxBodyBytes: number;
  /** A longer body is cut at the limit and used, not failed. */
  readonly cutsLongBody?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly throttle: Throttle;
}

export interface HopReport {
  readonly hop?: Hop;
  readonly failure?: Outcome;
  /** Failed before the first byte of an answer, on a connection that had carried requests before: worth one more try. */
  readonly stale: boolean;
  /** The connection can carry the next request. */
  readonly reusable: boolean;
  /** When the request went out on an open connection, by `performance.now`; absent where none could be had. */
  readonly sentAtMs?: number;
  /** Without the pauses that our own bandwidth limit made. */
  readonly elapsedMs: number;
}

export const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** A redirect's body is for the archive only; what some servers append to it is not worth waiting for. */
const MAX_REDIRECT_BODY_BYTES = 2 ** 20;
/** Of a body within `timeoutMs`, if it has so many left: a byte now and then does not end a silence. */
const MIN_PROGRESS_BYTES = 1024;

export function requestHop(connection: Connection, request: HopRequest): Promise<HopReport> {
  const { url, timeoutMs, maxRequestMs, signal, throttle } = request;
  const { proxy } = connection.route;
  const throughProxy = proxy !== undefined && url.protocol === 'http:';
  const socketAtStart = connection.isOpen ? connection.socket : undefined;
  const startedAtMs = Date.now();
  const started = performance.now();

  return new Promise((resolve) => {
    let head: { status: number; statusText: string; headers: HeaderField[]; ip: string | undefined } | undefined;
    let limit = request.maxBodyBytes;
    let cuts = request.cutsLongBody ?? false;
    const parts: Uint8Array[] = [];
    let bytes = 0;
    let bytesBeforeSilence = 0;
    let isSettled = false;
    let sentAtMs: number | undefined;
    let pausedMs = 0;
    let deadline: NodeJS.Timeout;
    let silence: NodeJS.Timeout | undefined;
    let resuming: NodeJS.Timeout | undefined;

    const settle = (failure?: Outcome, truncated?: Hop['truncated']) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(deadline);
      clearTimeout(silence);
      clearTimeout(resuming);
      signal?.removeEventListener('abort', onAbort);
      const elapsedMs = performance.now() - started;
      const hop: Hop | undefined = head && {
        url: url.href,
        method: 'GET',
        requestHeaders: [['host', url.host], ['connection', 'keep-alive'], ...request.headers],
        status: head.status,
        statusText: head.statusText,
        responseHeaders: head.headers,
        wireBody: parts.length === 1 ? parts[0]! : Buffer.concat(parts, bytes),
        ...(head.ip === undefined ? {} : { ip: head.ip }),
        startedAtMs,
        elapsedMs,
        ...(truncated ? { truncated } : {}),
      };
      const stale =
        head === undefined &&
        failure?.reason === 'reset' &&
        socketAtStart !== undefined &&
        socketAtStart === connection.socket;
      resolve({
        stale,
        reusable: !failure && !truncated,
        elapsedMs: elapsedMs - pausedMs,
        ...(hop ? { hop } : {}),
        ...(failure ? { failure } : {}),
        ...(sentAtMs === undefined ? {} : { sentAtMs }),
      });
      if (failure || truncated) connection.dispose();
    };
    const tooLong = (detail: string) => settle(cuts ? undefined : failed('too-large', detail), 'length');
    const onAbort = () => settle(failed('interrupted', 'the request was given up'), 'time');
    const setDeadline = () => {
      deadline = setTimeout(
        () => settle(failed('too-slow', `not complete within ${maxRequestMs} ms`), 'time'),
        maxRequestMs + pausedMs - (performance.now() - started),
      );
    };
    setDeadline();
    /** What a redirect says stands in its header. */
    const breakOff = (failure: Outcome) =>
      settle(head && REDIRECT_STATUSES.has(head.status) ? undefined : failure, truncationOf(failure));
    const awaitProgress = () => {
      clearTimeout(silence);
      bytesBeforeSilence = bytes;
      silence = setTimeout(() => {
        const came = bytes - bytesBeforeSilence;
        breakOff(
          failed('timeout', `${came === 0 ? 'no part' : `only ${came} bytes`} of the body within ${timeoutMs} ms`),
        );
      }, timeoutMs);
    };
    /** The server is not to blame for the time that we do not read. */
    const pauseFor = (ms: number, controller: Dispatcher.DispatchController) => {
      clearTimeout(deadline);
      clearTimeout(silence);
      controller.pause();
      resuming = setTimeout(() => {
        pausedMs += ms;
        setDeadline();
        awaitProgress();
        controller.resume();
      }, ms);
    };

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {
        sentAtMs = performance.now();
      },
      onResponseStart(controller, status, _headers, statusText) {
        if (isSettled || status < 200) return;
        head = {
          status,
          statusText: statusText ?? '',
          headers: headerFields(controller.rawHeaders as readonly Uint8Array[]),
          ip: proxy ? undefined : connection.socket?.remoteAddress,
        };
        if (REDIRECT_STATUSES.has(status)) {
          limit = Math.min(limit, MAX_REDIRECT_BODY_BYTES);
          cuts = true;
        }
        const announced = Number(head.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]);
        if (announced > limit && !cuts) return tooLong(`${announced} bytes announced, ${limit} allowed`);
        awaitProgress();
      },
      onResponseData(controller, part) {
        if (isSettled) return;
        if (bytes + part.length > limit) {
          parts.push(part.subarray(0, limit - bytes));
          bytes = limit;
          return tooLong(`more than ${limit} bytes`);
        }
        parts.push(part);
        bytes += part.length;
        const pauseMs = throttle.take(part.length);
        if (pauseMs > 0) pauseFor(pauseMs, controller);
        else if (bytes - bytesBeforeSilence >= MIN_PROGRESS_BYTES) awaitProgress();
      },
      onResponseEnd: () => settle(),
      onResponseError(_controller, error) {
        if (!head) {
          const cause = outcomeOf(error, 'bad-http');
          // No body to be short of: undici reads the lengths of two Content-Length fields as one number.
          return settle(cause.reason === 'truncated' ? failed('bad-http', cause.detail ?? 'bad header') : cause);
        }
        const cause = outcomeOf(error, 'bad-http');
        const failure =
          cause.reason === 'reset' || cause.reason === 'truncated'
            ? failed('truncated', `the connection ended after ${bytes} bytes of the body`)
            : cause;
        breakOff(failure);
      },
    };

    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);
    const path = throughProxy ? `${url.origin}${url.pathname}${url.search}` : `${url.pathname}${url.search}`;
    const headers = request.headers.flat();
    if (throughProxy) headers.unshift('host', url.host, ...Object.entries(proxyAuthorization(proxy)).flat());
    connection.client.dispatch({ method: 'GET', path, headers }, handler);
  });
}

function truncationOf(failure: Outcome): NonNullable<Hop['truncated']> {
  if (failure.reason === 'timeout') return 'time';
  return failure.reason === 'too-large' ? 'length' : 'disconnect';
}

/** Latin-1, byte for byte: what the bytes mean is for the reader of a field to decide. */
function headerFields(raw: readonly Uint8Array[]): HeaderField[] {
  const fields: HeaderField[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    fields.push([Buffer.from(raw[index]!).toString('latin1'), Buffer.from(raw[index + 1]!).toString('latin1')]);
  return fields;
}
