#!/usr/bin/env node
/**
 * Other people's programs on our archives, and our reader on other people's files. Crawls the hand-written sites of the
 * tests into an archive, then asks warcio, cdxj-indexer, sqlite3 and pywb, which replays a page in a real browser, and
 * reads what wget and the sample files of pywb hold. Run on the build:
 *
 *   npm run build && node bench/warc-clients.mjs [--python FOLDER]    a virtual environment to use; made anew otherwise
 *
 * What is not here is printed as skipped, with the reason. Exit code 1 if any check failed.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { readWarc } from '../dist/archive/warc-read.js';
import { loadSites } from '../tests/support/fixture-sites.js';
import { serveWeb } from '../tests/support/web.js';

const run = promisify(execFile);
const { values } = parseArgs({ options: { python: { type: 'string' } } });
const TEARSHEET = fileURLToPath(new URL('../bin/tearsheet.js', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'clients-'));
const archive = join(work, 'news');
const counts = { passed: 0, failed: 0, skipped: 0 };

class Skipped extends Error {}

async function check(name, what) {
  try {
    const told = await what();
    counts.passed++;
    console.log(`ok      ${name}${told ? `: ${told}` : ''}`);
  } catch (error) {
    const isSkipped = error instanceof Skipped;
    counts[isSkipped ? 'skipped' : 'failed']++;
    console.log(
      `${isSkipped ? 'skipped' : 'FAILED '} ${name}: ${String(error.message).split('\n').slice(0, 6).join('\n        ')}`,
    );
  }
}

function must(condition, message) {
  if (!condition) throw new Error(message);
}

async function found(command, ...names) {
  for (const name of [command, ...names])
    try {
      return (await run('sh', ['-c', `command -v ${name}`])).stdout.trim();
    } catch {}
  throw new Skipped(`${command} is not installed`);
}

/** A Python program of the environment, which is made when it is first asked for. */
let environment;
async function python(program) {
  environment ??= values.python
    ? Promise.resolve(values.python)
    : (async () => {
        const folder = join(work, 'python');
        await run('python3', ['-m', 'venv', folder]);
        await run(join(folder, 'bin/pip'), ['install', '--quiet', 'warcio', 'cdxj-indexer', 'pywb', 'setuptools<81'], {
          timeout: 300_000,
        });
        return folder;
      })();
  const folder = await environment.catch((error) => {
    throw new Skipped(
      `cannot be installed: ${String(error.stderr || error.message)
        .trim()
        .split('\n')
        .at(-1)}`,
    );
  });
  const path = join(folder, 'bin', program);
  if (!existsSync(path)) throw new Skipped(`${program} is not in ${folder}`);
  return path;
}

const files = (folder) =>
  readdirSync(join(archive, folder))
    .sort()
    .map((name) => join(archive, folder, name));
const records = () =>
  files('records')
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line));

async function typesIn(file) {
  const types = {};
  for await (const { type } of readWarc(file)) types[type] = (types[type] ?? 0) + 1;
  return types;
}

async function typesByWarcio(file) {
  const { stdout } = await run(await python('warcio'), ['index', '-f', 'warc-type', file], { maxBuffer: 1 << 26 });
  const types = {};
  for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
    const type = JSON.parse(line)['warc-type'];
    types[type] = (types[type] ?? 0) + 1;
  }
  return types;
}

const sorted = (counted) => JSON.stringify(Object.entries(counted).sort());

const sites = loadSites();
const web = await serveWeb(sites, { separatePorts: false });
try {
  for (const day of [1, 2]) {
    web.day = day;
    const seeds = day === 1 ? sites.flatMap((site) => site.seeds) : [];
    await run(process.execPath, [
      TEARSHEET,
      'crawl',
      '--quiet',
      '--delay',
      '0',
      '--proxy',
      web.proxy,
      '--archive',
      archive,
      ...seeds,
    ]).catch((error) => must(error.code === 1, error.stderr));
  }

  await check('warcio finds every digest right', async () => {
    for (const file of files('warc')) await run(await python('warcio'), ['check', file]);
    return `${files('warc').length} files`;
  });
  await check('warcio sees the records that we see', async () => {
    for (const file of files('warc')) {
      const [ours, theirs] = [await typesIn(file), await typesByWarcio(file)];
      must(sorted(ours) === sorted(theirs), `${file}: ${sorted(ours)} is not ${sorted(theirs)}`);
    }
  });
  await check('cdxj-indexer makes the same index', async () => {
    const { stdout } = await run(await python('cdxj-indexer'), ['--sort', ...files('warc')], { maxBuffer: 1 << 26 });
    const theirs = placesIn(stdout);
    const ours = placesIn(readFileSync(join(archive, 'index.cdxj'), 'utf8'));
    const missing = [...theirs].filter((place) => !ours.has(place));
    must(missing.length === 0, `not in our index: ${missing.slice(0, 3).join('; ')}`);
    const more = [...ours].filter((place) => !theirs.has(place));
    must(more.length === 0, `only in our index: ${more.slice(0, 3).join('; ')}`);
    return `${ours.size} captures`;
  });
  await check('sqlite3 reads state.db', async () => {
    const { stdout } = await run(await found('sqlite3'), [
      `file:${join(archive, 'state.db')}?mode=ro`,
      'PRAGMA integrity_check; SELECT count(*) FROM revision;',
    ]);
    must(stdout === `ok\n${records().length}\n`, stdout);
  });
  await check('sha256sum agrees with the seal of state.db', async () => {
    await run(await found('sha256sum'), ['--check', '--quiet', 'state.db.sha256'], { cwd: archive });
  });
  await check('our reader takes the WARC file that wget writes', async () => {
    const [wget, article] = [await found('wget'), records().find(({ articleBody }) => articleBody)];
    await run(wget, ['-q', '-O', '/dev/null', '--warc-file', join(work, 'wget'), article.url], {
      env: { ...process.env, http_proxy: web.proxy },
    });
    const { stdout } = await run(process.execPath, [TEARSHEET, 'extract', '--quiet', join(work, 'wget.warc.gz')]);
    must(
      JSON.parse(stdout).articleBody === article.articleBody,
      `another text than the crawl's: ${stdout.slice(0, 300)}`,
    );
  });
  await check('our reader and warcio see the same in the sample files of pywb', async () => {
    const warcio = await python('warcio');
    const folder = join(warcio, '../../sample_archive/warcs');
    if (!existsSync(folder)) throw new Skipped(`${folder} is not there`);
    let agreed = 0;
    const apart = [];
    for (const name of readdirSync(folder)) {
      // Two that are damaged on purpose: warcio gives them up, or takes lines for records.
      if (!/\.w?arc(\.gz)?$/.test(name) || name === 'bad.arc') continue;
      const [ours, theirs] = [await typesIn(join(folder, name)), await typesByWarcio(join(folder, name))];
      if (sorted(ours) === sorted(theirs)) agreed++;
      else apart.push(`${name}: ${sorted(ours)} is not ${sorted(theirs)}`);
    }
    must(apart.length === 0, apart.join('\n'));
    return `${agreed} files`;
  });
  await check('pywb replays an archived article in a browser', replay);
} finally {
  await web.close();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;

/** What both indexes say of a capture: file, place, status, and the URL's key. */
function placesIn(index) {
  return new Set(
    index
      .split('\n')
      .filter((line) => line.includes('{'))
      .map((line) => {
        const [key, time] = line.split(' ', 2);
        const { filename, offset, length, status, mime } = JSON.parse(line.slice(line.indexOf('{')));
        return [key, time, filename.split('/').at(-1), offset, length, status ?? '-', mime].join(' ');
      }),
  );
}

async function replay() {
  const [wayback, chromium] = [await python('wayback'), await found('chromium', 'chromium-browser', 'google-chrome')];
  const article = records().find(({ articleBody, capture }) => articleBody?.split('\n\n').length > 2 && capture?.warc);
  const home = join(work, 'pywb');
  mkdirSync(home);
  writeFileSync(
    join(home, 'config.yaml'),
    `framed_replay: false\ncollections:\n  news:\n    index_paths: ${join(archive, 'index.cdxj')}\n    archive_paths: ${join(archive, 'warc')}/\n`,
  );
  const port = await freePort();
  const server = spawn(wayback, ['-p', String(port), '-b', '127.0.0.1'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (text) => {
    said += text;
  });
  try {
    const timestamp = article.capture.fetchedAt.replace(/\D/g, '').slice(0, 14);
    const page = `http://127.0.0.1:${port}/news/${timestamp}mp_/${article.capture.finalUrl}`;
    await answering(page, () => said);
    const { stdout } = await run(
      chromium,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-proxy-server',
        `--user-data-dir=${join(work, 'browser')}`,
        '--virtual-time-budget=10000',
        '--dump-dom',
        page,
      ],
      { timeout: 120_000, maxBuffer: 1 << 26 },
    );
    const shown = textOf(stdout);
    for (const text of [article.headline, ...article.articleBody.split('\n\n')])
      must(
        shown.includes(textOf(text)),
        `the browser does not show "${text.slice(0, 80)}" in: ${shown.slice(0, 3000)}`,
      );
    return article.url;
  } finally {
    server.kill();
  }
}

async function answering(page, said) {
  for (let tries = 0; tries < 60; tries++) {
    const answer = await fetch(page).catch(() => undefined);
    if (answer?.ok) return;
    if (answer && tries > 5) throw new Error(`pywb answers ${answer.status} for ${page}\n${said().slice(-500)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`pywb does not answer\n${said().slice(-500)}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Letters and digits alone: typography and markup aside. */
function textOf(html) {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
    .replace(/&(?:#\d+|#x[\da-f]+|\w+);/gi, ' ')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase();
}
