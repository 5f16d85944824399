/**
 * The language of the article. In: the witnesses and some of its text. Out: a BCP 47 tag. The markup is believed
 * unless the text's script or words contradict it.
 */
import type { Candidate, Verdict } from './candidate.js';
import { heaviest } from './candidate.js';
import { textValue } from './data/json-ld.js';
import { countryOf } from './date/zone.js';
import { languageOf, type TextLanguage } from './text/language-of-text.js';
import { first, type Witnesses } from './witnesses.js';

export function readLanguage(witnesses: Witnesses, text: string | undefined): Verdict | undefined {
  const candidates: Candidate[] = [];
  const add = (value: string | undefined, from: Candidate['from'], where: string, weight: number) => {
    const tag = tagOf(value);
    if (tag !== undefined) candidates.push({ value: tag, from, where, weight });
  };
  const { meta, article, linked, root, input } = witnesses;
  add(textValue(article?.inLanguage), 'json-ld', 'inLanguage', 0.7);
  const page = linked.things.find(({ types, depth }) => depth < 3 && types.includes('WebPage'));
  add(textValue(page?.object.inLanguage), 'json-ld', 'WebPage.inLanguage', 0.5);
  add(root?.attribs.lang ?? root?.attribs['xml:lang'], 'markup', 'html lang', 0.75);
  add(first(meta, 'og:locale'), 'opengraph', 'og:locale', 0.6);
  add(first(meta, 'content-language'), 'meta', 'content-language', 0.55);
  add(first(meta, 'dc.language') ?? first(meta, 'language'), 'meta', 'language', 0.5);
  add(input.http?.contentLanguage?.split(',')[0], 'http', 'Content-Language', 0.5);
  add(input.lead?.inLanguage, 'feed', 'lead', 0.4);
  const told = text === undefined ? undefined : languageOf(text);
  if (!told) return heaviest(candidates);
  // What machines are told names the region too: the text decides only whom to believe.
  const isSure = told.confidence >= SURE;
  const believed = isSure ? candidates.filter(({ value }) => isIn(value, told)) : candidates;
  const weight = isSure ? 0.45 : Math.min(0.45, told.confidence);
  return heaviest([...believed, { value: told.language, from: 'text', where: 'words', weight }]);
}

/** From here on the text is believed against the markup. */
const SURE = 0.6;

/** Tags that mean, or may stand for, what the text was found to be. */
const ALIKE: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  bs: 'hr',
  sr: 'hr',
  fil: 'tl',
  ms: 'id',
  in: 'id',
  iw: 'he',
};

/** Whether a text of that language may bear the tag: the same language, or as near as a text can tell. */
function isIn(tag: string, { language, shares }: TextLanguage): boolean {
  const base = tag.split('-')[0]!;
  const share = shares.get(base) ?? shares.get(ALIKE[base] ?? base) ?? 0;
  return base === language || ALIKE[base] === language || share >= (shares.get(language) ?? 1) * NEAR;
}

/** Languages whose evidence in a text is that near to the best are not told apart by it. */
const NEAR = 0.75;

/** What was asked for before; emptied when it is full. */
const tags = new Map<string, string | undefined>();
const dateTags = new Map<string, readonly string[]>();
const MAX_REMEMBERED = 1000;

function remembered<T>(cache: Map<string, T>, key: string, make: () => T): T {
  if (!cache.has(key)) {
    if (cache.size >= MAX_REMEMBERED) cache.clear();
    cache.set(key, make());
  }
  return cache.get(key)!;
}

/** `en_US`, `EN-us`, `english`: the canonical tag, or undefined. */
export function tagOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value.length > 100 ? canonical(value) : remembered(tags, ` ${value}`.slice(1), () => canonical(value));
}

function canonical(value: string): string | undefined {
  const text =
    value
      .trim()
      .replace(/_/g, '-')
      .split(/[\s,;]/)[0] ?? '';
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}$/i.test(text)) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

/** Languages that the page's dates may be in, most likely first: its own, with the country's habits, the country's main one, English. */
export function dateLanguages(language: string | undefined, url: string): readonly string[] {
  const country = countryOf(url);
  return remembered(dateTags, `${language} ${country}`, () => languagesIn(language, country));
}

function languagesIn(language: string | undefined, country: string | undefined): string[] {
  const languages: string[] = [];
  const add = (tag: string) => {
    if (!languages.includes(tag)) languages.push(tag);
  };
  if (language !== undefined) {
    // English alone writes the month first in some countries and the day first in others.
    add(country !== undefined && !language.includes('-') ? `${language}-${country}` : language);
  }
  if (country !== undefined) {
    try {
      add(`${new Intl.Locale(`und-${country}`).maximize().language}-${country}`);
    } catch {
      // No country that the runtime knows.
    }
  }
  add(country !== undefined && country !== 'US' ? 'en-GB' : 'en');
  return languages;
}
