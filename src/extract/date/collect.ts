/**
 * Every date that a page gives. In: the witnesses and where the article stands. Out: candidates with what they are
 * of, where they were read and how near to the article. Never: a choice between them.
 */

import { offsetMinutes } from '../../clock.js';
import { isUrl, normalizeUrl } from '../../url.js';
import type { Run } from '../body/blocks.js';
import { type Candidate, describe, type Source } from '../candidate.js';
import { type JsonObject, textValue, valuesOf } from '../data/json-ld.js';
import { STATED_DATES } from '../page/attributes.js';
import type { Element, Parent } from '../page/tree.js';
import { oneLine, visibleText } from '../page/visible.js';
import type { Witnesses } from '../witnesses.js';
import { readAddressDate } from './address.js';
import { hasDigit, OTHER_DIGITS } from './digits.js';
import { readMachineDate } from './machine.js';
import { atOffset, dayOf, epochOf, type Moment } from './moment.js';
import { type ArticlePlace, nearness, Surroundings } from './place.js';
import {
  LINKED_DATES,
  MAX_STATE_KEY,
  META_DATES,
  metaPlace,
  OTHER_TEXT,
  PROPERTY_DATES,
  PUBLISHED_TEXT,
  type Role,
  STATE_DATE,
  STATE_KEY,
  stateWeight,
} from './places.js';
import { type FoundDate, readDates } from './read.js';
import { readRelative } from './relative.js';
import { roleAlone, roleAmong, roleOf, roleOfText } from './roles.js';
import { unglue } from './unglue.js';
import { countryOf, countryOffset } from './zone.js';

/** What a date was read from. */
export type DateKind = 'linked' | 'beside' | 'meta' | 'property' | 'url' | 'time' | 'shown' | 'text' | 'state';

/** Where the order of day and month is beyond doubt. */
const SURE_KINDS: ReadonlySet<DateKind> = new Set(['linked', 'beside', 'meta', 'url', 'time']);

export interface DateCandidate extends Candidate<Moment> {
  readonly role: Role;
  readonly kind: DateKind;
  /** Whether a word beside it says that it is of publication. */
  readonly labelled: boolean;
  readonly ambiguous: boolean;
  /** Of a date that readers see: how much of its line it is, 0 to 1. */
  readonly share: number | undefined;
  /** Where it stands on the page, in document order. */
  readonly order: number | undefined;
  /** The value's day, or its month where it has no day: `2017-11-23`. */
  readonly day: string;
}

/** Where no fetch time bounds them: later years are sell-by dates and terms, and "98" is 1998. */
export const LATEST_YEAR = 2040;
const EARLIEST_YEAR = 1980;
const DAY_MS = 86_400_000;
/** Visible dates that are looked at; pages with more are lists. */
const MAX_MARKED = 120;
const MAX_LINES = 80;
/** Longer lines are prose. */
const MAX_TOLD = 280;
/** Longer lines behind the body are no notes on it. */
const MAX_NOTE = 700;
/** Nodes from the body's start in which a paragraph may begin with the date. */
const MAX_DEPTH = 40;
/** Where a note says when the article was published, it says so early. */
const NOTE_HEAD = 160;
/** Weight of a line far from the article that speaks of publication. */
const TOLD = 0.12;

export function collectDates(witnesses: Witnesses, place: ArticlePlace): DateCandidate[] {
  const fetched = witnesses.input.fetchedAt === undefined ? Number.NaN : Date.parse(witnesses.input.fetchedAt);
  const collector = new Collector(witnesses, place, fetched);
  collector.machine();
  collector.marked();
  collector.lines();
  collector.settleOrder();
  const { candidates } = collector;
  // What a feed tells may be a day alone, whose time the page shows.
  const hasPublished = (least: number) =>
    candidates.some(
      ({ role, weight, value, from }) => role === 'published' && weight >= least && value.day && from !== 'feed',
    );
  if (!hasPublished(MIN_YEARLESS)) collector.yearless();
  if (!hasPublished(MIN_YEARLESS)) collector.ownTeaser();
  if (!hasPublished(MIN_SHOWN)) collector.state();
  return candidates;
}

interface Found {
  readonly role: Role;
  readonly weight: number;
  readonly from: Source;
  readonly where: string;
  readonly kind: DateKind;
  readonly labelled?: boolean;
  readonly ambiguous?: boolean;
  readonly share?: number;
  readonly order?: number;
}

/** Longer lines without a year are prose: "On 24 June, …". */
const MAX_YEARLESS = 48;
/** Weaker witnesses of a date are looked beyond, and lines without a year that are weaker are not kept. */
const MIN_YEARLESS = 0.3;
/** Weaker witnesses than this leave room for those in the page's state. */
const MIN_SHOWN = 0.6;
/** How far the date is trusted that stands beside a link to the page itself. */
const OWN_TEASER = 0.3;
/** Nodes of a teaser. */
const MAX_TEASER = 30;
/** How far a date is trusted whose year is not told. */
const YEARLESS = 0.5;
/** One or two digits at a time: no year. */
const YEARLESS_LINE = /^\P{Nd}*(?:\p{Nd}{1,2}(?:\P{Nd}+|$))+$/u;
/** Has all days of all years. */
const LEAP_YEAR = 2024;
/** Different keys of dates in a script; those of articles have few. */
const MAX_STATE_KEYS = 8;
/** Characters before a date that say what it is of. */
const MAX_LABEL = 24;
const BARS = /[|·•]/;
/** Parts of a line of details that are looked at. */
const MAX_PARTS = 6;

/** What stands in a visible text. */
interface Reading {
  readonly text: string;
  readonly dates: readonly FoundDate[];
  /** A time told from the fetch, where there are no dates; null: none. */
  counted?: Moment | null;
}

const published = (): Role => 'published';

class Collector {
  readonly candidates: DateCandidate[] = [];
  readonly latestYear: number;
  constructor(
    readonly witnesses: Witnesses,
    readonly place: ArticlePlace,
    /** Epoch milliseconds, or NaN. */
    readonly fetched: number,
  ) {
    this.#surroundings = new Surroundings(place);
    this.latestYear = Number.isNaN(fetched) ? LATEST_YEAR : new Date(fetched).getUTCFullYear() + 1;
  }

  readonly #surroundings: Surroundings;
  #clock: number | undefined;

  #nearness(element: Element): number {
    return nearness(element.order, this.place) * this.#surroundings.weightOf(element);
  }

  /** Minutes that the clocks of the site's country are ahead of UTC, for what day "yesterday" was there; 0 where they differ. */
  #readClock(): number {
    const country = countryOf(this.witnesses.base);
    if (country === undefined) return 0;
    const fetched = new Date(this.fetched);
    const day = { year: fetched.getUTCFullYear(), month: fetched.getUTCMonth() + 1, day: fetched.getUTCDate() };
    return offsetMinutes(countryOffset(country, day));
  }

  #add(moment: Moment, found: Found): void {
    if (moment.year < EARLIEST_YEAR || moment.year > this.latestYear || found.weight <= 0) return;
    // Nothing is published after it was fetched; a day's grace for time zones.
    if (epochOf(moment) > this.fetched + 2 * DAY_MS) return;
    const value = this.#localMidnight(moment);
    const { role, weight, from, where, kind, labelled = false, ambiguous = false, share, order } = found;
    this.candidates.push({
      value,
      role,
      weight,
      from,
      where,
      kind,
      labelled,
      ambiguous,
      share,
      order,
      day: dayOf(value),
    });
  }

  /** "22:00:00Z" is how systems write a day of which they know no time, where that is midnight in the site's country. */
  #localMidnight(moment: Moment): Moment {
    if (moment.offset !== 'Z' || moment.minute !== 0 || moment.second !== 0 || !moment.hour) return moment;
    const country = countryOf(this.witnesses.base);
    if (country === undefined) return moment;
    const local = atOffset(moment, offsetMinutes(countryOffset(country, moment)));
    return local.hour === 0 && local.minute === 0 ? local : moment;
  }

  /** A machine's date, or a date in words where a machine's was meant. */
  #read(text: string | undefined): Moment | undefined {
    if (text === undefined || text.length > 200) return undefined;
    return readMachineDate(text) ?? this.#words(text)[0]?.moment;
  }

  #words(text: string) {
    const dates = readDates(text, { languages: this.place.languages, latestYear: this.latestYear });
    return dates.length > 0 && SPAN.test(text) ? dates.filter((date, i) => !isOfSpan(text, date, dates[i + 1])) : dates;
  }

  machine(): void {
    const { meta, article, linked, properties, input } = this.witnesses;
    for (const key in LINKED_DATES) if (article) this.#linked(article, key, 'linked', 1);
    for (const { object, types } of linked.things) {
      if (object === article || object.datePublished === undefined) continue;
      if (types.some((type) => /Page$/i.test(type))) this.#linked(object, 'datePublished', 'beside', 0.6);
      else if (types.some((type) => /Article$|Posting$/i.test(type)))
        this.#linked(object, 'datePublished', 'beside', 0.2);
    }
    for (const [name, values] of meta) {
      const known = metaPlace(name);
      if (!known) continue;
      const from = name.startsWith('article:') || name.startsWith('og:') ? 'opengraph' : 'meta';
      const { role, weight } = known;
      for (const value of values.slice(0, 3)) {
        const moment = META_DATES[name] ? this.#read(value) : readMachineDate(value);
        if (moment) this.#add(moment, { role, weight, from, where: name, kind: 'meta' });
      }
    }
    for (const name in PROPERTY_DATES) {
      const { role, weight } = PROPERTY_DATES[name]!;
      for (const element of properties.get(name)?.slice(0, 5) ?? []) {
        if (element.tag.name === 'meta') continue;
        const text = element.attribs.content ?? element.attribs.datetime ?? visibleText(element);
        const moment = this.#read(text);
        if (!moment) continue;
        const near = Math.max(0.4, this.#nearness(element));
        const where = describe(element);
        this.#add(moment, { role, weight: weight * near, from: 'microdata', where, kind: 'property' });
      }
    }
    const address = readAddressDate(input.url, this.latestYear);
    if (address) {
      const weight = address.day === undefined ? 0.1 : 0.62;
      this.#add(address, { role: 'published', weight, from: 'url', where: 'url', kind: 'url' });
    }
    const lead = this.#read(input.lead?.datePublished);
    // The site itself speaks of the article, as in a `<meta>` that names its publication.
    if (lead) this.#add(lead, { role: 'published', weight: 0.85, from: 'feed', where: 'lead', kind: 'meta' });
  }

  #linked(object: JsonObject, key: string, kind: DateKind, factor: number): void {
    const { role, weight } = LINKED_DATES[key]!;
    const { article, articleFrom, linked } = this.witnesses;
    const from = object === article ? articleFrom : 'json-ld';
    for (const value of valuesOf(linked, object, key).slice(0, 2)) {
      const moment = this.#read(textValue(value));
      if (moment) this.#add(moment, { role, weight: weight * factor, from, where: key, kind });
    }
  }

  /** `<time>` and elements whose class speaks of a date. */
  marked(): void {
    let read = 0;
    for (const element of this.witnesses.times) {
      if (element.end - element.order > 40) continue;
      const { attribs } = element;
      const isTime = element.tag.name === 'time';
      const near = this.#nearness(element);
      if (near < 0.15 && read > 30) continue;
      if (++read > MAX_MARKED) break;
      const shown = visibleText(element).slice(0, 300);
      const stated = statedDate(attribs, isTime);
      const moment = stated === undefined ? undefined : this.#read(stated);
      if (!moment && (shown === '' || !this.#mayTell(shown))) continue;
      const reading = this.#reading(shown);
      if (!moment && !this.#mayShow(reading)) continue;
      const where = describe(element);
      let role: Role | undefined;
      const itsRole = () => {
        role ??= roleOf(element, reading.text);
        return role;
      };
      if (moment)
        this.#add(moment, {
          role: itsRole(),
          weight: near * (isTime ? 0.78 : 0.7),
          from: 'markup',
          where,
          kind: 'time',
        });
      this.#shown(reading, itsRole, near * (isTime ? 0.66 : 0.6), where, 'shown', element.order);
    }
  }

  /** Visible lines near the headline, at the body's ends and at its very start, whatever their markup. */
  lines(): void {
    let left = MAX_LINES;
    const { runs, bodyStart, bodyEnd } = this.place;
    for (const run of runs) {
      if (left <= 0) break;
      const isLong = run.text.length > MAX_TOLD;
      const note = isLong && isNote(run, bodyEnd);
      const order = run.texts[0]!.order;
      const depth = bodyStart === undefined || note ? -1 : order - bodyStart;
      const isAtStart = depth >= 0 && depth < MAX_DEPTH;
      // Of long lines a note is read, and how the body begins; most runs have no digit.
      if (isLong && !note && !isAtStart) continue;
      if (run.digits === 0 && !OTHER_DIGITS.test(isLong ? run.text.slice(0, NOTE_HEAD) : run.text)) continue;
      const text = note ? run.text.slice(0, NOTE_HEAD) : run.text;
      // The date opens the first paragraph, or one behind a lead.
      const opensBody = isAtStart && (depth < 12 || /^[([]?\p{Nd}/u.test(text));
      if (text.length > MAX_TOLD && !opensBody) continue;
      const isWhole = run.digits > 0 && !opensBody && !note;
      if (!isWhole && !/\p{Nd}/u.test(opensBody ? text.slice(0, 60) : text)) continue;
      const near = nearness(order, this.place) * this.#surroundings.weightOf(run.block.element);
      // "Published on 1 May 2017" says so wherever it stands.
      const weight = near < TOLD && isTold(text) ? TOLD : near;
      if (weight < 0.1 || (text.length > 220 && !opensBody && !isTold(text))) continue;
      left--;
      // "MINSK, 23 November 2017 – …", "(21. November 2022) …": a date that a paragraph begins with.
      if (opensBody && text.length > 80)
        this.#shown(this.#asItStands(text.slice(0, 50)), published, weight * 0.3, 'text', 'text', order);
      else this.#line(run, text, weight);
    }
  }

  #line({ texts }: Run, text: string, weight: number): void {
    const reading = this.#reading(text);
    let role: Role | undefined;
    const itsRole = () => {
      role ??= roleOfText(reading.text);
      return role;
    };
    // Captions and sentences have dates too.
    const trust = weight * 0.55 * (text.length > 90 || (text.length > 60 && !isTold(text)) ? 0.6 : 1);
    if (this.#shown(reading, itsRole, trust, 'text', 'text', texts[0]!.order) || texts.length === 1) return;
    // Inline elements side by side: "Dec 05, 2023" and "2 Shares" without a space between.
    for (const part of texts.slice(0, 20)) {
      if (part.data.length < 60 && this.#mayTell(part.data))
        this.#shown(this.#asItStands(oneLine(part.data)), itsRole, trust, 'text', 'text', part.order);
    }
  }

  readonly #readings = new Map<string, Reading>();

  /** Elements inside each other, and the lines that they make, have the same text. */
  #reading(line: string): Reading {
    let reading = this.#readings.get(line);
    if (!reading) {
      reading = this.#asItStands(unglue(line));
      this.#readings.set(line, reading);
    }
    return reading;
  }

  #asItStands(text: string): Reading {
    return { text, dates: text === '' || text.length > 300 ? [] : this.#words(text) };
  }

  /** Whether a text may have a date: without a fetch time only one with a digit may. */
  #mayTell(text: string): boolean {
    return !Number.isNaN(this.fetched) || hasDigit(text);
  }

  /** A time told from the fetch. */
  #counted(reading: Reading): Moment | undefined {
    if (reading.counted === undefined) {
      reading.counted = null;
      if (Number.isNaN(this.fetched)) return undefined;
      const { text } = reading;
      // "Yesterday, 18:49 | Author: Jane Doe | Views: 1,284"
      for (const part of BARS.test(text) ? text.split(/\s*[|·•]\s*/, MAX_PARTS) : [text]) {
        this.#clock ??= this.#readClock();
        reading.counted = readRelative(part, this.place.languages, this.fetched, this.#clock) ?? null;
        if (reading.counted) break;
      }
    }
    return reading.counted ?? undefined;
  }

  /** Whether a visible text has a date, or may have one that tells no year. */
  #mayShow(reading: Reading): boolean {
    const { text, dates } = reading;
    return dates.length > 0 || (text.length <= MAX_YEARLESS && hasDigit(text)) || this.#counted(reading) !== undefined;
  }

  /** Adds the dates of a visible text; whether it has any. */
  #shown(reading: Reading, role: () => Role, weight: number, where: string, kind: DateKind, order: number): boolean {
    const { text, dates } = reading;
    if (text === '' || text.length > 300) return false;
    if (dates.length === 0) {
      if (weight >= MIN_YEARLESS && text.length <= MAX_YEARLESS && YEARLESS_LINE.test(text))
        this.#undated.push({ text, role: role(), weight, where, kind });
      const moment = this.#counted(reading);
      if (moment) this.#add(moment, { role: role(), weight: weight * 0.7, from: 'text', where, kind });
      return moment !== undefined;
    }
    dates.slice(0, 4).forEach((date, i) => {
      // "Published 1 May, updated 3 May" in one line: the word before each date says which it is.
      const before = text.slice(i === 0 ? 0 : dates[i - 1]!.end, date.start);
      if (OTHER_TEXT.test(before.slice(-MAX_LABEL))) return;
      const own = dates.length > 1 ? roleAmong(text, dates, i, role()) : roleAlone(text, date, role());
      const clock = this.#isToday(date.moment) ? 0.35 : 1;
      this.#add(date.moment, {
        role: own,
        weight: weight * clock * (i === 0 ? 1 : 0.8),
        from: 'text',
        where,
        kind,
        labelled: PUBLISHED_TEXT.test(before),
        ambiguous: date.ambiguous,
        share: (date.end - date.start) / text.length,
        order,
      });
    });
    return true;
  }

  /** "06/01/2026" where all that machines read says 6 January, not 1 June: the site's order is not its language's. */
  settleOrder(): void {
    if (!this.candidates.some(({ ambiguous }) => ambiguous)) return;
    const known = new Set(this.candidates.flatMap(({ kind, day }) => (SURE_KINDS.has(kind) ? [day] : [])));
    if (known.size === 0) return;
    this.candidates.forEach((candidate, i) => {
      const { value, ambiguous } = candidate;
      if (!ambiguous || known.has(candidate.day) || value.day === undefined || value.day > 12) return;
      const swapped = { ...value, month: value.day, day: value.month };
      const day = dayOf(swapped);
      if (known.has(day)) this.candidates[i] = { ...candidate, value: swapped, ambiguous: false, day };
    });
  }

  readonly #undated: { text: string; role: Role; weight: number; where: string; kind: DateKind }[] = [];

  /**
   * "23 Nov, 18:49": of the year that the page's source has with this month and day (`id="news20171123_41"`), that the
   * address or a feed names, or of the last year that had such a day before the fetch.
   */
  yearless(): void {
    const named = readAddressDate(this.witnesses.input.url, this.latestYear);
    const told = this.#read(this.witnesses.input.lead?.datePublished);
    const options = { languages: this.place.languages, latestYear: this.latestYear, assumedYear: LEAP_YEAR };
    for (const { text, weight, ...found } of this.#undated) {
      const moment = readDates(text, options)[0]?.moment;
      if (!moment) continue;
      const year = this.#yearInSource(moment) ?? named?.year ?? told?.year;
      if (year === undefined && Number.isNaN(this.fetched)) continue;
      const value = { ...moment, year: year ?? this.latestYear - 1 };
      if (epochOf(value) > this.fetched + 2 * DAY_MS) value.year--;
      this.#add(value, { ...found, weight: weight * YEARLESS, from: 'text', ambiguous: true });
    }
  }

  /** Lists of news on a page may have the page itself among them, with the date that it does not show elsewhere. */
  ownTeaser(): void {
    const { document, input, base, canonicalUrl } = this.witnesses;
    // A page that was read from a file or by a program may have no address.
    if (!isUrl(input.url)) return;
    const own = new Set([normalizeUrl(input.url), canonicalUrl]);
    const name = /[^/]{4,}\/?$/.exec(new URL(input.url).pathname)?.[0];
    if (name === undefined) return;
    for (const element of document.elements) {
      const { href } = element.attribs;
      if (!href?.includes(name) || href.includes('#') || !own.has(normalizeUrl(href, base))) continue;
      // The smallest box around the link that has dates, if it has one: a larger one holds other teasers too.
      let dates: readonly FoundDate[] = [];
      for (let box: Parent | null = element; box?.type === 'tag'; box = box.parent) {
        if (box.end - box.order > MAX_TEASER || dates.length > 0) break;
        dates = this.#words(unglue(visibleText(box).slice(0, 300)));
      }
      if (dates.length !== 1) continue;
      this.#add(dates[0]!.moment, {
        role: 'published',
        weight: OWN_TEASER,
        from: 'text',
        where: 'teaser of this page',
        kind: 'text',
        ambiguous: dates[0]!.ambiguous,
      });
      return;
    }
  }

  /** The one year that stands right before this month and day anywhere in the source. */
  #yearInSource({ month, day }: Moment): number | undefined {
    const two = (value: number) => String(value).padStart(2, '0');
    const dates = new RegExp(`(?<!\\d)(20\\d\\d)(?<mark>[-/_.]?)${two(month)}\\k<mark>${two(day!)}(?!\\d)`, 'g');
    const years = new Set<number>();
    for (const [, year] of this.witnesses.input.html.matchAll(dates)) years.add(Number(year));
    const [year] = years;
    return years.size === 1 && year! <= this.latestYear ? year : undefined;
  }

  /** Today's date stands in many page headers; an article of today has other witnesses too. */
  #isToday(moment: Moment): boolean {
    return moment.hour === undefined && Math.abs(epochOf(moment) - this.fetched) < DAY_MS / 2;
  }

  /** The day that most keys in the page's hydration state say, where nothing better is known. */
  state(): void {
    const days = new Map<string, { weight: number; found: { moment: Moment; key: string; weight: number }[] }>();
    for (const { text } of this.witnesses.document.scripts.slice(0, 200)) {
      const seen = new Set<string>();
      for (const { 1: value, index } of text.matchAll(STATE_DATE)) {
        const key = STATE_KEY.exec(text.slice(Math.max(0, index - MAX_STATE_KEY), index))?.[1];
        // Of each key the first: others are of other articles.
        if (key === undefined || seen.has(key) || seen.size >= MAX_STATE_KEYS) continue;
        const weight = stateWeight(key);
        const moment = weight > 0 ? readMachineDate(value!) : undefined;
        if (moment?.day === undefined) continue;
        seen.add(key);
        const day = days.get(dayOf(moment)) ?? { weight: 0, found: [] };
        day.weight += weight;
        day.found.push({ moment, key, weight });
        days.set(dayOf(moment), day);
      }
    }
    const [best] = [...days.values()].sort((a, b) => b.weight - a.weight);
    for (const { moment, key, weight } of best?.found ?? [])
      this.#add(moment, { role: 'published', weight, from: 'markup', where: `state ${key}`, kind: 'state' });
  }
}

/** Of a long line: "This entry was posted on Saturday, 3 December 2011 at 10:10 and is filed under …", behind the body. */
function isNote({ text, texts }: Run, bodyEnd: number | undefined): boolean {
  if (text.length > MAX_NOTE || !(texts.at(-1)!.order >= (bodyEnd ?? Infinity))) return false;
  return PUBLISHED_TEXT.test(text.slice(0, NOTE_HEAD));
}

/** Whether a line says that something was published. */
const isTold = (text: string): boolean => text.length < MAX_TOLD && PUBLISHED_TEXT.test(text);

/** From a year to another day: "March 12, 1938 – May 30, 2024". */
const SPAN = /\p{Nd}{4}\)?\s?(?:[–—-]|to|bis|au|al|до)\s?[\p{L}\p{Nd}†(]/u;
const SPAN_BEFORE = /\p{Nd}{4}\)?\s?(?:[–—-]|to|bis|au|al|до)\s?[†(]?\s?$/u;
/** Years between a first edition and the last change; a life is longer. */
const MIN_SPAN_YEARS = 2;

/** Whether a date is an end of a life, or of another long time. */
function isOfSpan(text: string, { moment, start, end }: FoundDate, next: FoundDate | undefined): boolean {
  const before = text.slice(0, start);
  if (SPAN_BEFORE.test(before)) {
    const year = Number(/\p{Nd}{4}(?=\P{Nd}*$)/u.exec(before)?.[0]);
    if (Math.abs(moment.year - year) >= MIN_SPAN_YEARS) return true;
  }
  return (
    next !== undefined &&
    Math.abs(next.moment.year - moment.year) >= MIN_SPAN_YEARS &&
    /^\s?[–—-]\s?[†(]?$/u.test(text.slice(end, next.start))
  );
}

function statedDate(attribs: Element['attribs'], isTime: boolean): string | undefined {
  if (attribs.dates)
    for (const name of STATED_DATES) if (attribs[name] !== undefined && attribs[name] !== '') return attribs[name];
  if (isTime && attribs.content !== undefined) return attribs.content;
  return attribs.title !== undefined && readMachineDate(attribs.title) ? attribs.title : undefined;
}
