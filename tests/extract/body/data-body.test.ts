/** Text that a page holds as data only. The shapes that it comes in are pages: fixtures/pages/text-in-*.html. */
import { describe, expect, it } from 'vitest';
import { literalsIn } from '../../../src/extract/data/script-data.js';
import { explained, fieldsOf, jsonLd, page, URL_OF_PAGE } from '../reading.js';

const TITLE = 'The quay wall holds through the night';
const HEAD = `<title>${TITLE}</title><meta property="article:published_time" content="2017-11-23T18:49:00+03:00">`;
const PARAGRAPHS = [
  'The harbour office counted the ships that had been driven ashore and found that none of them was missing a plank.',
  'On the mole the lamps burned until noon, because nobody had thought of putting them out after such a night.',
  'Two fishermen who had tied up at the old wall said that they would do so again when the next storm comes.',
  'The town will now decide whether the second half of the wall gets new stones before the winter begins.',
];
const TEXT = PARAGRAPHS.join('\n\n');
const HTML = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('');
const state = (value: unknown): string =>
  `<script>window.__STATE__=${JSON.stringify(value).replaceAll('</', '<\\/')};</script>`;
const shell = (script: string, body = '<div id="root"></div>'): string =>
  `<html lang="en"><head>${HEAD}</head><body>${body}${script}</body></html>`;

describe('the text of a page that shows none', () => {
  it('is read from its state, and says so', () => {
    const { draft } = explained(shell(state({ story: { title: TITLE, body: HTML } })));
    expect(draft.fields.articleBody).toBe(TEXT);
    expect(draft.provenance.articleBody?.from).toBe('script');
    expect(draft.verdict.isArticle).toBe(true);
  });

  it('is read from JSON inside a string that is parsed', () => {
    const json = JSON.stringify({ story: { title: TITLE, body: HTML } });
    expect(
      fieldsOf(shell(`<script>window.S = JSON.parse(${JSON.stringify(json).replaceAll('</', '<\\/')});</script>`))
        .articleBody,
    ).toBe(TEXT);
  });

  it('is not that of another article, though that one is longer', () => {
    const other = PARAGRAPHS.map((text) => `<p>${text} It is said that this was not so.</p>`).join('');
    const both = { next: { title: 'Another wall gave way', body: other }, story: { title: TITLE, body: HTML } };
    expect(fieldsOf(shell(state(both))).articleBody).toBe(TEXT);
    expect(fieldsOf(shell(state({ next: both.next }))).articleBody).toBeUndefined();
  });

  it.each([
    ['a slug', { slug: 'quay-wall-holds' }, URL_OF_PAGE],
    ['an address', { links: { canonical: 'https://m.example.org/2017/11/quay-wall-holds/' } }, URL_OF_PAGE],
    ['a number', { id: 7734512 }, 'https://www.example.org/news/quay-wall-holds-7734512.html'],
  ])('is known by %s where it is called otherwise than the page', (_what, known, url) => {
    const called = { title: 'Wall holds while the whole town looks on', body: HTML };
    expect(fieldsOf(shell(state({ story: { ...called, ...known } })), url).articleBody).toBe(TEXT);
    const other = { slug: 'another-wall', id: 7734513, url: 'https://www.example.org/2017/11/another-wall' };
    expect(fieldsOf(shell(state({ story: { ...called, ...other } })), url).articleBody).toBeUndefined();
  });

  it('is whole where a paragraph is a list of words, links and the spaces between', () => {
    const text = (value: string) => ({ type: 'text', value });
    const space = { type: 'text', value: ' ', attributes: { strong: true } };
    const paragraphs = PARAGRAPHS.map((line) => ({ type: 'paragraph', content: [text(line)] }));
    paragraphs[1] = {
      type: 'paragraph',
      content: [
        text('This is what they said:'),
        space,
        text('The lamps burned until noon, says the '),
        { type: 'link', content: [text('harbour office')] } as never,
        text(', because nobody put them out.'),
      ],
    };
    const body = fieldsOf(shell(state({ story: { title: TITLE, body: { content: paragraphs } } }))).articleBody;
    expect(body?.split('\n\n')[1]).toBe(
      'This is what they said: The lamps burned until noon, says the harbour office, because nobody put them out.',
    );
  });

  describe('in a stream of components', () => {
    const push = (rows: string): string =>
      `<script>self.__next_f=self.__next_f||[];self.__next_f.push([0])</script>${(rows.match(/.{1,400}/gs) ?? [])
        .map((piece) => `<script>self.__next_f.push([1,${JSON.stringify(piece).replaceAll('</', '<\\/')}])</script>`)
        .join('')}`;
    const module = '2:I[39756,["/a.js"],"default"]\n';

    it('is read from what is given to a component', () => {
      const story = { title: TITLE, paragraphs: PARAGRAPHS.map((text) => ({ type: 'paragraph', text })) };
      const rows = `${module}5:["$","$L2",null,${JSON.stringify({ story })}]\n0:{"c":["",["$","$L5",null,{}]]}\n`;
      expect(fieldsOf(shell(push(rows))).articleBody).toBe(TEXT);
    });

    it('is read from a row of text, whose length is told in bytes, by references to it', () => {
      const text = HTML.replace('harbour', 'harbour “Łódź” 🌊');
      const rows = `7:T${Buffer.byteLength(text).toString(16)},${text}8:{"parts":{"body":"$7"}}\n9:["$","$L2",null,{"story":{"title":"${TITLE}","body":"$8:parts:body"}}]\n`;
      expect(fieldsOf(shell(push(rows))).articleBody).toBe(TEXT.replace('harbour', 'harbour “Łódź” 🌊'));
    });

    it('ends where rows refer to each other in a ring, break off, or are none', () => {
      const ring = `3:{"a":"$4"}\n4:{"b":"$3","story":{"title":"${TITLE}","body":${JSON.stringify(HTML)}}}\n`;
      expect(fieldsOf(shell(push(`${ring}no row\n5:{"x":\n6:Tzz`))).articleBody).toBe(TEXT);
    });
  });

  it('is read from rich text that stands as JSON inside JSON', () => {
    const raw = JSON.stringify({
      nodeType: 'document',
      content: PARAGRAPHS.map((value) => ({
        nodeType: 'paragraph',
        content: [{ nodeType: 'text', value, marks: [] }],
      })),
    });
    expect(fieldsOf(shell(state({ post: { title: TITLE, body: { raw } } }))).articleBody).toBe(TEXT);
  });

  it('is read from JSON-LD where there is no state', () => {
    const { draft } = explained(shell(jsonLd({ '@type': 'NewsArticle', headline: TITLE, articleBody: TEXT })));
    expect(draft.fields.articleBody).toBe(TEXT);
    expect(draft.provenance.articleBody?.from).toBe('json-ld');
  });

  it('holds no NUL and no half of a character', () => {
    const html = HTML.replace('planks', 'plank').replace('harbour', 'har\u0000bo\ud800ur');
    const body = fieldsOf(shell(state({ story: { title: TITLE, body: html } }))).articleBody;
    expect(body).toContain('The har');
    expect(body).not.toContain('\u0000');
    expect(body?.isWellFormed()).toBe(true);
  });
});

describe('a page that shows the beginning', () => {
  const stub = `<main><h1>${TITLE}</h1><p>${PARAGRAPHS[0]}</p></main>`;
  it('is completed by a text that goes on from there', () => {
    expect(fieldsOf(shell(state({ story: { title: TITLE, body: HTML } }), stub)).articleBody).toBe(TEXT);
  });

  it('stays as it is where the text is another one', () => {
    const other = HTML.replace('<p>The harbour office', '<p>In the evening the office');
    expect(fieldsOf(shell(state({ story: { title: TITLE, body: other } }), stub)).articleBody).toBe(PARAGRAPHS[0]);
  });
});

it('a body that the page shows is not replaced by what it holds as data', () => {
  const shown = page(`<h1>${TITLE}</h1>`, HEAD);
  const twice = `${HTML}${HTML.replaceAll('The', 'A').replaceAll('Two', 'Three')}`;
  const { draft } = explained(shown.replace('</body>', `${state({ story: { title: TITLE, body: twice } })}</body>`));
  expect(draft.fields.articleBody).toContain('The old quay wall held');
  expect(draft.provenance.articleBody?.from).toBe('markup');
});

describe('literals of a script', () => {
  const long = 'x '.repeat(300);
  it.each([
    ['an assignment', `window.a = {b: 'c', "d": [1, true, null]};`, [{ b: 'c', d: [1, true, null] }]],
    ['a call', `push({"b": "\\u0041\\x42\\n"})`, [{ b: 'AB\n' }]],
    ['code between data', `function f(a){if(a){return}} g({b:f(1),c:2})`, [{ c: 2 }]],
    ['a string of JSON', `h(${JSON.stringify(JSON.stringify({ long }))})`, [{ long }]],
    ['a function around it', `(function(a,b){return {c:a,d:[b]}}("e",7))`, [{ c: 'e', d: [7] }]],
    ['an apostrophe in a comment', `// it's\nx = {"b": 1}`, [{ b: 1 }]],
    ['a cut end', `x = {"b": ["c", {"d": "e"`, [{ b: ['c', { d: 'e' }] }]],
  ])('%s', (_name, script, values) => {
    expect(literalsIn(script)).toEqual(values);
  });

  it.each([
    ['lists without an end', '['.repeat(1_000_000)],
    ['objects without an end', '{"a":'.repeat(300_000)],
    ['quotes', '"'.repeat(1_000_001)],
    ['escapes', `"${'\\'.repeat(1_000_001)}`],
    ['functions in functions', '(function(a){return {b:'.repeat(50_000)],
    ['braces of code', 'if(a){b(c["d"]);}'.repeat(100_000)],
  ])('%s are read through', (_name, script) => {
    expect(literalsIn(script).length).toBeLessThan(2_000_000);
    expect(explained(shell(`<script>${script}</script>`), URL_OF_PAGE).draft.fields.articleBody).toBeUndefined();
  });
});
