/**
 * What a crawl tells about itself while it runs and when it ends. Plain, serialisable values for the progress display,
 * the logs and the sealed manifest; emitting one never blocks the crawl and nothing in the crawl depends on a reader.
 *
 * Text that came from the web (URLs, headlines, details) is given as it was found: whoever prints it escapes it.
 */
import type { Outcome, OutcomeCounts } from './outcome.js';

/** What a reader needs to name an article in one line. */
export interface ArticleSummary {
  readonly url: string;
  readonly headline?: string | undefined;
  readonly datePublished?: string | undefined;
}

/** One thing that happened. `type` tells them apart; instants are milliseconds since the epoch. */
export type CrawlEvent =
  | {
      readonly type: 'run-started';
      readonly run: string;
      readonly seeds: readonly string[];
      readonly archive?: string;
    }
  /**
   * So many leads have no outcome yet: seeds, what an earlier run has left, and visits that have fallen due. Told at the
   * start and then no more than once a second. `lead-found` and `outcome` do not add up to it: what is known may wait
   * again, and what is left outside never waited.
   */
  | { readonly type: 'waiting'; readonly leads: number }
  /** A request goes out; redirects are requests of their own. */
  | { readonly type: 'request'; readonly host: string; readonly url: string }
  /** Its response is complete; `bytes` on the wire. */
  | {
      readonly type: 'response';
      readonly host: string;
      readonly url: string;
      readonly status: number;
      readonly bytes: number;
      readonly elapsedMs: number;
    }
  /** A document named leads: how many, and how many of them were unknown. */
  | { readonly type: 'lead-found'; readonly foundOn: string; readonly found: number; readonly fresh: number }
  /** A lead reached its final state. One that ended unvisited and is then found better is told of again. */
  | {
      readonly type: 'outcome';
      readonly url: string;
      readonly host: string;
      readonly outcome: Outcome;
      /** It waited on a host that was given up: one outcome has told of that already, or will. */
      readonly unvisited?: true;
    }
  /** So many articles have been read and wait until enough of their site is known (`profilePages`). */
  | { readonly type: 'held'; readonly articles: number }
  /** A record was committed. */
  | { readonly type: 'article'; readonly article: ArticleSummary }
  /** Captures of an archive are read again: so many records are there. `run` only where records are written. */
  | { readonly type: 'reextract-started'; readonly run?: string; readonly archive: string; readonly records: number }
  /** A capture is read again; `bytes` as they went over the wire. */
  | { readonly type: 'reread'; readonly host: string; readonly url: string; readonly bytes: number }
  /** A host is not asked before `untilMs`; without `host` none is. */
  | { readonly type: 'wait'; readonly host?: string; readonly untilMs: number; readonly why: WaitReason }
  /** What the run is doing now, in a few words: "reading sitemaps of example.org", "sealing the run". */
  | { readonly type: 'activity'; readonly activity: string }
  /** Something a person should know that ends no lead. `code` is stable and made for filters. */
  | { readonly type: 'warning'; readonly code: string; readonly message: string; readonly url?: string }
  | { readonly type: 'run-finished'; readonly summary: CrawlSummary };

/** Why a host is left waiting, or, by the last three, all of them. */
export type WaitReason =
  | 'delay'
  | 'crawl-delay'
  | 'retry-after'
  | 'back-off'
  | 'slow-host'
  | 'max-rate'
  | 'max-bandwidth'
  | 'only-between';

/** What a run came to. The outcome counts add up to `leads`. */
export interface CrawlSummary {
  /** `20261123T210000Z`: the name of the run's files. */
  readonly run: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** All leads of this run, each of which has an outcome below. */
  readonly leads: number;
  readonly outcomes: OutcomeCounts;
  /** The same per host (see url.ts). */
  readonly perHost: Readonly<Record<string, OutcomeCounts>>;
  /** HTTP requests, redirects and robots.txt included. */
  readonly requests: number;
  /** Received on the wire. */
  readonly bytes: number;
  /** Records written by this run. */
  readonly articles: number;
  /** With `since` or `until`: articles that were kept although nothing tells their date. */
  readonly undated?: number;
  /** Leads that stay for the next run of the same archive; not among `leads`. */
  readonly waiting: number;
  /** The archive's folder as given; absent for a run that keeps nothing. */
  readonly archive?: string;
  /** Of a run that read captures again (src/reextract.ts). */
  readonly reextraction?: Reextraction;
  /** What this run wrote, relative to the archive's folder. */
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
  /** Why the run stopped before it had seen all: a limit of the settings, or an interruption. */
  readonly stoppedBy?: 'max-articles' | 'max-pages' | 'interrupted';
  readonly interrupted: boolean;
}

/** How captures were read again, and what came of it beside the outcomes, which are those of records here. */
export interface Reextraction {
  /** The profiles that were applied: those of `sites/`, such learned anew from the captures, or those that each record names. */
  readonly profiles: 'present' | 'anew' | 'then';
  /** Field → records in which it reads otherwise. */
  readonly changed: Readonly<Record<string, number>>;
  /** Records of runs that did not keep what feeds and sitemaps said of the page. */
  readonly withoutWitness: number;
  /** Records whose own profile was wanted and is not kept: the present one was applied. */
  readonly withoutProfile: number;
  /** Captures that had made no record, how many of them could not be read, and the records that they made now. */
  readonly unrecorded?: { readonly captures: number; readonly failed: number; readonly articles: number };
}

export type OnEvent = (event: CrawlEvent) => void;
