#!/usr/bin/env node
/**
 * `npm run demo`: crawls a small web of hand-written sites on loopback, twice. The second run is the next day there:
 * one article was edited, one is new, one is gone. What runs is the real command line, through a proxy, as for any
 * crawl; only the delay is small. In: nothing. Out: the archive in `demo-archive/`, replaced on each run, and a look
 * at what it holds; the crawl's exit code. Never: asks anything of the net.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSites } from '../tests/support/fixture-sites.js';
import { serveWeb } from '../tests/support/web.js';

const ARCHIVE = 'demo-archive';
const TEARSHEET = fileURLToPath(new URL('../bin/tearsheet.js', import.meta.url));
/** Named in full for the reader to see: the story whose headline is edited on the second day. */
const EDITED = '/societe/les-cantines-apprennent-a-compter_5830.html';

const sites = loadSites();
const web = await serveWeb(sites);
const seeds = sites.flatMap((site) => site.seeds);
rmSync(ARCHIVE, { recursive: true, force: true });

let crawling;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => crawling?.kill(signal));

try {
  say(`A web of ${sites.length} sites on loopback, behind the proxy ${web.proxy}. Day one:`);
  let exitCode = await crawl(seeds);
  if (exitCode === 0) {
    web.day = 2;
    say('The next day. The same command on the same archive is an update; the archive knows its seeds:');
    exitCode = await crawl([]);
  }
  if (exitCode === 0) show();
  process.exitCode = exitCode;
} finally {
  await web.close();
}

function crawl(typed) {
  const shown = ['crawl', '--archive', ARCHIVE, '--delay', '50', '--proxy', web.proxy];
  say(`$ tearsheet ${[...shown, typed.length > 0 ? `${typed[0]} … (${typed.length} seeds)` : ''].join(' ')}\n`);
  crawling = spawn(process.execPath, [TEARSHEET, ...shown, ...typed], { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    crawling.once('error', reject);
    crawling.once('exit', (code) => resolve(code ?? 130));
  });
}

/** The edited article as its two records tell it. */
function show() {
  const folder = join(ARCHIVE, 'records');
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const records = files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  );
  say(`${records.length} records, one line of JSON each:`);
  for (const file of files) console.log(`  ${join(folder, file)}`);
  const revisions = records.filter(({ url }) => url.endsWith(EDITED));
  for (const record of revisions) {
    const { number, changed } = record.revision;
    say(`Revision ${number} of ${record.url}${changed ? `, changed: ${changed.join(', ')}` : ''}`);
    for (const field of ['headline', 'author', 'datePublished', 'dateModified', 'articleSection', 'inLanguage']) {
      const value = record[field];
      if (value === undefined) continue;
      const text = Array.isArray(value) ? value.map((each) => each.name ?? each).join(', ') : value;
      console.log(`  ${field.padEnd(16)}${text}`);
    }
    console.log(`  ${'articleBody'.padEnd(16)}${record.articleBody?.slice(0, 100)}…`);
  }
}

function say(text) {
  console.log(`\n${text}`);
}
