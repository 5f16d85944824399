/**
 * Does the time grow with the page's size alone, whatever the page is made of? Pages of a hundred shapes, hostile ones
 * among them, each four times as large as before: linear time takes four times as long, quadratic time sixteen times.
 */
import { readPage } from '../../dist/pool/page-task.js';
import { digits } from './measure.mjs';

const SMALL = 2000;
const GROWTH = 4;
/** Half way between linear and quadratic. */
const BAR = 8;
const SHOWN = 8;
/** What takes less tells nothing of its growth. */
const LEAST_MS = 10;

export async function run() {
  const rows = Object.entries(SHAPES).map(([shape, make]) => {
    timeOf(make(SMALL / 20));
    const small = Math.min(timeOf(make(SMALL)), timeOf(make(SMALL)));
    const page = make(SMALL * GROWTH);
    const large = timeOf(page);
    return {
      shape,
      kB: Math.round(page.length / 1000),
      ms: digits(large, 0),
      growth: digits(large / Math.max(small, LEAST_MS), 1),
    };
  });
  rows.sort((a, b) => b.growth - a.growth);
  return {
    title: `Shapes: ${rows.length} kinds of page, each ${GROWTH} times as large; the ${SHOWN} that grow most`,
    rows: rows.slice(0, SHOWN),
    claims: [{ what: `most growth of a page ${GROWTH} times as large`, ratio: rows[0].growth, bar: BAR, atMost: true }],
  };
}

/** Milliseconds of processor time. */
function timeOf(body) {
  const started = process.cpuUsage();
  readPage({ url: 'https://example.org/2020/01/02/a-b-c', body, links: true });
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

const para = (i) =>
  `<p>The harbour number ${i} was opened again on Friday ${i}, after a winter of repairs that cost more than anyone had thought, said Jane Doe${i}.</p>`;
const wrap = (b, h = '') =>
  `<!doctype html><html lang=en><head><title>Harbour opens again - Paper</title>${h}</head><body><article><h1>Harbour opens again</h1>${para(0)}${para(1)}${b}${para(2)}</article></body></html>`;
const rep = (n, f) => Array.from({ length: n }, (_, i) => f(i)).join('');

const SHAPES = {
  nestA: (n) => wrap(`${'<a href=/x>'.repeat(n)}text`),
  nestB: (n) => wrap(`${'<b>'.repeat(n)}text${'</b>'.repeat(n)}`),
  nestDiv: (n) => wrap(`${'<div class=a>'.repeat(n)}text`),
  nestBP: (n) => wrap(`${'<b><p>'.repeat(n)}text`),
  fmtCross: (n) => wrap(rep(n, (i) => `<b><div>x${i}</b></div>`)),
  entities: (n) => wrap(`<p>${'&amp; &lt; &notin; &x '.repeat(n)}`),
  attrs: (n) => wrap(`<p ${rep(n, (i) => `a${i}=b${i} class=c${i} `)}>text</p>`),
  classlong: (n) => wrap(`<p class="${rep(n, (i) => `word${String.fromCharCode(97 + (i % 26))} `)}">text</p>`),
  metas: (n) =>
    wrap(
      '',
      rep(
        n,
        (i) =>
          `<meta name="author" content="Jane Doe${String.fromCharCode(97 + (i % 26))}${i}"><meta property="article:published_time" content="2020-01-0${1 + (i % 9)}T10:0${i % 10}:00Z">`,
      ),
    ),
  metatitles: (n) =>
    wrap(
      '',
      rep(
        n,
        (i) =>
          `<meta property="og:title" content="Harbour opens again ${i}"><meta name=keywords content="a${i},b${i}">`,
      ),
    ),
  ld: (n) =>
    wrap(
      '',
      rep(
        n,
        (i) =>
          `<script type="application/ld+json">{"@type":"NewsArticle","@id":"#${i}","headline":"Harbour opens again ${i}","author":[{"@type":"Person","name":"Jane Doe"}],"datePublished":"2020-01-02"}</script>`,
      ),
    ),
  ldBig: (n) =>
    wrap(
      '',
      `<script type="application/ld+json">[${rep(n, (i) => `{"@type":"NewsArticle","@id":"#${i}","headline":"Harbour ${i}","author":{"@id":"#a${i}"}},`)}{}]</script>`,
    ),
  ldDeep: (n) => wrap('', `<script type="application/ld+json">${'{"a":['.repeat(n)}1${']}'.repeat(n)}</script>`),
  ldBroken: (n) =>
    wrap(
      '',
      `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"${'a "quote" \n'.repeat(n)}"}</script>`,
    ),
  ldAuthors: (n) =>
    wrap(
      '',
      `<script type="application/ld+json">{"@type":"NewsArticle","author":[${rep(n, (i) => `{"@type":"Person","name":"Jane Doe${String.fromCharCode(97 + (i % 26))}${i}"},`)}{}]}</script>`,
    ),
  state: (n) =>
    wrap(
      '',
      `<script>window.__STATE__={"articles":[${rep(n, (i) => `{"id":${i},"title":"Harbour opens ${i}","body":"The harbour was opened again on Friday ${i}, after a winter","date":"2020-01-02T10:00:00Z"},`)}null]};</script>`,
    ),
  stateStr: (n) =>
    wrap(
      '',
      `<script>self.__next_f.push([1,${JSON.stringify(JSON.stringify({ a: Array.from({ length: n }, (_, i) => ({ b: `text of the harbour ${i}` })) }))}])</script>`,
    ),
  scripts: (n) =>
    wrap(
      '',
      rep(n, (i) => `<script>var a${i}={"x":"y${i}","published":"2020-01-02"};</script>`),
    ),
  h1s: (n) => wrap(rep(n, (i) => `<h1>Harbour opens again ${i}</h1>`)),
  h2p: (n) => wrap(rep(n, (i) => `<h2>Part ${i}</h2>${para(i)}`)),
  times: (n) =>
    wrap(rep(n, (i) => `<time datetime="2020-01-${10 + (i % 18)}T10:00:00Z">${1 + (i % 28)} May 2020</time> `)),
  timeBlocks: (n) =>
    wrap(rep(n, (i) => `<div class=date>${1 + (i % 28)} May 20${10 + (i % 14)}, 10:${10 + (i % 50)}</div>`)),
  bylines: (n) =>
    wrap(
      rep(
        n,
        (i) =>
          `<span class=author>By <a rel=author href=/author/j${i}>Jane Doe${String.fromCharCode(97 + (i % 26))}</a></span>`,
      ),
    ),
  bylineP: (n) =>
    wrap(rep(n, (i) => `<p class=byline>By Jane Doe${String.fromCharCode(97 + (i % 26))} and John Roe${i}</p>`)),
  bylineLong: (n) => wrap(`<p class=byline>By ${rep(n, (i) => `Jane Doe${String.fromCharCode(97 + (i % 26))}, `)}</p>`),
  imgs: (n) =>
    wrap(
      rep(
        n,
        (i) =>
          `<figure><img srcset="/a${i}.jpg 100w, /b${i}.jpg 200w" src=/c${i}.jpg alt="x ${i}"><figcaption>Caption ${i} Photo: AP</figcaption></figure>`,
      ),
    ),
  imgsBare: (n) => wrap(rep(n, (i) => `<img src=/c${i}.jpg>`)),
  srcset: (n) => wrap(`<img srcset="${rep(n, (i) => `/a${i}.jpg ${i}w, `)}">`),
  pictures: (n) =>
    wrap(
      rep(
        n,
        (i) =>
          `<picture><source srcset="/a${i}.webp 100w"><img data-src=/c${i}.jpg></picture><noscript><img src=/d${i}.jpg></noscript>`,
      ),
    ),
  iframes: (n) => wrap(rep(n, (i) => `<iframe src="https://www.youtube.com/embed/x${i}"></iframe>`)),
  customs: (n) => wrap(rep(n, (i) => `<my-player data-videoid=${i}></my-player>`)),
  links: (n) => wrap(`<p>${rep(n, (i) => `<a href="https://e${i}.org/x/${i}">link ${i}</a> and `)}</p>`),
  linkP: (n) => wrap(rep(n, (i) => `<p><a href="/x/${i}">Read more about ${i}</a></p>`)),
  table: (n) => wrap(`<table>${rep(n, (i) => `<tr><td>${i}</td><td>x${i}</td><td>y</td></tr>`)}</table>`),
  tableWide: (n) => wrap(`<table><tr>${rep(n, (i) => `<td>c${i}</td>`)}</tr></table>`),
  tableNest: (n) => wrap(`${'<table><tr><td>'.repeat(n)}x`),
  li: (n) => wrap(`<ul>${rep(n, (i) => `<li>Item number ${i} of the list</li>`)}</ul>`),
  liNest: (n) => wrap('<ul><li>x'.repeat(n)),
  br: (n) => wrap(`<div>${rep(n, (i) => `line ${i} of the poem<br>`)}</div>`),
  brbr: (n) =>
    wrap(`<div>${rep(n, (i) => `Paragraph ${i} of the text that goes on for a while, as they do.<br><br>`)}</div>`),
  spans: (n) => wrap(`<p>${rep(n, (i) => `<span>w${i} </span>`)}</p>`),
  paras: (n) => wrap(rep(n, para)),
  same: (n) => wrap(para(7).repeat(n)),
  oneP: (n) => wrap(`<p>${'The harbour was opened again on Friday, after a winter. '.repeat(n)}</p>`),
  quotes: (n) =>
    wrap(rep(n, (i) => `<blockquote><p>"The harbour ${i} was opened again on a Friday", she said.</p></blockquote>`)),
  pull: (n) =>
    wrap(
      rep(n, (i) => `${para(i)}<aside class=pullquote>The harbour number ${i} was opened again on Friday ${i}</aside>`),
    ),
  live: (n) =>
    wrap(
      rep(
        n,
        (i) =>
          `<div class="liveblog-entry"><time datetime="2020-01-02T10:${10 + (i % 50)}:00Z">10:${10 + (i % 50)}</time><h3>Entry ${i}</h3>${para(i)}</div>`,
      ),
    ),
  comments: (n) =>
    wrap(
      '<div id=comments>' +
        rep(
          n,
          (i) =>
            `<div class=comment><span class=author>user${i}</span><time>2 hours ago</time><p>I think that ${i} is right, isn't it?</p></div>`,
        ) +
        '</div>',
    ),
  crumbs: (n) => wrap(`<nav class=breadcrumb>${rep(n, (i) => `<a href=/s${i}>Sec ${i}</a>`)}</nav>`),
  tags: (n) => wrap(rep(n, (i) => `<a rel=tag href=/t${i}>Tag ${i}</a>`)),
  props: (n) =>
    wrap(
      '<div itemscope itemtype="http://schema.org/NewsArticle">' +
        rep(n, (i) => `<span itemprop="author name headline datePublished">x${i}</span>`) +
        '</div>',
    ),
  lt: (n) => wrap('<'.repeat(n)),
  lts: (n) => wrap('< '.repeat(n)),
  cm: (n) => wrap('<!--'.repeat(n)),
  cm2: (n) => wrap('<!-- x -->'.repeat(n)),
  endtags: (n) => wrap('</p></x></b>'.repeat(n)),
  quoteq: (n) => wrap('<a title="'.repeat(n)),
  svg: (n) => wrap('<svg><p>'.repeat(n)),
  tmpl: (n) => wrap('<template><p>x'.repeat(n)),
  textarea: (n) => wrap('<textarea>'.repeat(n)),
  scr: (n) => wrap('<script>'.repeat(n)),
  scr2: (n) => wrap('<script></scrip'.repeat(n)),
  title: (n) => `<title>${'Harbour - opens | again » '.repeat(n)}</title><h1>Harbour</h1>${para(1)}${para(2)}`,
  cjk: (n) => wrap(`<p>${'港口于周五重新开放，经过一个冬天的维修。'.repeat(n)}</p>`),
  arab: (n) => wrap(`<p>${'أعيد فتح الميناء يوم الجمعة، بعد شتاء من الإصلاحات. '.repeat(n)}</p>`),
  emoji: (n) => wrap(`<p>${'👩‍👩‍👧‍👦 '.repeat(n)}</p>`),
  zw: (n) => wrap(`<p>${'a\u200b\u00ad'.repeat(n)}</p>`),
  comb: (n) => wrap(`<p>a${'\u0301'.repeat(n)}</p>`),
  nbsp: (n) => wrap(`<p>${'\u00a0'.repeat(n)}x</p>`),
  digits: (n) => wrap(`<p>${'2020-01-02 '.repeat(n)}</p>`),
  digits2: (n) => wrap(`<p>${'1'.repeat(n)}</p>`),
  ago: (n) => wrap(rep(n, (i) => `<span class=time>${i % 50} minutes ago</span>`)),
  caps: (n) => wrap(`<p>${'BERLIN (AP) - '.repeat(n)}</p>`),
  pipes: (n) => wrap(`<p class=byline>${'By A | '.repeat(n)}</p>`),
  and: (n) => wrap(`<p class=byline>By ${'Jane Doe and '.repeat(n)}</p>`),
  parens: (n) => wrap(`<p class=byline>By ${'('.repeat(n)}</p>`),
  hidden: (n) => wrap(rep(n, (i) => `<div style="display:none">x ${i}</div><div hidden>y</div>`)),
  details: (n) => wrap(rep(n, (i) => `<details><summary>S ${i}</summary>${para(i)}</details>`)),
  relnext: (n) =>
    wrap(
      '',
      rep(n, (i) => `<link rel=next href=/p${i}><link rel=alternate hreflang=x${i} href=/q${i}>`),
    ),
  pager: (n) => wrap(`<div class=pagination>${rep(n, (i) => `<a href="?page=${i}">${i}</a>`)}</div>`),
  dataattr: (n) => wrap(rep(n, (i) => `<div data-x='{"a":"${'y'.repeat(400)}${i}"}'>t</div>`)),
  ruby: (n) => wrap(`<p>${'<ruby>漢<rt>かん</rt></ruby>'.repeat(n)}</p>`),
  dl: (n) => wrap(`<dl>${rep(n, (i) => `<dt>T${i}<dd>D ${i}`)}</dl>`),
  articles: (n) => `<body>${rep(n, (i) => `<article><h2><a href=/a${i}>Story ${i}</a></h2>${para(i)}</article>`)}`,
  forms: (n) => wrap('<form><input><button>x</button></form>'.repeat(n)),
  select: (n) => wrap(`<select>${'<option>x'.repeat(n)}</select>`),
  pre: (n) => wrap(`<pre>${'code line();\n'.repeat(n)}</pre>`),
  zhTitle: (n) => `<title>${'港口于周五重新开放，经过'.repeat(n)}</title>${para(1)}${para(2)}`,
  zhMeta: (n) =>
    wrap(
      '',
      '<meta name=description content="' +
        '港口于周五重新开放，经过'.repeat(n) +
        '"><meta name=author content="' +
        '王小明、'.repeat(n) +
        '"><meta property=og:title content="' +
        '港口于'.repeat(n) +
        '">',
    ),
  zhBy: (n) => wrap(`<p class=byline>记者${'王小明 '.repeat(n)}</p>`),
  zhH1: (n) => `<h1>${'港口于周五重新开放'.repeat(n)}</h1>${para(1)}${para(2)}`,
  arDates: (n) => wrap(rep(n, (i) => `<p class=date>٢٠٢٠/١/٢ ${i} يناير ٢٠٢٠</p>`)),
  thai: (n) => wrap(`<p>${'ท่าเรือเปิดอีกครั้งในวันศุกร์หลังจาก'.repeat(n)}</p>`),
  dots: (n) => wrap(`<p>${'. '.repeat(n)}</p>`),
  ws: (n) => wrap(`<p>a${' \n\t'.repeat(n)}b</p>`),
  wsDivs: (n) => wrap('<div> \n </div>'.repeat(n)),
  descLong: (n) => wrap('', `<meta name=description content="${'The harbour was opened. '.repeat(n)}">`),
  ldBody: (n) =>
    wrap(
      rep(n, para),
      '<script type="application/ld+json">' +
        JSON.stringify({
          '@type': 'NewsArticle',
          articleBody: rep(n, (i) => `The harbour number ${i} was opened again on Friday. `),
        }) +
        '</script>',
    ),
  ldKeys: (n) =>
    wrap(
      '',
      '<script type="application/ld+json">' +
        JSON.stringify({
          '@type': 'NewsArticle',
          keywords: Array.from({ length: n }, (_, i) => `key ${i}`),
          articleSection: Array.from({ length: n }, (_, i) => `sec ${i}`),
          image: Array.from({ length: n }, (_, i) => `/i${i}.jpg`),
          hasPart: Array.from({ length: n }, (_, i) => ({ '@type': 'WebPageElement', cssSelector: `.p${i}` })),
        }) +
        '</script>',
    ),
  ldLive: (n) =>
    wrap(
      rep(n, para),
      '<script type="application/ld+json">' +
        JSON.stringify({
          '@type': 'LiveBlogPosting',
          liveBlogUpdate: Array.from({ length: n }, (_, i) => ({
            '@type': 'BlogPosting',
            headline: `E ${i}`,
            articleBody: `The harbour number ${i} was opened again on Friday ${i}, after a winter of repairs`,
            datePublished: '2020-01-02T10:00:00Z',
          })),
        }) +
        '</script>',
    ),
  authorsZh: (n) => wrap(rep(n, (i) => `<span class=author>王小明${i}</span>`)),
  mailtos: (n) =>
    wrap(rep(n, (i) => `<a href="mailto:jane${i}@e.org">Jane Doe${String.fromCharCode(97 + (i % 26))}</a> `)),
  captions: (n) =>
    wrap(
      rep(
        n,
        (i) => `<figure><img src=/a${i}.jpg><figcaption>${'Photo: Jane Doe/AP. '.repeat(5)}</figcaption></figure>`,
      ),
    ),
  headingsOnly: (n) => `<title>x</title>${rep(n, (i) => `<h2>Head ${i}</h2>`)}`,
  titleParts: (n) =>
    '<title>Harbour - ' +
    'a - '.repeat(n) +
    '</title><h1>Harbour</h1>' +
    rep(200, (i) => `<h2>Harbour - ${i}</h2>`) +
    para(1) +
    para(2),
  ids: (n) =>
    wrap(
      rep(
        n,
        (i) =>
          '<p id="x-' +
          String.fromCharCode(97 + (i % 26)) +
          String.fromCharCode(97 + (((i / 26) | 0) % 26)) +
          String.fromCharCode(97 + (((i / 676) | 0) % 26)) +
          '" class="c-' +
          i +
          '">t ' +
          i +
          '</p>',
      ),
    ),
  hreflang: (n) =>
    wrap(
      '',
      rep(n, (i) => `<link rel=alternate type=application/rss+xml href=/f${i}>`),
    ),
  shadow: (n) => wrap('<div><template shadowrootmode=open><p>x'.repeat(n)),
  font: (n) => wrap(`<p>${'<font color=red>x</font>'.repeat(n)}</p>`),
  nobrs: (n) => wrap(`<p>${'x<br>'.repeat(n)}</p>`),
  stops: (n) => wrap(`<p>${'A.B.C. '.repeat(n)}</p>`),
  urlsText: (n) => wrap(`<p>${'https://e.org/2020/01/02/x '.repeat(n)}</p>`),
  emails: (n) => wrap(`<p>${'jane@e.org '.repeat(n)}</p>`),
  qa: (n) => wrap(rep(n, (i) => `<p><b>Q: ${i}?</b></p><p>A: The harbour ${i} was opened.</p>`)),
};
