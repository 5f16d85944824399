/**
 * Article HTML as Markdown (CommonMark with GFM's tables and strikethrough). In: HTML of the elements that
 * article-html.ts knows. Out: Markdown that shows the same text; what stands in the text is never taken for markup.
 */
import { walkArticleHtml } from './article-html.js';

const EMPHASIS: Readonly<Record<string, string>> = { strong: '**', em: '*', cite: '*', s: '~~', del: '~~' };
const HEADING = /^h([2-6])$/;

export function markdownOf(html: string): string {
  const writer = new MarkdownWriter();
  walkArticleHtml(html, writer);
  return writer.end();
}

/** Paragraphs parted by an empty line, as `articleBody` has them. */
export function markdownOfText(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => lineStart(escapeMarkdown(paragraph.replace(/\s+/g, ' ').trim())))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

interface Open {
  readonly name: string;
  /** Where its content begins in the block's text. */
  readonly start: number;
  readonly href: string | undefined;
}

class MarkdownWriter {
  readonly #blocks: string[] = [];
  /** The text of the block under way, and the inline elements open in it. */
  #text = '';
  #open: Open[] = [];
  readonly #lists: { readonly ordered: boolean; items: number }[] = [];
  #quotes = 0;
  #rows: string[][] | undefined;
  #isPreformatted = false;
  #lastWasItem = false;

  open(name: string, href: string | undefined): void {
    if (name === 'br') this.#text += this.#rows ? ' ' : '\\\n';
    else if (name === 'rt') this.#text += '(';
    else if (name === 'q') this.#text += '“';
    else if (isInline(name)) this.#open.push({ name, start: this.#text.length, href });
    else {
      this.#flush();
      if (name === 'ul' || name === 'ol') this.#lists.push({ ordered: name === 'ol', items: 0 });
      else if (name === 'blockquote') this.#quotes++;
      else if (name === 'table') this.#rows ??= [];
      else if (name === 'tr') this.#rows?.push([]);
      else if (name === 'pre') this.#isPreformatted = true;
    }
  }

  text(text: string): void {
    if (this.#isPreformatted) this.#text += text;
    else this.#text += escapeMarkdown(text.replace(/\s+/g, ' '));
  }

  close(name: string): void {
    if (name === 'br') return;
    if (name === 'rt') this.#text += ')';
    else if (name === 'q') this.#text += '”';
    else if (isInline(name)) this.#closeInline(name);
    else if ((name === 'td' || name === 'th') && this.#rows) {
      this.#rows.at(-1)?.push(this.#takeText().replace(/\n/g, ' '));
    } else {
      this.#flush(name);
      if (name === 'ul' || name === 'ol') {
        this.#lists.pop();
        this.#lastWasItem = false;
      } else if (name === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1);
      else if (name === 'table') this.#endTable();
    }
  }

  end(): string {
    this.#flush();
    this.#endTable();
    return this.#blocks.join('');
  }

  #closeInline(name: string): void {
    const at = this.#open.findLastIndex((open) => open.name === name);
    if (at < 0) return;
    const { start, href } = this.#open[at]!;
    this.#open.length = at;
    const inner = this.#text.slice(start);
    const content = inner.trim();
    // A marker next to a blank is no marker: blanks go outside.
    const before = inner.slice(0, inner.length - inner.trimStart().length);
    const after = content === '' ? '' : inner.slice(inner.trimEnd().length);
    const marked =
      content === '' || this.#isPreformatted
        ? content
        : href !== undefined
          ? `[${content}](<${href.replace(/[<>\\\n]/g, (character) => encodeURIComponent(character))}>)`
          : `${EMPHASIS[name] ?? ''}${content}${EMPHASIS[name] ?? ''}`;
    this.#text = this.#text.slice(0, start) + before + marked + after;
  }

  #takeText(): string {
    for (const { name } of [...this.#open].reverse()) this.#closeInline(name);
    const text = this.#text.trim().replace(/(?:\\\n)+$/, '');
    this.#text = '';
    return text;
  }

  #flush(name = 'p'): void {
    if (this.#isPreformatted && name !== 'pre' && this.#text === '') return;
    const text = this.#takeText();
    const isPreformatted = this.#isPreformatted;
    this.#isPreformatted = false;
    if (text === '') return;
    const heading = HEADING.exec(name)?.[1];
    const list = this.#lists.at(-1);
    const isItem = name === 'li' && list !== undefined;
    if (isItem) list.items++;
    let block = isPreformatted
      ? fenced(text)
      : heading
        ? `${'#'.repeat(Number(heading))} ${text.replace(/\\?\n/g, ' ')}`
        : lineStart(text);
    if (isItem) {
      const indent = '   '.repeat(Math.min(this.#lists.length, MAX_INDENT) - 1);
      block = indented(`${indent}${list.ordered ? `${list.items}. ` : '-  '}`, `${indent}   `, block);
    } else if (name === 'dd') block = indented(':  ', '   ', block);
    this.#put(block, isItem);
  }

  #put(block: string, isItem: boolean): void {
    const quote = '> '.repeat(Math.min(this.#quotes, MAX_INDENT));
    const between = this.#blocks.length === 0 ? '' : isItem && this.#lastWasItem ? '\n' : '\n\n';
    this.#blocks.push(between + (quote === '' ? block : indented(quote, quote, block)));
    this.#lastWasItem = isItem;
  }

  #endTable(): void {
    const rows = (this.#rows ?? []).filter((row) => row.length > 0);
    this.#rows = undefined;
    const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
    if (columns === 0) return;
    const line = (cells: readonly string[]) =>
      `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
    const [head = [], ...rest] = rows;
    this.#put([line(head), line(Array.from({ length: columns }, () => '---')), ...rest.map(line)].join('\n'), false);
  }
}

/** Deeper lists and quotes stand where these do: Markdown has no use for more, and a page can claim thousands. */
const MAX_INDENT = 6;

function isInline(name: string): boolean {
  return /^(?:a|strong|em|cite|code|kbd|mark|s|del|ins|sub|sup|ruby|time)$/.test(name);
}

function indented(first: string, others: string, block: string): string {
  return block
    .split('\n')
    .map((line, index) => (index === 0 ? first : others) + line)
    .join('\n');
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>~|#$]/g, '\\$&').replace(/&(?=#?\w+;)/g, '\\&');
}

/** What only means something at the beginning of a line: lists, rules, underlines of headings. */
function lineStart(text: string): string {
  return text.replace(/^([+=-])/gm, '\\$1').replace(/^(\d+)([.)])/gm, '$1\\$2');
}
