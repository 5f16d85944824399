/**
 * Is this body a sitemap or a feed, and where does it lead? In: bytes as fetched, of any kind. Out: the document's
 * leads; undefined where it is something else (an HTML page at `/feed`). Decides by content: extensions and content
 * types are wrong too often. Never: throws, inflates beyond `maxBytes`, takes more than linear time.
 */
import { constants, gunzipSync } from 'node:zlib';
import { readJsonFeed, readXmlFeed } from './feed.js';
import type { Found } from './found.js';
import { readSitemap, readTextSitemap } from './sitemap.js';

export interface DiscoveryDocument {
  readonly kind: 'sitemap' | 'sitemap-index' | 'feed';
  readonly url: string;
  /** In the document's order; the same URL may occur twice. Of an index the sitemaps it names, of a feed also its next page. */
  readonly leads: readonly FoundEntry[];
  /** What was broken or left out, one line each. */
  readonly problems: readonly string[];
  /** Of a feed: its name and the page it belongs to, in whose site its articles are. */
  readonly title?: string;
  readonly home?: string;
  readonly inLanguage?: string;
}

/** A lead as a feed gives it: with the article's text, where the feed has all of it. */
export interface FoundEntry extends Found {
  /** HTML, as `content:encoded` or Atom's `content` give it: a witness of the body. */
  readonly content?: string;
}

export interface DocumentOptions {
  /** After redirects: what relative URLs are resolved against. */
  readonly url: string;
  readonly contentType?: string | undefined;
  /** Largest body, also once inflated; what is beyond is left out. Default 50 MiB. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 50 * 2 ** 20;
/** How far in the root element is looked for, in characters: warnings of a broken server stand in front of it at times. */
const SNIFFED = 8192;
/** At what depth gzip in gzip ends. */
const MAX_GZIP = 2;

const ROOT = /<(?:[a-z][\w.-]{0,30}:)?(urlset|sitemapindex|rss|feed|rdf)(?=[\s>])/i;
/** Elements that are a root only where the real one was lost: nothing stands in front of them. */
const LOST_ROOT = /^(?:<[?!][^>]*>|\s)*<(url|sitemap|channel)(?=[\s>])/i;

export function readDocument(body: Uint8Array, options: DocumentOptions): DiscoveryDocument | undefined {
  const { url, contentType, maxBytes = DEFAULT_MAX_BYTES } = options;
  const problems: string[] = [];
  let bytes = body;
  for (let i = 0; i < MAX_GZIP && bytes[0] === 0x1f && bytes[1] === 0x8b; i++) {
    const inflated = gunzip(bytes, maxBytes);
    if (!inflated) return undefined;
    bytes = inflated;
  }
  if (bytes.byteLength > maxBytes) {
    bytes = bytes.subarray(0, maxBytes);
    problems.push(`larger than ${maxBytes} bytes: the rest is left out`);
  }
  if (bytes.byteLength === 0) return undefined;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SNIFFED));
  const encoding = encodingOf(head, contentType);
  // HTML and other large things are told apart before all of it is decoded.
  const start = decode(head, encoding).trimStart();
  const kind = kindOf(start);
  if (!kind) return undefined;
  const text = decode(bytes, encoding);
  const document = read(kind, text, url);
  return document && problems.length > 0 ? { ...document, problems: [...problems, ...document.problems] } : document;
}

type Kind = 'sitemap' | 'feed' | 'json' | 'text';

function kindOf(start: string): Kind | undefined {
  if (start.startsWith('{')) return 'json';
  if (/^https?:\/\//i.test(start)) return 'text';
  const bare = start.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  const root = LOST_ROOT.exec(bare) ?? ROOT.exec(bare);
  if (!root) return undefined;
  // A page about feeds shows their markup after its own.
  const before = bare.slice(0, bare.indexOf(root[0]));
  if (/<(?:!doctype\s+html|html|head|body|svg|div|script)\b/i.test(before)) return undefined;
  const name = root[1]!.toLowerCase();
  return name === 'urlset' || name === 'sitemapindex' || name === 'url' || name === 'sitemap' ? 'sitemap' : 'feed';
}

function read(kind: Kind, text: string, url: string): DiscoveryDocument | undefined {
  if (kind === 'json') return readJsonFeed(text, url);
  if (kind === 'text') return readTextSitemap(text, url);
  // Past what a broken server wrote in front.
  const from = LOST_ROOT.test(text.slice(0, SNIFFED)) ? 0 : Math.max(0, text.search(ROOT));
  return kind === 'sitemap' ? readSitemap(text, url, from) : readXmlFeed(text, url, from);
}

function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  try {
    // Somewhat more than is read, so that a sitemap over the limit gives its beginning; a bomb gives nothing.
    return gunzipSync(bytes, { maxOutputLength: maxBytes * 4, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

/** A byte order mark, then the header field, then the XML declaration; UTF-8 otherwise. */
function encodingOf(head: Buffer, contentType: string | undefined): string {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be';
  const charset = /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1];
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(
    head.toString('latin1').slice(0, 500),
  )?.[1];
  // Servers add their default charset to everything; the author's declaration is nearer to the bytes.
  return declared ?? charset ?? 'utf-8';
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}
