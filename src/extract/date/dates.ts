/**
 * When the article was published and changed. In: the witnesses, the headline's and the body's places, the runs of
 * visible text. Out: the two dates with the offset the site meant, and all candidates. Never: a header's clock, a
 * comment's date, the day of an update for the day of publication where the page tells them apart.
 */

import type { Run } from '../blocks.js';
import type { Candidate, Source, Verdict } from '../candidate.js';
import { describe } from '../headline.js';
import { type JsonObject, textValue, valuesOf } from '../json-ld.js';
import { tokensOf } from '../tokens.js';
import type { Element, Parent } from '../tree.js';
import { visibleText } from '../visible.js';
import type { Witnesses } from '../witnesses.js';
import { countryOf, countryOffset, withOffset } from '../zone.js';
import { readAddressDate } from './address.js';
import { readMachineDate } from './machine.js';
import { atOffset, dayOf, epochOf, isoOf, type Moment, offsetMinutes, offsetText } from './moment.js';
import {
  ELSEWHERE_WORDS,
  LINKED_DATES,
  META_DATES,
  MODIFIED_WORDS,
  PROPERTY_DATES,
  PUBLISHED_TEXT,
  PUBLISHED_WORDS,
  type Role,
  STATE_KEYS,
  UPDATED_TEXT,
} from './places.js';
import { readDates } from './read.js';
import { readRelative } from './relative.js';

/** Where the article stands on the page, in document order. */
export interface ArticlePlace {
  readonly headline?: number;
  readonly bodyStart?: number;
  readonly bodyEnd?: number;
  readonly runs: readonly Run[];
  /** Most likely languages of visible dates first. */
  readonly languages: readonly string[];
}

export interface DateVerdicts {
  readonly published?: Verdict;
  readonly modified?: Verdict;
  /** UTC offsets, other than `Z`, of machine-readable dates. */
  readonly offsets: readonly string[];
  /** Whether the winner is a local time that no offset was found for. */
  readonly localTime: boolean;
}

interface DateCandidate extends Candidate<Moment> {
  readonly role: Role;
  readonly shown: boolean;
}

const FALLBACK_YEAR = 2100;

export function readDateFields(witnesses: Witnesses, place: ArticlePlace): DateVerdicts {
  const fetched = witnesses.input.fetchedAt === undefined ? Number.NaN : Date.parse(witnesses.input.fetchedAt);
  const latestYear = Number.isNaN(fetched) ? FALLBACK_YEAR : new Date(fetched).getUTCFullYear() + 1;
  const collector = new Collector(witnesses, place, latestYear, fetched);
  collector.machine();
  collector.visible();
  const { candidates } = collector;
  if (!candidates.some(({ role, weight }) => role === 'published' && weight >= 0.5)) collector.state();

  const country = countryOf(witnesses.input.url);
  const published = elect(candidates, 'published', country);
  const modified = elect(candidates, 'modified', country);
  const offsets = new Set<string>();
  for (const { value, shown } of candidates) {
    if (!shown && value.offset !== undefined && value.offset !== 'Z') offsets.add(value.offset);
  }
  const local = published?.moment;
  return {
    ...(published && { published: published.verdict }),
    ...(modified && { modified: modified.verdict }),
    offsets: [...offsets].sort(),
    localTime: local !== undefined && local.hour !== undefined && local.offset === undefined,
  };
}

class Collector {
  readonly candidates: DateCandidate[] = [];
  constructor(
    readonly witnesses: Witnesses,
    readonly place: ArticlePlace,
    readonly latestYear: number,
    readonly fetched: number,
  ) {}

  #add(moment: Moment | undefined, role: Role, weight: number, from: Source, where: string, shown = false): void {
    if (!moment || moment.year < 1980 || moment.year > this.latestYear || weight <= 0) return;
    // Nothing is published after it was fetched; a day's grace for time zones.
    if (epochOf(moment) > this.fetched + 2 * 86_400_000) return;
    this.candidates.push({ value: moment, role, weight, from, where, shown });
  }

  /** A machine's date, or a date in words where a machine's was meant. */
  #read(text: string | undefined): Moment | undefined {
    if (text === undefined || text.length > 200) return undefined;
    return readMachineDate(text) ?? this.#words(text);
  }

  #words(text: string): Moment | undefined {
    return readDates(text, { languages: this.place.languages, latestYear: Math.min(this.latestYear, FALLBACK_YEAR) })[0]
      ?.moment;
  }

  machine(): void {
    const { meta, article, linked, properties, input } = this.witnesses;
    for (const key in LINKED_DATES) {
      const { role, weight } = LINKED_DATES[key]!;
      if (article) this.#linked(article, key, role, weight);
    }
    for (const { object, types } of linked.things) {
      if (object === article) continue;
      const isPage = types.some((type) => /Page$|Article$|Posting$/i.test(type));
      if (isPage) this.#linked(object, 'datePublished', 'published', /Page$/i.test(types[0] ?? '') ? 0.55 : 0.2);
    }
    for (const name in META_DATES) {
      const { role, weight } = META_DATES[name]!;
      for (const value of meta.get(name)?.slice(0, 3) ?? []) {
        this.#add(
          this.#read(value),
          role,
          weight,
          name.startsWith('article:') || name.startsWith('og:') ? 'opengraph' : 'meta',
          name,
        );
      }
    }
    for (const name in PROPERTY_DATES) {
      const { role, weight } = PROPERTY_DATES[name]!;
      for (const element of properties.get(name)?.slice(0, 5) ?? []) {
        if (element.tag.name === 'meta') continue;
        const text = element.attribs.content ?? element.attribs.datetime ?? visibleText(element);
        this.#add(
          this.#read(text),
          role,
          weight * Math.max(0.4, this.#placeWeight(element)),
          'microdata',
          describe(element),
        );
      }
    }
    const address = readAddressDate(input.url, Math.min(this.latestYear, FALLBACK_YEAR));
    this.#add(address, 'published', address?.day === undefined ? 0.1 : 0.62, 'url', 'url');
    this.#add(this.#read(input.lead?.datePublished), 'published', 0.7, 'feed', 'lead');
  }

  #linked(object: JsonObject, key: string, role: Role, weight: number): void {
    for (const value of valuesOf(this.witnesses.linked, object, key).slice(0, 2)) {
      this.#add(this.#read(textValue(value)), role, weight, 'json-ld', key);
    }
  }

  visible(): void {
    const seen = new Set<Element>();
    let read = 0;
    for (const element of this.witnesses.times) {
      if (element.end - element.order > 40) continue;
      const { attribs } = element;
      const isTime = element.tag.name === 'time';
      const machine =
        attribs.datetime ??
        attribs['data-datetime'] ??
        attribs['data-date'] ??
        attribs['data-timestamp'] ??
        (isTime ? attribs.content : undefined);
      const near = this.#placeWeight(element);
      if (near < 0.15 && read > 30) continue;
      if (++read > 120) break;
      seen.add(element);
      const text = visibleText(element).slice(0, 300);
      const role = this.#roleOf(element, text);
      const stated = machine === undefined ? readMachineDate(attribs.title ?? '') : this.#read(machine);
      if (stated) this.#add(stated, role, near * (isTime ? 0.78 : 0.7), 'markup', describe(element));
      this.#shown(text, role, near * (isTime ? 0.66 : 0.6), describe(element));
    }
    this.#runs();
  }

  /** Visible text near the headline and at the body's end, whatever its markup. */
  #runs(): void {
    const { runs, headline, bodyStart, bodyEnd } = this.place;
    const anchor = headline ?? bodyStart;
    let left = 80;
    for (const run of runs) {
      if (left <= 0) break;
      if (run.text.length > 220 || !/\p{Nd}/u.test(run.text)) continue;
      const order = run.texts[0]!.order;
      const weight = this.#nearness(order, anchor, bodyStart, bodyEnd) * this.#contextWeight(run.block.element);
      if (weight < 0.1) continue;
      left--;
      this.#shown(run.text, roleOfText(run.text), weight * 0.55 * (run.text.length > 90 ? 0.6 : 1), 'text');
    }
  }

  #shown(text: string, role: Role, weight: number, where: string): void {
    if (text === '' || text.length > 300) return;
    const { languages } = this.place;
    const dates = readDates(text, { languages, latestYear: Math.min(this.latestYear, FALLBACK_YEAR) });
    if (dates.length === 0) {
      if (!Number.isNaN(this.fetched)) {
        this.#add(readRelative(text, languages, this.fetched, 0), role, weight * 0.7, 'text', where, true);
      }
      return;
    }
    dates.slice(0, 4).forEach((date, i) => {
      // "Published 1 May, updated 3 May" in one line: the word before each date says which it is.
      const before = text.slice(i === 0 ? 0 : dates[i - 1]!.end, date.start);
      const own = dates.length > 1 ? roleOfText(before, i === 0 ? role : 'published') : role;
      const labelled = PUBLISHED_TEXT.test(before) ? 1.15 : 1;
      const clock = this.#isToday(date.moment) ? 0.35 : 1;
      this.#add(
        date.moment,
        own,
        weight * labelled * clock * (date.ambiguous ? 0.85 : 1) * (i === 0 ? 1 : 0.8),
        'text',
        where,
        true,
      );
    });
  }

  /** Today's date stands in many page headers; an article of today has other witnesses too. */
  #isToday(moment: Moment): boolean {
    return (
      !Number.isNaN(this.fetched) && moment.hour === undefined && Math.abs(epochOf(moment) - this.fetched) < 43_200_000
    );
  }

  /** Dates in the page's hydration state, where nothing better is known. */
  state(): void {
    for (const { text } of this.witnesses.document.scripts.slice(0, 200)) {
      for (const [key, weight] of STATE_KEYS) {
        const at = text.indexOf(`${key}"`);
        const escaped = at < 0 ? text.indexOf(`${key}\\"`) : at;
        if (escaped < 0) continue;
        const found = /^[\\"]{1,3}\s*:\s*[\\"]{0,3}([^"\\,}]{8,40})/.exec(
          text.slice(escaped + key.length, escaped + key.length + 80),
        );
        this.#add(found ? readMachineDate(found[1]!) : undefined, 'published', weight, 'markup', `state ${key}`);
      }
    }
  }

  #roleOf(element: Element, text: string): Role {
    const own = tokensOf(element.attribs);
    if (own.some((token) => MODIFIED_WORDS.has(token))) return 'modified';
    if (own.some((token) => PUBLISHED_WORDS.has(token))) return 'published';
    if (element.attribs.itemprop?.toLowerCase() === 'datemodified') return 'modified';
    const before = previousText(element);
    return roleOfText(`${before} ${text}`);
  }

  #placeWeight(element: Element): number {
    const { headline, bodyStart, bodyEnd } = this.place;
    return this.#nearness(element.order, headline ?? bodyStart, bodyStart, bodyEnd) * this.#contextWeight(element);
  }

  #nearness(
    order: number,
    anchor: number | undefined,
    bodyStart: number | undefined,
    bodyEnd: number | undefined,
  ): number {
    if (anchor === undefined) return 0.5;
    const start = bodyStart ?? anchor;
    const from = Math.min(anchor, start);
    const to = Math.max(anchor, start);
    if (order >= from && order <= to && to - from < 600) return 1;
    const distance = order < from ? from - order : order - to;
    if (order > to && bodyEnd !== undefined && order <= bodyEnd) return distance < 60 ? 0.75 : 0.35;
    if (bodyEnd !== undefined && order > bodyEnd) return order - bodyEnd < 60 ? 0.55 : 0.2;
    return distance < 40 ? 0.9 : distance < 120 ? 0.6 : 0.3;
  }

  #contextWeight(element: Element): number {
    let weight = 1;
    let node: Parent | null = element;
    for (let depth = 0; node && node.type === 'tag' && depth < 14; depth++) {
      const { name } = node.tag;
      if (name === 'footer' || name === 'nav' || name === 'aside') weight *= 0.5;
      if (depth < 7 && tokensOf(node.attribs).some((token) => ELSEWHERE_WORDS.has(token))) weight *= 0.45;
      if (name === 'a' && depth > 0) weight *= 0.7;
      node = node.parent;
    }
    return weight;
  }
}

function roleOfText(text: string, otherwise: Role = 'published'): Role {
  const updated = text.search(UPDATED_TEXT);
  if (updated < 0) return otherwise;
  const published = text.search(PUBLISHED_TEXT);
  return published >= 0 && published < updated ? 'published' : 'modified';
}

/** The text that stands directly before an element on its line: "Updated:". */
function previousText(element: Element): string {
  let node: Element | Parent = element;
  for (let depth = 0; depth < 3 && node.type === 'tag'; depth++) {
    const before: Element['prev'] = node.prev;
    if (before)
      return (before.type === 'text' ? before.data : before.end - before.order < 8 ? visibleText(before) : '').slice(
        -60,
      );
    node = node.parent;
  }
  return '';
}

interface Elected {
  readonly verdict: Verdict;
  readonly moment: Moment;
}

/** Days stand for election; each gathers what names it, and a share of what names the day beside it. */
function elect(all: readonly DateCandidate[], role: Role, country: string | undefined): Elected | undefined {
  const candidates = all.filter((candidate) => candidate.role === role && candidate.value.day !== undefined);
  if (candidates.length === 0) return undefined;
  const days = new Map<string, { score: number; best: DateCandidate; members: DateCandidate[] }>();
  for (const candidate of candidates) {
    const day = dayOf(candidate.value);
    const group = days.get(day);
    if (!group) days.set(day, { score: 0, best: candidate, members: [candidate] });
    else {
      group.members.push(candidate);
      if (candidate.weight > group.best.weight) group.best = candidate;
    }
  }
  for (const group of days.values()) {
    const bySource = new Map<string, number>();
    for (const { where, from, weight, shown } of group.members) {
      const source = shown ? 'shown' : from === 'markup' || from === 'microdata' ? 'markup' : `${from} ${where}`;
      bySource.set(source, Math.max(bySource.get(source) ?? 0, weight));
    }
    group.score = sumOfDoubts([...bySource.values()]);
  }
  const ranked = [...days.entries()].sort(([dayA, a], [dayB, b]) => b.score - a.score || (dayA < dayB ? -1 : 1));
  const [, winner] = ranked[0]!;
  const moment = settle(winner.members, candidates, country);
  return {
    moment,
    verdict: {
      value: isoOf(moment),
      from: winner.best.from,
      confidence: Math.round(Math.min(0.99, winner.score) * 100) / 100,
      candidates: [...candidates]
        .sort((a, b) => b.weight - a.weight)
        .map(({ value, from, where, weight }) => ({
          value: isoOf(value),
          from,
          where,
          weight: Math.round(weight * 100) / 100,
        })),
    },
  };
}

/** Independent witnesses each take their share of the doubt that is left; unbounded, so that ranks stay apart. */
function sumOfDoubts(weights: readonly number[]): number {
  let doubt = 1;
  for (const weight of weights) doubt *= 1 - Math.min(0.97, weight);
  return 1 - doubt;
}

/** The winning day at its most exact, with the offset the site meant. */
function settle(members: readonly DateCandidate[], all: readonly DateCandidate[], country: string | undefined): Moment {
  const ranked = [...members].sort((a, b) => exactness(b.value) - exactness(a.value) || b.weight - a.weight);
  const strongest = Math.max(...members.map(({ weight }) => weight));
  // A time that a weak witness adds to a strong one's day may be anything's.
  const best = (ranked.find(({ weight }) => weight >= strongest * 0.45) ?? ranked[0]!).value;
  if (best.hour === undefined) return best;
  if (best.offset === undefined) {
    for (const { value } of all) {
      const offset = offsetBetween(best, value);
      if (offset !== undefined) return { ...best, offset };
    }
    return withOffset(best, country === undefined ? undefined : countryOffset(country, best));
  }
  if (best.offset === 'Z') {
    // A shown local time that differs from it by exactly an offset tells what the site's clock is.
    for (const { value, shown } of all) {
      if (!shown || value.hour === undefined || value.offset !== undefined) continue;
      const minutes = (epochOf(value) - epochOf({ ...best, second: 0 })) / 60_000;
      if (minutes !== 0 && minutes % 30 === 0 && minutes >= -720 && minutes <= 840) return atOffset(best, minutes);
    }
  }
  return best;
}

function exactness({ hour, minute, offset }: Moment): number {
  if (hour === undefined) return 0;
  // Midnight sharp is what content systems write where they know the day alone.
  if (hour === 0 && minute === 0) return offset === undefined ? 0.5 : 1.5;
  return offset === undefined ? 1 : 2;
}

/** The offset under which an instant is this local time, where it is one. */
function offsetBetween(local: Moment, instant: Moment): string | undefined {
  if (instant.offset === undefined || instant.hour === undefined) return undefined;
  const minutes = (epochOf({ ...local, second: 0, offset: 'Z' }) - epochOf({ ...instant, second: 0 })) / 60_000;
  if (minutes % 15 !== 0 || minutes < -720 || minutes > 840) return undefined;
  if (instant.offset !== 'Z') return minutes === offsetMinutes(instant.offset) ? instant.offset : undefined;
  // A time with a false "Z" looks the same as a clock that runs in UTC: what the site says stands.
  return minutes === 0 ? 'Z' : offsetText(minutes);
}
