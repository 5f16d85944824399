/**
 * robots.txt to the letter of RFC 9309.
 *
 * In: the file's text. Out: what our product token may fetch, and what else the file says to it. Any text parses; no
 * pattern takes more than linear time; nothing is thrown.
 */

export interface RobotsRule {
  readonly allow: boolean;
  /** As the file has it. */
  readonly pattern: string;
}

export interface RobotsRules {
  /** Whether the URL may be fetched. /robots.txt itself always may. */
  allows(url: string): boolean;
  /** The rule that decides about the URL; undefined where none matches. */
  ruleFor(url: string): RobotsRule | undefined;
  readonly crawlDelayMs?: number;
  /** Absolute URLs, in the file's order; they stand outside of groups. */
  readonly sitemaps: readonly string[];
  /** Content-Signal directives as given. */
  readonly contentSignal?: string;
}

/** One group, or several that are merged because they name the same product token. */
interface Group {
  readonly rules: CompiledRule[];
  readonly crawlDelays: number[];
  readonly contentSignals: string[];
}

interface CompiledRule extends RobotsRule {
  /** Literal parts between the `*`. */
  readonly parts: readonly string[];
  /** Ends in `$`: must match to the end of the path. */
  readonly anchored: boolean;
  /** What the longest match is measured by. */
  readonly octets: number;
}

export function parseRobots(text: string, productToken = 'tearsheet'): RobotsRules {
  const own = productToken.toLowerCase();
  const groups = new Map<string, Group>();
  const sitemaps: string[] = [];
  const signalsOutside: string[] = [];
  /** Tokens that the lines now read apply to. */
  let tokens: string[] = [];
  let readsTokens = false;
  let inGroup = false;

  const groupOf = (token: string) => {
    const group = groups.get(token) ?? { rules: [], crawlDelays: [], contentSignals: [] };
    groups.set(token, group);
    return group;
  };
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const content = line.split('#', 1)[0]!;
    const colon = content.indexOf(':');
    if (colon < 0) continue;
    const value = content.slice(colon + 1).trim();
    switch (content.slice(0, colon).trim().toLowerCase()) {
      case 'user-agent': {
        // Lines that RFC 9309 does not define must not part a group (section 2.2.4), so that only rules end its head.
        if (!readsTokens) tokens = [];
        readsTokens = true;
        inGroup = true;
        const token = productTokenOf(value);
        if (token !== '*' && token !== own) break;
        tokens.push(token);
        groupOf(token);
        break;
      }
      case 'allow':
      case 'disallow': {
        readsTokens = false;
        const rule = compile(value, /^\s*a/i.test(content));
        if (rule) for (const token of tokens) groupOf(token).rules.push(rule);
        break;
      }
      case 'crawl-delay': {
        const seconds = Number(value);
        if (value !== '' && seconds >= 0 && Number.isFinite(seconds))
          for (const token of tokens) groupOf(token).crawlDelays.push(seconds * 1000);
        break;
      }
      case 'content-signal':
        if (value === '') break;
        if (!inGroup) signalsOutside.push(value);
        for (const token of tokens) groupOf(token).contentSignals.push(value);
        break;
      case 'sitemap':
        // A whole URL by the standard; many sites leave their own name out.
        if (/^(?:https?:\/)?\//i.test(value)) sitemaps.push(value);
        break;
    }
  }

  const group = groups.get(own) ?? groups.get('*');
  return rulesOf(group, sitemaps, signalsOutside);
}

function rulesOf(
  group: Group | undefined,
  sitemaps: readonly string[],
  signalsOutside: readonly string[],
): RobotsRules {
  // Longest first, Allow first among equals: the first that matches decides.
  const rules = [...(group?.rules ?? [])].sort((a, b) => b.octets - a.octets || Number(b.allow) - Number(a.allow));
  const contentSignals = [...(group?.contentSignals ?? []), ...signalsOutside];
  const ruleFor = (url: string) => {
    const path = pathOf(url);
    if (path === undefined || path === '/robots.txt') return undefined;
    const normal = normalForm(path, false).text;
    return rules.find((rule) => matches(rule, normal));
  };
  return {
    allows: (url) => ruleFor(url)?.allow ?? true,
    ruleFor: (url) => {
      const rule = ruleFor(url);
      return rule && { allow: rule.allow, pattern: rule.pattern };
    },
    ...(group && group.crawlDelays.length > 0 ? { crawlDelayMs: Math.max(...group.crawlDelays) } : {}),
    sitemaps: [...new Set(sitemaps)],
    ...(contentSignals.length > 0 ? { contentSignal: contentSignals.join(', ') } : {}),
  };
}

/** Whether a URL's path and query match a pattern as of Allow and Disallow; other files use the same ones. */
export function matchesPath(pattern: string): (url: string) => boolean {
  const rule = compile(pattern, true);
  return (url) => {
    const path = rule && pathOf(url);
    return path !== undefined && matches(rule!, normalForm(path, false).text);
  };
}

/** `tearsheet` of `Tearsheet/1.0 (news)`. */
function productTokenOf(value: string): string {
  if (/^\*(\s|$)/.test(value)) return '*';
  return /^[a-zA-Z_-]*/.exec(value)![0].toLowerCase();
}

/** Path and query of a URL, or undefined where it is none. */
function pathOf(url: string): string | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  parsed.hash = '';
  // Not pathname + search: those lose the "?" of an empty query.
  return parsed.href.slice(parsed.href.indexOf('/', parsed.protocol.length + 2));
}

/** Undefined for what can match nothing: an empty value, or one that is no path. */
function compile(value: string, allow: boolean): CompiledRule | undefined {
  if (!value.startsWith('/') && !value.startsWith('*')) return undefined;
  const { text, octets } = normalForm(value, true);
  const anchored = text.endsWith('$');
  const parts = (anchored ? text.slice(0, -1) : text).split('*');
  return { allow, pattern: value, parts, anchored, octets };
}

/**
 * One spelling for what RFC 9309 (section 2.2.2) holds equal: unreserved characters plain, everything else in
 * percent-encoding with upper-case digits, but for the slash and question mark that structure the URL. In a query those
 * two are plain in either spelling. In a pattern `*` and a `$` at the end keep their meaning.
 */
function normalForm(path: string, isPattern: boolean): { text: string; octets: number } {
  let text = '';
  let octets = 0;
  let inQuery = false;
  for (let index = 0; index < path.length; ) {
    const escaped = path[index] === '%' ? /^[0-9a-f]{2}/i.exec(path.slice(index + 1, index + 3)) : null;
    const char = String.fromCodePoint(path.codePointAt(index)!);
    if (escaped) {
      const octet = Number.parseInt(escaped[0], 16);
      const plain = String.fromCharCode(octet);
      text += UNRESERVED.test(plain) || (inQuery && (plain === '/' || plain === '?')) ? plain : percent(octet);
      octets += 3;
      index += 3;
      continue;
    }
    const isSpecial = isPattern && (char === '*' || (char === '$' && index === path.length - 1));
    if (isSpecial || char === '/' || char === '?' || UNRESERVED.test(char)) {
      text += char;
      octets++;
      inQuery ||= char === '?';
    } else {
      const bytes = Buffer.from(char);
      for (const byte of bytes) text += percent(byte);
      octets += bytes.length === 1 ? 1 : bytes.length * 3;
    }
    index += char.length;
  }
  return { text, octets };
}

const UNRESERVED = /^[A-Za-z0-9._~-]$/;

function percent(octet: number): string {
  return `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Leftmost matches of the parts, one after the other: with `*` as the only wildcard no other choice can do better. */
function matches({ parts, anchored }: CompiledRule, path: string): boolean {
  const first = parts[0]!;
  if (!path.startsWith(first)) return false;
  const lastIndex = parts.length - 1;
  if (lastIndex === 0) return !anchored || path.length === first.length;
  let position = first.length;
  for (let index = 1; index < lastIndex; index++) {
    position = endOfMatch(path, parts[index]!, position);
    if (position < 0) return false;
  }
  const last = parts[lastIndex]!;
  if (!anchored) return endOfMatch(path, last, position) >= 0;
  return path.length - last.length >= position && path.endsWith(last);
}

/** Where the leftmost occurrence from `from` on ends, or -1. */
function endOfMatch(text: string, part: string, from: number): number {
  if (part.length > text.length - from) return -1;
  if (part.length <= SHORT_PART) {
    const at = text.indexOf(part, from);
    return at < 0 ? -1 : at + part.length;
  }
  // `indexOf` can take the product of both lengths; Knuth-Morris-Pratt takes their sum.
  const fallback = new Uint32Array(part.length);
  for (let index = 1, matched = 0; index < part.length; index++) {
    while (matched > 0 && part[index] !== part[matched]) matched = fallback[matched - 1]!;
    if (part[index] === part[matched]) matched++;
    fallback[index] = matched;
  }
  for (let index = from, matched = 0; index < text.length; index++) {
    while (matched > 0 && text[index] !== part[matched]) matched = fallback[matched - 1]!;
    if (text[index] === part[matched]) matched++;
    if (matched === part.length) return index + 1;
  }
  return -1;
}

/** Up to this length the product is as good as a sum. */
const SHORT_PART = 32;
