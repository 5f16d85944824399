#!/usr/bin/env node
/**
 * The fields of a record that no corpus has a truth for, held against the page itself.
 *
 *   node bench/fields.mjs --corpus DIR [--set NAME]… [--show CHECK]
 *
 * In: a folder of pages (see accuracy/corpus.mjs). Each goes through `extract`; what the page shows is read a second
 * time, by another parser and by the plainest rules. Out: for each check how many pages it could be asked of, and how
 * many failed it. A failure is a page to look at, not always a fault: `--show` prints what was seen by the
 * checks whose names begin so, as JSON lines.
 */
import { parseArgs } from 'node:util';
import { load } from 'cheerio';
import { decodeHtml } from '../dist/fetch/charset.js';
import { extract } from '../dist/index.js';
import { pagesOf, setsIn } from './accuracy/corpus.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    set: { type: 'string', multiple: true },
    show: { type: 'string' },
  },
});
if (!options.corpus) {
  console.error('usage: node bench/fields.mjs --corpus DIR [--set NAME]… [--show CHECK]');
  process.exit(2);
}

const counts = new Map();
/** `faults`: what is wrong, nothing where all is well. */
function check(name, page, faults) {
  const entry = counts.get(name) ?? { asked: 0, failed: 0, faults: 0 };
  counts.set(name, entry);
  entry.asked++;
  if (faults.length === 0) return;
  entry.failed++;
  entry.faults += faults.length;
  if (options.show !== undefined && name.startsWith(options.show))
    console.log(JSON.stringify({ check: name, id: page.id, url: page.url, faults: faults.slice(0, 8) }));
}

const ENTITY = /&(?:[a-z]{2,8}|#\d{2,6}|#x[\da-f]{2,5});/i;
const MARKUP =
  /<\/?(?:p|br|a|div|span|b|i|u|em|strong|img|h[1-6]|li|ul|ol|script|style|iframe|figure)(?:\s[^<>]*)?\/?>/i;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2028\u2029\ufeff\ufffd]/;
const GLUED = /(?:^|\s)[\p{Ll}\p{Lu}][\p{Ll}]{2,}(?:[.!?]["”»]?)\p{Lu}\p{Ll}+(?:\s|$)/u;
/** Letters that are words in some language stand alone rightly. */
const SPLIT = /^([B-DF-HJ-NP-RT-VX])[ ](\p{Ll}{2,})/u;
/** Subscriptions and newsletters are what some articles are about. */
const SHARE =
  /facebook\.com\/(?:sharer|share|dialog)|twitter\.com\/(?:intent|share)|x\.com\/(?:intent|share)|pinterest\.[a-z]+\/pin\/create|linkedin\.com\/(?:share|cws)|wa\.me\/|whatsapp\.com\/send|t\.me\/share|reddit\.com\/submit|(?:tumblr|telegram)\.[a-z]+\/share|vk\.com\/share|getpocket\.com\/(?:save|edit)|plus\.google\.com\/share|addtoany/i;
const FILED = /\/(?:tags?|authors?|autor|auteur|autori|topics?|schlagwort|keyword|thema|profile)\/[^/]+\/?$/i;
const CREDIT =
  /(?:^|[\s(|/–—-])(?:photo(?:graph)?s?(?: by| credit)?|foto(?:s)?|bild|image|picture|credit|crédit(?: photo)?|fotografía|фото|quelle|source)\s?[:©/]|©|\(?(?:getty images|ap photo|shutterstock|reuters|afp|dpa)\b[^.]{0,40}\)?$/i;
const BOILERPLATE =
  /\b(?:read more|click here|find out more|weiterlesen|lire la suite|leer más|leggi (?:tutto|di più)|subscribe|cookies?|javascript|all rights reserved)\b|(?:^|\s)(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:read|more|continue)/i;
const TAGS = new Set(
  'p h2 h3 h4 h5 h6 ul ol li dl dt dd table tr td th blockquote pre figure img figcaption a strong em cite code kbd mark q s del ins sub sup ruby rt time br caption'.split(
    ' ',
  ),
);

const fold = (text) =>
  text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
/** Hosts that share the end of their names; a topic on another site is a source like any other. */
const sameSite = (a, b) => {
  const [one, other] = [a, b].map((url) => new URL(url).hostname.replace(/^www\./, ''));
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
};
const unescaped = (text) =>
  text.replace(/&(amp|lt|gt|quot);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name]);

/** Tags of clean HTML in order, with a stack: what is not closed where it should be. */
function nesting(html) {
  const faults = [];
  const open = [];
  for (const [whole, slash, name, attributes] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^<>]*)>/g)) {
    if (!TAGS.has(name)) faults.push(`tag ${whole.slice(0, 60)}`);
    if (slash) {
      if (open.pop() !== name) faults.push(`closed ${whole}`);
      continue;
    }
    const rest = attributes.replace(/ (?:href|src)="(?:https?:|mailto:)[^"]*"| alt="[^"]*"/g, '').trim();
    if (rest !== '') faults.push(`attribute ${whole.slice(0, 120)}`);
    const around = open.at(-1);
    if (name === 'li' && around !== 'ul' && around !== 'ol') faults.push('li without list');
    if ((name === 'dt' || name === 'dd') && around !== 'dl') faults.push(`${name} without dl`);
    if ((name === 'td' || name === 'th') && around !== 'tr') faults.push('cell without row');
    if (name === 'figcaption' && around !== 'figure') faults.push('figcaption without figure');
    if (/^(?:p|h\d|ul|ol|table|figure|blockquote|pre)$/.test(name) && /^(?:p|h\d|pre)$/.test(around ?? ''))
      faults.push(`${name} in ${around}`);
    if (name !== 'br' && name !== 'img') open.push(name);
  }
  if (open.length > 0) faults.push(`open ${open.join(' ')}`);
  return faults;
}

/** Lines of clean HTML, figures left out, by the tag they stand in. */
function linesOfHtml(html) {
  const lines = [];
  const clean = html.replace(/<figure>.*?<\/figure>/gs, '');
  for (const [, tag, inside] of clean.matchAll(/<(p|h[2-6]|li|dt|dd|td|th|pre|figcaption)>(.*?)<\/\1>/gs))
    lines.push({ tag, text: unescaped(inside.replace(/<br>/g, '\n').replace(/<[^>]*>/g, '')) });
  return lines;
}

const isAside = ($, element) =>
  $(element).closest('aside,nav,footer,header,form,[hidden],[aria-hidden=true]').length > 0;

function look(page, record) {
  const $ = load(page.html, { xml: { xmlMode: false, decodeEntities: true, recognizeSelfClosing: false } });
  const meta = (name) =>
    $(`meta[property="${name}"],meta[name="${name}"],meta[itemprop="${name}"]`).first().attr('content')?.trim() ||
    undefined;
  const text = (element) => {
    const copy = $(element).clone();
    copy.find('script,style,noscript,template').remove();
    copy.find('br').replaceWith(' ');
    return copy.text();
  };
  const body = record.articleBody ?? '';
  const html = record.articleHtml ?? '';
  const paragraphs = body.split('\n\n');
  const folded = new Set(paragraphs.map(fold));
  const siteNames = [meta('og:site_name'), record.publisher?.name].filter(Boolean).map(fold);

  // Text.
  const texts = Object.entries({
    headline: [record.headline],
    alternativeHeadline: [record.alternativeHeadline],
    description: [record.description],
    author: record.author?.map(({ name }) => name) ?? [],
    section: record.articleSection ?? [],
    keywords: record.keywords ?? [],
    publisher: [record.publisher?.name],
    body: paragraphs,
    caption: record.image?.map(({ caption }) => caption) ?? [],
    credit: record.image?.map(({ creditText }) => creditText) ?? [],
    link: record.citation?.map((link) => link.text) ?? [],
    entry: record.liveBlogUpdate?.flatMap((entry) => [entry.headline, entry.articleBody]) ?? [],
    video: record.video?.map(({ name }) => name) ?? [],
  }).flatMap(([field, values]) => values.filter((value) => value).map((value) => [field, value]));
  const matching = (pattern, test = () => true) =>
    texts.flatMap(([field, value]) => {
      const at = pattern.exec(value);
      return at && test(field) ? [`${field}: ${value.slice(Math.max(0, at.index - 30), at.index + 60)}`] : [];
    });
  check('text: entities left', page, matching(ENTITY));
  check('text: markup left', page, matching(MARKUP));
  check('text: control or invisible characters', page, matching(CONTROL));
  check('text: spaces at an end or doubled', page, matching(/^\s|\s$| {2}|\u00a0/));
  check(
    'body: words glued',
    page,
    matching(GLUED, (field) => field === 'body' || field === 'entry'),
  );
  check(
    'body: drop cap split',
    page,
    matching(SPLIT, (field) => field === 'body'),
  );
  const long = paragraphs.filter((paragraph) => paragraph.length >= 60).map(fold);
  check(
    'body: a paragraph twice',
    page,
    long.filter((paragraph, i) => long.indexOf(paragraph) !== i),
  );
  const captions = $('figcaption')
    .toArray()
    .map((element) => fold(text(element)));
  if (captions.length > 0)
    check(
      'body: caption inside',
      page,
      captions.filter((caption) => caption.length > 15 && folded.has(caption)),
    );

  // articleHtml.
  const lines = linesOfHtml(html);
  check('html: well nested, known tags', page, nesting(html));
  const told = fold(lines.map((line) => line.text).join(' ')).replaceAll(' ', '');
  const inBody = fold(body).replaceAll(' ', '');
  check('html: says what the body says', page, told === inBody ? [] : [`${told.length} against ${inBody.length}`]);
  // Items begin anew in a list within one.
  const items = [...html.matchAll(/<(?:li|dd|dt)>((?:(?!<\/?(?:li|ul|ol|dl|dd|dt)>).)*)/gs)].map(([, inside]) => ({
    tag: 'li',
    text: unescaped(inside.replace(/<[^>]*>/g, ' ')),
  }));
  const byTag = (pattern) =>
    new Set(
      [...lines, ...(pattern.test('li') ? items : [])]
        .filter(({ tag }) => pattern.test(tag))
        .map((line) => fold(line.text)),
    );
  const titles = new Set(
    $('h1,h2,h3,h4,h5,h6')
      .toArray()
      .map((element) => fold(text(element))),
  );
  const lost = (selector, pattern) => {
    const own = byTag(pattern);
    const faults = [];
    let asked = 0;
    for (const element of $(selector).toArray()) {
      const said = fold(text(element));
      // What stands in a table of contents too is a heading.
      if (said.length < 8 || !folded.has(said) || (selector === 'li' && titles.has(said))) continue;
      asked++;
      if (!own.has(said)) faults.push(said.slice(0, 100));
    }
    return asked > 0 ? faults : undefined;
  };
  for (const [name, selector, pattern] of [
    // Of a table too.
    ['html: heading became a paragraph', 'h2,h3,h4,h5,h6', /^(?:h\d|th)$/],
    ['html: list item became a paragraph', 'li', /^li$/],
    ['html: preformatted text became a paragraph', 'pre', /^pre$/],
  ]) {
    const faults = lost(selector, pattern);
    if (faults) check(name, page, faults);
  }
  const quoted = $('blockquote')
    .toArray()
    .map((element) => fold(text(element)))
    // A pull quote that a paragraph says as well is not shown twice.
    .filter(
      (said) =>
        said.length > 20 &&
        inBody.includes(said.replaceAll(' ', '')) &&
        !paragraphs.some((paragraph) => fold(paragraph).length > said.length && fold(paragraph).includes(said)),
    );
  if (quoted.length > 0) {
    const inQuotes = [...html.matchAll(/<blockquote>(.*?)<\/blockquote>/gs)].map(([, inside]) =>
      fold(unescaped(inside.replace(/<[^>]*>/g, ' '))).replaceAll(' ', ''),
    );
    check(
      'html: quote became a paragraph',
      page,
      quoted.filter((said) => !inQuotes.some((one) => one.includes(said.replaceAll(' ', '')))),
    );
  }

  // Links.
  const links = record.citation?.map(({ url }) => url) ?? [];
  if (links.length > 0) {
    check(
      'citation: share button',
      page,
      links.filter((url) => SHARE.test(url)),
    );
    check(
      'citation: tag or author page of the site',
      page,
      links.filter((url) => FILED.test(url) && sameSite(url, page.url)),
    );
  }

  // Pictures.
  const images = record.image ?? [];
  const named = [meta('og:image'), meta('twitter:image')].find((url) => url);
  if (named && !/logo|default|placeholder|icon/i.test(named))
    check('image: the page names one', page, images.length > 0 ? [] : [named]);
  const stem = (url) =>
    decodeURIComponent(url.replace(/%(?![\da-f]{2})/gi, '%25').replace(/[?#].*$/, ''))
      .split('/')
      .at(-1)
      .toLowerCase()
      .replace(/[-_](?:\d{2,4}x\d{2,4}|scaled)(?=\.)|\.(?:jpe?g|png|webp|avif|gif)/g, '');
  const first = $('*').toArray();
  const place = new Map(first.map((element, i) => [element, i]));
  const wanted = new Set([fold(paragraphs[0] ?? ''), fold(paragraphs.at(-1) ?? '')]);
  const ends = $('p,li,div,h2,h3')
    .toArray()
    .filter((element) => wanted.has(fold($(element).text())));
  const from = ends.length > 1 ? place.get(ends[0]) : undefined;
  const to = ends.length > 1 ? place.get(ends.at(-1)) : undefined;
  if (from !== undefined && to > from) {
    const seen = new Map();
    for (const element of $('figure img, picture img, figure amp-img').toArray()) {
      const at = place.get(element);
      if (at < from || at > to || isAside($, element)) continue;
      const link = $(element).closest('a').attr('href');
      if (link && !/\.(?:jpe?g|png|webp|gif)/i.test(link)) continue;
      if (Number($(element).attr('width')) < 150) continue;
      const offered = [element, ...$(element).siblings('source').toArray()];
      const sources = ['src', 'data-src', 'data-lazy-src', 'data-original', 'srcset', 'data-srcset']
        .flatMap((name) => offered.map((one) => $(one).attr(name) ?? ''))
        .join(' ');
      const own = [...sources.matchAll(/[^\s,]+\.(?:jpe?g|png|webp|avif)[^\s,]*/gi)].map(([url]) => stem(url));
      if (own.length > 0) seen.set(own[0], own);
    }
    if (seen.size > 0) {
      const shown = new Set(
        [...html.matchAll(/<img src="([^"]*)"/g)].map(([, src]) => stem(unescaped(src)).slice(0, 24)),
      );
      check(
        'image: those between the paragraphs are in articleHtml',
        page,
        // Sizes and cuts of one picture mostly differ at the end of their names.
        [...seen.values()].filter((own) => !own.some((one) => shown.has(one.slice(0, 24)))).map((own) => own[0]),
      );
    }
  }
  if (images.length > 0) {
    const stems = images.map(({ url }) => stem(url)).filter((one) => one.length > 10 && /\p{L}/u.test(one));
    check(
      'image: one twice',
      page,
      stems.filter((one, i) => stems.indexOf(one) !== i),
    );
    check(
      'image: small by its address',
      page,
      images
        .filter(({ url }) => /(?:[?&](?:w|width)=|[-_/]w?)(?:\d{1,2}|1[0-4]\d)(?:&|$|x\d{2,3}\b)/i.test(url))
        .map(({ url }) => url),
    );
    const withCaption = images.filter(({ caption }) => caption);
    if (withCaption.length > 0)
      check(
        'image: credit left in the caption',
        page,
        withCaption.filter(({ caption }) => CREDIT.test(caption)).map(({ caption }) => caption.slice(-120)),
      );
    if (captions.some((caption) => caption.length > 15) && html.includes('<img'))
      check(
        'image: figures bring their captions',
        page,
        images.some(({ caption, creditText }) => caption || creditText) ? [] : captions.slice(0, 2),
      );
  }

  // What machines are told.
  const things = [];
  $('script[type="application/ld+json"]').each((_, element) => {
    try {
      const walk = (value) => {
        if (Array.isArray(value)) value.forEach(walk);
        else if (value && typeof value === 'object') {
          things.push(value);
          Object.values(value).forEach(walk);
        }
      };
      walk(JSON.parse($(element).text()));
    } catch {
      // Read by the extractor all the same.
    }
  });
  const article = things.find((thing) => /(?:Article|Posting)$/.test([thing['@type']].flat().join(' ')));
  const lang = $('html').attr('lang')?.toLowerCase().split(/[-_]/)[0];
  if (lang)
    check(
      'language: as the page says',
      page,
      record.inLanguage?.toLowerCase().split('-')[0] === lang ? [] : [`${lang} → ${record.inLanguage}`],
    );
  if (meta('og:description') ?? meta('description'))
    check('description: the page has one', page, record.description ? [] : [meta('og:description')]);
  if (record.description) {
    check(
      'description: boilerplate',
      page,
      BOILERPLATE.test(record.description) ? [record.description.slice(0, 200)] : [],
    );
    check(
      'description: is the headline',
      page,
      fold(record.description) === fold(record.headline ?? '') ? [record.description] : [],
    );
    check(
      'description: is a whole article',
      page,
      record.description.length > 1000 ? [record.description.slice(0, 100)] : [],
    );
  }
  if (record.headline) {
    const headline = fold(record.headline);
    check(
      'headline: ends with the site',
      page,
      siteNames
        .filter((name) => name.length > 3 && headline !== name && headline.endsWith(` ${name}`))
        .map(() => record.headline),
    );
  }
  const sections = [article?.articleSection].flat().filter((value) => typeof value === 'string' && value.trim());
  const crumbs = things.some((thing) => thing['@type'] === 'BreadcrumbList');
  if (sections.length > 0 || meta('article:section') || crumbs)
    check(
      'section: the page has one',
      page,
      record.articleSection ? [] : [sections[0] ?? meta('article:section') ?? 'crumbs'],
    );
  if (record.articleSection)
    check(
      'section: site, headline or home',
      page,
      record.articleSection.filter(
        (name) =>
          siteNames.includes(fold(name)) ||
          fold(name) === fold(record.headline ?? '') ||
          /^(?:home|article|articles|news article|uncategori[sz]ed|default|root|null)$/i.test(name),
      ),
    );
  if (record.articleSection)
    check('section: many', page, record.articleSection.length > 5 ? [record.articleSection.join(' | ')] : []);
  if (meta('keywords') ?? meta('news_keywords') ?? meta('article:tag'))
    check(
      'keywords: the page has some',
      page,
      record.keywords ? [] : [meta('keywords') ?? meta('news_keywords') ?? meta('article:tag')],
    );
  if (record.keywords) {
    check(
      'keywords: with the site',
      page,
      record.keywords.filter((word) => siteNames.includes(fold(word))),
    );
    check(
      'keywords: long, or not parted',
      page,
      record.keywords.filter((word) => word.length > 50 || /[,;|]/.test(word)),
    );
  }
  const modified = [article?.dateModified, meta('article:modified_time')].find(
    (value) => typeof value === 'string' && /^\d{4}-\d\d/.test(value),
  );
  if (modified)
    check(
      'modified: the page says when',
      page,
      record.dateModified ? [] : [`${modified}, published ${record.datePublished}`],
    );
  if (record.dateModified && record.datePublished)
    check(
      'modified: not before published',
      page,
      Date.parse(record.dateModified) + 86_400_000 < Date.parse(record.datePublished)
        ? [`${record.datePublished} ${record.dateModified}`]
        : [],
    );
  const publisher = meta('og:site_name') ?? [article?.publisher].flat()[0]?.name;
  if (publisher) check('publisher: the page has one', page, record.publisher ? [] : [publisher]);
  if (record.publisher)
    check(
      'publisher: an address or long',
      page,
      /^(?:https?:|www\.|@)|.{60}/.test(record.publisher.name) ? [record.publisher.name] : [],
    );
  const canonical = $('link[rel=canonical]').attr('href');
  if (canonical) check('canonicalUrl: the page has one', page, record.canonicalUrl ? [] : [canonical]);
  if (typeof article?.isAccessibleForFree === 'boolean')
    check(
      'access: as the page says',
      page,
      record.isAccessibleForFree === article.isAccessibleForFree
        ? []
        : [`${article.isAccessibleForFree} → ${record.isAccessibleForFree}`],
    );
  const kind = [article?.['@type']].flat().join(' ');
  if (kind)
    check(
      'type: as the page says',
      page,
      kind.split(' ').includes(record['@type']) ||
        /^(?:Article|TechArticle|SocialMediaPosting|ScholarlyArticle|NewsArticle|MedicalScholarlyArticle|Report|ReportageNewsArticle|BlogPosting|WebPage)/.test(
          kind,
        )
        ? []
        : [`${kind} → ${record['@type']}`],
    );
  const embeds = $('iframe')
    .toArray()
    .map((element) => $(element).attr('src') || $(element).attr('data-src') || '')
    .filter((src) => /youtube(?:-nocookie)?\.com\/embed\/[\w-]{6}|player\.vimeo\.com\/video\/\d/.test(src));
  if (embeds.length > 0 && from !== undefined)
    check('video: embedded players', page, record.video ? [] : embeds.slice(0, 2));
  const segmenter = new Intl.Segmenter(record.inLanguage ?? 'und', { granularity: 'word' });
  let words = 0;
  for (const { isWordLike } of segmenter.segment(body)) if (isWordLike) words++;
  if (body)
    check(
      "wordCount: within a tenth of the segmenter's",
      page,
      Math.abs(words - record.wordCount) <= 0.1 * words + 3 ? [] : [`${record.wordCount} against ${words}`],
    );
}

const descriptions = new Map();
let others = 0;
let pages = 0;
const types = {};
for (const set of options.set ?? (await setsIn(options.corpus))) {
  for await (const page of pagesOf(options.corpus, set, (bytes) => decodeHtml(bytes, 'text/html').html)) {
    const record = await extract(page.html, { url: page.url });
    pages++;
    if (record.outcome) {
      others++;
      continue;
    }
    types[record['@type']] = (types[record['@type']] ?? 0) + 1;
    look(page, record);
    if (record.description) {
      const key = `${new URL(page.url).hostname} ${fold(record.description)}`;
      const own = descriptions.get(key) ?? new Set();
      descriptions.set(key, own.add(fold(record.headline ?? '')));
    }
  }
}
for (const [key, headlines] of descriptions)
  check('description: on several pages of the site', { url: key }, headlines.size > 1 ? [key] : []);

console.log(
  `${pages} pages, ${others} of them no articles; ${Object.entries(types)
    .sort((a, b) => b[1] - a[1])
    .map(([type, count]) => `${count} ${type}`)
    .join(', ')}`,
);
console.log(`${'check'.padEnd(58)}${'asked'.padStart(7)}${'failed'.padStart(8)}${'faults'.padStart(8)}`);
for (const [name, { asked, failed, faults }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(
    `${name.padEnd(58)}${String(asked).padStart(7)}${String(failed).padStart(8)}${String(faults).padStart(8)}`,
  );
