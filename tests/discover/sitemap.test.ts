import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/discover/document.js';

const URL_OF_MAP = 'https://example.org/sitemap.xml';
const read = (body: string | Uint8Array, more = {}) =>
  readDocument(typeof body === 'string' ? Buffer.from(body) : body, { url: URL_OF_MAP, ...more });
const urlset = (entries: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries}</urlset>`;
const urls = (document: ReturnType<typeof read>) => document?.leads.map(({ url }) => url);

describe('a urlset', () => {
  it('gives each page with its lastmod', () => {
    expect(
      read(
        urlset(
          '<url><loc>https://example.org/a?b=1&amp;c=2</loc><lastmod>2017-11-23T18:49:00+03:00</lastmod><priority>0.5</priority></url>',
        ),
      ),
    ).toEqual({
      kind: 'sitemap',
      url: URL_OF_MAP,
      leads: [
        {
          url: 'https://example.org/a?b=1&c=2',
          kind: 'page',
          source: 'sitemap',
          lastModified: '2017-11-23T18:49:00+03:00',
        },
      ],
      problems: [],
    });
  });

  it('gives what the news extension says of the article', () => {
    const document = read(
      urlset(`<url><loc>https://example.org/a</loc><news:news><news:publication><news:name>The Daily</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2017-11-23</news:publication_date><news:title><![CDATA[Storm & calm]]></news:title><news:keywords>storm</news:keywords></news:news></url>`),
    );
    expect(document?.leads).toEqual([
      {
        url: 'https://example.org/a',
        kind: 'page',
        source: 'sitemap',
        title: 'Storm & calm',
        datePublished: '2017-11-23',
        inLanguage: 'en',
      },
    ]);
  });

  it('does not take pictures and films for pages', () => {
    const document = read(
      urlset(`<url><image:image><image:loc>https://example.org/i.jpg</image:loc><image:title>Picture</image:title></image:image>
        <video:video><video:title>Film</video:title><video:content_loc>https://example.org/v.mp4</video:content_loc><video:publication_date>2001-01-01</video:publication_date></video:video><loc>https://example.org/a</loc></url>`),
    );
    expect(document?.leads).toEqual([{ url: 'https://example.org/a', kind: 'page', source: 'sitemap' }]);
  });

  it('gives the other languages of a page', () => {
    const document = read(
      urlset(`<url><loc>https://example.org/en/a</loc><xhtml:link rel="alternate" hreflang="en" href="https://example.org/en/a"/>
        <xhtml:link rel="alternate" hreflang="de-AT" href="https://example.org/de/a"/></url>`),
    );
    expect(document?.leads).toEqual([
      { url: 'https://example.org/en/a', kind: 'page', source: 'sitemap', inLanguage: 'en' },
      { url: 'https://example.org/de/a', kind: 'page', source: 'hreflang', inLanguage: 'de-AT' },
    ]);
  });

  it('gives sitemaps where it is an index', () => {
    const document = read(
      '<sitemapindex><sitemap><loc>/sitemap-2017-11.xml</loc><lastmod>2017-12-01</lastmod></sitemap></sitemapindex>',
    );
    expect(document).toMatchObject({
      kind: 'sitemap-index',
      leads: [{ url: 'https://example.org/sitemap-2017-11.xml', kind: 'sitemap', lastModified: '2017-12-01' }],
    });
  });

  it('remembers the spelling where it drops tracking parameters', () => {
    expect(read(urlset('<url><loc>https://example.org/a?utm_source=map</loc></url>'))?.leads[0]).toMatchObject({
      url: 'https://example.org/a',
      asGiven: 'https://example.org/a?utm_source=map',
    });
  });

  it.each([
    [
      'cut off',
      urlset('<url><loc>https://example.org/a</loc></url><url><loc>https://example.org/b</loc><last').replace(
        '</urlset>',
        '',
      ),
    ],
    ['ends missing', urlset('<url><loc>https://example.org/a</loc><url><loc>https://example.org/b</loc></url>')],
    [
      'bare ampersands',
      urlset(
        '<url><loc>https://example.org/a</loc><title>A & B</title></url><url><loc>https://example.org/b</loc></url>',
      ),
    ],
    ['no root', '<url><loc>https://example.org/a</loc></url><url><loc>https://example.org/b</loc></url>'],
    [
      'a namespace prefix',
      '<s:urlset xmlns:s="x"><s:url><s:loc>https://example.org/a</s:loc></s:url><s:url><s:loc>https://example.org/b</s:loc></s:url></s:urlset>',
    ],
    [
      'upper case',
      '<URLSET><URL><LOC>https://example.org/a</LOC></URL><URL><LOC>https://example.org/b</LOC></URL></URLSET>',
    ],
    [
      'a warning in front',
      `Warning: something failed in line 12\n${urlset('<url><loc>https://example.org/a</loc></url><url><loc> https://example.org/b\n</loc></url>')}`,
    ],
    [
      'comments and a broken one',
      `<!-- made <urlset> by -->${urlset('<!-- x --><url><loc>https://example.org/a</loc></url><url><loc>https://example.org/b</loc></url><!-- never closed')}`,
    ],
    [
      'CDATA',
      urlset(
        '<url><loc><![CDATA[https://example.org/a]]></loc></url><url><loc><![CDATA[https://example.org/b]]></loc></url>',
      ),
    ],
  ])('is read all the same with %s', (_, body) => {
    expect(urls(read(body))).toEqual(['https://example.org/a', 'https://example.org/b']);
  });

  it('says what it could not read', () => {
    const document = read(
      '<urlset><url><loc>javascript:x</loc></url><url></url><url><loc>https://example.org/a</loc></url>',
    );
    expect(document?.problems).toEqual([
      'the document ends before its last element',
      '2 entries without a usable <loc>',
    ]);
  });
});

describe('the bytes of a sitemap', () => {
  const plain = urlset('<url><loc>https://example.org/grün</loc></url>');
  const expected = ['https://example.org/gr%C3%BCn'];

  it('may be gzip, also twice', () => {
    expect(urls(read(gzipSync(plain)))).toEqual(expected);
    expect(urls(read(gzipSync(gzipSync(plain))))).toEqual(expected);
  });

  it('may be a torn gzip file', () => {
    const body = gzipSync(
      urlset(Array.from({ length: 5000 }, (_, i) => `<url><loc>https://example.org/${i * 7919}</loc></url>`).join('')),
    );
    expect(read(body.subarray(0, body.length - 2000))!.leads.length).toBeGreaterThan(1000);
  });

  it('may have a byte order mark and any encoding', () => {
    expect(urls(read(`\ufeff${plain}`))).toEqual(expected);
    expect(urls(read(Buffer.from(`\ufeff${plain}`, 'utf16le')))).toEqual(expected);
    expect(urls(read(Buffer.from(plain.replace('UTF-8', 'ISO-8859-1'), 'latin1')))).toEqual(expected);
    expect(
      urls(
        read(Buffer.from(plain.replace(' encoding="UTF-8"', ''), 'latin1'), {
          contentType: 'text/xml; charset=iso-8859-1',
        }),
      ),
    ).toEqual(expected);
  });

  it('are cut at the limit, and a bomb gives nothing', () => {
    const big = urlset(
      Array.from({ length: 1000 }, (_, i) => `<url><loc>https://example.org/${i}</loc></url>`).join(''),
    );
    const cut = read(gzipSync(big), { maxBytes: 20_000 });
    expect(cut!.leads.length).toBeGreaterThan(300);
    expect(cut!.leads.length).toBeLessThan(600);
    expect(cut!.problems[0]).toBe('larger than 20000 bytes: the rest is left out');
    expect(read(gzipSync(Buffer.alloc(5_000_000, ' ')), { maxBytes: 20_000 })).toBeUndefined();
  });
});

describe('a sitemap of lines', () => {
  it('gives each URL', () => {
    expect(urls(read('\ufeffhttps://example.org/a\r\n\r\nhttps://example.org/b\n'))).toEqual([
      'https://example.org/a',
      'https://example.org/b',
    ]);
  });
  it('is none where a line is something else', () => {
    expect(read('https://example.org/a\nsee also https://example.org/b\n')).toBeUndefined();
  });
});

describe('a large or hostile sitemap', () => {
  it('of 60,000 entries is read whole', () => {
    const document = read(
      urlset(
        Array.from(
          { length: 60_000 },
          (_, i) => `<url><loc>https://example.org/${i}</loc><lastmod>2017-11-23</lastmod></url>`,
        ).join(''),
      ),
    );
    expect(document!.leads).toHaveLength(60_000);
  });

  // A parser that looks ahead anew for each of these would need hours for a megabyte.
  it.each([
    '<',
    '<url a="',
    "<url a='",
    '<![CDATA[',
    '<!--',
    '<url><loc>',
    '</',
    '&amp',
    '<!DOCTYPE a [',
    '<?x ',
    '<a =',
    '<url ="" ',
  ])('made of %s ends', (part) => {
    for (const root of ['<urlset>', '<rss>'])
      expect(() => read(root + part.repeat(1_000_000 / part.length))).not.toThrow();
  });

  it('never throws, whatever the bytes', () => {
    const token = fc.constantFrom(
      '<urlset>',
      '<url>',
      '<loc>',
      '</loc>',
      '</url>',
      '<rss>',
      '<item>',
      '<title>',
      '<link>',
      '<entry ',
      'xml:base="',
      '"',
      '<![CDATA[',
      ']]>',
      '&#0;',
      '&#x110000;',
      'https://example.org/',
      '<!--',
      '-->',
      '<link href="',
      '\u0000',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(token, fc.string()), { maxLength: 40 }), (parts) => void read(parts.join(''))),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(bytes)),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => void read(Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), bytes])),
      ),
    );
  });
});
