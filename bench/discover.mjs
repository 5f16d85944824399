// What reading sitemaps, feeds and URLs costs, on documents made up here; feeds side by side with feedsmith.
//
//   npm run build && node bench/discover.mjs
import { parseFeed } from 'feedsmith';
import { articleKey } from '../dist/article-key.js';
import { readDocument } from '../dist/discover/document.js';
import { UrlShapes } from '../dist/discover/shapes.js';
import { normalizeUrl, siteOf } from '../dist/url.js';

const ROUNDS = 5;

function best(run) {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now();
    run();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

const entry = (i) =>
  `<url><loc>https://example.org/2017/11/story-number-${i}.html</loc><lastmod>2017-11-23</lastmod><news:news><news:publication><news:name>Daily</news:name><news:language>en</news:language></news:publication><news:publication_date>2017-11-23T18:49:00+03:00</news:publication_date><news:title>Story ${i} &amp; more</news:title></news:news></url>`;
const sitemap = Buffer.from(`<urlset>${Array.from({ length: 50_000 }, (_, i) => entry(i)).join('\n')}</urlset>`);
const sitemapMs = best(() => readDocument(sitemap, { url: 'https://example.org/sitemap.xml' }));
console.log(`news sitemap, 50,000 entries, ${(sitemap.length / 1e6).toFixed(1)} MB: ${sitemapMs.toFixed(0)} ms`);

const item = (i) =>
  `<item><title>Story ${i} &amp; more</title><link>https://example.org/2017/11/story-number-${i}.html</link><guid>${i}</guid><pubDate>Thu, 23 Nov 2017 18:49:00 EST</pubDate><content:encoded><![CDATA[<p>${'some words '.repeat(100)}</p>]]></content:encoded></item>`;
const feed = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Daily</title>${Array.from({ length: 2000 }, (_, i) => item(i)).join('\n')}</channel></rss>`;
const bytes = Buffer.from(feed);
const ownMs = best(() => readDocument(bytes, { url: 'https://example.org/feed' }));
const peerMs = best(() => parseFeed(bytes.toString()));
console.log(
  `full-text feed, 2,000 items, ${(bytes.length / 1e6).toFixed(1)} MB: ${ownMs.toFixed(0)} ms, dates and URLs made normal; feedsmith ${peerMs.toFixed(0)} ms, as written`,
);

const urls = Array.from(
  { length: 200_000 },
  (_, i) => `https://www.example${i % 500}.org/2017/11/23/storm-hits-${i}.html`,
);
const queries = urls.map((url, i) => `${url}?utm_source=rss&id=${i}`);
const shapes = new UrlShapes();
const measures = [
  ['normalizeUrl', normalizeUrl, urls],
  ['normalizeUrl, with a query', normalizeUrl, queries],
  ['articleKey', articleKey, urls],
  ['siteOf', siteOf, urls],
  ['likelihood', (url) => shapes.likelihood(url), urls],
];
for (const [name, run, list] of measures) {
  const ms = best(() => {
    for (const url of list) run(url);
  });
  console.log(`${name}: ${((ms / list.length) * 1000).toFixed(2)} µs a URL`);
}
