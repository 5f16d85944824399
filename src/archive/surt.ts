/**
 * The sort-friendly form of a URL (SURT), under which replay tools look captures up: `org,example)/path?query`. In: a
 * URL. Out: the same key, byte for byte, that the `surt` library of pywb, OpenWayback and cdxj-indexer makes, so that
 * the index answers what they ask. Pure; what is no URL is its own key.
 */

/** Of URLs that carry a session: the same page each time. As in the library, each at most once. */
const PATH_SESSIONS = [
  /^(.*\/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)\/)([^?]+\.aspx.*)$/i,
  /^(.*\/)(?:\([0-9a-z]{24}\)\/)([^?]+\.aspx.*)$/i,
];
const QUERY_SESSIONS = [
  /^(.*)(?:jsessionid=[0-9a-z]{32})(?:&(.*))?$/i,
  /^(.*)(?:phpsessid=[0-9a-z]{32})(?:&(.*))?$/i,
  /^(.*)(?:sid=[0-9a-z]{32})(?:&(.*))?$/i,
  /^(.*)(?:aspsessionid[a-z]{8}=[a-z]{24})(?:&(.*))?$/i,
  /^(.*)(?:cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$/i,
];

export function surtKey(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return url;
  }
  const host = parsed.hostname.replace(/^www\d*\./, '').replace(/\.$/, '');
  const name = host.startsWith('[') ? host : host.split('.').reverse().join(',');
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  return `${name}${port})${pathKey(parsed.pathname)}${queryKey(parsed.search.slice(1))}`;
}

function pathKey(pathname: string): string {
  const parts: string[] = [];
  const segments = unescaped(pathname).split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    if (segment === '..') parts.pop();
    // The last one may be empty: a trailing slash.
    else if (segment !== '.' && (segment !== '' || index === segments.length - 1)) parts.push(segment);
  }
  let path = escaped(`/${parts.join('/')}`).toLowerCase();
  for (const session of PATH_SESSIONS) path = path.replace(session, '$1$2');
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

function queryKey(search: string): string {
  let query = escaped(unescaped(search));
  for (const session of QUERY_SESSIONS)
    query = query.replace(session, (_, before: string, after: string | undefined) => before + (after ?? ''));
  query = query.toLowerCase();
  if (query === '') return '';
  // By name, then by value; a name alone stands before the same name with one.
  const pairs = query.split('&').map((pair) => pair.split(/=(.*)/s, 2) as [string, string?]);
  pairs.sort(
    (a, b) => order(a[0], b[0]) || Number(a.length > 1) - Number(b.length > 1) || order(a[1] ?? '', b[1] ?? ''),
  );
  return `?${query.length <= 1 ? query : pairs.map((pair) => pair.join('=')).join('&')}`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Percent-encoding undone until none is left; each character stands for one byte. */
function unescaped(text: string): string {
  let bytes = Buffer.from(text).toString('latin1');
  for (let before = ''; before !== bytes; ) {
    before = bytes;
    bytes = bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return bytes;
}

function escaped(bytes: string): string {
  return bytes.replace(/[^!"$&-~]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
