/**
 * The frontier of an archive that lost its state: the pages of its articles are known again, with the time of their
 * next visit, so that the next run is an update. All else is found again by that run.
 */
import type { VisitedPage } from '../archive/rebuild.js';
import { SqliteFrontier } from '../frontier/sqlite.js';
import type { StateDatabase } from '../state.js';
import { nextVisitMs } from './revisit.js';

/** Returns what takes down one page after the other; of the same page, the last visit counts. */
export function frontierRestorer(state: StateDatabase): (page: VisitedPage) => void {
  const frontier = new SqliteFrontier(state);
  return ({ url, finalUrl, parts, fetchedAt, datePublished, dateModified }) => {
    const visitedAtMs = Date.parse(fetchedAt);
    frontier.restore({
      lead: { url, kind: 'page', source: 'archive', depth: 1 },
      aliases: [finalUrl, ...parts],
      outcome: { name: 'archived', reason: 'new' },
      visitedAtMs,
      nextVisitMs: nextVisitMs(visitedAtMs, datePublished, dateModified),
    });
  };
}
