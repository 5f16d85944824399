/**
 * What a run has come to so far, counted from its events. In: events. Out: numbers for the display and the log. Its
 * size does not grow with the crawl: nothing is kept per URL but what became of the seeds.
 */
import type { CrawlEvent, WaitReason } from '../events.js';
import type { Outcome, OutcomeCounts, OutcomeName } from '../outcome.js';

export interface HostWait {
  /** Absent: all hosts. */
  readonly host?: string;
  readonly untilMs: number;
  readonly why: WaitReason;
}

export interface EndedSeed {
  readonly seed: string;
  readonly outcome: Outcome;
}

/** Seconds over which the rate is taken. */
const RATE_SPAN_S = 10;

export class Tally {
  readonly startedMs: number;
  articles = 0;
  /** Read, with a record to come once their site's profile is known. */
  held = 0;
  /** Leads without an outcome, those of held articles among them. */
  waiting = 0;
  requests = 0;
  bytes = 0;
  activity = '';
  readonly outcomes: OutcomeCounts = {};
  /** Records that are read again are known beforehand, each with one outcome to come. */
  #isRereading = false;
  readonly #waits = new Map<string, HostWait>();
  readonly #seeds = new Map<string, Outcome | undefined>();
  /** Seeds that led on: what they are themselves does not matter. */
  readonly #leading = new Set<string>();
  /** Responses per second of the last seconds, the present one included. */
  readonly #responses = new Map<number, number>();

  constructor(nowMs: number) {
    this.startedMs = nowMs;
  }

  add(event: CrawlEvent, nowMs: number): void {
    switch (event.type) {
      case 'run-started':
        for (const seed of event.seeds) this.#seeds.set(seed, undefined);
        break;
      case 'waiting':
        this.waiting = event.leads;
        break;
      case 'request':
        this.requests++;
        this.#waits.delete(event.host);
        this.activity = event.url;
        break;
      case 'response':
        this.bytes += event.bytes;
        this.#count(Math.floor(nowMs / 1000));
        break;
      case 'lead-found':
        if (event.found > 0 && this.#seeds.has(event.foundOn)) this.#leading.add(event.foundOn);
        break;
      case 'reextract-started':
        this.waiting = event.records;
        this.#isRereading = true;
        break;
      case 'reread':
        this.bytes += event.bytes;
        this.activity = event.url;
        this.#count(Math.floor(nowMs / 1000));
        break;
      case 'outcome':
        this.#settle(event.url, event.outcome);
        break;
      case 'held':
        this.held = event.articles;
        break;
      case 'article':
        this.articles++;
        break;
      case 'wait':
        this.#waits.set(event.host ?? '', event);
        break;
      case 'activity':
        this.activity = event.activity;
        break;
      case 'warning':
      case 'run-finished':
        break;
    }
  }

  /** Responses per second. */
  rate(nowMs: number): number {
    const second = Math.floor(nowMs / 1000);
    let sum = 0;
    // The present second is not over yet and would pull the rate down.
    for (let age = 1; age <= RATE_SPAN_S; age++) sum += this.#responses.get(second - age) ?? 0;
    return sum / Math.min(RATE_SPAN_S, Math.max(1, second - Math.floor(this.startedMs / 1000)));
  }

  /** Hosts that are waited for, the longest wait first. */
  waits(nowMs: number): HostWait[] {
    for (const [host, { untilMs }] of this.#waits) if (untilMs <= nowMs) this.#waits.delete(host);
    return [...this.#waits.values()].sort((a, b) => b.untilMs - a.untilMs);
  }

  countOf(name: OutcomeName): number {
    return Object.values(this.outcomes[name] ?? {}).reduce((sum, count) => sum + count, 0);
  }

  /** Seeds from which nothing could be had, with why. */
  lostSeeds(): EndedSeed[] {
    return [...this.#seeds].flatMap(([seed, outcome]) => (outcome && isLoss(outcome) ? [{ seed, outcome }] : []));
  }

  /** Seeds that are there, but are nothing that a crawl can start from or keep: a PDF, an empty page. */
  emptySeeds(): EndedSeed[] {
    return [...this.#seeds].flatMap(([seed, outcome]) =>
      outcome && isEmpty(outcome) && !this.#leading.has(seed) ? [{ seed, outcome }] : [],
    );
  }

  #settle(url: string, outcome: Outcome): void {
    if (this.#isRereading) this.waiting--;
    addOutcome(this.outcomes, outcome);
    if (this.#seeds.has(url)) this.#seeds.set(url, outcome);
  }

  #count(second: number): void {
    this.#responses.set(second, (this.#responses.get(second) ?? 0) + 1);
    for (const old of this.#responses.keys()) if (old < second - RATE_SPAN_S) this.#responses.delete(old);
  }
}

export function addOutcome(counts: OutcomeCounts, { name, reason }: Outcome): void {
  counts[name] ??= {};
  const reasons = counts[name];
  reasons[reason] = (reasons[reason] ?? 0) + 1;
}

/** What was asked for by name could not be had. */
export function isLoss({ name }: Outcome): boolean {
  return name === 'failed' || name === 'gone' || name === 'disallowed';
}

const EMPTY: ReadonlySet<string> = new Set(['not-html', 'empty', 'no-body', 'soft-404', 'consent-wall']);

function isEmpty({ name, reason }: Outcome): boolean {
  return name === 'not-article' && EMPTY.has(reason);
}
