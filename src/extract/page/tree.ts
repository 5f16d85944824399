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

/** Where the first element stands in a list in document order whose place is not before `order`. */
export function firstFrom(elements: readonly Element[], order: number): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle]!.order < order) low = middle + 1;
    else high = middle;
  }
  return low;
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

const isSpace = (c: number): boolean => c <= 32 && (c === 32 || c === 10 || c === 9 || c === 13 || c === 12);
const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);

/** Reads the markup once, from left to right; every search moves on to where it ended. */
function scan(html: string, builder: Builder): void {
  const length = html.length;
  const ahead: Ahead = { double: true, single: true, ampersand: -1 };
  let position = 0;
  while (position < length) {
    let start = position;
    let code = html.charCodeAt(start);
    // Never beyond the end: see code-at.ts.
    while (isSpace(code)) code = ++start < length ? html.charCodeAt(start) : 0;
    const ink = start;
    if (code !== 60) start = html.indexOf('<', start);
    // A "<" that begins no markup is text.
    while (start >= 0 && !beginsMarkup(html.charCodeAt(start + 1), html.charCodeAt(start + 2))) {
      start = html.indexOf('<', start + 1);
    }
    if (start < 0) start = length;
    if (ink === start) {
      if (ink > position) builder.space(html, position, start);
    } else builder.text(html.slice(position, start), hasReference(html, position, start, ahead));
    if (start >= length || builder.full) return;

    code = html.charCodeAt(start + 1);
    if (code === 33 || code === 63) {
      position = afterDeclaration(html, start);
      continue;
    }
    if (code === 47) {
      position = builder.closeTop(html, start + 2) ?? readEndTag(html, start + 2, builder);
      continue;
    }
    const nameStart = start + 1;
    let end = nameStart;
    let hash = NO_HASH;
    for (; code > 62 || (end < length && !isNameEnd(code)); code = html.charCodeAt(++end)) hash = hashStep(hash, code);
    const tag = tagAt(html, nameStart, end, hash);
    let attribs = NO_ATTRIBUTES;
    if (code === 62) position = end + 1;
    else {
      if (!builder.leavesOut(tag)) attribs = new Attributes();
      position = readAttributes(html, end, attribs, ahead);
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

/** From behind its "</"; the position after its ">". */
function readEndTag(html: string, nameStart: number, builder: Builder): number {
  let end = nameStart;
  let hash = NO_HASH;
  for (let c = html.charCodeAt(end); end < html.length && !isNameEnd(c); c = html.charCodeAt(++end)) {
    hash = hashStep(hash, c);
  }
  if (isLetter(html.charCodeAt(nameStart))) builder.close(tagAt(html, nameStart, end, hash));
  end = html.indexOf('>', end);
  return end < 0 ? html.length : end + 1;
}

function beginsMarkup(code: number, after: number): boolean {
  return isLetter(code) || code === 33 || code === 63 || (code === 47 && after > 0);
}

const isNameEnd = (c: number): boolean => c <= 62 && (c === 62 || c === 47 || isSpace(c));

function afterDeclaration(html: string, start: number): number {
  if (html.startsWith('<!--', start)) {
    // "<!-->" and "<!--->" are whole comments.
    const end = html.indexOf('-->', start + 2);
    return end < 0 ? html.length : end + 3;
  }
  const end = html.indexOf('>', start);
  return end < 0 ? html.length : end + 1;
}

/** What still occurs further on: without it a page full of opening quotes would be searched to its end each time. */
interface Ahead {
  double: boolean;
  single: boolean;
  /** The first "&" behind what was read last; none has been looked for behind it. */
  ampersand: number;
}

/** Whether references stand in a stretch of the source. */
function hasReference(html: string, from: number, to: number, ahead: Ahead): boolean {
  if (ahead.ampersand < from) {
    const next = html.indexOf('&', from);
    ahead.ampersand = next < 0 ? html.length : next;
  }
  return ahead.ampersand < to;
}

/** Where the quote at `at` is closed; negative where it is not. */
function closingQuote(html: string, at: number, ahead: Ahead): number {
  const code = html.charCodeAt(at);
  if (code === 34 && ahead.double) {
    const close = html.indexOf('"', at + 1);
    ahead.double = close >= 0;
    return close;
  }
  if (code === 39 && ahead.single) {
    const close = html.indexOf("'", at + 1);
    ahead.single = close >= 0;
    return close;
  }
  return -1;
}

/** Reads up to and including the tag's `>`; the position after it. Keeps nothing in `NO_ATTRIBUTES`. */
function readAttributes(html: string, from: number, attribs: Attributes, ahead: Ahead): number {
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
    while (c > 62 || (i < length && c !== 61 && !isNameEnd(c))) {
      hash = hashStep(hash, c);
      c = html.charCodeAt(++i);
    }
    const nameEnd = i;
    while (isSpace(c)) c = html.charCodeAt(++i);
    let valueStart = i;
    let valueEnd = i;
    if (c === 61) {
      c = html.charCodeAt(++i);
      while (isSpace(c)) c = html.charCodeAt(++i);
      const close = closingQuote(html, i, ahead);
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
    if (attribs === NO_ATTRIBUTES) continue;
    const place = ATTRIBUTES.find(html, nameStart, nameEnd, hash);
    if (place !== undefined) {
      const value = html.slice(valueStart, valueEnd);
      attribs.put(place, hasReference(html, valueStart, valueEnd, ahead) ? decodeAttribute(value) : value);
    } else if (valueEnd - valueStart >= MIN_DATA_LENGTH && beginsData(html.charCodeAt(valueStart)))
      attribs.putData(html.slice(valueStart, valueEnd));
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

/** Whether a text is white space alone. */
function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isSpace(text.charCodeAt(i))) return false;
  return true;
}

class Builder {
  readonly #document = new Document();
  /** The innermost open element: those around it are open, and no others. */
  #top: Parent = this.#document;
  /** Elements around what comes next. */
  #depth = 0;
  /** The formatting elements among the open ones whose end tag has been read while blocks inside were still open. */
  readonly #ended = new Set<Element>();
  #order = 0;
  #openParagraphs = 0;
  #openLinks = 0;
  /** Elements beyond MAX_DEPTH whose end tags must not close anything. */
  #tooDeep = 0;
  /** Inside `<svg>` or `<math>`: nothing is kept. */
  #foreign: string | undefined;
  full = false;

  /** White space that stands in the source from `from` up to `to`, between two tags. */
  space(html: string, from: number, to: number): void {
    const top = this.#top;
    // At the edge of a block it is layout; between inline elements it parts words.
    const beside = top.lastChild ?? top;
    if (beside.type !== 'text' && (beside.type === 'root' || beside.tag.bits & BLOCK)) return;
    this.text(html.slice(from, to), false);
  }

  /** As it stands in the source, and whether references may be in it. */
  text(source: string, hasReference: boolean): void {
    if (this.#foreign !== undefined) return;
    const data = hasReference ? decodeText(source) : source;
    const top = this.#top;
    const last = top.lastChild;
    if (last?.type === 'text') {
      last.data += data;
      return;
    }
    const node = new Text(data, top, this.#next());
    this.#append(node);
    this.#document.texts.push(node);
  }

  raw(tag: Tag, attribs: Attributes, source: string): void {
    if (tag.name === 'script') {
      const type = attribs.type?.toLowerCase() ?? '';
      if (type.includes('ld+json')) this.#document.jsonLd.push(source);
      else if (isWritten(type, source)) this.#written(source);
      else if (source !== '') this.#document.scripts.push({ attribs, text: source });
      return;
    }
    if (tag.name === 'style' || this.#foreign !== undefined) return;
    this.open(tag, attribs, false);
    if (tag.name !== 'title' && tag.name !== 'textarea') return;
    if (isBlank(source)) this.space(source, 0, source.length);
    else this.text(source, true);
  }

  /** Whether nothing that the attributes of a start tag say is kept. */
  leavesOut({ name, bits }: Tag): boolean {
    if (this.#foreign !== undefined) return !(bits & BREAKOUT) && name !== 'script';
    return name === 'svg' || name === 'math' || name === 'style';
  }

  /** What a script holds as markup begins and ends inside it. */
  #written(source: string): void {
    const around = this.#top;
    scan(source, this);
    let outermost: Element | undefined;
    let at = this.#top;
    for (; at !== around && at.type === 'tag'; at = at.parent) outermost = at;
    if (outermost && at === around) this.#popTo(outermost);
  }

  open(tag: Tag, attribs: Attributes, selfClosed: boolean): void {
    const { name, bits } = tag;
    if (this.#foreign !== undefined) {
      if (!(bits & BREAKOUT)) return;
      this.#foreign = undefined;
    }
    if (name === 'svg' || name === 'math') {
      if (!selfClosed) this.#foreign = name;
      return;
    }
    if ((name === 'html' || name === 'body') && this.#isOpen(name)) return;
    if (bits & ENDS_P && this.#openParagraphs > 0) this.#endParagraph();
    if (tag.ends !== 0 && (name !== 'a' || this.#openLinks > 0)) this.#endOpen(tag);

    const element = new Element(tag, attribs, this.#top, this.#next());
    this.#append(element);
    this.#document.elements.push(element);
    if (bits & VOID) return;
    if (this.#depth >= MAX_DEPTH) {
      this.#tooDeep++;
      return;
    }
    this.#depth++;
    this.#top = element;
    if (name === 'p') this.#openParagraphs++;
    else if (name === 'a') this.#openLinks++;
  }

  /**
   * The end tag of the innermost open element, as most are: the position behind it, from behind its "</". Undefined, with
   * nothing done, where it is another one's or has more in it than its name.
   */
  closeTop(html: string, nameStart: number): number | undefined {
    const top = this.#top;
    if (top.type === 'root' || this.#foreign !== undefined || this.#tooDeep > 0) return undefined;
    const { name } = top.tag;
    const end = nameStart + name.length;
    if (html.charCodeAt(end) !== 62 || !isNamed(html, nameStart, name) || name === 'body' || name === 'html')
      return undefined;
    this.#popTo(top);
    return end + 1;
  }

  close(tag: Tag): void {
    const { name, bits } = tag;
    if (this.#foreign !== undefined) {
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
    const tabular = bits & SCOPE || name === 'tr' || name === 'tbody' || name === 'thead' || name === 'tfoot';
    let crossesBlock = false;
    for (let open = this.#top; open.type !== 'root'; open = open.parent) {
      if (open.tag === tag || open.tag.name === name) {
        if (crossesBlock && bits & INLINE) this.#ended.add(open);
        else this.#popTo(open);
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
    for (let open = this.#top; open.type !== 'root'; open = open.parent) open.end = this.#order;
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

  #isOpen(name: string): boolean {
    for (let open = this.#top; open.type !== 'root'; open = open.parent) if (open.tag.name === name) return true;
    return false;
  }

  #endParagraph(): void {
    for (let open = this.#top; open.type !== 'root'; open = open.parent) {
      const { tag } = open;
      if (tag.name === 'p') {
        this.#popTo(open);
        return;
      }
      if (tag.bits & SCOPE || tag.name === 'button') return;
    }
  }

  #endOpen({ ends, until }: Tag): void {
    let found: Element | undefined;
    for (let open = this.#top; open.type !== 'root'; open = open.parent) {
      const { own, bits } = open.tag;
      if (ends & own) found = open;
      else if (until & own || bits & SCOPE) break;
    }
    if (found !== undefined) this.#popTo(found);
  }

  /** Closes the open elements up to `last`, and those around it whose end tag came earlier. */
  #popTo(last: Element): void {
    const ended = this.#ended;
    let open: Parent = this.#top;
    let isInside = true;
    while (open.type !== 'root' && (isInside || (ended.size > 0 && ended.has(open)))) {
      if (open === last) isInside = false;
      open.end = this.#order;
      this.#depth--;
      const { name } = open.tag;
      if (name === 'p') this.#openParagraphs--;
      else if (name === 'a') this.#openLinks--;
      if (ended.size > 0) ended.delete(open);
      open = open.parent;
    }
    this.#top = open;
  }
}
