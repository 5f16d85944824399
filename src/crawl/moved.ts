/**
 * Has an article left its address for another one? In: the address at which the archive has it, and the one at which
 * its text was found. Out: whether the first one leads to the second, or to nothing any more. One polite request, and more
 * only where it fails in a way that may pass; made only where the same text stands at two addresses of a site.
 */
import type { Archive } from '../archive/archive.js';
import { articleKey } from '../article-key.js';
import type { FetchResult } from '../exchange.js';
import type { Outcome } from '../outcome.js';
import { RecentMap } from '../recent-map.js';
import type { Settings } from '../settings.js';
import { failureOfStatus, mayPass } from './failures.js';
import type { PoliteClient } from './polite.js';

/** Addresses whose answers a run remembers. */
const MAX_ADDRESSES = 10_000;

/** Addresses of articles that were asked for in this run and led elsewhere or to nothing: nobody asks them again. */
export class Departures {
  readonly #targets = new RecentMap<string, string | undefined>(MAX_ADDRESSES);

  /** `to`: where the address leads; undefined: there is nothing any more. */
  note(from: string, to: string | undefined): void {
    this.#targets.set(from, to);
  }

  has(url: string): boolean {
    return this.#targets.has(url);
  }

  to(url: string): string | undefined {
    return this.#targets.get(url);
  }
}

export interface MovedRooms {
  readonly archive: Archive;
  readonly departures: Departures;
  readonly client: PoliteClient;
  readonly settings: Pick<Settings, 'retries'>;
  readonly signal: AbortSignal;
}

const ARRIVED: Outcome = { name: 'duplicate', reason: 'redirects-to-known' };
const ASTRAY: Outcome = { name: 'failed', reason: 'bad-redirect' };

export async function leftFor(oldUrl: string, newUrl: string, rooms: MovedRooms): Promise<boolean> {
  const { archive, departures, settings } = rooms;
  const target = articleKey(newUrl);
  if (articleKey(oldUrl) === target) return false;
  for (let tries = 0; !departures.has(oldUrl); tries++) {
    const { exchange, failure } = await ask(oldUrl, target, rooms);
    if (failure === ARRIVED) departures.note(oldUrl, newUrl);
    else if (exchange) await archive.keep(exchange);
    const problem = failure ?? (exchange && failureOfStatus(exchange, true));
    if (problem?.name === 'gone') departures.note(oldUrl, undefined);
    else if (!problem || !mayPass(problem) || tries >= settings.retries) break;
  }
  if (!departures.has(oldUrl)) return false;
  const to = departures.to(oldUrl);
  return to === undefined || articleKey(to) === target;
}

function ask(oldUrl: string, target: string, { archive, client, signal }: MovedRooms): Promise<FetchResult> {
  const validators = archive.validatorsOf(oldUrl);
  return client.fetch({
    url: oldUrl,
    purpose: 'page',
    signal,
    ...(validators && { validators }),
    // The new address has been read: where it comes up, all is known.
    mayFollow: (next) =>
      articleKey(next) === target ? ARRIVED : articleKey(next) === articleKey(oldUrl) ? undefined : ASTRAY,
  });
}
