/** Sections that only the address names, and a link of the page spells out. */
import { describe, expect, it } from 'vitest';
import { fieldsOf, page } from '../reading.js';

const HOST = 'https://www.quaypost.example';
const sectionsOf = (path: string, menu: string, head = ''): readonly string[] | undefined =>
  fieldsOf(page('<h1>The old quay wall holds</h1>', head).replace('<main>', `<nav>${menu}</nav><main>`), HOST + path)
    .articleSection;
const link = (href: string, name: string): string => `<a href="${href}">${name}</a>`;

describe('the section that a page stands under', () => {
  it('is called as its link is, each level of it', () => {
    const menu = link('/leben/', 'Leben') + link(`${HOST}/leben/glauben-wissen`, 'Glauben &amp; Wissen');
    expect(sectionsOf('/leben/glauben-wissen/quay-wall.html', menu)).toEqual(['Leben', 'Glauben & Wissen']);
  });

  it.each([
    ['/swiat/quay', '/swiat', 'Świat'],
    ['/zuerich/quay', '/zuerich/', 'Zürich'],
    ['/%E7%A4%BE%E4%BC%9A%E9%9D%A2/quay', '/%E7%A4%BE%E4%BC%9A%E9%9D%A2', '社会面'],
    ['/banken-finanzen/quay', '//www.quaypost.example/banken-finanzen/', 'Banken'],
    ['/sport/2017/11/quay', 'https://quaypost.example/sport.html', 'Sport'],
  ])('%s is under %s', (path, href, name) => {
    expect(sectionsOf(path, link(href, name))).toEqual([name]);
  });

  it.each([
    ['a link that says something else', '/news/front/quay', link('/news/front', 'Front page')],
    ['a link to another site', '/sport/quay', link('https://other.example/sport', 'Sport')],
    ['a language', '/en/quay-wall', link('/en', 'EN')],
    ['a kind of page', '/articles/quay-wall', link('/articles', 'Articles')],
    ['an account', '/quaymaster/quay-wall', link('/quaymaster', 'quaymaster')],
    ['the news, of which all is', '/news/quay-wall', link('/news', 'News')],
    ['the page itself', '/sport', link('/sport', 'Sport')],
  ])('is not told by %s', (_name, path, menu) => {
    expect(sectionsOf(path, menu)).toBeUndefined();
  });

  it('is asked of the address only where nothing else tells it', () => {
    const head = '<meta property="article:section" content="Harbour">';
    expect(sectionsOf('/sport/quay', link('/sport', 'Sport'), head)).toEqual(['Harbour']);
  });
});
