import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PAGES = fileURLToPath(new URL('../../../fixtures/pages/', import.meta.url));

it('never looks beyond the end of a text through codeAt, which would make it slow for all', async () => {
  const { charCodeAt } = String.prototype;
  const beyond = new Set<string>();
  // The method as code-at.ts finds it when it is loaded; whoever calls it in another way has the runtime's own.
  String.prototype.charCodeAt = function (this: string, at: number): number {
    if (!(at >= 0 && at < this.length)) beyond.add(new Error(`${at} of ${JSON.stringify(this)}`).stack!);
    return charCodeAt.call(this, at);
  };
  await import('../../../src/extract/page/code-at.js');
  String.prototype.charCodeAt = charCodeAt;
  const { extractPage } = await import('../../../src/extract/extract.js');
  const { parseDocument } = await import('../../../src/extract/page/tree.js');
  for (const file of readdirSync(PAGES).filter((name) => name.endsWith('.html'))) {
    const html = readFileSync(`${PAGES}${file}`, 'utf8');
    extractPage(parseDocument(html), {
      html,
      url: `https://paper.example/news/${file}-2024-06-10`,
      fetchedAt: '2024-06-10T12:00:00Z',
    });
  }
  expect([...beyond]).toEqual([]);
});
