/** `npm run bench:accuracy` on a corpus of three pages whose measures are plain to see. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const BODY = [
  'The ferry across the sound will sail again from Monday, the harbour office said in a short notice on its door.',
  'For nine weeks the islanders had to take the long way round by the northern bridge, which added an hour to every trip.',
  'The first boat leaves at six in the morning, and the fare stays what it was before the repairs, according to the notice.',
];
const page = (paragraphs: readonly string[]): string =>
  `<!doctype html><html lang="en"><head><title>Ferry sails again</title><meta name="author" content="Ann Brook"></head><body><article><h1>Ferry sails again</h1><time datetime="2024-05-06T08:00:00Z">6 May 2024</time>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article></body></html>`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tearsheet-accuracy-'));
  const truth = { body: BODY.join('\n'), title: 'Ferry sails again', authors: ['Ann Brook'], date: '2024-05-06' };
  const lines = [
    { id: 'right', url: 'https://a.example/ferry', html: page(BODY), truth },
    { id: 'short', url: 'https://b.example/ferry', html: page(BODY.slice(0, 2)), truth: { ...truth, title: 'Other' } },
    {
      id: 'marks',
      url: 'https://c.example/ferry',
      html: page(BODY),
      truth: { with: ['the first boat', 'The ferry'], without: ['nine weeks'] },
    },
  ];
  writeFileSync(join(folder, 'ferries.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bench(...options: string[]): { status: number | null; out: string } {
  const args = ['bench/accuracy/run.mjs', '--corpus', folder, '--baseline', join(folder, 'baseline.json'), ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return { status, out: stdout };
}

it('measures bodies by their shingles, marks by segments, fields by equality', () => {
  const { status, out } = bench('--record');
  expect(status).toBe(0);
  const columns = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8')).ferries;
  const tokens = BODY.map((text) => text.match(/\w+/g)!.length);
  const whole = tokens[0]! + tokens[1]! + tokens[2]!;
  const part = tokens[0]! + tokens[1]!;
  const recall = (1 + (part - 3) / (whole - 3)) / 2;
  expect(columns.pages).toBe(3);
  expect(columns.f1).toBeCloseTo((2 * recall) / (1 + recall), 3);
  expect(columns.exact).toBe(0.5);
  expect(columns.rouge).toBeCloseTo((1 + (2 * part) / (whole + part)) / 2, 3);
  // One found, one missed for its capital, one there that must not be.
  expect(columns.marks).toBe(0.5);
  expect(columns.title).toBe(0.5);
  expect([columns.date, columns.author]).toEqual([1, 1]);
  expect(out).toMatch(/^ferries +3 /m);
});

it('fails a check where a column has fallen by more than two pages, and names it', () => {
  const baseline = { ferries: { exact: 0.5, title: 1 + 2 / 3 } };
  writeFileSync(join(folder, 'baseline.json'), JSON.stringify(baseline));
  const { status, out } = bench('--check');
  expect(status).toBe(1);
  expect(out).toContain('below the baseline: ferries title: 0.500');
  expect(out).not.toContain('exact:');
});
