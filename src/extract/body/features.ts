/**
 * What the models are told of a run, as numbers. In: the cut page and the page's own words about itself. Out: one row of
 * numbers a run. LOOK is what the first model is told; CLOSER what only the second asks, of the runs that have hope.
 * What the second knows of the run's neighbourhood, as the first judged it, is made in around.ts.
 */

import { HEADING } from '../page/tags.js';
import { hashesOf, MAX_WORDS, type Names } from '../page/tokens.js';
import { SearchedText } from '../text/searched-text.js';
import { hashEdges, squeeze } from '../text/words.js';
import { type Cut, type Frame, IN, type Run } from './blocks.js';
import { type Part, Table } from './rows.js';
import { STEPS, type WordWeights } from './word-weights.js';

/** What the page says of itself, read once. */
export interface PageSense {
  readonly headline: Run | undefined;
  /** `squeeze`d; empty where there is none. */
  readonly jsonLdBody: string;
  readonly description: string;
}

interface Group {
  runs: number;
  words: number;
  chars: number;
  linkChars: number;
  first: number;
  last: number;
}

/** What words say, by their hashes: those of elements' names, and those of texts. */
export interface Lexicon {
  readonly names: WordWeights;
  readonly words: WordWeights;
}

/** Numbers kept of an element's names: of the element itself, and over the element and all above. */
const NAME = { sum: 0, min: 1, pathSum: 2, pathMin: 3, pathMax: 4 } as const;
const NAME_PARTS = Object.keys(NAME).length;

const hashes = new Int32Array(MAX_WORDS);

/** Names are shared by all elements that have them, so their weights are too. */
function weigh(names: Names, by: WordWeights): void {
  if (names.weighedBy === by) return;
  let [sum, min, max] = [0, 0, 0];
  const count = hashesOf(names, hashes);
  for (let i = 0; i < count; i++) {
    const weight = by.stepsOf(hashes[i]!);
    sum += weight / STEPS;
    if (weight < min) min = weight;
    if (weight > max) max = weight;
  }
  names.weighedBy = by;
  names.sum = sum;
  names.minSteps = min;
  names.maxSteps = max;
}

/** `NAME_PARTS` numbers for each frame, and then zeros for none. */
function senseOfNames(frames: readonly Frame[], table: WordWeights): Float32Array {
  const names = new Float32Array((frames.length + 1) * NAME_PARTS);
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i]!;
    weigh(frame.names, table);
    const { sum } = frame.names;
    const min = frame.names.minSteps / STEPS;
    const max = frame.names.maxSteps / STEPS;
    const at = i * NAME_PARTS;
    const above = (frame.parent ? frame.parent.index : frames.length) * NAME_PARTS;
    names[at + NAME.sum] = sum;
    names[at + NAME.min] = min;
    names[at + NAME.pathSum] = names[above + NAME.pathSum]! * 0.9 + sum;
    names[at + NAME.pathMin] = Math.min(names[above + NAME.pathMin]!, min);
    names[at + NAME.pathMax] = Math.max(names[above + NAME.pathMax]!, max);
  }
  return names;
}

/** Words looked at from either end of a run. */
export const EDGE = 6;

/** Numbers kept of a run's words. */
const WORD = { first: 0, second: 1, last: 2, min: 3, max: 4, sum: 5, mean: 6 } as const;
const WORD_PARTS = Object.keys(WORD).length;
const edge = new Int32Array(2 * EDGE);

/** What a table says of the words at both ends of each run; read when it is first asked for. */
class WordSenses {
  /** `WORD_PARTS` numbers for each run. */
  readonly values: Float32Array;
  readonly #isRead: Uint8Array;
  readonly #weights: WordWeights;

  constructor(runs: number, weights: WordWeights) {
    this.values = new Float32Array(runs * WORD_PARTS);
    this.#isRead = new Uint8Array(runs);
    this.#weights = weights;
  }

  /** Where the numbers of a run stand. */
  at({ index, text }: Run): number {
    const at = index * WORD_PARTS;
    if (this.#isRead[index] === 1) return at;
    this.#isRead[index] = 1;
    const { values } = this;
    const count = hashEdges(text, EDGE, edge);
    let [sum, known, min, max, last] = [0, 0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const weight = this.#weights.of(edge[i]!);
      last = weight;
      if (weight === 0) continue;
      known++;
      sum += weight;
      if (weight < min) min = weight;
      if (weight > max) max = weight;
      if (i < 2) values[at + i] = weight;
    }
    values[at + WORD.last] = last;
    values[at + WORD.min] = min;
    values[at + WORD.max] = max;
    values[at + WORD.sum] = sum;
    values[at + WORD.mean] = ratio(sum, known);
    return at;
  }
}

export interface Page {
  readonly runs: readonly Run[];
  readonly sense: PageSense;
  /** What kind of element makes each run's lines: see KIND. */
  readonly kinds: Int8Array;
  /** By the run's index. */
  readonly groups: readonly Group[];
  /** How often each short text stands on the page. */
  readonly copies: ReadonlyMap<string, number>;
  /** See `senseOfNames`. */
  readonly names: Float32Array;
  readonly words: WordSenses;
  readonly inJsonLd: SearchedText;
  readonly chars: number;
  /** Characters before each run. */
  readonly before: Float64Array;
  /** For each run the distance, in runs, to the last and to the next that looks like prose. */
  readonly sinceProse: Int32Array;
  readonly untilProse: Int32Array;
  readonly firstHeading: number;
  /** Runs that look like prose, before each run and over all. */
  readonly proseBefore: Int32Array;
  /** For each run the index of the heading that it stands under, the last before it; -1: none. */
  readonly headings: Int32Array;
  /** Runs of one tag in elements of one kind, by the run's index. */
  readonly alike: readonly Group[];
  /** CONTAINER_PARTS numbers for each element that was asked for; after them those for none. */
  readonly containers: Float32Array;
  readonly isMeasured: Uint8Array;
}

/** Longer texts, in signs, hardly stand on a page twice. */
const SHORT = 80;

const isProse = (run: Run): boolean => run.words >= 18 && run.linkChars < run.chars * 0.4;

const groupFrom = ({ index }: Run): Group => ({ runs: 0, words: 0, chars: 0, linkChars: 0, first: index, last: index });

function join(group: Group, run: Run): void {
  group.runs++;
  group.words += run.words;
  group.chars += run.chars;
  group.linkChars += run.linkChars;
  group.last = run.index;
}

function groupOf<K>(groups: Map<K, Group>, key: K, run: Run): Group {
  let group = groups.get(key);
  if (!group) {
    group = groupFrom(run);
    groups.set(key, group);
  }
  join(group, run);
  return group;
}

export function sensePage(cut: Cut, sense: PageSense, lexicon: Lexicon): Page {
  const { runs, frames } = cut;
  const groupOfPath = new Map<number, Group>();
  const groups: Group[] = [];
  const alikeIn = new Map<number, Group>();
  const alike: Group[] = [];
  const copies = new Map<string, number>();
  const kinds = new Int8Array(runs.length);
  const before = new Float64Array(runs.length);
  const sinceProse = new Int32Array(runs.length);
  const untilProse = new Int32Array(runs.length);
  const proseBefore = new Int32Array(runs.length + 1);
  const headings = new Int32Array(runs.length);
  let chars = 0;
  let heading = -1;
  let prose = -99;
  let firstHeading = -1;
  for (const run of runs) {
    const { index, block } = run;
    const { tag } = block.element;
    kinds[index] = kindOf(block);
    before[index] = chars;
    chars += run.chars;
    groups.push(groupOf(groupOfPath, run.frame.path, run));
    alike.push(groupOf(alikeIn, ((block.outer?.path ?? 0) ^ Math.imul(tag.hash, 31)) | 0, run));
    headings[index] = heading;
    if (tag.bits & HEADING) heading = index;
    if (firstHeading < 0 && tag.name === 'h1') firstHeading = index;
    if (run.text.length <= SHORT) copies.set(run.text, (copies.get(run.text) ?? 0) + 1);
    sinceProse[index] = Math.min(index - prose, 99);
    proseBefore[index + 1] = proseBefore[index]!;
    if (!isProse(run)) continue;
    prose = index;
    proseBefore[index + 1]!++;
  }
  prose = runs.length + 99;
  for (let i = runs.length - 1; i >= 0; i--) {
    untilProse[i] = Math.min(prose - i, 99);
    if (proseBefore[i + 1]! > proseBefore[i]!) prose = i;
  }
  return {
    runs,
    sense,
    kinds,
    copies,
    groups,
    names: senseOfNames(frames, lexicon.names),
    words: new WordSenses(runs.length, lexicon.words),
    inJsonLd: new SearchedText(sense.jsonLdBody),
    chars,
    before,
    sinceProse,
    untilProse,
    firstHeading,
    proseBefore,
    headings,
    alike,
    containers: new Float32Array((frames.length + 1) * CONTAINER_PARTS),
    isMeasured: new Uint8Array(frames.length + 1),
  };
}

/** Kinds of element, by how often body text stands in them. */
const KIND: Readonly<Record<string, number>> = {
  p: 0,
  div: 1,
  li: 2,
  h1: 3,
  h2: 4,
  h3: 5,
  h4: 6,
  h5: 7,
  h6: 7,
  blockquote: 8,
  td: 9,
  th: 9,
  figcaption: 10,
  caption: 10,
  section: 11,
  article: 12,
  main: 12,
  pre: 13,
  dd: 14,
  dt: 14,
  header: 15,
  footer: 15,
  aside: 16,
  summary: 17,
  form: 18,
  body: 19,
  center: 19,
};
const OTHER_KIND = 20;
const kinds = new Map(Object.entries(KIND));

export const kindOf = (frame: Frame | null): number =>
  (frame ? kinds.get(frame.element.name) : undefined) ?? OTHER_KIND;

const LOGS = Float64Array.from({ length: 4096 }, (_, value) => Math.log2(1 + value));
/** Most values are small counts; a list asked for a fraction would look for a name. */
export const log = (value: number): number => {
  const index = value | 0;
  return index === value && index >= 0 && index < LOGS.length ? LOGS[index]! : Math.log2(1 + value);
};
export const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
export const density = (of: { chars: number; linkChars: number } | null | undefined): number =>
  of ? ratio(of.linkChars, of.chars) : -1;

/** Numbers of an element with text, in their order. */
export const PART = {
  chars: 0,
  share: 1,
  links: 2,
  runs: 3,
  commas: 4,
  paragraphs: 5,
  mean: 6,
  prose: 7,
  media: 8,
} as const;
const CONTAINER = Object.keys(PART);
const CONTAINER_PARTS = CONTAINER.length;
/** Numbers of an element, made when it is first asked for: where they stand in `page.containers`. */
export function measured(frame: Frame | null | undefined, page: Page): number {
  const { containers, isMeasured } = page;
  const index = frame ? frame.index : isMeasured.length - 1;
  const at = index * CONTAINER_PARTS;
  if (isMeasured[index] === 1) return at;
  isMeasured[index] = 1;
  measure(frame ?? null, page, containers, at);
  return at;
}

function measure(frame: Frame | null, page: Page, to: Float32Array, at: number): void {
  if (!frame) {
    to.fill(0, at, at + CONTAINER_PARTS);
    to[at + PART.chars] = to[at + PART.links] = to[at + PART.prose] = to[at + PART.media] = -1;
    return;
  }
  const { chars } = frame;
  const runs = frame.end - frame.first;
  to[at + PART.chars] = log(chars);
  to[at + PART.share] = ratio(chars, page.chars);
  to[at + PART.links] = density(frame);
  to[at + PART.runs] = log(runs);
  to[at + PART.commas] = ratio(frame.commas, chars) * 100;
  to[at + PART.paragraphs] = log(frame.paragraphs);
  to[at + PART.mean] = ratio(chars, runs);
  to[at + PART.prose] = proseShare(frame, page);
  to[at + PART.media] = ratio(frame.media, runs);
}

const proseShare = (frame: Frame, { proseBefore }: Page): number =>
  ratio(proseBefore[frame.end]! - proseBefore[frame.first]!, proseBefore[proseBefore.length - 1]!);

const ownText: Part<Page> = {
  names: ['words', 'links', 'bold', 'capitals', 'depth', 'kind', 'mediaBefore', 'shareOfParent'],
  write(run, page, rows, at) {
    rows[at] = log(run.words);
    rows[at + 1] = ratio(run.linkChars, run.chars);
    rows[at + 2] = ratio(run.boldChars, run.chars);
    rows[at + 3] = ratio(run.capitals, run.chars);
    rows[at + 4] = run.block.depth;
    rows[at + 5] = page.kinds[run.index]!;
    rows[at + 6] = Math.min(run.mediaBefore, 5);
    rows[at + 7] = ratio(run.chars, run.block.outer?.chars ?? 0);
  },
};

const MASKS = Object.values(IN);
const inside: Part<Page> = {
  names: Object.keys(IN).map((name) => `in.${name}`),
  write(run, _, rows, at) {
    const { bits } = run.frame;
    for (let i = 0; i < MASKS.length; i++) rows[at + i] = bits & MASKS[i]! ? 1 : 0;
  },
};

/** What the names of the elements around say. */
const nameSenses: Part<Page> = {
  names: ['names', 'namesMin', 'pathNames', 'pathMin', 'pathMax', 'blockNames', 'parentNames', 'grandNames'],
  write({ frame, block }, { names }, rows, at) {
    const from = frame.index * NAME_PARTS;
    for (let i = 0; i < NAME_PARTS; i++) rows[at + i] = names[from + i]!;
    rows[at + NAME_PARTS] = ofFrame(block, names);
    rows[at + NAME_PARTS + 1] = ofFrame(block.parent, names);
    rows[at + NAME_PARTS + 2] = ofFrame(block.parent?.parent, names);
  },
};
const ofFrame = (frame: Frame | null | undefined, names: Float32Array): number =>
  frame ? names[frame.index * NAME_PARTS + NAME.sum]! : 0;

/** Runs between, within what a model can make use of. */
const distance = (from: number, to: number): number => Math.max(-50, Math.min(99, to - from));

const place: Part<Page> = {
  names: [
    'charPosition',
    'sinceProse',
    'untilProse',
    'sinceHeadline',
    'charsSinceHeadline',
    'sinceFirstHeading',
    'under.since',
    'under.level',
  ],
  write({ index }, page, rows, at) {
    const { headline } = page.sense;
    const heading = page.headings[index]!;
    rows[at] = ratio(page.before[index]!, page.chars);
    rows[at + 1] = page.sinceProse[index]!;
    rows[at + 2] = page.untilProse[index]!;
    rows[at + 3] = headline ? distance(headline.index, index) : 100;
    rows[at + 4] = headline ? (page.before[index]! - page.before[headline.index]!) / 1000 : -99;
    rows[at + 5] = page.firstHeading >= 0 ? distance(page.firstHeading, index) : 100;
    rows[at + 6] = heading >= 0 ? Math.min(index - heading, 30) : 30;
    rows[at + 7] = heading >= 0 ? page.kinds[heading]! : -1;
  },
};

/** The innermost element that holds run and headline: how many elements up it is, and its share of the page's prose. */
const withHeadline: Part<Page> = {
  names: ['stepsToHeadline', 'proseWithHeadline'],
  write(run, page, rows, at) {
    const { headline } = page.sense;
    let steps = 0;
    let frame: Frame | null = headline ? run.block : null;
    for (; frame && headline && !(frame.first <= headline.index && headline.index < frame.end); frame = frame.outer)
      steps++;
    rows[at] = headline ? (frame ? Math.min(steps, MOST_STEPS) : MOST_STEPS) : -1;
    rows[at + 1] = headline ? (frame ? proseShare(frame, page) : 1) : -1;
  },
};
const MOST_STEPS = 12;

const alike: Part<Page> = {
  names: [
    ...['runs', 'words', 'links', 'share', 'spread'].map((part) => `group.${part}`),
    ...['runs', 'words', 'links', 'share'].map((part) => `alike.${part}`),
  ],
  write({ index }, page, rows, at) {
    const group = page.groups[index]!;
    rows[at] = log(group.runs);
    rows[at + 1] = ratio(group.words, group.runs);
    rows[at + 2] = density(group);
    rows[at + 3] = ratio(group.chars, page.chars);
    rows[at + 4] = ratio(group.last - group.first + 1, group.runs);
    const siblings = page.alike[index]!;
    rows[at + 5] = log(siblings.runs);
    rows[at + 6] = ratio(siblings.words, siblings.runs);
    rows[at + 7] = density(siblings);
    rows[at + 8] = ratio(siblings.chars, page.chars);
  },
};

/** Of the element itself, and of those around it that hold other text too. */
const AROUND_IT = ['block', 'parent', 'grand', 'great'];
const containers: Part<Page> = {
  names: AROUND_IT.flatMap((name) => CONTAINER.map((part) => `${name}.${part}`)),
  write(run, page, rows, at) {
    let frame: Frame | null | undefined = run.block;
    for (let i = 0; i < AROUND_IT.length; i++) {
      const from = measured(frame, page);
      for (let part = 0; part < CONTAINER_PARTS; part++) rows[at++] = page.containers[from + part]!;
      frame = frame?.outer;
    }
  },
};

const neighbour = (offset: number, names: readonly string[]): Part<Page> => ({
  names: names.map((name) => `${name}${offset}`),
  write(run, page, rows, at) {
    const other = page.runs[run.index + offset];
    rows[at] = other ? log(other.words) : -1;
    rows[at + 1] = density(other);
    rows[at + 2] = other ? page.kinds[other.index]! : -1;
  },
});
const NEIGHBOUR = ['words', 'links', 'kind'];

const wholePage: Part<Page> = {
  names: ['page.runs', 'page.chars'],
  write(_, page, rows, at) {
    rows[at] = log(page.runs.length);
    rows[at + 1] = log(page.chars);
  },
};

function edgeOf(code: number): number {
  if (Number.isNaN(code)) return 0;
  if (code >= 97 && code <= 122) return 1;
  if ((code >= 65 && code <= 90) || (code >= 0x410 && code <= 0x42f)) return 2;
  if (code >= 48 && code <= 57) return 3;
  if (code === 46 || code === 33 || code === 63 || code === 0x3002 || code === 0x2026 || code === 0x964) return 4;
  if (code === 58) return 5;
  if (code === 34 || code === 39 || (code >= 0x2018 && code <= 0x201f) || code === 0xab || code === 0xbb) return 6;
  if (code === 44 || code === 59) return 7;
  if (code === 40 || code === 41 || code === 91 || code === 93) return 8;
  if (code === 42 || code === 0x2022 || code === 45 || code === 0x2013 || code === 0x2014 || code === 0xb7) return 9;
  if (code === 0xa9 || code === 64 || code === 35) return 10;
  return code > 127 ? 11 : 12;
}

/** Of a longer text only as much at either end is looked for in what the page tells machines. */
const END = 60;

/** -1: there is none; -0.5: too short to tell; 0 to 1: as much of the text is in the body that JSON-LD gives. */
function inJson({ words, text }: Run, { sense, inJsonLd }: Page): number {
  if (sense.jsonLdBody === '') return -1;
  if (words < 3) return -0.5;
  if (text.length <= 2 * END) return inJsonLd.has(squeeze(text)) ? 1 : 0;
  const start = inJsonLd.has(squeeze(text.slice(0, END)));
  const end = inJsonLd.has(squeeze(text.slice(-END)));
  return (start ? 0.5 : 0) + (end ? 0.5 : 0);
}

/** Letters of the beginning by which a text is known not to be the description. */
const START = 24;
const LEAST = 12;

/** -1: there is none; 3: it is the text; 2: it holds the text; 1: the text begins with it; 0: neither. */
function inDescription({ words, text }: Run, { sense: { description } }: Page): number {
  if (description === '') return -1;
  if (words < 3 || text.length < LEAST || !description.includes(squeeze(text.slice(0, START)))) return 0;
  const whole = squeeze(text);
  if (whole === description) return 3;
  if (description.includes(whole)) return 2;
  return whole.startsWith(description.slice(0, 50)) ? 1 : 0;
}

const textItself: Part<Page> = {
  names: ['chars', 'capitalWords', 'ends', 'inJson', 'inDescription', 'copies'],
  write(run, page, rows, at) {
    rows[at] = log(run.chars);
    rows[at + 1] = ratio(run.capitals, run.words);
    rows[at + 2] = edgeOf(run.text.charCodeAt(run.text.length - 1));
    rows[at + 3] = inJson(run, page);
    rows[at + 4] = inDescription(run, page);
    rows[at + 5] = page.copies.get(run.text) ?? 1;
  },
};

/** Of the run, and of the heading that it stands under. */
const wordSenses: Part<Page> = {
  names: ['wordFirst', 'wordSecond', 'wordLast', 'wordMin', 'wordMax', 'wordSum', 'wordMean', 'under.min', 'under.sum'],
  write(run, { runs, words, headings }, rows, at) {
    const from = words.at(run);
    for (let i = 0; i < WORD_PARTS; i++) rows[at + i] = words.values[from + i]!;
    const heading = runs[headings[run.index]!];
    const under = heading ? words.at(heading) : -1;
    rows[at + WORD_PARTS] = heading ? words.values[under + WORD.min]! : 0;
    rows[at + WORD_PARTS + 1] = heading ? words.values[under + WORD.sum]! : 0;
  },
};

const closerPlace: Part<Page> = {
  names: ['position', 'parentKind', 'placeInParent', 'restInParent'],
  write(run, page, rows, at) {
    const { outer, parent } = run.block;
    rows[at] = ratio(run.index, page.runs.length);
    rows[at + 1] = kindOf(parent);
    rows[at + 2] = outer ? run.index - outer.first : 0;
    rows[at + 3] = outer ? outer.end - run.index : 0;
  },
};

/** What the first model is told. */
export const LOOK = new Table<Page>([
  ownText,
  inside,
  place,
  withHeadline,
  alike,
  containers,
  neighbour(-1, NEIGHBOUR),
  neighbour(1, NEIGHBOUR),
  nameSenses,
  wholePage,
]);
/** What only the second is told, beside the numbers of LOOK and AROUND. */
export const CLOSER = new Table<Page>([
  textItself,
  wordSenses,
  closerPlace,
  neighbour(-2, NEIGHBOUR),
  neighbour(2, NEIGHBOUR),
]);
