import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddresses } from '../../src/cli/extract/addresses.js';
import { asUtf8, peek, readLines, unpack } from '../../src/cli/extract/bytes.js';
import { readJsonl } from '../../src/cli/extract/jsonl.js';
import { kindOfContent, kindOfName } from '../../src/cli/extract/kind.js';
import { foreignKind } from '../../src/foreign.js';
import { mapConcurrently } from '../../src/pool/ordered.js';

async function* streamOf(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

describe('lines', () => {
  it('are the same however the bytes are cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat(20)), async (texts, cuts) => {
        const wanted = texts.map((text) => text.replaceAll('\n', '').toWellFormed());
        const bytes = Buffer.from(wanted.map((text) => `${text}\n`).join(''));
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        chunks.push(bytes.subarray(at));
        const lines = await all(readLines(streamOf(...chunks), 1e6));
        expect(lines.map((line) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(line.bytes!))).toEqual(wanted);
        expect(lines.map((line) => line.number)).toEqual(wanted.map((_, index) => index + 1));
      }),
    );
  });

  it('over the limit are passed over, and the next one is read', async () => {
    const lines = await all(readLines(streamOf('short\n', 'long'.repeat(100), 'long'.repeat(100), '\nafter'), 50));
    expect(lines.map(({ number, bytes }) => [number, bytes && Buffer.from(bytes).toString()])).toEqual([
      [1, 'short'],
      [2, undefined],
      [3, 'after'],
    ]);
  });
});

describe('the kind of an input', () => {
  it.each([
    ['page.html', 'html'],
    ['page.HTM', 'html'],
    ['pages.jsonl.gz', 'jsonl'],
    ['pages.json', 'jsonl'],
    ['x.ndjson', 'jsonl'],
    ['crawl.warc.gz', 'warc'],
    ['notes.txt', undefined],
    ['html', undefined],
  ])('is told by the name %s', (name, kind) => {
    expect(kindOfName(name)).toBe(kind);
  });

  it.each([
    ['WARC/1.1\r\nWARC-Type: warcinfo', 'warc'],
    ['{"url":"https://example.org/"}', 'jsonl'],
    ['[\n  {\n    "url"', 'jsonl'],
    ['[a text]', undefined],
    ['\ufeff  <!DOCTYPE html>', 'html'],
    ['https://example.org/\nhttps://example.com/', 'urls'],
    ['# my list\n\nhttp://example.org/', 'urls'],
    ['a text', undefined],
    ['', undefined],
  ])('is told by the first bytes %j', (text, kind) => {
    expect(kindOfContent(Buffer.from(text))).toBe(kind);
  });

  it('is seen through gzip, and nothing of the stream is lost by looking', async () => {
    const text = '{"url":"https://example.org/"}\n'.repeat(5000);
    const packed = Buffer.concat([gzipSync(text), gzipSync('second member')]);
    const peeked = await peek(streamOf(packed.subarray(0, 10), packed.subarray(10)));
    expect(peeked.isGzip).toBe(true);
    expect(kindOfContent(peeked.content)).toBe('jsonl');
    expect(Buffer.concat(await all(unpack(peeked.all))).toString()).toBe(`${text}second member`);
  });

  it('knows what is certainly no page', () => {
    expect(foreignKind(Buffer.from('%PDF-1.7\n'))?.what).toBe('a PDF');
    const saved =
      'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n';
    expect(foreignKind(Buffer.from(saved))?.what).toMatch(/^an MHTML file/);
    expect(foreignKind(Buffer.from(`Note: nothing\n${'x: y\n'.repeat(5000)}`))?.what).toBe('text without markup');
    expect(foreignKind(Buffer.from('<!doctype html>'))).toBeUndefined();
  });
});

describe('JSONL with pages', () => {
  const read = async (text: string) => all(readJsonl(streamOf(text), 'in.jsonl'));

  it('carries other keys along as source and keeps the URL as given', async () => {
    expect(await read('{"url":"https://Example.org/a?utm_source=x#f","html":"<p>","id":7,"truth":{"a":1}}\n')).toEqual([
      {
        kind: 'page',
        url: 'https://Example.org/a?utm_source=x#f',
        task: { body: '<p>' },
        source: { id: 7, truth: { a: 1 } },
      },
    ]);
  });

  it('takes raw bytes from html_b64', async () => {
    const [page] = await read(
      `{"url":"https://example.org/","html_b64":"${Buffer.from([0xe4, 0xf6]).toString('base64')}"}`,
    );
    expect(page).toMatchObject({ kind: 'page', task: { body: Buffer.from([0xe4, 0xf6]) } });
  });

  it.each([
    ['{"url":', /^in\.jsonl line 2: not valid JSON/],
    ['[1]', /line 2: expected an object/],
    ['{"html":"<p>"}', /line 2: "url" is missing/],
    ['{"url":"/path","html":"<p>"}', /line 2: "url" is no absolute address/],
    ['{"url":"https://example.org/"}', /line 2: "html" or "html_b64" is missing/],
    ['{"url":"https://example.org/","html":"","html_b64":""}', /line 2: there are both/],
    ['{"url":"https://example.org/","html":5}', /line 2: .*no string/],
  ])('loses no line: %j comes out with its number and why', async (line, detail) => {
    const pages = await read(
      `{"url":"https://example.org/","html":"<p>"}\n${line}\n{"url":"https://example.org/","html":"<p>"}\n`,
    );
    expect(pages.map((page) => page.kind)).toEqual(['page', 'lost', 'page']);
    expect(pages[1]).toMatchObject({
      outcome: { name: 'failed', reason: 'bad-input', detail: expect.stringMatching(detail) },
    });
  });

  it('gives one page per line that is not blank, whatever the lines hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.string())), async (texts) => {
        // An array in the first line would be one of pages.
        const lines = ['{}', ...texts.map((text) => text.replace(/[\r\n]/g, ''))];
        const wanted = lines.filter((line) => !/^[ \t\r]*$/.test(line.toWellFormed())).length;
        expect(await read(lines.join('\n'))).toHaveLength(wanted);
      }),
    );
  });
});

describe('JSON with pages, an object over any number of lines', () => {
  const read = async (...parts: (string | Uint8Array)[]) => all(readJsonl(streamOf(...parts), 'in.json'));
  const page = fc.record({
    url: fc.constant('https://example.org/'),
    html: fc.string({ unit: fc.constantFrom('<p>', '{', '}', '[', ']', '"', '\\', '\n', ',', 'ä', '漢') }),
    more: fc.jsonValue(),
  });
  const indent = fc.constantFrom(1, 2, 4, '\t');

  it('is read as jq prints it, and as an array', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1 }), indent, fc.nat(40), async (pages, space, cut) => {
        const whole = await read(pages.map((one) => `${JSON.stringify(one)}\n`).join(''));
        const indented = pages.map((one) => JSON.stringify(one, null, space)).join('\n');
        for (const text of [indented, JSON.stringify(pages, null, space), JSON.stringify(pages)]) {
          const bytes = Buffer.from(text);
          expect(await read(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(whole);
        }
        expect(await read(`[\n${pages.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)).toEqual(whole);
      }),
    );
  });

  const good = (n: number) => `{"url":"https://example.org/${n}","html":"<p>"}`;

  it.each([
    ['a string without an end', '{"url":"https://example.org/","html":"<p>}', /line 3, object 2: .* does not end/],
    ['no object', 'null', /line 3, object 2: expected an object/],
    ['an object that is no page', '{"html":"<p>"}', /line 3, object 2: "url" is missing/],
  ])('loses one for %s', async (_, broken, detail) => {
    const pages = await read(`[\n${good(1)},\n${broken},\n${good(2)}\n]`);
    expect(pages).toMatchObject([
      { url: 'https://example.org/1' },
      { kind: 'lost', outcome: { reason: 'bad-input', detail: expect.stringMatching(detail) } },
      { url: 'https://example.org/2' },
    ]);
  });

  it('finds the next object of several lines behind one without an end, and says where the last one began', async () => {
    const object = (html: string) => `{\n  "url": "https://example.org/",\n  "html": ${html}\n`;
    const pages = await read(`${object('"<p>"')}}\n${object('"<p>')}}\n${object('"<p>"')}}\n${object('[')}`);
    expect(pages.map(({ kind }) => kind)).toEqual(['page', 'lost', 'page', 'lost']);
    expect(pages[3]).toMatchObject({ place: 'in.json line 13, object 4' });
  });

  it('is read in UTF-16, as shells of Windows write it', async () => {
    const text = Buffer.from(`\ufeff${good(1)}\r\n${good(2)}\r\n`, 'utf16le');
    expect(kindOfContent(text)).toBe('jsonl');
    const pages = await all(
      readJsonl(asUtf8(streamOf(text.subarray(0, 33), text.subarray(33)), 'utf-16le'), 'in.jsonl'),
    );
    expect(pages).toMatchObject([{ url: 'https://example.org/1' }, { url: 'https://example.org/2' }]);
  });
});

describe('lists of addresses', () => {
  it('leave out blank lines and comments, and lose no other', async () => {
    const pages = await all(
      readAddresses(streamOf('# list\n\nhttps://example.org/a\r\n nonsense\nhttp://x/\n'), 'urls.txt'),
    );
    expect(pages).toMatchObject([
      { kind: 'address', url: 'https://example.org/a' },
      { kind: 'lost', outcome: { detail: 'urls.txt line 4: no web address: "nonsense"' } },
      { kind: 'address', url: 'http://x/' },
    ]);
  });
});

describe('work with several items under way', () => {
  const delays = fc.array(fc.nat(5), { maxLength: 40 });
  const run = async (waits: number[], width: number, ordered: boolean) => {
    let underWay = 0;
    let most = 0;
    const source = async function* () {
      for (const [index, wait] of waits.entries()) {
        most = Math.max(most, ++underWay);
        yield { index, wait };
      }
    };
    const results: number[] = [];
    for await (const index of mapConcurrently(source(), { width, ordered }, async ({ index, wait }) => {
      for (let turn = 0; turn < wait; turn++) await new Promise(setImmediate);
      return index;
    })) {
      results.push(index);
      underWay--;
    }
    return { results, most };
  };

  it('keeps the order, and never has more under way than its width', async () => {
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 6 }), async (waits, width) => {
        const { results, most } = await run(waits, width, true);
        expect(results).toEqual(waits.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('loses nothing without the order either', async () => {
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 6 }), async (waits, width) => {
        const { results, most } = await run(waits, width, false);
        expect(results.toSorted((a, b) => a - b)).toEqual(waits.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('hands out what is ready while the input keeps it waiting', async () => {
    let release = () => {};
    const source = async function* () {
      yield 1;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield 2;
    };
    const results = mapConcurrently(source(), { width: 4, ordered: true }, async (n) => n);
    expect((await results.next()).value).toBe(1);
    release();
    expect((await results.next()).value).toBe(2);
  });
});
