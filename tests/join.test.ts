import { expect, it } from 'vitest';
import { joinPages } from '../src/join.js';
import { explained, URL_OF_PAGE } from './extract/reading.js';

/** A page of an article that begins with a list in a list, at the same place as on its other pages. */
function pageWith(words: string, number: number) {
  const list = `<ul><li>${words} stones of the wall<ol><li>${words} stones of the quay</li></ol></li><li>${words} stones of the harbour</li></ul>`;
  const html = `<html lang="en"><body><main><article><h1>The old quay wall holds</h1>${list}
<p>The ${words} quay wall held through the night while the storm pushed the water two metres over its usual mark.</p>
<p>Engineers who had warned of its ${words} state for years said that the repairs of last spring had made the difference.</p>
${list.replaceAll('stones', 'bricks')}</article></main></body></html>`;
  return { list, draft: explained(html, `${URL_OF_PAGE}?page=${number}`).draft };
}

it('a list in a list stays where it is, on each page', () => {
  const [first, second] = [pageWith('Brown', 1), pageWith('Grey', 2)];
  const html = joinPages(first.draft, [{ draft: second.draft }]).fields.articleHtml ?? '';
  for (const { list } of [first, second])
    for (const each of [list, list.replaceAll('stones', 'bricks')]) expect(html).toContain(each);
});
