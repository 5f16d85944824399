/**
 * Is the page an article, and which kind of page is it otherwise? In: what all other rooms found. Out: a verdict with
 * the signals that made it, each a weight for (positive) or against an article. Never: believes one witness alone.
 */
import { ARTICLE_TYPES, type ArticleType } from '../../article.js';
import type { Reason } from '../../outcome.js';
import type { PageVerdict } from '../../page.js';
import type { BodyResult } from '../body/body.js';
import type { Verdict } from '../candidate.js';
import { textValue, urlValue } from '../data/json-ld.js';
import type { HeadlineVerdict } from '../headline/headlines.js';
import { visibleText } from '../page/visible.js';
import { fold } from '../text/words.js';
import { first, type Witnesses } from '../witnesses.js';
import { BODY_CLASSES, CONSENT_WORDS, kindOfTitle, kindOfUrl, PAGE_TYPES } from './kind-words.js';
import { type PageShape, shapeOf } from './page-shape.js';

type Kind = Reason<'not-article'>;

export interface Signal {
  /** What was seen, for people. */
  readonly what: string;
  /** For (positive) or against an article; the sum decides. */
  readonly weight: number;
  /** What kind of page it is otherwise. */
  readonly kind?: Kind;
  /** How many times its weight it counts for the kind: every listing has teasers, its address says which it is. */
  readonly names?: number;
}

export interface Judgement {
  readonly verdict: PageVerdict;
  readonly signals: readonly Signal[];
}

export interface Findings {
  readonly witnesses: Witnesses;
  readonly siteNames: readonly string[];
  readonly headline: HeadlineVerdict | undefined;
  readonly shown: BodyResult;
  readonly body: BodyResult;
  readonly datePublished: Verdict | undefined;
  readonly hasAuthor: boolean;
  readonly hasEntries: boolean;
}

/** Types of linked data and microdata that an article of its own has. */
const ARTICLE_TYPE = /Article$|Posting$|^(?:Report|Review|Recipe|Interview|MediaGallery|ImageGallery|ClaimReview)$/;
/** A day that machines are told belongs to the page; one that is shown may be a teaser's. */
const DATE_WEIGHTS: Readonly<Record<string, number>> = {
  'json-ld': 1.3,
  opengraph: 1.3,
  microdata: 1.3,
  meta: 1,
  markup: 0.8,
};
/** Signs from which on a page's prose is that of an article, whatever else it is called. */
const LONG_PROSE = 1800;
const UNSPACED = /[\u3040-\u9fff\u0e00-\u0eff]/;
const MEDIA_TYPE = /^(?:VideoObject|AudioObject|PodcastEpisode|Episode|TVEpisode|RadioEpisode|VideoGallery)$/;

export function judgePage(findings: Findings): Judgement {
  const { shown, body } = findings;
  const around = shapeOf(shown, CONSENT_WORDS);
  const shape = body === shown ? around : ofBody(around, shapeOf(body, CONSENT_WORDS));
  // Long prose of its own makes a name doubtful: a topic page may hold an essay.
  const doubt = shape.prose >= LONG_PROSE ? 0.35 : 1;
  const signals = [
    ...linkedSignals(findings),
    ...metaSignals(findings),
    ...addressSignals(findings, doubt),
    ...titleSignals(findings, doubt),
    ...textSignals(findings, shape),
  ];
  let sum = 0;
  const against = new Map<Kind, number>();
  for (const { weight, kind, names = 1 } of signals) {
    sum += weight;
    if (kind) against.set(kind, (against.get(kind) ?? 0) - weight * names);
  }
  if (sum > 0) return { verdict: { isArticle: true, type: typeOf(findings) }, signals };
  let reason: Kind = shape.hasCards ? 'section' : 'no-body';
  let most = 0.5;
  for (const [kind, weight] of against) {
    if (weight > most) {
      reason = kind;
      most = weight;
    }
  }
  return { verdict: { isArticle: false, reason }, signals };
}

/** The prose of the body that counts, between what the page shows around it. */
const ofBody = ({ teaserProse, hasCards, headlineLinks }: PageShape, { prose, isOfConsent }: PageShape): PageShape => ({
  prose,
  teaserProse,
  hasCards,
  headlineLinks,
  isOfConsent,
});

/** What linked data calls the page. */
function linkedSignals({ witnesses, headline }: Findings): Signal[] {
  const { article, articleTypes, linked, properties, title, meta } = witnesses;
  const signals: Signal[] = [];
  const isOfType = articleTypes.some((type) => ARTICLE_TYPE.test(type));
  const isMedia = articleTypes.some((type) => MEDIA_TYPE.test(type));
  if (article && (isOfType || isMedia)) {
    const own = fold(textValue(article.headline) ?? textValue(article.name) ?? '');
    const shown = [headline?.value, title, first(meta, 'og:title')].map((text) => fold(text ?? '')).filter(Boolean);
    const agrees = own !== '' && shown.some((text) => text.includes(own) || own.includes(text));
    const isHere = [article.url, article['@id'], article.mainEntityOfPage].some((value) =>
      isSamePage(urlValue(value), witnesses),
    );
    const weight = (agrees ? 2 : 0) + (isHere ? 1.5 : 0) + (isOfType ? 0.5 : 0);
    signals.push({ what: `json-ld ${articleTypes.join(' ')}`, weight: isOfType ? weight : weight * 0.6 });
    if (article.datePublished !== undefined && (agrees || isHere))
      signals.push({ what: 'json-ld datePublished', weight: 0.7 });
  }
  for (const { types, depth, path } of linked.things) {
    if (depth > 1 || (path !== '' && path !== '@graph')) continue;
    for (const type of types) {
      const kind = PAGE_TYPES.get(type);
      if (kind) signals.push({ what: `json-ld ${type}`, weight: -2, kind });
    }
  }
  if (properties.has('articlebody')) signals.push({ what: 'itemprop articleBody', weight: 1.5 });
  if (properties.get('headline')?.length === 1) signals.push({ what: 'itemprop headline', weight: 0.7 });
  return dedupe(signals);
}

function metaSignals({ witnesses }: Findings): Signal[] {
  const { meta, bodyElement } = witnesses;
  const signals: Signal[] = [];
  const type = first(meta, 'og:type')?.toLowerCase();
  if (type === 'article' || type === 'video.other' || type === 'blog.post' || type === 'news')
    signals.push({ what: `og:type ${type}`, weight: 1.5 });
  else if (type === 'profile') signals.push({ what: 'og:type profile', weight: -2, kind: 'author-page' });
  else if (type === 'website') signals.push({ what: 'og:type website', weight: -0.5 });
  if (meta.has('article:published_time')) signals.push({ what: 'article:published_time', weight: 1.5 });
  const seen = new Set<string>();
  for (const name of (bodyElement?.attribs.class ?? '').toLowerCase().split(/\s+/)) {
    const kind = BODY_CLASSES.get(name);
    if (!kind || seen.has(kind)) continue;
    seen.add(kind);
    signals.push(
      kind === 'article' ? { what: `body.${name}`, weight: 1 } : { what: `body.${name}`, weight: -1.2, kind },
    );
  }
  return signals;
}

function addressSignals({ witnesses }: Findings, doubt: number): Signal[] {
  const signals: Signal[] = [];
  const { url } = witnesses.input;
  // Pages whose address nobody knows (RFC 2606).
  if (/^https?:\/\/[^/]*\.invalid(?:[/:]|$)/i.test(url)) return signals;
  const named = kindOfUrl(url);
  if (named) {
    const isFirm = named.kind === 'front-page' || named.kind === 'about';
    const weight = (named.sure ? (named.kind === 'front-page' ? -4 : -2) : -0.9) * (isFirm ? 1 : doubt);
    signals.push({ what: `address of kind ${named.kind}`, weight, kind: named.kind, names: 3 });
  } else {
    const weight = slugWeight(url);
    if (weight > 0) signals.push({ what: 'address with a slug or number', weight });
  }
  return signals;
}

/** A slug of several words, a long number, or a day with something behind it; three words may be a section's name. */
function slugWeight(url: string): number {
  const path = url.replace(/^https?:\/\/[^/]*/i, '').replace(/#.*$/s, '');
  const last = lastSegment(url);
  const words = last.split(/[-_+\s]/).length;
  const isArticle =
    words >= 4 ||
    /(?<![%\d])\d{4,}/.test(path) ||
    /\/(?:19|20)\d\d\/\d{1,2}\/.*[^\d/]/.test(path) ||
    (UNSPACED.test(last) && last.length >= 10);
  return isArticle ? 1.2 : words === 3 ? 0.5 : 0;
}

function lastSegment(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  const last = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function titleSignals({ witnesses, siteNames, headline }: Findings, doubt: number): Signal[] {
  const { title, headings } = witnesses;
  const signals: Signal[] = [];
  const folded = fold(headline?.value ?? '');
  const isOfSentence = isSentence(folded);
  const h1 = headings.find((element) => element.tag.name === 'h1');
  // Beside a headline of its own, "News" in the title is the section that the article stands in.
  const texts = [headline?.value, ...(isOfSentence ? [title] : [...pieces(title, siteNames), h1 && visibleText(h1)])];
  for (const text of texts) {
    const kind = text && kindOfTitle(text);
    if (!kind) continue;
    const isFirm = kind !== 'section' && kind !== 'tag';
    signals.push({ what: `title "${text.slice(0, 60)}"`, weight: -2.5 * (isFirm ? 1 : doubt), kind });
    break;
  }
  const words = folded.split(' ').length;
  if (!headline) signals.push({ what: 'no headline', weight: -1.5 });
  else if (isOfSentence && isForeign(folded, title))
    signals.push({ what: 'headline that the title does not know', weight: -0.3 });
  else if (isOfSentence) signals.push({ what: 'headline of a sentence', weight: 0.9 });
  else if (words <= 2 && folded.length < 22) signals.push({ what: 'headline of a word', weight: -0.8 });
  if (folded !== '' && siteNames.some((name) => fold(name) === folded))
    signals.push({ what: "headline is the site's name", weight: -1.5, kind: 'front-page' });
  // "/local-news/" with "Local news" over it.
  if (
    words <= 4 &&
    !isOfSentence &&
    folded !== '' &&
    /^https?:\/\/[^/]+\/(?:[^/\d]+\/)?[^/]+\/?$/.test(witnesses.input.url) &&
    fold(lastSegment(witnesses.input.url)) === folded
  )
    signals.push({ what: 'headline is the address', weight: -1.2 * doubt, kind: 'section' });
  return signals;
}

/** A page's title that has no word of the headline: it heads a teaser, a banner, a box. */
function isForeign(folded: string, title: string | undefined): boolean {
  if (title === undefined || UNSPACED.test(folded)) return false;
  const words = new Set(folded.split(' ').filter((word) => word.length > 2));
  return !fold(title)
    .split(' ')
    .some((word) => words.has(word));
}

/** As long as headlines are, and names of sections are not. */
function isSentence(folded: string): boolean {
  return folded.length >= 30 || folded.split(' ').length >= 5 || (folded.length >= 10 && UNSPACED.test(folded));
}

/** A title as a whole, and what it begins with beside the site's name: what follows may be the section of an article. */
function pieces(title: string | undefined, siteNames: readonly string[]): string[] {
  if (title === undefined) return [];
  const sites = siteNames.map(fold);
  const parts = title.split(/\s+[|–—\-·•»«/]\s+|[|»｜_]/).map((part) => part.trim());
  const own = parts.find((part) => part !== '' && !sites.includes(fold(part)));
  return own === undefined ? [title] : [title, own];
}

function textSignals(findings: Findings, shape: PageShape): Signal[] {
  const { witnesses, headline, datePublished, hasAuthor, hasEntries, body } = findings;
  const { prose, teaserProse, hasCards, headlineLinks, isOfConsent } = shape;
  const signals: Signal[] = [];
  const steps: readonly (readonly [ink: number, weight: number])[] = [
    [0, -1.2],
    [80, -1],
    [250, 0.3],
    [700, 1],
    [1800, 1.8],
    [4000, 2.5],
  ];
  const length = steps.findLast(([ink]) => prose >= ink)!;
  signals.push({
    what: `${prose} signs of prose`,
    weight: length[1],
    ...(length[1] < 0 && { kind: 'no-body' as const }),
  });
  if (datePublished) {
    signals.push({ what: `date from ${datePublished.from}`, weight: DATE_WEIGHTS[datePublished.from] ?? 0.6 });
  }
  if (hasAuthor) signals.push({ what: 'author', weight: 0.6 });
  if (hasEntries) signals.push({ what: 'live entries', weight: 2 });
  if (teaserProse > prose && hasCards)
    signals.push({ what: `teasers of ${teaserProse} signs`, weight: -2.5, kind: 'section' });
  const listed = headlineLinks * 60;
  if (hasCards && listed > prose * 1.5) {
    // Many pages list others beside a short article of their own.
    const isOwn = isSentence(fold(headline?.value ?? '')) && slugWeight(witnesses.input.url) > 1;
    const weight = isOwn ? -0.5 : prose < 250 ? -1.6 : -0.8;
    signals.push({ what: `${headlineLinks} linked headlines`, weight, kind: 'section' });
  }
  if (isOfConsent) signals.push({ what: 'speaks of consent', weight: -1.5, kind: 'consent-wall' });
  if (body.articleBody === undefined) signals.push({ what: 'no body', weight: -0.3, kind: 'no-body' });
  return signals;
}

function typeOf({ witnesses, hasEntries }: Findings): ArticleType {
  const { articleTypes } = witnesses;
  const given = ARTICLE_TYPES.find((type) => type !== 'NewsArticle' && articleTypes.includes(type));
  if (given) return given;
  if (hasEntries) return 'LiveBlogPosting';
  return 'NewsArticle';
}

function isSamePage(address: string | undefined, { input, canonicalUrl }: Witnesses): boolean {
  if (address === undefined) return false;
  const key = (url: string): string =>
    url
      .replace(/^https?:\/\/(?:www\.)?/i, '')
      .replace(/[?#].*$/s, '')
      .replace(/\/+$/, '')
      .toLowerCase();
  const wanted = key(address);
  return (
    wanted.includes('/') && (wanted === key(input.url) || (canonicalUrl !== undefined && wanted === key(canonicalUrl)))
  );
}

function dedupe(signals: readonly Signal[]): Signal[] {
  const seen = new Set<string>();
  return signals.filter(({ what }) => !seen.has(what) && seen.add(what));
}
