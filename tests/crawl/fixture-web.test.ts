/** The hand-written sites, crawled whole: every record says what a reader of the page would say, and nothing else. */
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article.js';
import { articleSchema } from '../../src/article-schema.js';
import { decided } from '../support/either-way.js';
import type { ExpectedArticle, FixtureSite } from '../support/fixture-sites.js';
import { loadSites } from '../support/fixture-sites.js';
import { manners } from '../support/web.js';
import { type Crawled, crawled, fixtureWeb, paragraphsOf, totalOf } from './crawling.js';

/** Of the fields that the truth names; a body as paragraphs, people as names. */
function said(article: Article, expected: ExpectedArticle): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    ...article,
    author: article.author?.map(({ name }) => name) ?? null,
    articleBody: decided(paragraphsOf(article), expected.eitherWay),
    liveBlogUpdate: article.liveBlogUpdate?.length,
    // Region subtags are the page's own affair.
    inLanguage: article.inLanguage?.split('-')[0],
  };
  return Object.fromEntries(
    Object.keys(expected)
      .filter((key) => key !== 'copyOf' && key !== 'eitherWay')
      .map((key) => [key, fields[key]]),
  );
}

function wanted(expected: ExpectedArticle, article: Article): Record<string, unknown> {
  const { copyOf: _, eitherWay, ...fields } = expected;
  const day = Date.parse(article.capture!.fetchedAt) + 6 * 3_600_000 - 86_400_000;
  const datePublished = fields.datePublished?.replace('{{yesterday}}', new Date(day).toISOString().slice(0, 10));
  return {
    ...fields,
    articleBody: fields.articleBody && decided(fields.articleBody, eitherWay),
    datePublished: datePublished ?? null,
  };
}

function recordOf(articles: readonly Article[], url: string): Article {
  const found = articles.filter((article) =>
    [article.url, article.canonicalUrl, article.capture?.finalUrl].includes(url),
  );
  expect(found, `records of ${url}`).toHaveLength(1);
  return found[0]!;
}

type SiteCrawl = Crawled & { readonly asked: readonly string[]; readonly violations: readonly string[] };

const crawlOf = new Map<string, Promise<SiteCrawl>>();
/** One crawl a site, shared by the claims about it. */
function crawlSite(site: FixtureSite): Promise<SiteCrawl> {
  let run = crawlOf.get(site.name);
  if (!run) {
    run = (async () => {
      const { web } = await fixtureWeb([site.name]);
      const result = await crawled(web, { seeds: [...site.seeds] });
      return { ...result, asked: web.log.map(({ path }) => path), violations: manners(web.log, site.delayMs) };
    })();
    crawlOf.set(site.name, run);
  }
  return run;
}

describe.each(loadSites().map((site) => [site.name, site] as const))('%s', (_, site) => {
  it.each(site.articles().map(({ name, url, expected }) => [name, url, expected] as const))(
    'gives of %s what a reader sees',
    async (_name, url, expected) => {
      const { articles } = await crawlSite(site);
      const record = recordOf(articles, url);
      expect(said(record, expected)).toEqual(wanted(expected, record));
    },
  );

  it('gives each article once and nothing else', async () => {
    const { articles } = await crawlSite(site);
    const urls = articles.map(({ url, canonicalUrl }) => canonicalUrl ?? url).sort();
    expect(urls).toEqual(
      site
        .articles()
        .map(({ url }) => url)
        .sort(),
    );
  });

  it('gives records that are valid by the schema', async () => {
    for (const article of (await crawlSite(site)).articles)
      expect(articleSchema.safeParse(article).error).toBeUndefined();
  });

  it('asks for nothing that its robots.txt forbids, one thing at a time', async () => {
    const { asked, violations } = await crawlSite(site);
    expect(asked.filter((path) => site.disallowed.some((prefix) => path.startsWith(prefix)))).toEqual([]);
    expect(violations).toEqual([]);
  });

  it('asks for nothing twice', async () => {
    const { asked } = await crawlSite(site);
    expect(asked.filter((path, at) => asked.indexOf(path) !== at)).toEqual([]);
  });

  it('ends every lead with an outcome; the counts add up', async () => {
    const { summary } = await crawlSite(site);
    expect(totalOf(summary.outcomes)).toBe(summary.leads);
    expect(summary.waiting).toBe(0);
  });
});
