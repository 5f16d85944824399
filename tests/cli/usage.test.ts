import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { HAS_TERMINAL, onTerminal, run } from './running.js';

describe('tearsheet', () => {
  it('prints its version', async () => {
    expect(await run(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  it.each(['', ...createProgram(() => {}).commands.map((command) => command.name())])(
    'shows an example in the help of "%s"',
    async (command) => {
      const { stdout, code } = await run([...(command === '' ? [] : [command]), '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples?:\n {2}\\$ (\\w+ [^|]+ \\| )?tearsheet ${command}`));
    },
  );

  it('without a command says what there is', async () => {
    expect(await run([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Commands:') });
  });

  it.each([
    [['crawl', '--max-artcles', '5', 'https://example.org/'], /Did you mean --max-articles\?/],
    [['craw', 'https://example.org/'], /Did you mean crawl\?/],
    [['crawl'], /no seeds: name a site/],
    [['crawl', 'https://example.org/', '--delay', 'slow'], /--delay: expected number, got "slow"/],
    [
      ['crawl', 'https://example.org/', '--fields', 'headlin'],
      /--fields: no record has "headlin"; did you mean headline\?/,
    ],
    [['crawl', 'https://example.org/', '--log', 'xml'], /--log: expected pretty or json, got "xml"/],
    [['crawl', 'https://example.org/', '--config', 'no-such.json'], /no-such\.json: .*no such file/],
    [['crawl', '--seeds', 'no-such.txt'], /--seeds no-such\.txt: cannot be read: no such file/],
    [
      ['crawl', 'https://example.org/', '-o', 'no/such/folder/x.jsonl'],
      /-o no\/such\/folder\/x\.jsonl: cannot be written: no such file or folder/,
    ],
    [['extract', 'no-such.html', 'nor-this.html'], /no-such\.html: cannot be read: no such file[\s\S]*nor-this\.html/],
    [['extract', '/'], /\/: it is a folder/],
    [['extract', '--from', 'pdf', 'x'], /'pdf' is invalid/],
    [['schema', 'recrod'], /did you mean record\?/],
    [['help', 'craw'], /unknown command 'craw'/],
    [['verify'], /missing required argument 'archive'/],
  ])('refuses %j with exit code 2 and a reason', async (args, reason) => {
    const { code, stderr, stdout } = await run(args);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect([code, stdout]).toEqual([2, '']);
  });

  it.each(['record', 'line', 'settings'])('prints the JSON Schema of a %s', async (what) => {
    const { stdout, code } = await run(['schema', what]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: expect.stringContaining('json-schema.org'),
      title: expect.any(String),
    });
  });

  it.runIf(HAS_TERMINAL)('does not wait for a person to type a page', async () => {
    expect(await onTerminal(['extract'])).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('nothing to read'),
    });
  });
});
