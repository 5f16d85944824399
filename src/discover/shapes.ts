/**
 * What an article's URL looks like: from features that hold on most sites, and per site from the URLs that turned out
 * to be articles or not. In: URLs in normal form. Out: a likelihood, to order what is asked for. Never: excludes,
 * depends on the order in which it learned.
 */
import { RecentMap } from '../recent-map.js';
import { articleScoreOf } from './url-features.js';
import { ARTICLE_WORDS, extensionOf, isMediaUrl, LISTING_WORDS, SERVICE_WORDS } from './url-words.js';

/** Shape → how many URLs of it were articles, and how many were not. */
export type ShapeCounts = { readonly [shape: string]: readonly [articles: number, others: number] };

/** Where shapes stand between runs. */
export interface ShapeStore {
  get(site: string): ShapeCounts | undefined;
  set(site: string, counts: ShapeCounts): void;
}

/** Shapes in memory, and of these kept: those seen most often. Sites have 5 to 50. */
const MAX_SHAPES = 5000;
const MAX_SHAPES_KEPT = 200;
/** Kept counts of a shape add up to no more, so that a site that is built anew is learned anew. */
const MAX_COUNT_KEPT = 200;
/** How many URLs of a shape must be seen to weigh as much as what is known before. */
const WEIGHT_OF_PRIOR = 2;
const WEIGHT_OF_SHAPE = 1;

/** Of one site. */
export class UrlShapes {
  readonly #counts = new Map<string, [articles: number, others: number]>();
  /** Whether there is more to keep than what it began with. */
  hasLearned = false;

  constructor(counts: ShapeCounts = {}) {
    for (const [shape, [articles, others]] of Object.entries(counts)) this.#add(shape, articles, others);
  }

  /** A page was fetched and judged; to be told once for each URL of a run. */
  learn(url: string, isArticle: boolean): void {
    this.hasLearned = true;
    for (const shape of readingOf(url).shapes) this.#add(shape, isArticle ? 1 : 0, isArticle ? 0 : 1);
  }

  /** 0 to 1. What the URL's section has taught weighs more than what its shape has, and that more than what holds everywhere. */
  likelihood(url: string): number {
    const {
      prior,
      shapes: [general, special],
    } = readingOf(url);
    if (this.#counts.size === 0) return prior;
    return this.#weighed(special, this.#weighed(general, prior, WEIGHT_OF_PRIOR), WEIGHT_OF_SHAPE);
  }

  /** What is worth keeping until the next run, sorted by shape: the same knowledge is the same text. */
  toJSON(): ShapeCounts {
    const kept = [...this.#counts]
      .sort(([a, x], [b, y]) => y[0] + y[1] - x[0] - x[1] || (a < b ? -1 : 1))
      .slice(0, MAX_SHAPES_KEPT)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(kept.map(([shape, counts]) => [shape, scaledDown(counts)]));
  }

  #weighed(shape: string, before: number, weight: number): number {
    const [articles, others] = this.#counts.get(shape) ?? [0, 0];
    return (before * weight + articles) / (weight + articles + others);
  }

  #add(shape: string, articles: number, others: number): void {
    const count = this.#counts.get(shape);
    if (count) {
      count[0] += articles;
      count[1] += others;
    } else if (this.#counts.size < MAX_SHAPES) this.#counts.set(shape, [articles, others]);
  }
}

function scaledDown([articles, others]: readonly [number, number]): [number, number] {
  const share = Math.min(1, MAX_COUNT_KEPT / (articles + others));
  return [Math.round(articles * share), Math.round(others * share)];
}

/** What holds on most sites, without any learning: 0 to 1. */
export function articleLikelihood(url: string): number {
  return isMediaUrl(url) ? 0 : 1 / (1 + Math.exp(-articleScoreOf(url)));
}

/** What a URL says by itself. */
interface UrlReading {
  readonly family: string;
  readonly shapes: readonly [general: string, special: string];
  readonly prior: number;
}

/** Every page of a site links to the same hundred others: URLs whose readings are in memory. */
const MAX_READINGS = 5000;
const readings = new RecentMap<string, UrlReading>(MAX_READINGS);

function readingOf(url: string): UrlReading {
  let reading = readings.get(url);
  if (!reading) {
    reading = { family: readFamily(url), shapes: shapesOf(url), prior: articleLikelihood(url) };
    readings.set(url, reading);
  }
  return reading;
}

/**
 * Pages that a site makes in one way: with a query those of one path, else those below one first segment whose further
 * segments are alike. What is nested ever deeper is one family; a path of one segment is a family of its own.
 */
export function familyOf(url: string): string {
  return readingOf(url).family;
}

function readFamily(url: string): string {
  const start = url.indexOf('/', 8);
  if (start < 0) return '/';
  const question = url.indexOf('?', start);
  const path = url.slice(start, question < 0 ? undefined : question).toLowerCase();
  if (question >= 0) return `${path}?`;
  const [first, ...rest] = path.split('/').filter((segment) => segment !== '');
  if (first === undefined) return '/';
  const isNested = rest.some((segment, at) => segment === first || rest.indexOf(segment) < at) && !/\d/.test(path);
  if (isNested) return `/${first}/${first}`;
  const folded = [...new Set(rest.map(kindOf))];
  return `/${rest.length > 0 && kindOf(first) !== 'w' ? kindOf(first) : first}/${folded.join('/')}`;
}

/** The path's skeleton (`/w/Y/M/slug.html`), and the same with its first segment spelt out. */
function shapesOf(url: string): [general: string, special: string] {
  const start = url.indexOf('/', 8);
  const question = url.indexOf('?', start);
  const path = start < 0 ? '' : url.slice(start, question < 0 ? undefined : question);
  const extension = extensionOf(url);
  const bare = extension === undefined ? path : path.slice(0, path.length - extension.length - 1);
  const segments = bare
    .split('/')
    .filter((segment) => segment !== '')
    .slice(0, 12);
  const kinds = segments.map(kindOf);
  const names =
    question < 0
      ? []
      : url
          .slice(question + 1)
          .split('&')
          .slice(0, 8)
          .map(parameterKind)
          .sort();
  const end = `${extension === undefined ? (path.endsWith('/') ? '/' : '') : `.${extension}`}${names.length > 0 ? `?${names.join('&')}` : ''}`;
  const first = segments[0];
  const special =
    first !== undefined && kinds[0] === 'w' && segments.length > 1
      ? `/${first.slice(0, 40)}/${kinds.slice(1).join('/')}${end}`
      : `/${kinds.join('/')}${end}#`;
  return [`/${kinds.join('/')}${end}`, special];
}

function kindOf(segment: string): string {
  const text = segment.toLowerCase();
  if (LISTING_WORDS.has(text) || SERVICE_WORDS.has(text) || ARTICLE_WORDS.has(text)) return text;
  if (/^\d+$/.test(text)) {
    if (/^(?:19|20)\d\d$/.test(text)) return 'Y';
    return text.length <= 2 ? 'M' : /^(?:19|20)\d{6}$/.test(text) ? 'D' : '#';
  }
  if (/^(?:19|20)\d\d-\d\d(?:-\d\d)?$/.test(text)) return 'D';
  const hyphens = text.split(/[-_]/).length - 1;
  const id = /\d{4,}/.test(text) ? '#' : '';
  if (hyphens >= 3 || text.length > 40) return `slug${id}`;
  return id === '' ? 'w' : 'w#';
}

/** `id=#`, `q=w`: the name and whether a number stands there. */
function parameterKind(pair: string): string {
  const [name = '', value = ''] = pair.split('=', 2);
  return `${name.slice(0, 30)}=${/^\d+$/.test(value) ? '#' : 'w'}`;
}
