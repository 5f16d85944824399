/**
 * Three pages of one small site, written for the tests. Every article ends in the same paragraph about the paper, in the
 * same element and in the same tone as the paragraphs before: on one page alone nothing tells it from the article.
 */

export interface Story {
  readonly path: string;
  readonly headline: string;
  readonly paragraphs: readonly string[];
}

export const HOUSE_PARAGRAPH =
  'The harbour town has had its own paper since 1911, when two brothers began to print the arrivals of ships on a hand press in their kitchen, and readers have paid for every page of it ever since.';

export const STORIES: readonly Story[] = [
  {
    path: 'news/quay-wall',
    headline: 'Old quay wall holds through the storm',
    paragraphs: [
      'The old quay wall stood firm on Tuesday night as waves four metres high broke over the outer harbour, the port engineer said after a first walk along the stones at dawn.',
      'Divers will look at the foundations on Friday, once the water is clear again, and the ferry is expected to sail from the northern pier until they have finished their work.',
      '“We were ready to close the road, but we did not have to,” said engineer Marta Lindqvist, who had spent the night in the signal station with two of her colleagues.',
    ],
  },
  {
    path: 'news/library',
    headline: 'Library opens its roof garden to readers',
    paragraphs: [
      'Readers can take their books up to the roof of the town library from Saturday, where gardeners have planted forty apple trees in tubs made from the floor of the old gym.',
      'The garden cost less than planned because pupils of the trade school built the benches and the stairs, which the council had first wanted to order from a company abroad.',
      'Librarian Tomas Oduya said that the first visitors would be the children who drew the plans for it three years ago, and that some of them had grown taller than the trees.',
    ],
  },
  {
    path: 'sport/rowing',
    headline: 'Rowers win by the length of a bow ball',
    paragraphs: [
      'The eight of the rowing club won the autumn regatta on Sunday by so little that the judges looked at the picture for eleven minutes before they told the crews who had won.',
      'It was the first victory over the crew from across the bay since 1987, and the coach of the losing boat was the first to swim out and shake hands with the cox.',
      'Next month both clubs will travel to the national race together, in one bus and with one trailer, since neither of them could raise the money for the journey alone.',
    ],
  },
];

export function storyPage({ headline, paragraphs }: Story): string {
  return `<!doctype html><html lang="en"><head><title>${headline}</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<main><article><h1>${headline}</h1>
<div class="text">${[...paragraphs, HOUSE_PARAGRAPH].map((text) => `<p>${text}</p>`).join('\n')}</div>
</article></main>
<footer><a href="/imprint">Imprint</a></footer>
</body></html>`;
}
