/**
 * X-Robots-Tag: what a response's header says to crawlers.
 *
 * In: header fields. Out: the directives that hold for us, lower case. Pure.
 */
import type { HeaderField } from '../exchange.js';

/** Directives that hold a colon themselves: what stands before it is no crawler's name. */
const DIRECTIVES_WITH_VALUE: ReadonlySet<string> = new Set([
  'unavailable_after',
  'max-snippet',
  'max-image-preview',
  'max-video-preview',
]);

/**
 * Directives for everybody and for `productToken`, each once, in order.
 *
 * @example `X-Robots-Tag: noarchive, tearsheet: nofollow, otherbot: noindex` gives `['noarchive', 'nofollow']`
 */
export function robotsDirectives(headers: readonly HeaderField[], productToken = 'tearsheet'): string[] {
  const own = productToken.toLowerCase();
  const directives = new Set<string>();
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== 'x-robots-tag') continue;
    // A crawler's name holds for the rest of its field.
    let agent = '*';
    for (const item of itemsOf(value.toLowerCase())) {
      const colon = item.indexOf(':');
      const key = item.slice(0, Math.max(colon, 0)).trim();
      const namesAgent = /^[a-z0-9_*-]+$/.test(key) && !DIRECTIVES_WITH_VALUE.has(key);
      if (namesAgent) agent = key;
      const directive = namesAgent ? item.slice(colon + 1).trim() : item;
      if (directive !== '' && (agent === '*' || agent === own)) directives.add(directive);
    }
  }
  return [...directives];
}

/** Parted at commas, but not at the one in "unavailable_after: Saturday, 25 Jun 2011 15:00:00 GMT". */
function itemsOf(value: string): string[] {
  const items: string[] = [];
  for (const part of value.split(',')) {
    const last = items.at(-1);
    if (last?.includes('unavailable_after') && !/\d/.test(last)) items[items.length - 1] = `${last}, ${part.trim()}`;
    else items.push(part.trim());
  }
  return items;
}
