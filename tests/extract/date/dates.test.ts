/** When it was published and changed: every language, the right day, the offset that the site meant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMachineDate } from '../../../src/extract/date/machine.js';
import { isoOf } from '../../../src/extract/date/moment.js';
import { readDates } from '../../../src/extract/date/read.js';
import { readRelative } from '../../../src/extract/date/relative.js';
import { explained, fieldsOf, jsonLd, page } from '../reading.js';

const H1 = '<h1>Old quay wall holds through the storm</h1>';
const PLAIN = 'https://www.example.org/quay';
const FETCHED = Date.UTC(2023, 5, 15, 12);

describe('a date in words', () => {
  const languages =
    'en en-GB de de-AT fr es it pt nl sv da nb is fi et lv lt pl cs sk sl hr sr sr-Latn mk sq bg ro hu el tr az uz kk ky ru uk be ka hy eu ca gl ga cy vi id ms fil sw af am ja ko zh zh-TW ar ar-EG ar-SY fa fa-AF ps ur he hi mr ne bn pa gu ta te kn ml si th km lo my'.split(
      ' ',
    );

  it('is read in every language as the runtime writes it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.date({ min: new Date('1996-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
        fc.constantFrom('full' as const, 'long' as const, 'medium' as const),
        (language, date, dateStyle) => {
          const text = new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' }).format(date);
          const found = readDates(text, { languages: [language], latestYear: 2027 })[0];
          expect(found && isoOf(found.moment).slice(0, 10), `${language}: ${text}`).toBe(
            date.toISOString().slice(0, 10),
          );
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is counted back in every language, whatever digits it has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('minute' as const, 'hour' as const, 'day' as const, 'week' as const),
        (language, value, unit) => {
          const text = new Intl.RelativeTimeFormat(language).format(-value, unit);
          const ms = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 }[unit];
          const then = readRelative(text, [language], FETCHED, 0);
          expect(then && isoOf(then), `${language}: ${text}`).toBe(
            new Date(FETCHED - value * ms).toISOString().slice(0, 10),
          );
        },
      ),
      { numRuns: 600 },
    );
  });

  it.each([
    ['km', 'ថ្ងៃចន្ទ ទី៣ ខែមិថុនា ឆ្នាំ២០២៤ ម៉ោង ១៩:៤៥', '2024-06-03T19:45:00'],
    ['th', 'วันที่ 3 เดือนมิถุนายน พ.ศ. 2567', '2024-06-03'],
    ['ja', '令和元年5月1日', '2019-05-01'],
    ['ja', '平成29年11月23日(木) 18時49分', '2017-11-23T18:49:00'],
    ['ja', 'R5.11.23', '2023-11-23'],
    ['zh-TW', '中華民國112年1月23日', '2023-01-23'],
    ['zh-TW', '112/01/23', '2023-01-23'],
    ['zh', '２０１７年１１月２３日', '2017-11-23'],
    ['ar', '23 كانون الثاني/يناير 2023', '2023-01-23'],
    ['ar', 'الخميس 23 تشرين الثاني 2017 - 18:49', '2017-11-23T18:49:00'],
    ['ar', '23 اكتوبر 2023', '2023-10-23'],
    ['ar', '23 جانفي 2023', '2023-01-23'],
    ['ar', '23‏/11‏/2017، 6:49 م', '2017-11-23T18:49:00'],
    ['fa', '2 تير 1399 - 12:09:08', '2020-06-22T12:09:08'],
    ['fa', '۲ آذرماه ۱۳۹۶', '2017-11-23'],
    ['fa', '۱۳۹۶/۰۹/۰۲', '2017-11-23'],
    ['ur', '23 نومبر، 2017', '2017-11-23'],
    ['hi', '२३ नवम्बर २०१७', '2017-11-23'],
    ['th', '23 พ.ย. 60 18:49 น.', '2017-11-23T18:49:00'],
    ['th', 'วันพฤหัสบดีที่ 23 พฤศจิกายน พ.ศ. 2560', '2017-11-23'],
    ['am', 'ኅዳር 14 ቀን 2010', '2017-11-23'],
    ['ko', '2017년 11월 23일 오후 6시 49분', '2017-11-23T18:49:00'],
    ['vi', 'Thứ Năm, ngày 23 tháng 11, 2017 - 18:49', '2017-11-23T18:49:00'],
    ['el', '23 ΝΟΕΜΒΡΙΟΥ 2017', '2017-11-23'],
    ['hu', '2017. november 23. du. 6:49', '2017-11-23T18:49:00'],
    ['lv', '2017. gada 23. novembris', '2017-11-23'],
    ['ga', '23 Meán Fómhair 2017', '2017-09-23'],
    ['de', '26 | 01 | 2022', '2022-01-26'],
    ['en', '© 2017 23 November 2019', '2019-11-23'],
    ['en', 'November 23, 2017: 6:49 p.m.', '2017-11-23T18:49:00'],
    ['en', 'Thu Nov 23 18:49:05 2017', '2017-11-23T18:49:00'],
    ['es-PE', '23 Septiembre, 2017', '2017-09-23'],
    ['es-PE', '23 setiembre 2017', '2017-09-23'],
    ['de', '23.11.2017 10:00-11:30', '2017-11-23'],
    ['en', '23 November 2017, 10:00 – 11:30', '2017-11-23'],
  ])('is read in %s as papers write it: %s', (language, text, expected) => {
    const found = readDates(text, { languages: [language, 'en'], latestYear: 2027 })[0];
    expect(found && isoOf(found.moment)).toBe(expected);
  });

  it('is counted back alike whether signs beyond ASCII stand behind it or not', () => {
    const piece = fc.constantFrom(
      ...'3 12 1,284 hours hour days ago yesterday Yesterday 3h p.m. # 18:49 - / | in 2.5 weeks Views'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join(' ');
        expect(readRelative(text, ['en'], FETCHED, 0)).toEqual(readRelative(`${text} –`, ['en'], FETCHED, 0));
      }),
      { numRuns: 500 },
    );
  });

  it('takes the hour behind a day without a year for no year', () => {
    expect(readDates('23 Nov 14:07', { languages: ['en'], latestYear: 2027 })).toEqual([]);
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

  it.each(['', 'page.html'])('is not found on a page without one and without an address (%j)', (url) => {
    const fields = fieldsOf(page(H1, '', '<a href="/quay">Quay</a>'), url);
    expect(fields.datePublished).toBeUndefined();
    expect(fields.headline).toBe('Old quay wall holds through the storm');
  });

  it('keeps the offset that the site meant', () => {
    expect(published(page(H1, jsonLd({ '@type': 'NewsArticle', datePublished: '2017-11-23T18:49:00+03:00' })))).toBe(
      '2017-11-23T18:49:00+03:00',
    );
  });

  it('is the one that a feed tells, before what stands beside other articles', () => {
    const told = (over: string, after = '') =>
      fieldsOf(page(`${H1}${over}`, '', after), PLAIN, '2023-06-15T12:00:00Z', { datePublished: '2017-11-23' })
        .datePublished;
    expect(told('', '<div class="more"><a href="/2">The divers</a> <span class="date">2 days ago</span></div>')).toBe(
      '2017-11-23',
    );
    expect(told('', '<p>Photo: Jane Doe, 5 March 2016</p>')).toBe('2017-11-23');
    // A day alone takes its time from the page.
    expect(told('<p class="date">23 November 2017, 18:49</p>')).toBe('2017-11-23T18:49:00');
    expect(told('<p class="date">23 November, 18:49</p>')).toBe('2017-11-23T18:49:00');
  });

  it('is the one that readers see under the headline, where a feed tells when it was listed', () => {
    const html = page(`${H1}<div>Harbour office, 23 November 2017</div>`);
    expect(fieldsOf(html, PLAIN, undefined, { datePublished: '2017-11-28' }).datePublished).toBe('2017-11-23');
  });

  it('is the one that the page tells machines, where a feed tells a later one', () => {
    const html = page(H1, jsonLd({ '@type': 'NewsArticle', datePublished: '2017-11-23T18:49:00Z' }));
    expect(fieldsOf(html, PLAIN, undefined, { datePublished: '2017-11-26' }).datePublished).toBe(
      '2017-11-23T18:49:00Z',
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

  it('is told apart from that of an update by the word before the second day, or right behind the first', () => {
    const turkish = fieldsOf(page(`${H1}<p class="date">23.11.2017 - Güncelleme : 24.11.2017</p>`), PLAIN);
    expect(turkish).toMatchObject({ datePublished: '2017-11-23', dateModified: '2017-11-24' });
    const japanese = fieldsOf(page(`${H1}<p class="date">2017年4月6日更新 2017年4月5日公開</p>`), PLAIN);
    expect(japanese).toMatchObject({ datePublished: '2017-04-05', dateModified: '2017-04-06' });
  });

  it('is the day that an instant of UTC begins with on the clocks of the site’s country', () => {
    const html = page(H1, '<meta property="article:published_time" content="2017-11-22T21:00:00Z">');
    expect(published(html, 'https://www.example.by/quay')).toBe('2017-11-23T00:00:00+03:00');
    expect(published(html, PLAIN)?.slice(0, 10)).toBe('2017-11-22');
  });

  it('is that of a line that says when it was updated only where a time of the update follows', () => {
    const shown = (line: string) => fieldsOf(page(`${H1}<p class="date">${line}</p>`), PLAIN);
    expect(shown('23 November 2017 / 12:25 PM / Updated 8 hours ago').dateModified).toBeUndefined();
    expect(shown('23 November 2017 - 13:55 GMT+1 • Updated 14:20')).toMatchObject({
      datePublished: '2017-11-23T13:55:00+01:00',
    });
    expect(shown('23 November 2017, updated').dateModified).toBe('2017-11-23');
  });

  it('is the day of the update that the page shows where all other days are of other things', () => {
    const others = '<ul class="related"><li><a href="/a">Ferry sails again</a> 1 May 2017</li></ul>';
    const html = page(`${H1}<p class="date">Updated: 23 November 2017</p>`, '', others);
    const { provenance, fields } = explained(html, PLAIN).draft;
    expect(fields.datePublished).toBe('2017-11-23');
    expect(provenance.datePublished!.confidence).toBeLessThan(0.4);
    const told = '<meta property="article:published_time" content="2017-11-01">';
    expect(published(html.replace('<head>', `<head>${told}`))).toBe('2017-11-01');
    const unseen = '<meta property="article:modified_time" content="2017-11-23">';
    expect(published(page(H1, unseen))).toBeUndefined();
  });

  it('is read in the order of day and month that a machine’s date on the page bears out', () => {
    const html = (day: string) =>
      page(`${H1}<p class="date">06/11/2017 13:55</p>`, `<meta property="article:published_time" content="${day}">`);
    expect(published(html('2017-11-06'))).toBe('2017-11-06T13:55:00');
    expect(published(html('2017-06-11'))).toBe('2017-06-11T13:55:00');
  });

  it('is not the day that a forum’s member joined, an event’s, or that of a post shown in a quotation', () => {
    const forum = page(`${H1}<p>» 23 November 2017, 05:42</p>`, '', '<dl><dd>Joined: 18 September 2008</dd></dl>');
    expect(published(forum)).toBe('2017-11-23T05:42:00');
    const quoted = '<blockquote><p>The wall holds</p><time datetime="2017-11-20">20 November 2017</time></blockquote>';
    expect(published(page(`${H1}${quoted}<p class="date">23 November 2017</p>`))).toBe('2017-11-23');
  });

  it('stands in the headline’s own box, whatever that is called', () => {
    const box = `<div class="teaser card latest">${H1}<span>23 November 2017</span></div>`;
    const candidates = explained(page(box), PLAIN).candidates.datePublished!;
    expect(candidates[0]!.weight).toBeGreaterThan(0.5);
  });

  it('stands in a long note behind the article that says when it was posted', () => {
    const note =
      'This entry was posted on Thursday, 23 November 2017 and is filed under Harbour, Weather, Storms. You can follow any responses to this entry through the feed. You can leave a response, or trackback from your own site, as long as it has to do with the old quay wall and the people who keep it up all the year round and in all weathers.';
    expect(published(page(H1, '', `<hr><p class="postmetadata"><small>${note}</small></p>`))).toBe('2017-11-23');
  });

  it('stands beside the article’s own title in a list of news', () => {
    const list = ['old-ferry', 'quay-wall-holds', 'new-crane'].map(
      (name, i) => `<a href="/news/${name}"><div class="teaser"><span>2${i}.11.2017</span><h3>${name}</h3></div></a>`,
    );
    const html = page(H1, '', `<aside class="latest">${list.join('')}</aside>`);
    expect(published(html, 'https://www.example.org/news/quay-wall-holds')).toBe('2017-11-21');
  });

  it('stands in the page’s state, as the day that most keys say, and in attributes made for scripts', () => {
    const state = {
      article: {
        first_publish_date: '2017-11-23T15:49:00Z',
        publishedAt: '2017-11-23T15:49:00Z',
        updatedAt: '2017-12-01',
      },
      next: { publicationDate: '2017-01-02' },
    };
    const script = `<script>window.__STATE__ = ${JSON.stringify(state)}</script>`;
    expect(published(page(H1, script))?.slice(0, 10)).toBe('2017-11-23');
    expect(published(page(H1, '<script>var create_time = "1511452140" * 1; var nick = "quay";</script>'))).toBe(
      '2017-11-23T15:49:00Z',
    );
    expect(published(page(`${H1}<abbr title="2017-11-23T18:49:00+03:00">yesterday</abbr>`))).toBe(
      '2017-11-23T18:49:00+03:00',
    );
    expect(published(page(`${H1}<span class="time" data-utime="1511452140">yesterday</span>`))).toBe(
      '2017-11-23T15:49:00Z',
    );
    expect(published(page(H1, '<meta name="site:article_date" content="2017-11-23">'))).toBe('2017-11-23');
  });

  it.each([
    ['November 23, 2017 6:49 PM EST', '2017-11-23T18:49:00-05:00'],
    ['November 23, 2017 6:49 p.m. PST', '2017-11-23T18:49:00-08:00'],
    ['23 November 2017 18:49 CET', '2017-11-23T18:49:00+01:00'],
    ['23 November 2017, 18:49 (WIB)', '2017-11-23T18:49:00+07:00'],
    ['23 November 2017, 18:49 IST', '2017-11-23T18:49:00'],
    ['23 November 2017, 18:49 ESTONIA', '2017-11-23T18:49:00'],
  ])('has the offset of a zone whose name means one: %s', (text, expected) => {
    expect(published(page(`${H1}<p><time>${text}</time></p>`), PLAIN)).toBe(expected);
  });

  it('is told on the clock that the page shows, also where that names its zone', () => {
    const head = '<meta property="article:published_time" content="2017-11-23T17:49:00Z">';
    for (const zone of ['', ' CET'])
      expect(published(page(`${H1}<p><time>23 November 2017 18:49${zone}</time></p>`, head), PLAIN)).toBe(
        '2017-11-23T18:49:00+01:00',
      );
  });

  it('is not the clock in the page’s header', () => {
    const html = page(`<div class="sidebar-1"><span class="date">22/11/2017, 09:12 (GMT+7)</span>${H1}</div>`);
    const clock = '<section class="top-header"><span class="time-now">24/11/2017</span></section>';
    expect(published(html.replace('<main>', `${clock}<main>`), PLAIN)).toBe('2017-11-22T09:12:00+07:00');
  });

  it('is told without a year by two numbers and a weekday in brackets', () => {
    const html = (text: string, lang: string) =>
      page(`${H1}<p><time>${text}</time></p>`).replace('lang="en"', `lang="${lang}"`);
    expect(published(html('11/22(水) 18:20配信', 'ja'), PLAIN, '2017-12-01T12:00:00Z')).toBe('2017-11-22T18:20:00');
    expect(published(html('11.22(수) 18:20', 'ko'), PLAIN, '2017-12-01T12:00:00Z')).toBe('2017-11-22T18:20:00');
  });

  it('has no change days before it', () => {
    const html = (modified: string) =>
      page(H1, jsonLd({ '@type': 'NewsArticle', datePublished: '2017-11-23', dateModified: modified }));
    expect(fieldsOf(html('2017-11-02'), PLAIN).dateModified).toBeUndefined();
    expect(fieldsOf(html('2017-11-24'), PLAIN).dateModified).toBe('2017-11-24');
  });

  it('has no change before it on the same clock, or on two that are known', () => {
    const modified = (published: string, changed: string) =>
      fieldsOf(
        page(H1, jsonLd({ '@type': 'NewsArticle', datePublished: published, dateModified: changed })),
        'https://www.example.org/a-slug',
      ).dateModified;
    expect(modified('2017-11-23T18:49:00Z', '2017-11-23T17:02:00Z')).toBeUndefined();
    expect(modified('2017-11-23T18:49:00+03:00', '2017-11-23T15:40:00Z')).toBeUndefined();
    expect(modified('2017-11-23T18:49:00', '2017-11-23T17:02:00')).toBeUndefined();
    expect(modified('2017-11-23T18:49:00+03:00', '2017-11-23T16:10:00Z')).toBe('2017-11-23T16:10:00Z');
    // One of them may be of another clock.
    expect(modified('2017-11-23T18:49:00Z', '2017-11-23T17:02:00')).toBe('2017-11-23T17:02:00');
  });

  it('has the year of the address or of the last such day before the fetch where the page leaves it out', () => {
    const html = page(`${H1}<p class="date">23 Nov, 18:49</p>`);
    expect(published(html, 'https://www.example.org/2016/11/quay')).toBe('2016-11-23T18:49:00');
    expect(published(html, PLAIN, '2017-11-26T12:00:00Z')).toBe('2017-11-23T18:49:00');
    expect(published(html, PLAIN, '2018-02-01T12:00:00Z')).toBe('2017-11-23T18:49:00');
    expect(published(html, PLAIN)).toBeUndefined();
    expect(published(html.replace('<body>', '<body id="news20171123_k41">'), PLAIN)).toBe('2017-11-23T18:49:00');
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

describe('the day of the last change', () => {
  const told = (published: string, modified: string) =>
    jsonLd({
      '@type': 'NewsArticle',
      headline: 'Old quay wall holds',
      datePublished: published,
      dateModified: modified,
    });

  it('is the later one that machines are told, not the day of publication in an element called "updated"', () => {
    const time = '<time class="entry-date updated" datetime="2017-11-21T12:28:25-06:00">November 21, 2017</time>';
    const head = told('2017-11-21T18:28:25+00:00', '2017-11-23T17:04:29+00:00');
    expect(fieldsOf(page(`${H1}${time}`, head), PLAIN).dateModified).toBe('2017-11-23T17:04:29+00:00');
  });

  it('is not another day because another zone has one', () => {
    const time =
      '<p class="updated">Updated: <time datetime="2017-11-21T23:55:47-08:00">November 21, 2017, 11:55 p.m.</time></p>';
    const head = told('2017-11-21T23:08:00-08:00', '2017-11-22T07:55:47+00:00');
    expect(fieldsOf(page(`${H1}${time}`, head), PLAIN).dateModified).toBe('2017-11-21T23:55:47-08:00');
  });

  it('has the time that stands behind the word for it, and the day of publication none', () => {
    for (const line of ['23 November 2017. Updated at 20:10', '23 November 2017 | Updated 20:10']) {
      const fields = fieldsOf(page(`${H1}<p class="date">${line}</p>`), PLAIN);
      expect(fields.datePublished).toBe('2017-11-23');
      expect(fields.dateModified).toBe('2017-11-23T20:10:00');
    }
  });
});

it('the days of a life are not when it was written of', () => {
  for (const life of ['March 12, 1938 – May 30, 2024', 'March 12, 1981 – May 30, 2024']) {
    const over = `${H1}<div class="dates">${life}</div><p class="published">Published June 3, 2024</p>`;
    expect(fieldsOf(page(over), PLAIN).datePublished).toBe('2024-06-03');
  }
});

it('yesterday in words that the runtime does not have', () => {
  expect(readRelative('Вчора, 21:10', ['uk'], FETCHED, 0)).toEqual(readRelative('Учора, 21:10', ['uk'], FETCHED, 0));
});
