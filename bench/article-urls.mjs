// How well URLs tell articles from other pages before anything is fetched.
//
//   npm run build && node bench/article-urls.mjs CORPUS-DIR [--fit]
//
// CORPUS-DIR holds *.jsonl, one page a line: {"url": …, "html": …}, all of them articles. Positives are these URLs;
// negatives are links of the same site whose text is short (at most three words, 20 characters): navigation. That is a
// stand-in for the truth, so some negatives are articles after all. Prints precision and recall of the likelihood above
// thresholds; --fit prints weights by logistic regression for comparison with the table.
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLinks } from '../dist/discover/links.js';
import { articleLikelihood, UrlShapes } from '../dist/discover/shapes.js';
import { FEATURE_WEIGHTS, featuresOf } from '../dist/discover/url-features.js';
import { isMediaUrl } from '../dist/discover/url-words.js';
import { parseDocument } from '../dist/extract/page/tree.js';
import { normalizeUrl, siteOf } from '../dist/url.js';
import { linesIn } from './accuracy/corpus.mjs';

const [directory, fit] = process.argv.slice(2);
if (!directory) {
  console.error('usage: node bench/article-urls.mjs CORPUS-DIR [--fit]');
  process.exit(2);
}
const articles = new Set();
const navigation = new Set();
let readMs = 0;
let linkCount = 0;
let pages = 0;
for (const file of readdirSync(directory).filter((name) => name.endsWith('.jsonl'))) {
  for await (const line of linesIn(createReadStream(join(directory, file)))) {
    const page = JSON.parse(line);
    const url = normalizeUrl(page.url);
    if (url === undefined) continue;
    articles.add(url);
    if (typeof page.html !== 'string') continue;
    const document = parseDocument(page.html);
    const started = performance.now();
    const { links } = readLinks(document.elements, { url });
    readMs += performance.now() - started;
    linkCount += links.length;
    pages++;
    for (const link of links)
      if (link.text && link.text.length <= 20 && link.text.split(' ').length <= 3 && siteOf(link.url) === siteOf(url))
        navigation.add(link.url);
  }
}
for (const url of articles) navigation.delete(url);
console.log(
  `${articles.size} articles, ${navigation.size} navigation links; ${pages} pages with ${linkCount} links read in ${readMs.toFixed(0)} ms`,
);

const samples = [...[...articles].map((url) => [url, 1]), ...[...navigation].map((url) => [url, 0])];
report('prior', (url) => articleLikelihood(url));

// Each site's URLs in two halves by a hash: one is learned, the other judged.
const sites = new Map();
const half = (url) => [...url].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7) & 1;
for (const [url, isArticle] of samples) {
  const site = siteOf(url);
  if (!sites.has(site)) sites.set(site, new UrlShapes());
  if (half(url) === 0) sites.get(site).learn(url, isArticle === 1);
}
report(
  'after learning the other half of each site',
  (url) => sites.get(siteOf(url)).likelihood(url),
  (url) => half(url) === 1,
);

const started = performance.now();
for (const [url] of samples) articleLikelihood(url);
console.log(`likelihood: ${(((performance.now() - started) / samples.length) * 1000).toFixed(2)} µs a URL`);

function report(name, judge, where = () => true) {
  const judged = samples.filter(([url]) => where(url)).map(([url, is]) => [judge(url), is, url]);
  // Ranked pairs: how often an article stands before a navigation link. Independent of how many there are of each.
  const ranked = [...judged].sort((a, b) => a[0] - b[0]);
  let negatives = 0;
  let wins = 0;
  let ties = 0;
  for (let i = 0; i < ranked.length; ) {
    let j = i;
    let [p, n] = [0, 0];
    for (; j < ranked.length && ranked[j][0] === ranked[i][0]; j++) ranked[j][1] ? p++ : n++;
    wins += p * negatives;
    ties += p * n;
    negatives += n;
    i = j;
  }
  const positives = ranked.length - negatives;
  console.log(
    `\n${name}: an article ranks before a navigation link in ${(((wins + ties / 2) / (positives * negatives)) * 100).toFixed(1)}% of pairs`,
  );
  console.log('threshold  precision  recall  (precision with as many articles as links)');
  for (const threshold of [0.3, 0.5, 0.7, 0.9]) {
    const tp = judged.filter(([p, is]) => is && p >= threshold).length / positives;
    const fp = judged.filter(([p, is]) => !is && p >= threshold).length / negatives;
    console.log(
      `${threshold.toFixed(1).padStart(9)}  ${((tp / (tp + fp)) * 100).toFixed(1).padStart(8)}%  ${(tp * 100).toFixed(1).padStart(5)}%`,
    );
  }
  if (process.env.SHOW) {
    console.log(
      judged
        .filter(([p, is]) => is && p < 0.3)
        .map(([p, , url]) => `- ${p.toFixed(2)} ${url}`)
        .slice(0, 60)
        .join('\n'),
    );
    console.log(
      judged
        .filter(([p, is]) => !is && p > 0.7)
        .map(([p, , url]) => `+ ${p.toFixed(2)} ${url}`)
        .filter((_, i) => i % 97 === 0)
        .slice(0, 80)
        .join('\n'),
    );
  }
}

if (fit === '--fit') {
  const data = samples
    .filter(([url]) => !isMediaUrl(url))
    .map(([url, is]) => [featuresOf(url), is, is ? 1 / articles.size : 1 / navigation.size]);
  const weights = { ...FEATURE_WEIGHTS };
  for (let epoch = 0; epoch < 400; epoch++) {
    const gradient = {};
    for (const [features, is, share] of data) {
      const p = 1 / (1 + Math.exp(-features.reduce((sum, f) => sum + weights[f], 0)));
      for (const f of features) gradient[f] = (gradient[f] ?? 0) + (is - p) * share;
    }
    for (const f in gradient) weights[f] += 2 * (gradient[f] - 0.0005 * weights[f]);
  }
  for (const [feature, weight] of Object.entries(weights))
    console.log(feature.padEnd(18), FEATURE_WEIGHTS[feature].toFixed(1).padStart(5), weight.toFixed(2).padStart(6));
}
