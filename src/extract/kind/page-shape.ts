/**
 * What the text of a page is made of, as far as it tells an article from a list of articles. In: the runs with their
 * scores. Out: sums. Never: looks at words.
 */

import type { Frame, Run } from '../body/blocks.js';
import type { BodyResult } from '../body/body.js';
import type { Element, Parent } from '../page/tree.js';

export interface PageShape {
  /** Ink of paragraphs that are surely body, prose and no teasers; signs of unspaced scripts count thrice. */
  readonly prose: number;
  /** Ink of kept paragraphs that stand with a linked headline in a small box of their own. */
  readonly teaserProse: number;
  /** Whether there are boxes of a linked headline of a kind that occurs at least thrice. */
  readonly hasCards: boolean;
  /** Lines that are links as long as a headline. */
  readonly headlineLinks: number;
  /** Whether most of the prose speaks of consent, and there is little of it. */
  readonly isOfConsent: boolean;
}

/** Boxes that make a list of teasers. */
const OF_A_KIND = 3;
/** Paragraphs that are shorter are captions, labels, bylines. */
const PROSE_INK = 50;
/** How much more than the paragraph itself a teaser's box may hold. */
const BOX_REST = 260;
/** What stands before the linked headline of a teaser. */
const MAX_DATE = 30;
/** Longer texts that speak of consent are articles about it. */
const MAX_CONSENT_PROSE = 2500;
const MAX_CONSENT_PARAGRAPHS = 12;

export function shapeOf({ runs, scores, sure }: BodyResult, consent: RegExp): PageShape {
  const linked = runs.map(isHeadlineLink);
  let headlineLinks = 0;
  for (const isLink of linked) if (isLink) headlineLinks++;
  const opened = new Map<number, number>();
  for (const run of runs) if (opensWithLine(run)) opened.set(run.block.path, (opened.get(run.block.path) ?? 0) + 1);
  let hasCards = false;
  for (const count of opened.values()) {
    if (count < OF_A_KIND) continue;
    hasCards = true;
    headlineLinks += count;
  }
  hasCards ||= haveAlikeBoxes(runs, linked);

  // A paragraph is a teaser where at least three boxes of its kind hold one: one box with a link is an article's own.
  const teasers = new Map<number, Run[]>();
  const paragraphs: Run[] = [];
  for (const run of runs) {
    if (scores[run.index]! < sure || inkOf(run) < PROSE_INK) continue;
    const box = teaserBox(run, linked);
    const kind = box && teasers.get(box.path);
    if (kind) kind.push(run);
    else if (box) teasers.set(box.path, [run]);
    else if (run.linkChars <= run.chars * 0.5) paragraphs.push(run);
  }
  let teaserProse = 0;
  for (const kind of teasers.values()) {
    if (kind.length >= OF_A_KIND) for (const run of kind) teaserProse += inkOf(run);
    else paragraphs.push(...kind.filter((run) => run.linkChars <= run.chars * 0.5));
  }
  const prose = sumOfInk(paragraphs);
  const isOfConsent =
    prose < MAX_CONSENT_PROSE &&
    paragraphs.length <= MAX_CONSENT_PARAGRAPHS &&
    sumOfInk(paragraphs.filter(({ text }) => consent.test(text))) > prose * 0.5;
  return { prose, teaserProse, hasCards, headlineLinks, isOfConsent };
}

/** Three signs of a Latin text say about as much as one of a Chinese. */
const inkOf = ({ chars, unspaced }: Run): number => (unspaced ? chars * 3 : chars);
const sumOfInk = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + inkOf(run), 0);

function isHeadlineLink(run: Run): boolean {
  const ink = inkOf(run);
  return run.linkChars >= run.chars * 0.8 && ink >= 18 && ink < 400 && (run.words >= 3 || ink >= 40);
}

/** Whether as many boxes of one kind hold a linked headline each as make a list. */
function haveAlikeBoxes(runs: readonly Run[], linked: readonly boolean[]): boolean {
  const boxes = new Map<number, Set<Frame>>();
  for (const run of runs) {
    if (!linked[run.index]) continue;
    const box = boxOf(run);
    const kind = boxes.get(box.path);
    if (!kind) boxes.set(box.path, new Set([box]));
    else if (kind.add(box).size >= OF_A_KIND) return true;
  }
  return false;
}

/** The largest element around a run that holds little else. */
function boxOf(run: Run): Frame {
  let box = run.block;
  while (box.parent && box.parent.chars <= run.chars + BOX_REST && box.parent.end - box.parent.first <= 8)
    box = box.parent;
  return box;
}

/** Signs of a linked headline. */
const MIN_LINE = 15;
const MAX_LINE = 200;

/** A linked headline, perhaps behind a date, then a line break and the rest. */
function opensWithLine({ links, texts, text }: Run): boolean {
  if (links === 0 || texts.length < 2 || text.length <= MIN_LINE) return false;
  const end = text.indexOf('\n');
  if (end < MIN_LINE || end > MAX_LINE) return false;
  const opening = texts.slice(0, 3).findIndex(({ parent }) => parent.type === 'tag' && isInLink(parent));
  return opening >= 0 && texts.slice(0, opening).every(({ data }) => data.length <= MAX_DATE);
}

function isInLink(element: Element): boolean {
  let node: Parent = element;
  for (let height = 0; node.type === 'tag' && height < 3; height++, node = node.parent)
    if (node.name === 'a') return true;
  return false;
}

/** The small box that a paragraph shares with a linked headline; itself where a link opens it. */
function teaserBox(run: Run, linked: readonly boolean[]): Frame | undefined {
  if (run.links > 0 && run.linkChars >= 15 && (run.linkChars > run.chars * 0.2 || opensWithLine(run))) return run.block;
  let box: Frame | null = run.block;
  for (let step = 0; box && step < 6; step++, box = box.parent) {
    if (box.chars > run.chars + BOX_REST) return undefined;
    for (let i = box.first; i < box.end; i++) {
      if (i !== run.index && linked[i]) return box;
    }
  }
  return undefined;
}
