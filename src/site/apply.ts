/**
 * What the site tells, applied to what a page told alone. In: a draft and its site's profile. Out: the final fields. A
 * cheap function of the draft: the page is not read again. A page never bears witness for itself: what it gave to the
 * profile is taken out before.
 */
import type { ArticleFields, Provenance } from '../article.js';
import { assemble } from '../assemble.js';
import type { PageDraft, PageVerdict } from '../page.js';
import { siteOffset, withOffset } from './clock.js';
import { judgeBlocks } from './judge.js';
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
      ...bodyFields(draft, others),
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
  return { ...page, fields, provenance };
}

function bodyFields(draft: PageDraft, others: Others): Told {
  const blocks = judgeBlocks(draft.blocks, others);
  if (blocks.every((block, i) => block.kept === draft.blocks[i]!.kept)) return {};
  const body = assemble(blocks, draft.url, ...(draft.parts ?? []));
  return body ? { ...body, citation: body.citation } : {};
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
