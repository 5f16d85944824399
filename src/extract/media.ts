/**
 * Pictures and videos of the article. In: the witnesses, the body's place and its captions. Out: images, the page's
 * main one first, each once, in the largest size the page offers; those in the body as figures; videos. Never: logos, avatars, tracking pixels,
 * placeholders.
 */

import { normalizeUrl } from '../url.js';
import { escapeHtml } from './article-html.js';
import { type Attributes, LATE_PICTURES, PICTURE_SETS } from './attributes.js';
import { type JsonObject, type JsonValue, textValue, urlValue, valuesOf } from './json-ld.js';
import { WordList, wordsOf } from './tokens.js';
import { type Element, holds, type Parent } from './tree.js';
import { oneLine, visibleText } from './visible.js';
import type { Witnesses } from './witnesses.js';

export interface Image {
  readonly url: string;
  readonly caption?: string;
  readonly creditText?: string;
}

export interface Video {
  readonly url: string;
  readonly name?: string;
  readonly embedUrl?: string;
}

const MAX_IMAGES = 60;
const MAX_VIDEOS = 20;
/** Nodes between the end of one picture of a gallery and the next. */
const GALLERY_STEP = 30;
const NO_PICTURE =
  /(?:^data:|\/(?:pixel|spacer|blank|transparent|placeholder|1x1)\b|\b(?:logo|avatar|gravatar|icon|sprite|emoji|badge|button)s?\b|\/(?:authors?|profile_images|banners?)\/|\/(?:banner|werbung)[-_.\d])/i;
const NO_PICTURE_WORDS = new WordList(
  'avatar author logo icon emoji share social ad ads advert advertisement related recommended teaser promo',
);
const CREDIT_WORDS = new WordList('credit credits copyright photographer photocredit imagecredit source attribution');
const FIGURE_WORDS = new WordList('caption figure');
const CREDIT =
  /(?:\(|\b)((?:Foto|Photo|Bild|Image|Picture|Credit|Crédit(?:s)?(?: photo)?|Fotografía|Foto:|Фото|©|Getty Images|Quelle|Source)\s*[:©/]\s*[^)]{2,100})\)?\s*$/iu;
/** Players whose addresses do not say that they show a video. */
const PLAYERS =
  /(?:youtube(?:-nocookie)?\.com\/embed\/|player\.vimeo\.com\/video\/|dailymotion\.com\/embed\/|rutube\.ru\/play\/embed\/|vk\.com\/video_ext|facebook\.com\/plugins\/video|brightcove\.net|jwplatform\.com|jwplayer|ok\.ru\/videoembed|bilibili\.com)/i;
/** An embedded frame is a video where its address, title or class says so, and nothing says sound or map. */
const FRAME = /[/.](?:embed|player|iframe|e)\b|\bplayer\b/i;
const VIDEO = /video|\btv\b|vidéo|vídeo|видео|відео|فيديو|动画|視頻|视频|動画|영상/i;
const NO_VIDEO =
  /audio|podcast|spotify|soundcloud|\bmaps?\b|\bads?\b|doubleclick|chart|datawrapper|infogram|\bform|poll|quiz/i;

/** Elements that scripts turn into players: what their address is made of. */
const PLAYER_ELEMENTS: ReadonlyMap<string, (attribs: Attributes) => string | undefined> = new Map(
  Object.entries({
    'amp-youtube': (attribs: Attributes) =>
      addressed(attribs['data-videoid'], (id) => `https://www.youtube.com/embed/${id}`),
    'lite-youtube': ({ videoid }: Attributes) => addressed(videoid, (id) => `https://www.youtube.com/embed/${id}`),
    'lite-vimeo': ({ videoid }: Attributes) => addressed(videoid, (id) => `https://player.vimeo.com/video/${id}`),
    'amp-vimeo': (attribs: Attributes) =>
      addressed(attribs['data-videoid'], (id) => `https://player.vimeo.com/video/${id}`),
    'amp-dailymotion': (attribs: Attributes) =>
      addressed(attribs['data-videoid'], (id) => `https://www.dailymotion.com/embed/video/${id}`),
    'amp-jwplayer': (attribs: Attributes) =>
      addressed(attribs['data-media-id'], (id) => `https://cdn.jwplayer.com/players/${id}.html`),
    'amp-brightcove': brightcove,
    'video-js': brightcove,
  }),
);

const addressed = (id: string | undefined, address: (id: string) => string): string | undefined =>
  id === undefined || id === '' ? undefined : address(encodeURIComponent(id));

function brightcove(attribs: Attributes): string | undefined {
  const { 'data-account': account, 'data-video-id': video } = attribs;
  if (account === undefined || video === undefined) return undefined;
  const player = encodeURIComponent(attribs['data-player'] ?? 'default');
  return `https://players.brightcove.net/${encodeURIComponent(account)}/${player}_default/index.html?videoId=${encodeURIComponent(video)}`;
}

/** A picture in the body, as clean HTML, at its place in the document. */
export interface Figure {
  readonly order: number;
  readonly html: string;
}

export function readImages(
  witnesses: Witnesses,
  inBody: (order: number) => boolean,
  container: Element | undefined,
): { images: Image[]; figures: Figure[] } {
  const images: Image[] = [];
  const figures: Figure[] = [];
  const placed = new Set<string>();
  const byKey = new Map<string, number>();
  /** Its absolute URL, where it is a picture. */
  const add = (href: string | undefined, caption?: string, creditText?: string): string | undefined => {
    const url = href === undefined ? undefined : normalizeUrl(href, witnesses.base);
    if (url === undefined || images.length >= MAX_IMAGES || NO_PICTURE.test(url) || PLAYERS.test(url)) return undefined;
    const key = pictureKey(url);
    const known = byKey.get(key);
    const image = { url, ...(caption && { caption }), ...(creditText && { creditText }) };
    if (known === undefined) byKey.set(key, images.push(image) - 1);
    // The same picture again, with what was not yet known of it.
    else images[known] = { ...image, ...images[known]! };
    return url;
  };
  const { linked, article, meta } = witnesses;
  for (const value of valuesOf(linked, article, 'image').slice(0, 1))
    add(urlValue(value), captionOf(value), creditOf(value));
  for (const name of [
    'og:image:secure_url',
    'og:image',
    'og:image:url',
    'twitter:image',
    'twitter:image:src',
    'parsely-image-url',
    'sailthru.image.full',
  ]) {
    if (images.length > 0) break;
    add(meta.get(name)?.[0]);
  }
  if (images.length === 0) add(witnesses.links.get('image_src')?.[0]?.href);
  let reach = Number.NEGATIVE_INFINITY;
  for (const element of witnesses.images) {
    const figure = figureOf(element);
    // The pictures of a gallery follow each other behind the text.
    const isNext = element.order <= reach + GALLERY_STEP && figure !== undefined && !isLinked(element);
    if (!(inBody(element.order) || isNext) || !isPicture(element, container)) continue;
    const caption = figure && captionIn(figure);
    const src = add(largestOf(element), caption?.text, caption?.credit);
    if (src === undefined || placed.has(pictureKey(src))) continue;
    placed.add(pictureKey(src));
    if (caption?.text !== undefined) reach = figure!.end;
    figures.push({ order: element.order, html: figureHtml(src, element.attribs.alt, caption?.text) });
  }
  for (const value of valuesOf(linked, article, 'image').slice(1, MAX_IMAGES))
    add(urlValue(value), captionOf(value), creditOf(value));
  return { images, figures };
}

/** Pictures that lead to another page are its teasers; to a larger picture, or nowhere, they are the page's own. */
function isLinked(element: Element): boolean {
  let node: Parent | null = element.parent;
  for (let depth = 0; node && node.type === 'tag' && depth < 5; depth++, node = node.parent) {
    if (node.tag.name === 'a' && node.attribs.href !== undefined)
      return !/^#|\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)/i.test(node.attribs.href);
  }
  return false;
}

function figureHtml(src: string, alt: string | undefined, caption: string | undefined): string {
  const text = caption === undefined ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`;
  return `<figure><img src="${escapeHtml(src)}" alt="${escapeHtml(oneLine(alt ?? ''))}">${text}</figure>`;
}

const captionOf = (value: JsonValue): string | undefined =>
  isObject(value) ? (textValue(value.caption) ?? textValue(value.description)) : undefined;
const creditOf = (value: JsonValue): string | undefined =>
  isObject(value) ? (textValue(value.creditText) ?? textValue(value.copyrightHolder)) : undefined;
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The same picture comes in many sizes: query, size words and numbers in its name are left out. */
function pictureKey(url: string): string {
  const path = url.replace(/^https?:\/\//, '').replace(/[?#].*$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(\.(?:jpe?g|png))\.(?:webp|avif)$/i, '$1');
  // A name that says enough stands for the picture, wherever its sizes are kept.
  return name.length >= 16 ? name.replace(/[-_](?:\d{2,4}x\d{2,4}|scaled|\d{3,4}w?)(?=\.)/i, '') : path;
}

function isPicture(element: Element, container: Element | undefined): boolean {
  const { attribs } = element;
  const width = Number(attribs.width);
  const height = Number(attribs.height);
  if ((width > 0 && width < 100) || (height > 0 && height < 60)) return false;
  let node: Parent | null = element;
  for (let depth = 0; node && node.type === 'tag' && depth < 6 && node !== container; depth++) {
    if (NO_PICTURE_WORDS.names(node)) return false;
    const { name } = node.tag;
    if (name === 'aside' || name === 'nav' || name === 'footer') return false;
    node = node.parent;
  }
  return true;
}

/** The largest picture that `srcset`s of the image and of the `<source>`s beside it offer. */
function largestOf(element: Element): string | undefined {
  let best: string | undefined;
  let bestSize = 0;
  const offer = (set: string | undefined) => {
    for (const { url, size } of candidatesOf(set)) {
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
        for (const name of PICTURE_SETS) offer(child.attribs[name]);
    }
  }
  if (best !== undefined) return best;
  for (const name of LATE_PICTURES) {
    const value = element.attribs[name];
    if (value !== undefined && value !== '' && !value.startsWith('data:')) return value;
  }
  return element.attribs.src;
}

function candidatesOf(set: string | undefined): { url: string; size: number }[] {
  if (set === undefined || set.length > 20_000) return [];
  const found: { url: string; size: number }[] = [];
  // Addresses may hold commas; what parts two is a comma behind a descriptor or before white space.
  for (const part of set.split(/,\s+|(?<=\d[wx]),/)) {
    const [url, descriptor] = part.trim().split(/\s+/);
    if (url === undefined || url === '' || url.startsWith('data:')) continue;
    const size = descriptor === undefined ? 1 : Number.parseFloat(descriptor) * (descriptor.endsWith('x') ? 1 : 1);
    found.push({ url, size: Number.isFinite(size) ? size : 1 });
  }
  return found;
}

function figureOf(element: Element): Element | undefined {
  let node: Parent | null = element.parent;
  for (let depth = 0; node && node.type === 'tag' && depth < 8; depth++) {
    if (node.tag.name === 'figure') return node;
    if (FIGURE_WORDS.names(node)) return node;
    node = node.parent;
  }
  return undefined;
}

function captionIn(figure: Element): { text?: string; credit?: string } | undefined {
  let captionElement: Element | undefined;
  let creditElement: Element | undefined;
  const walk: Element[] = [figure];
  for (let next = walk.pop(), seen = 0; next && seen < 60; next = walk.pop(), seen++) {
    if (next !== figure) {
      if (!creditElement && CREDIT_WORDS.names(next)) creditElement = next;
      if (
        !captionElement &&
        (next.tag.name === 'figcaption' || wordsOf(next).some(({ text }) => text.includes('caption')))
      )
        captionElement = next;
    }
    for (let child = next.lastChild; child; child = child.prev) if (child.type === 'tag') walk.push(child);
  }
  const credit = creditElement && visibleText(creditElement);
  let text = captionElement && visibleText(captionElement, (inner) => inner === creditElement);
  let creditText = credit || undefined;
  const inText = text === undefined || creditText !== undefined ? null : CREDIT.exec(text);
  if (inText && text !== undefined) {
    creditText = inText[1]!.trim();
    text = text.slice(0, inText.index).replace(/[\s(|]+$/, '');
  }
  const caption = text?.slice(0, 1500);
  return { ...(caption && { text: caption }), ...(creditText && creditText.length <= 300 && { credit: creditText }) };
}

export function readVideos(witnesses: Witnesses, inBody: (order: number) => boolean): Video[] {
  const videos: Video[] = [];
  const seen = new Set<string>();
  const add = (href: string | undefined, name?: string, embed?: string) => {
    const embedUrl = embed === undefined ? undefined : normalizeUrl(embed, witnesses.base);
    const url = (href === undefined ? undefined : normalizeUrl(href, witnesses.base)) ?? embedUrl;
    if (url === undefined || seen.has(url) || videos.length >= MAX_VIDEOS) return;
    seen.add(url);
    if (embedUrl !== undefined) seen.add(embedUrl);
    videos.push({ url, ...(name && { name }), ...(embedUrl !== undefined && { embedUrl }) });
  };
  const { linked, article } = witnesses;
  for (const value of valuesOf(linked, article, 'video').slice(0, MAX_VIDEOS)) {
    if (!isObject(value)) continue;
    add(urlValue(value.contentUrl ?? value.url), textValue(value.name), urlValue(value.embedUrl));
  }
  for (const element of witnesses.players) {
    const { name } = element.tag;
    const player = PLAYER_ELEMENTS.get(name);
    if (!player && name !== 'iframe' && name !== 'video' && name !== 'amp-video') continue;
    if (!inBody(element.order)) continue;
    const { attribs } = element;
    if (name === 'video' || name === 'amp-video') {
      const source = element.children.find(
        (child): child is Element => child.type === 'tag' && child.tag.name === 'source',
      );
      const src = attribs.src || attribs['data-src'] || source?.attribs.src;
      // What a script feeds to the element has no address.
      if (src !== undefined && !/^(?:blob|data):/i.test(src)) add(src, attribs.title);
      continue;
    }
    const src = player ? player(attribs) : attribs.src || attribs['data-src'] || attribs['data-lazy-src'];
    if (src !== undefined && (name !== 'iframe' || isVideo(src, element))) add(undefined, attribs.title, src);
  }
  return videos;
}

function isVideo(src: string, { attribs }: Element): boolean {
  if (PLAYERS.test(src)) return true;
  const said = `${src} ${attribs.title ?? ''} ${attribs.class ?? ''} ${attribs.id ?? ''}`;
  return FRAME.test(src) && VIDEO.test(said) && !NO_VIDEO.test(said);
}

/** Whether a position belongs to the body: between its first and last text, or inside its container near them. */
export function bodyRange(
  container: Element | undefined,
  start: number | undefined,
  end: number | undefined,
): (order: number) => boolean {
  if (start === undefined || end === undefined) return () => false;
  // Lead pictures stand before the first paragraph, still inside the article's element.
  const from =
    container && holds(container, { order: start } as Element) ? Math.max(container.order, start - 60) : start;
  return (order) => order >= from && order <= end + 12;
}
