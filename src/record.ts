/**
 * A final page and what is known around it, put together as the record: one line of JSONL. The keys stand in the
 * schema's order, so that the same captures and profiles give byte-identical lines.
 */
import {
  ARTICLE_FIELDS,
  type Article,
  type ArticleFields,
  type ArticleType,
  type Capture,
  type NotArticle,
  type Provenance,
  SCHEMA_VERSION,
} from './article.js';
import { articleKey } from './article-key.js';
import type { Reason } from './outcome.js';
import { revise } from './revise.js';
import { isFrontPage, siteOf } from './url.js';
import { VERSION } from './version.js';

/** As the record names it. */
export const EXTRACTOR = `tearsheet/${VERSION}`;

/** A page with its site's profile applied. */
export interface RecordedPage {
  readonly url: string;
  readonly canonicalUrl?: string;
  readonly fields: ArticleFields;
  readonly provenance: Readonly<Record<string, Provenance>>;
}

/** What stands around a record beside the page. */
export interface RecordContext {
  readonly capture?: Capture;
  /** Default: the first revision. */
  readonly revision?: Pick<Article, 'id' | 'revision'>;
  readonly duplicateOf?: string;
  readonly siteProfile?: string;
  /** Where the article begins of which the page is a further one. */
  readonly isPartOf?: string | undefined;
  /** The other keys of an input line. */
  readonly source?: Record<string, unknown>;
}

export function articleRecord(page: RecordedPage, type: ArticleType, context: RecordContext = {}): Article {
  const { capture, duplicateOf, siteProfile, isPartOf, source } = context;
  const revision = context.revision ?? revise(keyOf(page), page.fields);
  return {
    '@context': 'https://schema.org',
    '@type': type,
    url: page.url,
    ...(page.canonicalUrl !== undefined && { canonicalUrl: page.canonicalUrl }),
    ...inOrder(page.fields),
    provenance: sorted(page.provenance),
    ...(capture && { capture }),
    revision: revision.revision,
    duplicateOf: duplicateOf ?? null,
    id: revision.id,
    schema: SCHEMA_VERSION,
    extractor: EXTRACTOR,
    ...(siteProfile !== undefined && { siteProfile }),
    ...(isPartOf !== undefined && { isPartOf: { url: isPartOf } }),
    ...(source && { source }),
  };
}

export function notArticleRecord(
  page: RecordedPage,
  reason: Reason<'not-article'>,
  context: Pick<RecordContext, 'capture' | 'source'> = {},
): NotArticle {
  return {
    outcome: 'not-article',
    reason,
    url: page.url,
    ...(page.canonicalUrl !== undefined && { canonicalUrl: page.canonicalUrl }),
    ...inOrder(page.fields),
    provenance: sorted(page.provenance),
    ...(context.capture && { capture: context.capture }),
    schema: SCHEMA_VERSION,
    extractor: EXTRACTOR,
    ...(context.source && { source: context.source }),
  };
}

/**
 * The key under which an article counts once: that of the canonical URL where the page names one on its own site that
 * can be an article's; some templates name the front page on every page.
 */
export function keyOf({
  url,
  canonicalUrl,
}: {
  readonly url: string;
  readonly canonicalUrl?: string | undefined;
}): string {
  const own = articleKey(url);
  if (canonicalUrl === undefined) return own;
  const key = articleKey(canonicalUrl);
  return isFrontPage(canonicalUrl) || siteOf(canonicalUrl) !== siteOf(url) ? own : key;
}

function inOrder(fields: ArticleFields): ArticleFields {
  return Object.fromEntries(
    ARTICLE_FIELDS.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
  ) as ArticleFields;
}

function sorted(provenance: Readonly<Record<string, Provenance>>): Record<string, Provenance> {
  return Object.fromEntries(ARTICLE_FIELDS.flatMap((field) => (provenance[field] ? [[field, provenance[field]]] : [])));
}
