#!/usr/bin/env node
/**
 * Other people's tools on what we write: DuckDB, pandas with pyarrow, jq, sqlite3, the validators of WACZ and RO-Crate.
 * In: an archive (default: that of `npm run demo`, made where it is missing). Out: a line a check; what cannot be
 * installed here is printed as skipped, with the reason. Exit code 1 where a check fails.
 *
 *   node bench/clients.mjs [archive]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TEARSHEET = fileURLToPath(new URL('../bin/tearsheet.js', import.meta.url));
const CHECKS = fileURLToPath(new URL('./clients/check.py', import.meta.url));
const PACKAGES = ['duckdb', 'pandas', 'pyarrow', 'wacz', 'rocrate', 'pyyaml'];

const archive = process.argv[2] ?? 'demo-archive';
const work = mkdtempSync(join(tmpdir(), 'tearsheet-clients-'));
let failed = 0;

try {
  if (!existsSync(archive)) must(process.execPath, [fileURLToPath(new URL('./demo.mjs', import.meta.url))]);
  for (const [format, to] of [
    ['jsonl', 'a.jsonl'],
    ['csv', 'a.csv'],
    ['parquet', 'a.parquet'],
    ['markdown', 'markdown'],
    ['html', 'html'],
    ['wacz', 'a.wacz'],
    ['ro-crate', 'crate'],
  ])
    must(process.execPath, [TEARSHEET, 'export', archive, '--quiet', '--format', format, '-o', join(work, to)]);
  const site = new URL(JSON.parse(must('head', ['-n1', join(work, 'a.jsonl')])).url).host;
  must(process.execPath, [
    ...[TEARSHEET, 'export', archive, '--quiet', '--format', 'wacz', '--site', site],
    ...['-o', join(work, 'selection.wacz')],
  ]);

  check('jq reads the lines', 'jq', ['-es', 'length > 0 and all(.id | startswith("sha256:"))', join(work, 'a.jsonl')]);
  check('sqlite3 opens state.db', 'sqlite3', [
    '-readonly',
    join(archive, 'state.db'),
    'PRAGMA integrity_check; SELECT count(*) FROM revision;',
  ]);
  const python = environment();
  if (python !== undefined) {
    check('wacz validate: the whole archive', join(python, 'wacz'), ['validate', '-f', join(work, 'a.wacz')]);
    check('wacz validate: a selection', join(python, 'wacz'), ['validate', '-f', join(work, 'selection.wacz')]);
    for (const name of ['parquet', 'csv', 'jsonl', 'markdown', 'wacz', 'crate'])
      check(`Python: ${name}`, join(python, 'python'), [CHECKS, name, work]);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;

function check(name, command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 });
  if (error?.code === 'ENOENT') return console.log(`skipped ${name}: there is no ${command} here`);
  if (status !== 0) failed++;
  console.log(`${status === 0 ? 'ok     ' : 'FAILED '} ${name}`);
  if (status !== 0) console.log(`${error?.message ?? ''}${stdout}${stderr}`.replace(/^/gm, '        '));
}

/** The folder of commands of a fresh Python environment. */
function environment() {
  const folder = join(work, 'venv');
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin/pip'), 'install', '--quiet', ...PACKAGES],
  ]) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 600_000 });
    if (status === 0) continue;
    const why = (error?.message ?? stderr ?? '').trim().split('\n').at(-1);
    console.log(`skipped the Python clients: ${command} failed: ${why}`);
    return undefined;
  }
  return join(folder, 'bin');
}

function must(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status === 0) return stdout;
  throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? stderr}`);
}
