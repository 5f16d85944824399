/**
 * What goes into extraction and what comes out of it, before the site profile is applied. Plain, structured-clonable
 * data: it crosses the border to and from worker threads.
 */
import type { ArticleFields, ArticleType, Provenance } from './article.js';
import type { Reason } from './outcome.js';

/** A page as text, with what was known of it before it was read. */
export interface PageInput {
  /** The page's own URL: what relative links are resolved against (unless `<base>` says otherwise). */
  readonly url: string;
  readonly html: string;
  /** RFC 3339. Relative dates ("3 hours ago") and header clocks are judged against it; absent: not used. */
  readonly fetchedAt?: string;
  /** Response header fields that say something of the article. */
  readonly http?: {
    readonly contentLanguage?: string;
    readonly lastModified?: string;
    readonly robots?: readonly string[];
  };
  /** What a feed or sitemap said: one more witness. */
  readonly lead?: {
    readonly title?: string;
    readonly datePublished?: string;
    readonly inLanguage?: string;
    /** The article's text as a feed gives it, HTML. */
    readonly content?: string;
  };
}

/** Article, or the reason why not. */
export type PageVerdict =
  | { readonly isArticle: true; readonly type: ArticleType }
  | { readonly isArticle: false; readonly reason: Reason<'not-article'> };

/** A run of text that is cut out or kept as a whole: a paragraph, a heading, a list item; or a figure. */
export interface Block {
  /** Empty for a figure. */
  readonly text: string;
  readonly words: number;
  /** Clean minimal HTML of the block, as it goes into `articleHtml`. */
  readonly html: string;
  /** The list, table or quote that it stands in, with the list's item, the table's row and column; blocks with the same `order` share one. */
  readonly group?: {
    readonly tag: 'ul' | 'ol' | 'dl' | 'table' | 'blockquote';
    readonly order: number;
    readonly item?: number;
    /** Of a list in an item of another list. */
    readonly outer?: Block['group'];
    readonly row?: number;
    readonly column?: number;
  };
  /** Where it stands: tag and stable class tokens from the body down, as `div.article>p`. The same place on the site's other pages has the same path. */
  readonly path: string;
  /** Digest of the folded text: the same words on another page have the same. Empty for a figure. */
  readonly fingerprint: string;
  /** Position in the document. */
  readonly order: number;
  /** How sure the page alone makes us that it is body text, 0 to 1. */
  readonly score: number;
  /** Whether it is in the body as the page alone tells it. */
  readonly kept: boolean;
}

/** What one page tells about its site. Commutative: learning from a set of pages does not depend on their order. */
export interface SiteEvidence {
  /** The page it was seen on; the same page seen twice counts once. */
  readonly url: string;
  readonly isArticle: boolean;
  /** Fingerprints of the blocks that are or may be body, and of fields that a site may give to all of its pages. */
  readonly fingerprints: readonly string[];
  /** Keywords of which neither headline nor text speaks, lower case. */
  readonly keywords: readonly string[];
  /** path → whether most of the text that stands there is body. */
  readonly places: Readonly<Record<string, boolean>>;
  /** Path of the element that holds the body, where a witness (JSON-LD `articleBody`) proves it. */
  readonly bodyPath?: string;
  /** Months and UTC offsets, as `11 +03:00`, of machine-readable dates on the page. */
  readonly offsets: readonly string[];
  /** The publisher, as the page names it. */
  readonly siteNames: readonly string[];
  /** What stands behind a separator at the end of the page's title. */
  readonly titleEnds: readonly string[];
  /** field → path of the element that proved to hold it. */
  readonly fieldPaths: Readonly<Record<string, string>>;
}

/** A page as read on its own. `site/` turns it into the final fields. */
export interface PageDraft {
  readonly url: string;
  readonly canonicalUrl?: string;
  /** Addresses of the further pages that were joined to it (join.ts). */
  readonly parts?: readonly string[];
  readonly verdict: PageVerdict;
  readonly fields: ArticleFields;
  readonly provenance: Readonly<Record<string, Provenance>>;
  /** Page order. Only blocks near the body or in doubt: what can never be body is left out. */
  readonly blocks: readonly Block[];
  /** Headings that may be the headline, with the path each stands at. */
  readonly headings: readonly { readonly text: string; readonly path: string }[];
  /** Dates whose offset is only what clocks of the site's country show. */
  readonly offsetByCountry: readonly ('datePublished' | 'dateModified')[];
  readonly evidence: SiteEvidence;
  /** Directives of `<meta name=robots>`, lower case. */
  readonly robots: readonly string[];
  readonly tdmReservation?: { readonly reserved: boolean; readonly policy?: string };
}
