/**
 * Has an article left its address for another one? In: the address at which the archive has it, and the one at which
 * its text was found. Out: whether the first one leads to the second, or to nothing any more. One polite request, made
 * only where the same text stands at two addresses of a site.
 */
import type { Archive } from '../archive/archive.js';
import { articleKey } from '../article-key.js';
import type { Outcome } from '../outcome.js';
import type { PoliteClient } from './polite.js';

export interface MovedRooms {
  readonly archive: Archive;
  readonly client: PoliteClient;
  readonly signal: AbortSignal;
}

const ARRIVED: Outcome = { name: 'duplicate', reason: 'redirects-to-known' };
const ASTRAY: Outcome = { name: 'failed', reason: 'bad-redirect' };

export async function leftFor(
  oldUrl: string,
  newUrl: string,
  { archive, client, signal }: MovedRooms,
): Promise<boolean> {
  const target = articleKey(newUrl);
  if (articleKey(oldUrl) === target) return false;
  const validators = archive.validatorsOf(oldUrl);
  const { exchange, failure } = await client.fetch({
    url: oldUrl,
    purpose: 'page',
    signal,
    ...(validators && { validators }),
    // The new address has been read: where it comes up, all is known.
    mayFollow: (next) =>
      articleKey(next) === target ? ARRIVED : articleKey(next) === articleKey(oldUrl) ? undefined : ASTRAY,
  });
  if (failure === ARRIVED) return true;
  if (failure || !exchange) return false;
  await archive.keep(exchange);
  return exchange.status === 404 || exchange.status === 410;
}
