/**
 * What the articles of an archive tell of their sites, gathered to learn profiles anew. In: the evidence of pages, in any
 * order. Out: a profile that depends on the pages alone: of a site with more pages than a profile holds, those whose
 * URLs come first. On the disk, as there may be millions.
 */
import type { SiteEvidence } from '../page.js';
import { learnProfile, MAX_PAGES } from '../site/learn.js';
import { emptyProfile, type SiteProfile } from '../site/profile.js';
import { openTemporary } from '../state.js';

export class Evidence {
  readonly #db = openTemporary();
  readonly #pages = new Map<string, number>();
  readonly #put;
  readonly #drop;
  readonly #of;

  constructor() {
    this.#db.exec(
      'CREATE TEMP TABLE evidence (site TEXT NOT NULL, url TEXT NOT NULL, told TEXT NOT NULL, PRIMARY KEY (site, url)) WITHOUT ROWID',
    );
    this.#put = this.#db.prepare('INSERT OR IGNORE INTO evidence VALUES (?, ?, ?)');
    this.#drop = this.#db.prepare(
      'DELETE FROM evidence WHERE site = ?1 AND url = (SELECT max(url) FROM evidence WHERE site = ?1)',
    );
    this.#of = this.#db.prepare('SELECT told FROM evidence WHERE site = ? ORDER BY url');
  }

  put(site: string, evidence: SiteEvidence): void {
    if (!evidence.isArticle || this.#put.run([site, evidence.url, JSON.stringify(evidence)]).changes === 0) return;
    const pages = this.#pages.get(site) ?? 0;
    if (pages >= MAX_PAGES) this.#drop.run([site]);
    else this.#pages.set(site, pages + 1);
  }

  sites(): IterableIterator<string> {
    return this.#pages.keys();
  }

  /** `pinned`: what a person has set in the profile that is there. Undefined where nothing was told of the site. */
  profileOf(site: string, pinned: SiteProfile['pinned'] = {}): SiteProfile | undefined {
    if (!this.#pages.has(site)) return undefined;
    const rows = this.#of.all([site]) as { told: string }[];
    const evidence = rows.map(({ told }) => JSON.parse(told) as SiteEvidence);
    return learnProfile(site, { ...emptyProfile(site), pinned }, evidence);
  }

  close(): void {
    this.#db.close();
  }
}
