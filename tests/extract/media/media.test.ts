import { describe, expect, it } from 'vitest';
import { fieldsOf, jsonLd, page } from '../reading.js';

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

describe('a video', () => {
  const article = (video: unknown) => ({
    '@type': 'NewsArticle',
    headline: 'The old quay wall holds',
    datePublished: '2017-11-23',
    video,
  });

  it('of the article is read with the address of its file, however that is spelt', () => {
    const head = jsonLd(
      article({ '@type': 'VideoObject', name: 'The night', contentURL: 'https://tv.example/night.m3u8' }),
    );
    expect(fieldsOf(page(TITLE, head)).video).toEqual([{ url: 'https://tv.example/night.m3u8', name: 'The night' }]);
  });

  it('that a script shows is what the page describes beside the article', () => {
    const beside = jsonLd({ '@type': 'VideoObject', name: 'The night', embedUrl: 'https://tv.example/embed/7' });
    const html = (player: string) => within(player).replace('<head>', `<head>${beside}`);
    expect(fieldsOf(html('<video class="player"></video>')).video).toEqual([
      { url: 'https://tv.example/embed/7', name: 'The night', embedUrl: 'https://tv.example/embed/7' },
    ]);
    expect(fieldsOf(html('')).video).toBeUndefined();
  });

  it('has no name where its player has a name for players alone', () => {
    const frame = '<iframe src="https://www.youtube.com/embed/abc123" title="YouTube video player"></iframe>';
    expect(fieldsOf(within(frame)).video?.[0]).not.toHaveProperty('name');
  });

  it('over the text is one of the article', () => {
    const frame = '<iframe src="https://www.youtube.com/embed/abc123"></iframe>';
    expect(fieldsOf(page(`${TITLE}${frame}<p class="byline">By Ann Lee</p>`)).video).toHaveLength(1);
  });

  it("over the headline is one where the article's element holds both, and nothing announces others", () => {
    const frame = '<div class="embed"><iframe src="https://www.youtube.com/embed/abc123"></iframe></div>';
    expect(fieldsOf(page(`${frame}${TITLE}`)).video).toHaveLength(1);
    expect(fieldsOf(page(`<h3>Watch also</h3>${frame}${TITLE}`)).video).toBeUndefined();
    expect(fieldsOf(page(TITLE).replace('<main>', `<main>${frame}`)).video).toBeUndefined();
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

describe('a picture', () => {
  const imagesOf = (html: string) => fieldsOf(html).image ?? [];
  const CAPTION = 'The wall at low tide, seen from the ferry.';

  it.each([
    ['in a figure', `<figure><img src="/wall.jpg"><figcaption>${CAPTION}</figcaption></figure>`],
    [
      'in boxes of any names',
      `<div><div><img src="/wall.jpg"></div><div class="image-caption"><p>${CAPTION}</p></div></div>`,
    ],
    ['with its caption right behind it', `<img src="/wall.jpg"><p class="caption">${CAPTION}</p>`],
    ['with its own description under it', `<img src="/wall.jpg" alt="${CAPTION}"><p>${CAPTION}</p>`],
    ['with small print under it', `<img src="/wall.jpg"><p><small>${CAPTION}</small></p>`],
    [
      'beside a sign that enlarges it',
      `<figure><img src="/wall.jpg"><a href="/wall.html"><img src="/icons/loupe.svg"></a><figcaption>${CAPTION}</figcaption></figure>`,
    ],
  ])('%s has its caption', (_name, html) => {
    const { image, articleHtml, articleBody } = fieldsOf(within(html));
    expect(image).toEqual([{ url: 'https://www.example.org/wall.jpg', caption: CAPTION }]);
    expect(articleHtml).toContain(`<figcaption>${CAPTION}</figcaption></figure>`);
    expect(articleBody).not.toContain(CAPTION);
  });

  it('has whom it is credited to apart from its caption', () => {
    const html = `<figure><img src="/wall.jpg"><figcaption>${CAPTION}<span>Foto: Ada Lens / Quay Post</span></figcaption></figure>`;
    expect(imagesOf(within(html))).toEqual([
      { url: 'https://www.example.org/wall.jpg', caption: CAPTION, creditText: 'Ada Lens / Quay Post' },
    ]);
    expect(fieldsOf(within(html)).articleHtml).toContain(`${CAPTION} <cite>Ada Lens / Quay Post</cite></figcaption>`);
  });

  it('has a caption of its own where one element, which is called the source, holds both', () => {
    const box = `<figure><img src="/wall.jpg"><figcaption class="source">${CAPTION} (AP Photo/Ada Lens) <a href="/p/1">more &gt;</a></figcaption></figure>`;
    expect(imagesOf(within(box))).toEqual([
      { url: 'https://www.example.org/wall.jpg', caption: CAPTION, creditText: 'AP Photo/Ada Lens' },
    ]);
  });

  it('has its caption once where it is there for wide and for small screens, without the links between', () => {
    const wide = `<div>${CAPTION}<a class="switch"> less</a></div>`;
    const small = `<div>${CAPTION.slice(0, 30)}<a class="switch"> ... more</a></div>`;
    const box = `<figure><img src="/wall.jpg"><figcaption>${wide}${small}</figcaption></figure>`;
    expect(imagesOf(within(box))).toEqual([{ url: 'https://www.example.org/wall.jpg', caption: CAPTION }]);
  });

  it('has whom it is by from an element of its own before the words', () => {
    const box = `<figure><img src="/wall.jpg"><figcaption> <span>Photo: Ada Lens Quay Archives</span> ${CAPTION}</figcaption></figure>`;
    expect(imagesOf(within(box))).toEqual([
      { url: 'https://www.example.org/wall.jpg', caption: CAPTION, creditText: 'Ada Lens Quay Archives' },
    ]);
  });

  it('has no caption of marks alone', () => {
    const box = '<figure><img src="/wall.jpg"><figcaption>. <span class="credit">Ada Lens</span></figcaption></figure>';
    expect(imagesOf(within(box))).toEqual([{ url: 'https://www.example.org/wall.jpg', creditText: 'Ada Lens' }]);
  });

  it('is not what stands in its place until a script has run', () => {
    const box =
      '<figure><img src="/max/60/1*quaywall.png?q=20"><noscript><img src="/max/1080/1*quaywall.png"></noscript></figure>';
    expect(imagesOf(within(box))).toEqual([{ url: 'https://www.example.org/max/1080/1*quaywall.png' }]);
  });

  it('has the line behind it that ends in whom it is by, though nothing calls it a caption', () => {
    for (const credit of ['Foto: Ada Lens / Quay Post', '(Photo: Ada Lens)', 'Courtesy of Ada Lens', '© Ada Lens']) {
      const { image, articleBody } = fieldsOf(within(`<img src="/wall.jpg"><p>${CAPTION} ${credit}</p>`));
      expect(image?.[0]).toMatchObject({ caption: CAPTION, creditText: expect.stringContaining('Ada Lens') });
      expect(articleBody).not.toContain('low tide');
    }
    const box = `<img src="/wall.jpg"><div><h2>The wall in pictures</h2> <p>${CAPTION} Foto: Ada Lens</p></div>`;
    expect(imagesOf(within(box))[0]?.caption ?? '').not.toContain('The wall in pictures');
  });

  it('is credited to whom machines are told', () => {
    const data = {
      '@type': 'NewsArticle',
      headline: 'The old quay wall holds',
      datePublished: '2017-11-23',
      image: { '@type': 'ImageObject', url: '/wall.jpg', author: 'Ada Lens' },
    };
    expect(imagesOf(page(TITLE, jsonLd(data)))).toEqual([
      { url: 'https://www.example.org/wall.jpg', creditText: 'Ada Lens' },
    ]);
  });

  it('and the others of its fields are read from microdata alone', () => {
    const thing = `<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="articleSection" content="Harbour"><span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="Quay Post"></span><div itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><img itemprop="url" src="/wall.jpg"></div>`;
    const { image, publisher, articleSection } = fieldsOf(
      page(TITLE).replace('<main>', `<main>${thing}`).replace('</main>', '</div></main>'),
    );
    expect({ image, publisher, articleSection }).toEqual({
      image: [{ url: 'https://www.example.org/wall.jpg' }],
      publisher: { '@type': 'Organization', name: 'Quay Post' },
      articleSection: ['Harbour'],
    });
  });

  it('that stands between headline and text is in the text', () => {
    const hero = '<figure><img src="/wall.jpg"><figcaption>The wall at low tide.</figcaption></figure>';
    expect(fieldsOf(page(`${TITLE}${hero}<p class="byline">By Ann Lee</p>`)).articleHtml).toMatch(
      /^<figure><img src="https:\/\/www\.example\.org\/wall\.jpg"/,
    );
  });

  it('over the headline is in the text where it is the main one', () => {
    const head = '<meta property="og:image" content="https://www.example.org/wall-1200x630.jpg">';
    const { image, articleHtml } = fieldsOf(
      page(`<div><img src="/wall.jpg"><img src="/ferry.jpg"></div>${TITLE}`, head),
    );
    expect(image?.map(({ url }) => url)).toEqual(['https://www.example.org/wall.jpg']);
    expect(articleHtml).toMatch(/^<figure><img src="https:\/\/www\.example\.org\/wall\.jpg" alt=""><\/figure><p>/);
  });

  it('may have commas in its address', () => {
    const at = 'https://p.example/upload/t_fit';
    const set = `${at}-320w,f_auto,q_auto:best/quay-wall-harbour.jpg 320w,${at}-1240w,f_auto,q_auto:best/quay-wall-harbour.jpg 1240w`;
    expect(imagesOf(within(`<img srcset="${set}">`)).map(({ url }) => url)).toEqual([
      `${at}-1240w,f_auto,q_auto:best/quay-wall-harbour.jpg`,
    ]);
  });

  it('is one of a gallery of the most usual content system', () => {
    const item = (name: string) =>
      `<figure class="gallery-item"><div class="gallery-icon landscape"><a href="/p/${name}.jpg"><img src="/p/${name}-680x453.jpg"></a></div></figure>`;
    const urls = imagesOf(within(`<div class="gallery">${item('quay-by-night')}${item('quay-by-day')}</div>`));
    expect(urls.map(({ url }) => url)).toEqual([
      // The larger ones, which they lead to.
      'https://www.example.org/p/quay-by-night.jpg',
      'https://www.example.org/p/quay-by-day.jpg',
    ]);
  });

  it('is there once, in its largest size', () => {
    const data = {
      '@type': 'NewsArticle',
      headline: 'The old quay wall holds',
      datePublished: '2017-11-23',
      image: ['/p/quay-wall-harbour_4x3_600.jpeg', '/p/quay-wall-harbour_16x9_1600.jpeg'],
    };
    const body =
      '<picture><source srcset="/p/quay-wall-harbour_800.webp"><source srcset="/p/quay-wall-harbour_400.webp"><img src="/p/quay-wall-harbour_200.jpg"></picture>';
    expect(imagesOf(within(body).replace('<head>', `<head>${jsonLd(data)}`)).map(({ url }) => url)).toEqual([
      'https://www.example.org/p/quay-wall-harbour_16x9_1600.jpeg',
    ]);
    expect(fieldsOf(within(body)).articleHtml).toContain(
      '<img src="https://www.example.org/p/quay-wall-harbour_800.webp"',
    );
  });

  it.each([
    [
      'a teaser of another article',
      '<div><a href="/news/ferry"><img src="/ferry.jpg"></a><h4>The ferry stays</h4></div>',
    ],
    [
      'a teaser with its title as caption',
      '<a href="/news/ferry"><figure><img src="/ferry.jpg"><figcaption>The ferry stays</figcaption></figure></a>',
    ],
    [
      'articles within the article',
      ['The ferry stays', 'Two boats and more']
        .map((title, i) => `<article><h3><a href="/news/${i}">${title}</a></h3><img src="/ferry-${i}.jpg"></article>`)
        .join(''),
    ],
    ['a sign', '<img src="/style/icon_loupe.png">'],
    ['a face', '<img src="/faces/lee.jpg?width=60">'],
    ['what a player shows', '<figure><img src="https://img.connatix.com/7/1_th.jpg?width=629"></figure>'],
    ['text where an address should be', '<meta property="og:image" content="The quay wall at night">'],
    ["the site's own picture", '<meta property="og:image" content="/img/quaypost_logo_share.png">'],
  ])('is not seen in %s', (_name, html) => {
    expect(imagesOf(html.startsWith('<meta') ? page(TITLE, html) : within(html))).toEqual([]);
  });

  it('that leads to a larger one, or stands in a paragraph, is none of another article', () => {
    const html =
      '<a href="/photos/wall.html"><img src="/wall.jpg"></a><p><a href="https://ferry.example/"><img src="/ferry.jpg"></a> The ferry that Ann Lee built in her shed on the far side of the harbour is a sight, too, and runs every hour.</p>';
    expect(imagesOf(within(html)).map(({ url }) => url)).toEqual([
      'https://www.example.org/wall.jpg',
      'https://www.example.org/ferry.jpg',
    ]);
  });
});

describe('what stands under a picture', () => {
  const WORDS = 'Divers look at the stones below the water line.';
  const imageOf = (html: string) => fieldsOf(within(html)).image?.[0];

  it.each([
    [
      'says the same as for those who do not see it',
      `<div><img src="/quay.jpg" alt="${WORDS}"><div>${WORDS} | © Ida Holm</div></div>`,
    ],
    [
      'is credited in an element before it',
      `<figure><div class="caption"><div class="bildautor">Bild: Ida Holm</div><div>${WORDS}</div></div><img src="/quay.jpg"></figure>`,
    ],
    [
      'has the word before the credit in an element of its own',
      `<figure><img src="/quay.jpg"><figcaption>${WORDS} - <span class="copyright">Copyright </span><span class="credit">Ida Holm</span></figcaption></figure>`,
    ],
    [
      'can be hidden, by a button in it',
      `<div class="box has-source"><img src="/quay.jpg"></div><div class="credit-caption"><div class="caption">${WORDS} <b class="toggle-caption">hide caption</b></div><span class="credit">Ida Holm</span></div>`,
    ],
  ])('is its caption where it %s', (_name, html) => {
    expect(imageOf(`<div>${html}</div>`)).toEqual({
      url: 'https://www.example.org/quay.jpg',
      caption: WORDS,
      creditText: 'Ida Holm',
    });
  });

  it('is none where it is the title of another page', () => {
    const title = 'How the harbour was built in nine years';
    const teaser = `<div><div><img src="/other.jpg" alt="${title}"></div><a href="/2017/other"><div>${title}</div></a></div>`;
    expect(imageOf(teaser)?.caption).toBeUndefined();
  });

  it('goes before what machines are told', () => {
    const stated = jsonLd({
      '@type': 'NewsArticle',
      headline: 'The old quay wall holds',
      image: [
        { '@type': 'ImageObject', url: 'https://www.example.org/first.jpg' },
        { '@type': 'ImageObject', url: 'https://www.example.org/quay.jpg', caption: 'The quay' },
      ],
    });
    const shown = `<figure><img src="/quay.jpg"><figcaption>${WORDS}</figcaption></figure>`;
    expect(fieldsOf(within(shown).replace('<head>', `<head>${stated}`)).image?.[1]?.caption).toBe(WORDS);
  });
});

it("an author's portrait is no picture of the article", () => {
  const byline =
    '<div class="who"><img src="/ida.jpg" width="300" alt="Ida Holm"> By <a rel="author" href="/ida">Ida Holm</a></div>';
  expect(fieldsOf(page(`${TITLE}${byline}`)).image).toBeUndefined();
});

it('a large picture between headline and text is the main one where nothing else is named', () => {
  const lead = '<div class="lead"><img src="/quay.jpg" width="1200" height="800"></div>';
  expect(fieldsOf(page(`${TITLE}${lead}`)).image).toEqual([{ url: 'https://www.example.org/quay.jpg' }]);
});

it('an address that a script has yet to fill in is none', () => {
  const late = '<img data-url="https://pictures.example/quay_{{format}}.jpg"><img data-src="/a_{width}.jpg">';
  expect(fieldsOf(within(late)).image).toBeUndefined();
});

it('an advertisement is no video of the article', () => {
  expect(
    videosOf('<video src="https://gcdn.2mdn.net/videoplayback/id/6c/source/web_video_ads/file.mp4"></video>'),
  ).toEqual([]);
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

  it('of thousands of cells, of which a sample is judged, is in the body as a whole', () => {
    const tide = (at: number): string => `${at % 24}:${10 + (at % 50)}`;
    const tides = Array.from(
      { length: 600 },
      (_, at) => `<tr><td>Day ${at}</td><td>${tide(at)}</td><td>${tide(at + 6)}</td></tr>`,
    );
    const { articleBody, articleHtml } = fieldsOf(within(`<table>${tides.join('')}</table>`));
    expect(articleHtml).toContain(`<table>${tides.join('')}</table>`);
    expect(articleBody!.match(/^Day \d+\t/gm)).toHaveLength(600);
  });

  it('at the end of the text is one as well', () => {
    const html = page(TITLE).replace(/<\/p><\/div>/, `</p>${table}</div>`);
    expect(fieldsOf(html).articleHtml).toMatch(/<table>.*<\/table>$/);
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

it('is all that an article has that is a picture', () => {
  const page = `<html><head><title>Cartoon: Berg on the new ferry fares - Harbour Courier</title><meta property="og:type" content="article"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Cartoon: Berg on the new ferry fares</h1><p class="byline">By Jon Berg</p>
<figure><img src="/cartoon.png" width="1000" height="700" alt="A gull at a ticket window"></figure></article>
<section><h2>More</h2><a href="/a"><img src="/teaser.png" width="400" height="300">Ferry delays expected</a></section>
<section class="newsletter"><h3>Sign up to our newsletter</h3><p>Get the day's headlines delivered to your inbox every morning.</p></section></body></html>`;
  const { image, articleBody, headline } = fieldsOf(page);
  expect({ image, articleBody, headline }).toEqual({
    image: [{ url: 'https://www.example.org/cartoon.png' }],
    articleBody: undefined,
    headline: 'Cartoon: Berg on the new ferry fares',
  });
});

describe('the caption under a picture is not that of the logo over it', () => {
  const PHOTO = '<img src="/photos/quay.jpg" width="800">';
  const LOGO = '<img src="/brand/courier-mark.png" alt="The Courier" width="320" height="80">';
  const UNDER = '<p class="caption">The wall at noon. Photo: Ann Lee</p>';
  const site = '<meta property="og:site_name" content="The Courier">';
  const wanted = [
    { url: 'https://www.example.org/photos/quay.jpg', caption: 'The wall at noon.', creditText: 'Ann Lee' },
  ];

  it.each([
    ['where one box is the caption’s and the picture’s', `${LOGO}<div class="picture-caption">${PHOTO}${UNDER}</div>`],
    [
      'where both stand in one figure',
      `<figure>${LOGO}${PHOTO}<figcaption>The wall at noon. Photo: Ann Lee</figcaption></figure>`,
    ],
  ])('%s', (_, lead) => {
    expect(fieldsOf(page(TITLE + lead, site)).image).toEqual(wanted);
  });

  it('but a picture that is called as the site is has its own', () => {
    const lead = `<figure>${PHOTO.replace('<img', '<img alt="The Courier"')}<figcaption>The wall at noon. Photo: Ann Lee</figcaption></figure>`;
    expect(fieldsOf(page(TITLE + lead, site)).image).toEqual(wanted);
  });
});

it.each(['imageDescription', 'img_desc', 'figcap'])('what is called %s is a caption', (name) => {
  const picture = `<div class="box"><img src="/quay.jpg" width="600"><span class="${name}">The wall at noon, seen from the ferry</span></div>`;
  expect(fieldsOf(within(picture)).image?.[0]?.caption).toBe('The wall at noon, seen from the ferry');
});

it('a picture that a click opens larger is that one', () => {
  const picture = '<p><a href="/posts/quay.jpg"><img src="/posts/thumbs/quay.jpg" width="400"></a></p>';
  expect(fieldsOf(within(picture)).image?.[0]?.url).toBe('https://www.example.org/posts/quay.jpg');
});

it('a figure between headline and text is the article’s picture where nothing else tells one', () => {
  const html = page(`${TITLE}<figure><img src="/quay.jpg" alt=""></figure>`);
  expect(fieldsOf(html).image?.map(({ url }) => url)).toEqual(['https://www.example.org/quay.jpg']);
});

it('a caption whose agency stands behind a stroke', () => {
  const picture =
    '<figure><img src="/quay.jpg" width="600"><figcaption>The quay at noon. <span>Photo by </span><a href="/a">Ann Lee</a><span> / </span><a href="/u">Unsplash</a></figcaption></figure>';
  expect(fieldsOf(within(picture)).image?.[0]).toMatchObject({
    caption: 'The quay at noon.',
    creditText: 'Ann Lee / Unsplash',
  });
});

it('pictures that are counted have captions without their numbers', () => {
  const figure = (caption: string, i: number) =>
    `<figure><img src="/quay-wall-in-may-${i}.jpg" width="800"><figcaption>${caption}</figcaption></figure>`;
  const captionsOf = (captions: readonly string[]) =>
    fieldsOf(within(captions.map(figure).join(''))).image?.map(({ caption }) => caption);
  expect(captionsOf(['1 / 2 The wall at noon', '2 / 2 The divers'])).toEqual(['The wall at noon', 'The divers']);
  expect(captionsOf(['1of2The wall at noon', '2of2The divers'])).toEqual(['The wall at noon', 'The divers']);
  expect(captionsOf(['1/2 cup of the flour', 'The bread'])).toEqual(['1/2 cup of the flour', 'The bread']);
});
