/**
 * Which text is the body. In: the tree and what other witnesses say of the page. Out: the runs that a reader would cut
 * out as the article, as text and as clean HTML, with every run that was in doubt beside them. Never: text that the
 * page does not have; the same paragraph twice.
 */
import type { Block } from '../page.js';
import { articleHtml, blockHtml } from './article-html.js';
import { type Cut, cut, type Run } from './blocks.js';
import { sensePageItself } from './context.js';
import { scoreRuns } from './score.js';
import type { Document, Element, Text } from './tree.js';

/** What is known of the page before its body is looked for; all of it may be absent. */
export interface BodyContext {
  /** What relative links are resolved against. */
  readonly url: string;
  /** `articleBody` of the page's JSON-LD. */
  readonly jsonLdBody?: string;
  readonly description?: string;
  readonly headline?: string;
}

/** A text beside the body: a caption, a credit. */
export interface Aside {
  readonly text: string;
  readonly element: Element;
}

export interface BodyResult {
  /** Blocks of the body and those in doubt, in page order. */
  readonly blocks: readonly Block[];
  /** Absent where the page has none. */
  readonly articleBody?: string;
  readonly articleHtml?: string;
  /** The innermost element around the whole body. */
  readonly container?: Element;
  /** First and last text of the body: byline and date stand near. */
  readonly first?: Text;
  readonly last?: Text;
  readonly captions: readonly Aside[];
  /** All runs of the page, in page order, with their scores: for witnesses that look at visible text. */
  readonly runs: readonly Run[];
  readonly scores: Float32Array;
}

/** Runs with a score from here on are body. */
export const KEPT = 0.5;
/** Runs below are never body: they are not worth carrying along. */
const DOUBT = 0.05;

export function findBody(document: Document, context: BodyContext): BodyResult {
  const page = cut(document);
  const scores = scoreRuns(page, sensePageItself(document, page));
  const kept: Run[] = [];
  const keptHtml: string[] = [];
  const blocks: Block[] = [];
  for (const run of page.runs) {
    const score = scores[run.index]!;
    if (score >= DOUBT) {
      const html = blockHtml(run, context.url);
      if (score >= KEPT) {
        kept.push(run);
        keptHtml.push(html);
      }
      blocks.push({
        text: run.text,
        html,
        path: pathOf(run),
        score: round(score),
        kept: score >= KEPT,
      });
    }
  }
  const captions = page.runs
    .filter((run) => run.block.bits & (1 << 8))
    .map((run) => ({ text: run.text, element: run.block.element }));
  const first = kept[0]?.texts[0];
  const last = kept.at(-1)?.texts.at(-1);
  const container = containerOf(kept);
  return {
    blocks,
    ...(kept.length > 0 && {
      articleBody: kept.map((run) => run.text).join('\n\n'),
      articleHtml: articleHtml(kept, keptHtml),
    }),
    ...(container && { container }),
    ...(first && { first }),
    ...(last && { last }),
    captions,
    runs: page.runs,
    scores,
  };
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
  const parts: string[] = [];
  for (
    let frame: Run['block'] | null = run.block;
    frame && frame.element.name !== 'body' && frame.element.name !== 'html';
    frame = frame.parent
  ) {
    parts.push([frame.element.name, ...frame.tokens.slice(0, 4)].join('.'));
  }
  return parts.reverse().join('>');
}

export type { Cut };
