/**
 * How far the surroundings of an element speak for it as a witness of the author. In: the element and where the article
 * stands. Out: 0 to 1. Never: looks at text.
 */

import { type ArticlePlace, isAround } from '../date/place.js';
import { isElsewhere } from '../date/places.js';
import { Ancestry, END } from '../page/ancestry.js';
import { WordList } from '../page/tokens.js';
import type { Element, Parent } from '../page/tree.js';

/** Class words of entries in lists of other articles, each with its author. */
const ENTRY_WORDS = new WordList('preview thumbnail thumb listitem promo');
/** Class words of a picture's surroundings. */
const PICTURE_WORDS = new WordList(
  'image img picture photo photographer caption credit credits copyright media gallery figure',
);
/** Ancestors in which a picture's names are looked for. */
const PICTURE_DEPTH = 4;
/** Elements whose class words count, the name's own among them. */
const MAX_NAMED_DEPTH = 7;
/** What an element around a name says of it. */
const MARGIN = 1;
const PICTURE = 2;
const BOX = 4;
const LINK = 8;

/**
 * Falls with every widget, list of teasers, comment or link around; boxes right within each other are one. What is
 * around the body too says nothing: a page "with-sidebar" is no sidebar.
 */
export class Surroundings {
  readonly #around: Ancestry;

  constructor({ bodyStart }: ArticlePlace) {
    this.#around = new Ancestry((element, depth) =>
      depth > 0 && isAround(element, bodyStart) ? END : bitsOf(element, depth),
    );
  }

  /** 0 to 1; 0 where it falls below `floor`. */
  weightOf(element: Element, floor: number): number {
    let weight = 1;
    let isInBox = false;
    for (const bits of this.#around.of(element)) {
      if (bits === END) break;
      if (bits & MARGIN) weight *= 0.5;
      if (bits & PICTURE) weight *= 0.4;
      const isBox = (bits & BOX) !== 0;
      if (isBox && !isInBox) weight *= 0.45;
      isInBox = isBox;
      if (bits & LINK) weight *= 0.7;
      if (weight < floor) return 0;
    }
    return weight;
  }
}

function bitsOf(element: Element, depth: number): number {
  const { name } = element.tag;
  let bits = 0;
  if (name === 'footer' || name === 'nav' || name === 'aside') bits = MARGIN;
  else if (name === 'figure' || name === 'figcaption') bits = PICTURE;
  else if (name === 'a' && depth > 0) bits = LINK;
  const isBox = depth < MAX_NAMED_DEPTH && (isElsewhere(element) || ENTRY_WORDS.names(element));
  return isBox ? bits | BOX : bits;
}

/** What is left of a name beside a picture, which is its photographer's; 1 elsewhere. */
export function pictureShare(element: Element, { bodyStart }: ArticlePlace): number {
  let node: Parent | null = element;
  for (let depth = 0; node && node.type === 'tag' && depth < PICTURE_DEPTH; depth++) {
    const { name } = node.tag;
    if (depth > 0 && isAround(node, bodyStart)) break;
    if (name === 'figure' || name === 'figcaption') return 0.3;
    if (PICTURE_WORDS.names(node)) return 0.4;
    node = node.parent;
  }
  return 1;
}
