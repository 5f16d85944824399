/**
 * URLs: normal form, host, site; the key under which one article counts once is in article-key.ts.
 *
 * In: text from anywhere. Out: a URL that can be asked for as it stands, or undefined. The normal form only changes
 * what a server does not look at; everything bolder (scheme, `www.`, AMP, print) is left to `articleKey`, which is
 * compared and never asked for. Never: throws, takes more than linear time, keeps credentials.
 */
import { registrableDomain } from './public-suffix.js';
import { RecentMap } from './recent-map.js';

/** Longer text is no URL, in characters. Browsers and servers stop far earlier. */
export const MAX_URL_CHARACTERS = 65_536;

/**
 * Query parameters that tell the server's statistics where a reader came from. Compared in lower case; a trailing `*`
 * stands for any ending. Only names that no site uses to choose what it shows.
 */
export const TRACKING_PARAMETERS: readonly string[] = `
  utm_* mtm_* matomo_* pk_campaign pk_kwd pk_source pk_medium pk_content piwik_* at_medium at_campaign
  at_custom* at_link_* at_format at_ptr_name at_bbc_team xtor wt_mc wt.mc_id wt_zmc ns_campaign ns_mchannel
  ns_source ns_linkname s_cid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok mc_cid mc_eid oly_anon_id
  oly_enc_id vero_id vero_conv wickedid sc_campaign sc_channel hmb_* fbclid fb_action_ids fb_action_types
  fb_source fb_ref gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid msclkid yclid ysclid _openstat
  twclid ttclid igshid igsh li_fat_id sccid guccounter guce_referrer guce_referrer_sig __twitter_impression
  epik _ga _gl _gac ref_src ref_url tblci dicbo obclickid outbrainclickid feature=share
`
  .trim()
  .split(/\s+/);

/** Query parameters that carry a session where their value looks like one. */
const SESSION_PARAMETERS = new Set(
  `
  phpsessid jsessionid sid sessid sessionid session_id session oscsid zenid cftoken aspsessionid
`
    .trim()
    .split(/\s+/),
);
/** A session id's value: nothing that could name a page is this long and this plain. */
const SESSION_VALUE = /^(?=.*\d)[0-9a-z]{16,128}$/i;

/**
 * URLs that a parser leaves as they stand, told without one: plain host whose last label begins with a letter (others
 * may be numbers that mean an address), a path without escapes and dots at the start of a segment, a query without escapes.
 */
const PLAIN =
  /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9]*\/(?:[\w~!$&()*+,:@=-][\w~!$&()*+,.:@=/-]*)?(?:\?[\w~!$&()*+,.:;@=/?-]+)?$/;
const ORIGIN = /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9]*(?=\/)/;

const tracking = new Set(TRACKING_PARAMETERS.filter((name) => !name.endsWith('*') && !name.includes('=')));
const trackingPairs = new Set(TRACKING_PARAMETERS.filter((name) => name.includes('=')));
const trackingStarts = TRACKING_PARAMETERS.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

/**
 * Whether text is an absolute URL, or one against a base. Not `URL.canParse`: once it is compiled, Node 20's takes the
 * letters of Latin-1 beyond ASCII ("ö") for broken UTF-8 and says no.
 */
export function isUrl(text: string, base?: string): boolean {
  try {
    return new URL(text, base) instanceof URL;
  } catch {
    return false;
  }
}

/** Hosts and sites that are remembered, each: a crawl asks for the few that are under way over and over. */
const MAX_REMEMBERED = 10_000;

const hosts = new RecentMap<string, string>(MAX_REMEMBERED);

/** An authority: scheme, name and port, as `https://example.org:8443`. Politeness is per host. Throws where there is none. */
export function hostOf(url: string): string {
  return remembered(hosts, url, (text) => new URL(text).origin);
}

const sites = new RecentMap<string, string>(MAX_REMEMBERED);

/** A registrable domain by the Public Suffix List (private section included), or the name itself for addresses and single labels. */
export function siteOf(url: string): string {
  return remembered(sites, url, (text) => {
    const name = new URL(text).hostname;
    return registrableDomain(name) ?? name;
  });
}

/** Whether a URL is the front page of its host. Throws where there is none. */
export function isFrontPage(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname === '/' && search === '';
}

/** All of a URL up to its path, where that can be told by looking; `https:///example.org` begins like any other of its kind. */
const AUTHORITY = /^https?:\/\/[^/\\?#\s]{1,300}$/;

/** What the authority of a URL decides, however it is spelt. */
function remembered(known: RecentMap<string, string>, url: string, find: (url: string) => string): string {
  const slash = url.indexOf('/', 'https://'.length);
  const beginning = slash < 0 ? url : url.slice(0, slash);
  let found = known.get(beginning);
  if (found === undefined) {
    if (!AUTHORITY.test(beginning)) return find(url);
    // A slice of a page would keep the whole page alive.
    const copy = ` ${beginning}`.slice(1);
    found = find(copy);
    known.set(copy, found);
  }
  return found;
}

/**
 * The normal form under which a URL is asked for and remembered, or undefined where it is no http(s) URL.
 * What the URL standard does (case of the host, default ports, dot segments, punycode, control characters), and: no
 * fragment, no credentials, no tracking parameters or session ids, escapes in upper case and only where needed. The
 * order of the query stays: servers may look at it.
 */
export function normalizeUrl(url: string, base?: string): string | undefined {
  const plain = plainUrl(url, base);
  if (plain !== undefined) return withoutTracking(plain);
  const parsed = parse(url, base);
  return parsed && normalFormOf(parsed);
}

/**
 * The normal form, and the URL as it was given where that differs in more than fragment and credentials: what to ask
 * for should the normal form turn out not to be there.
 */
export function spellingsOf(url: string, base?: string): { url: string; asGiven?: string } | undefined {
  const plain = plainUrl(url, base);
  if (plain !== undefined) {
    const normal = withoutTracking(plain);
    return normal === plain ? { url: plain } : { url: normal, asGiven: plain };
  }
  const parsed = parse(url, base);
  if (!parsed) return undefined;
  // To set what is not there parses the URL once more each time.
  if (parsed.href.includes('#')) parsed.hash = '';
  if (parsed.username !== '') parsed.username = '';
  if (parsed.password !== '') parsed.password = '';
  const { href } = parsed;
  const normal = normalFormOf(parsed);
  if (normal === undefined) return undefined;
  return href === normal || href.length > MAX_URL_CHARACTERS ? { url: normal } : { url: normal, asGiven: href };
}

/** All links of a page have one base. */
let lastBase: string | undefined;
let lastOrigin: string | undefined;

/** What a parser makes of a URL, where that can be told without parsing: of most links. */
export function plainUrl(url: string, base: string | undefined): string | undefined {
  let absolute = url;
  if (base !== undefined && url.charCodeAt(0) === 47 && url.charCodeAt(1) !== 47) {
    if (base !== lastBase) {
      // A slice of a page would keep the whole page alive.
      lastBase = ` ${base}`.slice(1);
      lastOrigin = ORIGIN.exec(lastBase)?.[0];
    }
    if (lastOrigin !== undefined) absolute = lastOrigin + url;
  }
  return absolute.length <= MAX_URL_CHARACTERS && PLAIN.test(absolute) && isPlain(absolute) ? absolute : undefined;
}

/** The normal form of a plain URL. */
function withoutTracking(plain: string): string {
  const question = plain.indexOf('?');
  if (question < 0) return plain;
  const query = plain.slice(question + 1);
  const kept = cleanQuery(query);
  return kept === query ? plain : plain.slice(0, kept === '' ? question : question + 1) + kept;
}

function parse(url: string, base: string | undefined): URL | undefined {
  if (url.length > MAX_URL_CHARACTERS) return undefined;
  try {
    const parsed = new URL(url.trim(), base);
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function normalFormOf(parsed: URL): string | undefined {
  // The dot of the DNS root. Set anew, as what is left may be an address.
  if (parsed.hostname.endsWith('.')) parsed.hostname = parsed.hostname.replace(/\.+$/, '');
  const name = parsed.hostname;
  // A name with an empty label is nobody's.
  if (name === '' || name.startsWith('.') || name.endsWith('.') || name.includes('..')) return undefined;
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  const path = plainEscapes(withoutPathSession(parsed.pathname));
  const query = parsed.search.length > 1 ? plainEscapes(cleanQuery(parsed.search.slice(1))) : '';
  const normal = `${parsed.protocol}//${name}${port}${path}${query === '' ? '' : `?${query}`}`;
  return normal.length > MAX_URL_CHARACTERS ? undefined : normal;
}

/** What PLAIN cannot see: dot segments and punycode, which may be invalid. */
function isPlain(url: string): boolean {
  return !url.includes('/.') && !url.includes('xn--');
}

/** `;jsessionid=…` at the end of a segment. */
function withoutPathSession(path: string): string {
  return path.includes(';') ? path.replace(/;(?:jsessionid|phpsessid|sid)=[^/;]*/gi, '') : path;
}

function cleanQuery(query: string): string {
  const pairs = query.split('&');
  const kept = pairs.filter((pair) => pair !== '' && !isTracking(pair));
  return kept.length === pairs.length ? query : kept.join('&');
}

function isTracking(pair: string): boolean {
  let text = pair.toLowerCase();
  // A link written with "&amp;amp;".
  while (text.startsWith('amp;')) text = text.slice(4);
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (tracking.has(name) || trackingPairs.has(text)) return true;
  if (trackingStarts.some((start) => name.startsWith(start))) return true;
  return at >= 0 && SESSION_PARAMETERS.has(name) && SESSION_VALUE.test(text.slice(at + 1));
}

/** Escapes in upper case, and letters, digits, `-._~` without one (RFC 3986, 6.2.2). Text with a stray "%" stays. */
function plainEscapes(text: string): string {
  if (!text.includes('%') || /%(?![0-9a-f]{2})/i.test(text)) return text;
  return text.replace(/%[0-9a-f]{2}/gi, (octet) => {
    const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : octet.toUpperCase();
  });
}
