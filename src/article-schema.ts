/**
 * The record: one zod schema, from it the types (article.ts) and the JSON Schema. Who only reads or makes records does
 * not import it: loading zod takes longer than reading a page.
 *
 * The article's own fields use the names and meaning of schema.org NewsArticle, so that a line is also JSON-LD; what
 * the crawl adds stands apart under its own names. A field that the page does not give is absent, never guessed,
 * empty or "null".
 */
import { z } from 'zod';
import { ARTICLE_TYPES, PROVENANCE_SOURCES, SCHEMA_VERSION } from './article.js';
import { OUTCOMES } from './outcome.js';

const text = z.string().min(1);
const url = z.string().min(1);
/** `YYYY`, `YYYY-MM`, a day, a local time, or an instant with its offset. */
const isoDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const thingSchema = z.strictObject({
  '@type': z.enum(['Person', 'Organization']),
  name: text,
  url: url.optional(),
});
export const provenanceSchema = z.strictObject({
  from: z.enum(PROVENANCE_SOURCES),
  confidence: z.number().min(0).max(1),
});

export const warcPointerSchema = z.strictObject({
  /** Relative to the archive's folder. */
  file: text,
  /** Bytes, of the gzip member. */
  offset: z.int().min(0),
  length: z.int().min(0),
});

/** A further page of the article. */
export const partSchema = z.strictObject({
  /** Where it was. */
  url,
  fetchedAt: z.string(),
  bytes: z.int().min(0),
  payloadDigest: digest,
  /** It shows the article whole: the body was read from it alone. */
  whole: z.literal(true).optional(),
  warc: warcPointerSchema.optional(),
});

export const captureSchema = z.strictObject({
  /** RFC 3339, UTC, milliseconds. */
  fetchedAt: z.string(),
  status: z.int(),
  finalUrl: url,
  etag: text.optional(),
  lastModified: text.optional(),
  /** Of the payload after content decoding. */
  bytes: z.int().min(0),
  payloadDigest: digest,
  /** Directives of `<meta name=robots>` and `X-Robots-Tag`, lower case. */
  robots: z.array(text).optional(),
  /** TDM reservation protocol: the value and the policy's URL. */
  tdmReservation: z.strictObject({ reserved: z.boolean(), policy: url.optional() }).optional(),
  /** Content-Signal directives of robots.txt, as given. */
  contentSignal: text.optional(),
  warc: warcPointerSchema.optional(),
  /** The article's further pages, in their order, all read into this record. */
  parts: z.array(partSchema).min(1).optional(),
  /** Further pages that the article names and that could not be had: this much of it is missing. */
  missingParts: z
    .array(z.strictObject({ url, outcome: z.enum(OUTCOMES), reason: text }))
    .min(1)
    .optional(),
});

/** What the page says of the article: the fields that extraction fills. */
export const articleFieldsSchema = z.strictObject({
  headline: text.optional(),
  alternativeHeadline: text.optional(),
  description: text.optional(),
  author: z.array(thingSchema).min(1).optional(),
  datePublished: isoDate.optional(),
  dateModified: isoDate.optional(),
  dateline: z.strictObject({ place: text.optional(), date: text.optional(), agency: text.optional() }).optional(),
  articleSection: z.array(text).min(1).optional(),
  keywords: z.array(text).min(1).optional(),
  /** BCP 47. */
  inLanguage: text.optional(),
  publisher: thingSchema.optional(),
  /** Paragraphs parted by an empty line; sub-headings, lists and quotes are paragraphs of their own. */
  articleBody: text.optional(),
  /** The same as clean minimal HTML: headings, lists, quotes, tables, figures, links. */
  articleHtml: text.optional(),
  image: z
    .array(z.strictObject({ url, caption: text.optional(), creditText: text.optional() }))
    .min(1)
    .optional(),
  video: z
    .array(z.strictObject({ url, name: text.optional(), embedUrl: url.optional() }))
    .min(1)
    .optional(),
  citation: z
    .array(z.strictObject({ url, text: text.optional() }))
    .min(1)
    .optional(),
  /** Entries of a live blog, in the page's order. */
  liveBlogUpdate: z
    .array(z.strictObject({ headline: text.optional(), datePublished: isoDate.optional(), articleBody: text }))
    .min(1)
    .optional(),
  isAccessibleForFree: z.boolean().optional(),
  wordCount: z.int().min(0).optional(),
});

export const articleSchema = z.strictObject({
  '@context': z.literal('https://schema.org'),
  '@type': z.enum(ARTICLE_TYPES),
  url,
  canonicalUrl: url.optional(),
  ...articleFieldsSchema.shape,
  provenance: z.record(z.string(), provenanceSchema),
  capture: captureSchema.optional(),
  revision: z.strictObject({
    number: z.int().min(1),
    previous: digest.optional(),
    changed: z.array(text).optional(),
    /** The number of the record that was read from the same capture before: what differs is the reading, not the page. */
    replaces: z.int().min(1).optional(),
  }),
  /** The id of the record whose text this one repeats. */
  duplicateOf: digest.nullable(),
  /** Digest of url and content: the same content gets the same id everywhere. */
  id: digest,
  schema: z.literal(SCHEMA_VERSION),
  extractor: text,
  siteProfile: digest.optional(),
  /** Only in the output of `extract`: the page calls itself a further one of the article that begins there. */
  isPartOf: z.strictObject({ url }).optional(),
  /** Only in the output of `extract --from jsonl`: the input's other keys. */
  source: z.record(z.string(), z.unknown()).optional(),
});

/** A page that is no article, as a line of `extract`: nothing in a pipe vanishes silently. */
export const notArticleSchema = z.strictObject({
  outcome: z.literal('not-article'),
  reason: text,
  url,
  canonicalUrl: url.optional(),
  ...articleFieldsSchema.shape,
  provenance: z.record(z.string(), provenanceSchema).optional(),
  capture: captureSchema.optional(),
  schema: z.literal(SCHEMA_VERSION),
  extractor: text,
  source: z.record(z.string(), z.unknown()).optional(),
});

/** An input of `extract` of which no page could be had, as a line: nothing in a pipe vanishes silently. */
export const outcomeLineSchema = z.strictObject({
  outcome: z.enum(OUTCOMES),
  reason: text,
  /** One line for people; may hold text from the web. */
  detail: text.optional(),
  /** As given in the input, where it could be read. */
  url: url.optional(),
  schema: z.literal(SCHEMA_VERSION),
  extractor: text,
  source: z.record(z.string(), z.unknown()).optional(),
});
