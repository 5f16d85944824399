/**
 * Videos of the article. In: the witnesses and the body's place. Out: each once, by the address of the file, or of the
 * player. Never: sound, maps, forms, streams without an address.
 */
import { normalizeUrl } from '../../url.js';
import { isObject, type JsonObject, textValue, urlValue, valuesOf } from '../data/json-ld.js';
import type { Attributes } from '../page/attributes.js';
import { WordList } from '../page/tokens.js';
import { type Element, holds, type Parent } from '../page/tree.js';
import type { Witnesses } from '../witnesses.js';
import type { PicturePlace } from './media.js';

export interface Video {
  readonly url: string;
  readonly name?: string;
  readonly embedUrl?: string;
}

const MAX_VIDEOS = 20;
/** Boxes with videos of the site, or of other articles. */
const BOX_WORDS = new WordList(
  'related recommended teaser promo ad ads advert advertisement sidebar widget more channel',
);
/** Of things that are described by themselves. */
const TOP = /^(?:@graph)?$/;
/** Players whose addresses do not say that they show a video. */
export const PLAYERS =
  /(?:youtube(?:-nocookie)?\.com\/embed\/|player\.vimeo\.com\/video\/|dailymotion\.com\/embed\/|rutube\.ru\/play\/embed\/|vk\.com\/video_ext|facebook\.com\/plugins\/video|brightcove\.net|jwplatform\.com|jwplayer|(?:img|cdn|vid)\.connatix\.com|ok\.ru\/videoembed|bilibili\.com)/i;
/** An embedded frame is a video where its address, title or class says so, and nothing says sound or map. */
const FRAME = /[/.](?:embed|player|iframe|e)\b|\bplayer\b/i;
const VIDEO = /video|\btv\b|vidéo|vídeo|видео|відео|فيديو|动画|視頻|视频|動画|영상/i;
const NO_VIDEO =
  /audio|podcast|spotify|soundcloud|\bmaps?\b|\bads?\b|doubleclick|chart|datawrapper|infogram|\bform|poll|quiz/i;

/** Servers of advertisements, and words that their addresses have. */
const ADVERTISEMENT =
  /(?:^|[/.])(?:2mdn\.net|doubleclick\.net|extremereach\.io|adform\.net|innovid\.com)\/|\/(?:vast|preroll|video_ads?)\//i;

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

/** What players are called that nobody gave a name. */
const NO_NAME =
  /^(?:(?:youtube|vimeo|dailymotion|facebook|twitter|instagram|tiktok|brightcove)?[\s-]*(?:embedded |external )?(?:video|media)?[\s-]*(?:player|embed|iframe|frame|content|video)?|untitled|iframe\s?\d*)$/i;

export function readVideos(
  witnesses: Witnesses,
  { inBody, headline, bodyStart, container }: PicturePlace & { container?: Element },
): Video[] {
  const videos: Video[] = [];
  const seen = new Set<string>();
  const add = (href: string | undefined, name?: string, embed?: string) => {
    const embedUrl = embed === undefined ? undefined : normalizeUrl(embed, witnesses.base);
    const url = (href === undefined ? undefined : normalizeUrl(href, witnesses.base)) ?? embedUrl;
    if (url === undefined || seen.has(url) || videos.length >= MAX_VIDEOS) return;
    seen.add(url);
    if (embedUrl !== undefined) seen.add(embedUrl);
    videos.push({ url, ...(name && !NO_NAME.test(name) && { name }), ...(embedUrl !== undefined && { embedUrl }) });
  };
  const state = (value: JsonObject): void =>
    add(urlValue(value.contentUrl ?? value.contentURL ?? value.url), textValue(value.name), urlValue(value.embedUrl));
  const { linked, article } = witnesses;
  const whole = wholeOf(container, headline);
  /** Over the headline, in the element that is the article. */
  const isOver = (element: Element): boolean =>
    whole !== undefined &&
    element.order < headline! &&
    holds(whole, element) &&
    !isInBox(element, whole) &&
    !witnesses.headings.some(({ order }) => order > whole.order && order < element.order);
  let nameless = 0;
  for (const value of valuesOf(linked, article, 'video').slice(0, MAX_VIDEOS)) {
    if (!isObject(value)) continue;
    state(value);
  }
  for (const element of witnesses.players) {
    const { name } = element.tag;
    const player = PLAYER_ELEMENTS.get(name);
    if (!player && name !== 'iframe' && name !== 'video' && name !== 'amp-video') continue;
    const isLead =
      headline !== undefined && bodyStart !== undefined && element.order > headline && element.order < bodyStart;
    if (!inBody(element.order) && !isLead && !isOver(element)) continue;
    const { attribs } = element;
    if (name === 'video' || name === 'amp-video') {
      const source = element.children.find(
        (child): child is Element => child.type === 'tag' && child.tag.name === 'source',
      );
      const src = attribs.src || attribs['data-src'] || source?.attribs.src;
      // What a script feeds to the element has no address.
      if (src !== undefined && !/^(?:blob|data):/i.test(src)) {
        if (!ADVERTISEMENT.test(src)) add(src, attribs.title);
      } else nameless++;
      continue;
    }
    const src = player ? player(attribs) : attribs.src || attribs['data-src'] || attribs['data-lazy-src'];
    if (src !== undefined && (name !== 'iframe' || isVideo(src, element))) add(undefined, attribs.title, src);
  }
  // Players without an address are fed by scripts; what they show may be told beside the article.
  const beside = linked.things.filter(({ types, path }) => types.includes('VideoObject') && TOP.test(path));
  if (videos.length === 0) for (const { object } of beside.slice(0, nameless)) state(object);
  return videos;
}

/** The element that is the article, where the page has one that also holds the headline. */
function wholeOf(container: Element | undefined, headline: number | undefined): Element | undefined {
  let node: Parent | undefined = container;
  while (node?.type === 'tag' && node.name !== 'article') node = node.parent;
  return node?.type === 'tag' && headline !== undefined && node.order < headline && headline <= node.end
    ? node
    : undefined;
}

/** In a box of the article that is not its own. */
function isInBox(element: Element, whole: Element): boolean {
  for (let node: Parent = element.parent; node.type === 'tag' && node !== whole; node = node.parent)
    if (/^(?:aside|nav|footer|article|li|a)$/.test(node.name) || BOX_WORDS.names(node)) return true;
  return false;
}

function isVideo(src: string, { attribs }: Element): boolean {
  if (PLAYERS.test(src)) return true;
  const said = `${src} ${attribs.title ?? ''} ${attribs.class ?? ''} ${attribs.id ?? ''}`;
  return FRAME.test(src) && VIDEO.test(said) && !NO_VIDEO.test(said);
}
