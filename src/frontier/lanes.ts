/**
 * Lanes: one request at a time per host, spaced between starts, slower where the host is slow, refuses or fails. In:
 * hosts that want to be asked and how each request went. Out: the moment when a request may start. It sends nothing.
 *
 * A lane exists while its host is asked or owes a wait; idle lanes are dropped.
 */
import PQueue from 'p-queue';
import type { WaitReason } from '../events.js';
import type { Outcome } from '../outcome.js';
import type { Settings } from '../settings.js';

export type LaneSettings = Pick<Settings, 'delayMs' | 'maxDelayMs' | 'concurrency' | 'maxFailuresPerHost'>;

/** How a request went; what `fetch` reports after each hop. */
export interface LaneReport {
  readonly status?: number;
  readonly failure?: Outcome;
  readonly elapsedMs: number;
  readonly retryAfterMs?: number;
}

export interface LaneOptions {
  readonly onWait?: (host: string, untilMs: number, why: WaitReason) => void;
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

/** Idle lanes are dropped when there are this many. */
const LANES_BEFORE_SWEEP = 1024;

interface Lane {
  /** The lanes of all names of one server are one. */
  readonly names: Set<string>;
  readonly turns: PQueue;
  crawlDelayMs: number;
  startedAtMs: number;
  answerMs: number;
  failures: number;
  blockedUntilMs: number;
  blockedWhy: WaitReason;
  givenUp?: Outcome;
}

export class Lanes {
  readonly #settings: LaneSettings;
  readonly #lanes = new Map<string, Lane>();
  readonly #byAddress = new Map<string, Lane>();
  /** By host; these stay when a lane is dropped. */
  readonly #crawlDelays = new Map<string, number>();
  #lanesBeforeSweep = LANES_BEFORE_SWEEP;
  /** Requests under way over all hosts. */
  readonly #gate: PQueue;
  readonly #onWait: NonNullable<LaneOptions['onWait']>;
  readonly #random: () => number;

  constructor(settings: LaneSettings, options: LaneOptions = {}) {
    this.#settings = settings;
    this.#gate = new PQueue({ concurrency: settings.concurrency });
    this.#onWait = options.onWait ?? (() => {});
    this.#random = options.random ?? Math.random;
  }

  /** Resolves when a request to the host may start, or with the outcome that forbids it. `leave` must be called once. */
  async enter(host: string, signal?: AbortSignal): Promise<LaneAnswer> {
    for (;;) {
      const lane = this.#laneOf(host);
      const leaveTurn = await begin(lane.turns, signal);
      if (!leaveTurn) return { outcome: INTERRUPTED };
      if (lane.givenUp) {
        leaveTurn();
        return { outcome: lane.givenUp };
      }
      await this.#spacing(host, lane, signal);
      const leaveGate = signal?.aborted ? undefined : await begin(this.#gate, signal);
      if (!leaveGate) {
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

  /** The host answers at this address: all names of one address share a lane. */
  sameServer(host: string, address: string): void {
    const lane = this.#laneOf(host);
    const first = this.#byAddress.get(address);
    if (!first) this.#byAddress.set(address, lane);
    else if (first !== lane) {
      first.names.add(host);
      first.crawlDelayMs = Math.max(first.crawlDelayMs, lane.crawlDelayMs);
      first.startedAtMs = Math.max(first.startedAtMs, lane.startedAtMs);
      if (lane.blockedUntilMs > first.blockedUntilMs) {
        first.blockedUntilMs = lane.blockedUntilMs;
        first.blockedWhy = lane.blockedWhy;
      }
      this.#lanes.set(host, first);
    }
  }

  /** The outcome for all leads of a host that was given up in this run. */
  givenUp(host: string): Outcome | undefined {
    return this.#lanes.get(host)?.givenUp;
  }

  /** When the host may next be asked, milliseconds since the epoch. */
  nextStartMs(host: string): number {
    const lane = this.#lanes.get(host);
    return lane ? this.#nextStart(lane).atMs : 0;
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
        startedAtMs: 0,
        answerMs: 0,
        failures: 0,
        blockedUntilMs: 0,
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
    // One more for what the clock cuts off of the last start.
    const atMs = lane.startedAtMs + (spacingMs > 0 ? Math.ceil(spacingMs) + 1 : 0);
    return lane.blockedUntilMs > atMs ? { atMs: lane.blockedUntilMs, why: lane.blockedWhy } : { atMs, why };
  }

  async #spacing(host: string, lane: Lane, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const { atMs, why } = this.#nextStart(lane);
      const waitMs = atMs - Date.now();
      if (waitMs <= 0 || signal?.aborted) return;
      if (waitMs >= TOLD_MS) this.#onWait(host, atMs, why);
      await pause(waitMs, signal);
    }
  }

  #start(host: string, lane: Lane, free: () => void): LaneAnswer {
    const isFirst = lane.startedAtMs === 0;
    lane.startedAtMs = Date.now();
    return {
      leave: (report) => {
        // The first request reaches the server later than it left by all that connecting takes; the second does not.
        if (isFirst) lane.startedAtMs = Date.now();
        this.#learn(host, lane, report);
        free();
      },
    };
  }

  #learn(host: string, lane: Lane, report: LaneReport): void {
    const { maxDelayMs, maxFailuresPerHost, delayMs } = this.#settings;
    const { status, failure, elapsedMs, retryAfterMs } = report;
    lane.answerMs = lane.answerMs === 0 ? elapsedMs : lane.answerMs * (1 - LATEST) + elapsedMs * LATEST;
    const refused = status === 429 || status === 503;
    const failed =
      refused ||
      (status !== undefined && status >= 500) ||
      (failure?.name === 'failed' && failure.reason !== 'interrupted');
    if (!failed) {
      lane.failures = 0;
      return;
    }
    lane.failures++;
    const backOffMs = Math.max(BACK_OFF_MS, delayMs) * 2 ** Math.min(20, lane.failures - 1) * (0.5 + this.#random());
    const waitMs = Math.max(retryAfterMs ?? 0, backOffMs);
    const why = failure?.name === 'failed' ? failure.reason : `http ${status}`;
    if (lane.failures >= maxFailuresPerHost) {
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
      lane.blockedUntilMs = Date.now() + Math.min(maxDelayMs, waitMs);
      lane.blockedWhy = retryAfterMs !== undefined && retryAfterMs >= backOffMs ? 'retry-after' : 'back-off';
    }
  }

  /** Forgets hosts that nobody waits for and that owe no wait. */
  #dropIdle(): void {
    const nowMs = Date.now();
    for (const [name, lane] of this.#lanes) {
      const idle = lane.turns.size === 0 && lane.turns.pending === 0 && lane.names.size === 1;
      if (idle && !lane.givenUp && lane.failures === 0 && this.#nextStart(lane).atMs < nowMs) this.#lanes.delete(name);
    }
    for (const [address, lane] of this.#byAddress)
      if (this.#lanes.get([...lane.names][0]!) !== lane) this.#byAddress.delete(address);
    // What cannot be dropped must not be looked at again for every new host.
    this.#lanesBeforeSweep = Math.max(LANES_BEFORE_SWEEP, this.#lanes.size * 2);
  }
}

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

/** Ends early when the signal comes. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1));
    signal?.addEventListener('abort', end, { once: true });
  });
}
