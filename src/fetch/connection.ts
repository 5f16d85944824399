/**
 * Connections and the pool that keeps them alive between requests.
 *
 * In: where a request goes (target, perhaps a proxy). Out: a connection for one request at a time. A connection never
 * carries two requests at once, so that its socket tells the server's address and whether a failure may be that of a
 * keep-alive connection gone stale. Plain http goes to a proxy in absolute form, https through a tunnel (CONNECT).
 */
import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, connect as netConnect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, connect as tlsConnect } from 'node:tls';
import { Client as UndiciClient } from 'undici';
import { type AddressGuard, portOf } from './address.js';
import { FetchFailure, failed, outcomeOf } from './failure.js';

export interface ConnectionSettings {
  readonly timeoutMs: number;
  readonly maxHeaderBytes: number;
  /** Connections open at once, busy and idle, over all hosts. */
  readonly maxOpen: number;
  /** PEM; the runtime's own where undefined. */
  readonly certificateAuthorities: string | undefined;
}

/** Where a request goes. */
export interface Route {
  readonly target: URL;
  readonly proxy?: URL;
}

/** How long an idle connection is kept where the server does not say: longer than a polite delay between requests. */
const KEEP_ALIVE_MS = 15_000;

/** Connections to the same place are interchangeable. Plain http through a proxy is a connection to the proxy. */
function keyOf({ target, proxy }: Route): string {
  if (!proxy) return target.origin;
  return target.protocol === 'https:' ? `${target.origin} via ${proxy.origin}` : proxy.origin;
}

export class Connection {
  readonly client: UndiciClient;
  /** Of the latest connect. */
  socket: Socket | undefined;
  #connecting: AbortController | undefined;

  constructor(
    readonly key: string,
    readonly route: Route,
    guard: AddressGuard,
    settings: ConnectionSettings,
    secureContext: () => SecureContext,
  ) {
    const origin = route.proxy && route.target.protocol === 'http:' ? route.proxy.origin : route.target.origin;
    this.client = new UndiciClient(origin, {
      pipelining: 1,
      maxHeaderSize: settings.maxHeaderBytes,
      headersTimeout: settings.timeoutMs,
      // hop.ts watches over the body: here any byte would end a silence.
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: 60_000,
      connect: (_options, callback) => {
        const connecting = new AbortController();
        this.#connecting = connecting;
        const timer = setTimeout(
          () => connecting.abort(new FetchFailure(failed('timeout', `no connection within ${settings.timeoutMs} ms`))),
          settings.timeoutMs,
        );
        openSocket(route, guard, secureContext, connecting.signal)
          .finally(() => clearTimeout(timer))
          .then(
            (socket) => {
              this.socket = socket;
              callback(null, socket);
            },
            (error: Error) => callback(error, null),
          );
      },
    });
  }

  get isOpen(): boolean {
    return this.socket !== undefined && !this.socket.destroyed;
  }

  /** Ends the connection and whatever is under way on it. */
  dispose(): void {
    this.#connecting?.abort(new FetchFailure(failed('interrupted', 'the connection was given up')));
    this.client.destroy().catch(() => {});
  }
}

export class ConnectionPool {
  /** Oldest first. */
  readonly #idle = new Set<Connection>();
  readonly #busy = new Set<Connection>();
  #secureContext: SecureContext | undefined;
  #closed = false;

  constructor(
    readonly guard: AddressGuard,
    readonly settings: ConnectionSettings,
  ) {}

  /**
   * A connection for one request, idle or new; `fresh` never takes an idle one. Give it back with `release`.
   * None once the pool is closed.
   */
  acquire(route: Route, fresh = false): Connection | undefined {
    if (this.#closed) return undefined;
    const key = keyOf(route);
    let connection: Connection | undefined;
    if (!fresh) for (const idle of this.#idle) if (idle.key === key) connection = idle;
    if (connection) this.#idle.delete(connection);
    else connection = this.#open(key, route);
    this.#busy.add(connection);
    return connection;
  }

  /** Takes a connection back: kept where it is still open and `reusable`, ended otherwise. */
  release(connection: Connection, reusable: boolean): void {
    this.#busy.delete(connection);
    if (!reusable || !connection.isOpen || this.#closed) {
      connection.dispose();
      return;
    }
    this.#idle.add(connection);
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#idle, ...this.#busy]) connection.dispose();
    this.#idle.clear();
  }

  #open(key: string, route: Route): Connection {
    const [oldest] = this.#idle;
    if (oldest && this.#idle.size + this.#busy.size >= this.settings.maxOpen) {
      this.#idle.delete(oldest);
      oldest.dispose();
    }
    const connection = new Connection(key, route, this.guard, this.settings, () => this.#secured());
    // The server, or undici's keep-alive timer, ended it while it was idle.
    connection.client.on('disconnect', () => {
      if (this.#idle.delete(connection)) connection.dispose();
    });
    return connection;
  }

  /** One for all: each connection's own would keep 35 kB outside the heap, until the collector comes by. */
  #secured(): SecureContext {
    const { certificateAuthorities: ca } = this.settings;
    this.#secureContext ??= createSecureContext(ca === undefined ? {} : { ca });
    return this.#secureContext;
  }
}

/** A socket that is ready to send a request on; fails with a `FetchFailure`. */
async function openSocket(
  { target, proxy }: Route,
  guard: AddressGuard,
  secureContext: () => SecureContext,
  signal: AbortSignal,
): Promise<Socket> {
  const secure = target.protocol === 'https:';
  let socket: Socket;
  try {
    if (!proxy) socket = await dial(target, guard, signal);
    else if (secure) socket = await tunnel(target, proxy, signal);
    // The user named the proxy, so that its address needs no guard.
    else socket = await dial(proxy, undefined, signal);
  } catch (error) {
    throw new FetchFailure(outcomeOf(error, 'connect'));
  }
  if (!(proxy && !secure ? proxy.protocol === 'https:' : secure)) return socket;
  try {
    return await encrypt(socket, proxy && !secure ? proxy : target, secureContext(), signal);
  } catch (error) {
    throw new FetchFailure(outcomeOf(error, 'tls'));
  }
}

function dial(url: URL, guard: AddressGuard | undefined, signal: AbortSignal): Promise<Socket> {
  const host = bareHostname(url);
  const socket = netConnect({
    host,
    port: portOf(url),
    noDelay: true,
    autoSelectFamily: true,
    ...(guard ? { lookup: guard.lookupFor(url) } : {}),
  });
  return settled(socket, 'connect', signal);
}

function encrypt(socket: Socket, url: URL, secureContext: SecureContext, signal: AbortSignal): Promise<Socket> {
  const host = bareHostname(url);
  const secure = tlsConnect({
    socket,
    host,
    // An address is no server name (RFC 6066); the certificate is then checked against `host`.
    ...(isIP(host) ? {} : { servername: host }),
    ALPNProtocols: ['http/1.1'],
    secureContext,
  });
  return settled(secure, 'secureConnect', signal);
}

/** Resolves with the socket on `event`, rejects with its error, or with the signal's reason. */
function settled<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort);
      socket.off(event, onReady);
      settle();
    };
    const onAbort = () => {
      socket.destroy();
      end(() => reject(signal.reason));
    };
    const onReady = () => end(() => resolve(socket));
    // Stays: an error between here and the first listener of the next owner must not end the process.
    socket.on('error', (error) => {
      socket.destroy();
      end(() => reject(error));
    });
    socket.once('close', () =>
      end(() => reject(Object.assign(new Error('connection closed'), { code: 'ECONNRESET' }))),
    );
    socket.once(event, onReady);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
}

/** CONNECT: the proxy's answer must be 2xx, then the bytes belong to the target. */
function tunnel(target: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${target.hostname}:${portOf(target)}`;
  const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request: ClientRequest = send({
      host: bareHostname(proxy),
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      agent: false,
      signal,
    });
    request.once('connect', (response, socket: Duplex) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return resolve(socket as Socket);
      socket.destroy();
      reject(new FetchFailure(failed('connect', `the proxy answered ${status} to CONNECT ${authority}`)));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(new FetchFailure(failed('connect', `the proxy answered ${response.statusCode} to CONNECT ${authority}`)));
    });
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    request.end();
  });
}

export function proxyAuthorization(proxy: URL): { 'proxy-authorization'?: string } {
  if (proxy.username === '' && proxy.password === '') return {};
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function bareHostname(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}
