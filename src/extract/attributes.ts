/**
 * What an element's attributes say, by lower-cased name, entities decoded. Only those that something reads are kept: an
 * attribute that is not listed here does not exist, and the compiler says so. Of the others, what looks like data for a
 * script is kept without its name.
 */
import { SourceNames } from './source-names.js';

/** Asked for on every element: they stand in fixed places. */
const OFTEN = ['class', 'id', 'href', 'rel', 'itemprop', 'role', 'style'] as const;

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

const SELDOM = [
  'property',
  'name',
  'content',
  'value',
  'http-equiv',
  'type',
  'title',
  'src',
  'hidden',
  'aria-hidden',
  'aria-label',
  'itemtype',
  'typeof',
  'lang',
  'xml:lang',
  'hreflang',
  'align',
  'alt',
  'width',
  'height',
  // Words of an element's author beside class and id: see tokens.ts.
  'data-testid',
  'data-component',
  'data-module',
  'data-type',
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

type Values = { [Name in Seldom]?: string };

/** One shape for all elements, so that reading one costs no look-up. */
class Kept {
  class: string | undefined = undefined;
  id: string | undefined = undefined;
  href: string | undefined = undefined;
  rel: string | undefined = undefined;
  itemprop: string | undefined = undefined;
  role: string | undefined = undefined;
  style: string | undefined = undefined;
  /** An object or a list in an attribute of any other name, of at least `MIN_DATA_LENGTH`; its entities not decoded. */
  data: string | undefined = undefined;
  /** Whether `hidden` or `aria-hidden` keep its element from being seen. */
  hides = false;
  /** The others, where there are any; read by their own names, as those above are. */
  seldom: Values | undefined = undefined;

  set(name: AttributeName, value: string): void {
    switch (name) {
      case 'class':
        this.class = value;
        break;
      case 'href':
        this.href = value;
        break;
      case 'id':
      case 'rel':
      case 'itemprop':
      case 'role':
      case 'style':
        this[name] = value;
        break;
      default:
        if (name === 'hidden' || (name === 'aria-hidden' && value === 'true')) this.hides = true;
        this.seldom ??= {};
        this.seldom[name] = value;
    }
  }

  /** Those that are there, in no certain order. */
  entries(this: Attributes): [name: AttributeName, value: string][] {
    return [...OFTEN, ...SELDOM].flatMap((name): [AttributeName, string][] => {
      const value = this[name];
      return value === undefined ? [] : [[name, value]];
    });
  }
}

for (const name of SELDOM) {
  Object.defineProperty(Kept.prototype, name, {
    get(this: Kept) {
      return this.seldom?.[name];
    },
  });
}

export type Attributes = Kept & { readonly [Name in Seldom]: string | undefined };
export const Attributes = Kept as unknown as new () => Attributes;

/** Of elements without attributes; not frozen, as that would give it a shape of its own. */
export const NO_ATTRIBUTES: Attributes = new Attributes();

export const ATTRIBUTES = new SourceNames<AttributeName>([...OFTEN, ...SELDOM].map((name) => [name, name]));
