import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articleKey } from '../src/article-key.js';
import { hostOf, isUrl, MAX_URL_CHARACTERS, normalizeUrl, siteOf, spellingsOf } from '../src/url.js';

describe('normalizeUrl', () => {
  it.each([
    [
      'HTTP://Example.ORG:80/A',
      'http://example.org/A',
      'lowers scheme and host, drops the default port, keeps the path',
    ],
    ['https://example.org:8443/', 'https://example.org:8443/', 'keeps another port'],
    ['https://example.org', 'https://example.org/', 'gives the root a path'],
    ['https://example.org/a#top', 'https://example.org/a', 'drops the fragment'],
    ['https://user:secret@example.org/a', 'https://example.org/a', 'drops credentials'],
    ['https://example.org/a/./b/../c', 'https://example.org/a/c', 'resolves dot segments'],
    ['https://example.org/a/%2e%2e/c', 'https://example.org/c', 'resolves escaped dot segments'],
    ['https://example.org/..%2f..%2fetc', 'https://example.org/..%2F..%2Fetc', 'keeps an escaped slash escaped'],
    ['https://example.org/%7efoo%2dbar', 'https://example.org/~foo-bar', 'drops needless escapes'],
    ['https://example.org/%e2%82%ac', 'https://example.org/%E2%82%AC', 'writes escapes in upper case'],
    ['https://example.org/100%/%41', 'https://example.org/100%/%41', 'leaves text with a stray percent sign alone'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4', 'writes names in punycode'],
    ['https://example.org./a', 'https://example.org/a', 'drops the dot of the DNS root'],
    ['https://example.org/a?', 'https://example.org/a', 'drops an empty query'],
    ['https://example.org/a?b=2&a=1', 'https://example.org/a?b=2&a=1', 'keeps the order of the query'],
    [
      'https://example.org/a?utm_source=x&id=7&fbclid=y&gclid=z',
      'https://example.org/a?id=7',
      'drops tracking parameters',
    ],
    [
      'https://example.org/a?id=7&amp;utm_medium=x',
      'https://example.org/a?id=7',
      'drops them where the ampersand was escaped twice',
    ],
    ['https://example.org/a?ref=home', 'https://example.org/a?ref=home', 'keeps a parameter that a server may look at'],
    ['https://example.org/a;jsessionid=0A1B2C?id=7', 'https://example.org/a?id=7', 'drops a session id from the path'],
    [
      'https://example.org/a?PHPSESSID=0123456789abcdef0123&id=7',
      'https://example.org/a?id=7',
      'drops a session id from the query',
    ],
    ['https://example.org/a?sid=42', 'https://example.org/a?sid=42', 'keeps a short sid: it may be a story id'],
    [
      'https://example.org/spip.php?article8532',
      'https://example.org/spip.php?article8532',
      'keeps a query without a value',
    ],
    ['  https://example.org/a\n', 'https://example.org/a', 'drops white space around'],
    ['https://exa\tmple.org/a\u0000b', 'https://example.org/a%00b', 'drops tabs and escapes control characters'],
    ['https://example.org/\u202egro', 'https://example.org/%E2%80%AEgro', 'escapes bidi characters'],
    ['http://[2001:DB8::1]:80/a', 'http://[2001:db8::1]/a', 'keeps IPv6 addresses'],
    ['http://0x7f.1/', 'http://127.0.0.1/', 'writes addresses in one way'],
  ])('%s → %s (%s)', (given, normal) => {
    expect(normalizeUrl(given)).toBe(normal);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'mailto:a@example.org',
    'ftp://example.org/',
    'http://',
    'http://[::',
    'https://exa mple.org/',
    'https://.example.org/a',
    'https://quay..example.org/',
    '',
    'plain words',
  ])('%s is none', (given) => {
    expect(normalizeUrl(given)).toBeUndefined();
  });

  it('resolves relative references', () => {
    expect(normalizeUrl('/b', 'https://example.org/a/x')).toBe('https://example.org/b');
    expect(normalizeUrl('b?c=1', 'https://example.org/a/x')).toBe('https://example.org/a/b?c=1');
    expect(normalizeUrl('//other.example/b', 'https://example.org/a')).toBe('https://other.example/b');
    expect(normalizeUrl('/../b', 'https://example.org:8443/a/')).toBe('https://example.org:8443/b');
  });

  it('keeps a URL of 20 kB and refuses one beyond the limit', () => {
    const long = `https://example.org/${'a'.repeat(20_000)}`;
    expect(normalizeUrl(long)).toBe(long);
    expect(normalizeUrl(`https://example.org/${'a'.repeat(MAX_URL_CHARACTERS)}`)).toBeUndefined();
    expect(normalizeUrl(`https://example.org/${'ä'.repeat(MAX_URL_CHARACTERS / 4)}`)).toBeUndefined();
  });

  const url = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: 'binary' }).map((text) => `https://example.org/${text}`),
    fc.string().map((text) => `http://${text}`),
    fc.stringMatching(/^https?:\/\/[a-z0-9.-]{1,20}\/[a-z0-9%./?&=;-]{0,40}$/),
    fc.string({ unit: 'binary' }),
  );

  it('is its own normal form, and what the URL parser makes of it', () => {
    fc.assert(
      fc.property(url, (text) => {
        const normal = normalizeUrl(text);
        if (normal === undefined) return;
        expect(normalizeUrl(normal)).toBe(normal);
        expect(new URL(normal).href).toBe(normal);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the same for a relative reference as for the absolute URL', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\/[a-z0-9%.~?&=;@:-][a-z0-9%./?&=;-]{0,40}$/), (path) => {
        expect(normalizeUrl(path, 'https://example.org/x/y')).toBe(normalizeUrl(`https://example.org${path}`));
      }),
    );
  });

  it('is the same whether it was told without parsing or not', () => {
    const plain = fc.stringMatching(
      /^https?:\/\/[a-z0-9.-]{1,20}\/[a-z0-9./=;-]{0,20}(?:\?(?:a|sid|utm_x)[a-z0-9./?&=;-]{0,40})?$/,
    );
    fc.assert(
      fc.property(fc.oneof(url, plain), (text) => {
        // A parser takes the space away.
        expect(normalizeUrl(text)).toBe(normalizeUrl(` ${text}`));
        expect(spellingsOf(text)).toEqual(spellingsOf(` ${text}`));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the spelling that was found only where it differs', () => {
    expect(spellingsOf('https://example.org/a#b')).toEqual({ url: 'https://example.org/a' });
    expect(spellingsOf('https://u:p@example.org/a?utm_source=x#b')).toEqual({
      url: 'https://example.org/a',
      asGiven: 'https://example.org/a?utm_source=x',
    });
  });
});

describe('hostOf and siteOf', () => {
  it('tells hosts apart by scheme, name and port', () => {
    expect(hostOf('https://www.example.org/a')).toBe('https://www.example.org');
    expect(hostOf('http://example.org:8080/a')).toBe('http://example.org:8080');
    expect(hostOf('http://127.0.0.1:8300/a')).toBe('http://127.0.0.1:8300');
  });

  it.each([
    ['https://news.example.co.uk/a', 'example.co.uk'],
    ['https://alice.github.io/a', 'alice.github.io'],
    ['https://www.bücher.example/', 'xn--bcher-kva.example'],
    ['http://127.0.0.1:8300/', '127.0.0.1'],
    ['http://[::1]/', '[::1]'],
    ['http://localhost:8000/', 'localhost'],
    ['https://co.uk/', 'co.uk'],
  ])('%s belongs to %s', (given, site) => {
    expect(siteOf(given)).toBe(site);
  });
});

describe('articleKey', () => {
  const article = 'https://www.example.org/politics/storm-hits-the-coast-4711';
  it.each([
    'http://www.example.org/politics/storm-hits-the-coast-4711',
    'https://example.org/politics/storm-hits-the-coast-4711/',
    'https://m.example.org/politics/storm-hits-the-coast-4711',
    'https://amp.example.org/politics/storm-hits-the-coast-4711',
    'https://WWW.EXAMPLE.ORG/politics/Storm-Hits-The-Coast-4711#comments',
    `${article}/amp`,
    `${article}.amp`,
    `${article}/amp/`,
    `${article}?amp=1`,
    `${article}?outputType=amp`,
    `${article}/print`,
    `${article}?print=true`,
    `${article}?type=98`,
    `${article}?m=1`,
    `${article}?showComment=1417043962`,
    `${article}?replytocom=12`,
    `${article}?share=facebook&nb=1`,
    `${article}?page=1`,
    `${article}/index.html`,
    `${article}?utm_source=rss&ref=home`,
    'https://www-example-org.cdn.ampproject.org/c/s/www.example.org/politics/storm-hits-the-coast-4711',
    'https://www.google.com/amp/s/www.example.org/politics/storm-hits-the-coast-4711',
  ])('%s is the same article', (variant) => {
    expect(articleKey(variant)).toBe(articleKey(article));
  });

  it.each([
    'https://www.example.org/politics/storm-hits-the-coast-4712',
    `${article}?page=2`,
    `${article}?id=5`,
    'https://sport.example.org/politics/storm-hits-the-coast-4711',
    'https://www.example.org:8443/politics/storm-hits-the-coast-4711',
  ])('%s is another', (other) => {
    expect(articleKey(other)).not.toBe(articleKey(article));
  });

  it('does not take a name for a prefix of itself', () => {
    expect(articleKey('https://amp.com/a')).toBe('amp.com/a');
    expect(articleKey('https://m.co.uk/a')).toBe('m.co.uk/a');
    expect(articleKey('https://example.org/amp/')).toBe('example.org/amp');
  });

  it('keeps ids whose case carries meaning apart', () => {
    expect(articleKey('https://example.org/v/aXb4Q')).not.toBe(articleKey('https://example.org/v/axb4q'));
    expect(articleKey('https://example.org/?p=1')).not.toBe(articleKey('https://example.org/?p=2'));
  });

  it('does not depend on the spelling, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof articleKey(text)).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (text) => {
        const key = articleKey(text);
        expect(articleKey(text.replace(/^http:/, 'https:'))).toBe(key);
        expect(articleKey(`${text}#part`)).toBe(key);
        expect(articleKey(normalizeUrl(text)!)).toBe(key);
      }),
    );
  });
});

describe('isUrl', () => {
  it.each([
    ['https://example.org/a', undefined, true],
    ['/a', 'https://example.org/', true],
    ['/a', undefined, false],
    ['no address', undefined, false],
  ])('says of %s (base %s) %s', (text, base, expected) => {
    expect(isUrl(text, base)).toBe(expected);
  });

  it('says the same of a name with umlauts, however often it is asked', () => {
    const [url] = JSON.parse('["https://bücher.example/größe"]') as [string];
    expect(Array.from({ length: 50_000 }, () => isUrl(url)).filter((answer) => !answer)).toEqual([]);
  });
});
