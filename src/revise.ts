/**
 * Is it new, edited, or the same? Pure. In: an article's final fields and what is known of its last revision. Out: the
 * verdict with the digests that prove it, and fingerprints by which copies under other URLs are found.
 *
 * What counts is what a reader would call an edit. Share counts, clocks, advertisements, image sizes, the word count
 * and everything of the capture do not: they are no part of the fields below.
 */
import { createHash, hash } from 'node:crypto';
import type { ArticleFields } from './article.js';
import { evenlySpaced } from './white-space.js';

/** The fields whose change makes a revision, in the order in which `changed` names them. */
export const REVISED_FIELDS = [
  'headline',
  'alternativeHeadline',
  'description',
  'author',
  'datePublished',
  'dateline',
  'articleBody',
  'liveBlogUpdate',
] as const satisfies readonly (keyof ArticleFields)[];

export type RevisedField = (typeof REVISED_FIELDS)[number];

/** Field → first 16 hexadecimal digits of its digest; absent fields are absent. */
export type FieldDigests = { readonly [F in RevisedField]?: string };

/** What has to be remembered of a revision to judge the next one. */
export interface RevisionState {
  readonly number: number;
  readonly id: string;
  readonly contentDigest: string;
  readonly fieldDigests: FieldDigests;
}

export interface Revision extends RevisionState {
  readonly kind: 'new' | 'revised' | 'moved' | 'unchanged' | 'reread';
  /** As it stands in the record. */
  readonly revision: { number: number; previous?: string; changed?: string[]; replaces?: number };
  /** Of the body alone, for exact copies; absent where there is too little text to call a copy. */
  readonly textDigest?: string;
}

/** Shorter bodies say the same by chance ("This page has moved."). In characters, white space folded. */
const MIN_COPY_CHARACTERS = 200;

/** What is compared of an article, whatever its address is. */
type Content = Pick<Revision, 'contentDigest' | 'fieldDigests' | 'textDigest'>;

/** An article is judged more than once on its way into the archive; its fields stay as they are. */
const contents = new WeakMap<ArticleFields, Content>();

function contentOf(fields: ArticleFields): Content {
  let found = contents.get(fields);
  if (!found) {
    found = digestContent(fields);
    contents.set(fields, found);
  }
  return found;
}

function digestContent(fields: ArticleFields): Content {
  const fieldDigests: { [F in RevisedField]?: string } = {};
  const content = createHash('sha256');
  let textDigest: string | undefined;
  for (const field of REVISED_FIELDS) {
    const text = fieldText(fields, field);
    if (text === '') continue;
    const digest = hash('sha256', text);
    fieldDigests[field] = digest.slice(0, 16);
    content.update(`${field}\0${text}\0`);
    if (field === 'articleBody' && text.length >= MIN_COPY_CHARACTERS) textDigest = `sha256:${digest}`;
  }
  return {
    contentDigest: `sha256:${content.digest('hex')}`,
    fieldDigests,
    ...(textDigest !== undefined && { textDigest }),
  };
}

/** `key`: the article's key (url.ts). The same key and content give the same id everywhere. */
export function revise(key: string, fields: ArticleFields, previous?: RevisionState): Revision {
  const content = contentOf(fields);
  const { fieldDigests } = content;
  const found = { id: `sha256:${hash('sha256', `${key}\0${content.contentDigest}`)}`, ...content };
  if (!previous) return { kind: 'new', number: 1, revision: { number: 1 }, ...found };
  const changed = REVISED_FIELDS.filter((field) => fieldDigests[field] !== previous.fieldDigests[field]);
  if (changed.length === 0)
    return { kind: 'unchanged', number: previous.number, revision: { number: previous.number }, ...found };
  const number = previous.number + 1;
  return { kind: 'revised', number, revision: { number, previous: previous.id, changed }, ...found };
}

/** The same article at another address: a revision of its own, though its text may be the same. `revision` is that of the new address. */
export function moved(revision: Revision, previous: RevisionState): Revision {
  const changed = REVISED_FIELDS.filter((field) => revision.fieldDigests[field] !== previous.fieldDigests[field]);
  const number = previous.number + 1;
  return {
    ...revision,
    kind: 'moved',
    number,
    revision: { number, previous: previous.id, changed: ['url', ...changed] },
  };
}

/** The same capture, read again: the page is as it was, the reading differs in `changed`. */
export function reread(
  { fieldDigests, contentDigest, id, textDigest }: Revision,
  {
    number,
    replaces,
    changed,
  }: { readonly number: number; readonly replaces: Pick<RevisionState, 'number' | 'id'>; readonly changed: string[] },
): Revision {
  return {
    ...{ kind: 'reread', number, id, contentDigest, fieldDigests, ...(textDigest !== undefined && { textDigest }) },
    revision: { number, previous: replaces.id, changed, replaces: replaces.number },
  };
}

function fieldText(fields: ArticleFields, field: RevisedField): string {
  switch (field) {
    case 'author':
      return (fields.author ?? []).map((author) => fold(author.name)).join('\n');
    case 'dateline': {
      const { place = '', date = '', agency = '' } = fields.dateline ?? {};
      return [place, date, agency].map(fold).join('\n').trim();
    }
    case 'liveBlogUpdate':
      return (fields.liveBlogUpdate ?? [])
        .map((entry) => [entry.headline ?? '', entry.datePublished ?? '', entry.articleBody].map(fold).join('\n'))
        .join('\n\n');
    case 'articleBody':
      // A change of paragraphs alone is none of the text.
      return fold(fields.articleBody ?? '');
    default:
      return fold(fields[field] ?? '');
  }
}

/** NFC; runs of white space are one blank; what cannot be seen does not count. */
function fold(text: string): string {
  return evenlySpaced(text.normalize('NFC').replace(/[\u00AD\u200B\u2060\uFEFF]/g, ''));
}

/** Rows and bands of the sketch: bodies that share 80% of their shingles meet in a band 97 times out of 100. */
export const BANDS = 12;
const ROWS = 6;
/** Tokens in a shingle. */
const SHINGLE = 4;
/** Fewer shingles tell nothing. */
const MIN_SHINGLES = 20;
/** Longer texts are judged by their beginning: bounded work for any input. */
const MAX_TOKENS = 20_000;

/** What each value of the sketch mixes in, so that it is a minimum of its own. */
const ROW_SEEDS = Int32Array.from({ length: BANDS * ROWS }, (_, index) => Math.imul(index + 1, 0x9e3779b1));

/** Scripts written without blanks: each character is a token. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const IN_WORD = /[\p{L}\p{N}\p{M}]/u;

const UNASKED = 0;
const BETWEEN = 1;
const PART = 2;
const ALONE = 3;
/** What a character is to a token, of those of one code unit; asked once each. */
const kinds = new Uint8Array(0x10000);

function kindOf(character: number): number {
  const known = character < kinds.length ? kinds[character]! : UNASKED;
  if (known !== UNASKED) return known;
  const text = String.fromCodePoint(character);
  const kind = UNSPACED.test(text) ? ALONE : IN_WORD.test(text) ? PART : BETWEEN;
  if (character < kinds.length) kinds[character] = kind;
  return kind;
}

/** Hashes of the shingles of the text that is looked at. */
const shingles = new Uint32Array(MAX_TOKENS);

/** A MinHash sketch of the body's word shingles (Broder 1997): BANDS × ROWS minima. Undefined: too little text. */
export function sketchOf(articleBody: string): Uint32Array | undefined {
  const count = readShingles(articleBody.normalize('NFKC').toLowerCase());
  if (count < MIN_SHINGLES) return undefined;
  // One minimum after the other: it and its seed stay where the processor has them at hand.
  return Uint32Array.from(ROW_SEEDS, (seed) => {
    let minimum = 0xffffffff;
    for (let at = 0; at < count; at++) {
      const value = mix(shingles[at]! ^ seed);
      if (value < minimum) minimum = value;
    }
    return minimum;
  });
}

/** How many there are. */
function readShingles(text: string): number {
  /** Hashes of the last tokens, in a ring. */
  const window = new Uint32Array(SHINGLE);
  let tokens = 0;
  let count = 0;
  let at = 0;
  while (at < text.length && tokens < MAX_TOKENS) {
    let hash = 0x811c9dc5;
    let isToken = false;
    while (at < text.length) {
      const character = text.codePointAt(at)!;
      const kind = kindOf(character);
      if (kind !== PART && isToken) break;
      const first = text.charCodeAt(at++);
      if (kind !== BETWEEN) hash = Math.imul(hash ^ first, 0x01000193);
      if (character > 0xffff) {
        if (kind !== BETWEEN) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
        at++;
      }
      isToken = kind !== BETWEEN;
      if (kind === ALONE) break;
    }
    if (!isToken) break;
    window[tokens++ % SHINGLE] = hash;
    if (tokens < SHINGLE) continue;
    let shingle = 0;
    for (let part = 0; part < SHINGLE; part++)
      shingle = mix(Math.imul(shingle, 31) ^ window[(tokens + part) % SHINGLE]!);
    shingles[count++] = shingle;
  }
  return count;
}

/** One key per band; texts that share a key are candidates. Safe integers. */
export function bandsOf(sketch: Uint32Array): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let high = band + 1;
    let low = 0x811c9dc5;
    for (let row = 0; row < ROWS; row++) {
      high = mix(high ^ sketch[band * ROWS + row]!);
      low = mix(Math.imul(low, 0x01000193) ^ sketch[band * ROWS + row]!);
    }
    return (high & 0xfffff) * 2 ** 32 + low;
  });
}

/** Estimated share of common shingles, 0 to 1. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  let same = 0;
  for (let index = 0; index < a.length; index++) if (a[index] === b[index]) same++;
  return same / a.length;
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
