/**
 * Which text is the headline. In: all titles of a page. Out: the different texts, most likely first. A linear model
 * over what names each text; its weights are learned by `bench/learn-fields/headlines.mjs`.
 */
import { type Elected, elect } from '../election.js';
import { fold } from '../text/words.js';
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

/** A bit for each kind, so that those of a text are one number. */
const KIND: Readonly<Record<TitleKind, number>> = {
  linked: 1,
  linkedName: 2,
  og: 4,
  twitter: 8,
  meta: 16,
  title: 32,
  titlePart: 64,
  lead: 128,
  property: 256,
  h1: 512,
  heading: 1024,
  classed: 2048,
  part: 4096,
};

export function groupTitles(titles: readonly Title[], url: string): TitleGroup[] {
  const page = new PageTitles(titles, url);
  return page.members.map((members, text) => ({
    folded: members[0]!.folded,
    members,
    features: featuresOf(text, members, page),
  }));
}

/** Kinds of title whose texts others are compared with. */
type ComparedKind = 'linked' | 'og' | 'title' | 'h1' | 'heading' | 'property';

/** The texts of a page's titles as numbers: each stands for a text, or for a word. */
class PageTitles {
  /** The different texts, and for each the titles that have it. */
  readonly texts: string[] = [];
  readonly members: Title[][] = [];
  h1s = 0;
  firstH1: Title['element'];
  /** Where the first of them is shown, in document order. */
  first = Number.POSITIVE_INFINITY;
  /** Texts of each kind that is compared. */
  readonly #told: Partial<Record<TitleKind, number[]>> & Record<ComparedKind, number[]> = {
    linked: [],
    og: [],
    title: [],
    h1: [],
    heading: [],
    property: [],
  };
  /** Different words of each text. */
  readonly #words: (readonly number[])[] = [];
  /** The last text that was looked at and has the word. */
  readonly #lastWith: number[] = [];
  /** What each word is in an address, and how much of that the page's address has; nothing where it has no words. */
  readonly #inAddress: number[] = [];
  readonly #foundInAddress: number[] = [];
  /** How each text stands to the others, as bits of `BESIDE`. */
  readonly beside: readonly number[];

  constructor(titles: readonly Title[], url: string) {
    this.#read(titles);
    this.#readWords(addressWords(url));
    this.beside = besideOthers(this.texts);
  }

  #read(titles: readonly Title[]): void {
    const places = new Map<string, number>();
    const h1s: Title['element'][] = [];
    for (const title of titles) {
      const { kind, folded, element } = title;
      let place = places.get(folded);
      if (place !== undefined) this.members[place]!.push(title);
      else if (this.texts.length < MAX_GROUPS) {
        place = this.texts.push(folded) - 1;
        places.set(folded, place);
        this.members.push([title]);
      }
      const told = this.#told[kind];
      if (told && place !== undefined && told.length < MAX_COMPARED && !told.includes(place)) told.push(place);
      if (element === undefined) continue;
      if (isMainHeading(title) && !h1s.includes(element)) h1s.push(element);
      if (element.order < this.first) this.first = element.order;
    }
    this.h1s = h1s.length;
    this.firstH1 = h1s[0];
  }

  #readWords(address: ReadonlySet<string>): void {
    const ids = new Map<string, number>();
    this.texts.forEach((text, place) => {
      const words: number[] = [];
      for (let start = 0; start <= text.length; ) {
        const space = text.indexOf(' ', start);
        const word = text.slice(start, space < 0 ? text.length : space);
        start += word.length + 1;
        let id = ids.get(word);
        if (id === undefined) {
          id = ids.size;
          ids.set(word, id);
          this.#lastWith.push(-1);
          if (address.size >= 3) this.#findInAddress(word, address);
        }
        if (this.#lastWith[id] === place) continue;
        this.#lastWith[id] = place;
        words.push(id);
      }
      this.#words.push(words);
    });
  }

  #findInAddress(word: string, address: ReadonlySet<string>): void {
    if (BEYOND_ASCII.test(word)) {
      const plain = plainWords(word);
      this.#inAddress.push(plain.length);
      this.#foundInAddress.push(plain.filter((each) => address.has(withoutUmlauts(each))).length);
    } else {
      this.#inAddress.push(word.length > 2 ? 1 : 0);
      this.#foundInAddress.push(word.length > 2 && address.has(withoutUmlauts(word)) ? 1 : 0);
    }
  }

  /** Marks a text's words, for what is asked of its likeness to others. */
  look(text: number): void {
    // Beyond the numbers of all texts: what was marked when the words were read is of no text.
    for (const word of this.#words[text]!) this.#lastWith[word] = MAX_GROUPS + text;
  }

  /**
   * How like the text that was looked at is to the likest other one of a kind: 1 for the same words, otherwise the share
   * of words in common.
   */
  likeness(text: number, kind: ComparedKind): number {
    const { length } = this.#words[text]!;
    let top = 0;
    for (const other of this.#told[kind]) {
      if (other === text) continue;
      const others = this.#words[other]!;
      const most = Math.max(length, others.length);
      if (Math.min(length, others.length) / most <= top) continue;
      let common = 0;
      for (const word of others) if (this.#lastWith[word] === MAX_GROUPS + text) common++;
      top = Math.max(top, common / most);
    }
    return top;
  }

  /** The share of a text's words that the address has. */
  inAddress(text: number): number {
    if (this.#inAddress.length === 0) return 0;
    let words = 0;
    let found = 0;
    for (const word of this.#words[text]!) {
      words += this.#inAddress[word]!;
      found += this.#foundInAddress[word]!;
    }
    return words === 0 ? 0 : found / words;
  }
}

/** In the order of `TITLE_FEATURES`. */
function featuresOf(text: number, members: readonly Title[], page: PageTitles): number[] {
  const { length } = page.texts[text]!;
  let kinds = 0;
  let h1 = 0;
  let firstH1 = 0;
  let heading = 0;
  let classedHeading = 0;
  let elsewhere = 1;
  let isShown = false;
  let isOverArticle = false;
  let subtitle = 0;
  let early = 0;
  for (const title of members) {
    const { kind, element } = title;
    kinds |= KIND[kind];
    if (element === undefined) continue;
    isShown = true;
    const isMain = isMainHeading(title);
    if (isMain) h1 = 1;
    if (isMain && element === page.firstH1) firstH1 = 1;
    if (kind === 'heading') heading = 1;
    if ((kind === 'h1' || kind === 'heading') && isClassed(element)) classedHeading = 1;
    if (isMain || (kind === 'property' && title.elsewhere < 0.15)) isOverArticle = true;
    elsewhere = Math.min(elsewhere, title.elsewhere);
    if (element.attribs.class !== undefined && SUBTITLE.test(element.attribs.class)) subtitle = 1;
    if (element.order - page.first < 60) early = 1;
  }
  page.look(text);
  const has = (kind: TitleKind): number => ((kinds & KIND[kind]) !== 0 ? 1 : 0);
  const like = (kind: ComparedKind): number => (has(kind) === 1 ? 1 : page.likeness(text, kind));
  const likeLinked = like('linked');
  const likeOg = like('og');
  const likeTitle = like('title');
  const beside = page.beside[text]!;
  return [
    has('linked'),
    has('linkedName'),
    has('og'),
    has('twitter'),
    has('meta'),
    has('title'),
    has('titlePart'),
    has('lead'),
    has('property'),
    h1,
    firstH1,
    h1 === 1 && page.h1s === 1 ? 1 : 0,
    heading === 1 || (has('h1') === 1 && h1 === 0) ? 1 : 0,
    has('classed'),
    classedHeading,
    has('part'),
    isShown ? elsewhere * 2 : 0,
    Math.min(1, countOf(kinds) / 6),
    (likeLinked + likeOg + likeTitle + like('h1')) / 4,
    likeTitle,
    likeOg,
    likeLinked,
    isShown ? 1 : Math.max(page.likeness(text, 'h1'), page.likeness(text, 'heading'), page.likeness(text, 'property')),
    page.inAddress(text),
    beside & BESIDE.behindKicker ? 1 : 0,
    beside & BESIDE.withKicker ? 1 : 0,
    beside & BESIDE.cutShort ? 1 : 0,
    beside & BESIDE.withTail ? 1 : 0,
    length < 16 ? 1 : 0,
    length > 140 ? 1 : 0,
    early,
    has('linked') & has('og'),
    isOverArticle ? has('linked') : 0,
    isOverArticle ? has('og') : 0,
    subtitle,
  ];
}

function countOf(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

/** How a text stands to others. */
const BESIDE = { behindKicker: 1, withKicker: 2, cutShort: 4, withTail: 8 } as const;

/** For each text whether others begin or end with its words, or it with theirs. */
function besideOthers(texts: readonly string[]): number[] {
  const found: number[] = texts.map(() => 0);
  for (let i = 0; i < texts.length; i++) {
    const short = texts[i]!;
    const { length } = short;
    for (let j = 0; j < texts.length; j++) {
      const long = texts[j]!;
      const rest = long.length - length;
      if (rest <= 0) continue;
      if (long.charCodeAt(rest - 1) === SPACE && long.endsWith(short)) {
        found[i]! |= BESIDE.behindKicker;
        if (short.includes(' ')) found[j]! |= BESIDE.withKicker;
      }
      if (long.charCodeAt(length) === SPACE && long.startsWith(short)) {
        found[i]! |= BESIDE.cutShort;
        if (short.includes(' ')) found[j]! |= BESIDE.withTail;
      }
    }
  }
  return found;
}

const SPACE = 32;

/** A first heading in the navigation or among the crumbs is written for search engines. */
const isMainHeading = ({ kind, elsewhere }: Title): boolean => kind === 'h1' && elsewhere < 0.15;

const SUBTITLE = /sub-?(?:title|head|line)|strap-?line|kicker|dek\b|overline|eyebrow|lead|teaser/i;
const HEADING_CLASS = /title|headline|heading/i;

function isClassed({ attribs }: NonNullable<Title['element']>): boolean {
  const { class: classes, itemprop } = attribs;
  return (
    (classes !== undefined && HEADING_CLASS.test(classes)) || (itemprop !== undefined && HEADING_CLASS.test(itemprop))
  );
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

const UMLAUT = /[aou]e/g;
const withoutUmlauts = (word: string): string =>
  word.includes('e', 1) ? word.replace(UMLAUT, (pair) => pair[0]!) : word;
const BEYOND_ASCII = /[^\0-\x7f]/;

function plainWords(text: string): string[] {
  const plain = BEYOND_ASCII.test(text) ? text.replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '') : text;
  return fold(plain)
    .split(' ')
    .filter((word) => word.length > 2);
}

/** Texts by the model, best first. */
export function rankTitles(groups: readonly TitleGroup[]): Elected<TitleGroup>[] {
  return elect(groups, IN_ORDER);
}
