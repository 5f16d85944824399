/**
 * An article's text inside a page's data. In: values, and the titles that the page gives itself. Out: the largest
 * structure that reads like an article, as HTML. Content systems write articles in two ways: one string of HTML or of
 * plain text, or a list of paragraphs, headings and so on, each with its text somewhere below. Knows no site: the one
 * list of names is of keys under which text stands.
 */
import { escapeHtml } from '../body/article-html.js';
import { fold } from '../text/words.js';
import { isObject, type JsonObject, type JsonValue } from './json-ld.js';

export interface ScriptArticle {
  readonly html: string;
  /** Signs of prose. */
  readonly prose: number;
  /** The thing that it stands in, where that is called what the page is called, or has its address. */
  readonly named?: JsonObject;
  /** The table that references in it lead to. */
  readonly root: JsonObject;
}

/** What the page is known by. */
export interface PageNames {
  readonly titles: readonly string[];
  /** Absolute URLs. */
  readonly addresses: readonly string[];
}

/** Keys under which a part of an article holds its text, or the parts inside it; of several the first with text counts. */
const TEXT_KEYS = [
  'html',
  '__html',
  'dangerouslySetInnerHTML',
  'text',
  'content',
  'value',
  'body',
  'children',
  'paragraph',
  'paragraphs',
  'markup',
  'copy',
  'richText',
  'model',
  'blocks',
  'elements',
  'components',
  'items',
  'nodes',
  'node',
  'data',
  'attributes',
  'fields',
  'props',
  'document',
  'contents',
  'main',
  'article',
] as const;
const TEXT_RANKS: ReadonlyMap<string, number> = new Map(TEXT_KEYS.map((key, rank) => [key, rank]));
/** Keys that say what kind of part it is. */
const KIND_KEYS = [
  'type',
  '_type',
  'nodeType',
  'kind',
  '__typename',
  'tag',
  'tagName',
  'style',
  'blockType',
  'component',
  'name',
  'format',
] as const;
/** Words in a kind: parts that are no text of the article. */
const OTHER_PARTS = new Set(
  'image images photo picture figure video audio gallery slideshow embed iframe ad ads advert advertisement promo related newsletter interstitial social tweet twitter instagram oembed widget poll form button caption byline credit table divider signup podcast teaser recommendation recommendations card'.split(
    ' ',
  ),
);
const HTML = /<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|section|article)\b[^<>]{0,500}>/i;
/** Ends of a paragraph, with closing quotes and brackets. */
const END = /[.!?…:。！？।؟۔]["'”’»)\]›」』]*\s*$/u;
/** What goes on with a sentence that the part before began. */
const GOES_ON = /^\s?[\p{Ll},.;:)]/u;
const UNSPACED = /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]/;
/** Shorter texts are teasers. */
const MIN_ARTICLE = 400;
/** Of one string without any paragraphs: shorter ones are what a person or a thing is described with. */
const MIN_PLAIN = 800;
/** At least one sentence ends in so many signs: lists of names, addresses and sizes have no ends. */
const MAX_SENTENCE = 500;
const SENTENCE_END = /[.!?…。！？।؟۔]["'”’»)\]›」』]*(?:\s|<|$)/gu;
/** Share of a text that signs of program code may have. */
const MAX_CODE = 0.015;
/** Words in a key under which stands what is beside the article. */
const OTHER_KEYS = new Set(
  'author authors bio biography byline contributor contributors creator newsletter newsletters related recommended recommendations cookie cookies consent privacy gdpr config configuration settings ads ad advertising footer header nav navigation menu translations translation messages i18n locale strings labels comments comment trending popular latest sidebar schema seo css styles script scripts code publisher sponsor disclaimer terms'.split(
    ' ',
  ),
);
/** Keys under which a thing has its name. */
const NAME_KEYS = ['headline', 'title', 'headlines', 'titles', 'heading'] as const;
/** Share of a list's prose that must stand in entries that end as paragraphs do. */
const PARAGRAPHS = 0.6;
/** Things around a text that may bear the article's name. */
const HEIGHT = 5;
const MIN_NAME = 8;
const MAX_NAME = 300;
/** Signs of the part of an address that leads to an article; smaller numbers count other things. */
const MIN_SLUG = 5;
const MIN_SERIAL = 10_000;
const MAX_VALUES = 400_000;
const MAX_DEPTH = 110;
/** Shorter paragraphs may be said twice. */
const MIN_REPEATED = 60;
/** An article that is called what the page is called goes before one that is larger up to so many times. */
const NAMED = 8;

interface Found {
  readonly value: JsonValue;
  readonly prose: number;
  readonly named: JsonObject | undefined;
}

/** What stands under a value: its signs of prose, and whether its last text ends as a paragraph does. */
interface Sum {
  readonly prose: number;
  readonly ends: boolean;
}
const NOTHING: Sum = { prose: 0, ends: false };

export function findScriptArticle(values: readonly JsonValue[], names: PageNames): ScriptArticle | undefined {
  const titles = names.titles.map(fold).filter((title) => title.length >= MIN_NAME);
  const search = new Search({ titles, addresses: names.addresses.map(pathOf) });
  for (const value of values) search.read(value);
  const { best } = search;
  if (!best || best.prose < MIN_ARTICLE) return undefined;
  const { named, prose, value } = best;
  const { writer } = search;
  return { html: writer.part(value).html, prose, root: writer.root, ...(named && { named }) };
}

class Search {
  best: Found | undefined;
  writer = new Writer({});
  #left = MAX_VALUES;
  readonly #around: JsonObject[] = [];
  #root: JsonObject = {};
  /** Folded titles and paths. */
  constructor(readonly names: PageNames) {}

  read(value: JsonValue): void {
    this.#root = isObject(value) ? value : {};
    const before = this.best;
    this.#sum(value, 0);
    if (this.best !== before) this.writer = new Writer(this.#root);
  }

  #sum(value: JsonValue, depth: number): Sum {
    if (this.#left-- <= 0 || depth > MAX_DEPTH) return NOTHING;
    if (typeof value === 'string') {
      const inside = embedded(value);
      return inside ? this.#sum(inside, depth + 1) : this.#string(value);
    }
    if (value === null || typeof value !== 'object') return NOTHING;
    return Array.isArray(value) ? this.#list(value, depth) : this.#object(value, depth);
  }

  #string(text: string): Sum {
    const prose = proseOf(text);
    if (prose >= (/<(?:p|br)\b|\n/i.test(text) ? MIN_ARTICLE : MIN_PLAIN) && hasSentences(text))
      this.#offer(text, prose);
    return prose === 0 ? NOTHING : { prose, ends: HTML.test(text) || END.test(text.slice(-12)) };
  }

  #list(list: readonly JsonValue[], depth: number): Sum {
    let prose = 0;
    let whole = 0;
    let parts = 0;
    let ends = false;
    for (const item of list) {
      const sum = this.#sum(item, depth + 1);
      if (sum.prose === 0) continue;
      prose += sum.prose;
      ends = sum.ends;
      if (!sum.ends) continue;
      whole += sum.prose;
      parts++;
    }
    if (parts >= 2 && whole >= prose * PARAGRAPHS && prose >= MIN_ARTICLE) this.#offer(list as JsonValue[], prose);
    return { prose, ends };
  }

  #object(object: JsonObject, depth: number): Sum {
    const target = referenceOf(object, this.#root);
    if (target) return depth > 40 ? NOTHING : this.#object(target, depth + 1);
    this.#around.push(object);
    let own: Sum = NOTHING;
    const key = textKeyOf(object);
    for (const name in object) {
      if (isOtherKey(name)) continue;
      const sum = this.#sum(object[name]!, depth + 1);
      if (name === key) own = sum;
    }
    this.#around.pop();
    return isOtherPart(object) ? NOTHING : own;
  }

  /** The nearest thing around that has a headline, where it is the one that the page is about. */
  #named(): JsonObject | undefined {
    for (const object of this.#around.slice(-HEIGHT).reverse()) {
      if (isAbout(object, this.names)) return object;
      if (hasName(object)) return undefined;
    }
    return undefined;
  }

  #offer(value: JsonValue, prose: number): void {
    const named = this.#named();
    const weight = (found: Omit<Found, 'value'>) => found.prose * (found.named ? NAMED : 1);
    if (!this.best || weight({ prose, named }) > weight(this.best)) this.best = { value, prose, named };
  }
}

/** What a string holds that is JSON itself, as some content systems give rich text. */
function embedded(text: string): JsonObject | JsonValue[] | undefined {
  if (text.length < MIN_ARTICLE || !/^\s{0,20}[[{]\s{0,20}[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonObject | JsonValue[];
  } catch {
    return undefined;
  }
}

/** A thing has its name and address among its values, or one level below: `headlines: {basic: "…"}`. */
function isAbout(object: JsonObject, { titles, addresses }: PageNames): boolean {
  const tells = (value: JsonValue | undefined): boolean =>
    typeof value === 'string'
      ? says(value, titles) || leadsTo(value, addresses)
      : typeof value === 'number' && value >= MIN_SERIAL && leadsTo(String(value), addresses);
  return Object.values(object).some((value) => tells(value) || (isObject(value) && Object.values(value).some(tells)));
}

/** The path of an address, or of a part of one, without what differs between its spellings. */
const pathOf = (address: string): string =>
  address
    .replace(/^https?:\/\/[^/]*/, '')
    .replace(/[?#].*$/s, '')
    .replace(/(?:\.[a-z]{3,5})?\/?$/, '');

/** Whether a value is the page's path, its last part, or the number in that: a URL, a slug, an identifier. */
function leadsTo(value: string, paths: readonly string[]): boolean {
  if (value.length < MIN_SLUG || value.length > MAX_NAME || /\s/.test(value)) return false;
  const part = pathOf(value).replace(/^\//, '');
  if (part.length < MIN_SLUG) return false;
  return paths.some(
    (path) =>
      path.endsWith(`/${part}`) ||
      (/^\d+$/.test(part) && path.slice(path.lastIndexOf('/')).match(/\d+/g)?.includes(part)),
  );
}

function says(text: string, titles: readonly string[]): boolean {
  if (text.length < MIN_NAME || text.length > MAX_NAME) return false;
  const folded = fold(text);
  return titles.some((title) => title === folded || (folded.length >= 20 && title.startsWith(folded)));
}

/** Has it a headline of its own, in words? */
function hasName(object: JsonObject): boolean {
  return NAME_KEYS.some((key) => {
    const value = object[key];
    return typeof value === 'string' && value.length >= MIN_NAME && value.length <= MAX_NAME && /\s/.test(value.trim());
  });
}

const isOtherKey = (key: string): boolean => key.length < 60 && wordsOfName(key).some((word) => OTHER_KEYS.has(word));

/** Names of keys and kinds repeat within a state. */
const wordsByName = new Map<string, readonly string[]>();
const MAX_KNOWN_NAMES = 5000;

function wordsOfName(name: string): readonly string[] {
  let words = wordsByName.get(name);
  if (!words) {
    words = name
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/);
    if (wordsByName.size >= MAX_KNOWN_NAMES) wordsByName.clear();
    // A slice of the page would keep the whole page alive.
    wordsByName.set(` ${name}`.slice(1), words);
  }
  return words;
}

function hasSentences(text: string): boolean {
  const ends = text.match(SENTENCE_END)?.length ?? 0;
  return ends >= 2 && ends * MAX_SENTENCE >= text.replace(/<[^<>]{0,2000}>/g, '').length;
}

/** Apollo and alike keep things in one table and refer to them by their key. */
export function referenceOf(object: JsonObject, root: JsonObject): JsonObject | undefined {
  const key = object.__ref ?? (object.type === 'id' ? object.id : undefined);
  const target = typeof key === 'string' ? root[key] : undefined;
  return isObject(target) ? target : undefined;
}

function textKeyOf(object: JsonObject): string | undefined {
  let best: string | undefined;
  let before = Number.POSITIVE_INFINITY;
  // Things have fewer keys than text has names.
  for (const key in object) {
    const rank = TEXT_RANKS.get(key);
    if (rank === undefined || rank >= before) continue;
    const value = object[key];
    if (typeof value === 'string' ? value.trim() === '' : value === null || typeof value !== 'object') continue;
    best = key;
    before = rank;
  }
  return best;
}

/** White space between two words has a thing of its own where one of them is a link or in bold. */
const isSpace = (object: JsonObject): boolean =>
  TEXT_KEYS.some((key) => {
    const value = object[key];
    return typeof value === 'string' && value !== '' && value.trim() === '';
  });

const withoutTags = (html: string): string => html.replace(/<[^<>]{0,500}>/g, '');

function kindOf(object: JsonObject): string[] {
  const words: string[] = [];
  for (const key of KIND_KEYS) {
    const value = object[key];
    if (typeof value === 'string' && value.length < 60) words.push(...wordsOfName(value));
  }
  return words;
}

const isOtherPart = (object: JsonObject): boolean => kindOf(object).some((word) => OTHER_PARTS.has(word));

/** Signs of a text that reads as prose, or is a piece of it; 0 for names, addresses, code. */
function proseOf(text: string): number {
  if (/^\s*(?:https?:|data:|[[{]|\/\/|\/\*|<(?:script|style|svg)\b)/i.test(text)) return 0;
  const plain = text.includes('<') ? text.replace(/<[^<>]{0,2000}>/g, '') : text;
  if (UNSPACED.test(plain)) return plain.length * 2;
  let spaces = 0;
  let code = 0;
  for (let i = 0; i < plain.length; i++) {
    const c = plain.charCodeAt(i);
    if (c === 32) spaces++;
    // { | } ; = _
    else if ((c >= 123 && c <= 125) || c === 59 || c === 61 || c === 95) code++;
  }
  return spaces === 0 || spaces * 14 < plain.length || code > plain.length * MAX_CODE + 1 ? 0 : plain.length;
}

interface Part {
  readonly html: string;
  /** Whether it is made of paragraphs and alike, not of words within one. */
  readonly isBlock: boolean;
}

/** Writes a structure as HTML. */
class Writer {
  /** Paragraphs that are written: some states hold an article twice, for screens of two kinds. */
  readonly #written = new Set<string>();
  constructor(readonly root: JsonObject) {}

  part(value: JsonValue | undefined, depth = 0): Part {
    if (value === undefined || value === null || depth > MAX_DEPTH) return { html: '', isBlock: false };
    if (typeof value === 'string') {
      const inside = embedded(value);
      return inside ? this.part(inside, depth + 1) : stringPart(value);
    }
    if (typeof value !== 'object') return { html: '', isBlock: false };
    if (Array.isArray(value)) return this.#list(value, depth);
    const object = referenceOf(value, this.root) ?? value;
    if (isOtherPart(object)) return { html: '', isBlock: false };
    const key = textKeyOf(object);
    const inner = key === undefined ? undefined : this.part(object[key], depth + 1);
    if (!inner || inner.html === '') return { html: isSpace(object) ? ' ' : '', isBlock: false };
    const tag = tagOfKind(kindOf(object));
    if (tag === undefined || (inner.isBlock && tag === 'p')) return inner;
    const html = inner.isBlock || tag !== 'blockquote' ? inner.html : `<p>${inner.html}</p>`;
    if (tag === 'p') return { html: this.#paragraph(html), isBlock: true };
    const inside = tag === 'ul' ? html.replace(/(<\/?)p>/g, '$1li>') : html;
    return { html: `<${tag}>${inside}</${tag}>`, isBlock: true };
  }

  /** Entries that end as paragraphs do are paragraphs; otherwise they are the words of one. */
  #list(list: readonly JsonValue[], depth: number): Part {
    const parts = list.map((item) => this.part(item, depth + 1)).filter(({ html }) => html !== '');
    const ends = parts.map(({ html, isBlock }) => isBlock || END.test(withoutTags(html).slice(-12)));
    const ending = ends.filter((each) => each).length;
    const goesOn = parts.some(({ html }, i) => i > 0 && !ends[i - 1] && GOES_ON.test(withoutTags(html)));
    if (!parts.some(({ isBlock }) => isBlock) && (goesOn || ending < 2 || ending < parts.length * 0.5))
      return { html: parts.map(({ html }) => html).join(''), isBlock: false };
    return { html: parts.map(({ html, isBlock }) => (isBlock ? html : this.#paragraph(html))).join(''), isBlock: true };
  }

  #paragraph(html: string): string {
    if (html.length >= MIN_REPEATED && this.#written.has(html)) return '';
    this.#written.add(html);
    return `<p>${html}</p>`;
  }
}

function stringPart(text: string): Part {
  if (HTML.test(text)) return { html: text, isBlock: true };
  const inline = /<[a-z/][^<>]{0,2000}>/i.test(text) ? text : escapeHtml(text);
  const paragraphs = inline.split(/\n\s*\n|\r\n|\n/).filter((line) => line.trim() !== '');
  if (paragraphs.length < 2) return { html: inline, isBlock: false };
  return { html: paragraphs.map((line) => `<p>${line}</p>`).join(''), isBlock: true };
}

function tagOfKind(kind: readonly string[]): string | undefined {
  if (
    kind.some((word) =>
      /^(?:h[1-6]|heading|header|headline|subheading|subhead|subtitle|crosshead|crossheading)$/.test(word),
    )
  )
    return 'h2';
  if (kind.some((word) => /^(?:blockquote|quote|pullquote)$/.test(word))) return 'blockquote';
  if (kind.includes('li') || (kind.includes('list') && kind.includes('item'))) return 'li';
  if (kind.some((word) => /^(?:ul|ol|list)$/.test(word))) return 'ul';
  if (kind.some((word) => /^(?:p|paragraph|block|unstyled|normal)$/.test(word))) return 'p';
  return undefined;
}
