/**
 * Further pages of articles that were met before the first one, by a sitemap or a link: they wait here until that is
 * read and takes them. In: pages that name an earlier one of their article. Out: the same, to whom they belong or, when
 * nobody came for them, as articles of their own. Also knows which visits are under way, so that a page is asked for once.
 */
import { siteOf } from '../url.js';
import type { HeldPage } from './visit.js';

/** More wait for their first pages, and the next one is taken for an article of its own. */
const MAX_WAITING = 1000;
export class FurtherPages {
  readonly #waiting = new Map<string, HeldPage>();
  readonly #underWay = new Map<string, Promise<void>>();

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

  #of(site: string): HeldPage[] {
    return [...this.#waiting.values()].filter(({ lead }) => siteOf(lead.url) === site);
  }
}
