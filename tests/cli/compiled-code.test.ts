import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let kept: string;

async function headline(): Promise<unknown> {
  const { stdout } = await run(process.execPath, [
    join(folder, 'bin/tearsheet.js'),
    ...['extract', join(folder, 'page.html'), '--quiet'],
  ]);
  return (JSON.parse(stdout) as { headline: unknown }).headline;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tearsheet-compiled-'));
  kept = join(folder, 'dist/compiled', `${process.version}-${process.arch}`);
  for (const part of ['bin', 'dist/start', 'package.json'])
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(
    join(folder, 'page.html'),
    `<!doctype html><title>Harbour reopens</title><article><h1>Harbour reopens</h1>${'<p>The harbour was opened again on Friday, after a winter of repairs that cost more than anyone had thought.</p>'.repeat(5)}</article>`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

// From 22.8 on it is Node's own.
describe.skipIf('enableCompileCache' in nodeModule)('compiled code', () => {
  it('is kept by the first start and taken by the next', async () => {
    expect(await headline()).toBe('Harbour reopens');
    const files = await readdir(kept);
    expect(files).toContain('page-task.js');
    const written = await stat(join(kept, 'page-task.js'));
    expect(await headline()).toBe('Harbour reopens');
    expect((await stat(join(kept, 'page-task.js'))).mtimeMs).toBe(written.mtimeMs);
  });

  it('is not taken where it is damaged, cut short or older than the code', async () => {
    await headline();
    const place = join(kept, 'page-task.js');
    const whole = await readFile(place);
    const middle = Math.floor(whole.length / 2);
    for (const damaged of [Buffer.from(whole).fill(0, middle, middle + 64), whole.subarray(0, 5000), Buffer.alloc(0)]) {
      await writeFile(place, damaged);
      expect(await headline()).toBe('Harbour reopens');
      expect((await readFile(place)).length).toBeGreaterThan(100_000);
    }
    const before = await stat(place);
    await appendFile(join(folder, 'dist/start/page-task.js'), '\n');
    expect(await headline()).toBe('Harbour reopens');
    expect((await stat(place)).mtimeMs).toBeGreaterThan(before.mtimeMs);
  });

  it('is kept whole by starts at the same time', async () => {
    expect(await Promise.all([headline(), headline(), headline()])).toEqual(Array(3).fill('Harbour reopens'));
    expect((await readdir(kept)).filter((name) => !name.endsWith('.js'))).toEqual([]);
    expect(await headline()).toBe('Harbour reopens');
  });

  it('is done without where nothing can be written', async () => {
    await mkdir(join(folder, 'dist'), { recursive: true });
    await writeFile(join(folder, 'dist/compiled'), 'no folder');
    expect(await headline()).toBe('Harbour reopens');
  });
});
