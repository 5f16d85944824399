/**
 * What a language calls months, weekdays, halves of the day, and yesterday; in which order it writes the numbers of a
 * date. In: a BCP 47 tag. Out: tables of folded words, made once per language when first asked for: of common languages
 * from `locale-names.ts`, of others, and what few pages need, from the runtime's locale data.
 */
import { codeOrEnd } from '../page/code-at.js';
import { hashOf } from '../page/source-names.js';
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

/** Of one form for all languages: objects put together by spreading and getters would each have their own. */
export class Lexicon implements LocaleNames {
  readonly locale: string;
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlySet<string>;
  readonly joints: ReadonlySet<string>;
  readonly halves: ReadonlyMap<string, boolean>;
  readonly order: FieldOrder;
  readonly calendars: readonly string[];
  readonly conjunction: string;
  /** First words of the names of several words: كانون (الثاني), Meán (Fómhair). */
  readonly monthStarts: ReadonlySet<string>;
  /** Months by words as they stood on pages: what `read.ts` found out, kept for the next time. */
  readonly seen = new Map<string, number>();
  /** Whether a month begins with two letters of ASCII, by `pairOf` them. */
  readonly #beginnings = new Uint8Array(PAIRS);
  // Made when first asked for: the runtime takes milliseconds for each kind of format, and few pages need these.
  #otherMonths: ReadonlyMap<string, OtherMonth> | undefined;
  #eras: ReadonlyMap<string, number> | undefined;
  #past: ReadonlyMap<string, readonly PastPhrase[]> | undefined;
  #pastHashes: ReadonlySet<number> | undefined;

  constructor(names: LocaleNames) {
    this.locale = names.locale;
    this.months = names.months;
    this.weekdays = names.weekdays;
    this.joints = names.joints;
    this.halves = names.halves;
    this.order = names.order;
    this.calendars = names.calendars;
    this.conjunction = names.conjunction;
    const all = [...names.months.keys()];
    const long = all.filter((name) => name.includes(' '));
    this.monthStarts = new Set(long.map((name) => name.slice(0, name.indexOf(' '))));
    for (const name of all) {
      const pair = pairOf(name);
      if (pair === undefined) continue;
      this.#beginnings[pair] = 1;
      this.#beginnings[pair & ~31] = 1;
    }
  }

  /** Whether a month's name may begin as a word does: most words begin with other letters than all months. */
  mayBeMonth(word: string): boolean {
    const pair = pairOf(word);
    return pair === undefined || this.#beginnings[pair] === 1;
  }

  /** Folded word → month of one of the other calendars. */
  get otherMonths(): ReadonlyMap<string, OtherMonth> {
    this.#otherMonths ??= otherMonthsOf(this.locale, this.calendars, this.months);
    return this.#otherMonths;
  }

  /** Folded name of an era → what its years lack to be Gregorian ones: 令和 → 2018. */
  get eras(): ReadonlyMap<string, number> {
    this.#eras ??= erasOf(this.locale, this.calendars);
    return this.#eras;
  }

  /**
   * Phrases for times gone by, numbers as `#`: `# hours ago` → { unit: 'hour' }, `yesterday` → { unit: 'day', value: 1 };
   * by their longest word, and each with its rank: the first of all that match counts.
   */
  get past(): ReadonlyMap<string, readonly PastPhrase[]> {
    this.#past ??= pastOf(this.locale);
    return this.#past;
  }

  /** Hashes (`source-names.ts`) of the words that these are found by. */
  get pastHashes(): ReadonlySet<number> {
    this.#pastHashes ??= new Set([...this.past.keys()].map(hashOf));
    return this.#pastHashes;
  }
}

const PAIRS = 32 * 32;

/** A word's first two letters as a number, whatever their case, 0 for a second one beyond ASCII; undefined where the first is. */
function pairOf(word: string): number | undefined {
  const first = codeOrEnd(word, 0) | 32;
  const second = codeOrEnd(word, 1) | 32;
  return isLetter(first) ? ((first & 31) << 5) | (isLetter(second) ? second & 31 : 0) : undefined;
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;

/** null: the runtime does not know it. */
const lexicons = new Map<string, Lexicon | null>();
/** Lexicons that are kept; no page has as many languages. */
const MAX_LEXICONS = 500;

/** Undefined where the tag is none that the runtime knows. */
export function lexiconOf(tag: string): Lexicon | undefined {
  let lexicon = lexicons.get(tag);
  if (lexicon === undefined) {
    if (lexicons.size > MAX_LEXICONS) lexicons.clear();
    const names = listedNames(tag) ?? runtimeNames(tag);
    lexicon = names ? new Lexicon(names) : null;
    lexicons.set(tag, lexicon);
  }
  return lexicon ?? undefined;
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
