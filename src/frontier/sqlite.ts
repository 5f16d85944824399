/**
 * The frontier in `state.db`. Synchronous below, so that a commit can settle leads in its own transaction.
 *
 * Costs: a take is one step of the index of ready hosts and one of the host's best lead; counts are kept, not counted.
 * A URL's text stands once in the file, its index and the article keys are digests: with ten million leads that decides
 * whether the indexes fit into memory.
 */
import { articleKey } from '../article-key.js';
import type { Lead } from '../lead.js';
import type { Outcome } from '../outcome.js';
import { define, type StateDatabase } from '../state.js';
import { hostOf } from '../url.js';
import { AFTER_ALL, digestOf } from './digest.js';
import {
  type EndedLead,
  type Frontier,
  type FrontierCounts,
  type LeasedLead,
  type Put,
  RESUME_MS,
  type RestoredLead,
  type Settlement,
} from './frontier.js';
import { Listings } from './listings.js';
import { Outside, withoutContent } from './outside.js';
import { priorityOf } from './priority.js';
import { isBetter, renewed } from './renewal.js';
import { RunTally } from './run-tally.js';
import { type Change, Statements } from './statements.js';
import { KNOWN, LEASED, type LeadRow, MIGRATIONS, WAITING } from './tables.js';

/** A lead that an earlier run left outside. */
export interface OutsideLead {
  readonly id: number;
  readonly lead: Lead;
  readonly reason: string;
  readonly detail?: string;
}

type SettledRow = Pick<LeadRow, 'id' | 'host' | 'url' | 'state' | 'run' | 'outcome' | 'reason'>;

/** Ends that are not the last word on a lead, besides failures: the next run tries again. */
const NOT_FINAL: ReadonlySet<string> = new Set(['limit', 'robots-unreachable']);

/** Of a lead for which another one with the same article key is fetched. */
const KNOWN_OTHERWISE: Outcome = { name: 'duplicate', reason: 'canonical-known' };

/** Leads that are ended at once where a host is given up: it may have a million, and their URLs go through memory. */
const BLOCKED_AT_ONCE = 1000;

/** When a lead is tried again whose outcome names no time: in every run, or never by itself. */
function againMs({ name, reason }: Outcome): number | null {
  return name === 'failed' || NOT_FINAL.has(reason) ? 0 : null;
}

function leasedFrom(row: LeadRow, host: string): LeasedLead {
  const { url, id, visits, tries, outcome } = row;
  return Object.assign(JSON.parse(row.seen) as Lead, {
    ...{ url, id, host, visits, tries },
    ...(outcome && { last: outcome }),
  });
}

export class SqliteFrontier implements Frontier {
  readonly #sql: Statements;
  readonly #outside: Outside;
  readonly #listings: Listings;
  readonly #tally: RunTally;
  readonly #hostIds = new Map<string, number>();
  /** When the next lead may be taken, as long as no host has changed since that was asked for. */
  #due: { readonly ms: number | undefined } | undefined;
  #run = '';
  /** What was visited later is not asked for again in this run: the run goes on with one that was cut off. */
  #restsAfterMs = Number.MAX_SAFE_INTEGER;

  constructor(db: StateDatabase) {
    define(db, 'frontier', MIGRATIONS);
    this.#sql = new Statements(db);
    this.#outside = new Outside(this.#sql, (name) => this.#hostId(name));
    this.#listings = new Listings(this.#sql);
    this.#tally = new RunTally(this.#sql);
  }

  beginRun(run: string, nowMs: number): void {
    this.#run = run;
    const isCutOff = this.#sql.get('SELECT 1 FROM host WHERE waiting > 0 OR leased > 0 LIMIT 1') !== undefined;
    if (!isCutOff) {
      this.#change('DELETE FROM work');
      this.#change('INSERT INTO work VALUES (?)', nowMs);
    }
    const beganAtMs = this.#sql.get<{ began_at: number }>('SELECT began_at FROM work')?.began_at ?? 0;
    // What an earlier run saw, one that had come to its end, may have changed since.
    this.#restsAfterMs = isCutOff ? Math.max(beganAtMs, nowMs - RESUME_MS) : Number.MAX_SAFE_INTEGER;
    // Only what changes is touched: a run over millions of leads that wait must begin in seconds.
    const due = `state = ${KNOWN} AND next_visit IS NOT NULL AND next_visit <= ?
      AND (outcome IN ('failed', 'disallowed', 'out-of-scope') OR visited_at IS NULL OR visited_at <= ?)`;
    const bounds = [nowMs, this.#restsAfterMs];
    this.#sql.write(() => {
      // Cut off in the middle of a visit: that was a try, and what the page named may be known already.
      this.#change(`UPDATE lead SET state = ${WAITING}, tries = tries + 1 WHERE state = ${LEASED}`);
      this.#change(
        'UPDATE host SET waiting = waiting + leased, leased = 0, free_at = 0 WHERE leased <> 0 OR free_at <> 0',
      );
      this.#change(
        `UPDATE host SET waiting = waiting + due.leads
         FROM (SELECT host, count(*) AS leads FROM lead WHERE ${due} GROUP BY host) AS due WHERE due.host = host.id`,
        ...bounds,
      );
      this.#change(`UPDATE lead SET state = ${WAITING}, tries = 0 WHERE ${due}`, ...bounds);
    });
  }

  put(leads: readonly Lead[]): Put {
    return this.#sql.write(() => {
      let fresh = 0;
      const ended: Put['ended'][number][] = [];
      for (const lead of leads) if (this.#putOne(lead, ended)) fresh++;
      return { fresh, ended };
    });
  }

  putEnded(items: readonly EndedLead[]): readonly EndedLead[] {
    return this.#sql.write(() => {
      const outside: EndedLead[] = [];
      const fresh: EndedLead[] = [];
      const named = new Set<string>();
      for (const item of items) {
        const { url } = item.lead;
        if (named.has(url)) continue;
        named.add(url);
        // Hosts whose turn it is equally have it in the order in which they were named.
        this.#hostId(hostOf(url));
        if (againMs(item.outcome) === null) outside.push(item);
        else if (!this.#byUrl(url)) {
          this.#insertEnded(withoutContent(item), this.#run);
          fresh.push(item);
        }
      }
      if (outside.length > 0) fresh.push(...this.#outside.put(outside, this.#run));
      this.#tally.addAll(
        this.#run,
        fresh.map(({ lead, outcome }) => ({ host: this.#hostId(hostOf(lead.url)), outcome })),
      );
      return fresh;
    });
  }

  /** Makes a lead that was left outside one as any other. Whether there is one. */
  #bringIn(url: string): boolean {
    const found = this.#outside.find(url);
    if (!found) return false;
    this.#sql.write(() => {
      this.#insertEnded(found.item, found.run);
      this.#outside.forget(url);
    });
    return true;
  }

  /** Of all leads left outside for these reasons, makes those that are wanted leads as any others. */
  bringInWhere(reasons: readonly string[], isWanted: (item: EndedLead) => boolean): void {
    this.#sql.write(() => {
      for (const item of this.#outside.all())
        if (reasons.includes(item.outcome.reason) && isWanted(item)) this.#bringIn(item.lead.url);
    });
  }

  #insertEnded({ lead, outcome }: EndedLead, run: string): void {
    const row = this.#insert(lead, KNOWN);
    this.#change(
      'UPDATE lead SET next_visit = ?, run = ?, outcome = ?, reason = ?, detail = ? WHERE id = ?',
      againMs(outcome),
      run,
      outcome.name,
      outcome.reason,
      outcome.detail ?? null,
      row.id,
    );
  }

  putListing(document: string, urls: readonly string[]): number {
    return this.#sql.write(() =>
      this.#listings.put(document, urls).reduce((leads, beginning) => leads + this.#lookAgain(beginning), 0),
    );
  }

  /** A page that is no longer listed waits again, if it is known and was not visited in this run. */
  #lookAgain(beginning: Buffer): number {
    const row = this.#sql.get<LeadRow>(
      'SELECT * FROM lead WHERE url_digest >= ? AND url_digest < ?',
      beginning,
      Buffer.concat([beginning, AFTER_ALL]),
    );
    if (row?.state !== KNOWN || row.run === this.#run || row.visits === 0) return 0;
    this.#change(`UPDATE lead SET state = ${WAITING}, tries = 0 WHERE id = ?`, row.id);
    this.#change('UPDATE host SET waiting = waiting + 1 WHERE id = ?', row.host);
    return 1;
  }

  /** Takes down a visit that an earlier frontier made, of which only the archive's files still tell. */
  restore({ lead, aliases, outcome, visitedAtMs, nextVisitMs }: RestoredLead): void {
    this.#sql.write(() => {
      const { id } = this.#byUrl(lead.url) ?? this.#insert(lead, KNOWN);
      for (const url of [lead.url, ...aliases]) this.#hold(articleKey(url), id);
      this.#change(
        'UPDATE lead SET visits = visits + 1, visited_at = ?, next_visit = ?, run = ?, outcome = ?, reason = ? WHERE id = ?',
        visitedAtMs,
        nextVisitMs,
        '',
        outcome.name,
        outcome.reason,
        id,
      );
    });
  }

  take(limit: number, leaseMs: number, nowMs: number): LeasedLead[] {
    // Asked far more often than there is an answer.
    if ((this.nextDueMs() ?? Number.POSITIVE_INFINITY) > nowMs) return [];
    const hosts = this.#sql.all<{ id: number; name: string }>(
      'SELECT id, name FROM host WHERE waiting > 0 AND free_at <= ? ORDER BY free_at, id LIMIT ?',
      nowMs,
      limit,
    );
    if (hosts.length === 0) return [];
    return this.#sql.write(() =>
      hosts.flatMap(({ id, name }) => {
        const row = this.#sql.get<LeadRow>(
          `SELECT * FROM lead WHERE state = ${WAITING} AND host = ? ORDER BY priority, id LIMIT 1`,
          id,
        );
        if (!row) throw new Error(`frontier: host ${name} counts leads that wait but has none`);
        this.#change(`UPDATE lead SET state = ${LEASED} WHERE id = ?`, row.id);
        this.#change(
          'UPDATE host SET waiting = waiting - 1, leased = leased + 1, free_at = ? WHERE id = ?',
          nowMs + leaseMs,
          id,
        );
        return [leasedFrom(row, name)];
      }),
    );
  }

  takeThis(lead: Lead): LeasedLead | undefined {
    return this.#sql.write(() => {
      const row = this.#byUrl(lead.url) ?? this.#insert(lead, KNOWN);
      const isDone = row.state === KNOWN && row.run === this.#run && row.visits > 0;
      if (row.state === LEASED || isDone) return undefined;
      if (row.state === WAITING) this.#change('UPDATE host SET waiting = waiting - 1 WHERE id = ?', row.host);
      // What is under way has no outcome of this run.
      else if (row.run === this.#run) this.#tally.add(this.#run, row.host, row.outcome!, row.reason!, -1);
      this.#change(`UPDATE lead SET state = ${LEASED}, run = NULL WHERE id = ?`, row.id);
      this.#change('UPDATE host SET leased = leased + 1 WHERE id = ?', row.host);
      return leasedFrom(row, hostOf(lead.url));
    });
  }

  free(host: string, fromMs: number): void {
    this.#sql.write(() => this.#change('UPDATE host SET free_at = ? WHERE name = ?', fromMs, host));
  }

  giveBack(id: number, host: string, fromMs: number): void {
    this.#sql.write(() => {
      const { changes } = this.#change(
        `UPDATE lead SET state = ${WAITING}, tries = tries + 1 WHERE id = ? AND state = ${LEASED}`,
        id,
      );
      if (changes > 0)
        this.#change(
          'UPDATE host SET waiting = waiting + 1, leased = leased - 1, free_at = ? WHERE name = ?',
          fromMs,
          host,
        );
    });
  }

  settle(items: readonly Settlement[]): void {
    this.#sql.write(() => {
      for (const { id, outcome, nextVisitMs, pageOf } of items) {
        const row = this.#sql.get<SettledRow>(
          'SELECT id, host, url, state, run, outcome, reason FROM lead WHERE id = ?',
          id,
        );
        if (!row) continue;
        this.#settleOne(row, outcome, nextVisitMs);
        if (pageOf !== undefined) this.#handOver(articleKey(row.url), pageOf);
      }
    });
  }

  block(host: string, outcome: Outcome): readonly string[] {
    return this.#sql.write(() => {
      const row = this.#sql.get<{ id: number }>('SELECT id FROM host WHERE name = ? AND waiting > 0', host);
      return row ? this.#endWaiting(row.id, outcome) : [];
    });
  }

  nextDueMs(): number | undefined {
    this.#due ??= {
      ms: this.#sql.get<{ free_at: number }>('SELECT free_at FROM host WHERE waiting > 0 ORDER BY free_at LIMIT 1')
        ?.free_at,
    };
    return this.#due.ms;
  }

  waitingOn(hosts: readonly string[]): number {
    let leads = 0;
    for (const name of hosts)
      leads +=
        this.#sql.get<{ leads: number }>('SELECT waiting + leased AS leads FROM host WHERE name = ?', name)?.leads ?? 0;
    return leads;
  }

  idOf(url: string): number | undefined {
    const find = () => this.#sql.get<{ id: number }>('SELECT id FROM lead WHERE url_digest = ?', digestOf(url));
    const row =
      find() ??
      (this.#bringIn(url) ? find() : undefined) ??
      this.#sql.get<{ id: number }>('SELECT lead AS id FROM lead_key WHERE key = ?', digestOf(articleKey(url)));
    return row?.id;
  }

  /** Leads that were left outside for these reasons, in the order in which they were found. Looks at all leads. */
  outside(reasons: readonly string[], afterId: number, limit: number): OutsideLead[] {
    const rows = this.#sql.all<LeadRow>(
      `SELECT * FROM lead WHERE id > ? AND state = ${KNOWN} AND outcome = 'out-of-scope'
         AND reason IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?`,
      afterId,
      JSON.stringify(reasons),
      limit,
    );
    return rows.map(({ id, url, seen, reason, detail }) => ({
      id,
      reason: reason!,
      lead: { ...(JSON.parse(seen) as Lead), url },
      ...(detail !== null && { detail }),
    }));
  }

  alias(url: string, id: number): void {
    this.#sql.write(() => this.#hold(articleKey(url), id));
  }

  waiting(): number {
    return this.#sql.get<{ leads: number | null }>('SELECT sum(waiting + leased) AS leads FROM host')?.leads ?? 0;
  }

  counts(): FrontierCounts {
    return { ...this.#tally.counts(this.#run), waiting: this.waiting() };
  }

  /** Robots rules outlive a run beside the leads of their host; what is kept is the cache's own. */
  readonly robots = this.#notes('robots', 'host', 'stored');
  /** What runs have learned of the URLs of a site's articles. */
  readonly shapes = this.#notes('url_shapes', 'site', 'counts');
  /** What the `last` run let in. */
  readonly scopes = this.#notes('scope', 'run', 'settings');

  #notes(table: string, key: string, value: string) {
    return {
      get: <T>(name: string): T | undefined => {
        const row = this.#sql.get<{ kept: string }>(`SELECT ${value} AS kept FROM ${table} WHERE ${key} = ?`, name);
        return row && (JSON.parse(row.kept) as T);
      },
      set: (name: string, kept: unknown): void => {
        this.#sql.write(() =>
          this.#change(
            `INSERT INTO ${table} VALUES (?, ?) ON CONFLICT (${key}) DO UPDATE SET ${value} = excluded.${value}`,
            name,
            JSON.stringify(kept),
          ),
        );
      },
    };
  }

  /** Whether nobody had named it before. What ends by it is added to `ended`. */
  #putOne(lead: Lead, ended: Put['ended'][number][]): boolean {
    const key = lead.kind === 'page' ? articleKey(lead.url) : undefined;
    const known = this.#byUrl(lead.url);
    // What a user names is looked at, even where it looks like another spelling of what is known.
    const mayBeCopy = key !== undefined && lead.source !== 'seed' && (!known || known.outcome === 'duplicate');
    const holder = mayBeCopy ? this.#holderOf(key) : undefined;
    if (known) {
      // What is said of a copy is said of the one that is fetched for it.
      this.#renew(holder ?? known, lead);
      return false;
    }
    if (holder && key !== undefined && isBetter(lead, holder)) {
      const { asGiven: _, ...seen } = JSON.parse(holder.seen) as Lead;
      if (holder.state === WAITING) {
        const outcome: Outcome = { ...KNOWN_OTHERWISE, detail: lead.url };
        this.#settleOne(holder, outcome, undefined);
        ended.push({ url: holder.url, outcome });
      }
      const row = this.#insert({ ...lead, ...seen, depth: Math.min(lead.depth, seen.depth) }, WAITING);
      this.#change('UPDATE lead_key SET lead = ? WHERE key = ?', row.id, digestOf(key));
      this.#change('UPDATE host SET waiting = waiting + 1 WHERE id = ?', row.host);
      return false;
    }
    if (holder) {
      this.#settleOne(this.#insert(lead, KNOWN), KNOWN_OTHERWISE, undefined);
      ended.push({ url: lead.url, outcome: KNOWN_OTHERWISE });
      this.#renew(holder, lead);
      // Ever new spellings of what is known are nothing new to a listing.
      return false;
    }
    const row = this.#insert(lead, WAITING);
    if (key !== undefined) this.#hold(key, row.id);
    this.#change('UPDATE host SET waiting = waiting + 1 WHERE id = ?', row.host);
    return true;
  }

  /** A known lead was found once more. */
  #renew(known: LeadRow, lead: Lead): void {
    const { seen, priority, waits } = renewed(known, lead, { run: this.#run, restsAfterMs: this.#restsAfterMs });
    if (waits) {
      // A lead that waits has no outcome of this run.
      if (known.run === this.#run) this.#tally.add(this.#run, known.host, known.outcome!, known.reason!, -1);
      this.#change(
        `UPDATE lead SET state = ${WAITING}, tries = 0, run = NULL, seen = ?, priority = ? WHERE id = ?`,
        seen,
        priority,
        known.id,
      );
      this.#change('UPDATE host SET waiting = waiting + 1 WHERE id = ?', known.host);
    } else if (known.state !== LEASED && (seen !== known.seen || priority !== known.priority))
      this.#change('UPDATE lead SET seen = ?, priority = ? WHERE id = ?', seen, priority, known.id);
  }

  #insert(lead: Lead, state: number): LeadRow {
    const host = this.#hostId(hostOf(lead.url));
    const { url, ...seen } = lead;
    const priority = priorityOf(lead);
    const said = JSON.stringify(seen);
    const { lastInsertRowid } = this.#change(
      'INSERT INTO lead (host, url, url_digest, state, priority, seen) VALUES (?, ?, ?, ?, ?, ?)',
      host,
      url,
      digestOf(url),
      state,
      priority,
      said,
    );
    const row = { id: Number(lastInsertRowid), host, url, state, priority, seen: said };
    return Object.assign(row, {
      tries: 0,
      visits: 0,
      visited_at: null,
      run: null,
      outcome: null,
      reason: null,
      detail: null,
    });
  }

  #settleOne(row: SettledRow, outcome: Outcome, nextVisitMs: number | undefined): void {
    if (row.run === this.#run && row.outcome !== null && row.reason !== null)
      this.#tally.add(this.#run, row.host, row.outcome, row.reason, -1);
    if (row.state === LEASED) this.#change('UPDATE host SET leased = leased - 1 WHERE id = ?', row.host);
    if (row.state === WAITING) this.#change('UPDATE host SET waiting = waiting - 1 WHERE id = ?', row.host);
    this.#change(
      `UPDATE lead SET visits = visits + (state = ${LEASED}), visited_at = iif(state = ${LEASED}, ?, visited_at),
         state = ${KNOWN}, tries = 0, next_visit = ?, run = ?, outcome = ?, reason = ?, detail = ?,
         seen = iif(instr(seen, '"content":'), json_remove(seen, '$.content'), seen)
       WHERE id = ?`,
      Date.now(),
      nextVisitMs ?? againMs(outcome),
      this.#run,
      outcome.name,
      outcome.reason,
      outcome.detail ?? null,
      row.id,
    );
    this.#tally.add(this.#run, row.host, outcome.name, outcome.reason, 1);
  }

  /** A lead that waits has no outcome of this run yet, so that all of a host can end in one step. */
  #endWaiting(host: number, outcome: Outcome): readonly string[] {
    const ended = this.#sql.all<{ url: string }>(
      `UPDATE lead SET state = ${KNOWN}, tries = 0, next_visit = ?, run = ?, outcome = ?, reason = ?, detail = ?
       WHERE id IN (SELECT id FROM lead WHERE state = ${WAITING} AND host = ? ORDER BY priority, id LIMIT ?)
       RETURNING url`,
      againMs(outcome),
      this.#run,
      outcome.name,
      outcome.reason,
      outcome.detail ?? null,
      host,
      BLOCKED_AT_ONCE,
    );
    this.#change('UPDATE host SET waiting = waiting - ? WHERE id = ?', ended.length, host);
    this.#tally.add(this.#run, host, outcome.name, outcome.reason, ended.length);
    return ended.map(({ url }) => url);
  }

  #byUrl(url: string): LeadRow | undefined {
    const find = () => this.#sql.get<LeadRow>('SELECT * FROM lead WHERE url_digest = ?', digestOf(url));
    return find() ?? (this.#bringIn(url) ? find() : undefined);
  }

  /** The lead that is fetched for all URLs with this article key. */
  #holderOf(key: string): LeadRow | undefined {
    return this.#sql.get<LeadRow>(
      'SELECT lead.* FROM lead_key JOIN lead ON lead.id = lead_key.lead WHERE key = ?',
      digestOf(key),
    );
  }

  #hold(key: string, id: number): void {
    this.#change('INSERT INTO lead_key VALUES (?, ?) ON CONFLICT DO NOTHING', digestOf(key), id);
  }

  #handOver(key: string, id: number): void {
    this.#change(
      'INSERT INTO lead_key VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET lead = excluded.lead',
      digestOf(key),
      id,
    );
  }

  #hostId(name: string): number {
    let id = this.#hostIds.get(name);
    if (id !== undefined) return id;
    const { changes, lastInsertRowid } = this.#change(
      'INSERT INTO host (name) VALUES (?) ON CONFLICT DO NOTHING',
      name,
    );
    id =
      changes > 0
        ? Number(lastInsertRowid)
        : this.#sql.get<{ id: number }>('SELECT id FROM host WHERE name = ?', name)!.id;
    // Bounded: a crawl of 100,000 hosts asks for the few that are under way over and over.
    if (this.#hostIds.size > 10_000) this.#hostIds.clear();
    this.#hostIds.set(name, id);
    return id;
  }

  #change(...[sql, ...values]: Parameters<Statements['change']>): Change {
    if (sql.startsWith('UPDATE host')) this.#due = undefined;
    return this.#sql.change(sql, ...values);
  }
}
