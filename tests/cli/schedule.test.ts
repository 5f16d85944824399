/** `tearsheet schedule`: what the schedulers are told, checked by themselves where they are there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cronLine, jobName, launchdAgent, minutesOf, systemdUnits } from '../../src/schedule.js';
import { serveWeb, type Web } from '../support/web.js';
import { articlePage, ended, run, start } from './running.js';

let folder: string;
let archive: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tearsheet-schedule-'));
  // Everything that a scheduler may trip over.
  archive = join(folder, `the "50%" $HOME & <Bob's> news`);
  mkdirSync(archive);
  writeFileSync(join(archive, 'tearsheet.json'), JSON.stringify({ seeds: ['https://example.org/'] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const job = (everyMinutes: number) => ({
  archive,
  everyMinutes,
  command: ['/usr/bin/true', 'crawl', '--archive', archive],
});
const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

describe('how often', () => {
  it.each([
    ['30m', 30],
    ['6h', 360],
    ['1d', 1440],
    ['2 w', 20_160],
    ['0h', undefined],
    ['-6h', undefined],
    ['6', undefined],
    ['soon', undefined],
  ])('reads %s as %s minutes', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  it.each([
    [15, /^\*\/15 \* \* \* \* /],
    [60, /^\d+ \* \* \* \* /],
    [360, /^\d+ \*\/6 \* \* \* /],
    [1440, /^\d+ \d+ \* \* \* /],
    [10_080, /^\d+ \d+ \* \* [0-6] /],
  ])('tells cron of %i minutes', (minutes, line) => {
    expect(cronLine(job(minutes))).toMatch(line);
  });

  it.each([7, 300, 2880])('gives no line where cron cannot say %i minutes', (minutes) => {
    expect(cronLine(job(minutes))).toBeUndefined();
  });
});

describe('what is told', () => {
  it('gives the shell of a crontab exactly the words of the command', () => {
    const line = cronLine({ ...job(60), command: ['printf', '%s\\n', archive] })!;
    // As cron does it: five fields away, a percent sign unescaped.
    const command = line.split(' ').slice(5).join(' ').replace(/\\%/g, '%');
    expect(spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout).toBe(`${archive}\n`);
  });

  it('gives systemd units that it finds nothing wrong with', () => {
    if (!isThere('systemd-analyze')) return console.log('skipped: systemd-analyze is not installed');
    const units = systemdUnits(job(360));
    for (const { name, text } of units) writeFileSync(join(folder, name), text);
    const { status, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', ...units.map(({ name }) => join(folder, name))],
      { encoding: 'utf8' },
    );
    expect({ status, about: stderr.split('\n').filter((line) => line.includes(jobName({ archive }))) }).toEqual({
      status: 0,
      about: [],
    });
  });

  it('gives launchd a well-formed property list', () => {
    const { text } = launchdAgent(job(360));
    expect(text).toContain('<integer>21600</integer>');
    expect(text).toContain(`$HOME &amp; &lt;Bob's&gt; news</string>`);
    if (!isThere('plutil')) return console.log('skipped: plutil is not installed');
    const path = join(folder, 'agent.plist');
    writeFileSync(path, text);
    expect(spawnSync('plutil', ['-lint', path]).status).toBe(0);
  });
});

describe('tearsheet schedule', () => {
  it('prints what is to be put where on standard output', async () => {
    const { stdout, stderr, code } = await run(['schedule', archive, '--every', '6h', '--for', 'systemd']);
    expect(code).toBe(0);
    expect(stdout).toContain('OnUnitActiveSec=360min');
    expect(stderr).toContain('--write');
  });

  it('writes units where systemd looks for them', async () => {
    const config = join(folder, 'config');
    const { stdout, stderr, code } = await run(['schedule', archive, '--every', '6h', '--for', 'systemd', '--write'], {
      env: { XDG_CONFIG_HOME: config },
    });
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    const name = jobName({ archive });
    expect(readdirSync(join(config, 'systemd', 'user')).sort()).toEqual([`${name}.service`, `${name}.timer`]);
    // A command is alone on its line, to be copied.
    expect(stderr).toMatch(new RegExp(`^To start it: .* && systemctl --user enable --now ${name}\\.timer$`, 'm'));
  });

  it('gives cron no line that would be two', async () => {
    const broken = join(folder, 'my\n* * * * * news');
    cpSync(archive, broken, { recursive: true });
    for (const more of [[], ['--write']])
      expect(await run(['schedule', broken, '--every', '6h', '--for', 'cron', ...more])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('a crontab has no way to write a line break'),
      });
  });

  it('puts its line into the crontab once, however often, and leaves the others', async () => {
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    const table = join(folder, 'table');
    writeFileSync(table, '0 1 * * * backup\n');
    writeFileSync(
      join(programs, 'crontab'),
      `#!/bin/sh\nif [ "$1" = -l ]; then cat '${table}'; else cat > '${table}.new' && mv '${table}.new' '${table}'; fi\n`,
    );
    chmodSync(join(programs, 'crontab'), 0o755);
    const env = { PATH: `${programs}${delimiter}${process.env.PATH}` };
    for (const every of ['6h', '1d'])
      expect((await run(['schedule', archive, '--every', every, '--for', 'cron', '--write'], { env })).code).toBe(0);
    expect(readFileSync(table, 'utf8').split('\n')).toEqual([
      '0 1 * * * backup',
      expect.stringMatching(/^\d+ \d+ \* \* \* .*'crawl|crawl/),
      '',
    ]);
  });

  it.each([
    [['--every', 'now and then'], 'expected a time such as 30m'],
    [['--every', '5h', '--for', 'cron'], 'cron knows only'],
    [[], '--every'],
  ])('says what is wrong with %j', async (options, message) => {
    const { stderr, code } = await run(['schedule', archive, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('wants an archive that knows its seeds', async () => {
    const { stderr, code } = await run(['schedule', folder, '--every', '6h', '--for', 'cron']);
    expect(code).toBe(2);
    expect(stderr).toContain('no archive with seeds');
  });
});

describe('runs that overlap', () => {
  let web: Web;
  beforeAll(async () => {
    web = await serveWeb([{ host: 'slow.example', answer: () => ({ type: 'text/html', body: articlePage(1) }) }], {
      latencyMs: 1500,
    });
  });
  afterAll(() => web.close());

  it('ends the second with exit code 3 and says why, and the first goes on', async () => {
    const args = [
      'crawl',
      '--archive',
      join(folder, 'overlap'),
      '--max-pages',
      '1',
      '--proxy',
      web.proxy,
      'http://slow.example/2017/11/plan-number-1',
    ];
    const first = start(args);
    const end = ended(first);
    while (web.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await run(args);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain('another run is writing to this archive');
    expect((await end).code).toBe(0);
  });
});
