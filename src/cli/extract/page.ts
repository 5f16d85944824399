/** What the readers of inputs hand over, one for every line that will be written. Plain data. */

import type { Capture } from '../../article.js';
import type { Outcome } from '../../outcome.js';
import type { PageTask } from '../../pool/page-task.js';

export type InputPage =
  /** A page to read. */
  | {
      readonly kind: 'page';
      /** As given: it becomes the record's `url`. */
      readonly url: string;
      readonly task: Omit<PageTask, 'url' | 'links'>;
      readonly capture?: Capture;
      readonly source?: Readonly<Record<string, unknown>>;
      /** Nobody said where the page is from: its own word for it may stand in for `url`. */
      readonly urlIsOurs?: boolean;
    }
  /** An address to ask for. */
  | { readonly kind: 'address'; readonly url: string }
  /** No page could be had. */
  | {
      readonly kind: 'lost';
      readonly outcome: Outcome;
      readonly url?: string;
      readonly source?: Readonly<Record<string, unknown>>;
      /** Where in the input, for people: `pages.jsonl line 3`. */
      readonly place: string;
    };

/** Limits of the inputs, in bytes. Both stay below what a JavaScript string can hold. */
export const MAX_LINE_BYTES = 256 * 2 ** 20;
export const MAX_HTML_BYTES = 256 * 2 ** 20;
/** A line of an URL list. */
export const MAX_ADDRESS_BYTES = 64 * 2 ** 10;
