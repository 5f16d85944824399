/**
 * The record's `articleHtml` for other places. In: HTML that extraction has cleaned, or that somebody has put into an
 * archive since. Out: HTML of the few elements below, balanced, with no attribute but a safe `href`. Never recurses, so
 * that depth costs nothing; never lets through what could run or load anything.
 */
import { load } from 'cheerio/slim';
import { type AnyNode, hasChildren, isTag, isText } from 'domhandler';
import { isUrl } from '../url.js';

/** What extraction writes (extract/body/article-html.ts). */
const ELEMENTS: ReadonlySet<string> = new Set(
  `p h2 h3 h4 h5 h6 ul ol li dl dt dd pre blockquote table tr td th figure figcaption br
   a strong em cite code kbd mark q s del ins sub sup ruby rt time`
    .trim()
    .split(/\s+/),
);
/** Their text is no text. */
const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'math']);

/** What is met on the way through, in document order; only elements of the list above, each opened and closed. */
export interface ArticleHtmlEvents {
  open(name: string, href: string | undefined): void;
  text(text: string): void;
  close(name: string): void;
}

export function walkArticleHtml(html: string, events: ArticleHtmlEvents): void {
  const root = load(html, { xml: { xmlMode: false, decodeEntities: true } }).root()[0] as AnyNode;
  let node = root;
  for (;;) {
    const isSilent: boolean = isTag(node) && SILENT.has(node.name);
    if (isTag(node) && ELEMENTS.has(node.name))
      events.open(node.name, node.name === 'a' ? safeHref(node.attribs.href) : undefined);
    else if (isText(node)) events.text(node.data);
    const child: AnyNode | null = !isSilent && hasChildren(node) ? node.firstChild : null;
    if (child) {
      node = child;
      continue;
    }
    for (;;) {
      if (isTag(node) && ELEMENTS.has(node.name)) events.close(node.name);
      if (node.next) break;
      if (!node.parent) return;
      node = node.parent;
    }
    node = node.next;
  }
}

export function safeArticleHtml(html: string): string {
  let out = '';
  walkArticleHtml(html, {
    open: (name, href) => {
      out += href === undefined ? `<${name}>` : `<${name} href="${escapeHtml(href)}" rel="noreferrer">`;
    },
    text: (text) => {
      out += escapeHtml(text);
    },
    close: (name) => {
      if (name !== 'br') out += `</${name}>`;
    },
  });
  return out;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** http(s) and mailto only. */
export function safeHref(href: string | undefined): string | undefined {
  if (href === undefined || !isUrl(href)) return undefined;
  const url = new URL(href);
  return /^(?:https?|mailto):$/.test(url.protocol) ? url.href : undefined;
}
