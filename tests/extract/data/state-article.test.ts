/** A page whose only text is its state: the state tells as well who wrote it, when, under which headline and picture. */
import { describe, expect, it } from 'vitest';
import { fieldsOf, jsonLd } from '../reading.js';

const TEXT = [
  'The old quay wall held through the night while the storm pushed the water two metres over its usual mark.',
  'Engineers who had warned of its state for years said that the repairs of last spring had made the difference.',
  'The harbour stays closed until the divers have looked at every stone below the water line, the office said.',
  'Fishermen moved their boats to the northern pier, where the ferry will land for as long as the wall is closed.',
];
const HEADLINE = 'Old quay wall holds through the storm';
const html = TEXT.map((text) => `<p>${text}</p>`).join('');
const shell = (state: unknown, head = '<title>The Courier</title>') =>
  `<html lang="en"><head>${head}</head><body><div id="root">Loading…</div><script>window.__STATE__ = ${JSON.stringify(state)};</script></body></html>`;
const OTHERS = [
  { headline: 'The ferry sails again', slug: 'the-ferry', author: 'Otto Other', publishedAt: '2017-11-25T10:00:00Z' },
];

describe('what a state tells beside the text', () => {
  const wanted = {
    headline: HEADLINE,
    author: [{ '@type': 'Person', name: 'Ida Holm' }],
    datePublished: '2017-11-23T09:00:00Z',
    image: [{ url: 'https://www.example.org/quay.jpg', caption: 'The wall at noon', creditText: 'Ann Lee' }],
  };
  const address = { slug: 'quay-wall-holds' };
  const picture = { url: '/quay.jpg', caption: 'The wall at noon', credit: 'Ann Lee' };

  it.each<[string, unknown]>([
    [
      'values by name',
      {
        ...address,
        headline: HEADLINE,
        body: html,
        author: 'Ida Holm',
        publishedAt: '2017-11-23T09:00:00Z',
        image: picture,
      },
    ],
    [
      'people in lists, the time in seconds',
      {
        meta: { authors: [{ id: 3, firstName: 'Ida', lastName: 'Holm' }], publish_date: 1511427600 },
        ...address,
        title: HEADLINE,
        content: TEXT.map((text) => ({ type: 'paragraph', text })),
        leadImage: { asset: picture, caption: 'The wall at noon', credit: 'Ann Lee' },
      },
    ],
    [
      'editions of each value',
      {
        canonical_url: '/2017/11/quay-wall-holds',
        headlines: { basic: HEADLINE, mobile: '' },
        credits: { by: [{ type: 'author', name: 'Ida Holm' }], photos_by: [{ name: 'Ann Lee' }] },
        display_date: '2017-11-23T09:00:00.000Z',
        promo_items: { basic: { type: 'image', ...picture } },
        content_elements: TEXT.map((content) => ({ type: 'text', content })),
      },
    ],
    [
      'things within things',
      {
        data: {
          attributes: {
            ...address,
            title: HEADLINE,
            body: html,
            publishedAt: '2017-11-23T09:00:00Z',
            author: { data: { id: 1, attributes: { name: 'Ida Holm' } } },
            cover: { data: { attributes: picture } },
          },
        },
      },
    ],
    [
      'references',
      {
        'Story:7': {
          ...address,
          title: HEADLINE,
          body: html,
          datePublished: '2017-11-23T09:00:00Z',
          authors: [{ __ref: 'Person:1' }],
          image: { __ref: 'Image:1' },
        },
        'Person:1': { name: 'Ida Holm' },
        'Image:1': picture,
      },
    ],
  ])('%s', (_, article) => {
    const fields = fieldsOf(shell({ related: OTHERS, ...(article as object) }));
    expect(fields).toMatchObject(wanted);
    expect(fields.articleBody).toContain('northern pier');
  });
});

it('goes before nothing that linked data tells', () => {
  const article = { '@type': 'NewsArticle', headline: HEADLINE, author: { '@type': 'Person', name: 'Bo Lind' } };
  const state = { slug: 'quay-wall-holds', headline: HEADLINE, body: html, author: 'Ida Holm' };
  const names = fieldsOf(shell(state, jsonLd(article))).author?.map(({ name }) => name);
  expect(names).toEqual(['Bo Lind']);
});
