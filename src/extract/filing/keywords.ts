/**
 * What the article is about, in the publisher's words. In: the witnesses, the headline, names and the links that file
 * the article. Out: keywords, each once. Never: the names of site and authors, the headline, the words of the address,
 * labels for machines.
 */
import type { ArticleFields } from '../../article.js';
import type { Candidate, Verdict } from '../candidate.js';
import { heaviest } from '../candidate.js';
import { textValue, valuesOf } from '../data/json-ld.js';
import { oneLine } from '../page/visible.js';
import { fold } from '../text/words.js';
import type { Witnesses } from '../witnesses.js';
import type { Filing } from './filing.js';
import { isMachineLabel } from './machine-labels.js';

const MAX_KEYWORDS = 60;

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

/** A keyword with a comma in it ("Doe, Jane") has fewer parts. */
const MIN_PARTS = 3;
/** Fewer words of an address may be keywords by chance. */
const MIN_SLUG = 4;

export function readKeywords(
  witnesses: Witnesses,
  headline: string | undefined,
  /** Of the site and of who wrote it. */
  names: readonly string[],
  filing: Filing,
): Verdict<readonly string[]> | undefined {
  const banned = new Set([...(headline === undefined ? [] : [headline]), ...names].map(fold));
  const address = new Set(fold(plainPath(witnesses.input.url)).split(' '));
  const titled = headline?.split(/\s+/) ?? [];
  const candidates: Candidate<readonly string[]>[] = [];
  const add = (texts: readonly (string | undefined)[], from: Candidate['from'], where: string, weight: number) => {
    const value = keywordsOf(texts, banned);
    // A content system that was given none takes the address apart.
    const isSlug = value.length >= MIN_SLUG && value.every((word) => address.has(withoutMarks(fold(word))));
    // Or the headline, nearly all of its words as they stand there.
    const isTitle =
      value.length >= Math.max(MIN_SLUG, titled.length * 0.65) && value.every((word, at) => titled.indexOf(word) >= at);
    if (value.length > 0 && !isSlug && !isTitle) candidates.push({ value, from, where, weight });
  };
  const { linked, articles, articleFrom, meta } = witnesses;
  for (const article of articles)
    add(valuesOf(linked, article, 'keywords').map(textValue), articleFrom, 'keywords', 0.9);
  for (const [name, weight] of META_KEYWORDS) {
    const values = meta.get(name);
    if (values) add(values, name.includes(':') ? 'opengraph' : 'meta', name, weight);
  }
  add(filing.tags, 'markup', 'rel=tag', 0.55);
  return heaviest(candidates);
}

function plainPath(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*|[?#].*$/gis, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const withoutMarks = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

function keywordsOf(texts: readonly (string | undefined)[], banned: ReadonlySet<string>): string[] {
  const keywords: string[] = [];
  const seen = new Set<string>();
  const given = texts.filter((text) => text !== undefined);
  for (const text of given) {
    const separator = text.includes(';')
      ? ';'
      : /[,،、，]/.test(text) && (given.length === 1 || text.length > 80 || /[^\s\d],[^\s\d]/.test(text))
        ? /[,،、，]/
        : text.split(', ').length >= MIN_PARTS
          ? ', '
          : undefined;
    for (const part of separator ? text.split(separator) : [text]) {
      const keyword = oneLine(part)
        .replace(/^"([^"]+)"$/, '$1')
        .replace(/^tag:\s*/i, '');
      const folded = fold(keyword);
      if (folded === '' || keyword.length > 80 || seen.has(folded) || banned.has(folded)) continue;
      if (isMachineLabel(keyword)) continue;
      seen.add(folded);
      keywords.push(keyword);
      if (keywords.length >= MAX_KEYWORDS) return keywords;
    }
  }
  return keywords;
}

const WORD = /[\p{L}\p{N}]{3,}/gu;
/** Signs with which a word begins in most of its forms: "elections" in a text on an election. */
const STEM = 5;
/** Signs of a text in which its subjects are named. */
const MAX_TEXT = 4000;
/** Keywords that are looked for. */
const MAX_SOUGHT = 30;

/** Keywords of which neither headline nor text speaks, lower case: many are the site's, or its content system's. */
export function unspoken({ headline = '', articleBody = '', keywords = [] }: ArticleFields): string[] {
  if (keywords.length === 0) return [];
  const text = `${headline}\n${articleBody.slice(0, MAX_TEXT)}`.toLowerCase();
  const isSpokenOf = (keyword: string): boolean => {
    if (text.includes(keyword)) return true;
    const words = keyword.match(WORD);
    return words?.every((word) => text.includes(word.slice(0, STEM))) ?? false;
  };
  return keywords
    .slice(0, MAX_SOUGHT)
    .map((keyword) => keyword.toLowerCase())
    .filter((keyword) => !isSpokenOf(keyword));
}
