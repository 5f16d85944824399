/**
 * Which proxy a URL goes through: the settings' own for everything, or the standard environment variables.
 * In: a URL. Out: the proxy's URL, or undefined for a direct connection.
 */
import { portOf } from './address.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ProxyChoice = (url: URL) => URL | undefined;

/** Throws where a proxy's URL is unusable: that is a wrong setting, not what the web does. */
export function createProxyChoice(configured: string | undefined, environment: Environment): ProxyChoice {
  if (configured) {
    const proxy = parseProxy(configured, 'proxy');
    return () => proxy;
  }
  // Lower case wins, as in curl.
  const variable = (name: string) => environment[name.toLowerCase()] || environment[name] || undefined;
  const forHttp = variable('HTTP_PROXY');
  const forHttps = variable('HTTPS_PROXY');
  const http = forHttp === undefined ? undefined : parseProxy(forHttp, 'HTTP_PROXY');
  const https = forHttps === undefined ? undefined : parseProxy(forHttps, 'HTTPS_PROXY');
  const exceptions = parseExceptions(variable('NO_PROXY') ?? '');
  return (url) => {
    const proxy = url.protocol === 'https:' ? https : http;
    return proxy && !exceptions.some((excepts) => excepts(url)) ? proxy : undefined;
  };
}

function parseProxy(text: string, source: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text.includes('://') ? text : `http://${text}`);
  } catch {}
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new Error(`${source}: expected an http:// or https:// URL of a proxy, got "${text}"`);
  return url;
}

/** NO_PROXY: names (their subdomains included), with or without a leading dot or `*.`, perhaps a port; `*` for all. */
function parseExceptions(list: string): ((url: URL) => boolean)[] {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      if (entry === '*') return () => true;
      const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(isBareIPv6(entry) ? `[${entry}]` : entry) ?? [];
      const name = host.toLowerCase().replace(/^\*?\./, '');
      return (url) =>
        (port === undefined || Number(port) === portOf(url)) &&
        (url.hostname === name || url.hostname.endsWith(`.${name}`));
    });
}

function isBareIPv6(entry: string): boolean {
  return !entry.startsWith('[') && entry.indexOf(':') !== entry.lastIndexOf(':');
}
