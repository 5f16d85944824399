/**
 * Which text is the headline. In: all titles of a page. Out: the different texts, most likely first. A linear model
 * over what names each text; its weights are learned by `bench/learn-fields/headlines.mjs`.
 */
import { fold } from '../words.js';
import type { Title, TitleKind } from './collect.js';

/** All titles that say the same words. */
export interface TitleGroup {
  readonly folded: string;
  readonly members: readonly Title[];
  /** In the order of `TITLE_FEATURES`. */
  readonly features: readonly number[];
}

export const TITLE_FEATURES = [
  'linked',
  'linkedName',
  'og',
  'twitter',
  'meta',
  'title',
  'titlePart',
  'lead',
  'property',
  'h1',
  'firstH1',
  'onlyH1',
  'heading',
  'classed',
  'classedHeading',
  'part',
  'elsewhere',
  'support',
  'echo',
  'likeTitle',
  'likeOg',
  'likeLinked',
  'likeShown',
  'inAddress',
  'behindKicker',
  'withKicker',
  'cutShort',
  'withTail',
  'short',
  'long',
  'early',
  'linkedAndOg',
  'shownAndLinked',
  'shownAndOg',
  'subtitle',
] as const;

type Feature = (typeof TITLE_FEATURES)[number];

/** Learned; see the head of this file. */
const WEIGHTS: Readonly<Record<Feature, number>> = {
  linked: 1.38,
  linkedName: -0.18,
  og: 1.36,
  twitter: 0.06,
  meta: -0.55,
  title: -0.71,
  titlePart: 0.08,
  lead: 0,
  property: 0.87,
  h1: 1.4,
  firstH1: 1.05,
  onlyH1: -0.54,
  heading: 0.36,
  classed: 0.74,
  classedHeading: 0.84,
  part: 0.08,
  elsewhere: -1.91,
  support: 0.97,
  echo: 2.31,
  likeTitle: 1.09,
  likeOg: 0.61,
  likeLinked: 1.6,
  likeShown: 0.77,
  inAddress: 1.17,
  behindKicker: 1.19,
  withKicker: -0.52,
  cutShort: 0.75,
  withTail: -0.1,
  short: -1.08,
  long: 0.23,
  early: 1.26,
  linkedAndOg: 0.5,
  shownAndLinked: -1.13,
  shownAndOg: 0.18,
  subtitle: -1.51,
};

/** Texts beyond these many are the titles of other articles. */
const MAX_GROUPS = 120;
/** Texts of one kind that others are compared with. */
const MAX_COMPARED = 8;

export function groupTitles(titles: readonly Title[], url: string): TitleGroup[] {
  const byText = new Map<string, Title[]>();
  for (const title of titles) {
    const members = byText.get(title.folded);
    if (members) members.push(title);
    else if (byText.size < MAX_GROUPS) byText.set(title.folded, [title]);
  }
  const words = new Map([...byText.keys()].map((text) => [text, new Set(text.split(' '))]));
  const told = new Map<TitleKind, Set<ReadonlySet<string>>>();
  for (const { kind, folded } of titles) {
    const own = words.get(folded);
    const list = told.get(kind) ?? new Set();
    told.set(kind, list);
    if (own && list.size < MAX_COMPARED) list.add(own);
  }
  const page: PageTitles = {
    told: new Map([...told].map(([kind, list]) => [kind, [...list]])),
    h1s: new Set(titles.filter(isMainHeading).map(({ element }) => element)).size,
    firstH1: titles.find(isMainHeading)?.element,
    address: addressWords(url),
    words,
    texts: [...byText.keys()],
    first: Math.min(...titles.map(({ element }) => element?.order ?? Number.POSITIVE_INFINITY)),
  };
  return [...byText].map(([folded, members]) => ({ folded, members, features: featuresOf(folded, members, page) }));
}

interface PageTitles {
  /** Words of the texts of each kind. */
  readonly told: ReadonlyMap<TitleKind, readonly ReadonlySet<string>[]>;
  readonly h1s: number;
  readonly firstH1: Title['element'];
  readonly address: ReadonlySet<string>;
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
  readonly texts: readonly string[];
  /** Where the first of them is shown, in document order. */
  readonly first: number;
}

function featuresOf(folded: string, members: readonly Title[], page: PageTitles): number[] {
  const words = page.words.get(folded)!;
  const likest = new Map<TitleKind, number>();
  const alike = (kind: TitleKind): number => {
    let top = likest.get(kind);
    if (top === undefined) {
      top = 0;
      for (const other of page.told.get(kind) ?? []) if (other !== words) top = Math.max(top, likeness(words, other));
      likest.set(kind, top);
    }
    return top;
  };
  const shown = members.filter(({ element }) => element !== undefined);
  const kinds = new Set(members.map(({ kind }) => kind));
  const has = (kind: TitleKind): number => (kinds.has(kind) ? 1 : 0);
  const beside = besideOthers(folded, page.texts);
  let echo = 0;
  for (const kind of ['linked', 'og', 'title', 'h1'] as const) echo += kinds.has(kind) ? 1 : alike(kind);
  const h1s = members.filter(isMainHeading);
  const isShown = h1s.length > 0 || members.some(({ kind, elsewhere }) => kind === 'property' && elsewhere < 0.15);
  const values: Record<Feature, number> = {
    linked: has('linked'),
    linkedName: has('linkedName'),
    og: has('og'),
    twitter: has('twitter'),
    meta: has('meta'),
    title: has('title'),
    titlePart: has('titlePart'),
    lead: has('lead'),
    property: has('property'),
    h1: h1s.length > 0 ? 1 : 0,
    firstH1: h1s.some(({ element }) => element === page.firstH1) ? 1 : 0,
    onlyH1: h1s.length > 0 && page.h1s === 1 ? 1 : 0,
    heading: has('heading') || (has('h1') && h1s.length === 0) ? 1 : 0,
    classed: has('classed'),
    classedHeading: members.some(({ kind, element }) => (kind === 'h1' || kind === 'heading') && isClassed(element))
      ? 1
      : 0,
    part: has('part'),
    elsewhere: shown.length > 0 ? Math.min(...shown.map(({ elsewhere }) => elsewhere)) * 2 : 0,
    support: Math.min(1, kinds.size / 6),
    echo: echo / 4,
    likeTitle: kinds.has('title') ? 1 : alike('title'),
    likeOg: kinds.has('og') ? 1 : alike('og'),
    likeLinked: kinds.has('linked') ? 1 : alike('linked'),
    likeShown: shown.length > 0 ? 1 : Math.max(alike('h1'), alike('heading'), alike('property')),
    inAddress: inAddress(folded, words, page.address),
    ...beside,
    short: folded.length < 16 ? 1 : 0,
    long: folded.length > 140 ? 1 : 0,
    linkedAndOg: kinds.has('linked') && kinds.has('og') ? 1 : 0,
    shownAndLinked: isShown && kinds.has('linked') ? 1 : 0,
    shownAndOg: isShown && kinds.has('og') ? 1 : 0,
    subtitle: shown.some(({ element }) => SUBTITLE.test(element?.attribs.class ?? '')) ? 1 : 0,
    early: shown.some(({ element }) => element!.order - page.first < 60) ? 1 : 0,
  };
  return TITLE_FEATURES.map((name) => values[name]);
}

/** Whether others begin or end with a text's words, or it with theirs. */
function besideOthers(folded: string, texts: readonly string[]) {
  const found = { behindKicker: 0, withKicker: 0, cutShort: 0, withTail: 0 };
  for (const text of texts) {
    const rest = text.length - folded.length;
    if (rest > 0) {
      if (text.charCodeAt(rest - 1) === SPACE && text.endsWith(folded)) found.behindKicker = 1;
      if (text.charCodeAt(folded.length) === SPACE && text.startsWith(folded)) found.cutShort = 1;
    } else if (rest < 0 && text.includes(' ')) {
      if (folded.charCodeAt(-rest - 1) === SPACE && folded.endsWith(text)) found.withKicker = 1;
      if (folded.charCodeAt(text.length) === SPACE && folded.startsWith(text)) found.withTail = 1;
    }
  }
  return found;
}

const SPACE = 32;

/** A first heading in the navigation or among the crumbs is written for search engines. */
const isMainHeading = ({ kind, elsewhere }: Title): boolean => kind === 'h1' && elsewhere < 0.15;

const SUBTITLE = /sub-?(?:title|head|line)|strap-?line|kicker|dek\b|overline|eyebrow|lead|teaser/i;

function isClassed(element: Title['element']): boolean {
  return /title|headline|heading/i.test(`${element?.attribs.class ?? ''} ${element?.attribs.itemprop ?? ''}`);
}

/** 1 for the same words; otherwise the share of words in common. */
function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let common = 0;
  for (const word of left) if (right.has(word)) common++;
  return common / Math.max(left.size, right.size, 1);
}

/** Words of an address's last parts, accents off as addresses have them. */
function addressWords(url: string): Set<string> {
  let path = '';
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    // An address that cannot be decoded has no words.
  }
  return new Set(plainWords(path.split('/').slice(-3).join(' ')).map(withoutUmlauts));
}

const withoutUmlauts = (word: string): string => word.replace(/ae|oe|ue/g, (pair) => pair[0]!);
const BEYOND_ASCII = /[^\0-\x7f]/;

function plainWords(text: string): string[] {
  return fold(text.replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, ''))
    .split(' ')
    .filter((word) => word.length > 2);
}

/** The share of a text's words that the address has. */
function inAddress(folded: string, words: ReadonlySet<string>, address: ReadonlySet<string>): number {
  if (address.size < 3) return 0;
  const plain = BEYOND_ASCII.test(folded)
    ? plainWords([...words].join(' '))
    : [...words].filter((word) => word.length > 2);
  const own = plain.map(withoutUmlauts);
  return own.length === 0 ? 0 : own.filter((word) => address.has(word)).length / own.length;
}

/** Texts by the model, best first; `share` is the part of the votes that each gets against the others. */
export function rankTitles(groups: readonly TitleGroup[]): { group: TitleGroup; share: number }[] {
  const scored = groups.map((group) => ({
    group,
    score: group.features.reduce((sum, value, i) => sum + value * WEIGHTS[TITLE_FEATURES[i]!], 0),
  }));
  scored.sort((a, b) => b.score - a.score);
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score), 0);
  return scored.map(({ group, score }) => ({ group, share: Math.exp(score) / total }));
}
