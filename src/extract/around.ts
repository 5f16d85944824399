/**
 * What the second model is told of a run beside its own shape: how the first model judged what stands around it. So
 * that a stretch of text is kept or cut as a whole, and one odd line inside does not tear it.
 */
import type { Frame, Run } from './blocks.js';
import { KIND, log, nameOf, type Page, squeezedOf } from './features.js';
import { HEADING } from './tags.js';

interface Mass {
  words: number;
  kept: number;
  runs: number;
  best: number;
}

/**
 * The elements of one kind whose own paragraphs hold most of what the first model would keep: where pictures stand
 * between its parts, a body is several elements alike.
 */
interface Main {
  /** The one of them that holds most. */
  readonly frame: Frame;
  readonly path: number;
  /** Runs from the first of them to the last. */
  readonly first: number;
  readonly end: number;
}

export interface Surroundings {
  readonly page: Page;
  readonly scores: Float32Array;
  /** By the frame's index, for elements that make lines and those around them. */
  readonly frames: readonly (Mass | undefined)[];
  readonly groups: ReadonlyMap<number, Mass>;
  /** Sum of score × words, before each run and over all. */
  readonly before: Float64Array;
  readonly total: number;
  readonly since: Int32Array;
  readonly until: Int32Array;
  readonly wordsSince: Float64Array;
  readonly wordsUntil: Float64Array;
  readonly ahead: Float32Array;
  readonly section: Float32Array;
  /** Smallest elements around most of what the first model would keep. */
  readonly core: Frame | undefined;
  readonly shell: Frame | undefined;
  readonly repeats: Int8Array;
  readonly main: Main | undefined;
  /** Runs of one tag that stand in the core, by the tag. */
  readonly tags: ReadonlyMap<string, Mass>;
  /** For each run inside of `main`, but not as its own paragraph: the box around it. */
  readonly boxes: readonly (Frame | undefined)[];
}

const SURE = 0.6;
/** Words that the first model would keep, from which on an element is a part of `main`. */
const PART = 10;

export function lookAround(page: Page, scores: Float32Array): Surroundings {
  const { runs } = page;
  const count = runs.length;
  const frames: (Mass | undefined)[] = [];
  const blocks: Frame[] = [];
  const groups = new Map<number, Mass>();
  const own = new Map<Frame, number>();
  const before = new Float64Array(count);
  const since = new Int32Array(count);
  const until = new Int32Array(count);
  const wordsSince = new Float64Array(count);
  const wordsUntil = new Float64Array(count);
  const ahead = new Float32Array(count);
  const section = new Float32Array(count);
  let total = 0;
  let last = -99;
  let words = 0;
  for (const run of runs) {
    const { index } = run;
    const score = scores[index]!;
    before[index] = total;
    total += score * run.words;
    since[index] = Math.min(index - last, 99);
    wordsSince[index] = words;
    words += run.words;
    if (score >= SURE && run.words >= 8) {
      last = index;
      words = 0;
    }
    for (let frame: Frame | null = run.block; frame; frame = frame.outer) {
      let mass = frames[frame.index];
      if (!mass) {
        mass = { words: 0, kept: 0, runs: 0, best: 0 };
        frames[frame.index] = mass;
        blocks.push(frame);
      }
      add(mass, run, score);
    }
    let group = groups.get(run.frame.path);
    if (!group) {
      group = { words: 0, kept: 0, runs: 0, best: 0 };
      groups.set(run.frame.path, group);
    }
    add(group, run, score);
    const { outer } = run.block;
    if (outer) own.set(outer, (own.get(outer) ?? 0) + score * run.words);
  }
  let next = count + 99;
  words = 0;
  for (let i = count - 1; i >= 0; i--) {
    until[i] = Math.min(next - i, 99);
    wordsUntil[i] = words;
    words += runs[i]!.words;
    if (scores[i]! >= SURE && runs[i]!.words >= 8) {
      next = i;
      words = 0;
    }
    // What a heading leads to: the next few runs, up to the next heading of its rank.
    let kept = 0;
    let all = 0;
    for (let j = i + 1; j < count && j <= i + 6; j++) {
      const run = runs[j]!;
      if (j > i + 1 && run.block.element.tag.bits & HEADING && run.block.element.name <= runs[i]!.block.element.name)
        break;
      kept += scores[j]! * run.words;
      all += run.words;
    }
    ahead[i] = all > 0 ? kept / all : 0;
  }
  for (let i = 0; i < count; ) {
    let end = i + 1;
    while (end < count && !(runs[end]!.block.element.tag.bits & HEADING)) end++;
    let kept = 0;
    let all = 0;
    for (let j = i; j < end; j++) {
      kept += scores[j]! * runs[j]!.words;
      all += runs[j]!.words;
    }
    section.fill(all > 0 ? kept / all : 0, i, end);
    i = end;
  }
  let core: Frame | undefined;
  let shell: Frame | undefined;
  for (const frame of blocks) {
    const mass = frames[frame.index]!;
    if (mass.kept >= total * 0.6 && (!core || frame.depth > core.depth)) core = frame;
    if (mass.kept >= total * 0.93 && (!shell || frame.depth > shell.depth)) shell = frame;
  }
  const main = mainOf(own);
  const tags = new Map<string, Mass>();
  const boxes: (Frame | undefined)[] = [];
  for (const run of runs) {
    boxes.push(main && boxIn(main, run));
    if (!core || run.index < core.first || run.index >= core.end) continue;
    const { name } = run.block.element;
    let mass = tags.get(name);
    if (!mass) {
      mass = { words: 0, kept: 0, runs: 0, best: 0 };
      tags.set(name, mass);
    }
    add(mass, run, scores[run.index]!);
  }
  return {
    page,
    scores,
    frames,
    groups,
    before,
    total,
    since,
    until,
    wordsSince,
    wordsUntil,
    ahead,
    section,
    core,
    shell,
    repeats: findRepeats(page, scores),
    main,
    tags,
    boxes,
  };
}

function mainOf(own: ReadonlyMap<Frame, number>): Main | undefined {
  const kinds = new Map<number, number>();
  let most = 0;
  let path = 0;
  for (const [frame, kept] of own) {
    const sum = (kinds.get(frame.path) ?? 0) + kept;
    kinds.set(frame.path, sum);
    if (sum <= most) continue;
    most = sum;
    path = frame.path;
  }
  let main: Main | undefined;
  let best = 0;
  for (const [frame, kept] of own) {
    if (frame.path !== path || kept < PART) continue;
    main = {
      frame: kept > best || !main ? frame : main.frame,
      path,
      first: Math.min(frame.first, main?.first ?? frame.first),
      end: Math.max(frame.end, main?.end ?? frame.end),
    };
    best = Math.max(best, kept);
  }
  return main;
}

/** The largest element around a run that is not around a part of `main`. */
function boxIn(main: Main, run: Run): Frame | undefined {
  if (run.index < main.first || run.index >= main.end) return undefined;
  let frame = run.block;
  if (frame.path === main.path) return undefined;
  let { outer } = frame;
  if (outer?.path === main.path) return undefined;
  while (outer && outer.path !== main.path && (outer.first > main.first || outer.end < main.end)) {
    frame = outer;
    outer = frame.outer;
  }
  return frame;
}

function add(mass: Mass, run: Run, score: number): void {
  mass.words += run.words;
  mass.kept += run.words * score;
  mass.runs++;
  if (score > mass.best) mass.best = score;
}

/** Up to so many runs that may be body, each is looked for in all others; in longer pages in so many before and after. */
const ALL_RUNS = 800;
const NEAR_RUNS = 60;

/** 1: the run's words stand in an earlier, longer run that may be body; 2: in a later one; 0: nowhere else. */
function findRepeats(page: Page, scores: Float32Array): Int8Array {
  const repeats = new Int8Array(page.runs.length);
  const likely = page.runs.filter((run) => scores[run.index]! > 0.3);
  const texts = likely.map((run) => squeezedOf(run, page));
  const starts: number[] = [];
  let whole = '';
  for (const text of texts) {
    starts.push(whole.length);
    whole += `${text}\n`;
  }
  const reach = likely.length <= ALL_RUNS ? likely.length : NEAR_RUNS;
  likely.forEach((run, i) => {
    const text = texts[i]!;
    if (run.words < 4 || run.words > 80) return;
    const from = starts[Math.max(0, i - reach)]!;
    const start = starts[i]! - from;
    const near = whole.slice(from, starts[i + reach + 1] ?? whole.length);
    if (near.indexOf(text) < start) repeats[run.index] = 1;
    else if (near.indexOf(text, start + text.length) >= 0) repeats[run.index] = 2;
  });
  return repeats;
}

type Feature = readonly [name: string, of: (run: Run, around: Surroundings) => number];

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
const mean = (mass: Mass | undefined): number => (mass ? ratio(mass.kept, mass.words) : -1);
/** Of all others. */
const rest = (mass: Mass | undefined, run: Run, score: number): number =>
  mass && mass.words > run.words ? (mass.kept - score * run.words) / (mass.words - run.words) : -1;
/** Elements up from `main` to the one that holds the run too. */
const stepsTo = (main: Main | undefined, run: Run): number => {
  let steps = 0;
  for (let frame: Frame | null = main?.frame ?? null; frame; frame = frame.outer, steps++)
    if (run.index >= frame.first && run.index < frame.end) return steps;
  return -1;
};
const within = (frame: Frame | undefined, run: Run): number =>
  frame ? (frame.first <= run.index && run.index < frame.end ? run.block.depth - frame.depth : -1) : -2;

export const AROUND: readonly Feature[] = [
  ['score', (run, { scores }) => scores[run.index]!],
  ...[-4, -3, -2, -1, 1, 2, 3, 4].map(
    (offset): Feature => [`score${offset}`, (run, { scores }) => scores[run.index + offset] ?? -1],
  ),
  ['parent.mean', (run, { frames }) => mean(run.block.outer ? frames[run.block.outer.index] : undefined)],
  ['parent.best', (run, { frames }) => (run.block.outer ? frames[run.block.outer.index]!.best : -1)],
  [
    'parent.share',
    (run, { frames, total }) => (run.block.outer ? ratio(frames[run.block.outer.index]!.kept, total) : -1),
  ],
  ['grand.mean', (run, { frames }) => mean(run.block.outer?.outer ? frames[run.block.outer.outer.index] : undefined)],
  [
    'grand.share',
    (run, { frames, total }) => (run.block.outer?.outer ? ratio(frames[run.block.outer.outer.index]!.kept, total) : -1),
  ],
  ['group.mean', (run, { groups }) => mean(groups.get(run.frame.path))],
  ['group.share', (run, { groups, total }) => ratio(groups.get(run.frame.path)!.kept, total)],
  ['group.runs', (run, { groups }) => log(groups.get(run.frame.path)!.runs)],
  ['since', (run, { since }) => since[run.index]!],
  ['until', (run, { until }) => until[run.index]!],
  ['wordsSince', (run, { wordsSince }) => log(wordsSince[run.index]!)],
  ['wordsUntil', (run, { wordsUntil }) => log(wordsUntil[run.index]!)],
  ['ahead', (run, { ahead }) => ahead[run.index]!],
  ['section', (run, { section }) => section[run.index]!],
  ['place', (run, { before, total }) => ratio(before[run.index]!, total)],
  ['massBefore', (run, { before }) => log(before[run.index]!)],
  ['massAfter', (run, { before, total }) => log(Math.max(0, total - before[run.index]!))],
  ['inCore', (run, { core }) => within(core, run)],
  ['inShell', (run, { shell }) => within(shell, run)],
  ['repeats', (run, { repeats }) => repeats[run.index]!],
  ['total', (_, { total }) => log(total)],
  ['main.steps', (run, { main }) => stepsTo(main, run)],
  ['main.place', (run, { main }) => (main ? (run.index < main.first ? -1 : run.index >= main.end ? 1 : 0) : -2)],
  ['main.own', (run, { main }) => (main && run.block.outer?.path === main.path ? 1 : 0)],
  ['group.rest', (run, { groups, scores }) => rest(groups.get(run.frame.path), run, scores[run.index]!)],
  [
    'parent.rest',
    (run, { frames, scores }) => (run.block.outer ? rest(frames[run.block.outer.index], run, scores[run.index]!) : -1),
  ],
  ['tag.rest', (run, { tags, scores }) => rest(tags.get(run.block.element.name), run, scores[run.index]!)],
  ['tag.runs', (run, { tags }) => log(tags.get(run.block.element.name)?.runs ?? 0)],
  [
    'box.rest',
    (run, { boxes, frames, scores }) => {
      const box = boxes[run.index];
      return box ? rest(frames[box.index], run, scores[run.index]!) : -2;
    },
  ],
  ['box.words', (run, { boxes, frames }) => (boxes[run.index] ? log(frames[boxes[run.index]!.index]!.words) : -1)],
  ['box.runs', (run, { boxes }) => (boxes[run.index] ? log(boxes[run.index]!.end - boxes[run.index]!.first) : -1)],
  [
    'box.links',
    (run, { boxes }) => (boxes[run.index] ? ratio(boxes[run.index]!.linkChars, boxes[run.index]!.chars) : -1),
  ],
  ['box.names', (run, { boxes, page }) => nameOf(page, boxes[run.index], 'sum')],
  ['box.kind', (run, { boxes }) => (boxes[run.index] ? (KIND[boxes[run.index]!.element.name] ?? 20) : -1)],
  ['box.place', (run, { boxes }) => (boxes[run.index] ? Math.min(run.index - boxes[run.index]!.first, 20) : -1)],
];

/** Rows of the second model: for each of `runs` its row of `shape`, then what is around. */
export function aroundRows(around: Surroundings, shape: Float32Array, runs = around.page.runs): Float32Array {
  const width = shape.length / Math.max(1, runs.length);
  const rows = new Float32Array(runs.length * (width + AROUND.length));
  let at = 0;
  for (let i = 0; i < runs.length; i++) {
    for (let from = i * width; from < (i + 1) * width; from++) rows[at++] = shape[from]!;
    for (let j = 0; j < AROUND.length; j++) rows[at++] = AROUND[j]![1](runs[i]!, around);
  }
  return rows;
}
