/**
 * The record's words: its types, inferred from the schema, and the lists that schema and code share. See
 * article-schema.ts for what each field means.
 */
import type { z } from 'zod';
import type {
  articleFieldsSchema,
  articleSchema,
  captureSchema,
  notArticleSchema,
  outcomeLineSchema,
  partSchema,
  provenanceSchema,
  thingSchema,
  warcPointerSchema,
} from './article-schema.js';

export const SCHEMA_VERSION = 'tearsheet/1';

/** schema.org types that a record may have. */
export const ARTICLE_TYPES = [
  'NewsArticle',
  'OpinionNewsArticle',
  'AnalysisNewsArticle',
  'ReviewNewsArticle',
  'BackgroundNewsArticle',
  'ReportageNewsArticle',
  'LiveBlogPosting',
  'BlogPosting',
  'ImageGallery',
  'VideoObject',
  'AdvertiserContentArticle',
] as const;

/** Where a field was read. */
export const PROVENANCE_SOURCES = [
  'json-ld',
  'opengraph',
  'microdata',
  'rdfa',
  'meta',
  'markup',
  'script',
  'profile',
  'text',
  'url',
  'http',
  'feed',
  'sitemap',
] as const;

/** The fields that extraction fills, in the schema's order. */
export const ARTICLE_FIELDS = [
  'headline',
  'alternativeHeadline',
  'description',
  'author',
  'datePublished',
  'dateModified',
  'dateline',
  'articleSection',
  'keywords',
  'inLanguage',
  'publisher',
  'articleBody',
  'articleHtml',
  'image',
  'video',
  'citation',
  'liveBlogUpdate',
  'isAccessibleForFree',
  'wordCount',
] as const satisfies readonly (keyof ArticleFields)[];

export type Thing = z.infer<typeof thingSchema>;
export type Provenance = z.infer<typeof provenanceSchema>;
export type WarcPointer = z.infer<typeof warcPointerSchema>;
export type CapturedPart = z.infer<typeof partSchema>;
export type Capture = z.infer<typeof captureSchema>;
export type ArticleFields = z.infer<typeof articleFieldsSchema>;
export type ArticleType = (typeof ARTICLE_TYPES)[number];
export type Article = z.infer<typeof articleSchema>;
export type NotArticle = z.infer<typeof notArticleSchema>;
export type OutcomeLine = z.infer<typeof outcomeLineSchema>;
