import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { LeasedLead } from '../../src/frontier/frontier.js';
import { SqliteFrontier } from '../../src/frontier/sqlite.js';
import { openState } from '../../src/state.js';

const CHILD = fileURLToPath(new URL('./crash-child.mjs', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'frontier-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('after kill -9 no lead is lost, what was leased comes back, what had ended does not', async () => {
  const file = join(directory, 'state.db');
  const child = spawn(process.execPath, [CHILD, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
  const ended = new Set<string>();
  let put = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [index, url] = line.split(' ');
    ended.add(url!);
    put = Number(index) + 1;
    if (ended.size === 50) child.kill('SIGKILL');
  }
  expect(await gone).toBe('SIGKILL');

  const db = openState(file);
  const frontier = new SqliteFrontier(db);
  frontier.beginRun('after', Date.now());
  const taken: LeasedLead[] = [];
  for (let found = frontier.take(10, 1, 1); found.length > 0; found = frontier.take(10, 1, 1)) {
    taken.push(...found);
    for (const { host } of found) frontier.free(host, 0);
  }
  const again = new Set(taken.map(({ url }) => url));
  expect(again.size).toBe(taken.length);
  expect([...ended].filter((url) => again.has(url))).toEqual([]);
  for (let index = 0; index < put; index++) {
    const url = `https://h${index % 7}.example/story-number-${index}`;
    // The last that ended may not have been told.
    expect(again.has(url) || ended.has(url) || frontier.idOf(url) !== undefined).toBe(true);
  }
  expect(taken.length + ended.size).toBeGreaterThanOrEqual(put - 1);
  db.close();
});
