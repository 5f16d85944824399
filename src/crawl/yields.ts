/**
 * What the pages of a site have brought, by families of alike URLs, and which families bring nothing any more: calendars
 * without events, filters of filters, pages of a listing past its end, tags whose articles are all known. In: each page
 * that was read and what it named. Out: why a further page of its family is not asked for. Never: judges what a sitemap
 * or feed names (the caller asks for links only).
 */
import { familyOf } from '../discover/shapes.js';
import type { Lead } from '../lead.js';
import { RecentMap } from '../recent-map.js';
import { spanOfPage } from '../timespan.js';
import { hostOf, siteOf } from '../url.js';

/**
 * Pages of a family in a row, each found on the one before, that name nothing new and nothing that the page before did
 * not name as well.
 */
const MAX_EMPTY = 4;
/** The same for days and months: nothing happens in the holidays. */
const MAX_EMPTY_DATES = 12;
/** Pages of a family in a row that name only what was known already. */
const MAX_KNOWN = 30;
/** Families, sites and hosts in memory (those met first are most likely done), and links of one page that are compared. */
const MAX_FAMILIES = 20_000;
const MAX_LINKS = 300;

/**
 * Links found on a site's articles of which so many led to nothing at all, and so many times more than led to
 * something: what is left of them is as dead. Those of its listings are all tried.
 */
const MIN_DEAD = 6;
const DEAD_PER_ALIVE = 10;

/**
 * A host whose sitemaps and feeds name at least so many pages, and so many listings in a row that named no article
 * beside these: its lists are whole, and of each family that named none, no further page is asked for.
 */
const MIN_LISTED = 10;
const MAX_IDLE = 6;

/** Articles of a family that all named another one, known already, as the original: `/node/4711`, `/print/4711`. */
const MAX_COPIES = 6;

interface Family {
  /** Since the last page that brought something. */
  empty: number;
  known: number;
  hasArticles: boolean;
  /** An article of it stands at its own address. */
  hasOriginals: boolean;
  /** The addresses that its articles named as theirs, up to MAX_COPIES. */
  readonly originals: Set<number>;
  /** A page of it named articles that nobody had named before. */
  namedArticles: boolean;
  /** What the last page named, itself and its family left out. */
  links: ReadonlySet<number>;
}

export class Yields {
  readonly #families = new RecentMap<string, Family>(MAX_FAMILIES);
  readonly #links = new RecentMap<string, { alive: number; dead: number }>(MAX_FAMILIES);
  /** Host → pages that its documents name, and listings since the last one that named an article of its own. */
  readonly #lists = new RecentMap<string, { named: number; idle: number }>(MAX_FAMILIES);

  /** A sitemap or feed names a page. */
  listed(url: string): void {
    this.#list(hostOf(url)).named++;
  }

  /**
   * A page was read. `links`: what it names outside its family; `fresh`: how many of these nobody had named before, and
   * `freshArticles`: how many of those look like articles.
   */
  note(
    url: string,
    page: {
      readonly isArticle: boolean;
      readonly links: readonly string[];
      readonly fresh: number;
      readonly freshArticles: number;
    },
  ): void {
    const family = this.#family(keyOf(url));
    const list = this.#list(hostOf(url));
    if (page.freshArticles > 0) {
      family.namedArticles = true;
      list.idle = 0;
    } else if (!page.isArticle) list.idle++;
    if (page.isArticle) {
      family.hasArticles = true;
      return;
    }
    if (page.fresh > 0) {
      family.empty = 0;
      family.known = 0;
    } else {
      family.known++;
      if (page.links.every((link) => family.links.has(hashOf(link)))) family.empty++;
    }
    family.links = new Set(page.links.slice(0, MAX_LINKS).map(hashOf));
  }

  /** An article was read. `original`: the other known address that it names as its own. */
  noteArticle(url: string, original: string | undefined): void {
    const family = this.#family(keyOf(url));
    if (original === undefined) family.hasOriginals = true;
    // A template that names one page as the original of all says nothing.
    else if (family.originals.size < MAX_COPIES) family.originals.add(hashOf(original));
  }

  /** A link was tried: is there anything? */
  tried(lead: Pick<Lead, 'url' | 'source' | 'foundOn'>, isThere: boolean): void {
    if (!this.#isFromArticle(lead)) return;
    const site = siteOf(lead.url);
    const counts = this.#links.get(site) ?? { alive: 0, dead: 0 };
    if (isThere) counts.alive++;
    else counts.dead++;
    this.#links.set(site, counts);
  }

  hasOriginals(url: string): boolean {
    return this.#families.get(keyOf(url))?.hasOriginals === true;
  }

  /** Whether the page is one of a family that holds articles: then its links to its like are no maze. */
  holdsArticles(url: string): boolean {
    return this.#families.get(keyOf(url))?.hasArticles === true;
  }

  /** Why a lead's page would bring nothing. */
  whyBarren(lead: Pick<Lead, 'url' | 'source' | 'foundOn'> & { readonly visits?: number }): string | undefined {
    const { url, source, foundOn, visits = 0 } = lead;
    if (source !== 'link' && source !== 'pagination' && source !== 'date-archive') return undefined;
    const { alive, dead } = this.#links.get(siteOf(url)) ?? { alive: 0, dead: 0 };
    if (dead >= MIN_DEAD && dead > alive * DEAD_PER_ALIVE && this.#isFromArticle(lead))
      return `of the links on articles ${dead} were dead and ${alive} were not`;
    const key = keyOf(url);
    const family = this.#families.get(key);
    if (family && !family.hasOriginals && family.originals.size >= MAX_COPIES && visits === 0)
      return `${MAX_COPIES} pages like it were other addresses of known articles`;
    if (!family || family.hasArticles) return undefined;
    const { named, idle } = this.#list(hostOf(url));
    if (visits === 0 && !family.namedArticles && named >= MIN_LISTED && idle >= MAX_IDLE)
      return `${idle} listings in a row named no article beside those that sitemaps and feeds name`;
    const maxEmpty = source === 'date-archive' || spanOfPage(url) ? MAX_EMPTY_DATES : MAX_EMPTY;
    if (family.empty >= maxEmpty && foundOn !== undefined && keyOf(foundOn) === key)
      return `${family.empty} pages like it named nothing of their own`;
    return family.known >= MAX_KNOWN ? `${family.known} pages like it named nothing new` : undefined;
  }

  #isFromArticle({ source, foundOn }: Pick<Lead, 'source' | 'foundOn'>): boolean {
    return source === 'link' && foundOn !== undefined && this.holdsArticles(foundOn);
  }

  #family(key: string): Family {
    let family = this.#families.get(key);
    if (!family) {
      family = {
        ...{ empty: 0, known: 0, hasArticles: false, hasOriginals: false, namedArticles: false },
        originals: new Set(),
        links: new Set(),
      };
      this.#families.set(key, family);
    }
    return family;
  }

  #list(host: string): { named: number; idle: number } {
    let list = this.#lists.get(host);
    if (!list) {
      list = { named: 0, idle: 0 };
      this.#lists.set(host, list);
    }
    return list;
  }
}

/** FNV-1a: two links that look like one make a page look emptier, no more. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

function keyOf(url: string): string {
  return `${siteOf(url)} ${familyOf(url)}`;
}
