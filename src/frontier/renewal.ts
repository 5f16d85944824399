/**
 * What changes when a lead is found once more. In: what the frontier knows of it, and what is said of it now. Out: what
 * is known from then on, and whether it waits (again) to be asked for. Pure.
 */
import type { Lead } from '../lead.js';
import { hostOf } from '../url.js';
import { priorityOf } from './priority.js';
import { KNOWN, type LeadRow, WAITING } from './tables.js';

export interface Renewed {
  /** JSON. */
  readonly seen: string;
  readonly priority: number;
  readonly waits: boolean;
}

/** `restsAfterMs`: what was visited later is not asked for again in this run. */
export function renewed(
  known: LeadRow,
  lead: Lead,
  { run, restsAfterMs }: { readonly run: string; readonly restsAfterMs: number },
): Renewed {
  const earlier = JSON.parse(known.seen) as Lead; // without `url`, which has a column
  const { url: _, ...found } = lead;
  const isSameSource = lead.foundOn === earlier.foundOn;
  // What was out of scope as it was found first, too deep or among dead links, may be found better.
  const isFoundBetter =
    known.state === KNOWN &&
    known.outcome === 'out-of-scope' &&
    (known.reason === 'trap' ? isNamed(lead) : known.visits === 0);
  const merged: Lead = {
    ...(isFoundBetter ? { ...earlier, ...found } : { ...found, ...earlier }),
    depth: Math.min(lead.depth, earlier.depth),
    ...(isLater(lead.lastModified, earlier.lastModified) && { lastModified: lead.lastModified! }),
    ...(isSameSource && lead.fingerprint !== undefined && { fingerprint: lead.fingerprint }),
    ...(lead.content !== undefined && { content: lead.content }),
    ...(lead.source === 'seed' && { source: lead.source, kind: lead.kind }),
  };
  const priority = Math.min(known.priority, priorityOf(merged));
  const waits =
    isFoundBetter ||
    (known.state === KNOWN &&
      known.run !== run &&
      (isOutsideOf(known) ||
        (lead.source === 'seed' && (known.visited_at ?? 0) <= restsAfterMs) ||
        hasChanged(known, lead, earlier)));
  // What is said of a time after the visit is a change for the next run to see.
  const isForLater = known.state === KNOWN && !waits && Date.parse(merged.lastModified ?? '') > (known.visited_at ?? 0);
  const seen = JSON.stringify({
    ...merged,
    ...(known.state === KNOWN && !waits && { content: undefined }),
    ...(isForLater && { lastModified: earlier.lastModified }),
  });
  return { seen, priority, waits };
}

/**
 * Whether another URL of an article is to be asked for instead of the one that is: a plain one while its print or AMP
 * version waits, and one that robots.txt may allow where it does not allow the other.
 */
export function isBetter({ url }: Lead, holder: LeadRow): boolean {
  if (holder.state === KNOWN) return holder.outcome === 'disallowed' && holder.reason === 'robots';
  if (holder.state !== WAITING || holder.visits > 0 || hostOf(url) !== hostOf(holder.url)) return false;
  // More than a trailing slash.
  return url.length + 2 <= holder.url.length && (JSON.parse(holder.seen) as Lead).source !== 'seed';
}

function isLater(date: string | undefined, than: string | undefined): boolean {
  return date !== undefined && (than === undefined || Date.parse(date) > Date.parse(than));
}

/** Dates are compared with what was said before: the site's clock and ours need not agree. */
function hasChanged(known: LeadRow, lead: Lead, earlier: Lead): boolean {
  const isSameSource = lead.foundOn !== undefined && lead.foundOn === earlier.foundOn;
  if (earlier.lastModified !== undefined && isLater(lead.lastModified, earlier.lastModified)) return true;
  if (earlier.lastModified === undefined && lead.lastModified !== undefined)
    // It is a change to say it for the first time.
    return isSameSource || Date.parse(lead.lastModified) > (known.visited_at ?? 0);
  const [before, now] = [earlier.fingerprint, lead.fingerprint];
  return isSameSource && before !== undefined && now !== undefined && before !== now;
}

/** What another scope may let in. A trap stays one. */
function isOutsideOf({ outcome, reason }: LeadRow): boolean {
  return outcome === 'out-of-scope' && reason !== 'trap';
}

/** Sitemaps and feeds name no traps, nor does a user. */
function isNamed({ source }: Lead): boolean {
  return source === 'sitemap' || source === 'feed' || source === 'seed';
}
