/**
 * Everything on a page that names an author. In: the witnesses and where the article stands. Out: lines, each with the
 * names it gives, what it was read from and how near it is to the article. Never: a choice between them.
 */
import { normalizeUrl } from '../../url.js';
import { type Candidate, describe, type Source } from '../candidate.js';
import { type JsonValue, textValue, urlValue, valuesOf } from '../data/json-ld.js';
import { type ArticlePlace, nearness, nearOrders } from '../date/place.js';
import { after, type Element, firstFrom } from '../page/tree.js';
import { oneLine, visibleText } from '../page/visible.js';
import { fold } from '../text/words.js';
import type { Witnesses } from '../witnesses.js';
import { isOfHelper, isSectionLink, readBylines } from './bylines.js';
import { isFullName, isHandle, type NameKind, readNames } from './names.js';
import { pictureShare, Surroundings } from './near.js';

/** What a line was read from. */
export type LineKind =
  | 'linked'
  | 'creator'
  | 'metaStrong'
  | 'metaWeak'
  | 'property'
  | 'rel'
  | 'page'
  | 'byline'
  | 'text'
  | 'within'
  | 'dated'
  | 'signature'
  | 'source';

export interface Line extends Candidate<readonly string[]> {
  readonly kind: LineKind;
  readonly kinds: ReadonlyMap<string, NameKind>;
}

export interface Collected {
  readonly lines: readonly Line[];
  /** Folded name → address of the author's page. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Folded names of those who helped: photographers, editors, translators. */
  readonly helpers: ReadonlySet<string>;
}

/** `<meta>` names that speak of an author, lower-cased: `parsely-author`, `sailthru.author`, `byl`, `branch:deeplink:authorName1`. */
const META_AUTHOR = /(?:author(?:s|[_-]?name)?|creator(?:\.personalname)?|byl(?:ine)?(?:_name)?|writer|autor)\d{0,2}$/;
/** Of these, the ones that often name the site's owner; the others are written per article. */
const META_OWNER =
  /^(?:(?:og:)?(?:article[:.-])?authors?|(?:dc(?:terms)?[.:])?creator(?:\.personalname)?|rbauthors|author-name|ob:author|autor)$/;
/** Legal forms of companies, as they are written. */
const COMPANY =
  /(?<![\p{L}.])(?:GmbH|AG|KG|e\.K\.|UG|Ltd|LLC|Inc|Corp|PLC|S\.?r\.?l|SAS|SARL|S\.A\.|S\.L\.|B\.V\.|N\.V\.|Kft|Sp\. z o\. ?o|s\.r\.o|ApS|Oy|Pty|ООО|ЗАО|有限公司|株式会社)(?!\p{L})/u;
/** Accounts of social networks, and who made the page's app or template. */
const META_OTHER = /^(?:twitter:|content-|smartbanner:)/;
/** Elements of a byline that are looked at. */
const MAX_INNER = 80;
/** Authors' elements in one byline. */
const MAX_SIDE_BY_SIDE = 12;
/** More `<meta>` of one name are a list of something else. */
const MAX_META = 30;

/** How far each kind of line is trusted right at the article. */
export const LINE_WEIGHTS: Readonly<Record<LineKind, number>> = {
  linked: 0.85,
  creator: 0.7,
  metaStrong: 0.78,
  metaWeak: 0.66,
  property: 0.75,
  rel: 0.7,
  page: 0.55,
  byline: 0.62,
  text: 0.55,
  within: 0.35,
  dated: 0.4,
  signature: 0.4,
  source: 0.4,
};

/** The label of a card's pair of values that is about the author. */
const CARD_LABEL = /written|by|author|verfasst|geschrieben|écrit|escrito|scritto|geschreven|napisa|автор/i;
/** Addresses of people's own pages on a site. */
const AUTHOR_PAGE =
  /\/(?:authors?|autor(?:es|en|in)?|auteurs?|autor[ei]|autori|writers?|journalist(?:s|es|en|as)?|journalistes?|periodistas?|contributors?|profile?s?|staff(?:-writers)?|redaktion|redakteure?|redacteurs?|reporters?|reporter-bio|editors?|correspondents|columnists?|columnistas?|users?|members?|u|kolumnist(?:en)?|yazar(?:lar)?|penulis|skribent(?:er)?|byline|bio|signature|firmas?)\/[^/]|[?&](?:author|autor|uid|user|u)=|user-?(?:uebersicht|info|profile?)/i;
const ELSEWHERE_LINK =
  /^(?:mailto|tel|javascript):|log-?(?:in|out)|sign-?(?:in|up)|\/reg_|regist|account|password|twitter\.com|facebook\.com|\/\/x\.com|instagram|linkedin|bsky/i;
/** Elements longer than this are no byline but a box about the author. */
const SHORT = 120;
/** Longer texts in scripts without capitals are boxes about an author. */
const MAX_CASELESS = 30;
/** How near a marked element must be to count. */
const NEAR = 0.08;
/** Surroundings below it are a widget's. */
const ELSEWHERE = 0.5;
const ELSEWHERE_BETWEEN = 0.4;
/** Of elements that mark authors, those that are much farther than the nearest belong to other articles. */
const AS_NEAR = 0.6;

/** Lines of a page's data that list authors. */
const LISTED: ReadonlySet<LineKind> = new Set(['linked', 'creator', 'metaStrong']);

export function collectAuthors(witnesses: Witnesses, place: ArticlePlace, siteNames: readonly string[]): Collected {
  const collector = new Collector(witnesses, place);
  collector.linked();
  collector.meta();
  collector.marked();
  collector.pages();
  const listed = new Set(
    collector.lines.filter(({ kind }) => LISTED.has(kind)).flatMap(({ value }) => value.map(fold)),
  );
  const { lines, helpers } = readBylines(place, collector.surroundings, siteNames, listed);
  for (const { names, kind, where, near } of lines) collector.add(names, kind, 'text', where, near);
  return { lines: collector.lines, addresses: collector.addresses, helpers };
}

const NO_KINDS: ReadonlyMap<string, NameKind> = new Map();

class Collector {
  readonly lines: Line[] = [];
  readonly addresses = new Map<string, string>();
  readonly surroundings: Surroundings;
  constructor(
    readonly witnesses: Witnesses,
    readonly place: ArticlePlace,
  ) {
    this.surroundings = new Surroundings(place);
  }

  add(
    names: readonly string[],
    kind: LineKind,
    from: Source,
    where: string,
    near = 1,
    kinds: ReadonlyMap<string, NameKind> = NO_KINDS,
  ): void {
    if (names.length === 0) return;
    const value = [...new Map(names.map((name) => [fold(name), name])).values()].filter((name) => fold(name) !== '');
    if (value.length > 0) this.lines.push({ value, weight: LINE_WEIGHTS[kind] * near, from, where, kind, kinds });
  }

  linked(): void {
    const { linked, article, articleFrom } = this.witnesses;
    for (const [key, kind] of [
      ['author', 'linked'],
      ['creator', 'creator'],
    ] as const) {
      const names: string[] = [];
      const kinds = new Map<string, NameKind>();
      for (const value of valuesOf(linked, article, key)) this.#linkedName(value, names, kinds);
      this.add(names, kind, articleFrom, key, 1, kinds);
    }
  }

  #linkedName(value: JsonValue, names: string[], kinds: Map<string, NameKind>): void {
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    const type = isObject ? textValue(value['@type']) : undefined;
    // One thing with a list of names, each a person's.
    const texts = isObject && Array.isArray(value.name) ? value.name.map(textValue) : [textValue(value)];
    const list = texts.flatMap((text) => (text === undefined ? [] : readNames(text, this.place.languages)));
    const given = isObject || typeof value === 'string' ? urlValue(isObject ? (value.url ?? value['@id']) : value) : '';
    // A name where an address should stand would be read as one below the page's.
    const address = given !== undefined && /^[^\s/]*\/\S*$/.test(given) ? given : undefined;
    if (list.length === 0 && address !== undefined) list.push(...nameInAddress(address));
    for (const name of list) {
      if (names.includes(name)) continue;
      names.push(name);
      if (type !== undefined && /organization/i.test(type)) kinds.set(name, 'Organization');
      if (address !== undefined && list.length === 1) this.#remember(name, address);
    }
  }

  /** The page's address; empty where it has none. */
  #own: string | undefined;

  #remember(name: string, href: string): void {
    const address = normalizeUrl(href, this.witnesses.base);
    const key = fold(name);
    this.#own ??= normalizeUrl(this.witnesses.input.url) ?? '';
    if (address === undefined || this.addresses.has(key) || address === this.#own) return;
    if (/^https?:\/\/[^/]+\/?$/.test(address)) return;
    this.addresses.set(key, address);
  }

  meta(): void {
    const { meta } = this.witnesses;
    const found = new Map<string, string[]>();
    for (const [name, values] of meta) {
      if (!META_AUTHOR.test(name) || META_OTHER.test(name)) continue;
      const names = values
        .slice(0, MAX_META)
        .flatMap((value) => (/^(?:https?:)?\/\//.test(value) ? [] : readNames(invert(value), this.place.languages)));
      // `authorName1`, `authorName2`: one list.
      const key = name.replace(/\d+$/, '');
      found.set(key, [...(found.get(key) ?? []), ...names]);
    }
    for (const [name, names] of found) {
      const from = /^(?:article|og):/.test(name) ? 'opengraph' : 'meta';
      const isOwner = META_OWNER.test(name);
      const signing = withoutPlaces(isOwner ? names.filter((each) => !this.#isUnseenCompany(each)) : names);
      this.add(signing, isOwner ? 'metaWeak' : 'metaStrong', from, name);
    }
    for (const n of [1, 2]) {
      const label = meta.get(`twitter:label${n}`)?.[0];
      const value = meta.get(`twitter:data${n}`)?.[0];
      if (label === undefined || value === undefined || !CARD_LABEL.test(label)) continue;
      this.add(readNames(value, this.place.languages), 'metaStrong', 'meta', `twitter:data${n}`);
    }
  }

  /** A company that the page does not show made the site, or runs it; whose release it is, stands in the text. */
  #isUnseenCompany(name: string): boolean {
    return COMPANY.test(name) && !this.place.runs.some(({ text }) => text.includes(name));
  }

  /** Microdata, rel=author, and elements whose class speaks of an author. */
  marked(): void {
    const { properties, bylines } = this.witnesses;
    const done = new Set<Element>();
    const marked = new Nearest();
    for (const element of properties.get('author')?.slice(0, MAX_SIDE_BY_SIDE) ?? []) {
      done.add(element);
      const near = this.#nearness(element);
      if (near >= NEAR) marked.put(this.#namesIn(element), near);
    }
    this.add(marked.names, 'property', 'microdata', 'author', Math.max(0.4, marked.near));
    let read = 0;
    const rel = new Nearest();
    /** Elements of one kind side by side are one byline: one element for each author. */
    const rows = new Map<string, { names: string[]; near: number; count: number; last: number }>();
    for (const element of bylines) {
      if (done.has(element) || element.end - element.order > 60 || element.tag.name === 'button') continue;
      const near = this.#nearness(element);
      if (near < NEAR) continue;
      if (++read > 60) break;
      const names = this.#namesIn(element);
      if (names.length === 0) continue;
      const where = describe(element);
      if (element.attribs.rel?.toLowerCase().includes('author')) {
        rel.put(names, near);
      } else this.add(names, 'byline', 'markup', where, near * (visibleText(element).length > SHORT ? 0.7 : 1));
      const row = rows.get(where);
      if (!row) rows.set(where, { names: [...names], near, count: 1, last: element.order });
      else if (element.order - row.last < 40) {
        row.names.push(...names);
        row.count++;
        row.last = element.order;
      }
    }
    this.add(rel.names, 'rel', 'markup', 'rel=author', rel.near);
    for (const [where, { names, near, count }] of rows) {
      if (count > 1 && new Set(names.map(fold)).size > 1) this.add(names, 'byline', 'markup', where, near);
    }
  }

  /** Links near the headline or the body's end that lead to a person's page. */
  pages(): void {
    const pages = new Nearest();
    let read = 0;
    const { elements } = this.witnesses.document;
    const { from, to } = nearOrders(this.place);
    for (let at = firstFrom(elements, from); at < elements.length; at++) {
      const element = elements[at]!;
      if (element.order > to) break;
      if (element.tag.name !== 'a' || nearness(element.order, this.place) < 0.5) continue;
      const { href } = element.attribs;
      if (href === undefined || !AUTHOR_PAGE.test(href) || ELSEWHERE_LINK.test(href)) continue;
      if (++read > 200) break;
      const near = this.#nearness(element);
      if (near >= 0.5) pages.put(this.#linkNames(element, href), near);
    }
    if (pages.names.length < 9) this.add(pages.names, 'page', 'markup', 'a[author]', pages.near);
  }

  /** Nearness to the article; names beside a picture are its photographer's. */
  #nearness(element: Element): number {
    // Comments and teasers have authors of their own.
    const around = this.surroundings.weightOf(element, this.#isBetween(element) ? ELSEWHERE_BETWEEN : ELSEWHERE);
    return around === 0 ? 0 : nearness(element.order, this.place) * around * pictureShare(element, this.place);
  }

  /** Between headline and body also boxes with a widget's name hold the byline. */
  #isBetween({ order }: Element): boolean {
    const { headline, bodyStart } = this.place;
    return headline !== undefined && bodyStart !== undefined && order > headline && order < bodyStart;
  }

  /** The names that an element shows, or those of several authors' own elements inside of it. */
  #namesIn(element: Element): readonly string[] {
    const inner = elementsIn(element);
    const authors = inner.filter((one) => one !== element && hasProperty(one, AUTHOR));
    if (authors.length < 2) return this.#namesOf(element, inner);
    return authors.slice(0, MAX_SIDE_BY_SIDE).flatMap((author) => this.#namesOf(author, elementsIn(author)));
  }

  /** Its links to author pages where it has some, its text otherwise. */
  #namesOf(element: Element, inner: readonly Element[]): readonly string[] {
    const { languages } = this.place;
    if (element.attribs.content !== undefined) return readNames(oneLine(element.attribs.content), languages);
    const linked: string[] = [];
    const name = inner.find((one) => one !== element && hasProperty(one, NAME));
    if (name) return readNames(name.attribs.content ?? visibleText(name), languages);
    const links = inner.filter(
      ({ tag, attribs: { href } }) => tag.name === 'a' && href !== undefined && !ELSEWHERE_LINK.test(href),
    );
    // A box about an author also links their topics and papers.
    const pages = links.filter(({ attribs: { href } }) => AUTHOR_PAGE.test(href!));
    for (const one of pages.length > 0 ? pages : links) {
      if (!isSection(one)) linked.push(...this.#linkNames(one, one.attribs.href!));
    }
    if (linked.length > 0) return links.some(isSection) ? linked : this.#withUnlinked(linked, visibleText(element));
    const parted = partedText(element);
    if (parted !== undefined) return readNames(parted, languages, true).filter(isFullName);
    const text = visibleText(element);
    if (isOfHelper(text)) return [];
    // Without capitals nothing tells a name from other words of a box.
    return text.length > MAX_CASELESS && !/\p{Lu}/u.test(text) ? [] : readNames(text, languages, true);
  }

  /** "By Jane Doe and John Roe", of whom one has a page. */
  #withUnlinked(linked: readonly string[], text: string): readonly string[] {
    const all = text.length > SHORT ? [] : readNames(text, this.place.languages, true);
    const isMore = all.length > linked.length && all.every(isFullName) && linked.every((name) => all.includes(name));
    return isMore ? all : linked;
  }

  /** A link's text as names; on a link to an author's page also a handle is one. */
  #linkNames(element: Element, href: string): readonly string[] {
    const text = visibleText(element);
    if (text.length > 100) return [];
    let names = readNames(text, this.place.languages, true);
    if (
      names.length === 0 &&
      isHandle(text) &&
      (AUTHOR_PAGE.test(href) || element.attribs.rel?.includes('author') || isNamedIn(href, text))
    )
      names = [text];
    for (const name of names) this.#remember(name, href);
    return names;
  }
}

/** "https://jdoe.example.org/", "/~jdoe", "/@jdoe": the account's own page. */
const isNamedIn = (href: string, account: string): boolean =>
  href.startsWith(`https://${account}.`) || (/[/~@]$/.test(href.slice(0, -account.length)) && href.endsWith(account));

/** The text of an element with commas between its parts, where these are glued: "Jane DoeReporter". */
function partedText(element: Element): string | undefined {
  const texts: string[] = [];
  let isGlued = false;
  for (let node = after(element, element); node && texts.length < MAX_INNER; node = after(node, element)) {
    if (node.type !== 'text' || node.data === '') continue;
    isGlued ||= /^\p{Lu}/u.test(node.data) && /\p{Ll}$/u.test(texts.at(-1)?.slice(-2) ?? '');
    texts.push(node.data);
  }
  return isGlued ? oneLine(texts.filter((text) => text.trim() !== '').join(', ')) : undefined;
}

const AUTHOR = /(?:^|\s)author(?:\s|$)/;
const NAME = /(?:^|\s)name(?:\s|$)/;

const hasProperty = ({ attribs: { itemprop } }: Element, name: RegExp): boolean =>
  itemprop !== undefined && name.test(itemprop);

/** An element and those in it, in the page's order, up to a bound. */
function elementsIn(element: Element): readonly Element[] {
  const inner: Element[] = [];
  const walk: Element[] = [element];
  for (let next = walk.pop(); next && inner.length < MAX_INNER; next = walk.pop()) {
    inner.push(next);
    for (let child = next.lastChild; child; child = child.prev) if (child.type === 'tag') walk.push(child);
  }
  return inner;
}

/** "By Jane Doe in Economy": what a link behind such a word leads to is no author. */
const BEFORE_SECTION = /(?:^|\s)(?:in|dans|en|em|unter|under)\s*$/i;

function isSection(link: Element): boolean {
  const before = link.prev?.type === 'text' ? link.prev.data : '';
  return isSectionLink(link) || BEFORE_SECTION.test(before);
}

/** Names of the nearest elements of a kind. */
class Nearest {
  #found: { names: readonly string[]; near: number }[] = [];
  near = 0;

  put(names: readonly string[], near: number): void {
    if (names.length === 0) return;
    this.#found.push({ names, near });
    this.near = Math.max(this.near, near);
  }

  get names(): string[] {
    return this.#found.filter(({ near }) => near >= this.near * AS_NEAR).flatMap(({ names }) => names);
  }
}

/** "https://www.example.org/authors/jane-doe/": linked data may give no more of a person. */
function nameInAddress(address: string): string[] {
  const slug = AUTHOR_PAGE.test(address) ? /\/(\p{Ll}+(?:-\p{Ll}+){1,3})\/?$/u.exec(address)?.[1] : undefined;
  if (slug === undefined) return [];
  const name = slug.replace(/(?:^|-)\p{Ll}/gu, (start) => start.replace('-', ' ').toUpperCase());
  return isFullName(name) ? [name] : [];
}

/** "Doe, Jane" as library metadata writes it. */
function invert(name: string): string {
  const found = /^(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}.'’-]*(?: \p{Lu}\.?)?)$/u.exec(name);
  return found ? `${found[2]} ${found[1]}` : name;
}

/** "example.org, Frankfurt, Germany": what follows a domain in one value is where its office is. */
function withoutPlaces(names: readonly string[]): readonly string[] {
  return names.length > 1 && /^[\w-]+\.\w{2,3}$/.test(names[0]!) ? names.slice(0, 1) : names;
}
