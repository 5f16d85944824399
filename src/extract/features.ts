/**
 * What the model is told of a run, as numbers. In: the cut page and the page's own words about itself. Out: one row of
 * numbers a run. Two tables: SHAPE is what the page shows before anything is judged; AROUND is told to the second model
 * only, which knows what the first thought of the run's neighbourhood.
 */
import { type Cut, type Frame, IN, type Run } from './blocks.js';
import { SearchedText } from './searched-text.js';
import { SourceNames } from './source-names.js';
import { HEADING } from './tags.js';
import type { Names } from './tokens.js';
import { squeeze, WordEnds, wordsIn } from './words.js';

/** Log odds that an element with this word in its class, or a run with this word in its text, is body. */
export interface Lexicon {
  readonly names: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
}

/** What the page says of itself, read once. */
export interface PageSense {
  readonly headline: Run | undefined;
  /** `squeeze`d; empty where there is none. */
  readonly jsonLdBody: string;
  readonly description: string;
}

/** Numbers kept of an element's names: of the element itself, and over the element and all above. */
const NAME = { sum: 0, min: 1, max: 2, pathSum: 3, pathMin: 4, pathMax: 5 } as const;
const NAME_PARTS = 6;

interface Group {
  runs: number;
  words: number;
  chars: number;
  linkChars: number;
  first: number;
  last: number;
}

export interface Page {
  readonly runs: readonly Run[];
  readonly sense: PageSense;
  /** `NAME_PARTS` numbers for each frame: see `nameOf`. */
  readonly names: Float64Array;
  /** By the run's index. */
  readonly groups: readonly Group[];
  readonly copies: ReadonlyMap<string, number>;
  /** Words of the headline. */
  readonly headlineWords: ReadonlySet<string>;
  readonly headlineTable: SourceNames<unknown>;
  readonly words: WordSenses;
  /** Each run's text, `squeeze`d: empty where it was not asked for yet. Read it by `squeezedOf`. */
  readonly squeezed: string[];
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
  /** For each run the heading that it stands under: the last before it. */
  readonly headings: readonly (Run | undefined)[];
  /** Runs of one tag in elements of one kind, by the run's index. */
  readonly alike: readonly Group[];
}

/** Words looked at from either end of a run. */
const EDGE = 6;
/** Longer runs are read at their ends alone. */
const WHOLE = 160;

export function wordsOf(text: string): readonly string[] {
  if (text.length <= WHOLE) return wordsIn(text);
  const start = wordsIn(text.slice(0, WHOLE / 2));
  const end = wordsIn(text.slice(-WHOLE / 2));
  return [...start.slice(0, EDGE), ...end.slice(-EDGE)];
}

const ends = new WordEnds();

/** Numbers kept of a run's words. */
const WORD = { first: 0, second: 1, last: 2, min: 3, max: 4, sum: 5, known: 6 } as const;
const WORD_PARTS = 7;

/** What a table says of the words at both ends of each run; read when it is first asked for. */
class WordSenses {
  /** `WORD_PARTS` numbers for each run. */
  readonly values: Float64Array;
  readonly #isRead: Uint8Array;
  readonly #table: Lexicon['words'];
  #said = 0;

  constructor(runs: number, table: Lexicon['words']) {
    this.values = new Float64Array(runs * WORD_PARTS);
    this.#isRead = new Uint8Array(runs);
    this.#table = table;
  }

  /** Where the numbers of a run stand. */
  at({ index, text }: Run): number {
    const at = index * WORD_PARTS;
    if (this.#isRead[index] === 1) return at;
    this.#isRead[index] = 1;
    this.#said = 0;
    if (text.length <= WHOLE) {
      const count = ends.read(text);
      this.#add(at, 0, Math.min(count, EDGE));
      this.#add(at, Math.max(EDGE, count - EDGE), count);
    } else {
      this.#add(at, 0, Math.min(ends.read(text.slice(0, WHOLE / 2)), EDGE));
      const count = ends.read(text.slice(-WHOLE / 2));
      this.#add(at, Math.max(0, count - EDGE), count);
    }
    return at;
  }

  #add(at: number, from: number, to: number): void {
    const { values } = this;
    for (let i = from; i < to; i++) {
      const weight = this.#table.get(ends.word(i));
      values[at + WORD.last] = weight ?? 0;
      if (weight !== undefined) {
        values[at + WORD.known]!++;
        values[at + WORD.sum]! += weight;
        if (weight < values[at + WORD.min]!) values[at + WORD.min] = weight;
        if (weight > values[at + WORD.max]!) values[at + WORD.max] = weight;
        if (this.#said === 0) values[at + WORD.first] = weight;
        if (this.#said === 1) values[at + WORD.second] = weight;
      }
      this.#said++;
    }
  }
}

/** Names are shared by all elements that have them, so their weights are too. */
function weightOf(of: Names, table: ReadonlyMap<string, number>): NonNullable<Names['weight']> {
  if (of.weight?.by === table) return of.weight;
  let sum = 0;
  let min = 0;
  let max = 0;
  for (const { text } of of.words) {
    const weight = table.get(text);
    if (weight === undefined) continue;
    sum += weight;
    if (weight < min) min = weight;
    if (weight > max) max = weight;
  }
  of.weight = { by: table, sum, min, max };
  return of.weight;
}

function senseOfNames(frames: readonly Frame[], table: Lexicon['names']): Float64Array {
  const names = new Float64Array(frames.length * NAME_PARTS);
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i]!;
    const { sum, min, max } = weightOf(frame.names, table);
    const at = i * NAME_PARTS;
    const above = frame.parent ? frame.parent.index * NAME_PARTS : -1;
    names[at + NAME.sum] = sum;
    names[at + NAME.min] = min;
    names[at + NAME.max] = max;
    names[at + NAME.pathSum] = (above < 0 ? 0 : names[above + NAME.pathSum]!) * 0.9 + sum;
    names[at + NAME.pathMin] = Math.min(above < 0 ? 0 : names[above + NAME.pathMin]!, min);
    names[at + NAME.pathMax] = Math.max(above < 0 ? 0 : names[above + NAME.pathMax]!, max);
  }
  return names;
}

/** What the table of names says of an element; 0 for none. */
export function nameOf(page: Pick<Page, 'names'>, frame: Frame | null | undefined, part: keyof typeof NAME): number {
  return frame ? page.names[frame.index * NAME_PARTS + NAME[part]]! : 0;
}

const isProse = (run: Run): boolean => run.words >= 18 && run.linkChars < run.chars * 0.4;

const groupFrom = ({ index }: Run): Group => ({ runs: 0, words: 0, chars: 0, linkChars: 0, first: index, last: index });

function join(group: Group, run: Run): void {
  group.runs++;
  group.words += run.words;
  group.chars += run.chars;
  group.linkChars += run.linkChars;
  group.last = run.index;
}

export function sensePage(cut: Cut, sense: PageSense, lexicon: Lexicon): Page {
  const { runs } = cut;
  const groupOfPath = new Map<number, Group>();
  const groups: Group[] = [];
  const copies = new Map<string, number>();
  const before = new Float64Array(runs.length);
  const sinceProse = new Int32Array(runs.length);
  const untilProse = new Int32Array(runs.length);
  let chars = 0;
  const proseBefore = new Int32Array(runs.length + 1);
  const headings: (Run | undefined)[] = [];
  const alike: Group[] = [];
  const alikeIn = new Map<number, Map<string, Group>>();
  let heading: Run | undefined;
  let prose = -99;
  let firstHeading = -1;
  for (const run of runs) {
    before[run.index] = chars;
    chars += run.chars;
    let group = groupOfPath.get(run.frame.path);
    if (!group) {
      group = groupFrom(run);
      groupOfPath.set(run.frame.path, group);
    }
    join(group, run);
    groups.push(group);
    const outer = run.block.outer?.path ?? 0;
    let kinds = alikeIn.get(outer);
    if (!kinds) {
      kinds = new Map();
      alikeIn.set(outer, kinds);
    }
    let siblings = kinds.get(run.block.element.name);
    if (!siblings) {
      siblings = groupFrom(run);
      kinds.set(run.block.element.name, siblings);
    }
    join(siblings, run);
    alike.push(siblings);
    headings.push(heading);
    if (run.block.element.tag.bits & HEADING) heading = run;
    proseBefore[run.index + 1] = proseBefore[run.index]! + (isProse(run) ? 1 : 0);
    copies.set(run.text, (copies.get(run.text) ?? 0) + 1);
    sinceProse[run.index] = Math.min(run.index - prose, 99);
    if (isProse(run)) prose = run.index;
    if (firstHeading < 0 && run.block.element.name === 'h1') firstHeading = run.index;
  }
  prose = runs.length + 99;
  for (let i = runs.length - 1; i >= 0; i--) {
    untilProse[i] = Math.min(prose - i, 99);
    if (isProse(runs[i]!)) prose = i;
  }
  const headlineWords = new Set(sense.headline ? wordsIn(sense.headline.text) : []);
  return {
    runs,
    sense,
    names: senseOfNames(cut.frames, lexicon.names),
    groups,
    copies,
    headlineWords,
    headlineTable: new SourceNames([...headlineWords].map((word) => [word, true])),
    words: new WordSenses(runs.length, lexicon.words),
    squeezed: new Array<string>(runs.length).fill(''),
    inJsonLd: new SearchedText(sense.jsonLdBody),
    chars,
    before,
    sinceProse,
    untilProse,
    firstHeading,
    proseBefore,
    headings,
    alike,
  };
}

/** Kinds of element, by how often body text stands in them. */
export const KIND: Readonly<Record<string, number>> = {
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
const FRAME_KIND: Readonly<Record<string, number>> = {
  a: 1,
  span: 2,
  strong: 3,
  b: 3,
  em: 4,
  i: 4,
  time: 5,
  button: 6,
  label: 7,
  small: 8,
  cite: 9,
  font: 10,
};

const LOGS = Float64Array.from({ length: 4096 }, (_, value) => Math.log2(1 + value));
/** Most values are small counts; a list asked for a fraction would look for a name. */
export const log = (value: number): number => {
  const index = value | 0;
  return index === value && index >= 0 && index < LOGS.length ? LOGS[index]! : Math.log2(1 + value);
};
export const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
export const density = (of: { chars: number; linkChars: number } | null | undefined): number =>
  of ? ratio(of.linkChars, of.chars) : -1;
const up = (frame: Frame | null, steps: number): Frame | null => {
  for (let i = 0; i < steps && frame; i++) frame = frame.outer;
  return frame;
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

export function squeezedOf(run: Run, { squeezed }: Page): string {
  squeezed[run.index] ||= squeeze(run.text);
  return squeezed[run.index]!;
}

function inJson(run: Run, page: Page): number {
  if (page.sense.jsonLdBody === '') return -1;
  const text = run.words > 2 ? squeezedOf(run, page) : '';
  if (text === '') return -0.5;
  const { inJsonLd } = page;
  if (inJsonLd.has(text)) return 1;
  if (text.length < 60) return 0;
  return (inJsonLd.has(text.slice(0, 40)) ? 0.4 : 0) + (inJsonLd.has(text.slice(-40)) ? 0.4 : 0);
}

/** What the words say of the heading that a run stands under. */
const under = (run: Run, page: Page, part: keyof typeof WORD): number => {
  const heading = page.headings[run.index];
  return heading ? page.words.values[page.words.at(heading) + WORD[part]]! : 0;
};

function inDescription(run: Run, page: Page): number {
  const { description } = page.sense;
  if (description === '') return -1;
  const text = run.words > 2 ? squeezedOf(run, page) : '';
  if (text.length < 12) return 0;
  if (text === description) return 3;
  if (description.includes(text)) return 2;
  return text.includes(description.slice(0, 50)) ? 1 : 0;
}

type Feature = readonly [name: string, of: (run: Run, page: Page) => number];
/** Features that are made of the same things, written side by side. */
interface Features {
  readonly names: readonly string[];
  readonly write: (run: Run, page: Page, rows: Float32Array, at: number) => void;
}

const neighbour = (offset: number): Features => ({
  names: ['words', 'links', 'samePath', 'kind', 'together'].map((name) => `${name}${offset}`),
  write(run, page, rows, at) {
    const other = page.runs[run.index + offset];
    rows[at] = log(other ? other.words : -1);
    rows[at + 1] = density(other);
    rows[at + 2] = other && other.frame.path === run.frame.path ? 1 : 0;
    rows[at + 3] = (other && KIND[other.block.element.name]) ?? -1;
    rows[at + 4] = other && other.block.outer === run.block.outer ? 1 : 0;
  },
});

export const proseShare = (frame: Frame, { proseBefore }: Pick<Page, 'proseBefore'>): number =>
  ratio(proseBefore[frame.end]! - proseBefore[frame.first]!, proseBefore[proseBefore.length - 1]!);

/** Elements up from the run to the one that holds the headline too. */
function stepsToHeadline(run: Run, page: Page): number {
  const { headline } = page.sense;
  if (!headline) return -1;
  let steps = 0;
  for (let frame: Frame | null = run.block; frame; frame = frame.outer, steps++)
    if (frame.first <= headline.index && headline.index < frame.end) return Math.min(steps, 12);
  return 12;
}

/** The share of the page's prose in the element that holds run and headline. */
function proseWithHeadline(run: Run, page: Page): number {
  const { headline } = page.sense;
  if (!headline) return -1;
  for (let frame: Frame | null = run.block; frame; frame = frame.outer)
    if (frame.first <= headline.index && headline.index < frame.end) return proseShare(frame, page);
  return 1;
}

const container = (name: string, steps: number): Features => ({
  names: ['chars', 'share', 'links', 'runs', 'commas', 'paragraphs', 'mean', 'prose', 'media'].map(
    (part) => `${name}.${part}`,
  ),
  write(run, page, rows, at) {
    const frame = up(run.block, steps);
    const chars = frame ? frame.chars : 0;
    const runs = frame ? frame.end - frame.first : 0;
    rows[at] = log(frame ? chars : -1);
    rows[at + 1] = ratio(chars, page.chars);
    rows[at + 2] = density(frame);
    rows[at + 3] = log(runs);
    rows[at + 4] = ratio(frame ? frame.commas : 0, chars) * 100;
    rows[at + 5] = log(frame ? frame.paragraphs : 0);
    rows[at + 6] = ratio(chars, runs);
    rows[at + 7] = frame ? proseShare(frame, page) : -1;
    rows[at + 8] = frame ? ratio(frame.media, runs) : -1;
  },
});

const MASKS = Object.values(IN);
const inside: Features = {
  names: Object.keys(IN).map((name) => `in.${name}`),
  write(run, _, rows, at) {
    const { bits } = run.frame;
    for (let i = 0; i < MASKS.length; i++) rows[at + i] = bits & MASKS[i]! ? 1 : 0;
  },
};

const wordSenses: Features = {
  names: ['wordFirst', 'wordSecond', 'wordLast', 'wordMin', 'wordMax', 'wordSum', 'wordMean'],
  write(run, page, rows, at) {
    const { values } = page.words;
    const from = page.words.at(run);
    rows[at] = values[from + WORD.first]!;
    rows[at + 1] = values[from + WORD.second]!;
    rows[at + 2] = values[from + WORD.last]!;
    rows[at + 3] = values[from + WORD.min]!;
    rows[at + 4] = values[from + WORD.max]!;
    rows[at + 5] = values[from + WORD.sum]!;
    rows[at + 6] = ratio(values[from + WORD.sum]!, values[from + WORD.known]!);
  },
};

const siblings: Features = {
  names: ['group.runs', 'group.words', 'group.links', 'group.share', 'group.spread'],
  write(run, page, rows, at) {
    const group = page.groups[run.index]!;
    rows[at] = log(group.runs);
    rows[at + 1] = ratio(group.words, group.runs);
    rows[at + 2] = density(group);
    rows[at + 3] = ratio(group.chars, page.chars);
    rows[at + 4] = ratio(group.last - group.first + 1, group.runs);
  },
};

const TABLE: readonly (Feature | Features)[] = [
  ['chars', (run) => log(run.chars)],
  ['words', (run) => log(run.words)],
  ['links', (run) => ratio(run.linkChars, run.chars)],
  ['linkCount', (run) => run.links],
  ['bold', (run) => ratio(run.boldChars, run.chars)],
  ['digits', (run) => ratio(run.digits, run.chars)],
  ['capitals', (run) => ratio(run.capitals, run.chars)],
  ['capitalWords', (run) => ratio(run.capitals, run.words)],
  ['commas', (run) => run.commas],
  ['stops', (run) => run.stops],
  ['quotes', (run) => run.quotes],
  ['starts', (run) => edgeOf(run.text.charCodeAt(0))],
  ['ends', (run) => edgeOf(run.text.charCodeAt(run.text.length - 1))],
  ['afterBreak', (run) => (run.afterBreak ? 1 : 0)],
  ['lines', (run) => (run.text.includes('\n') ? 1 : 0)],
  ['kind', (run) => KIND[run.block.element.name] ?? 20],
  ['frameKind', (run) => (run.frame === run.block ? 0 : (FRAME_KIND[run.frame.element.name] ?? 11))],
  ['heading', (run) => (run.block.element.tag.bits & HEADING ? 1 : 0)],
  ['parentKind', (run) => KIND[run.block.parent?.element.name ?? ''] ?? 20],
  inside,
  ['depth', (run) => run.block.depth],
  ['position', (run, page) => ratio(run.index, page.runs.length)],
  ['charPosition', (run, page) => ratio(page.before[run.index]!, page.chars)],
  ['sinceProse', (run, page) => page.sinceProse[run.index]!],
  ['untilProse', (run, page) => page.untilProse[run.index]!],
  [
    'sinceHeadline',
    (run, page) => (page.sense.headline ? Math.max(-50, Math.min(99, run.index - page.sense.headline.index)) : 100),
  ],
  [
    'sinceFirstHeading',
    (run, page) => (page.firstHeading >= 0 ? Math.max(-50, Math.min(99, run.index - page.firstHeading)) : 100),
  ],
  [
    'charsSinceHeadline',
    (run, page) =>
      page.sense.headline ? (page.before[run.index]! - page.before[page.sense.headline.index]!) / 1000 : -99,
  ],
  ['isHeadline', (run, page) => (page.sense.headline && run.text === page.sense.headline.text ? 1 : 0)],
  ['withHeadline', (run, page) => (page.sense.headline ? shared(run, page) : -1)],
  ['copies', (run, page) => page.copies.get(run.text)!],
  ['inJson', inJson],
  ['inDescription', inDescription],
  ['names', (run, page) => nameOf(page, run.frame, 'sum')],
  ['blockNames', (run, page) => nameOf(page, run.block, 'sum')],
  ['parentNames', (run, page) => nameOf(page, run.block.parent, 'sum')],
  ['grandNames', (run, page) => nameOf(page, run.block.parent?.parent, 'sum')],
  ['pathNames', (run, page) => nameOf(page, run.frame, 'pathSum')],
  ['pathMin', (run, page) => nameOf(page, run.frame, 'pathMin')],
  ['pathMax', (run, page) => nameOf(page, run.frame, 'pathMax')],
  ['namesMin', (run, page) => nameOf(page, run.frame, 'min')],
  wordSenses,
  siblings,
  ['alike.runs', (run, page) => log(page.alike[run.index]!.runs)],
  ['alike.words', (run, page) => ratio(page.alike[run.index]!.words, page.alike[run.index]!.runs)],
  ['alike.links', (run, page) => density(page.alike[run.index])],
  ['alike.share', (run, page) => ratio(page.alike[run.index]!.chars, page.chars)],
  ['stepsToHeadline', stepsToHeadline],
  ['proseWithHeadline', proseWithHeadline],
  ['mediaBefore', (run) => Math.min(run.mediaBefore, 5)],
  ['mediaAfter', (run, page) => Math.min(page.runs[run.index + 1]?.mediaBefore ?? -1, 5)],
  ['under.since', (run, page) => Math.min(run.index - (page.headings[run.index]?.index ?? -99), 30)],
  ['under.min', (run, page) => under(run, page, 'min')],
  ['under.sum', (run, page) => under(run, page, 'sum')],
  ['under.level', (run, page) => KIND[page.headings[run.index]?.block.element.name ?? ''] ?? -1],
  ['placeInParent', (run) => (run.block.outer ? run.index - run.block.outer.first : 0)],
  ['restInParent', (run) => (run.block.outer ? run.block.outer.end - run.index : 0)],
  ['shareOfParent', (run) => ratio(run.chars, run.block.outer?.chars ?? 0)],
  container('block', 0),
  container('parent', 1),
  container('grand', 2),
  container('great', 3),
  neighbour(-1),
  neighbour(1),
  neighbour(-2),
  neighbour(2),
  ['page.runs', (_, page) => log(page.runs.length)],
  ['page.chars', (_, page) => log(page.chars)],
];

/** Names of a row's numbers, in their order. */
export const SHAPE: readonly string[] = TABLE.flatMap((entry) => ('names' in entry ? entry.names : [entry[0]]));

/** Those that write several numbers, with the place of the first; and the others, with theirs. */
const MANY: (readonly [write: Features['write'], place: number])[] = [];
const ONE: (readonly [of: Feature[1], place: number])[] = [];
let width = 0;
for (const entry of TABLE) {
  if ('names' in entry) {
    MANY.push([entry.write, width]);
    width += entry.names.length;
  } else ONE.push([entry[1], width++]);
}

/** Share of the longer text's words that both have. */
function shared(run: Run, { headlineWords: other, headlineTable }: Page): number {
  if (run.words > 40 || !hasAny(run.text, headlineTable)) return 0;
  const words = new Set(wordsIn(run.text));
  let common = 0;
  for (const word of words) if (other.has(word)) common++;
  return ratio(common, Math.max(words.size, other.size));
}

function hasAny(text: string, table: SourceNames<unknown>): boolean {
  const count = ends.read(text);
  for (let i = 0; i < count; i++) if (ends.find(table, i) !== undefined) return true;
  return false;
}

/** A row for each of `runs`. */
export function shapeRows(page: Page, runs = page.runs): Float32Array {
  const rows = new Float32Array(runs.length * width);
  for (let i = 0, row = 0; i < runs.length; i++, row += width) {
    const run = runs[i]!;
    for (let j = 0; j < MANY.length; j++) MANY[j]![0](run, page, rows, row + MANY[j]![1]);
    for (let j = 0; j < ONE.length; j++) rows[row + ONE[j]![1]] = ONE[j]![0](run, page);
  }
  return rows;
}
