/**
 * What was changed in a text, word by word. Pure. In: two texts and their language. Out: the parts that stayed, went and
 * came, which joined give both texts back; and how much that is. Words are those of the language, also where no blanks
 * part them (Chinese, Japanese, Thai). The work is bounded: where two passages have next to nothing in common, one
 * replaces the other as a whole.
 */
import { diffArrays } from 'diff';
import { segmentsOf } from '../segments.js';

export interface Part {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export interface Amount {
  readonly removedWords: number;
  readonly addedWords: number;
  /** Changed words among all words of both texts, 0 to 1. */
  readonly share: number;
}

/** Edits after which two passages count as different ones: the search takes their number squared. */
const MAX_EDITS = 1000;
/** Longer passages are not looked into. */
const MAX_TOKENS = 50_000;

/** Paragraph by paragraph first: most of an edited article is as it was. */
export function diffWords(before: string, after: string, language?: string): Part[] {
  const parts: Part[] = [];
  let removed = '';
  let added = '';
  const settle = (): void => {
    if (removed !== '' && added !== '') parts.push(...withinPassage(removed, added, language));
    else if (removed !== '' || added !== '')
      parts.push({ kind: removed === '' ? 'added' : 'removed', text: removed + added });
    removed = '';
    added = '';
  };
  for (const change of changesOf(paragraphs(before), paragraphs(after))) {
    const text = change.value.join('');
    if (change.removed) removed += text;
    else if (change.added) added += text;
    else {
      settle();
      parts.push({ kind: 'same', text });
    }
  }
  settle();
  return joined(parts);
}

export function amountOf(parts: readonly Part[], language?: string): Amount {
  const words = { same: 0, removed: 0, added: 0 };
  for (const { kind, text } of parts) words[kind] += wordsIn(text, language);
  const all = 2 * words.same + words.removed + words.added;
  const changed = words.removed + words.added;
  // A change of punctuation alone is one, if a small one.
  const share = all === 0 ? (parts.some(({ kind }) => kind !== 'same') ? 1 : 0) : changed / all;
  return { removedWords: words.removed, addedWords: words.added, share: Math.round(share * 1e4) / 1e4 };
}

function withinPassage(before: string, after: string, language: string | undefined): Part[] {
  const [one, other] = [tokens(before, language), tokens(after, language)];
  const changes =
    one.length + other.length > MAX_TOKENS ? undefined : diffArrays(one, other, { maxEditLength: MAX_EDITS });
  if (!changes)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

function changesOf(before: readonly string[], after: readonly string[]) {
  return (
    diffArrays([...before], [...after], { maxEditLength: MAX_EDITS }) ?? [
      { value: [...before], removed: true, added: false },
      { value: [...after], removed: false, added: true },
    ]
  );
}

/** With the break behind each, so that joined they are the text. */
function paragraphs(text: string): string[] {
  return text.match(/[^\n]*\n+|[^\n]+$/g) ?? [];
}

function tokens(text: string, language: string | undefined): string[] {
  return [...segmentsOf(text, language)].map(({ segment }) => segment);
}

function wordsIn(text: string, language: string | undefined): number {
  let count = 0;
  for (const { isWordLike } of segmentsOf(text, language)) if (isWordLike) count++;
  return count;
}

/** Neighbours of one kind are one part; what went stands before what came. */
function joined(parts: readonly Part[]): Part[] {
  const result: { kind: Part['kind']; text: string }[] = [];
  for (const { kind, text } of parts) {
    const last = result.at(-1);
    if (text === '') continue;
    if (last?.kind === kind) last.text += text;
    else result.push({ kind, text });
  }
  return result;
}
