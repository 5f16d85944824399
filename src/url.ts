/** URLs: normal form, host, site. */
import { getDomain } from 'tldts';

/** An authority: scheme, name and port, as `https://example.org:8443`. Politeness is per host. */
export function hostOf(url: string): string {
  return new URL(url).origin;
}

/** A registrable domain by the Public Suffix List (private section included), or the name itself for addresses and single labels. */
export function siteOf(url: string): string {
  const { hostname } = new URL(url);
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}

/** The normal form under which a URL is asked for and remembered, or undefined where it is no http(s) URL. */
export function normalizeUrl(url: string, base?: string): string | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url.trim(), base);
  } catch {
    return undefined;
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return undefined;
  parsed.hash = '';
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
