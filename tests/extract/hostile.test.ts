/** Bytes that no page should have: a draft comes all the same, clean and in bounded depth. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../src/extract.js';

const url = 'https://paper.example/news/ferry-sails-again-on-sundays';
const STORY = Array.from(
  { length: 5 },
  (_, i) =>
    `<p>The ferry number ${i} sails again on Sundays, after four winters in which it lay at the quay, and the neighbours are already asking for it.</p>`,
).join('');
const TITLE = '<h1>Ferry sails again on Sundays after winter</h1>';
const UNCLEAN = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('hostile pages', () => {
  it('NUL and unpaired surrogates reach no field', async () => {
    const record = await extract(
      `<main>${TITLE.replace('sails', 's\u0000ails\ud800')}${STORY.replaceAll('ferry', 'f\u0000erry\udc00')}</main>`,
      { url },
    );
    expect(JSON.stringify(record)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(JSON.stringify(record)).not.toMatch(UNCLEAN);
  });

  it('bytes that are no UTF-8 are read in some charset', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`<main>${TITLE}${STORY}<p>`),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xa0, 0xa1]),
      Buffer.from('</p></main>'),
    ]);
    const record = await extract(bytes, { url });
    expect(record.headline).toBe('Ferry sails again on Sundays after winter');
    expect(JSON.stringify(record)).not.toMatch(UNCLEAN);
  });

  it('a million nested elements end in a record', async () => {
    const record = await extract(`<main>${TITLE}${STORY}${'<div>'.repeat(1_000_000)}deep`, { url });
    expect(record.articleBody).toContain('The ferry number 4 sails');
  });

  it('a line of 50 MB ends in a record or a reason', async () => {
    const record = await extract(`<main>${TITLE}${STORY}<p>${'water '.repeat(8_700_000)}</p></main>`, { url });
    expect(record.headline).toBe('Ferry sails again on Sundays after winter');
  }, 300_000);

  it('any markup gives a record or a reason', async () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<h1>',
      '</div>',
      '<a href=',
      '"',
      "'",
      '>',
      '<!--',
      '-->',
      '<script type="application/ld+json">',
      '{"@type":"NewsArticle"',
      '</script>',
      '&#0;',
      '&',
      'text ',
      '<table>',
      '<td>',
      '\u0000',
      '\ud83d',
      '<time datetime="99999">',
      '<meta property="og:type" content="article">',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const record = await extract(pieces.join(''), { url });
        expect(record.url).toBe(url);
        expect(JSON.stringify(record)).not.toMatch(UNCLEAN);
      }),
      { numRuns: 200 },
    );
  });
});
