/**
 * What the site tells, applied to what a page told alone. In: a draft and its site's profile. Out: the final fields. A
 * cheap function of the draft: the page is not read again. A page never bears witness for itself: what it gave to the
 * profile is taken out before.
 */
import type { ArticleFields, Provenance } from '../article.js';
import { assemble } from '../assemble.js';
import { clearedOfControls } from '../control-characters.js';
import { descriptionPrint, listPrint, MAX_PICTURES, picturePrint } from '../fingerprint.js';
import type { Block, PageDraft, PageVerdict } from '../page.js';
import { siteOffset, withOffset } from './clock.js';
import { isSites, judgeBlocks, mayHaveTwins, withKept } from './judge.js';
import { Others } from './others.js';
import type { SiteProfile } from './profile.js';

export interface FinalPage {
  readonly url: string;
  readonly canonicalUrl?: string;
  readonly verdict: PageVerdict;
  readonly fields: ArticleFields;
  readonly provenance: Readonly<Record<string, Provenance>>;
}

/** Fields as the site has them; `undefined`: the article has no such field after all. */
type Told = { [Name in keyof ArticleFields]: ArticleFields[Name] | undefined };

export function applyProfile(draft: PageDraft, profile?: SiteProfile): FinalPage {
  const { url, canonicalUrl, verdict } = draft;
  const page = { url, ...(canonicalUrl !== undefined && { canonicalUrl }), verdict };
  const fields = { ...draft.fields };
  const provenance = { ...draft.provenance };
  if (profile && verdict.isArticle) {
    const others = new Others(profile, draft.evidence);
    const told: Told = {
      ...ownFields(draft, others),
      ...headlineField(draft, others),
      ...dateFields(draft, profile),
      ...publisherField(draft, others),
    };
    for (const [name, value] of Object.entries(told) as [keyof ArticleFields, never][]) {
      if (value === fields[name]) continue;
      if (value === undefined) {
        delete fields[name];
        delete provenance[name];
        continue;
      }
      fields[name] = value;
      provenance[name] = { from: 'profile', confidence: provenance[name]?.confidence ?? 0.8 };
    }
  }
  return { ...page, fields: clearedOfControls(fields), provenance };
}

function bodyFields(draft: PageDraft, before: readonly Block[], others: Others): Told {
  const blocks = judgeBlocks(before, others);
  if (blocks.every((block, i) => block.kept === draft.blocks[i]!.kept)) return {};
  const body = assemble(blocks, draft.url, ...(draft.parts ?? []));
  return body ? { ...body, citation: body.citation } : {};
}

/** Share of the other pages that must have what readers see of an article, if it is to be the site's. */
const SHOWN = 0.3;
/** What only machines are told is the site's sooner: an emblem stands in for pictures, a motto for a lead. */
const TOLD = 0.1;

/** Share of the other pages that have a keyword whose text does not speak of it: fewer may be those of one section. */
const EVERY = 0.8;

/** Without what the site gives to its pages whatever they are about. */
function ownFields(draft: PageDraft, others: Others): Told {
  if (mayHaveTwins(draft.blocks, others)) return bodyFields(draft, draft.blocks, others);
  const { description, keywords, image, articleHtml = '' } = draft.fields;
  const isSitesOwn = (print: string, share: number): boolean => isSites(others.copies(print), others.pages * share);
  const own: Told = {};
  if (description !== undefined && isSitesOwn(descriptionPrint(description), TOLD)) own.description = undefined;
  if (keywords) own.keywords = some(keywords, ownKeywords(keywords, others, isSitesOwn));
  let { blocks } = draft;
  if (image) {
    const sites = new Set<string>();
    for (const { url } of image.slice(0, MAX_PICTURES))
      if (isSitesOwn(picturePrint(url), articleHtml.includes(sourceOf(url)) ? SHOWN : TOLD)) sites.add(url);
    own.image = some(
      image,
      image.filter(({ url }) => !sites.has(url)),
    );
    const sources = [...sites].map(sourceOf);
    if (sources.length > 0)
      blocks = blocks.map((block) =>
        block.text === '' && sources.some((source) => block.html.includes(source)) ? withKept(block, false) : block,
      );
  }
  return { ...own, ...bodyFields(draft, blocks, others) };
}

/** Those left of a list, the list itself where all are. */
function some<T>(all: T[], left: T[]): T[] | undefined {
  if (left.length === all.length) return all;
  return left.length > 0 ? left : undefined;
}

/** As `articleHtml` names a picture. */
const sourceOf = (url: string): string => `src="${url.replaceAll('&', '&amp;')}"`;

function ownKeywords(
  keywords: string[],
  others: Others,
  isSitesOwn: (print: string, share: number) => boolean,
): string[] {
  const list = listPrint(keywords);
  if (list !== undefined && isSitesOwn(list, SHOWN)) return [];
  return keywords.filter((keyword) => !isSites(others.unspoken(keyword.toLowerCase()), others.pages * EVERY));
}

/** A headline that the page alone left in doubt stands where the site's other headlines stand. */
const DOUBT = 0.7;
/** Share of the other pages that must agree on a place, or on the end of a title. */
const AGREED = 0.6;

function headlineField({ fields, provenance, headings }: PageDraft, others: Others): Told {
  const alone = fields.headline;
  const place = others.headlinePlace(AGREED);
  const there = place === undefined ? [] : headings.filter(({ path }) => path === place);
  const shown = there.length === 1 && (provenance.headline?.confidence ?? 0) < DOUBT ? there[0]!.text : alone;
  if (shown === undefined) return {};
  for (const end of others.titleEnds(AGREED)) {
    const at = shown.length - end.length;
    const separator = at > 0 && shown.endsWith(end) ? /\s[|–—\-·•»:]\s$/.exec(shown.slice(0, at)) : null;
    if (separator && separator.index > 0) return { headline: shown.slice(0, separator.index).trim() };
  }
  return { headline: shown };
}

function dateFields({ fields, offsetByCountry }: PageDraft, profile: SiteProfile): Told {
  const dates: Told = {};
  for (const name of ['datePublished', 'dateModified'] as const) {
    const date = fields[name];
    if (date === undefined) continue;
    // What the site's own pages tell goes before what holds for its country.
    const local = offsetByCountry.includes(name) ? date.replace(/(?:Z|[+-]\d{2}:\d{2})$/, '') : date;
    const offset = siteOffset(profile, local);
    if (offset !== undefined) dates[name] = withOffset(local, offset);
  }
  return dates;
}

function publisherField({ fields }: PageDraft, others: Others): Told {
  const { pinned } = others.profile;
  const name = pinned.name ?? (fields.publisher ? undefined : others.siteName(AGREED));
  if (name === undefined || name === fields.publisher?.name) return {};
  return { publisher: { '@type': 'Organization', name } };
}
