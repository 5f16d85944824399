import { describe, expect, it } from 'vitest';
import { extractPage } from '../../src/extract/extract.js';
import { parseDocument } from '../../src/extract/page/tree.js';

const read = (html: string) => extractPage(parseDocument(html), { url: 'https://example.org/a', html });
const paragraph = (text: string) =>
  `<p>${text} and what had been said of it, soon, came true before the year was over.</p>`;

describe('a paragraph that stands twice', () => {
  const story = Array.from({ length: 8 }, (_, n) =>
    paragraph(`Number ${n} was there when the harbour was opened again`),
  );
  it('does not lose the text of the others', () => {
    const { fields } = read(`<h1>Harbour</h1><article>${story.join('')}${story[3]}</article>`);
    expect(fields.articleBody).toContain('Number 7 was there');
  });
});

describe('a page of several thousand paragraphs', () => {
  it('is read through', () => {
    const parts = Array.from({ length: 3000 }, (_, n) => paragraph(`Entry ${n} of the list of ships that came in`));
    const { fields } = read(`<h1>Ships</h1><article>${parts.join('')}</article>`);
    expect(fields.articleBody).toContain('Entry 0 of');
    expect(fields.articleBody).toContain('Entry 2950 of');
  });
});

describe('lines side by side in one element', () => {
  it('each keep their own inline markup', () => {
    const lines = Array.from(
      { length: 40 },
      (_, n) => `Line ${n} tells of the <b>harbour ${n}</b>, which was opened again after a long winter.`,
    );
    const { fields } = read(`<h1>Harbour</h1><article><div>${lines.join('<br><br>')}</div></article>`);
    expect(fields.articleHtml).toContain('<p>Line 0 tells of the <strong>harbour 0</strong>,');
    expect(fields.articleHtml).toContain('<p>Line 39 tells of the <strong>harbour 39</strong>,');
  });
});

describe('a paragraph of fifty thousand bold places', () => {
  it('is read through', () => {
    const places = Array.from({ length: 50_000 }, (_, n) => `the <b>harbour ${n}</b><i> </i>was opened again, `).join(
      '',
    );
    const { fields } = read(
      `<h1>Ships</h1><article>${paragraph('The list of ships was read out')}<p>On that day, as all could see, ${places}and the winter was over.</p>${paragraph('The harbour was opened again')}</article>`,
    );
    expect(fields.articleHtml).toContain(
      'the <strong>harbour 0</strong> was opened again, the <strong>harbour 1</strong> was',
    );
    expect(fields.articleHtml).toContain(
      '<strong>harbour 49999</strong> was opened again, and the winter was over.</p>',
    );
  });
});
