/**
 * Cookies of one redirect chain. Some sites redirect to themselves until the cookie they set comes back; nothing is
 * kept beyond the chain, so that no page depends on what was fetched before it.
 *
 * In: Set-Cookie fields. Out: the Cookie field for a URL. Bounded in number and size.
 */
import { registrableDomain } from '../public-suffix.js';

const MAX_COOKIES = 50;
const MAX_COOKIE_BYTES = 4096;
/** Servers commonly refuse header fields beyond 8 kB. */
const MAX_FIELD_BYTES = 8000;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
}

export class CookieChain {
  readonly #cookies = new Map<string, Cookie>();

  /** Takes one Set-Cookie field (RFC 6265, section 5.2). */
  take(field: string, url: URL): void {
    if (field.length > MAX_COOKIE_BYTES) return;
    const [pair = '', ...attributes] = field.split(';');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0)).trim();
    const value = pair.slice(equals + 1).trim();
    if (name === '' || !isCookieText(name) || !isCookieText(value)) return;
    let domain = url.hostname;
    let hostOnly = true;
    let path = defaultPath(url);
    let secure = false;
    let expired = false;
    let hasMaxAge = false;
    for (const attribute of attributes) {
      const [key = '', text = ''] = splitOnce(attribute, '=');
      switch (key.toLowerCase()) {
        case 'domain': {
          const wanted = text.toLowerCase().replace(/^\./, '');
          if (wanted === '' || wanted === url.hostname) break;
          // Neither another site's cookie nor one for a whole public suffix.
          if (!url.hostname.endsWith(`.${wanted}`) || registrableDomain(wanted) === null) return;
          domain = wanted;
          hostOnly = false;
          break;
        }
        case 'path':
          if (text.startsWith('/')) path = text;
          break;
        case 'secure':
          secure = true;
          break;
        case 'max-age':
          if (!/^-?\d+$/.test(text)) break;
          hasMaxAge = true;
          expired = Number(text) <= 0;
          break;
        case 'expires':
          if (!hasMaxAge) expired = Date.parse(text) < Date.now();
          break;
      }
    }
    const key = `${domain};${path};${name}`;
    this.#cookies.delete(key);
    if (expired || this.#cookies.size >= MAX_COOKIES) return;
    this.#cookies.set(key, { name, value, domain, hostOnly, path, secure });
  }

  /** The Cookie field's value; undefined where there is nothing to send. */
  fieldFor(url: URL): string | undefined {
    const pairs: string[] = [];
    let length = 0;
    const sent = [...this.#cookies.values()].filter((cookie) => applies(cookie, url));
    for (const { name, value } of sent.sort((a, b) => b.path.length - a.path.length)) {
      length += name.length + value.length + 3;
      if (length > MAX_FIELD_BYTES) break;
      pairs.push(`${name}=${value}`);
    }
    return pairs.length > 0 ? pairs.join('; ') : undefined;
  }
}

function applies(cookie: Cookie, url: URL): boolean {
  const host = url.hostname;
  if (cookie.hostOnly ? host !== cookie.domain : host !== cookie.domain && !host.endsWith(`.${cookie.domain}`))
    return false;
  if (cookie.secure && url.protocol !== 'https:') return false;
  if (cookie.path === url.pathname || !url.pathname.startsWith(cookie.path)) return cookie.path === url.pathname;
  return cookie.path.endsWith('/') || url.pathname[cookie.path.length] === '/';
}

function defaultPath(url: URL): string {
  return url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
}

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text.trim(), ''] : [text.slice(0, index).trim(), text.slice(index + 1).trim()];
}

/** Printable Latin-1 without the separator: nothing that could end the header field or begin another. */
function isCookieText(text: string): boolean {
  return /^[\x20-\x3a\x3c-\x7e\x80-\xff]*$/.test(text);
}
