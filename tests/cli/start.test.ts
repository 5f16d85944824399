import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const BIN = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));

let folder: string;
/** What a command loads, and `worker` where it starts a second thread. */
async function loadedBy(...args: string[]): Promise<string[]> {
  const list = join(folder, 'loaded.json');
  await run(process.execPath, ['--require', join(folder, 'list.cjs'), BIN, ...args], {
    env: { ...process.env, LOADED: list },
  });
  return JSON.parse(await readFile(list, 'utf8')) as string[];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tearsheet-start-'));
  await writeFile(
    join(folder, 'list.cjs'),
    `const loaded = [];
process.on('worker', () => loaded.push('worker'));
process.on('exit', () => {
  loaded.push(...Object.keys(require.cache));
  require('node:fs').writeFileSync(process.env.LOADED, JSON.stringify(loaded));
});`,
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
    expect(loaded.some((path) => path.includes('/dist/start/main.js'))).toBe(true);
    expect(loaded.filter((path) => path.includes('/node_modules/'))).toEqual([]);
  });

  it('all of it is there where a package sees its own dependencies alone, and no ES module can be required', async () => {
    const start = fileURLToPath(new URL('../../dist/start/', import.meta.url));
    const files = readdirSync(start).filter((file) => file.endsWith('.js') && file !== 'worker.js');
    const { dependencies } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    const asked = files.flatMap((file) =>
      [...readFileSync(join(start, file), 'utf8').matchAll(/\brequire\("([^."][^"]*)"\)/g)].map(([, name]) => name!),
    );
    const packages = asked.filter((name) => !isBuiltin(name)).map((name) => name.split('/')[0]!);
    expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
    // As Node 22 is before 22.12.
    const each = `for (const file of ${JSON.stringify(files)}) require(${JSON.stringify(start)} + file)`;
    const { stderr } = await run(process.execPath, ['--no-experimental-require-module', '--eval', each]);
    expect(stderr).toBe('');
  });

  it('--help loads what builds the command line, and nothing that does its work', async () => {
    const loaded = await loadedBy('--help');
    expect(loaded.filter((path) => path.includes('/node_modules/') && !path.includes('/commander/'))).toEqual([]);
  });

  it('reading a page from a file loads no schema, no HTTP client, no database and no second thread', async () => {
    const loaded = await loadedBy('extract', join(folder, 'page.html'));
    expect(loaded.some((path) => path.includes('/dist/start/page-task.js'))).toBe(true);
    const heavy =
      /\/node_modules\/(?:zod|undici|libsql|@libsql|p-queue|string-width|htmlparser2|cheerio|entities|tldts)\/|^worker$/;
    expect(loaded.filter((path) => heavy.test(path))).toEqual([]);
    // Each file that is opened costs about a millisecond.
    expect(loaded.length).toBeLessThan(20);
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
