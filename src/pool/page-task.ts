/**
 * One page, from bytes to draft and links: the pure middle of the pipeline, on plain values. Runs in a worker thread
 * or in the calling one; never touches the network or a file.
 */
import { type PageLinks, readLinks } from '../discover/links.js';
import { extractPage } from '../extract/extract.js';
import { parseDocument } from '../extract/tree.js';
import { decodeHtml } from '../fetch/charset.js';
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
  /** WHATWG name of the encoding that the bytes were read with; absent where the caller gave text. */
  readonly encoding?: string;
}

export function readPage(task: PageTask): PageReading {
  const { body, contentType, links, ...known } = task;
  const decoded = typeof body === 'string' ? { html: body } : decodeHtml(body, contentType);
  const document = parseDocument(decoded.html);
  return {
    draft: extractPage(document, { ...known, html: decoded.html }),
    ...(links && { links: readLinks(document, { url: task.url }) }),
    ...('encoding' in decoded && { encoding: decoded.encoding }),
  };
}
