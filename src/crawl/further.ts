/**
 * Further pages of articles that were met before the first one, by a sitemap or a link: they wait here until that is
 * read and takes them. In: pages that name an earlier one of their article. Out: the same, to whom they belong or, when
 * nobody came for them, as articles of their own. Also knows which visits are under way, so that a page is asked for once.
 */
import { siteOf } from '../url.js';
import type { HeldPage } from './visit.js';

/** More wait for their first pages, and the next one is taken for an article of its own. */
const MAX_WAITING = 1000;
/** So many pagers of a site in a row that led to nothing new, and its others are left alone in this run. */
const MAX_VAIN = 3;
/** Sites whose pagers are remembered. */
const MAX_SITES = 10_000;

export class FurtherPages {
  readonly #waiting = new Map<string, HeldPage>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #vain = new Map<string, number>();

  get size(): number {
    return this.#waiting.size;
  }

  get isFull(): boolean {
    return this.#waiting.size >= MAX_WAITING;
  }

  put(page: HeldPage): void {
    this.#waiting.set(page.lead.url, page);
  }

  /** A visit begins; to be called when it has ended. */
  begin(url: string): () => void {
    let end: (() => void) | undefined;
    const visit = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#underWay.set(url, visit);
    return () => {
      if (this.#underWay.get(url) === visit) this.#underWay.delete(url);
      end!();
    };
  }

  /** The page of this address, if it waits here or is being read and comes to wait here. */
  async take(url: string): Promise<HeldPage | undefined> {
    await this.#underWay.get(url);
    const page = this.#waiting.get(url);
    this.#waiting.delete(url);
    return page;
  }

  /** Pages of a site that wait; by their leads' addresses. */
  heldOf(site: string): number {
    return this.#of(site).length;
  }

  /** Those that nobody came for. */
  release(site: string): HeldPage[] {
    const pages = this.#of(site);
    for (const { lead } of pages) this.#waiting.delete(lead.url);
    return pages;
  }

  releaseAll(): HeldPage[] {
    const pages = [...this.#waiting.values()];
    this.#waiting.clear();
    return pages;
  }

  /** What a pager of the site came to. */
  note(url: string, isArticles: boolean): void {
    const site = siteOf(url);
    const before = this.#vain.get(site) ?? 0;
    if (this.#vain.size >= MAX_SITES) this.#vain.delete(this.#vain.keys().next().value!);
    // One article in several pages, and the site is one that has such.
    this.#vain.set(site, isArticles ? Number.NEGATIVE_INFINITY : before + 1);
  }

  isVain(url: string): boolean {
    return (this.#vain.get(siteOf(url)) ?? 0) >= MAX_VAIN;
  }

  #of(site: string): HeldPage[] {
    return [...this.#waiting.values()].filter(({ lead }) => siteOf(lead.url) === site);
  }
}
