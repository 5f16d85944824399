/**
 * The frontier in `state.db`. Synchronous below, so that a commit can settle leads in its own transaction.
 *
 * Costs: a take is one step of the index of ready hosts and one of the host's best lead; counts are kept, not counted.
 */
import { articleKey } from '../article-key.js';
import type { Lead } from '../lead.js';
import type { Outcome, OutcomeCounts } from '../outcome.js';
import { define, type StateDatabase } from '../state.js';
import { hostOf } from '../url.js';
import type { EndedLead, Frontier, FrontierCounts, LeasedLead, Settlement } from './frontier.js';
import { priorityOf } from './priority.js';

/** A lead's state. `known`: it has ended and waits for nothing. */
const WAITING = 0;
const LEASED = 1;
const KNOWN = 2;

const MIGRATIONS = [
  `
  CREATE TABLE host (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    waiting INTEGER NOT NULL DEFAULT 0, leased INTEGER NOT NULL DEFAULT 0,
    free_at INTEGER NOT NULL DEFAULT 0  -- busy before then, milliseconds since the epoch
  );
  CREATE INDEX host_ready ON host (free_at, id) WHERE waiting > 0;
  CREATE TABLE lead (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL REFERENCES host, url TEXT NOT NULL UNIQUE,
    state INTEGER NOT NULL, priority INTEGER NOT NULL, seen TEXT NOT NULL,  -- what is known of it, JSON
    tries INTEGER NOT NULL DEFAULT 0, visits INTEGER NOT NULL DEFAULT 0, visited_at INTEGER, next_visit INTEGER,
    run TEXT, outcome TEXT, reason TEXT, detail TEXT
  );
  CREATE INDEX lead_queue ON lead (host, priority, id) WHERE state = ${WAITING};
  CREATE INDEX lead_leased ON lead (host) WHERE state = ${LEASED};
  CREATE INDEX lead_schedule ON lead (next_visit) WHERE next_visit IS NOT NULL AND state = ${KNOWN};
  CREATE INDEX lead_again ON lead (outcome) WHERE outcome = 'failed' AND state = ${KNOWN};
  CREATE TABLE lead_key (key TEXT PRIMARY KEY, lead INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE tally (
    run TEXT NOT NULL, host INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, leads INTEGER NOT NULL,
    PRIMARY KEY (run, host, outcome, reason)
  ) WITHOUT ROWID;
  CREATE TABLE robots (host TEXT PRIMARY KEY, stored TEXT NOT NULL) WITHOUT ROWID;
  `,
];

interface LeadRow {
  id: number;
  host: number;
  url: string;
  state: number;
  priority: number;
  seen: string;
  tries: number;
  visits: number;
  visited_at: number | null;
  run: string | null;
  outcome: Outcome['name'] | null;
  reason: string | null;
}

type Value = string | number | null;
/** libsql's own types know no statement of any parameters. */
interface Statement {
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
  run(...values: Value[]): { changes: number; lastInsertRowid: number | bigint };
}

export class SqliteFrontier implements Frontier {
  readonly #db: StateDatabase;
  readonly #prepared = new Map<string, Statement>();
  readonly #hostIds = new Map<string, number>();
  #run = '';

  constructor(db: StateDatabase) {
    this.#db = db;
    define(db, 'frontier', MIGRATIONS);
  }

  beginRun(run: string, nowMs: number): void {
    this.#run = run;
    this.#db.transaction(() => {
      this.#change(`UPDATE lead SET state = ${WAITING} WHERE state = ${LEASED}`);
      this.#change(
        `UPDATE lead SET state = ${WAITING}, tries = 0 WHERE state = ${KNOWN} AND next_visit IS NOT NULL AND next_visit <= ?`,
        nowMs,
      );
      this.#change(`UPDATE lead SET state = ${WAITING}, tries = 0 WHERE state = ${KNOWN} AND outcome = 'failed'`);
      this.#change(
        `UPDATE host SET free_at = 0, leased = 0,
           waiting = (SELECT count(*) FROM lead WHERE lead.host = host.id AND lead.state = ${WAITING})`,
      );
    })();
  }

  put(leads: readonly Lead[]): number {
    return this.#db.transaction(() => {
      let fresh = 0;
      for (const lead of leads) if (this.#putOne(lead)) fresh++;
      return fresh;
    })();
  }

  putEnded(items: readonly EndedLead[]): number {
    return this.#db.transaction(() => {
      let fresh = 0;
      for (const { lead, outcome } of items) {
        if (this.#byUrl(lead.url)) continue;
        this.#settleOne(this.#insert(lead, KNOWN), outcome, undefined);
        fresh++;
      }
      return fresh;
    })();
  }

  take(limit: number, leaseMs: number, nowMs: number): LeasedLead[] {
    const hosts = this.#all<{ id: number; name: string }>(
      'SELECT id, name FROM host WHERE waiting > 0 AND free_at <= ? ORDER BY free_at, id LIMIT ?',
      nowMs,
      limit,
    );
    if (hosts.length === 0) return [];
    return this.#db.transaction(() =>
      hosts.flatMap(({ id, name }) => {
        const row = this.#get<LeadRow>(
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
        const lead: LeasedLead = {
          ...(JSON.parse(row.seen) as Lead),
          url: row.url,
          id: row.id,
          host: name,
          visits: row.visits,
          tries: row.tries,
          ...(row.outcome && { last: row.outcome }),
        };
        return [lead];
      }),
    )();
  }

  free(host: string, fromMs: number): void {
    this.#change('UPDATE host SET free_at = ? WHERE name = ?', fromMs, host);
  }

  giveBack(id: number, host: string, fromMs: number): void {
    this.#db.transaction(() => {
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
    })();
  }

  settle(items: readonly Settlement[]): void {
    for (const { id, outcome, nextVisitMs } of items) {
      const row = this.#get<LeadRow>('SELECT * FROM lead WHERE id = ?', id);
      if (row) this.#settleOne(row, outcome, nextVisitMs);
    }
  }

  block(host: string, outcome: Outcome): number {
    return this.#endWaiting(
      this.#all<LeadRow>(
        `SELECT lead.* FROM lead JOIN host ON host.id = lead.host WHERE lead.state = ${WAITING} AND host.name = ?`,
        host,
      ),
      outcome,
    );
  }

  endAll(outcome: Outcome): number {
    return this.#endWaiting(this.#all<LeadRow>(`SELECT * FROM lead WHERE state = ${WAITING}`), outcome);
  }

  nextDueMs(): number | undefined {
    return this.#get<{ free_at: number }>('SELECT free_at FROM host WHERE waiting > 0 ORDER BY free_at LIMIT 1')
      ?.free_at;
  }

  waitingOn(hosts: readonly string[]): number {
    let leads = 0;
    for (const name of hosts)
      leads +=
        this.#get<{ leads: number }>('SELECT waiting + leased AS leads FROM host WHERE name = ?', name)?.leads ?? 0;
    return leads;
  }

  knows(url: string): boolean {
    return (
      this.#byUrl(url) !== undefined || this.#get('SELECT 1 FROM lead_key WHERE key = ?', articleKey(url)) !== undefined
    );
  }

  alias(url: string, id: number): void {
    this.#change('INSERT INTO lead_key VALUES (?, ?) ON CONFLICT DO NOTHING', articleKey(url), id);
  }

  counts(): FrontierCounts {
    const outcomes: OutcomeCounts = {};
    const perHost: Record<string, OutcomeCounts> = {};
    let settled = 0;
    const rows = this.#all<{ name: string; outcome: Outcome['name']; reason: string; leads: number }>(
      `SELECT host.name, outcome, reason, leads FROM tally JOIN host ON host.id = tally.host
       WHERE run = ? AND leads > 0 ORDER BY host.name, outcome, reason`,
      this.#run,
    );
    for (const { name, outcome, reason, leads } of rows) {
      settled += leads;
      perHost[name] ??= {};
      for (const counts of [outcomes, perHost[name]]) {
        counts[outcome] ??= {};
        const reasons = counts[outcome];
        reasons[reason] = (reasons[reason] ?? 0) + leads;
      }
    }
    const waiting = this.#get<{ leads: number | null }>('SELECT sum(waiting + leased) AS leads FROM host')?.leads ?? 0;
    return { settled, outcomes, perHost, waiting };
  }

  /** Robots rules outlive a run beside the leads of their host; `stored` is the cache's own, as JSON. */
  readonly robots = {
    get: <T>(host: string): T | undefined => {
      const row = this.#get<{ stored: string }>('SELECT stored FROM robots WHERE host = ?', host);
      return row && (JSON.parse(row.stored) as T);
    },
    set: (host: string, stored: unknown): void => {
      this.#change(
        'INSERT INTO robots VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET stored = excluded.stored',
        host,
        JSON.stringify(stored),
      );
    },
  };

  #putOne(lead: Lead): boolean {
    const known = this.#byUrl(lead.url);
    if (known) {
      this.#renew(known, lead);
      return false;
    }
    const key = lead.kind === 'page' ? articleKey(lead.url) : undefined;
    if (key !== undefined && this.#get('SELECT 1 FROM lead_key WHERE key = ?', key)) {
      const row = this.#insert(lead, KNOWN);
      this.#settleOne(row, { name: 'duplicate', reason: 'canonical-known' }, undefined);
      return true;
    }
    const row = this.#insert(lead, WAITING);
    if (key !== undefined) this.#change('INSERT INTO lead_key VALUES (?, ?) ON CONFLICT DO NOTHING', key, row.id);
    this.#change('UPDATE host SET waiting = waiting + 1 WHERE id = ?', row.host);
    return true;
  }

  /** A known lead was found once more. */
  #renew(known: LeadRow, lead: Lead): void {
    const earlier = JSON.parse(known.seen) as Lead;
    const merged: Lead = {
      ...lead,
      ...earlier,
      depth: Math.min(lead.depth, earlier.depth),
      ...(lead.lastModified !== undefined && { lastModified: lead.lastModified }),
      ...(lead.source === 'seed' && { source: lead.source, kind: lead.kind }),
    };
    const priority = Math.min(known.priority, priorityOf(merged));
    if (known.state === WAITING) {
      const seen = JSON.stringify(merged);
      if (seen !== known.seen || priority !== known.priority)
        this.#change('UPDATE lead SET seen = ?, priority = ? WHERE id = ?', seen, priority, known.id);
      return;
    }
    if (known.state !== KNOWN || known.run === this.#run) return;
    const changedAt = Date.parse(lead.lastModified ?? '');
    const hasChanged = changedAt > (known.visited_at ?? 0);
    if (!hasChanged && known.outcome !== 'out-of-scope' && lead.source !== 'seed') return;
    this.#change(
      `UPDATE lead SET state = ${WAITING}, tries = 0, seen = ?, priority = ? WHERE id = ?`,
      JSON.stringify(merged),
      priority,
      known.id,
    );
    this.#change('UPDATE host SET waiting = waiting + 1 WHERE id = ?', known.host);
  }

  #insert(lead: Lead, state: number): LeadRow {
    const host = this.#hostId(hostOf(lead.url));
    const { url, ...seen } = lead;
    const row = { host, url, state, priority: priorityOf(lead), seen: JSON.stringify(seen) };
    const { lastInsertRowid } = this.#change(
      'INSERT INTO lead (host, url, state, priority, seen) VALUES (?, ?, ?, ?, ?)',
      row.host,
      row.url,
      row.state,
      row.priority,
      row.seen,
    );
    return {
      ...row,
      id: Number(lastInsertRowid),
      tries: 0,
      visits: 0,
      visited_at: null,
      run: null,
      outcome: null,
      reason: null,
    };
  }

  #settleOne(row: LeadRow, outcome: Outcome, nextVisitMs: number | undefined): void {
    if (row.run === this.#run && row.outcome !== null && row.reason !== null)
      this.#tally(row.host, row.outcome, row.reason, -1);
    if (row.state === LEASED) this.#change('UPDATE host SET leased = leased - 1 WHERE id = ?', row.host);
    if (row.state === WAITING) this.#change('UPDATE host SET waiting = waiting - 1 WHERE id = ?', row.host);
    this.#change(
      `UPDATE lead SET state = ${KNOWN}, tries = 0, visits = visits + 1, visited_at = ?, next_visit = ?, run = ?, outcome = ?, reason = ?, detail = ?
       WHERE id = ?`,
      Date.now(),
      nextVisitMs ?? null,
      this.#run,
      outcome.name,
      outcome.reason,
      outcome.detail ?? null,
      row.id,
    );
    this.#tally(row.host, outcome.name, outcome.reason, 1);
  }

  #endWaiting(rows: readonly LeadRow[], outcome: Outcome): number {
    this.#db.transaction(() => {
      for (const row of rows) this.#settleOne(row, outcome, undefined);
    })();
    return rows.length;
  }

  #tally(host: number, outcome: string, reason: string, leads: number): void {
    this.#change(
      'INSERT INTO tally VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, host, outcome, reason) DO UPDATE SET leads = leads + excluded.leads',
      this.#run,
      host,
      outcome,
      reason,
      leads,
    );
  }

  #byUrl(url: string): LeadRow | undefined {
    return this.#get<LeadRow>('SELECT * FROM lead WHERE url = ?', url);
  }

  #hostId(name: string): number {
    let id = this.#hostIds.get(name);
    if (id !== undefined) return id;
    this.#change('INSERT INTO host (name) VALUES (?) ON CONFLICT DO NOTHING', name);
    id = this.#get<{ id: number }>('SELECT id FROM host WHERE name = ?', name)!.id;
    // Bounded: a crawl of 100,000 hosts asks for the few that are under way over and over.
    if (this.#hostIds.size > 10_000) this.#hostIds.clear();
    this.#hostIds.set(name, id);
    return id;
  }

  #statement(sql: string): Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql) as unknown as Statement;
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
  #get<T>(sql: string, ...values: Value[]): T | undefined {
    return this.#statement(sql).get(...values) as T | undefined;
  }
  #all<T>(sql: string, ...values: Value[]): T[] {
    return this.#statement(sql).all(...values) as T[];
  }
  #change(sql: string, ...values: Value[]): { changes: number; lastInsertRowid: number | bigint } {
    return this.#statement(sql).run(...values);
  }
}
