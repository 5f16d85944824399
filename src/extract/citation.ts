/**
 * What the article links to, and what stands beside it for the record. In: the body's clean HTML as blocks' elements.
 * Out: outgoing links, each once, in order. Never: links within the page, to scripts, or to mail.
 */

import { normalizeUrl } from '../url.js';
import type { Element } from './tree.js';
import { visibleText } from './visible.js';

export interface Citation {
  readonly url: string;
  readonly text?: string;
}

const MAX_CITATIONS = 300;

/** `inBody` tells whether a position in document order belongs to the body. */
export function readCitations(
  elements: readonly Element[],
  inBody: (order: number) => boolean,
  base: string,
): Citation[] {
  const citations: Citation[] = [];
  const seen = new Set<string>();
  const self = normalizeUrl(base);
  for (const element of elements) {
    const { href } = element.attribs;
    if (element.tag.name !== 'a' || href === undefined || href.startsWith('#') || !inBody(element.order)) continue;
    const url = normalizeUrl(href, base);
    if (url === undefined || url === self || seen.has(url)) continue;
    seen.add(url);
    const text = visibleText(element);
    citations.push({ url, ...(text !== '' && { text: text.slice(0, 500) }) });
    if (citations.length >= MAX_CITATIONS) break;
  }
  return citations;
}
