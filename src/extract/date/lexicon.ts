/**
 * What a language calls months, weekdays, halves of the day, and yesterday; in which order it writes the numbers of a
 * date. In: a BCP 47 tag. Out: tables of folded words, made once per language when first asked for: of common languages
 * from `locale-names.ts`, of others, and what few pages need, from the runtime's locale data.
 */
import { hashOf } from '../source-names.js';
import { LOCALE_NAMES } from './locale-names.js';
import { erasOf, otherMonthsOf, pastOf, runtimeNames } from './runtime-names.js';

export type FieldOrder = 'dmy' | 'mdy' | 'ymd' | 'ydm';

/** What nearly every page with a date or a byline asks for. */
export interface LocaleNames {
  /** The tag, without extensions. */
  readonly locale: string;
  /** Folded name → 1 to 12; 0 where several months have it. Names of several words have one space between. */
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlySet<string>;
  /** Words that the language's own dates have between day, month and year. */
  readonly joints: ReadonlySet<string>;
  /** Folded word → whether it is the second half of the day. */
  readonly halves: ReadonlyMap<string, boolean>;
  readonly order: FieldOrder;
  /** Calendars in use beside the Gregorian, as `persian`. */
  readonly calendars: readonly string[];
  /** The word that joins the last of a list, as it stands between spaces: "and", "und", "y". */
  readonly conjunction: string;
}

export interface Lexicon extends LocaleNames {
  /** Letters of ASCII that a month's name begins with, a bit each from `a` on. */
  readonly initials: number;
  /** First words of the names of several words: كانون (الثاني), Meán (Fómhair). */
  readonly monthStarts: ReadonlySet<string>;
  /** Folded word → month of one of the other calendars. */
  readonly otherMonths: ReadonlyMap<string, OtherMonth>;
  /** Folded name of an era → what its years lack to be Gregorian ones: 令和 → 2018. */
  readonly eras: ReadonlyMap<string, number>;
  /**
   * Phrases for times gone by, numbers as `#`: `# hours ago` → { unit: 'hour' }, `yesterday` → { unit: 'day', value: 1 };
   * by their longest word, and each with its rank: the first of all that match counts.
   */
  readonly past: ReadonlyMap<string, readonly PastPhrase[]>;
  /** Hashes (`source-names.ts`) of the words that these are found by. */
  readonly pastHashes: ReadonlySet<number>;
  /** Months by words as they stood on pages: what `read.ts` found out, kept for the next time. */
  readonly seen: Map<string, number>;
}

export interface OtherMonth {
  readonly calendar: string;
  readonly month: number;
}

/** One way to tell a time gone by. */
export interface PastPhrase extends Past {
  /** Its words with one space between and around. */
  readonly shape: string;
  /** Whether it must be all of a text: "3h ago" occurs inside others. */
  readonly isShort: boolean;
  readonly rank: number;
}

export interface Past {
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  /** Where the phrase has no number. */
  readonly value?: number;
}

const lexicons = new Map<string, Lexicon | undefined>();
/** Lexicons that are kept; no page has as many languages. */
const MAX_LEXICONS = 500;

/** Undefined where the tag is none that the runtime knows. */
export function lexiconOf(tag: string): Lexicon | undefined {
  if (!lexicons.has(tag)) {
    if (lexicons.size > MAX_LEXICONS) lexicons.clear();
    const names = listedNames(tag) ?? runtimeNames(tag);
    lexicons.set(tag, names && lexiconOfNames(names));
  }
  return lexicons.get(tag);
}

function lexiconOfNames(names: LocaleNames): Lexicon {
  const { locale, months, calendars } = names;
  const long = [...months.keys()].filter((name) => name.includes(' '));
  const otherMonths = later(() => otherMonthsOf(locale, calendars, months));
  const eras = later(() => erasOf(locale, calendars));
  const past = later(() => pastOf(locale));
  const pastHashes = later(() => new Set([...past().keys()].map(hashOf)));
  return {
    ...names,
    initials: initialsOf(months.keys()),
    monthStarts: new Set(long.map((name) => name.slice(0, name.indexOf(' ')))),
    seen: new Map(),
    get otherMonths() {
      return otherMonths();
    },
    get eras() {
      return eras();
    },
    get past() {
      return past();
    },
    get pastHashes() {
      return pastHashes();
    },
  };
}

function initialsOf(names: Iterable<string>): number {
  let bits = 0;
  for (const name of names) {
    const letter = name.charCodeAt(0) - 97;
    if (letter >= 0 && letter < 26) bits |= 1 << letter;
  }
  return bits;
}

/** Made when first asked for: the runtime takes milliseconds for each kind of format, and few pages need these. */
function later<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What `locale-names.ts` has of a language, which is what the runtime would say. */
function listedNames(tag: string): LocaleNames | undefined {
  const at = LOCALE_NAMES.indexOf(`<${tag}>`);
  if (at < 0) return undefined;
  const [, order, conjunction, calendars, months, weekdays, joints, halves] = LOCALE_NAMES.slice(
    at,
    LOCALE_NAMES.indexOf('\n', at),
  ).split('\t') as string[];
  return {
    locale: tag,
    order: order as FieldOrder,
    conjunction: conjunction!,
    calendars: listOf(calendars!),
    months: new Map(
      listOf(months!).flatMap((names, month) => listOf(names, ';').map((name): [string, number] => [name, month])),
    ),
    weekdays: new Set(listOf(weekdays!)),
    joints: new Set(listOf(joints!)),
    halves: new Map(listOf(halves!).map((half): [string, boolean] => [half.slice(1), half.startsWith('+')])),
  };
}

const listOf = (text: string, mark = '|'): string[] => (text === '' ? [] : text.split(mark));
