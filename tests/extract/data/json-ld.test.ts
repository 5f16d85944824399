/** JSON-LD in all its legal forms and the common illegal ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonLd, textValue, valuesOf } from '../../../src/extract/data/json-ld.js';
import { fieldsOf, jsonLd, page } from '../reading.js';

const ARTICLE = {
  '@type': 'NewsArticle',
  headline: 'Old quay wall holds',
  author: { '@type': 'Person', name: 'Jane Doe' },
};
const first = (...blocks: string[]) =>
  readJsonLd(blocks).things.find(({ types }) => types.includes('NewsArticle'))?.object;
const TEXT = JSON.stringify(ARTICLE);

describe('JSON-LD', () => {
  it.each([
    ['an object', TEXT],
    ['a list', `[${TEXT}]`],
    ['a graph', `{"@graph":[{"@type":"WebSite"},${TEXT}]}`],
    ['nested in the page', `{"@type":"WebPage","mainEntity":${TEXT}}`],
    ['a type with its prefix', TEXT.replace('"NewsArticle"', '"https://schema.org/NewsArticle"')],
    ['several types', TEXT.replace('"NewsArticle"', '["Thing","NewsArticle"]')],
    ['in CDATA', `//<![CDATA[\n${TEXT}\n//]]>`],
    ['in an HTML comment', `<!-- ${TEXT} -->`],
    ['with a trailing comma', TEXT.replace(/\}$/, ',}')],
    ['with a comma missing at the end of a list', `[${TEXT} {"@type":"Thing"}]`],
    ['with a raw line break in a text', TEXT.replace('quay wall', 'quay\n wall')],
    [
      'with quotes that are not escaped',
      TEXT.replace('"headline":"', '"description":"He said "no" to it","headline":"'),
    ],
    ['with quotes as entities', TEXT.replace(/"/g, '&quot;')],
    ['cut off at its end', TEXT.slice(0, -2)],
    ['two objects in a row', `{"@type":"WebSite"}${TEXT}`],
  ])('is read as %s', (_, block) => {
    expect(textValue(first(block)?.headline)?.replace(/\s+/g, ' ')).toBe('Old quay wall holds');
  });

  it('gives an author by reference, by name, in a list and in a list of lists', () => {
    const person = '{"@type":"Person","@id":"#jane","name":"Jane Doe","url":"/jane"}';
    for (const author of [
      '{"@id":"#jane"}',
      '"Jane Doe"',
      '["Jane Doe"]',
      '[["Jane Doe"]]',
      '[{"name":["Jane Doe"]}]',
    ]) {
      const data = readJsonLd([`{"@graph":[${person},{"@type":"NewsArticle","author":${author}}]}`]);
      const { object } = data.things.find(({ types }) => types.includes('NewsArticle'))!;
      expect(valuesOf(data, object, 'author').map(textValue)).toEqual(['Jane Doe']);
    }
  });

  it('is this page’s article, not one that it lists', () => {
    const html = page(
      '<h1>Old quay wall holds</h1>',
      jsonLd({
        '@type': 'ItemList',
        itemListElement: [
          { '@type': 'NewsArticle', headline: 'Another', author: 'John Roe', datePublished: '2001-01-01' },
        ],
      }) + jsonLd({ ...ARTICLE, datePublished: '2017-11-23T18:49:00+03:00' }),
    );
    expect(fieldsOf(html)).toMatchObject({
      datePublished: '2017-11-23T18:49:00+03:00',
      author: [{ name: 'Jane Doe' }],
    });
  });

  it('never throws, and reads what JSON.stringify writes', () => {
    fc.assert(fc.property(fc.string(), (text) => void readJsonLd([text, `{"a":${text}`, `[${text}`])));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (headline) => {
        const data = readJsonLd([JSON.stringify({ ...ARTICLE, headline })]);
        expect(data.things[0]!.object.headline).toBe(headline);
      }),
    );
  });
});
