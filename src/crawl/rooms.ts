/**
 * Opens every room that a run needs, in order, and closes them again. In: settings and surroundings. Out: the open
 * rooms, joined where one tells another.
 */
import { setMaxListeners } from 'node:events';
import { type Archive, openArchive, openScratch } from '../archive/archive.js';
import { nameFailure } from '../archive/errors.js';
import type { OnEvent } from '../events.js';
import { TDM_FILE } from '../fetch/tdm.js';
import type { Settlement } from '../frontier/frontier.js';
import { SqliteFrontier } from '../frontier/sqlite.js';
import { createPool, type Pool } from '../pool/pool.js';
import { createScope, type Scope } from '../scope.js';
import type { Settings } from '../settings.js';
import { readProfile } from '../site/profile-schema.js';
import { Desk } from './desk.js';
import { Leads } from './leads.js';
import type { CrawlOptions } from './options.js';
import { PoliteClient } from './polite.js';
import { reopen } from './reopen.js';
import type { HeldPage } from './visit.js';

export interface Rooms {
  readonly settings: Settings;
  /** The run's id. */
  readonly run: string;
  readonly archive: Archive;
  readonly frontier: SqliteFrontier;
  readonly client: PoliteClient;
  readonly pool: Pool;
  readonly scope: Scope;
  readonly leads: Leads;
  readonly desk: Desk<HeldPage>;
  readonly signal: AbortSignal;
  readonly onEvent: OnEvent;
  /** Ends leads inside the archive's transaction. */
  readonly settle: (items: readonly Settlement[]) => void;
  close(): Promise<void>;
}

export async function openRooms(settings: Settings, options: CrawlOptions): Promise<Rooms> {
  const onEvent = options.onEvent ?? (() => {});
  const signal = options.signal ?? new AbortController().signal;
  // Every request under way listens for the end of the run.
  setMaxListeners(0, signal);
  const scope = createScope(settings, settings.seeds);
  const archive = options.archive === undefined ? openScratch() : await openArchive(options.archive, { settings });
  try {
    const startedAtMs = Date.now();
    const run = archive.beginRun({ startedAtMs, settings });
    const frontier = new SqliteFrontier(archive.state);
    frontier.beginRun(run, startedAtMs);
    reopen(frontier, scope, settings);
    const leads = new Leads(frontier, scope, settings, onEvent, frontier.shapes);
    const pending = new Set<Promise<unknown>>();
    const note = (work: Promise<unknown>): void => {
      // What breaks the archive is told by the next that is asked of it.
      const ended = work.catch(() => {}).finally(() => pending.delete(ended));
      pending.add(ended);
    };
    const pool = createPool({ workers: settings.workers });
    const client = new PoliteClient(settings, {
      ...options.surroundings,
      allowedHosts: settings.seeds,
      robotsStore: frontier.robots,
      onEvent,
      room: () => pool.room(),
      tdmStore: {
        get: (host) => frontier.robots.get(host + TDM_FILE),
        set: (host, stored) => frontier.robots.set(host + TDM_FILE, stored),
      },
      onHostFile: (exchange) => note(archive.keep(exchange)),
      onRules: (host, rules) => leads.fromRobots(host, rules.sitemaps),
    });
    const desk = new Desk<HeldPage>(settings.profilePages, {
      read: (site) => {
        const profile = archive.readSite(site);
        return profile === undefined ? undefined : readProfile(profile);
      },
      write: (site, profile) => archive.writeSite(site, profile),
    });
    return {
      settings,
      run,
      archive,
      frontier,
      client,
      pool,
      scope,
      leads,
      desk,
      signal,
      onEvent,
      settle: (items) => frontier.settle(items),
      async close() {
        await Promise.all(pending);
        await client.close();
        await pool.close();
        await archive.close();
      },
    };
  } catch (error) {
    await archive.close();
    throw options.archive === undefined ? error : nameFailure(options.archive, error);
  }
}
