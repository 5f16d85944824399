/**
 * Entries of a live blog, in the page's order, each with its time. In: the witnesses and the body as found so far. Out:
 * the entries, as linked data lists them or as the markup shows them: boxes of one kind side by side, each with a time
 * of its own; and the boxes, which say what of the body is in doubt no longer. Never: entries of a page that nothing calls a live blog, as comments
 * and lists of articles look alike.
 */
import { KEPT } from '../body/bar.js';
import { IN, type Run } from '../body/blocks.js';
import type { BodyResult } from '../body/body.js';
import { DOUBT } from '../body/score.js';
import { type JsonValue, textValue, valuesOf } from '../data/json-ld.js';
import { readMachineDate } from '../date/machine.js';
import { isoOf, type Moment } from '../date/moment.js';
import { WordList, wordsOf } from '../page/tokens.js';
import { after, type Element, type Parent } from '../page/tree.js';
import { visibleText } from '../page/visible.js';
import { fold } from '../text/words.js';
import { first, type Witnesses } from '../witnesses.js';

export interface LiveBlogEntry {
  readonly headline?: string;
  readonly datePublished?: string;
  readonly articleBody: string;
}

export interface LiveBlog {
  readonly entries: readonly LiveBlogEntry[];
  readonly from: 'json-ld' | 'markup';
}

/** An element with a time that is one of several side by side, and its text. */
export interface Box {
  readonly element: Element;
  /** Also what is in doubt alone: entries are several short lines with pictures between. */
  readonly runs: readonly Run[];
  /** Lines that say when, and are no text. */
  readonly times: readonly Run[];
}

const MAX_ENTRIES = 500;
/** Fewer boxes with times are found on many pages. */
const MIN_ENTRIES = 3;
/** Times that are looked at; the longest live blogs have some hundreds. */
const MAX_TIMES = 2000;
/** Elements above a time among which its entry is. */
const HEIGHT = 7;
/** Nodes of an entry among which its time is looked for. */
const MAX_NODES = 60;
/** Share of the body's text that must stand in the entries. */
const SHARE = 0.6;
/** From this score on, text in an entry is the entry's, and what is marked as a headline is its headline. */
const IN_ENTRY = 0.1;
const IN_HEADLINE = DOUBT;
/** Shorter lines with digits in them say when and who. */
const MAX_DETAILS = 60;
/** Longer lines are no headlines of entries. */
const MAX_HEADLINE = 200;
/** Class words of live blogs and of their parts. */
const LIVE_WORDS = new WordList(
  'live liveblog livefeed liveticker ticker newsticker livecenter livereport livetext directo envivo diretta tickaroo scribblelive',
);
const HEADING = /^h[1-6]$/;
const HEADLINE_WORDS = new WordList('title headline heading head titel titre titulo titolo');
/** What headlines and addresses of live blogs say, in the words of many languages. */
const LIVE_TEXT =
  /(?:^|[^\p{L}])(?:live|liveblog|liveticker|newsticker|ticker|en direct|en vivo|en directo|minuto a minuto|ao vivo|in diretta|diretta|na żywo|relacja|naživo|online přenos|liveuppdatering|direkte|canlı|uživo|élő|онлайн|прямой эфир|прямий ефір|наживо|ζωντανά|مباشر|לייב|زنده|लाइव|trực tiếp)(?:$|[^\p{L}])|速報|ライブ|实时|實時|直播|실시간|라이브|ถ่ายทอดสด/iu;

/** `boxes`: from `findBoxes`. `published`: of the page, ISO. */
export function readLiveBlog(witnesses: Witnesses, boxes: readonly Box[], published: string | undefined): LiveBlog {
  const linked = linkedEntries(witnesses);
  const shown = entriesOf(boxes, linked, published === undefined ? undefined : readMachineDate(published));
  // Linked data often lists the latest entries only, or the beginnings of all.
  return sizeOf(shown) > sizeOf(linked) ? { entries: shown, from: 'markup' } : { entries: linked, from: 'json-ld' };
}

const sizeOf = (entries: readonly LiveBlogEntry[]): number =>
  entries.reduce((sum, { articleBody }) => sum + articleBody.length, 0);

/** Of the page's article, or of a live blog of its name that is described beside it. */
function listedUpdates({ linked, article, meta, title }: Witnesses): readonly JsonValue[] {
  const own = valuesOf(linked, article, 'liveBlogUpdate');
  if (own.length > 0) return own.slice(0, MAX_ENTRIES);
  const blog = linked.things.find(({ types, path, object }) => {
    if (!types.includes('LiveBlogPosting') || !/^(?:@graph)?$/.test(path)) return false;
    const name = fold(textValue(object.headline) ?? textValue(object.name) ?? '');
    const names = [first(meta, 'og:title'), title].map((own) => fold(own ?? ''));
    return name !== '' && names.some((own) => own.includes(name) || (own !== '' && name.includes(own)));
  });
  return valuesOf(linked, blog?.object, 'liveBlogUpdate').slice(0, MAX_ENTRIES);
}

/** As linked data lists them. */
export function linkedEntries(witnesses: Witnesses): LiveBlogEntry[] {
  return listedUpdates(witnesses).flatMap(linkedEntry);
}

function linkedEntry(value: JsonValue): LiveBlogEntry[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const articleBody = textValue(value.articleBody) ?? textValue(value.description);
  if (articleBody === undefined) return [];
  return [entryOf(textValue(value.headline), readMachineDate(textValue(value.datePublished) ?? ''), articleBody)];
}

const entryOf = (headline: string | undefined, moment: Moment | undefined, articleBody: string): LiveBlogEntry => ({
  ...(headline !== undefined && { headline }),
  ...(moment && { datePublished: isoOf(moment) }),
  articleBody,
});

/** The boxes that hold most of the body, in page order; none where there is no live blog. */
export function findBoxes(
  witnesses: Witnesses,
  headline: string | undefined,
  { runs, scores }: BodyResult,
): readonly Box[] {
  const { times, articleTypes, input } = witnesses;
  const isLive =
    articleTypes.includes('LiveBlogPosting') ||
    listedUpdates(witnesses).length > 0 ||
    LIVE_TEXT.test(headline ?? '') ||
    LIVE_TEXT.test(wordsOfPath(input.url));
  // No row is called live of which no time is.
  if (!isLive && !times.some((time) => isCalledLive(time, 2 * HEIGHT))) return [];
  const marked = new Set(times);
  // Class words that speak of dates stand on headlines too: `publication-font`.
  const isTime = ({ block, frame, text, digits }: Run): boolean =>
    text.length <= MAX_DETAILS &&
    [frame.element, block.element].some(
      (element) => element.name === 'time' || (digits > 0 && !HEADING.test(element.name) && marked.has(element)),
    );
  const isText = (run: Run): boolean => {
    if (isTime(run)) return false;
    const score = scores[run.index]!;
    if (score >= KEPT) return true;
    if (run.linkChars >= run.chars || (run.block.bits & (IN.caption | IN.figure)) !== 0) return false;
    return isHeadline(run)
      ? score >= IN_HEADLINE
      : score >= IN_ENTRY && (run.digits === 0 || run.text.length > MAX_DETAILS);
  };
  const kept = runs.filter((run) => scores[run.index]! >= KEPT);
  let best: readonly Box[] = [];
  for (const row of rowsOf(times.slice(0, MAX_TIMES))) {
    if (row.length < MIN_ENTRIES || !(isLive || row.some((element) => isCalledLive(element, HEIGHT)))) continue;
    const boxes = row.map((element): Box => {
      const inside = runsIn(element, runs);
      return { element, runs: inside.filter(isText), times: inside.filter(isTime) };
    });
    const inside = inkOf(boxes.flatMap((box) => box.runs));
    const first = row[0]!.order;
    const last = row.at(-1)!.end;
    const outside = inkOf(kept.filter(({ texts }) => texts[0]!.order < first || texts[0]!.order > last));
    const filled = boxes.filter((box) => box.runs.length > 0).length;
    if (filled < MIN_ENTRIES || inside < SHARE * (inside + outside)) continue;
    if (filled > best.length) best = boxes.filter((box) => box.runs.length > 0);
  }
  return best;
}

const inkOf = (runs: readonly Run[]): number => runs.reduce((sum, { chars }) => sum + chars, 0);

/** For each place where elements of one name stand side by side: those that hold a time, in page order. */
function rowsOf(times: readonly Element[]): Iterable<readonly Element[]> {
  const rows = new Map<string, Element[]>();
  for (const time of times) {
    let element: Element = time;
    for (let height = 0; height < HEIGHT && element.parent.type === 'tag'; height++) {
      element = element.parent;
      const key = `${element.parent.order} ${element.tag.name} ${wordsOf(element)[0] ?? ''}`;
      const row = rows.get(key);
      if (!row) rows.set(key, [element]);
      else if (row.at(-1) !== element) row.push(element);
    }
  }
  return rows.values();
}

/** Runs stand in page order. */
function runsIn(element: Element, runs: readonly Run[]): Run[] {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.texts[0]!.order < element.order) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < runs.length && runs[end]!.texts[0]!.order <= element.end) end++;
  return runs.slice(low, end);
}

/** Whether an element's names, or those of the elements up to so far above it, are of a live blog. */
function isCalledLive(element: Element, height: number): boolean {
  let node: Parent = element;
  for (let step = 0; node.type === 'tag' && step < height; step++, node = node.parent) {
    if (LIVE_WORDS.names(node)) return true;
  }
  return false;
}

function entriesOf(
  boxes: readonly Box[],
  linked: readonly LiveBlogEntry[],
  published: Moment | undefined,
): LiveBlogEntry[] {
  const told = new Map(linked.map(({ headline, datePublished }) => [fold(headline ?? ''), datePublished]));
  const filled = boxes.slice(0, MAX_ENTRIES);
  const moments = withDays(
    filled.map(({ element }) => timeIn(element)),
    published,
  );
  return filled.map(({ runs }, i) => {
    const first = runs[0]!;
    const isHeaded = runs.length > 1 && first.text.length <= MAX_HEADLINE && isHeadline(first);
    const headline = isHeaded ? first.text.replaceAll('\n', ' ') : undefined;
    const entry = entryOf(headline, moments[i], (isHeaded ? runs.slice(1) : runs).map(({ text }) => text).join('\n\n'));
    const datePublished = told.get(fold(headline ?? '')) ?? entry.datePublished;
    return datePublished === undefined ? entry : { ...entry, datePublished };
  });
}

function isHeadline({ block }: Run): boolean {
  const { name } = block.element;
  return (
    HEADING.test(name) ||
    HEADLINE_WORDS.isIn(block.names) ||
    (block.parent !== null && HEADLINE_WORDS.isIn(block.parent.names))
  );
}

const STATED = [
  'datetime',
  'data-datetime',
  'data-timestamp',
  'data-time',
  'data-post-time',
  'data-sort-time',
  'content',
  'title',
] as const;

interface Clock {
  readonly hour: number;
  readonly minute: number;
}

const isMoment = (time: Moment | Clock | undefined): time is Moment => time !== undefined && 'year' in time;

/** A moment that is stated for machines; or the time of day that is shown. */
function timeIn(box: Element): Moment | Clock | undefined {
  let clock: Clock | undefined;
  let node: ReturnType<typeof after> = box;
  for (let seen = 0; node && seen < MAX_NODES; seen++, node = after(node, box)) {
    if (node.type === 'text') continue;
    for (const name of STATED) {
      const moment = readMachineDate(node.attribs[name] ?? '');
      if (moment?.hour !== undefined) return moment;
    }
    const shown = clock === undefined && node.end - node.order < 6 ? CLOCK.exec(visibleText(node)) : null;
    const hour = shown && (Number(shown[1]) % (shown[3] ? 12 : 24)) + (/^p/i.test(shown[3] ?? '') ? 12 : 0);
    if (shown) clock = { hour: hour!, minute: Number(shown[2]) };
  }
  return clock;
}

const CLOCK = /^(\d{1,2})[:.h](\d{2})(?:\s?([ap])\.?m\.?)?(?:\s(?:Uhr|Ora|Uur))?$/i;

/** Times of day get their days by counting midnights from the oldest entry, which is of the day of publication. */
function withDays(
  times: readonly (Moment | Clock | undefined)[],
  published: Moment | undefined,
): (Moment | undefined)[] {
  if (times.some(isMoment) || published?.day === undefined)
    return times.map((time) => (isMoment(time) ? time : undefined));
  const clocks = times.map((time) => (time && !isMoment(time) ? time.hour * 60 + time.minute : undefined));
  const known = clocks.filter((clock) => clock !== undefined);
  const rising = known.filter((clock, i) => i > 0 && clock > known[i - 1]!).length;
  const newestFirst = rising < known.length / 2;
  const order = newestFirst ? [...clocks.keys()].reverse() : [...clocks.keys()];
  const moments: (Moment | undefined)[] = times.map(() => undefined);
  let days = 0;
  let before = 0;
  for (const i of order) {
    const clock = clocks[i];
    if (clock === undefined) continue;
    // An entry that was moved by some minutes is no midnight.
    if (clock < before - 60) days++;
    before = clock;
    const day = new Date(Date.UTC(published.year, published.month - 1, published.day + days));
    moments[i] = {
      year: day.getUTCFullYear(),
      month: day.getUTCMonth() + 1,
      day: day.getUTCDate(),
      hour: Math.floor(clock / 60),
      minute: clock % 60,
      second: 0,
    };
  }
  return moments;
}

function wordsOfPath(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path).replace(/[-_/]/g, ' ');
  } catch {
    return path;
  }
}
