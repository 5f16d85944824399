/** What is no page: told by its bytes, whatever its address or header field call it. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../src/extract.js';
import { foreignKind, foreignResponse } from '../src/foreign.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const PROSE =
  'The harbour board met on Monday, and the last ferry of the year goes on the third of December.\n\n'.repeat(8);
const PAGE = `<html lang="en"><head><title>The last ferry of the year goes in December</title></head><body><article><h1>The last ferry of the year goes in December</h1><p>${PROSE.trim().replaceAll('\n\n', '</p><p>')}</p></article></body></html>`;
/** Bytes as those of compressed data: the same on every run. */
const noise = (length: number): Buffer => {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    }),
  );
};
const behind = (head: string): Buffer => Buffer.concat([latin1(head), noise(4000)]);

describe('what is no page', () => {
  it.each([
    ['a PDF', behind('\n%PDF-1.7\n')],
    ['gzip data', gzipSync(PAGE)],
    ['a JPEG image', behind('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['a font', behind('wOF2')],
    ['a program', behind('\x7fELF\x02\x01')],
    ['a SQLite file', latin1(`SQLite format 3\0${PROSE}`)],
    ['a ZIP file (WACZ: unpack it and name its WARC files) or an office document', behind('PK\x03\x04')],
    ['a tar archive', latin1(`page.html${'\0'.repeat(248)}ustar\0${'\0'.repeat(248)}${PAGE}`)],
    ['an Ogg file', behind('OggS')],
    ['binary data', noise(3000)],
    ['binary data', Buffer.concat([latin1('\xff\xfe'), noise(4000)])],
    ['binary data', Buffer.concat([latin1('<!doctype html><title>A picture</title>'), noise(9000)])],
    ['JSON', latin1(JSON.stringify({ title: 'The last ferry', html: PAGE }))],
    ['JSON', latin1(JSON.stringify(PAGE))],
    ['an SVG image', latin1(`<?xml version="1.0"?>\n<!-- drawn --><svg><desc>${PROSE}</desc></svg>`)],
    ['XML (nitf)', latin1(`<?xml version="1.0"?><nitf><p>${PROSE}</p></nitf>`)],
    ['text without markup', latin1(PROSE)],
    ['text without markup', latin1(`${PROSE} where a < b and c > d, or write to <ida@example.org>`)],
    ['text without markup', latin1('.ferry > p { margin: 0 }\n'.repeat(200))],
    ['text without markup', latin1('if (a<b) element.innerHTML = "<p>" + a + `<div class=x>`;\n'.repeat(200))],
  ])('is %s', async (what, bytes) => {
    expect(foreignKind(bytes)).toEqual({ reason: 'not-html', what });
    expect(await extract(bytes, { url: 'https://example.org/2017/a-story-of-some-words' })).toMatchObject({
      outcome: 'not-article',
      reason: 'not-html',
    });
  });

  it.each([
    ['text/css', 'text/css'],
    ['Image/PNG; q=1', 'image/png'],
    ['application/vnd.ms-excel', 'application/vnd.ms-excel'],
    ['text/html; charset=utf-8', undefined],
    ['text/plain', undefined],
    ['application/octet-stream', undefined],
    ['application/rss+xml', undefined],
    [undefined, undefined],
  ])('%s around a page', (contentType, what) => {
    expect(foreignResponse(latin1(PAGE), contentType)?.what).toBe(what);
    expect(foreignResponse(behind('%PDF'), contentType)?.what).toBe('a PDF');
  });

  it('is called what it is where it only leads on', () => {
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>`;
    expect(foreignKind(latin1(feed))).toMatchObject({ reason: 'feed' });
    expect(foreignKind(latin1('<urlset><url><loc>https://example.org/</loc></url></urlset>'))).toMatchObject({
      reason: 'sitemap',
    });
  });

  it('is never an article where its bytes are random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1000, maxLength: 4000, size: 'max' }), async (bytes) => {
        // Small arrays of the same byte are text in some encoding.
        fc.pre(new Set(bytes).size > 128);
        expect(foreignKind(bytes)?.reason).toBe('not-html');
      }),
    );
  });

  it.each([
    ['with stray bytes', PAGE.replaceAll('. ', '.\x01\0 ')],
    ['padded with NUL', `${'\0'.repeat(3000)}${PAGE}${'\0'.repeat(9000)}`],
    ['behind the warnings of its server', `Notice: undefined index in index.php on line 3\n${PAGE}`],
    ['in no encoding at all', PAGE.replaceAll('a', '\xe4')],
    ['with an XML declaration', `<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n${PAGE}`],
    ['of a fragment', '<p>The harbour board met on Monday.'],
    ['of a fragment that begins with text', 'The harbour board <p class="a">met on Monday.'],
  ])('is none of the pages %s', (_, page) => {
    expect(foreignKind(latin1(page))).toBeUndefined();
    expect(foreignKind(page)).toBeUndefined();
  });

  it('is no page in UTF-16, with a byte order mark or without', () => {
    for (const page of [`\ufeff${PAGE}`, PAGE, `\n\n${PAGE}`])
      expect(foreignKind(Buffer.from(page, 'utf16le'))).toBeUndefined();
  });
});
