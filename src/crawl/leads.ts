/**
 * From what a document names to leads in the frontier. In: findings of robots.txt, sitemaps, feeds and pages. Out: leads
 * that wait, and leads that have ended because they are out of scope. Learns per site what an article's URL looks like.
 */

import { hash } from 'node:crypto';
import type { FoundEntry } from '../discover/document.js';
import { guessedDocuments, seedLeads } from '../discover/seeds.js';
import { familyOf, type ShapeStore, UrlShapes } from '../discover/shapes.js';
import { isPaginationUrl } from '../discover/url-words.js';
import type { OnEvent } from '../events.js';
import type { EndedLead, Frontier, Put } from '../frontier/frontier.js';
import type { Lead } from '../lead.js';
import type { Outcome } from '../outcome.js';
import { RecentMap } from '../recent-map.js';
import type { Scope } from '../scope.js';
import type { Settings } from '../settings.js';
import { spanOfPage } from '../timespan.js';
import { goesOnWith } from '../traps.js';
import { hostOf, siteOf, spellingsOf } from '../url.js';
import { Ages, MIN_TOO_OLD } from './ages.js';
import { Yields } from './yields.js';

/** Sites whose URL shapes are in memory at once. */
const MAX_SITES = 1000;
/** Characters of an article's text that are kept of a feed until the article is visited. */
const MAX_CONTENT = 100_000;
/** From this likelihood on, a link is taken for an article's. */
export const LIKELY = 0.5;

/** Addresses in memory, in scope and outside, so that what all pages of a site link to is taken down once. */
const MAX_NAMED = 10_000;

/** Listings of a site that are read in every run. */
const MAX_FAVOURED = 20;

/** What following a page's links came to. */
export interface Followed {
  /** Leads that nobody had named before, the page's like left out. */
  readonly fresh: number;
  readonly namesArticles: boolean;
}

export class Leads {
  readonly #frontier: Frontier;
  readonly #scope: Scope;
  readonly #settings: Settings;
  readonly #onEvent: OnEvent;
  readonly #shapeStore: ShapeStore;
  readonly #shapes = new Map<string, UrlShapes>();
  /** The hosts of each site that leads were put on: a site is done when all of them are. */
  readonly #hosts = new Map<string, Set<string>>();
  readonly #seedHosts = new Set<string>();
  readonly #yields = new Yields();
  readonly #ages = new Ages();
  readonly #favoured = new Map<string, number>();
  /** Links put into the frontier, with the least depth: to put them again would change nothing. */
  readonly #named = new RecentMap<string, number>(MAX_NAMED);
  /** Out of scope, and taken down as such. */
  readonly #outside = new RecentMap<string, true>(MAX_NAMED);
  /** Site → first day of the newest day, month or year that has an archive page. */
  readonly #newestArchive = new Map<string, string>();

  constructor(frontier: Frontier, scope: Scope, settings: Settings, onEvent: OnEvent, shapeStore: ShapeStore) {
    this.#shapeStore = shapeStore;
    this.#frontier = frontier;
    this.#scope = scope;
    this.#settings = settings;
    this.#onEvent = onEvent;
  }

  async seed(seeds: readonly string[]): Promise<void> {
    const leads = seeds.flatMap(seedLeads);
    for (const { url } of leads) this.#seedHosts.add(hostOf(url));
    await this.#put(await this.#inScope(leads));
  }

  /** What robots.txt says; where it names no sitemap, a seeded host is asked for the usual ones. */
  async fromRobots(host: string, sitemaps: readonly string[]): Promise<void> {
    if (this.#settings.maxDepth === 0) return;
    const foundOn = `${host}/robots.txt`;
    const named = sitemaps.flatMap((text): Lead[] => {
      const found = spellingsOf(text, host);
      return found ? [{ ...found, kind: 'sitemap', source: 'robots', foundOn, depth: 0 }] : [];
    });
    const guessed = this.#seedHosts.has(host)
      ? guessedDocuments(host).map((lead): Lead => ({ ...lead, source: 'robots', foundOn }))
      : [];
    const leads = await this.#inScope(named.length > 0 ? named : guessed);
    if (leads.length === 0) return;
    this.#onEvent({ type: 'lead-found', foundOn, found: leads.length, fresh: await this.#put(leads) });
  }

  /** What a feed or sitemap names. Following it is no step away from the seed. */
  async followDocument(
    found: readonly FoundEntry[],
    from: { readonly url: string; readonly depth: number },
  ): Promise<void> {
    if (this.#settings.maxDepth === 0) return;
    const leads = found.map(
      ({ url, kind, source, content, ...said }): Lead => ({
        url,
        kind,
        source,
        foundOn: from.url,
        depth: from.depth,
        ...said,
        ...fingerprintOf(said.title, said.datePublished, content),
        ...(content !== undefined && content.length <= MAX_CONTENT && { content }),
      }),
    );
    for (const { kind, url } of leads) if (kind === 'page') this.#yields.listed(url);
    const inside = await this.#inScope(leads);
    const fresh = await this.#put(inside.map((lead) => this.#rated(lead)));
    this.#onEvent({ type: 'lead-found', foundOn: from.url, found: leads.length, fresh });
  }

  /** What a page links to. */
  async followPage(
    found: readonly FoundEntry[],
    page: { readonly url: string; readonly depth: number; readonly isArticle: boolean },
  ): Promise<Followed> {
    if (this.#settings.maxDepth === 0) return { fresh: 0, namesArticles: false };
    const wanted = page.isArticle ? found.filter((lead) => !isFeedOf(page.url, lead)) : found;
    const named = wanted.map(
      ({ url, kind, source, ...said }): Lead => ({
        url,
        kind,
        source,
        foundOn: page.url,
        // The next page of a listing and what only leads on are no step.
        depth: kind === 'page' && source !== 'pagination' && source !== 'date-archive' ? page.depth + 1 : page.depth,
        ...said,
      }),
    );
    // Most links of an article can lead to other sites: what only matters inside is not asked of them.
    const leads = (await this.#inScope(named)).map((lead) => this.#rated(lead));
    const family = familyOf(page.url);
    const isOwn = (lead: Lead): boolean =>
      familyOf(lead.url) === family && lead.kind === 'page' && !this.#yields.holdsArticles(lead.url);
    const outside = leads.filter((lead) => !isOwn(lead));
    const isArticleLink = ({ source, articleLikelihood = 0 }: Lead): boolean =>
      source === 'link' && articleLikelihood >= LIKELY;
    const articles = outside.filter(isArticleLink);
    const freshArticles = await this.#put(articles);
    const others = outside.filter((lead) => !isArticleLink(lead) && lead.source !== 'pagination');
    const fresh = freshArticles + (await this.#put(others));
    // A listing that shows only new articles has more of them on its next page.
    const isAllNew = articles.length > 0 && fresh >= articles.length;
    const now = new Date().toISOString();
    const isAllTooOld =
      articles.length >= MIN_TOO_OLD && articles.every((lead) => this.#scope.verdictOfLead(lead)?.reason === 'too-old');
    const further = leads
      // Listings go back in time.
      .filter(({ source }) => !(isAllTooOld && source === 'pagination'))
      .filter((lead) => isOwn(lead) || lead.source === 'pagination')
      .map((lead) => (isAllNew && lead.source === 'pagination' ? { ...lead, lastModified: now } : lead));
    const freshFurther = await this.#put(further);
    this.#noteArchives(leads);
    const links = outside.map(({ url }) => url);
    this.#yields.note(page.url, { isArticle: page.isArticle, links, fresh, freshArticles });
    this.#onEvent({ type: 'lead-found', foundOn: page.url, found: named.length, fresh: fresh + freshFurther });
    return { fresh, namesArticles: articles.length > 0 };
  }

  /** An article was read. `original`: the other known address that it names as its own. */
  noteArticle(url: string, original: string | undefined): void {
    this.#yields.noteArticle(url, original);
  }

  /** An article was read; `datePublished` as its page gives it. */
  noteAge(lead: Lead, datePublished: string | undefined): void {
    if (this.#scope.isDated) this.#ages.note(lead, this.#scope.verdictOfDate(datePublished)?.reason === 'too-old');
  }

  /** Whether it is still open that the articles at addresses like this one stand there, and nowhere else. */
  mayRepeat({ url, source }: Lead): boolean {
    return source === 'link' && !this.#yields.hasOriginals(url);
  }

  /** A lead was asked for: is there anything? */
  tried(lead: Lead, isThere: boolean): void {
    this.#yields.tried(lead, isThere);
  }

  /** Why a lead is not worth a request any more: what its like have brought. */
  barren(lead: Lead & { readonly visits?: number }): Outcome | undefined {
    if (this.#ages.isBehind(lead))
      return { name: 'out-of-scope', reason: 'too-old', detail: 'the articles on the page before are' };
    const why = this.#yields.whyBarren(lead);
    return why === undefined ? undefined : { name: 'out-of-scope', reason: 'trap', detail: why };
  }

  /** Whether the page lists the newest days that its site's archive pages are known for. */
  isNewestArchive(url: string): boolean {
    const span = spanOfPage(url);
    return span !== undefined && span.to >= (this.#newestArchive.get(siteOf(url)) ?? '');
  }

  /**
   * Whether a listing is among the first of its site in this run: so many are read in every run, whatever they brought.
   * On small sites these are all, and what has moved or was put in late is seen.
   */
  favours(url: string): boolean {
    const site = siteOf(url);
    const favoured = (this.#favoured.get(site) ?? 0) + 1;
    this.#favoured.set(site, favoured);
    return favoured <= MAX_FAVOURED;
  }

  /** A page was read: what its URL looks like says something of the site's others. */
  learn(url: string, isArticle: boolean): void {
    this.#shapesOf(url).learn(url, isArticle);
  }

  #noteArchives(leads: readonly Lead[]): void {
    const today = new Date().toISOString().slice(0, 10);
    for (const { url, source } of leads) {
      const span = source === 'date-archive' ? spanOfPage(url) : undefined;
      if (!span || span.from > today) continue;
      const site = siteOf(url);
      const newest = this.#newestArchive.get(site) ?? '';
      // The month and the year that hold the newest day are the newest as well.
      if (span.from > newest) this.#newestArchive.set(site, span.from);
    }
  }

  hostsOf(site: string): readonly string[] {
    return [...(this.#hosts.get(site) ?? [])];
  }

  /** Ends what is out of scope by its address, and gives the rest. */
  async #inScope(leads: readonly Lead[]): Promise<Lead[]> {
    const ended: EndedLead[] = [];
    const inside = leads.filter((lead) => {
      const { url, depth, kind, foundOn } = lead;
      const outcome = this.#scope.verdictOf(url, { depth, kind, ...(foundOn !== undefined && { foundOn }) });
      if (outcome === undefined) return true;
      if (!this.#outside.has(url)) {
        this.#outside.set(url, true);
        ended.push({ lead, outcome });
      }
      return false;
    });
    await this.#end(ended);
    return inside;
  }

  /** A page's lead with the likelihood that it is an article's. */
  #rated(lead: Lead): Lead {
    if (lead.kind !== 'page') return lead;
    const { url, kind, source, ...said } = lead;
    return { url, kind, source, articleLikelihood: this.#shapesOf(url).likelihood(url), ...said };
  }

  /** Of leads in scope. Returns how many wait now that nobody had named before. */
  async #put(leads: readonly Lead[]): Promise<number> {
    const inside: Lead[] = [];
    const ended: EndedLead[] = [];
    for (const lead of leads) {
      if (this.#isNamed(lead)) continue;
      const { url } = lead;
      const outcome =
        this.#scope.verdictOfLead(lead) ??
        this.barren(lead) ??
        (mayBeTrap(lead) && (await this.#frontier.idOf(url)) === undefined ? this.#scope.trapIn(url) : undefined);
      if (outcome) ended.push({ lead, outcome });
      else inside.push(lead);
    }
    await this.#end(ended);
    if (inside.length === 0) return 0;
    const fresh = await this.want(inside);
    for (const lead of inside) if (isPlainLink(lead)) this.#named.set(lead.url, lead.depth);
    return fresh;
  }

  /** Puts leads that are wanted whatever their addresses look like. Returns how many nobody had named before. */
  async want(leads: readonly Lead[]): Promise<number> {
    for (const { url } of leads) {
      const site = siteOf(url);
      const hosts = this.#hosts.get(site) ?? new Set();
      this.#hosts.set(site, hosts.add(hostOf(url)));
    }
    const { fresh, ended } = await this.#frontier.put(leads);
    this.#tell(ended);
    return fresh;
  }

  #isNamed(lead: Lead): boolean {
    const depth = this.#named.get(lead.url);
    return depth !== undefined && depth <= lead.depth && isPlainLink(lead);
  }

  async #end(ended: readonly EndedLead[]): Promise<void> {
    if (ended.length === 0) return;
    const unknown = await this.#frontier.putEnded(ended);
    this.#tell(unknown.map(({ lead: { url }, outcome }) => ({ url, outcome })));
  }

  #tell(ended: Put['ended']): void {
    for (const { url, outcome } of ended) this.#onEvent({ type: 'outcome', url, host: hostOf(url), outcome });
  }

  #shapesOf(url: string): UrlShapes {
    const site = siteOf(url);
    let shapes = this.#shapes.get(site);
    if (!shapes) {
      shapes = new UrlShapes(this.#shapeStore.get(site));
      if (this.#shapes.size >= MAX_SITES) this.#keep(this.#shapes.keys().next().value!);
      this.#shapes.set(site, shapes);
    }
    return shapes;
  }

  /** Keeps what was learned of URLs for the next run. */
  keepShapes(): void {
    for (const site of [...this.#shapes.keys()]) this.#keep(site);
  }

  #keep(site: string): void {
    const shapes = this.#shapes.get(site);
    this.#shapes.delete(site);
    if (shapes?.hasLearned) this.#shapeStore.set(site, shapes.toJSON());
  }
}

/** A link that says nothing but where it leads. */
function isPlainLink({ kind, source, asGiven, lastModified }: Lead): boolean {
  return kind === 'page' && source === 'link' && asGiven === undefined && lastModified === undefined;
}

/** What a page links to may go on for ever, but for the further pages and days of the listing that it is. */
function mayBeTrap({ url, source, foundOn = '' }: Lead): boolean {
  if (source === 'link') return true;
  if (source === 'pagination') return isPaginationUrl(url) && !goesOnWith(url, foundOn);
  return source === 'date-archive' && !goesOnWith(url, foundOn);
}

/** WordPress gives every article a feed of its comments, below the article's own path. */
function isFeedOf(article: string, { kind, url }: FoundEntry): boolean {
  const path = article.split('?', 1)[0]!;
  return kind === 'feed' && url.startsWith(path.endsWith('/') ? path : `${path}/`);
}

/** What a feed or news sitemap says of an article, as far as an edit would change it. */
function fingerprintOf(
  title: string | undefined,
  datePublished: string | undefined,
  content: string | undefined,
): Pick<Lead, 'fingerprint'> {
  if (title === undefined && content === undefined) return {};
  const said = JSON.stringify([title, datePublished, content]);
  return { fingerprint: hash('sha256', said, 'base64url').slice(0, 11) };
}
