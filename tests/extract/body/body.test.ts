/** From the tree to the body: how text is cut into lines, and what comes out as HTML, pictures and links. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleFields } from '../../../src/article.js';
import { assemble } from '../../../src/assemble.js';
import { cut } from '../../../src/extract/body/blocks.js';
import { extractPage, parseDocument } from '../../../src/extract/index.js';
import { fieldsOf } from '../reading.js';

const runsOf = (html: string): string[] => cut(parseDocument(html)).runs.map(({ text }) => text);

const PROSE = [
  'The ferry to the outer islands sailed again on Monday morning, two weeks after a fire in the engine room had stopped it, and forty passengers were on board.',
  'The harbour master said that the repair had taken longer than planned because a single valve had to be sent from a yard abroad, where it was made by hand.',
  'Islanders had been fetched by fishing boats in the meantime, which carried the mail, the school children and, on one stormy evening, a piano for the parish hall.',
  'A second ferry will be bought next year, the council decided, and it will be named after the captain who steered the first one home through the smoke.',
];

const page = (inside: string): ArticleFields =>
  extractPage(
    parseDocument(
      `<html lang="en"><head><title>Ferry sails again</title></head><body><nav><a href="/">Home</a></nav>
       <article class="article"><h1>Ferry sails again</h1><div class="article-body">${inside}</div></article></body></html>`,
    ),
    { url: 'https://island-post.example/news/ferry', html: '' },
  ).fields;
const p = (...texts: string[]): string => texts.map((text) => `<p>${text}</p>`).join('');

describe('the cutter', () => {
  it('parts lines at blocks and at two line breaks, and keeps one line break inside', () => {
    expect(runsOf('<div>one<p>two</p>three<br>four<br><br>five</div>')).toEqual(['one', 'two', 'three\nfour', 'five']);
  });

  it('joins what inline elements part, with the spaces of the source and no others', () => {
    expect(runsOf('<p>Be<b>la</b>rus <i>and</i>\n<a href="/x">Po<span>land</span></a>.</p>')).toEqual([
      'Belarus and Poland.',
    ]);
  });

  it('leaves out what only screen readers speak, be it told by a class or by style', () => {
    const clipped = 'position: absolute; width: 1px; clip: rect(0px, 0px, 0px, 0px); clip-path: inset(50%)';
    expect(
      runsOf(
        `<p>The <a href="/r">report<span style="${clipped}">, opens new tab</span></a> is <b style="clip-path: inset(50%)">not</b><i class="sr-only">very</i> <b style="clip: auto">long</b>.</p>`,
      ),
    ).toEqual(['The report is long.']);
  });

  it('makes no line of marks that nobody sees, and keeps them where they join letters', () => {
    expect(runsOf('<p>one</p><p>\u200d</p><p>\u200e\u200f</p><p>می\u200cخواهم</p>')).toEqual(['one', 'می\u200cخواهم']);
  });

  it('parts a caption from the text that begins after one line break', () => {
    const caption = (name: string): string => `<em class="${name}">Barriers stand at the ferry pier.</em>`;
    const under = (name: string): string[] =>
      runsOf(`<div><span><img src="/pier.jpg">${caption(name)}</span><br>The ferry sails again.<br>All is well.</div>`);
    expect(under('img_desc')).toEqual(['Barriers stand at the ferry pier.', 'The ferry sails again.\nAll is well.']);
    expect(under('big')).toEqual(['Barriers stand at the ferry pier.\nThe ferry sails again.\nAll is well.']);
  });

  it('does not part a sentence at what is told to machines in its midst', () => {
    expect(
      runsOf(
        '<p>The ferry from <a href="/a" itemscope><meta itemprop="type" content="Place">Norvik</a> to <link itemprop="sameAs" href="/k">Kalvo sails again.</p>',
      ),
    ).toEqual(['The ferry from Norvik to Kalvo sails again.']);
  });

  it('leaves out labels and tips inside a line that nobody sees, and keeps the rest of a text that unfolds', () => {
    const rest =
      'and the mail, the school children and a piano came by fishing boat in the meantime, on a stormy evening.';
    expect(
      runsOf(
        `<p>Forty were on board <a style="display: none">edit</a><span hidden>Copied!</span><span style="display:none">${rest}</span></p>`,
      ),
    ).toEqual([`Forty were on board ${rest}`]);
  });

  it('parts what only styles part: lines of inline elements, sentences, buttons side by side', () => {
    expect(
      runsOf('<div><em style="display: block; color: #aaa">Photo: Ida Holm</em>Norvik - The ferry sails again.</div>'),
    ).toEqual(['Photo: Ida Holm', 'Norvik - The ferry sails again.']);
    expect(runsOf('<p><span>The ferry sails again.</span><span>Read aloud</span></p>')).toEqual([
      'The ferry sails again. Read aloud',
    ]);
    expect(runsOf('<p><span>By Ida Holm</span><span>March 3</span> <a>Share</a><a>Save</a></p>')).toEqual([
      'By Ida Holm March 3 Share Save',
    ]);
    expect(
      runsOf(
        '<p>L’<b>Iliade</b>, U.<b>S.</b>, Tele<b>Gram</b>, <b>T</b><b>he</b>, Mag.<sup>a</sup> end.<br><i>New</i></p>',
      ),
    ).toEqual(['L’Iliade, U.S., TeleGram, The, Mag.a end.\nNew']);
    expect(runsOf('<pre><b>util.</b><i>Map</i></pre>')).toEqual(['util.Map']);
  });

  it('reads what is written over a sign where brackets are given for it, and else not', () => {
    expect(runsOf('<p><ruby>渡<rt>わた</rt></ruby>し<ruby>船<rt>ぶね</rt></ruby></p>')).toEqual(['渡し船']);
    expect(runsOf('<p><ruby>渡船<rp>（</rp><rt>とせん</rt><rp>）</rp></ruby>は</p>')).toEqual(['渡船（とせん）は']);
  });

  it('reads no text that shows without scripts alone, whatever stands around it', () => {
    expect(
      runsOf(
        '<div><script type="text/template"><p>one<p>two<span></script><noscript><p>one<p>two</div></noscript></div><p>three</p>',
      ),
    ).toEqual(['one', 'two', 'three']);
  });

  it('leaves out marks that show nothing: soft hyphens, zero-width spaces', () => {
    expect(runsOf('<p>Wirt&shy;schafts&#8203;hilfe</p>')).toEqual(['Wirtschaftshilfe']);
  });

  it('reads no text from scripts, styles, controls and fallbacks', () => {
    expect(
      runsOf(
        '<p>seen</p><script>var a="b"</script><style>p{}</style><textarea>c</textarea><select><option>d</select><noscript>e</noscript>',
      ),
    ).toEqual(['seen']);
  });

  it('reads text that stands in a script to be shown later, but no template with holes to fill', () => {
    expect(runsOf('<div><script type="text/template"><p>one</p><p>two</p></script></div>')).toEqual(['one', 'two']);
    expect(runsOf('<script type="text/template"><p>{{ title }}</p></script>')).toEqual([]);
    expect(runsOf('<script type="text/x-template"><p><%= title %></p></script>')).toEqual([]);
  });

  it('gives each letter of the page at most once, for any markup', () => {
    const piece = fc.oneof(
      fc.constantFrom('<p>', '</p>', '<div>', '</div>', '<br>', '<b>', '</b>', '<li>', '<table><tr><td>', '</table>'),
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const letters = (text: string): string => text.replace(/\s+/g, '');
        const source = pieces.filter((text) => !text.startsWith('<')).join('');
        expect(letters(runsOf(pieces.join('')).join(''))).toBe(letters(source));
      }),
    );
  });
});

describe('the body', () => {
  it('is the article without what stands around it', () => {
    expect(page(p(...PROSE)).articleBody).toBe(PROSE.join('\n\n'));
  });

  it('is made of paragraphs that only line breaks part', () => {
    expect(page(PROSE.join('<br><br>')).articleBody).toBe(PROSE.join('\n\n'));
  });

  it('is found where it stands in a script to be shown later', () => {
    expect(page(`<script type="text/template">${p(...PROSE)}</script>`).articleBody).toBe(PROSE.join('\n\n'));
  });
});

describe('the body as HTML', () => {
  it('keeps emphasis and links, and nothing that could run or style', () => {
    const { articleHtml } = page(
      `<p style="color:red" onclick="x()">${PROSE[0]} <b class="k">See</b> <a href="/map?a=1&amp;b=2" onclick="y()">the map</a> or <a href="javascript:z()">this</a>.</p>${p(...PROSE.slice(1))}`,
    );
    expect(articleHtml).toContain(
      '<strong>See</strong> <a href="https://island-post.example/map?a=1&amp;b=2">the map</a> or this.</p>',
    );
    expect(articleHtml).not.toMatch(/style|onclick|javascript|class/);
  });

  it('parts what the text parts', () => {
    const { articleBody, articleHtml } = page(
      `<p>${PROSE[0]}<em>It was <a href="/late">late.</a></em><a href="/more">More on this</a></p>${p(...PROSE.slice(1))}`,
    );
    expect(articleBody).toContain('on board. It was late. More on this');
    expect(articleHtml).toContain(
      'on board. <em>It was <a href="https://island-post.example/late">late. </a></em><a href="https://island-post.example/more">More on this</a></p>',
    );
  });

  it('holds no markup of the page, whatever text the page has', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'b', '/', ' ') }), (text) => {
        const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
        const { articleHtml } = page(`<p>${PROSE[0]} ${escaped}</p>${p(...PROSE.slice(1))}`);
        expect(articleHtml!.replace(/<\/?p>/g, '')).not.toMatch(/[<>"]/);
      }),
      { numRuns: 30 },
    );
  });

  it('puts neighbours of one list, table or quote into one', () => {
    const block = (text: string, html: string, group?: object) => ({
      text,
      words: 1,
      html,
      ...group,
      path: 'p',
      fingerprint: text,
      order: 1,
      score: 1,
      kept: text !== 'cut',
    });
    const cell = (row: number, column: number) => ({ group: { tag: 'table' as const, order: 4, row, column } });
    const blocks = [
      block('a', '<li>a</li>', { group: { tag: 'ul' as const, order: 2 } }),
      block('cut', '<li>cut</li>', { group: { tag: 'ul' as const, order: 2 } }),
      block('b', '<li>b</li>', { group: { tag: 'ul' as const, order: 2 } }),
      block('c', '<li>c</li>', { group: { tag: 'ol' as const, order: 3 } }),
      block('d', '<p>d</p>'),
      block('e', '<td>e</td>', cell(5, 0)),
      block('f', '<td>f</td>', cell(5, 1)),
      block('g', '<td>g</td>', cell(6, 0)),
    ];
    expect(assemble(blocks, 'https://a.example/')).toEqual({
      wordCount: 7,
      articleBody: 'a\n\nb\n\nc\n\nd\n\ne\tf\n\ng',
      articleHtml:
        '<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol><p>d</p><table><tr><td>e</td><td>f</td></tr><tr><td>g</td></tr></table>',
    });
  });
});

describe('pictures', () => {
  const picture = (markup: string) => page(p(PROSE[0]!) + markup + p(...PROSE.slice(1)));

  it('stand in the body where they stood, with absolute addresses, and in the list with caption and credit', () => {
    const { articleHtml, image, articleBody } = picture(
      '<figure><img src="/img/ferry-at-the-pier.jpg" alt="A &quot;ferry&quot;"><figcaption>The ferry at the pier. <span class="credit">Photo: Ida Holm</span></figcaption></figure>',
    );
    const src = 'https://island-post.example/img/ferry-at-the-pier.jpg';
    expect(articleHtml).toContain(
      `<p>${PROSE[0]}</p><figure><img src="${src}" alt="A &quot;ferry&quot;"><figcaption>The ferry at the pier. <cite>Ida Holm</cite></figcaption></figure><p>${PROSE[1]}</p>`,
    );
    expect(image).toEqual([{ url: src, caption: 'The ferry at the pier.', creditText: 'Ida Holm' }]);
    expect(articleBody).toBe(PROSE.join('\n\n'));
  });

  it('are the largest that a srcset or a source beside it offers', () => {
    const { image } = picture(
      '<picture><source srcset="/a-800.webp 800w, /a-1600.webp 1600w"><img src="/a-200.jpg" srcset="/a-400.jpg 400w"></picture>',
    );
    expect(image!.map(({ url }) => url)).toEqual(['https://island-post.example/a-1600.webp']);
  });

  it('are found where they load late, behind a placeholder', () => {
    const { image } = picture('<img src="data:image/gif;base64,R0lGOD" data-src="//cdn.example/late-picture.jpg">');
    expect(image!.map(({ url }) => url)).toEqual(['https://cdn.example/late-picture.jpg']);
  });

  it('come once, however many sizes and formats of one there are', () => {
    const { image } = picture(
      '<img src="/up/storm-over-the-harbour.jpg"><img src="/up/storm-over-the-harbour-1024x683.jpg"><img src="/up/storm-over-the-harbour-300x200.jpg.webp">',
    );
    expect(image).toHaveLength(1);
  });

  it('are no tracking pixels, logos, avatars, or players of videos', () => {
    const { image, video } = picture(
      '<img src="/pixel" width="1" height="1"><img src="/site-logo.png"><div class="author"><img src="/ida.jpg"></div><img src="https://www.youtube.com/embed/abc"><iframe src="https://www.youtube.com/embed/abc" title="Fire on board"></iframe>',
    );
    expect(image).toBeUndefined();
    expect(video).toEqual([
      {
        url: 'https://www.youtube.com/embed/abc',
        name: 'Fire on board',
        embedUrl: 'https://www.youtube.com/embed/abc',
      },
    ]);
  });
});

describe('citations', () => {
  it('are the links of the body, each once, without those that share the page or lead back to it', () => {
    const { citation } = page(
      `<div class="share"><a href="https://social.example/share?u=1">Share</a></div>
       <p>${PROSE[0]} <a href="https://yard.example/report?a=1&amp;b=2">The <b>report</b></a> and <a href="#note">a note</a>.</p>
       ${p(...PROSE.slice(1))}<p>${PROSE[0]!.replace('Monday', 'Friday')} <a href="https://yard.example/report?a=1&amp;b=2">again</a>, <a href="mailto:a@b.example">mail</a></p>`,
    );
    expect(citation).toEqual([{ url: 'https://yard.example/report?a=1&b=2', text: 'The report' }]);
  });

  it('are no ways about in the site: its tags, authors, listings and services, which other sites may well be cited for', () => {
    const own = ['/tag/harbour-2889905', '/thema/ferries', '/author/ida-holm/', '/category/boats', '/', '/newsletter'];
    const cited = ['/2016/the-ferry-line-was-opened-again', '/tag/why-the-river-rises-in-june-every-year'];
    const { citation } = page(
      `${p(...PROSE)}${[...own, ...cited, 'https://register.example/topic/ferries']
        .map((href) => `<p>${PROSE[1]} <a href="${href}">see ${href}</a></p>`)
        .join('')}`,
    );
    expect(citation?.map(({ url }) => url.replace('https://island-post.example', ''))).toEqual([
      ...cited,
      'https://register.example/topic/ferries',
    ]);
  });
});

it('a lead that line breaks alone part from the text is its beginning', () => {
  const text = [
    'Старая набережная выдержала ночь, пока шторм поднимал воду на два метра выше обычной отметки.',
    'Инженеры, годами предупреждавшие о её состоянии, сказали, что весенний ремонт всё изменил.',
    'Порт закрыт, пока водолазы не осмотрят каждый камень ниже линии воды, сообщили в администрации.',
  ];
  const lead = 'Стена, которую многие уже списали, простояла всю ночь. Порт пока закрыт.';
  const html = `<html lang="ru"><body><div class="news-detail"><span class="news-date-time">03.06.2024 19:45</span><h1>Старая набережная выдержала шторм</h1><img src="/upload/quay.jpg" width="900"><b>${lead}</b><br><br>${text.join('<br><br>')}<br><br></div></body></html>`;
  expect(fieldsOf(html).articleBody).toBe([lead, ...text].join('\n\n'));
});
