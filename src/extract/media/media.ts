/**
 * Pictures of the article. In: the witnesses, the body, its place and the headline's. Out: images, the page's main one
 * first, each once, in the largest size the page offers, with caption and credit; those that a reader sees between
 * headline and end as figures. Never: logos, avatars, tracking pixels, placeholders, teasers of other articles.
 */
import { normalizeUrl } from '../../url.js';
import { escapeHtml } from '../body/article-html.js';
import { KEPT } from '../body/bar.js';
import type { BodyResult } from '../body/body.js';
import { isObject, type JsonValue, textValue, urlValue, valuesOf } from '../data/json-ld.js';
import { isAround } from '../date/place.js';
import { LATE_PICTURES, PICTURE_SETS } from '../page/attributes.js';
import { WordList } from '../page/tokens.js';
import { type Element, holds, type Parent } from '../page/tree.js';
import { oneLine } from '../page/visible.js';
import { fold } from '../text/words.js';
import type { Witnesses } from '../witnesses.js';
import { areaOf, captionOf, figureAround, isBetween } from './captions.js';
import { splitCredit } from './credits.js';
import { ASSUMED_WIDTH, isNoPicture, isOfSite, isSign, pictureKey, widest, widthIn } from './picture-address.js';
import { PLAYERS } from './videos.js';

export interface Image {
  readonly url: string;
  readonly caption?: string;
  readonly creditText?: string;
}

const MAX_IMAGES = 60;
/** Nodes between the end of one picture of a gallery and the next. */
const GALLERY_STEP = 30;
/** Nodes before the headline among which the main picture may stand. */
const BEFORE_HEADLINE = 60;
/** Pixels; smaller ones are signs and faces. */
const MIN_WIDTH = 100;
const MIN_HEIGHT = 60;
const NO_PICTURE_WORDS = new WordList(
  'avatar author bio logo icon emoji share social ad ads advert advertisement related recommended teaser promo',
);
/** What the most usual content system calls the box of each picture in a gallery. */
const OF_GALLERY = /\bgallery-icon\b/;
/** `<meta>` names of the main picture. */
const META_IMAGES = [
  'og:image:secure_url',
  'og:image',
  'og:image:url',
  'twitter:image',
  'twitter:image:src',
  'parsely-image-url',
  'sailthru.image.full',
  'primaryimageofpage',
  // <meta itemprop>.
  'image',
  'thumbnailurl',
];

/** An address that a script has yet to fill in: "quay_${format}.jpg". */
const TEMPLATE = /\$\{|\{\{|\{[a-z]+\}|%7B[a-z]+%7D/i;

/** A picture in the body, as clean HTML, at its place in the document. */
export interface Figure {
  readonly order: number;
  readonly html: string;
}

/** Where pictures of the article are looked for. */
export interface PicturePlace {
  readonly inBody: (order: number) => boolean;
  readonly headline?: number | undefined;
  readonly bodyStart?: number | undefined;
}

/** A picture's place, and what names it: who wrote the article is shown beside it, and so is the site's logo. */
export interface PictureContext extends PicturePlace {
  readonly authors: readonly string[];
  readonly siteNames: readonly string[];
}

export function readImages(
  witnesses: Witnesses,
  { runs, scores, container }: BodyResult,
  { inBody, headline, bodyStart, authors, siteNames }: PictureContext,
): { images: Image[]; figures: Figure[]; captions: Element[] } {
  const images: { -readonly [K in keyof Image]: Image[K] }[] = [];
  const figures: Figure[] = [];
  const captions: Element[] = [];
  const placed = new Set<string>();
  const byKey = new Map<string, number>();
  /** Asked for again of each picture that is kept, and of those in several places. */
  const keys = new Map<string, string>();
  const keyOf = (url: string): string => {
    const key = keys.get(url) ?? pictureKey(url);
    keys.set(url, key);
    return key;
  };
  const absolute = (href: string | undefined): string | undefined => {
    const url = href === undefined || TEMPLATE.test(href) ? undefined : normalizeUrl(href, witnesses.base);
    return url === undefined || PLAYERS.test(url) ? undefined : url;
  };
  const add = (url: string, caption?: string, creditText?: string, isStated = false): void => {
    const key = keyOf(url);
    const known = byKey.get(key);
    const image = known === undefined ? { url } : images[known]!;
    if (known !== undefined) {
      // The same picture again: what the page shows of it, in the larger size.
      image.url = widest(image.url, url);
    } else if (images.length < MAX_IMAGES) byKey.set(key, images.push(image) - 1);
    // What readers see goes before what machines are told.
    if (caption && !(isStated && image.caption)) image.caption = caption;
    if (creditText && !(isStated && image.creditText)) image.creditText = creditText;
  };
  /** From a value for machines: some of them hold the picture's name. */
  const state = (value: JsonValue | undefined): void => {
    const href = urlValue(value)?.trim();
    const url = href === undefined || /\s/.test(href) ? undefined : absolute(href);
    if (url === undefined || isOfSite(url)) return;
    const [caption, credit] = value === undefined ? [] : statedCaption(value);
    add(url, caption, credit, true);
  };
  const { linked, article, meta } = witnesses;
  const stated = valuesOf(linked, article, 'image');
  state(stated[0]);
  for (const name of META_IMAGES) {
    if (images.length > 0) break;
    state(meta.get(name)?.[0]);
  }
  if (images.length === 0) state(witnesses.links.get('image_src')?.[0]?.href);
  if (images.length === 0) {
    const property = witnesses.properties.get('image')?.[0];
    const picture = property && witnesses.images.find((element) => holds(property, element));
    state((picture && largestOf(picture)) ?? property?.attribs.href);
  }
  const main = new Set(byKey.keys());
  for (const name of META_IMAGES) {
    const url = absolute(meta.get(name)?.[0]);
    if (url !== undefined && main.has(keyOf(url))) add(url);
  }

  const body: number[] = [];
  for (const { index, texts } of runs) if (scores[index]! >= KEPT) body.push(texts[0]!.order);
  const headings = witnesses.headings.map(({ order }) => order);
  const pictures = witnesses.images;
  const known = new Map<Element, string | undefined>();
  const pictureOf = (element: Element): string | undefined => {
    if (!known.has(element)) {
      const shown = absolute(largestOf(element));
      const behind = shown === undefined ? undefined : absolute(pictureBehind(element));
      const url =
        shown !== undefined && behind !== undefined && keyOf(behind) === keyOf(shown) ? widest(behind, shown) : shown;
      known.set(element, url);
    }
    return known.get(element);
  };
  const sites = new Set(siteNames.map(fold).filter((name) => name !== ''));
  /** Called what the site is called: content systems call all of a site's pictures so, others its logo alone. */
  const isNamedAsSite = ({ attribs: { alt } }: Element): boolean => alt !== undefined && sites.has(fold(alt));
  /** The site's own, in the figure of another picture. */
  const isLogo = (element: Element): boolean => {
    if (!isNamedAsSite(element)) return false;
    const figure = figureAround(element);
    return figure !== undefined && pictures.some((other) => holds(figure, other) && !isNamedAsSite(other));
  };
  /** Whether nothing but this picture and what belongs to it stands there. */
  const isAlone = (at: number, key: string, from: number, to: number): boolean => {
    if (isBetween(body, from, to) || isBetween(headings, from, to)) return false;
    const isOther = (other: Element): boolean => {
      const url = isFallback(other) || isLogo(other) ? undefined : pictureOf(other);
      return url !== undefined && !isSign(url) && keyOf(url) !== key;
    };
    for (let i = at - 1; i >= 0 && pictures[i]!.order >= from; i--) if (isOther(pictures[i]!)) return false;
    for (let i = at + 1; i < pictures.length && pictures[i]!.order <= to; i++) if (isOther(pictures[i]!)) return false;
    return true;
  };
  const names = new Set(authors.map(fold).filter((name) => name !== ''));
  const isPortrait = (element: Element): boolean => names.size > 0 && names.has(fold(element.attribs.alt ?? ''));
  const leadStart = headline === undefined ? undefined : headline - BEFORE_HEADLINE;
  let reach = Number.NEGATIVE_INFINITY;
  for (const [at, element] of pictures.entries()) {
    const { order } = element;
    const isNear = order <= reach + GALLERY_STEP;
    const isAhead = leadStart !== undefined && bodyStart !== undefined && order > leadStart && order < bodyStart;
    if (!(inBody(order) || isNear || isAhead)) continue;
    if (!isShown(element, container)) continue;
    const url = pictureOf(element);
    if (url === undefined || (widthIn(url) ?? MIN_WIDTH) < MIN_WIDTH || isSign(url) || isLogo(element)) continue;
    const key = keyOf(url);
    const isMain = main.has(key);
    // Before the headline the main picture alone is looked for.
    if (!isMain && isAhead && !inBody(order) && !isNear && order < headline!) continue;
    const { text, credit, end, under } = captionOf(
      element,
      areaOf(element, (from, to) => isAlone(at, key, from, to)),
    );
    const isCaptioned = text !== undefined || credit !== undefined;
    // The pictures of a gallery follow each other behind the text; the main one may stand over the headline, others
    // before the text are the article's where something is written under them.
    const isNext = isNear && isCaptioned;
    const isLead =
      isAhead &&
      (isMain ||
        ((isCaptioned || (images.length === 0 && (isLarge(element, url) || figureAround(element) !== undefined))) &&
          order > headline!));
    if (!(inBody(order) || isNext || isLead)) continue;
    if (
      !isMain &&
      (((isNoPicture(url) || isPortrait(element)) && !isCaptioned) ||
        isTeaser(element, isCaptioned && !isNext ? end : undefined, (from, to) => isBetween(body, from, to)) ||
        isOfOther(
          element,
          headline,
          (from, to) => isBetween(body, from, to),
          (from, to) => isBetween(headings, from, to),
        ))
    )
      continue;
    add(url, text, credit);
    if (under) captions.push(under);
    if (placed.has(key)) continue;
    placed.add(key);
    if (text !== undefined) reach = end;
    figures.push({ order, html: figureHtml(url, element.attribs.alt, text, credit) });
  }
  for (const value of stated.slice(1, MAX_IMAGES)) state(value);
  withoutCounters(images);
  return { images, figures, captions };
}

/** "2 / 7 The wall at noon", "2of7The wall at noon", where other captions of the page are counted too. */
const COUNTER = /^(\d{1,3})\s?(?:\/|of|von|de|di|sur|z|из)\s?(\d{1,3})(?!\d)[\s.:|–—-]*(?=\S)/iu;

function withoutCounters(images: { caption?: string }[]): void {
  const counted = images.filter(({ caption }) => caption !== undefined && COUNTER.test(caption));
  const totals = new Set(counted.map(({ caption }) => COUNTER.exec(caption!)![2]));
  if (counted.length < 2 || totals.size > 1) return;
  for (const image of counted) image.caption = image.caption!.replace(COUNTER, '');
}

/** The same picture, for readers without scripts. */
const isFallback = ({ parent }: Element): boolean => parent.type === 'tag' && parent.name === 'noscript';

/** Elements between a teaser's picture and the teaser, at most. */
const IN_TEASER = 8;

/** Whether the nearest `<article>` around a picture is another one: it has a heading other than the headline, and no text of the body. */
function isOfOther(
  element: Element,
  headline: number | undefined,
  isText: (from: number, to: number) => boolean,
  isHeading: (from: number, to: number) => boolean,
): boolean {
  let node: Parent = element.parent;
  for (let step = 0; node.type === 'tag' && step < IN_TEASER; step++, node = node.parent)
    if (node.name === 'article')
      return !isAround(node, headline) && isHeading(node.order, node.end) && !isText(node.order, node.end);
  return false;
}

/** Pages that show a picture alone, by a word of their address. */
const PICTURE_PAGE =
  /(?<![a-z])(?:plural|full)?(?:img|images?|photos?|pictures?|fotos?|bild(?:er)?|gallery|galleries|slideshow|zoom|attachment)(?![a-z])/i;

/**
 * Pictures that lead to another page are its teasers; to a larger picture, or nowhere, they are the page's own, and so
 * they are in a paragraph. `isText`: whether body text stands between two positions; `end`: of what stands under it.
 */
function isTeaser(element: Element, end: number | undefined, isText: (from: number, to: number) => boolean): boolean {
  let link: Element | undefined;
  let node: Parent | null = element.parent;
  for (let depth = 0; node && node.type === 'tag' && depth < 5; depth++, node = node.parent) {
    if (node.name === 'a') link ??= node;
    if (node.name === 'p' && isText(node.order, node.end)) return false;
  }
  const href = link?.attribs.href;
  if (link === undefined || href === undefined || href === '' || href.startsWith('#')) return false;
  // The caption of a link's picture is behind the link.
  if (end !== undefined && end > link.end) return false;
  return !/\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)/i.test(href) && !PICTURE_PAGE.test(href.replace(/[?#].*$/s, ''));
}

function figureHtml(
  src: string,
  alt: string | undefined,
  caption: string | undefined,
  credit: string | undefined,
): string {
  const cited = credit === undefined ? '' : `<cite>${escapeHtml(credit)}</cite>`;
  const text = [caption === undefined ? '' : escapeHtml(caption), cited].filter((part) => part !== '').join(' ');
  const under = text === '' ? '' : `<figcaption>${text}</figcaption>`;
  return `<figure><img src="${escapeHtml(src)}" alt="${escapeHtml(oneLine(alt ?? ''))}">${under}</figure>`;
}

function statedCaption(value: JsonValue): [caption: string | undefined, credit: string | undefined] {
  if (!isObject(value)) return [undefined, undefined];
  const { caption, credit } = splitCredit(textValue(value.caption) ?? textValue(value.description) ?? '');
  const given =
    textValue(value.creditText) ??
    textValue(value.copyrightHolder) ??
    textValue(value.author) ??
    textValue(value.creator);
  return [caption, given === undefined ? credit : (splitCredit(given).credit ?? given)];
}

/** Pixels from which on a picture between headline and text is no sign, and no face. */
const LEAD_WIDTH = 400;

const isLarge = ({ attribs }: Element, url: string): boolean =>
  Math.max(Number(attribs.width) || 0, widthIn(url) ?? 0) >= LEAD_WIDTH;

/** Neither small nor in a box of another thing. */
function isShown(element: Element, container: Element | undefined): boolean {
  const { attribs } = element;
  const width = Number(attribs.width);
  const height = Number(attribs.height);
  if ((width > 0 && width < MIN_WIDTH) || (height > 0 && height < MIN_HEIGHT)) return false;
  let node: Parent | null = element;
  for (let depth = 0; node && node.type === 'tag' && depth < 6 && node !== container; depth++) {
    if (NO_PICTURE_WORDS.names(node) && !OF_GALLERY.test(node.attribs.class ?? '')) return false;
    const { name } = node.tag;
    if (name === 'aside' || name === 'nav' || name === 'footer') return false;
    node = node.parent;
  }
  return true;
}

/** The picture that a click on this one opens. */
function pictureBehind({ parent }: Element): string | undefined {
  const around = parent.type === 'tag' && parent.name === 'picture' ? parent.parent : parent;
  const href = around.type === 'tag' && around.name === 'a' ? around.attribs.href : undefined;
  return href !== undefined && /\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)/i.test(href) ? href : undefined;
}

/** The largest picture that `srcset`s of the image and of the `<source>`s beside it offer. */
function largestOf(element: Element): string | undefined {
  let best: string | undefined;
  let bestSize = 0;
  const offer = (set: string | undefined, width?: string) => {
    if (set === undefined) return;
    for (const { url, size } of candidatesOf(set, Number(width))) {
      if (size > bestSize) {
        best = url;
        bestSize = size;
      }
    }
  };
  for (const name of PICTURE_SETS) offer(element.attribs[name]);
  if (element.parent.type === 'tag' && element.parent.tag.name === 'picture') {
    for (let child = element.parent.firstChild; child; child = child.next) {
      if (child.type === 'tag' && child.tag.name === 'source')
        for (const name of PICTURE_SETS) offer(child.attribs[name], child.attribs.width);
    }
  }
  const { src } = element.attribs;
  if (best !== undefined) return src !== undefined && (widthIn(src) ?? 0) > bestSize ? src : best;
  for (const name of LATE_PICTURES) {
    const value = element.attribs[name];
    // "[quay.jpg, (default)]" is a list for a script.
    if (value !== undefined && value !== '' && !/^(?:data:|\[)/.test(value)) return value;
  }
  return src === undefined || src === '' || src.startsWith('data:') ? undefined : src;
}

/** `width`: of the element that the set stands in. */
function candidatesOf(set: string, width: number): { url: string; size: number }[] {
  if (set.length > 20_000) return [];
  const found: { url: string; size: number }[] = [];
  // Addresses may hold commas ("t_fit-1240w,f_auto"); what parts two is one behind a descriptor or before white space.
  for (const part of set.split(/,\s+|(?<=\s[\d.]{1,9}[wx]),/)) {
    const [url, descriptor = ''] = part.trim().split(/\s+/);
    if (url === undefined || url === '' || url.startsWith('data:')) continue;
    const told = Number.parseFloat(descriptor);
    // Of one that is so many times as dense as another, its address tells the width, or nothing does.
    const wide = descriptor.endsWith('w') && told > 0 ? told : (widthIn(url) ?? (width > 0 ? width : undefined));
    found.push({
      url,
      size: descriptor.endsWith('w') ? (wide ?? ASSUMED_WIDTH) : (wide ?? ASSUMED_WIDTH) * (told > 0 ? told : 1),
    });
  }
  return found;
}

/** Whether a position belongs to the body: between its first and last text, or inside its container near them. */
export function bodyRange(
  container: Element | undefined,
  start: number | undefined,
  end: number | undefined,
  headline: Element | undefined,
): (order: number) => boolean {
  if (start === undefined || end === undefined) {
    // Of an article of a picture and a line, all of the element that is called so.
    let around: Parent | null = headline?.parent ?? null;
    while (around && around.type === 'tag' && around.name !== 'article') around = around.parent;
    if (!headline || around?.type !== 'tag') return () => false;
    const { end: last } = around;
    return (order) => order > headline.order && order <= last;
  }
  // Lead pictures stand before the first paragraph, still inside the article's element.
  const from =
    container && holds(container, { order: start } as Element) ? Math.max(container.order, start - 60) : start;
  return (order) => order >= from && order <= end + 12;
}
