/**
 * Registrable domains by the Public Suffix List, its private section included. In: a host's name. Out: the domain; null
 * for addresses, single labels and suffixes themselves.
 *
 * The list is large and a page that is read from a file needs none: it is loaded when first asked for, by `require`, as
 * `import` reads a CommonJS package twice to see what it exports (40 of a start's 150 ms).
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let list: typeof import('tldts') | undefined;

export function registrableDomain(name: string): string | null {
  list ??= require('tldts') as typeof import('tldts');
  return list.getDomain(name, { allowPrivateDomains: true });
}
