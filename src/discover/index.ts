/** What the crawl uses of this room. */
export { type DiscoveryDocument, type DocumentOptions, type FoundEntry, readDocument } from './document.js';
export type { Found } from './found.js';
export { leadsOf, type PageLink, type PageLinks, readLinks } from './links.js';
export { guessedDocuments, SeedError, seedLeads } from './seeds.js';
export { type ShapeCounts, UrlShapes } from './shapes.js';
export { isArchiveUrl, isFeedUrl, isMediaUrl, isPaginationUrl } from './url-words.js';
