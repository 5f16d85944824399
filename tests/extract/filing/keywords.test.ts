/** Keywords, sections, publishers, descriptions, pictures and datelines: what readers would call so, not what content systems file articles by. */
import { describe, expect, it } from 'vitest';
import { readDateline } from '../../../src/extract/date/dateline.js';
import { fieldsOf, jsonLd, page } from '../reading.js';

const H1 = '<h1>Old quay wall holds through the storm</h1>';

describe('a keyword', () => {
  it('is a word, not a label of a content system', () => {
    const labels = [
      'Harbour',
      '_evergreen',
      'Category: Life',
      'NLP Category: General',
      'cce15240-c52a-4887-a61a-cd64701d6596',
      'thecourier.com',
      'tag:123',
      'exclude-from-homepage',
      'comments-enabled',
      'textaboveleftsmall',
      '22f95ab6a0e531a50eef0fd33b67b410',
      '[SYNDICATED]',
      '{team}',
      'quay walls',
    ];
    expect(fieldsOf(page(H1, `<meta name="keywords" content="${labels.join(', ')}">`)).keywords).toEqual([
      'Harbour',
      'quay walls',
    ]);
  });
});

it('who wrote the article is no keyword of it', () => {
  const told = '<meta name="author" content="Jane Doe"><meta name="keywords" content="Harbour, Jane Doe, quay walls">';
  expect(fieldsOf(page(H1, told)).keywords).toEqual(['Harbour', 'quay walls']);
});

const keywordsOf = (content: string): readonly string[] | undefined =>
  fieldsOf(
    page(H1, `<meta property="og:site_name" content="The Quay Post"><meta name="keywords" content="${content}">`),
  ).keywords;

describe('keywords', () => {
  it.each([
    ["the site's name", 'Harbour, The Quay Post, quay walls', ['Harbour', 'quay walls']],
    ['the headline', 'Old quay wall holds through the storm, Harbour', ['Harbour']],
    [
      'numbers and marks of content systems',
      'Article, 104746419, editors_pick, source:tagname:Wire, Uncategorized, Harbour',
      ['Harbour'],
    ],
    ['addresses', 'ann.lee@post.example, Harbour', ['Harbour']],
    ['the words of the address', 'quay, wall, holds, 2017, storm', ['quay', 'wall', 'holds', 'storm']],
  ])('never are %s', (_name, content, expected) => {
    expect(keywordsOf(content)).toEqual(expected);
  });

  it('are absent where they are the words of the headline alone', () => {
    expect(keywordsOf('Old, quay, wall, holds, through, storm')).toBeUndefined();
  });

  it.each([
    ['in quotes', '&quot;Quay walls&quot;', ['Quay walls']],
    ['beside labels', 'Section: News, type: news, Harbour', ['Harbour']],
    ['behind a label of their own', 'Tag:Quay walls', ['Quay walls']],
  ])('%s are read without them', (_name, content, expected) => {
    expect(keywordsOf(content)).toEqual(expected);
  });

  it('are parted where one of several holds a list, and not at the comma of a name', () => {
    const tags = ['quay walls, divers, ferries', 'Doe, Jane'].map(
      (tag) => `<meta property="article:tag" content="${tag}">`,
    );
    expect(fieldsOf(page(H1, tags.join(''))).keywords).toEqual(['quay walls', 'divers', 'ferries', 'Doe, Jane']);
  });

  it('are absent where they are the words of the address alone', () => {
    const head = '<meta name="keywords" content="old, quay, wall, holds">';
    expect(
      fieldsOf(page('<h1>The stones of the harbour</h1>', head), 'https://www.example.org/news/old-quay-wall-holds')
        .keywords,
    ).toBeUndefined();
  });
});

describe('sections', () => {
  const crumbs = (...names: string[]) =>
    jsonLd({
      '@type': 'BreadcrumbList',
      itemListElement: names.map((name, i) => ({
        '@type': 'ListItem',
        position: i + 1,
        name,
        item: `https://www.example.org/${i}`,
      })),
    });
  const sectionsOf = (head: string, over = H1) => fieldsOf(page(over, head)).articleSection;

  it('are the whole way that crumbs lead to the one that is told, as readers see their names', () => {
    const head = `<meta property="article:section" content="espana">${crumbs('Portada', 'España', 'Córdoba', 'Old quay wall holds through the storm: the night in the harbour')}`;
    expect(sectionsOf(head)).toEqual(['España', 'Córdoba']);
  });

  it('are not the page itself, the site, or what nobody chose', () => {
    const list = {
      '@type': 'BreadcrumbList',
      itemListElement: [
        { '@type': 'ListItem', item: { '@id': 'https://www.example.org/', name: 'Home' } },
        { '@type': 'ListItem', item: { '@id': 'https://www.example.org/h', name: 'Harbour' } },
        {
          '@type': 'ListItem',
          item: { '@id': 'https://www.example.org/2017/11/quay-wall-holds', name: 'The night of the storm' },
        },
      ],
    };
    expect(sectionsOf(jsonLd(list))).toEqual(['Harbour']);
    expect(sectionsOf('<meta property="article:section" content="Uncategorized">')).toBeUndefined();
  });

  it('are read from <meta> of any name that speaks of one', () => {
    expect(sectionsOf('<meta name="sailthru_section" content="harbour">')).toEqual(['harbour']);
  });

  it('are no buttons, ways about or templates', () => {
    expect(sectionsOf(crumbs('Main navigation', 'Harbour', 'Detail'))).toEqual(['Harbour']);
    for (const name of ['Download this chart', 'Zur Startseite', 'RSS', '{{section.name}}', 'Ausgabe kaufen'])
      expect(sectionsOf('', `<div itemprop="articleSection"><a href="/x">${name}</a></div>${H1}`)).toBeUndefined();
  });

  it('are not who wrote it', () => {
    const byline =
      '<div class="section-byline"><span class="author">By <a href="/by/ann-lee" rel="author">Ann Lee</a></span></div>';
    expect(
      sectionsOf(
        '<meta name="author" content="Ann Lee">',
        `<div class="section"><a href="/by/ann-lee">Ann Lee</a></div>${H1}${byline}`,
      ),
    ).toBeUndefined();
  });
});

describe('the publisher', () => {
  const publisherOf = (head: string, url?: string) => fieldsOf(page(H1, head), url)?.publisher?.name;

  it.each([
    ['an address', jsonLd({ '@type': 'WebSite', name: 'http://www.quaypost.example' }), 'quaypost.example'],
    [
      'a name with a motto',
      '<meta property="og:site_name" content="The Example | Harbour | Ships | Divers">',
      'The Example | Harbour | Ships | Divers',
    ],
    ['an account', '<meta name="publisher" content="@quaypost">', undefined],
  ])('where the page tells %s', (_name, head, expected) => {
    expect(publisherOf(head)).toBe(expected);
  });

  it('is not what a content system calls the front page', () => {
    expect(publisherOf('<meta property="og:site_name" content="Start">')).not.toBe('Start');
  });

  it('is told without the motto that stands behind the name in the address', () => {
    const head = '<meta property="og:site_name" content="Quay Post - All that ships bring, every day">';
    expect(publisherOf(head, 'https://www.quaypost.example/news/old-quay-wall')).toBe('Quay Post');
  });

  it('is what the title ends with, where the address says the same', () => {
    const head = '<title>Old quay wall holds through the storm - The Quay Post</title>';
    expect(publisherOf(head, 'https://www.thequaypost.example/news/old-quay-wall')).toBe('The Quay Post');
    expect(publisherOf(head, 'https://www.quaypost.example/news/old-quay-wall')).toBe('The Quay Post');
    expect(publisherOf(head, 'https://www.example.org/news/old-quay-wall')).toBeUndefined();
  });

  it('is not the headline', () => {
    const head =
      '<title>Old quay wall holds through the storm</title><meta property="og:site_name" content="Old quay wall holds through the storm">';
    expect(publisherOf(head)).toBeUndefined();
  });
});

describe('the description', () => {
  const descriptionOf = (head: string) => fieldsOf(page(H1, head)).description;
  const LEAD =
    'The old quay wall held through the night while the storm pushed the water two metres over its usual mark';

  it('is the headline again only where nothing says more', () => {
    const headline = 'Old quay wall holds through the storm';
    const social = `<meta property="og:description" content="${headline}">`;
    expect(descriptionOf(`${social}<meta name="description" content="${LEAD}.">`)).toBe(`${LEAD}.`);
    expect(descriptionOf(`${social}<meta name="description" content="Quay Post">`)).toBe(headline);
  });

  it.each([
    ['buttons before the text', `Share on Facebook Tweet Print ${LEAD}.`, `${LEAD}.`],
    ['an arrow that leads on', `${LEAD} … Continue reading The old quay wall →`, `${LEAD}…`],
    ['a bracket that leads on', `${LEAD} [&hellip;]`, `${LEAD}…`],
    ['words that lead on', `${LEAD}... Read more`, `${LEAD}…`],
    ['words that lead on without a mark', `${LEAD} Read More`, `${LEAD}…`],
    ['words that lead on behind a sentence', `${LEAD}. Weiterlesen →`, `${LEAD}.`],
    ["the site's name", `${LEAD}. | Quay Post`, `${LEAD}.`],
    ['three dots', `${LEAD}...`, `${LEAD}...`],
  ])('is told without %s', (_name, content, expected) => {
    expect(
      descriptionOf(`<meta property="og:site_name" content="Quay Post"><meta name="description" content="${content}">`),
    ).toBe(expected);
  });

  it('is that of the article where the page also has one of the site', () => {
    const site =
      '<meta name="description" content="Breaking headlines, sport results, weather forecasts, celebrity gossip, jobs, property listings">';
    const html = page(H1, `${site}<meta name="description" content="${LEAD}.">`).replaceAll(
      '</p>',
      ' Nobody in the upper town slept while the church bells rang, and the bakers brought bread to those who carried sand from the beach to the gates.</p>',
    );
    expect(fieldsOf(html).description).toBe(`${LEAD}.`);
    expect(fieldsOf(html.replace(/<meta name="description" content="The old[^>]*>/, '')).description).toBeUndefined();
  });
});

describe('pictures', () => {
  it('are not those of authors and banners', () => {
    const html = page(
      H1,
      '',
      `<img src="/images/authors/jane.jpg" width="400" height="400"><img src="/media/werbung_3.jpg" width="400" height="300"><img src="/media/quay.jpg" width="800" height="600">`,
    );
    expect(fieldsOf(html).image?.map(({ url }) => url)).toEqual(['https://www.example.org/media/quay.jpg']);
  });
});

describe('a dateline', () => {
  it('is a place in capitals before a dash, not a kicker before a colon', () => {
    expect(readDateline('MINSK – The quay wall held through the night.', ['en'])).toEqual({ place: 'MINSK' });
    expect(readDateline('JAKARTA, COURIER.CO.ID – The quay wall held.', ['id'])).toEqual({ place: 'JAKARTA' });
    expect(readDateline('HARBOUR IN DANGER: The quay wall held through the night.', ['en'])).toBeUndefined();
  });
});
