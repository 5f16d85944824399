/**
 * The frontier: all leads and what became of them. In: leads, outcomes. Out: leads whose turn it is. It never fetches
 * and never decides what is in scope.
 *
 * The model is crawler-commons' URLFrontier: a queue per host, leads put as discovered or to be visited again at a
 * time, taken from queues that are due under a lease that expires. Every method may answer with a promise, so that a
 * service shared by many machines can stand behind the same interface.
 */
import type { Lead } from '../lead.js';
import type { Outcome, OutcomeCounts } from '../outcome.js';

/** What a run that was cut off has visited within this time is not asked for again by the next one. */
export const RESUME_MS = 3_600_000;

export type Awaitable<T> = T | Promise<T>;

/** A lead that was taken: nobody else gets it, nor another of its host, until the lease ends. */
export interface LeasedLead extends Lead {
  readonly id: number;
  /** The queue: scheme, name and port (see url.ts). */
  readonly host: string;
  /** Earlier visits that ended with an outcome. */
  readonly visits: number;
  /** Tries since then that failed and may pass. */
  readonly tries: number;
  /** The outcome of the last visit. */
  readonly last?: Outcome['name'];
}

/** How a visit ended. */
export interface Settlement {
  readonly id: number;
  readonly outcome: Outcome;
  /** When to look again, milliseconds since the epoch; 0: in every run; absent: never by itself. */
  readonly nextVisitMs?: number;
  /** It is a page of the article of this lead: whoever names it from now on speaks of that one. */
  readonly pageOf?: number;
}

/** A lead that is not fetched: it is known from the start how it ends. */
export interface EndedLead {
  readonly lead: Lead;
  readonly outcome: Outcome;
}

/** What came of leads that were put. */
export interface Put {
  /** How many nobody had named before. */
  readonly fresh: number;
  /** What ended because another URL is fetched for the same article: leads that were put, or such as waited. */
  readonly ended: readonly { readonly url: string; readonly outcome: Outcome }[];
}

/** A visit as the archive's files tell of it. */
export interface RestoredLead {
  readonly lead: Lead;
  /** Where the lead's URL led, and the further pages of its article. */
  readonly aliases: readonly string[];
  readonly outcome: Outcome;
  /** Milliseconds since the epoch. */
  readonly visitedAtMs: number;
  readonly nextVisitMs: number;
}

export interface FrontierCounts {
  /** Leads with an outcome in this run. */
  readonly settled: number;
  readonly outcomes: OutcomeCounts;
  readonly perHost: Readonly<Record<string, OutcomeCounts>>;
  /** Leads that wait or are under way. */
  readonly waiting: number;
}

export interface Frontier {
  /**
   * Opens a run: leases of earlier runs end, what is to be visited in every run, what failed and what is due by its
   * schedule waits again. Where leads still wait, the run before was cut off: this one goes on with it, and what was
   * visited within `RESUME_MS` is not due.
   */
  beginRun(run: string, nowMs: number): Awaitable<void>;
  /**
   * Adds unknown leads and tells what came of it. Of a known one that waits, the better knowledge is kept. A known
   * page waits again where its source says that it has changed: by a date, or by saying something else of it than before.
   */
  put(leads: readonly Lead[]): Awaitable<Put>;
  /** Notes all that a document lists. What it listed before and does not any more waits again: how many these are. */
  putListing(document: string, urls: readonly string[]): Awaitable<number>;
  /** Notes unknown leads that end without a visit, and returns those that were unknown. */
  putEnded(items: readonly EndedLead[]): Awaitable<readonly EndedLead[]>;
  /** Leads whose turn it is, at most one a host, best first; their hosts are busy until `free` or the end of the lease. */
  take(limit: number, leaseMs: number, nowMs: number): Awaitable<LeasedLead[]>;
  /**
   * Takes one lead out of turn, which need not be known yet: for who is asking its host already. Undefined where it is
   * under way, or was visited in this run.
   */
  takeThis(lead: Lead): Awaitable<LeasedLead | undefined>;
  /** The host may be asked again, from `fromMs` on. The leads taken from it stay leased. */
  free(host: string, fromMs: number): Awaitable<void>;
  /** Gives a lead back: it waits again, after one more try. */
  giveBack(id: number, host: string, fromMs: number): Awaitable<void>;
  /** Ends leads. A lead has one outcome in a run: a later one replaces it. */
  settle(items: readonly Settlement[]): Awaitable<void>;
  /** Ends leads that wait on a host, some thousand at once, and returns their URLs; none: nothing waits there any more. */
  block(host: string, outcome: Outcome): Awaitable<readonly string[]>;
  /** When the next lead may be taken, milliseconds since the epoch; undefined: nothing waits. */
  nextDueMs(): Awaitable<number | undefined>;
  /** Leads that wait or are under way. */
  waiting(): Awaitable<number>;
  /** The same of these hosts alone. */
  waitingOn(hosts: readonly string[]): Awaitable<number>;
  /** The lead of this URL, or of another one with the same article key. */
  idOf(url: string): Awaitable<number | undefined>;
  /** Makes another URL of a lead known, so that it is not fetched as well. */
  alias(url: string, id: number): Awaitable<void>;
  counts(): Awaitable<FrontierCounts>;
}
