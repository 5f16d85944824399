/**
 * What stands under a picture. In: the picture's element, and where body text stands. Out: its caption and whom it is
 * credited to. Never: a paragraph of the body, the text of another picture, a headline.
 */

import { namesOf, WordList, wordsOf } from '../page/tokens.js';
import { after, type Element, holds, type Parent } from '../page/tree.js';
import { oneLine, visibleText } from '../page/visible.js';
import {
  type Credited,
  endsInPictureCredit,
  isCredit,
  isCreditAlone,
  isLabelAlone,
  isPictureCredit,
  splitCredit,
  withoutLabel,
} from './credits.js';

export interface Caption {
  readonly text?: string;
  readonly credit?: string;
  /** Position of the last node that belongs to the picture. */
  readonly end: number;
  /** What stands behind the picture and is read as its caption: no text of the body. */
  readonly under?: Element;
}

const CREDIT_WORDS = new WordList(
  'credit credits copyright photographer photocredit imagecredit source attribution copyrightholder creditline bildautor bildquelle bildnachweis fotograf fotocredit fotocredits bildrechte',
);
const CAPTION_WORDS = new WordList(
  'legend legende bildunterschrift bildtext imagetext phototext piefoto pie peu didascalia bijschrift onderschrift podpis kuvateksti epigrafe figcap',
);
/** Elements above a picture that may be around it and its caption alone. */
const HEIGHT = 8;
/** Nodes that they hold at most: a picture in ten formats, with a button to enlarge it. */
const MAX_NODES = 90;
const MAX_CAPTION = 1500;
const MAX_CREDIT = 300;
/** Shorter texts for those who do not see a picture may be said by chance. */
const MIN_ALT = 20;
/** A file's name is no text. */
const WORDS = /\S\s\S|\p{Lo}{4}/u;
const HEADING = /^h[1-6]$/;
/** A caption that stands behind its picture without an element around both. */
const MAX_UNDER = 240;
const OUTSIDE = /^(?:body|html|main|article|nav|aside|td|header)$/;

/** Whether one of the places, which are in the page's order, is among those from one to another. */
export function isBetween(places: readonly number[], from: number, to: number): boolean {
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
  const inside = (area === element ? undefined : readArea(area, element)) ?? inFigure(element, area);
  if (inside) return inside;
  const next = behind(area);
  const end = area.end;
  if (!next || next.end - next.order > MAX_NODES) return { end };
  const text = visibleText(next);
  if (text.length > MAX_UNDER) return { end };
  const under = { end: next.end, under: next };
  // With another picture in it, it is that one's.
  if (holdsAny(next, (inner) => isPicture(inner) && inner.attribs.src !== element.attribs.src)) return { end };
  if (isCaption(next) || CREDIT_WORDS.names(next)) return { ...readArea(next, element), ...under };
  if (text === '') return { end };
  // A line that says the same as the text for those who do not see the picture, or small print in a paragraph.
  const alt = altOf(element);
  const isRepeated = alt !== undefined && repeats(text, alt);
  const split = splitCredit(text);
  if (isRepeated || isSmallPrint(next) || isCreditAlone(split) || isCredited(next, text, split))
    return { ...captioned(split.caption, split.credit), ...under };
  return { end };
}

/** Signs of a credit behind the words of a caption. */
const MAX_BEHIND = 80;

/** What those are told who do not see the picture, where it is a text that a line may repeat. */
function altOf({ attribs }: Element): string | undefined {
  const alt = oneLine(attribs.alt ?? '');
  return alt.length >= MIN_ALT && WORDS.test(alt) ? alt : undefined;
}

const repeats = (text: string, alt: string): boolean => text.startsWith(alt) && text.length < alt.length + MAX_BEHIND;

/** Titles of other pages, which say the same as their pictures too. */
const isElsewhere = ({ name, attribs }: Element): boolean =>
  (name === 'a' && attribs.href !== undefined && attribs.href !== '') || HEADING.test(name);

function isLinked(line: Element): boolean {
  let node: Parent = line;
  for (let step = 0; node.type === 'tag' && step < HEIGHT; step++, node = node.parent)
    if (isElsewhere(node)) return true;
  return false;
}

export function figureAround(element: Element): Element | undefined {
  let node: Parent = element.parent;
  for (let step = 0; node.type === 'tag' && step < HEIGHT; step++, node = node.parent)
    if (node.name === 'figure') return node;
  return undefined;
}

/** A figure says itself what belongs to it, also where it holds a heading, or several pictures. */
function inFigure(element: Element, area: Element): Caption | undefined {
  const figure = figureAround(element);
  return figure === undefined || figure === area ? undefined : readArea(figure, element);
}

/** The element that follows in the same one, where nothing but white space stands between. */
function behind(area: Element): Element | undefined {
  let node = area.next;
  while (node && ((node.type === 'text' && node.data.trim() === '') || (node.type === 'tag' && node.name === 'br')))
    node = node.next;
  return node?.type === 'tag' && !/^(?:h[1-6]|ul|ol|table|figure|iframe)$/.test(node.name) ? node : undefined;
}

/** Whether a line ends in whom the picture before it is by. A box around a headline may end so, too. */
const isCredited = (element: Element, text: string, split: Credited): boolean =>
  endsInPictureCredit(text, split) && !holdsAny(element, ({ name }) => HEADING.test(name));

function isSmallPrint(element: Element): boolean {
  let node = element.firstChild;
  while (node?.type === 'text' && node.data.trim() === '') node = node.next;
  const only = node?.type === 'tag' && node.name === 'small' ? node : undefined;
  return only !== undefined && holds(element, only) && visibleText(element) === visibleText(only);
}

/** "img_desc", "imageDescription": two words of a name. */
const DESCRIBES = /(?:im(?:age|g)|pic|photo)[_-]?desc/i;

const isCaption = (element: Element): boolean =>
  element.name === 'figcaption' ||
  CAPTION_WORDS.names(element) ||
  DESCRIBES.test(namesOf(element).text) ||
  // Few names have it: their words are not cut out of the others.
  (/caption/i.test(namesOf(element).text) && wordsOf(element).some((word) => word.includes('caption')));

function readArea(area: Element, picture: Element): Caption | undefined {
  const captions: Element[] = [];
  let repeated: Element | undefined;
  const alt = altOf(picture);
  let credit: Element | undefined;
  const walk: Element[] = [area];
  for (let next = walk.pop(), seen = 0; next && seen < MAX_NODES; next = walk.pop(), seen++) {
    if (/^(?:button|script|noscript|svg)$/.test(next.name)) continue;
    if (
      !credit &&
      (next !== area || area.name !== 'figure') &&
      CREDIT_WORDS.names(next) &&
      !holdsAny(next, isPicture)
    ) {
      const text = visibleText(next);
      // A box of both ("credit-caption") holds an element for each.
      if (text.length <= MAX_CREDIT && !isLabelAlone(text) && !(isCaption(next) && holdsAny(next, isCreditLine)))
        credit = next;
    }
    if ((next !== area || area.name !== 'figure') && isCaption(next) && !captions.some((outer) => holds(outer, next!)))
      captions.push(next);
    // Of elements within each other the outermost: the credit may stand beside the words.
    if (alt !== undefined && !repeated && next !== area && !holds(next, picture))
      if (repeats(visibleText(next, isElsewhere), alt)) repeated = next;
    for (let child = next.lastChild; child; child = child.prev) if (child.type === 'tag') walk.push(child);
  }
  if (captions.length === 0 && repeated && !isLinked(repeated)) captions.push(repeated);
  if (captions.length === 0 && !credit) return undefined;
  const given = credit && onceOnly(visibleText(credit).replace(OPENS, ''));
  const texts = captions
    .map((caption) => captionText(caption, (inner) => inner === credit || isControl(inner) || isLabel(inner)))
    .filter((text) => text !== '' && text !== given);
  const second = texts[1];
  // The second caption of a picture is its credit, where it is no text.
  const more = second !== undefined && second.length <= 80 && !/[.!?]$/.test(second) ? second : undefined;
  return { ...captionFrom(withoutLooseEnd(texts[0] ?? ''), given || more), end: area.end };
}

/** "Hide caption". */
const CONTROL_WORDS = new WordList('toggle hide');
/** What is hidden may be the whole caption. */
const MAX_CONTROL = 30;
/** "… more", "less": a link that leads nowhere is for a script. */
const MAX_SWITCH = 12;
const isControl = (element: Element): boolean =>
  element.name === 'button' ||
  (CONTROL_WORDS.names(element) && visibleText(element).length <= MAX_CONTROL) ||
  (element.name === 'a' && (element.attribs.href ?? '#') === '#' && visibleText(element).length <= MAX_SWITCH);
const isPicture = ({ name }: Element): boolean => name === 'img' || name === 'amp-img';
const isCreditLine = (element: Element): boolean => CREDIT_WORDS.names(element);

function holdsAny(element: Element, is: (inner: Element) => boolean): boolean {
  for (let node = after(element, element); node; node = after(node, element))
    if (node.type === 'tag' && is(node)) return true;
  return false;
}

/** What parted a credit that stands in an element of its own: one sign behind a space. */
const LOOSE_END = /^\s[|–—/-]$/u;
const withoutLooseEnd = (text: string): string => (LOOSE_END.test(text.slice(-2)) ? text.slice(0, -2) : text);

const isLabel = (element: Element): boolean => isCreditLine(element) && isLabelAlone(visibleText(element));

const JOINS = /\s(?:on|via|for|by|von|auf|bei|sur|par|de|di)\s*$/iu;

/** Elements that styles alone keep apart: the last one may be the credit. */
function captionText(caption: Element, skip: (inner: Element) => boolean): string {
  const text = onceOnly(visibleText(caption, skip).replace(OPENS, ''));
  const first = firstElement(caption);
  const head = first && !skip(first) ? visibleText(first) : '';
  // "Photo: Ann Lee" in an element of its own before the words.
  if (head.length < text.length && text.startsWith(head) && isPictureCredit(head))
    return `${text.slice(head.length).trim()} | ${head}`;
  const last = caption.lastChild;
  if (last?.type !== 'tag' || skip(last)) return text;
  const end = visibleText(last);
  const start = text.endsWith(end) ? text.slice(0, text.length - end.length) : '';
  // "Photo by Ann Lee on Unsplash": the last element is the end of a credit.
  if (end === '' || start.trim() === '' || JOINS.test(start)) return text;
  if (isCredit(end)) return start.trim().endsWith('/') ? `${start.trim()} ${end}` : `${start.trim()} | ${end}`;
  return /[.!?…"”»)]$/.test(start) ? `${start} ${end}` : text;
}

/** A link behind a caption that opens the picture. */
const OPENS = /\s+(?:…\s*)?(?:more|mehr)\s*[>»›]+$/i;

function firstElement({ firstChild }: Element): Element | undefined {
  let node = firstChild;
  while (node?.type === 'text' && node.data.trim() === '') node = node.next;
  return node?.type === 'tag' ? node : undefined;
}

/** So many signs of its beginning tell that a caption begins again. */
const MIN_AGAIN = 24;

/** A caption for wide screens and its beginning for small ones: "The quay wall held through the night … The quay wall …". */
function onceOnly(text: string): string {
  const again = text.length < 2 * MIN_AGAIN ? -1 : text.lastIndexOf(text.slice(0, MIN_AGAIN));
  if (again < MIN_AGAIN) return text;
  const shorter = text.slice(again).replace(/[\s.…]+$/, '');
  return text.startsWith(shorter) ? text.slice(0, again).trim() : text;
}
/** An element that is called a credit holds the caption too, where at least so many words stand before the name. */
const MIN_WORDS = 4;

function captionFrom(text: string, given: string | undefined): Omit<Caption, 'end' | 'under'> {
  const split = splitCredit(text.slice(0, MAX_CAPTION));
  const told = given === undefined ? undefined : splitCredit(given);
  const isWhole = text === '' && (told?.caption?.split(' ').length ?? 0) >= MIN_WORDS && told?.credit !== undefined;
  const credit = given === undefined ? split.credit : (told?.credit ?? withoutLabel(given));
  return captioned(isWhole ? told?.caption : split.caption, credit);
}

const captioned = (caption: string | undefined, credit: string | undefined): Omit<Caption, 'end' | 'under'> => ({
  ...(caption !== undefined && caption !== credit && /[\p{L}\p{N}]/u.test(caption) && { text: caption }),
  ...(credit !== undefined && credit !== '' && credit.length <= MAX_CREDIT && { credit }),
});
