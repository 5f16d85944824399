/** Texts that a page shows twice. */
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../reading.js';

const PARAGRAPHS = [
  'The ferry to the outer islands sailed again on Monday morning, two weeks after a fire in the engine room had stopped it, and forty passengers were on board.',
  'The harbour master said that the repair had taken longer than planned because a single valve had to be sent from a yard abroad, where it was made by hand.',
  'Islanders had been fetched by fishing boats in the meantime, which carried the mail, the school children and, on one stormy evening, a piano for the parish hall.',
  'A second ferry will be bought next year, the council decided, and it will be named after the captain who steered the first one home through the smoke.',
];
const p = (...texts: string[]): string => texts.map((text) => `<p>${text}</p>`).join('');
const bodyOf = (inside: string): readonly string[] | undefined =>
  fieldsOf(
    `<html lang="en"><head><title>Ferry sails again</title></head><body><nav><a href="/">Home</a></nav><main><article class="article"><h1>Ferry sails again</h1>${inside}</article></main></body></html>`,
  ).articleBody?.split('\n\n');

describe('a text that the page shows twice is in the body once', () => {
  it('where one copy is for wide screens and one for narrow ones', () => {
    const wide = `<div class="article-body desktop">${p(...PARAGRAPHS)}</div>`;
    const narrow = `<div class="article-body mobile">${p(...PARAGRAPHS)}</div>`;
    expect(bodyOf(wide + narrow)).toEqual(PARAGRAPHS);
  });

  it('where a copy for print leaves out a paragraph', () => {
    const print = `<div class="article-body print">${p(...PARAGRAPHS.slice(0, 3))}</div>`;
    expect(bodyOf(`<div class="article-body">${p(...PARAGRAPHS)}</div>${print}`)).toEqual(PARAGRAPHS);
  });

  it('where a teaser stands over the text that begins with it', () => {
    const teaser = `<div class="text"><b>${PARAGRAPHS[0]}</b></div>`;
    expect(bodyOf(`${teaser}<div class="row"><div class="text">${p(...PARAGRAPHS)}</div></div>`)).toEqual(PARAGRAPHS);
  });

  it('where a long pull quote says what a paragraph says', () => {
    const quote = `${PARAGRAPHS[1]} ${PARAGRAPHS[2]}`;
    const before = `${PARAGRAPHS[0]} ${quote}`;
    expect(
      bodyOf(
        `<div class="article-body"><blockquote class="pullquote">${quote}</blockquote>${p(before, PARAGRAPHS[3]!)}</div>`,
      ),
    ).toEqual([before, PARAGRAPHS[3]]);
  });
});

describe('what is said again on purpose is kept', () => {
  it('as the refrain of a text', () => {
    const refrain =
      'And the wind went over the islands, and the wind came back again, and nobody had asked for it at all.';
    const song = [PARAGRAPHS[0]!, refrain, PARAGRAPHS[1]!, refrain, PARAGRAPHS[2]!, refrain];
    expect(bodyOf(`<div class="article-body">${p(...song)}</div>`)).toEqual(song);
    expect(bodyOf(`<div class="article-body">${song.map((text) => `<div>${p(text)}</div>`).join('')}</div>`)).toEqual(
      song,
    );
  });

  it('as the end of a text that comes back to its beginning', () => {
    const text = [...PARAGRAPHS, PARAGRAPHS[0]!];
    expect(bodyOf(`<div class="article-body">${p(...text)}</div>`)).toEqual(text);
  });
});
