/** The frontier's tables in `state.db`, version by version, and what a row of leads holds. */
import type { Outcome } from '../outcome.js';

/** A lead's state. `known`: it has ended and waits for nothing. */
export const WAITING = 0;
export const LEASED = 1;
export const KNOWN = 2;

export const MIGRATIONS = [
  `
  CREATE TABLE host (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    waiting INTEGER NOT NULL DEFAULT 0, leased INTEGER NOT NULL DEFAULT 0,
    free_at INTEGER NOT NULL DEFAULT 0  -- busy before then, milliseconds since the epoch
  );
  CREATE INDEX host_ready ON host (free_at, id) WHERE waiting > 0;
  CREATE TABLE lead (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL REFERENCES host, url TEXT NOT NULL, url_digest BLOB NOT NULL UNIQUE,
    state INTEGER NOT NULL, priority INTEGER NOT NULL, seen TEXT NOT NULL,  -- what is known of it, JSON
    tries INTEGER NOT NULL DEFAULT 0, visits INTEGER NOT NULL DEFAULT 0, visited_at INTEGER, next_visit INTEGER,
    run TEXT, outcome TEXT, reason TEXT, detail TEXT
  );
  CREATE INDEX lead_queue ON lead (host, priority, id) WHERE state = ${WAITING};
  CREATE INDEX lead_leased ON lead (host) WHERE state = ${LEASED};
  CREATE INDEX lead_schedule ON lead (next_visit) WHERE next_visit IS NOT NULL AND state = ${KNOWN};
  CREATE TABLE lead_key (key BLOB PRIMARY KEY, lead INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE tally (
    run TEXT NOT NULL, host INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, leads INTEGER NOT NULL,
    PRIMARY KEY (run, host, outcome, reason)
  ) WITHOUT ROWID;
  CREATE TABLE robots (host TEXT PRIMARY KEY, stored TEXT NOT NULL) WITHOUT ROWID;
  `,
  `
  -- The beginnings of the digests of all URLs that a document lists, one after the other.
  CREATE TABLE listing (document BLOB PRIMARY KEY, urls BLOB NOT NULL) WITHOUT ROWID;
  `,
  `
  -- When the work began that the present run does or goes on with, milliseconds since the epoch; one row.
  CREATE TABLE work (began_at INTEGER NOT NULL);
  `,
  `
  -- What the URLs of a site's articles look like, JSON: see discover/shapes.ts.
  CREATE TABLE url_shapes (site TEXT PRIMARY KEY, counts TEXT NOT NULL) WITHOUT ROWID;
  `,
  `
  -- What the last run let in, JSON: see crawl/reopen.ts.
  CREATE TABLE scope (run TEXT PRIMARY KEY, settings TEXT NOT NULL) WITHOUT ROWID;
  `,
  `
  -- Leads that were left outside for good: what one document names of them, \`EndedLead\`s, JSON.
  CREATE TABLE outside (id INTEGER PRIMARY KEY, run TEXT NOT NULL, leads TEXT NOT NULL);
  -- By what they are known, as long as they are not in \`lead\` after all; the URLs of a host beside each other.
  CREATE TABLE outside_url (
    host INTEGER NOT NULL, url_digest BLOB NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (host, url_digest)
  ) WITHOUT ROWID;
  `,
];

export interface LeadRow {
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
  detail: string | null;
}
