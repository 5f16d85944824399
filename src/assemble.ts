/**
 * Blocks of a page → its body. In: blocks in page order. Out: those that are kept, as text, as clean HTML in which
 * neighbours of one list, table or quote stand in one, the links in it and the number of its words. The one way in which a body is made, by
 * what the page alone tells and by what its site adds.
 */
import type { ArticleFields } from './article.js';
import { isWayAbout } from './extract/kind/kind-words.js';
import type { Block } from './page.js';
import { normalizeUrl, siteOf } from './url.js';
import { evenlySpaced } from './white-space.js';

export interface Body {
  readonly articleBody: string;
  readonly articleHtml: string;
  readonly wordCount: number;
  readonly citation?: NonNullable<ArticleFields['citation']>;
}

const MAX_CITATIONS = 300;
const MAX_LINK_TEXT = 500;
/** Buttons that hand the page on to somebody are no sources of it. */
const SHARES =
  /^https?:\/\/(?:[\w-]+\.)?(?:(?:twitter|x)\.com\/(?:intent|share)|facebook\.com\/(?:sharer|share\.php|dialog)|pinterest\.[a-z.]+\/pin\/create|linkedin\.com\/(?:share|cws)|wa\.me\/|(?:api\.)?whatsapp\.com\/send|(?:t|telegram)\.me\/share|reddit\.com\/submit|tumblr\.com\/(?:share|widgets\/share)|vk\.com\/share|getpocket\.com\/(?:save|edit)|share\.flipboard\.com|addtoany\.com\/|bufferapp\.com\/add|plus\.google\.com\/share|xing\.com\/(?:spi|social\/share)|line\.me\/R\/msg|b\.hatena\.ne\.jp\/entry)/i;

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

const LINK = /<a href="(https?:[^"]*)">(.*?)<\/a>/gs;

/**
 * Links to other pages, each once, in order; none to the site's own listings and services: those are ways about in the
 * site, which content systems put on words by themselves. The HTML is of our own making: its links have one form.
 */
function citationsIn(blocks: readonly Block[], urls: readonly string[]): { url: string; text?: string }[] {
  const citations = new Map<string, { url: string; text?: string }>();
  let own: Set<string> | undefined;
  let site: string | undefined;
  for (const { html } of blocks) {
    if (!html.includes('<a ')) continue;
    own ??= new Set(urls.map((url) => withoutFragment(normalizeUrl(url) ?? url)));
    LINK.lastIndex = 0;
    for (let link = LINK.exec(html); link; link = LINK.exec(html)) {
      const [, href, inside] = link;
      const target = normalizeUrl(unescaped(href!));
      if (target === undefined || own.has(withoutFragment(target)) || citations.has(target) || SHARES.test(target))
        continue;
      site ??= urls[0] === undefined ? '' : siteOf(urls[0]);
      if (siteOf(target) === site && isWayAbout(target)) continue;
      const words = unescaped(inside!.includes('<') ? inside!.replace(/<[^>]*>/g, ' ') : inside!);
      const text = evenlySpaced(words).slice(0, MAX_LINK_TEXT);
      citations.set(target, { url: target, ...(text !== '' && { text }) });
      if (citations.size >= MAX_CITATIONS) return [...citations.values()];
    }
  }
  return [...citations.values()];
}

const withoutFragment = (url: string): string => (url.includes('#') ? url.replace(/#.*$/, '') : url);

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const unescaped = (html: string): string =>
  html.includes('&') ? html.replace(/&(?:amp|lt|gt|quot);/g, (name) => CHARACTERS[name]!) : html;

type Group = NonNullable<Block['group']>;

/** A list, table or quote that is open, and what ends its last item, or row. */
interface Open {
  group: Group;
  end: string;
}

/** Neighbours that stand in one list, table or quote, and lists in items of lists, in one element each. */
function htmlOf(blocks: readonly Block[]): string {
  const parts: string[] = [];
  const open: Open[] = [];
  const close = (depth: number): void => {
    while (open.length > depth) {
      const { group, end } = open.pop()!;
      parts.push(end, group.row === undefined ? '' : '</tr>', `</${group.tag}>`);
    }
  };
  /** The next block with text. */
  let ahead = 0;
  blocks.forEach(({ text, html, group }, i) => {
    if (!group && open.length === 0) {
      parts.push(html);
      return;
    }
    // A picture in a list, a table or a quote does not end it.
    if (text === '' && open.length > 0) {
      while (ahead <= i || blocks[ahead]?.text === '') ahead++;
      const next = chainOf(blocks[ahead]?.group)[0];
      if (next && isSame(next, open[0]!.group)) {
        parts.push(html);
        return;
      }
    }
    const chain = chainOf(group);
    let depth = 0;
    while (depth < chain.length && depth < open.length && isSame(chain[depth]!, open[depth]!.group)) {
      if (depth < chain.length - 1 && chain[depth]!.item !== open[depth]!.group.item) break;
      depth++;
    }
    const isNewItem = depth < chain.length && depth < open.length && isSame(chain[depth]!, open[depth]!.group);
    close(isNewItem ? depth + 1 : depth);
    if (!group) {
      parts.push(html);
      return;
    }
    for (; depth < chain.length; depth++) {
      const list = chain[depth]!;
      const known = open[depth];
      if (known) parts.push(known.end);
      else parts.push(`<${list.tag}>${list.row === undefined ? '' : '<tr>'}`);
      const isOuter = depth < chain.length - 1;
      const item = list.tag === 'dl' ? 'dd' : 'li';
      if (isOuter) parts.push(`<${item}>`);
      open[depth] = { group: list, end: isOuter ? `</${item}>` : '' };
      if (!isOuter) parts.push(cells(list, undefined), begun(html, list));
      if (!isOuter) open[depth]!.end = endOf(html, list);
      if (!isOuter) return;
    }
    const last = open.at(-1)!;
    const before = last.group;
    // Two lines of one cell or item.
    if (isSameItem(before, group)) parts.push('<br>', begun(html, group).replace(ITEM_START, ''));
    else {
      parts.push(last.end, before.row === group.row ? '' : '</tr><tr>', cells(group, before), begun(html, group));
      last.end = endOf(html, group);
    }
    last.group = group;
  });
  close(0);
  return parts.join('');
}

/** The lists that a group stands in, outermost first, and itself. */
function chainOf(group: Group | undefined): Group[] {
  const chain: Group[] = [];
  for (let each = group; each; each = each.outer) chain.unshift(each);
  return chain;
}

const isSame = (a: Group, b: Group): boolean => a.order === b.order && a.tag === b.tag;
const isSameItem = (a: Group, b: Group): boolean =>
  b.row === undefined ? b.item !== undefined && a.item === b.item : a.row === b.row && a.column === b.column;

/** Empty cells between the cell before and one with text. */
function cells({ row, column = 0 }: Group, before: Group | undefined): string {
  if (row === undefined) return '';
  const from = before?.row === row ? (before.column ?? -1) : -1;
  return EMPTY_CELL.repeat(Math.max(0, Math.min(MAX_COLUMNS, column - from - 1)));
}

const isItem = ({ row, item }: Group): boolean => row !== undefined || item !== undefined;
/** The block without its end tag, which follows when nothing more comes into the same item. */
const begun = (html: string, group: Group): string => (isItem(group) ? html.slice(0, -ITEM_END) : html);
const endOf = (html: string, group: Group): string => (isItem(group) ? html.slice(-ITEM_END) : '');

const EMPTY_CELL = '<td></td>';
const ITEM_START = /^<(?:td|th|li|dt|dd)>/;
const ITEM_END = '</td>'.length;
/** Empty cells before one with text; a page may have a row of thousands. */
const MAX_COLUMNS = 50;
