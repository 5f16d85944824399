/** In what order leads of one host are taken. Pure. */
import type { Lead } from '../lead.js';

const DAY_MS = 86_400_000;
/** Days that the date can lie in the past of before it no longer counts: a hundred thousand, from the year 2150 back. */
const LAST_DAY = 65_744;

/**
 * Smaller comes first: what leads on (seeds, sitemaps, feeds), then what looks like an article before what does not,
 * new before old, near before far. An integer below 2^53.
 */
export function priorityOf(lead: Lead): number {
  if (lead.kind !== 'page' || lead.source === 'seed') return lead.depth;
  const doubt = 9 - Math.min(9, Math.floor((lead.articleLikelihood ?? 0.5) * 10));
  const date = Date.parse(lead.datePublished ?? lead.lastModified ?? '');
  const age = Number.isNaN(date) ? LAST_DAY : Math.min(99_999, Math.max(0, LAST_DAY - Math.floor(date / DAY_MS)));
  return (doubt + 1) * 1e9 + age * 1e3 + Math.min(999, lead.depth);
}
