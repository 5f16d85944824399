/**
 * What became of an article: its editions, and what changed from one to the next. Pure. In: records. Out: one step for
 * each edit, field by field, typo fixes told apart from edits and rewrites.
 */
import type { StoredRecord } from '../archive/reader.js';
import type { Article } from '../article.js';
import { REVISED_FIELDS, type RevisedField } from '../revise.js';
import { type Amount, amountOf, diffWords, type Part } from './words.js';

/** `added` and `removed`: the field came or went as a whole. */
export type ChangeKind = 'typo' | 'edit' | 'rewrite' | 'added' | 'removed';

export interface FieldChange extends Amount {
  readonly field: RevisedField;
  readonly kind: ChangeKind;
  readonly before?: string;
  readonly after?: string;
  readonly parts: readonly Part[];
}

export interface Edition {
  /** The number of its record. */
  readonly revision: number;
  readonly id: string;
  /** The record of the same capture that this one was read in place of. */
  readonly replaces?: number;
  /** RFC 3339: when it was fetched. The edit itself happened between the edition before and then. */
  readonly seenAt?: string;
  /** As the page says. */
  readonly dateModified?: string;
  readonly author?: readonly string[];
  readonly headline?: string;
}

export interface Step {
  readonly url: string;
  readonly from: Edition;
  readonly to: Edition;
  /** Both were read in the same page: the readers differ, the newspaper changed nothing. */
  readonly samePage?: true;
  readonly changes: readonly FieldChange[];
}

/** From this share of changed words on, a text is another one. */
const REWRITE = 0.4;
/** A word whose spelling was mended differs in no more letters than this. */
const TYPO_LETTERS = 2;

/**
 * One record for each page that was seen: where its capture was read again, or the same bytes came once more and were
 * read otherwise, the newest. What a better extractor reads is no edit of the newspaper.
 */
export function editionsOf(records: readonly StoredRecord[]): StoredRecord[] {
  const captures = newestOfCaptures(records);
  return captures.filter((record, index) => !isSamePage(record, captures[index + 1]));
}

function isSamePage({ article: a }: StoredRecord, next: StoredRecord | undefined): boolean {
  const b = next?.article;
  return a.url === b?.url && a.capture !== undefined && bytesOf(a) === bytesOf(b);
}

/** All that the article was read from, further pages included. */
function bytesOf({ capture }: Article): string {
  return [capture, ...(capture?.parts ?? [])].map((each) => each?.payloadDigest).join(' ');
}

/** The newest record of each capture, in the order of the captures. */
export function newestOfCaptures(records: readonly StoredRecord[]): StoredRecord[] {
  const byCapture = new Map<string, StoredRecord>();
  for (const record of records) {
    const { capture } = record.article;
    const { warc } = capture ?? {};
    const name = capture ? `${capture.fetchedAt} ${warc?.file} ${warc?.offset}` : `row ${record.row}`;
    const known = byCapture.get(name);
    if (!known || known.number < record.number) byCapture.set(name, record);
  }
  return [...byCapture.values()].sort(
    (a, b) => compare(a.article.capture?.fetchedAt, b.article.capture?.fetchedAt) || a.number - b.number,
  );
}

/** The edits of an article, the first one first. */
export function stepsOf(records: readonly StoredRecord[]): Step[] {
  const editions = editionsOf(records);
  return editions.slice(1).flatMap((to, index) => {
    const step = stepBetween(editions[index]!, to);
    return step.changes.length > 0 ? [step] : [];
  });
}

export function stepBetween(from: StoredRecord, to: StoredRecord): Step {
  return {
    url: to.article.url,
    from: editionOf(from),
    to: editionOf(to),
    ...(isSamePage(from, to) && { samePage: true as const }),
    changes: REVISED_FIELDS.flatMap((field) => changeOf(field, from.article, to.article) ?? []),
  };
}

export function editionOf({ article, number }: StoredRecord): Edition {
  const { id, capture, dateModified, author, headline, revision } = article;
  return {
    revision: number,
    id,
    ...(revision.replaces !== undefined && { replaces: revision.replaces }),
    ...(capture && { seenAt: capture.fetchedAt }),
    ...(dateModified !== undefined && { dateModified }),
    ...(author && { author: author.map(({ name }) => name) }),
    ...(headline !== undefined && { headline }),
  };
}

function changeOf(field: RevisedField, from: Article, to: Article): FieldChange | undefined {
  const before = textOf(field, from);
  const after = textOf(field, to);
  if (before === after) return undefined;
  const language = to.inLanguage ?? from.inLanguage;
  const parts = diffWords(before, after, language);
  const amount = amountOf(parts, language);
  return {
    field,
    kind: before === '' ? 'added' : after === '' ? 'removed' : kindOf(parts, amount, field),
    ...amount,
    ...(before !== '' && { before }),
    ...(after !== '' && { after }),
    parts,
  };
}

/** A field as text, as a reader sees it; empty where there is none. */
export function textOf(field: RevisedField, article: Article): string {
  switch (field) {
    case 'author':
      return (article.author ?? []).map(({ name }) => name).join(', ');
    case 'dateline': {
      const { place, date, agency } = article.dateline ?? {};
      return [place, date, agency].filter((part) => part !== undefined).join(', ');
    }
    case 'liveBlogUpdate':
      return (article.liveBlogUpdate ?? [])
        .map(({ headline, datePublished, articleBody }) =>
          [[datePublished, headline].filter((part) => part).join(' '), articleBody]
            .filter((part) => part !== '')
            .join('\n'),
        )
        .join('\n\n');
    default:
      return article[field] ?? '';
  }
}

function kindOf(parts: readonly Part[], { share }: Amount, field: RevisedField): ChangeKind {
  if (field === 'datePublished') return 'edit';
  if (isTypoFix(parts)) return 'typo';
  return share >= REWRITE ? 'rewrite' : 'edit';
}

/** Every change is a word for nearly the same word, or of blanks, case and punctuation. Other numbers are other facts. */
function isTypoFix(parts: readonly Part[]): boolean {
  for (let index = 0; index < parts.length; index++) {
    const { kind, text } = parts[index]!;
    if (kind === 'same') continue;
    const next = parts[index + 1];
    const other = next && next.kind !== 'same' && next.kind !== kind ? next.text : '';
    if (other !== '') index++;
    const [one, two] = [lettersOf(text), lettersOf(other)];
    if (one === two) continue;
    if (/\p{N}/u.test(text + other) || one === '' || two === '') return false;
    const limit = Math.min(TYPO_LETTERS, Math.floor(Math.max(one.length, two.length) / 3));
    if (one.length > 60 || two.length > 60 || distance(one, two) > limit) return false;
  }
  return true;
}

function lettersOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}

/** Letters that have to be changed, put in, left out or swapped (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
