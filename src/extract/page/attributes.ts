/**
 * What an element's attributes say, by lower-cased name, entities decoded. Only those that something reads are kept: an
 * attribute that is not listed here does not exist, and the compiler says so. Of the others, what looks like data for a
 * script is kept without its name.
 */
import { SourceNames } from './source-names.js';

/** What most elements have: they stand in fixed places. */
const OFTEN = ['class', 'id', 'href'] as const;

/** Of pictures that load late, most telling first. */
export const LATE_PICTURES = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-full-src',
  'data-hi-res-src',
  'data-original-src',
  'data-image',
  'data-url',
] as const;
export const PICTURE_SETS = ['srcset', 'data-srcset', 'data-lazy-srcset', 'data-original-set'] as const;
/** Dates for machines, in the order in which they are asked for. */
export const STATED_DATES = [
  'datetime',
  'data-datetime',
  'data-date',
  'data-timestamp',
  'data-time',
  'data-utc',
  'data-published',
  'data-published-at',
  'data-publish-date',
  'data-published-date',
  'data-pubdate',
  'data-utime',
  'data-timeutc',
  'data-unixtime',
] as const;

/** Words of an element's author beside class and id: see tokens.ts. */
const WORDS = ['rel', 'itemprop', 'property', 'data-testid', 'data-component', 'data-module', 'data-type'] as const;

/** Those first that many elements are asked for. */
const SELDOM = [
  ...WORDS,
  'role',
  'style',
  'itemtype',
  'typeof',
  'title',
  'src',
  'alt',
  'width',
  'height',
  'name',
  'content',
  'value',
  'http-equiv',
  'type',
  'hidden',
  'aria-hidden',
  'aria-label',
  'lang',
  'xml:lang',
  'hreflang',
  'align',
  ...LATE_PICTURES,
  ...PICTURE_SETS,
  // Videos and their players.
  'data-videoid',
  'videoid',
  'data-video-id',
  'data-media-id',
  'data-account',
  'data-player',
  ...STATED_DATES,
  'data-post-time',
  'data-sort-time',
] as const;

/** Characters; shorter values are settings of a widget, no text. */
export const MIN_DATA_LENGTH = 400;

type Often = (typeof OFTEN)[number];
type Seldom = (typeof SELDOM)[number];
export type AttributeName = Often | Seldom;

const NAMES: readonly AttributeName[] = [...SELDOM, ...OFTEN];
const placeOf = (name: AttributeName): number => NAMES.indexOf(name) + 1;
/** The place of what looks like data; names have theirs behind it. */
const DATA = 0;
const CLASS = placeOf('class');
const ID = placeOf('id');
const HREF = placeOf('href');
const HIDDEN = placeOf('hidden');
const ARIA_HIDDEN = placeOf('aria-hidden');

/** One bit for each place, so that what is not there is not looked for; those behind the first 29 share one. */
const bitOf = (place: number): number => 1 << Math.min(place, 29);
const HIDES = 1 << 30;
const NAMING = WORDS.reduce((bits, name) => bits | bitOf(placeOf(name)), 0);
const DATING = STATED_DATES.reduce((bits, name) => bits | bitOf(placeOf(name)), 0);

/** An attribute that few elements have, in a chain. */
class Rest {
  constructor(
    readonly place: number,
    readonly value: string,
    readonly next: Rest | undefined,
  ) {}
}

class Kept {
  class: string | undefined = undefined;
  id: string | undefined = undefined;
  href: string | undefined = undefined;
  private has = 0;
  private rest: Rest | undefined = undefined;

  /** By the place that `ATTRIBUTES` tells. Of two with one name the first counts. */
  put(place: number, value: string): void {
    switch (place) {
      case CLASS:
        this.class ??= value;
        return;
      case HREF:
        this.href ??= value;
        return;
      case ID:
        this.id ??= value;
        return;
    }
    if (this.find(place) !== undefined) return;
    if (place === HIDDEN || (place === ARIA_HIDDEN && value === 'true')) this.has |= HIDES;
    this.has |= bitOf(place);
    this.rest = new Rest(place, value, this.rest);
  }

  find(place: number): string | undefined {
    if ((this.has & bitOf(place)) === 0) return undefined;
    for (let rest = this.rest; rest; rest = rest.next) if (rest.place === place) return rest.value;
    return undefined;
  }

  /** Whether `hidden` or `aria-hidden` keep its element from being seen. */
  get hides(): boolean {
    return (this.has & HIDES) !== 0;
  }

  /** Whether one of `WORDS` is among them. */
  get names(): boolean {
    return (this.has & NAMING) !== 0;
  }

  /** Whether one of `STATED_DATES` may be among them. */
  get dates(): boolean {
    return (this.has & DATING) !== 0;
  }

  /** An object or a list in an attribute of any other name, of at least `MIN_DATA_LENGTH`; its entities not decoded. */
  get data(): string | undefined {
    return this.find(DATA);
  }

  putData(source: string): void {
    this.put(DATA, source);
  }

  /** Those that are there, in no certain order. */
  entries(this: Attributes): [name: AttributeName, value: string][] {
    return NAMES.flatMap((name): [AttributeName, string][] => {
      const value = this[name];
      return value === undefined ? [] : [[name, value]];
    });
  }
}

for (const name of SELDOM) {
  const place = placeOf(name);
  Object.defineProperty(Kept.prototype, name, {
    get(this: Kept) {
      return this.find(place);
    },
  });
}

export type Attributes = Kept & { readonly [Name in Seldom]: string | undefined };
export const Attributes = Kept as unknown as new () => Attributes;

/** Of elements without attributes; not frozen, as that would give it a shape of its own. */
export const NO_ATTRIBUTES: Attributes = new Attributes();

/** Names that are kept, each with its place. */
export const ATTRIBUTES = new SourceNames<number>(NAMES.map((name) => [name, placeOf(name)]));
