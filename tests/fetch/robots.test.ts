import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRobots } from '../../src/fetch/robots.js';

const ORIGIN = 'https://example.org';
const allows = (text: string, path: string, token?: string) => parseRobots(text, token).allows(ORIGIN + path);

describe('a group', () => {
  it('of the product token wins over the one for everybody', () => {
    const text = 'User-agent: *\nDisallow: /\n\nUser-agent: tearsheet\nDisallow: /private/\n';
    expect(allows(text, '/news')).toBe(true);
    expect(allows(text, '/private/x')).toBe(false);
    expect(allows(text, '/news', 'otherbot')).toBe(false);
  });

  it.each(['TearSheet', 'tearsheet/2.0', 'tearsheet (news)', ' tearsheet '])('for %j is ours', (agent) => {
    expect(allows(`User-agent:${agent}\nDisallow: /`, '/x')).toBe(false);
  });

  it.each(['tearsheets', 'tear', 'mytearsheet', ''])('for %j is not ours', (agent) => {
    expect(allows(`User-agent: ${agent}\nDisallow: /`, '/x')).toBe(true);
  });

  it('that occurs twice is merged', () => {
    const text =
      'User-agent: tearsheet\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: Tearsheet\nDisallow: /b';
    expect(allows(text, '/a')).toBe(false);
    expect(allows(text, '/b')).toBe(false);
    expect(allows(text, '/c')).toBe(true);
  });

  it('may have several heads, with lines between them that are not rules', () => {
    const text = 'User-agent: x\nSitemap: https://example.org/s.xml\nUnknown: 1\n\nUser-agent: tearsheet\nDisallow: /';
    expect(allows(text, '/x')).toBe(false);
    expect(allows(text, '/x', 'x')).toBe(false);
  });

  it('with a head and no rules allows everything', () => {
    expect(allows('User-agent: *\nDisallow: /\nUser-agent: tearsheet\n', '/x')).toBe(true);
    expect(allows('User-agent: *\nDisallow: /\nUser-agent: tearsheet\nDisallow:\n', '/x')).toBe(true);
  });

  it('needs a head: rules before the first one hold for nobody', () => {
    expect(allows('Disallow: /\n', '/x')).toBe(true);
  });

  it('that is not there allows everything', () => {
    expect(allows('', '/x')).toBe(true);
    expect(allows('<html><body>Not found</body></html>', '/x')).toBe(true);
  });
});

describe('lines', () => {
  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ])('end in %s', (_name, end) => {
    const text = ['\uFEFFuser-AGENT : * # all', '', ' disallow\t: /a # here', 'ALLOW:/a/b'].join(end);
    expect(allows(text, '/a')).toBe(false);
    expect(allows(text, '/a/b')).toBe(true);
    expect(allows(text, '/c')).toBe(true);
  });
});

describe('the longest match', () => {
  it.each([
    // The examples of RFC 9309, section 5, and of the wild.
    ['Allow: /p\nDisallow: /', '/page', true],
    ['Allow: /folder\nDisallow: /folder', '/folder/page', true],
    ['Allow: /page\nDisallow: /*.htm', '/page.htm', false],
    ['Allow: /$\nDisallow: /', '/', true],
    ['Allow: /$\nDisallow: /', '/page.htm', false],
    ['Disallow: /*.gif$', '/a/b.gif', false],
    ['Disallow: /*.gif$', '/a/b.gif?x', true],
    ['Disallow: /fish*', '/fishheads/yummy.html', false],
    ['Disallow: /fish*', '/Fish.asp', true],
    ['Disallow: *foo', '/a/foo', false],
    ['Disallow: /a*b*c$', '/axxbxxc', false],
    ['Disallow: /a*b*c$', '/axxbxxcd', true],
    ['Disallow: /a*bc$', '/abcbc', false],
    ['Disallow: /**x', '/yx', false],
    ['Disallow: /$', '/', false],
    ['Disallow: /*?', '/a?b', false],
    ['Disallow: /*?', '/a', true],
    ['Disallow: /*?', '/a?', false],
    ['Disallow: relative', '/relative', true],
    ['Disallow: /a$b', '/a$b', false],
    ['Disallow: /', '/robots.txt', true],
  ])('under %j decides about %s: %s', (rules, path, expected) => {
    expect(allows(`User-agent: *\n${rules}`, path)).toBe(expected);
  });

  it('names the rule that decided', () => {
    const rules = parseRobots('User-agent: *\nDisallow: /a\nAllow: /a/b*');
    expect(rules.ruleFor(`${ORIGIN}/a/b/c`)).toEqual({ allow: true, pattern: '/a/b*' });
    expect(rules.ruleFor(`${ORIGIN}/c`)).toBeUndefined();
  });
});

describe('percent-encoding', () => {
  it.each([
    // RFC 9309, section 2.2.2
    ['/foo/bar?baz=quz', '/foo/bar?baz=quz'],
    ['/foo/bar?baz=https://foo.bar', '/foo/bar?baz=https%3A%2F%2Ffoo.bar'],
    ['/foo/bar/\u30C4', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%E3%83%84', '/foo/bar/%e3%83%84'],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz'],
    ['/a%2fb', '/a%2Fb'],
    ['/file-with-a-%2A.html', '/file-with-a-*.html'],
    ['/foo-%24', '/foo-$'],
    ['/~desk', '/%7Edesk'],
    ['/100%', '/100%'],
  ])('makes %s and %s the same', (pattern, path) => {
    expect(allows(`User-agent: *\nDisallow: ${pattern}$`, path)).toBe(false);
  });

  it('keeps a slash apart from an encoded one', () => {
    expect(allows('User-agent: *\nDisallow: /a/b', '/a%2Fb')).toBe(true);
  });
});

describe('other lines', () => {
  const rules = parseRobots(
    [
      'Sitemap: https://example.org/one.xml',
      'User-agent: *',
      'Crawl-delay: 2.5',
      'Content-Signal: search=yes, ai-train=no',
      'Disallow: /x',
      'User-agent: other',
      'Crawl-delay: 100',
      'Disallow: /',
      'sitemap:https://cdn.example/two.xml',
      'Sitemap: /relative.xml',
    ].join('\n'),
  );

  it('give the crawl delay of our group, in milliseconds', () => {
    expect(rules.crawlDelayMs).toBe(2500);
    expect(parseRobots('User-agent: *\nCrawl-delay: soon\nDisallow: /x').crawlDelayMs).toBeUndefined();
    expect(parseRobots('User-agent: *\nCrawl-delay: -1\nDisallow: /x').crawlDelayMs).toBeUndefined();
  });

  it('give all sitemaps, whatever group they stand in', () => {
    expect(rules.sitemaps).toEqual(['https://example.org/one.xml', 'https://cdn.example/two.xml', '/relative.xml']);
  });

  it('give the content signal', () => {
    expect(rules.contentSignal).toBe('search=yes, ai-train=no');
    const signal = 'Content-Signal: ai-train=no';
    expect(parseRobots(`User-agent: other\nDisallow: /\n${signal}`).contentSignal).toBeUndefined();
    expect(parseRobots(`${signal}\nUser-agent: *\nDisallow:`).contentSignal).toBe('ai-train=no');
  });
});

/** The meaning of a pattern, by trying every way to fill its wildcards. */
function naiveMatch(pattern: string, path: string): boolean {
  if (pattern === '') return true;
  if (pattern === '$') return path === '';
  if (pattern[0] === '*')
    return Array.from({ length: path.length + 1 }, (_, n) => path.slice(n)).some((rest) =>
      naiveMatch(pattern.slice(1), rest),
    );
  return path[0] === pattern[0] && naiveMatch(pattern.slice(1), path.slice(1));
}

describe('any file', () => {
  const text = (alphabet: string, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet), maxLength }).map((rest) => `/${rest}`);

  it('decides as the plain reading of the RFC does', () => {
    const rule = fc.record({ allow: fc.boolean(), pattern: text('ab/*$', 7) });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), text('ab/', 8), (rules, path) => {
        // A "$" inside is a plain character; no path here has one.
        const matching = rules.filter(({ pattern }) => naiveMatch(pattern.replace(/\$(?=.)/g, '\0'), path));
        const longest = Math.max(...matching.map(({ pattern }) => pattern.length));
        const deciding = matching.filter(({ pattern }) => pattern.length === longest);
        const expected = deciding.length === 0 || deciding.some(({ allow }) => allow);
        const file = rules.map(({ allow, pattern }) => `${allow ? 'Allow' : 'Disallow'}: ${pattern}`).join('\n');
        expect(allows(`User-agent: *\n${file}`, path)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('parses, and judges any URL', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(
          fc.constantFrom('user-agent', 'allow', 'disallow', 'crawl-delay', 'sitemap'),
          fc.string({ unit: 'binary' }),
        )
        .map((pair) => pair.join(':')),
    );
    fc.assert(
      fc.property(fc.array(line), fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' })), (lines, url) => {
        expect(typeof parseRobots(lines.join('\n')).allows(url)).toBe('boolean');
      }),
    );
  });

  it('with patterns made to be slow is judged without trouble', () => {
    const slow = [`/${'*a'.repeat(2000)}b$`, `/*${'a'.repeat(2000)}b`, `/${'*'.repeat(4000)}b`];
    const file = `User-agent: *\n${slow.map((pattern) => `Disallow: ${pattern}`).join('\n')}`;
    expect(allows(file, `/${'a'.repeat(4000)}`)).toBe(true);
    expect(allows(file, `/${'a'.repeat(3000)}b`)).toBe(false);
  });
});
