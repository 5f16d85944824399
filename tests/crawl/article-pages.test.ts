/** Articles that are split over pages: one record, whatever way their pages are numbered and found. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recordLine } from '../../src/archive/records.js';
import { repairArchive } from '../../src/archive/repair.js';
import { type Problem, verifyArchive } from '../../src/archive/verify.js';
import type { Article } from '../../src/article.js';
import { frontierRestorer } from '../../src/crawl/restore.js';
import type { CrawlEvent } from '../../src/events.js';
import { reextract } from '../../src/reextract.js';
import { manners } from '../support/web.js';
import { articleHtml } from './articles.js';
import { crawled, folder, recordsOf, totalOf, webOf } from './crawling.js';
import { splitSite } from './split-site.js';

const SHAPES: readonly [string, (story: string, page: number) => string][] = [
  ['?page=2', (story, page) => `/${story}${page === 1 ? '' : `?page=${page}`}`],
  ['?id=…&p=2', (story, page) => `/story.php?id=${story}${page === 1 ? '' : `&p=${page}`}`],
  ['/2', (story, page) => `/2017/11/${story}${page === 1 ? '' : `/${page}`}`],
  ['/page/2/', (story, page) => `/${story}/${page === 1 ? '' : `page/${page}/`}`],
  ['-2.html', (story, page) => `/${story}${page === 1 ? '' : `-${page}`}.html`],
  ['_p2.html', (story, page) => `/${story}${page === 1 ? '' : `_p${page}`}.html`],
  [',2', (story, page) => `/${story}${page === 1 ? '' : `,${page}`}`],
  ['/seite-2', (story, page) => `/${story}${page === 1 ? '' : `/seite-${page}`}`],
];

async function crawledSplit(options: Parameters<typeof splitSite>[0], settings = {}, archive?: string) {
  const site = splitSite(options);
  const web = await webOf([site]);
  const result = await crawled(web, { seeds: [`${site.origin}/`], ...settings }, archive ? { archive } : {});
  return { site, web, ...result, asked: web.log.map(({ path }) => path) };
}

async function problemsIn(archive: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const problem of verifyArchive(archive)) problems.push(problem);
  return problems;
}

const partsOf = ({ capture }: Article): string[] => capture?.parts?.map(({ url }) => url) ?? [];

it.each(SHAPES)('joins the pages of an article whose second page is %s', async (_name, pathOf) => {
  for (const pager of ['numbers', 'rel', 'next'] as const) {
    const { site, articles, asked, summary, web } = await crawledSplit({ articles: 3, pathOf, pager });
    expect(articles.map(({ url }) => url).sort()).toEqual(site.stories.map((story) => site.urlOf(story, 1)).sort());
    for (const article of articles) {
      const story = site.stories.find((each) => site.urlOf(each, 1) === article.url)!;
      expect(article.articleBody).toBe(site.bodyOf(story));
      expect(partsOf(article)).toEqual([2, 3].map((page) => site.urlOf(story, page)));
      expect(article.wordCount).toBe(site.bodyOf(story).split(/\s+/).length);
      expect(article.image?.map(({ url }) => url.slice(-5, -4))).toEqual(['1', '2', '3']);
      expect(article.articleHtml?.match(/<p>/g)?.length).toBeGreaterThanOrEqual(12);
      expect(article.citation).toBeUndefined();
    }
    expect(asked.filter((path, at) => asked.indexOf(path) !== at)).toEqual([]);
    expect(summary.outcomes.duplicate?.['page-of-article']).toBe(6);
    expect(totalOf(summary.outcomes)).toBe(summary.leads);
    expect(summary.waiting).toBe(0);
    expect(manners(web.log, 0)).toEqual([]);
  }
});

it('joins them also where a sitemap names the further pages first', async () => {
  for (const pager of ['numbers', 'rel', 'next'] as const) {
    const { site, articles, asked, summary } = await crawledSplit({ articles: 5, pager, inSitemap: true });
    expect(articles.map(({ articleBody }) => articleBody).sort()).toEqual(
      site.stories.map((story) => site.bodyOf(story)).sort(),
    );
    expect(asked.filter((path, at) => asked.indexOf(path) !== at)).toEqual([]);
    expect(summary.outcomes.duplicate?.['page-of-article']).toBe(10);
    expect(totalOf(summary.outcomes)).toBe(summary.leads);
    expect(summary.waiting).toBe(0);
  }
});

it('asks again only whether pages have changed; a change on the second one is a revision', async () => {
  const archive = folder();
  const site = splitSite({
    articles: 2,
    lastOf: (story, page, day) =>
      story.endsWith('ak') && page === 2 && day >= 3
        ? 'The bridge at the mill was closed again on Friday, for how long nobody could tell.'
        : undefined,
  });
  const web = await webOf([site]);
  const seeds = site.stories.map((story) => site.urlOf(story, 1));
  const first = await crawled(web, { seeds }, { archive });
  expect(first.articles).toHaveLength(2);

  web.day = 2;
  web.log.length = 0;
  const second = await crawled(web, { seeds }, { archive });
  expect(second.articles).toEqual([]);
  const asked = web.log.filter(({ path }) => path.includes('long-story'));
  expect(asked).toHaveLength(6);
  expect(asked.filter(({ status }) => status !== 304)).toEqual([]);
  expect(totalOf(second.summary.outcomes)).toBe(second.summary.leads);

  web.day = 3;
  const third = await crawled(web, { seeds }, { archive });
  expect(third.articles.map(({ url, revision }) => [url, revision.changed])).toEqual([
    [site.urlOf(site.stories[0]!, 1), ['articleBody']],
  ]);
  expect(third.articles[0]!.articleBody).toBe(site.bodyOf(site.stories[0]!, 3));

  web.day = 4;
  expect((await crawled(web, { seeds }, { archive })).articles).toEqual([]);
  expect(await problemsIn(archive)).toEqual([]);
});

it('keeps what is there of an article whose page is missing, and says so', async () => {
  for (const [fault, outcome] of [
    ['missing', { outcome: 'gone', reason: 'http-404' }],
    [
      { status: 500, body: 'sorry' },
      { outcome: 'failed', reason: 'http-5xx' },
    ],
  ] as const) {
    const archive = folder();
    let isBroken = true;
    const site = splitSite({
      pages: 4,
      answer: (path) => (isBroken && path.endsWith('-3.html') ? fault : undefined),
    });
    const [story = ''] = site.stories;
    const web = await webOf([site]);
    const seeds = [`${site.origin}/`];
    const first = await crawled(web, { seeds, retries: 1 }, { archive });
    expect(first.articles).toHaveLength(1);
    expect(first.articles[0]!.capture).toMatchObject({
      parts: [{ url: site.urlOf(story, 2) }, { url: site.urlOf(story, 4) }],
      missingParts: [{ url: site.urlOf(story, 3), ...outcome }],
    });
    for (const page of [1, 2, 4])
      expect(first.articles[0]!.articleBody).toContain(site.paragraphsOf(story, page).join('\n\n'));
    expect(totalOf(first.summary.outcomes)).toBe(first.summary.leads);
    const ends = first.events.flatMap((event) =>
      event.type === 'outcome' && event.url === site.urlOf(story, 3) ? event.outcome.reason : [],
    );
    expect(ends).toEqual([outcome.reason]);

    isBroken = false;
    const second = await crawled(web, { seeds: [site.urlOf(story, 1)] }, { archive });
    expect(second.articles.map(({ articleBody }) => articleBody)).toEqual([site.bodyOf(story)]);
    expect(second.articles[0]!.revision.number).toBe(2);
    expect(totalOf(second.summary.outcomes)).toBe(second.summary.leads);

    // A page that fails is no edit.
    isBroken = true;
    if (fault === 'missing') continue;
    const third = await crawled(web, { seeds: [site.urlOf(story, 1)], retries: 0 }, { archive });
    expect(third.articles).toEqual([]);
    expect(await problemsIn(archive)).toEqual([]);
  }
});

it('prefers the page that shows the article whole', async () => {
  for (const wholePath of [
    (story: string) => `/${story}.html?page=all`,
    (story: string) => `/${story}/komplettansicht`,
  ]) {
    const { site, articles, asked, summary } = await crawledSplit({
      pathOf: (story, page) => `/${story}${page === 1 ? '' : `/seite-${page}`}`,
      wholePath: (story) => wholePath(story).replace('.html', ''),
    });
    const [story = ''] = site.stories;
    expect(articles.map(({ url, articleBody }) => [url, articleBody])).toEqual([
      [site.urlOf(story, 1), site.bodyOf(story)],
    ]);
    expect(articles[0]!.capture!.parts).toMatchObject([
      { url: site.origin + wholePath(story).replace('.html', ''), whole: true },
    ]);
    expect(asked.filter((path, at) => asked.indexOf(path) !== at)).toEqual([]);
    expect(totalOf(summary.outcomes)).toBe(summary.leads);
  }
});

it('does not take the further pages of a listing, of comments or another article for pages', async () => {
  const other = articleHtml(7, { headline: 'The long way of the river ak through the valley' }).replace(
    '2017-11-23',
    '2016-05-04',
  );
  const { site, articles, summary } = await crawledSplit({
    pages: 1,
    extra: (story) => `<div class="comments"><p>Well said</p><a href="/${story}.html?page=2">2</a></div>
      <a rel="next" href="/${story}-2.html">The long way of the river ak through the valley</a>
      <div class="more-news"><a href="/${story}.html?p=2">2</a></div>`,
    answer: (path) => (path.endsWith('-2.html') ? { type: 'text/html; charset=utf-8', body: other } : undefined),
  });
  const [story = ''] = site.stories;
  expect(articles.map(({ url, capture }) => [url, capture?.parts]).sort()).toEqual([
    [`${site.origin}/${story}-2.html`, undefined],
    [site.urlOf(story, 1), undefined],
  ]);
  expect(totalOf(summary.outcomes)).toBe(summary.leads);
});

it('is read again from its captures, byte by byte', async () => {
  const archive = folder();
  await crawledSplit({ articles: 3 }, {}, archive);
  const lines = recordsOf(archive).map((record) => JSON.stringify(record));
  const again: string[] = [];
  for await (const article of reextract(archive, { to: 'all', profiles: 'then', workers: 0 }))
    again.push(recordLine(article).trimEnd());
  expect(again.sort()).toEqual(lines.sort());
});

it('joins no pages where the setting says so', async () => {
  const { site, articles } = await crawledSplit({}, { maxArticlePages: 1 });
  expect(articles.map(({ url }) => url).sort()).toEqual(
    [1, 2, 3].map((page) => site.urlOf(site.stories[0]!, page)).sort(),
  );
});

it('stops at the most pages that the settings allow, and says so', async () => {
  const { site, articles } = await crawledSplit({ pages: 6 }, { maxArticlePages: 4 });
  const [story = ''] = site.stories;
  expect(articles).toHaveLength(1);
  expect(articles[0]!.capture).toMatchObject({
    parts: [2, 3, 4].map((page) => ({ url: site.urlOf(story, page) })),
    missingParts: [{ url: site.urlOf(story, 5), outcome: 'out-of-scope', reason: 'limit' }],
  });
});

it('has each page proven: damage to one is found, and mending it keeps the article', async () => {
  const archive = folder();
  const { site, web } = await crawledSplit({}, {}, archive);
  const [record] = recordsOf(archive);
  const { file, offset } = record!.capture!.parts![0]!.warc!;
  const path = join(archive, file);
  const bytes = readFileSync(path);
  bytes.fill(0, offset + 20, offset + 60);
  writeFileSync(path, bytes);
  expect((await problemsIn(archive)).map(({ problem }) => problem)).toContain(
    `its capture is not at ${file} at ${offset}`,
  );
  expect((await repairArchive(archive)).left).toEqual([]);
  expect(await problemsIn(archive)).toEqual([]);
  const [mended] = recordsOf(archive);
  expect(mended).toMatchObject({
    articleBody: site.bodyOf(site.stories[0]!),
    capture: { warc: record!.capture!.warc },
  });
  expect(mended!.capture!.parts!.map(({ warc }) => warc !== undefined)).toEqual([false, true]);
  const again = await crawled(web, { seeds: [site.urlOf(site.stories[0]!, 1)] }, { archive });
  expect(again.articles).toEqual([]);
});

it('is one article also after state.db was made anew, whatever page is named then', async () => {
  const archive = folder();
  const { site, web } = await crawledSplit({ articles: 2 }, {}, archive);
  const before = recordsOf(archive);
  rmSync(join(archive, 'state.db'));
  rmSync(join(archive, 'state.db.sha256'));
  expect((await repairArchive(archive, { restore: frontierRestorer })).left).toEqual([]);
  web.log.length = 0;
  const second = site.urlOf(site.stories[0]!, 2);
  const { articles, summary } = await crawled(web, { seeds: [`${site.origin}/`, second] }, { archive });
  expect(articles).toEqual([]);
  expect(recordsOf(archive)).toEqual(before);
  // The one whose page was named.
  const asked = new Set(web.log.flatMap(({ path }) => /part-\w\w/.exec(path) ?? []));
  expect([...asked]).toEqual(['part-ak']);
  expect(totalOf(summary.outcomes)).toBe(summary.leads);
  expect(await problemsIn(archive)).toEqual([]);
});

it('is read whole by the next run where this one is interrupted in the middle of it', async () => {
  const archive = folder();
  const site = splitSite({ pages: 4 });
  const web = await webOf([site]);
  const controller = new AbortController();
  const seeds = [`${site.origin}/`];
  const onEvent = (event: CrawlEvent): void => {
    if (event.type === 'response' && event.url.endsWith('-2.html')) controller.abort();
  };
  const first = await crawled(web, { seeds }, { archive, signal: controller.signal, onEvent });
  expect(first.articles).toEqual([]);
  expect(first.summary).toMatchObject({ interrupted: true, waiting: expect.any(Number) });
  expect(await problemsIn(archive)).toEqual([]);
  const second = await crawled(web, { seeds }, { archive });
  expect(second.articles.map(({ articleBody }) => articleBody)).toEqual([site.bodyOf(site.stories[0]!)]);
  expect(second.summary.waiting).toBe(0);
  expect(totalOf(second.summary.outcomes)).toBe(second.summary.leads);
  expect(await problemsIn(archive)).toEqual([]);
});

it('makes no edit of a limit that ends the run in the middle of it', async () => {
  const archive = folder();
  const site = splitSite({
    lastOf: (_, page, day) => (page === 1 && day > 1 ? 'The mill stands still since Friday.' : undefined),
  });
  const web = await webOf([site]);
  const seeds = [site.urlOf(site.stories[0]!, 1)];
  const first = await crawled(web, { seeds, maxPages: 2 }, { archive });
  expect(first.articles[0]!.capture).toMatchObject({
    parts: [{ url: site.urlOf(site.stories[0]!, 2) }],
    missingParts: [{ url: site.urlOf(site.stories[0]!, 3), outcome: 'out-of-scope', reason: 'limit' }],
  });
  expect((await crawled(web, { seeds }, { archive })).articles[0]!.articleBody).toBe(site.bodyOf(site.stories[0]!));
  web.day = 2;
  expect((await crawled(web, { seeds, maxPages: 2 }, { archive })).articles).toEqual([]);
  const last = await crawled(web, { seeds }, { archive });
  expect(last.articles.map(({ articleBody }) => articleBody)).toEqual([site.bodyOf(site.stories[0]!, 2)]);
  expect(last.summary.waiting).toBe(0);
});
