/**
 * The passage of a text that shows best why it was found. Pure. In: a text and the words looked for. Out: parts of one
 * passage, those that were looked for marked. Linear in the text.
 */

export interface SnippetPart {
  readonly text: string;
  readonly isHit: boolean;
}

const LENGTH = 220;
const MAX_HITS = 1000;
const MARKS = /[\u0300-\u036f]/g;
/** Scripts in which a word may begin anywhere. */
const ANYWHERE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

export function snippetOf(text: string, terms: readonly string[]): SnippetPart[] {
  const plain = text.replace(/\s+/g, ' ').trim();
  const hits = hitsIn(plain, terms);
  // The window that begins at a hit and holds most different terms.
  let best = { start: 0, score: 0 };
  for (let index = 0; index < hits.length; index++) {
    const start = hits[index]!.start;
    const found = new Set<number>();
    for (let next = index; next < hits.length && hits[next]!.end <= start + LENGTH - 40; next++)
      found.add(hits[next]!.term);
    if (found.size > best.score) best = { start, score: found.size };
  }
  let from = Math.max(0, best.start - 40);
  if (from > 0) from = wordStart(plain, from, best.start);
  let to = Math.min(plain.length, from + LENGTH);
  if (to < plain.length)
    to = Math.max(from + LENGTH - 30, plain.lastIndexOf(' ', to) > from ? plain.lastIndexOf(' ', to) : to);
  const parts: SnippetPart[] = [];
  const put = (part: string, isHit: boolean): void => {
    if (part !== '') parts.push({ text: part, isHit });
  };
  put(from > 0 ? '…' : '', false);
  let at = from;
  for (const { start, end } of hits) {
    if (start < at || end > to) continue;
    put(plain.slice(at, start), false);
    put(plain.slice(start, end), true);
    at = end;
  }
  put(plain.slice(at, to), false);
  put(to < plain.length ? '…' : '', false);
  return parts;
}

function hitsIn(text: string, terms: readonly string[]): { start: number; end: number; term: number }[] {
  const { folded, places } = fold(text);
  const hits: { start: number; end: number; term: number }[] = [];
  terms.forEach((given, term) => {
    const wanted = fold(given.replace(/\s+/g, ' ').trim()).folded;
    if (wanted === '') return;
    let count = 0;
    for (
      let at = folded.indexOf(wanted);
      at >= 0 && count < MAX_HITS;
      at = folded.indexOf(wanted, at + wanted.length)
    ) {
      if (!ANYWHERE.test(wanted) && /[\p{L}\p{N}]/u.test(folded[at - 1] ?? ' ')) continue;
      count++;
      hits.push({ start: places[at]!, end: places[at + wanted.length] ?? text.length, term });
    }
  });
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Without case and accents, and where each unit of it stands in the text. */
function fold(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFKD').replace(MARKS, '').toLowerCase().normalize('NFC');
    for (let unit = 0; unit < plain.length; unit++) places.push(at);
    folded += plain;
    at += character.length;
  }
  return { folded, places };
}

function wordStart(text: string, from: number, limit: number): number {
  const blank = text.indexOf(' ', from);
  if (blank >= 0 && blank < limit) return blank + 1;
  // Not between the halves of a pair.
  return /[\udc00-\udfff]/.test(text[from]!) ? from + 1 : from;
}
