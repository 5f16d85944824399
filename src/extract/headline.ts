/**
 * The headline as a reader sees it. In: the witnesses. Out: the text over the article, without the site's name, the
 * section or the kicker. Never: a heading of a widget because it comes first.
 */
import type { Candidate, Verdict } from './candidate.js';
import { textValue } from './json-ld.js';
import { tokensOf } from './tokens.js';
import type { Element, Parent } from './tree.js';
import { visibleText } from './visible.js';
import { first, type Witnesses } from './witnesses.js';
import { fold } from './words.js';

export interface HeadlineVerdict extends Verdict {
  /** The element that shows it, where one does. */
  readonly element?: Element;
}

const MAX_LENGTH = 400;

interface Shown extends Candidate {
  readonly element?: Element;
  readonly folded: string;
  readonly words: ReadonlySet<string>;
}

/** Weights before agreement. What a reader sees beats what machines are told: social titles are often rewritten. */
const WEIGHTS = {
  h1: 0.62,
  itemprop: 0.6,
  classed: 0.42,
  h2: 0.3,
  jsonLd: 0.55,
  og: 0.5,
  twitter: 0.38,
  metaTitle: 0.4,
  title: 0.36,
  lead: 0.4,
} as const;

/** Class words around headings that are not the article's. */
const WIDGET = new Set(
  'nav navigation menu sidebar aside footer widget related recommended comments comment newsletter subscribe modal popup cookie consent banner promo teaser logo brand branding masthead search login trending popular'.split(
    ' ',
  ),
);

export function readHeadline(witnesses: Witnesses, siteNames: readonly string[]): HeadlineVerdict | undefined {
  const site = siteNames.map(fold).filter((name) => name !== '');
  const candidates: Shown[] = [];
  const known = new Map<string, ReadonlySet<string>>();
  const wordsOf = (folded: string) => {
    const words = known.get(folded) ?? new Set(folded.split(' '));
    known.set(folded, words);
    return words;
  };
  const add = (
    value: string | undefined,
    from: Candidate['from'],
    where: string,
    weight: number,
    element?: Element,
  ) => {
    if (value === undefined || value === '' || value.length > MAX_LENGTH) return;
    const clean = withoutSite(value, site);
    const folded = fold(clean);
    if (folded === '' || site.includes(folded)) return;
    candidates.push({ value: clean, from, where, weight, folded, words: wordsOf(folded), ...(element && { element }) });
  };

  const { meta, article, properties } = witnesses;
  if (article) {
    add(textValue(article.headline), 'json-ld', 'headline', WEIGHTS.jsonLd);
    if (article.headline === undefined) add(textValue(article.name), 'json-ld', 'name', WEIGHTS.jsonLd - 0.1);
  }
  add(first(meta, 'og:title'), 'opengraph', 'og:title', WEIGHTS.og);
  for (const name of META_TITLES) add(first(meta, name), 'meta', name, WEIGHTS.metaTitle);
  add(first(meta, 'twitter:title'), 'meta', 'twitter:title', WEIGHTS.twitter);
  for (const element of [...(properties.get('headline') ?? []), ...(properties.get('name') ?? [])].slice(0, 6)) {
    if (element.tag.name === 'meta' || element.attribs.content !== undefined) continue;
    const isHeadline = (element.attribs.itemprop ?? element.attribs.property ?? '').includes('headline');
    const weight = (isHeadline ? WEIGHTS.itemprop : WEIGHTS.classed) - penalty(element);
    add(visibleText(element), 'microdata', describe(element), weight, element);
  }
  let h1s = 0;
  for (const element of witnesses.headings.slice(0, 60)) {
    const isFirst = element.tag.name === 'h1' && h1s++ === 0;
    const weight = element.tag.name === 'h1' ? WEIGHTS.h1 + (isFirst ? 0.03 : 0) : WEIGHTS.h2;
    const classed = tokensOf(element).some((token) => token.includes('title') || token.includes('headline'));
    add(visibleText(element), 'markup', describe(element), weight + (classed ? 0.08 : 0) - penalty(element), element);
  }
  for (const element of witnesses.titles.slice(0, 40)) {
    if (element.end - element.order > 12) continue;
    add(visibleText(element), 'markup', describe(element), WEIGHTS.classed - penalty(element), element);
  }
  add(witnesses.title, 'markup', 'title', WEIGHTS.title);
  add(witnesses.input.lead?.title, 'feed', 'lead', WEIGHTS.lead);
  return elect(candidates);
}

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

/** Agreement decides: what several independent witnesses say in the same words, as it stands in the visible one. */
function elect(candidates: readonly Shown[]): HeadlineVerdict | undefined {
  const scored = candidates.map((candidate) => {
    let doubt = 1 - Math.max(0.01, candidate.weight);
    const sources = new Set([kind(candidate)]);
    for (const other of candidates) {
      if (sources.has(kind(other))) continue;
      const alike = likeness(candidate, other);
      if (alike < 0.5) continue;
      sources.add(kind(other));
      doubt *= 1 - Math.max(0, other.weight) * alike * 0.8;
    }
    return { ...candidate, score: 1 - doubt };
  });
  scored.sort((a, b) => b.score - a.score);
  const best = scored[0];
  if (!best) return undefined;
  // Social titles may win; the article stands where their words are shown.
  const element =
    best.element ?? scored.find((other) => other.element && likeness(other, best) > 0.7 && other.score > 0.3)?.element;
  return {
    value: best.value,
    from: best.from,
    confidence: Math.round(Math.min(0.99, best.score) * 100) / 100,
    candidates: scored.map(({ value, from, where, score }) => ({
      value,
      from,
      where,
      weight: Math.round(score * 100) / 100,
    })),
    ...(element && { element }),
  };
}

/** Witnesses that copy from each other count once: social titles are one, headings another. */
function kind(candidate: Shown): string {
  if (candidate.element) return 'shown';
  return candidate.where === 'twitter:title' ? 'og:title' : candidate.where;
}

/** 1 for the same words; the share of words in common otherwise, 0 where it is less than half. */
function likeness(a: Shown, b: Shown): number {
  if (a.folded === b.folded) return 1;
  const longer = Math.max(a.words.size, b.words.size);
  if (Math.min(a.words.size, b.words.size) * 0.9 < longer * 0.5) return 0;
  let common = 0;
  for (const word of a.words) if (b.words.has(word)) common++;
  return (common / longer) * 0.9;
}

const SEPARATOR = /\s+[|–—\-·•»«:/\\~]{1,3}\s+|\s*[|»]\s*|\s+::\s+/g;

/** A title without the site's name at either end, and what stands beyond it. */
function withoutSite(value: string, site: readonly string[]): string {
  const cuts = [...value.matchAll(SEPARATOR)];
  if (cuts.length === 0) return value;
  for (const cut of cuts) {
    const after = fold(value.slice(cut.index + cut[0].length));
    if (site.some((name) => names(after, name))) return value.slice(0, cut.index).trim();
  }
  for (const cut of cuts) {
    const before = fold(value.slice(0, cut.index));
    if (site.some((name) => before === name)) return value.slice(cut.index + cut[0].length).trim();
  }
  return value;
}

const names = (text: string, name: string): boolean =>
  text === name || (name.length > 3 && (text.startsWith(`${name} `) || text.endsWith(` ${name}`)));

function penalty(element: Element): number {
  let cost = 0;
  let node: Parent | null = element;
  for (let depth = 0; node && node.type === 'tag' && depth < 12; depth++) {
    const { name } = node.tag;
    if (name === 'nav' || name === 'footer' || name === 'aside' || name === 'dialog') cost += 0.3;
    else if (name === 'a' && depth > 0) cost += 0.1;
    else if (name === 'li') cost += 0.1;
    if (depth < 5 && tokensOf(node).some((token) => WIDGET.has(token))) cost += 0.15;
    node = node.parent;
  }
  return Math.min(0.5, cost);
}

export function describe(element: Element): string {
  const className = element.attribs.class?.trim().split(/\s+/)[0];
  return className ? `${element.tag.name}.${className}` : element.tag.name;
}
