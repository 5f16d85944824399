/**
 * Which text is the body. In: the tree. Out: the runs that a reader would cut
 * out as the article, and every run that was in doubt beside them, as text and as clean HTML. Never: text that the
 * page does not have; the same paragraph twice.
 */
import { fingerprintOf } from '../../fingerprint.js';
import type { Block } from '../../page.js';
import { labelOf } from '../page/tokens.js';
import type { Document, Element } from '../page/tree.js';
import { fold } from '../text/words.js';
import { blockHtml, groupOf } from './article-html.js';
import { KEPT, moveToBar } from './bar.js';
import { type Cut, cut, type Frame, type Place, type Run } from './blocks.js';
import { sensePageItself } from './context.js';
import { copiesOf } from './copies.js';
import { dependentsOf } from './dependents.js';
import { keepFirstLine } from './first-line.js';
import { nextArticleOf } from './next-article.js';
import { keepNumbered } from './numbered.js';
import { cutDay, type PreambleContext, preambleOf } from './preamble.js';
import { DOUBT, scoreRuns } from './score.js';
import { scoreTables } from './tables.js';
import { keepTerms } from './terms.js';

export interface BodyResult {
  /** Blocks of the body and those in doubt, in page order. */
  readonly blocks: readonly Omit<Block, 'words'>[];
  /** Absent where the page has none. */
  readonly articleBody?: string;
  /** The innermost element around the whole body. */
  readonly container?: Element;
  /** All runs of the page, in page order, with their scores: for witnesses that look at visible text. */
  readonly runs: readonly Run[];
  readonly scores: Float32Array;
  /** From this score on a run is body on any page (bar.ts). */
  readonly sure: number;
}

/** `base`: what relative links are resolved against. */
export function findBody(
  document: Document,
  base: string,
  preamble: PreambleContext,
  feedContent?: string,
): BodyResult {
  const page = cut(document);
  const scores = scoreRuns(page, sensePageItself(document, page, feedContent));
  const sure = moveToBar(page.runs, scores);
  scoreTables(page.runs, scores, KEPT);
  keepTerms(page.runs, scores, KEPT);
  keepFirstLine(page.runs, scores, KEPT);
  const isKept = (run: Run): boolean => scores[run.index]! >= KEPT;
  const inQuestion = page.runs.filter((run) => scores[run.index]! >= DOUBT);
  const leaveOut = (gone: readonly Run[]): void => {
    for (const { index } of gone) scores[index] = 0;
  };
  // Each looks at what those before have left.
  leaveOut(preambleOf(inQuestion, isKept, preamble));
  leaveOut(nextArticleOf(page.runs, isKept, preamble.headline));
  leaveOut(copiesOf(page.runs, isKept));
  leaveOut(dependentsOf(page.runs, isKept));
  keepNumbered(page.runs, scores, KEPT);
  cutDay(page.runs.find(isKept), preamble.languagesOf);
  return bodyOf(page, scores, sure, base);
}

/** The same where it is known of some runs that they are body, and of others that they are not. */
export function amended(
  { runs, scores, sure }: BodyResult,
  certain: { readonly kept: readonly Run[]; readonly cut: readonly Run[] },
  base: string,
): BodyResult {
  const known = Float32Array.from(scores);
  for (const { index } of certain.kept) known[index] = Math.max(sure, known[index]!);
  for (const { index } of certain.cut) known[index] = 0;
  return bodyOf({ runs }, known, sure, base);
}

/** The body that scores make, also those of a model in training. */
export function bodyOf(page: Pick<Cut, 'runs'>, scores: Float32Array, sure: number, base: string): BodyResult {
  const kept: Run[] = [];
  const blocks: Omit<Block, 'words'>[] = [];
  for (const run of page.runs) {
    const score = scores[run.index]!;
    if (score >= KEPT) kept.push(run);
    if (score >= DOUBT) blocks.push(blockOf(run, score, base));
  }
  const container = containerOf(kept);
  return {
    blocks,
    ...(kept.length > 0 && { articleBody: kept.map((run) => run.text).join('\n\n') }),
    ...(container && { container }),
    runs: page.runs,
    scores,
    sure,
  };
}

function blockOf(run: Run, score: number, base: string): Omit<Block, 'words'> {
  const { text } = run;
  const group = groupOf(run);
  const html = blockHtml(run, base);
  const path = pathOf(run);
  const fingerprint = fingerprintOf(fold(text));
  const { order } = run.texts[0]!;
  const kept = score >= KEPT;
  // No spread: with one in front of other properties a block takes fifty times as long to make.
  return group
    ? { text, html, group, path, fingerprint, order, score: round(score), kept }
    : { text, html, path, fingerprint, order, score: round(score), kept };
}

const round = (score: number): number => Math.round(score * 1000) / 1000;

function containerOf(runs: readonly Run[]): Element | undefined {
  let frame = runs[0]?.block;
  const last = runs.at(-1);
  if (!frame || !last) return undefined;
  const end = last.texts[last.texts.length - 1]!.order;
  while (frame.parent && frame.element.end < end) frame = frame.parent;
  return frame.element;
}

/** Tags with their class words from the body down, as `div.article>p`. */
export function pathOf(run: Run): string {
  return placeOf(run.block).path;
}

function placeOf(frame: Frame): Place {
  if (frame.place) return frame.place;
  const { name } = frame.element;
  const outer = frame.parent && name !== 'body' && name !== 'html' ? placeOf(frame.parent) : undefined;
  if (!outer) frame.place = { path: '', inside: new Map() };
  else {
    const label = labelOf(frame.element);
    frame.place = outer.inside.get(label);
    if (!frame.place) {
      frame.place = { path: outer.path === '' ? label : `${outer.path}>${label}`, inside: new Map() };
      outer.inside.set(label, frame.place);
    }
  }
  return frame.place;
}
