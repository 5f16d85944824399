import { describe, expect, it } from 'vitest';
import { fieldsOf, jsonLd, URL_OF_PAGE } from '../reading.js';

const ENTRIES = [
  [
    '2017-11-23T21:30:00+03:00',
    'The water has fallen by half a metre since the evening, and the office sends the first divers home.',
  ],
  [
    '2017-11-23T19:05:00+03:00',
    'Two boats have been lifted onto the mole by the waves, and nobody can say how they will come down.',
  ],
  [
    '2017-11-23T18:50:00+03:00',
    'The sirens have sounded, and the street along the harbour is closed to everyone but the fire brigade.',
  ],
] as const;

const rows = (kind: string): string =>
  ENTRIES.map(([time, text]) => `<div class="${kind}"><time datetime="${time}">then</time><p>${text}</p></div>`).join(
    '',
  );
const blog = (headline: string, inside: string, head = ''): string =>
  `<html lang="en"><head><title>${headline}</title><meta property="article:published_time" content="2017-11-23T18:49:00+03:00">${head}</head><body><main><h1>${headline}</h1>${inside}</main></body></html>`;

describe('entries of a live blog', () => {
  it.each([
    ['a headline', blog('Live: storm at the quay wall tonight', `<div class="list">${rows('entry')}</div>`)],
    ['a class', blog('Storm at the quay wall tonight', `<div class="liveblog">${rows('entry')}</div>`)],
    [
      'linked data',
      blog(
        'Storm at the quay wall tonight',
        `<div>${rows('entry')}</div>`,
        jsonLd({ '@type': 'LiveBlogPosting', headline: 'Storm at the quay wall tonight' }),
      ),
    ],
  ])('are told by %s, in the order of the page', (_name, html) => {
    expect(fieldsOf(html).liveBlogUpdate).toEqual(
      ENTRIES.map(([datePublished, articleBody]) => ({ datePublished, articleBody })),
    );
  });

  it('are none where nothing says that the page is a live blog', () => {
    expect(
      fieldsOf(blog('Storm at the quay wall tonight', `<div>${rows('entry')}</div>`)).liveBlogUpdate,
    ).toBeUndefined();
  });

  it('are none where an article has comments with times', () => {
    const body = ENTRIES.map(([, text]) => `<p>${text} ${text.replace('The', 'That the')}</p>`).join('');
    const comments = `<section class="comments">${rows('comment').replaceAll('<p>', '<p>I was there: ')}</section>`;
    const fields = fieldsOf(
      blog('Live music at the quay wall', `<article>${body}</article>${comments}`),
      `${URL_OF_PAGE}-live`,
    );
    expect(fields.articleBody).toContain('The sirens have sounded');
    expect(fields.liveBlogUpdate).toBeUndefined();
  });

  it('take their times from linked data that has them in words alone', () => {
    const shown = ENTRIES.map(
      ([, text], i) =>
        `<div class="liveblog-entry"><time>${i} hours ago</time><h3>Entry number ${i}</h3><p>${text}</p></div>`,
    ).join('');
    const liveBlogUpdate = ENTRIES.map(([datePublished], i) => ({
      '@type': 'BlogPosting',
      headline: `Entry number ${i}`,
      datePublished,
      articleBody: 'Short.',
    }));
    const linked = jsonLd({ '@type': 'LiveBlogPosting', headline: 'Storm at the quay wall tonight', liveBlogUpdate });
    expect(fieldsOf(blog('Storm at the quay wall tonight', `<div>${shown}</div>`, linked)).liveBlogUpdate).toEqual(
      ENTRIES.map(([datePublished, articleBody], i) => ({ headline: `Entry number ${i}`, datePublished, articleBody })),
    );
  });
});
