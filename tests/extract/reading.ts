/** One page in, its fields out: what the tests of single fields share. */
import type { ArticleFields } from '../../src/article.js';
import { explainPage } from '../../src/extract/extract.js';
import { parseDocument } from '../../src/extract/page/tree.js';
import type { PageInput } from '../../src/page.js';

export const URL_OF_PAGE = 'https://www.example.org/2017/11/quay-wall-holds';

const PROSE = [
  'The old quay wall held through the night while the storm pushed the water two metres over its usual mark.',
  'Engineers who had warned of its state for years said that the repairs of last spring had made the difference.',
  'The harbour stays closed until the divers have looked at every stone below the water line, the office said.',
];

/** A whole page: what stands in its head, over its body, and after it. */
export function page(over: string, head = '', after = ''): string {
  const body = PROSE.map((text) => `<p>${text}</p>`).join('');
  return `<html lang="en"><head>${head}</head><body><main><article>${over}<div class="body">${body}</div>${after}</article></main></body></html>`;
}

export function explained(html: string, url = URL_OF_PAGE, fetchedAt?: string, lead?: PageInput['lead']) {
  return explainPage(parseDocument(html), {
    url,
    html,
    ...(fetchedAt !== undefined && { fetchedAt }),
    ...(lead && { lead }),
  });
}

export function fieldsOf(html: string, url = URL_OF_PAGE, fetchedAt?: string, lead?: PageInput['lead']): ArticleFields {
  return explained(html, url, fetchedAt, lead).draft.fields;
}

export const jsonLd = (thing: unknown): string =>
  `<script type="application/ld+json">${typeof thing === 'string' ? thing : JSON.stringify(thing)}</script>`;
