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
    let isDate = false;
    for (const item of value.toLowerCase().split(',')) {
      let directive = item.trim();
      const colon = directive.indexOf(':');
      const key = colon < 0 ? '' : directive.slice(0, colon).trim();
      if (colon >= 0 && !isDate && !DIRECTIVES_WITH_VALUE.has(key) && /^[a-z_*-][a-z0-9_*-]*$/.test(key)) {
        agent = key;
        directive = directive.slice(colon + 1).trim();
      }
      // unavailable_after: Saturday, 25 Jun 2011 15:00:00 GMT – the date goes on behind the comma.
      const startsDate = directive.startsWith('unavailable_after');
      if (directive !== '' && (agent === '*' || agent === own) && !isDate) directives.add(directive);
      isDate = startsDate && !/\d/.test(directive);
    }
  }
  return [...directives];
}
