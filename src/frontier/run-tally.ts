/** Outcomes of a run by host: kept as they come, so that a summary counts nothing. */
import type { Outcome, OutcomeCounts } from '../outcome.js';
import type { Statements } from './statements.js';

export class RunTally {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  add(run: string, host: number, outcome: string, reason: string, leads: number): void {
    this.#sql.change(
      'INSERT INTO tally VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, host, outcome, reason) DO UPDATE SET leads = leads + excluded.leads',
      run,
      host,
      outcome,
      reason,
      leads,
    );
  }

  /** One of each: a page's links end on many hosts in a few ways. */
  addAll(run: string, items: readonly { readonly host: number; readonly outcome: Outcome }[]): void {
    const tallies = new Map<string, { outcome: Outcome; leads: Map<number, number> }>();
    for (const { host, outcome } of items) {
      const key = `${outcome.name} ${outcome.reason}`;
      const tally = tallies.get(key) ?? { outcome, leads: new Map<number, number>() };
      tally.leads.set(host, (tally.leads.get(host) ?? 0) + 1);
      tallies.set(key, tally);
    }
    for (const { outcome, leads } of tallies.values())
      this.#sql.change(
        `INSERT INTO tally SELECT ?, key, ?, ?, value FROM json_each(?) WHERE true
         ON CONFLICT (run, host, outcome, reason) DO UPDATE SET leads = leads + excluded.leads`,
        run,
        outcome.name,
        outcome.reason,
        JSON.stringify(Object.fromEntries(leads)),
      );
  }

  counts(run: string): {
    readonly settled: number;
    readonly outcomes: OutcomeCounts;
    readonly perHost: Record<string, OutcomeCounts>;
  } {
    const outcomes: OutcomeCounts = {};
    const perHost: Record<string, OutcomeCounts> = {};
    let settled = 0;
    const rows = this.#sql.all<{ name: string; outcome: Outcome['name']; reason: string; leads: number }>(
      `SELECT host.name, outcome, reason, leads FROM tally JOIN host ON host.id = tally.host
       WHERE run = ? AND leads > 0 ORDER BY host.name, outcome, reason`,
      run,
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
    return { settled, outcomes, perHost };
  }
}
