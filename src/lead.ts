/**
 * A lead: a URL that some page, feed or sitemap points to, with what it says of it. What `discover` finds and the
 * frontier keeps.
 */

/** What the URL is expected to be; a page may still turn out to be something else. */
export type LeadKind = 'page' | 'feed' | 'sitemap';

/** Where a lead was found. */
export type LeadSource =
  | 'seed'
  | 'robots'
  | 'sitemap'
  | 'feed'
  | 'link'
  | 'pagination'
  | 'date-archive'
  | 'canonical'
  | 'amp'
  | 'hreflang'
  | 'archive';

export interface Lead {
  /** Normal form (see url.ts). */
  readonly url: string;
  /** The spelling that was found, where the normal form changes more than the fragment: to be asked for should `url` answer 404. */
  readonly asGiven?: string;
  readonly kind: LeadKind;
  readonly source: LeadSource;
  /** The document that names it; absent for seeds. */
  readonly foundOn?: string;
  /** Links followed from a seed to get here; feeds and sitemaps do not count as a step. */
  readonly depth: number;
  /** What the source says of the article. */
  readonly title?: string;
  /** ISO 8601, as precise as the source gives it. */
  readonly datePublished?: string;
  /** ISO 8601: sitemap `lastmod`, feed `updated`. */
  readonly lastModified?: string;
  readonly inLanguage?: string;
  /** The article's text as a feed gives it, HTML: a witness of the body. Kept until the visit. */
  readonly content?: string;
  /** Digest of what a feed or sitemap says of the article beside `lastModified`: another one means that it was edited. */
  readonly fingerprint?: string;
  /** How much it looks like an article's URL, 0 to 1; steers the order, never excludes. */
  readonly articleLikelihood?: number;
}

/**
 * What a record owes to its lead: where that was found and what was said there. It stands in no page, so an archive
 * keeps it beside the capture.
 */
export interface Witness
  extends Pick<Lead, 'source' | 'foundOn' | 'title' | 'datePublished' | 'inLanguage' | 'content'> {}
