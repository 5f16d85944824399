/** Where an article is filed, who signs it and by which names: what content systems write is told from what they mean. */
import { describe, expect, it } from 'vitest';
import { readNames } from '../../../src/extract/author/names.js';
import { fieldsOf, jsonLd, page } from '../reading.js';

const TITLE = 'Old quay wall holds through the storm';
const H1 = `<h1>${TITLE}</h1>`;
const crumb = (name: string, item: string) => ({ '@type': 'ListItem', name, item });
const crumbs = (...itemListElement: unknown[]) => jsonLd({ '@type': 'BreadcrumbList', itemListElement });

describe('links that file an article', () => {
  const filed = `<footer>In <a href="/c/harbour/" rel="category tag">Harbour</a>, <a href="/c/storms/" rel="category tag">Storms</a>. Tags: <a href="/t/quay" rel="tag">#quay walls</a>, <a href="/t/divers" rel="tag">divers</a></footer>`;

  it('give categories as sections and tags as keywords', () => {
    const { articleSection, keywords } = fieldsOf(page(H1, '', filed));
    expect([articleSection, keywords]).toEqual([
      ['Harbour', 'Storms'],
      ['quay walls', 'divers'],
    ]);
  });

  it('are not those of teasers', () => {
    const teaser = (name: string) =>
      `<div class="teaser"><h3><a href="/${name}">Another story of the ${name} and its people</a></h3><p>Short text.</p><a href="/t/${name}" rel="tag">${name}</a></div>`;
    const teasers = ['market', 'tram', 'theatre', 'museum', 'castle', 'park']
      .map(teaser)
      .join('<hr><p>More</p>'.repeat(6));
    expect(fieldsOf(page(H1, '', `${filed}<aside class="related">${teasers}</aside>`)).keywords).toEqual([
      'quay walls',
      'divers',
    ]);
  });

  it('are told by their address where a theme calls categories tags, or tells nothing', () => {
    const theme = '<p>In <a rel="tag" href="/category/local/">Local</a></p>';
    const bare = '<div class="field-tags"><a href="/tags/quay">Quay</a> <a href="/tags/river">River</a></div>';
    expect(fieldsOf(page(H1, '', theme)).articleSection).toEqual(['Local']);
    expect(fieldsOf(page(H1, '', theme)).keywords).toBeUndefined();
    expect(fieldsOf(page(H1, '', bare)).keywords).toEqual(['Quay', 'River']);
    expect(fieldsOf(page(`<nav>${bare}</nav>${H1}`)).keywords).toBeUndefined();
  });

  it('lead to no teaser', () => {
    expect(
      fieldsOf(
        page(H1, '', '<a rel="tag" href="/n/7">Weiterlesen über Neue Boote</a> <a rel="tag" href="/t/q">Kai</a>'),
      ).keywords,
    ).toEqual(['Kai']);
  });
});

describe('sections', () => {
  const sectionsOf = (head: string, over = H1) => fieldsOf(page(over, head)).articleSection;

  it('stand in the order in which crumbs lead through them', () => {
    const told = jsonLd({ '@type': 'NewsArticle', headline: TITLE, articleSection: ['Harbour', 'Local'] });
    const way = crumbs(
      crumb('Front', 'https://www.example.org/'),
      crumb('Local', 'https://www.example.org/local'),
      crumb('Harbour', 'https://www.example.org/local/harbour'),
    );
    expect(sectionsOf(told + way)).toEqual(['Local', 'Harbour']);
  });

  it('are not the way home, whatever it is called, unless the page tells that it is one', () => {
    const way = crumbs(crumb('Zprávy', 'https://www.example.org/'), crumb('Local', 'https://www.example.org/local'));
    expect(sectionsOf(way)).toEqual(['Local']);
    expect(sectionsOf(`<meta property="article:section" content="zprávy">${way}`)).toEqual(['Zprávy', 'Local']);
  });

  it.each([
    ['parted by commas', '<meta property="article:section" content="Harbour,Storms">', ['Harbour', 'Storms']],
    [
      'parted by a comma that no space follows',
      '<meta property="article:section" content="Main Blog,Storms">',
      ['Main Blog', 'Storms'],
    ],
    [
      'written as a way in the site',
      '<meta property="article:section" content="/local/harbour">',
      ['local', 'harbour'],
    ],
    [
      'with the keywords behind them',
      `<meta name="keywords" content="quay,wall,divers">${jsonLd({ '@type': 'NewsArticle', headline: TITLE, articleSection: ['Harbour', 'quay', 'wall', 'divers'] })}`,
      ['Harbour'],
    ],
    [
      'between headline and site in the title',
      `<title>${TITLE} - Harbour - The Quay Post</title><meta property="og:site_name" content="The Quay Post">`,
      ['Harbour'],
    ],
    [
      'of the other thing that tells of the same article',
      jsonLd({
        '@type': 'BlogPosting',
        headline: TITLE,
        datePublished: '2017-11-23',
        author: 'Ann Lee',
        url: '/2017/11/quay-wall-holds',
      }) + jsonLd({ '@type': 'Article', headline: TITLE, articleSection: 'Harbour' }),
      ['Harbour'],
    ],
  ])('%s are read', (_name, head, expected) => {
    expect(sectionsOf(head)).toEqual(expected);
  });

  it.each(['Tweet', 'Siehe auch', 'Posted by Ann Lee', '구독', 'تابعنا'])(
    'are not a kicker that says "%s"',
    (kicker) => {
      expect(
        sectionsOf('<meta name="author" content="Ann Lee">', `<div class="kicker">${kicker}</div>${H1}`),
      ).toBeUndefined();
    },
  );
});

describe("an author's address", () => {
  const authorOf = (author: unknown) =>
    fieldsOf(page(H1, jsonLd({ '@type': 'NewsArticle', headline: TITLE, author }))).author?.[0];

  it('is no name read as one', () => {
    expect(authorOf('Ann Lee')).toEqual({ '@type': 'Person', name: 'Ann Lee' });
  });

  it('is read with its entities', () => {
    expect(
      authorOf({ '@type': 'Person', name: 'Ann Lee', url: 'https://www.example.org/?type=profile&#038;p=12' })?.url,
    ).toBe('https://www.example.org/?type=profile&p=12');
  });
});

describe('an author', () => {
  const namesOf = (content: string, lang: string) =>
    fieldsOf(page(H1, `<meta name="author" content="${content}">`).replace('"en"', `"${lang}"`)).author?.map(
      ({ name }) => name,
    );

  it.each([
    ['حسام أبو العلا - القاهرة', 'ar', ['حسام أبو العلا']],
    ['Lille - Anne Dupont', 'fr', ['Anne Dupont']],
  ])('is read of "%s" without the place', (content, lang, expected) => {
    expect(namesOf(content, lang)).toEqual(expected);
  });
});

describe('who signs', () => {
  it.each([
    ['bn', 'নিজস্ব প্রতিবেদক', 'Organization', 'নিজস্ব প্রতিবেদক'],
    ['zh', '新华网', 'Organization', '新华网'],
  ])('in %s as "%s" is of the kind %s', (lang, content, type, name) => {
    const html = page(H1, `<meta name="author" content="${content}">`).replace('"en"', `"${lang}"`);
    expect(fieldsOf(html).author).toEqual([{ '@type': type, name }]);
  });

  it('is introduced by a word that begins names in other languages', () => {
    expect(readNames('Na Juma Hassan', ['sw'])).toEqual(['Juma Hassan']);
    expect(readNames('Na Hong-jin', ['ko'])).toEqual(['Na Hong-jin']);
  });

  it('is an organisation where it is a station of the site', () => {
    const head = `<meta property="og:site_name" content="NTR">${jsonLd({
      '@type': 'NewsArticle',
      headline: TITLE,
      author: [
        { '@type': 'Person', name: 'Ann Lee' },
        { '@type': 'Person', name: 'NTR NORTH' },
      ],
    })}`;
    expect(fieldsOf(page(H1, head)).author?.map((author) => author['@type'])).toEqual(['Person', 'Organization']);
  });
});

describe('a date', () => {
  it("is read from an element of the site's own", () => {
    const time = '<relative-time datetime="2017-11-23T09:30:00+01:00">2 hours ago</relative-time>';
    expect(fieldsOf(page(H1 + time)).datePublished).toBe('2017-11-23T09:30:00+01:00');
  });
});

describe('a text that a quotation mark in its attribute cut off', () => {
  it('gives way to the whole one', () => {
    const lead = 'The old wall, which divers call the "lady" of the harbour, held through the night of the storm.';
    const head = `<title>Old wall, the "lady", holds</title><meta property="og:title" content="Old wall, the "lady", holds"><meta property="og:description" content="${lead}">${jsonLd({ '@type': 'NewsArticle', headline: 'Old wall, the "lady", holds', description: lead })}`;
    const { headline, description } = fieldsOf(page('<h1>Old wall, the "lady", holds</h1>', head));
    expect([headline, description]).toEqual(['Old wall, the "lady", holds', lead]);
  });
});

describe('a second headline', () => {
  it('is not the description again', () => {
    const lead = 'The old quay wall held through the night while the storm pushed the water two metres over its mark.';
    const head = jsonLd({ '@type': 'NewsArticle', headline: TITLE, alternativeHeadline: lead, description: lead });
    expect(fieldsOf(page(H1, head)).alternativeHeadline).toBeUndefined();
  });
});

describe('the publisher', () => {
  it('is not the system that the page was made with', () => {
    const head = `<meta property="og:site_name" content="The Quay Post">${jsonLd({ '@type': 'BlogPosting', headline: TITLE, publisher: { '@type': 'Organization', name: 'Blogger' } })}`;
    expect(fieldsOf(page(H1, head)).publisher?.name).toBe('The Quay Post');
  });
});

describe('a site that calls itself what each of its pages is called', () => {
  it('does not take the headline away', () => {
    const name = 'Old quay wall holds through the storm of the year';
    const head = `<title>${name}</title><meta property="og:site_name" content="${name}">`;
    const boxes = '<aside class="related"><h2>More in Harbour & Ships</h2></aside>';
    expect(fieldsOf(page('', head, boxes)).headline).toBe(name);
  });
});

describe('the time of the last change', () => {
  it('is the later one that machines are told where another says the time of publication again', () => {
    const told = {
      '@type': 'NewsArticle',
      headline: TITLE,
      datePublished: '2017-11-23T10:00:00Z',
      dateModified: '2017-11-23T10:00:00Z',
    };
    const head = `<meta property="article:modified_time" content="2017-11-23T11:22:01Z">${jsonLd(told)}`;
    expect(fieldsOf(page(H1, head)).dateModified).toBe('2017-11-23T11:22:01Z');
  });

  it('is not the time of publication on the clock of another zone', () => {
    const told = {
      '@type': 'NewsArticle',
      headline: TITLE,
      datePublished: '2017-11-23T10:00:00Z',
      dateModified: '2017-11-23T10:00:00Z',
    };
    const head = `<meta property="article:modified_time" content="2017-11-23T13:00:00Z">${jsonLd(told)}`;
    expect(fieldsOf(page(H1, head)).dateModified).toBe('2017-11-23T10:00:00Z');
  });
});
