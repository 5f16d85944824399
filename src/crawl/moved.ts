/**
 * Has an article left its address for another one? In: the address at which the archive has it, and the one at which
 * its text was found. Out: how the first one ended, where it leads to the second, or to nothing any more. One polite
 * request, and more only where it fails in a way that may pass; made only where the same text stands at two addresses of
 * a site.
 */
import type { Archive } from '../archive/archive.js';
import { articleKey } from '../article-key.js';
import type { FetchResult } from '../exchange.js';
import type { Outcome } from '../outcome.js';
import { RecentMap } from '../recent-map.js';
import type { Settings } from '../settings.js';
import { isFrontPage } from '../url.js';
import { failureOfStatus, mayPass } from './failures.js';
import type { PoliteClient } from './polite.js';

/** Addresses whose answers a run remembers. */
const MAX_ADDRESSES = 10_000;

/** Addresses of articles that were asked for in this run and led elsewhere or to nothing: nobody asks them again. */
export class Departures {
  readonly #outcomes = new RecentMap<string, Outcome>(MAX_ADDRESSES);

  /** Only what says that the address leads elsewhere or to nothing. */
  note(url: string, outcome: Outcome): void {
    if (outcome.name === 'gone' || outcome.reason === 'redirects-to-known') this.#outcomes.set(url, outcome);
  }

  outcomeOf(url: string): Outcome | undefined {
    return this.#outcomes.get(url);
  }
}

/** Where many sites send those who ask for an article that they have taken down. */
export function sentToFront(next: string): Outcome | undefined {
  return isFrontPage(next) ? { name: 'gone', reason: 'redirects-to-front', detail: next } : undefined;
}

export interface MovedRooms {
  readonly archive: Archive;
  readonly departures: Departures;
  readonly client: PoliteClient;
  readonly settings: Pick<Settings, 'retries'>;
  readonly signal: AbortSignal;
}

const ASTRAY: Outcome = { name: 'failed', reason: 'bad-redirect' };

export async function leftFor(oldUrl: string, newUrl: string, rooms: MovedRooms): Promise<Outcome | undefined> {
  const { archive, departures, settings } = rooms;
  const target = articleKey(newUrl);
  if (articleKey(oldUrl) === target) return undefined;
  for (let tries = 0; !departures.outcomeOf(oldUrl); tries++) {
    const { exchange, failure } = await ask(oldUrl, newUrl, rooms);
    if (exchange && failure?.name !== 'duplicate') await archive.keep(exchange);
    const problem = failure ?? (exchange && failureOfStatus(exchange, true));
    if (problem) departures.note(oldUrl, problem);
    if (!problem || !mayPass(problem) || tries >= settings.retries) break;
  }
  const left = departures.outcomeOf(oldUrl);
  const isElsewhere = left?.name === 'duplicate' && articleKey(left.detail ?? oldUrl) !== target;
  return isElsewhere ? undefined : left;
}

function ask(oldUrl: string, newUrl: string, { archive, client, signal }: MovedRooms): Promise<FetchResult> {
  const validators = archive.validatorsOf(oldUrl);
  const [from, target] = [articleKey(oldUrl), articleKey(newUrl)];
  return client.fetch({
    url: oldUrl,
    purpose: 'page',
    signal,
    ...(validators && { validators }),
    mayFollow: (next) => {
      const key = articleKey(next);
      // The new address has been read: where it comes up, all is known.
      if (key === target) return { name: 'duplicate', reason: 'redirects-to-known', detail: newUrl };
      return key === from ? undefined : (sentToFront(next) ?? ASTRAY);
    },
  });
}
