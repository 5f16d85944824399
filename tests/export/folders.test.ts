import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveReader, openReader, type StoredRecord } from '../../src/archive/reader.js';
import { safeArticleHtml } from '../../src/export/article-html.js';
import { articlePath } from '../../src/export/file-name.js';
import { exportFolder } from '../../src/export/formats.js';
import { markdownOf } from '../../src/export/markdown-text.js';
import { exampleArchive, HARMFUL, temporaryFolder } from './example.js';

interface Entity {
  readonly '@id': string;
  readonly hasPart?: { readonly '@id': string }[];
}

let reader: ArchiveReader;
let folder: string;
beforeEach(async () => {
  reader = openReader(await exampleArchive());
  folder = join(temporaryFolder(), 'out');
});
afterEach(() => reader.close());

function files(): string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => /\.(?:md|html|jsonl?|csv)$/.test(file))
    .sort();
}
const read = (pattern: RegExp) => readFileSync(join(folder, files().find((file) => pattern.test(file))!), 'utf8');

describe('a file name', () => {
  it('is safe on every file system, whatever the article says', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('CON', 'aux.txt', '..', '/etc/passwd', 'a'.repeat(999)),
        ),
        fc.oneof(fc.webUrl(), fc.constantFrom('http://con/', 'http://[::1]/x', 'nonsense', 'https://例え.jp/a')),
        (headline, url) => {
          const record = { article: { url, headline }, key: url, number: 1 } as unknown as StoredRecord;
          const parts = articlePath(record, 'md').split('/');
          expect(parts).toHaveLength(3);
          for (const part of parts) {
            expect(part).toMatch(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
            expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/);
            expect(part.length).toBeLessThanOrEqual(120);
          }
        },
      ),
    );
  });

  it('is another one for every revision', async () => {
    const paths: string[] = [];
    for await (const record of reader.records()) paths.push(articlePath(record, 'md'));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths[0]).toMatch(/^example\.org\/2017\/2017-11-23-bridge-stays-open-[0-9a-f]{10}\.md$/);
  });
});

describe('export --format markdown', () => {
  it('writes a file an article, with front matter that is YAML', async () => {
    expect(await exportFolder(reader, 'markdown', folder)).toEqual({ records: 5, files: 5 });
    const text = read(/bridge-stays-open-[0-9a-f]+\.md$/);
    const [, front, body] = text.split(/^---$/m);
    const values = Object.fromEntries(
      front!
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), JSON.parse(line.slice(line.indexOf(':') + 1))]),
    ) as Record<string, unknown>;
    expect(values).toMatchObject({
      title: 'Bridge stays open',
      date: '2017-11-23T18:49:00+03:00',
      author: [{ name: 'Renée Müller' }, { name: 'Ian Low' }],
    });
    expect(body).toBe('\n\n# Bridge stays open\n\nThe **bridge** stays open.\n\nSo said the mayor, “for all”.\n');
  });

  it('takes nothing of the text for markup', async () => {
    await exportFolder(reader, 'markdown', folder, { selection: { since: '2018-01-05', until: '2018-01-05' } });
    const body = read(/\.md$/).split(/^---$/m)[2]!;
    expect(body).toBe(
      '\n\n# =HYPERLINK("http://evil.example/"; "click")\n\n\\- 5 degrees\n\n## \\# no *heading*\n\n1\\. no list\n',
    );
  });

  it.each([
    ['<ul><li>one</li><li>two</li></ul><p>x</p>', '-  one\n-  two\n\nx'],
    ['<ol><li>one</li><li>two</li></ol>', '1. one\n2. two'],
    ['<blockquote><p>a</p><p>b</p></blockquote><p>c</p>', '> a\n\n> b\n\nc'],
    ['<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>', '| a | b\\|c |\n| --- | --- |\n| 1 |  |'],
    ['<p><a href="https://example.org/a b">the <em>link</em></a></p>', '[the *link*](<https://example.org/a%20b>)'],
    ['<p><a href="javascript:alert(1)">no link</a></p>', 'no link'],
    ['<pre>a  b\n``` c</pre>', '````\na  b\n``` c\n````'],
    ['<p>one<br>two</p>', 'one\\\ntwo'],
  ])('turns %s into Markdown', (html, markdown) => {
    expect(markdownOf(html)).toBe(markdown);
  });
});

describe('export --format html', () => {
  it('writes an index and a page an article, which load and run nothing', async () => {
    expect(await exportFolder(reader, 'html', folder)).toEqual({ records: 5, files: 6 });
    const index = readFileSync(join(folder, 'index.html'), 'utf8');
    const links = [...index.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href!);
    expect(links).toHaveLength(5);
    for (const link of links) expect(existsSync(join(folder, link))).toBe(true);
    for (const file of files()) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text).toContain("default-src 'none'");
      expect(text).not.toMatch(/<script|<img|<link|onclick|onerror|\bsrc=/i);
    }
    expect(index).toContain(HARMFUL.replaceAll('"', '&#34;'));
  });

  it('lets nothing but the known elements through, balanced, whatever the HTML', () => {
    const part = fc.constantFrom(
      '<p>',
      '</p>',
      '<script>',
      '</script>',
      '<a href="javascript:x()">',
      '<a href="https://a.example/">',
      '</a>',
      '<em>',
      '</em>',
      '<img src=x onerror=y>',
      '<svg onload=x>',
      '</svg>',
      'text',
      '&lt;script&gt;',
      '<table><tr><td>',
      '"\'>',
      '<',
      '<style>',
      '<!--',
      '-->',
      '<iframe src=x>',
      '<p style=x onclick=y>',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const html = safeArticleHtml(parts.join(''));
        const open: string[] = [];
        for (const [tag, end, name, attributes] of html.matchAll(/<(\/?)(\w+)([^>]*)>/g)) {
          expect(tag).toMatch(/^<\/?(?:p|a|em|table|tr|td)(?: href="https:&#47;|>| href="https:)/);
          expect(attributes).toMatch(/^(?: href="https:\/\/a\.example\/" rel="noreferrer")?$/);
          if (end) expect(open.pop()).toBe(name);
          else open.push(name!);
        }
        expect(open).toEqual([]);
      }),
    );
  });
});

describe('export --format ro-crate', () => {
  it('describes its files with their digests, and the runs that made them', async () => {
    expect(await exportFolder(reader, 'ro-crate', folder, { selection: { latest: true } })).toEqual({
      records: 4,
      files: 5,
    });
    const crate = JSON.parse(readFileSync(join(folder, 'ro-crate-metadata.json'), 'utf8')) as {
      '@graph': Entity[];
    };
    const byId = new Map(crate['@graph'].map((entity) => [entity['@id'], entity]));
    const { createHash } = await import('node:crypto');
    for (const { '@id': id } of byId.get('./')!.hasPart!) {
      const bytes = readFileSync(join(folder, id));
      expect(byId.get(id)).toMatchObject({
        contentSize: String(bytes.length),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    }
    expect(readFileSync(join(folder, 'articles.jsonl'), 'utf8').trim().split('\n')).toHaveLength(4);
    expect(byId.get('#run-20261123T210000Z')).toMatchObject({ '@type': 'CreateAction' });
  });
});

describe('a folder', () => {
  it('that holds something is not written to', async () => {
    await exportFolder(reader, 'markdown', folder);
    await expect(exportFolder(reader, 'html', folder)).rejects.toThrow(/holds something already/);
    expect(files()).toHaveLength(5);
  });
});
