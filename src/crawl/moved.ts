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

/** Addresses of articles that were asked for in this run, and whether they led elsewhere or to nothing: nobody asks again. */
export class Departures {
  readonly #outcomes = new RecentMap<string, Outcome>(MAX_ADDRESSES);
  /** Of these nothing says that their articles have left. */
  readonly #staying = new RecentMap<string, true>(MAX_ADDRESSES);
  readonly #underWay = new Map<string, Promise<void>>();

  /** Only what says that the address leads elsewhere or to nothing. */
  note(url: string, outcome: Outcome): void {
    if (outcome.name === 'gone' || outcome.reason === 'redirects-to-known') this.#outcomes.set(url, outcome);
  }

  noteStaying(url: string): void {
    this.#staying.set(url, true);
  }

  outcomeOf(url: string): Outcome | undefined {
    return this.#outcomes.get(url);
  }

  isKnown(url: string): boolean {
    return this.#outcomes.has(url) || this.#staying.has(url);
  }

  /** One question after another about an address: the first answer may be that to all of them. */
  async inTurn(url: string, ask: () => Promise<void>): Promise<void> {
    const before = this.#underWay.get(url);
    // Who asked before hears of its own errors.
    const asked = before ? before.then(ask, ask) : ask();
    this.#underWay.set(url, asked);
    try {
      await asked;
    } finally {
      if (this.#underWay.get(url) === asked) this.#underWay.delete(url);
    }
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
  const { departures } = rooms;
  const target = articleKey(newUrl);
  if (articleKey(oldUrl) === target) return undefined;
  await departures.inTurn(oldUrl, () => lookThere(oldUrl, newUrl, rooms));
  const left = departures.outcomeOf(oldUrl);
  const isElsewhere = left?.name === 'duplicate' && articleKey(left.detail ?? oldUrl) !== target;
  return isElsewhere ? undefined : left;
}

async function lookThere(oldUrl: string, newUrl: string, rooms: MovedRooms): Promise<void> {
  const { archive, departures, settings } = rooms;
  for (let tries = 0; !departures.isKnown(oldUrl); tries++) {
    const { exchange, failure } = await ask(oldUrl, newUrl, rooms);
    if (exchange && failure?.name !== 'duplicate') await archive.keep(exchange);
    const problem = failure ?? (exchange && failureOfStatus(exchange, true));
    if (problem) departures.note(oldUrl, problem);
    if (problem && mayPass(problem) && tries < settings.retries) continue;
    // Where it leads astray, another article may have gone that way.
    if (!departures.isKnown(oldUrl) && problem?.reason !== ASTRAY.reason) departures.noteStaying(oldUrl);
    return;
  }
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
