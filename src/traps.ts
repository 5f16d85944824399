/**
 * Traps: places that make ever new URLs without new articles. In: URLs that are about to be put into the frontier. Out:
 * what kind of trap a URL leads into, if any. `shapeOfTrap` is pure; `TrapWatch` counts per site and only grows to its
 * limits. Never: judges an URL that a sitemap or feed names (the caller asks for links only).
 */

import { spanOfUrl } from './timespan.js';
import { siteOf } from './url.js';

/** Where counting ends and a trap begins. Per site; news sites stay far below. */
export const TRAP_LIMITS = {
  /** Times that one segment may occur in a path, or a run of segments be repeated. */
  repeatedSegments: 3,
  segments: 24,
  queryParameters: 12,
  /** Different queries on one path that are followed; pagination is counted apart. */
  queriesPerPath: 50,
  /** Different values of facets (two parameters or more) on one path. */
  facetsPerPath: 20,
  /** Highest page number followed in one listing. */
  pageNumber: 500,
  /** Years into the future that a calendar may be followed. */
  futureYears: 1,
  /** And into the past. */
  pastYears: 30,
  /** Paths whose queries are counted, per site; those after share one count. */
  pathsPerSite: 2000,
} as const;

/** Parameters whose only use is another view of what is there already. */
const VIEW_PARAMETER =
  /^(?:sort|order|orderby|dir|filter|filters|facet|facets|view|display|layout|perpage|per_page|limit|reply(?:to|tocom)|share|color|size|min_?price|max_?price|f\[.*|filter_.*|add-to-cart|returnto|return_to|redirect|redirect_to|redirect_uri|next_url|destination|continue)$/i;
const PAGE_PARAMETER = /^(?:page|p|pg|paged|pagina|seite|offset|start|from|strana|sida)$/i;
const PAGE_PATH = /\/(?:page|p|seite|pagina|strana|sida|sayfa)[/-]?(\d{1,9})(?=\/|$)/i;
const CALENDAR =
  /calend|kalender|agenda|events?\b|veranstaltung|evenement|(?:day|month|week|tribe-bar-date|eventdate|caldate)=/i;

/** What about the URL alone makes it a trap. */
export function shapeOfTrap(url: string, now: Date = new Date()): string | undefined {
  const start = url.indexOf('/', 8);
  if (start < 0) return undefined;
  const question = url.indexOf('?', start);
  const path = url.slice(start, question < 0 ? undefined : question);
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length > TRAP_LIMITS.segments) return `path of ${segments.length} segments`;
  const nested = nestedIn(segments);
  if (nested) return `path repeats "${nested}"`;
  const page = Number(PAGE_PATH.exec(path)?.[1] ?? 0);
  if (page > TRAP_LIMITS.pageNumber) return `page ${page} of a listing`;
  const query = question < 0 ? '' : url.slice(question + 1);
  if (query !== '') {
    const pairs = query.split('&');
    if (pairs.length > TRAP_LIMITS.queryParameters) return `query of ${pairs.length} parameters`;
    for (const pair of pairs) {
      const [name = '', value = ''] = pair.split('=', 2);
      if (PAGE_PARAMETER.test(name) && /^\d{1,9}$/.test(value) && name !== 'p') {
        const number = Number(value);
        if (number > TRAP_LIMITS.pageNumber * (/^(?:offset|start|from)$/i.test(name) ? 50 : 1))
          return `page ${value} of a listing`;
      }
    }
  }
  const year = CALENDAR.test(url)
    ? Number(/[/=_-]((?:1[0-9]|[2-9]\d)\d\d)(?=[/_.&-]|$)/.exec(url.slice(start))?.[1] ?? 0)
    : 0;
  const thisYear = now.getUTCFullYear();
  if (year > thisYear + TRAP_LIMITS.futureYears || (year > 0 && year < thisYear - TRAP_LIMITS.pastYears))
    return `calendar page of ${year}`;
  return undefined;
}

/** `/a/b/a/b/a/b`, `/x/x/x/x`: links relative to a page that answers at any depth. */
function nestedIn(segments: readonly string[]): string | undefined {
  for (let period = 1; period <= 4; period++) {
    let run = 0;
    for (let i = period; i < segments.length; i++) {
      run = segments[i] === segments[i - period] ? run + 1 : 0;
      if (run >= period * (TRAP_LIMITS.repeatedSegments - 1)) return segments.slice(i - period + 1, i + 1).join('/');
    }
  }
  const counts = new Map<string, number>();
  for (const segment of segments) {
    const count = (counts.get(segment) ?? 0) + 1;
    if (count > TRAP_LIMITS.repeatedSegments) return segment;
    counts.set(segment, count);
  }
  return undefined;
}

/** Counts what pages link to, per site; says when a path's queries never end. */
export class TrapWatch {
  readonly #sites = new Map<string, Map<string, { queries: number; facets: number }>>();

  /** What kind of trap the link leads into; counts it otherwise. To be asked once for each URL that is new. */
  check(url: string, now?: Date): string | undefined {
    const shape = shapeOfTrap(url, now);
    if (shape) return shape;
    const question = url.indexOf('?');
    if (question < 0) return undefined;
    const pairs = url.slice(question + 1).split('&');
    const names = pairs.map((pair) => pair.split('=', 1)[0]!);
    const views = names.filter((name) => VIEW_PARAMETER.test(name)).length;
    const isPagination = names.length === 1 && PAGE_PARAMETER.test(names[0]!);
    // `story.php?id=1`, `?p=123`, `article?oid=8976`: one number or two is how small sites name their articles.
    const namesPage =
      views === 0 && pairs.length <= 3 && pairs.some((pair) => /=[^&]*\d{2}/.test(pair)) && !spanOfUrl(url);
    if (isPagination || namesPage) return undefined;
    const count = this.#count(siteOf(url), url.slice(0, question));
    if (views > 0 || names.length > 1) {
      if (++count.facets > TRAP_LIMITS.facetsPerPath)
        return `more than ${TRAP_LIMITS.facetsPerPath} facets of one path`;
    }
    if (++count.queries > TRAP_LIMITS.queriesPerPath)
      return `more than ${TRAP_LIMITS.queriesPerPath} queries on one path`;
    return undefined;
  }

  #count(site: string, path: string): { queries: number; facets: number } {
    let paths = this.#sites.get(site);
    if (!paths) {
      paths = new Map();
      this.#sites.set(site, paths);
    }
    const key = paths.has(path) || paths.size < TRAP_LIMITS.pathsPerSite ? path : '';
    let count = paths.get(key);
    if (!count) {
      count = { queries: 0, facets: 0 };
      paths.set(key, count);
    }
    return count;
  }
}
