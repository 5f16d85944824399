/**
 * Hosts that send every address to the same one on another host of their site: http to https, the bare name to `www.`.
 * Old links and sitemaps name such hosts for years; the way round costs a request each time. In: redirects as they were
 * followed. Out: where to ask at once. Never: leaves the site, or guesses from less than MIN_REDIRECTS.
 */
import type { Exchange } from '../exchange.js';
import { RecentMap } from '../recent-map.js';
import { hostOf, siteOf } from '../url.js';

const MIN_REDIRECTS = 3;
/** Hosts that are remembered. */
const MAX_HOSTS = 10_000;
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);

interface Move {
  /** Undefined: not all of its addresses lead to one host. */
  readonly to: string | undefined;
  readonly redirects: number;
}

export class HostMoves {
  readonly #moves = new RecentMap<string, Move>(MAX_HOSTS);

  note({ hops }: Exchange): void {
    const [first, second] = hops;
    if (!first) return;
    const host = hostOf(first.url);
    const move = this.#moves.get(host);
    const to =
      second && PERMANENT.has(first.status) && isSameElsewhere(first.url, second.url) ? hostOf(second.url) : undefined;
    if (to === undefined && !move) return;
    const isOne = move === undefined || move.to === to;
    this.#moves.set(host, { to: isOne ? to : undefined, redirects: (move?.redirects ?? 0) + 1 });
  }

  /** The same address on the host that the URL's own leads to. */
  instead(url: string): string {
    const host = hostOf(url);
    const move = this.#moves.get(host);
    return move?.to !== undefined && move.redirects >= MIN_REDIRECTS ? move.to + url.slice(host.length) : url;
  }
}

function isSameElsewhere(from: string, to: string): boolean {
  const [hostFrom, hostTo] = [hostOf(from), hostOf(to)];
  return hostFrom !== hostTo && siteOf(from) === siteOf(to) && from.slice(hostFrom.length) === to.slice(hostTo.length);
}
