/**
 * A web made from a seed number: sites of several templates, languages and ways to be found, with virtual days on which
 * articles come, are edited, move and go, and with traps that never end. In: a number and a size. Out: sites to serve,
 * and the truth about them. The same number gives the same web on every machine; faults live in fault-site.ts,
 * the verdict on a crawl in judge.ts.
 */
import { gzipSync } from 'node:zlib';
import { documents } from './generated-documents.js';
import { ampPage, articlePage, listPage, plainPage, printPage } from './generated-pages.js';
import {
  between,
  headline,
  inventedName,
  LANGUAGE_CODES,
  LANGUAGES,
  type LanguageCode,
  paragraph,
  pick,
  type Random,
  randomFrom,
} from './prose.js';
import type { Asked, Reply, WebSite } from './web.js';

/** How the articles of a site can be found; each kind is the only way in on its sites. */
export const DISCOVERY_KINDS = [
  'sitemap',
  'sitemap-index',
  'news-sitemap',
  'rss',
  'atom',
  'json-feed',
  'links',
  'date-archive',
] as const;
export type DiscoveryKind = (typeof DISCOVERY_KINDS)[number];
/** A feed holds the newest of a site; only so many. */
const FEED_LENGTH = 40;
const LIST_LENGTH = 20;
/** `YYYY-MM-DD` of virtual day 1. */
const FIRST_DAY = '2024-05-01';

export type Markup = 'json-ld' | 'opengraph' | 'microdata' | 'plain';

/** One state of an article. */
export interface Version {
  readonly fromDay: number;
  readonly headline: string;
  readonly paragraphs: readonly string[];
  readonly dateModified?: string;
}

export interface TruthArticle {
  readonly site: GeneratedSite;
  readonly number: number;
  readonly section: string;
  readonly author: string;
  readonly datePublished: string;
  readonly versions: readonly Version[];
  /** Path from a virtual day on; more than one: it has moved. */
  readonly paths: readonly { readonly fromDay: number; readonly path: string }[];
  readonly bornDay: number;
  readonly goneDay?: number;
  /** It stands where robots.txt forbids to look. */
  readonly isDisallowed: boolean;
  /** The article on another site whose text it repeats. */
  readonly copyOf?: TruthArticle;
  /** How the first answer of a day breaks; the next one is sound. */
  readonly fault?: Fault;
}

/** Answers that break, each in a way that may pass. */
const FAULTS = {
  busy: { status: 503, headers: { 'retry-after': '0' }, body: 'later' },
  broken: { status: 500, body: 'sorry' },
  reset: { fault: (_request, response) => response.destroy() },
  short: {
    fault: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '90000' });
      response.write('<!doctype html><title>Half</title><p>half');
      setTimeout(() => response.destroy(), 5);
    },
  },
} as const satisfies Readonly<Record<string, Reply>>;
export type Fault = keyof typeof FAULTS;
const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

export interface GeneratedSite extends WebSite {
  readonly origin: string;
  readonly language: LanguageCode;
  readonly kind: DiscoveryKind;
  readonly markup: Markup;
  readonly shape: number;
  readonly name: string;
  readonly delayMs: number;
  readonly hasTraps: boolean;
  /** Every article has a page for small screens beside its own. */
  readonly hasAmp: boolean;
  /** Longer articles are split over pages. */
  readonly splits: boolean;
  readonly articles: TruthArticle[];
}

export interface GeneratedWeb {
  readonly sites: readonly GeneratedSite[];
  readonly seeds: readonly string[];
  /** Articles that a crawl on this day can reach and may have, with the URL and version of that day. */
  truthOn(day: number): readonly { readonly url: string; readonly article: TruthArticle; readonly version: Version }[];
}

export interface WebSize {
  readonly seed: number;
  /** Over all sites. */
  readonly articles: number;
  readonly sites?: number;
  /** Calendars, facets, endless lists, self-nesting paths: on every second site. */
  readonly traps?: boolean;
  /** Whether some sites split their longer articles over pages. */
  readonly splits?: boolean;
  /** Whether the first answer of some articles breaks. */
  readonly faults?: boolean;
  readonly crawlDelayMs?: number;
}

export function generateWeb({
  seed,
  articles,
  sites: siteCount = Math.max(8, Math.ceil(articles / 500)),
  traps = true,
  splits = false,
  faults = true,
  crawlDelayMs = 0,
}: WebSize): GeneratedWeb {
  const random = randomFrom(seed);
  const sites = Array.from({ length: siteCount }, (_, index) =>
    makeSite(random, index, { traps, splits, crawlDelayMs }),
  );
  for (let number = 0; number < articles; number++) addArticle(random, sites, number, faults);
  return {
    sites,
    seeds: sites.map(({ origin }) => `${origin}/`),
    truthOn: (day) =>
      sites.flatMap((site) =>
        reachable(site, day).map((article) => ({
          url: site.origin + pathOn(article, day),
          article,
          version: versionOn(article, day),
        })),
      ),
  };
}

/** Only what some document names on that day can be reached; feeds and lists are as long as they are. */
function reachable(site: GeneratedSite, day: number): readonly TruthArticle[] {
  return listedOn(site, day).filter(({ isDisallowed }) => !isDisallowed);
}

/** Newest first. */
function listedOn(site: GeneratedSite, day: number): readonly TruthArticle[] {
  const present = site.articles
    .filter((article) => isThere(article, day))
    .sort((a, b) => (a.datePublished < b.datePublished ? 1 : -1));
  return site.kind === 'rss' || site.kind === 'atom' || site.kind === 'json-feed'
    ? present.slice(0, FEED_LENGTH)
    : present;
}

const isThere = (article: TruthArticle, day: number): boolean =>
  article.bornDay <= day && !(article.goneDay !== undefined && article.goneDay <= day);
const lastUntil = <T extends { readonly fromDay: number }>(list: readonly T[], day: number): T =>
  list.filter(({ fromDay }) => fromDay <= day).at(-1) ?? list[0]!;
export const versionOn = (article: TruthArticle, day: number): Version => lastUntil(article.versions, day);
export const pathOn = (article: TruthArticle, day: number): string => lastUntil(article.paths, day).path;

function makeSite(
  random: Random,
  index: number,
  { traps, splits, crawlDelayMs }: { traps: boolean; splits: boolean; crawlDelayMs: number },
): GeneratedSite {
  const language = LANGUAGE_CODES[index % LANGUAGE_CODES.length]!;
  const name = `${inventedName(random, 'en')} ${pick(random, ['Post', 'Courier', 'Observer', 'Mail'])}`;
  const host = `www.${name.toLowerCase().replace(' ', '-')}-${index}.example`;
  const articles: TruthArticle[] = [];
  const byPath = new Map<string, TruthArticle>();
  let indexed = 0;
  const site: GeneratedSite = {
    host,
    origin: `http://${host}`,
    language,
    kind: DISCOVERY_KINDS[index % DISCOVERY_KINDS.length]!,
    markup: pick(random, ['json-ld', 'opengraph', 'microdata', 'plain']),
    shape: Math.floor(random() * SHAPES.length),
    name,
    delayMs: crawlDelayMs,
    hasTraps: traps && index % 2 === 0,
    hasAmp: index % 3 === 0,
    splits: splits && index % 2 === 1,
    articles,
    answer(path, asked) {
      for (; indexed < articles.length; indexed++)
        for (const { path: at } of articles[indexed]!.paths)
          for (let page = 1; page <= (site.splits ? MAX_PAGES : 1); page++)
            byPath.set(pagePath(at, page), articles[indexed]!);
      return answer(site, byPath, path, asked);
    },
  };
  return site;
}

/** Shapes of article URLs as sites have them. */
const SHAPES: readonly ((article: { slug: string; number: number; date: string; section: string }) => string)[] = [
  ({ slug, date }) => `/${date.slice(0, 10).replaceAll('-', '/')}/${slug}/`,
  ({ slug, number, section }) => `/${section}/${slug}-${10_000 + number}.html`,
  ({ number }) => `/news/${10_000 + number}`,
  ({ number }) => `/article.php?id=${10_000 + number}`,
  ({ slug, number, section }) => `/${section}/a/${slug}-a${number}`,
];

export const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function addArticle(random: Random, sites: readonly GeneratedSite[], number: number, faults: boolean): void {
  const site = sites[number % sites.length]!;
  const section = pick(random, LANGUAGES[site.language].sections);
  const isDisallowed = random() < 0.02;
  const bornDay = random() < 0.05 ? 2 : 1;
  const daysBack = bornDay === 2 ? -1 : between(random, 1, 300);
  const instant = new Date(
    Date.parse(`${FIRST_DAY}T00:00:00Z`) - daysBack * 86_400_000 + between(random, 6 * 60, 20 * 60) * 60_000,
  );
  const datePublished = `${instant.toISOString().slice(0, 19)}+00:00`;
  const original = random() < 0.02 ? copySource(random, sites, site) : undefined;
  const first: Version = original
    ? { fromDay: 1, headline: headline(random, site.language), paragraphs: original.versions[0]!.paragraphs }
    : {
        fromDay: 1,
        headline: headline(random, site.language),
        paragraphs: Array.from({ length: between(random, 3, 7) }, () => paragraph(random, site.language)),
      };
  const slug = plain(first.headline).slice(0, 60) || 'story';
  const shaped = SHAPES[site.shape]!({ slug, number, date: datePublished, section: plain(section) || 'news' });
  const path = isDisallowed ? `/private${shaped}` : shaped;
  const luck = randomFrom(number + 1);
  const fate = bornDay === 1 && !isDisallowed && !original ? random() : 1;
  const edited: Version[] =
    fate < 0.04
      ? [
          {
            ...first,
            fromDay: 2,
            paragraphs: [...first.paragraphs.slice(0, -1), paragraph(random, site.language)],
            dateModified: dayTwo(random),
          },
        ]
      : [];
  site.articles.push({
    site,
    number,
    section,
    author: `${inventedName(random, site.language)} ${inventedName(random, site.language)}`,
    datePublished,
    versions: [first, ...edited],
    paths: [{ fromDay: 1, path }, ...(fate >= 0.04 && fate < 0.06 ? [{ fromDay: 2, path: movedPath(path) }] : [])],
    bornDay,
    ...(fate >= 0.06 && fate < 0.08 && { goneDay: 2 }),
    isDisallowed,
    ...(original && { copyOf: original }),
    ...(faults && luck() < 0.04 && { fault: pick(luck, FAULT_NAMES) }),
  });
}

const movedPath = (path: string): string =>
  path.includes('?') ? `/moved/${path.replace(/\D/g, '')}.html` : `/moved${path}`;
const dayTwo = (random: Random): string => `2024-05-02T${String(between(random, 6, 20)).padStart(2, '0')}:30:00+00:00`;

/** An article of the same language elsewhere that is there from the start and stays. */
function copySource(random: Random, sites: readonly GeneratedSite[], site: GeneratedSite): TruthArticle | undefined {
  const others = sites
    .filter((other) => other !== site && other.language === site.language)
    .flatMap(({ articles }) => articles)
    .filter(
      ({ versions, paths, goneDay, bornDay, isDisallowed, copyOf }) =>
        versions.length === 1 &&
        paths.length === 1 &&
        goneDay === undefined &&
        bornDay === 1 &&
        !isDisallowed &&
        !copyOf,
    );
  return others.length > 0 ? pick(random, others) : undefined;
}

function answer(
  site: GeneratedSite,
  byPath: ReadonlyMap<string, TruthArticle>,
  asked: string,
  { day, log }: Asked,
): Reply | undefined {
  const html = (body: string): Reply => ({ type: 'text/html; charset=utf-8', body });
  const article = byPath.get(asked) ?? byPath.get(withoutTracking(asked)) ?? byPath.get(asked.replace(VARIANT, ''));
  if (article) {
    const there = pathOn(article, day);
    const isFirst =
      log.filter((each) => each.host === site.host && each.path === asked && each.day === day).length === 1;
    if (article.fault && isFirst) return FAULTS[article.fault];
    if (article.bornDay > day) return undefined;
    if (article.goneDay !== undefined && article.goneDay <= day)
      return { ...html(plainPage(site, 'Gone', [])), status: article.number % 2 ? 410 : 404 };
    if (asked.startsWith('/print/') && `/print${there}` === asked)
      return html(printPage(article, versionOn(article, day), there));
    if (site.hasAmp && `/amp${there}` === asked) return html(ampPage(article, versionOn(article, day), there));
    const version = versionOn(article, day);
    const parts = pagesOf(site, version);
    const page = parts.findIndex((_, at) => pagePath(there, at + 1) === withoutTracking(asked));
    if (parts.length > 1 && page >= 0) {
      const links = parts.map((_, at) => pagePath(there, at + 1));
      return html(
        articlePage(
          article,
          { ...version, paragraphs: parts[page]! },
          links[page]!,
          neighbours(site, article, day),
          links,
        ),
      );
    }
    if (there !== withoutTracking(asked))
      return article.paths.some(({ path, fromDay }) => path === asked && fromDay <= day)
        ? { status: 301, headers: { location: site.origin + there } }
        : undefined;
    return html(articlePage(article, version, there, neighbours(site, article, day)));
  }
  const listed = listedOn(site, day).map((each) => ({
    article: each,
    path: pathOn(each, day),
    version: versionOn(each, day),
  }));
  const document = documents(site, asked, listed);
  if (document)
    return asked.endsWith('.gz') ? { type: 'application/gzip', body: gzipSync(document.body ?? '') } : document;
  if (asked === '/') {
    const isLinked = site.kind === 'links';
    return html(
      listPage(site, site.name, isLinked ? listed.slice(0, 10) : [], {
        ...(isLinked && { next: '/archive/2' }),
        isFront: true,
      }),
    );
  }
  const page = /^\/archive\/(\d+)$/.exec(asked);
  if (page && site.kind === 'links') {
    const start = 10 + (Number(page[1]) - 2) * LIST_LENGTH;
    if (start >= listed.length || start < 0) return undefined;
    const next = start + LIST_LENGTH < listed.length ? `/archive/${Number(page[1]) + 1}` : undefined;
    return html(
      listPage(site, `Archive ${page[1]}`, listed.slice(start, start + LIST_LENGTH), { ...(next && { next }) }),
    );
  }
  const month = /^\/archive\/(\d{4})\/(\d{2})\/$/.exec(asked);
  if (month && site.kind === 'date-archive') {
    const of = listed.filter(({ article: { datePublished } }) => datePublished.startsWith(`${month[1]}-${month[2]}`));
    return of.length > 0 ? html(listPage(site, `${month[1]}/${month[2]}`, of, {})) : undefined;
  }
  if (asked === '/archive/' && site.kind === 'date-archive') {
    const months = [...new Set(listed.map(({ article: { datePublished } }) => datePublished.slice(0, 7)))];
    return html(
      plainPage(
        site,
        'Archive',
        months.map((name) => `/archive/${name.replace('-', '/')}/`),
      ),
    );
  }
  if (asked === '/about') return html(plainPage(site, 'About us', []));
  if (asked.startsWith('/private/')) return html(plainPage(site, 'Desk', []));
  return site.hasTraps ? trap(site, asked) : undefined;
}

/** Paragraphs of a page, and pages of the longest article. */
const PAGE_LENGTH = 3;
const MAX_PAGES = 3;

function pagesOf(site: GeneratedSite, { paragraphs }: Version): readonly (readonly string[])[] {
  if (!site.splits) return [paragraphs];
  return Array.from({ length: Math.ceil(paragraphs.length / PAGE_LENGTH) }, (_, page) =>
    paragraphs.slice(page * PAGE_LENGTH, (page + 1) * PAGE_LENGTH),
  );
}

function pagePath(path: string, page: number): string {
  if (page === 1) return path;
  if (path.includes('?')) return `${path}&page=${page}`;
  if (path.endsWith('.html')) return path.replace(/\.html$/, `_${page}.html`);
  return path.endsWith('/') ? `${path}${page}/` : `${path}/${page}`;
}

/** Two older articles that a page links to, under URLs as sites write them. */
function neighbours(
  site: GeneratedSite,
  article: TruthArticle,
  day: number,
): readonly { path: string; headline: string }[] {
  if (site.kind !== 'links') return [];
  const listed = listedOn(site, day);
  const at = listed.indexOf(article);
  return listed.slice(at + 1, at + 3).map((each) => {
    const path = pathOn(each, day);
    return {
      path: `${path}${path.includes('?') ? '&' : '?'}utm_source=related`,
      headline: versionOn(each, day).headline,
    };
  });
}

/** The same article for paper and for small screens. */
const VARIANT = /^\/(?:print|amp)(?=\/)/;

const withoutTracking = (path: string): string => path.replace(/[?&]utm_[a-z]+=[^&]*/g, '');

/** Places without an end. Every page of them answers, and names ever new ones. */
function trap(site: GeneratedSite, asked: string): Reply | undefined {
  const html = (title: string, links: readonly string[]): Reply => ({
    type: 'text/html; charset=utf-8',
    body: plainPage(site, title, links),
  });
  const calendar = /^\/calendar\/(\d{4})\/(\d{1,2})$/.exec(asked);
  if (calendar) {
    const [year, month] = [Number(calendar[1]), Number(calendar[2])];
    return html(`Calendar ${year}/${month}`, [
      month === 12 ? `/calendar/${year + 1}/1` : `/calendar/${year}/${month + 1}`,
      month === 1 ? `/calendar/${year - 1}/12` : `/calendar/${year}/${month - 1}`,
    ]);
  }
  if (asked.startsWith('/browse')) {
    const query = new URLSearchParams(asked.split('?')[1] ?? '');
    const links = ['color', 'size', 'sort', 'view', 'year'].flatMap((facet) =>
      ['a', 'b', 'c', 'd'].map((value) => {
        const next = new URLSearchParams(query);
        next.set(facet, value);
        return `/browse?${next}`;
      }),
    );
    return html('Browse', links);
  }
  if (asked.startsWith('/deep/')) return html('Deeper', ['deep/more/', 'more/deep/']);
  const endless = /^\/latest\?page=(\d+)$/.exec(asked);
  if (endless) return html('Latest', [`/latest?page=${Number(endless[1]) + 1}`]);
  const fresh = /^\/ticker\?t=(\d+)$/.exec(asked);
  if (fresh)
    return html(
      'Ticker',
      [1, 2, 3].map((step) => `/ticker?t=${(Number(fresh[1]) * 7 + step) % 1_000_003}`),
    );
  return undefined;
}

/** Doors to the traps, for a front page. */
export const TRAP_DOORS = ['/calendar/2024/5', '/browse?color=a', '/deep/', '/latest?page=1', '/ticker?t=1'];
