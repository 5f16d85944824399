/** What archiving costs beside plain JSONL: bench/archive-cost.mjs, as part of the whole. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export async function run() {
  const out = execFileSync(
    process.execPath,
    [fileURLToPath(new URL('../archive-cost.mjs', import.meta.url)), '--rounds', '3', '--articles', '800'],
    { encoding: 'utf8' },
  );
  const ratio = Number(/median ratio ([\d.]+)/.exec(out)?.[1]);
  return {
    title: 'Archive: WARC, records, ledger and index beside plain JSONL',
    rows: [],
    claims: Number.isFinite(ratio)
      ? [{ what: 'time of the same crawl to plain JSONL', ratio, bar: 1.25, atMost: true }]
      : [],
    notes: out.trim().split('\n'),
  };
}
