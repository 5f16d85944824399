/**
 * Runs of the body as clean minimal HTML. In: the runs that were kept, in page order. Out: paragraphs, headings, lists,
 * quotes, tables and links; no attribute but an http(s) or mailto `href`. Never: markup that the page's author could
 * use to run anything.
 */
import type { Run } from './blocks.js';
import { IN } from './blocks.js';
import type { Node } from './tree.js';

/** Inline elements that mean something to a reader, by the name they get. */
const INLINE: Readonly<Record<string, string>> = {
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
};

const MARKUP = /[&<>"]/;

export function escapeHtml(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text.replace(/[&<>"]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&quot;'));
}

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
  const { name } = run.block.element;
  if (/^h[1-6]$/.test(name)) return name === 'h1' ? 'h2' : name;
  if (name === 'li' || name === 'pre' || name === 'td' || name === 'th' || name === 'dt' || name === 'dd') return name;
  if (name === 'figcaption') return 'figcaption';
  return 'p';
}

const UNSPACED = /[\u00ad\u200b\u2060\ufeff]|[^\S ]| {2}/;

/** Marks without width taken out, white space as single spaces. */
function spaced(text: string): string {
  return UNSPACED.test(text) ? text.replace(/[\u00ad\u200b\u2060\ufeff]/g, '').replace(/\s+/g, ' ') : text;
}

/** The child that a position in document order lies in: an element may hold a whole page's lines side by side. */
function childAt(children: readonly Node[], order: number): number {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (children[middle]!.order <= order) low = middle;
    else high = middle - 1;
  }
  return low;
}

function inline(run: Run, base: string): string {
  const last = run.texts[run.texts.length - 1]!;
  const wanted = new Set(run.texts);
  let out = '';
  const write = (node: Node): void => {
    if (node.order > last.order) return;
    if (node.type === 'text') {
      if (wanted.has(node)) out += escapeHtml(spaced(node.data));
      return;
    }
    if (node.end < run.texts[0]!.order) return;
    if (node.name === 'br') {
      if (out !== '') out += '<br>';
      return;
    }
    const name = INLINE[node.name];
    const href = name === 'a' ? safeUrl(node.attribs.href, base) : undefined;
    if (name === undefined || (name === 'a' && href === undefined)) {
      for (const child of node.children) write(child);
      return;
    }
    const before = out;
    out += href === undefined ? `<${name}>` : `<a href="${escapeHtml(href)}">`;
    const open = out.length;
    for (const child of node.children) write(child);
    if (out.slice(open).trim() === '') out = before + out.slice(open);
    else out += `</${name}>`;
  };
  const { children } = run.frame.element;
  for (let i = childAt(children, run.texts[0]!.order); i < children.length; i++) {
    const child = children[i]!;
    if (child.order > last.order) break;
    write(child);
  }
  return out.replace(/(?:<br>|\s)+$/, '').trim();
}

export function blockHtml(run: Run, base: string): string {
  const name = tagFor(run);
  return `<${name}>${inline(run, base)}</${name}>`;
}

/** The whole body, of runs and their HTML: neighbours of one list, table or quote stand in one. */
export function articleHtml(runs: readonly Run[], html: readonly string[]): string {
  let out = '';
  let open: { order: number; end: string } | undefined;
  let row = -1;
  const close = (): void => {
    if (row >= 0) out += '</tr>';
    row = -1;
    if (open) out += open.end;
    open = undefined;
  };
  for (const [i, run] of runs.entries()) {
    const group = groupOf(run);
    if (group?.order !== open?.order) {
      close();
      if (group) {
        out += group.start;
        open = group;
      }
    }
    if (group?.row !== undefined && group.row !== row) {
      if (row >= 0) out += '</tr>';
      out += '<tr>';
      row = group.row;
    }
    out += html[i];
  }
  close();
  return out;
}

interface Group {
  readonly order: number;
  readonly start: string;
  readonly end: string;
  readonly row?: number;
}

function groupOf(run: Run): Group | undefined {
  const name = tagFor(run);
  for (let frame: Run['block'] | null = run.block; frame; frame = frame.parent) {
    const { element } = frame;
    if (name === 'li' && (element.name === 'ul' || element.name === 'ol')) {
      return { order: element.order, start: `<${element.name}>`, end: `</${element.name}>` };
    }
    if ((name === 'td' || name === 'th') && element.name === 'tr') {
      const table = tableOf(frame);
      return { order: table, start: '<table>', end: '</table>', row: element.order };
    }
    if ((name === 'dt' || name === 'dd') && element.name === 'dl')
      return { order: element.order, start: '<dl>', end: '</dl>' };
    if (name === 'p' && element.name === 'blockquote')
      return { order: element.order, start: '<blockquote>', end: '</blockquote>' };
    if (!(frame.bits & (IN.list | IN.table | IN.quote))) break;
  }
  if (name === 'li') return { order: -run.block.element.parent.order, start: '<ul>', end: '</ul>' };
  return undefined;
}

function tableOf(frame: Run['block']): number {
  let at: Run['block'] | null = frame;
  while (at && at.element.name !== 'table') at = at.parent;
  return at ? at.element.order : frame.element.order;
}
