/** What the body's models are learned from reads pages with the program's own parts: it must keep up with them. */
import { expect, it } from 'vitest';
import { cut } from '../../src/extract/body/blocks.js';
import { hashOf } from '../../src/extract/page/source-names.js';
import { parseDocument } from '../../src/extract/page/tree.js';

interface Learned {
  readonly names: ReadonlyMap<number, number>;
  readonly words: ReadonlyMap<number, number>;
}

it('learns what the names of elements say of the text in them, from several sites', async () => {
  const { learnLexicon } = (await import('../../bench/learn/lexicon.js' as string)) as {
    learnLexicon(pages: readonly unknown[]): Learned;
  };
  const pages = Array.from({ length: 8 }, (_, site) => {
    const document = parseDocument(
      `<body><div class="story-text"><p>The ferry sails again from Monday, says harbour office ${site}.</p></div><div class="sharebox"><p>Tell your friends of it, number ${site}.</p></div></body>`,
    );
    const page = cut(document);
    return {
      site: `site-${site}.example`,
      cut: page,
      label: page.runs.map(({ text }) => (/ferry/.test(text) ? 1 : 0)),
    };
  });
  const { names } = learnLexicon(pages);
  expect(names.get(hashOf('story'))).toBeGreaterThan(0);
  expect(names.get(hashOf('sharebox'))).toBeLessThan(0);
});
