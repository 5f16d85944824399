/** Lists whose entries are numbered headings with a picture each, and little else. */
import { expect, it } from 'vitest';
import { extractPage } from '../../../src/extract/extract.js';
import { parseDocument } from '../../../src/extract/page/tree.js';

const PLACES = [
  'The crane that children still call the giraffe',
  'A bakery whose ovens have not gone out since 1931',
  'The bench from which three lighthouses are seen at once',
  'A bookshop that sells by weight, and only on Thursdays',
  'The stairs that lead nowhere, and why nobody minds',
  'The only cinema with a piano that is still played',
];

function bodyOf(entries: string, more = ''): string {
  const html = `<html><head><title>Places In Harbourtown That Even Locals Forget | The Wave</title><meta property="og:type" content="article"></head>
<body><nav><a href="/">Home</a> <a href="/quiz">Quizzes</a></nav><main><h1>Places In Harbourtown That Even Locals Forget</h1>
<div class="meta">by <a href="/by/ida">Ida Holm</a> · March 3, 2021</div><div class="content">${entries}</div></main>
<aside><h2>Most read</h2>${more}</aside><footer>© 2021 The Wave. All rights reserved.</footer></body></html>`;
  return extractPage(parseDocument(html), { url: 'https://wave.example/places', html }).fields.articleBody ?? '';
}

const entry = (heading: string, at: number): string =>
  `<div class="item">${heading}<figure><img src="/i/${at}.jpg" width="800" height="500"><figcaption>Photo: Jon Berg</figcaption></figure></div>`;

it.each([
  ['up', (at: number) => `${at + 1}.`],
  ['down', (at: number) => `${PLACES.length - at}.`],
  ['up, with a bracket', (at: number) => `${at + 1})`],
])('keeps entries that are counted %s', (_, number) => {
  const body = bodyOf(PLACES.map((place, at) => entry(`<h2>${number(at)} ${place}</h2>`, at)).join(''));
  expect(body.split('\n\n')).toEqual(PLACES.map((place, at) => `${number(at)} ${place}`));
});

it('reads a number in an element of its own as one', () => {
  const entries = PLACES.map((place, at) => entry(`<h2><span>${at + 1}.</span><span>${place}</span></h2>`, at));
  expect(bodyOf(entries.join('')).split('\n\n')).toEqual(PLACES.map((place, at) => `${at + 1}. ${place}`));
});

it('keeps no row of links, none beside the article, and no numbers that do not count', () => {
  const row = (heading: (place: string, at: number) => string) => PLACES.map(heading).join('');
  const linked = row((place, at) => entry(`<h2><a href="/p/${at}">${at + 1}. ${place}</a></h2>`, at));
  expect(bodyOf(linked)).toBe('');
  const beside = row((place, at) => `<h3>${at + 1}. ${place}</h3>`);
  const prose = PLACES.map(
    (place) => `<p>${place}: it is worth the walk, says Ola Nes, who has lived next to it for most of her life.</p>`,
  );
  const body = bodyOf(prose.join(''), beside);
  expect(body).toContain('the walk');
  expect(body).not.toContain('1. ');
  const prices = row((place, at) => entry(`<h2>${7 * at + 4}. ${place}</h2>`, at));
  expect(bodyOf(prices)).toBe('');
});
