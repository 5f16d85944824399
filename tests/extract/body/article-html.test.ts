import { describe, expect, it } from 'vitest';
import { fieldsOf, page } from '../reading.js';

/** What stands in the body, between its paragraphs. */
const within = (html: string): string => page('<h1>The old quay wall holds</h1>').replace('</p><p>', `</p>${html}<p>`);
/** The clean HTML of it. */
function cleaned(html: string): string {
  const whole = fieldsOf(within(html)).articleHtml ?? '';
  return whole.slice(whole.indexOf('usual mark.</p>') + 'usual mark.</p>'.length, whole.indexOf('<p>Engineers'));
}

const A = 'The first stone was laid by the men of the upper town in the year of the great flood.';
const B = 'The second stone came from the quarry on the island, which was closed soon after.';
const C = 'The third stone is the one that everybody who comes to the harbour wants to see.';

describe('a list', () => {
  it.each([
    ['of plain items', `<ul><li>${A}</li><li>${B}</li></ul>`, `<ul><li>${A}</li><li>${B}</li></ul>`],
    [
      'of paragraphs',
      `<ol><li><p>${A}</p></li><li><div><p>${B}</p></div></li></ol>`,
      `<ol><li>${A}</li><li>${B}</li></ol>`,
    ],
    [
      'with two paragraphs in an item',
      `<ul><li><p>${A}</p><p>${B}</p></li><li>${C}</li></ul>`,
      `<ul><li>${A}<br>${B}</li><li>${C}</li></ul>`,
    ],
    [
      'in a list',
      `<ol><li>${A}<ul><li>${B}</li></ul></li><li>${C}</li></ol>`,
      `<ol><li>${A}<ul><li>${B}</li></ul></li><li>${C}</li></ol>`,
    ],
    [
      'in an item without text',
      `<ul><li><ol><li>${A}</li><li>${B}</li></ol></li><li>${C}</li></ul>`,
      `<ul><li><ol><li>${A}</li><li>${B}</li></ol></li><li>${C}</li></ul>`,
    ],
    [
      'of terms',
      `<dl><dt>Flood</dt><dd>${A}</dd><dd><p>${B}</p></dd></dl>`,
      `<dl><dt>Flood</dt><dd>${A}</dd><dd>${B}</dd></dl>`,
    ],
    [
      'in what is said of a term',
      `<dl><dt>Flood</dt><dd><ul><li>${A}</li><li>${B}</li></ul></dd><dt>Wall</dt><dd>${C}</dd></dl>`,
      `<dl><dt>Flood</dt><dd><ul><li>${A}</li><li>${B}</li></ul></dd><dt>Wall</dt><dd>${C}</dd></dl>`,
    ],
    [
      'behind what is said of a term',
      `<ul><li><dl><dt>Flood</dt><dd>${A}<ol><li>${B}</li></ol></dd></dl></li><li>${C}</li></ul>`,
      `<ul><li><dl><dt>Flood</dt><dd>${A}<ol><li>${B}</li></ol></dd></dl></li><li>${C}</li></ul>`,
    ],
    [
      'with a picture in it',
      `<ol><li>${A}<figure><img src="/a.jpg"><figcaption>The first stone.</figcaption></figure></li><li>${B}</li></ol>`,
      `<ol><li>${A}<figure><img src="https://www.example.org/a.jpg" alt=""><figcaption>The first stone.</figcaption></figure></li><li>${B}</li></ol>`,
    ],
  ])('%s stays one', (_name, html, expected) => {
    expect(cleaned(html)).toBe(expected);
  });

  it('of chapters is an article', () => {
    const chapter = `<li><h3>A stone</h3><p>${A}</p><p>${B}</p><p>${C}</p></li>`;
    expect(cleaned(`<ol>${chapter}</ol>`)).toBe(`<h3>A stone</h3><p>${A}</p><p>${B}</p><p>${C}</p>`);
    expect(cleaned(`<ol><li><h3>A stone</h3><p>${A}</p></li></ol>`)).toBe(`<h3>A stone</h3><p>${A}</p>`);
  });

  it('deeper than six is shown as that deep', () => {
    const nested = (depth: number): string =>
      `${'<ul><li>'.repeat(depth - 1)}<ul><li>${A}</li><li>${B}</li></ul>${'</li></ul>'.repeat(depth - 1)}`;
    for (const depth of [5, 6]) expect(cleaned(nested(depth))).toBe(nested(depth));
    for (const depth of [7, 9]) expect(cleaned(nested(depth))).toBe(nested(6));
  });

  it('without an end is balanced', () => {
    expect(cleaned(`<ul><li>${A}<li>${B}<ul><li>${C}</ul></ul>`)).toBe(
      `<ul><li>${A}</li><li>${B}<ul><li>${C}</li></ul></li></ul>`,
    );
  });
});

it('a quote of several paragraphs stays one', () => {
  expect(cleaned(`<blockquote><p>${A}</p><div><p>${B}</p></div></blockquote>`)).toBe(
    `<blockquote><p>${A}</p><p>${B}</p></blockquote>`,
  );
});

it('a picture in a quote does not end it', () => {
  expect(cleaned(`<blockquote><p>${A}</p><img src="/a.jpg" width="600"><p>${B}</p></blockquote>`)).toBe(
    `<blockquote><p>${A}</p><figure><img src="https://www.example.org/a.jpg" alt=""></figure><p>${B}</p></blockquote>`,
  );
});

it('what is set as it stands keeps its lines', () => {
  const code = 'for (const stone of wall) {\n  lift(stone);\n\n  look(under(stone));\n}';
  expect(cleaned(`<p>${A}</p><pre><code>${code}</code></pre><p>${B}</p>`)).toBe(
    `<p>${A}</p><pre><code>${code}</code></pre><p>${B}</p>`,
  );
});

it('has nothing twice strong, no space at its beginning, no caption without a picture', () => {
  expect(cleaned(`<p><b> <strong>${A}</strong></b> And <i>more</i>.</p>`)).toBe(
    `<p><strong>${A}</strong> And <em>more</em>.</p>`,
  );
});

it.each([
  [
    'in the paragraph',
    `<p><a href="/stone"><b>${A}</b></a></p>`,
    `<p><a href="https://www.example.org/stone"><strong>${A}</strong></a></p>`,
  ],
  ['around it', `<a href="/stone"><p>${A}</p></a>`, `<p><a href="https://www.example.org/stone">${A}</a></p>`],
  [
    'in a heading',
    `<h3><a href="/stone">The first stone</a></h3><p>${A}</p>`,
    `<h3><a href="https://www.example.org/stone">The first stone</a></h3><p>${A}</p>`,
  ],
])('a link that is all of the text, %s, is a link', (_name, html, expected) => {
  expect(cleaned(`<p>${B}</p>${html}<p>${C}</p>`)).toContain(expected);
});

it('an initial belongs to its word, with white space in the source or without', () => {
  const rest = 'ought up from the harbour, the stone stood in the garden of the upper town for a hundred years.';
  expect(cleaned(`<p><span class="drop-cap">B</span>\n  r${rest}</p>`)).toBe(`<p>Br${rest}</p>`);
  expect(cleaned(`<p><b class="initial">B</b>r${rest}</p>`)).toBe(`<p><strong>B</strong>r${rest}</p>`);
  expect(cleaned(`<p><b>X</b> is the sign on the stone, which stood in the garden for a hundred years.</p>`)).toContain(
    '</strong> is',
  );
});

it('a button that hands the page on is no source', () => {
  const html = `<p>${A} <a href="https://twitter.com/share?text=stone">Tweet it</a>, or read <a href="https://stones.example/">more on stones</a>.</p>`;
  expect(fieldsOf(within(html)).citation).toEqual([{ url: 'https://stones.example/', text: 'more on stones' }]);
});

it('of a page of thousands of items in items takes linear time', () => {
  const items = '<li><ul><li><p>A stone of the old wall.</p><p>And another one of it.</p></li></ul></li>'.repeat(
    20_000,
  );
  expect(fieldsOf(within(`<ul>${items}</ul>`)).articleHtml).toBeDefined();
});

describe('a heading', () => {
  it.each([
    ['with an element around its text', '<h2><div><a name="wall">The wall of the year</a></div></h2>'],
    ['with a paragraph in it', '<h2><p>The wall of the year</p></h2>'],
  ])('stays one %s', (_name, heading) => {
    expect(cleaned(`<p>${A}</p>${heading}<p>${B}</p>`)).toBe(`<p>${A}</p><h2>The wall of the year</h2><p>${B}</p>`);
  });

  it('that is never closed makes none of the paragraphs in it', () => {
    expect(cleaned(`<div><h3>The wall of the year<p>${A}</p><p>${B}</p><p>${C}</p></div>`)).toContain(`<p>${C}</p>`);
  });
});
