/** An archive in a browser: found, read, compared; nothing runs, and nobody but this machine's own browser reads it. */
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import type { ArticleFields } from '../../src/article.js';
import { serveArchive, type View } from '../../src/view/server.js';
import { page, recordOf, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from '../archive/example.js';
import { ended, start } from '../cli/running.js';

const settings = settingsWith();
const views: View[] = [];
afterEach(async () => {
  for (const view of views.splice(0)) await view.close();
});

async function archiveOf(...runs: (readonly (ArticleFields & { readonly url: string })[])[]): Promise<string> {
  const directory = temporaryFolder();
  const archive = await openArchive(directory, { settings });
  for (const [index, records] of runs.entries()) {
    const startedAtMs = STARTED_MS + index * 86_400_000;
    archive.beginRun({ startedAtMs, settings });
    await Promise.all(
      records.map(async ({ url, ...fields }) => {
        const kept = await archive.keep(page(url, `<p>${fields.articleBody}</p>`, { startedAtMs }));
        await archive.commit({ records: [recordOf(archive, url, fields, kept)] });
      }),
    );
    await archive.seal(SUMMARY);
  }
  await archive.close();
  return directory;
}

async function viewOf(directory: string): Promise<View> {
  const view = await serveArchive(directory, { port: 0 });
  views.push(view);
  return view;
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly html: string;
}

function get(
  url: string,
  { host, path, method = 'GET' }: { host?: string; path?: string; method?: string } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method, ...(path !== undefined && { path }), ...(host !== undefined && { headers: { host } }) },
      (response) => {
        let html = '';
        response.setEncoding('utf8');
        response.on('data', (text) => {
          html += text;
        });
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, html }));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

const BRIDGE = {
  url: 'https://example.org/bridge',
  headline: 'Bridge stays open',
  articleBody: 'The old bridge stays open.',
};
const FERRY = { url: 'https://example.org/ferry', headline: 'Ferry sails', articleBody: 'The ferry sails again.' };

describe('the view of an archive', () => {
  it('lists articles, the last written first, and leads to each', async () => {
    const { url } = await viewOf(await archiveOf([BRIDGE, FERRY]));
    const { html, status } = await get(url);
    expect(status).toBe(200);
    expect(html.indexOf('Ferry sails')).toBeLessThan(html.indexOf('Bridge stays open'));
    const [, path] = /href="(\/record\/\d+)">Bridge/.exec(html)!;
    expect((await get(new URL(path!, url).href)).html).toContain('<p>The old bridge stays open.</p>');
  });

  it('finds words and marks them', async () => {
    const { url } = await viewOf(await archiveOf([BRIDGE, FERRY]));
    const { html } = await get(`${url}?q=old+bridge`);
    expect(html).toContain('The <mark>old</mark> <mark>bridge</mark> stays open.');
    expect(html).not.toContain('Ferry sails');
    expect((await get(`${url}?q=nowhere`)).html).toContain('Nothing found.');
    expect((await get(`${url}?q=%22%22+AND+(`)).status).toBe(200);
  });

  it('shows what was changed from one revision to the next', async () => {
    const edited = { ...BRIDGE, articleBody: 'The old bridge is closed.' };
    const { url } = await viewOf(await archiveOf([BRIDGE], [edited]));
    const [, path] = /href="(\/record\/\d+)"/.exec((await get(url)).html)!;
    const { html } = await get(new URL(path!, url).href);
    expect(html).toMatch(/<del>stays open<\/del> ?<ins>is closed<\/ins>|<del>stays<\/del>/);
    expect(html).toContain('>Revision 1</a>');
  });

  it('pages through more articles than one page holds', async () => {
    const many = Array.from({ length: 120 }, (_, n) => ({
      ...FERRY,
      url: `https://example.org/${n}`,
      headline: `No ${n}.`,
    }));
    const { url } = await viewOf(await archiveOf(many));
    const seen: string[] = [];
    for (let next: string | undefined = '/'; next !== undefined; ) {
      const { html } = await get(new URL(next, url).href);
      seen.push(...[...html.matchAll(/>(No \d+\.)</g)].map(([, name]) => name!));
      next = /href="(\/\?before=\d+)"/.exec(html)?.[1];
    }
    expect(new Set(seen).size).toBe(120);
    expect(seen).toHaveLength(120);
  });

  it('lets nothing of a page run or load', async () => {
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'';
    const directory = await archiveOf([
      {
        url: 'https://example.org/"><script>',
        headline: evil,
        articleBody: `${evil} harbour`,
        articleHtml: `<p>${evil}</p>`,
      },
    ]);
    const { url } = await viewOf(directory);
    const record = /href="(\/record\/\d+)"/.exec((await get(url)).html)![1]!;
    for (const path of ['/', '/?q=harbour', record, '/?q=%3Cscript%3E', '/nothing%3Cscript%3E']) {
      const { html, headers } = await get(new URL(path, url).href);
      expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('answers only under its own name, and only to be read', async () => {
    const { url } = await viewOf(await archiveOf([BRIDGE]));
    expect((await get(url, { host: 'attacker.example' })).status).toBe(403);
    expect((await get(url, { method: 'POST' })).status).toBe(405);
    expect((await get(url, { method: 'HEAD' })).html).toBe('');
    expect((await get(`${url}record/999`)).status).toBe(404);
    expect((await get(`${url}../../etc/passwd`)).status).toBe(404);
    expect((await get(`${url}/`)).status).toBe(404);
    expect((await get(url, { path: 'http://[/' })).status).toBe(404);
  });

  it('shows what a run writes meanwhile', async () => {
    const directory = await archiveOf([BRIDGE]);
    const { url } = await viewOf(directory);
    expect((await get(`${url}?q=ferry`)).html).toContain('Nothing found.');
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS + 9e8, settings });
    const kept = await archive.keep(page(FERRY.url, '<p>ferry</p>'));
    const { url: address, ...fields } = FERRY;
    await archive.commit({ records: [recordOf(archive, address, fields, kept)] });
    expect((await get(`${url}?q=ferry`)).html).toContain('Ferry sails');
    expect((await get(url)).html).toContain('2 articles');
    await archive.seal(SUMMARY);
    await archive.close();
  });
});

describe('tearsheet serve', () => {
  it('tells where, and ends with Ctrl-C', async () => {
    const child = start(['serve', await archiveOf([BRIDGE]), '--port', '0']);
    const url = await new Promise<string>((resolve) => {
      child.stderr!.on('data', (text) => resolve(/http:\/\/127\.0\.0\.1:\d+\//.exec(String(text))![0]));
    });
    expect((await get(url)).html).toContain('Bridge stays open');
    child.kill('SIGINT');
    expect(await ended(child)).toMatchObject({ code: 0, stdout: '' });
  });

  it('says what is wrong with the port', async () => {
    const directory = await archiveOf([BRIDGE]);
    const { url } = await viewOf(directory);
    for (const [port, said] of [
      ['much', 'expected a number'],
      [new URL(url).port, 'in use'],
    ] as const)
      expect(await ended(start(['serve', directory, '--port', port]))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(said),
      });
  });
});
