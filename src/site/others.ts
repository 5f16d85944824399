/**
 * A profile as the other pages of the site made it. In: the profile and the evidence of the page that it is applied to.
 * Out: counts without that page's own: else each page would confirm itself.
 */
import type { SiteEvidence } from '../page.js';
import { pageKey, type SiteProfile } from './profile.js';

type Counts = Readonly<Record<string, number>>;

export class Others {
  /** Other article pages that the profile knows. */
  readonly pages: number;
  readonly #own: SiteEvidence | undefined;
  readonly #fingerprints: ReadonlySet<string>;

  constructor(
    readonly profile: SiteProfile,
    evidence: SiteEvidence,
  ) {
    this.#own = profile.seen.includes(pageKey(evidence.url)) ? evidence : undefined;
    this.pages = profile.pages - (this.#own ? 1 : 0);
    this.#fingerprints = new Set(this.#own?.fingerprints);
  }

  /** On how many other pages the same words stand. */
  copies(fingerprint: string): number {
    const count = this.profile.repeated[fingerprint] ?? 0;
    return count - (count > 0 && this.#fingerprints.has(fingerprint) ? 1 : 0);
  }

  /** On how many other pages a keyword stands though their text does not speak of it. */
  unspoken(keyword: string): number {
    const count = this.profile.keywords?.[keyword] ?? 0;
    return count - (count > 0 && this.#own?.keywords.includes(keyword) ? 1 : 0);
  }

  /** On how many other pages the text at a place is mostly body, and mostly not. */
  place(path: string): { body: number; other: number } {
    const own = this.#own?.places[path];
    return {
      body: (this.profile.bodyPlaces[path] ?? 0) - (own === true ? 1 : 0),
      other: (this.profile.otherPlaces[path] ?? 0) - (own === false ? 1 : 0),
    };
  }

  /** Where linked data proves the body to stand on other pages, as far as they agree. */
  bodyPlace(share: number): string | undefined {
    const proven = Object.values(this.profile.bodyPaths).reduce((sum, count) => sum + count, 0);
    const own = this.#own?.bodyPath;
    return this.#agreed(this.profile.bodyPaths, own, share, proven - (own === undefined ? 0 : 1));
  }

  headlinePlace(share: number): string | undefined {
    return this.#agreed(this.profile.headlinePaths, this.#own?.fieldPaths.headline, share, this.pages);
  }

  siteName(share: number): string | undefined {
    let best: string | undefined;
    let most = 0;
    for (const [name, count] of Object.entries(this.profile.names)) {
      const others = count - (this.#own?.siteNames.includes(name) ? 1 : 0);
      if (others > most && others >= this.pages * share) {
        best = name;
        most = others;
      }
    }
    return best;
  }

  /** Ends that so large a share of the titles have, the longest first. */
  titleEnds(share: number): string[] {
    return Object.entries(this.profile.titleEnds)
      .filter(([end, count]) => {
        const others = count - (this.#own?.titleEnds.includes(end) ? 1 : 0);
        return others > 0 && others >= this.pages * share;
      })
      .map(([end]) => end)
      .sort((a, b) => b.length - a.length);
  }

  #agreed(counts: Counts, own: string | undefined, share: number, pages: number): string | undefined {
    for (const [path, count] of Object.entries(counts)) {
      const others = count - (path === own ? 1 : 0);
      if (others > 0 && others >= pages * share) return path;
    }
    return undefined;
  }
}
