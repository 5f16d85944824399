/**
 * The tree cut into runs: stretches of text that a reader sees as one line or paragraph, each with what counting alone
 * tells of it. In: a document. Out: the runs in page order, and for each element that holds text a frame with the sums
 * over what is inside. One walk; the text of scripts, form controls and media fallbacks is not text.
 */
import { type Attributes, NO_ATTRIBUTES } from '../page/attributes.js';
import { codeAt, codeOrEnd } from '../page/code-at.js';
import { BLOCK, HEADING, type Tag, tagOf } from '../page/tags.js';
import { TextRoom } from '../page/text-room.js';
import { MAX_NAMED, type Names, namesOf, WordList } from '../page/tokens.js';
import { type Document, Element, type Node, type Parent, type Text } from '../page/tree.js';
import { HIDING_STYLE, isBracketed } from '../page/visible.js';
import { withoutShortCodes } from '../text/short-codes.js';

/** What the elements around a run say of it, as bits. */
export const IN = {
  nav: 1,
  aside: 2,
  footer: 4,
  header: 8,
  article: 16,
  main: 32,
  form: 64,
  figure: 128,
  caption: 256,
  quote: 512,
  list: 1024,
  table: 2048,
  pre: 4096,
  hidden: 8192,
  template: 16384,
  button: 32768,
  heading: 65536,
  details: 131072,
  dialog: 262144,
} as const;

/** Beside those of IN: what the cutter does with an element. */
const SILENT = 1 << 24;
const LINES = 1 << 25;
const BREAK = 1 << 26;
const RULE = 1 << 27;
const EMPTY = 1 << 28;
const BOLD = 1 << 29;
const MEDIA = 1 << 30;
const OF_TEXT = (1 << 24) - 1;

const TAG_BITS: Readonly<Record<string, number>> = {
  nav: IN.nav,
  menu: IN.nav,
  aside: IN.aside,
  footer: IN.footer,
  header: IN.header,
  article: IN.article,
  main: IN.main,
  form: IN.form,
  fieldset: IN.form,
  figure: IN.figure,
  figcaption: IN.caption,
  caption: IN.caption,
  blockquote: IN.quote,
  ul: IN.list,
  ol: IN.list,
  dl: IN.list,
  table: IN.table,
  pre: IN.pre,
  template: IN.template,
  button: IN.button,
  h1: IN.heading,
  h2: IN.heading,
  h3: IN.heading,
  h4: IN.heading,
  h5: IN.heading,
  h6: IN.heading,
  details: IN.details,
  dialog: IN.dialog,
};

const ROLE_BITS: Readonly<Record<string, number>> = {
  navigation: IN.nav,
  menu: IN.nav,
  menubar: IN.nav,
  complementary: IN.aside,
  contentinfo: IN.footer,
  banner: IN.header,
  search: IN.form,
  main: IN.main,
  article: IN.article,
  dialog: IN.dialog,
  alertdialog: IN.dialog,
  button: IN.button,
};

/** Elements whose text is not the page's: controls, fallbacks, what shows only without scripts. */
const SILENT_TAGS = new Set(
  'head title textarea select datalist option iframe noframes noembed object video audio canvas noscript rp rt xmp progress meter'.split(
    ' ',
  ),
);

/** No text, and no end of a line: what tells machines of a thing stands in the midst of the sentence that names it. */
const EMPTY_TAGS = new Set('wbr img input meta link'.split(' '));

/** What captions and credits stand under. */
const MEDIA_TAGS = new Set('img amp-img video amp-video iframe audio object'.split(' '));

function insideOf(tag: Tag): number {
  const { name } = tag;
  let bits = TAG_BITS[name] ?? 0;
  if (SILENT_TAGS.has(name)) bits |= SILENT;
  if ((tag.bits & BLOCK) !== 0 || name.includes('-')) bits |= LINES;
  if (name === 'br') bits |= BREAK;
  if (name === 'hr') bits |= RULE;
  if (EMPTY_TAGS.has(name)) bits |= EMPTY;
  if (MEDIA_TAGS.has(name)) bits |= MEDIA;
  if (name === 'b' || name === 'strong' || (tag.bits & HEADING) !== 0) bits |= BOLD;
  tag.inside = bits;
  return bits;
}

/** Class tokens of text that only screen readers speak. */
const SPOKEN_ONLY =
  /(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|assistive-text|offscreen|a11y-hidden)(?:$|[\s_-])/i;

/** The same by style: cut down to nothing, as for "opens in a new tab". */
const CLIPPED = /clip\s{0,3}:\s{0,3}rect\(\s{0,3}[01](?:px)?\b|clip-path\s{0,3}:\s{0,3}inset\((?:50|100)%/i;

/** One of them is in each of these classes. */
const SPOKEN_WORDS = new WordList('only visually visuallyhidden screen screenreader assistive offscreen hidden');

function isSpokenOnly({ class: classes, style }: Attributes, names: Names): boolean {
  if (style !== undefined && CLIPPED.test(style)) return true;
  return classes !== undefined && (classes.length > MAX_NAMED || SPOKEN_WORDS.isIn(names)) && SPOKEN_ONLY.test(classes);
}

const UNDER_PICTURE = new WordList('caption captions desc description legend legende bildunterschrift bildtext');

/** Styles that set something inline on lines of its own. */
const SETS_APART = /display\s*:\s*(?:block|flex|grid|table|list-item)(?![\w-])/i;

/** Signs; what is hidden in the midst of a line and longer is the rest of a text that unfolds. */
const MAX_UNSEEN = 60;

/** A label, tool tip or button in the midst of a line that nobody sees until a script shows it. */
function isUnseen({ attribs, firstChild }: Element): boolean {
  if (attribs.hidden === undefined && !(attribs.style !== undefined && HIDING_STYLE.test(attribs.style))) return false;
  return firstChild?.type === 'text' && firstChild.next === null && firstChild.data.length <= MAX_UNSEEN;
}

/** A path as blocks have it, and the paths below: frames at one place share it, and with it one string. */
export interface Place {
  readonly path: string;
  readonly inside: Map<string, Place>;
}

/** An element with text inside. */
export class Frame {
  chars = 0;
  linkChars = 0;
  /** Runs inside, at any depth: `runs[first] … runs[end - 1]`. */
  first = 0;
  end = 0;
  /** Sentence and clause marks inside. */
  commas = 0;
  /** `<p>` and alike inside that stand in no smaller element with other text. */
  paragraphs = 0;
  /** Images and videos inside. */
  media = 0;
  /** Hash of tag and stable class names from the body down: the same for siblings of one kind. */
  path: number;
  /** Place among the page's frames. */
  index = 0;
  /** Where it stands on the site's pages, once it was asked for: see body.ts. */
  place: Place | undefined = undefined;
  /** The innermost element around it that holds other text too: sites wrap a paragraph in any number of elements. */
  outer: Frame | null = null;
  constructor(
    readonly element: Element,
    readonly parent: Frame | null,
    readonly bits: number,
    readonly depth: number,
    /** What class, id and alike say. */
    readonly names: Names,
    readonly block: boolean,
  ) {
    const { tag } = element;
    const tagged = (Math.imul(parent ? parent.path : 0, tag.factor) + tag.hash) | 0;
    this.path = (Math.imul((Math.imul(tagged, names.factor) + names.hash) | 0, 37) + 7) | 0;
  }
}

/** The largest element around each that does not hold the other; the same one twice where one holds the other. */
export function apart(first: Frame, second: Frame): [Frame, Frame] {
  let a = first;
  let b = second;
  while (a.depth > b.depth && a.parent) a = a.parent;
  while (b.depth > a.depth && b.parent) b = b.parent;
  while (a.parent && b.parent && a.parent !== b.parent) {
    a = a.parent;
    b = b.parent;
  }
  return [a, b];
}

/** One line or paragraph. */
export class Run {
  index = 0;
  /** White space folded; a `<br>` is a line feed. */
  text = '';
  linkChars = 0;
  links = 0;
  boldChars = 0;
  /** The innermost element around all of its text. */
  frame: Frame;
  /** The innermost element that makes lines. */
  block: Frame;
  readonly texts: Text[];
  /** The cell that it stands in, where its table holds data: see tables.ts. */
  cell: Frame | undefined = undefined;
  /** Images and videos between the run before and this one. */
  mediaBefore = 0;
  words = 0;
  digits = 0;
  capitals = 0;
  commas = 0;
  chars = 0;
  /** Whether signs of a script are among them that puts no spaces between words, or of Hangul. */
  unspaced = false;
  constructor(frame: Frame, block: Frame, first: Text) {
    this.frame = frame;
    this.block = block;
    this.texts = [first];
  }
}

export interface Cut {
  readonly runs: readonly Run[];
  /** Per element (by its `order`) its frame, where text is inside. */
  readonly frames: readonly Frame[];
}

export function cut(document: Document): Cut {
  const cutter = new Cutter();
  // Pages without <html>, and pieces of pages, get an element around them.
  const whole = new Element(tagOf('html'), NO_ATTRIBUTES, document, 0);
  whole.firstChild = document.firstChild;
  whole.end = document.end;
  cutter.element(whole, null, 0);
  cutter.finish();
  return { runs: cutter.runs, frames: cutter.frames };
}

/** The arrow behind a note that leads back to where it is noted. */
const BACK = /^\s{0,4}[↩↑⤴⮌]\ufe0e?\s{0,4}$/;

function isBackLink({ data, parent }: Text): boolean {
  if (data.length > 10 || !BACK.test(data)) return false;
  return parent?.type === 'tag' && (parent.attribs.href?.startsWith('#') ?? false);
}

class Cutter {
  readonly runs: Run[] = [];
  readonly frames: Frame[] = [];
  #run: Run | undefined;
  #raw = '';
  /** Whether a line feed in #raw is one of the page: most are lines of the source, where no run has a `<br>`. */
  #lines = false;
  #breaks = 0;
  #link = 0;
  #bold = 0;
  #media = 0;
  #mediaSeen = 0;

  element(element: Element, parent: Frame | null, bits: number): void {
    const { tag, attribs } = element;
    const inside = tag.inside < 0 ? insideOf(tag) : tag.inside;
    if (inside & MEDIA) this.#media++;
    if (inside & (SILENT | BREAK | RULE | EMPTY) && !isBracketed(element)) {
      if (inside & RULE) this.#flush();
      if (inside & BREAK && this.#run) {
        this.#breaks++;
        this.#keepLines();
        this.#raw += '\n';
      }
      return;
    }
    let own = bits | (inside & OF_TEXT);
    if (attribs.role !== undefined) own |= ROLE_BITS[attribs.role] ?? 0;
    const { style } = attribs;
    if (attribs.hides || (style !== undefined && HIDING_STYLE.test(style))) own |= IN.hidden;
    const names = namesOf(element);
    const block =
      (inside & LINES) !== 0 || (style !== undefined && SETS_APART.test(style)) || this.#isUnderPicture(element, names);
    if (!block && ((own & IN.hidden && isUnseen(element)) || isSpokenOnly(attribs, names))) return;
    if (block) this.#flush();
    const link = tag.name === 'a' && attribs.href !== undefined;
    if (link && this.#run) this.#run.links++;
    if (element.firstChild === null) return;
    const frame = new Frame(element, parent, own, parent ? parent.depth + 1 : 0, names, block);
    frame.first = this.runs.length;
    const media = this.#media;
    frame.index = this.frames.push(frame) - 1;
    const bold = (inside & BOLD) !== 0;
    if (link) this.#link++;
    if (bold) this.#bold++;
    for (let child: Node | null = element.firstChild; child; child = child.next) {
      if (child.type === 'tag') this.element(child, frame, own);
      else this.#text(child, frame);
    }
    if (link) this.#link--;
    if (bold) this.#bold--;
    if (block) this.#flush();
    frame.end = this.runs.length + (this.#run ? 1 : 0);
    frame.media = this.#media - media;
    if (frame.end === frame.first && frame.index === this.frames.length - 1) this.frames.length = frame.index;
  }

  finish(): void {
    this.#flush();
    for (const frame of this.frames) {
      const { parent } = frame;
      frame.outer = parent && parent.end - parent.first === frame.end - frame.first ? parent.outer : parent;
    }
    for (const run of this.runs) {
      run.frame.chars += run.chars;
      run.frame.linkChars += run.linkChars;
      run.frame.commas += run.commas;
      if (run.block.outer) run.block.outer.paragraphs++;
    }
    // Inner frames stand behind the outer ones.
    for (let i = this.frames.length - 1; i > 0; i--) {
      const frame = this.frames[i]!;
      const parent = frame.parent!;
      parent.chars += frame.chars;
      parent.linkChars += frame.linkChars;
      parent.commas += frame.commas;
    }
  }

  /** A caption that only a `<br>` parts from the text. */
  #isUnderPicture(element: Element, names: Names): boolean {
    if (this.#run || this.#media === this.#mediaSeen || !UNDER_PICTURE.isIn(names)) return false;
    const last = element.next === null && element.parent.type === 'tag' ? element.parent : element;
    return last.next?.type === 'tag' && last.next.name === 'br';
  }

  #text(text: Text, frame: Frame): void {
    if (this.#link > 0 && isBackLink(text)) return;
    if (text.data.includes('[') && !isCode(frame)) text.data = withoutShortCodes(text.data);
    const { data } = text;
    const isNewLine = this.#breaks > 0;
    if (isNewLine) {
      if (isBlank(data)) return;
      // Two line breaks part paragraphs.
      if (this.#breaks > 1) this.#flush();
      this.#breaks = 0;
    }
    let run = this.#run;
    if (!run) {
      if (isBlank(data)) return;
      let block = frame;
      while (!block.block && block.parent) block = block.parent;
      run = new Run(frame, block, text);
      run.mediaBefore = this.#media - this.#mediaSeen;
      if (this.#link) run.links = 1;
      this.#run = run;
    } else {
      let common = run.frame;
      while (common.depth > frame.depth) common = common.parent!;
      let other = frame;
      while (other.depth > common.depth) other = other.parent!;
      while (common !== other) {
        common = common.parent!;
        other = other.parent!;
      }
      run.frame = common;
      if (!isNewLine && !(frame.bits & IN.pre) && isApart(run.texts[run.texts.length - 1]!, text)) this.#raw += ' ';
      run.texts.push(text);
    }
    // Lines of the source are no lines of the page, but where they are typeset as they stand.
    const isTypeset = (frame.bits & IN.pre) !== 0;
    if (isTypeset) this.#keepLines();
    this.#raw += this.#lines && !isTypeset && data.includes('\n') ? data.replaceAll('\n', ' ') : data;
    if (this.#link > 0) run.linkChars += inkOf(data);
    if (this.#bold > 0) run.boldChars += inkOf(data);
  }

  #keepLines(): void {
    if (this.#lines) return;
    this.#lines = true;
    this.#raw = this.#raw.replaceAll('\n', ' ');
  }

  #flush(): void {
    const run = this.#run;
    this.#breaks = 0;
    if (!run) return;
    this.#run = undefined;
    run.text = foldSpace(this.#raw, this.#lines);
    if (isDropCap(run)) run.text = run.text[0]! + run.text.slice(2);
    this.#raw = '';
    this.#lines = false;
    if (run.text === '' || MARKS_ALONE.test(run.text)) return;
    count(run);
    run.index = this.runs.push(run) - 1;
    this.#mediaSeen = this.#media;
  }
}

/** A joiner without anything to join, with which editors keep an empty paragraph open. */
const MARKS_ALONE = /^\p{Cf}+$/u;

const CODE = /^(?:code|kbd|samp|tt|var)$/;
const isCode = ({ bits, element }: Frame): boolean => (bits & IN.pre) !== 0 || CODE.test(element.name);

/** What ends a sentence, or a word; then what begins one. */
const ENDS_SENTENCE = /[\p{Ll}\p{Nd})][.!?…]["”’»)]?$/u;
const ENDS_WORD = /[\p{L}\p{Nd}][\p{Ll}\p{Nd})]$/u;
const BEGINS = /^["“„«(]?\p{Lu}[\p{Ll} ]/u;
/** All of a text: the number of an entry. */
const ENUMERATOR = /^\s?\d{1,2}[.)]$/;
/** Signs of a text's beginning or end that are looked at. */
const EDGE = 4;

/**
 * Whether styles alone part a text from the one before: a sentence ends where an element does and the next begins, or
 * two elements side by side hold a word or phrase each, as buttons and bylines do.
 */
export function isApart(before: Text, text: Text): boolean {
  // What goes on in the middle of a word, as nearly all does, is seen by one sign.
  const begins = codeAt(text.data, 0);
  if (begins <= 32 || (begins >= 97 && begins <= 122)) return false;
  const last = codeAt(before.data, before.data.length - 1);
  if (last <= 32 || !BEGINS.test(text.data.slice(0, EDGE))) return false;
  const end = before.data.slice(-EDGE);
  if (ENDS_SENTENCE.test(end)) return true;
  const isBeside = before.next === null && text.prev === null && before.parent !== text.parent;
  return isBeside && (ENDS_WORD.test(end) || (end.length < EDGE && ENUMERATOR.test(end)));
}

/** Class words of initials. */
const INITIAL_WORDS = new WordList('dropcap dropcaps drop initial initials lettrine capital firstletter letter');
/** Elements from the letter up that may be called so. */
const INITIAL_HEIGHT = 3;
/** Letters that are no word in any language. */
const INITIALS = 'BCDFGHJLMNPQRTX';

/** "T he ferry": an initial in an element of its own, with white space behind it in the source. */
export function isDropCap({ text, texts }: Pick<Run, 'text' | 'texts'>): boolean {
  if (codeOrEnd(text, 1) !== 32 || texts.length < 2 || !INITIALS.includes(text[0]!)) return false;
  const { data, parent } = texts[0]!;
  if (data.trim().length !== 1 || !/^\p{Ll}{2}/u.test(text.slice(2, 6))) return false;
  let element: Parent | null = parent;
  for (let step = 0; element?.type === 'tag' && step < INITIAL_HEIGHT; step++, element = element.parent)
    if (INITIAL_WORDS.names(element)) return true;
  return false;
}

function isBlank(text: string): boolean {
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const c = codeAt(text, i);
    if (c > 32 && c !== 0xa0 && c !== 0x200b && c !== 0xfeff) return false;
  }
  return true;
}

/** Characters that leave ink. */
function inkOf(text: string): number {
  let ink = 0;
  const { length } = text;
  for (let i = 0; i < length; i++) if (codeAt(text, i) > 32) ink++;
  return ink;
}

/** Soft hyphens and zero-width marks break words for machines only; all other white space is one space, or one line feed where there is one in it and `hasLines`. */
function foldSpace(raw: string, hasLines: boolean): string {
  let start = 0;
  let end = raw.length;
  while (start < end && isLayout(codeAt(raw, start))) start++;
  while (end > start && isLayout(codeAt(raw, end - 1))) end--;
  const text = raw.slice(start, end);
  return isFolded(text) ? text : foldInside(text, hasLines);
}

const room = new TextRoom();

function foldInside(text: string, hasLines: boolean): string {
  const { length } = text;
  room.clear(length);
  /** White space since the last sign, as what is put for it; 0: none. */
  let space = 0;
  for (let i = 0; i < length; i++) {
    const c = codeAt(text, i);
    if (isLayout(c)) space = hasLines && (c === 10 || space === 10) ? 10 : 32;
    else if (c >= 0xa0 && isOddSpace(c)) {
      if (!isMark(c) && space === 0) space = 32;
    } else {
      if (space > 0 && room.length > 0) room.put(space);
      space = 0;
      room.put(c);
    }
  }
  return room.text();
}

/** Whether white space is single spaces alone, and no mark without width is there. */
export function isFolded(text: string): boolean {
  let before = 0;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const c = codeAt(text, i);
    if (c <= 32 ? c !== 32 || before === 32 : c >= 0xa0 && isOddSpace(c)) return false;
    before = c;
  }
  return true;
}

const isLayout = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);

/** Soft hyphens and zero-width marks. */
const isMark = (c: number): boolean => c === 0xad || c === 0x200b || c === 0x2060 || c === 0xfeff;

/** White space and marks without width beyond ASCII. */
function isOddSpace(c: number): boolean {
  if (c < 0x1680) return c === 0xa0 || c === 0xad;
  return (
    (c >= 0x2000 && c <= 0x200b) ||
    c === 0x2028 ||
    c === 0x2029 ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x2060 ||
    c === 0x3000 ||
    c === 0xfeff ||
    c === 0x1680
  );
}

function count(run: Run): void {
  const { text } = run;
  let isInWord = false;
  let chars = 0;
  let words = 0;
  let digits = 0;
  let capitals = 0;
  let commas = 0;
  let unspaced = false;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const c = codeAt(text, i);
    if (c <= 32) {
      isInWord = false;
      continue;
    }
    chars++;
    if (c >= 0x3040 && c < 0xa000) {
      // Scripts without spaces: two characters are about a word.
      if (c < 0x3100 || c >= 0x3400) unspaced = true;
      if (chars & 1) words++;
      continue;
    }
    if (!isInWord) {
      words++;
      isInWord = true;
    }
    if (c >= 97 && c < 128) continue;
    if (c < 97) {
      if (c >= 65 && c <= 90) capitals++;
      else if (c >= 48 && c <= 57) digits++;
      else if (c === 44 || c === 59) commas++;
    } else if (c >= 0x410 && c <= 0x42f) capitals++;
    else if (c === 0x60c || c === 0xff0c) commas++;
    else if ((c >= 0xe00 && c <= 0xeff) || (c >= 0xac00 && c <= 0xd7af)) unspaced = true;
  }
  run.chars = chars;
  run.words = words;
  run.digits = digits;
  run.capitals = capitals;
  run.commas = commas;
  run.unspaced = unspaced;
}
