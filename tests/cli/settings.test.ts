import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributeOf, MACHINE, MANNERS, SELECTION, SETTING_OPTIONS } from '../../src/cli/options.js';
import { createProgram } from '../../src/cli/program.js';
import { readSettings } from '../../src/cli/settings.js';
import { settingsSchema } from '../../src/settings.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tearsheet-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const complaintOf = (sources: Parameters<typeof readSettings>[0]): string => {
  try {
    readSettings(sources);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no complaint';
};

describe('settings', () => {
  it('come from options before the config file before the archive before the defaults', () => {
    file('tearsheet.json', { seeds: ['https://a.example/'], delayMs: 5000, maxDepth: 2, concurrency: 3 });
    const config = file('config.json', { delayMs: 4000, maxDepth: 1 });
    const settings = readSettings({ options: { delay: '3000' }, seeds: [], config, archive: folder });
    expect(settings).toMatchObject({
      seeds: ['https://a.example/'],
      delayMs: 3000,
      maxDepth: 1,
      concurrency: 3,
      timeoutMs: 30_000,
    });
  });

  it('take the typed seeds in place of those in files', () => {
    const config = file('seeds.json', { seeds: ['https://a.example/'] });
    expect(readSettings({ options: {}, seeds: ['https://b.example/x'], config }).seeds).toEqual([
      'https://b.example/x',
    ]);
  });

  it('read a seed without a scheme as https', () => {
    const { seeds } = readSettings({ options: {}, seeds: ['example.org/news', 'localhost:8080', 'http://x/'] });
    expect(seeds).toEqual(['https://example.org/news', 'https://localhost:8080/', 'http://x/']);
  });

  it('let a span begin within the day on which it ends', () => {
    const options = { since: '2017-11-23T18:00:00+03:00', until: '2017-11-23' };
    expect(readSettings({ options, seeds: [] })).toMatchObject(options);
  });

  it.each([
    [{ options: { delay: 'fast' }, seeds: [] }, /^--delay: expected number, got "fast" \(Least time/],
    [{ options: { maxRate: '0' }, seeds: [] }, /^--max-rate: expected more than 0, got 0/],
    [{ options: { maxArticles: '0' }, seeds: [] }, /^--max-articles: .*got 0/],
    [{ options: { scope: 'world' }, seeds: [] }, /^--scope: .*"host"\|"site"\|"prefix", got "world"/],
    [
      { options: { since: '23.11.2017' }, seeds: [] },
      /^--since: expected a date such as 2017-11-23, 2017-11 or 2017, got "23.11.2017"/,
    ],
    [{ options: { until: '2017-13-01' }, seeds: [] }, /^--until: expected a date .*got "2017-13-01"/],
    [
      { options: { since: '2018-01-01', until: '2017-01-01' }, seeds: [] },
      /^--since 2018-01-01 is after --until 2017-01-01/,
    ],
    [{ options: { include: ['/(/'] }, seeds: [] }, /^--include: .*no regular expression/],
    [{ options: { proxy: 'not a proxy' }, seeds: [] }, /^--proxy: .*got "not a proxy"/],
    [{ options: {}, seeds: ['not a url'] }, /^seed "not a url": expected a web address/],
    [{ options: {}, seeds: ['ftp://example.org/'] }, /^seed "ftp:\/\/example.org\/": expected a web address/],
  ])('say what is wrong with %j', (sources, complaint) => {
    expect(complaintOf(sources)).toMatch(complaint);
  });

  it('name the file and the key of what is wrong, and the setting that was meant', () => {
    const config = file('wrong.json', {
      delayMS: 5,
      delay: 5,
      'max-rate': 1,
      maxDepth: -1,
      seeds: ['https://a.example/', 7],
    });
    const complaint = complaintOf({ options: {}, seeds: [], config });
    expect(complaint).toContain(`${config}: delayMS: there is no such setting; did you mean "delayMs"?`);
    expect(complaint).toContain('wrong.json: delay: there is no such setting; did you mean "delayMs"?');
    expect(complaint).toContain('wrong.json: max-rate: there is no such setting; did you mean "maxRequestsPerSecond"?');
    expect(complaint).toMatch(/wrong\.json: maxDepth: expected at least 0, got -1/);
    expect(complaint).toMatch(/wrong\.json: seeds\[1\]: expected string, got 7/);
  });

  it('say what an archive is that stands where a seed should', () => {
    const archive = dirname(file('tearsheet.json', {}));
    expect(complaintOf({ options: {}, seeds: [archive] })).toMatch(/it is an archive; .*--archive/);
  });

  it('say where a file is not JSON, not there, or no object', () => {
    expect(complaintOf({ options: {}, seeds: [], config: file('broken.json', '{"delayMs": }') })).toMatch(
      /broken\.json: not valid JSON/,
    );
    expect(complaintOf({ options: {}, seeds: [], config: join(folder, 'absent.json') })).toMatch(
      /absent\.json: .*no such file/,
    );
    expect(complaintOf({ options: {}, seeds: [], config: file('list.json', []) })).toMatch(
      /list\.json: expected an object/,
    );
  });
});

describe('the table of options', () => {
  it('names only settings that there are', () => {
    for (const { setting } of SETTING_OPTIONS) expect(settingsSchema.shape).toHaveProperty(setting);
  });

  it('tells the defaults that the schema has', () => {
    const defaults = settingsSchema.parse({}) as Record<string, unknown>;
    for (const { help, setting } of [...SELECTION, ...MANNERS, ...MACHINE]) {
      const told = /\(default: (\w+)\)$/.exec(help)?.[1];
      if (told !== undefined && defaults[setting] !== undefined)
        expect([setting, told]).toEqual([setting, String(defaults[setting])]);
      else expect([setting, defaults[setting] ?? []]).toEqual([setting, []]);
    }
  });

  it('finds the values where commander puts them', () => {
    const program = createProgram(() => {});
    const crawl = program.commands.find((command) => command.name() === 'crawl')!;
    const attributes = crawl.options.map((option) => option.attributeName());
    for (const { flags } of SETTING_OPTIONS) expect(attributes).toContain(attributeOf(flags));
  });
});
