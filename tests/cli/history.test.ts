import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { SqliteFrontier } from '../../src/frontier/sqlite.js';
import { openState } from '../../src/state.js';
import { STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from '../archive/example.js';
import { ARTICLES, exampleArchive, put } from '../export/example.js';
import { HAS_TERMINAL, onTerminal, run, shell } from './running.js';

const URL = ARTICLES[0]![0];
let archive: string;
beforeEach(async () => {
  archive = await exampleArchive();
});

describe('tearsheet history', () => {
  it('shows what was changed in an article, and when', async () => {
    expect(await run(['history', archive, URL])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: `${URL}
  1, seen 2026-11-23 21:00: Bridge stays open
  1 → 2, between 2026-11-23 21:00 and 2026-11-23 21:00, by Renée Müller, Ian Low
    headline edit 25% (-0 +2 words)
    Bridge stays open{+ until spring+}
`,
    });
  });

  it('gives an object an edit with --json, and keeps to what is asked for', async () => {
    const of = async (...options: string[]) => (await run(['history', archive, '--json', '-q', ...options])).stdout;
    expect(JSON.parse(await of())).toMatchObject({
      url: URL,
      changes: [{ field: 'headline', kind: 'edit', share: 0.25 }],
    });
    expect(await of('--changed', 'articleBody')).toBe('');
    expect(await of('--min-change', '30%')).toBe('');
    expect(await of('--kind', 'typo')).toBe('');
    expect(await of('--since', '2026-11-24')).toBe('');
    expect(await of('--site', 'paper.example.jp')).toBe('');
    expect(
      await of('--changed', 'headline', '--min-change', '5%', '--since', '2026-11-23', '--author', 'low'),
    ).not.toBe('');
  });

  it.each([
    [['--min-change', 'much'], /--min-change: expected a share/],
    [['--changed', 'headlin'], /did you mean headline\?/],
    [['--kind', 'typos'], /did you mean typo\?/],
    [['--since', 'monday'], /--since: expected a date such as .*, got "monday"/],
  ])('refuses %j', async (options, expected) => {
    expect(await run(['history', archive, ...options])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(expected),
    });
  });

  it('says how an address ended, or why there is no article of it', async () => {
    const state = openState(join(archive, 'state.db'));
    const frontier = new SqliteFrontier(state);
    frontier.beginRun('20261124T210000Z', STARTED_MS);
    for (const url of [URL, 'https://example.org/other'])
      frontier.put([
        { url, kind: 'page', source: 'link', articleLikelihood: 1, depth: 1, foundOn: 'https://example.org/' },
      ]);
    const [taken] = frontier.take(1, 1000, STARTED_MS);
    frontier.settle([{ id: taken!.id, outcome: { name: 'gone', reason: 'http-404' } }]);
    state.close();
    const told = await run(['history', archive, URL]);
    expect(told.stdout).toMatch(/\n {2}last asked for \d{4}-\d\d-\d\d \d\d:\d\d: gone \(http-404\)\n$/);
    const gone = await run(['history', archive, '--kind', 'gone', '--json']);
    expect(JSON.parse(gone.stdout)).toMatchObject({ url: URL, kind: 'gone', reason: 'http-404' });
    expect(gone.stderr).toBe(`0 edits and 1 article gone in ${archive}\n`);
    expect((await run(['history', archive, '--kind', 'gone', '--since', '2035'])).stdout).toBe('');
    expect((await run(['history', archive, '--kind', 'gone', '--kind', 'edit'])).stdout).toMatch(
      /\n {2}gone \(http-404\) between 2026-11-23 21:00 and \d{4}-\d\d-\d\d \d\d:\d\d: Bridge stays open until spring\n$/,
    );
    for (const [url, why] of [
      ['https://example.org/other', 'it waits for the next run; named by https://example.org/'],
      ['https://example.org/none', 'no run has come upon it'],
    ] as const)
      expect(await run(['diff', archive, url])).toEqual({
        code: 1,
        stdout: '',
        stderr: `tearsheet: ${url}: ${archive} holds no article of this address: ${why}\n`,
      });
  });

  it('takes an address as people type it, and refuses what is none', async () => {
    const typed = URL.replace('https://', '');
    expect((await run(['history', archive, typed])).stdout).toContain(`${URL}\n  1, seen`);
    for (const args of [
      ['history', archive, 'foo'],
      ['diff', archive, 'foo'],
      ['reextract', archive, '--url', 'foo'],
    ])
      expect(await run(args)).toMatchObject({
        code: 2,
        stderr: 'tearsheet: expected the address of an article, such as https://example.org/story, got "foo"\n',
      });
  });

  it('says where an article, an archive or a folder is not there', async () => {
    expect(await run(['history', archive, 'https://example.org/none'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds no article of this address'),
    });
    expect(await run(['history', temporaryFolder()])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is no archive here'),
    });
    expect(await run(['history', join(archive, 'none')])).toMatchObject({ code: 2 });
    writeFileSync(join(archive, 'state.db'), 'x'.repeat(5000));
    expect(await run(['history', archive])).toMatchObject({ code: 3, stderr: expect.not.stringContaining('at file:') });
  });
});

describe('tearsheet diff', () => {
  it('is a unified diff in a pipe, which patch(1) takes', async () => {
    const { stdout, code } = await shell(
      `tearsheet diff ${archive} ${URL} > d && printf 'headline: Bridge stays open\\nauthor: Renée Müller, Ian Low\\ndatePublished: 2017-11-23T18:49:00+03:00\\n\\nThe bridge stays open.\\nSo said the mayor, “for all”.\\n' > f && patch -s f d && head -1 f`,
      { cwd: temporaryFolder() },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'headline: Bridge stays open until spring\n' });
  });

  it('gives the parts with --json', async () => {
    const { stdout } = await run(['diff', archive, URL, '--from', '1', '--to', '2', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      changes: [
        {
          parts: [
            { kind: 'same', text: 'Bridge stays open' },
            { kind: 'added', text: ' until spring' },
          ],
        },
      ],
    });
  });

  it('says where there is nothing to compare', async () => {
    expect(await run(['diff', archive, URL, '--to', '7'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds 1, 2'),
    });
    expect(await run(['diff', archive, ARTICLES[1]![0]])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('none before it'),
    });
  });

  it.skipIf(!HAS_TERMINAL)('is in colour on a terminal, and nothing of the text can reach it', async () => {
    const settings = settingsWith();
    const writer = await openArchive(archive, { settings });
    writer.beginRun({ startedAtMs: STARTED_MS + 3e8, settings });
    await put(writer, URL, { headline: 'Bridge \u001b]0;owned\u0007 shut', articleBody: 'x' });
    await writer.seal(SUMMARY);
    await writer.close();
    const { stdout } = await onTerminal(['diff', archive, URL]);
    expect(stdout).toContain('\u001b[32m');
    expect(stdout).not.toContain('\u001b]');
    expect(stdout).toContain('\\x1b]');
    const plain = await onTerminal(['diff', archive, URL], { env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
    expect(plain.stdout).toContain('{+');
  });
});
