/**
 * How near a place on the page is to the article, as a witness of its date or author. In: an element or a position.
 * Out: 0 to 1. Never: looks at text.
 */

import type { Run } from '../body/blocks.js';
import { Ancestry, END } from '../page/ancestry.js';
import type { Element } from '../page/tree.js';
import { isElsewhere } from './places.js';

/** Where the article stands on the page, in document order. */
export interface ArticlePlace {
  readonly headline?: number | undefined;
  readonly bodyStart?: number | undefined;
  readonly bodyEnd?: number | undefined;
  readonly runs: readonly Run[];
  /** Most likely languages of visible dates first. */
  readonly languages: readonly string[];
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

/** What an element around a date says of it. */
const MARGIN = 1;
const ASIDE = 2;
const ELSEWHERE = 4;
const LINK = 8;
/** Elements whose class words count, the date's own among them. */
const MAX_NAMED_DEPTH = 7;

/**
 * How far the surroundings of an element speak for it as a witness of the date: falls with every widget, list of teasers,
 * comment, quote or link around. What is around the body or the headline too says nothing: a page "with-sidebar" is no
 * sidebar, and a headline's "card" no other article's.
 */
export class Surroundings {
  readonly #around: Ancestry;

  constructor({ bodyStart, headline }: ArticlePlace) {
    this.#around = new Ancestry((element, depth) =>
      isAround(element, bodyStart) || isAround(element, headline) ? END : bitsOf(element, depth),
    );
  }

  /** 0 to 1. */
  weightOf(element: Element): number {
    let weight = 1;
    for (const bits of this.#around.of(element)) {
      if (bits === END) break;
      if (bits & MARGIN) weight *= 0.5;
      if (bits & ASIDE) weight *= 0.4;
      if (bits & ELSEWHERE) weight *= 0.45;
      if (bits & LINK) weight *= 0.7;
    }
    return weight;
  }
}

function bitsOf(element: Element, depth: number): number {
  const { name } = element.tag;
  let bits = 0;
  if (name === 'footer' || name === 'nav' || name === 'aside') bits = MARGIN;
  else if (name === 'figure' || name === 'figcaption' || name === 'blockquote') bits = ASIDE;
  else if (name === 'a' && depth > 0) bits = LINK;
  return depth < MAX_NAMED_DEPTH && isElsewhere(element) ? bits | ELSEWHERE : bits;
}

/** Whether what stands at `at` is inside the element. */
export const isAround = ({ order, end }: Element, at: number | undefined): boolean =>
  at !== undefined && order < at && end >= at;
