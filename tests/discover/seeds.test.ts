import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessedDocuments, SeedError, seedLeads } from '../../src/discover/seeds.js';

describe('seeds', () => {
  it.each([
    ['example.org', 'https://example.org/', 'page'],
    ['www.example.org/news', 'https://www.example.org/news', 'page'],
    ['//example.org/a', 'https://example.org/a', 'page'],
    ['http://example.org', 'http://example.org/', 'page'],
    ['localhost:8000', 'http://localhost:8000/', 'page'],
    ['http://localhost', 'http://localhost/', 'page'],
    ['127.0.0.1', 'http://127.0.0.1/', 'page'],
    ['bücher.example', 'https://xn--bcher-kva.example/', 'page'],
    [' https://example.org/feed.xml ', 'https://example.org/feed.xml', 'feed'],
    ['example.org/sitemap_index.xml', 'https://example.org/sitemap_index.xml', 'sitemap'],
    ['example.org/news.xml.gz', 'https://example.org/news.xml.gz', 'sitemap'],
    ['example.org/2017/11/23/storm', 'https://example.org/2017/11/23/storm', 'page'],
  ])('%s is asked for as %s, a %s', (seed, url, kind) => {
    expect(seedLeads(seed)).toEqual([{ url, kind, source: 'seed', depth: 0 }]);
  });

  it.each([
    ['', 'a seed is empty: give a URL such as https://example.org/'],
    ['exampel', 'seed "exampel" is no URL: give one such as https://example.org/ or example.org/news'],
    ['two words', 'seed "two words" is no URL'],
    ['ftp://example.org/', 'seed "ftp://example.org/" has the scheme "ftp": only http and https can be crawled'],
    ['http://', 'seed "http://" is no URL'],
    ['example.org/report.pdf', 'seed "example.org/report.pdf" names a file'],
  ])('%j is refused', (seed, message) => {
    expect(() => seedLeads(seed)).toThrow(SeedError);
    expect(() => seedLeads(seed)).toThrow(message);
  });

  it('are URLs or errors, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          expect(seedLeads(text)[0]?.url).toMatch(/^https?:\/\//);
        } catch (error) {
          expect(error).toBeInstanceOf(SeedError);
        }
      }),
    );
  });

  it('guesses one document', () => {
    expect(guessedDocuments('https://example.org').map(({ url, kind }) => [url, kind])).toEqual([
      ['https://example.org/sitemap.xml', 'sitemap'],
    ]);
  });
});
