/**
 * The lead as machines are told it, and a second headline where the page has one. In: the witnesses, the article's
 * headline and text. Out: verdicts. Never: what the site says of itself, buttons around the text.
 */
import type { Candidate, Verdict } from './candidate.js';
import { heaviest } from './candidate.js';
import { textValue } from './data/json-ld.js';
import { isTorn } from './headline/collect.js';
import { withoutSite } from './headline/site-suffix.js';
import { fold } from './text/words.js';
import type { Witnesses } from './witnesses.js';

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

export function readDescription({ meta, article, articleFrom }: Witnesses, told: Told): Verdict | undefined {
  const candidates: Candidate[] = [];
  const site = told.siteNames.map(fold);
  /** Most pages say the same in several places. */
  const tidy = new Map<string, string>();
  const add = (given: string, from: Candidate['from'], where: string, weight: number): void => {
    const value = tidy.get(given) ?? tidied(given, told, site);
    tidy.set(given, value);
    if (value !== '') candidates.push({ value, from, where, weight });
  };
  for (const [name, weight] of META_DESCRIPTIONS) {
    // Where there are two, one is the site's.
    for (const [i, value] of (meta.get(name) ?? []).slice(0, 3).entries())
      add(value, name.startsWith('og:') ? 'opengraph' : 'meta', name, weight - i / 100);
  }
  const linked = textValue(article?.description);
  if (linked !== undefined) add(linked, articleFrom, 'description', 0.75);
  const fitting = fittingTo(told, candidates);
  const best = heaviest(fitting);
  const title = fold(told.headline ?? '');
  if (!best || fold(best.value) !== title) return best;
  // The headline again is no lead where another one says more.
  const more = fitting.filter(({ value }) => value.length > title.length && fold(value) !== title);
  return heaviest(more) ?? best;
}

/** Words of one letter script that are long enough to say what a text is about. */
const LONG_WORD = /\p{L}{5,}/gu;
/** Descriptions of fewer such words may have none in common with an article by chance. */
const MIN_WORDS = 7;
/** A shorter text does not have all the words that its description has. */
const MIN_READ = 600;

/** Those that tell of the article: that have a word in common with it, where it is long enough to have some. */
function fittingTo({ headline = '', articleBody = '' }: Told, candidates: Candidate[]): Candidate[] {
  if (articleBody.length < MIN_READ) return withoutTorn(candidates);
  let lower: string | undefined;
  const shares = (text: string): boolean => {
    // Mostly the first word is there as it stands.
    if (hasLongWord(text, (word) => articleBody.includes(word))) return true;
    lower ??= `${headline} ${articleBody}`.toLowerCase();
    return hasLongWord(text, (word) => lower!.includes(word.toLowerCase()));
  };
  const known = new Map<string, boolean>();
  for (const { value } of candidates) if (!known.has(value)) known.set(value, shares(value));
  const isShort = (text: string): boolean => (text.match(LONG_WORD) ?? []).length < MIN_WORDS;
  // Those of many words that have none in common are the site's.
  const fitting = withoutTorn(candidates.filter(({ value }) => known.get(value) || isShort(value)));
  // "Click to see more" is none of its own where others are.
  const own = fitting.filter(({ value }) => known.get(value));
  return own.length > 0 ? own : fitting;
}

function hasLongWord(text: string, is: (word: string) => boolean): boolean {
  LONG_WORD.lastIndex = 0;
  for (let word = LONG_WORD.exec(text); word; word = LONG_WORD.exec(text)) if (is(word[0])) return true;
  return false;
}

/** A quotation mark in an attribute ends it: without those that another one begins with and goes on from so. */
function withoutTorn(candidates: Candidate[]): Candidate[] {
  return candidates.filter(({ value }) => !candidates.some((other) => isTorn(value, other.value)));
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

/** The same without a mark before it. */
const BUTTON_BEHIND =
  /\s(?:weiterlesen|read more|continue reading|lire la suite|leer más|leggi tutto|lees verder|czytaj dalej|читать далее)\s?[→»›.]?$/iu;

function tidied(given: string, { articleBody = '' }: Told, site: readonly string[]): string {
  let text = withoutSite(given, site);
  const start = text.indexOf(articleBody.slice(0, PROBE));
  if (articleBody.length > PROBE && start > 0 && start <= MAX_BUTTONS && BUTTONS.test(text.slice(0, start)))
    text = text.slice(start);
  if (/[…\]]|\.{3}/.test(text)) return text.replace(GOES_ON, '…').trim();
  const button = BUTTON_BEHIND.exec(text);
  if (!button) return text;
  const told = text.slice(0, button.index);
  return /[.!?]$/.test(told) ? told : `${told}…`;
}

/** Another wording of the headline: the linked one's, or the title that social networks are given. */
export function readAlternativeHeadline(
  { article, articleFrom }: Witnesses,
  headline: Verdict | undefined,
  description: string | undefined,
): Verdict | undefined {
  const lead = fold(description ?? '');
  const own = headline === undefined ? '' : fold(headline.value);
  const candidates: Candidate[] = [];
  const linked = textValue(article?.alternativeHeadline) ?? textValue(article?.alternateName);
  if (linked !== undefined && linked.length <= MAX_HEADLINE && !isLead(fold(linked), lead))
    candidates.push({ value: linked, from: articleFrom, where: 'alternativeHeadline', weight: 0.9 });
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
