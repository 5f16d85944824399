/**
 * Drafts of a site wait here until its profile is learned: when the site has no more leads, or `profilePages` of its
 * articles are there. Then the profile is learned from all of their evidence together (so that the order in which they
 * came does not matter) and the drafts leave in the order of their URLs. From then on the profile is fixed for the
 * run, and drafts pass straight through. Where many wait, those that come later wait packed: a crawl of a thousand sites
 * has most of its articles here.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { PageDraft } from '../page.js';
import { RecentMap } from '../recent-map.js';
import { learnProfile } from '../site/learn.js';
import type { SiteProfile } from '../site/profile.js';

/** Most drafts on the desk, over all sites; one more, and the site with the most is settled early. */
const MAX_HELD = 2000;
/** Drafts that wait as they are. A draft takes some 70 kB, packed 9 kB, and half a millisecond to pack and unpack. */
const MAX_OPEN = 100;

export interface Held {
  readonly draft: PageDraft;
  /** The further pages of the article, each with a lead of its own. */
  readonly parts: readonly unknown[];
}

/** What leaves the desk: final as soon as the profile is applied. */
export interface Ready<H extends Held> {
  readonly held: H;
  readonly profile: SiteProfile;
}

/** Where profiles stand between runs, and those of this run that are not in use just now. */
export interface Shelf {
  read(site: string): SiteProfile | undefined;
  write(site: string, profile: SiteProfile): void;
}

/** What waits, its draft as it is or as deflated JSON. */
type Waiting<H extends Held> = H | (Omit<H, 'draft'> & { readonly packed: Uint8Array });

/** A site that is still being learned. */
interface Site<H extends Held> {
  readonly waiting: Waiting<H>[];
  articles: number;
}

/** Profiles in memory, of all that were learned in this run. */
const MAX_PROFILES = 500;

export class Desk<H extends Held> {
  readonly #sites = new Map<string, Site<H>>();
  readonly #settled = new Set<string>();
  readonly #profiles = new RecentMap<string, SiteProfile>(MAX_PROFILES);
  readonly #profilePages: number;
  readonly #shelf: Shelf;
  #held = 0;
  #open = 0;

  constructor(profilePages: number, shelf: Shelf) {
    this.#profilePages = profilePages;
    this.#shelf = shelf;
  }

  get held(): number {
    return this.#held;
  }

  /** Articles that wait, over all sites. */
  get articles(): number {
    let articles = 0;
    for (const site of this.#sites.values()) articles += site.articles;
    return articles;
  }

  /** Leads of a site that end with what waits here. */
  heldOf(name: string): number {
    return (this.#sites.get(name)?.waiting ?? []).reduce((leads, { parts }) => leads + 1 + parts.length, 0);
  }

  /** Puts a draft on the desk and returns what may leave it now. */
  put(name: string, held: H): Ready<H>[] {
    const profile = this.#settledProfile(name);
    if (profile) return [{ held, profile }];
    let site = this.#sites.get(name);
    if (!site) {
      site = { waiting: [], articles: 0 };
      this.#sites.set(name, site);
    }
    const isOpen = this.#open < MAX_OPEN;
    site.waiting.push(isOpen ? held : packed(held));
    this.#held++;
    if (isOpen) this.#open++;
    if (held.draft.verdict.isArticle) site.articles++;
    if (site.articles >= this.#profilePages) return this.settle(name);
    return this.#held > MAX_HELD ? this.settle(this.#fullest()) : [];
  }

  /** Learns the site's profile from what is there, keeps it, and lets it all go. */
  settle(name: string): Ready<H>[] {
    const site = this.#sites.get(name);
    if (!site) return [];
    this.#sites.delete(name);
    this.#held -= site.waiting.length;
    this.#open -= site.waiting.filter((each) => 'draft' in each).length;
    const waiting = site.waiting
      .map(unpacked)
      .sort(
        ({ draft: a }, { draft: b }) =>
          Number(isVariant(a)) - Number(isVariant(b)) || (a.url < b.url ? -1 : a.url > b.url ? 1 : 0),
      );
    const evidence = waiting.map(({ draft }) => draft.evidence);
    const profile = learnProfile(name, this.#shelf.read(name), evidence);
    this.#shelf.write(name, profile);
    this.#settled.add(name);
    this.#profiles.set(name, profile);
    return waiting.map((held) => ({ held, profile }));
  }

  /** The profile that is fixed for the rest of the run. */
  #settledProfile(name: string): SiteProfile | undefined {
    if (!this.#settled.has(name)) return undefined;
    const profile = this.#profiles.get(name) ?? this.#shelf.read(name);
    if (profile) this.#profiles.set(name, profile);
    return profile;
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

/** A copy, as what zlib gives is a part of a larger piece of memory. */
function packed<H extends Held>({ draft, ...rest }: H): Waiting<H> {
  return { ...rest, packed: Uint8Array.from(deflateRawSync(JSON.stringify(draft), { level: 1 })) };
}

function unpacked<H extends Held>(waiting: Waiting<H>): H {
  if (!('packed' in waiting)) return waiting;
  const { packed, ...rest } = waiting;
  return { ...rest, draft: JSON.parse(inflateRawSync(packed).toString()) as PageDraft } as unknown as H;
}

/** A print or AMP page leaves after the page that it is a variant of: that one becomes the record. */
function isVariant({ url, canonicalUrl }: PageDraft): boolean {
  return canonicalUrl !== undefined && canonicalUrl !== url;
}
