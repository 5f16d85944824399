import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleSchema, notArticleSchema, outcomeLineSchema } from '../../src/article-schema.js';
import { splitSite } from '../crawl/split-site.js';
import { articlePage, ended, HAS_TERMINAL, onTerminal, run, type Site, serve, shell, start } from './running.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tearsheet-extract-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const jsonl = (count: number, more: (number: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ url: `https://example.org/2017/11/${n}`, html: articlePage(n), ...more(n) }),
  ).join('\n');

describe('extract, from files', () => {
  it('writes the record of a page, valid by the schema', async () => {
    write('page.html', articlePage(1));
    const { stdout, stderr, code } = await run(['extract', 'page.html', '--url', 'https://example.org/story'], {
      cwd: folder,
    });
    expect([code, stderr]).toEqual([0, '']);
    const [record] = lines(stdout);
    expect(articleSchema.parse(record)).toMatchObject({
      url: 'https://example.org/story',
      headline: 'Council adopts plan number 1',
      datePublished: '2017-11-23T18:11:00+03:00',
    });
  });

  it("takes the page's own word for its address where nobody gave one", async () => {
    write(
      'own.html',
      articlePage(2).replace('</head>', '<link rel="canonical" href="https://example.org/own"></head>'),
    );
    const { stdout } = await run(['extract', 'own.html'], { cwd: folder });
    expect(lines(stdout)[0].url).toBe('https://example.org/own');
  });

  it('gives a PDF and an empty file a line and a message each', async () => {
    write('x.pdf', '%PDF-1.7\n%\xe2\xe3');
    write('empty.html', '');
    const { stdout, stderr, code } = await run(['extract', 'x.pdf', 'empty.html'], { cwd: folder });
    expect(code).toBe(0);
    expect(lines(stdout)).toMatchObject([
      { outcome: 'not-article', reason: 'not-html' },
      { outcome: 'not-article', reason: 'empty' },
    ]);
    expect(stderr).toContain('x.pdf: a PDF, no HTML');
    expect(stderr).toContain('empty.html: there is nothing in it');
  });

  it('keeps the order of the files and tells their kinds by name and content', async () => {
    write('b.html', articlePage(5));
    write('a.jsonl.gz', gzipSync(jsonl(3)));
    write('noending', jsonl(1));
    const { stdout } = await run(['extract', 'a.jsonl.gz', 'b.html', 'noending', '--fields', 'headline'], {
      cwd: folder,
    });
    expect(lines(stdout).map((line) => line.headline)).toEqual(
      [0, 1, 2, 5, 0].map((n) => `Council adopts plan number ${n}`),
    );
  });

  it('reads what is there beside a file that is not, which has its line and its message', async () => {
    write('first.html', articlePage(1));
    write('last.html', articlePage(2));
    const { stdout, stderr, code } = await run(['extract', 'first.html', 'missing.html', '.', 'last.html'], {
      cwd: folder,
    });
    expect(code).toBe(1);
    expect(lines(stdout)).toMatchObject([
      { headline: 'Council adopts plan number 1' },
      { outcome: 'failed', reason: 'bad-input', url: expect.stringMatching(/^file:.*\/missing\.html$/) },
      { outcome: 'failed', reason: 'bad-input' },
      { headline: 'Council adopts plan number 2' },
    ]);
    expect(stderr).toMatch(/^tearsheet: missing\.html: cannot be read: no such file/m);
    expect(stderr).toMatch(/^tearsheet: \.: it is a folder/m);
    expect(stderr).toMatch(/2 articles, 2 inputs that could not be had/);
  });

  it('reads a packed file as far as it goes, says that it broke off, and goes on with the next', async () => {
    write('whole.html', articlePage(9));
    const packed = gzipSync(`${jsonl(3)}\n`);
    write('cut.jsonl.gz', packed.subarray(0, packed.length - 12));
    const { stdout, stderr, code } = await run(['extract', 'cut.jsonl.gz', 'whole.html'], { cwd: folder });
    const found = lines(stdout);
    expect(found.slice(-2)).toMatchObject([
      { outcome: 'failed', reason: 'bad-input' },
      { headline: 'Council adopts plan number 9' },
    ]);
    expect(found[0]).toMatchObject({ headline: 'Council adopts plan number 0' });
    expect(stderr).toMatch(/^tearsheet: cut\.jsonl\.gz: cannot be read to its end: unexpected end of file$/m);
    expect(code).toBe(1);
  });

  it('refuses to overwrite a file that holds something', async () => {
    write('kept.jsonl', 'precious\n');
    const { code, stderr } = await run(['extract', 'page.html', '-o', 'kept.jsonl'], { cwd: folder });
    expect([code, readFileSync(join(folder, 'kept.jsonl'), 'utf8')]).toEqual([2, 'precious\n']);
    expect(stderr).toContain('kept.jsonl: the file exists and is not overwritten');
  });

  it('writes to a new file', async () => {
    const { code, stdout } = await run(['extract', 'page.html', '-o', 'new.jsonl'], { cwd: folder });
    expect([code, stdout]).toEqual([0, '']);
    expect(lines(readFileSync(join(folder, 'new.jsonl'), 'utf8'))).toHaveLength(1);
  });
});

describe('extract, in a pipe', () => {
  it('gives one line per line, in their order, with the URL as given and the other keys under source', async () => {
    const input = jsonl(40, (n) => ({ id: n, label: `n${n}` }));
    const { stdout, code } = await run(['extract'], { input });
    expect(code).toBe(0);
    const records = lines(stdout);
    expect(records.map(({ url, source }) => [url, source])).toEqual(
      Array.from({ length: 40 }, (_, n) => [`https://example.org/2017/11/${n}`, { id: n, label: `n${n}` }]),
    );
    for (const record of records) articleSchema.parse(record);
  });

  it('writes no character raw at which some reader ends a line', async () => {
    const label = 'a\u2028b\u2029c\u0085d';
    const { stdout } = await run(['extract'], { input: jsonl(1, () => ({ label })) });
    expect(stdout.trimEnd()).not.toMatch(/[\n\u2028\u2029\u0085]/);
    expect(lines(stdout)[0]).toMatchObject({ source: { label } });
  });

  it('loses no line: broken ones and pages that are no article come out in their place', async () => {
    const front = JSON.stringify({
      url: 'https://example.org/',
      html: '<title>Front</title><a href="/a">A</a>',
      id: 1,
    });
    const { stdout, stderr, code } = await run(['extract', '--from', 'jsonl', '-'], {
      input: `${jsonl(1)}\n{"url": broken}\n${front}\n\n${jsonl(1)}`,
    });
    const [first, broken, other, last, ...more] = lines(stdout);
    expect(more).toEqual([]);
    articleSchema.parse(first);
    articleSchema.parse(last);
    expect(outcomeLineSchema.parse(broken)).toMatchObject({ outcome: 'failed', reason: 'bad-input' });
    expect(notArticleSchema.parse(other)).toMatchObject({
      outcome: 'not-article',
      url: 'https://example.org/',
      source: { id: 1 },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('standard input line 2: not valid JSON');
  });

  it('keeps what tells that a line is no record, whatever fields are chosen', async () => {
    const { stdout } = await run(['extract', '--from', 'jsonl', '--fields', 'headline'], { input: `${jsonl(1)}\n{}` });
    expect(lines(stdout)).toEqual([
      { headline: 'Council adopts plan number 0' },
      { outcome: 'failed', reason: 'bad-input', detail: expect.stringContaining('line 2') },
    ]);
  });

  it('ends quietly when its reader has gone, also in the middle of an endless input', async () => {
    write('pages.jsonl', `${jsonl(20)}\n`);
    const { stdout, stderr, code } = await shell(
      `set -o pipefail; while cat pages.jsonl; do :; done 2>/dev/null | tearsheet extract --from jsonl - | head -1 | wc -l; echo "\${PIPESTATUS[1]}"`,
      { cwd: folder },
    );
    expect([stdout.split(/\s+/).filter(Boolean), stderr, code]).toEqual([['1', '0'], '', 0]);
  });

  it('holds back an endless input while its own reader is slow', async () => {
    const child = start(['extract', '--from', 'jsonl', '-', '--workers', '1']);
    const page = Buffer.from(`${jsonl(20)}\n`);
    let fed = 0;
    child.stdin!.on('error', () => {});
    child.stderr!.resume();
    // Nobody reads its output: after what fits into pipes and windows, it must stop taking input.
    const feed = async () => {
      for (;;) {
        const accepted = await new Promise<boolean>((resolve) => {
          const patience = setTimeout(() => resolve(false), 4000);
          child.stdin!.write(page, () => {
            clearTimeout(patience);
            resolve(true);
          });
        });
        if (!accepted) return;
        fed += page.length;
        if (fed > 200e6) return;
      }
    };
    await feed();
    child.kill('SIGKILL');
    expect(fed).toBeGreaterThan(0);
    expect(fed).toBeLessThan(200e6);
  });

  it('reads a line of 50 MB', async () => {
    const html = articlePage(7).replace('<footer>', `<footer><!--${'x'.repeat(50e6)}-->`);
    const { stdout, code } = await run(['extract', '--from', 'jsonl', '--fields', 'headline'], {
      input: `${JSON.stringify({ url: 'https://example.org/big', html })}\n${jsonl(1)}`,
    });
    expect([code, lines(stdout).map((line) => line.headline)]).toEqual([
      0,
      ['Council adopts plan number 7', 'Council adopts plan number 0'],
    ]);
  });

  it('answers a line at once, without waiting for the next', async () => {
    const child = start(['extract']);
    child.stdin!.write(`${jsonl(1)}\n`);
    const [line] = lines(
      await new Promise<string>((resolve) => child.stdout!.once('data', (chunk) => resolve(`${chunk}`))),
    );
    expect(line.headline).toBe('Council adopts plan number 0');
    child.stdin!.end();
    await ended(child);
  });

  it('says that there was nothing in an empty input', async () => {
    expect(await run(['extract'], { input: '' })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('nothing in the input'),
    });
  });

  it('asks for the kind of an input that could be anything', async () => {
    expect(await run(['extract'], { input: 'hello' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--from'),
    });
  });

  it('reads WARC, with the capture of each page, and goes on after damage', async () => {
    const response = (n: number) => {
      const body = articlePage(n);
      const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: "v${n}"\r\n\r\n${body}`;
      const head = `WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:${n}>\r\nWARC-Date: 2017-11-24T00:00:0${n}Z\r\nWARC-Target-URI: https://example.org/${n}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${Buffer.byteLength(http)}\r\n\r\n`;
      return gzipSync(`${head}${http}\r\n\r\n`);
    };
    const damaged = response(2).fill(0, 40, 60);
    write('some.warc.gz', Buffer.concat([response(1), damaged, response(3)]));
    const { stdout, stderr, code } = await run(['extract', 'some.warc.gz'], { cwd: folder });
    const records = lines(stdout);
    expect(records.filter((line) => !('outcome' in line))).toMatchObject([
      {
        url: 'https://example.org/1',
        capture: { fetchedAt: '2017-11-24T00:00:01.000Z', etag: '"v1"', warc: { offset: 0 } },
      },
      { url: 'https://example.org/3', capture: { fetchedAt: '2017-11-24T00:00:03.000Z' } },
    ]);
    expect(records.filter((line) => line.outcome === 'failed')).not.toHaveLength(0);
    expect(stderr).toMatch(/some\.warc\.gz at byte \d+: /);
    expect(code).toBe(1);
  });
});

describe('extract, from web addresses', () => {
  let site: Site;
  const starts: number[] = [];
  beforeAll(async () => {
    site = await serve((path) => {
      if (path === '/robots.txt') return { type: 'text/plain', body: 'User-agent: *\nDisallow: /private' };
      starts.push(Date.now());
      if (path === '/report.pdf') return { type: 'application/pdf', body: '%PDF-1.7' };
      if (path === '/empty') return { body: '' };
      const number = /^\/a\/(\d+)$/.exec(path)?.[1];
      return number === undefined ? { status: 404, body: 'not here' } : { body: articlePage(Number(number)) };
    });
  });
  afterAll(() => site.close());

  it('writes one line per address in their order, with the capture', async () => {
    const paths = ['/a/1', '/gone', '/a/2', '/private/x', '/report.pdf', '/empty', '/a/3'];
    const { stdout, stderr, code } = await run(['extract', '--delay', '0'], {
      input: `# a list\n${paths.map((path) => site.host + path).join('\n')}\n`,
    });
    const found = lines(stdout);
    expect(
      found.map(({ url, outcome, reason, headline }) => [
        url.slice(site.host.length),
        outcome ? `${outcome} ${reason}` : headline,
      ]),
    ).toEqual([
      ['/a/1', 'Council adopts plan number 1'],
      ['/gone', 'gone http-404'],
      ['/a/2', 'Council adopts plan number 2'],
      ['/private/x', 'disallowed robots'],
      ['/report.pdf', 'not-article not-html'],
      ['/empty', 'not-article empty'],
      ['/a/3', 'Council adopts plan number 3'],
    ]);
    expect(articleSchema.parse(found[0]).capture).toMatchObject({ status: 200, finalUrl: `${site.host}/a/1` });
    expect(site.requested).not.toContain('/private/x');
    expect(stderr).toContain('/gone: gone (http-404: HTTP 404)');
    expect(code).toBe(1);
  });

  it('joins the pages of an article, and says of a further page where its article begins', async () => {
    const split = splitSite({ canonical: 'none' });
    const [story = ''] = split.stories;
    const server = await serve((path) => {
      const {
        type = 'text/html',
        body = '',
        status = 404,
      } = split.answer(path, { day: 1, headers: {}, method: 'GET', log: [] }) ?? {};
      return { type, body, status: body === '' ? status : 200 };
    });
    try {
      const { stdout, code } = await run(
        ['extract', '--delay', '0', `${server.host}/${story}.html`, `${server.host}/${story}-2.html`],
        {},
      );
      const [whole, second] = lines(stdout).map((line) => articleSchema.parse(line));
      expect(code).toBe(0);
      expect(whole!.articleBody).toBe(split.bodyOf(story));
      expect(whole!.capture!.parts!.map(({ url }) => url)).toEqual(
        [2, 3].map((page) => `${server.host}/${story}-${page}.html`),
      );
      expect(whole!.isPartOf).toBeUndefined();
      expect(second!.isPartOf).toEqual({ url: `${server.host}/${story}.html` });
      expect(second!.articleBody).toContain(split.paragraphsOf(story, 2).join('\n\n'));
      expect(second!.articleBody).not.toContain(split.paragraphsOf(story, 3)[0]);
    } finally {
      await server.close();
    }
  });

  it('waits between the starts of two requests to a host', async () => {
    starts.length = 0;
    const addresses = [1, 2, 3].map((n) => `${site.host}/a/${n}`);
    const { code } = await run(['extract', ...addresses, '--delay', '300']);
    expect([code, starts]).toEqual([0, [expect.any(Number), expect.any(Number), expect.any(Number)]]);
    // Starts are spaced by the client's clock; the server sees them a moment later, by a little more or less.
    expect(starts[2]! - starts[0]!).toBeGreaterThan(550);
  });

  it('says that a host has no address', async () => {
    const { code, stdout, stderr } = await run(['extract', 'http://no-such-host.invalid/story', '--delay', '0']);
    expect(lines(stdout)).toMatchObject([
      { url: 'http://no-such-host.invalid/story', reason: expect.stringMatching(/dns|robots-unreachable/) },
    ]);
    expect(stderr).toContain('no-such-host.invalid');
    expect(code).toBe(1);
  });
});

describe('extract, on a terminal', () => {
  it.runIf(HAS_TERMINAL)('lets nothing of a page through that could move the cursor, and stays JSON', async () => {
    const file = write('hostile.html', articlePage(1, 'Bad \x1b]0;owned\x07 \x9b2J \u202e headline'));
    const { stdout } = await onTerminal(['extract', file, '--fields', 'headline'], { cwd: folder });
    expect([...stdout.replaceAll('\r\n', '')].filter((c) => /\p{Cc}|\p{Bidi_Control}/u.test(c))).toEqual([]);
    expect(JSON.parse(stdout).headline).toContain('headline');
  });
});

describe('extract, interrupted', () => {
  it('leaves at once, with whole lines only', async () => {
    const child = start(['extract', '--from', 'jsonl', '-']);
    child.stdin!.write(`${jsonl(3)}\n`);
    child.stdin!.on('error', () => {});
    child.stdout!.once('data', () => child.kill('SIGINT'));
    const { stdout, code } = await ended(child);
    expect(stdout === '' || stdout.endsWith('\n')).toBe(true);
    expect([130, 'SIGINT']).toContain(code);
  });
});
