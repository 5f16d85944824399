/** Captures read again: the same reader gives the same bytes, another one new records, and no server is asked. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Archive, type NewRecord, openArchive } from '../../src/archive/archive.js';
import { openReader } from '../../src/archive/reader.js';
import { recordLine } from '../../src/archive/records.js';
import { repairArchive } from '../../src/archive/repair.js';
import { verifyArchive } from '../../src/archive/verify.js';
import type { Article, ArticleFields } from '../../src/article.js';
import { stepsOf } from '../../src/history/changes.js';
import { type ReextractOptions, reextract } from '../../src/reextract.js';
import { openState } from '../../src/state.js';
import { page, recordOf, STARTED_MS, SUMMARY, settingsWith } from '../archive/example.js';
import { articlePage, ended, run, start } from '../cli/running.js';
import { crawled, fixtureWeb, folder, webOf } from '../crawl/crawling.js';

const settings = settingsWith();
const FORMAT_1 = fileURLToPath(new URL('../../fixtures/archives/format-1', import.meta.url));

async function reextracted(archive: string, options: ReextractOptions = {}) {
  const articles: Article[] = [];
  const reading = reextract(archive, { workers: 0, ...options });
  for (;;) {
    const step = await reading.next();
    if (step.done) return { articles, summary: step.value };
    articles.push(step.value);
  }
}

async function problemsIn(directory: string): Promise<string[]> {
  const problems: string[] = [];
  for await (const { file, problem } of verifyArchive(directory)) problems.push(`${file} ${problem}`);
  return problems;
}

function linesIn(archive: string): string[] {
  return readdirSync(join(archive, 'records'))
    .sort()
    .flatMap((file) => readFileSync(join(archive, 'records', file), 'utf8').split(/(?<=\n)/));
}

const recordsIn = (archive: string): Article[] => linesIn(archive).map((line) => JSON.parse(line) as Article);

/** Every file with its digest: what must not change. */
function digestsOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^lock\.db|-(?:wal|shm)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);
}

const URL_1 = 'https://example.org/2017/11/plan-one';
const URL_2 = 'https://example.org/2017/11/plan-two';

interface Kept {
  readonly url: string;
  readonly html: string;
  /** As another extractor read it; absent: no record. */
  readonly fields?: ArticleFields;
  readonly withhold?: string;
}

/** An archive by another extractor: pages as they came, records as they were read then. One run for each list. */
async function archiveOf(...runs: (readonly Kept[])[]): Promise<string> {
  const directory = folder();
  const archive = await openArchive(directory, { settings });
  for (const [index, kept] of runs.entries()) {
    const startedAtMs = STARTED_MS + index * 86_400_000;
    archive.beginRun({ startedAtMs, settings });
    await Promise.all(kept.map((each) => keep(archive, each, startedAtMs)));
    await archive.seal(SUMMARY);
  }
  await archive.close();
  return directory;
}

async function keep(archive: Archive, { url, html, fields, withhold }: Kept, startedAtMs: number): Promise<void> {
  const kept = await archive.keep(page(url, html, { startedAtMs }), { withhold });
  await archive.commit(fields ? { records: [recordOf(archive, url, fields, kept)] } : {});
}

const poor: ArticleFields = { headline: 'Council', articleBody: 'The council adopted a plan.' };

describe('reextract', () => {
  it('gives byte-identical lines with the same extractor and each record’s own profile', async () => {
    const { web, sites } = await fixtureWeb();
    const archive = folder();
    const seeds = sites.map(({ host }) => `http://${host}/`);
    await crawled(web, { seeds, profilePages: 2 }, { archive });
    const asked = web.log.length;
    const { articles, summary } = await reextracted(archive, { profiles: 'then', to: 'all' });
    expect(articles.map(recordLine).sort()).toEqual(linesIn(archive).sort());
    expect(summary.outcomes).toEqual({ unchanged: { 'same-content': articles.length } });
    expect(summary.reextraction).toMatchObject({ withoutWitness: 0, withoutProfile: 0 });
    expect(web.log.length).toBe(asked);
  });

  it('reads a page with what its feed said of it', async () => {
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://news.example/</link>
<item><title>Council adopts plan number 7 after long debate</title><link>http://news.example/7</link>
<pubDate>Thu, 23 Nov 2017 18:49:00 +0300</pubDate></item></channel></rss>`;
    const html = articlePage(7).replace(/<meta property[^>]*>/g, '');
    const web = await webOf([
      {
        host: 'news.example',
        answer: (path) =>
          path === '/feed.xml'
            ? { type: 'application/rss+xml', body: feed }
            : path === '/7'
              ? { type: 'text/html; charset=utf-8', body: html }
              : undefined,
      },
    ]);
    const archive = folder();
    await crawled(web, { seeds: ['http://news.example/feed.xml'] }, { archive });
    expect(recordsIn(archive)).toMatchObject([
      { datePublished: '2017-11-23T18:49:00+03:00', provenance: { datePublished: { from: 'feed' } } },
    ]);
    const { articles } = await reextracted(archive, { profiles: 'then', to: 'all' });
    expect(articles.map(recordLine)).toEqual(linesIn(archive));
  });

  it('writes what reads otherwise once, as a record that replaces the one of the same capture', async () => {
    const archive = await archiveOf([{ url: URL_1, html: articlePage(1), fields: poor }]);
    const { articles, summary } = await reextracted(archive);
    const [first, second] = recordsIn(archive);
    expect(articles).toEqual([second]);
    expect(second).toMatchObject({
      headline: 'Council adopts plan number 1',
      capture: first!.capture,
      revision: { number: 2, previous: first!.id, replaces: 1 },
    });
    expect(second!.revision.changed).toEqual(expect.arrayContaining(['headline', 'datePublished', 'articleBody']));
    expect(summary).toMatchObject({ articles: 1, leads: 1, outcomes: { archived: { reread: 1 } } });
    expect(await problemsIn(archive)).toEqual([]);

    const again = await reextracted(archive);
    expect(again).toMatchObject({ articles: [], summary: { outcomes: { unchanged: { 'same-content': 1 } } } });
    expect(linesIn(archive)).toHaveLength(2);
    expect(await problemsIn(archive)).toEqual([]);
  });

  it('keeps the newest capture’s record the newest, and makes no edit of a better reading', async () => {
    const edited = articlePage(1).replace('nine votes to four', 'nine votes to five');
    const archive = await archiveOf(
      [{ url: URL_1, html: articlePage(1), fields: poor }],
      [{ url: URL_1, html: edited, fields: { headline: 'Council', articleBody: 'Nine votes to five.' } }],
    );
    await reextracted(archive);
    // As if only the older capture had been read badly.
    const better = await reextracted(archive, { to: 'all' });
    const spoilt = folder();
    rmSync(spoilt, { recursive: true });
    cpSync(archive, spoilt, { recursive: true });
    const writer = await openArchive(spoilt, { settings });
    writer.beginRun({ startedAtMs: STARTED_MS + 9e8, settings });
    const [older, newer] = better.articles;
    await writer.commit({ records: [readBy(writer, older!, poor)] });
    await writer.commit({ records: [readBy(writer, newer!, newer!)] });
    await writer.seal(SUMMARY);
    await writer.close();

    const { articles, summary } = await reextracted(spoilt);
    expect(summary.outcomes).toEqual({ archived: { reread: 1, repeated: 1 } });
    expect(articles.map(({ revision }) => [revision.replaces, revision.changed?.includes('articleBody')])).toEqual([
      [5, true],
      [6, false],
    ]);
    expect(await problemsIn(spoilt)).toEqual([]);

    const reader = openReader(spoilt);
    const records = await reader.article(URL_1);
    expect(records.at(-1)!.article.articleBody).toContain('nine votes to five');
    expect(stepsOf(records)).toMatchObject([{ from: { revision: 7 }, to: { revision: 8, replaces: 6 } }]);
    expect(stepsOf(records)[0]!.changes).toMatchObject([{ field: 'articleBody', kind: 'edit' }]);
    reader.close();
    const told = await run(['history', spoilt, URL_1]);
    expect(told.stdout).toContain('3 replaces 1: read again by tearsheet/');
  });

  it('finds the page of a revisit, and says which records have none', async () => {
    const listing = `<html><title>Politics</title><body><h1>Politics</h1><ul>${'<li><a href="/a">A story</a></li>'.repeat(30)}</ul></body></html>`;
    const archive = await archiveOf([
      { url: URL_1, html: articlePage(1), fields: poor },
      { url: URL_2, html: articlePage(1), fields: poor },
      { url: 'https://example.org/secret', html: articlePage(2), fields: poor, withhold: 'noarchive' },
      { url: 'https://example.org/politics/', html: listing, fields: poor },
    ]);
    const before = recordsIn(archive);
    const { articles, summary } = await reextracted(archive);
    expect(articles.map(({ url, headline }) => [url, headline])).toEqual([
      [URL_1, 'Council adopts plan number 1'],
      [URL_2, 'Council adopts plan number 1'],
    ]);
    expect(summary.outcomes).toMatchObject({ archived: { reread: 2 }, disallowed: { noarchive: 1 } });
    expect(Object.keys(summary.outcomes)).toEqual(expect.arrayContaining(['not-article']));
    expect(recordsIn(archive).slice(0, 4)).toEqual(before);
    expect(await problemsIn(archive)).toEqual([]);
  });

  it('says what it cannot read, and reads the rest', async () => {
    const archive = await archiveOf([
      { url: URL_1, html: articlePage(1), fields: poor },
      { url: URL_2, html: articlePage(2), fields: poor },
    ]);
    const path = join(archive, 'warc', readdirSync(join(archive, 'warc'))[0]!);
    const bytes = readFileSync(path);
    const { offset, length } = recordsIn(archive)[0]!.capture!.warc!;
    bytes.fill(0, offset, offset + length);
    writeFileSync(path, bytes);
    const { code, stderr } = await run(['reextract', archive]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/reads otherwise +1 .*\n.*cannot be read +1 +no-capture 1\n/);
  });

  it('applies the present profile, or the one that was applied then', async () => {
    const { web, sites } = await fixtureWeb(['harbour-uk']);
    const archive = folder();
    await crawled(web, { seeds: [`http://${sites[0]!.host}/`] }, { archive });
    const file = join(archive, 'sites', readdirSync(join(archive, 'sites'))[0]!);
    const profile = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...profile, pinned: { name: 'The Harbour Pinned' } }));
    const then = await reextracted(archive, { profiles: 'then', to: 'all' });
    expect(then.articles.map(recordLine).sort()).toEqual(linesIn(archive).sort());
    const present = await reextracted(archive, { to: 'preview' });
    expect(present.articles.length).toBe(then.articles.length);
    for (const { publisher, revision } of present.articles) {
      expect(publisher?.name).toBe('The Harbour Pinned');
      expect(revision.changed).toEqual(['publisher']);
    }
  });

  it('writes nothing with --dry-run and -o', async () => {
    const archive = await archiveOf([{ url: URL_1, html: articlePage(1), fields: poor }]);
    const before = digestsOf(archive);
    const dry = await run(['reextract', archive, '--dry-run']);
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({ revision: { number: 2, replaces: 1 } });
    const all = await run(['reextract', archive, '-o', '-', '--quiet']);
    expect(JSON.parse(all.stdout)).toMatchObject({ headline: 'Council adopts plan number 1', revision: { number: 1 } });
    expect(all.stderr).toBe('');
    expect(digestsOf(archive)).toEqual(before);
  });

  it('ends with what it has when it is interrupted, and does the rest the next time', async () => {
    const archive = await archiveOf(
      Array.from({ length: 600 }, (_, n) => ({
        url: `https://example.org/story/${n}`,
        html: articlePage(n),
        fields: { ...poor, articleBody: `The council adopted plan ${n}.` },
      })),
    );
    const child = start(['reextract', archive, '--workers', '1', '--log', 'json', '--verbose']);
    let said = '';
    child.stderr!.on('data', (text) => {
      said += text;
      if (said.includes('"event":"article"') && !child.killed) child.kill('SIGINT');
    });
    const { code, stderr } = await ended(child);
    expect(code, stderr.slice(-500)).toBe(130);
    const done = linesIn(archive).length - 600;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(600);
    expect(await problemsIn(archive)).toEqual([]);
    expect((await reextracted(archive)).summary.outcomes).toEqual({
      archived: { reread: 600 - done },
      unchanged: { 'same-content': done },
    });
    expect(linesIn(archive)).toHaveLength(1200);
    expect(await problemsIn(archive)).toEqual([]);
  });

  it('takes only the articles that are asked for', async () => {
    const archive = await archiveOf([
      { url: URL_1, html: articlePage(1), fields: poor },
      { url: 'https://example.com/other', html: articlePage(2), fields: { ...poor, datePublished: '2017-11-23' } },
    ]);
    const urls = async (options: ReextractOptions) =>
      (await reextracted(archive, { to: 'preview', ...options })).articles.map(({ url }) => url);
    expect(await urls({ url: URL_1 })).toEqual([URL_1]);
    expect(await urls({ selection: { site: ['example.com'] } })).toEqual(['https://example.com/other']);
    expect(await urls({ selection: { since: '2017-11' } })).toEqual(['https://example.com/other']);
    expect(await run(['reextract', archive, '--url', 'https://example.org/none'])).toMatchObject({ code: 1 });
  });

  it('is known again when state.db is made anew from the files', async () => {
    const { web, sites } = await fixtureWeb(['harbour-uk', 'gazette-fr']);
    const archive = folder();
    await crawled(web, { seeds: sites.map(({ host }) => `http://${host}/`) }, { archive });
    for (const name of readdirSync(join(archive, 'sites'))) {
      const file = join(archive, 'sites', name);
      const profile = JSON.parse(readFileSync(file, 'utf8'));
      writeFileSync(file, JSON.stringify({ ...profile, pinned: { name: 'Pinned' } }));
    }
    expect((await reextracted(archive)).articles.length).toBeGreaterThan(0);
    expect(await problemsIn(archive)).toEqual([]);
    const before = ledgerOf(archive);
    rmSync(join(archive, 'state.db'));
    rmSync(join(archive, 'state.db.sha256'));
    expect((await repairArchive(archive)).left).toEqual([]);
    expect(ledgerOf(archive)).toEqual(before);
    expect((await reextracted(archive)).articles).toEqual([]);
  });

  it('reads archives of format 1, and says what they did not keep', async () => {
    const archive = folder();
    cpSync(FORMAT_1, archive, { recursive: true });
    const { code, stderr } = await run(['reextract', archive, '--dry-run']);
    expect(code).toBe(0);
    expect(stderr).toContain('runs before tearsheet-archive/2');
  });

  it('learns profiles anew from all captures, whatever the order, and keeps what a person has pinned', async () => {
    const { web, sites } = await fixtureWeb(['kroniek-nl', 'wochenschau-de']);
    const archives = [1, 2].map(() => folder());
    for (const archive of archives)
      for (const profilePages of archive === archives[0] ? [25] : [1])
        await crawled(web, { seeds: sites.map(({ host }) => `http://${host}/`), profilePages }, { archive });
    const profileIn = (archive: string, name: string) =>
      JSON.parse(readFileSync(join(archive, 'sites', `${name}.json`), 'utf8'));
    const [whole, early] = archives as [string, string];
    const learned = profileIn(whole, 'kroniek-example.nl');
    expect(learned.pages).toBe(4);
    // What the first page alone taught, and nothing is left of what was pinned.
    writeFileSync(
      join(early, 'sites', 'kroniek-example.nl.json'),
      JSON.stringify({
        ...profileIn(early, 'kroniek-example.nl'),
        pages: 0,
        seen: [],
        repeated: {},
        pinned: { name: 'Kroniek' },
      }),
    );
    const preview = await reextracted(early, { profiles: 'anew', to: 'preview' });
    expect(profileIn(early, 'kroniek-example.nl').pages).toBe(0);
    const { articles, summary } = await reextracted(early, { profiles: 'anew' });
    expect(articles).toEqual(preview.articles);
    expect(profileIn(early, 'kroniek-example.nl')).toEqual({ ...learned, pinned: { name: 'Kroniek' } });
    expect(profileIn(early, 'wochenschau-example.de')).toEqual(profileIn(whole, 'wochenschau-example.de'));
    expect(summary.reextraction?.profiles).toBe('anew');
    const bodies = (archive: string) => new Map(recordsIn(archive).map(({ url, articleBody }) => [url, articleBody]));
    expect(bodies(early)).toEqual(bodies(whole));
    expect(await problemsIn(early)).toEqual([]);
    expect((await reextracted(early, { profiles: 'anew' })).articles).toEqual([]);
  });

  it('finds articles among captures that made no record, once, and joins their pages', async () => {
    const archive = await archiveOf(
      [
        { url: URL_1, html: articlePage(1) },
        { url: URL_2, html: articlePage(2), fields: poor },
        {
          url: 'https://example.org/politics/',
          html: `<title>Politics</title><ul>${'<li><a href="/a">A story</a></li>'.repeat(30)}</ul>`,
        },
        { url: 'https://example.org/secret', html: articlePage(3), withhold: 'noarchive' },
        ...[1, 2].map((number) => ({
          url: `https://example.org/long${number === 1 ? '' : `?page=${number}`}`,
          html: articlePage(number + 10, 'A long story in two pages').replace(
            '</article>',
            '<a href="/long">1</a> <a href="/long?page=2">2</a></article>',
          ),
        })),
      ],
      [{ url: URL_1, html: articlePage(1).replace('nine votes to four', 'nine votes to five') }],
    );
    const before = linesIn(archive);
    expect((await reextracted(archive, { to: 'preview' })).articles.map(({ url }) => url)).toEqual([URL_2]);
    const preview = await reextracted(archive, { unrecorded: true, to: 'preview' });
    const { articles, summary } = await reextracted(archive, { unrecorded: true });
    // What is written first is what a copy is of.
    const apart = (found: readonly Article[]) => found.map(({ duplicateOf, ...rest }) => rest);
    expect(apart(articles)).toEqual(apart(preview.articles));
    expect(articles.map(({ url, revision }) => [url, revision.number, revision.changed])).toEqual([
      [URL_2, 2, expect.any(Array)],
      [URL_1, 1, undefined],
      [URL_1, 2, ['articleBody']],
      ['https://example.org/long', 1, undefined],
    ]);
    expect(articles.find(({ url }) => url.endsWith('/long'))?.capture).toMatchObject({
      parts: [{ url: 'https://example.org/long?page=2' }],
    });
    expect(summary).toMatchObject({ leads: 1, reextraction: { unrecorded: { captures: 5, failed: 0, articles: 3 } } });
    expect(linesIn(archive).slice(0, before.length)).toEqual(before);
    expect(await problemsIn(archive)).toEqual([]);
    const again = await run(['reextract', '--unrecorded', archive]);
    expect(again.stderr).toContain('1 capture without a record: 0 articles found.');
    const all = await reextracted(archive, { to: 'all', profiles: 'then' });
    expect(all.summary.outcomes).toEqual({ unchanged: { 'same-content': 4 } });
  });

  it('ends with one line on a full disk, tears nothing, and goes on when there is space', async ({ skip }) => {
    const disk = join(folder(), 'disk');
    mkdirSync(disk);
    const source = await archiveOf(
      Array.from({ length: 400 }, (_, n) => ({
        url: `https://example.org/story/${n}`,
        html: articlePage(n),
        fields: { ...poor, articleBody: `The council adopted plan ${n}.` },
      })),
    );
    const bytes = Number(execFileSync('du', ['-sk', source]).toString().split(/\s/)[0]) + 400;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}k`, 'tmpfs', disk], { stdio: 'pipe' });
    } catch (error) {
      const reason = `no small file system can be mounted here: ${String((error as Error).message).split('\n')[0]}`;
      console.log(`skipped: ${reason}`);
      return skip(reason);
    }
    try {
      const archive = join(disk, 'news');
      cpSync(source, archive, { recursive: true });
      const full = await run(['reextract', '--quiet', archive]);
      expect(full.code, full.stderr).toBe(1);
      expect(full.stderr).toMatch(
        /^tearsheet: [^\n]*no space left to write to; all that was committed is safe[^\n]*\n$/,
      );
      execFileSync('mount', ['-o', 'remount,size=80m', disk]);
      expect(await problemsIn(archive)).toEqual([]);
      expect(await run(['reextract', '--quiet', archive])).toMatchObject({ code: 0, stderr: '' });
      expect(linesIn(archive)).toHaveLength(800);
      expect(await problemsIn(archive)).toEqual([]);
      expect((await reextracted(archive)).articles).toEqual([]);
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });

  it('refuses a folder without an archive, and an archive that is being written to', async () => {
    const empty = folder();
    expect(await run(['reextract', empty])).toMatchObject({ code: 3, stderr: expect.stringContaining('no archive') });
    expect(readdirSync(empty)).toEqual([]);
    const archive = await archiveOf([{ url: URL_1, html: articlePage(1), fields: poor }]);
    const writer = await openArchive(archive, { settings });
    expect(await run(['reextract', archive])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('another run'),
    });
    await writer.close();
  });
});

/** A record of the same capture with these fields, as another extractor might have made it. */
function readBy(archive: Archive, { url, capture }: Article, fields: ArticleFields): NewRecord {
  const { key, article, revision } = recordOf(archive, url, fields);
  const number = archive.known(key)!.number + 1;
  const numbered = { ...revision, number, revision: { ...revision.revision, number } };
  return { key, revision: numbered, article: { ...article, capture, revision: numbered.revision } };
}

function ledgerOf(archive: string): unknown {
  const state = openState(join(archive, 'state.db'));
  try {
    return {
      articles: state.prepare('SELECT * FROM article ORDER BY key').all({}),
      revisions: state.prepare('SELECT * FROM revision ORDER BY row').all({}),
      profiles: state.prepare('SELECT * FROM site_profile ORDER BY digest').all({}),
      payloads: state.prepare('SELECT * FROM payload ORDER BY digest').all({}),
    };
  } finally {
    state.close();
  }
}
