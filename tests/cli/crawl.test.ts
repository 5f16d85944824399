import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { articleSchema } from '../../src/article-schema.js';
import { articlePage, ended, HAS_TERMINAL, onTerminal, quote, run, type Site, serve, shell, start } from './running.js';

const ARTICLES = 12;
const hostile = 'Bad \x1b[2J\x9b31m \u202e headline number';

let folder: string;
let site: Site;
/** While true, pages of articles are not answered. */
let isHolding = false;
const held: (() => void)[] = [];

beforeAll(async () => {
  site = await serve(async (path) => {
    if (path === '/robots.txt') return { type: 'text/plain', body: 'User-agent: *\nDisallow: /private' };
    if (path === '/') {
      const links = Array.from(
        { length: ARTICLES },
        (_, n) => `<p><a href="/2017/11/23/plan-number-${n}">Plan number ${n}</a></p>`,
      );
      return { body: `<title>Front</title>${links.join('')}<a href="/private/x">x</a>` };
    }
    if (path === '/broken') return { status: 500 };
    if (path === '/empty') return { body: '' };
    if (path === '/minutes') return { type: 'application/pdf', body: '%PDF-1.7' };
    const number = /^\/(?:2017\/11\/23\/plan-number|hostile)-(\d+)$/.exec(path)?.[1];
    if (number === undefined) return { status: 404 };
    if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
    return { body: articlePage(Number(number), path.startsWith('/hostile') ? hostile + number : undefined) };
  });
});
afterAll(() => site.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tearsheet-crawl-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const crawl = (...args: string[]) => run(['crawl', '--delay', '0', ...args], { cwd: folder });
const recordsOf = (archive: string) =>
  readdirSync(join(folder, archive, 'records')).flatMap((file) =>
    lines(readFileSync(join(folder, archive, 'records', file), 'utf8')),
  );

describe('crawl, to standard output', () => {
  it('writes only JSONL there, each line a valid record', async () => {
    const { stdout, stderr, code } = await crawl(`${site.host}/`);
    expect(code).toBe(0);
    const records = lines(stdout).map((line) => articleSchema.parse(line));
    expect(records.map(({ headline }) => headline).sort()).toEqual(
      Array.from({ length: ARTICLES }, (_, n) => `Council adopts plan number ${n}`).sort(),
    );
    expect(stderr).toMatch(/^archived +12 +new 12$/m);
    expect(site.requested).not.toContain('/private/x');
  });

  it('ends with a table that adds up', async () => {
    const { stderr } = await crawl(`${site.host}/`);
    const counts = [...stderr.matchAll(/^[a-z-]+ +([\d,]+)(?: |$)/gm)].map(([, n]) => Number(n!.replace(',', '')));
    const all = Number(/^all +([\d,]+)$/m.exec(stderr)![1]!.replace(',', ''));
    expect(counts.slice(0, -1).reduce((sum, n) => sum + n, 0)).toBe(all);
  });

  it('ends quietly with exit code 0 when its reader has gone', async () => {
    const { stdout, stderr, code } = await shell(
      `tearsheet crawl ${quote(`${site.host}/`)} --delay 20 --quiet | head -1; exit "\${PIPESTATUS[0]}"`,
    );
    expect([lines(stdout).length, stderr, code]).toEqual([1, '', 0]);
  });

  it('writes no control codes to a log', async () => {
    const { stderr } = await crawl(`${site.host}/hostile-1`, '--verbose');
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  });

  it('says nothing with --quiet', async () => {
    expect(await crawl(`${site.host}/`, '--quiet', '-o', 'out.jsonl')).toEqual({ stdout: '', stderr: '', code: 0 });
    expect(lines(readFileSync(join(folder, 'out.jsonl'), 'utf8'))).toHaveLength(ARTICLES);
  });

  it('logs one JSON object per event with --log json', async () => {
    const { stderr } = await crawl(`${site.host}/`, '--log', 'json');
    const events = lines(stderr);
    for (const event of events)
      expect(event).toMatchObject({ time: expect.any(String), level: expect.any(String), event: expect.any(String) });
    expect(events.at(-1)).toMatchObject({ event: 'run-finished', summary: { articles: ARTICLES } });
  });

  it('writes only the chosen fields, in that order', async () => {
    const { stdout } = await crawl(
      `${site.host}/2017/11/23/plan-number-3`,
      '--fields',
      'datePublished,headline',
      '--scope',
      'prefix',
    );
    expect(stdout).toBe('{"datePublished":"2017-11-23T18:13:00+03:00","headline":"Council adopts plan number 3"}\n');
  });

  it('reads seeds from a file and settings from another', async () => {
    writeFileSync(
      join(folder, 'seeds.txt'),
      `\uFEFF# mine\r\n${site.host}/2017/11/23/plan-number-1#top\r\n\r\n  ${site.host}/2017/11/23/plan-number-2 # the second\r\n`,
    );
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ scope: 'prefix', delayMs: 0 }));
    const { stdout } = await run(['crawl', '--seeds', 'seeds.txt', '--config', 'settings.json'], { cwd: folder });
    expect(lines(stdout)).toHaveLength(2);
  });

  it('stops at --max-articles', async () => {
    const { stdout, stderr } = await crawl(`${site.host}/`, '--max-articles', '4');
    expect(lines(stdout)).toHaveLength(4);
    expect(stderr).toContain('Stopped at the limit of --max-articles');
  });
});

describe('a seed that brings nothing', () => {
  it.each([
    ['/nothing-here', 1, /seed \S+\/nothing-here: gone \(http-404/],
    ['/private/page', 1, /seed \S+\/private\/page: disallowed \(robots/],
    ['/broken', 1, /seed \S+\/broken: failed \(http-5xx/],
    ['/empty', 0, /seed \S+\/empty: not-article \(empty/],
    ['/minutes', 0, /seed \S+\/minutes: not-article \(not-html/],
    ['/minutes.pdf', 2, /seed "\S+\/minutes\.pdf"/],
  ])('is named with the reason: %s', async (path, exit, message) => {
    const { stdout, stderr, code } = await crawl(site.host + path, '--config', settings({ retries: 0 }));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\bat \S+:\d+/);
    expect([stdout, code]).toEqual(['', exit]);
  });

  it('is one of many: the first are named, the others summed up, and when quiet all of them', async () => {
    const seeds = Array.from({ length: 13 }, (_, at) => `${site.host}/gone-${at}`);
    const asked = [...seeds.slice(1), `${site.host}/private/page`];
    const told = async (...options: string[]) => {
      const { stderr, code } = await crawl(...asked, ...options);
      expect(code).toBe(1);
      return stderr.split('\n').filter((line) => /\bseeds?\b/.test(line) && !line.includes(' run '));
    };
    const usual = await told();
    expect(usual).toHaveLength(11);
    expect(usual.filter((line) => /^seed \S+: (?:gone \(http-404|disallowed \(robots)/.test(line))).toHaveLength(10);
    expect(usual.at(-1)).toMatch(/^and 3 more seeds: .*(?:gone|disallowed).*; --verbose names each$/);
    expect(await told('--quiet')).toEqual([
      '13 seeds: 1 disallowed (robots 1), 12 gone (http-404 12); --verbose names each',
    ]);
    expect((await told('--verbose')).filter((line) => line.startsWith('seed '))).toHaveLength(13);
  });

  it('is named when its host has no address', async () => {
    const { stderr, code } = await crawl('http://no-such-host.invalid/', '--config', settings({ retries: 0 }));
    expect(stderr).toMatch(/seed http:\/\/no-such-host\.invalid\/: .*(ENOTFOUND|EAI_AGAIN|dns)/);
    expect(code).toBe(1);
  });
});

function settings(values: object): string {
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(values));
  return 'settings.json';
}

describe('crawl, into an archive', () => {
  it('says where the records are and what to type next, and the same command again asks for nothing twice', async () => {
    const first = await crawl('--archive', 'news', `${site.host}/`);
    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(first.stderr).toMatch(/12 records in the archive news/);
    expect(first.stderr).toMatch(/records\/\S+\.jsonl/);
    expect(first.stderr).toContain('tearsheet verify news');
    expect(recordsOf('news')).toHaveLength(ARTICLES);

    const before = site.requested.length;
    const second = await run(['crawl', '--archive', 'news'], { cwd: folder });
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('Nothing new');
    expect(site.requested.slice(before).filter((path) => path.includes('plan-number'))).toEqual([]);
    expect(recordsOf('news')).toHaveLength(ARTICLES);
  });

  it('says which seeds its own settings do not have', async () => {
    const [listed, added] = [`${site.host}/minutes`, `${site.host}/empty`];
    expect((await crawl('--archive', 'news', listed)).stderr).not.toContain('Only in this run');
    expect((await crawl('--archive', 'news', listed, added)).stderr).toContain(
      `Only in this run: ${added}; for later ones add it to the seeds in news/tearsheet.json.\n`,
    );
    expect((await crawl('--archive', 'news')).stderr).not.toContain('Only in this run');
  });

  it('verifies, and a flipped bit is found with exit code 3', async () => {
    await crawl('--archive', 'news', `${site.host}/`);
    expect(await run(['verify', 'news'], { cwd: folder })).toMatchObject({ code: 0, stdout: '' });
    const file = join(folder, 'news/records', readdirSync(join(folder, 'news/records'))[0]!);
    const bytes = readFileSync(file);
    bytes[100]! ^= 1;
    writeFileSync(file, bytes);
    const { code, stdout } = await run(['verify', 'news'], { cwd: folder });
    expect([code, stdout]).toEqual([3, expect.stringContaining('records/')]);
  });

  it('is refused with exit code 3 while another run writes there', async () => {
    isHolding = true;
    const first = start(['crawl', '--delay', '0', '--archive', 'news', `${site.host}/`], { cwd: folder });
    try {
      const finished = ended(first);
      while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const { code, stderr } = await crawl('--archive', 'news', `${site.host}/`);
      expect([code, stderr]).toEqual([3, expect.stringContaining('another run is writing')]);
      release();
      expect((await finished).code).toBe(0);
    } finally {
      release();
      first.kill('SIGKILL');
    }
  });

  it('says that a folder that is no archive cannot be verified', async () => {
    expect(await run(['verify', 'nowhere'], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no such file'),
    });
  });
});

function release(): void {
  isHolding = false;
  for (const answer of held.splice(0)) answer();
}

describe('crawl, interrupted', () => {
  it('finishes what is in flight at the first Ctrl-C, saves, and goes on with the next run', async () => {
    isHolding = true;
    const child = start(['crawl', '--delay', '0', '--archive', 'news', `${site.host}/`], { cwd: folder });
    try {
      const finished = ended(child);
      while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill('SIGINT');
      await new Promise((resolve) => setTimeout(resolve, 200));
      release();
      const { code, stderr } = await finished;
      expect(code).toBe(130);
      expect(stderr).toContain('Finishing what is in flight');
      expect(stderr).toContain('To go on: tearsheet crawl --archive news');
    } finally {
      release();
      child.kill('SIGKILL');
    }
    expect((await run(['verify', 'news'], { cwd: folder })).code).toBe(0);
    expect((await run(['crawl', '--archive', 'news'], { cwd: folder })).code).toBe(0);
    expect(recordsOf('news').map(({ url }) => url)).toHaveLength(ARTICLES);
  });

  it('leaves at once at the second', async () => {
    isHolding = true;
    const child = start(['crawl', '--delay', '0', '--archive', 'news', `${site.host}/`], { cwd: folder });
    try {
      const finished = ended(child);
      while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const told = new Promise((resolve) =>
        child.stderr!.on('data', (chunk) => `${chunk}`.includes('Finishing') && resolve(undefined)),
      );
      child.kill('SIGINT');
      await told;
      child.kill('SIGINT');
      expect((await finished).code).toBe(130);
    } finally {
      release();
      child.kill('SIGKILL');
    }
    expect((await run(['crawl', '--delay', '0', '--archive', 'news'], { cwd: folder })).code).toBe(0);
    expect(recordsOf('news')).toHaveLength(ARTICLES);
  });
});

describe.runIf(HAS_TERMINAL)('crawl, on a terminal', () => {
  const DISPLAY = /\x1b\[(?:\d+A|2K|J|0?J)/g;

  it('shows a readable line per article in place of JSON, and takes its display away at the end', async () => {
    const { stdout, code } = await onTerminal(['crawl', '--delay', '60', `${site.host}/`], {
      cwd: folder,
      env: { NO_COLOR: '' },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(DISPLAY);
    expect(stdout).toMatch(/2017-11-23 {2}Council adopts plan number 3 {2}http:\S+plan-number-3/);
    expect(stdout).not.toContain('"@type"');
    const afterTable = stdout.slice(stdout.indexOf('most frequent reasons'));
    expect(afterTable).not.toMatch(DISPLAY);
  });

  it('draws nothing where its data goes into a pipe: what the reader shows is not drawn over', async () => {
    const { stdout } = await onTerminal(['crawl', '--delay', '20', `${site.host}/`], {
      cwd: folder,
      env: { NO_COLOR: '' },
      reader: 'cat',
    });
    expect(stdout).not.toMatch(DISPLAY);
    expect(stdout.match(/"@type":"NewsArticle"/g)).toHaveLength(ARTICLES);
    expect(stdout).toContain('most frequent reasons');
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('writes no control codes with %j', async (env) => {
    const { stdout } = await onTerminal(['crawl', '--delay', '0', `${site.host}/`], { cwd: folder, env });
    expect(stdout).toContain('most frequent reasons');
    expect(stdout).not.toContain('\x1b');
  });

  it('lets nothing of a page reach the terminal unescaped', async () => {
    const { stdout } = await onTerminal(['crawl', '--delay', '0', `${site.host}/hostile-1`, '--verbose'], {
      cwd: folder,
      env: { TERM: 'dumb' },
    });
    expect(stdout).toContain('Bad');
    expect(stdout.replace(/[\r\n]/g, '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  });
});

describe.runIf(HAS_TERMINAL)('crawl, on a terminal with its display', () => {
  it('lets nothing of a page reach the terminal but printable text', async () => {
    const { stdout, code } = await onTerminal(['crawl', '--delay', '30', `${site.host}/hostile-1`], {
      cwd: folder,
      env: { NO_COLOR: '' },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Bad [2J31m headline number1');
    // What is left without our own drawing and colours.
    const foreign = stdout.replace(/\x1b\[(?:\d+A|2K|0?J|[\d;]*m)|[\r\n]/g, '');
    expect(foreign).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  });
});

describe('discover', () => {
  it('lists the leads as JSONL and does not fetch the articles', async () => {
    const before = site.requested.length;
    const { stdout, stderr, code } = await run(['discover', '--delay', '0', `${site.host}/`], { cwd: folder });
    expect(code).toBe(0);
    expect(lines(stdout).filter(({ url }) => url.includes('plan-number'))).toHaveLength(ARTICLES);
    for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^\{"url":(?!.*"(?:id|host|visits|tries)":)/);
    expect(site.requested.slice(before).filter((path) => path.includes('plan-number'))).toEqual([]);
    expect(stderr).toMatch(/\d+ leads/);
    expect(existsSync(join(folder, 'state.db'))).toBe(false);
  });
});
