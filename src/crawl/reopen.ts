/**
 * What earlier runs left outside and this one's settings let in: an earlier `since`, other patterns, more depth. In: the
 * settings of the run before and of this one. Out: the leads that wait again. What names them need not have changed
 * since, and then would not be read again.
 */
import { articleLikelihood } from '../discover/shapes.js';
import type { OutsideLead, SqliteFrontier } from '../frontier/sqlite.js';
import type { Reason } from '../outcome.js';
import type { Scope } from '../scope.js';
import type { Settings } from '../settings.js';
import { type Span, spanOfDate } from '../timespan.js';

const SCOPE_SETTINGS = ['seeds', 'scope', 'include', 'exclude', 'since', 'until', 'maxDepth'] as const;
type ScopeSettings = Pick<Settings, (typeof SCOPE_SETTINGS)[number]>;

/** Leads looked at in one step. */
const BATCH = 1000;

export function reopen(frontier: SqliteFrontier, scope: Scope, settings: Settings): void {
  const now = Object.fromEntries(SCOPE_SETTINGS.map((name) => [name, settings[name]])) as ScopeSettings;
  const before = frontier.scopes.get<ScopeSettings>('last');
  frontier.scopes.set('last', now);
  const reasons = before ? widened(before, now) : [];
  if (reasons.length === 0) return;
  frontier.bringInWhere(reasons, ({ lead, outcome: { reason, detail } }) =>
    isInside({ lead, reason, ...(detail !== undefined && { detail }) }, scope),
  );
  for (let after = 0; ; ) {
    const batch = frontier.outside(reasons, after, BATCH);
    if (batch.length === 0) return;
    // Of what was outside nobody asked whether it looks like an article.
    frontier.put(
      batch
        .filter((outside) => isInside(outside, scope))
        .map(({ lead }) => ({ articleLikelihood: articleLikelihood(lead.url), ...lead })),
    );
    after = batch.at(-1)!.id;
  }
}

/** The reasons for which an earlier run may have left out what this one wants. */
function widened(before: ScopeSettings, now: ScopeSettings): Reason<'out-of-scope'>[] {
  const isOther = (name: keyof ScopeSettings): boolean => JSON.stringify(before[name]) !== JSON.stringify(now[name]);
  const reasons: Reason<'out-of-scope'>[] = [];
  const { since, until } = before;
  if (since !== undefined && (now.since === undefined || boundOf(now.since, 'from') < boundOf(since, 'from')))
    reasons.push('too-old');
  if (until !== undefined && (now.until === undefined || boundOf(now.until, 'to') > boundOf(until, 'to')))
    reasons.push('too-new');
  if (isOther('include')) reasons.push('include');
  if (isOther('exclude')) reasons.push('exclude');
  if (now.maxDepth > before.maxDepth) reasons.push('depth');
  if (isOther('scope') || isOther('seeds')) reasons.push('host', 'site', 'prefix');
  return reasons;
}

/** The end of a month or a year as a day; a day or an instant as it stands. They compare as text. */
function boundOf(date: string, end: keyof Span): string {
  return date.length < 10 ? spanOfDate(date)![end] : date;
}

/** `detail` of what was too old or too new is its date, where that was known. */
function isInside({ lead, reason, detail }: Omit<OutsideLead, 'id'>, scope: Scope): boolean {
  const { url } = lead;
  if (reason === 'include' && scope.verdictOfArticle(url)) return false;
  const outside = scope.verdictOf(url, lead) ?? scope.verdictOfLead(lead) ?? scope.verdictOfDate(detail);
  return outside === undefined;
}
