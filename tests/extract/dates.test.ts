/** When it was published and changed: every language, the right day, the offset that the site meant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMachineDate } from '../../src/extract/date/machine.js';
import { isoOf } from '../../src/extract/date/moment.js';
import { readDates } from '../../src/extract/date/read.js';
import { oneLine } from '../../src/extract/visible.js';
import { explained, fieldsOf, jsonLd, page } from './reading.js';

const H1 = '<h1>Old quay wall holds through the storm</h1>';
const PLAIN = 'https://www.example.org/quay';

describe('a date in words', () => {
  const languages =
    'en de fr es it pt nl sv da nb fi pl cs hu ro ru uk bg el tr vi id ja ko zh ar fa he hi th bn'.split(' ');

  it('is read in every language as the runtime writes it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.date({ min: new Date('1996-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
        fc.constantFrom('long' as const, 'medium' as const),
        (language, date, dateStyle) => {
          // As pages give it: marks of direction fall away with all that shows nothing.
          const text = oneLine(new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' }).format(date));
          const found = readDates(text, { languages: [language], latestYear: 2027 })[0];
          expect(found && isoOf(found.moment).slice(0, 10), `${language}: ${text}`).toBe(
            date.toISOString().slice(0, 10),
          );
        },
      ),
      { numRuns: 600 },
    );
  });

  it('is the same whether letters beyond ASCII stand behind it or not', () => {
    const piece = fc.constantFrom(
      ...'23 2017 7 5 11 18:49 2017-11-23 Nov November Sept. p.m p.m. a.m. am U.S. , . - / : | on at by 00 1,284'.split(
        ' ',
      ),
      ' ',
      '\n',
    );
    const options = { languages: ['en-GB'], latestYear: 2027 };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('', ' '), (pieces, between) => {
        const text = pieces.join(between);
        expect(readDates(text, options)).toEqual(readDates(`${text} ·`, options));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a machine’s date', () => {
  it('comes back as it was written, with its offset', () => {
    const offset = fc.constantFrom('Z', '+03:00', '-05:30', '+14:00');
    const time = fc.date({ min: new Date('1996-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, offset, (date, zone) => {
        const text = date.toISOString().slice(0, 19) + zone;
        expect(isoOf(readMachineDate(text)!)).toBe(text);
        expect(isoOf(readMachineDate(text.replace('T', ' '))!)).toBe(text);
      }),
    );
  });

  it('is none where it is a version, an address or a number', () => {
    for (const text of ['1.2.3', '192.168.1.10', 'abc', '', '99999999999999999999'])
      expect(readMachineDate(text)).toBeUndefined();
  });
});

describe('the day of publication', () => {
  const published = (html: string, url = PLAIN, fetchedAt?: string) => fieldsOf(html, url, fetchedAt).datePublished;

  it('keeps the offset that the site meant', () => {
    expect(published(page(H1, jsonLd({ '@type': 'NewsArticle', datePublished: '2017-11-23T18:49:00+03:00' })))).toBe(
      '2017-11-23T18:49:00+03:00',
    );
  });

  it('takes for a local time the offset of a machine’s date that agrees, then that of its country, else none', () => {
    const shown = `${H1}<p class="date">23 November 2017, 18:49</p>`;
    const told = '<meta property="article:published_time" content="2017-11-23T15:49:00Z">';
    expect(published(page(shown, told))).toBe('2017-11-23T18:49:00+03:00');
    expect(published(page(shown), 'https://www.example.by/quay')).toBe('2017-11-23T18:49:00+03:00');
    expect(published(page(shown))).toBe('2017-11-23T18:49:00');
  });

  it('is not the clock in the header, the year of the copyright or a comment’s day', () => {
    const html = page(
      `${H1}<p class="date">23 November 2017</p>`,
      '',
      '<div class="comments"><time datetime="2018-02-01">1 February 2018</time></div><footer>© 2019 Example</footer>',
    ).replace('<main>', '<header><div class="today">Monday, 5 March 2018</div></header><main>');
    expect(published(html, PLAIN, '2018-03-05T12:00:00Z')).toBe('2017-11-23');
  });

  it('is told apart from that of an update', () => {
    const fields = fieldsOf(page(`${H1}<p>Published 23 November 2017, updated 3 December 2017</p>`), PLAIN);
    expect(fields).toMatchObject({ datePublished: '2017-11-23', dateModified: '2017-12-03' });
  });

  it('is not the update that stands over the article where linked data, <meta> and address agree on another day', () => {
    const html = page(
      `${H1}<time datetime="2017-11-24T00:05:00">24 November 2017, 00:05</time>`,
      `${jsonLd({ '@type': 'NewsArticle', headline: 'Old quay wall holds', datePublished: '2017-11-23T23:17:00+03:00', dateModified: '2017-11-24T00:05:00+03:00' })}
       <meta property="article:published_time" content="2017-11-23T23:17:00+03:00">`,
    );
    expect(published(html, 'https://www.example.org/20171123-quay')?.slice(0, 10)).toBe('2017-11-23');
  });

  it('is counted back from the time of the fetch', () => {
    expect(published(page(`${H1}<p class="date">3 days ago</p>`), PLAIN, '2017-11-26T12:00:00Z')).toBe('2017-11-23');
    expect(published(page(`${H1}<p class="date">3 days ago</p>`), PLAIN)).toBeUndefined();
  });

  it('stands at the start of the first paragraph or in the address', () => {
    expect(
      published(
        page(
          `${H1}<p>23.11.2017 - The harbour office had warned of the storm for days, and it came as it had said it would.</p>`,
        ),
        PLAIN,
      ),
    ).toBe('2017-11-23');
    expect(published(page(H1), 'https://www.example.org/2017/11/23/quay')).toBe('2017-11-23');
    expect(published(page(H1), 'https://www.example.org/2017/11/171123-quay')).toBe('2017-11-23');
  });

  it('is never a day after the fetch', () => {
    expect(published(page(`${H1}<p class="date">23 November 2019</p>`), PLAIN, '2017-11-26T12:00:00Z')).toBeUndefined();
  });

  it('is told with all other dates', () => {
    const html = page(`${H1}<p class="date">23 November 2017</p>`, '<meta name="date" content="2017-11-22">');
    expect(explained(html, PLAIN).candidates.datePublished!.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['p.date', 'date']),
    );
  });
});
