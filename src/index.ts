/** The library's public surface. What is not exported here may change without notice. */
export { openArchive } from './archive/archive.js';
export { verifyArchive } from './archive/verify.js';
export { readWarc } from './archive/warc-read.js';
export type { Article, ArticleFields, ArticleType, Capture, NotArticle, Provenance } from './article.js';
export { articleSchema, SCHEMA_VERSION } from './article.js';
export { articleKey } from './article-key.js';
export type { CrawlOptions } from './crawl.js';
export { crawl, discover } from './crawl.js';
export type { CrawlEvent, CrawlSummary, OnEvent } from './events.js';
export type { ExtractOptions } from './extract.js';
export { extract } from './extract.js';
export type { Lead } from './lead.js';
export type { Outcome } from './outcome.js';
export type { Settings, SettingsInput } from './settings.js';
export { settingsSchema } from './settings.js';
export type { SiteProfile } from './site/profile.js';
export { normalizeUrl } from './url.js';
export { VERSION } from './version.js';
