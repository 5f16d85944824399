/**
 * Lanes: one request at a time per host, spaced between starts, slower where the host is slow, refuses or fails. In:
 * hosts that want to be asked and how each request went. Out: the moment when a request may start. It sends nothing.
 *
 * A lane exists while its host is asked or owes a wait; idle lanes are dropped.
 */
import PQueue from 'p-queue';
import type { WaitReason } from '../events.js';
import type { Outcome, Reason } from '../outcome.js';
import type { Settings } from '../settings.js';
import { type LimitSettings, Limits } from './limits.js';
import { nowMs, pause, toWallClock } from './time.js';

export type LaneSettings = LimitSettings &
  Pick<Settings, 'delayMs' | 'maxDelayMs' | 'concurrency' | 'maxFailuresPerHost'>;

/** How a request went; what `fetch` reports after each hop. */
export interface LaneReport {
  /** What was asked for: ever new failures of one URL are that URL's, not the host's. */
  readonly url?: string;
  readonly status?: number;
  readonly failure?: Outcome;
  /** When it went out on an open connection, by `nowMs` of time.ts. */
  readonly sentAtMs?: number;
  readonly elapsedMs: number;
  readonly retryAfterMs?: number;
}

export interface LaneOptions {
  /** `untilMs` by the wall clock, milliseconds since the epoch; without a host all are waited for. */
  readonly onWait?: (host: string | undefined, untilMs: number, why: WaitReason) => void;
  /** Where a host answers, as keys that two names of one server have in common. Asked once a lane; never rejects. */
  readonly serversOf?: (host: string) => Promise<readonly string[]>;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
}

export type LaneAnswer = { readonly outcome: Outcome } | { readonly leave: (report: LaneReport) => void };

/** First back-off after a failure; doubled with each further one. */
const BACK_OFF_MS = 1000;
/** A host that takes this many times longer to answer than the delay is asked that much less often. */
const SLOW_FACTOR = 2;
/** Weight of the latest answer in the running mean of answer times. */
const LATEST = 0.3;
/** Waits shorter than this are not told. */
const TOLD_MS = 2000;
/** On top of every spacing: a request may be a little longer on its way to the server than the one after it. */
const TRANSIT_SHARE = 0.005;

/** Before any instant of `nowMs`. */
const NEVER = Number.NEGATIVE_INFINITY;

/** Idle lanes are dropped when there are this many. */
const LANES_BEFORE_SWEEP = 1024;

interface Lane {
  /** The lanes of all names of one server are one. */
  readonly names: Set<string>;
  readonly turns: PQueue;
  crawlDelayMs: number;
  /** Resolves when the names of the same server are in this lane. */
  located?: Promise<void>;
  /** By `nowMs` of time.ts, as all instants of a lane. */
  startedAtMs: number;
  answerMs: number;
  /** In a row. */
  failures: number;
  /** What they were the failures of. */
  readonly failedUrls: Set<string>;
  blockedUntilMs: number;
  blockedWhy: WaitReason;
  givenUp?: Outcome;
}

export class Lanes {
  readonly #settings: LaneSettings;
  readonly #lanes = new Map<string, Lane>();
  readonly #byServer = new Map<string, Lane>();
  /** By host; these stay when a lane is dropped. */
  readonly #crawlDelays = new Map<string, number>();
  #lanesBeforeSweep = LANES_BEFORE_SWEEP;
  /** Requests under way over all hosts. */
  readonly #gate: PQueue;
  readonly #limits: Limits;
  readonly #onWait: NonNullable<LaneOptions['onWait']>;
  readonly #serversOf: LaneOptions['serversOf'];
  readonly #random: () => number;

  constructor(settings: LaneSettings, options: LaneOptions = {}) {
    this.#settings = settings;
    this.#gate = new PQueue({ concurrency: settings.concurrency });
    const tell = options.onWait ?? (() => {});
    this.#onWait = (host, untilMs, why) => {
      if (untilMs - nowMs() >= TOLD_MS) tell(host, toWallClock(untilMs), why);
    };
    this.#limits = new Limits(settings, (untilMs, why) => this.#onWait(undefined, untilMs, why));
    this.#serversOf = options.serversOf;
    this.#random = options.random ?? Math.random;
  }

  /** Resolves when a request to the host may start, or with the outcome that forbids it. `leave` must be called once. */
  async enter(host: string, signal?: AbortSignal): Promise<LaneAnswer> {
    for (;;) {
      await this.#locate(host, signal);
      const lane = this.#laneOf(host);
      const leaveTurn = await begin(lane.turns, signal);
      if (!leaveTurn) return { outcome: INTERRUPTED };
      if (lane.givenUp) {
        leaveTurn();
        return { outcome: lane.givenUp };
      }
      await this.#spacing(host, lane, signal);
      const leaveGate = signal?.aborted ? undefined : await begin(this.#gate, signal);
      if (leaveGate) await this.#limits.pass(signal);
      if (!leaveGate || signal?.aborted) {
        leaveGate?.();
        leaveTurn();
        return { outcome: INTERRUPTED };
      }
      // While this one waited, its host turned out to share a server with another: the turn is in that one's lane.
      if (this.#lanes.get(host) !== lane) {
        leaveGate();
        leaveTurn();
        continue;
      }
      return this.#start(host, lane, () => {
        leaveGate();
        leaveTurn();
      });
    }
  }

  /** The least time between starts that the host asks for (robots.txt, `Crawl-delay`). */
  setCrawlDelay(host: string, delayMs: number): void {
    this.#crawlDelays.set(host, delayMs);
    this.#laneOf(host).crawlDelayMs = delayMs;
  }

  /** The host answers at this server: all names of one server share a lane. */
  sameServer(host: string, server: string): void {
    const lane = this.#laneOf(host);
    const first = this.#byServer.get(server);
    if (!first) this.#byServer.set(server, lane);
    else if (first !== lane) {
      first.crawlDelayMs = Math.max(first.crawlDelayMs, lane.crawlDelayMs);
      first.startedAtMs = Math.max(first.startedAtMs, lane.startedAtMs);
      if (lane.blockedUntilMs > first.blockedUntilMs) {
        first.blockedUntilMs = lane.blockedUntilMs;
        first.blockedWhy = lane.blockedWhy;
      }
      for (const name of lane.names) {
        first.names.add(name);
        this.#lanes.set(name, first);
      }
      // Servers that only this host led to lead to the shared lane now.
      for (const [key, known] of this.#byServer) if (known === lane) this.#byServer.set(key, first);
    }
  }

  /** The outcome for all leads of a host that was given up in this run. */
  givenUp(host: string): Outcome | undefined {
    return this.#lanes.get(host)?.givenUp;
  }

  /** When the host may next be asked, milliseconds since the epoch. */
  nextStartMs(host: string): number {
    const lane = this.#lanes.get(host);
    return lane ? Math.max(0, toWallClock(this.#nextStart(lane).atMs)) : 0;
  }

  /** Before the first request to a host: it may be another name of a server that is asked already. */
  async #locate(host: string, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#serversOf || signal?.aborted) return;
    const lane = this.#laneOf(host);
    lane.located ??= this.#serversOf(host).then((servers) => {
      for (const server of servers) this.sameServer(host, server);
    });
    await orAborted(lane.located, signal);
  }

  #laneOf(host: string): Lane {
    let lane = this.#lanes.get(host);
    if (!lane) {
      // Before the new lane is there: nobody waits in it yet.
      if (this.#lanes.size >= this.#lanesBeforeSweep) this.#dropIdle();
      lane = {
        names: new Set([host]),
        turns: new PQueue({ concurrency: 1 }),
        crawlDelayMs: this.#crawlDelays.get(host) ?? 0,
        startedAtMs: NEVER,
        answerMs: 0,
        failures: 0,
        failedUrls: new Set(),
        blockedUntilMs: NEVER,
        blockedWhy: 'delay',
      };
      this.#lanes.set(host, lane);
    }
    return lane;
  }

  #nextStart(lane: Lane): { atMs: number; why: WaitReason } {
    const { delayMs, maxDelayMs } = this.#settings;
    // Without a delay (tests) nothing is slowed down but by what the host itself asks for.
    const slowMs = delayMs > 0 ? lane.answerMs * SLOW_FACTOR : 0;
    const spacingMs = Math.min(maxDelayMs, Math.max(delayMs, lane.crawlDelayMs, slowMs));
    const why: WaitReason =
      spacingMs === delayMs ? 'delay' : spacingMs === lane.crawlDelayMs ? 'crawl-delay' : 'slow-host';
    const atMs = lane.startedAtMs + spacingMs * (1 + TRANSIT_SHARE);
    return lane.blockedUntilMs > atMs ? { atMs: lane.blockedUntilMs, why: lane.blockedWhy } : { atMs, why };
  }

  async #spacing(host: string, lane: Lane, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const { atMs, why } = this.#nextStart(lane);
      const waitMs = atMs - nowMs();
      if (waitMs <= 0 || signal?.aborted) return;
      this.#onWait(host, atMs, why);
      await pause(waitMs, signal);
    }
  }

  #start(host: string, lane: Lane, free: () => void): LaneAnswer {
    const isFirst = lane.startedAtMs === NEVER;
    lane.startedAtMs = nowMs();
    return {
      leave: (report) => {
        // Counted from when it reached the server: after connecting, and the first one a cold server notices late.
        if (isFirst) lane.startedAtMs = nowMs();
        else if (report.sentAtMs !== undefined) lane.startedAtMs = report.sentAtMs;
        this.#learn(host, lane, report);
        free();
      },
    };
  }

  #learn(host: string, lane: Lane, report: LaneReport): void {
    const { maxDelayMs, maxFailuresPerHost, delayMs } = this.#settings;
    const { status, failure, elapsedMs, retryAfterMs } = report;
    lane.answerMs = lane.answerMs === 0 ? elapsedMs : lane.answerMs * (1 - LATEST) + elapsedMs * LATEST;
    if (failure?.reason === 'interrupted') return;
    const refused = status === 429 || status === 503;
    const failedAs = failure?.name === 'failed' ? failure.reason : undefined;
    const silent = failedAs !== undefined && (status === undefined ? HOST_FAILURES : HOST_SLOWNESS).has(failedAs);
    if (!refused && !silent && !(status !== undefined && status >= 500)) {
      // A host that answers with a broken page still answers.
      lane.failures = 0;
      lane.failedUrls.clear();
      return;
    }
    lane.failedUrls.add(report.url ?? String(lane.failures));
    lane.failures++;
    const backOffMs = Math.max(BACK_OFF_MS, delayMs) * 2 ** Math.min(20, lane.failures - 1) * (0.5 + this.#random());
    const waitMs = Math.max(retryAfterMs ?? 0, backOffMs);
    const why = failedAs ?? `http ${status}`;
    if (lane.failedUrls.size >= maxFailuresPerHost) {
      lane.givenUp = {
        name: 'failed',
        reason: 'host-given-up',
        detail: `${lane.failures} failures in a row on ${host}, the last: ${why}`,
      };
    } else if (waitMs > maxDelayMs && retryAfterMs !== undefined && retryAfterMs > maxDelayMs) {
      lane.givenUp = {
        name: 'failed',
        reason: 'rate-limited',
        detail: `${host} asks to stay away for ${Math.ceil(retryAfterMs / 1000)} s`,
      };
    } else {
      lane.blockedUntilMs = nowMs() + Math.min(maxDelayMs, waitMs);
      lane.blockedWhy = retryAfterMs !== undefined && retryAfterMs >= backOffMs ? 'retry-after' : 'back-off';
    }
  }

  /** Forgets hosts that nobody waits for and that owe no wait. */
  #dropIdle(): void {
    for (const [name, lane] of this.#lanes) {
      const idle = lane.turns.size === 0 && lane.turns.pending === 0 && lane.names.size === 1;
      if (idle && !lane.givenUp && lane.failures === 0 && this.#nextStart(lane).atMs < nowMs())
        this.#lanes.delete(name);
    }
    for (const [server, lane] of this.#byServer)
      if (this.#lanes.get([...lane.names][0]!) !== lane) this.#byServer.delete(server);
    // What cannot be dropped must not be looked at again for every new host.
    this.#lanesBeforeSweep = Math.max(LANES_BEFORE_SWEEP, this.#lanes.size * 2);
  }
}

/** Failures that say something of the host where no answer came at all. */
const HOST_FAILURES: ReadonlySet<string> = new Set([
  'dns',
  'connect',
  'tls',
  'timeout',
  'too-slow',
  'reset',
] satisfies Reason[]);
/** Where the beginning of an answer came: a server that does not come to an end holds its lane for as long as a silent one. */
const HOST_SLOWNESS: ReadonlySet<string> = new Set(['timeout', 'too-slow'] satisfies Reason[]);

const INTERRUPTED: Outcome = { name: 'failed', reason: 'interrupted' };

/** Takes a place in the queue: resolves with what ends it, or undefined when the signal came first. */
function begin(queue: PQueue, signal: AbortSignal | undefined): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(undefined);
    const onAbort = (): void => resolve(undefined);
    signal?.addEventListener('abort', onAbort, { once: true });
    void queue.add(async () => {
      signal?.removeEventListener('abort', onAbort);
      if (!signal?.aborted) await new Promise<void>((end) => resolve(end));
    });
  });
}

function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work;
  return new Promise((resolve) => {
    const end = (): void => {
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    void work.then(end);
  });
}
