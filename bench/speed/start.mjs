/** How long commands take to start, beside a Node that does nothing: processes in turns, medians of ratios. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digits, median } from './measure.mjs';

const ROUNDS = 25;
const TEARSHEET = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));
const PAGE = `<!doctype html><html lang="en"><title>Harbour reopens</title><body><article><h1>Harbour reopens</h1><p>By Jane Doe, 23 November 2017</p>${'<p>The harbour was opened again on Friday, after a winter of repairs that cost more than anyone had thought.</p>'.repeat(20)}</article></html>`;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'tearsheet-bench-'));
  const page = join(folder, 'page.html');
  writeFileSync(page, PAGE);
  const ways = {
    'node -e 0': ['-e', '0'],
    'tearsheet --version': [TEARSHEET, '--version'],
    'tearsheet --help': [TEARSHEET, '--help'],
    'tearsheet extract page.html': [TEARSHEET, 'extract', page, '--quiet'],
  };
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, args] of Object.entries(ways)) {
      const started = performance.now();
      spawnSync(process.execPath, args, { stdio: 'ignore' });
      times[name].push(performance.now() - started);
    }
  }
  rmSync(folder, { recursive: true });
  const ratio = (name) => median(times[name].map((time, round) => time / times['node -e 0'][round]));
  return {
    title: `Start: ${ROUNDS} rounds`,
    rows: Object.keys(ways).map((name) => ({
      command: name,
      ms: digits(median(times[name]), 0),
      'of node -e 0': digits(ratio(name)),
    })),
    claims: [
      { what: '--version, in bare Node', ratio: ratio('tearsheet --version'), bar: 1.5, atMost: true },
      { what: 'extract page.html, in bare Node', ratio: ratio('tearsheet extract page.html'), bar: 3, atMost: true },
    ],
  };
}
