/**
 * Who publishes the page, and by which names it calls its site. In: the witnesses. Out: the publisher and all names,
 * best first. Never: a name from a list of sites; it is read from the page.
 */

import { normalizeUrl } from '../url.js';
import type { Candidate, Verdict } from './candidate.js';
import { heaviest } from './candidate.js';
import { type JsonValue, textValue, urlValue, valuesOf } from './data/json-ld.js';
import { titleSegments } from './headline/site-suffix.js';
import { after, type Element } from './page/tree.js';
import { oneLine, visibleText } from './page/visible.js';
import { isFrontPage } from './text/front-page.js';
import { fold } from './text/words.js';
import { first, type Witnesses } from './witnesses.js';

export interface Publisher {
  readonly '@type': 'Organization' | 'Person';
  readonly name: string;
  readonly url?: string;
}

/** `<meta>` names that hold the site's or publisher's name. */
const META_NAMES: readonly (readonly [name: string, weight: number])[] = [
  ['og:site_name', 0.8],
  ['application-name', 0.6],
  ['apple-mobile-web-app-title', 0.45],
  ['dc.publisher', 0.65],
  ['dcterms.publisher', 0.65],
  ['citation_publisher', 0.6],
  ['publisher', 0.55],
  ['article:publisher', 0.5],
  ['copyright', 0.2],
];

export function readPublisher(witnesses: Witnesses): { verdict?: Verdict<Publisher>; siteNames: string[] } {
  const candidates: Candidate<Publisher>[] = [];
  const { linked, article, meta } = witnesses;
  for (const key of ['publisher', 'sourceOrganization', 'provider'] as const) {
    for (const value of valuesOf(linked, article, key).slice(0, 2)) {
      const name = textValue(value);
      if (name === undefined || name.length > 120 || /^https?:/.test(name)) continue;
      candidates.push({
        value: toPublisher(value, name),
        from: 'json-ld',
        where: key,
        weight: key === 'publisher' ? 0.9 : 0.6,
      });
    }
  }
  for (const [name, weight] of META_NAMES) {
    const value = first(meta, name);
    if (value === undefined || value.length > 100 || /^(?:https?:|www\.|@)/.test(value)) continue;
    candidates.push({
      value: { '@type': 'Organization', name: value.replace(/^(?:©|\(c\)|copyright)\s*(?:\d{4})?\s*/i, '') || value },
      from: name.startsWith('og:') || name.startsWith('article:') ? 'opengraph' : 'meta',
      where: name,
      weight,
    });
  }
  for (const { object, types } of linked.things) {
    if (!types.some((type) => /^(?:WebSite|NewsMediaOrganization|Organization)$/.test(type))) continue;
    const name = textValue(object.name);
    const isSite = types.includes('WebSite');
    if (name === undefined || name.length > 100) continue;
    candidates.push({
      value: { '@type': 'Organization', name },
      from: 'json-ld',
      where: types[0]!,
      weight: isSite ? 0.5 : 0.3,
    });
  }
  const titles = [witnesses.title, first(meta, 'og:title')].map((title) => fold(title ?? ''));
  // Some sites call themselves what each of their pages is called.
  const isTitle = (name: string): boolean => name.length > MIN_TITLE && titles.includes(fold(name));
  const isPage = (name: string): boolean => isTitle(name) && fold(name) === titles[0];
  const isFront = normalizeUrl('/', witnesses.input.url) === normalizeUrl(witnesses.input.url);
  const names: string[] = [];
  const seen = new Set<string>();
  for (const { value, weight } of [...candidates].sort((a, b) => b.weight - a.weight)) {
    const folded = fold(value.name);
    if (weight < 0.3 || folded === '' || seen.has(folded) || (!isFront && isPage(value.name))) continue;
    seen.add(folded);
    names.push(value.name);
  }
  const hosts = hostNames(witnesses.input.url);
  for (const name of hosts) if (!seen.has(fold(name))) names.push(name);
  const real = candidates.flatMap((candidate) => {
    const { value, where } = candidate;
    const name = where === 'copyright' || where === 'Organization' ? undefined : nameOf(value.name, hosts);
    if (name === undefined || isTitle(name) || (PLATFORM.test(name) && !isHost(name, hosts))) return [];
    return name === value.name ? [candidate] : [{ ...candidate, value: { ...value, name } }];
  });
  const told = [...real, ...propertyNames(witnesses, hosts)];
  const verdict = heaviest(told.length > 0 ? told : titleNames(witnesses.title, hosts));
  return { ...(verdict && { verdict }), siteNames: names };
}

/** What templates name as publisher until somebody changes it. */
const PLATFORM =
  /^(?:blogger|blogspot|wordpress(?:\.com|\.org)?|wix(?:\.com)?|squarespace|weebly|typepad|tumblr|joomla!?|drupal|ghost|my (?:blog|site|website|wordpress(?: blog| site)?))$/i;

/** Longer names are titles of articles, where they are also that. */
const MIN_TITLE = 25;
/** Longer names have a motto behind them. */
const MAX_NAME = 30;
const MOTTO = /\s+[|–—\-·•:]\s+|\s*\|\s*/;

/** The name without address marks and motto. */
function nameOf(given: string, hosts: readonly string[]): string | undefined {
  const name = given.replace(/^(?:https?:\/\/)?(?:www\.)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\/?$/i, '$1').trim();
  // Some content systems give the front page's name for the site's.
  if (name === '' || /^(?:https?:|@)/.test(name) || isFrontPage(name)) return undefined;
  const parts = name.length > MAX_NAME ? name.split(MOTTO) : [];
  return parts.find((part) => isHost(part, hosts)) ?? name;
}

const letters = (text: string): string =>
  fold(text)
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, '');
const isHost = (name: string, hosts: readonly string[]): boolean =>
  name.length > 2 && hosts.some((host) => letters(host) === letters(name));

/** As microdata and RDFa have it: the thing's name, or the property itself. */
function propertyNames({ properties }: Witnesses, hosts: readonly string[]): Candidate<Publisher>[] {
  return (properties.get('publisher') ?? []).slice(0, 1).flatMap((element) => {
    let named: Element | undefined;
    for (let node = after(element, element); node && !named; node = after(node, element))
      if (node.type === 'tag' && /(?:^|[\s:])name$/.test(node.attribs.itemprop ?? node.attribs.property ?? ''))
        named = node;
    const given = named ?? element;
    const name = nameOf(oneLine(given.attribs.content ?? visibleText(given)), hosts);
    if (name === undefined || name.length > 100) return [];
    return [{ value: { '@type': 'Organization', name }, from: 'microdata', where: 'publisher', weight: 0.85 }];
  });
}

const LEADING_ARTICLE = /^(?:the|der|die|das|le|la|les|el|il|lo|de|het|o|a)\s+/i;

/** The end of the page's title, where the address says the same: "… - The Quay Post" on thequaypost.example. */
function titleNames(title: string | undefined, hosts: readonly string[]): Candidate<Publisher>[] {
  return titleSegments(title)
    .filter((name) => isHost(name, hosts) || isHost(name.replace(LEADING_ARTICLE, ''), hosts))
    .slice(0, 1)
    .map((name) => ({ value: { '@type': 'Organization', name }, from: 'markup', where: 'title', weight: 0.4 }));
}

function toPublisher(value: JsonValue, name: string): Publisher {
  const address =
    value !== null && typeof value === 'object' && !Array.isArray(value) ? urlValue(value.url) : undefined;
  const url = address === undefined ? undefined : normalizeUrl(address);
  const type =
    value !== null && typeof value === 'object' && !Array.isArray(value) ? textValue(value['@type']) : undefined;
  return { '@type': type === 'Person' ? 'Person' : 'Organization', name, ...(url !== undefined && { url }) };
}

/** What stands in the address: `example.org`, `example`. */
function hostNames(url: string): string[] {
  try {
    const host = new URL(url).hostname.replace(/^(?:www|m|amp|edition|news)\./, '');
    const labels = host.split('.');
    const name =
      labels.length > 2 && labels[labels.length - 2]!.length <= 3
        ? labels[labels.length - 3]
        : labels[labels.length - 2];
    return name === undefined || name.length < 3 ? [host] : [host, labels.slice(-2).join('.'), name];
  } catch {
    return [];
  }
}
