/** Which lines of the fixtures' pages get a closer look. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Cut, cut } from '../../../src/extract/body/blocks.js';
import { sensePageItself } from '../../../src/extract/body/context.js';
import { LOOK, sensePage } from '../../../src/extract/body/features.js';
import { ASKED, gateRows, mayBeBody } from '../../../src/extract/body/gate.js';
import { NAMES, WORDS } from '../../../src/extract/body/weights.js';
import { unpackWords } from '../../../src/extract/body/word-weights.js';
import { parseDocument } from '../../../src/extract/page/tree.js';

const PAGES = fileURLToPath(new URL('../../../fixtures/pages/', import.meta.url));
const lexicon = { names: unpackWords(NAMES), words: unpackWords(WORDS) };
const pages = readdirSync(PAGES)
  .filter((file) => file.endsWith('.html'))
  .map((file) => {
    const document = parseDocument(readFileSync(`${PAGES}${file}`, 'utf8'));
    const page: Cut = cut(document);
    return sensePage(page, sensePageItself(document, page), lexicon);
  });

it('asks for the same numbers that the models are told', () => {
  const columns = ASKED.map((name) => LOOK.names.indexOf(name));
  for (const page of pages) {
    const rows = LOOK.rows(page.runs, page);
    const told = page.runs.map((_, run) => columns.map((column) => rows[run * LOOK.width + column]));
    const numbers = gateRows(page);
    const asked = page.runs.map((_, run) => [...numbers.subarray(run * ASKED.length, (run + 1) * ASKED.length)]);
    expect(asked).toEqual(told);
  }
});

it('leaves out lists of links far below the article, and no paragraph of the article beside it', () => {
  const list = (from: number): string =>
    `<div><ul>${Array.from({ length: 10 }, (_, at) => `<li><a href="/s/${from + at}">Section ${from + at}</a></li>`).join('')}</ul></div>`;
  const lists = [0, 10, 20, 30].map(list).join('');
  const paragraph = (at: number): string =>
    `<p>On day ${at} the ferry sailed again to the outer islands, two weeks after a fire in the engine room had stopped it.</p>`;
  const html = `<body><article><h1>Ferry sails again</h1>${Array.from({ length: 9 }, (_, at) => paragraph(at)).join('')}</article><footer>${lists}</footer></body>`;
  const document = parseDocument(html);
  const page: Cut = cut(document);
  const texts = mayBeBody(sensePage(page, sensePageItself(document, page), lexicon)).map(({ text }) => text);
  expect(texts.filter((text) => /^Section [23]/.test(text) && text.length > 'Section 2'.length)).toEqual([]);
  expect(texts.filter((text) => text.startsWith('On day'))).toHaveLength(9);
});
