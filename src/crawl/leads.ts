/**
 * From what a document names to leads in the frontier. In: findings of robots.txt, sitemaps, feeds and pages. Out: leads
 * that wait, and leads that have ended because they are out of scope. Learns per site what an article's URL looks like.
 */

import type { Found } from '../discover/found.js';
import { guessedDocuments, seedLeads } from '../discover/seeds.js';
import { UrlShapes } from '../discover/shapes.js';
import type { OnEvent } from '../events.js';
import type { EndedLead, Frontier } from '../frontier/frontier.js';
import type { Lead } from '../lead.js';
import type { Scope } from '../scope.js';
import type { Settings } from '../settings.js';
import { hostOf, siteOf } from '../url.js';

/** Sites whose URL shapes are in memory at once. */
const MAX_SITES = 1000;

export class Leads {
  readonly #frontier: Frontier;
  readonly #scope: Scope;
  readonly #settings: Settings;
  readonly #onEvent: OnEvent;
  readonly #shapes = new Map<string, UrlShapes>();
  /** The hosts of each site that leads were put on: a site is done when all of them are. */
  readonly #hosts = new Map<string, Set<string>>();
  readonly #seedHosts = new Set<string>();

  constructor(frontier: Frontier, scope: Scope, settings: Settings, onEvent: OnEvent) {
    this.#frontier = frontier;
    this.#scope = scope;
    this.#settings = settings;
    this.#onEvent = onEvent;
  }

  async seed(seeds: readonly string[]): Promise<void> {
    const leads = seeds.flatMap(seedLeads);
    for (const { url } of leads) this.#seedHosts.add(hostOf(url));
    await this.#put(leads);
  }

  /** What robots.txt says; where it names no sitemap, a seeded host is asked for the usual ones. */
  async fromRobots(host: string, sitemaps: readonly string[]): Promise<void> {
    if (this.#settings.maxDepth === 0) return;
    const foundOn = `${host}/robots.txt`;
    const named = sitemaps.map((url): Lead => ({ url, kind: 'sitemap', source: 'robots', foundOn, depth: 0 }));
    const guessed = this.#seedHosts.has(host)
      ? guessedDocuments(host).map((lead): Lead => ({ ...lead, source: 'robots', foundOn }))
      : [];
    await this.#put(named.length > 0 ? named : guessed);
  }

  /** What a page, feed or sitemap names. `isStep`: following it is a step away from the seed. */
  async follow(
    found: readonly Found[],
    from: { readonly url: string; readonly depth: number; readonly isStep: boolean },
  ): Promise<void> {
    if (this.#settings.maxDepth === 0) return;
    const depth = from.isStep ? from.depth + 1 : from.depth;
    const leads = found.map(
      (lead): Lead => ({
        ...lead,
        foundOn: from.url,
        // What only leads on is no step.
        depth: lead.kind === 'page' ? depth : from.depth,
        ...(lead.kind === 'page' && { articleLikelihood: this.#shapesOf(lead.url).likelihood(lead.url) }),
      }),
    );
    const fresh = await this.#put(leads);
    this.#onEvent({ type: 'lead-found', foundOn: from.url, found: leads.length, fresh });
  }

  /** A page was read: what its URL looks like says something of the site's others. */
  learn(url: string, isArticle: boolean): void {
    this.#shapesOf(url).learn(url, isArticle);
  }

  hostsOf(site: string): readonly string[] {
    return [...(this.#hosts.get(site) ?? [])];
  }

  async #put(leads: readonly Lead[]): Promise<number> {
    const inside: Lead[] = [];
    const ended: EndedLead[] = [];
    for (const lead of leads) {
      const { url, depth, kind, foundOn } = lead;
      const outcome =
        this.#scope.verdictOf(url, { depth, kind, ...(foundOn !== undefined && { foundOn }) }) ??
        this.#scope.verdictOfLead(lead) ??
        (lead.source === 'link' && !(await this.#frontier.knows(url)) ? this.#scope.trapIn(url) : undefined);
      if (outcome) ended.push({ lead, outcome });
      else inside.push(lead);
    }
    for (const { url } of inside) {
      const site = siteOf(url);
      const hosts = this.#hosts.get(site) ?? new Set();
      this.#hosts.set(site, hosts.add(hostOf(url)));
    }
    return (await this.#frontier.put(inside)) + (await this.#frontier.putEnded(ended));
  }

  #shapesOf(url: string): UrlShapes {
    const site = siteOf(url);
    let shapes = this.#shapes.get(site);
    if (!shapes) {
      shapes = new UrlShapes();
      if (this.#shapes.size >= MAX_SITES) this.#shapes.delete(this.#shapes.keys().next().value!);
      this.#shapes.set(site, shapes);
    }
    return shapes;
  }
}
