/**
 * Blocks of a page → its body. In: blocks in page order. Out: those that are kept, as text, as clean HTML in which
 * neighbours of one list, table or quote stand in one, the links in it and the number of its words. The one way in which a body is made, by
 * what the page alone tells and by what its site adds.
 */
import type { ArticleFields } from './article.js';
import type { Block } from './page.js';
import { normalizeUrl } from './url.js';

export interface Body {
  readonly articleBody: string;
  readonly articleHtml: string;
  readonly wordCount: number;
  readonly citation?: NonNullable<ArticleFields['citation']>;
}

const MAX_CITATIONS = 300;
const MAX_LINK_TEXT = 500;

/** `urls`: the article's own pages, which are no citations. Undefined where no block with text is kept. */
export function assemble(blocks: readonly Block[], ...urls: readonly string[]): Body | undefined {
  const kept = blocks.filter((block) => block.kept);
  const text = textOf(kept);
  if (text === '') return undefined;
  const citation = citationsIn(kept, urls);
  return {
    articleBody: text,
    articleHtml: htmlOf(kept),
    wordCount: kept.reduce((sum, { words }) => sum + words, 0),
    ...(citation.length > 0 && { citation }),
  };
}

/** Paragraphs with an empty line between; a table's row is one line, a tab between its cells. */
function textOf(blocks: readonly Block[]): string {
  let out = '';
  let row: number | undefined;
  for (const { text, group } of blocks) {
    if (text === '') continue;
    out += `${out === '' ? '' : row !== undefined && group?.row === row ? '\t' : '\n\n'}${text}`;
    row = group?.row;
  }
  return out;
}

/** Links to other pages, each once, in order. The HTML is of our own making: its links have one form. */
function citationsIn(blocks: readonly Block[], urls: readonly string[]): { url: string; text?: string }[] {
  const own = new Set(urls.map((url) => withoutFragment(normalizeUrl(url) ?? url)));
  const citations = new Map<string, { url: string; text?: string }>();
  for (const { html } of blocks) {
    if (!html.includes('<a ')) continue;
    for (const [, href, inside] of html.matchAll(/<a href="(https?:[^"]*)">(.*?)<\/a>/gs)) {
      const target = normalizeUrl(unescaped(href!));
      if (target === undefined || own.has(withoutFragment(target)) || citations.has(target)) continue;
      const text = unescaped(inside!.replace(/<[^>]*>/g, ' '))
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, MAX_LINK_TEXT);
      citations.set(target, { url: target, ...(text !== '' && { text }) });
      if (citations.size >= MAX_CITATIONS) return [...citations.values()];
    }
  }
  return [...citations.values()];
}

const withoutFragment = (url: string): string => url.replace(/#.*$/, '');

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const unescaped = (html: string): string => html.replace(/&(?:amp|lt|gt|quot);/g, (name) => CHARACTERS[name]!);

function htmlOf(blocks: readonly Block[]): string {
  let out = '';
  let open: Block['group'];
  const close = (): void => {
    if (open) out += `${open.row === undefined ? '' : '</tr>'}</${open.tag}>`;
    open = undefined;
  };
  for (const { html, group } of blocks) {
    if (group?.order !== open?.order || group?.tag !== open?.tag) {
      close();
      if (group) out += `<${group.tag}>${group.row === undefined ? '' : '<tr>'}`;
    } else if (group?.row !== open?.row) out += '</tr><tr>';
    const before = group && open?.row === group.row ? (open?.column ?? -1) : -1;
    const column = group?.column ?? 0;
    // Two lines of one cell; cells without text.
    if (group?.row !== undefined && before === column) out = `${out.slice(0, -CELL_END)}<br>${html.slice(CELL_START)}`;
    else
      out +=
        EMPTY_CELL.repeat(group?.row === undefined ? 0 : Math.max(0, Math.min(MAX_COLUMNS, column - before - 1))) +
        html;
    open = group;
  }
  close();
  return out;
}

const EMPTY_CELL = '<td></td>';
const CELL_START = '<td>'.length;
const CELL_END = '</td>'.length;
/** Empty cells before one with text; a page may have a row of thousands. */
const MAX_COLUMNS = 50;
