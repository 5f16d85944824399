/**
 * What stands under a picture. In: the picture's element, and where body text stands. Out: its caption and whom it is
 * credited to. Never: a paragraph of the body, the text of another picture, a headline.
 */
import type { Run } from './blocks.js';
import { isCredit, splitCredit, withoutLabel } from './credits.js';
import { WordList, wordsOf } from './tokens.js';
import { type Element, holds, type Parent } from './tree.js';
import { oneLine, visibleText } from './visible.js';

export interface Caption {
  readonly text?: string;
  readonly credit?: string;
  /** Position of the last node that belongs to the picture. */
  readonly end: number;
  /** What stands behind the picture and is read as its caption: no text of the body. */
  readonly under?: Element;
}

const CREDIT_WORDS = new WordList(
  'credit credits copyright photographer photocredit imagecredit source attribution copyrightholder creditline',
);
const CAPTION_WORDS = new WordList(
  'legend legende bildunterschrift bildtext imagetext phototext piefoto pie didascalia bijschrift onderschrift podpis kuvateksti epigrafe',
);
/** Elements above a picture that may be around it and its caption alone. */
const HEIGHT = 8;
/** Nodes that they hold at most: a picture in ten formats, with a button to enlarge it. */
const MAX_NODES = 90;
const MAX_CAPTION = 1500;
const MAX_CREDIT = 300;
/** A caption that stands behind its picture without an element around both. */
const MAX_UNDER = 240;
const OUTSIDE = /^(?:body|html|main|article|nav|aside|td|header)$/;

/** Where the paragraphs of the body stand: positions in ascending order. */
export function placesOf(runs: readonly Run[]): Float64Array {
  const places = new Float64Array(runs.length);
  for (let i = 0; i < runs.length; i++) places[i] = runs[i]!.texts[0]!.order;
  return places.sort();
}

export function isBetween(places: Float64Array, from: number, to: number): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low < places.length && places[low]! <= to;
}

/** The outermost element around a picture that holds nothing else. `isAlone`: whether that holds between two positions. */
export function areaOf(element: Element, isAlone: (from: number, to: number) => boolean): Element {
  let area = element;
  for (let step = 0; step < HEIGHT; step++) {
    const parent: Parent = area.parent;
    if (parent.type !== 'tag' || OUTSIDE.test(parent.name) || parent.end - parent.order > MAX_NODES) break;
    if (!isAlone(parent.order, parent.end)) break;
    area = parent;
  }
  return area;
}

export function captionOf(element: Element, area: Element): Caption {
  const figure = figureAround(element);
  const inside = (area === element ? undefined : readArea(area)) ?? (figure && readArea(figure));
  if (inside) return inside;
  const next = behind(area);
  const end = area.end;
  if (!next) return { end };
  const text = visibleText(next);
  const under = { end: next.end, under: next };
  if (text.length <= MAX_UNDER && (isCaption(next) || CREDIT_WORDS.names(next))) return { ...readArea(next), ...under };
  // A line that says the same as the text for those who do not see the picture, or small print in a paragraph.
  const alt = oneLine(element.attribs.alt ?? '');
  const repeats = alt.length >= 20 && (text === alt || (text.startsWith(alt) && text.length < alt.length + 80));
  if (text !== '' && text.length <= MAX_UNDER && (repeats || isSmallPrint(next) || isCredit(text)))
    return { ...captionFrom(text, undefined), ...under };
  return { end };
}

/** A figure says itself what belongs to it, also where it holds a heading, or several pictures. */
function figureAround(element: Element): Element | undefined {
  let node: Parent = element.parent;
  for (let step = 0; node.type === 'tag' && step < HEIGHT; step++, node = node.parent)
    if (node.name === 'figure') return node;
  return undefined;
}

/** The element that follows in the same one, where nothing but white space stands between. */
function behind(area: Element): Element | undefined {
  let node = area.next;
  while (node && ((node.type === 'text' && node.data.trim() === '') || (node.type === 'tag' && node.name === 'br')))
    node = node.next;
  return node?.type === 'tag' && !/^(?:h[1-6]|ul|ol|table|figure|iframe)$/.test(node.name) ? node : undefined;
}

function isSmallPrint(element: Element): boolean {
  let node = element.firstChild;
  while (node?.type === 'text' && node.data.trim() === '') node = node.next;
  const only = node?.type === 'tag' && node.name === 'small' ? node : undefined;
  return only !== undefined && holds(element, only) && visibleText(element) === visibleText(only);
}

const isCaption = (element: Element): boolean =>
  element.name === 'figcaption' ||
  CAPTION_WORDS.names(element) ||
  wordsOf(element).some((word) => word.includes('caption'));

function readArea(area: Element): Caption | undefined {
  const captions: Element[] = [];
  let credit: Element | undefined;
  const walk: Element[] = [area];
  for (let next = walk.pop(), seen = 0; next && seen < MAX_NODES; next = walk.pop(), seen++) {
    if (/^(?:button|script|noscript|svg)$/.test(next.name)) continue;
    if (
      !credit &&
      (next !== area || area.name !== 'figure') &&
      CREDIT_WORDS.names(next) &&
      visibleText(next).length <= MAX_CREDIT
    )
      credit = next;
    if ((next !== area || area.name !== 'figure') && isCaption(next) && !captions.some((outer) => holds(outer, next!)))
      captions.push(next);
    for (let child = next.lastChild; child; child = child.prev) if (child.type === 'tag') walk.push(child);
  }
  if (captions.length === 0 && !credit) return undefined;
  const given = credit && visibleText(credit);
  const texts = captions
    .map((caption) => captionText(caption, (inner) => inner === credit || inner.name === 'button'))
    .filter((text) => text !== '' && text !== given);
  const second = texts[1];
  // The second caption of a picture is its credit, where it is no text.
  const more = second !== undefined && second.length <= 80 && !/[.!?]$/.test(second) ? second : undefined;
  return { ...captionFrom(texts[0] ?? '', given || more), end: area.end };
}

/** Elements that styles alone keep apart: the last one may be the credit. */
function captionText(caption: Element, skip: (inner: Element) => boolean): string {
  const text = visibleText(caption, skip);
  const last = caption.lastChild;
  if (last?.type !== 'tag' || skip(last)) return text;
  const end = visibleText(last);
  const start = text.endsWith(end) ? text.slice(0, text.length - end.length) : '';
  if (end === '' || start.trim() === '') return text;
  if (isCredit(end)) return `${start.trim()} | ${end}`;
  return /[.!?…"”»)]$/.test(start) ? `${start} ${end}` : text;
}

function captionFrom(text: string, given: string | undefined): Omit<Caption, 'end' | 'under'> {
  const split = splitCredit(text.slice(0, MAX_CAPTION));
  const credit = given === undefined ? split.credit : (splitCredit(given).credit ?? withoutLabel(given));
  const caption = split.caption;
  return {
    ...(caption !== undefined && caption !== credit && { text: caption }),
    ...(credit !== undefined && credit !== '' && credit.length <= MAX_CREDIT && { credit }),
  };
}
