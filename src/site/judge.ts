/**
 * Which blocks of a page are its body, once the site's other pages are known. In: the blocks as the page alone scored
 * them, the other pages. Out: the same blocks, kept or not. Other pages only ever speak against a block: of those left
 * in doubt at a place that holds body elsewhere, no more are body than the page alone says (bench/learn/teacher.js).
 */
import type { Block } from '../page.js';
import type { Others } from './others.js';

/** What other pages tell, in log odds: measured on sites that the models had not seen. */
export const WEIGHTS = {
  /** The most that it tells when other pages have text at this place, and none of it is body: of one page it may be chance. */
  elsewhere: 2,
  /** One other page has the same words: enough against what was in doubt, too little against what reads like body. */
  repeated: 1,
};
export type Weights = typeof WEIGHTS;

/** So many other pages with the same words, and so large a share of them: the site's words, however they read. */
const SITE_PAGES = 2;
const SITE_SHARE = 0.3;
/** Fewer copies of so much of the text may be one article under several addresses. */
const SURE_PAGES = 3;
const MOST = 0.4;
/** Where less than this would be left of the text, it is one article under many addresses. */
const REST = 0.15;
/** Share of the other proven pages that must agree where the body stands, and how much text must stand there. */
const AGREED = 0.6;
const LEAST_CHARS = 300;

export function judgeBlocks(blocks: readonly Block[], others: Others, weights: Weights = WEIGHTS): Block[] {
  const copies = blocks.map(({ fingerprint }) => (fingerprint === '' ? 0 : others.copies(fingerprint)));
  const length = (isCounted: (index: number) => boolean): number =>
    blocks.reduce((sum, { kept, text }, i) => sum + (kept && isCounted(i) ? text.length : 0), 0);
  const twins = twinsOf((most) => length((i) => copies[i]! > 0 && copies[i]! <= most) > length(() => true) * MOST);
  const judged = blocks.map((block, i): Block => {
    if (!block.kept || block.text === '') return block;
    const known = Math.max(0, copies[i]! - twins);
    const isSites = known >= SITE_PAGES && known >= others.pages * SITE_SHARE;
    const { body, other } = others.place(block.path);
    const elsewhere = body === 0 ? Math.min(weights.elsewhere, Math.log(1 + other)) : 0;
    const against = (known > 0 ? weights.repeated : 0) + elsewhere;
    return isSites || logit(block.score) < against ? { ...block, kept: false } : block;
  });
  keepTablesWhole(blocks, judged);
  if (length((i) => judged[i]!.kept) <= length(() => true) * REST) return [...blocks];
  return atProvenPlace(judged, others.bodyPlace(AGREED)) ?? judged;
}

/** The cells of a table stand or fall together: "2024" is on many pages. */
function keepTablesWhole(blocks: readonly Block[], judged: Block[]): void {
  const balance = new Map<number, number>();
  blocks.forEach(({ kept, group }, i) => {
    if (kept && group?.tag === 'table')
      balance.set(group.order, (balance.get(group.order) ?? 0) + (judged[i]!.kept ? 1 : -1));
  });
  blocks.forEach((block, i) => {
    const votes = block.group?.tag === 'table' ? balance.get(block.group.order) : undefined;
    if (block.kept && votes !== undefined) judged[i] = { ...block, kept: votes >= 0 };
  });
}

/** How many other addresses the article itself seems to have: so many copies tell nothing. */
function twinsOf(isMost: (most: number) => boolean): number {
  for (let most = 1; most < SURE_PAGES; most++) if (isMost(most)) return most;
  return 0;
}

/**
 * A body that was found elsewhere than where linked data proves it on other pages, while text in doubt stands there: a
 * page that lacks that data, and whose text the page alone did not believe.
 */
function atProvenPlace(blocks: readonly Block[], place: string | undefined): Block[] | undefined {
  if (place === undefined) return undefined;
  const isThere = ({ path }: Block): boolean => path.startsWith(`${place}>`);
  if (blocks.some((block) => block.kept && isThere(block))) return undefined;
  const there = blocks.filter(isThere);
  if (there.reduce((sum, { text }) => sum + text.length, 0) < LEAST_CHARS) return undefined;
  return blocks.map((block) => ({ ...block, kept: isThere(block) && block.text !== '' }));
}

function logit(score: number): number {
  const bounded = Math.min(0.999, Math.max(0.001, score));
  return Math.log(bounded / (1 - bounded));
}
