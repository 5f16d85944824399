/**
 * Keeps the README true: its help texts and tables are those of the program, and the commands that it shows are run, on
 * a web on loopback. `UPDATE_README=1` writes the help texts and tables anew.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleSchema } from '../../src/article-schema.js';
import { SETTING_OPTIONS } from '../../src/cli/options.js';
import { createProgram } from '../../src/cli/program.js';
import { settingsSchema } from '../../src/settings.js';
import { serveWeb, type Web } from '../support/web.js';
import { articlePage, run, shell } from './running.js';

const PATH = fileURLToPath(new URL('../../README.md', import.meta.url));
const PAGE = fileURLToPath(new URL('../../.ci/page.html', import.meta.url));
const UPDATE = process.env.UPDATE_README === '1';
let readme = readFileSync(PATH, 'utf8');

/** What stands between a marker and the next blank line after its block. */
function section(marker: string): { text: string; from: number; to: number } {
  const at = readme.indexOf(`<!-- ${marker} -->\n`);
  expect(at, `the README has no <!-- ${marker} -->`).toBeGreaterThanOrEqual(0);
  const from = at + `<!-- ${marker} -->\n`.length;
  const end = readme.indexOf(`<!-- end -->`, from);
  return { text: readme.slice(from, end), from, to: end };
}

function keep(marker: string, wanted: string): void {
  const { text, from, to } = section(marker);
  if (UPDATE && text !== wanted) {
    readme = readme.slice(0, from) + wanted + readme.slice(to);
    writeFileSync(PATH, readme);
  } else expect(text).toBe(wanted);
}

/** All but `help`, whose own nobody asks for. */
const commands = createProgram(() => {})
  .commands.map((command) => command.name())
  .filter((name) => name !== 'help');

describe('the README', () => {
  it.each(['tearsheet', ...commands])('has the help of %s as it is', async (name) => {
    const { stdout } = await run([...(name === 'tearsheet' ? [] : [name]), '--help'], { env: { COLUMNS: '80' } });
    keep(`help: ${name}`, `\n\`\`\`text\n${stdout.trimEnd()}\n\`\`\`\n\n`);
  });

  it('has every setting with its option and its default', () => {
    const defaults = settingsSchema.parse({}) as Record<string, unknown>;
    const rows = Object.entries(settingsSchema.shape).map(([name, schema]) => {
      const option = SETTING_OPTIONS.find(({ setting }) => setting === name)?.flags.replace(/ .*/, '');
      const value = name in defaults && defaults[name] !== undefined ? `\`${JSON.stringify(defaults[name])}\`` : '';
      return `| \`${name}\` | ${option === undefined ? '' : `\`${option}\``} | ${value} | ${schema.description} |\n`;
    });
    keep('settings', `\n| setting | option | default | meaning |\n|---|---|---|---|\n${rows.join('')}\n`);
  });

  it('shows a record as it comes out today', async () => {
    const { stdout } = await run(['extract', PAGE, '--url', 'https://example.org/2017/11/story']);
    const shown = articleSchema.parse(JSON.parse(section('record').text.replace(/```\w*/g, '')));
    const { headline, datePublished, articleBody, id } = articleSchema.parse(JSON.parse(stdout));
    expect(shown).toMatchObject({ headline, datePublished, articleBody, id });
  });

  it('names every field of the record', () => {
    for (const field of Object.keys(articleSchema.shape)) expect(readme).toMatch(new RegExp(`\`${field}\``));
  });

  it('names every exit code', () => {
    for (const code of [0, 1, 2, 3, 130]) expect(readme).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
  });
});

describe('the commands that the README shows', () => {
  let web: Web;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tearsheet-readme-'));
    const articles = [1, 2, 3].map((n) => `/2017/11/plan-number-${n}`);
    web = await serveWeb([
      {
        host: 'example.org',
        answer: (path) => {
          if (path === '/')
            return {
              type: 'text/html',
              body: articles.map((href) => `<a href="${href}">A plan of the council</a>`).join(''),
            };
          const number = articles.indexOf(path) + 1;
          return number > 0 ? { type: 'text/html', body: articlePage(number) } : undefined;
        },
      },
    ]);
    writeFileSync(join(folder, 'page.html'), articlePage(1));
    writeFileSync(join(folder, 'urls.txt'), articles.map((path) => `http://example.org${path}\n`).join(''));
    writeFileSync(
      join(folder, 'pages.jsonl.gz'),
      gzipSync(`${JSON.stringify({ url: 'https://example.org/a', html: articlePage(1) })}\n`),
    );
    const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${articlePage(2)}`;
    const head = `WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2017-11-24T00:00:00Z\r\nWARC-Target-URI: https://example.org/2\r\nContent-Type: application/http\r\nContent-Length: ${Buffer.byteLength(http)}\r\n\r\n`;
    writeFileSync(join(folder, 'a.warc.gz'), gzipSync(`${head}${http}\r\n\r\n`));
  });
  afterAll(async () => {
    await web.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shown = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block]) => block!.split('\n'))
    .filter((line) => /\btearsheet /.test(line) && !line.startsWith('npm'));

  it('are there', () => {
    expect(shown.length).toBeGreaterThan(6);
  });

  // In their order: later ones use the archive of earlier ones. The web of the tests has no TLS.
  it.each(shown)('work: %s', async (line) => {
    const { stderr, code } = await shell(`set -o pipefail; ${line.replaceAll('https://', 'http://')}`, {
      cwd: folder,
      env: { HTTP_PROXY: web.proxy, http_proxy: web.proxy, NO_PROXY: '', no_proxy: '' },
    });
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  });
});
