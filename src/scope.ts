/**
 * May this URL be fetched, may this article be kept? In: settings and seeds, then one URL or date at a time. Out: the
 * outcome that excludes it, or undefined. Never: asks the network, remembers leads (but for the counters of TrapWatch).
 */
import type { Lead, LeadKind } from './lead.js';
import type { Outcome, Reason } from './outcome.js';
import { compilePatterns } from './patterns.js';
import type { Settings } from './settings.js';
import { type Span, shiftDay, spanOfDate, spanOfPage, spanOfUrl } from './timespan.js';
import { TrapWatch } from './traps.js';
import { normalizeUrl, siteOf } from './url.js';

export type ScopeSettings = Pick<
  Settings,
  'scope' | 'include' | 'exclude' | 'since' | 'until' | 'maxDepth' | 'maxUrlLength'
>;

/** What decides besides the URL. */
export interface ScopeQuestion {
  /** Links followed from a seed. */
  readonly depth?: number;
  /** Default `page`. Feeds and sitemaps may stand on other hosts where a document in scope names them. */
  readonly kind?: LeadKind;
  readonly foundOn?: string;
}

export interface Scope {
  /** Why the URL may not be fetched. Knows nothing of traps: see `trapIn`. */
  verdictOf(url: string, question?: ScopeQuestion): Outcome | undefined;
  /** Why a page link that is new leads into a trap. Counts: ask once for each new link, not for what sitemaps and feeds name. */
  trapIn(url: string): Outcome | undefined;
  /** Why an article at this URL is not to be kept although its page may be fetched: no `include` pattern fits. */
  verdictOfArticle(url: string): Outcome | undefined;
  /** Why an article of this date is not to be kept. An absent or unreadable date excludes nothing: `isDated` says whether that left something undecided. */
  verdictOfDate(datePublished: string | undefined): Outcome | undefined;
  /** Why what a lead says of itself excludes it before it is fetched: its date, its lastmod, the date in its URL. */
  verdictOfLead(lead: Pick<Lead, 'url' | 'kind' | 'datePublished' | 'lastModified'>): Outcome | undefined;
  /** Whether articles in scope can be among those of these days (a sitemap's month, an archive page). */
  mayHold(span: Partial<Span>): boolean;
  /** Whether `since` or `until` is set. */
  readonly isDated: boolean;
  /** Takes another URL as a seed: where a seed redirects to, the site whose feed was seeded. */
  extend(url: string): void;
}

/** Articles are often dated a little apart from the day in their URL: an evening's story, another time zone. */
const URL_DAYS_SLACK = 2;

/** Throws where a pattern or a date cannot be used, naming it. */
export function createScope(settings: ScopeSettings, seeds: readonly string[]): Scope {
  const isExcluded = compilePatterns(settings.exclude);
  const isIncluded = compilePatterns(settings.include);
  const since = boundOf(settings.since, 'from');
  const until = boundOf(settings.until, 'to');
  const traps = new TrapWatch();
  const inside = new Set<string>();
  const prefixes: string[] = [];

  const isInside = (url: string): boolean => {
    if (settings.scope === 'site') return inside.has(siteOf(url));
    if (settings.scope === 'host') return inside.has(hostNameOf(url));
    const bare = bareOf(url);
    return prefixes.some(
      (prefix) =>
        bare === prefix ||
        (bare.startsWith(prefix) && /[/?]$|^[/?]/.test(prefix.slice(-1) + bare.charAt(prefix.length))),
    );
  };

  const scope: Scope = {
    isDated: since !== undefined || until !== undefined,
    extend(seed) {
      const url = normalizeUrl(seed);
      if (url === undefined) return;
      if (settings.scope === 'site') inside.add(siteOf(url));
      else if (settings.scope === 'host') inside.add(hostNameOf(url));
      else prefixes.push(prefixOf(url));
    },
    verdictOf(url, { depth = 0, kind = 'page', foundOn } = {}) {
      if (url.length > settings.maxUrlLength)
        return out('malformed-url', `${url.length} characters; at most ${settings.maxUrlLength}`);
      if (!/^https?:/i.test(url)) {
        const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(url)?.[1];
        return scheme ? out('scheme', scheme.toLowerCase()) : out('malformed-url');
      }
      if (normalizeUrl(url) === undefined) return out('malformed-url');
      if (!isInside(url)) {
        const named =
          kind !== 'page' && foundOn !== undefined && (isInside(foundOn) || hostNameOf(foundOn) === hostNameOf(url));
        if (!named) return out(settings.scope, settings.scope === 'site' ? siteOf(url) : hostNameOf(url));
      }
      if (isExcluded(url)) return out('exclude');
      if (kind === 'page' && depth > settings.maxDepth) return out('depth', `${depth} links from a seed`);
      return undefined;
    },
    trapIn(url) {
      const trap = traps.check(url);
      return trap ? out('trap', trap) : undefined;
    },
    verdictOfArticle: (url) => (settings.include.length === 0 || isIncluded(url) ? undefined : out('include')),
    verdictOfDate(date) {
      if (date === undefined) return undefined;
      if (since && isBefore(date, since)) return out('too-old', date);
      if (until && isAfter(date, until)) return out('too-new', date);
      return undefined;
    },
    verdictOfLead({ url, kind, datePublished, lastModified }) {
      if (!scope.isDated) return undefined;
      const dated = scope.verdictOfDate(datePublished);
      if (dated) return dated;
      // What was last changed before then was published before then, documents included.
      if (since && lastModified && isBefore(lastModified, since))
        return out('too-old', `last modified ${lastModified}`);
      if (kind === 'page' && datePublished !== undefined) return undefined;
      const span = kind === 'page' ? spanOfPage(url) : spanOfUrl(url);
      if (!span || scope.mayHold({ from: shiftDay(span.from, -URL_DAYS_SLACK), to: shiftDay(span.to, URL_DAYS_SLACK) }))
        return undefined;
      return since && span.to < since.day ? out('too-old', `URL of ${span.to}`) : out('too-new', `URL of ${span.from}`);
    },
    mayHold: ({ from, to }) =>
      !(since && to !== undefined && to < since.day) && !(until && from !== undefined && from > until.day),
  };
  for (const seed of seeds) scope.extend(seed);
  return scope;
}

function out(reason: Reason<'out-of-scope'>, detail?: string): Outcome {
  return { name: 'out-of-scope', reason, ...(detail !== undefined && { detail: detail.slice(0, 200) }) };
}

/** Host name and port. With and without `www.`, over http or https, is one host to a reader. */
function hostNameOf(url: string): string {
  return bareOf(url).split(/[/?#]/, 1)[0]!;
}

function bareOf(url: string): string {
  return (normalizeUrl(url) ?? url).replace(/^https?:\/\/(?:www\.)?/, '');
}

/** `…/news/` and `…/news` hold what is below; `…/news/index.html` and `…/feed.xml` what is beside. */
function prefixOf(url: string): string {
  const bare = bareOf(url).split('?', 1)[0]!;
  const at = bare.lastIndexOf('/');
  return at >= 0 && bare.slice(at).includes('.') ? bare.slice(0, at + 1) : bare;
}

/** A day, or an instant. */
interface Bound {
  readonly day: string;
  readonly ms?: number;
  /** Date and time as written, without the offset: what local times are compared with. */
  readonly local?: string;
}

const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** Of a month or a year its first day or its last. The settings have checked that it is a date. */
function boundOf(text: string | undefined, end: keyof Span): Bound | undefined {
  if (text === undefined) return undefined;
  const day = spanOfDate(text)![end];
  if (!text.includes('T')) return { day };
  return { day, local: text.replace(OFFSET, ''), ...(OFFSET.test(text) && { ms: Date.parse(text) }) };
}

/** Days are compared in the article's own offset: what was printed on that day belongs to it, wherever that was. */
function isBefore(date: string, bound: Bound): boolean {
  const order = compareInstants(date, bound);
  if (order !== undefined) return order < 0;
  const span = spanOfDate(date);
  return span !== undefined && span.to < bound.day;
}

function isAfter(date: string, bound: Bound): boolean {
  const order = compareInstants(date, bound);
  if (order !== undefined) return order > 0;
  const span = spanOfDate(date);
  return span !== undefined && span.from > bound.day;
}

/** Undefined where one of the two is only a day. */
function compareInstants(date: string, bound: Bound): number | undefined {
  if (bound.local === undefined || !date.includes('T')) return undefined;
  if (bound.ms !== undefined && OFFSET.test(date)) {
    const ms = Date.parse(date);
    return Number.isNaN(ms) ? undefined : ms - bound.ms;
  }
  const local = date.replace(OFFSET, '');
  const length = Math.min(local.length, bound.local.length);
  const [a, b] = [local.slice(0, length), bound.local.slice(0, length)];
  return a < b ? -1 : a > b ? 1 : 0;
}
