/**
 * What a page is read with beside its bytes: the same whether it comes from the wire or from an archive. In: the
 * answer's header fields, when it was asked for, what its lead says. Out: a page task without the body. Pure.
 */
import type { HeaderField } from '../exchange.js';
import { robotsDirectives } from '../fetch/robots-directives.js';
import type { Lead, Witness } from '../lead.js';
import type { PageTask } from '../pool/page-task.js';

export interface Answer {
  /** Of the last hop. */
  readonly url: string;
  readonly headers: readonly HeaderField[];
  /** RFC 3339, UTC, milliseconds. */
  readonly fetchedAt: string;
}

export function taskFor(
  { url, headers, fetchedAt }: Answer,
  witness: Witness | undefined,
): Omit<PageTask, 'body' | 'links'> {
  const field = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const contentType = field('content-type');
  const contentLanguage = field('content-language');
  const lastModified = field('last-modified');
  const robots = robotsDirectives(headers);
  const { title, datePublished, inLanguage, content } = witness ?? {};
  return {
    url,
    ...(contentType !== undefined && { contentType }),
    fetchedAt,
    http: {
      ...(contentLanguage !== undefined && { contentLanguage }),
      ...(lastModified !== undefined && { lastModified }),
      ...(robots.length > 0 && { robots }),
    },
    lead: {
      ...(title !== undefined && { title }),
      ...(datePublished !== undefined && { datePublished }),
      ...(inLanguage !== undefined && { inLanguage }),
      ...(content !== undefined && { content }),
    },
  };
}

/** Undefined where the lead says nothing that a record is made of. */
export function witnessOf({
  source,
  foundOn,
  title: words,
  datePublished,
  inLanguage,
  content,
}: Lead): Witness | undefined {
  // A link's text is no witness: it may be "read more".
  const title = source === 'link' ? undefined : words;
  if (title === undefined && datePublished === undefined && inLanguage === undefined && content === undefined)
    return undefined;
  return {
    source,
    ...(foundOn !== undefined && { foundOn }),
    ...(title !== undefined && { title }),
    ...(datePublished !== undefined && { datePublished }),
    ...(inLanguage !== undefined && { inLanguage }),
    ...(content !== undefined && { content }),
  };
}
