/**
 * Text as a reader sees it. In: nodes of the tree, or text with stray markup. Out: one line, white space collapsed,
 * lines parted by a space. Never: text of hidden elements, soft hyphens and other marks that show nothing.
 */
import { codeAt } from './code-at.js';
import { decodeText } from './entities.js';
import { BLOCK } from './tags.js';
import { TextRoom } from './text-room.js';
import { MAX_NAMED, WordList } from './tokens.js';
import type { Document, Element, Node } from './tree.js';

/** Classes of text that is there for screen readers or not at all. */
const HIDDEN_CLASS =
  /(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|hidden-text|assistive-text|off-?screen|u-hidden|is-hidden)(?:$|[\s_-])/i;
/** One of them is in each of these classes. */
const HIDDEN_WORDS = new WordList('only visually visuallyhidden screen offscreen hidden assistive');
export const HIDING_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i;
/** Zero-width marks, soft hyphens, byte order marks; bidi controls around whole lines. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const SPACE = /[^\S\ufeff]|\u0085/;
/** Longer than any field of one line. */
const MAX_LENGTH = 20_000;

export function oneLine(text: string): string {
  const inner = withoutIndent(text);
  return isOneLine(inner) ? inner : madeOneLine(inner);
}

const room = new TextRoom();

function madeOneLine(text: string): string {
  const { length } = text;
  room.clear(length);
  let isSpaced = false;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code === 32 || isIndent(code) || (isOdd(code) && SPACE.test(text[i]!))) isSpaced = true;
    else if (!isOdd(code) || !INVISIBLE.test(text[i]!)) {
      if (isSpaced && room.length > 0) room.put(32);
      isSpaced = false;
      room.put(code);
    }
  }
  return room.text();
}

/** Most texts that are not on one line are so but for what stands around them. */
function withoutIndent(text: string): string {
  const { length } = text;
  let start = 0;
  let end = length;
  while (start < end && isIndent(codeAt(text, start))) start++;
  while (end > start && isIndent(codeAt(text, end - 1))) end--;
  return end - start === length ? text : text.slice(start, end);
}

const isIndent = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Most texts are on one line already; to see that costs less than to replace nothing. */
function isOneLine(text: string): boolean {
  let before = 32;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code === 32 ? before === 32 : code < 32 || isOdd(code)) return false;
    before = code;
  }
  return before !== 32 || text === '';
}

/** Beyond ASCII: white space, and ranges in which marks that show nothing stand. */
function isOdd(code: number): boolean {
  return (
    code >= 0x85 &&
    (code === 0x85 ||
      code === 0xa0 ||
      code === 0xad ||
      code === 0x1680 ||
      (code >= 0x2000 && code <= 0x206f && (code < 0x2010 || code > 0x2027)) ||
      code === 0x3000 ||
      code === 0xfeff)
  );
}

export function isHidden(element: Element): boolean {
  const { attribs } = element;
  return (
    attribs.hides ||
    (attribs.class !== undefined &&
      (attribs.class.length > MAX_NAMED || HIDDEN_WORDS.names(element)) &&
      HIDDEN_CLASS.test(attribs.class)) ||
    (attribs.style !== undefined && HIDING_STYLE.test(attribs.style))
  );
}

/** A reading over its sign is no word of the text, but where the page has brackets for it, which say the same in a line. */
export function isBracketed({ name, prev, next }: Element): boolean {
  if (name !== 'rt') return name === 'rp';
  return (prev?.type === 'tag' && prev.name === 'rp') || (next?.type === 'tag' && next.name === 'rp');
}

/** The element's text on one line. `skip` leaves elements out. */
export function visibleText(node: Node | Document, skip?: (element: Element) => boolean): string {
  if (node.type === 'text') return oneLine(node.data);
  const only = node.firstChild;
  if (only === null) return '';
  if (only.type === 'text' && only.next === null) return oneLine(only.data);
  let text = '';
  const walk: (Node | string)[] = [];
  for (let child = node.lastChild; child; child = child.prev) walk.push(child);
  for (let next = walk.pop(); next !== undefined && text.length < MAX_LENGTH; next = walk.pop()) {
    if (typeof next === 'string') text += next;
    else if (next.type === 'text') text += next.data;
    else if (!isHidden(next) && !skip?.(next) && (next.name !== 'rt' || isBracketed(next))) {
      if (next.tag.bits & BLOCK) {
        text += ' ';
        walk.push(' ');
      }
      for (let child = next.lastChild; child; child = child.prev) walk.push(child);
    }
  }
  return oneLine(text);
}

/** A value from an attribute or a script: entities that were escaped twice are read, stray tags fall away. */
export function plain(value: string): string {
  let text = value.length > MAX_LENGTH ? value.slice(0, MAX_LENGTH) : value;
  for (let i = 0; i < 2 && text.includes('&'); i++) {
    const decoded = decodeText(text);
    if (decoded === text) break;
    text = decoded;
  }
  if (text.includes('<')) text = text.replace(/<\/?[a-z!][^<>]{0,2000}>/gi, ' ');
  return oneLine(text);
}
