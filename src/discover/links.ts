/**
 * The links of a page. In: its elements in document order (domhandler's shape) and its URL. Out: where it leads, by what
 * it says of each: articles and sections, feeds, canonical and AMP, next pages, archives, other languages. One loop, without
 * recursion. Never: more than MAX_LINKS links, throws.
 */
import { articleKey } from '../article-key.js';
import { normalizeUrl, spellingsOf } from '../url.js';
import { type Found, tidy } from './found.js';
import { isArchiveUrl, isCommentFeedUrl, isFeedUrl, isMediaUrl, isPaginationUrl } from './url-words.js';

/** Links after these are left out and the result says `truncated`. Front pages have up to some 2,000. */
export const MAX_LINKS = 5000;
/** Characters of a link's text. */
const MAX_TEXT = 300;

/** What this room reads of a tree: the shape of domhandler and of the extract room's lean tree. */
export interface TreeNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: TreeAttributes;
  readonly firstChild?: TreeNode | null;
  readonly next?: TreeNode | null;
  readonly parent?: TreeNode | null;
}

type AttributeName =
  | 'href'
  | 'rel'
  | 'type'
  | 'title'
  | 'aria-label'
  | 'hreflang'
  | 'content'
  | 'name'
  | 'http-equiv'
  | 'id'
  | 'class'
  | 'alt';
type TreeAttributes = { readonly [Name in AttributeName]?: string | undefined };

export interface PageLink {
  readonly url: string;
  readonly asGiven?: string | undefined;
  /** What a reader sees; of the first link with text that names this URL. */
  readonly text?: string | undefined;
  /** Lower case. */
  readonly rel?: readonly string[] | undefined;
  /** Whether all links to this URL say `nofollow`. */
  readonly nofollow?: true | undefined;
}

export interface PageLinks {
  /** The page itself, in normal form. */
  readonly url: string;
  /** What relative links were resolved against. */
  readonly base: string;
  /** `<a>` and `<area>`, in page order, each URL once, the page itself and media files left out. */
  readonly links: readonly PageLink[];
  /** Announced by `<link rel=alternate>`, then those that only look like feeds. */
  readonly feeds: readonly string[];
  /** Announced by `<link rel=sitemap>`. */
  readonly sitemaps: readonly string[];
  readonly canonical?: string;
  readonly amp?: string;
  readonly next?: string;
  readonly previous?: string;
  /** Other languages of this page. */
  readonly alternates: readonly { readonly url: string; readonly inLanguage: string }[];
  /** Further pages of a listing or an article. */
  readonly pagination: readonly string[];
  /** Listings of a day, month or year. */
  readonly dateArchives: readonly string[];
  /** Where `<meta http-equiv=refresh>` leads. */
  readonly refresh?: string;
  /** Directives of `<meta name=robots>` and `<meta name=tearsheet>`, lower case. */
  readonly robots: readonly string[];
  /** Whether the page asks that none of its links be followed. */
  readonly nofollow: boolean;
  /** Whether links were left out. */
  readonly truncated: boolean;
}

/** All of them with all fields, in one order: what reads links of several shapes is compiled once more for each. */
interface Link {
  url: string;
  asGiven: string | undefined;
  text: string | undefined;
  rel: string[] | undefined;
  nofollow: true | undefined;
}

/** What a `<link>` may be that is read. */
const TOLD: ReadonlySet<string> = new Set([
  'alternate',
  'feed',
  'canonical',
  'amphtml',
  'sitemap',
  'next',
  'prev',
  'previous',
]);
const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf)\+xml|feed\+json|rss|atom)(?:$|;)/;
/** What gives an address to another service, to share it or to subscribe to it (`/dialog/feed?link=https…`), is no feed itself. */
const HANDS_ON = /[?&][^=&]{0,40}=https?(?::|%3a)/i;
const JSON_TYPE = /^application\/json(?:$|;)/;

export function readLinks(elements: readonly TreeNode[], { url: pageUrl }: { readonly url: string }): PageLinks {
  const self = normalizeUrl(pageUrl) ?? pageUrl;
  let base = pageUrl;
  let hasBase = false;
  let truncated = false;
  const links = new Map<string, Link>();
  /** href as written → its entry: front pages repeat each link, and parsing a URL is the dearest part. */
  const seen = new Map<string, Link | null>();
  const feeds = new Set<string>();
  const feedLike = new Set<string>();
  const sitemaps = new Set<string>();
  const pagination = new Set<string>();
  const dateArchives = new Set<string>();
  const alternates: { url: string; inLanguage: string }[] = [];
  const robots = new Set<string>();
  const single: { canonical?: string; amp?: string; next?: string; previous?: string; refresh?: string } = {};

  const resolve = (href: string): string | undefined => normalizeUrl(href, base);

  const readAnchor = (node: TreeNode, attribs: TreeAttributes): void => {
    const href = attribs.href?.trim();
    if (!href || href.startsWith('#')) return;
    let link = seen.get(href);
    // What its address alone says is asked once.
    const isNew = link === undefined;
    if (link === undefined) {
      if (seen.size >= MAX_LINKS) {
        truncated = true;
        return;
      }
      const found = isWebLink(href) ? spellingsOf(href, base) : undefined;
      if (!found || found.url === self) link = null;
      else {
        link = links.get(found.url) ?? null;
        if (!link && !isMediaUrl(found.url)) {
          const { url, asGiven } = found;
          link = { url, asGiven, text: undefined, rel: undefined, nofollow: true };
          links.set(found.url, link);
        }
      }
      seen.set(href, link);
    }
    if (!link) return;
    if (link.text === undefined) {
      const text = textOf(node) ?? tidy(attribs.title, MAX_TEXT) ?? tidy(attribs['aria-label'], MAX_TEXT);
      if (text !== undefined) link.text = text;
    }
    const rel = relOf(attribs.rel);
    if (rel.length > 0) link.rel = [...new Set([...(link.rel ?? []), ...rel])];
    if (!rel.includes('nofollow')) link.nofollow = undefined;
    if (rel.includes('next')) {
      single.next ??= link.url;
      pagination.add(link.url);
    } else if (rel.includes('prev') || rel.includes('previous')) {
      single.previous ??= link.url;
      pagination.add(link.url);
    } else if (isNew && isPaginationUrl(link.url) && !isPaginationOfAnother(link, self)) pagination.add(link.url);
    if (isNew && isArchiveUrl(link.url)) dateArchives.add(link.url);
    if (
      (isNew && isFeedUrl(link.url) && !HANDS_ON.test(link.url)) ||
      (attribs.type !== undefined && FEED_TYPE.test(attribs.type))
    )
      feedLike.add(link.url);
  };

  const readLink = (attribs: TreeAttributes): void => {
    const href = attribs.href?.trim();
    const rel = relOf(attribs.rel);
    // Most are of styles and icons.
    if (!href || !rel.some((word) => TOLD.has(word))) return;
    const type = attribs.type?.trim().toLowerCase() ?? '';
    const url = resolve(href);
    if (url === undefined) return;
    if (rel.includes('alternate') || rel.includes('feed')) {
      const isJsonFeed = JSON_TYPE.test(type) && isFeedUrl(url);
      if (FEED_TYPE.test(type) || isJsonFeed || rel.includes('feed')) {
        if (feeds.size < 100 && !isCommentFeedUrl(url)) feeds.add(url);
      } else if (attribs.hreflang && url !== self && alternates.length < 200) {
        alternates.push({ url, inLanguage: attribs.hreflang.trim() });
      }
    } else if (rel.includes('canonical')) single.canonical ??= url;
    else if (rel.includes('amphtml')) single.amp ??= url;
    else if (rel.includes('sitemap')) sitemaps.add(url);
    else if (rel.includes('next') && url !== self) {
      single.next ??= url;
      pagination.add(url);
    } else if ((rel.includes('prev') || rel.includes('previous')) && url !== self) {
      single.previous ??= url;
      pagination.add(url);
    }
  };

  const readMeta = (attribs: TreeAttributes): void => {
    const content = attribs.content;
    if (!content) return;
    const name = attribs.name?.trim().toLowerCase();
    if (name === 'robots' || name === 'tearsheet')
      for (const directive of content.toLowerCase().slice(0, 1000).split(','))
        if (directive.trim()) robots.add(directive.trim());
    if (attribs['http-equiv']?.trim().toLowerCase() === 'refresh') {
      const target = /^\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*(.*)$/is
        .exec(content.slice(0, 5000))?.[1]
        ?.replace(/^["']|["']\s*$/g, '');
      const url = target ? resolve(target) : undefined;
      if (url !== undefined && url !== self) single.refresh ??= url;
    }
  };

  for (const node of elements) {
    const { name, attribs } = node;
    if (!attribs) continue;
    if (name === 'a' || name === 'area') readAnchor(node, attribs);
    else if (name === 'link') readLink(attribs);
    else if (name === 'meta') readMeta(attribs);
    else if (name === 'base' && !hasBase && attribs.href) {
      // Only http(s): `data:` and the like are ignored, as browsers do.
      const resolved = baseOf(attribs.href, pageUrl);
      if (resolved !== undefined) {
        base = resolved;
        hasBase = true;
      }
    }
  }

  for (const url of feedLike) if (feeds.size < 100) feeds.add(url);
  return {
    url: self,
    base,
    links: [...links.values()],
    feeds: [...feeds],
    sitemaps: [...sitemaps],
    ...single,
    alternates,
    pagination: [...pagination],
    dateArchives: [...dateArchives],
    robots: [...robots],
    nofollow: robots.has('nofollow') || robots.has('none'),
    truncated,
  };
}

/**
 * The links as leads, each URL once: what the page says outright (feeds, next page, AMP) before what it only links to.
 * Links that are not to be followed are left out; so is everything where the page says nofollow, but for its feeds.
 */
export function leadsOf(page: PageLinks): Found[] {
  const found = new Map<string, Found>();
  const add = (lead: Found): void => {
    if (!found.has(lead.url)) found.set(lead.url, lead);
  };
  for (const url of page.sitemaps) add({ url, kind: 'sitemap', source: 'link' });
  for (const url of page.feeds) add({ url, kind: 'feed', source: 'link' });
  if (page.refresh !== undefined) add({ url: page.refresh, kind: 'page', source: 'link' });
  // Another article's URL: this page is a copy of it, or a listing's. A variant of the page itself is not asked for again.
  if (page.canonical !== undefined && articleKey(page.canonical) !== articleKey(page.url))
    add({ url: page.canonical, kind: 'page', source: 'canonical' });
  if (page.nofollow) return [...found.values()];
  const refused = new Set(page.links.filter((link) => link.nofollow).map((link) => link.url));
  const texts = new Map(page.links.map((link) => [link.url, link]));
  const plain = (url: string, source: Found['source']): void => {
    if (!refused.has(url))
      add({
        url,
        kind: 'page',
        source,
        ...(texts.get(url)?.asGiven !== undefined && { asGiven: texts.get(url)!.asGiven! }),
      });
  };
  for (const url of page.pagination) plain(url, 'pagination');
  for (const url of page.dateArchives) plain(url, 'date-archive');
  for (const { url, inLanguage } of page.alternates)
    add({ url, kind: 'page', source: 'hreflang', ...(inLanguage !== 'x-default' && { inLanguage }) });
  for (const { url, asGiven, text } of page.links)
    if (!refused.has(url))
      add({
        url,
        kind: 'page',
        source: 'link',
        ...(asGiven !== undefined && { asGiven }),
        ...(text !== undefined && { title: text }),
      });
  return [...found.values()];
}

/** Not `javascript:`, `mailto:`, `tel:`, `data:` …; a colon after a slash is no scheme. */
function isWebLink(href: string): boolean {
  if (href.startsWith('https://') || href.startsWith('/')) return true;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  return scheme === undefined || scheme === 'http' || scheme === 'https' || /^\d/.test(href);
}

/** `?page=3` on a link that is the page number of some other article than this page's path. */
function isPaginationOfAnother(link: Link, self: string): boolean {
  const stem = (url: string): string =>
    url
      .split('?', 1)[0]!
      .replace(/\/(?:page|p|seite|pagina|strana|sida|sayfa)[/-]?\d+\/?$/i, '/')
      .replace(/\/$/, '');
  return stem(link.url) !== stem(self);
}

function baseOf(href: string, pageUrl: string): string | undefined {
  try {
    const base = new URL(href.trim(), pageUrl);
    return base.protocol === 'http:' || base.protocol === 'https:' ? base.href : undefined;
  } catch {
    return undefined;
  }
}

const NONE: readonly string[] = [];

function relOf(rel: string | undefined): readonly string[] {
  return rel ? rel.toLowerCase().trim().slice(0, 200).split(/\s+/).filter(Boolean) : NONE;
}

/** The text inside, bounded in length and in nodes looked at; the alternative text of a picture where there is none. */
export function textOf(node: TreeNode): string | undefined {
  let text = '';
  let alternative: string | undefined;
  let budget = 60;
  let isSilent = false;
  for (
    let next: TreeNode | undefined = node;
    next && text.length < MAX_TEXT * 2 && budget > 0;
    next = after(next, node, isSilent), budget--
  ) {
    isSilent = next.name === 'script' || next.name === 'style';
    if (next.data !== undefined && next.type === 'text') text += next.data.slice(0, MAX_TEXT * 2);
    else if (next.name === 'img') alternative ??= next.attribs?.alt;
    else if (!isSilent && text !== '' && next !== node && next.firstChild !== undefined) text += ' ';
  }
  return tidy(text, MAX_TEXT) ?? tidy(alternative, MAX_TEXT);
}

/** The node behind `node` in document order, up to the last one inside `within`. */
function after(node: TreeNode, within: TreeNode, skipsInside = false): TreeNode | undefined {
  if (!skipsInside && node.firstChild) return node.firstChild;
  for (let at: TreeNode | null | undefined = node; at && at !== within; at = at.parent) if (at.next) return at.next;
  return undefined;
}
