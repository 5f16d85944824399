/**
 * One pass over the tree that sets aside what the fields will ask for. In: the tree and what was known of the page.
 * Out: `<meta>` and `<link>` by name, the page's linked data and which thing of it is this page's article, microdata
 * and RDFa properties, headings, times, bylines. Never: a verdict on any field.
 */
import type { PageInput } from '../page.js';
import { normalizeUrl } from '../url.js';
import type { Source } from './candidate.js';
import { type JsonObject, type LinkedData, type LinkedThing, readJsonLd, textValue, urlValue } from './data/json-ld.js';
import type { Attributes } from './page/attributes.js';
import { HEADING } from './page/tags.js';
import { namesOf, WordList } from './page/tokens.js';
import type { Document, Element, Parent } from './page/tree.js';
import { oneLine, plain } from './page/visible.js';
import { fold } from './text/words.js';

export interface Witnesses {
  readonly document: Document;
  readonly input: PageInput;
  /** What relative links are resolved against. */
  readonly base: string;
  /** Contents of `<meta>` by lower-cased name, property or itemprop, in page order, entities read, never empty. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** Attributes of `<link>` by lower-cased rel. */
  readonly links: ReadonlyMap<string, readonly Attributes[]>;
  /** `<title>`. */
  readonly title: string | undefined;
  readonly linked: LinkedData;
  /** The linked thing that is this page's article, where one is. */
  readonly article: JsonObject | undefined;
  readonly articleTypes: readonly string[];
  /** Where that was read. */
  readonly articleFrom: Source;
  /** That thing, and others that tell of the same article: two plugins of one content system each write their own. */
  readonly articles: readonly JsonObject[];
  /** Elements by microdata or RDFa property, those of comments and of other things than an article left out. */
  readonly properties: ReadonlyMap<string, readonly Element[]>;
  /** h1 to h4, in page order. */
  readonly headings: readonly Element[];
  /** `<time>`, and elements whose class or attributes speak of a date. */
  readonly times: readonly Element[];
  /** Elements whose class, rel or property speaks of an author. */
  readonly bylines: readonly Element[];
  /** Elements whose class speaks of a headline and that are no headings. */
  readonly titles: readonly Element[];
  /** Elements whose class speaks of bread crumbs, a kicker or a section. */
  readonly sections: readonly Element[];
  /** `<img>` and the like. */
  readonly images: readonly Element[];
  /** Videos, frames, and custom elements that may become players. */
  readonly players: readonly Element[];
  /** Links with a `rel`. */
  readonly relatedLinks: readonly Element[];
  /** `<html>`. */
  readonly root: Element | undefined;
  /** `<body>`. */
  readonly bodyElement: Element | undefined;
  readonly canonicalUrl: string | undefined;
}

/** Class words → the list an element goes to: words as real sites use them. */
const TIME = new WordList(
  'date datetime time timestamp published publish pubdate publication postdate datum fecha data dateline posted updated created modified entrydate articledate datepublished datestamp zeit uhrzeit erstellt veroeffentlicht meta postmeta entrymeta info metadata submitted',
  { begins: ['date'], ends: ['date', 'time'] },
);
const AUTHOR = new WordList(
  'author authors byline bylines autor autoren autorin auteur auteurs autore autores writer writers reporter reporters journalist journalists contributor contributors creator redakteur verfasser signature firma skribent forfatter kirjoittaja schrijver yazar penulis vcard submitted poster postauthor',
  { begins: ['author', 'byline'], ends: ['author', 'byline'] },
);
const TITLE = new WordList('headline title titel titulo titre titolo heading newstitle articletitle hl tytul naslov', {
  ends: ['headline', 'title'],
});
const SECTION = new WordList(
  'breadcrumb breadcrumbs crumb crumbs kicker section category rubric rubrik ressort channel topic eyebrow overline',
);
/** schema.org things whose properties are not the article's. */
const OTHER_THINGS =
  /comment|review$|rating|product|offer|breadcrumb|listitem|itemlist|organization|imageobject|wpheader|wpfooter|sidebar|navigation|searchaction|event$/i;

export function collectWitnesses(document: Document, input: PageInput): Witnesses {
  const meta = new Map<string, string[]>();
  const links = new Map<string, Attributes[]>();
  const properties = new Map<string, Element[]>();
  const headings: Element[] = [];
  const times: Element[] = [];
  const bylines: Element[] = [];
  const titles: Element[] = [];
  const sections: Element[] = [];
  const images: Element[] = [];
  const players: Element[] = [];
  const relatedLinks: Element[] = [];
  let bodyElement: Element | undefined;
  let title: string | undefined;
  let root: Element | undefined;
  let base: string | undefined;

  for (const element of document.elements) {
    const { attribs } = element;
    const { name } = element.tag;
    switch (name) {
      // Most elements are one of these.
      case 'div':
      case 'span':
      case 'li':
      case 'p':
        break;
      case 'meta':
        readMeta(attribs, meta);
        continue;
      case 'link': {
        if (attribs.rel !== undefined && attribs.href !== undefined) {
          for (const rel of attribs.rel.toLowerCase().split(/\s+/)) push(links, rel, attribs);
        }
        if (attribs.itemprop !== undefined) push(properties, attribs.itemprop.toLowerCase(), element);
        continue;
      }
      case 'title':
        if (title === undefined) {
          const first = element.firstChild;
          title = first?.type === 'text' ? oneLine(first.data) || undefined : undefined;
        }
        continue;
      case 'html':
        root ??= element;
        continue;
      case 'base':
        base ??= attribs.href;
        continue;
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
        headings.push(element);
        break;
      case 'time':
        times.push(element);
        break;
      case 'abbr':
        // As the microformats of the 2000s have it: `<abbr title="2009-03-07T10:10:00Z">yesterday</abbr>`.
        if (attribs.title !== undefined && !TIME.names(element)) times.push(element);
        break;
      case 'a':
        if (attribs.rel !== undefined) relatedLinks.push(element);
        break;
      case 'img':
      case 'amp-img':
        images.push(element);
        break;
      case 'iframe':
      case 'video':
        players.push(element);
        break;
      case 'body':
        bodyElement ??= element;
        break;
      default:
        if (name.includes('-')) {
          players.push(element);
          // `<relative-time datetime>`, as sites name their own.
          if (attribs.datetime !== undefined && !TIME.names(element)) times.push(element);
        }
    }
    const property = attribs.itemprop ?? attribs.property;
    if (property !== undefined && property !== '' && !inOtherThing(element)) {
      for (const one of property.toLowerCase().split(/\s+/)) {
        push(properties, one.slice(one.lastIndexOf(':') + 1), element);
      }
    }
    if (
      attribs.class === undefined &&
      attribs.id === undefined &&
      attribs.rel === undefined &&
      property === undefined
    ) {
      continue;
    }
    const names = namesOf(element);
    if (TIME.isIn(names) && name !== 'time') times.push(element);
    if (AUTHOR.isIn(names)) bylines.push(element);
    if (TITLE.isIn(names) && (element.tag.bits & HEADING) === 0) titles.push(element);
    if (SECTION.isIn(names)) sections.push(element);
  }

  const address = (base !== undefined && normalizeUrl(base, input.url)) || input.url;
  const linked = readJsonLd(document.jsonLd);
  const canonicalUrl = canonicalOf(links, meta, address);
  const chosen = articleOf(linked, [input.url, canonicalUrl], [first(meta, 'og:title'), title]);
  return {
    document,
    input,
    base: address,
    meta,
    links,
    title,
    linked,
    article: chosen?.object,
    articleFrom: 'json-ld',
    articleTypes: chosen?.types ?? [],
    articles: chosen ? [chosen.object, ...sameArticle(linked, chosen.object)] : [],
    properties,
    headings,
    times,
    bylines,
    titles,
    sections,
    images,
    players,
    relatedLinks,
    root,
    bodyElement,
    canonicalUrl,
  };
}

/** The first content of a `<meta>`. */
export function first(meta: ReadonlyMap<string, readonly string[]>, name: string): string | undefined {
  return meta.get(name)?.[0];
}

function readMeta(attribs: Attributes, meta: Map<string, string[]>): void {
  const content = attribs.content ?? attribs.value;
  if (content === undefined) return;
  const value = plain(content);
  if (value === '' || value === 'null' || value === 'undefined') return;
  for (const key of [attribs.property, attribs.name, attribs.itemprop, attribs['http-equiv']]) {
    if (key !== undefined && key !== '') push(meta, key.trim().toLowerCase(), value);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Whether the innermost microdata or RDFa thing around a property is a comment, a product and so on. */
function inOtherThing(element: Element): boolean {
  let node: Parent | null = element.parent;
  while (node && node.type === 'tag') {
    const { attribs } = node;
    const type = attribs.itemtype ?? attribs.typeof;
    if (type !== undefined && type !== '') return OTHER_THINGS.test(type);
    node = node.parent;
  }
  return false;
}

function canonicalOf(
  links: ReadonlyMap<string, readonly Attributes[]>,
  meta: ReadonlyMap<string, readonly string[]>,
  base: string,
): string | undefined {
  const given = links.get('canonical')?.[0]?.href || first(meta, 'og:url');
  return given === undefined ? undefined : normalizeUrl(given, base);
}

/** The same with what the page's state tells of the article, where linked data does not. */
export function withTold(witnesses: Witnesses, told: JsonObject): Witnesses {
  const { article, articles } = witnesses;
  const both = { ...told, ...article };
  return {
    ...witnesses,
    article: both,
    articles: [both, ...articles.slice(1)],
    articleFrom: article ? 'json-ld' : 'script',
  };
}

/** Types of things that can be the page's article, with how much each looks like one. */
const ARTICLE_WEIGHTS: readonly (readonly [type: RegExp, weight: number])[] = [
  [/^(?:News|OpinionNews|AnalysisNews|ReviewNews|BackgroundNews|ReportageNews|AskPublicNews)Article$/i, 6],
  [/^LiveBlogPosting$/i, 6],
  [/Article$/i, 5],
  [/Posting$/i, 5],
  [/^(?:Report|Recipe|Review|ScholarlyArticle|Interview)$/i, 4],
  [
    /^(?:CreativeWork|PodcastEpisode|RadioEpisode|TVEpisode|Episode|Question|MediaGallery|ImageGallery|Chapter|Book|ClaimReview|MedicalWebPage)$/i,
    2.5,
  ],
  [/^(?:VideoObject|AudioObject)$/i, 2],
  [/Page$/i, 1.5],
  [/^(?:HowTo|Course|Game|Movie|Photograph|Event|Product|SoftwareApplication|Dataset)$/i, 1],
];

/** Keys under which stand things that are beside the page's article. */
const BESIDE =
  /itemListElement|hasPart|relatedLink|comment|review|citation|liveBlogUpdate|isPartOf|subjectOf|mentions|about|blogPost\b|significantLink/i;

/** Which linked thing is this page's article: by type, address, agreement with the title, fullness and place. */
function articleOf(
  linked: LinkedData,
  addresses: readonly (string | undefined)[],
  pageTitles: readonly (string | undefined)[],
): LinkedThing | undefined {
  const keys = new Set(addresses.filter((address) => address !== undefined).map(addressKey));
  const names = pageTitles.filter((name) => name !== undefined).map(fold);
  let best: LinkedThing | undefined;
  let bestScore = 0;
  for (const thing of linked.things) {
    const { object, types, path, depth } = thing;
    let score = 0;
    for (const type of types) {
      for (const [pattern, weight] of ARTICLE_WEIGHTS) {
        if (weight > score && pattern.test(type)) score = weight;
      }
    }
    if (score === 0) continue;
    const headline = textValue(object.headline) ?? textValue(object.name);
    if (headline !== undefined) {
      const folded = fold(headline);
      if (folded !== '' && names.some((name) => name.includes(folded) || folded.includes(name))) score += 3;
      score += 0.5;
    }
    for (const key of ['url', '@id', 'mainEntityOfPage'] as const) {
      const address = urlValue(object[key]);
      if (address !== undefined && keys.has(addressKey(address))) {
        score += 3;
        break;
      }
    }
    if (object.datePublished !== undefined) score += 2;
    if (object.author !== undefined || object.creator !== undefined) score += 1;
    if (object.articleBody !== undefined) score += 1;
    if (path !== '' && BESIDE.test(path)) score -= 5;
    score -= depth * 0.1;
    if (score > bestScore) {
      best = thing;
      bestScore = score;
    }
  }
  return best;
}

function sameArticle({ things }: LinkedData, article: JsonObject): JsonObject[] {
  const headline = fold(textValue(article.headline) ?? '');
  if (headline === '') return [];
  return things
    .filter(({ types, path }) => !BESIDE.test(path) && types.some((type) => /(?:Article|Posting)$/i.test(type)))
    .map(({ object }) => object)
    .filter((object) => object !== article && fold(textValue(object.headline) ?? '') === headline);
}

/** Addresses that differ in scheme, `www.`, query, fragment or a last slash alone are the same page's. */
function addressKey(address: string): string {
  return address
    .replace(/^https?:\/\/(?:www\.|m\.|amp\.)?/i, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .toLowerCase();
}
