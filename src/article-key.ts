/**
 * The identity under which one article counts once, however its URL is spelt: with or without `www.`, over http or
 * https, as AMP or print variant, with a trailing slash or `index.html`. In: a URL. Out: a key to compare, never a URL
 * to ask for. Two articles must not get one key: what might tell them apart stays in it.
 */
import { normalizeUrl, siteOf } from './url.js';

/** Names in front of the site's own that show the same articles. */
const HOST_PREFIX = /^(?:www\d?|m|mobile|mobil|amp|touch)\./;
/** `https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a`, `https://www.google.com/amp/s/www.example.org/a`. */
const AMP_CACHE =
  /^https?:\/\/(?:[a-z0-9-]+\.cdn\.ampproject\.org\/(?:[acirv]|wp)|(?:www\.)?google\.[a-z.]{2,6}\/amp)\/(s\/)?(.+)$/;
const INDEX_FILE = /\/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|cfm|shtml)$/i;
/** Segments that choose another presentation of the page whose path they end or begin. */
const VARIANT = new Set(
  `
  amp print printview printversion printable druckversion druckansicht imprimir imprimer
`
    .trim()
    .split(/\s+/),
);
const AMP_FILE = /\.amp(\.html?)?$/i;
/** `name` or `name=value`, of presentations and first pages. */
const VARIANT_PARAMETERS = new Set(
  `
  amp amp=1 amp=true amp=yes outputtype=amp output=amp type=amp view=amp amp_js_v usqp print print=1 print=true
  print=yes print=y print=print view=print format=print mode=print printable printable=1 output=print page=1
  page=all page pagewanted=all singlepage=true onepage=true type=98 tmpl=component
`
    .trim()
    .split(/\s+/),
);
/**
 * Where the reader came from, as single sites name it, and what WordPress and Blogger add to share, answer or see it on a
 * telephone; only left out where the path itself names the article.
 */
const REFERRER_PARAMETERS = new Set(
  `
  ref referrer referer source src origin mod srnd ico ito ncid cmp cmpid smid smtyp rss rssfeed maca partner
  icid intcid icmp cid xid traffic_source leadsource share fromrss via
  nb m=0 m=1
`
    .trim()
    .split(/\s+/),
);
/** Where to write, or what was written, below an article. */
const COMMENT_PARAMETER = /^(?:replytocom|showcomment|like_comment|unapproved|moderation-hash)=/;
/** A path whose last segment names an article: a number of four digits, or words joined by hyphens. */
const NAMES_ARTICLE = /\d{4}|[^/-]+-[^/-]+-[^/-]+-/;
/** Words whose case carries meaning: short ids with capitals inside, as `/v/aXb4Q`. */
const CASED_TOKEN = /^(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?![A-Z][a-z]*$)[A-Za-z0-9]+$/;

/** The key; text that is no URL is its own key. */
export function articleKey(url: string): string {
  const normal = normalizeUrl(url);
  if (normal === undefined) return url;
  const cached = AMP_CACHE.exec(normal);
  if (cached) {
    const inner = normalizeUrl(`http${cached[1] ? 's' : ''}://${cached[2]}`);
    if (inner !== undefined && !AMP_CACHE.test(inner)) return keyOf(inner);
  }
  return keyOf(normal);
}

function keyOf(normal: string): string {
  const slash = normal.indexOf('/', 8);
  const question = normal.indexOf('?', slash);
  const path = pathKey(normal.slice(slash, question < 0 ? undefined : question));
  const query = question < 0 ? '' : queryKey(normal.slice(question + 1), path);
  return hostKey(normal.slice(normal.indexOf('//') + 2, slash), normal) + path + query;
}

function hostKey(host: string, normal: string): string {
  let key = host;
  if (HOST_PREFIX.test(host)) {
    const site = siteOf(normal);
    for (
      let next = key.replace(HOST_PREFIX, '');
      next !== key && next.includes(site);
      next = key.replace(HOST_PREFIX, '')
    )
      key = next;
  }
  return key;
}

function pathKey(path: string): string {
  const segments = path
    .replace(INDEX_FILE, '/')
    .replace(AMP_FILE, '$1')
    .split('/')
    .filter((segment) => segment !== '');
  // `/amp/` alone, or in the middle of a path, may be a subject.
  while (segments.length > 1 && VARIANT.has(segments.at(-1)!.toLowerCase())) segments.pop();
  while (segments.length > 1 && VARIANT.has(segments[0]!.toLowerCase())) segments.shift();
  // `/category/world/page/1/` is the listing itself.
  if (segments.at(-1) === '1' && segments.at(-2)?.toLowerCase() === 'page') segments.splice(-2);
  return segments.map((segment) => `/${CASED_TOKEN.test(segment) ? segment : segment.toLowerCase()}`).join('');
}

function queryKey(query: string, path: string): string {
  const named = NAMES_ARTICLE.test(path.slice(path.lastIndexOf('/')));
  const kept = query.split('&').filter((pair) => {
    const text = pair.toLowerCase();
    if (VARIANT_PARAMETERS.has(text.endsWith('=') ? text.slice(0, -1) : text)) return false;
    if (COMMENT_PARAMETER.test(text)) return false;
    return !(named && (REFERRER_PARAMETERS.has(text) || REFERRER_PARAMETERS.has(text.split('=', 1)[0]!)));
  });
  // Here the order may go: the key is asked of nobody.
  return kept.length === 0 ? '' : `?${kept.sort().join('&')}`;
}
