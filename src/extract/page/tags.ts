/**
 * What HTML says of each tag name, as bits: how it nests, and whether it parts text into lines. Data; the tree builder
 * and the block cutter read it.
 */
import { SourceNames } from './source-names.js';

/** Starts and ends a line of text of its own. */
export const BLOCK = 1;
/** Has no content and no end tag. */
export const VOID = 2;
/** An end tag of something inline does not reach through it ("special" in the HTML standard). */
export const SPECIAL = 4;
/** A formatting or phrasing element: its end tag waits while blocks are open inside it. */
export const INLINE = 8;
/** Its start tag ends an open `<p>`. */
export const ENDS_P = 16;
/** An end tag of something outside does not reach through it ("scope marker"). */
export const SCOPE = 32;
/** A heading, h1 to h6. */
export const HEADING = 64;
/** Breaks out of `<svg>` and `<math>` where these were never closed. */
export const BREAKOUT = 128;
/** Text up to its end tag holds no markup. */
export const RAW = 256;

export interface Tag {
  readonly name: string;
  readonly bits: number;
  /** Which of the names below it is: one bit, or none. */
  readonly own: number;
  /** Names whose open element this start tag ends, looked for up to the nearest scope marker or `until`. */
  readonly ends: number;
  readonly until: number;
  /** A hash that goes on from `before` over the name is `before * factor + hash`, in 32 bits. */
  readonly factor: number;
  readonly hash: number;
  /** What it says of the text inside: see blocks.ts; -1: not asked yet. */
  inside: number;
}

function tagFrom(name: string, bits: number, own = 0, ends = 0, until = 0): Tag {
  let factor = 1;
  let hash = 0;
  for (let i = 0; i < name.length; i++) {
    factor = Math.imul(factor, 31);
    hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  }
  return { name, bits, own, ends, until, factor, hash, inside: -1 };
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

const BITS: readonly (readonly [number, string])[] = [
  [
    BLOCK,
    'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link main menu meta nav noscript ol optgroup option p pre search section select summary table tbody td template textarea tfoot th thead title tr ul video audio object',
  ],
  [
    VOID,
    'area base basefont bgsound br col command embed frame hr img input isindex keygen link meta param source track wbr',
  ],
  [
    SPECIAL,
    'address article aside blockquote body button caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html iframe li main marquee menu nav noscript object ol p pre search section select summary table tbody td template tfoot th thead tr ul',
  ],
  [
    INLINE,
    'a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var',
  ],
  [
    ENDS_P,
    'address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul',
  ],
  // Of <noscript> browsers read no tags.
  [SCOPE, 'caption html marquee noscript object table td th template'],
  [HEADING, 'h1 h2 h3 h4 h5 h6'],
  [
    BREAKOUT,
    'article aside body blockquote br center code dd div dl dt em embed figure footer h1 h2 h3 h4 h5 h6 head header hr i img li main menu meta nav ol p pre s section small span strong sub sup table td tr u ul',
  ],
  [RAW, 'script style textarea title xmp iframe noembed noframes'],
];

const ENDS: readonly (readonly [starts: string, ends: string, until: string])[] = [
  ['li', 'li', 'ul ol menu dir'],
  ['dd dt', 'dd dt', 'dl'],
  ['tr', 'tr td th caption colgroup', 'table thead tbody tfoot'],
  ['td th', 'td th', 'table tr thead tbody tfoot'],
  ['thead tbody tfoot', 'thead tbody tfoot tr td th caption colgroup', 'table'],
  ['option', 'option', 'select datalist optgroup'],
  ['optgroup', 'option optgroup', 'select'],
  ['rt rp', 'rt rp', 'ruby'],
  ['a', 'a', ''],
  ['button', 'button', ''],
  ['body', 'head', ''],
];

function build(): Map<string, Tag> {
  const bits = new Map<string, number>();
  for (const [bit, names] of BITS) for (const name of words(names)) bits.set(name, (bits.get(name) ?? 0) | bit);
  const own = new Map<string, number>();
  for (const [, ends, until] of ENDS)
    for (const name of [...words(ends), ...words(until)]) if (!own.has(name)) own.set(name, 1 << own.size);
  const all = (names: string): number => words(names).reduce((sum, name) => sum | own.get(name)!, 0);
  const tags = new Map<string, Tag>();
  for (const name of [...bits.keys(), ...own.keys()]) tags.set(name, tagFrom(name, bits.get(name) ?? 0, own.get(name)));
  for (const [starts, ends, until] of ENDS) {
    for (const name of words(starts))
      tags.set(name, tagFrom(name, bits.get(name) ?? 0, own.get(name), all(ends), all(until)));
  }
  return tags;
}

const TAGS = build();
const IN_SOURCE = new SourceNames([...TAGS.values()].map((tag) => [tag.name, tag] as const));
/** Custom elements' names are the page's own: what is remembered of them is bounded. */
const MAX_TAGS = 2000;

/** The tag of a name in any case; an unknown (custom) one nests like `<div>` does not: it neither ends nor parts anything. */
export function tagOf(name: string): Tag {
  const known = TAGS.get(name);
  if (known) return known;
  const lower = name.toLowerCase();
  const tag = TAGS.get(lower) ?? tagFrom(lower, 0);
  if (TAGS.size < MAX_TAGS && name.length < 100) TAGS.set(` ${name}`.slice(1), tag);
  return tag;
}

/** The tag whose name stands in the source, with the hash of `source-names.ts`. */
export function tagAt(source: string, from: number, to: number, hash: number): Tag {
  return IN_SOURCE.find(source, from, to, hash) ?? tagOf(source.slice(from, to));
}
