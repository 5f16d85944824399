/**
 * The rules of every host: fetched once, shared by all who ask, fresh for a day, kept in a store across runs.
 *
 * In: a host. Out: its rules, or the outcome that forbids all of it and when to ask again. A host whose robots.txt is
 * not there (4xx) allows everything; one whose robots.txt cannot be had (5xx, no answer) allows nothing (RFC 9309,
 * section 2.3.1).
 */
import { type FetchResult, headerOf } from '../exchange.js';
import type { Outcome, Reason } from '../outcome.js';
import { RecentMap } from '../recent-map.js';
import type { Client, HopHooks } from './client.js';
import { parseRetryAfter } from './retry-after.js';
import { parseRobots, type RobotsRules } from './robots.js';

/** What is kept of a host's robots.txt. Plain data. */
export interface StoredRobots {
  /** The file; empty where there is none. Absent where it could never be had. */
  readonly text?: string;
  /** When `text` was fetched or confirmed, milliseconds since the epoch. */
  readonly confirmedAtMs?: number;
  readonly etag?: string;
  readonly lastModified?: string;
  /** When to ask again. */
  readonly askAgainAtMs: number;
  /** Why the latest attempt brought nothing, and how many in a row did not. */
  readonly unreachable?: { readonly detail: string; readonly attempts: number };
}

/** Where rules outlive a run. The crawl puts its own behind this. */
export interface RobotsStore {
  get(host: string): Promise<StoredRobots | undefined> | StoredRobots | undefined;
  set(host: string, robots: StoredRobots): Promise<void> | void;
}

export function memoryRobotsStore(): RobotsStore {
  const kept = new Map<string, StoredRobots>();
  return { get: (host) => kept.get(host), set: (host, robots) => void kept.set(host, robots) };
}

export type RobotsAnswer =
  | {
      readonly rules: RobotsRules;
      readonly failure?: undefined;
      /** Only for the caller whose question caused the request: the archive keeps it. */
      readonly fetched?: FetchResult;
    }
  | {
      readonly rules?: undefined;
      readonly failure: Outcome;
      /** When the host may be asked again; absent where the failure is not robots.txt's own. */
      readonly askAgainAtMs?: number;
      readonly fetched?: FetchResult;
    };

export interface RobotsRequest {
  readonly hooks?: HopHooks;
  readonly signal?: AbortSignal;
}

export interface RobotsCacheOptions {
  readonly client: Pick<Client, 'fetch'>;
  readonly store?: RobotsStore;
  readonly productToken?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

const FRESH_MS = 24 * 3_600_000;
/** Unreachable: 5 minutes, then twice as long each time, a day at most. */
const FIRST_RETRY_MS = 5 * 60_000;
/** Nobody there to be disturbed: once more as soon as the host's lane allows it, in case a look-up failed by chance. */
const NOBODY_RETRIES_MS = [0, FIRST_RETRY_MS] as const;
/** Failures before anything could be asked. */
const NOBODY_THERE: ReadonlySet<string> = new Set(['dns', 'connect', 'tls'] satisfies Reason[]);
/** A file that was there before an outage may be used that long (RFC 9309, section 2.3.1.4: "30 days"). */
const STALE_MS = 30 * 24 * 3_600_000;
/** Hosts remembered as unreachable at once. */
const MAX_NOBODY = 10_000;
/** Parsed rules held in memory; others are parsed again from the store. */
const MAX_PARSED = 1000;

export class RobotsCache {
  readonly #client: Pick<Client, 'fetch'>;
  readonly #store: RobotsStore;
  readonly #productToken: string | undefined;
  readonly #now: () => number;
  /** Hosts that cannot be reached, in this run. */
  readonly #nobodyAt = new Map<
    string,
    { readonly failure: Outcome; readonly askAgainAtMs: number; readonly attempts: number }
  >();
  readonly #underWay = new Map<string, Promise<RobotsAnswer>>();
  readonly #parsed = new RecentMap<string, { readonly stored: StoredRobots; readonly rules: RobotsRules }>(MAX_PARSED);

  constructor({ client, store, productToken, now }: RobotsCacheOptions) {
    this.#client = client;
    this.#store = store ?? memoryRobotsStore();
    this.#productToken = productToken;
    this.#now = now ?? Date.now;
  }

  /** @param host scheme, name and port, as `hostOf` gives it */
  async rulesFor(host: string, request: RobotsRequest = {}): Promise<RobotsAnswer> {
    const shared = this.#underWay.get(host);
    if (shared) {
      const { fetched: _, ...answer } = await shared;
      // The one who asked gave up, not we.
      if (answer.failure?.reason === 'interrupted' && !request.signal?.aborted) return this.rulesFor(host, request);
      return answer;
    }
    const answer = this.#answer(host, request).finally(() => this.#underWay.delete(host));
    this.#underWay.set(host, answer);
    return answer;
  }

  /** Why a host is not even tried at present: it could not be reached, more than once. */
  unreached(host: string): Outcome | undefined {
    const nobody = this.#nobodyAt.get(host);
    return nobody && this.#now() < nobody.askAgainAtMs ? nobody.failure : undefined;
  }

  async #answer(host: string, request: RobotsRequest): Promise<RobotsAnswer> {
    const nobody = this.#nobodyAt.get(host);
    if (nobody && this.#now() < nobody.askAgainAtMs) return nobody;
    // Asked more than once a page: the store would be read, and its JSON, each time.
    const held = this.#parsed.get(host)?.stored;
    const stored = held && this.#now() < held.askAgainAtMs ? held : await this.#store.get(host);
    if (stored && this.#now() < stored.askAgainAtMs) return this.#read(host, stored);
    const { etag, lastModified } = stored ?? {};
    const fetched = await this.#client.fetch({
      url: `${host}/robots.txt`,
      purpose: 'robots',
      validators: { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) },
      ...(request.hooks ? { hooks: request.hooks } : {}),
      ...(request.signal ? { signal: request.signal } : {}),
    });
    if (isNotAboutRobots(fetched)) return { failure: fetched.failure!, fetched };
    if (!fetched.exchange && NOBODY_THERE.has(fetched.failure?.reason ?? '')) return this.#nobody(host, fetched);
    this.#nobodyAt.delete(host);
    const renewed = this.#judge(fetched, stored);
    await this.#store.set(host, renewed);
    return { ...this.#read(host, renewed), fetched };
  }

  /**
   * The host itself cannot be reached: that is the failure of what was wanted there, not a word of its robots.txt. Not
   * stored: the next run may have a network, a name server or a certificate that this one lacks.
   */
  #nobody(host: string, fetched: FetchResult): RobotsAnswer {
    const attempts = (this.#nobodyAt.get(host)?.attempts ?? 0) + 1;
    const retryMs = NOBODY_RETRIES_MS[Math.min(attempts, NOBODY_RETRIES_MS.length) - 1]!;
    if (this.#nobodyAt.size > MAX_NOBODY) this.#nobodyAt.clear();
    const answer = { failure: fetched.failure!, askAgainAtMs: this.#now() + retryMs };
    this.#nobodyAt.set(host, { ...answer, attempts });
    return { ...answer, fetched };
  }

  #read(host: string, stored: StoredRobots): RobotsAnswer {
    const { text, confirmedAtMs = 0, unreachable, askAgainAtMs } = stored;
    if (text === undefined || (unreachable && this.#now() - confirmedAtMs > STALE_MS)) {
      const failure: Outcome = {
        name: 'disallowed',
        reason: 'robots-unreachable',
        ...(unreachable ? { detail: unreachable.detail } : {}),
      };
      return { failure, askAgainAtMs };
    }
    let parsed = this.#parsed.get(host);
    if (parsed?.stored !== stored) {
      const rules = parsed?.stored.text === text ? parsed.rules : parseRobots(text, this.#productToken);
      parsed = { stored, rules };
      this.#parsed.set(host, parsed);
    }
    return { rules: parsed.rules };
  }

  #judge({ exchange, failure }: FetchResult, stored: StoredRobots | undefined): StoredRobots {
    const nowMs = this.#now();
    const fresh = { confirmedAtMs: nowMs, askAgainAtMs: nowMs + FRESH_MS };
    if (exchange && !failure) {
      const { status } = exchange;
      if (status === 304 && stored?.text !== undefined) {
        const { unreachable: _, ...known } = stored;
        return { ...known, ...fresh };
      }
      if (status >= 200 && status < 300) {
        const etag = headerOf(exchange, 'etag');
        const lastModified = headerOf(exchange, 'last-modified');
        return {
          text: textOf(exchange.body, exchange.hops.at(-1)!.truncated !== undefined),
          ...fresh,
          ...(etag ? { etag } : {}),
          ...(lastModified ? { lastModified } : {}),
        };
      }
      if (status >= 400 && status < 500) return { text: '', ...fresh };
    }
    // More than five redirects, or a redirect to nowhere: as good as not there (RFC 9309, section 2.3.1.2).
    if (failure && REDIRECT_FAILURES.has(failure.reason)) return { text: '', ...fresh };

    const attempts = (stored?.unreachable?.attempts ?? 0) + 1;
    const backOffMs = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), FRESH_MS);
    const askedForMs = exchange ? parseRetryAfter(headerOf(exchange, 'retry-after'), nowMs) : undefined;
    const detail = failure
      ? `robots.txt: ${failure.reason}: ${failure.detail ?? ''}`
      : `robots.txt: HTTP ${exchange?.status}`;
    return {
      ...(stored ?? {}),
      askAgainAtMs: nowMs + Math.min(Math.max(backOffMs, askedForMs ?? 0), FRESH_MS),
      unreachable: { detail, attempts },
    };
  }
}

const REDIRECT_FAILURES: ReadonlySet<string> = new Set(['too-many-redirects', 'redirect-loop', 'bad-redirect']);

/** A hook or a signal ended it, or the guard forbids the host itself: nothing was learned of its robots.txt. */
function isNotAboutRobots({ exchange, failure }: FetchResult): boolean {
  if (!failure) return false;
  return failure.reason === 'interrupted' || (failure.name !== 'failed' && !exchange);
}

/** The last line of a cut file may be half a rule, and half of "/a" is everything. */
function textOf(body: Uint8Array, isCut: boolean): string {
  const text = new TextDecoder('utf-8').decode(body);
  return isCut ? text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) : text;
}
