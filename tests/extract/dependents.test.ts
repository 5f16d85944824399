import { describe, expect, it } from 'vitest';
import { fieldsOf, page } from './reading.js';

describe('behind the last paragraph', () => {
  const bodyOf = (end: string) =>
    fieldsOf(page('<h1>The old quay wall holds</h1>').replace('</p></div>', `</p>${end}</div>`)).articleBody;
  const MORE =
    '<ul class="links"><li><a href="/2017/a">The divers</a></li><li><a href="/2017/b">The storm</a></li></ul>';

  it('a heading announces what is no text of the article', () => {
    expect(bodyOf(`<h2>More from the harbour</h2>${MORE}`)).toBe(bodyOf(''));
  });

  it('one that says a sentence does not', () => {
    expect(bodyOf(`<h2>The wall will be looked at again in spring.</h2>${MORE}`)).toContain('again in spring.');
  });
});

it('the bare address of a post that was to be shown in its place is no paragraph', () => {
  const post = '<p>https://www.instagram.com/p/CMe36CjDPBh/</p>';
  const html = page('<h1>The old quay wall holds</h1>').replace('</p><p>', `</p>${post}<p>`);
  expect(fieldsOf(html).articleBody).not.toContain('instagram');
});

it('whom a pull quote is of goes with it', () => {
  const quote =
    '<figure class="pullquote"><blockquote><p>the repairs of last spring had made the difference</p><cite>Ida Holm</cite></blockquote></figure>';
  const html = page('<h1>The old quay wall holds</h1>').replace('</p><p>', `</p>${quote}<p>`);
  expect(fieldsOf(html).articleHtml).not.toContain('Ida Holm');
});
