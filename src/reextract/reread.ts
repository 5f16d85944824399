/**
 * One article read again. In: its records, each with what its capture reads like now. Out: what became of each, and the
 * records to be written. Pure.
 *
 * A record is written where the article reads otherwise in any field; it `replaces` the one from the same capture. The
 * newest capture's record is always the article's newest: where only older ones read otherwise, it is repeated.
 */
import type { NewRecord } from '../archive/archive.js';
import type { StoredRecord } from '../archive/reader.js';
import { recordLine } from '../archive/records.js';
import { ARTICLE_FIELDS, type Article } from '../article.js';
import type { Outcome } from '../outcome.js';
import { articleRecord } from '../record.js';
import { reread, revise, sketchOf } from '../revise.js';
import type { FinalPage } from '../site/apply.js';

/** What a capture gave: a page to be judged, or why there is none. */
export type Reading =
  | { readonly stored: StoredRecord; readonly page: FinalPage; readonly siteProfile: string | undefined }
  | { readonly stored: StoredRecord; readonly outcome: Outcome };

/** What became of a record. */
export interface Reread {
  readonly stored: StoredRecord;
  readonly outcome: Outcome;
  /** The record as its capture reads now, with the number that it has; absent where it cannot be read as an article. */
  readonly article?: Article;
  /** Fields that read otherwise. */
  readonly changed: readonly string[];
}

export interface RereadArticle {
  readonly records: readonly Reread[];
  /** To be committed together. */
  readonly fresh: readonly NewRecord[];
}

/** Of a record, what a reading makes. */
const READ = ['@type', 'canonicalUrl', ...ARTICLE_FIELDS] as const;

/** `readings`: one for each capture, in the order of the captures. `newest`: the article's newest record. */
export function rereadArticle(readings: readonly Reading[], newest: number): RereadArticle {
  const records = readings.map(judge);
  if (records.every(({ changed }) => changed.length === 0)) return { records, fresh: [] };
  const fresh: NewRecord[] = [];
  const told = records.map((record, index): Reread => {
    const isLast = index === records.length - 1;
    if (record.changed.length === 0 && !isLast) return record;
    const article = record.article ?? record.stored.article;
    fresh.push(renumbered(record, article, newest + fresh.length + 1));
    return record.changed.length > 0 ? record : { ...record, outcome: { name: 'archived', reason: 'repeated' } };
  });
  return { records: told, fresh };
}

function judge(reading: Reading): Reread {
  const { stored } = reading;
  if ('outcome' in reading) return { stored, outcome: reading.outcome, changed: [] };
  const { page, siteProfile } = reading;
  if (!page.verdict.isArticle)
    return { stored, outcome: { name: 'not-article', reason: page.verdict.reason }, changed: [] };
  const { capture, duplicateOf, revision } = stored.article;
  const article = articleRecord(page, page.verdict.type, {
    ...(capture && { capture }),
    revision: { id: revise(stored.key, page.fields).id, revision },
    // Which article had the text first does not depend on who reads it.
    ...(duplicateOf !== null && { duplicateOf }),
    ...(siteProfile !== undefined && { siteProfile }),
  });
  const now = JSON.parse(recordLine(article)) as Article;
  const changed = READ.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(stored.article[name]));
  const outcome: Outcome =
    changed.length > 0 ? { name: 'archived', reason: 'reread' } : { name: 'unchanged', reason: 'same-content' };
  return { stored, outcome, article, changed };
}

function renumbered({ stored, changed }: Reread, article: Article, number: number): NewRecord {
  const revision = reread(revise(stored.key, article), { number, replaces: stored, changed: [...changed] });
  return {
    key: stored.key,
    article: { ...article, revision: revision.revision, id: revision.id },
    revision,
    sketch: sketchOf(article.articleBody ?? ''),
  };
}
