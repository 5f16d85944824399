import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ensureFolder } from '../src/ensure-folder.js';
import { run, shell } from './cli/running.js';

const root = mkdtempSync(join(tmpdir(), 'tearsheet-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('makes a folder with all above it, and leaves one that is there', () => {
  const folder = join(root, 'a/b/c');
  ensureFolder(`${folder}/`);
  ensureFolder(folder);
  expect(existsSync(folder)).toBe(true);
});

it('says what the system says of a file or a dead link in the way', () => {
  writeFileSync(join(root, 'file'), '');
  symlinkSync('nowhere', join(root, 'dead'));
  expect(() => ensureFolder(join(root, 'file'))).toThrow('EEXIST');
  expect(() => ensureFolder(join(root, 'file/below'))).toThrow('ENOTDIR');
  expect(() => ensureFolder(join(root, 'dead'))).toThrow('EEXIST');
  expect(() => ensureFolder('')).toThrow('ENOENT');
});

it.skipIf(process.platform !== 'linux')('gives up where a folder that is there takes none', () => {
  expect(() => ensureFolder('/proc/tearsheet/news')).toThrow('ENOENT');
});

it('an archive that would stand below a file is refused', async () => {
  writeFileSync(join(root, 'notes.txt'), 'x');
  for (const folder of ['notes.txt', 'notes.txt/news', `${'n'.repeat(300)}/news`]) {
    const { stderr, code } = await run(['crawl', '--archive', folder, 'http://127.0.0.1:1/'], { cwd: root });
    expect(stderr).toMatch(/^tearsheet: n[^:]*: (?:cannot be written to|the settings cannot be read): .+\n$/);
    expect(code).toBe(2);
  }
});

it.skipIf(process.platform !== 'linux')('an archive in a working directory that was removed is refused', async () => {
  const gone = join(root, 'gone');
  mkdirSync(gone);
  const { stderr, code } = await shell(`rmdir ../gone; tearsheet crawl --archive news http://127.0.0.1:1/`, {
    cwd: gone,
  });
  expect(stderr).toMatch(/^tearsheet: news: cannot be written to: no such file or folder/);
  expect(code).toBe(2);
});
