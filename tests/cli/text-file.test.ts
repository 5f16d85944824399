import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSeeds } from '../../src/cli/seeds.js';
import { readSettings } from '../../src/cli/settings.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tearsheet-text-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, the other way round', (text: string) => swapped(`\ufeff${text}`)],
])('a file in %s', (name, encode) => {
  const file = (content: string): string => {
    const path = join(folder, `${name}.txt`);
    writeFileSync(path, encode(content));
    return path;
  };

  it('is read as a list of seeds', () => {
    const list = file('# überall\r\nhttps://example.org/ä\r\n\r\nhttps://example.com/\r\n');
    expect(readSeeds([], list)).toEqual(['https://example.org/ä', 'https://example.com/']);
  });

  it('is read as settings', () => {
    const config = file('{"delayMs": 4000, "userAgent": "Zeitungsläufer"}');
    expect(readSettings({ options: {}, seeds: [], config })).toMatchObject({ delayMs: 4000 });
  });
});
