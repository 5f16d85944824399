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

/** A run of text that is cut out or kept as a whole: a paragraph, a heading, a list item, a caption. */
export interface Block {
  readonly text: string;
  /** Clean minimal HTML of the block, as it goes into `articleHtml`. */
  readonly html: string;
  /** Where it stands: tag and stable class tokens from the body down, as `div.article>p`. The same place on the site's other pages has the same path. */
  readonly path: string;
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
  /** Fingerprints of the blocks, with the path they stand at. */
  readonly blocks: readonly { readonly fingerprint: string; readonly path: string }[];
  /** Path of the element that holds the body, where a witness (JSON-LD `articleBody`) proves it. */
  readonly bodyPath?: string;
  /** UTC offsets (`+03:00`) that machine-readable dates on the page carry. */
  readonly offsets: readonly string[];
  /** Names that the page gives its site. */
  readonly siteNames: readonly string[];
  /** field → path of the element that proved to hold it. */
  readonly fieldPaths: Readonly<Record<string, string>>;
}

/** A page as read on its own. `site/` turns it into the final fields. */
export interface PageDraft {
  readonly url: string;
  readonly canonicalUrl?: string;
  readonly verdict: PageVerdict;
  readonly fields: ArticleFields;
  readonly provenance: Readonly<Record<string, Provenance>>;
  /** Page order. Only blocks near the body or in doubt: what can never be body is left out. */
  readonly blocks: readonly Block[];
  readonly evidence: SiteEvidence;
  /** Directives of `<meta name=robots>`, lower case. */
  readonly robots: readonly string[];
  readonly tdmReservation?: { readonly reserved: boolean; readonly policy?: string };
}
