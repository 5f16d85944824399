/**
 * Every text that may be the headline. In: the witnesses and the site's names. Out: titles, each with what it was read
 * from, and without the site's name at either end. Never: a choice between them.
 */
import { type Candidate, describe } from '../candidate.js';
import { isObject, type JsonValue, textValue, valuesOf } from '../data/json-ld.js';
import { WordList } from '../page/tokens.js';
import type { Element, Node, Parent } from '../page/tree.js';
import { isHidden, oneLine, visibleText } from '../page/visible.js';
import { fold } from '../text/words.js';
import { first, type Witnesses } from '../witnesses.js';
import { titleSegments, withoutSite } from './site-suffix.js';

/** What a title was read from. */
export type TitleKind =
  | 'linked'
  | 'linkedName'
  | 'og'
  | 'twitter'
  | 'meta'
  | 'title'
  | 'titlePart'
  | 'lead'
  | 'property'
  | 'h1'
  | 'heading'
  | 'classed'
  | 'part';

export interface Title extends Candidate {
  readonly kind: TitleKind;
  readonly folded: string;
  /** Where it is shown. */
  readonly element: Element | undefined;
  /** 0 to 1: widgets, navigation and links around it. */
  readonly elsewhere: number;
}

/** Longer texts are no headlines. */
const MAX_LENGTH = 400;

const WEIGHTS: Readonly<Record<TitleKind, number>> = {
  linked: 0.55,
  linkedName: 0.45,
  og: 0.5,
  twitter: 0.38,
  meta: 0.4,
  title: 0.36,
  titlePart: 0.2,
  lead: 0.4,
  property: 0.6,
  h1: 0.62,
  heading: 0.3,
  classed: 0.42,
  part: 0.35,
};

const META_TITLES = [
  'dc.title',
  'dcterms.title',
  'citation_title',
  'sailthru.title',
  'parsely-title',
  'cxenseparse:title',
  'headline',
  'title',
  'hdl',
];

/** Class words around headings that are not the article's. */
const WIDGET = new WordList(
  'nav navigation menu sidebar aside footer widget related recommended comments comment newsletter subscribe modal popup cookie consent banner promo teaser logo brand branding masthead search login trending popular breadcrumb breadcrumbs skiptranslate',
);

/** "Old quay holds (Courier)": whose article it is, behind it in brackets, as portals name the paper. */
const OWNER = /^(.{8,}?)\s?[(（]([^()（）]{2,30})[)）]$/u;

function withoutOwner(title: string, owners: readonly string[]): string {
  const [, head, owner] = /[)）]$/.test(title) ? (OWNER.exec(title) ?? []) : [];
  return head !== undefined && owners.includes(fold(owner!)) ? head : title;
}

const ownerOf = (value: JsonValue): string =>
  isObject(value) && /organi[sz]ation/i.test(textValue(value['@type']) ?? '') ? fold(textValue(value) ?? '') : '';

export function collectTitles(witnesses: Witnesses, siteNames: readonly string[]): Title[] {
  const site = siteNames.map(fold).filter((name) => name !== '');
  const { linked, article: own } = witnesses;
  const owners = [...site, ...['publisher', 'author'].flatMap((key) => valuesOf(linked, own, key).map(ownerOf))];
  const titles: Title[] = [];
  // A heading and its parts stand at the same place.
  let penalized: Element | undefined;
  let elsewhere = 0;
  const add = (
    value: string | undefined,
    kind: TitleKind,
    from: Candidate['from'],
    where: string,
    element?: Element,
  ) => {
    if (value === undefined || value === '' || value.length > MAX_LENGTH) return;
    // ": The quay wall holds": a kicker before the mark stands in another element, or nowhere.
    const clean = withoutOwner(withoutSite(value, site), owners).replace(/^[:|]\s+/, '');
    const folded = fold(clean);
    if (folded === '' || site.includes(folded)) return;
    if (element !== penalized) {
      penalized = element;
      elsewhere = element ? penalty(element) : 0;
    }
    titles.push({
      value: clean,
      kind,
      from,
      where,
      weight: Math.max(0.01, WEIGHTS[kind] - elsewhere),
      folded,
      elsewhere,
      element,
    });
  };

  const { meta, article, articleFrom, properties } = witnesses;
  const whole = [witnesses.title, textValue(article?.headline), ...firstHeadings(witnesses)];
  const addMeta = (name: string, kind: TitleKind, from: Candidate['from']): void => {
    const value = first(meta, name);
    if (value !== undefined && !whole.some((text) => isTorn(value, text))) add(value, kind, from, name);
  };
  if (article) {
    add(textValue(article.headline), 'linked', articleFrom, 'headline');
    add(textValue(article.name), 'linkedName', articleFrom, 'name');
  }
  addMeta('og:title', 'og', 'opengraph');
  for (const name of META_TITLES) addMeta(name, 'meta', 'meta');
  addMeta('twitter:title', 'twitter', 'meta');
  for (const element of [...(properties.get('headline') ?? []), ...(properties.get('name') ?? [])].slice(0, 6)) {
    if (element.tag.name === 'meta' || element.attribs.content !== undefined) continue;
    const isHeadline = (element.attribs.itemprop ?? element.attribs.property ?? '').includes('headline');
    add(visibleText(element), isHeadline ? 'property' : 'classed', 'microdata', describe(element), element);
  }
  for (const element of witnesses.headings.slice(0, 60)) {
    const kind = element.tag.name === 'h1' ? 'h1' : 'heading';
    const where = describe(element);
    add(visibleText(element), kind, 'markup', where, element);
    for (const text of partsOf(element)) add(text, 'part', 'markup', where, element);
  }
  for (const element of witnesses.titles.slice(0, 40)) {
    if (element.end - element.order > 12) continue;
    add(visibleText(element), 'classed', 'markup', describe(element), element);
  }
  add(witnesses.title, 'title', 'markup', 'title');
  for (const text of titleSegments(witnesses.title)) add(text, 'titlePart', 'markup', 'title');
  add(witnesses.input.lead?.title, 'lead', 'feed', 'lead');
  return titles;
}

/** Whether an attribute's text was cut off by a quotation mark in it, before which a whole text goes on. */
export const isTorn = (value: string, whole: string | undefined): boolean =>
  whole !== undefined &&
  whole.length > value.length &&
  whole.startsWith(value) &&
  /^\s*["']/.test(whole.slice(value.length));

const firstHeadings = ({ headings }: Witnesses): string[] =>
  headings
    .filter(({ tag }) => tag.name === 'h1')
    .slice(0, 3)
    .map((element) => visibleText(element));

const NO_PARTS: readonly string[] = [];

/** A heading without its kicker: what stands in it behind its first element, and each element's own text. */
function partsOf(heading: Element): readonly string[] {
  let outer = heading;
  // One element around all of it adds nothing.
  for (let only = onlyChild(outer); only; only = onlyChild(outer)) outer = only;
  if (outer.firstChild === outer.lastChild) return NO_PARTS;
  const pieces: string[] = [];
  for (let child = outer.firstChild; child; child = child.next) {
    const text = child.type === 'text' ? oneLine(child.data) : isHidden(child) ? '' : visibleText(child);
    if (text !== '') pieces.push(text);
  }
  if (pieces.length < 2 || pieces.length > 6) return NO_PARTS;
  return [...new Set([pieces.slice(1).join(' '), ...pieces.filter((piece) => piece.includes(' '))])];
}

function onlyChild(element: Element): Element | undefined {
  let only: Node | undefined;
  for (let child = element.firstChild; child; child = child.next) {
    if (child.type === 'text' && child.data.trim() === '') continue;
    if (only) return undefined;
    only = child;
  }
  return only?.type === 'tag' ? only : undefined;
}

function penalty(element: Element): number {
  let cost = 0;
  let node: Parent | null = element;
  for (let depth = 0; node && node.type === 'tag' && depth < 12; depth++) {
    const { name } = node.tag;
    if (name === 'nav' || name === 'footer' || name === 'aside' || name === 'dialog') cost += 0.3;
    else if (name === 'a' && depth > 0) cost += 0.1;
    else if (name === 'li') cost += 0.1;
    if (isHidden(node)) cost += 0.15;
    if (depth < 5 && WIDGET.names(node)) cost += 0.15;
    node = node.parent;
  }
  return Math.min(0.5, cost);
}
