/**
 * Features of a URL that tell articles from other pages on most sites, each with its weight. In: a URL in normal form.
 * Out: a score, the log of the odds that it is an article's. The weights follow those that `bench/article-urls.mjs
 * --fit` finds, but for dates, listings and feeds: there the stand-in truth of that bench is mostly wrong.
 */
import { spanOfPage } from '../timespan.js';
import {
  ARTICLE_WORDS,
  extensionOf,
  isArchiveUrl,
  isFeedUrl,
  isPaginationUrl,
  LISTING_WORDS,
  SERVICE_WORDS,
} from './url-words.js';

/** Feature → weight, with the case that it is there for. */
export const FEATURE_WEIGHTS = {
  /** Every URL. */
  any: -0.5,
  /** The front page. */
  root: -6,
  /** `/2017/11/23/slug` */
  day: 2,
  /** `/2017/11/slug` */
  month: 1.5,
  /** `/politics` */
  noHyphen: -1.5,
  /** `/middle-east`, `/live-blog` */
  oneHyphen: -1.2,
  /** `/storm-hits-coast` */
  twoHyphens: 0,
  /** `/storm-hits-the-coast` */
  fewHyphens: 1.6,
  /** `/storm-hits-the-coast-of-the-island` */
  manyHyphens: 2.8,
  /** `/story-4711234`, `/a/4711234.html` */
  longNumber: 1.4,
  /** `/news/4711` */
  shortNumber: 0.6,
  /** `/ar-BBwsPWG`, `/a1b2c3d4e5f6` */
  token: 0.9,
  /** `/%D0%BD%D0%BE%D0%B2…`: a headline in another script */
  escapedSlug: 1,
  /** `…/slug.html` */
  pageFile: 0.8,
  /** `/slug` */
  oneSegment: -0.2,
  /** `/news/politics/europe/slug` */
  deep: 0.4,
  /** `/tag/storm` */
  listing: -2,
  /** `/about`, `/account/login` */
  service: -2.5,
  /** `/story/x`, `/news/x` */
  articleWord: 0.7,
  /** `/news` */
  endsInArticleWord: -1.5,
  /** `?id=8976` */
  queryNumber: 1.4,
  /** `?q=storm` */
  search: -3,
  /** `?sort=new&view=list` */
  otherQuery: -0.5,
  /** `/page/2` */
  pagination: -3,
  /** `/2017/11/` */
  archive: -4,
  /** `/rss/politics` */
  feed: -4,
} as const satisfies Record<string, number>;

export type Feature = keyof typeof FEATURE_WEIGHTS;

const SEARCH_PARAMETER = /^(?:q|query|s|search|suche|keyword|keywords|term|text|buscar|recherche)$/;
const PAGE_FILE = new Set(['html', 'htm', 'shtml', 'php', 'asp', 'aspx', 'jsp', 'do', 'story', 'ece', 'cms', 'stm']);

export function articleScoreOf(url: string): number {
  let score = 0;
  for (const feature of featuresOf(url)) score += FEATURE_WEIGHTS[feature];
  return score;
}

export function featuresOf(url: string): Feature[] {
  const features: Feature[] = ['any'];
  const start = url.indexOf('/', 8);
  const question = url.indexOf('?', start);
  const path = start < 0 ? '/' : url.slice(start, question < 0 ? undefined : question);
  const query = question < 0 ? '' : url.slice(question + 1, question + 2000);
  const extension = extensionOf(url);
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .slice(0, 24);
  if (segments.length === 0 && query === '') return [...features, 'root'];

  if (extension !== undefined && PAGE_FILE.has(extension)) features.push('pageFile');
  const span = spanOfPage(url);
  if (isArchiveUrl(url)) features.push('archive');
  else if (span) features.push(span.from === span.to ? 'day' : 'month');
  if (isPaginationUrl(url)) features.push('pagination');
  if (isFeedUrl(url)) features.push('feed');

  const words = segments.map((segment) => segment.toLowerCase().replace(/\.[a-z]{2,5}$/, ''));
  // The slug is not always last: `/slug-of-it/a-4711234`, `/4711234/slug-of-it/index.html`.
  const slug = words.slice(-3).reduce((longest, word) => (hyphensIn(word) > hyphensIn(longest) ? word : longest), '');
  const hyphens = hyphensIn(slug);
  features.push(
    hyphens === 0
      ? 'noHyphen'
      : hyphens === 1
        ? 'oneHyphen'
        : hyphens === 2
          ? 'twoHyphens'
          : hyphens <= 4
            ? 'fewHyphens'
            : 'manyHyphens',
  );
  const tail = words.slice(-2).join('/');
  if (/(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{5,}/.test(tail)) features.push('longNumber');
  else if (/(?:^|[/_-])\d{3,4}$/.test(tail) && !span) features.push('shortNumber');
  else if (/(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{8,}$/.test(tail)) features.push('token');
  if (
    (slug === '' ? (words.at(-1) ?? '') : slug).split('%').length > 20 ||
    /%[0-9a-f]{2}.*%[0-9a-f]{2}.*-.*%/.test(slug)
  )
    features.push('escapedSlug');
  if (segments.length <= 1) features.push('oneSegment');
  else if (segments.length >= 4) features.push('deep');

  const last = words.at(-1) ?? '';
  if (words.some((word) => SERVICE_WORDS.has(word))) features.push('service');
  else if (words.some((word) => LISTING_WORDS.has(word))) features.push('listing');
  // `/story.php?id=1` is no section.
  if (ARTICLE_WORDS.has(last) && !/\d/.test(query)) features.push('endsInArticleWord');
  else if (words.some((word) => ARTICLE_WORDS.has(word))) features.push('articleWord');

  if (query !== '') {
    const pairs = query
      .toLowerCase()
      .split('&')
      .map((pair) => pair.split('=', 2));
    if (pairs.some(([name]) => SEARCH_PARAMETER.test(name!))) features.push('search');
    else if (pairs.some(([name, value]) => /^\d{3,}$/.test(value ?? '') && !/page|offset|start/.test(name!)))
      features.push('queryNumber');
    else features.push('otherQuery');
  }
  return features;
}

function hyphensIn(word: string): number {
  let hyphens = 0;
  for (let i = 1; i < word.length - 1; i++) {
    const c = word.charCodeAt(i);
    if (c === 45 || c === 95 || c === 43) hyphens++;
  }
  return hyphens;
}
