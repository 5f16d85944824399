/**
 * From what single pages tell, what holds for their site. In: the profile so far and the evidence of pages. Out: a new
 * profile. Counts only: the order of the pages does not matter.
 */
import type { SiteEvidence } from '../page.js';
import { emptyProfile, pageKey, type SiteProfile } from './profile.js';

/** Pages whose evidence a profile holds at most: more tell nothing new. */
export const MAX_PAGES = 500;
/** Entries kept of one kind, those seen most often. */
const MAX_ENTRIES = 500;

export function learnProfile(
  site: string,
  previous: SiteProfile | undefined,
  evidence: readonly SiteEvidence[],
): SiteProfile {
  const earlier = previous ?? emptyProfile(site);
  const seen = new Set(earlier.seen);
  const names = new Map(Object.entries(earlier.names));
  const titleEnds = new Map(Object.entries(earlier.titleEnds));
  const offsets = new Map(Object.entries(earlier.offsets));
  const keywords = new Map(Object.entries(earlier.keywords ?? {}));
  const repeated = new Map(Object.entries(earlier.repeated));
  const bodyPlaces = new Map(Object.entries(earlier.bodyPlaces));
  const otherPlaces = new Map(Object.entries(earlier.otherPlaces));
  const bodyPaths = new Map(Object.entries(earlier.bodyPaths));
  const headlinePaths = new Map(Object.entries(earlier.headlinePaths));

  const byUrl = [...evidence]
    .filter((page) => page.isArticle)
    .sort((a, b) => (a.url < b.url ? -1 : a.url > b.url ? 1 : 0));
  for (const page of byUrl) {
    const key = pageKey(page.url);
    if (seen.has(key) || seen.size >= MAX_PAGES) continue;
    seen.add(key);
    count(names, page.siteNames);
    count(titleEnds, page.titleEnds);
    count(offsets, page.offsets);
    count(keywords, page.keywords);
    count(repeated, page.fingerprints);
    for (const [path, isBody] of Object.entries(page.places)) count(isBody ? bodyPlaces : otherPlaces, [path]);
    if (page.bodyPath !== undefined) count(bodyPaths, [page.bodyPath]);
    if (page.fieldPaths.headline !== undefined) count(headlinePaths, [page.fieldPaths.headline]);
  }
  return {
    ...earlier,
    pages: seen.size,
    seen: [...seen].sort(),
    names: most(names, 1),
    titleEnds: most(titleEnds, 2),
    offsets: most(offsets, 1),
    keywords: most(keywords, 2),
    repeated: most(repeated, 2),
    bodyPlaces: most(bodyPlaces, 1),
    otherPlaces: most(otherPlaces, 1),
    bodyPaths: most(bodyPaths, 1),
    headlinePaths: most(headlinePaths, 1),
  };
}

/** Once a page, however often the page has it. */
function count(counts: Map<string, number>, keys: readonly string[]): void {
  for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
}

function most(counts: ReadonlyMap<string, number>, atLeast: number): Record<string, number> {
  const entries = [...counts].filter(([, pages]) => pages >= atLeast);
  entries.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return Object.fromEntries(entries.slice(0, MAX_ENTRIES));
}
