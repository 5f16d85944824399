/**
 * Which part of the paper the article stands in. In: the witnesses, the headline and who wrote it. Out: sections,
 * outermost first. Never: "Home", the headline or a part of it, the site's name, an author's.
 */
import { normalizeUrl } from '../../url.js';
import { type Candidate, describe, heaviest, type Verdict } from '../candidate.js';
import { isObject, textValue, urlValue, valuesOf } from '../data/json-ld.js';
import type { ArticlePlace } from '../date/place.js';
import { titleSegments } from '../headline/site-suffix.js';
import { namesOf, wordsOf } from '../page/tokens.js';
import type { Element } from '../page/tree.js';
import { visibleText } from '../page/visible.js';
import { isButton } from '../text/buttons.js';
import { isFrontPage } from '../text/front-page.js';
import { fold } from '../text/words.js';
import type { Witnesses } from '../witnesses.js';
import { addressSections } from './address-sections.js';
import type { Filing } from './filing.js';
import { isMachineLabel } from './machine-labels.js';

const META_SECTIONS: readonly (readonly [name: string, weight: number])[] = [
  ['article:section', 0.85],
  ['og:section', 0.8],
  // <meta itemprop>.
  ['articlesection', 0.8],
  ['parsely-section', 0.75],
  ['cxenseparse:section', 0.7],
  ['sailthru.section', 0.7],
  ['dcterms.subject', 0.3],
  ['article:subsection', 0.4],
  ['section', 0.6],
  ['category', 0.5],
];

const LISTED = new Set(META_SECTIONS.map(([name]) => name));
/** What other `<meta>` of a section are called: `sailthru_section`, `dyg:category`. */
const SECTION_NAME = /(?:^|[:._-])(?:section|category|rubric|ressort|rubrik)$/;
/** Longer parts of a title are no section's name; a sign of scripts without spaces says as much as three. */
const MAX_NAME = 30;
const isSectionName = (part: string): boolean =>
  part.length + 2 * (part.match(/[\u3040-\u9fff\uac00-\ud7af]/g) ?? []).length <= MAX_NAME;
/** Kickers and crumbs that lead nowhere: buttons, headings of boxes, ways about in a forum. */
const NO_SECTION =
  /^(?:tweet|share|teilen|partager|compartir|condividi|print|drucken|e-?mail|facebook|twitter|whats ?app|see also|siehe auch|voir aussi|ver también|read more|mehr|\+?more|back|zurück|retour|volver|search|suche|suchen|recherche|buscar|cerca|поиск|board index|foren-(?:übersicht|index)|forum|forums|index du forum|índice general|indice|read also|advertisement|anzeige|werbung|publicité|publicidad|pubblicità|реклама|reklama|(?:apple )?itunes|apple podcasts?|spotify|rss(?:[- ]?feed)?|subscribe|abonnieren|search results|suchergebnisse|(?:main )?navigation|hauptnavigation|details?|kontakt|contact|übersicht|overview|kategorien|categories|shop|all news|alle (?:news|nachrichten|meldungen)|(?:back|zurück) (?:to|zur?|zum) .+|zur startseite|.+ (?:herunterladen|kaufen|schreiben)|download .+)$/iu;
/** What a script has yet to fill in. */
const TEMPLATE = /\{\{/;
/** More are a menu. */
const MAX_SHOWN = 4;
/** Shorter names may be words of a headline by chance. */
const MIN_TITLE = 20;

export function readSections(
  witnesses: Witnesses,
  place: ArticlePlace,
  headline: string | undefined,
  siteNames: readonly string[],
  authors: readonly string[],
  keywords: readonly string[],
  filing: Filing,
): Verdict<readonly string[]> | undefined {
  const title = fold(headline ?? '');
  const banned = new Set([title, ...siteNames.map(fold)]);
  /** A byline looks like a kicker; what machines are told is a section is one, whoever signs with its name. */
  const signed = authors.map(fold);
  /** A crumb for the page itself, under a longer or a shorter title; a kicker that is part of the headline. */
  const isTitle = (folded: string): boolean =>
    title !== '' && folded.length >= MIN_TITLE && (title.includes(folded) || folded.includes(title));
  /** `isShown`: to readers; `isRead`: also crumbs and marked boxes, in which buttons stand. */
  const clean = (names: readonly (string | undefined)[], isShown: boolean, isRead: boolean): string[] => {
    const kept: string[] = [];
    for (const raw of names) {
      const name = raw?.replace(/^[\s<>«»‹›/|:·]+|[\s<>«»‹›/|:·]+$/g, '');
      if (
        name === undefined ||
        name === '' ||
        name.length > 60 ||
        isFrontPage(name) ||
        TEMPLATE.test(name) ||
        isMachineLabel(name)
      )
        continue;
      const folded = fold(name);
      if (
        folded === '' ||
        banned.has(folded) ||
        isTitle(folded) ||
        (isRead && (NO_SECTION.test(name) || isButton(name))) ||
        (isShown && signed.some((author) => isSignedBy(folded, author))) ||
        kept.some((other) => fold(other) === folded)
      )
        continue;
      kept.push(name);
    }
    return kept.slice(0, 8);
  };
  const candidates: Candidate<readonly string[]>[] = [];
  const add = (names: readonly (string | undefined)[], from: Candidate['from'], where: string, weight: number) => {
    const isShown = from === 'markup' || from === 'url';
    const value = clean(names, isShown, isShown || from === 'microdata' || where === 'BreadcrumbList');
    if (value.length > 0) candidates.push({ value, from, where, weight });
  };
  const { linked, articles, articleFrom, meta } = witnesses;
  const home = normalizeUrl('/', witnesses.input.url);
  const pages = new Set([normalizeUrl(witnesses.input.url), witnesses.canonicalUrl]);
  for (const article of articles)
    add(valuesOf(linked, article, 'articleSection').map(textValue).flatMap(listed), articleFrom, 'articleSection', 0.9);
  for (const [name, weight] of META_SECTIONS) {
    const values = meta.get(name);
    if (values) add(values.slice(0, 6).flatMap(listed), name.includes(':') ? 'opengraph' : 'meta', name, weight);
  }
  for (const [name, values] of meta)
    if (SECTION_NAME.test(name) && !LISTED.has(name)) add(values.slice(0, 6).flatMap(listed), 'meta', name, 0.4);
  const shown = (witnesses.properties.get('articlesection') ?? []).flatMap((element) => {
    const links = linksIn(element);
    return (links.length > 0 ? links : [element]).map((each) => visibleText(each));
  });
  if (shown.length <= MAX_SHOWN)
    add(
      shown.filter((name) => name.length < 40),
      'microdata',
      'articleSection',
      0.75,
    );
  /** On some sites the front page is called as the section of its news. */
  const isTold = (name: string | undefined): boolean =>
    name !== undefined && candidates.some(({ value }) => value.some((told) => plain(told) === plain(name)));
  add(filing.categories, 'markup', 'rel=category', 0.5);
  const crumbs = linked.things.find(({ types }) => types.includes('BreadcrumbList'));
  if (crumbs) {
    const items = valuesOf(linked, crumbs.object, 'itemListElement').map((item, at) => {
      if (!isObject(item)) return undefined;
      const href = urlValue(item.item);
      const address = href === undefined ? undefined : normalizeUrl(href, witnesses.base);
      // The last crumb is the page itself.
      const isPage = address !== undefined && pages.has(address);
      return isPage || (at === 0 && address === home && !isTold(textValue(item.name)))
        ? undefined
        : (textValue(item.name) ?? textValue(item.item));
    });
    add(items, 'json-ld', 'BreadcrumbList', 0.7);
  }
  visible(witnesses, place, home, add);
  add(betweenHeadlineAndSite(witnesses.title, title, siteNames), 'markup', 'title', 0.3);
  if (candidates.length === 0)
    add(addressSections(witnesses.document, witnesses.input.url), 'url', 'the address, as links spell it', 0.35);
  const best = heaviest(candidates);
  if (!best) return undefined;
  const value = withoutKeywords(best.value, keywords);
  // Sections that crumbs lead to, or through, stand among the others there, and as readers see them.
  const path = candidates.find(
    (crumbs) =>
      /crumb/i.test(crumbs.where) && value.every((name) => crumbs.value.some((crumb) => plain(crumb) === plain(name))),
  );
  return { ...best, value: path?.value ?? value };
}

/** "Posted by Jane Doe", "Jane Doe". */
const isSignedBy = (folded: string, author: string): boolean =>
  folded === author || (folded.endsWith(` ${author}`) && folded.length - author.length <= MAX_BY);
const MAX_BY = 15;

/** Some plugins list an article's keywords behind its sections. */
const MIN_KEYWORDS = 3;

function withoutKeywords(sections: readonly string[], keywords: readonly string[]): readonly string[] {
  const known = new Set(keywords.map(fold));
  const own = sections.filter((name) => !known.has(fold(name)));
  return own.length > 0 && sections.length - own.length >= MIN_KEYWORDS ? own : sections;
}

/** "Bridge reopens - Local - The Quay Post": the part that is neither. */
function betweenHeadlineAndSite(
  title: string | undefined,
  headline: string,
  siteNames: readonly string[],
): readonly string[] {
  const sites = new Set(siteNames.map(fold));
  const [first, rest] = titleSegments(title);
  if (headline === '' || first === undefined || fold(first) !== headline) return [];
  const [section, site] = titleSegments(rest);
  return section !== undefined && site !== undefined && sites.has(fold(site)) && isSectionName(section)
    ? [section]
    : [];
}

/** A section's name as it stands in addresses. */
const plain = (name: string): string => fold(name).normalize('NFD').replace(/\p{M}/gu, '');

function listed(text: string | undefined): string[] {
  if (text === undefined) return [];
  // A way in the site: "/local/news".
  if (/^\/[\p{L}\d/_-]+$/u.test(text)) return text.split('/').filter((part) => part !== '');
  const isList = /[,;]/.test(text) && (text.length > 25 || !text.includes(' ') || /[^\s\d],[^\s\d]/.test(text));
  return isList ? text.split(/\s*[,;]\s*/) : [text];
}

/** Crumbs and kickers over the headline. */
function visible(
  witnesses: Witnesses,
  { headline }: ArticlePlace,
  home: string | undefined,
  add: (names: readonly string[], from: Candidate['from'], where: string, weight: number) => void,
): void {
  let read = 0;
  for (const element of witnesses.sections) {
    if (element.end - element.order > 80 || (headline !== undefined && element.order > headline + 40)) continue;
    if (headline !== undefined && element.order < headline && element.end >= headline) continue;
    if (++read > 20) break;
    const isCrumbs =
      /crumb/i.test(namesOf(element).text) &&
      wordsOf(element).some((word) => word.startsWith('breadcrumb') || word.startsWith('crumb'));
    const links = linksIn(element)
      .filter((link, at) => at > 0 || !isCrumbs || normalizeUrl(link.attribs.href!, witnesses.base) !== home)
      .map((link) => visibleText(link));
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
