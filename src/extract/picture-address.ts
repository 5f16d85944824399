/**
 * What a picture's address tells. In: an absolute URL. Out: which picture it means, whatever its size, cut and format;
 * how wide it is; whether it is a logo, an icon and the like. Never: a request.
 */

const EXTENSION = /\.(?:jpe?g|png|webp|avif|gif|svg|bmp|tiff?|jfif)$/i;
/** The picture that a script serves: `image?url=https%3A%2F%2F…`. */
const INNER = /[?&](?:url|src|image|img|source|file|path)=(?=[^&]*(?:%2F|\/|\.(?:jpe?g|png|webp|avif)))([^&]+)/i;
/** The number that a script knows it by: `picture.php?id=77`. */
const SERIAL = /[?&](?:id|imageid|mediaid|pictureid|fileid|img|image|pic|photo)=([\w-]+)/i;
const SCRIPT = /\.(?:php|aspx?|ashx|jsp|cgi|dll|do|axd)$|\/(?:image|img|picture|photo|media|file|download)s?$/i;

/** What is behind a picture's name for one of its sizes, cuts and copies; looked for again until there is none. */
const VARIANT = new RegExp(
  `(?:${[
    // "-300x200", "-758x531@paper", "_v16_9", "-4x3".
    String.raw`[-_.@~](?:\d{2,4}x\d{2,4}(?:@[a-z_]+)?|v?-?\d{1,2}(?:[x_:]|to)\d{1,2})`,
    // "_1600", "-800w", "-w640", "=w700"; a year is none of these.
    String.raw`[-_.@~](?!(?:19|20)(?!20|48)\d\d(?!\d))(?:\d{2,3}0|768|1024|1366|1536|2048|828)w?`,
    String.raw`[-_.@~=](?:w\d{2,4}|\d{2,4}w|\d{3,4}px|\d(?:\.\d)?x)`,
    // "-scaled", "_large", "@2x".
    '[-_.@~]{1,2}(?:scaled|extended|retina|xx?l|large|medium|small|thumb(?:nail)?|original|full|square|crop(?:ped)?|wide|social|preview|teaser|default|hero)',
  ].join('|')})$`,
  'i',
);
/** A copy that a content system made, by its digest. */
const DIGEST = /[-_](?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{8,40}$/i;
/** What is left without the digest names the picture only where it is words. */
const WORDS = /^(?=.{16})(?:[^g-z]*[g-z]){4}/i;
/** Folders for sizes and cuts of one picture. */
const VARIANT_FOLDER =
  /^(?:\d{1,4}x\d{1,4}|(?:w|h|c|g|f|q|s|fit|width|height|resize|crop)[-_=:,]?[\w.,:=-]*\d[\w.,:=-]*|\d{1,2}[x:_]\d{1,2}|x{0,2}s|sm|md|lg|x{1,2}l|th|thumbs?|small|medium|large|original|styles|smart|fit-in)$/i;
/** Shorter names ("photo", "img_2") are of any picture: their folder belongs to them. */
const MIN_NAME = 12;
/** But "ed_583616" is one. */
const SERIAL_NAME = /^(?=.{8})[a-z]+[-_]?\d{5,}$/i;
/** Names of a picture that differ in more than its size are not that long. */
const MAX_ADDRESS = 2000;

/** The same for all sizes, cuts and formats of one picture. */
export function pictureKey(url: string): string {
  if (url.length > MAX_ADDRESS) return url;
  const question = url.indexOf('?');
  const query = question < 0 ? '' : url.slice(question);
  const inner = INNER.exec(query)?.[1];
  if (inner !== undefined) return keyOfPath(decoded(inner).replace(/[?#].*$/s, ''));
  const path = (question < 0 ? url : url.slice(0, question)).replace(/#.*$/s, '');
  const serial = SCRIPT.test(path) ? SERIAL.exec(query)?.[1] : undefined;
  return serial === undefined ? keyOfPath(path) : `${path}?${serial}`;
}

function keyOfPath(address: string): string {
  const segments = decoded(address.replace(/^(?:https?:)?\/\//i, ''))
    .replace(/\/+$/, '')
    .split('/');
  const name = plainName(segments.at(-1)!);
  if (name.length >= MIN_NAME ? /\p{L}|\d{6}/u.test(name) : SERIAL_NAME.test(name)) return name;
  return [...segments.slice(0, -1).filter((segment) => !VARIANT_FOLDER.test(segment)), name].join('/');
}

function plainName(segment: string): string {
  let name = segment.toLowerCase().replace(/^csm_/, '');
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replace(EXTENSION, '').replace(VARIANT, '');
    const rest = name.replace(DIGEST, '');
    if (WORDS.test(rest)) name = rest;
  }
  return name === '' ? segment.toLowerCase() : name;
}

function decoded(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

const WIDTHS: readonly RegExp[] = [
  /[?&;](?:w|width|imwidth|wid|im_w|maxwidth|max-w|resize|fit)=(\d{2,4})(?!\d)/i,
  /\/resize\/(\d{2,4})(?!\d)/i,
  // "_23x15" is a shape, "-16x16" a size.
  /(?:^|[/_.@=,-])(\d{2,4})x(?!(?<=[/_.@=,-](?:[12]\d|3[0-2])x)(?!\1)[12]\d(?!\d))\d{2,4}(?=[/_.@,-]|$)/,
  /(?:\/|,|=|_|-)w(?:idth)?[_=-]?(\d{3,4})(?=[/_.@,-]|$)/i,
  /\d{1,2}x\d{1,2}-(\d{3,4})(?=[/_.@,-]|$)/,
  /[-_](?!(?:19|20)(?!20|48)\d\d(?!\d))(\d{2,3}0|768|1024|1366|1536|2048)w?(?=\.\w{3,4}$)/i,
];

/** In pixels, where the address says so. */
export function widthIn(url: string): number | undefined {
  if (url.length > MAX_ADDRESS) return undefined;
  const path = url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  const queried = WIDTHS[0]!.exec(url);
  if (queried) return Number(queried[1]);
  for (const pattern of WIDTHS.slice(1)) {
    const width = pattern.exec(path);
    if (width) return Number(width[1]);
  }
  return undefined;
}

/** A picture whose address says nothing of its size is taken to be this wide: mostly the one that was uploaded. */
export const ASSUMED_WIDTH = 1000;

/** "-300x200", as content systems name copies of the picture that was uploaded. */
const COPY = /-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)/;

const isCopy = (url: string, original: string): boolean =>
  url.replace(COPY, '') === original || (url.startsWith(original) && url[original.length] === '?');

/** The wider one; the first of two that are alike. */
export function widest(a: string, b: string): string {
  if (isCopy(b, a)) return a;
  if (isCopy(a, b)) return b;
  return (widthIn(b) ?? ASSUMED_WIDTH) > (widthIn(a) ?? ASSUMED_WIDTH) ? b : a;
}

const NO_PICTURE =
  /(?:^data:|\/(?:pixel|spacer|blank|transparent|placeholder|1x1)\b|(?<![a-z\d])(?:logo|avatar|gravatar|blavatar|icon|sprite|emoji|badge|button)s?(?![a-z\d])|\/(?:[a-z]+-)?(?:authors?|profile_images|banners?)\/|\/(?:banner|werbung)[-_.\d])/i;
/** Words that a site's own picture is called by, beside the site's name. */
const SITE_WORDS =
  /^(?:logos?|fav|favicon|icons?|default|og|opengraph|share|sharing|social|fb|facebook|twitter|image|images|img|pic|user|site|header|placeholder|blank|pixel|spacer|transparent|meta|thumb|thumbnail|small|large|big|white|black|color|square|quer|[a-z]{2}|[a-z]*\d+[a-z]*\d*)$/i;
const SITE_PICTURE = /^(?:.*logo|fav.*|icons?|placeholder|blank|pixel|spacer|transparent|ogimage.*|opengraph)$/i;

const SIGN = /(?<![a-z\d])(?:icons?|sprites?|buttons?|pixel|spacer|loupe|placeholder|blank|transparent)(?![a-z\d])/i;

/** Signs and place holders: no picture, whatever is written under them. */
export const isSign = (url: string): boolean =>
  SIGN.test(url.replace(/^.*\/|[?#].*$/gs, '')) || /\/(?:placeholder|icons?)\//i.test(url);

/** Logos, icons, avatars, tracking pixels. */
export const isNoPicture = (url: string): boolean => NO_PICTURE.test(url.replace(/^https?:\/\/[^/]*|[?#].*$/gis, ''));

/** A picture that stands for the site, not for one article: `og-logo.png`, `blank.jpg`. */
export function isOfSite(url: string): boolean {
  if (/^data:|gravatar\.com|\/blavatar\/|\/site[-_]?logos?\//i.test(url)) return true;
  const name = url
    .replace(/[?#].*$/s, '')
    .replace(/^.*\//s, '')
    .replace(EXTENSION, '')
    .replace(/^csm_/, '')
    .replace(DIGEST, '');
  const words = name.split(/[^a-z\d]+/i).filter((word) => word !== '');
  if (!words.some((word) => SITE_PICTURE.test(word)) && !/^default\W+\w*(?:user|image|img)/i.test(name)) return false;
  return words.filter((word) => !SITE_WORDS.test(word) && !SITE_PICTURE.test(word)).length <= 1;
}
