/** Who wrote it: people out of every kind of byline, and nobody else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFullName, isSiteName, readNames } from '../../src/extract/author/names.js';
import { explained, fieldsOf, jsonLd, page } from './reading.js';

const H1 = '<h1>Old quay wall holds through the storm</h1>';
const authors = (html: string): string[] => (fieldsOf(html).author ?? []).map(({ name }) => name);

describe('names in a byline', () => {
  it.each([
    ['By Jane Doe', 'en', ['Jane Doe']],
    ['Von Anna Muster und Jörg Beispiel', 'de', ['Anna Muster', 'Jörg Beispiel']],
    ['Par Anne Exemple et Luc Modèle', 'fr', ['Anne Exemple', 'Luc Modèle']],
    ['Por Ana Ejemplo y Luis Modelo', 'es', ['Ana Ejemplo', 'Luis Modelo']],
    ['Text: Anna Muster', 'de', ['Anna Muster']],
    ['Автор: Анна Пример', 'ru', ['Анна Пример']],
    ['ByJane Doe', 'en', ['Jane Doe']],
    ['Jane Doe | Staff Writer', 'en', ['Jane Doe']],
    ['By Jane Doe, PhD, and John Roe, MD', 'en', ['Jane Doe', 'John Roe']],
    ['By Jane Doe, Senior Editor', 'en', ['Jane Doe']],
    ['Jane Doe December 5, 2016', 'en', ['Jane Doe']],
    ['Jane Doe (Agency)', 'en', ['Jane Doe']],
    ['December 5', 'en', []],
    ['Staff Writer', 'en', []],
  ])('%s', (text, language, names) => {
    expect(readNames(text, [language], true)).toEqual(names);
  });

  it('keep particles, initials and hyphens', () => {
    for (const name of ['Ludwig van Muster', 'J. R. Doe', 'Anna-Maria O’Hara', 'María de la Cruz'])
      expect(isFullName(name)).toBe(true);
  });

  it('are the site’s when its address spells or abbreviates them', () => {
    expect(isSiteName('The Example', ['theexample'])).toBe(true);
    expect(isSiteName('Examples Herald Today', ['eht'])).toBe(true);
    expect(isSiteName('Jane Doe', ['theexample', 'eht'])).toBe(false);
  });

  it('come out trimmed, each once, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.boolean(), (text, loose) => {
        const names = readNames(text, ['en'], loose);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toBe(name.trim());
      }),
    );
  });
});

describe('the authors', () => {
  it('are linked people before the owner that a <meta> names', () => {
    const html = page(
      `${H1}<p class="byline">By <a rel="author" href="/authors/jane-doe">Jane Doe</a></p>`,
      '<meta name="author" content="The Courier"><meta property="og:site_name" content="The Courier">',
    );
    expect(fieldsOf(html).author).toEqual([
      { '@type': 'Person', name: 'Jane Doe', url: 'https://www.example.org/authors/jane-doe' },
    ]);
  });

  it('are read from a line without any markup', () => {
    expect(authors(page(`${H1}<div>23 November 2017 | Von Anna Muster</div>`).replace('"en"', '"de"'))).toEqual([
      'Anna Muster',
    ]);
  });

  it('are read from a label in a line of its own', () => {
    expect(authors(page(`${H1}<div>By</div><div>Jane Doe</div>`))).toEqual(['Jane Doe']);
  });

  it('are read from a line at the body’s end', () => {
    expect(authors(page(H1, '', '<p><em>Text: Anna Muster</em></p>').replace('"en"', '"de"'))).toEqual(['Anna Muster']);
  });

  it('are all of those whose elements stand side by side', () => {
    const html = page(
      `${H1}<div><span class="author-name">Jane Doe</span> <span class="author-name">John Roe</span></div>`,
    );
    expect(authors(html)).toEqual(['Jane Doe', 'John Roe']);
  });

  it('are people apart from the paper they work for', () => {
    const html = page(
      H1,
      jsonLd({
        '@type': 'NewsArticle',
        headline: 'x',
        author: [
          { '@type': 'Person', name: 'Jane Doe' },
          { '@type': 'Organization', name: 'The Harbour Journal' },
        ],
      }),
    );
    expect(authors(html)).toEqual(['Jane Doe']);
  });

  it('may be an agency alone', () => {
    const html = page(`${H1}<p class="byline">Reuters</p>`);
    expect(fieldsOf(html).author).toEqual([{ '@type': 'Organization', name: 'Reuters' }]);
  });

  it('are not those of a picture, a comment or a teaser', () => {
    const html = page(
      `${H1}<figure><figcaption>Photo <span class="author">Phil Lens</span></figcaption></figure>`,
      '',
      '<div class="comments"><span class="author">Carl Commenter</span></div><aside class="related"><span class="author">Tessa Teaser</span></aside>',
    );
    expect(authors(html)).not.toEqual(expect.arrayContaining(['Carl Commenter']));
    expect(authors(html)).not.toEqual(expect.arrayContaining(['Tessa Teaser']));
  });

  it('are not guessed where the page names nobody', () => {
    expect(authors(page(`${H1}<p class="date">23 November 2017</p>`))).toEqual([]);
  });

  it('are told with every other line that names some', () => {
    const html = page(`${H1}<p class="byline">By Jane Doe</p>`, '<meta name="author" content="Courier Online">');
    expect(explained(html).candidates.author!.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['p.byline', 'author']),
    );
  });
});
