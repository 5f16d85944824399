/**
 * The record's `articleHtml` for other places. In: HTML that extraction has cleaned, or that somebody has put into an
 * archive since. Out: HTML of the few elements below, balanced, with no attribute but a safe `href`. Never recurses, so
 * that depth costs nothing; never lets through what could run or load anything.
 */
import { Parser } from 'htmlparser2';

/** What extraction writes (extract/article-html.ts). */
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
  let silent = 0;
  const parser = new Parser(
    {
      onopentag(name, { href }) {
        if (SILENT.has(name)) silent++;
        else if (silent === 0 && ELEMENTS.has(name)) events.open(name, name === 'a' ? safeHref(href) : undefined);
      },
      ontext(text) {
        if (silent === 0) events.text(text);
      },
      onclosetag(name) {
        if (SILENT.has(name)) silent--;
        else if (silent === 0 && ELEMENTS.has(name)) events.close(name);
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
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
  if (href === undefined || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  return /^(?:https?|mailto):$/.test(url.protocol) ? url.href : undefined;
}
