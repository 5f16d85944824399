/** Articles told from other pages, with the reason. */
import { describe, expect, it } from 'vitest';
import { explainPage, extractPage, parseDocument } from '../../../src/extract/index.js';
import type { PageVerdict } from '../../../src/page.js';

const SITE = 'https://paper.example';

function verdictOf(path: string, html: string): PageVerdict {
  return extractPage(parseDocument(html), { url: SITE + path, html }).verdict;
}
const reasonOf = (path: string, html: string): string => {
  const verdict = verdictOf(path, html);
  return verdict.isArticle ? verdict.type : verdict.reason;
};

const PROSE = [
  'The ferry between the two banks sails again on Sundays, after four winters in which it lay at the quay and gathered leaves.',
  'Seven volunteers passed the pilot’s exam in spring and share the shifts. The oldest of them is eighty-one and takes the early one.',
  'A crossing costs a euro, and bicycles travel for nothing. Dogs do too, as long as they keep away from the helm.',
];
const STORY = PROSE.map((text) => `<p>${text}</p>`).join('');
const page = (title: string, main: string, head = '') =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><header><a href="/">The Paper</a><nav><a href="/news/">News</a></nav></header><main>${main}</main><footer>© The Paper</footer></body></html>`;
const ld = (object: object) =>
  `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...object })}</script>`;
const TEASERS = Array.from(
  { length: 9 },
  (_, i) =>
    `<article class="teaser"><h2><a href="/news/${i}-ferry">Ferry number ${i} returns to the river after a long winter</a></h2><p>${PROSE[i % 3]}</p></article>`,
).join('');

describe('an article', () => {
  it('is a page of prose under a headline, whatever its markup', () => {
    expect(
      reasonOf(
        '/news/ferry',
        page(
          'Ferry sails again on Sundays after four winters',
          `<h1>Ferry sails again on Sundays after four winters</h1><i>2 June 2024</i>${STORY}`,
        ),
      ),
    ).toBe('NewsArticle');
  });

  it('stays one beside a long list of other articles', () => {
    expect(
      reasonOf(
        '/news/ferry-sails-again-on-sundays',
        page(
          'Ferry sails again on Sundays',
          `<h1>Ferry sails again on Sundays after winter</h1><time datetime="2024-06-02">2 June</time>${STORY}<section>${TEASERS}</section>`,
        ),
      ),
    ).toBe('NewsArticle');
  });

  it('has the type that its linked data gives', () => {
    for (const type of ['OpinionNewsArticle', 'LiveBlogPosting', 'ImageGallery', 'VideoObject']) {
      const head = ld({ '@type': type, headline: 'Ferry sails again on Sundays', datePublished: '2024-06-02' });
      expect(
        reasonOf(
          '/x/ferry',
          page('Ferry sails again', `<h1>Ferry sails again on Sundays</h1><p>${PROSE[0]}</p>`, head),
        ),
      ).toBe(type);
    }
  });

  it('may be a stub behind a paywall', () => {
    const head = ld({
      '@type': 'NewsArticle',
      headline: 'Ferry sails again on Sundays',
      datePublished: '2024-06-02',
      isAccessibleForFree: false,
    });
    const html = page(
      'Ferry sails again on Sundays',
      `<h1>Ferry sails again on Sundays</h1><p>${PROSE[0]}</p><div class="paywall"><p>Subscribe to read on.</p></div>`,
      head,
    );
    const draft = extractPage(parseDocument(html), { url: `${SITE}/news/ferry-1234`, html });
    expect(draft.verdict).toEqual({ isArticle: true, type: 'NewsArticle' });
    expect(draft.fields.isAccessibleForFree).toBe(false);
  });
});

describe('a page that is no article says why', () => {
  it('front page', () => {
    expect(reasonOf('/', page('The Paper', TEASERS))).toBe('front-page');
    expect(reasonOf('/index.html', page('The Paper', TEASERS))).toBe('front-page');
  });

  it('section, archive, tag and author page', () => {
    expect(reasonOf('/news/', page('News | The Paper', `<h1>News</h1>${TEASERS}`))).toBe('section');
    expect(reasonOf('/river/', page('River | The Paper', `<h1>River</h1>${TEASERS}`))).toBe('section');
    expect(reasonOf('/2024/06/', page('June 2024', `<h1>June 2024</h1>${TEASERS}`))).toBe('section');
    expect(reasonOf('/tag/ferries', page('Tag: ferries', `<h1>Tag: ferries</h1>${TEASERS}`))).toBe('tag');
    expect(
      reasonOf(
        '/author/jorien',
        page('Jorien Haverkate', `<h1>Jorien Haverkate</h1><p>Writes about water.</p>${TEASERS}`),
      ),
    ).toBe('author-page');
  });

  it('section pages whose lists are in linked data too', () => {
    const items = Array.from({ length: 5 }, (_, i) => ({
      '@type': 'NewsArticle',
      headline: `Ferry number ${i} returns`,
      url: `${SITE}/news/${i}-ferry`,
      datePublished: '2024-06-02',
    }));
    expect(
      reasonOf(
        '/river/',
        page(
          'River | The Paper',
          `<h1>River</h1>${TEASERS}`,
          ld({ '@graph': [{ '@type': 'CollectionPage', name: 'River' }, ...items] }),
        ),
      ),
    ).toBe('section');
  });

  it('search', () => {
    expect(reasonOf('/search?q=ferry', page('Search results for ferry', `<h1>Search results</h1>${TEASERS}`))).toBe(
      'search',
    );
  });

  it.each([
    [
      '/about',
      'About us',
      'We are a small paper, founded by three friends who could not agree on anything but the river.',
    ],
    [
      '/impressum',
      'Impressum',
      'Verantwortlich im Sinne des Gesetzes ist die Verlagsgesellschaft am Markt, vertreten durch die Geschäftsführung.',
    ],
    [
      '/mentions-legales',
      'Mentions légales',
      'Le site est édité par la société du port, au capital de dix mille euros, immatriculée au registre du commerce.',
    ],
    ['/gywm.htm', '关于我们', '本报创刊于一九八五年，是一份面向本地读者的日报，编辑部设在老桥旁边。'],
    ['/about-2', 'من نحن', 'صحيفة محلية تصدر منذ سنوات وتعنى بأخبار القرى والبلدات على ضفتي النهر.'],
    [
      '/privacy-policy',
      'Privacy policy',
      'We keep what you send us for as long as we need it, and we never sell it to anybody else.',
    ],
  ])('about: %s', (path, title, text) => {
    expect(reasonOf(path, page(`${title} - The Paper`, `<h1>${title}</h1><p>${text}</p>`))).toBe('about');
  });

  it.each([
    ['Page not found', 'The page you are looking for may have been moved or deleted. Try the links above.'],
    ['404', 'Diese Seite gibt es nicht.'],
    ['Seite nicht gefunden', 'Die gewünschte Seite wurde leider nicht gefunden. Vielleicht hilft die Suche weiter.'],
    ['Страница не найдена', 'Возможно, она была удалена или перенесена. Попробуйте начать с главной страницы.'],
    ['ページが見つかりません', 'お探しのページは移動または削除された可能性があります。'],
  ])('soft 404: %s', (title, text) => {
    expect(
      reasonOf('/news/an-old-story-that-went-2019', page(`${title} - The Paper`, `<h1>${title}</h1><p>${text}</p>`)),
    ).toBe('soft-404');
  });

  it('consent wall', () => {
    const text =
      'With your consent, we and our partners use cookies or similar technologies to store and access personal data such as your visit on this site.';
    expect(
      reasonOf(
        '/news/ferry-sails-again-on-sundays',
        page('Your privacy - The Paper', `<h1>We value your privacy</h1><p>${text}</p><button>Accept</button>`),
      ),
    ).toBe('consent-wall');
  });

  it('bot wall', () => {
    expect(
      reasonOf(
        '/news/ferry-sails-again-on-sundays',
        page('Just a moment...', '<h1>Just a moment...</h1><p>Checking your browser before you go on.</p>'),
      ),
    ).toBe('bot-wall');
  });

  it('empty pages', () => {
    expect(reasonOf('/news/x', '')).toBe('no-body');
    expect(reasonOf('/news/x', page('The Paper', '<div id="root"></div>'))).toBe('no-body');
  });
});

it('says which signals made the verdict', () => {
  const html = page('News | The Paper', `<h1>News</h1>${TEASERS}`);
  const { signals, draft } = explainPage(parseDocument(html), { url: `${SITE}/news/`, html });
  expect(draft.verdict.isArticle).toBe(false);
  expect(signals.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(0);
});
