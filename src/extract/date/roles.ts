/**
 * Whether a visible date is of publication or of a change. In: the text around it, or its element. Out: its role.
 */
import type { Element, Parent } from '../page/tree.js';
import { visibleText } from '../page/visible.js';
import { MODIFIED_WORDS, PUBLISHED_TEXT, PUBLISHED_WORDS, type Role, UPDATED_TEXT } from './places.js';
import type { FoundDate } from './read.js';

export function roleOf(element: Element, text: string): Role {
  // WordPress marks one date as both, `published updated`, where the article was never edited.
  const isMarked = PUBLISHED_WORDS.names(element);
  if (!isMarked && MODIFIED_WORDS.names(element)) return 'modified';
  if (element.attribs.itemprop?.toLowerCase() === 'datemodified') return 'modified';
  if (isMarked) return roleOfText(text);
  return roleOfText(`${previousText(element)} ${text}`);
}

export function roleOfText(text: string, otherwise: Role = 'published'): Role {
  const updated = text.search(UPDATED_TEXT);
  if (updated < 0) return otherwise;
  const published = text.search(PUBLISHED_TEXT);
  return published >= 0 && published < updated ? 'published' : 'modified';
}

/** Of the only date in a line. */
export function roleAlone(text: string, { start, end }: FoundDate, role: Role): Role {
  if (role === 'published') return role;
  // "19 January 2020 / 12:25 / Updated 8 hours ago", "6 May – 13:55, updated 14:20": the word is of the time behind it.
  const behind = text.slice(end);
  const word = UPDATED_TEXT.exec(behind);
  const isOfNext =
    word !== null && /\p{Nd}/u.test(behind.slice(word.index)) && !UPDATED_TEXT.test(text.slice(0, start));
  return isOfNext ? 'published' : role;
}

/** Of a date among several in a line, of which `role` is what stands before the line or in it. */
export function roleAmong(text: string, dates: readonly FoundDate[], i: number, role: Role): Role {
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
