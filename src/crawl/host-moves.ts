/**
 * Hosts that send every address to the same one on another host of their site: http to https, the bare name to `www.`.
 * Old links and sitemaps name such hosts for years; the way round costs a request each time. In: redirects as they were
 * followed. Out: where to ask at once; never on another site, nor guessed from less than MIN_REDIRECTS. And of a seed
 * that led to another site, as after a change of names: that articles of the first may stand on the second.
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
  /** Site → those to which its seeds led. */
  readonly #heirs = new Map<string, Set<string>>();

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

  noteSeed(from: string, to: string): void {
    const [site, heir] = [siteOf(from), siteOf(to)];
    if (site !== heir) this.#heirs.set(site, (this.#heirs.get(site) ?? new Set()).add(heir));
  }

  /** Whether an article may have moved from the one to the other: within a site, or to the one that its seed led to. */
  mayLeadTo(from: string, to: string): boolean {
    const [site, heir] = [siteOf(from), siteOf(to)];
    return site === heir || this.#heirs.get(site)?.has(heir) === true;
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
