/**
 * Runs of the body as clean minimal HTML. In: a run. Out: it as a paragraph, heading, list item, table cell, with its
 * links, and what it stands in; no attribute but an http(s) or mailto `href`. Never: markup that the page's author could
 * use to run anything.
 */
import type { Block } from '../page.js';
import { type Frame, IN, isFolded, type Run } from './blocks.js';
import type { Node } from './tree.js';

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
    ruby: 'ruby',
    rt: 'rt',
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
  if (/^h[1-6]$/.test(name)) return name === 'h1' ? 'h2' : name;
  if (name === 'li' || name === 'pre' || name === 'dt' || name === 'dd') return name;
  if (name === 'figcaption') return 'figcaption';
  return 'p';
}

function inline(run: Run, base: string): string {
  const { texts } = run;
  const last = texts[texts.length - 1]!;
  let written = 0;
  // Parts, joined at the end: a string that grows and is cut again takes quadratic time.
  const parts: string[] = [];
  let length = 0;
  /** Parts with something to see. */
  let ink = 0;
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
      const text = escapeHtml(isFolded(node.data) ? node.data : folded(node.data));
      if (text.trim() !== '') ink++;
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
    const name = INLINE.get(node.name);
    const href = name === 'a' ? safeUrl(node.attribs.href, base) : undefined;
    if (name === undefined || (name === 'a' && href === undefined)) {
      for (let child = node.firstChild; child; child = child.next) write(child);
      return;
    }
    const seen = ink;
    const opened = parts.length;
    const tag = href === undefined ? `<${name}>` : `<a href="${escapeHtml(href)}">`;
    put(tag);
    for (let child = node.firstChild; child; child = child.next) write(child);
    if (ink > seen) put(`</${name}>`);
    else {
      parts[opened] = '';
      length -= tag.length;
    }
  };
  // A paragraph may be one of thousands in its element, parted by line breaks.
  let child: Node | null = texts[0]!;
  while (child.parent !== run.frame.element && child.parent.type === 'tag') child = child.parent;
  for (; child && child.order <= last.order; child = child.next) write(child);
  let out = parts.join('').trimEnd();
  while (out.endsWith('<br>')) out = out.slice(0, -4).trimEnd();
  return out.trimStart();
}

const folded = (text: string): string => text.replace(/[\u00ad\u200b\u2060\ufeff]/g, '').replace(/\s+/g, ' ');

export function blockHtml(run: Run, base: string): string {
  const name = tagFor(run);
  return `<${name}>${inline(run, base)}</${name}>`;
}

/** The list, table or quote that a run stands in. */
export function groupOf(run: Run): Block['group'] {
  const name = tagFor(run);
  if (run.cell) return placeOf(run.cell);
  for (let frame: Run['block'] | null = run.block; frame; frame = frame.parent) {
    const { element } = frame;
    if (name === 'li' && (element.name === 'ul' || element.name === 'ol'))
      return { tag: element.name, order: element.order };
    if ((name === 'dt' || name === 'dd') && element.name === 'dl') return { tag: 'dl', order: element.order };
    if (name === 'p' && element.name === 'blockquote') return { tag: 'blockquote', order: element.order };
    if (!(frame.bits & (IN.list | IN.table | IN.quote))) break;
  }
  return name === 'li' ? { tag: 'ul', order: -run.block.element.parent.order } : undefined;
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
