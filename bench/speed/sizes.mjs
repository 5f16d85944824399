/** Does the time grow with the page's size alone? One page made here, of 10 kB to 50 MB; nanoseconds a character. */
import { extractPage } from '../../dist/extract/extract.js';
import { parseDocument } from '../../dist/extract/page/tree.js';
import { digits } from './measure.mjs';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000, 50_000_000];
const url = 'https://example.org/2017/11/23/long-story';

export async function run() {
  const rows = [];
  for (const size of SIZES) {
    const html = pageOf(size);
    const rounds = Math.max(1, Math.min(30, Math.round(3_000_000 / size)));
    let least = Infinity;
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      extractPage(parseDocument(html), { url, html });
      least = Math.min(least, performance.now() - started);
    }
    rows.push({ characters: html.length, ms: digits(least), 'ns a character': digits((least / html.length) * 1e6, 1) });
  }
  const each = rows.map((row) => row['ns a character']);
  return {
    title: 'Sizes: one page, 10 kB to 50 MB',
    rows,
    // A small page pays for what every page pays once; growth is what comes after.
    claims: [
      {
        what: 'a character of the largest page, in those of 1 MB',
        ratio: each.at(-1) / each[2],
        bar: 1.5,
        atMost: true,
      },
    ],
  };
}

function pageOf(size) {
  const part = (number) =>
    `<section class="part part-${number % 7}"><h2>Part ${number} of the story</h2><p>On the ${1 + (number % 28)}th the <a href="/topics/harbour-${number}">harbour</a> was opened again, and what number ${number} had said of it, &ldquo;soon&rdquo;, came true.</p><ul><li>One thing</li><li>Another, with ${number} words</li></ul><script>var state${number} = {"a": [1, 2, 3]};</script><!-- ${number} --></section>`;
  const parts = [];
  let length = 0;
  for (let number = 0; length < size; number++) {
    parts.push(part(number));
    length += parts[number].length;
  }
  return `<!doctype html><html lang="en"><head><title>A long story</title><meta property="og:title" content="A long story"></head><body><article><h1>A long story</h1>${parts.join('')}</article></body></html>`;
}
