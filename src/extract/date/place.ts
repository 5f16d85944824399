/**
 * How near a place on the page is to the article, as a witness of its date or author. In: an element or a position.
 * Out: 0 to 1. Never: looks at text.
 */
import type { Run } from '../blocks.js';
import type { Element, Parent } from '../tree.js';
import { ELSEWHERE_WORDS } from './places.js';

/** Where the article stands on the page, in document order. */
export interface ArticlePlace {
  readonly headline?: number;
  readonly bodyStart?: number;
  readonly bodyEnd?: number;
  readonly runs: readonly Run[];
  /** Most likely languages of visible dates first. */
  readonly languages: readonly string[];
}

export function placeWeight(element: Element, place: ArticlePlace): number {
  return nearness(element.order, place) * surroundings(element, place);
}

/** Nodes before the headline, behind it or the body's beginning, and behind the body that are near, in document order. */
const BEFORE = 120;
const BEHIND = 60;

/** Between headline and body is best; then directly above, then at the body's end. */
export function nearness(order: number, { headline, bodyStart, bodyEnd }: ArticlePlace): number {
  const anchor = headline ?? bodyStart;
  if (anchor === undefined) return 0.5;
  const to = articleBegins(anchor, bodyStart);
  if (order >= anchor && order <= to) return 1;
  if (order < anchor) {
    const distance = anchor - order;
    return distance < 40 ? 0.9 : distance < BEFORE ? 0.6 : 0.3;
  }
  const distance = order - to;
  if (bodyEnd === undefined || order <= bodyEnd) return distance < BEHIND ? 0.75 : 0.35;
  return order - bodyEnd < BEHIND ? 0.55 : 0.2;
}

/** A body that begins above the headline, or far below it, was found wrongly or is another's. */
function articleBegins(anchor: number, bodyStart = anchor): number {
  return bodyStart > anchor && bodyStart - anchor < 600 ? bodyStart : anchor;
}

/** The bounds of all places whose nearness is at least a half. */
export function nearOrders({ headline, bodyStart, bodyEnd }: ArticlePlace): { from: number; to: number } {
  const anchor = headline ?? bodyStart;
  if (anchor === undefined) return { from: 0, to: Number.POSITIVE_INFINITY };
  return { from: anchor - BEFORE, to: Math.max(articleBegins(anchor, bodyStart), bodyEnd ?? 0) + BEHIND };
}

/**
 * Falls with every widget, list of teasers, comment, quote or link around. What is around the body or the headline too
 * says nothing: a page "with-sidebar" is no sidebar, and a headline's "card" no other article's.
 */
export function surroundings(element: Element, { bodyStart, headline }: ArticlePlace): number {
  let weight = 1;
  let node: Parent | null = element;
  for (let depth = 0; node && node.type === 'tag' && depth < 14; depth++) {
    const { name } = node.tag;
    if (isAround(node, bodyStart) || isAround(node, headline)) break;
    if (name === 'footer' || name === 'nav' || name === 'aside') weight *= 0.5;
    else if (name === 'figure' || name === 'figcaption' || name === 'blockquote') weight *= 0.4;
    if (depth < 7 && ELSEWHERE_WORDS.names(node)) weight *= 0.45;
    if (name === 'a' && depth > 0) weight *= 0.7;
    node = node.parent;
  }
  return weight;
}

/** Whether what stands at `at` is inside the element. */
export const isAround = ({ order, end }: Element, at: number | undefined): boolean =>
  at !== undefined && order < at && end >= at;
