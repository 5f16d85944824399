/** `extract --explain`: what a person sees who asks why. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { HAS_TERMINAL, onTerminal, run } from './running.js';

const PAGE = '.ci/page.html';
const folder = mkdtempSync(join(tmpdir(), 'tearsheet-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('shows every candidate of a field with its place and weight, the winner marked', async () => {
  const { stdout, code } = await run(['extract', '--explain', PAGE, '--url', 'https://example.org/story']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^headline: Bridge stays open through the winter\n {2}from \w+, confidence 0\.\d+\n/m);
  expect(stdout).toMatch(/^ {2}\+ \d\.\d\d {2}h1 {2}Bridge stays open through the winter$/m);
  expect(stdout).toMatch(/^ +\+? \d\.\d\d {2}title {2}/m);
});

it('shows which runs of text are kept and which are cut', async () => {
  const { stdout } = await run(['extract', '--explain', PAGE, '--url', 'https://example.org/story']);
  expect(stdout).toMatch(/^body: 4 of \d+ runs of text are kept$/m);
  expect(stdout).toMatch(/^ {2}\+ \d\.\d\d {2}\S+ {2}Lorries remain banned\./m);
  expect(stdout).toMatch(/^ {2}- \d\.\d\d {2}\S+ {2}All rights reserved/m);
});

it('gives machines one JSON object a page, with the same values as the record', async () => {
  const { stdout } = await run(['extract', '--explain', '--json', PAGE, PAGE]);
  const [first, second, ...rest] = stdout.trimEnd().split('\n');
  expect(rest).toEqual([]);
  expect(first).toBe(second);
  const record = JSON.parse((await run(['extract', PAGE])).stdout);
  const { fields, body } = JSON.parse(first!);
  for (const name of Object.keys(fields)) expect(fields[name].value).toEqual(record[name]);
  const kept = body.filter((each: { kept: boolean }) => each.kept).map(({ text }: { text: string }) => text);
  expect(kept.join('\n\n')).toBe(record.articleBody);
});

it('lets nothing of a page reach the terminal unescaped', async () => {
  if (!HAS_TERMINAL) return console.warn('skipped: script(1) is not there');
  const page = join(folder, 'hostile.html');
  const hostile = '\u001b]0;owned\u0007 \u202Etxt.exe';
  writeFileSync(
    page,
    `<title>${hostile}</title><h1>${hostile} headline</h1><p>${`A long sentence of a story ${hostile}, told again. `.repeat(9)}</p>`,
  );
  const { stdout } = await onTerminal(['extract', '--explain', page]);
  expect(stdout).toContain('\\x1b]0;owned');
  expect(stdout).not.toContain('\u001b]0;');
  expect(stdout).not.toContain('\u202E');
});

it('refuses options that mean nothing together', async () => {
  expect(await run(['extract', '--json', PAGE])).toMatchObject({ code: 2, stdout: '' });
  expect(await run(['extract', '--explain', '--fields', 'headline', PAGE])).toMatchObject({ code: 2, stdout: '' });
});

it('names an input without a page, goes on, and exits with 1', async () => {
  const { stdout, stderr, code } = await run(['extract', '--explain', '--from', 'jsonl', '-'], {
    input: `no json\n${JSON.stringify({ url: 'https://example.org/a', html: '<h1>A</h1>' })}\n`,
  });
  expect(code).toBe(1);
  expect(stderr).toContain('line 1');
  expect(stdout).toContain('https://example.org/a');
});
