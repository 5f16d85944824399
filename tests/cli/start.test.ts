import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const BIN = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));

let folder: string;
/** What a command loads, written down by a hook of Node's own module loader. */
async function loadedBy(...args: string[]): Promise<string[]> {
  const list = join(folder, 'loaded.txt');
  await writeFile(list, '');
  await run(process.execPath, ['--import', pathToFileURL(join(folder, 'register.mjs')).href, BIN, ...args], {
    env: { ...process.env, LOADED: list },
  });
  return (await readFile(list, 'utf8')).trim().split('\n');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tearsheet-start-'));
  await writeFile(
    join(folder, 'register.mjs'),
    "import { register } from 'node:module'; register('./hook.mjs', import.meta.url);",
  );
  await writeFile(
    join(folder, 'hook.mjs'),
    `import { appendFileSync } from 'node:fs';
export function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
}`,
  );
  await writeFile(
    join(folder, 'page.html'),
    `<!doctype html><title>Harbour reopens</title><article><h1>Harbour reopens</h1>${'<p>The harbour was opened again on Friday, after a winter of repairs that cost more than anyone had thought.</p>'.repeat(5)}</article>`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe('what is loaded', () => {
  it('--version loads no package', async () => {
    const loaded = await loadedBy('--version');
    expect(loaded.some((url) => url.includes('/dist/bundle/main.js'))).toBe(true);
    expect(loaded.filter((url) => url.includes('/node_modules/'))).toEqual([]);
  });

  it('--help loads what builds the command line, and nothing that does its work', async () => {
    const loaded = await loadedBy('--help');
    expect(loaded.filter((url) => url.includes('/node_modules/') && !url.includes('/commander/'))).toEqual([]);
  });

  it('reading a page from a file loads no schema, no HTTP client, no database and no second thread', async () => {
    const loaded = await loadedBy('extract', join(folder, 'page.html'));
    expect(loaded.some((url) => url.includes('/dist/bundle/page-task.js'))).toBe(true);
    const heavy =
      /\/node_modules\/(?:zod|undici|libsql|@libsql|p-queue|string-width|htmlparser2|cheerio|entities|tldts)\/|bundle\/worker\.js/;
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
    // Each file that is opened costs about a millisecond.
    expect(loaded.filter((url) => url.startsWith('file:')).length).toBeLessThan(20);
  });

  it('a page with a date and a byline in a common language asks the runtime for no format', async () => {
    // The first one takes 10 ms, lists take more.
    await writeFile(
      join(folder, 'formats.cjs'),
      `const asked = [];
for (const name of ['DateTimeFormat', 'NumberFormat', 'ListFormat', 'RelativeTimeFormat', 'DisplayNames'])
  Intl[name] = new Proxy(Intl[name], { construct(...all) { asked.push(name); return Reflect.construct(...all); } });
process.on('exit', () => console.error(JSON.stringify(asked)));`,
    );
    const page = join(folder, 'german.html');
    await writeFile(
      page,
      `<!doctype html><html lang="de"><title>Der Hafen ist wieder offen</title><article><h1>Der Hafen ist wieder offen</h1><p>Von Jana Muster und Hans Beispiel, 23. November 2017, 18.49 Uhr</p>${'<p>Der Hafen ist am Freitag wieder geöffnet worden, nach einem Winter der Arbeiten, die mehr gekostet haben, als alle gedacht hatten.</p>'.repeat(5)}</article></html>`,
    );
    const { stdout, stderr } = await run(process.execPath, [
      ...['--require', join(folder, 'formats.cjs')],
      ...[BIN, 'extract', page, '--quiet'],
    ]);
    const { author, datePublished } = JSON.parse(stdout) as { author: unknown; datePublished: string };
    expect(author).toEqual([
      { '@type': 'Person', name: 'Jana Muster' },
      { '@type': 'Person', name: 'Hans Beispiel' },
    ]);
    expect(datePublished).toBe('2017-11-23T18:49:00');
    expect(JSON.parse(stderr)).toEqual([]);
  });
});
