import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openScratch } from '../../src/archive/archive.js';
import { indexLine, mergeIndex } from '../../src/archive/cdxj.js';
import { recordLine } from '../../src/archive/records.js';
import { surtKey } from '../../src/archive/surt.js';
import { recordOf, STARTED_MS, settingsWith, temporaryFolder } from './example.js';

describe('surtKey', () => {
  it.each([
    ['https://www.Example.org/A/b.html?z=1&a=2#part', 'org,example)/a/b.html?a=2&z=1'],
    ['http://example.org', 'org,example)/'],
    ['https://news.example.co.uk:8443/x/', 'uk,co,example,news:8443)/x'],
    ['http://192.0.2.1/x', '1,2,0,192)/x'],
    ['http://example.org./a//b/./c/../d/', 'org,example)/a/b/d'],
    ['http://example.org/%7Ea/%2541?u=http%3A%2F%2Fa.b%2F&B=%20', 'org,example)/~a/a?b=%20&u=http://a.b/'],
    ['http://example.org/caf\u00e9?a=1&a', 'org,example)/caf%c3%a9?a&a=1'],
    ['http://example.org/?x=1&sid=0123456789abcdef0123456789abcdef&y=2', 'org,example)/?x=1&y=2'],
    ['http://example.org/?', 'org,example)/'],
    ['http://[::1]:8080/', '[::1]:8080)/'],
  ])('brings %s into the form that replay tools look up', (url, key) => {
    expect(surtKey(url)).toBe(key);
  });
});

describe('the index', () => {
  it('says where a capture stands', () => {
    const pointer = { file: 'warc/r-00001.warc.gz', offset: 5, length: 9 };
    const entry = {
      url: 'https://example.org/a',
      dateMs: STARTED_MS,
      status: 200,
      contentType: 'text/html; charset=utf-8',
      digest: 'sha256:0',
      pointer,
    };
    expect(indexLine(entry)).toBe(
      'org,example)/a 20261123210000 {"url":"https://example.org/a","mime":"text/html","status":"200","digest":"sha256:0","length":"9","offset":"5","filename":"r-00001.warc.gz"}',
    );
  });

  it('is sorted by bytes and holds each line once, however often a merge is repeated', async () => {
    const directory = temporaryFolder();
    const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\uFFFD', '\u{1F600}'), minLength: 1, maxLength: 4 });
    const inOrder = (lines: string[]) =>
      [...new Set(lines)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(line), async (one, two) => {
        writeFileSync(join(directory, 'index.cdxj'), '');
        for (const lines of [one, two, two]) await mergeIndex(directory, inOrder(lines));
        const written = readFileSync(join(directory, 'index.cdxj'), 'utf8').split('\n').slice(0, -1);
        expect(written).toEqual(inOrder([...one, ...two]));
      }),
      { numRuns: 30 },
    );
  });
});

describe('recordLine', () => {
  it('gives equal records equal bytes, whatever the order of their keys', async () => {
    const archive = openScratch();
    archive.beginRun({ startedAtMs: STARTED_MS, settings: settingsWith() });
    const fields = {
      headline: 'H',
      author: [{ '@type': 'Person' as const, name: 'Ann', url: 'https://example.org/ann' }],
    };
    const { article } = recordOf(archive, 'https://example.org/a', fields);
    await archive.close();
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, turned(inner)]),
      );
    };
    const line = recordLine(article);
    expect(recordLine(turned(article) as typeof article)).toBe(line);
    expect(line).toMatch(
      /^\{"@context":"https:\/\/schema\.org","@type":"NewsArticle","url":.*"author":\[\{"@type":"Person","name":"Ann","url":.*\}\n$/,
    );
    expect(JSON.parse(line)).toEqual(article);
  });
});
