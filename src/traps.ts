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
  /** Different ids (`story.php?id=4711`) on one path: on small sites all articles have one. */
  idsPerPath: 20_000,
  /** The same where only a number stands there. */
  numbersPerPath: 1000,
  /** Days, weeks and months of calendars of events. */
  calendarPages: 100,
  /** Highest page number followed in one listing. */
  pageNumber: 500,
  /** Years into the future that a calendar may be followed. */
  futureYears: 1,
  /** And into the past. */
  pastYears: 30,
  /** Paths whose queries are counted, per site; those after share one count. */
  pathsPerSite: 2000,
  /** Sites that are counted at once. */
  sites: 10_000,
} as const;

/** Parameters whose only use is another view of what is there already. */
const VIEW_PARAMETER =
  /^(?:sort|order|orderby|dir|filter|filters|facet|facets|view|display|layout|perpage|per_page|limit|reply(?:to|tocom)|share|color|size|min_?price|max_?price|f\[.*|filter_.*|add-to-cart|returnto|return_to|redirect|redirect_to|redirect_uri|next_url|destination|continue)$/i;
const PAGE_PARAMETER =
  /^(?:page|p|pg|paged|pagina|seite|offset|start|from|strana|sida|[\w%.-]{0,40}page(?:%5d|\]|-?no|num|number|index)?)$/i;
/** Of the days that an archive page lists. */
const DATE_PARAMETER = /^(?:date|yyyy|yy|year|mm?|month|dd?|day|datum|jahr|monat|tag|fecha|jour|mois|annee)$/i;
/** A check sum over the other parameters, as TYPO3 adds it. */
const CHECK_SUM = /^(?:chash|nonce|_?token|csrf\w*)$/i;
/** `id=4711`, `p=123`, `ArtNr=335614`, `oid=8976`, TYPO3's `tx_news_pi1%5Bnews%5D=14392`: how sites name their articles. */
const ID_PAIR =
  /^(?:[\w%]{0,30}(?:id|nr|no|num|idx|key|article|artikel|story|news|post|doc|item)(?:%5d|\])?|[panxt])=\d{1,9}$/i;
/** `autono=166607`: a number too, but nothing says of what. */
const NUMBER_PAIR = /=\d{4,9}$/;
/** At the end: `/p/32887/storm-hits-coast` is an article's number. */
const PAGE_PATH = /\/(?:page|seite|pagina|strana|sida|sayfa)[/-]?(\d{1,9})\/?$/i;
const CALENDAR =
  /calend|kalender|agenda|events?\b|veranstaltung|evenement|(?:day|month|week|tribe-bar-date|eventdate|caldate)=/i;

/** `/events/2017/11/23/harvest-fair-draws-crowds` tells of one event; no calendar's page is called by so many words. */
function hasSlug(url: string): boolean {
  const words = url.slice(url.lastIndexOf('/') + 1).split(/[-_]/);
  return words.filter((word) => /^[a-z]{2,}$/i.test(word)).length >= 3;
}

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
      if (pairs.indexOf(pair) !== pairs.lastIndexOf(pair)) return `query repeats "${pair.slice(0, 100)}"`;
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

/**
 * Whether a page's link leads to another page of the same listing, or to other days of it: what else the query says is
 * the same, or there is nothing else. Then it is not another facet.
 */
export function goesOnWith(url: string, from: string): boolean {
  const rest = choiceOf(url);
  return rest === '' || rest === choiceOf(from);
}

/** What a URL's query chooses, whatever page and days: in one order, as sites have several. */
function choiceOf(url: string): string {
  const pairs = url.split('?', 2)[1]?.split('&') ?? [];
  const names = pairs.map((pair) => pair.split('=', 1)[0]!);
  return pairs
    .filter((pair, index) => {
      const name = names[index]!;
      const isPlace = PAGE_PARAMETER.test(name) || DATE_PARAMETER.test(name) || CHECK_SUM.test(name);
      return pair !== '' && !(isPlace && names.indexOf(name) === names.lastIndexOf(name));
    })
    .sort()
    .join('&');
}

/** `/a/b/a/b/a/b`, `/x/x/x/x`: links relative to a page that answers at any depth. */
function nestedIn(segments: readonly string[]): string | undefined {
  for (let period = 1; period <= 4; period++) {
    let run = 0;
    for (let i = period; i < segments.length; i++) {
      // `/11/11/11/` is a day.
      const isNumber = /^\d+$/.test(segments[i]!);
      run = segments[i] === segments[i - period] && !(isNumber && period === 1) ? run + 1 : 0;
      if (run >= period * (TRAP_LIMITS.repeatedSegments - 1)) return segments.slice(i - period + 1, i + 1).join('/');
    }
  }
  const counts = new Map<string, number>();
  for (const segment of segments) {
    const count = (counts.get(segment) ?? 0) + 1;
    if (count > TRAP_LIMITS.repeatedSegments && !/^\d+$/.test(segment)) return segment;
    counts.set(segment, count);
  }
  return undefined;
}

interface PathCounts {
  queries: number;
  facets: number;
  ids: number;
  numbers: number;
}

interface Counts {
  /** Different queries of a path, by what they are. */
  readonly paths: Map<string, PathCounts>;
  calendarPages: number;
}

/** Counts what pages link to, per site; says when a path's queries or a calendar never end. */
export class TrapWatch {
  readonly #sites = new Map<string, Counts>();

  /** What kind of trap the link leads into; counts it otherwise. To be asked once for each URL that is new. */
  check(url: string, now?: Date): string | undefined {
    const shape = shapeOfTrap(url, now);
    if (shape) return shape;
    const { calendarPages, queriesPerPath, facetsPerPath, idsPerPath, numbersPerPath } = TRAP_LIMITS;
    if (CALENDAR.test(url) && spanOfUrl(url) && !hasSlug(url)) {
      const site = this.#site(siteOf(url));
      return ++site.calendarPages > calendarPages ? `more than ${calendarPages} pages of a calendar` : undefined;
    }
    const question = url.indexOf('?');
    if (question < 0) return undefined;
    const pairs = url.slice(question + 1).split('&');
    const names = pairs.map((pair) => pair.split('=', 1)[0]!);
    if (names.length === 1 && PAGE_PARAMETER.test(names[0]!) && names[0] !== 'p') return undefined;
    const count = this.#path(siteOf(url), url.slice(0, question));
    const isView = names.some((name) => VIEW_PARAMETER.test(name));
    if (!isView && pairs.some((pair) => ID_PAIR.test(pair)))
      return ++count.ids > idsPerPath ? `more than ${idsPerPath} ids on one path` : undefined;
    if (!isView && pairs.some((pair) => NUMBER_PAIR.test(pair)))
      return ++count.numbers > numbersPerPath ? `more than ${numbersPerPath} numbers on one path` : undefined;
    if ((isView || names.length > 1) && ++count.facets > facetsPerPath)
      return `more than ${facetsPerPath} facets of one path`;
    return ++count.queries > queriesPerPath ? `more than ${queriesPerPath} queries on one path` : undefined;
  }

  #site(name: string): Counts {
    let site = this.#sites.get(name);
    if (!site) {
      // The site that was met first is most likely done.
      if (this.#sites.size >= TRAP_LIMITS.sites) this.#sites.delete(this.#sites.keys().next().value!);
      site = { paths: new Map(), calendarPages: 0 };
      this.#sites.set(name, site);
    }
    return site;
  }

  #path(site: string, path: string): PathCounts {
    const { paths } = this.#site(site);
    const key = paths.has(path) || paths.size < TRAP_LIMITS.pathsPerSite ? path : '';
    let count = paths.get(key);
    if (!count) {
      count = { queries: 0, facets: 0, ids: 0, numbers: 0 };
      paths.set(key, count);
    }
    return count;
  }
}
