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
  /** On how many other pages each kept block stands; others are not asked for. */
  const copies = new Int32Array(blocks.length);
  /** Characters of the body, and of what so few others have that they may be the article itself, by their number. */
  let length = 0;
  const copied = new Float64Array(SURE_PAGES);
  for (const [i, { kept, text, fingerprint }] of blocks.entries()) {
    if (!kept || text === '') continue;
    length += text.length;
    const count = fingerprint === '' ? 0 : others.copies(fingerprint);
    copies[i] = count;
    if (count > 0) for (let most = count; most < SURE_PAGES; most++) copied[most] = copied[most]! + text.length;
  }
  const twins = twinsOf(copied, length * MOST);
  let places: ReadonlyMap<string, number> | undefined;
  /** The paragraphs of one box are body or not together, however sure the page is of each. */
  const isMostlyBody = (path: string): boolean => {
    places ??= balanceOf(blocks, others, weights);
    return places.get(path)! < 0;
  };
  const judged = blocks.map((block, i): Block => {
    if (!block.kept || block.text === '') return block;
    const known = Math.max(0, copies[i]! - twins);
    return isSites(known, others.pages * SITE_SHARE) ||
      (isOutweighed(block, known > 0 ? weights.repeated : 0, others, weights) &&
        (known > 0 || !isMostlyBody(block.path)))
      ? withKept(block, false)
      : block;
  });
  keepTablesWhole(blocks, judged);
  let left = 0;
  for (const { kept, text } of judged) if (kept) left += text.length;
  if (left <= length * REST) return [...blocks];
  return atProvenPlace(judged, others.bodyPlace(AGREED)) ?? judged;
}

/** Whether so many other pages have the same that it is the site's. */
export const isSites = (known: number, least: number): boolean => known >= SITE_PAGES && known >= least;

/** Whether other pages seem to be the same article: they have much of its text, or it has none by which to tell. */
export function mayHaveTwins(blocks: readonly Block[], others: Others): boolean {
  let length = 0;
  let copied = 0;
  for (const { kept, text, fingerprint } of blocks) {
    if (!kept || text === '') continue;
    length += text.length;
    if (fingerprint !== '' && others.copies(fingerprint) > 0) copied += text.length;
  }
  return copied >= length * MOST;
}

/** No spread in it: with one a block would take fifty times as long to make. */
export function withKept({ text, words, html, group, path, fingerprint, order, score }: Block, kept: boolean): Block {
  return group
    ? { text, words, html, group, path, fingerprint, order, score, kept }
    : { text, words, html, path, fingerprint, order, score, kept };
}

/** Whether other pages speak more against a block than the page alone speaks for it. */
function isOutweighed({ score, path }: Block, repeated: number, others: Others, weights: Weights): boolean {
  const alone = logit(score);
  // Most blocks stand whatever is at their place.
  if (alone >= repeated + weights.elsewhere) return false;
  const { body, other } = others.place(path);
  const elsewhere = body === 0 ? Math.min(weights.elsewhere, Math.log(1 + other)) : 0;
  return alone < repeated + elsewhere;
}

/** How much more of the text at each place the other pages speak against than the page alone speaks for. */
function balanceOf(blocks: readonly Block[], others: Others, weights: Weights): Map<string, number> {
  const balance = new Map<string, number>();
  for (const block of blocks) {
    if (!block.kept || block.text === '') continue;
    const { path, text } = block;
    const weight = isOutweighed(block, 0, others, weights) ? text.length : -text.length;
    balance.set(path, (balance.get(path) ?? 0) + weight);
  }
  return balance;
}

/** The cells of a table stand or fall together: "2024" is on many pages. */
function keepTablesWhole(blocks: readonly Block[], judged: Block[]): void {
  if (!blocks.some(({ group }) => group?.tag === 'table')) return;
  const balance = new Map<number, number>();
  blocks.forEach(({ kept, group }, i) => {
    if (kept && group?.tag === 'table')
      balance.set(group.order, (balance.get(group.order) ?? 0) + (judged[i]!.kept ? 1 : -1));
  });
  blocks.forEach((block, i) => {
    const votes = block.group?.tag === 'table' ? balance.get(block.group.order) : undefined;
    if (block.kept && votes !== undefined && judged[i]!.kept !== votes >= 0) judged[i] = withKept(block, votes >= 0);
  });
}

/** How many other addresses the article itself seems to have: so many copies tell nothing. */
function twinsOf(copied: Float64Array, bar: number): number {
  for (let most = 1; most < SURE_PAGES; most++) if (copied[most]! > bar) return most;
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
  return blocks.map((block) => withKept(block, isThere(block) && block.text !== ''));
}

function logit(score: number): number {
  const bounded = Math.min(0.999, Math.max(0.001, score));
  return Math.log(bounded / (1 - bounded));
}
