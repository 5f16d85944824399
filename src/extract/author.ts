/**
 * Who wrote the article. In: the witnesses and where the article stands. Out: people and, apart from them,
 * organisations, each with the address of their page where the page links it. Never: the site's name where a person
 * signs, a job title, a handle.
 */

import { normalizeUrl } from '../url.js';
import type { Candidate, Source, Verdict } from './candidate.js';
import type { ArticlePlace } from './date/place.js';
import { describe } from './headline.js';
import { type JsonValue, textValue, urlValue, valuesOf } from './json-ld.js';
import { kindOfName, type NameKind, readNames } from './names.js';
import { tokensOf } from './tokens.js';
import type { Element, Parent } from './tree.js';
import { oneLine, visibleText } from './visible.js';
import type { Witnesses } from './witnesses.js';
import { fold } from './words.js';

export interface Author {
  readonly '@type': NameKind;
  readonly name: string;
  readonly url?: string;
}

interface Line extends Candidate<readonly string[]> {
  readonly kinds: ReadonlyMap<string, NameKind>;
  readonly source: string;
}

/** By lower-cased `<meta>` name. */
const META_AUTHORS: Readonly<Record<string, number>> = {
  'parsely-author': 0.8,
  'sailthru.author': 0.75,
  'sailthru.authors': 0.75,
  citation_author: 0.85,
  'dc.creator': 0.68,
  'dcterms.creator': 0.68,
  'dc.creator.personalname': 0.7,
  'cxenseparse:author': 0.75,
  'cxenseparse:recs:author': 0.75,
  'article:author_name': 0.75,
  'article:author': 0.68,
  'article.author': 0.68,
  'og:article:author': 0.68,
  'og:author': 0.65,
  rbauthors: 0.6,
  byl: 0.72,
  author: 0.66,
  authors: 0.66,
  'author-name': 0.66,
  'bt:author': 0.7,
  'ob:author': 0.6,
  'article-author': 0.66,
  creator: 0.5,
  autor: 0.6,
};

/** Class words around names that are not the author's. */
const ELSEWHERE = new Set(
  'comment comments commentlist reply replies related recommended sidebar widget teaser teasers footer nav navigation menu caption credit credits copyright image img photo avatar popular trending latest card cards share social newsletter'.split(
    ' ',
  ),
);

export interface AuthorVerdict extends Verdict<readonly Author[]> {}

export function readAuthors(
  witnesses: Witnesses,
  place: ArticlePlace,
  siteNames: readonly string[],
): AuthorVerdict | undefined {
  const collector = new Collector(witnesses, place, siteNames);
  collector.linked();
  collector.meta();
  collector.marked();
  collector.visible();
  return elect(collector, siteNames);
}

class Collector {
  readonly lines: Line[] = [];
  /** Folded name → address of the author's page. */
  readonly addresses = new Map<string, string>();
  constructor(
    readonly witnesses: Witnesses,
    readonly place: ArticlePlace,
    readonly siteNames: readonly string[],
  ) {}

  #add(
    names: readonly string[],
    weight: number,
    from: Source,
    where: string,
    source: string,
    kinds: ReadonlyMap<string, NameKind> = new Map(),
  ): void {
    if (names.length === 0 || weight <= 0) return;
    this.lines.push({ value: names, weight, from, where, source, kinds });
  }

  linked(): void {
    const { linked, article } = this.witnesses;
    for (const [key, weight] of [
      ['author', 0.85],
      ['creator', 0.7],
    ] as const) {
      const names: string[] = [];
      const kinds = new Map<string, NameKind>();
      for (const value of valuesOf(linked, article, key)) this.#linkedName(value, names, kinds);
      this.#add(names, weight, 'json-ld', key, `json-ld ${key}`, kinds);
    }
  }

  #linkedName(value: JsonValue, names: string[], kinds: Map<string, NameKind>): void {
    const text = textValue(value);
    if (text === undefined) return;
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    const type = isObject ? textValue(value['@type']) : undefined;
    const list = readNames(text, this.place.languages);
    const address = isObject ? urlValue(value.url) : undefined;
    for (const name of list) {
      if (names.includes(name)) continue;
      names.push(name);
      if (type !== undefined && /organization/i.test(type)) kinds.set(name, 'Organization');
      if (address !== undefined && list.length === 1) this.#remember(name, address);
    }
  }

  #remember(name: string, href: string): void {
    const address = normalizeUrl(href, this.witnesses.base);
    const key = fold(name);
    if (address === undefined || this.addresses.has(key) || address === normalizeUrl(this.witnesses.input.url)) return;
    if (/^https?:\/\/[^/]+\/?$/.test(address)) return;
    this.addresses.set(key, address);
  }

  meta(): void {
    const { meta } = this.witnesses;
    for (const name in META_AUTHORS) {
      const values = meta.get(name)?.slice(0, 30);
      if (!values) continue;
      const names = values.flatMap((value) =>
        /^(?:https?:)?\/\//.test(value) ? [] : readNames(invert(value), this.place.languages),
      );
      this.#add(
        [...new Set(names)],
        META_AUTHORS[name]!,
        /^(?:article|og):/.test(name) ? 'opengraph' : 'meta',
        name,
        `meta ${name}`,
      );
    }
    for (const n of [1, 2]) {
      const label = meta.get(`twitter:label${n}`)?.[0];
      const value = meta.get(`twitter:data${n}`)?.[0];
      if (
        label === undefined ||
        value === undefined ||
        !/written|by|author|verfasst|geschrieben|écrit|escrito|scritto|geschreven|napisa|автор|written/i.test(label)
      )
        continue;
      this.#add(readNames(value, this.place.languages), 0.7, 'meta', `twitter:data${n}`, 'twitter');
    }
  }

  /** Microdata, rel=author, and elements whose class speaks of an author. */
  marked(): void {
    const { properties, bylines } = this.witnesses;
    const done = new Set<Element>();
    const named: string[] = [];
    for (const element of properties.get('author')?.slice(0, 12) ?? []) {
      done.add(element);
      if (this.#placeWeight(element) < 0.3) continue;
      for (const name of this.#namesIn(element)) if (!named.includes(name)) named.push(name);
    }
    this.#add(named, 0.75, 'microdata', 'author', 'microdata');
    let read = 0;
    const rel: string[] = [];
    for (const element of bylines) {
      if (done.has(element) || element.end - element.order > 60) continue;
      const near = this.#placeWeight(element);
      if (near < 0.3) continue;
      if (++read > 60) break;
      const names = this.#namesIn(element);
      if (names.length === 0) continue;
      if (element.attribs.rel?.toLowerCase().includes('author')) {
        for (const name of names) if (!rel.includes(name)) rel.push(name);
        continue;
      }
      const size = visibleText(element).length;
      this.#add(names, near * (size > 120 ? 0.45 : 0.62), 'markup', describe(element), 'byline');
    }
    this.#add(rel, 0.7, 'markup', 'rel=author', 'rel');
  }

  /** The names that an element shows: its links to author pages where it has some, its text otherwise. */
  #namesIn(element: Element): string[] {
    if (element.attribs.content !== undefined) return readNames(oneLine(element.attribs.content), this.place.languages);
    const linked: string[] = [];
    const inner: Element[] = [];
    const walk: Element[] = [element];
    for (let next = walk.pop(); next && inner.length < 80; next = walk.pop()) {
      inner.push(next);
      for (let i = next.children.length - 1; i >= 0; i--) {
        const child = next.children[i]!;
        if (child.type === 'tag') walk.push(child);
      }
    }
    const name = inner.find((one) => one !== element && /(?:^|\s)name(?:\s|$)/.test(one.attribs.itemprop ?? ''));
    if (name) return readNames(name.attribs.content ?? visibleText(name), this.place.languages);
    for (const one of inner) {
      const { href } = one.attribs;
      if (
        one.tag.name !== 'a' ||
        href === undefined ||
        /^(?:mailto|tel|javascript):|twitter\.com|facebook\.com|x\.com|instagram|linkedin/i.test(href)
      )
        continue;
      const text = visibleText(one);
      for (const found of readNames(text, this.place.languages, true)) {
        if (!linked.includes(found)) linked.push(found);
        this.#remember(found, href);
      }
    }
    return linked.length > 0 ? linked : readNames(visibleText(element), this.place.languages, true);
  }

  /** Visible lines that begin as bylines do. */
  visible(): void {
    const { runs, headline, bodyStart } = this.place;
    const anchor = headline ?? bodyStart;
    if (anchor === undefined) return;
    for (const run of runs) {
      const { text } = run;
      if (text.length > 160 || !BYLINE.test(text)) continue;
      const { order } = run.texts[0]!;
      const distance = order - anchor;
      if (distance < -40 || (distance > 150 && (bodyStart === undefined || order > bodyStart + 20))) continue;
      this.#add(readNames(text, this.place.languages, true), 0.5, 'text', 'byline', 'text');
    }
  }

  #placeWeight(element: Element): number {
    const { headline, bodyStart, bodyEnd } = this.place;
    const anchor = headline ?? bodyStart;
    let weight = 0.8;
    if (anchor !== undefined) {
      const from = Math.min(anchor, bodyStart ?? anchor);
      const to = Math.max(anchor, bodyStart ?? anchor);
      const { order } = element;
      if (order >= from && order <= to) weight = 1;
      else if (order < from) weight = from - order < 60 ? 0.85 : 0.4;
      else if (bodyEnd !== undefined && order > bodyEnd) weight = order - bodyEnd < 100 ? 0.7 : 0.35;
      else weight = order - to < 60 ? 0.85 : 0.55;
    }
    let node: Parent | null = element;
    for (let depth = 0; node && node.type === 'tag' && depth < 8; depth++) {
      const { name } = node.tag;
      if (name === 'footer' || name === 'nav' || name === 'figure' || name === 'figcaption') weight *= 0.5;
      if (tokensOf(node).some((token) => ELSEWHERE.has(token))) weight *= 0.5;
      node = node.parent;
    }
    return weight;
  }
}

/** Lines that say who wrote in so many words; one letter case each, so that prose does not match. */
const BYLINE =
  /^(?:(?:Written |Story |Words |Text |Posted |Reported |Report |Reporting )?[Bb]y|BY|Von|VON|Par|PAR|Por|POR|Door|DOOR|Av|Af|Autor(?:in|en)?|Author|Auteur|Autore|Автор|Text|Tekst|Yazar|Oleh|Penulis|Tác giả|作者|記者|記者|文|글|بقلم)[\s:：]\s*\S/u;

/** "Doe, Jane" as library metadata writes it. */
function invert(name: string): string {
  const found = /^(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}.'’-]*(?: \p{Lu}\.?)?)$/u.exec(name);
  return found ? `${found[2]} ${found[1]}` : name;
}

/** The line wins whose names the others repeat most. */
function elect({ lines, addresses }: Collector, siteNames: readonly string[]): AuthorVerdict | undefined {
  const site = new Set(siteNames.map(fold));
  const usable = lines
    .map((line) => ({ ...line, value: line.value.filter((name) => fold(name) !== '') }))
    .filter(({ value }) => value.length > 0);
  let best: (typeof usable)[number] | undefined;
  let bestScore = 0;
  const scored = usable.map((line) => {
    const isSite = line.value.every((name) => site.has(fold(name)));
    const people = line.value.some((name) => (line.kinds.get(name) ?? kindOfName(name, siteNames)) === 'Person');
    let doubt = 1 - line.weight * (isSite ? 0.3 : people ? 1 : 0.75);
    const own = new Set(line.value.map(fold));
    const sources = new Set([line.source]);
    for (const other of usable) {
      if (sources.has(other.source)) continue;
      const common = other.value.filter((name) => own.has(fold(name))).length;
      if (common === 0) continue;
      sources.add(other.source);
      doubt *= 1 - (other.weight * 0.6 * (2 * common)) / (own.size + other.value.length);
    }
    const score = 1 - doubt;
    if (score > bestScore) {
      best = line;
      bestScore = score;
    }
    return { line, score };
  });
  if (!best) return undefined;
  const { kinds } = best;
  let names = best.value;
  const people = names.filter((name) => !site.has(fold(name)));
  if (people.length > 0) names = people;
  const toAuthor = (name: string): Author => {
    const url = addresses.get(fold(name));
    return { '@type': kinds.get(name) ?? kindOfName(name, siteNames), name, ...(url !== undefined && { url }) };
  };
  return {
    value: names.map(toAuthor),
    from: best.from,
    confidence: Math.round(Math.min(0.99, bestScore) * 100) / 100,
    candidates: scored
      .sort((a, b) => b.score - a.score)
      .map(({ line, score }) => ({
        value: line.value.map(toAuthor),
        from: line.from,
        where: line.where,
        weight: Math.round(score * 100) / 100,
      })),
  };
}
