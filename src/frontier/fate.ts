/**
 * What became of an address in the runs of an archive: for who asks why an article is not there, or no longer on the
 * web. In: the archive's state, only read. Out: how its lead ended. Tables of an older tearsheet are not asked.
 */
import { articleKey } from '../article-key.js';
import type { Lead } from '../lead.js';
import type { Outcome } from '../outcome.js';
import { type StateDatabase, versionOf } from '../state.js';
import { digestOf } from './digest.js';
import { Outside } from './outside.js';
import { Statements } from './statements.js';
import { KNOWN, type LeadRow, MIGRATIONS } from './tables.js';

export interface Fate {
  /** Absent while the lead waits for a run. */
  readonly outcome?: Outcome;
  /** When it was asked for last. */
  readonly visitedAtMs?: number;
  /** What named it. */
  readonly foundOn?: string;
}

/** Undefined where nothing that was read has named the address. */
export function fateOf(state: StateDatabase, url: string): Fate | undefined {
  if (versionOf(state, 'frontier') < MIGRATIONS.length) return undefined;
  const sql = new Statements(state);
  const own = sql.get<LeadRow>('SELECT * FROM lead WHERE url_digest = ?', digestOf(url));
  if (own) return fateOfRow(own);
  const outside = new Outside(sql, () => 0).find(url)?.item;
  if (outside) return withSource(outside.lead, { outcome: outside.outcome });
  const other = sql.get<LeadRow>(
    'SELECT lead.* FROM lead_key JOIN lead ON lead.id = lead_key.lead WHERE key = ?',
    digestOf(articleKey(url)),
  );
  return other && fateOfRow(other);
}

export interface Gone {
  readonly url: string;
  readonly outcome: Outcome;
  readonly visitedAtMs: number;
}

/** Addresses that were asked for, and were no longer there. Looks through all leads, at constant memory. */
export function* goneFrom(state: StateDatabase): Iterable<Gone> {
  if (versionOf(state, 'frontier') < MIGRATIONS.length) return;
  const sql = new Statements(state);
  for (let after = 0; ; ) {
    const rows = sql.all<LeadRow>(
      `SELECT * FROM lead WHERE id > ? AND state = ${KNOWN} AND outcome = 'gone' AND visited_at IS NOT NULL ORDER BY id LIMIT 1000`,
      after,
    );
    if (rows.length === 0) return;
    for (const row of rows) yield { url: row.url, outcome: fateOfRow(row).outcome!, visitedAtMs: row.visited_at! };
    after = rows.at(-1)!.id;
  }
}

function fateOfRow({ state, seen, outcome: name, reason, detail, visited_at: visitedAtMs }: LeadRow): Fate {
  const hasEnded = state === KNOWN && name !== null;
  const outcome = { name, reason, ...(detail !== null && { detail }) } as Outcome;
  return withSource(JSON.parse(seen) as Lead, {
    ...(hasEnded && { outcome }),
    ...(visitedAtMs !== null && { visitedAtMs }),
  });
}

function withSource({ foundOn }: Pick<Lead, 'foundOn'>, fate: Fate): Fate {
  return foundOn === undefined ? fate : { ...fate, foundOn };
}
