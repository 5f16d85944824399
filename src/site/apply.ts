/**
 * What the site tells, applied to what a page told alone. In: a draft and its site's profile. Out: the final fields. A
 * cheap function of the draft's blocks: the page is not read again.
 */
import type { ArticleFields, Provenance } from '../article.js';
import type { Block, PageDraft, PageVerdict } from '../page.js';
import type { SiteProfile } from './profile.js';

export interface FinalPage {
  readonly url: string;
  readonly canonicalUrl?: string;
  readonly verdict: PageVerdict;
  readonly fields: ArticleFields;
  readonly provenance: Readonly<Record<string, Provenance>>;
}

/** A block that stands on at least so many articles, and on so large a share of them, is the site's, not the article's. */
const REPEATED_PAGES = 2;
const REPEATED_SHARE = 0.3;

export function applyProfile(draft: PageDraft, profile?: SiteProfile): FinalPage {
  const { url, canonicalUrl, verdict, fields, provenance } = draft;
  const page = { url, ...(canonicalUrl !== undefined && { canonicalUrl }), verdict, fields, provenance };
  if (!profile || !verdict.isArticle) return page;
  const least = Math.max(REPEATED_PAGES, Math.ceil(profile.pages * REPEATED_SHARE));
  const isBoilerplate = (index: number): boolean =>
    (profile.repeated[draft.evidence.blocks[index]?.fingerprint ?? ''] ?? 0) >= least;
  const kept = draft.blocks.filter((block) => block.kept);
  const own = draft.blocks.filter((block, index) => block.kept && !isBoilerplate(index));
  // Copies of one article under several addresses repeat all of it: then repetition tells nothing.
  if (own.length === kept.length || textLength(own) < textLength(kept) * 0.5) return page;
  return {
    ...page,
    fields: { ...fields, articleBody: joined(own, 'text', '\n\n'), articleHtml: joined(own, 'html', '\n') },
    provenance: {
      ...provenance,
      articleBody: { from: 'profile', confidence: provenance.articleBody?.confidence ?? 0.5 },
    },
  };
}

function textLength(blocks: readonly Block[]): number {
  return blocks.reduce((length, block) => length + block.text.length, 0);
}

function joined(blocks: readonly Block[], part: 'text' | 'html', between: string): string {
  return blocks.map((block) => block[part]).join(between);
}
