/** What the article is about, in the publisher's words. In: the witnesses. Out: keywords, each once. */
import type { Candidate, Verdict } from './candidate.js';
import { heaviest } from './candidate.js';
import { textValue, valuesOf } from './json-ld.js';
import { oneLine, visibleText } from './visible.js';
import type { Witnesses } from './witnesses.js';
import { fold } from './words.js';

const MAX_KEYWORDS = 60;

/** What content systems file articles by, no words of a reader's. */
const MACHINE_LABELS: readonly RegExp[] = [
  /** "tag:123", "article_id=7". */
  /^[\w.-]+[:=]\S*$/,
  /** "_evergreen", "_Prio_3". */
  /^_/,
  /** "Category: Wine", "NLP Category: General": the section again. */
  /^(?:\w+ )?category: /i,
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  /** The site's own address. */
  /^(?:www\.)?[\w-]+\.(?:com|org|net|de|fr|es|it|uk|co\.uk)$/i,
];

const META_KEYWORDS: readonly (readonly [name: string, weight: number])[] = [
  ['article:tag', 0.85],
  ['og:article:tag', 0.8],
  ['news_keywords', 0.8],
  ['parsely-tags', 0.7],
  ['sailthru.tags', 0.65],
  ['keywords', 0.6],
  ['dc.subject', 0.5],
  ['citation_keywords', 0.7],
];

export function readKeywords(witnesses: Witnesses): Verdict<readonly string[]> | undefined {
  const candidates: Candidate<readonly string[]>[] = [];
  const add = (texts: readonly (string | undefined)[], from: Candidate['from'], where: string, weight: number) => {
    const value = keywordsOf(texts);
    if (value.length > 0) candidates.push({ value, from, where, weight });
  };
  const { linked, article, meta, relatedLinks } = witnesses;
  add(valuesOf(linked, article, 'keywords').map(textValue), 'json-ld', 'keywords', 0.9);
  for (const [name, weight] of META_KEYWORDS) {
    const values = meta.get(name);
    if (values) add(values, name.includes(':') ? 'opengraph' : 'meta', name, weight);
  }
  const tagged: string[] = [];
  for (const link of relatedLinks) {
    if (!/(?:^|\s)tag(?:\s|$)/.test(link.attribs.rel!)) continue;
    tagged.push(visibleText(link).replace(/^#/, ''));
    if (tagged.length >= MAX_KEYWORDS) break;
  }
  add(tagged, 'markup', 'rel=tag', 0.55);
  return heaviest(candidates);
}

function keywordsOf(texts: readonly (string | undefined)[]): string[] {
  const keywords: string[] = [];
  const seen = new Set<string>();
  const given = texts.filter((text) => text !== undefined);
  for (const text of given) {
    const separator = text.includes(';')
      ? ';'
      : /[,،、，]/.test(text) && (given.length === 1 || text.length > 80)
        ? /[,،、，]/
        : undefined;
    for (const part of separator ? text.split(separator) : [text]) {
      const keyword = oneLine(part);
      const folded = fold(keyword);
      if (folded === '' || keyword.length > 80 || seen.has(folded)) continue;
      if (MACHINE_LABELS.some((label) => label.test(keyword))) continue;
      seen.add(folded);
      keywords.push(keyword);
      if (keywords.length >= MAX_KEYWORDS) return keywords;
    }
  }
  return keywords;
}
