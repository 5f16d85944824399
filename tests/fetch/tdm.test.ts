import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTdmFile, tdmOfHeader } from '../../src/fetch/tdm.js';

const FILE = 'https://example.org/.well-known/tdmrep.json';
const at = (path: string) => `https://example.org${path}`;

describe('a TDM file', () => {
  const rules = parseTdmFile(
    `\uFEFF${JSON.stringify([
      { location: '/free/*.html$', 'tdm-reservation': 0 },
      { location: '/free/', 'tdm-reservation': '1' },
      { location: '/news', 'tdm-reservation': 1, 'tdm-policy': '/policy.json' },
      { location: '/odd', 'tdm-reservation': 1, 'tdm-policy': 'javascript:alert(1)' },
      { location: 7, 'tdm-reservation': 1 },
      { location: '/', 'tdm-reservation': 'perhaps' },
      'text',
      null,
    ])}`,
    FILE,
  );

  it.each([
    ['/free/a.html', { reserved: false }],
    ['/free/a.html?x', { reserved: true }],
    ['/news/1', { reserved: true, policy: at('/policy.json') }],
    ['/odd', { reserved: true }],
    ['/elsewhere', undefined],
  ])('says of %s what its first rule that matches says', (path, said) => {
    expect(rules(at(path))).toEqual(said);
  });

  it.each(['', '<html>', '{}', '[', '"x"', '[[1]]'])('such as %j says nothing', (text) => {
    expect(parseTdmFile(text, FILE)(at('/'))).toBeUndefined();
  });

  it('of any form is read without trouble', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.string(), (text, url) => {
        expect(() => parseTdmFile(text, FILE)(url)).not.toThrow();
      }),
    );
  });
});

describe('a TDM header', () => {
  it.each([
    [[['TDM-Reservation', '1']], { reserved: true }],
    [[['tdm-reservation', ' 0 ']], { reserved: false }],
    [
      [
        ['tdm-policy', 'policy.json'],
        ['tdm-reservation', '1'],
      ],
      { reserved: true, policy: at('/news/policy.json') },
    ],
    [[['tdm-reservation', 'yes']], undefined],
    [[['tdm-policy', '/policy.json']], undefined],
    [[], undefined],
  ] as [[string, string][], unknown][])('%j says %j', (headers, said) => {
    expect(tdmOfHeader(headers, at('/news/1'))).toEqual(said);
  });
});
