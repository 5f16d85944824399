/**
 * Runs of the body as clean minimal HTML. In: a run. Out: it as a paragraph, heading, list item, table cell, with its
 * links, and what it stands in; no attribute but an http(s) or mailto `href`. Never: markup that the page's author could
 * use to run anything.
 */
import type { Block } from '../../page.js';
import { plainUrl } from '../../url.js';
import { after, type Element, type Node } from '../page/tree.js';
import { type Frame, IN, isApart, isDropCap, isFolded, type Run } from './blocks.js';

/** Inline elements that mean something to a reader, by the name they get. */
const INLINE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'a',
    b: 'strong',
    strong: 'strong',
    i: 'em',
    em: 'em',
    cite: 'cite',
    code: 'code',
    kbd: 'kbd',
    mark: 'mark',
    q: 'q',
    s: 's',
    del: 'del',
    ins: 'ins',
    sub: 'sub',
    sup: 'sup',
    time: 'time',
  }),
);

export const escapeHtml = (text: string): string =>
  !/[&<>"]/.test(text)
    ? text
    : text.replace(/[&<>"]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&quot;'));

/** A link that is safe to follow, absolute; undefined for anything else. */
export function safeUrl(href: string | undefined, base: string): string | undefined {
  if (href === undefined) return undefined;
  const plain = plainUrl(href, base);
  if (plain !== undefined) return plain;
  try {
    const url = new URL(href.trim(), base);
    return /^(?:https?|mailto):$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** The element that a run becomes. */
function tagFor(run: Run): string {
  // Tables that lay out a page are none to a reader.
  if (run.cell) return run.cell.element.name;
  const { name } = run.block.element;
  const heading = headingOf(run);
  if (heading !== undefined) return heading === 'h1' ? 'h2' : heading;
  if (name === 'pre') return name;
  const item = itemOf(run);
  return item ? item.element.name : 'p';
}

/** Elements within a heading that content systems put around its text. */
const WRAPPER = /^(?:div|p|header|section)$/;
/** Runs that a heading holds at most: one that is never closed holds the text behind it. */
const MAX_HEADING = 2;

/** The heading that a run is, or is the text of. */
function headingOf({ block }: Run): string | undefined {
  let frame: Frame | null = block;
  while (frame?.parent && WRAPPER.test(frame.element.name) && frame.end - frame.first <= MAX_HEADING)
    frame = frame.parent;
  const name = frame?.element.name;
  if (name === undefined || name.length !== 2 || !/^h[1-6]$/.test(name)) return undefined;
  return frame === block || frame!.end - frame!.first <= MAX_HEADING ? name : undefined;
}

/** Runs that an item of a list holds at most: longer ones are chapters of an article that is laid out as a list. */
const MAX_ITEM = 3;
/** And the item that another list stands in. */
const MAX_OUTER_RUNS = 40;

/** The list item that a run is, or is a paragraph of. */
function itemOf({ block }: Run): Frame | undefined {
  if (!(block.bits & IN.list)) return undefined;
  for (let frame: Frame | null = block; frame; frame = frame.parent) {
    const { name } = frame.element;
    if (name === 'li' || name === 'dt' || name === 'dd') {
      if (frame !== block && (frame.end - frame.first > MAX_ITEM || hasHeading(frame.element))) return undefined;
      return listOf(frame) ? frame : undefined;
    }
    if (frame !== block && (name === 'ul' || name === 'ol' || name === 'dl' || name === 'table')) return undefined;
    if (/^(?:h[1-6]|blockquote|figure|article|section)$/.test(name)) return undefined;
  }
  return undefined;
}

/** Nodes of an item among which a heading is looked for: it stands at its beginning. */
const MAX_NODES = 30;

function hasHeading(item: Element): boolean {
  let node: Node | null = after(item, item);
  for (let seen = 0; node && seen < MAX_NODES; seen++, node = after(node, item))
    if (node.type === 'tag' && /^h[1-6]$/.test(node.name)) return true;
  return false;
}

/** The innermost list of terms, or of other items, in which a frame stands or which it is. */
export function listAround(within: Frame, isOfTerms: boolean): Element | undefined {
  for (let frame: Frame | null = within; frame; frame = frame.parent) {
    const { name } = frame.element;
    if (isOfTerms ? name === 'dl' : name === 'ul' || name === 'ol') return frame.element;
    if (!(frame.bits & IN.list)) return undefined;
  }
  return undefined;
}

function listOf(item: Frame): Element | undefined {
  const isTerm = item.element.name !== 'li';
  // An item without a list gets one, a term does not.
  return listAround(item, isTerm) ?? (isTerm ? undefined : item.parent?.element);
}

function inline(run: Run, base: string): string {
  const { texts, block } = run;
  const last = texts[texts.length - 1]!;
  // A paragraph without anything in it but text.
  if (last.parent === block.element && texts.length === 1 && !(block.bits & IN.pre)) return escapeHtml(run.text);
  let written = 0;
  // Parts, joined at the end: a string that grows and is cut again takes quadratic time.
  const parts: string[] = [];
  let length = 0;
  /** Parts with something to see. */
  let ink = 0;
  /** Where the text before stands among the parts. */
  let textBefore = 0;
  /** Elements around the part at hand. */
  const open: string[] = [];
  // An initial and the rest of its word, as in the run's text.
  const isInitial = texts.length > 1 && isDropCap({ text: `${run.text[0]} ${run.text.slice(1)}`, texts });
  const isVerbatim = run.block.element.name === 'pre' && !run.cell;
  const isTypeset = (run.block.bits & IN.pre) !== 0;
  const put = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  const write = (node: Node): void => {
    if (node.order > last.order) return;
    if (node.type === 'text') {
      // In the page's order, as the texts are.
      if (node !== texts[written]) return;
      written++;
      let text = escapeHtml(isVerbatim || isFolded(node.data) ? node.data : folded(node.data));
      if (isInitial && written === 1) text = text.trim();
      else if (isInitial && ink === 1) text = text.trimStart();
      if (ink === 0) text = isVerbatim ? text.replace(/^\s*\n/, '') : text.trimStart();
      if (text.trim() !== '') ink++;
      if (written > 1 && !isTypeset && isApart(texts[written - 2]!, node) && !parts.includes('<br>', textBefore))
        parts[textBefore] += ' ';
      textBefore = parts.length;
      put(text);
      return;
    }
    if (node.end < texts[0]!.order) return;
    if (node.name === 'br') {
      if (length > 0) {
        ink++;
        put('<br>');
      }
      return;
    }
    const own = INLINE.get(node.name);
    // What is strong in something strong is no stronger.
    const name = own !== undefined && open.includes(own) ? undefined : own;
    const href = name === 'a' ? safeUrl(node.attribs.href, base) : undefined;
    if (name === undefined || (name === 'a' && href === undefined)) {
      for (let child = node.firstChild; child; child = child.next) write(child);
      return;
    }
    const seen = ink;
    const opened = parts.length;
    const tag = href === undefined ? `<${name}>` : `<a href="${escapeHtml(href)}">`;
    put(tag);
    open.push(name);
    for (let child = node.firstChild; child; child = child.next) write(child);
    open.pop();
    if (ink > seen) put(`</${name}>`);
    else {
      parts[opened] = '';
      length -= tag.length;
    }
  };
  // A paragraph may be one of thousands in its element, parted by line breaks.
  let child: Node | null = texts[0]!;
  while (child.parent !== run.block.element && child.parent.type === 'tag') child = child.parent;
  for (; child && child.order <= last.order; child = child.next) write(child);
  let out = parts.join('').trimEnd();
  while (out.endsWith('<br>')) out = out.slice(0, -4).trimEnd();
  return isVerbatim ? out : out.trimStart();
}

const folded = (text: string): string => text.replace(/[\u00ad\u200b\u2060\ufeff]/g, '').replace(/\s+/g, ' ');

export function blockHtml(run: Run, base: string): string {
  const name = tagFor(run);
  const inside = inline(run, base);
  const href = run.linkChars > 0 && !inside.includes('<a ') ? linkAround(run, base) : undefined;
  return `<${name}>${href === undefined ? inside : `<a href="${escapeHtml(href)}">${inside}</a>`}</${name}>`;
}

/** A link may be around the paragraph. */
function linkAround({ block, linkChars, chars }: Run, base: string): string | undefined {
  if (linkChars < chars) return undefined;
  for (let frame = block.parent; frame; frame = frame.parent)
    if (frame.element.name === 'a') return safeUrl(frame.element.attribs.href, base);
  return undefined;
}

/** The list, table or quote that a run stands in. */
export function groupOf(run: Run): Block['group'] {
  if (run.cell) return placeOf(run.cell);
  const item = tagFor(run) === 'pre' ? undefined : itemOf(run);
  const group = item && groupFrom(item, 0);
  if (group) return group;
  for (let frame: Run['block'] | null = run.block; frame; frame = frame.parent) {
    if (frame.element.name === 'blockquote') return { tag: 'blockquote', order: frame.element.order };
    if (!(frame.bits & IN.quote)) break;
  }
  return undefined;
}

/** Lists around a list that are told of: deeper ones are machines' work, and are shown as that deep. */
const MAX_OUTER = 5;

function groupFrom(item: Frame, depth: number): Block['group'] {
  const list = listOf(item);
  if (!list) return undefined;
  const tag = item.element.name === 'li' ? (list.name === 'ol' ? 'ol' : 'ul') : 'dl';
  let outer: Block['group'];
  for (let frame = item.parent; frame && depth < MAX_OUTER && frame.bits & IN.list; frame = frame.parent) {
    const { name, order } = frame.element;
    if ((name !== 'li' && name !== 'dd') || order >= list.order) continue;
    if (frame.end - frame.first <= MAX_OUTER_RUNS) outer = groupFrom(frame, depth + 1);
    break;
  }
  return { tag, order: list.order, item: item.element.order, ...(outer && { outer }) };
}

/** Cells without text have no run: the others know their column. */
function placeOf(cell: Frame): Block['group'] {
  const row = cell.parent!;
  let table: Frame = row;
  while (table.element.name !== 'table' && table.parent) table = table.parent;
  let column = 0;
  for (let before = cell.element.prev; before; before = before.prev)
    if (before.type === 'tag' && (before.name === 'td' || before.name === 'th')) column++;
  return { tag: 'table', order: table.element.order, row: row.element.order, column };
}
