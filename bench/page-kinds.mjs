#!/usr/bin/env node
/**
 * How well articles are told from other pages: precision and recall on articles, and on section and front pages.
 *
 *   node bench/page-kinds.mjs --corpus DIR [--misses]
 *
 * In: a folder of real articles (see bench/accuracy/corpus.mjs). Every page of it is an article. Section and front pages
 * are made of them: the page's own frame (menus, boxes, footer, classes) with lists of the other pages' headlines and
 * first sentences where the article stood, in the shapes that real sites have; service pages likewise. Beside them the
 * pages of fixtures/sites. Out: a table, the recall bar, exit code 1 below it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { explainPage, parseDocument } from '../dist/extract/index.js';
import { decodeHtml } from '../dist/fetch/charset.js';
import { pagesOf, setsIn } from './accuracy/corpus.mjs';

const BARS = { articles: 0.99, others: 0.99 };
const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, misses: { type: 'boolean', default: false }, set: { type: 'string' } },
});
if (!options.corpus) {
  console.error('usage: node bench/page-kinds.mjs --corpus DIR [--set NAME] [--misses]');
  process.exit(2);
}

/** Every so manieth page lends its frame. */
const STEP = 5;

const counts = new Map();
function judge(kind, url, html, wanted) {
  const { draft, signals } = explainPage(parseDocument(html), { url, html });
  const { verdict } = draft;
  const entry = counts.get(kind) ?? { pages: 0, right: 0, exact: 0, as: {} };
  counts.set(kind, entry);
  entry.pages++;
  const isRight = verdict.isArticle === (wanted === 'article');
  if (isRight) entry.right++;
  const named = verdict.isArticle ? 'article' : verdict.reason;
  if (named === wanted) entry.exact++;
  entry.as[named] = (entry.as[named] ?? 0) + 1;
  if (options.misses && !isRight) {
    const told = signals.map(({ what, weight }) => `${weight} ${what}`).join('; ');
    console.log(`${kind} ${url}\n    ${named}: ${told}`);
  }
}

/** Every corpus page, and what can be listed of it. */
const corpus = [];
const stories = [];
for (const set of options.set ? [options.set] : await setsIn(options.corpus)) {
  for await (const page of pagesOf(options.corpus, set, (bytes) => decodeHtml(bytes, 'text/html').html)) {
    corpus.push({ ...page, set });
    const { title, body, starts } = page.truth;
    const text = body ?? starts;
    if (title && text)
      stories.push({ title, text: text.replace(/\s+/g, ' ').slice(0, 90 + (stories.length % 5) * 40) });
  }
}
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
/** Lists as sites show them. */
const CARDS = [
  ({ title, text }, href) => `<article><h2><a href="${href}">${title}</a></h2><p>${text}…</p></article>`,
  ({ title }, href) => `<li><a href="${href}">${title}</a></li>`,
  ({ title, text }, href, day) =>
    `<div class="teaser"><a href="${href}"><img src="x.jpg" alt=""></a><div><h3><a href="${href}">${title}</a></h3><p class="summary">${text}</p><span class="date">${day} March 2023</span></div></div>`,
  ({ title, text }, href) => `<a class="card" href="${href}"><h3>${title}</h3><p>${text}</p></a>`,
  ({ title, text }, href, day) =>
    `<div class="item"><time datetime="2023-03-${String(day).padStart(2, '0')}">${day}.03.2023</time> <a href="${href}">${title}</a><br>${text} <a href="${href}">more</a></div>`,
];
const NAMES = [
  'Politics',
  'Sport',
  'Wirtschaft',
  'Culture et loisirs',
  'Sucesos',
  'Health',
  'Local news',
  'Opinion',
  'Technologie',
  'Общество',
  '国际',
  'الاقتصاد',
];
const SERVICE = [
  [
    'about',
    'About us',
    'We are an independent newspaper founded by three friends. Our newsroom writes about everything that happens in the region, and we answer every letter.',
    'about',
  ],
  [
    'impressum',
    'Impressum',
    'Verantwortlich für den Inhalt ist die Verlagsgesellschaft, Marktplatz 3. Telefon und Fax stehen im Telefonbuch. Vertreten durch die Geschäftsführung.',
    'about',
  ],
  [
    'nothing-here',
    'Page not found',
    'The page you are looking for may have been moved or deleted. Please use the search or go back to the home page.',
    'soft-404',
  ],
  ['suche?q=fluss', 'Suchergebnisse', 'Ihre Suche ergab keine Treffer.', 'search'],
];

/** The page's markup with its article replaced, and all that its head says of an article left out. */
function reframed(document, { container, headline }, { title, heading, main }) {
  let replaced = false;
  const render = (node) => {
    if (node.type === 'text') return escaped(node.data);
    const { name } = node;
    if (name === 'title' || name === 'meta' || name === 'link') return '';
    if (node === container) {
      replaced = true;
      return main;
    }
    if (node === headline) return heading === '' ? '' : `<${name}>${escaped(heading)}</${name}>`;
    const attribs =
      name === 'body'
        ? ''
        : node.attribs
            .entries()
            .filter(([key]) => !key.startsWith('item'))
            .map(([key, value]) => ` ${key}="${escaped(value)}"`)
            .join('');
    const inner = node.children.map(render).join('');
    return node.tag.bits & 2 ? `<${name}${attribs}>` : `<${name}${attribs}>${inner}</${name}>`;
  };
  const body = document.children
    .map(render)
    .join('')
    .replace(/^<html[^>]*>(?:<head[^>]*><\/head>)?/, '');
  const head = `<head><title>${escaped(title)}</title><meta property="og:type" content="website"></head>`;
  return `<!doctype html><html>${head}${replaced ? body : `<body>${main}</body>`}`;
}

for (const [index, { url, html, set }] of corpus.entries()) {
  // A few pages of the sets are front pages; nobody would call them articles who sees the address.
  const isFront = /^https?:\/\/[^/]+\/?$/.test(url) && !url.includes('.invalid');
  judge(isFront ? 'front page of a set' : `article ${set}`, url, html, isFront ? 'front-page' : 'article');
  if (stories.length < 20 || index % STEP !== 0) continue;
  const document = parseDocument(html);
  const { body } = explainPage(document, { url, html });
  const { origin, hostname } = new URL(url);
  if (!body.container || body.container.name === 'html') continue;
  const h1 = document.elements.find((each) => each.name === 'h1');
  const place = { container: body.container, headline: h1 };
  const list = (count) =>
    Array.from({ length: count }, (_, i) => {
      const { title, text } = stories[(index * 7 + i * 13) % stories.length];
      return CARDS[(index / STEP) % CARDS.length](
        { title: escaped(title), text: escaped(text) },
        `/news/${i}-story-of-the-day`,
        1 + (i % 28),
      );
    }).join('\n');
  const name = NAMES[(index / STEP) % NAMES.length];
  const site = hostname.replace(/^www\./, '').split('.')[0];
  const section = { title: `${name} | ${site}`, heading: name, main: `<div>${list(6 + (index % 15))}</div>` };
  const segment = encodeURIComponent(name.toLowerCase().replaceAll(' ', '-'));
  judge('section page', `${origin}/${segment}/`, reframed(document, place, section), 'section');
  const front = { title: site, heading: '', main: `<div>${list(20 + (index % 30))}</div>` };
  judge('front page', `${origin}/`, reframed(document, place, front), 'front-page');
  const [path, heading, text, kind] = SERVICE[(index / STEP) % SERVICE.length];
  const service = { title: `${heading} - ${site}`, heading, main: `<div><h1>${heading}</h1><p>${text}</p></div>` };
  judge(`service page (${kind})`, `${origin}/${path}`, reframed(document, place, service), kind);
}

const fixtures = fileURLToPath(new URL('../fixtures/sites/', import.meta.url));
for (const site of readdirSync(fixtures)) {
  const { host, routes, contentType } = JSON.parse(readFileSync(`${fixtures}${site}/site.json`, 'utf8'));
  const articles = new Set(Object.values(routes).map((route) => route.article !== undefined && route.file));
  for (const [path, route] of Object.entries(routes)) {
    const file = typeof route === 'string' ? route : route.file;
    // Other forms of an article, and articles that come or go on another day.
    if (!file?.endsWith('.html') || /\.(?:amp|print)\.|404/.test(file) || route.redirect || route.status) continue;
    // Further pages of an article are read with its first one.
    if (route.partOf !== undefined) continue;
    // The same page under another address, such as one with a session's number, is the article too.
    const isArticle = articles.has(file);
    const html = decodeHtml(readFileSync(`${fixtures}${site}/${file}`), contentType).html;
    judge(
      isArticle ? 'fixture article' : 'fixture page',
      `http://${host}${path}`,
      html,
      isArticle ? 'article' : 'other',
    );
  }
}

const sums = { articles: [0, 0], others: [0, 0] };
for (const [kind, { pages, right, exact, as }] of counts) {
  const group = kind.includes('article') ? sums.articles : sums.others;
  group[0] += right;
  group[1] += pages;
  console.log(
    `${kind.padEnd(28)} ${String(pages).padStart(5)} pages  right ${percent(right, pages)}  kind ${percent(exact, pages)}  ${JSON.stringify(as)}`,
  );
}
const wrong = sums.others[1] - sums.others[0];
console.log(
  `articles: recall ${percent(...sums.articles)}, precision ${percent(sums.articles[0], sums.articles[0] + wrong)}`,
);
console.log(`other pages: recall ${percent(...sums.others)}`);
process.exitCode =
  sums.articles[0] / sums.articles[1] >= BARS.articles && sums.others[0] / sums.others[1] >= BARS.others ? 0 : 1;

function percent(part, whole) {
  return `${((100 * part) / Math.max(1, whole)).toFixed(2)}%`;
}
