/** What content management systems do to the addresses of an article, and what the crawl makes of it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { openReader } from '../../src/archive/reader.js';
import { repairArchive } from '../../src/archive/repair.js';
import { type SettingsInput, settingsSchema } from '../../src/settings.js';
import { openState } from '../../src/state.js';
import type { Reply, WebSite } from '../support/web.js';
import { articleHtml, frontPage, headlineOf } from './articles.js';
import { crawled, folder, recordsOf, webOf } from './crawling.js';

const HOST = 'www.habits.example';
const SEEDS = [`http://${HOST}/`];
const html = (body: string): Reply => ({ type: 'text/html; charset=utf-8', body });
const xml = (body: string): Reply => ({ type: 'application/xml', body });
const NUMBERS = Array.from({ length: 12 }, (_, index) => index + 1);
const pathOf = (number: number): string => `/news/the-council-adopts-plan-${number}`;
const canonical = (path: string): string => `<link rel="canonical" href="http://${HOST}${path}">`;

/** A site whose front page links to `listed`, and whose articles stand where `numberAt` says. */
function siteOf(
  listed: readonly string[],
  numberAt: (path: string) => number | undefined,
  parts: (number: number, path: string) => Parameters<typeof articleHtml>[1] = () => ({}),
  other: (path: string) => Reply | undefined = () => undefined,
): WebSite {
  return {
    host: HOST,
    answer(path) {
      if (path === '/') return html(frontPage(listed));
      const number = numberAt(path);
      return number === undefined ? other(path) : html(articleHtml(number, parts(number, path)));
    },
  };
}
const numberAtPath = (path: string): number | undefined => NUMBERS.find((number) => pathOf(number) === path);

describe('a canonical address that all pages name', () => {
  it.each(['/', '/news/', '/index.php', '/home', pathOf(99)])('%s costs no article', async (named) => {
    const site = siteOf(NUMBERS.map(pathOf), numberAtPath, () => ({ head: canonical(named) }));
    const web = await webOf([site]);
    const archive = folder();
    const first = await crawled(web, { seeds: SEEDS }, { archive });
    expect(first.articles.map(({ url }) => url).sort()).toEqual(
      NUMBERS.map((n) => `http://${HOST}${pathOf(n)}`).sort(),
    );
    await crawled(web, { seeds: SEEDS }, { archive });
    expect(recordsOf(archive)).toHaveLength(NUMBERS.length);
  });
});

it('asks for the plain address where the first one found is not allowed', async () => {
  const robots: WebSite['answer'] = (path) =>
    path === '/robots.txt' ? { type: 'text/plain', body: 'User-agent: *\nDisallow: /*?print=1\n' } : undefined;
  const site = siteOf([`${pathOf(1)}?print=1`, '/more/'], numberAtPath, undefined, (path) =>
    path === '/more/' ? html(frontPage([pathOf(1)])) : undefined,
  );
  const web = await webOf([
    { ...site, answer: (path, request) => robots(path, request) ?? site.answer(path, request) },
  ]);
  const { articles } = await crawled(web, { seeds: SEEDS });
  expect(articles.map(({ url }) => url)).toEqual([`http://${HOST}${pathOf(1)}`]);
});

it('asks for the plain address where a page names the print version first', async () => {
  const site = siteOf([`${pathOf(1)}?print=1`, pathOf(1)], (path) => numberAtPath(path.split('?')[0]!));
  const web = await webOf([site]);
  const { articles } = await crawled(web, { seeds: SEEDS });
  expect(articles.map(({ url }) => url)).toEqual([`http://${HOST}${pathOf(1)}`]);
  expect(web.log.filter(({ path }) => path.includes('plan'))).toHaveLength(1);
});

it('keeps one record of a text that stands at two addresses of its site', async () => {
  const site = siteOf([pathOf(1), '/sections/local/the-council-adopts-plan-1'], (path) =>
    path.endsWith('plan-1') ? 1 : undefined,
  );
  const { articles, summary } = await crawled(await webOf([site]), { seeds: SEEDS });
  expect(articles).toHaveLength(1);
  expect(summary.outcomes.duplicate).toEqual({ 'same-content': 1 });
});

it('learns that a kind of address only repeats articles', async () => {
  const foot = (n: number) => `<a href="/node/${4000 + n}">Permanent link</a> <a href="/print/${4000 + n}">Print</a>`;
  const site = siteOf(
    NUMBERS.map(pathOf),
    (path) =>
      numberAtPath(path) ??
      NUMBERS.find((number) => /^\/(?:node|print)\//.test(path) && path.endsWith(`/${4000 + number}`)),
    (number) => ({ head: canonical(pathOf(number)), foot: foot(number) }),
  );
  const web = await webOf([site]);
  const { articles } = await crawled(web, { seeds: SEEDS });
  expect(articles).toHaveLength(NUMBERS.length);
  for (const kind of ['node', 'print'])
    expect(web.log.filter(({ path }) => path.startsWith(`/${kind}/`)).length).toBeLessThanOrEqual(6);
});

it('spends no request on comments, shares and first pages, as WordPress links to them', async () => {
  const feed = (path: string) => `<link rel="alternate" type="application/atom+xml" href="${path}">`;
  const site = siteOf(
    [...NUMBERS.map(pathOf), '/page/1/'],
    (path) => numberAtPath(path.split('?')[0]!),
    (number) => ({
      head: `${feed(`${pathOf(number)}/feed/`)}${feed('/comments/feed/')}`,
      foot: `<a href="${pathOf(number)}?share=facebook&amp;nb=1">Share</a><a href="${pathOf(number)}?replytocom=7#respond">Reply</a>`,
    }),
    (path) =>
      path.endsWith('/feed/') ? xml('<rss version="2.0"><channel><title>x</title></channel></rss>') : undefined,
  );
  const web = await webOf([site]);
  const { articles } = await crawled(web, { seeds: SEEDS });
  expect(articles).toHaveLength(NUMBERS.length);
  expect(web.log.filter(({ path }) => /\?|feed|page/.test(path))).toEqual([]);
});

it.each([
  ['one after the other', (page: number) => [page + 1]],
  ['all of them on each page', () => Array.from({ length: 20 }, (_, index) => index + 2)],
])('leaves a listing behind the days that are wanted: its pages named %s', async (_name, pagesOn) => {
  const dayOf = (number: number) => new Date(Date.UTC(2017, 10, 23) - number * 86_400_000).toISOString().slice(0, 10);
  const PER_PAGE = 5;
  const site: WebSite = {
    host: HOST,
    answer(path) {
      const number = Number(/plan-(\d+)$/.exec(path)?.[1]);
      if (number > 0) return html(articleHtml(number).replaceAll('2017-11-23', dayOf(number)));
      const page = path === '/' ? 1 : Number(/^\/\?page=(\d+)$/.exec(path)?.[1]);
      if (!(page <= 21)) return undefined;
      const articles = Array.from({ length: PER_PAGE }, (_, index) => pathOf((page - 1) * PER_PAGE + index + 1));
      return html(frontPage([...articles, ...pagesOn(page).map((further) => `/?page=${further}`)]));
    },
  };
  const web = await webOf([site]);
  const { articles, summary } = await crawled(web, { seeds: SEEDS, since: '2017-11-16' });
  expect(articles).toHaveLength(7);
  expect(web.log.filter(({ path }) => path.startsWith('/?page=')).map(({ path }) => path)).toEqual([
    '/?page=2',
    '/?page=3',
  ]);
  expect(summary.outcomes['out-of-scope']?.['too-old']).toBeGreaterThan(0);
});

it('marks a near copy on another site that is read at the same moment', async () => {
  const hosts = ['www.one.example', 'www.two.example'];
  const longer = (host: string) => (host === hosts[0] ? '' : '<p>This report was first sent by an agency.</p>');
  const sites = hosts.map(
    (host): WebSite => ({
      host,
      answer: (path) =>
        path === '/'
          ? html(frontPage([pathOf(1)]))
          : path === pathOf(1)
            ? html(articleHtml(1).replace('</article>', `${longer(host)}</article>`))
            : undefined,
    }),
  );
  const { articles } = await crawled(await webOf(sites), { seeds: hosts.map((host) => `http://${host}/`) });
  expect(articles).toHaveLength(2);
  expect(articles.filter(({ duplicateOf }) => duplicateOf !== null)).toHaveLength(1);
});

describe('what an earlier run left out', () => {
  const dayOf = (number: number) => `2017-11-${String(10 + number)}`;
  const sitemap = (paths: readonly string[]) =>
    xml(`<urlset>${paths.map((path) => `<url><loc>http://${HOST}${path}</loc></url>`).join('')}</urlset>`);
  /** All with validators: what has not changed is not sent again. */
  const site: WebSite = {
    host: HOST,
    answer(path) {
      if (path === '/') return html(frontPage(NUMBERS.slice(0, 3).map(pathOf)));
      if (path === '/sitemap.xml') return sitemap(NUMBERS.map(pathOf));
      const number = numberAtPath(path);
      return number === undefined ? undefined : html(articleHtml(number).replaceAll('2017-11-23', dayOf(number)));
    },
  };
  it.each<[string, SettingsInput, SettingsInput, number]>([
    ['an earlier since', { since: '2017-11-15' }, {}, 8],
    ['a later until', { until: '2017-11-15' }, { until: '2017-11-20' }, 5],
    ['the whole month', { until: '2017-11-15' }, { until: '2017-11' }, 5],
    ['no more patterns', { include: ['*nothing*'] }, {}, 0],
    ['no limit of articles', { maxArticles: 2 }, {}, 2],
  ])('is archived with %s, though nothing has changed', async (_name, before, after, first) => {
    const web = await webOf([site]);
    const archive = folder();
    await crawled(web, { seeds: SEEDS, ...before }, { archive });
    expect(recordsOf(archive)).toHaveLength(first);
    await crawled(web, { seeds: SEEDS, ...after }, { archive });
    expect(recordsOf(archive)).toHaveLength(after.until === '2017-11-20' ? 10 : NUMBERS.length);
  });

  it('stays out while the days that are wanted go on', async () => {
    const web = await webOf([site]);
    const archive = folder();
    await crawled(web, { seeds: SEEDS, since: '2017-11-12' }, { archive });
    const asked = web.log.length;
    await crawled(web, { seeds: SEEDS, since: '2017-11-15' }, { archive });
    expect(web.log.slice(asked).filter(({ path }) => path.includes('plan'))).toEqual([]);
  });
});

describe('a sitemap with the addresses of a host that has moved to www', () => {
  const old = 'habits.example';
  const sitemap: WebSite = {
    host: old,
    answer: (path) => ({ status: 301, headers: { location: `http://${HOST}${path}` }, type: 'text/html', body: '' }),
  };
  const named = NUMBERS.map((number) => `<url><loc>http://${old}${pathOf(number)}</loc></url>`).join('');
  const site = siteOf([], numberAtPath, undefined, (path) =>
    path === '/sitemap.xml' ? xml(`<urlset>${named}</urlset>`) : undefined,
  );

  it('costs the way round a few times, not for every article', async () => {
    const web = await webOf([sitemap, site]);
    const { articles } = await crawled(web, { seeds: SEEDS });
    expect(articles.map(({ url }) => url).sort()).toEqual(NUMBERS.map((n) => `http://${HOST}${pathOf(n)}`).sort());
    expect(web.log.filter(({ host, path }) => host === old && path.includes('plan')).length).toBeLessThanOrEqual(6);
  });
});

it('reads an article that stands behind a redirect again', async () => {
  const web = await webOf([
    {
      host: HOST,
      answer(path, { day }) {
        if (path === '/r/4001') return { status: 302, headers: { location: pathOf(1) }, type: 'text/html', body: '' };
        if (path === '/sitemap.xml')
          return xml(`<urlset><url><loc>http://${HOST}/r/4001</loc><lastmod>2017-11-2${day}</lastmod></url></urlset>`);
        if (path === '/') return html(frontPage([]));
        return path === pathOf(1)
          ? html(articleHtml(1).replace('nine votes to four', `nine votes to ${day}`))
          : undefined;
      },
    },
  ]);
  const archive = folder();
  for (const day of [3, 4]) {
    web.day = day;
    await crawled(web, { seeds: SEEDS }, { archive });
  }
  expect(recordsOf(archive).map(({ revision }) => revision.number)).toEqual([1, 2]);
});

it('an article whose address leads elsewhere goes on there, also where the bytes and their entity tag stay', async () => {
  const page = html(articleHtml(1));
  const web = await webOf([
    {
      host: HOST,
      answer(path, { day }) {
        if (path === '/sitemap.xml')
          return xml(`<urlset><url><loc>http://${HOST}/old/1</loc><lastmod>2017-11-2${day}</lastmod></url></urlset>`);
        if (path === '/') return html(frontPage([]));
        if (path === '/old/1' && day === 4)
          return { status: 301, headers: { location: '/new/1' }, type: 'text/html', body: '' };
        return path === (day === 4 ? '/new/1' : '/old/1') ? page : undefined;
      },
    },
  ]);
  const archive = folder();
  for (const day of [3, 4]) {
    web.day = day;
    await crawled(web, { seeds: SEEDS }, { archive });
  }
  expect(recordsOf(archive).map(({ url, revision }) => [new URL(url).pathname, revision.number])).toEqual([
    ['/old/1', 1],
    ['/new/1', 2],
  ]);
});

it('the articles of a site that has taken another name go on there', async () => {
  const heir = 'renamed.example';
  const numbers = [1, 2, 3];
  const page = (path: string, host: string): Reply | undefined => {
    if (path === '/') return html(frontPage(numbers.map(pathOf)));
    const number = numberAtPath(path);
    return number === undefined ? undefined : html(articleHtml(number).replaceAll(HOST, host));
  };
  const web = await webOf([
    {
      host: HOST,
      answer: (path, { day }) =>
        day === 3
          ? page(path, HOST)
          : { status: 301, headers: { location: `http://${heir}${path}` }, type: 'text/html', body: '' },
    },
    { host: heir, answer: (path) => page(path, heir) },
    { host: 'agency.example', answer: (path) => page(path, 'agency.example') },
  ]);
  const archive = folder();
  web.day = 3;
  await crawled(web, { seeds: SEEDS }, { archive });
  web.day = 4;
  const { summary } = await crawled(web, { seeds: [...SEEDS, 'http://agency.example/'] }, { archive });
  // Elsewhere the same texts are copies: nobody said that the site goes on there.
  expect(summary.outcomes).toMatchObject({ archived: { moved: 3, new: 3 }, duplicate: { 'redirects-to-known': 3 } });
  const records = recordsOf(archive).filter(({ url }) => url.startsWith(`http://${heir}/`));
  expect(records.map(({ revision, duplicateOf }) => [revision.number, revision.changed, duplicateOf])).toEqual(
    numbers.map(() => [2, ['url'], null]),
  );
});

it('an address whose article stands at many others as well is asked for once a run', async () => {
  const copies = Array.from({ length: 6 }, (_, at) => `/copy/${at}`);
  const web = await webOf([
    {
      host: HOST,
      answer(path, { day }) {
        if (path === '/') return html(frontPage(day === 3 ? ['/old/1'] : copies));
        return path === '/old/1' || copies.includes(path) ? html(articleHtml(1)) : undefined;
      },
    },
  ]);
  const archive = folder();
  web.day = 3;
  await crawled(web, { seeds: SEEDS }, { archive });
  web.day = 4;
  const asked = web.log.length;
  const { summary } = await crawled(web, { seeds: SEEDS }, { archive });
  expect(summary.outcomes.duplicate).toEqual({ 'same-content': 6 });
  expect(web.log.slice(asked).filter(({ path }) => path === '/old/1')).toHaveLength(1);
});

describe('an address that an article has left', () => {
  const redirect = (location: string): Reply => ({ status: 301, headers: { location }, type: 'text/html', body: '' });
  const WAYS: [string, Reply, Record<string, Record<string, number>>][] = [
    ['leads to the new one', redirect('/new/1'), { duplicate: { 'redirects-to-known': 1 } }],
    ['leads to the front page', redirect('/'), { gone: { 'redirects-to-front': 1 } }],
    ['is not there', { status: 404, type: 'text/html', body: '' }, { gone: { 'http-404': 1 } }],
    ['is gone for good', { status: 410, type: 'text/html', body: '' }, { gone: { 'http-410': 1 } }],
  ];
  /** The third day at the old address; the fourth day at the new one, which alone is listed then. */
  const movingWeb = (old: Reply) =>
    webOf([
      {
        host: HOST,
        answer(path, { day }) {
          const place = day === 3 ? '/old/1' : '/new/1';
          if (path === '/sitemap.xml') return xml(`<urlset><url><loc>http://${HOST}${place}</loc></url></urlset>`);
          if (path === '/') return html(frontPage([]));
          if (path === '/new/2') return html(articleHtml(2));
          return path === place ? html(articleHtml(1)) : path === '/old/1' ? old : undefined;
        },
      },
    ]);

  it.each(WAYS)('that %s: the article goes on, and the lead ends as what it is', async (_name, old, outcomes) => {
    const web = await movingWeb(old);
    const archive = folder();
    web.day = 3;
    await crawled(web, { seeds: SEEDS }, { archive });
    web.day = 4;
    const { summary } = await crawled(web, { seeds: SEEDS }, { archive });
    expect(recordsOf(archive).map(({ url, revision }) => [new URL(url).pathname, revision.number])).toEqual([
      ['/old/1', 1],
      ['/new/1', 2],
    ]);
    expect(summary.outcomes).toMatchObject({ archived: { moved: 1 }, ...outcomes });
    const one = {
      articles: 1,
      newest: ['/new/1'],
      found: [
        [1, 2],
        [1, 2],
      ],
    };
    expect(await readingOf(archive)).toEqual(one);

    // As an older tearsheet left it: told apart as long as it is only read, and put right by the next run.
    const state = openState(join(archive, 'state.db'));
    state.exec("DROP TABLE move; UPDATE room SET version = 4 WHERE name = 'archive'");
    state.close();
    rmSync(join(archive, 'state.db.sha256'));
    expect(await readingOf(archive)).toMatchObject({ articles: 2, found: [[1], [2]] });
    await (await openArchive(archive, { settings: settingsSchema.parse({ seeds: SEEDS }) })).close();
    expect(await readingOf(archive)).toEqual(one);
    rmSync(join(archive, 'state.db'));
    await repairArchive(archive);
    expect(await readingOf(archive)).toEqual(one);
  });

  /** The articles, the paths of their newest records, and the records that each address gives. */
  async function readingOf(archive: string) {
    const reader = openReader(archive);
    const newest: string[] = [];
    for await (const { article } of reader.records({ latest: true })) newest.push(new URL(article.url).pathname);
    const found: number[][] = [];
    for (const path of ['/old/1', '/new/1'])
      found.push((await reader.article(`http://${HOST}${path}`)).map(({ number }) => number));
    const { articles } = reader.counts();
    reader.close();
    return { articles, newest, found };
  }

  it.each(WAYS)(
    'that %s is asked for once, also where it is named again later in the run',
    async (_name, old, outcomes) => {
      const later = new Date(Date.now() + 3_600_000).toISOString();
      const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>${headlineOf(1)}</title>
<link href="http://${HOST}/old/1"/><updated>${later}</updated></entry></feed>`;
      const web = await webOf([
        {
          host: HOST,
          answer(path, { day }) {
            const place = day === 3 ? '/old/1' : '/new/1';
            if (path === '/') return html(frontPage(day === 3 ? [place] : [place, '/section/']));
            if (path === '/section/')
              return html('<title>News</title><link rel="alternate" type="application/atom+xml" href="/feed.xml">');
            if (path === '/feed.xml') return { type: 'application/atom+xml', body: feed };
            return path === place ? html(articleHtml(1)) : path === '/old/1' ? old : undefined;
          },
        },
      ]);
      const archive = folder();
      web.day = 3;
      await crawled(web, { seeds: SEEDS }, { archive });
      web.day = 4;
      web.log.length = 0;
      // The article at its new address is too old for the run: its record ends no other lead.
      const settings = { seeds: SEEDS, since: '2017-11-24', profilePages: 1 };
      const { summary } = await crawled(web, settings, { archive });
      expect(web.log.map(({ path }) => path).filter((path) => path === '/old/1' || path === '/feed.xml')).toEqual([
        '/old/1',
        '/feed.xml',
      ]);
      expect(summary.outcomes).toMatchObject({ 'out-of-scope': { 'too-old': 1 }, ...outcomes });
    },
  );

  it('that leads to another article has not been left', async () => {
    const web = await movingWeb(redirect('/new/2'));
    const archive = folder();
    web.day = 3;
    await crawled(web, { seeds: SEEDS }, { archive });
    web.day = 4;
    await crawled(web, { seeds: SEEDS }, { archive });
    const records = recordsOf(archive).map(({ url, revision }) => [new URL(url).pathname, revision.number]);
    expect(records).not.toContainEqual(['/new/1', 2]);
    expect(records).toContainEqual(['/old/1', 1]);
  });
});
