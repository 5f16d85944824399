/**
 * Why a page was read as it was. In: what extraction chose from. Out: plain data for people and machines: each field
 * with all candidates, and every run of text with its score, kept or cut. Never: decides anything.
 */
import type { ArticleFields, Provenance } from '../article.js';
import type { PageVerdict } from '../page.js';
import { KEPT } from './body/bar.js';
import { pathOf } from './body/body.js';
import type { Candidate } from './candidate.js';
import type { Explained } from './extract.js';
import type { Signal } from './kind/verdict.js';

export interface Explanation {
  readonly url: string;
  readonly verdict: PageVerdict;
  /** What spoke for (positive) and against an article. */
  readonly signals: readonly Signal[];
  readonly fields: Readonly<Record<string, ExplainedField>>;
  /** Page order. */
  readonly body: readonly ExplainedRun[];
}

export interface ExplainedField extends Partial<Provenance> {
  /** Absent: no candidate was good enough. */
  readonly value?: unknown;
  /** Best first; empty where the field has one witness only, which `from` names. */
  readonly candidates: readonly Candidate<unknown>[];
}

export interface ExplainedRun {
  readonly text: string;
  /** Tags and class words from the body down, as `div.article>p`. */
  readonly path: string;
  /** How sure it is that this is body text, 0 to 1. */
  readonly score: number;
  readonly kept: boolean;
}

export function explanationOf({ draft, candidates, body, signals }: Explained): Explanation {
  const names = new Set([...Object.keys(draft.fields), ...Object.keys(candidates)]);
  const fields = [...names].map((name): [string, ExplainedField] => {
    const value = draft.fields[name as keyof ArticleFields];
    return [
      name,
      { ...(value !== undefined && { value }), ...draft.provenance[name], candidates: candidates[name] ?? [] },
    ];
  });
  return {
    url: draft.url,
    verdict: draft.verdict,
    signals,
    fields: Object.fromEntries(fields),
    body: body.runs.map((run) => ({
      text: run.text,
      path: pathOf(run),
      score: Math.round(body.scores[run.index]! * 1000) / 1000,
      kept: body.scores[run.index]! >= KEPT,
    })),
  };
}
