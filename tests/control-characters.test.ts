import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clearedOfControls, withoutControls } from '../src/control-characters.js';
import { extract } from '../src/extract.js';
import { articleHtml } from './crawl/articles.js';

it('a record holds no control character, whichever way it came into the page', async () => {
  const said = {
    '@type': 'NewsArticle',
    headline: 'Council \u001b[2Jadopts\u0007 plan \u009b31m number 7',
    author: { '@type': 'Person', name: 'Ann \u0008Lee' },
    keywords: ['bri\u0000dges', 'the\u007f harbour'],
  };
  const page = articleHtml(7, {
    headline: 'Council &#27;[2Jadopts&#7; plan number 7',
    head: `<script type="application/ld+json">${JSON.stringify(said)}</script>`,
    foot: '<p>What the &#27;]0;title&#7;mayor said to the council of the town is to be heard again tomorrow evening.</p>',
  });
  const record = await extract(page, { url: 'https://courier.example/2017/11/23/plan-7.html' });
  expect(record).toMatchObject({ keywords: ['bridges', 'the harbour'], author: [{ name: 'Ann Lee' }] });
  expect(JSON.stringify(record)).not.toMatch(/\\u00[01]|[\x7f-\x9f]|\\[bf]/);
});

it('what holds none is handed back as it is, line feeds and tabs with it', () => {
  const fields = { headline: 'One\ttwo', articleBody: 'first\n\nsecond', image: [{ url: 'a', caption: undefined }] };
  expect(clearedOfControls(fields)).toBe(fields);
});

it('nothing but control characters goes, and the blanks that they leave', () => {
  expect(withoutControls('a \x1b b\x07\x9b')).toBe('a b');
  expect(clearedOfControls({ a: ['\x01', 'x\x02'], b: '\x03', c: [{ d: '\x1b[31m' }] })).toEqual({
    a: ['x'],
    c: [{ d: '[31m' }],
  });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(withoutControls(text)).not.toMatch(/[^\P{Cc}\t\n]/u);
      expect(withoutControls(text).replace(/\s/g, '')).toBe(text.replace(/[\p{Cc}\s]/gu, ''));
    }),
  );
});
