/** The headline: the words over the article, whatever machines are told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explained, fieldsOf, jsonLd, page, URL_OF_PAGE } from '../reading.js';

const TITLE = 'Old quay wall holds through the storm';

describe('the headline', () => {
  it('is the first heading, not the title that search engines are given', () => {
    const html = page(`<h1>${TITLE}</h1>`, '<title>Storm, quay wall, harbour: all the news | The Courier</title>');
    expect(fieldsOf(html).headline).toBe(TITLE);
  });

  it('has no site name at its end, nor at its start', () => {
    const named = '<meta property="og:site_name" content="The Courier">';
    expect(fieldsOf(page('', `${named}<title>${TITLE} | The Courier</title>`)).headline).toBe(TITLE);
    expect(fieldsOf(page('', `${named}<title>The Courier - ${TITLE}</title>`)).headline).toBe(TITLE);
    expect(fieldsOf(page('', `${named}<title>${TITLE} – News – The Courier</title>`)).headline).not.toContain(
      'Courier',
    );
  });

  it('has no kicker that stands in an element of its own, where others tell it without', () => {
    const html = page(
      `<h1><span class="kicker">Harbour</span> <span>${TITLE}</span></h1>`,
      `<title>${TITLE}</title><meta property="og:title" content="${TITLE}">${jsonLd({ '@type': 'NewsArticle', headline: TITLE })}`,
    );
    expect(fieldsOf(html).headline).toBe(TITLE);
  });

  it('is no name of the site over the page where another heading is word for word its title', () => {
    const menu = '<a href="/boats">Boats, piers and ferries</a>'.repeat(60);
    const html = page(
      `<h1>Harbour Courier: boats, piers, ferries</h1>${menu}<h3>${TITLE}</h3>`,
      `<title>${TITLE} - Quaypress</title>`,
    );
    expect(fieldsOf(html, 'https://www.example.org/view?id=8576').headline).toBe(TITLE);
  });

  it('does not begin with the mark behind a kicker that stands elsewhere', () => {
    expect(fieldsOf(page(`<h2>Harbour</h2><h1>: ${TITLE}</h1>`, `<title>${TITLE}</title>`)).headline).toBe(TITLE);
  });

  it('has no readings over its signs', () => {
    const html = page(
      '<h1><ruby>渡船<rt>とせん</rt></ruby>は<ruby>今日<rt>きょう</rt></ruby>も<ruby>走<rt>はし</rt></ruby>る</h1>',
    );
    expect(fieldsOf(html).headline).toBe('渡船は今日も走る');
  });

  it('is not a heading among the crumbs', () => {
    const html = page(
      `<nav class="breadcrumb"><ol><li><h1 class="breadcrumb">Harbour storm: all you must know now</h1></li></ol></nav><h2 class="article-title">${TITLE}</h2>`,
      `<meta property="og:title" content="${TITLE}"><title>Harbour storm: all you must know now</title>`,
    );
    expect(fieldsOf(html).headline).toBe(TITLE);
  });

  it('keeps a dash that is its own', () => {
    const own = 'Quay wall – a century old – holds';
    expect(fieldsOf(page(`<h1>${own}</h1>`, `<title>${own} | Courier</title>`)).headline).toBe(own);
  });

  it('is spelt as it is shown', () => {
    const html = page('<h1>“Quay wall” holds</h1>', '<meta property="og:title" content="&quot;Quay wall&quot; holds">');
    expect(fieldsOf(html).headline).toBe('“Quay wall” holds');
  });

  it('is told with every other text that stood for election, best first', () => {
    const html = page(`<h1>${TITLE}</h1>`, '<title>Quay wall news</title><meta property="og:title" content="Wall!">');
    const told = explained(html).candidates.headline!;
    expect(told[0]).toMatchObject({ value: TITLE, from: 'markup', where: 'h1' });
    expect(told.map(({ where }) => where)).toEqual(expect.arrayContaining(['h1', 'og:title', 'title']));
  });

  it('is one of the texts of the page, for any text', () => {
    const text = fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (heading, title) => {
        const escaped = (one: string) => one.replace(/&/g, '&amp;').replace(/</g, '&lt;');
        const html = page(`<h1>${escaped(heading)}</h1>`, `<title>${escaped(title)}</title>`);
        const { headline } = fieldsOf(html, URL_OF_PAGE);
        expect(headline === undefined || headline.trim() !== '').toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

it('whose article it is, behind the headline in brackets, is no part of it', () => {
  const title = 'Old quay wall holds through the storm';
  const head = `<title>${title} (Harbour Courier) - Portal</title><meta property="og:title" content="${title} (Harbour Courier)">${jsonLd({ '@type': 'NewsArticle', headline: `${title} (Harbour Courier)`, author: { '@type': 'Organization', name: 'Harbour Courier' } })}`;
  expect(fieldsOf(page(`<h1>${title}</h1>`, head)).headline).toBe(title);
  const other = head.replaceAll('(Harbour Courier)', '(Part two)');
  expect(fieldsOf(page(`<h1>${title} (Part two)</h1>`, other)).headline).toBe(`${title} (Part two)`);
});
