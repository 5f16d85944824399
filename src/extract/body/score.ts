/**
 * How sure we are that a run is body, 0 to 1, for all runs of a page: two learned models, the second of which sees what
 * the first thought of the neighbourhood. Trained by bench/learn.
 */
import { AROUND, lookAround } from './around.js';
import type { Cut, Run } from './blocks.js';
import { CLOSER, type Lexicon, LOOK, type Page, type PageSense, sensePage } from './features.js';
import { type Forest, judge, unpackForest } from './forest.js';
import { mayBeBody } from './gate.js';
import { sampleCells, speakFor } from './tables.js';
import { FIRST, NAMES, SECOND, WORDS } from './weights.js';
import { unpackWords } from './word-weights.js';

let lexicon: Lexicon | undefined;
let first: Forest | undefined;
let second: Forest | undefined;

/** Runs below are never body: their scores are 0, and they are not worth carrying along. */
export const DOUBT = 0.05;
/**
 * Runs of which the first model thinks less are not shown to the second, and count as 0 in what it is told of others:
 * with those that the gate left out, five sixths of a page. On sites not learned from it would have kept none of them,
 * and left two in a thousand of those in doubt.
 */
export const HOPE = 0.01;

export function scoreRuns(cut: Cut, sense: PageSense): Float32Array {
  lexicon ??= { names: unpackWords(NAMES), words: unpackWords(WORDS) };
  first ??= unpackForest(FIRST);
  second ??= unpackForest(SECOND);
  const page = sensePage(cut, sense, lexicon);
  const { judged: near, speakers } = sampleCells(mayBeBody(page), page);
  const looks = LOOK.rows(near, page);
  const hopes = judge(first, looks);
  const all = new Float32Array(page.runs.length);
  const hopeful: Run[] = [];
  for (let i = 0; i < near.length; i++) {
    if (hopes[i]! < HOPE) continue;
    looks.copyWithin(hopeful.length * LOOK.width, i * LOOK.width, (i + 1) * LOOK.width);
    hopeful.push(near[i]!);
    all[near[i]!.index] = hopes[i]!;
  }
  speakFor(speakers, all);
  const scores = judge(second, closerRows(page, hopeful, looks, all));
  all.fill(0);
  for (let i = 0; i < hopeful.length; i++) all[hopeful[i]!.index] = scores[i]!;
  speakFor(speakers, all);
  return all;
}

/** Names of the numbers that the second model is told. */
export const CLOSER_LOOK: readonly string[] = [
  ...LOOK.names,
  ...CLOSER.names,
  ...AROUND.names.map((name) => `around.${name}`),
];

/** Rows of the second model for `runs`, of which `looks` has those of LOOK; `hopes`: what the first thinks of all. */
export function closerRows(page: Page, runs: readonly Run[], looks: Float32Array, hopes: Float32Array): Float32Array {
  const rows = new Float32Array(runs.length * CLOSER_LOOK.length);
  const around = lookAround(page, hopes);
  let at = 0;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]!;
    for (let from = i * LOOK.width; from < (i + 1) * LOOK.width; ) rows[at++] = looks[from++]!;
    CLOSER.write(run, page, rows, at);
    at += CLOSER.width;
    AROUND.write(run, around, rows, at);
    at += AROUND.width;
  }
  return rows;
}
