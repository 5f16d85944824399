/**
 * The address guard: which addresses a crawl may connect to.
 *
 * In: a URL, or what DNS answered for its name. Out: the outcome that forbids it, or the addresses that are left.
 * What DNS answers is judged in the look-up of the connection itself, so a name cannot answer one thing to a check and
 * another to the connection. Private addresses are never connected to unless the settings or the seeds allow it.
 */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Outcome } from '../outcome.js';

/** IANA IPv4 Special-Purpose Address Registry, and multicast. */
const PRIVATE_IPV4 = [
  ['0.0.0.0', 8], // "this network"; 0.0.0.0 connects to the machine itself
  ['10.0.0.0', 8], // private (RFC 1918)
  ['100.64.0.0', 10], // carrier-grade NAT (RFC 6598)
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, metadata services of clouds
  ['172.16.0.0', 12], // private (RFC 1918)
  ['192.0.0.0', 24], // IETF protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays, retired
  ['192.168.0.0', 16], // private (RFC 1918)
  ['198.18.0.0', 15], // benchmarking
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
] as const;

/** Parts of the global unicast block 2000::/3 that lead nowhere public; outside that block nothing does. */
const PRIVATE_IPV6 = [
  ['2001::', 23], // IETF protocol assignments: Teredo, benchmarking, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: tunnels to any IPv4 address
  ['3fff::', 20], // documentation
] as const;

const privateRanges = new BlockList();
for (const [network, prefix] of PRIVATE_IPV4) privateRanges.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of PRIVATE_IPV6) privateRanges.addSubnet(network, prefix, 'ipv6');

/** The eight groups of an IPv6 address in the URL parser's spelling, which has no dotted part. */
function groupsOf(address: string): number[] {
  const normal = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = normal.split('::');
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const front = parse(head);
  if (tail === undefined) return front;
  const back = parse(tail);
  return [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
}

/** Whether an address (a literal, without brackets) is anything but public unicast. What is no address counts as private. */
export function isPrivateAddress(literal: string): boolean {
  const address = literal.split('%')[0]!; // without the zone of a scoped address
  const family = isIP(address);
  if (family === 0) return true;
  if (family === 4) return privateRanges.check(address, 'ipv4');
  const groups = groupsOf(address);
  const embedded = `${groups[6]! >> 8}.${groups[6]! & 255}.${groups[7]! >> 8}.${groups[7]! & 255}`;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  // 64:ff9b::/96: what DNS64 answers for IPv4 sites on networks that have only IPv6.
  const translated = groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  if (mapped || translated) return privateRanges.check(embedded, 'ipv4');
  if ((groups[0]! & 0xe000) !== 0x2000) return true;
  return privateRanges.check(address, 'ipv6');
}

/** `getaddrinfo` in the shape of `dns.lookup` with `all`; tests answer in its place. */
export type Resolver = (
  hostname: string,
  options: { all: true; family?: number },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A name whose every answer was private: the error that the connection then fails with. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
}

export interface AddressGuardOptions {
  readonly allowPrivate: boolean;
  /** What the user seeded: URLs (their host and port), `host:port`, or `host` for any port. */
  readonly allowedHosts?: readonly string[];
  readonly resolver?: Resolver;
}

export class AddressGuard {
  readonly #allowPrivate: boolean;
  readonly #allowed: ReadonlySet<string>;
  readonly #resolver: Resolver;
  /**
   * Seeded names by the kind of their first answer. A seeded intranet host stays reachable, but a public site that the
   * user seeded cannot turn into a private address later on (DNS rebinding).
   */
  readonly #seededAsPrivate = new Map<string, boolean>();

  constructor(options: AddressGuardOptions) {
    this.#allowPrivate = options.allowPrivate;
    this.#allowed = new Set((options.allowedHosts ?? []).flatMap(authoritiesOf));
    this.#resolver = options.resolver ?? systemLookup;
  }

  /**
   * The outcome that forbids this URL by its literal address. Behind a proxy names resolve there, out of our sight, so
   * that names of the machine itself are refused here as well.
   */
  refusal(url: URL, proxied: boolean): Outcome | undefined {
    if (this.#allowPrivate || this.#isAllowed(url)) return undefined;
    const literal = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
    if (isIP(literal) ? isPrivateAddress(literal) : proxied && isLocalName(literal))
      return { name: 'disallowed', reason: 'private-address', detail: `${url.hostname} is a private address` };
    return undefined;
  }

  /** The look-up for a connection to this URL: answers only with addresses that may be connected to. */
  lookupFor(url: URL): LookupFunction {
    return (hostname, options, callback) => {
      const family = options.family === 4 || options.family === 6 ? { family: options.family } : {};
      this.#resolver(hostname, { all: true, ...family }, (error, answers) => {
        if (error) return callback(error, '', 0);
        const usable = this.#usable(url, answers);
        if (usable.length === 0)
          return callback(
            new PrivateAddressError(`${hostname} resolves to ${answers[0]?.address ?? 'nothing'}`),
            '',
            0,
          );
        if (options.all) callback(null, usable);
        else callback(null, usable[0]!.address, usable[0]!.family);
      });
    };
  }

  /** What the name resolves to now, the forbidden included; nothing where there is no answer. For comparing, not connecting. */
  addressesOf(url: URL): Promise<string[]> {
    const literal = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
    if (isIP(literal)) return Promise.resolve([literal]);
    return new Promise((resolve) => {
      this.#resolver(literal, { all: true }, (error, answers) =>
        resolve(error ? [] : answers.map(({ address }) => address)),
      );
    });
  }

  #usable(url: URL, answers: readonly LookupAddress[]): LookupAddress[] {
    if (this.#allowPrivate) return [...answers];
    const publicOnes = answers.filter(({ address }) => !isPrivateAddress(address));
    if (!this.#isAllowed(url)) return publicOnes;
    const asPrivate = this.#seededAsPrivate.get(url.hostname) ?? publicOnes.length === 0;
    this.#seededAsPrivate.set(url.hostname, asPrivate);
    return asPrivate ? [...answers] : publicOnes;
  }

  #isAllowed(url: URL): boolean {
    return this.#allowed.has(url.hostname) || this.#allowed.has(`${url.hostname}:${portOf(url)}`);
  }
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost');
}

/** `host:port` keys of an entry of the allow-list, or the bare `host` for any port. */
function authoritiesOf(entry: string): string[] {
  const isUrl = entry.includes('://');
  let url: URL;
  try {
    url = new URL(isUrl ? entry : `http://${entry}`);
  } catch {
    return [];
  }
  if (!isUrl && !/:\d+$/.test(entry.replace(/^\[[^\]]*\]/, ''))) return [url.hostname];
  // A site on its default port moves between http and https.
  if (url.port === '') return [`${url.hostname}:80`, `${url.hostname}:443`];
  return [`${url.hostname}:${url.port}`];
}
