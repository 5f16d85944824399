/**
 * HTML → a lean tree. In: a page as text, of any kind and size. Out: elements and texts, but only what extraction
 * reads: no comments, no styles, nothing inside `<svg>`; scripts stand apart, in `document.scripts`. Never: throws, recurses, builds more than the limits below, takes more than
 * linear time.
 *
 * Nesting is repaired as browsers do it, where real pages need it: start tags that end an open element, end tags
 * without a start, formatting elements closed across blocks, `<body>` closed too early.
 */

import { ATTRIBUTES, Attributes, MIN_DATA_LENGTH, NO_ATTRIBUTES } from './attributes.js';
import { decodeAttribute, decodeText } from './entities.js';
import { hashStep, isNamed, NO_HASH } from './source-names.js';
import { BLOCK, BREAKOUT, ENDS_P, INLINE, RAW, SCOPE, SPECIAL, type Tag, tagAt, VOID } from './tags.js';
import type { Names } from './tokens.js';

/** Elements below this depth become siblings of the one that is that deep (browsers have 512). */
const MAX_DEPTH = 512;
/** Nodes after these are left out and the document says `truncated`. The largest news pages have some 30,000. */
const MAX_NODES = 400_000;

export type Node = Element | Text;
export type Parent = Element | Document;

export class Text {
  get type(): 'text' {
    return 'text';
  }
  prev: Node | null = null;
  next: Node | null = null;
  constructor(
    /** Entities decoded, white space as in the source. */
    public data: string,
    public parent: Parent,
    /** Position in document order, over all nodes. */
    readonly order: number,
  ) {}
}

export class Element {
  get type(): 'tag' {
    return 'tag';
  }
  /** Children are a chain: most elements have one or two, and a list costs more than they do. */
  firstChild: Node | null = null;
  lastChild: Node | null = null;
  prev: Node | null = null;
  next: Node | null = null;
  /** What class, id and alike say, once it was asked for: see tokens.ts. */
  names: Names | undefined = undefined;
  /** `order` of the last node inside: `a` holds `b` exactly where `a.order <= b.order && b.order <= a.end`. */
  end: number;
  constructor(
    readonly tag: Tag,
    readonly attribs: Attributes,
    public parent: Parent,
    readonly order: number,
    /** Number of elements above. */
    readonly depth: number,
  ) {
    this.end = order;
  }
  /** Lower case. */
  get name(): string {
    return this.tag.name;
  }
  get tagName(): string {
    return this.tag.name;
  }
  /** A list made anew each time: for selectors and tests. */
  get children(): Node[] {
    return childrenOf(this);
  }
}

export interface Script {
  readonly attribs: Attributes;
  /** As in the source: entities are not markup inside a script. */
  readonly text: string;
}

export class Document {
  readonly type = 'root';
  readonly name = 'root';
  readonly parent = null;
  readonly prev = null;
  readonly next = null;
  firstChild: Node | null = null;
  lastChild: Node | null = null;
  readonly order = 0;
  end = 0;
  /** All elements in document order: loop over it instead of selecting. */
  readonly elements: Element[] = [];
  /** All text nodes in document order. */
  readonly texts: Text[] = [];
  /** Texts of `<script type="application/ld+json">`, in page order. */
  readonly jsonLd: string[] = [];
  /** The other inline scripts, in page order; the page's hydration state is among them. */
  readonly scripts: Script[] = [];
  /** Whether nodes were left out. */
  truncated = false;
  get children(): Node[] {
    return childrenOf(this);
  }
}

function childrenOf(parent: Parent): Node[] {
  const children: Node[] = [];
  for (let child = parent.firstChild; child; child = child.next) children.push(child);
  return children;
}

/** Whether `inner` is `outer` or stands inside it. */
export function holds(outer: Parent, inner: Node): boolean {
  return outer.order <= inner.order && inner.order <= outer.end;
}

/** The node behind `node` in document order, up to the last one inside `within`. */
export function after(node: Node | Parent, within: Parent): Node | null {
  if (node.type !== 'text' && node.firstChild) return node.firstChild;
  for (let at: Node | Parent | null = node; at && at !== within; at = at.parent) if (at.next) return at.next;
  return null;
}

/** All text inside, as it stands in the source. */
export function textOf(node: Node | Document): string {
  if (node.type === 'text') return node.data;
  let text = '';
  for (let next = after(node, node); next; next = after(next, node)) {
    if (next.type === 'text') text += next.data;
  }
  return text;
}

export function parseDocument(html: string): Document {
  const builder = new Builder();
  scan(html, builder);
  return builder.finish();
}

const isSpace = (c: number): boolean => c === 32 || c === 10 || c === 9 || c === 13 || c === 12;
const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);

/** Whether a stretch of the source is white space alone. */
function isBlank(html: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isSpace(html.charCodeAt(i))) return false;
  return true;
}

/** Reads the markup once, from left to right; every search moves on to where it ended. */
function scan(html: string, builder: Builder): void {
  const length = html.length;
  const quotes: Quotes = { 34: true, 39: true };
  let position = 0;
  while (position < length) {
    let start = html.indexOf('<', position);
    // A "<" that begins no markup is text.
    while (start >= 0 && !beginsMarkup(html.charCodeAt(start + 1), html.charCodeAt(start + 2))) {
      start = html.indexOf('<', start + 1);
    }
    if (start < 0) start = length;
    if (start > position) builder.text(html, position, start);
    if (start >= length || builder.full) return;

    const code = html.charCodeAt(start + 1);
    if (code === 33 || code === 63) {
      position = afterDeclaration(html, start);
      continue;
    }
    const nameStart = code === 47 ? start + 2 : start + 1;
    let end = nameStart;
    let hash = NO_HASH;
    for (let c = html.charCodeAt(end); end < length && !isNameEnd(c); c = html.charCodeAt(++end)) {
      hash = hashStep(hash, c);
    }
    if (code === 47) {
      if (isLetter(html.charCodeAt(nameStart))) builder.close(tagAt(html, nameStart, end, hash));
      end = html.indexOf('>', end);
      position = end < 0 ? length : end + 1;
      continue;
    }
    const tag = tagAt(html, nameStart, end, hash);
    let attribs = NO_ATTRIBUTES;
    if (html.charCodeAt(end) === 62) position = end + 1;
    else {
      attribs = new Attributes();
      position = readAttributes(html, end, attribs, quotes);
    }
    const selfClosed = html.charCodeAt(position - 2) === 47;
    if (tag.bits & RAW) {
      const close = findEndTag(html, tag.name, position);
      builder.raw(tag, attribs, html.slice(position, close));
      position = close;
    } else {
      builder.open(tag, attribs, selfClosed);
    }
  }
}

function beginsMarkup(code: number, after: number): boolean {
  return isLetter(code) || code === 33 || code === 63 || (code === 47 && after > 0);
}

const isNameEnd = (c: number): boolean => c === 62 || c === 47 || isSpace(c);

function afterDeclaration(html: string, start: number): number {
  if (html.startsWith('<!--', start)) {
    // "<!-->" and "<!--->" are whole comments.
    const end = html.indexOf('-->', start + 2);
    return end < 0 ? html.length : end + 3;
  }
  const end = html.indexOf('>', start);
  return end < 0 ? html.length : end + 1;
}

/** Which quotes still occur further on: without it a page full of opening quotes would be searched to its end each time. */
type Quotes = { 34: boolean; 39: boolean };

/** Reads up to and including the tag's `>`; the position after it. */
function readAttributes(html: string, from: number, attribs: Attributes, quotes: Quotes): number {
  const length = html.length;
  let i = from;
  while (i < length) {
    let c = html.charCodeAt(i);
    while (isSpace(c) || c === 47) c = html.charCodeAt(++i);
    if (c === 62) return i + 1;
    if (i >= length) break;
    const nameStart = i;
    // An "=" in front of a name belongs to it.
    let hash = hashStep(NO_HASH, c);
    c = html.charCodeAt(++i);
    while (i < length && c !== 61 && c !== 62 && c !== 47 && !isSpace(c)) {
      hash = hashStep(hash, c);
      c = html.charCodeAt(++i);
    }
    const name = ATTRIBUTES.find(html, nameStart, i, hash);
    while (isSpace(c)) c = html.charCodeAt(++i);
    let valueStart = i;
    let valueEnd = i;
    if (c === 61) {
      c = html.charCodeAt(++i);
      while (isSpace(c)) c = html.charCodeAt(++i);
      let close = -1;
      if ((c === 34 || c === 39) && quotes[c]) {
        close = html.indexOf(c === 34 ? '"' : "'", i + 1);
        if (close < 0) quotes[c] = false;
      }
      if (close >= 0) {
        valueStart = i + 1;
        valueEnd = close;
        i = close + 1;
      } else {
        valueStart = c === 34 || c === 39 ? i + 1 : i;
        while (i < length && c !== 62 && !isSpace(c)) c = html.charCodeAt(++i);
        valueStart = Math.min(valueStart, i);
        valueEnd = i;
      }
    }
    if (name !== undefined) {
      if (attribs[name] === undefined) attribs.set(name, decodeAttribute(html.slice(valueStart, valueEnd)));
    } else if (valueEnd - valueStart >= MIN_DATA_LENGTH && beginsData(html.charCodeAt(valueStart)))
      attribs.data ??= html.slice(valueStart, valueEnd);
  }
  return length;
}

const beginsData = (code: number): boolean => code === 123 || code === 91;

/** Where `</name` stands, in any case; the page's end where it does not. */
function findEndTag(html: string, name: string, from: number): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    const end = at + 2 + name.length;
    if (isNamed(html, at + 2, name) && (end >= html.length || isNameEnd(html.charCodeAt(end)))) return at;
  }
  return html.length;
}

/** Some sites write their text into a script that shows it later. Data, or a template with holes to fill, is no text. */
function isWritten(type: string, source: string): boolean {
  return /^text\/(?:x-)?(?:html|template)$/.test(type) && /^\s*</.test(source) && !/\{\{|<%|\$\{/.test(source);
}

class Builder {
  readonly #document = new Document();
  /** Open elements, outermost first. */
  readonly #stack: Element[] = [];
  /** The formatting elements among them whose end tag has been read while blocks inside were still open. */
  readonly #ended = new Set<Element>();
  #top: Parent = this.#document;
  #order = 0;
  #openParagraphs = 0;
  /** Elements beyond MAX_DEPTH whose end tags must not close anything. */
  #tooDeep = 0;
  /** Inside `<svg>` or `<math>`: nothing is kept. */
  #foreign: string | undefined;
  full = false;

  /** What stands in the source from `from` up to `to`. */
  text(html: string, from: number, to: number): void {
    if (this.#foreign) return;
    const top = this.#top;
    const last = top.lastChild;
    if (last?.type === 'text') {
      last.data += decodeText(html.slice(from, to));
      return;
    }
    // White space at the edge of a block is layout; between inline elements it parts words.
    const beside = last ?? top;
    if ((beside.type === 'root' || beside.tag.bits & BLOCK) && isBlank(html, from, to)) return;
    const node = new Text(decodeText(html.slice(from, to)), top, this.#next());
    this.#append(node);
    this.#document.texts.push(node);
  }

  raw(tag: Tag, attribs: Attributes, source: string): void {
    if (tag.name === 'script') {
      const type = attribs.type?.toLowerCase() ?? '';
      if (type.includes('ld+json')) this.#document.jsonLd.push(source);
      else if (isWritten(type, source)) scan(source, this);
      else if (source !== '') this.#document.scripts.push({ attribs, text: source });
      return;
    }
    if (tag.name === 'style' || this.#foreign) return;
    this.open(tag, attribs, false);
    if (source !== '' && (tag.name === 'title' || tag.name === 'textarea')) this.text(source, 0, source.length);
  }

  open(tag: Tag, attribs: Attributes, selfClosed: boolean): void {
    const { name, bits } = tag;
    if (this.#foreign) {
      if (!(bits & BREAKOUT)) return;
      this.#foreign = undefined;
    }
    if (name === 'svg' || name === 'math') {
      if (!selfClosed) this.#foreign = name;
      return;
    }
    if ((name === 'html' || name === 'body') && this.#stack.some((open) => open.tag.name === name)) return;
    if (bits & ENDS_P && this.#openParagraphs > 0) this.#endParagraph();
    if (tag.ends) this.#endOpen(tag.ends, tag.until!);

    const element = new Element(tag, attribs, this.#top, this.#next(), this.#stack.length);
    this.#append(element);
    this.#document.elements.push(element);
    if (bits & VOID) return;
    if (this.#stack.length >= MAX_DEPTH) {
      this.#tooDeep++;
      return;
    }
    this.#stack.push(element);
    this.#top = element;
    if (name === 'p') this.#openParagraphs++;
  }

  close(tag: Tag): void {
    const { name, bits } = tag;
    if (this.#foreign) {
      if (name === this.#foreign) this.#foreign = undefined;
      if (!(bits & SPECIAL)) return;
      this.#foreign = undefined;
    }
    // What follows </body> still belongs to it.
    if (name === 'body' || name === 'html') return;
    if (name === 'br') {
      this.open(tag, NO_ATTRIBUTES, true);
      return;
    }
    if (bits & VOID) return;
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    const stack = this.#stack;
    const tabular = bits & SCOPE || name === 'tr' || name === 'tbody' || name === 'thead' || name === 'tfoot';
    let crossesBlock = false;
    for (let i = stack.length - 1; i >= 0; i--) {
      const open = stack[i]!;
      if (open.tag === tag || open.tag.name === name) {
        if (crossesBlock && bits & INLINE) this.#ended.add(open);
        else this.#popTo(i);
        return;
      }
      if (open.tag.bits & SPECIAL) {
        if (!(bits & (SPECIAL | INLINE))) return;
        crossesBlock = true;
      }
      if (open.tag.bits & SCOPE && !(tabular && open.tag.name !== 'table' && open.tag.name !== 'template')) return;
    }
  }

  finish(): Document {
    this.#popTo(0);
    this.#document.end = this.#order;
    this.#document.truncated = this.full;
    return this.#document;
  }

  #next(): number {
    if (++this.#order >= MAX_NODES) this.full = true;
    return this.#order;
  }

  #append(node: Node): void {
    const top = this.#top;
    const last = top.lastChild;
    if (last) {
      last.next = node;
      node.prev = last;
    } else top.firstChild = node;
    top.lastChild = node;
  }

  #endParagraph(): void {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const { tag } = this.#stack[i]!;
      if (tag.name === 'p') {
        this.#popTo(i);
        return;
      }
      if (tag.bits & SCOPE || tag.name === 'button') return;
    }
  }

  #endOpen(ends: ReadonlySet<string>, until: ReadonlySet<string>): void {
    let found = -1;
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const { name, bits } = this.#stack[i]!.tag;
      if (ends.has(name)) found = i;
      else if (until.has(name) || bits & SCOPE) break;
    }
    if (found >= 0) this.#popTo(found);
  }

  /** Closes the open elements from `index` on, and those above whose end tag came earlier. */
  #popTo(index: number): void {
    const stack = this.#stack;
    let length = index;
    while (length > 0 && this.#ended.has(stack[length - 1]!)) length--;
    for (let i = stack.length - 1; i >= length; i--) {
      const element = stack[i]!;
      element.end = this.#order;
      if (element.tag.name === 'p') this.#openParagraphs--;
      if (this.#ended.size > 0) this.#ended.delete(element);
    }
    stack.length = length;
    this.#top = stack[length - 1] ?? this.#document;
  }
}
