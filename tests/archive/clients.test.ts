/** Other people's tools on our files. What cannot be installed here is printed as skipped, with the reason. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/archive.js';
import { archiveArticle, exchange, hop, page, STARTED_MS, SUMMARY, settingsWith, temporaryFolder } from './example.js';

/** The command, or why there is none. */
let warcio: { command: string } | { missing: string };

beforeAll(() => {
  const found = spawnSync('warcio', ['--version'], { encoding: 'utf8' });
  if (found.status === 0) {
    warcio = { command: 'warcio' };
    return;
  }
  const folder = join(temporaryFolder(), 'venv');
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin/pip'), 'install', '--quiet', 'warcio'],
  ] as [string, ...string[]][]) {
    const done = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 });
    if (done.status !== 0) {
      warcio = { missing: `${command} failed: ${(done.error?.message ?? done.stderr).trim().split('\n').at(-1)}` };
      return;
    }
  }
  warcio = { command: join(folder, 'bin/warcio') };
}, 180_000);

describe('warcio (Python)', () => {
  it('finds every digest of our files right, and indexes their records', async ({ skip }) => {
    if ('missing' in warcio) {
      console.log(`skipped: warcio is not here: ${warcio.missing}`);
      return skip(warcio.missing);
    }
    const directory = temporaryFolder();
    const settings = settingsWith();
    const archive = await openArchive(directory, { settings });
    archive.beginRun({ startedAtMs: STARTED_MS, settings });
    await archiveArticle(archive, 'https://example.org/a', 'Привет');
    const coded = [
      ['Content-Encoding', 'gzip'],
      ['Transfer-Encoding', 'chunked'],
    ] as const;
    await archive.keep(page('https://example.org/coded', gzipSync('<p>coded</p>'), { responseHeaders: coded }));
    await archive.keep(page('https://example.org/again', gzipSync('<p>coded</p>'), { responseHeaders: coded }));
    await archive.keep(
      exchange(hop('https://example.org/old', '', { status: 302 }), hop('https://example.org/new', 'x')),
    );
    await archive.keep(page('https://example.org/secret', 'y'), { withhold: 'noarchive in X-Robots-Tag' });
    await archive.seal(SUMMARY);
    await archive.close();
    const [file] = readdirSync(join(directory, 'warc'));
    const path = join(directory, 'warc', file!);
    const check = spawnSync(warcio.command, ['check', '-v', path], { encoding: 'utf8' });
    expect(`${check.stdout}${check.stderr}`).not.toMatch(/fail|no digest|unknown/i);
    expect(check.status).toBe(0);
    expect(check.stdout.match(/digest pass/g)?.length).toBeGreaterThanOrEqual(10);
    const index = spawnSync(warcio.command, ['index', '-f', 'warc-type,http:status', path], { encoding: 'utf8' });
    const types = index.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Record<string, string>)['warc-type']);
    expect(types).toEqual(
      'warcinfo response request response request revisit request response request response request metadata request'.split(
        ' ',
      ),
    );
  }, 120_000);
});
