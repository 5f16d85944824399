/**
 * Drafts of a site wait here until its profile is learned: when the site has no more leads, or `profilePages` of its
 * articles are there. Then the profile is learned from all of their evidence together (so that the order in which they
 * came does not matter) and the drafts leave in the order of their URLs. From then on the profile is fixed for the
 * run, and drafts pass straight through.
 */
import type { PageDraft } from '../page.js';
import { learnProfile } from '../site/learn.js';
import type { SiteProfile } from '../site/profile.js';

/** Most drafts on the desk, over all sites; one more, and the site with the most is settled early. */
const MAX_HELD = 2000;

export interface Held {
  readonly draft: PageDraft;
}

/** What leaves the desk: final as soon as the profile is applied. */
export interface Ready<H extends Held> {
  readonly held: H;
  readonly profile: SiteProfile;
}

interface Site<H> {
  readonly waiting: H[];
  articles: number;
  /** Fixed for the rest of the run; absent: still learning. */
  profile?: SiteProfile;
}

export class Desk<H extends Held> {
  readonly #sites = new Map<string, Site<H>>();
  readonly #profilePages: number;
  readonly #earlier: (site: string) => SiteProfile | undefined;
  #held = 0;

  /** `earlier` gives the profile that an earlier run left, if any. */
  constructor(profilePages: number, earlier: (site: string) => SiteProfile | undefined) {
    this.#profilePages = profilePages;
    this.#earlier = earlier;
  }

  get held(): number {
    return this.#held;
  }

  /** Articles that wait, over all sites. */
  get articles(): number {
    let articles = 0;
    for (const site of this.#sites.values()) articles += site.profile ? 0 : site.articles;
    return articles;
  }

  heldOf(name: string): number {
    return this.#sites.get(name)?.waiting.length ?? 0;
  }

  /** Puts a draft on the desk and returns what may leave it now. */
  put(name: string, held: H): Ready<H>[] {
    let site = this.#sites.get(name);
    if (!site) {
      site = { waiting: [], articles: 0 };
      this.#sites.set(name, site);
    }
    if (site.profile) return [{ held, profile: site.profile }];
    site.waiting.push(held);
    this.#held++;
    if (held.draft.verdict.isArticle) site.articles++;
    if (site.articles >= this.#profilePages) return this.settle(name);
    return this.#held > MAX_HELD ? this.settle(this.#fullest()) : [];
  }

  /** Learns the site's profile from what is there and lets it all go. */
  settle(name: string): Ready<H>[] {
    const site = this.#sites.get(name);
    if (!site || site.profile) return [];
    const waiting = site.waiting
      .splice(0)
      .sort((a, b) => (a.draft.url < b.draft.url ? -1 : a.draft.url > b.draft.url ? 1 : 0));
    this.#held -= waiting.length;
    const evidence = waiting.map(({ draft }) => draft.evidence);
    const profile = learnProfile(name, this.#earlier(name), evidence);
    site.profile = profile;
    return waiting.map((held) => ({ held, profile }));
  }

  /** Sites whose drafts still wait. */
  *waitingSites(): Iterable<string> {
    for (const [name, site] of this.#sites) if (site.waiting.length > 0) yield name;
  }

  #fullest(): string {
    let fullest: [string, number] = ['', -1];
    for (const [name, site] of this.#sites) if (site.waiting.length > fullest[1]) fullest = [name, site.waiting.length];
    return fullest[0];
  }
}
