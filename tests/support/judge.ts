/**
 * The verdict on a crawl of a generated web: from its records, the servers' log and its summary. In: what was true and
 * what was done. Out: figures; who wants a bar sets it. Never: asks the crawl.
 */
import type { Article } from '../../src/article.js';
import type { CrawlSummary } from '../../src/events.js';
import type { GeneratedWeb } from './generated-web.js';
import { type Access, manners } from './web.js';

export interface Verdict {
  readonly reachable: number;
  readonly found: number;
  /** Found of reachable. */
  readonly recall: number;
  /** URLs of reachable articles without a record. */
  readonly missed: readonly string[];
  /** Records that match an article, of all. */
  readonly precision: number;
  /** URLs of records that match none. */
  readonly wrong: readonly string[];
  /** Articles with more than one record of the same revision. */
  readonly duplicates: readonly string[];
  /** Found articles whose headline, day and paragraphs are exactly those of the truth. */
  readonly exact: number;
  readonly inexact: readonly string[];
  /** Copies that are marked as such, and articles that are marked and are none. */
  readonly copiesMarked: number;
  readonly copies: number;
  readonly wronglyMarked: readonly string[];
  /** Paths that robots.txt forbids and that were asked for. */
  readonly disallowed: readonly string[];
  readonly impolite: readonly string[];
  readonly requests: number;
  readonly requestsPerArticle: number;
  readonly outcomesAddUp: boolean;
}

export interface Evidence {
  readonly web: GeneratedWeb;
  readonly day: number;
  /** Of the whole archive, in the order of its files; the newest revision of an article counts. */
  readonly records: readonly Article[];
  readonly log: readonly Access[];
  readonly summary: CrawlSummary;
  readonly delayMs: number;
}

export function judge({ web, day, records, log, summary, delayMs }: Evidence): Verdict {
  const truth = web.truthOn(day);
  const recordsOf = new Map<string, Article[]>();
  for (const record of records)
    for (const url of new Set([record.url, record.canonicalUrl, record.capture?.finalUrl]))
      if (url) recordsOf.set(url, [...(recordsOf.get(url) ?? []), record]);
  const known = new Set(
    web.sites.flatMap(({ origin, articles }) =>
      articles.flatMap(({ paths }) => paths.map(({ path }) => origin + path)),
    ),
  );

  const missed: string[] = [];
  const duplicates: string[] = [];
  const inexact: string[] = [];
  const wronglyMarked: string[] = [];
  let exact = 0;
  let copies = 0;
  let copiesMarked = 0;
  for (const { url, article, version } of truth) {
    const mine = recordsOf.get(url) ?? [];
    const newest = mine.at(-1);
    if (!newest) {
      missed.push(url);
      continue;
    }
    if (new Set(mine.map(({ revision }) => revision.number)).size < mine.length) duplicates.push(url);
    const isExact =
      newest.headline === version.headline &&
      newest.articleBody === version.paragraphs.join('\n\n') &&
      newest.datePublished?.slice(0, 10) === article.datePublished.slice(0, 10);
    if (isExact) exact++;
    else inexact.push(url);
    const inFamily = article.copyOf !== undefined || truth.some(({ article: other }) => other.copyOf === article);
    if (article.copyOf) copies++;
    if (newest.duplicateOf !== null && inFamily) copiesMarked++;
    if (newest.duplicateOf !== null && !inFamily) wronglyMarked.push(url);
  }
  const wrong = records
    .filter(
      ({ url, canonicalUrl, capture }) =>
        ![url, canonicalUrl, capture?.finalUrl].some((each) => each !== undefined && known.has(each)),
    )
    .map(({ url }) => url);
  const delays = new Map(web.sites.map((site) => [site.host, Math.max(delayMs, site.delayMs)]));
  const leads = Object.values(summary.outcomes).reduce(
    (sum, reasons) => sum + Object.values(reasons).reduce((a, b) => a + b, 0),
    0,
  );
  const found = truth.length - missed.length;
  return {
    reachable: truth.length,
    found,
    recall: found / truth.length,
    missed,
    precision: records.length === 0 ? 1 : 1 - wrong.length / records.length,
    wrong,
    duplicates,
    exact,
    inexact,
    copies,
    copiesMarked,
    wronglyMarked,
    disallowed: log.filter(({ path }) => path.startsWith('/private/')).map(({ host, path }) => host + path),
    impolite: manners(log, (host) => delays.get(host) ?? delayMs),
    requests: log.length,
    requestsPerArticle: log.length / Math.max(1, found),
    outcomesAddUp: leads === summary.leads,
  };
}
