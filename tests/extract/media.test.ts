import { describe, expect, it } from 'vitest';
import { fieldsOf, page } from './reading.js';

const TITLE = '<h1>The old quay wall holds</h1>';
/** What stands in the body, between its paragraphs. */
const within = (html: string): string => page(TITLE).replace('</p><p>', `</p>${html}<p>`);
const videosOf = (html: string): readonly (string | undefined)[] =>
  (fieldsOf(within(html)).video ?? []).map(({ url }) => url);

describe('a video in the body', () => {
  it.each([
    ['a frame', '<iframe src="https://www.youtube.com/embed/abc123"></iframe>', 'https://www.youtube.com/embed/abc123'],
    [
      'a frame that loads late',
      '<iframe data-src="https://player.vimeo.com/video/7"></iframe>',
      'https://player.vimeo.com/video/7',
    ],
    ['a frame of any player', '<iframe src="https://tv.example/player/42"></iframe>', 'https://tv.example/player/42'],
    [
      'an element of AMP',
      '<amp-dailymotion data-videoid="x7"></amp-dailymotion>',
      'https://www.dailymotion.com/embed/video/x7',
    ],
    [
      'an element for a script',
      '<video-js data-account="1" data-video-id="2"></video-js>',
      'https://players.brightcove.net/1/default_default/index.html?videoId=2',
    ],
    ['a file', '<video><source src="/clip.mp4"></video>', 'https://www.example.org/clip.mp4'],
  ])('is read from %s', (_name, html, url) => {
    expect(videosOf(html)).toEqual([url]);
  });

  it.each([
    ['a map', '<iframe src="https://maps.example/embed/v1?q=video+shop"></iframe>'],
    ['a podcast', '<iframe src="https://tv.example/embed/podcast/7" title="Video podcast"></iframe>'],
    ['a form', '<iframe src="https://tv.example/embed/form"></iframe>'],
    ['a stream of a script', '<video src="blob:https://tv.example/1"></video>'],
  ])('is not seen in %s', (_name, html) => {
    expect(videosOf(html)).toEqual([]);
  });
});

describe('pictures', () => {
  it('of a gallery behind the text are all there, those of other articles are not', () => {
    const slide = (n: number) =>
      `<li><figure><img src="/wall-${n}.jpg"><figcaption>Stone number ${n} of the wall</figcaption></figure></li>`;
    const teaser =
      '<li><figure><a href="/news/ferry"><img src="/ferry.jpg"></a><figcaption>The ferry stays in the dock</figcaption></figure></li>';
    const html = page(TITLE, '', `<ul class="slides">${[1, 2, 3, 4, 5, 6].map(slide).join('')}</ul><ul>${teaser}</ul>`);
    expect(fieldsOf(html).image?.map(({ url }) => url)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `https://www.example.org/wall-${n}.jpg`),
    );
  });
});

describe('a table', () => {
  const rows = [
    ['Year', 'Storms', 'Height'],
    ['2015', '4', '1.20'],
    ['2016', '', '1.45'],
    ['2017', '9', '2.05'],
  ];
  const table = `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

  it('is in the body as a whole, a line for each row, with its empty cells', () => {
    const { articleBody, articleHtml } = fieldsOf(within(table));
    expect(articleBody).toContain('\n\nYear\tStorms\tHeight\n\n2015\t4\t1.20\n\n2016\t1.45\n\n2017\t9\t2.05\n\n');
    expect(articleHtml).toContain(table);
  });

  it('that lays out the page leaves its paragraphs', () => {
    const said = 'The divers said that they had never seen the stones below the water line so well joined together.';
    expect(fieldsOf(within(`<table><tr><td><p>${said}</p></td></tr></table>`)).articleHtml).toContain(
      `</p><p>${said}</p><p>`,
    );
  });
});

it('an element with the name of a property of all objects is no markup', () => {
  expect(
    fieldsOf(
      within(
        '<p>The office <constructor>itself</constructor> said that it would count the stones again in spring.</p>',
      ),
    ).articleHtml,
  ).toContain('<p>The office itself said');
});
