/**
 * Every date that a page gives. In: the witnesses and where the article stands. Out: candidates with what they are
 * of, where they were read and how near to the article. Never: a choice between them.
 */

import { offsetMinutes } from '../../clock.js';
import { STATED_DATES } from '../attributes.js';
import { type Candidate, describe, type Source } from '../candidate.js';
import { type JsonObject, textValue, valuesOf } from '../json-ld.js';
import type { Element, Parent } from '../tree.js';
import { oneLine, visibleText } from '../visible.js';
import type { Witnesses } from '../witnesses.js';
import { countryOf, countryOffset } from '../zone.js';
import { readAddressDate } from './address.js';
import { readMachineDate } from './machine.js';
import { atOffset, epochOf, type Moment } from './moment.js';
import { type ArticlePlace, nearness, placeWeight, surroundings } from './place.js';
import {
  LINKED_DATES,
  MAY_BE_DATE,
  META_DATES,
  MODIFIED_WORDS,
  PROPERTY_DATES,
  PUBLISHED_TEXT,
  PUBLISHED_WORDS,
  type Role,
  STATE_KEYS,
  UNKNOWN_META_DATE,
  UPDATED_TEXT,
} from './places.js';
import { type FoundDate, readDates } from './read.js';
import { readRelative } from './relative.js';

/** What a date was read from. */
export type DateKind = 'linked' | 'beside' | 'meta' | 'property' | 'url' | 'lead' | 'time' | 'shown' | 'text' | 'state';

export interface DateCandidate extends Candidate<Moment> {
  readonly role: Role;
  readonly kind: DateKind;
  /** Whether a word beside it says that it is of publication. */
  readonly labelled: boolean;
  readonly ambiguous: boolean;
}

/** Where no fetch time bounds them. */
export const LATEST_YEAR = 2100;
const EARLIEST_YEAR = 1980;
const DAY_MS = 86_400_000;
/** Visible dates that are looked at; pages with more are lists. */
const MAX_MARKED = 120;
const MAX_LINES = 80;
/** Longer lines are prose. */
const MAX_TOLD = 280;
/** Weight of a line far from the article that speaks of publication. */
const TOLD = 0.12;
/** Where digits beyond ASCII's stand. */
const OTHER_DIGITS = /[\u0660-\uffff]/;

export function collectDates(witnesses: Witnesses, place: ArticlePlace): DateCandidate[] {
  const fetched = witnesses.input.fetchedAt === undefined ? Number.NaN : Date.parse(witnesses.input.fetchedAt);
  const collector = new Collector(witnesses, place, fetched);
  collector.machine();
  collector.marked();
  collector.lines();
  const { candidates } = collector;
  if (!candidates.some(({ role, weight, value }) => role === 'published' && weight >= MIN_YEARLESS && value.day))
    collector.yearless();
  if (!candidates.some(({ role, weight }) => role === 'published' && weight >= 0.6)) collector.state();
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
}

/** Longer lines without a year are prose: "On 24 June, …". */
const MAX_YEARLESS = 48;
/** Weaker witnesses of a date are looked beyond, and lines without a year that are weaker are not kept. */
const MIN_YEARLESS = 0.3;
/** How far a date is trusted whose year is not told. */
const YEARLESS = 0.5;
const BARS = /[|·•]/;
/** Parts of a line of details that are looked at. */
const MAX_PARTS = 6;

class Collector {
  readonly candidates: DateCandidate[] = [];
  readonly latestYear: number;
  constructor(
    readonly witnesses: Witnesses,
    readonly place: ArticlePlace,
    /** Epoch milliseconds, or NaN. */
    readonly fetched: number,
  ) {
    this.latestYear = Number.isNaN(fetched) ? LATEST_YEAR : new Date(fetched).getUTCFullYear() + 1;
  }

  #clock: number | undefined;

  /** Minutes that the clocks of the site's country are ahead of UTC, for what day "yesterday" was there; 0 where they differ. */
  #readClock(): number {
    const country = countryOf(this.witnesses.base);
    if (country === undefined) return 0;
    const fetched = new Date(this.fetched);
    const day = { year: fetched.getUTCFullYear(), month: fetched.getUTCMonth() + 1, day: fetched.getUTCDate() };
    return offsetMinutes(countryOffset(country, day));
  }

  #add(moment: Moment | undefined, found: Found): void {
    if (!moment || moment.year < EARLIEST_YEAR || moment.year > this.latestYear || found.weight <= 0) return;
    // Nothing is published after it was fetched; a day's grace for time zones.
    if (epochOf(moment) > this.fetched + 2 * DAY_MS) return;
    this.candidates.push({ labelled: false, ambiguous: false, ...found, value: this.#localMidnight(moment) });
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
    return readDates(text, { languages: this.place.languages, latestYear: this.latestYear });
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
      const known =
        META_DATES[name] ??
        (MAY_BE_DATE.test(name) && UNKNOWN_META_DATE.test(name)
          ? { role: 'published' as const, weight: 0.4 }
          : undefined);
      if (!known) continue;
      const from = name.startsWith('article:') || name.startsWith('og:') ? 'opengraph' : 'meta';
      for (const value of values.slice(0, 3)) {
        const moment = META_DATES[name] ? this.#read(value) : readMachineDate(value);
        this.#add(moment, { ...known, from, where: name, kind: 'meta' });
      }
    }
    for (const name in PROPERTY_DATES) {
      const { role, weight } = PROPERTY_DATES[name]!;
      for (const element of properties.get(name)?.slice(0, 5) ?? []) {
        if (element.tag.name === 'meta') continue;
        const text = element.attribs.content ?? element.attribs.datetime ?? visibleText(element);
        const near = Math.max(0.4, placeWeight(element, this.place));
        this.#add(this.#read(text), {
          role,
          weight: weight * near,
          from: 'microdata',
          where: describe(element),
          kind: 'property',
        });
      }
    }
    const address = readAddressDate(input.url, this.latestYear);
    this.#add(address, {
      role: 'published',
      weight: address?.day === undefined ? 0.1 : 0.62,
      from: 'url',
      where: 'url',
      kind: 'url',
    });
    this.#add(this.#read(input.lead?.datePublished), {
      role: 'published',
      weight: 0.7,
      from: 'feed',
      where: 'lead',
      kind: 'lead',
    });
  }

  #linked(object: JsonObject, key: string, kind: DateKind, factor: number): void {
    const { role, weight } = LINKED_DATES[key]!;
    for (const value of valuesOf(this.witnesses.linked, object, key).slice(0, 2)) {
      this.#add(this.#read(textValue(value)), { role, weight: weight * factor, from: 'json-ld', where: key, kind });
    }
  }

  /** `<time>` and elements whose class speaks of a date. */
  marked(): void {
    let read = 0;
    for (const element of this.witnesses.times) {
      if (element.end - element.order > 40) continue;
      const { attribs } = element;
      const isTime = element.tag.name === 'time';
      const near = placeWeight(element, this.place);
      if (near < 0.15 && read > 30) continue;
      if (++read > MAX_MARKED) break;
      const text = unglue(visibleText(element).slice(0, 300));
      const role = roleOf(element, text);
      const where = describe(element);
      const stated = statedDate(attribs, isTime);
      this.#add(stated === undefined ? undefined : this.#read(stated), {
        role,
        weight: near * (isTime ? 0.78 : 0.7),
        from: 'markup',
        where,
        kind: 'time',
      });
      this.#shown(text, role, near * (isTime ? 0.66 : 0.6), where, 'shown');
    }
  }

  /** Visible lines near the headline, at the body's ends and at its very start, whatever their markup. */
  lines(): void {
    let left = MAX_LINES;
    const { runs, bodyStart } = this.place;
    for (const run of runs) {
      if (left <= 0) break;
      const { text } = run;
      const order = run.texts[0]!.order;
      // The date opens the first paragraph, or one behind a lead.
      const opensBody =
        bodyStart !== undefined && order >= bodyStart && order < bodyStart + (/^[([]?\p{Nd}/u.test(text) ? 40 : 12);
      if ((text.length > MAX_TOLD && !opensBody) || (run.digits === 0 && !OTHER_DIGITS.test(text))) continue;
      if (!/\p{Nd}/u.test(opensBody ? text.slice(0, 60) : text)) continue;
      const near = nearness(order, this.place) * surroundings(run.block.element, bodyStart);
      // "Published on 1 May 2017" says so wherever it stands.
      const isTold = text.length < MAX_TOLD && PUBLISHED_TEXT.test(text);
      const weight = isTold ? Math.max(near, TOLD) : near;
      if (weight < 0.1 || (text.length > 220 && !opensBody && !isTold)) continue;
      left--;
      if (opensBody && text.length > 80) {
        // "MINSK, 23 November 2017 – …", "(21. November 2022) …": a date that a paragraph begins with.
        this.#shown(text.slice(0, 50), 'published', weight * 0.3, 'text', 'text');
        continue;
      }
      const line = unglue(text);
      const role = roleOfText(line);
      // Captions and sentences have dates too.
      const trust = weight * 0.55 * (text.length > 90 || (text.length > 60 && !isTold) ? 0.6 : 1);
      const before = this.candidates.length;
      this.#shown(line, role, trust, 'text', 'text');
      if (this.candidates.length > before || run.texts.length === 1) continue;
      // Inline elements side by side: "Dec 05, 2023" and "2 Shares" without a space between.
      for (const part of run.texts.slice(0, 20)) {
        if (part.data.length < 60) this.#shown(oneLine(part.data), role, trust, 'text', 'text');
      }
    }
  }

  #shown(text: string, role: Role, weight: number, where: string, kind: DateKind): void {
    if (text === '' || text.length > 300) return;
    const dates = this.#words(text);
    if (dates.length === 0) {
      if (weight >= MIN_YEARLESS && text.length <= MAX_YEARLESS && /^\P{Nd}*(?:\p{Nd}{1,2}(?:\P{Nd}+|$))+$/u.test(text))
        this.#undated.push({ text, role, weight, where, kind });
      if (Number.isNaN(this.fetched)) return;
      // "Yesterday, 18:49 | Author: Jane Doe | Views: 1,284"
      for (const part of BARS.test(text) ? text.split(/\s*[|·•]\s*/, MAX_PARTS) : [text]) {
        this.#clock ??= this.#readClock();
        const moment = readRelative(part, this.place.languages, this.fetched, this.#clock);
        this.#add(moment, { role, weight: weight * 0.7, from: 'text', where, kind });
        if (moment) break;
      }
      return;
    }
    dates.slice(0, 4).forEach((date, i) => {
      // "Published 1 May, updated 3 May" in one line: the word before each date says which it is.
      const before = text.slice(i === 0 ? 0 : dates[i - 1]!.end, date.start);
      const own = dates.length > 1 ? roleAmong(text, dates, i, role) : role;
      const clock = this.#isToday(date.moment) ? 0.35 : 1;
      this.#add(date.moment, {
        role: own,
        weight: weight * clock * (i === 0 ? 1 : 0.8),
        from: 'text',
        where,
        kind,
        labelled: PUBLISHED_TEXT.test(before),
        ambiguous: date.ambiguous,
      });
    });
  }

  readonly #undated: { text: string; role: Role; weight: number; where: string; kind: DateKind }[] = [];

  /** "23 Nov, 18:49": of the year that the address names, or of the last year that had such a day before the fetch. */
  yearless(): void {
    const named = readAddressDate(this.witnesses.input.url, this.latestYear);
    if (named === undefined && Number.isNaN(this.fetched)) return;
    const assumedYear = named?.year ?? this.latestYear - 1;
    const options = { languages: this.place.languages, latestYear: this.latestYear, assumedYear };
    for (const { text, weight, ...found } of this.#undated) {
      const moment = readDates(text, options)[0]?.moment;
      if (!moment) continue;
      const isAhead = epochOf(moment) > this.fetched + 2 * DAY_MS;
      const value = isAhead ? { ...moment, year: moment.year - 1 } : moment;
      this.#add(value, { ...found, weight: weight * YEARLESS, from: 'text', ambiguous: true });
    }
  }

  /** Today's date stands in many page headers; an article of today has other witnesses too. */
  #isToday(moment: Moment): boolean {
    return moment.hour === undefined && Math.abs(epochOf(moment) - this.fetched) < DAY_MS / 2;
  }

  /** Dates in the page's hydration state, where nothing better is known. */
  state(): void {
    for (const { text } of this.witnesses.document.scripts.slice(0, 200)) {
      const places = placesOfKeys(text);
      for (const [key, weight] of STATE_KEYS) {
        const at = places.get(`${key}"`) ?? places.get(`${key}\\"`);
        if (at === undefined) continue;
        const after = text.slice(at + key.length, at + key.length + 80);
        const found = /^[\\"]{1,3}\s*:\s*[\\"]{0,3}([^"\\,}]{8,40})/.exec(after);
        const moment = found ? readMachineDate(found[1]!) : undefined;
        this.#add(moment, { role: 'published', weight, from: 'markup', where: `state ${key}`, kind: 'state' });
      }
    }
  }
}

/** Keys of dates with the quote behind them, escaped or not: all looked for at once, as states are long. */
let keysInState: RegExp | undefined;

/** Where each key stands first. */
function placesOfKeys(text: string): ReadonlyMap<string, number> {
  keysInState ??= new RegExp(`(?:${STATE_KEYS.map(([key]) => key).join('|')})\\\\?"`, 'g');
  const places = new Map<string, number>();
  for (const { 0: key, index } of text.matchAll(keysInState)) if (!places.has(key)) places.set(key, index);
  return places;
}

function statedDate(attribs: Element['attribs'], isTime: boolean): string | undefined {
  for (const name of STATED_DATES) if (attribs[name] !== undefined && attribs[name] !== '') return attribs[name];
  if (isTime && attribs.content !== undefined) return attribs.content;
  return attribs.title !== undefined && readMachineDate(attribs.title) ? attribs.title : undefined;
}

/** Inline elements side by side run into one word: "Jane DoeDec 5, 2023", "10:20 PMTags". */
function unglue(text: string): string {
  return mayBeGlued(text) ? unglued(text) : text;
}

/** Most texts have no capital behind a letter or digit; those beyond ASCII are not looked through. */
function mayBeGlued(text: string): boolean {
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return true;
    const isCapital = code >= 65 && code <= 90;
    if (
      isCapital &&
      ((before >= 97 && before <= 122) || (before >= 48 && before <= 57) || (before >= 65 && before <= 90))
    )
      return true;
    before = code;
  }
  return false;
}

function unglued(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu}\p{Lu}|\p{Nd})(\p{Lu}\p{Ll})/gu, '$1 $2');
}

function roleOf(element: Element, text: string): Role {
  // WordPress marks one date as both, `published updated`, where the article was never edited.
  const isMarked = PUBLISHED_WORDS.names(element);
  if (!isMarked && MODIFIED_WORDS.names(element)) return 'modified';
  if (element.attribs.itemprop?.toLowerCase() === 'datemodified') return 'modified';
  if (isMarked) return roleOfText(text);
  return roleOfText(`${previousText(element)} ${text}`);
}

function roleOfText(text: string, otherwise: Role = 'published'): Role {
  const updated = text.search(UPDATED_TEXT);
  if (updated < 0) return otherwise;
  const published = text.search(PUBLISHED_TEXT);
  return published >= 0 && published < updated ? 'published' : 'modified';
}

/** Of a date among several in a line, of which `role` is what stands before the line or in it. */
function roleAmong(text: string, dates: readonly FoundDate[], i: number, role: Role): Role {
  const { start, end } = dates[i]!;
  // Chinese, Japanese and Korean say it behind the date, without a space.
  const behind = text.slice(end, Math.min(end + 6, dates[i + 1]?.start ?? text.length));
  if (/^[\p{Script=Han}\p{Script=Hangul}]/u.test(behind) && UPDATED_TEXT.test(behind)) return 'modified';
  if (i > 0)
    return roleOfText(text.slice(dates[i - 1]!.end, start).replace(/^[\p{Script=Han}\p{Script=Hangul}]+/u, ''));
  // "5 May – updated: 6 May": the word is the second date's, unless it stands before the first too.
  const isOfNext = UPDATED_TEXT.test(text.slice(end, dates[1]?.start)) && !UPDATED_TEXT.test(text.slice(0, start));
  return roleOfText(text.slice(0, start), isOfNext ? 'published' : role);
}

/** The text that stands directly before an element on its line: "Updated:". */
function previousText(element: Element): string {
  let node: Element | Parent = element;
  for (let depth = 0; depth < 3 && node.type === 'tag'; depth++) {
    const before: Element['prev'] = node.prev;
    if (before) {
      if (before.type === 'text') return before.data.slice(-60);
      return before.end - before.order < 8 ? visibleText(before).slice(-60) : '';
    }
    node = node.parent;
  }
  return '';
}
