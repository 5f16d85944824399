/**
 * The lead as machines are told it, and a second headline where the page has one. In: the witnesses, the article's
 * headline and text. Out: verdicts. Never: what the site says of itself, buttons around the text.
 */
import type { Candidate, Verdict } from './candidate.js';
import { heaviest } from './candidate.js';
import { isTorn } from './headline/collect.js';
import { withoutSite } from './headline/site-suffix.js';
import { textValue } from './json-ld.js';
import type { Witnesses } from './witnesses.js';
import { fold } from './words.js';

const META_DESCRIPTIONS: readonly (readonly [name: string, weight: number])[] = [
  ['og:description', 0.8],
  ['description', 0.78],
  ['twitter:description', 0.7],
  ['dc.description', 0.6],
  ['dcterms.description', 0.6],
  ['sailthru.description', 0.6],
  ['abstract', 0.4],
];

/** What a description is held against. */
export interface Told {
  readonly headline: string | undefined;
  readonly articleBody: string | undefined;
  readonly siteNames: readonly string[];
}

export function readDescription({ meta, article }: Witnesses, told: Told): Verdict | undefined {
  const candidates: Candidate[] = [];
  const site = told.siteNames.map(fold);
  const add = (given: string, from: Candidate['from'], where: string, weight: number): void => {
    const value = tidied(given, told, site);
    if (value !== '') candidates.push({ value, from, where, weight });
  };
  for (const [name, weight] of META_DESCRIPTIONS) {
    // Where there are two, one is the site's.
    for (const [i, value] of (meta.get(name) ?? []).slice(0, 3).entries())
      add(value, name.startsWith('og:') ? 'opengraph' : 'meta', name, weight - i / 100);
  }
  const linked = textValue(article?.description);
  if (linked !== undefined) add(linked, 'json-ld', 'description', 0.75);
  const fitting = sharing(withoutTorn(withoutMottos(candidates, told)), told);
  // The headline again is no lead where another one says more.
  const title = fold(told.headline ?? '');
  const more = fitting.filter(({ value }) => value.length > title.length && fold(value) !== title);
  const best = heaviest(fitting);
  return best && fold(best.value) === title ? (heaviest(more) ?? best) : best;
}

/** Words of one letter script that are long enough to say what a text is about. */
const LONG_WORD = /\p{L}{5,}/gu;
/** Descriptions of fewer such words may have none in common with an article by chance. */
const MIN_WORDS = 7;
/** A shorter text does not have all the words that its description has. */
const MIN_READ = 600;

/** Without those that have no word in common with the article: they are the site's. */
function withoutMottos(candidates: Candidate[], { headline = '', articleBody = '' }: Told): Candidate[] {
  if (articleBody.length < MIN_READ) return candidates;
  let lower: string | undefined;
  return candidates.filter(({ value }) => {
    const own = value.match(LONG_WORD) ?? [];
    // Mostly the first words are there as they stand.
    if (own.length < MIN_WORDS || own.some((word) => articleBody.includes(word))) return true;
    lower ??= `${headline} ${articleBody}`.toLowerCase();
    return own.some((word) => lower!.includes(word.toLowerCase()));
  });
}

/** A quotation mark in an attribute ends it: without those that another one begins with and goes on from so. */
function withoutTorn(candidates: Candidate[]): Candidate[] {
  return candidates.filter(({ value }) => !candidates.some((other) => isTorn(value, other.value)));
}

/** Those that have a word in common with the article, where some have: "Click to see more" is none of its own. */
function sharing(candidates: Candidate[], { headline = '', articleBody = '' }: Told): Candidate[] {
  if (articleBody.length < MIN_READ || candidates.length < 2) return candidates;
  let lower: string | undefined;
  const own = candidates.filter(({ value }) => {
    const words = value.match(LONG_WORD) ?? [];
    if (words.some((word) => articleBody.includes(word))) return true;
    lower ??= `${headline} ${articleBody}`.toLowerCase();
    return words.some((word) => lower!.includes(word.toLowerCase()));
  });
  return own.length > 0 ? own : candidates;
}

/** Buttons that a content system took for the beginning of the text. */
const BUTTONS =
  /share|tweet|facebook|whats ?app|print|e-?mail|pin it|linkedin|teilen|drucken|compart|partag|condivid|imprimir|поделиться|lesezeit|reading time|min read/i;
const MAX_BUTTONS = 120;
/** Of the text's beginning. */
const PROBE = 24;
/** "… Continue reading →", "[…]", "... Read more". */
const GOES_ON =
  /\s*(?:\[(?:…|\.{3})\]|(?:…|\.{3})\s*(?=\S))\s*(?:[^….→»›]{0,120}[→»›]|(?:read (?:the rest|more|on)|continue reading|more$|weiterlesen|lesen fortsetzen|mehr$|lire la suite|leer más|seguir leyendo|leggi tutto|continua a leggere|lees verder|czytaj dalej|читать далее|つづきを読む|続きを読む)[^….]{0,120})?\s*$/iu;

function tidied(given: string, { articleBody = '' }: Told, site: readonly string[]): string {
  let text = withoutSite(given, site);
  const start = text.indexOf(articleBody.slice(0, PROBE));
  if (articleBody.length > PROBE && start > 0 && start <= MAX_BUTTONS && BUTTONS.test(text.slice(0, start)))
    text = text.slice(start);
  return /[…\]]|\.{3}/.test(text) ? text.replace(GOES_ON, '…').trim() : text;
}

/** Another wording of the headline: the linked one's, or the title that social networks are given. */
export function readAlternativeHeadline(
  { article }: Witnesses,
  headline: Verdict | undefined,
  description: string | undefined,
): Verdict | undefined {
  const lead = fold(description ?? '');
  const own = headline === undefined ? '' : fold(headline.value);
  const candidates: Candidate[] = [];
  const linked = textValue(article?.alternativeHeadline) ?? textValue(article?.alternateName);
  if (linked !== undefined && linked.length <= MAX_HEADLINE && !isLead(fold(linked), lead))
    candidates.push({ value: linked, from: 'json-ld', where: 'alternativeHeadline', weight: 0.9 });
  for (const { value, from, where, weight } of headline?.candidates() ?? []) {
    if (where === 'headline' || where === 'og:title' || where === 'twitter:title')
      candidates.push({ value, from, where, weight: Math.min(weight, 0.6) });
  }
  return heaviest(
    candidates.filter(({ value }) => own !== '' && !own.includes(fold(value)) && !fold(value).includes(own)),
  );
}

/** Longer texts are the article's beginning. */
const MAX_HEADLINE = 250;
/** A shorter text may begin a description and still be a headline. */
const MIN_LEAD = 60;

/** Whether a second headline is the description again. */
const isLead = (folded: string, lead: string): boolean =>
  folded === lead ||
  (folded.length >= MIN_LEAD && lead.length >= MIN_LEAD && (lead.startsWith(folded) || folded.startsWith(lead)));
