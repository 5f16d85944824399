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
  // All begin with one of these marks: where none stands, the expression goes on without trying each.
  `(?=[-_.@~=])(?:${[
    // "-300x200", "-1200x", "-758x531@paper", "_v16_9", "-4x3", "_600_resize".
    String.raw`[-_.@~](?:\d{2,4}x(?:\d{2,4}(?:@[a-z_]+)?)?|\d{2,4}_resize|v?-?\d{1,2}(?:[x_:]|to)\d{1,2})`,
    // "_1600", "-800w", "-w640", "=w700"; a year is none of these.
    String.raw`[-_.@~](?!(?:19|20)(?!20|48)\d\d(?!\d))(?:\d{2,3}0|768|1024|1366|1536|2048|828)w?`,
    String.raw`[-_.@~=](?:w\d{2,4}|\d{2,4}w|\d{3,4}px|\d(?:\.\d)?x)`,
    // "-scaled", "_large", "@2x".
    '[-_.@~]{1,2}(?:scaled|extended|retina|xx?l|large|medium|small|thumb(?:nail)?|original|full|square|crop(?:ped)?|wide|social|preview|teaser|default|hero)',
    // What content systems add: ".fill-1200x630-c0", ".fit_lim.size_1600x900.v1703341095", "-s1800-c85", "_v-fullhd",
    // "_r1.77_fpx45", "-format2020", ".rsocial", "-superJumbo", "-videoSixteenByNineJumbo1600", ".jpg_895565321".
    String.raw`\.(?:fill|max|min|width|height|fit_\w{2,5})(?:-\d{2,4}(?:x\d{2,4})?(?:-c\d{1,3})?)?`,
    String.raw`\.size_\d{2,4}x\d{2,4}|\.{1,2}v_?\d{9,11}`,
    String.raw`(?<=[\da-f]{20})-s\d{3,4}(?:-c\d{2,3})?`,
    String.raw`_v-[a-z]{4,}(?:\d+x\d+)?(?:_wm?-\w+)?(?:_zc-[\da-f]+)?`,
    String.raw`_(?:r\d\.\d{1,3}|fp[xy]\d{1,3})`,
    String.raw`[-_]format(?:\d{2,4}|original)`,
    String.raw`\.r?(?:social|horizontal|vertical|square)`,
    String.raw`-(?:(?:super|master|facebook)jumbo|article(?:large|inline)|(?:video|medium)?(?:sixteenbynine|threebytwo|square)(?:jumbo)?\d*)(?:-v\d)?`,
    String.raw`(?<=\.(?:jpe?g|png|webp))_\d{6,}`,
    // A serial number with the format's: "65897427_804".
    String.raw`(?<=^\d{8})_\d{3}`,
  ].join('|')})$`,
  'i',
);
/** What stands before a picture's name for the same: "1200x675_", "csm_", "thumbs_b_c_", "l-" before a serial number. */
const PREFIX = /^(?:csm_|\d{2,4}x\d{2,4}[-_]|thumbs?_(?:[a-z]_)*|[sml]-(?=.*\d{10}\.\w{3,4}$))/;
/** A name that is a size and nothing else: the picture is the folder. */
const SIZE_NAME =
  /^(?:\d{2,4}x\d{0,4}|(?:fill|max|min|width|height|scale)-\d{2,4}(?:x\d{2,4})?(?:-c\d{1,3})?(?:\|[\w-]+)*|\d{3,4}@\d{1,2}|raw_?image|original|(?:gallery_)?(?:small|medium|large|full)|(?:(?:free|landscape|portrait|square|webp)_)+\d{2,4})$/;
/** A copy that a content system made, by its digest. */
const DIGEST = /[-_](?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{8,40}$/i;
/** What is left without the digest names the picture only where it is words. */
const WORDS = /^(?=.{16})(?:[^g-z]*[g-z]){4}/i;
/** Folders for sizes and cuts of one picture. */
const VARIANT_FOLDER =
  /^(?:\d{1,4}x\d{1,4}|(?:(?:free|landscape|portrait|square|webp)_)+\d{2,4}|(?:w|h|c|g|f|q|s|fit|width|height|resize|crop)[-_=:,]?[\w.,:=-]*\d[\w.,:=-]*|\d{1,2}[x:_]\d{1,2}|x{0,2}s|sm|md|lg|x{1,2}l|th|thumbs?|small|medium|large|original|master|smart|fit-in)$/i;
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

/** What a server of pictures puts around the path that names one: its own host, a style, width and height. */
const SERVED: readonly (readonly [RegExp, string])[] = [
  [/^i\d\.wp\.com\//, ''],
  [/\/styles\/[^/]+\/(?=(?:public|private)\/)/, '/'],
  // "/1280/720/quay.jpg"; years are none of these.
  [/\/(?!(?:19|20)\d\d\/)\d{3,4}\/\d{3,4}(?=\/[^/]+$)/, ''],
];
/** The number of a picture whose folders are its digits: ".../8/4/9/5/1065948_ferry_default_1BxY". */
const IN_DIGITS = /(?:\/\d){3,}\/(\d{5,})_[^/]*$/;

function keyOfPath(address: string): string {
  // A server of other servers' pictures has their address in its own: ".../height/675/https://media.example/quay.jpg".
  let path = decoded(address.replace(/^(?:https?:)?\/\//i, ''))
    .replace(/^.*https?:\/+/is, '')
    .replace(/\/+$/, '');
  for (const [part, instead] of SERVED) path = path.replace(part, instead);
  const number = IN_DIGITS.exec(path)?.[1];
  if (number !== undefined) return number;
  const segments = path.split('/');
  const last = segments.pop()!;
  if (SIZE_NAME.test(last.toLowerCase().replace(EXTENSION, ''))) return ownFolders(segments).join('/');
  const name = plainName(last);
  if (name.length >= MIN_NAME ? /\p{L}|\d{6}/u.test(name) : SERIAL_NAME.test(name)) return name;
  return [...ownFolders(segments), name].join('/');
}

const ownFolders = (segments: readonly string[]): string[] =>
  segments.filter((segment) => !VARIANT_FOLDER.test(segment));

function plainName(segment: string): string {
  const lower = segment.toLowerCase();
  const isProcessed = lower.startsWith('csm_');
  let name = lower.replace(PREFIX, '');
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replace(EXTENSION, '').replace(VARIANT, '');
    const rest = name.replace(DIGEST, '');
    if (isProcessed || WORDS.test(rest)) name = rest;
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
  /\/(?:resize|max|resize:fi(?:t|ll))[/:](\d{2,4})(?!\d)/i,
  // "_23x15" is a shape, "-16x16" a size.
  /(?:^|[/_.@=,-])(\d{2,4})x(?!(?<=[/_.@=,-](?:[12]\d|3[0-2])x)(?!\1)[12]\d(?!\d))\d{2,4}(?=[/_.@,|-]|$)/,
  /(?:\/|,|=|_|-)w(?:idth)?[_=-]?(\d{3,4})(?=[/_.@,-]|$)/i,
  /\d{1,2}x\d{1,2}-(\d{3,4})(?=[/_.@,-]|$)/,
  /[-_](?!(?:19|20)(?!20|48)\d\d(?!\d))(\d{2,3}0|768|1024|1366|1536|2048)w?(?=\.\w{3,4}$)/i,
];

/** Without host and query. */
const pathOf = (url: string): string => /^(?:https?:\/\/[^/]*)?([^?#]*)/i.exec(url)![1]!;

/** In pixels, where the address says so. */
export function widthIn(url: string): number | undefined {
  if (url.length > MAX_ADDRESS) return undefined;
  const path = pathOf(url);
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
  if (a === b || isCopy(b, a)) return a;
  if (isCopy(a, b)) return b;
  return (widthIn(b) ?? ASSUMED_WIDTH) > (widthIn(a) ?? ASSUMED_WIDTH) ? b : a;
}

const NO_PICTURE =
  /(?:^data:|\/(?:pixel|spacer|blank|transparent|placeholder|1x1)\b|(?<![a-z\d])(?:logo|avatar|gravatar|blavatar|icon|sprite|emoji|badge|button)s?(?![a-z\d])|\/(?:[a-z]+[-_])?(?:authors?|auto(?:r(?:en|es)?|ri)|auteurs?|avatars?|profile_(?:image|photo)s|banners?)\/|\/(?:banner|werbung)[-_.\d])/i;
/** Words that a site's own picture is called by, beside the site's name. */
const SITE_WORDS =
  /^(?:logos?|fav|favicon|icons?|default|og|opengraph|share|sharing|social|fb|facebook|twitter|image|images|img|pic|user|site|header|placeholder|blank|pixel|spacer|transparent|meta|thumb|thumbnail|small|large|big|white|black|color|square|quer|[a-z]{2}|[a-z]*\d+[a-z]*\d*)$/i;
const SITE_PICTURE = /^(?:.*logo|fav.*|icons?|placeholder|blank|pixel|spacer|transparent|ogimage.*|opengraph)$/i;

const SIGN = /(?<![a-z\d])(?:icons?|sprites?|buttons?|pixel|spacer|loupe|placeholder|blank|transparent)(?![a-z\d])/i;
/** What is shown until the picture is there, or instead of it; "loading-dock.jpg" is a picture. */
const IN_PLACE_OF =
  /^(?:empty|lazy|missing[-_]?image|\w*timingpixel)\.\w{3,4}$|^(?:pre|ajax-?)?load(?:er|ing)[\w-]*\.(?:gif|svg)$/i;
const SIGN_FOLDER = /\/(?:placeholder|icons?|loaders?|smil(?:ies|eys|es)|emojis?|emoticons?)\//i;

/** Signs and place holders: no picture, whatever is written under them. */
export const isSign = (url: string): boolean => {
  const name = /^[^?#]*/.exec(url.slice(url.lastIndexOf('/') + 1))![0];
  return SIGN.test(name) || IN_PLACE_OF.test(name) || SIGN_FOLDER.test(url);
};

/** Logos, icons, avatars, tracking pixels. */
export const isNoPicture = (url: string): boolean => NO_PICTURE.test(pathOf(url));

/** A picture that stands for the site, not for one article: `og-logo.png`, `blank.jpg`. */
export function isOfSite(url: string): boolean {
  if (/^data:|gravatar\.com|\/(?:bl)?avatars?\/|\/site[-_]?logos?\//i.test(url)) return true;
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
