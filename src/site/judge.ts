/**
 * Which blocks of a page are its body, once the site's other pages are known. In: the blocks as the page alone scored
 * them, the other pages. Out: the same blocks, kept or not. Order of pages plays no part.
 */
import type { Block } from '../page.js';
import type { Others } from './others.js';

/** Log odds, measured by bench/learn/teacher.js on sites that the models had not seen. */
export const WEIGHTS = {
  /** What stands at this place on other pages: times the log odds that it is body there. */
  place: 0.5,
  /** Inside, or outside, the element that linked data proves to hold the body on other pages. */
  inside: 0.5,
  outside: 1,
};
export type Weights = typeof WEIGHTS;

/** So many other pages with the same words, and so large a share of them: the site's words, whoever wrote the page. */
const SURE_PAGES = 3;
const REPEATED_SHARE = 0.3;
/** Fewer copies may be those of one article under several addresses: then most of the text is repeated. */
const MOST = 0.4;
const AGREED = 0.6;

export function judgeBlocks(blocks: readonly Block[], others: Others, weights: Weights = WEIGHTS): Block[] {
  if (others.pages < 1) return [...blocks];
  const repeated = blocks.map(({ fingerprint }) => {
    const copies = fingerprint === '' ? 0 : others.copies(fingerprint);
    return copies >= Math.max(1, others.pages * REPEATED_SHARE) ? copies : 0;
  });
  const length = (isCounted: (index: number) => boolean): number =>
    blocks.reduce((sum, { kept, text }, i) => sum + (kept && isCounted(i) ? text.length : 0), 0);
  const isBoilerplate = length((i) => repeated[i]! > 0) <= length(() => true) * MOST ? 1 : SURE_PAGES;
  const bodyPlace = others.bodyPlace(AGREED);
  const judged = blocks.map((block, i): Block => {
    if (block.text === '') return block;
    const kept = repeated[i]! < isBoilerplate || repeated[i] === 0 ? logit(block.score) + told(block) >= 0 : false;
    return kept === block.kept ? block : { ...block, kept };
  });
  return judged.some(({ kept, text }) => kept && text !== '') ? judged : [...blocks];

  function told({ path }: Block): number {
    const { body, other } = others.place(path);
    let odds = weights.place * Math.log((body + 0.5) / (other + 0.5));
    if (bodyPlace !== undefined) odds += path.startsWith(`${bodyPlace}>`) ? weights.inside : -weights.outside;
    return odds;
  }
}

function logit(score: number): number {
  const bounded = Math.min(0.995, Math.max(0.005, score));
  return Math.log(bounded / (1 - bounded));
}
