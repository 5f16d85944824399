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

const IN_ORDER = TITLE_FEATURES.map((name) => WEIGHTS[name]);

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
  const page = new PageTitles(titles, [...byText.keys()], url);
  return [...byText.values()].map((members, text) => ({
    folded: members[0]!.folded,
    members,
    features: featuresOf(text, members, page),
  }));
}

/** Kinds of title whose texts others are compared with. */
type ComparedKind = 'linked' | 'og' | 'title' | 'h1' | 'heading' | 'property';

/** The texts of a page's titles as numbers: each stands for a text, or for a word. */
class PageTitles {
  readonly h1s: number;
  readonly firstH1: Title['element'];
  /** Where the first of them is shown, in document order. */
  readonly first: number;
  /** Different words of each text. */
  readonly #words: readonly (readonly number[])[];
  /** Texts of each kind. */
  readonly #told = new Map<TitleKind, Set<number>>();
  /** The last text that was compared and has the word. */
  readonly #lastWith: number[];
  /** What each word is in an address, and how much of that the page's address has; nothing where it has no words. */
  readonly #inAddress: readonly { readonly words: number; readonly found: number }[];

  constructor(
    titles: readonly Title[],
    readonly texts: readonly string[],
    url: string,
  ) {
    const ids = new Map<string, number>();
    this.#words = texts.map((text) => {
      const words: number[] = [];
      for (const word of text.split(' ')) {
        let id = ids.get(word);
        if (id === undefined) {
          id = ids.size;
          ids.set(word, id);
        }
        if (!words.includes(id)) words.push(id);
      }
      return words;
    });
    this.#lastWith = new Array(ids.size).fill(-1);
    const address = addressWords(url);
    this.#inAddress = address.size < 3 ? [] : [...ids.keys()].map((word) => inAddress(word, address));
    const places = new Map(texts.map((text, place) => [text, place]));
    const h1s = new Set<Title['element']>();
    let first = Number.POSITIVE_INFINITY;
    for (const title of titles) {
      const { kind, folded, element } = title;
      const told = this.#told.get(kind) ?? new Set();
      this.#told.set(kind, told);
      const place = places.get(folded);
      if (place !== undefined && told.size < MAX_COMPARED) told.add(place);
      if (isMainHeading(title)) h1s.add(element);
      if (element !== undefined && element.order < first) first = element.order;
    }
    this.h1s = h1s.size;
    [this.firstH1] = h1s;
    this.first = first;
  }

  /** How like a text is to the likest other one of a kind: 1 for the same words, otherwise the share of words in common. */
  likeness(text: number, kind: ComparedKind): number {
    const words = this.#words[text]!;
    for (const word of words) this.#lastWith[word] = text;
    let top = 0;
    for (const other of this.#told.get(kind) ?? []) {
      if (other === text) continue;
      const others = this.#words[other]!;
      let common = 0;
      for (const word of others) if (this.#lastWith[word] === text) common++;
      top = Math.max(top, common / Math.max(words.length, others.length));
    }
    return top;
  }

  /** The share of a text's words that the address has. */
  inAddress(text: number): number {
    if (this.#inAddress.length === 0) return 0;
    let words = 0;
    let found = 0;
    for (const word of this.#words[text]!) {
      words += this.#inAddress[word]!.words;
      found += this.#inAddress[word]!.found;
    }
    return words === 0 ? 0 : found / words;
  }
}

function featuresOf(text: number, members: readonly Title[], page: PageTitles): number[] {
  const folded = page.texts[text]!;
  const kinds = new Set<TitleKind>();
  let h1 = 0;
  let firstH1 = 0;
  let heading = 0;
  let classedHeading = 0;
  let elsewhere = 1;
  let isOverArticle = false;
  let subtitle = 0;
  let early = 0;
  for (const title of members) {
    const { kind, element } = title;
    kinds.add(kind);
    const isMain = isMainHeading(title);
    if (isMain) h1 = 1;
    if (isMain && element === page.firstH1) firstH1 = 1;
    if (kind === 'heading') heading = 1;
    if ((kind === 'h1' || kind === 'heading') && isClassed(element)) classedHeading = 1;
    if (isMain || (kind === 'property' && title.elsewhere < 0.15)) isOverArticle = true;
    if (element === undefined) continue;
    elsewhere = Math.min(elsewhere, title.elsewhere);
    if (SUBTITLE.test(element.attribs.class ?? '')) subtitle = 1;
    if (element.order - page.first < 60) early = 1;
  }
  const isShown = members.some(({ element }) => element !== undefined);
  const has = (kind: TitleKind): number => (kinds.has(kind) ? 1 : 0);
  const like = (kind: ComparedKind): number => (kinds.has(kind) ? 1 : page.likeness(text, kind));
  const likeLinked = like('linked');
  const likeOg = like('og');
  const likeTitle = like('title');
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
    h1,
    firstH1,
    onlyH1: h1 === 1 && page.h1s === 1 ? 1 : 0,
    heading: heading === 1 || (kinds.has('h1') && h1 === 0) ? 1 : 0,
    classed: has('classed'),
    classedHeading,
    part: has('part'),
    elsewhere: isShown ? elsewhere * 2 : 0,
    support: Math.min(1, kinds.size / 6),
    echo: (likeLinked + likeOg + likeTitle + like('h1')) / 4,
    likeTitle,
    likeOg,
    likeLinked,
    likeShown: isShown
      ? 1
      : Math.max(page.likeness(text, 'h1'), page.likeness(text, 'heading'), page.likeness(text, 'property')),
    inAddress: page.inAddress(text),
    ...besideOthers(folded, page.texts),
    short: folded.length < 16 ? 1 : 0,
    long: folded.length > 140 ? 1 : 0,
    early,
    linkedAndOg: kinds.has('linked') && kinds.has('og') ? 1 : 0,
    shownAndLinked: isOverArticle && kinds.has('linked') ? 1 : 0,
    shownAndOg: isOverArticle && kinds.has('og') ? 1 : 0,
    subtitle,
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

/** The words that a word is in an address, and how many of them a certain address has. */
function inAddress(word: string, address: ReadonlySet<string>): { words: number; found: number } {
  const plain = BEYOND_ASCII.test(word) ? plainWords(word) : word.length > 2 ? [word] : [];
  return { words: plain.length, found: plain.filter((each) => address.has(withoutUmlauts(each))).length };
}

/** Texts by the model, best first; `share` is the part of the votes that each gets against the others. */
export function rankTitles(groups: readonly TitleGroup[]): { group: TitleGroup; share: number }[] {
  const scored = groups.map((group) => ({
    group,
    score: group.features.reduce((sum, value, i) => sum + value * IN_ORDER[i]!, 0),
  }));
  scored.sort((a, b) => b.score - a.score);
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score), 0);
  return scored.map(({ group, score }) => ({ group, share: Math.exp(score) / total }));
}
