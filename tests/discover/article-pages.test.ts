/** Which links lead to further pages of an article, and which only look like it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArticlePages } from '../../src/discover/article-pages.js';
import { parseDocument } from '../../src/extract/page/tree.js';

const read = (url: string, html: string) => readArticlePages(parseDocument(html).elements, { url });
const SITE = 'https://example.org';
const link = (href: string, label: string, more = '') => `<a href="${href}"${more}>${label}</a>`;

describe('the further pages of an article', () => {
  it.each([
    ['/story', '/story?page=2', '2'],
    ['/story.php?id=8', '/story.php?id=8&amp;p=2', 'Page 2'],
    ['/2017/11/23/story/', '/2017/11/23/story/2/', '2'],
    ['/story.html', 'story-2.html', '[2]'],
    ['/story.html', '/story_p2.html', 'Next page'],
    ['/story', '/story,2', 'Weiter'],
    ['/story', '/story/seite-2', 'Seite 2: Was danach kam'],
    ['/story/', '/story/page/2/', '›'],
    ['/story?page=2', '?page=3', 'Suivant'],
    ['/a/20241203-88.html', '/a/20241203-88_2.html', '下一页'],
    // Counted from 0.
    ['/story', '/story?page=1', '2'],
  ])('of %s begin with %s, labelled %s', (own, href, label) => {
    const found = read(SITE + own, link(href, label));
    const wanted = new URL(href.replace('&amp;', '&'), SITE + own).href;
    expect([...(found?.further.map(({ url }) => url) ?? []), found?.next]).toContain(wanted);
  });

  it.each([
    ['/story', '/story-2', 'Letters to the editor', 'another article under a name that was taken'],
    ['/news/12345', '/news/12346', 'Next', 'the next article'],
    ['/story', '/other?page=2', '2', 'the second page of something else'],
    ['/story', '/story/2017', 'Next', 'a year'],
    ['/story', '/story?page=2', 'Read it all', 'a link that does not say so'],
  ])('of %s are not %s, labelled %s: %s', (own, href, label) => {
    expect(read(SITE + own, link(href, label))).toBeUndefined();
  });

  it('are not those of its comments, nor what is not to be followed', () => {
    expect(read(`${SITE}/story`, `<div id="comments">${link('/story?page=2', '2')}</div>`)).toBeUndefined();
    expect(read(`${SITE}/story`, link('/story?page=2', '2', ' rel="nofollow"'))).toBeUndefined();
  });

  it('are told by number, with the page that has it all, and where the article begins', () => {
    const pager = ['', '/2', '/3'].map((end, at) => link(`/story${end}`, String(at + 1))).join('');
    expect(read(`${SITE}/story/2`, pager)).toEqual({
      further: [{ number: 3, url: `${SITE}/story/3` }],
      first: `${SITE}/story`,
    });
    expect(read(`${SITE}/story`, pager + link('/story/komplettansicht', 'Auf einer Seite'))).toEqual({
      further: [2, 3].map((number) => ({ number, url: `${SITE}/story/${number}` })),
      whole: `${SITE}/story/komplettansicht`,
    });
    expect(read(`${SITE}/story?page=3`, '<link rel=prev href="?page=2"><link rel=next href="?page=4">')).toEqual({
      further: [],
      next: `${SITE}/story?page=4`,
      first: `${SITE}/story`,
    });
  });

  it('are read from any page without harm', () => {
    const urls = fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string());
    fc.assert(
      fc.property(urls, fc.array(fc.tuple(urls, fc.string())), (url, links) => {
        read(url, links.map(([href, label]) => link(href, label)).join(''));
      }),
    );
  });
});
