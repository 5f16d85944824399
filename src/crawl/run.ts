/**
 * A run: takes leads whose turn it is, visits them side by side, and hands on what is committed. In: open rooms. Out:
 * articles, and at the end a summary in which every lead has its outcome.
 */
import type { Article } from '../article.js';
import type { CrawlSummary, OnEvent } from '../events.js';
import type { LeasedLead, Settlement } from '../frontier/frontier.js';
import type { Lead } from '../lead.js';
import type { Outcome } from '../outcome.js';
import { hostOf, siteOf } from '../url.js';
import type { Ready } from './desk.js';
import { FurtherPages } from './further.js';
import { HostMoves } from './host-moves.js';
import { LIKELY } from './leads.js';
import { Departures, leftFor } from './moved.js';
import { Outbox } from './outbox.js';
import { earlierAddress, Finished, type Published, publish, settlementOf } from './publish.js';
import type { Rooms } from './rooms.js';
import { type HeldPage, type Visit, type VisitRooms, visit } from './visit.js';

/** Leads of one process end their lease with the run: the archive's lock keeps others away. */
const LEASE_MS = 365 * 86_400_000;
/** Visits under way for each request that may be: most of them wait for their host's delay. */
const VISITS_PER_REQUEST = 2;
/** Articles that wait for the reader before the crawl holds back. */
const OUTBOX = 64;
/** Pages that become records at a time, when all that waits on the desk leaves it. */
const MAX_COMMITTING = 200;
/** So often the frontier is asked how many leads wait. */
const TELL_MS = 1000;
/** Longest sleep while nothing is due; what ends it early is an event. */
const MAX_SLEEP_MS = 60_000;

/** What a run does with leads: fetch the articles and give them out, or give out the leads themselves. */
export type Purpose = 'articles' | 'leads';

export class Run<T extends Article | Lead> {
  readonly #rooms: Rooms;
  /** What all visits have in common. */
  readonly #visitRooms: Omit<VisitRooms, 'freeHost'>;
  readonly #purpose: Purpose;
  readonly #outbox: Outbox<T>;
  readonly #onEvent: OnEvent;
  readonly #startedAtMs = Date.now();
  /** Sites with leads being visited, and how many. */
  readonly #underWay = new Map<string, number>();
  readonly #departures = new Departures();
  readonly #hostMoves = new HostMoves();
  readonly #further = new FurtherPages();
  #visits = 0;
  #pages = 0;
  #articles = 0;
  #undated = 0;
  /** Articles judged but not on the disk yet. */
  readonly #committing = new Set<Promise<void>>();
  #error: { readonly error: unknown } | undefined;
  #isLeft = false;
  #toldWaitingAtMs = 0;
  #endSleep: (() => void) | undefined;
  /** Something happened since the last sleep. */
  #hasNews = false;

  constructor(rooms: Rooms, purpose: Purpose) {
    this.#rooms = rooms;
    this.#purpose = purpose;
    const { maxArticlePages, maxPages = Number.POSITIVE_INFINITY } = rooms.settings;
    this.#visitRooms = {
      ...rooms,
      departures: this.#departures,
      hostMoves: this.#hostMoves,
      further: this.#further,
      joins: purpose === 'articles' && maxArticlePages > 1,
      mayAsk: () => {
        if (this.#pages >= maxPages) return false;
        this.#pages++;
        return true;
      },
    };
    this.#onEvent = rooms.onEvent;
    this.#outbox = new Outbox<T>(OUTBOX, () => this.#wake());
    rooms.signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** What the run gives out, as it comes. Leaving the loop early ends the run: what is in flight is still committed. */
  async *results(): AsyncGenerator<T, void> {
    const driven = this.#drive().finally(() => this.#outbox.end());
    try {
      yield* this.#outbox;
    } finally {
      this.#isLeft = true;
      this.#wake();
      await driven;
    }
    if (this.#error) throw this.#error.error;
  }

  get hasFailed(): boolean {
    return this.#error !== undefined;
  }

  async summary(): Promise<CrawlSummary> {
    const { archive, frontier, client, signal, run } = this.#rooms;
    const { settled, outcomes, perHost, waiting } = await frontier.counts();
    const stoppedBy = this.#stoppedBy();
    return {
      run,
      startedAt: new Date(this.#startedAtMs).toISOString(),
      durationMs: Date.now() - this.#startedAtMs,
      leads: settled,
      outcomes,
      perHost,
      requests: client.requests,
      bytes: client.bytes,
      articles: this.#articles,
      ...(this.#undated > 0 && { undated: this.#undated }),
      waiting,
      ...(archive.directory !== undefined && { archive: archive.directory }),
      files: [],
      ...(stoppedBy && { stoppedBy }),
      interrupted: signal.aborted,
    };
  }

  #stoppedBy(): CrawlSummary['stoppedBy'] {
    const { settings, signal } = this.#rooms;
    if (signal.aborted) return 'interrupted';
    if (this.#isFull()) return 'max-articles';
    return this.#pages >= (settings.maxPages ?? Number.POSITIVE_INFINITY) ? 'max-pages' : undefined;
  }

  #isFull(): boolean {
    return this.#articles >= (this.#rooms.settings.maxArticles ?? Number.POSITIVE_INFINITY);
  }

  async #drive(): Promise<void> {
    const { frontier, desk } = this.#rooms;
    try {
      while (!this.#isOver()) {
        await this.#tellWaiting();
        const took = this.#mayTakeOn() ? await this.#takeOn() : 0;
        if (took > 0) continue;
        if (this.#visits > 0) {
          await this.#sleep((await frontier.nextDueMs()) ?? Date.now() + MAX_SLEEP_MS);
        } else if (desk.held + this.#further.size > 0) {
          await this.#settleAll();
        } else {
          const dueMs = await frontier.nextDueMs();
          if (dueMs === undefined) break;
          await this.#sleep(dueMs);
        }
      }
      while (this.#visits > 0) await this.#sleep(Date.now() + MAX_SLEEP_MS);
      await this.#settleAll();
      await Promise.all(this.#committing);
    } catch (error) {
      this.#error ??= { error };
      while (this.#visits > 0) await this.#sleep(Date.now() + MAX_SLEEP_MS);
    }
  }

  async #tellWaiting(): Promise<void> {
    const nowMs = Date.now();
    if (nowMs - this.#toldWaitingAtMs < TELL_MS) return;
    this.#toldWaitingAtMs = nowMs;
    this.#onEvent({ type: 'waiting', leads: await this.#rooms.frontier.waiting() });
  }

  #isOver(): boolean {
    return this.#isLeft || this.#error !== undefined || this.#stoppedBy() !== undefined;
  }

  /** Not while the reader is behind, nor where the articles on their way may be all that are wanted. */
  #mayTakeOn(): boolean {
    const { settings, desk } = this.#rooms;
    const expected = this.#articles + desk.articles;
    return (
      !this.#outbox.isFull &&
      this.#visits < settings.concurrency * VISITS_PER_REQUEST &&
      expected < (settings.maxArticles ?? Number.POSITIVE_INFINITY)
    );
  }

  async #takeOn(): Promise<number> {
    const { frontier, settings } = this.#rooms;
    const free = settings.concurrency * VISITS_PER_REQUEST - this.#visits;
    const pagesLeft = (settings.maxPages ?? Number.POSITIVE_INFINITY) - this.#pages;
    const leads = await frontier.take(Math.min(free, pagesLeft), LEASE_MS, Date.now());
    for (const lead of leads) void this.#handle(lead);
    return leads.length;
  }

  async #handle(lead: LeasedLead): Promise<void> {
    const site = siteOf(lead.url);
    this.#visits++;
    this.#underWay.set(site, (this.#underWay.get(site) ?? 0) + 1);
    const end = this.#further.begin(lead.url);
    try {
      await this.#finish(lead, await this.#visit(lead));
    } catch (error) {
      this.#error ??= { error };
    } finally {
      end();
      this.#visits--;
      const left = this.#underWay.get(site)! - 1;
      if (left > 0) this.#underWay.set(site, left);
      else this.#underWay.delete(site);
      await this.#settleIfDone(site).catch((error: unknown) => {
        this.#error ??= { error };
      });
      this.#wake();
    }
  }

  async #visit(lead: LeasedLead): Promise<Visit> {
    const { frontier, client } = this.#rooms;
    let isFree = false;
    const freeHost = async (): Promise<void> => {
      // Once: by the end of a visit that was free early the host may be another lead's.
      if (isFree) return;
      isFree = true;
      // Where another host answers for this one, its delay is the one to wait for.
      const nextMs = Math.max(
        ...[lead.url, this.#hostMoves.instead(lead.url)].map((url) => client.nextStartMs(hostOf(url))),
      );
      await frontier.free(lead.host, nextMs);
      this.#wake();
    };
    const givenUp = client.givenUp(lead.host);
    if (givenUp) {
      await this.#endWaiting(lead.host, givenUp);
      // Leads that are found later must not wait for this one's lease.
      await freeHost();
      return { end: givenUp };
    }
    const barren = this.#rooms.leads.barren(lead);
    if (barren) {
      await freeHost();
      return { end: barren };
    }
    if (this.#purpose === 'leads' && lead.kind === 'page' && lead.source !== 'seed' && isArticleLead(lead)) {
      await freeHost();
      this.#outbox.put(asFound(lead) as unknown as T);
      return { end: LISTED };
    }
    if (lead.kind === 'page') this.#pages++;
    const result = await visit(lead, { freeHost, ...this.#visitRooms });
    await freeHost();
    return result;
  }

  /** Of a host that is not asked any more. */
  async #endWaiting(host: string, outcome: Outcome): Promise<void> {
    for (;;) {
      const ended = await this.#rooms.frontier.block(host, outcome);
      if (ended.length === 0) return;
      for (const url of ended) this.#onEvent({ type: 'outcome', url, host, outcome, unvisited: true });
    }
  }

  async #finish(lead: LeasedLead, result: Visit): Promise<void> {
    const { frontier, client } = this.#rooms;
    if ('again' in result) {
      for (const each of [lead, ...(result.leases ?? [])])
        await frontier.giveBack(each.id, each.host, client.nextStartMs(each.host));
      return;
    }
    if ('waits' in result) return this.#further.put(result.waits);
    if ('page' in result) {
      const { draft } = result.page;
      if (this.#purpose === 'articles') {
        for (const page of [result.page, ...(result.others ?? [])]) this.#putOnDesk(page);
        return;
      }
      if (draft.verdict.isArticle) this.#outbox.put(asFound(lead) as unknown as T);
      const end: Outcome = draft.verdict.isArticle ? LISTED : { name: 'not-article', reason: draft.verdict.reason };
      return this.#end(lead, { end });
    }
    await this.#end(lead, result);
  }

  #putOnDesk(page: HeldPage): void {
    this.#publishAll(this.#rooms.desk.put(siteOf(page.draft.url), page));
  }

  async #end(
    lead: LeasedLead,
    { end: outcome, nextVisitMs, visit: visited, parts = [] }: Extract<Visit, { end: Outcome }>,
  ): Promise<void> {
    const { archive, settle } = this.#rooms;
    const settlement: Settlement = { id: lead.id, outcome, ...(nextVisitMs !== undefined && { nextVisitMs }) };
    const settlements = [settlement, ...parts.map((part) => settlementOf(part, lead.id))];
    const visits = [visited, ...parts.map((part) => part.visit)].filter((each) => each !== undefined);
    await archive.commit({ visits, within: () => settle(settlements) });
    for (const each of [{ lead, outcome }, ...parts])
      this.#onEvent({ type: 'outcome', url: each.lead.url, host: each.lead.host, outcome: each.outcome });
  }

  #publishAll(ready: readonly Ready<HeldPage>[]): void {
    this.#onEvent({ type: 'held', articles: this.#rooms.desk.articles });
    const { respectNoindex } = this.#rooms.settings;
    const rooms = { ...this.#rooms, respectNoindex, departures: this.#departures, isFull: () => this.#isFull() };
    for (const page of ready.map((each) => new Finished(each))) {
      const text = earlierAddress(page, rooms.archive, (from, to) => this.#hostMoves.mayLeadTo(from, to));
      // What was read in this run is where it is.
      const earlier = Date.parse(text?.fetchedAt ?? '') < this.#startedAtMs ? text : undefined;
      // Where it may have moved from is asked for before it is judged; everything else is judged at once.
      const told = (
        earlier
          ? leftFor(earlier.url, page.held.capture.finalUrl, rooms).then(async (left) => {
              const lead = left && (await rooms.frontier.idOf(earlier.url));
              page.haveWaited();
              return this.#publish(publish(page, rooms, left && { article: earlier, left, lead }), page);
            })
          : this.#publish(publish(page, rooms), page)
      )
        .catch((error: unknown) => {
          this.#error ??= { error };
        })
        .finally(() => {
          this.#committing.delete(told);
          this.#wake();
        });
      this.#committing.add(told);
    }
  }

  async #publish({ outcome, committed, others }: Published, { held: { lead } }: Finished): Promise<void> {
    if (outcome.name === 'archived') this.#articles++;
    const article = await committed;
    this.#onEvent({ type: 'outcome', url: lead.url, host: lead.host, outcome });
    for (const other of others) this.#onEvent({ type: 'outcome', host: hostOf(other.url), ...other });
    if (!article) return;
    if (this.#rooms.scope.isDated && article.datePublished === undefined) this.#undated++;
    const { url, headline, datePublished } = article;
    this.#onEvent({
      type: 'article',
      article: {
        url,
        ...(headline !== undefined && { headline }),
        ...(datePublished !== undefined && { datePublished }),
      },
    });
    this.#outbox.put(article as unknown as T);
  }

  /** A site whose leads have all ended or wait on the desk learns nothing more: its drafts may leave. */
  async #settleIfDone(site: string): Promise<void> {
    const { desk, frontier, leads } = this.#rooms;
    const waiting = this.#further.heldOf(site);
    const held = desk.heldOf(site) + waiting;
    if (held === 0 || this.#underWay.has(site)) return;
    if ((await frontier.waitingOn(leads.hostsOf(site))) > held) return;
    for (const page of this.#further.release(site)) this.#putOnDesk(page);
    this.#settleSite(site);
  }

  /** Site by site: what has left the desk is in memory as a whole. */
  async #settleAll(): Promise<void> {
    for (const page of this.#further.releaseAll()) this.#putOnDesk(page);
    for (const site of [...this.#rooms.desk.waitingSites()]) {
      this.#settleSite(site);
      if (this.#committing.size > MAX_COMMITTING) await Promise.all(this.#committing);
    }
  }

  #settleSite(site: string): void {
    this.#publishAll(this.#rooms.desk.settle(site));
  }

  /** Until the time has come, or something has happened. */
  #sleep(untilMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#endSleep = undefined;
        this.#hasNews = false;
        resolve();
      };
      const timer = setTimeout(end, Math.min(MAX_SLEEP_MS, Math.max(0, untilMs - Date.now())));
      this.#endSleep = end;
      if (this.#hasNews) end();
    });
  }

  /** Ends the sleep, or keeps the next one from beginning: what happens while the frontier is asked is not missed. */
  #wake(): void {
    this.#hasNews = true;
    this.#endSleep?.();
  }
}

const LISTED: Outcome = { name: 'out-of-scope', reason: 'limit', detail: 'a lead to an article: listed, not fetched' };
function isArticleLead({ source, articleLikelihood = 0 }: Lead): boolean {
  return source === 'sitemap' || source === 'feed' || articleLikelihood >= LIKELY;
}

/** What a lease adds to its lead: the frontier's own. */
const OF_LEASE: ReadonlySet<string> = new Set(['id', 'host', 'visits', 'tries', 'last'] satisfies (keyof LeasedLead)[]);

/** The lead as it was found, its URL first. */
function asFound({ url, ...lead }: LeasedLead): Lead {
  return { url, ...Object.fromEntries(Object.entries(lead).filter(([name]) => !OF_LEASE.has(name))) } as Lead;
}
