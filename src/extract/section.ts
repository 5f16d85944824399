/**
 * Which part of the paper the article stands in. In: the witnesses and the headline. Out: sections, outermost first.
 * Never: "Home", the headline itself, the site's name.
 */
import { type Candidate, describe, heaviest, type Verdict } from './candidate.js';
import type { ArticlePlace } from './date/place.js';
import { textValue, valuesOf } from './json-ld.js';
import { wordsOf } from './tokens.js';
import type { Element } from './tree.js';
import { visibleText } from './visible.js';
import type { Witnesses } from './witnesses.js';
import { fold } from './words.js';

const META_SECTIONS: readonly (readonly [name: string, weight: number])[] = [
  ['article:section', 0.85],
  ['og:section', 0.8],
  ['parsely-section', 0.75],
  ['cxenseparse:section', 0.7],
  ['sailthru.section', 0.7],
  ['dcterms.subject', 0.3],
  ['article:subsection', 0.4],
  ['section', 0.6],
  ['category', 0.5],
];

/** What the first crumb is called; it is the way home, no section. */
const HOME =
  /^(?:home ?page|home|start(?:seite)?|accueil|inicio|in[íi]cio|homepage|hjem|hem|etusivu|strona główna|dom[ůu]|főoldal|главная|головна|начало|ana ?sayfa|beranda|trang chủ|首页|首頁|ホーム|トップ|홈|الرئيسية|ראשי|होम|you are here|sie sind hier|news ?home)$/i;

export function readSections(
  witnesses: Witnesses,
  place: ArticlePlace,
  headline: string | undefined,
  siteNames: readonly string[],
): Verdict<readonly string[]> | undefined {
  const banned = new Set([...(headline === undefined ? [] : [headline]), ...siteNames].map(fold));
  const clean = (names: readonly (string | undefined)[]): string[] => {
    const kept: string[] = [];
    for (const raw of names) {
      const name = raw?.replace(/^[\s>»›/|:·]+|[\s>»›/|:·]+$/g, '');
      if (name === undefined || name === '' || name.length > 60 || HOME.test(name) || /^https?:/.test(name)) continue;
      const folded = fold(name);
      if (folded === '' || banned.has(folded) || kept.some((other) => fold(other) === folded)) continue;
      kept.push(name);
    }
    return kept.slice(0, 8);
  };
  const candidates: Candidate<readonly string[]>[] = [];
  const add = (names: readonly (string | undefined)[], from: Candidate['from'], where: string, weight: number) => {
    const value = clean(names);
    if (value.length > 0) candidates.push({ value, from, where, weight });
  };
  const { linked, article, meta } = witnesses;
  add(valuesOf(linked, article, 'articleSection').flatMap(listed), 'json-ld', 'articleSection', 0.9);
  for (const [name, weight] of META_SECTIONS) {
    const values = meta.get(name);
    if (values) add(values.slice(0, 6), name.includes(':') ? 'opengraph' : 'meta', name, weight);
  }
  const crumbs = linked.things.find(({ types }) => types.includes('BreadcrumbList'));
  if (crumbs) {
    const items = valuesOf(linked, crumbs.object, 'itemListElement').map((item) =>
      item !== null && typeof item === 'object' && !Array.isArray(item)
        ? (textValue(item.name) ?? textValue(item.item))
        : undefined,
    );
    add(items, 'json-ld', 'BreadcrumbList', 0.7);
  }
  visible(witnesses, place, add);
  return heaviest(candidates);
}

function listed(value: unknown): string[] {
  const text = textValue(value as never);
  if (text === undefined) return [];
  return /[,;]/.test(text) && text.length > 25 ? text.split(/\s*[,;]\s*/) : [text];
}

/** Crumbs and kickers over the headline. */
function visible(
  witnesses: Witnesses,
  { headline }: ArticlePlace,
  add: (names: readonly string[], from: Candidate['from'], where: string, weight: number) => void,
): void {
  let read = 0;
  for (const element of witnesses.sections) {
    if (element.end - element.order > 80 || (headline !== undefined && element.order > headline + 40)) continue;
    if (headline !== undefined && element.order < headline && element.end >= headline) continue;
    if (++read > 20) break;
    const isCrumbs = wordsOf(element).some(({ text }) => text.startsWith('breadcrumb') || text.startsWith('crumb'));
    const links = linksIn(element).map((link) => visibleText(link));
    if (isCrumbs) add(links, 'markup', describe(element), 0.6);
    else if (headline !== undefined && Math.abs(headline - element.order) < 60) {
      const text = visibleText(element);
      if (text.length < 40)
        add(links.length > 0 && links.length < 4 ? links : [text], 'markup', describe(element), 0.45);
    }
  }
}

function linksIn(element: Element): Element[] {
  const links: Element[] = [];
  const walk: Element[] = [element];
  for (let next = walk.pop(); next; next = walk.pop()) {
    if (next.tag.name === 'a' && next.attribs.href !== undefined) links.push(next);
    for (let child = next.lastChild; child; child = child.prev) if (child.type === 'tag') walk.push(child);
  }
  return links;
}
