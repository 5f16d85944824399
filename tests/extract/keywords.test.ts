/** Keywords, pictures and datelines: what readers would call so, not what content systems file articles by. */
import { describe, expect, it } from 'vitest';
import { readDateline } from '../../src/extract/dateline.js';
import { fieldsOf, page } from './reading.js';

const H1 = '<h1>Old quay wall holds through the storm</h1>';

describe('keywords', () => {
  it('are words, not the labels of a content system', () => {
    const labels = [
      'Harbour',
      '_evergreen',
      'Category: Life',
      'NLP Category: General',
      'cce15240-c52a-4887-a61a-cd64701d6596',
      'thecourier.com',
      'tag:123',
      'quay walls',
    ];
    expect(fieldsOf(page(H1, `<meta name="keywords" content="${labels.join(', ')}">`)).keywords).toEqual([
      'Harbour',
      'quay walls',
    ]);
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
    expect(readDateline('HARBOUR IN DANGER: The quay wall held through the night.', ['en'])).toBeUndefined();
  });
});
