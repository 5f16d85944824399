/** Retry-After (RFC 9110, section 10.2.3): seconds, or a date. Never throws; what is neither is not there. */

/** Further away than this is a mistake or a joke. */
const MAX_MS = 366 * 86_400_000;

/** How long to wait, milliseconds; a date in the past is 0. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS);
  // Some servers send fractions; other bare numbers would pass for years with Date.parse.
  if (/^[\d.+-]+$/.test(text)) return Number(text) >= 0 ? Math.min(Number(text) * 1000, MAX_MS) : undefined;
  // The oldest of the three date formats names no zone and means GMT.
  const at = Date.parse(/(gmt|utc|z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at - nowMs, 0), MAX_MS);
}
