/**
 * One page, from bytes to draft and links: the pure middle of the pipeline, on plain values. Runs in a worker thread
 * or in the calling one; never touches the network or a file.
 */
import { type ArticlePages, readArticlePages } from '../discover/article-pages.js';
import { type PageLinks, readLinks } from '../discover/links.js';
import { type Explanation, explanationOf } from '../extract/explanation.js';
import { explainPage, extractPage } from '../extract/extract.js';
import { type Document, parseDocument } from '../extract/page/tree.js';
import { cleanText, decodeHtml } from '../fetch/charset.js';
import { type Foreign, foreignKind } from '../foreign.js';
import type { PageDraft, PageInput } from '../page.js';

/** What is known of a page before it is read. The bytes are moved to the worker, not copied: do not use them afterwards. */
export interface PageTask extends Omit<PageInput, 'html'> {
  /** The payload with the content coding undone; or text, where the caller has it as text already. */
  readonly body: Uint8Array | string;
  /** The Content-Type header field: a witness of the charset. */
  readonly contentType?: string;
  /** Whether the page's links are wanted. */
  readonly links: boolean;
}

export interface PageReading {
  readonly draft: PageDraft;
  readonly links?: PageLinks;
  /** The further pages of an article that is split over several, as far as this one names them. */
  readonly pages?: ArticlePages;
  /** WHATWG name of the encoding that the bytes were read with; absent where the caller gave text. */
  readonly encoding?: string;
}

export function readPage(task: PageTask): PageReading {
  const foreign = foreignKind(task.body);
  if (foreign) return { draft: draftOf(foreign, task.url) };
  const { input, document, encoding } = open(task);
  const draft = extractPage(document, input);
  const { verdict } = draft;
  const pages =
    verdict.isArticle || verdict.reason === 'no-body'
      ? readArticlePages(document.elements, { url: task.url })
      : undefined;
  return {
    draft,
    ...(pages && { pages }),
    ...(task.links && { links: readLinks(document.elements, { url: task.url }) }),
    ...(encoding !== undefined && { encoding }),
  };
}

/** The same page with all that its fields and its body were chosen from: for a person who asks why. */
export function explainTask(task: PageTask): Explanation {
  const foreign = foreignKind(task.body);
  if (foreign) {
    const { reason, what } = foreign;
    return {
      url: task.url,
      verdict: { isArticle: false, reason },
      signals: [{ what, weight: -1 }],
      fields: {},
      body: [],
    };
  }
  const { input, document } = open(task);
  return explanationOf(explainPage(document, input));
}

/** Of something that is no page: nothing of it is read. */
function draftOf({ reason }: Foreign, url: string): PageDraft {
  return {
    url,
    verdict: { isArticle: false, reason },
    fields: {},
    provenance: {},
    blocks: [],
    headings: [],
    offsetByCountry: [],
    evidence: {
      url,
      isArticle: false,
      fingerprints: [],
      keywords: [],
      places: {},
      offsets: [],
      siteNames: [],
      titleEnds: [],
      fieldPaths: {},
    },
    robots: [],
  };
}

function open(task: PageTask): { input: PageInput; document: Document; encoding?: string } {
  const { body, contentType, links: _, ...known } = task;
  const decoded = typeof body === 'string' ? { html: cleanText(body) } : decodeHtml(body, contentType);
  return { ...decoded, input: { ...known, html: decoded.html }, document: parseDocument(decoded.html) };
}
