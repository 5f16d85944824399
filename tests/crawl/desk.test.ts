/** Drafts wait for their site's profile: as they are or packed, they leave as they came. */
import { expect, it } from 'vitest';
import { Desk, type Held } from '../../src/crawl/desk.js';
import { extractPage } from '../../src/extract/extract.js';
import { parseDocument } from '../../src/extract/page/tree.js';
import type { SiteProfile } from '../../src/site/profile.js';
import { articleHtml } from './articles.js';

const shelf = () => {
  const profiles = new Map<string, SiteProfile>();
  return {
    read: (site: string) => profiles.get(site),
    write: (site: string, profile: SiteProfile) => void profiles.set(site, profile),
  };
};

function heldOf(site: number, page: number): Held & { number: number } {
  const url = `https://www.site-${site}.example/${page}`;
  const html = articleHtml(site, { headline: `Ferry ${site} leaves at ${page} – «пора» 出発 😀` });
  return { draft: extractPage(parseDocument(html), { url, html }), parts: [], number: page };
}

it('gives every site back what it put there, in the order of the URLs, however many wait', () => {
  const desk = new Desk<Held & { number: number }>(25, shelf());
  const put = new Map<number, ReturnType<typeof heldOf>[]>();
  for (const page of [3, 1, 2])
    for (let site = 0; site < 70; site++) {
      const held = heldOf(site, page);
      put.set(site, [...(put.get(site) ?? []), held]);
      expect(desk.put(`site-${site}.example`, held)).toEqual([]);
    }
  expect(desk.held).toBe(210);
  for (const [site, [third, first, second]] of put) {
    const ready = desk.settle(`site-${site}.example`);
    expect(ready.map(({ held }) => held)).toEqual([first, second, third]);
  }
  expect(desk.held).toBe(0);
});

it('settles the site with the most drafts where more wait than may', () => {
  const desk = new Desk<Held>(25, shelf());
  const { draft } = heldOf(1, 1);
  const putOn = (site: string, page: number) =>
    desk.put(site, { draft: { ...draft, url: `https://${site}/${page}` }, parts: [] });
  const early = [
    ...Array.from({ length: 20 }, (_, page) => putOn('large.example', page)),
    ...Array.from({ length: 1980 }, (_, page) => putOn(`small-${page % 200}.example`, page)),
  ];
  expect(early.flat()).toEqual([]);
  const ready = putOn('last.example', 1);
  expect(ready.map(({ held }) => new URL(held.draft.url).host)).toEqual(Array(20).fill('large.example'));
  expect(desk.held).toBe(1981);
});
