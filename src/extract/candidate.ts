/**
 * What a page says of one field, before a verdict: every place that names a value, with its weight. Kept, so that
 * `extract --explain` can show why a value won.
 */
import type { Provenance } from '../article.js';
import type { Element } from './tree.js';

export type Source = Provenance['from'];

export interface Candidate<T = string> {
  readonly value: T;
  readonly from: Source;
  /** Where it stands, for people: `meta og:title`, `NewsArticle.headline`, `h1.title`. */
  readonly where: string;
  /** How far this place is trusted, 0 to 1, before others agree or disagree. */
  readonly weight: number;
}

/** The value that won, and all that stood for election, best first. */
export interface Verdict<T = string> {
  readonly value: T;
  readonly from: Source;
  /** 0 to 1. */
  readonly confidence: number;
  readonly candidates: readonly Candidate<T>[];
}

/** The first candidate of the greatest weight wins; for fields whose witnesses need not be compared. */
export function heaviest<T>(candidates: readonly Candidate<T>[]): Verdict<T> | undefined {
  const sorted = [...candidates].sort((a, b) => b.weight - a.weight);
  const best = sorted[0];
  return best && { value: best.value, from: best.from, confidence: best.weight, candidates: sorted };
}

/** Confidence from weights that agree independently: each further witness takes its share of the doubt that is left. */
export function agreement(weights: readonly number[]): number {
  let doubt = 1;
  for (const weight of weights) doubt *= 1 - Math.min(0.95, weight);
  return Math.round((1 - doubt) * 100) / 100;
}

/** Where an element stands, for people: `h1.entry-title`. */
export function describe(element: Element): string {
  const className = element.attribs.class?.trim().split(/\s+/)[0];
  return className ? `${element.tag.name}.${className}` : element.tag.name;
}
