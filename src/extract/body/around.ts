/**
 * What the second model is told of a run beside its own shape: how the first model judged what stands around it. So
 * that a stretch of text is kept or cut as a whole, and one odd line inside does not tear it.
 */

import { HEADING } from '../page/tags.js';
import type { Frame, Run } from './blocks.js';
import { kindOf, log, type Page, ratio } from './features.js';
import { Table } from './rows.js';

/** Runs of one tag, and how much of them the first model would keep. */
interface Mass {
  words: number;
  kept: number;
  runs: number;
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
  /** Words, and the sum of score × words, before each run and over all. */
  readonly words: Float64Array;
  readonly kept: Float64Array;
  readonly total: number;
  /** The best score inside of each element, by the frame's index. */
  readonly best: Float32Array;
  /** What the first model would keep of each group of `page.groups`, by the group's first run. */
  readonly ofGroup: Float64Array;
  readonly since: Int32Array;
  readonly until: Int32Array;
  readonly wordsSince: Float64Array;
  readonly wordsUntil: Float64Array;
  readonly section: Float32Array;
  /** Smallest elements around most of what the first model would keep. */
  readonly core: Frame | undefined;
  readonly shell: Frame | undefined;
  readonly repeats: Int8Array;
  readonly main: Main | undefined;
  /** Runs of one tag that stand in the core, by the tag. */
  readonly tags: ReadonlyMap<string, Mass>;
}

const SURE = 0.6;
/** Shorter runs that the first model is sure of are no sign of body. */
const LONG = 8;
/** Words that the first model would keep, from which on an element is a part of `main`. */
const PART = 10;
/** Shares of what the first model would keep that `core` and `shell` hold. */
const MOST = 0.6;
const NEARLY_ALL = 0.93;

export function lookAround(page: Page, scores: Float32Array): Surroundings {
  const { runs, groups } = page;
  const count = runs.length;
  const words = new Float64Array(count + 1);
  const kept = new Float64Array(count + 1);
  const best = new Float32Array(page.isMeasured.length);
  const ofGroup = new Float64Array(count);
  const own = new Map<Frame, number>();
  const since = new Int32Array(count);
  const until = new Int32Array(count);
  const wordsSince = new Float64Array(count);
  const wordsUntil = new Float64Array(count);
  let last = -99;
  let wordsBefore = 0;
  for (let i = 0; i < count; i++) {
    const run = runs[i]!;
    const score = scores[i]!;
    const ofRun = score * run.words;
    words[i + 1] = words[i]! + run.words;
    kept[i + 1] = kept[i]! + ofRun;
    since[i] = Math.min(i - last, 99);
    wordsSince[i] = words[i]! - wordsBefore;
    if (score >= SURE && run.words >= LONG) {
      last = i;
      wordsBefore = words[i + 1]!;
    }
    ofGroup[groups[i]!.first]! += ofRun;
    // Once an element has a better one, so have those around it.
    for (let frame: Frame | null = run.block; frame && score > best[frame.index]!; frame = frame.outer)
      best[frame.index] = score;
    const { outer } = run.block;
    if (outer) own.set(outer, (own.get(outer) ?? 0) + ofRun);
  }
  const total = kept[count]!;
  let next = count + 99;
  let wordsTo = words[count]!;
  for (let i = count - 1; i >= 0; i--) {
    until[i] = Math.min(next - i, 99);
    wordsUntil[i] = wordsTo - words[i + 1]!;
    if (scores[i]! >= SURE && runs[i]!.words >= LONG) {
      next = i;
      wordsTo = words[i]!;
    }
  }
  const core = around(MOST * total, { runs, kept });
  return {
    page,
    scores,
    words,
    kept,
    total,
    best,
    ofGroup,
    since,
    until,
    wordsSince,
    wordsUntil,
    section: sectionsOf(page, words, kept),
    core,
    shell: around(NEARLY_ALL * total, { runs, kept }),
    repeats: findRepeats(page, scores),
    main: mainOf(own),
    tags: tagsIn(core, page, scores),
  };
}

/** For each run what the first model would keep from there to the next heading, or from the heading before. */
function sectionsOf({ runs }: Page, words: Float64Array, kept: Float64Array): Float32Array {
  const section = new Float32Array(runs.length);
  for (let i = 0; i < runs.length; ) {
    let end = i + 1;
    while (end < runs.length && !(runs[end]!.block.element.tag.bits & HEADING)) end++;
    section.fill(ratio(kept[end]! - kept[i]!, words[end]! - words[i]!), i, end);
    i = end;
  }
  return section;
}

/** The smallest element that holds as much of what the first model would keep; it holds the middle of it. */
function around(least: number, { runs, kept }: { runs: readonly Run[]; kept: Float64Array }): Frame | undefined {
  const middle = kept[runs.length]! / 2;
  let from = 0;
  let to = runs.length - 1;
  while (from < to) {
    const at = (from + to) >> 1;
    if (kept[at + 1]! > middle) to = at;
    else from = at + 1;
  }
  let frame: Frame | null = runs[from]?.block ?? null;
  while (frame && kept[frame.end]! - kept[frame.first]! < least) frame = frame.outer;
  return frame ?? undefined;
}

function tagsIn(core: Frame | undefined, { runs }: Page, scores: Float32Array): Map<string, Mass> {
  const tags = new Map<string, Mass>();
  if (!core) return tags;
  for (let i = core.first; i < core.end; i++) {
    const { words, block } = runs[i]!;
    const { name } = block.element;
    let mass = tags.get(name);
    if (!mass) {
      mass = { words: 0, kept: 0, runs: 0 };
      tags.set(name, mass);
    }
    mass.words += words;
    mass.kept += words * scores[i]!;
    mass.runs++;
  }
  return tags;
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

/** Up to so many runs that may be body, each is looked for in all others; in longer pages in so many before and after. */
const ALL_RUNS = 800;
const NEAR_RUNS = 60;
/** From this score on. */
const LIKELY = 0.3;
/** Words of a text that is looked for. */
const FEWEST = 4;
const MOST_WORDS = 80;
/** What may stand around a pull quote's words, and not around them in the text. */
const MARKS = ' "\'“”„‟‘’‚‛«»‹›「」『』…–—-.,;:!';

function withoutMarks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && MARKS.includes(text[from]!)) from++;
  while (to > from && MARKS.includes(text[to - 1]!)) to--;
  return text.slice(from, to);
}

/** 1: the run's words stand in an earlier run that may be body; 2: in a later one; 0: nowhere else. */
function findRepeats({ runs }: Page, scores: Float32Array): Int8Array {
  const repeats = new Int8Array(runs.length);
  const likely = runs.filter((run) => scores[run.index]! > LIKELY);
  const starts: number[] = [];
  let whole = '';
  for (const { text } of likely) {
    starts.push(whole.length);
    whole += `${text}\n`;
  }
  const reach = likely.length <= ALL_RUNS ? likely.length : NEAR_RUNS;
  likely.forEach((run, i) => {
    if (run.words < FEWEST || run.words > MOST_WORDS) return;
    const text = withoutMarks(run.text);
    const from = starts[Math.max(0, i - reach)]!;
    const start = starts[i]! - from;
    const near = whole.slice(from, starts[i + reach + 1] ?? whole.length);
    if (near.indexOf(text) < start) repeats[run.index] = 1;
    else if (near.indexOf(text, start + text.length) >= 0) repeats[run.index] = 2;
  });
  return repeats;
}

/** Runs that a heading leads to, at most, up to the next heading of its rank. */
const LED = 6;

function aheadOf({ index, block }: Run, { page: { runs }, words, kept }: Surroundings): number {
  let end = index + 1;
  for (; end < runs.length && end <= index + LED; end++) {
    const other = runs[end]!.block.element;
    if (end > index + 1 && other.tag.bits & HEADING && other.name <= block.element.name) break;
  }
  return ratio(kept[end]! - kept[index + 1]!, words[end]! - words[index + 1]!);
}

/** Elements up from `main` to the one that holds the run too. */
const stepsTo = (main: Main | undefined, run: Run): number => {
  let steps = 0;
  for (let frame: Frame | null = main?.frame ?? null; frame; frame = frame.outer, steps++)
    if (run.index >= frame.first && run.index < frame.end) return steps;
  return -1;
};
const within = (frame: Frame | undefined, run: Run): number =>
  frame ? (frame.first <= run.index && run.index < frame.end ? run.block.depth - frame.depth : -1) : -2;

const keptIn = (frame: Frame, { kept }: Surroundings): number => kept[frame.end]! - kept[frame.first]!;
const wordsIn = (frame: Frame, { words }: Surroundings): number => words[frame.end]! - words[frame.first]!;
/** Of all others in the element. */
function restOf(frame: Frame, run: Run, around: Surroundings): number {
  return restBeside(wordsIn(frame, around), keptIn(frame, around), run, around);
}
function restBeside(words: number, kept: number, run: Run, { scores }: Surroundings): number {
  return words > run.words ? (kept - scores[run.index]! * run.words) / (words - run.words) : -1;
}

/** Runs before and behind whose scores are told. */
const OFFSETS = [-4, -3, -2, -1, 1, 2, 3, 4];

export const AROUND = new Table<Surroundings>([
  {
    names: ['score', ...OFFSETS.map((offset) => `score${offset}`)],
    write({ index }, { scores }, rows, at) {
      rows[at] = scores[index]!;
      for (let i = 0; i < OFFSETS.length; i++) rows[at + 1 + i] = scores[index + OFFSETS[i]!] ?? -1;
    },
  },
  {
    names: ['parent.mean', 'parent.best', 'parent.share', 'parent.rest', 'grand.mean', 'grand.share'],
    write(run, around, rows, at) {
      const { outer } = run.block;
      const grand = outer?.outer;
      rows[at] = outer ? ratio(keptIn(outer, around), wordsIn(outer, around)) : -1;
      rows[at + 1] = outer ? around.best[outer.index]! : -1;
      rows[at + 2] = outer ? ratio(keptIn(outer, around), around.total) : -1;
      rows[at + 3] = outer ? restOf(outer, run, around) : -1;
      rows[at + 4] = grand ? ratio(keptIn(grand, around), wordsIn(grand, around)) : -1;
      rows[at + 5] = grand ? ratio(keptIn(grand, around), around.total) : -1;
    },
  },
  {
    names: ['group.mean', 'group.share', 'group.rest'],
    write(run, around, rows, at) {
      const group = around.page.groups[run.index]!;
      const kept = around.ofGroup[group.first]!;
      rows[at] = ratio(kept, group.words);
      rows[at + 1] = ratio(kept, around.total);
      rows[at + 2] = restBeside(group.words, kept, run, around);
    },
  },
  {
    names: ['since', 'until', 'wordsSince', 'wordsUntil', 'ahead', 'section', 'place', 'massBefore', 'massAfter'],
    write(run, around, rows, at) {
      const { index } = run;
      const before = around.kept[index]!;
      rows[at] = around.since[index]!;
      rows[at + 1] = around.until[index]!;
      rows[at + 2] = log(around.wordsSince[index]!);
      rows[at + 3] = log(around.wordsUntil[index]!);
      rows[at + 4] = aheadOf(run, around);
      rows[at + 5] = around.section[index]!;
      rows[at + 6] = ratio(before, around.total);
      rows[at + 7] = log(before);
      rows[at + 8] = log(Math.max(0, around.total - before));
    },
  },
  {
    names: ['inCore', 'inShell', 'repeats', 'total', 'tag.rest', 'tag.runs'],
    write(run, around, rows, at) {
      const tag = around.tags.get(run.block.element.name);
      rows[at] = within(around.core, run);
      rows[at + 1] = within(around.shell, run);
      rows[at + 2] = around.repeats[run.index]!;
      rows[at + 3] = log(around.total);
      rows[at + 4] = tag ? restBeside(tag.words, tag.kept, run, around) : -1;
      rows[at + 5] = log(tag ? tag.runs : 0);
    },
  },
  {
    names: ['main.steps', 'main.place', 'main.own'],
    write(run, { main }, rows, at) {
      rows[at] = stepsTo(main, run);
      rows[at + 1] = main ? (run.index < main.first ? -1 : run.index >= main.end ? 1 : 0) : -2;
      rows[at + 2] = main && run.block.outer?.path === main.path ? 1 : 0;
    },
  },
  {
    names: ['box.rest', 'box.words', 'box.runs', 'box.links', 'box.kind'],
    write(run, around, rows, at) {
      const box = around.main && boxIn(around.main, run);
      rows[at] = box ? restOf(box, run, around) : -2;
      rows[at + 1] = box ? log(wordsIn(box, around)) : -1;
      rows[at + 2] = box ? log(box.end - box.first) : -1;
      rows[at + 3] = box ? ratio(box.linkChars, box.chars) : -1;
      rows[at + 4] = box ? kindOf(box) : -1;
    },
  },
]);
