/**
 * Leads that ended without a visit and for good: most of them lead to other sites. A page links to a hundred of these,
 * and hardly ever is one of them looked at again: all of a page's are one row, with one short row each to know them by.
 */
import { hostOf } from '../url.js';
import { digestOf, hexDigestOf } from './digest.js';
import type { EndedLead } from './frontier.js';
import type { Statements } from './statements.js';

/** Places that are in memory at once. */
const BATCH = 100;

interface Place {
  id: number;
  run: string;
  leads: string;
}

/** Host → digest of the URL, hexadecimal → lead. */
type ByHost = ReadonlyMap<number, Map<string, EndedLead>>;

export class Outside {
  readonly #sql: Statements;
  readonly #hostId: (name: string) => number;

  constructor(sql: Statements, hostId: (name: string) => number) {
    this.#sql = sql;
    this.#hostId = hostId;
  }

  /** Returns those that were unknown, here and among all other leads. */
  put(items: readonly EndedLead[], run: string): EndedLead[] {
    const byHost = this.#byHost(items);
    const known = this.#sql.all<{ host: number; digest: string }>(
      `SELECT CAST(of.key AS INTEGER) AS host, url.value AS digest
       FROM json_each(?) AS of CROSS JOIN json_each(of.value) AS url
       WHERE EXISTS (SELECT 1 FROM outside_url WHERE host = CAST(of.key AS INTEGER) AND url_digest = unhex(url.value))
         OR EXISTS (SELECT 1 FROM lead WHERE url_digest = unhex(url.value))`,
      digestsOf(byHost),
    );
    for (const { host, digest } of known) byHost.get(host)?.delete(digest);
    const fresh = [...byHost.values()].flatMap((ofHost) => [...ofHost.values()]);
    if (fresh.length === 0) return fresh;
    const { lastInsertRowid } = this.#sql.change(
      'INSERT INTO outside (run, leads) VALUES (?, ?)',
      run,
      JSON.stringify(fresh.map(withoutContent)),
    );
    this.#sql.change(
      `INSERT INTO outside_url SELECT of.key, unhex(url.value), ?
       FROM json_each(?) AS of CROSS JOIN json_each(of.value) AS url`,
      Number(lastInsertRowid),
      digestsOf(byHost),
    );
    return fresh;
  }

  find(url: string): { readonly item: EndedLead; readonly run: string } | undefined {
    const place = this.#sql.get<Place>(
      `SELECT outside.* FROM host JOIN outside_url ON host = host.id JOIN outside ON outside.id = place
       WHERE name = ? AND url_digest = ?`,
      hostOf(url),
      digestOf(url),
    );
    const item = place && (JSON.parse(place.leads) as EndedLead[]).find(({ lead }) => lead.url === url);
    return item && { item, run: place.run };
  }

  /** It is a lead as any other now. */
  forget(url: string): void {
    this.#sql.change(
      'DELETE FROM outside_url WHERE host = ? AND url_digest = ?',
      this.#hostId(hostOf(url)),
      digestOf(url),
    );
  }

  /** All that were ever put, in that order; `find` knows which are still here. */
  *all(): Iterable<EndedLead> {
    for (let after = 0; ; ) {
      const places = this.#sql.all<Place>('SELECT * FROM outside WHERE id > ? ORDER BY id LIMIT ?', after, BATCH);
      if (places.length === 0) return;
      for (const { leads } of places) yield* JSON.parse(leads) as EndedLead[];
      after = places.at(-1)!.id;
    }
  }

  #byHost(items: readonly EndedLead[]): ByHost {
    const byHost = new Map<number, Map<string, EndedLead>>();
    for (const item of items) {
      const { url } = item.lead;
      const host = this.#hostId(hostOf(url));
      const ofHost = byHost.get(host) ?? new Map<string, EndedLead>();
      byHost.set(host, ofHost);
      ofHost.set(hexDigestOf(url), item);
    }
    return byHost;
  }
}

/** JSON: the digests of each host. */
function digestsOf(leads: ByHost): string {
  return JSON.stringify(Object.fromEntries([...leads].map(([host, ofHost]) => [host, [...ofHost.keys()]])));
}

/** What a feed says of an article is kept for its visit alone. */
export function withoutContent(item: EndedLead): EndedLead {
  if (item.lead.content === undefined) return item;
  const { content: _, ...lead } = item.lead;
  return { lead, outcome: item.outcome };
}
