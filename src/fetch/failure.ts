/**
 * From what broke to the outcome that says so. Every failure on the wire has one reason and one line of detail.
 * In: an error of node, OpenSSL or undici. Out: an `Outcome`; nothing is thrown.
 */
import type { Outcome, Reason } from '../outcome.js';
import { PrivateAddressError } from './address.js';

/** An error that already knows its outcome: raised by our own limits and timers. */
export class FetchFailure extends Error {
  override name = 'FetchFailure';
  constructor(readonly outcome: Outcome) {
    super(outcome.detail ?? outcome.reason);
  }
}

export function failed(reason: Reason<'failed'>, detail: string): Outcome {
  return { name: 'failed', reason, detail };
}

/** Error codes by reason. A prefix ends in `*`. The first that fits wins. */
const REASON_BY_CODE: readonly (readonly [code: string, reason: Reason<'failed'>])[] = [
  ['ENOTFOUND', 'dns'],
  ['EAI_*', 'dns'],
  ['ENODATA', 'dns'],
  ['ESERVFAIL', 'dns'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'truncated'],
  ['HPE_HEADER_OVERFLOW', 'too-large'],
  ['HPE_INVALID_EOF_STATE', 'truncated'],
  ['HPE_*', 'bad-http'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['UND_ERR_DESTROYED', 'interrupted'],
  ['UND_ERR_CLOSED', 'interrupted'],
  ['CERT_*', 'tls'],
  ['ERR_TLS_*', 'tls'],
  ['ERR_SSL_*', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['UNABLE_TO_*', 'tls'],
  ['EPROTO', 'tls'],
  ['ECONNREFUSED', 'connect'],
  ['EHOSTUNREACH', 'connect'],
  ['ENETUNREACH', 'connect'],
  ['EADDRNOTAVAIL', 'connect'],
];

/** The outcome of an error; `otherwise` is the reason where the error's code tells nothing. */
export function outcomeOf(error: unknown, otherwise: Reason<'failed'>): Outcome {
  if (error instanceof FetchFailure) return error.outcome;
  if (error instanceof PrivateAddressError)
    return { name: 'disallowed', reason: 'private-address', detail: oneLine(error.message) };
  // Several addresses were tried, each with its own error: the first one tells the most.
  if (error instanceof AggregateError && error.errors.length > 0) return outcomeOf(error.errors[0], otherwise);
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = oneLine(typeof message === 'string' && message !== '' ? message : String(code ?? error));
  if (typeof code !== 'string') return failed(otherwise, text);
  // undici's "bad response" and "bad upgrade": an answer that was not asked for, not the end of the connection.
  if (code === 'UND_ERR_SOCKET' && text.startsWith('bad ')) return failed('bad-http', text);
  const known = REASON_BY_CODE.find(([pattern]) =>
    pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern,
  );
  return failed(known?.[1] ?? otherwise, text.includes(code) ? text : `${text} (${code})`);
}

/** Of OpenSSL's texts, `80BC…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/…`, what it is that is wrong. */
const OPENSSL = /\berror:[0-9A-F]{8}:[^:]*:[^:]*:([^:]+)/;

function oneLine(text: string): string {
  return (OPENSSL.exec(text)?.[1] ?? text).replace(/\s+/g, ' ').trim().slice(0, 300);
}
