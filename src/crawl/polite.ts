/**
 * Requests as a polite guest makes them: robots.txt first, then the host's lane, then the client. In: a URL. Out: the
 * exchange, or the outcome that stands in its way. Everything that goes out to the web passes through here.
 */
import type { OnEvent } from '../events.js';
import type { Exchange, FetchResult } from '../exchange.js';
import { Client, type ClientSurroundings, type HopHooks, type Purpose } from '../fetch/client.js';
import type { RobotsRules } from '../fetch/robots.js';
import { RobotsCache, type RobotsStore } from '../fetch/robots-cache.js';
import { parseTdmFile, TDM_FILE, type TdmReservation, type TdmRules } from '../fetch/tdm.js';
import { type LaneReport, Lanes } from '../frontier/lanes.js';
import type { Outcome } from '../outcome.js';
import { RecentMap } from '../recent-map.js';
import type { Settings } from '../settings.js';
import { hostOf } from '../url.js';

export interface PoliteRequest {
  readonly url: string;
  readonly purpose: Exclude<Purpose, 'robots'>;
  readonly validators?: { readonly etag?: string; readonly lastModified?: string };
  readonly signal?: AbortSignal;
  /** Whether a redirect may be followed; asked before each but the first request. */
  readonly mayFollow?: (url: string) => Promise<Outcome | undefined> | Outcome | undefined;
}

/** What is kept of a host's TDM file across runs. Plain data. */
export interface StoredTdm {
  /** Empty where there is none. */
  readonly text: string;
  readonly askAgainAtMs: number;
}

export interface TdmStore {
  get(host: string): StoredTdm | undefined;
  set(host: string, stored: StoredTdm): void;
}

export interface PoliteOptions extends ClientSurroundings {
  readonly robotsStore?: RobotsStore;
  readonly tdmStore?: TdmStore;
  readonly onEvent?: OnEvent;
  /** Resolves when there is room for what a request brings; awaited with the host's turn in hand. */
  readonly room?: () => Promise<void>;
  /** Called with the exchange that brought a robots.txt or a TDM file, for the archive. */
  readonly onHostFile?: (exchange: Exchange) => void;
  /** Called once a host, when its rules are known. */
  readonly onRules?: (host: string, rules: RobotsRules) => void;
}

const TDM_FRESH_MS = 24 * 3_600_000;
/** Hosts whose TDM rules are in memory at once. */
const MAX_TDM_HOSTS = 1000;
/** So much before its turn a host may be taken: the lane has the finer clock. */
const EARLY_MS = 30;
/** Shorter pauses for the bandwidth limit are not told. */
const TOLD_MS = 2000;

export class PoliteClient {
  readonly #client: Client;
  readonly #robots: RobotsCache;
  readonly #lanes: Lanes;
  readonly #options: PoliteOptions;
  readonly #tdm = new RecentMap<string, Promise<TdmRules>>(MAX_TDM_HOSTS);
  readonly #greeted = new Set<string>();
  #throttledUntilMs = 0;
  requests = 0;
  bytes = 0;

  constructor(settings: Settings, options: PoliteOptions = {}) {
    this.#options = options;
    this.#client = new Client(settings, {
      ...options,
      onThrottle: (ms) => this.#tellThrottle(ms),
    });
    this.#robots = new RobotsCache({
      client: this.#client,
      ...(options.robotsStore && { store: options.robotsStore }),
    });
    this.#lanes = new Lanes(settings, {
      onWait: (host, untilMs, why) =>
        options.onEvent?.({ type: 'wait', ...(host !== undefined && { host }), untilMs, why }),
      serversOf: (host) => this.#client.serversOf(host),
    });
  }

  fetch(request: PoliteRequest): Promise<FetchResult> {
    return this.#fetch(request);
  }

  #fetch({
    url,
    purpose,
    validators,
    signal,
    mayFollow,
  }: Omit<PoliteRequest, 'purpose'> & { readonly purpose: Purpose }): Promise<FetchResult> {
    const lane = this.#lane(signal);
    return this.#client.fetch({
      url,
      purpose,
      ...(validators && { validators }),
      ...(signal && { signal }),
      hooks: {
        before: async (next) => {
          const refusal = (next !== url && (await mayFollow?.(next))) || (await this.#robotsRefusal(next, signal));
          return refusal || lane.before!(next);
        },
        after: lane.after!,
      },
    });
  }

  /** The rules of the host of a URL, as far as they are known. */
  async rulesFor(url: string, signal?: AbortSignal): Promise<RobotsRules | Outcome> {
    const host = hostOf(url);
    const answer = await this.#robots.rulesFor(host, { hooks: this.#lane(signal), ...(signal && { signal }) });
    if (answer.fetched?.exchange) this.#options.onHostFile?.(answer.fetched.exchange);
    if (answer.failure) return answer.failure;
    if (answer.rules.crawlDelayMs !== undefined) this.#lanes.setCrawlDelay(host, answer.rules.crawlDelayMs);
    if (!this.#greeted.has(host)) {
      this.#greeted.add(host);
      this.#options.onRules?.(host, answer.rules);
    }
    return answer.rules;
  }

  /** What the host's TDM file says of a URL; asked for once a day, by the host's first article. */
  async tdmReservationOf(url: string, signal?: AbortSignal): Promise<TdmReservation | undefined> {
    const host = hostOf(url);
    let rules = this.#tdm.get(host);
    if (!rules) {
      rules = this.#readTdmFile(host, signal);
      this.#tdm.set(host, rules);
    }
    return (await rules)(url);
  }

  async #readTdmFile(host: string, signal: AbortSignal | undefined): Promise<TdmRules> {
    const { tdmStore } = this.#options;
    const url = host + TDM_FILE;
    let stored = tdmStore?.get(host);
    if (!stored || stored.askAgainAtMs <= Date.now()) {
      // A small file of the whole host, as robots.txt is: the same limits.
      const { exchange, failure } = await this.#fetch({ url, purpose: 'robots', ...(signal && { signal }) });
      if (exchange) this.#options.onHostFile?.(exchange);
      const isThere = exchange?.status === 200 && !failure;
      stored = {
        text: isThere ? new TextDecoder().decode(exchange.body) : '',
        askAgainAtMs: Date.now() + TDM_FRESH_MS,
      };
      if (failure?.reason !== 'interrupted') tdmStore?.set(host, stored);
    }
    return parseTdmFile(stored.text, url);
  }

  /** The outcome for all leads of a host that was given up in this run, or that nobody can reach. */
  givenUp(host: string): Outcome | undefined {
    return this.#lanes.givenUp(host) ?? this.#robots.unreached(host);
  }

  /** When the host may next be asked, milliseconds since the epoch. */
  nextStartMs(host: string): number {
    return this.#lanes.nextStartMs(host) - EARLY_MS;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #robotsRefusal(url: string, signal: AbortSignal | undefined): Promise<Outcome | undefined> {
    const rules = await this.rulesFor(url, signal);
    if ('name' in rules) return rules;
    if (rules.allows(url)) return undefined;
    return { name: 'disallowed', reason: 'robots', detail: `Disallow: ${rules.ruleFor(url)?.pattern ?? ''}` };
  }

  /** Once a pause, however many downloads take part in it. */
  #tellThrottle(ms: number): void {
    const nowMs = Date.now();
    if (ms < TOLD_MS || nowMs < this.#throttledUntilMs) return;
    this.#throttledUntilMs = nowMs + ms;
    this.#options.onEvent?.({ type: 'wait', untilMs: this.#throttledUntilMs, why: 'max-bandwidth' });
  }

  /** Hooks that hold the host's lane from before a request until after it. */
  #lane(signal: AbortSignal | undefined): HopHooks {
    let leave: ((report: LaneReport) => void) | undefined;
    return {
      before: async (url) => {
        const host = hostOf(url);
        const turn = await this.#lanes.enter(host, signal);
        if ('outcome' in turn) return turn.outcome;
        leave = turn.leave;
        await this.#options.room?.();
        this.requests++;
        this.#options.onEvent?.({ type: 'request', host, url });
        return undefined;
      },
      after: (url, report) => {
        leave?.({ url, ...report });
        leave = undefined;
        this.bytes += report.bytes;
        if (report.status !== undefined)
          this.#options.onEvent?.({
            type: 'response',
            host: hostOf(url),
            url,
            status: report.status,
            bytes: report.bytes,
            elapsedMs: report.elapsedMs,
          });
      },
    };
  }
}
