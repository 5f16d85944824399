/**
 * Seeds → what to ask for first. In: what a user typed: a site, a section, a feed, a sitemap or an article, with or
 * without a scheme. Out: leads. Throws SeedError for what can be none of these.
 */
import { isIP } from 'node:net';
import type { Lead } from '../lead.js';
import { normalizeUrl, spellingsOf } from '../url.js';
import { isFeedUrl, isMediaUrl } from './url-words.js';

/** A seed that is no URL; the message names it and says what one looks like. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/** Whether the page of a seed is a feed or sitemap, only its content tells: the kind is what its URL looks like. */
export function seedLeads(seed: string): Lead[] {
  const text = seed.trim();
  const url = seedUrl(text);
  if (url === undefined) throw new SeedError(messageFor(text));
  if (isMediaUrl(url) && !isSitemapUrl(url))
    throw new SeedError(`seed ${show(text)} names a file, not a site, page, feed or sitemap`);
  const asGiven = spellingsOf(withScheme(text))?.asGiven;
  return [
    {
      url,
      ...(asGiven !== undefined && { asGiven }),
      kind: isSitemapUrl(url) ? 'sitemap' : isFeedUrl(url) ? 'feed' : 'page',
      source: 'seed',
      depth: 0,
    },
  ];
}

/**
 * Where a sitemap stands when nobody says where; to be asked for only if robots.txt names none. A miss costs a request
 * a host, so there is only this one: the other usual names redirect from it.
 */
export function guessedDocuments(origin: string): Lead[] {
  const url = normalizeUrl('/sitemap.xml', origin);
  return url === undefined ? [] : [{ url, kind: 'sitemap', source: 'seed', depth: 0 }];
}

function isSitemapUrl(url: string): boolean {
  return (
    /(?:^|[/_.-])site-?map[^/?]*\.(?:xml|txt)(?:\.gz)?(?:\?|$)/i.test(url) || /\/[^/?]*\.xml\.gz(?:\?|$)/i.test(url)
  );
}

function withScheme(text: string): string {
  // `localhost:8000` is a host and a port, no scheme.
  if (/^[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))/i.test(text)) return text;
  const rest = text.replace(/^\/\//, '');
  // What runs on one's own machine has no certificate.
  return `${/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/?#]|$)/i.test(rest) ? 'http' : 'https'}://${rest}`;
}

function seedUrl(text: string): string | undefined {
  if (text === '' || /\s/.test(text)) return undefined;
  const url = normalizeUrl(withScheme(text));
  if (url === undefined) return undefined;
  if (/^https?:\/\//i.test(text)) return url;
  // Without a scheme any word is a URL: what has neither a dot nor a port is a slip of the keyboard.
  const { hostname, port } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/g, '');
  return hostname.includes('.') || hostname === 'localhost' || port !== '' || isIP(bare) > 0 ? url : undefined;
}

function messageFor(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(text)?.[1]?.toLowerCase();
  if (text === '') return 'a seed is empty: give a URL such as https://example.org/';
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    return `seed ${show(text)} has the scheme "${scheme}": only http and https can be crawled`;
  return `seed ${show(text)} is no URL: give one such as https://example.org/ or example.org/news`;
}

const show = (text: string): string => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
