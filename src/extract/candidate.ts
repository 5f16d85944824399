/**
 * What a page says of one field, before a verdict: every place that names a value, with its weight. Kept, so that
 * `extract --explain` can show why a value won.
 */

import type { Provenance } from '../article.js';
import { codeAt } from './page/code-at.js';
import type { Element } from './page/tree.js';

export type Source = Provenance['from'];

export interface Candidate<T = string> {
  readonly value: T;
  readonly from: Source;
  /** Where it stands, for people: `meta og:title`, `NewsArticle.headline`, `h1.title`. */
  readonly where: string;
  /** How far this place is trusted, 0 to 1, before others agree or disagree. */
  readonly weight: number;
}

/** The value that won. */
export interface Verdict<T = string> {
  readonly value: T;
  readonly from: Source;
  /** 0 to 1. */
  readonly confidence: number;
  /** All that stood for election, best first: put together where somebody asks why. */
  candidates(): readonly Candidate<T>[];
}

/** The first candidate of the greatest weight wins; for fields whose witnesses need not be compared. */
export function heaviest<T>(all: readonly Candidate<T>[]): Verdict<T> | undefined {
  let best = all[0];
  if (!best) return undefined;
  for (const candidate of all) if (candidate.weight > best.weight) best = candidate;
  const { value, from, weight } = best;
  return { value, from, confidence: weight, candidates: () => [...all].sort((a, b) => b.weight - a.weight) };
}

/** Confidence from weights that agree independently: each further witness takes its share of the doubt that is left. */
export function agreement(weights: readonly number[]): number {
  let doubt = 1;
  for (const weight of weights) doubt *= 1 - Math.min(0.95, weight);
  return Math.round((1 - doubt) * 100) / 100;
}

/** Where an element stands, for people: `h1.entry-title`. */
export function describe(element: Element): string {
  const { name } = element.tag;
  const classes = element.attribs.class;
  if (classes === undefined || classes === '') return name;
  const className = firstWord(classes);
  return className === '' ? name : `${name}.${className}`;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

function firstWord(text: string): string {
  const { length } = text;
  let start = 0;
  while (start < length && isSpace(codeAt(text, start))) start++;
  let end = start;
  for (; end < length; end++) {
    const code = codeAt(text, end);
    if (isSpace(code)) break;
    // What else is white space, the expression knows.
    if (code > 126) return text.trim().split(/\s+/, 1)[0]!;
  }
  return text.slice(start, end);
}
