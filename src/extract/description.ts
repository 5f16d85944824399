/** The lead as machines are told it, and a second headline where the page has one. In: the witnesses. Out: verdicts. */
import type { Candidate, Verdict } from './candidate.js';
import { heaviest } from './candidate.js';
import { textValue } from './json-ld.js';
import { first, type Witnesses } from './witnesses.js';
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

export function readDescription({ meta, article }: Witnesses): Verdict | undefined {
  const candidates: Candidate[] = [];
  for (const [name, weight] of META_DESCRIPTIONS) {
    const value = first(meta, name);
    if (value !== undefined)
      candidates.push({ value, from: name.startsWith('og:') ? 'opengraph' : 'meta', where: name, weight });
  }
  const linked = textValue(article?.description);
  if (linked !== undefined) candidates.push({ value: linked, from: 'json-ld', where: 'description', weight: 0.75 });
  return heaviest(candidates);
}

/** Another wording of the headline: the linked one's, or the title that social networks are given. */
export function readAlternativeHeadline({ article }: Witnesses, headline: Verdict | undefined): Verdict | undefined {
  const own = headline === undefined ? '' : fold(headline.value);
  const candidates: Candidate[] = [];
  const linked = textValue(article?.alternativeHeadline) ?? textValue(article?.alternateName);
  if (linked !== undefined)
    candidates.push({ value: linked, from: 'json-ld', where: 'alternativeHeadline', weight: 0.9 });
  for (const { value, from, where, weight } of headline?.candidates ?? []) {
    if (where === 'headline' || where === 'og:title' || where === 'twitter:title')
      candidates.push({ value, from, where, weight: Math.min(weight, 0.6) });
  }
  return heaviest(
    candidates.filter(({ value }) => own !== '' && !own.includes(fold(value)) && !fold(value).includes(own)),
  );
}
