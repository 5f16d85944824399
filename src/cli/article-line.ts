/** An article as one readable line for a terminal: when, what, where. The URL stays whole, so that it can be opened. */
import type { ArticleSummary } from '../events.js';
import { columnsOf, truncate } from './columns.js';
import { escapeText } from './terminal.js';

/** However narrow the terminal and long the URL, this much of the headline is shown. */
const MIN_HEADLINE_COLUMNS = 40;

export function articleLine({ url, headline, datePublished }: ArticleSummary, columns: number): string {
  const day = (datePublished ?? '').slice(0, 10).padEnd(10);
  const address = escapeText(url);
  const room = columns - day.length - columnsOf(address) - 5;
  return `${escapeText(day) || ' '.repeat(10)}  ${truncate(escapeText(headline ?? '(no headline)'), Math.max(MIN_HEADLINE_COLUMNS, room))}  ${address}`;
}
