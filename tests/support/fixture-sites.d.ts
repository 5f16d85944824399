/** The types of fixture-sites.js: see there. */
import type { WebSite } from './web.js';

/** What a record of the article must say. A field that is absent here is not looked at, `null` must be absent there. */
export interface ExpectedArticle {
  readonly url?: string;
  readonly '@type'?: string;
  readonly headline: string;
  /** `{{yesterday}}` stands for the day before the fetch, in the site's own zone. */
  readonly datePublished: string | null;
  readonly dateModified?: string | null;
  /** Names, in the page's order. */
  readonly author?: readonly string[] | null;
  readonly articleSection?: readonly string[];
  readonly inLanguage: string;
  /** Paragraphs; absent where only part of the article can be had. */
  readonly articleBody?: readonly string[];
  readonly dateline?: { readonly place?: string; readonly date?: string; readonly agency?: string };
  readonly isAccessibleForFree?: boolean;
  readonly liveBlogUpdate?: number;
  /** Lines that may stand in the body or not: see either-way.ts. */
  readonly eitherWay?: readonly string[];
  /** The URL of the article that this one repeats. */
  readonly copyOf?: string;
}

export interface FixtureArticle {
  readonly url: string;
  readonly path: string;
  readonly name: string;
  readonly expected: ExpectedArticle;
}

export interface FixtureSite extends WebSite {
  /** The folder's name. */
  readonly name: string;
  readonly origin: string;
  readonly seeds: readonly string[];
  /** Path prefixes that its robots.txt forbids. */
  readonly disallowed: readonly string[];
  /** What its robots.txt asks for between two requests; 0: nothing. */
  readonly delayMs: number;
  /** Distinct articles that can be had on a virtual day. */
  articles(day?: number): FixtureArticle[];
}

export const SITES: string;
export function loadSites(names?: readonly string[]): FixtureSite[];
