/** Who wrote it: people out of every kind of byline, and nobody else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFullName, isSiteName, kindOfName, readNames } from '../../../src/extract/author/names.js';
import { explained, fieldsOf, jsonLd, page } from '../reading.js';

const H1 = '<h1>Old quay wall holds through the storm</h1>';
const authors = (html: string): string[] => (fieldsOf(html).author ?? []).map(({ name }) => name);

describe('who signs for a newsroom is an organisation', () => {
  it.each(
    'رويترز|وكالات|فرانس برس|أ ف ب|صحيفة النهر|ایسنا|گروه اقتصادی|تحریریه|רויטרס|סוכנויות הידיעות|पीटीआई|न्यूज़ डेस्क|एजेंसियां|রয়টার্স|নিজস্ব সংবাদদাতা|رائٹرز|ویب ڈیسک|ராய்ட்டர்ஸ்|സ്വന്തം ലേഖകൻ|డెస్క్|สำนักข่าวซินหัว|กองบรรณาธิการ|연합뉴스|뉴시스|온라인팀|ロイター|路透社|ΑΠΕ-ΜΠΕ|Укрінформ|Танјуг'.split(
      '|',
    ),
  )('%s', (name) => {
    expect(kindOfName(name, [])).toBe('Organization');
  });

  it.each(['محمد وكيل', 'علی رضایی', 'दीपक टीकम', 'নীলা নিউগী', '김신문', 'Ян Рейтерский'])('%s is a person', (name) => {
    expect(kindOfName(name, [])).toBe('Person');
  });
});

it.each([
  ['sk', 'Napísal ', 'Ján Kováč'],
  ['fi', 'Toimittaja ', 'Matti Virtanen'],
  ['fr', 'Texte : ', 'Marie Dupont'],
  ['it', 'A cura di ', 'Mario Rossi'],
  ['es', 'Redacción: ', 'Ana García'],
  ['pt', 'Da autoria de ', 'João Silva'],
  ['el', 'Από ', 'Γιώργος Παπαδόπουλος'],
  ['ru', 'Текст: ', 'Иван Петров'],
  ['bg', 'от ', 'Иван Димитров'],
  ['sr', 'Аутор: ', 'Марко Јовановић'],
  ['sl', 'Avtor: ', 'Janez Novak'],
  ['pl', 'oprac. ', 'Jan Kowalski'],
  ['lv', 'Teksts: ', 'Jānis Bērziņš'],
  ['et', 'Toimetas ', 'Mari Tamm'],
  ['tr', 'Haber: ', 'Ayşe Yılmaz'],
  ['kk', 'Мәтін: ', 'Айгүл Серікқызы'],
  ['fa', 'خبرنگار: ', 'علی رضایی'],
  ['ur', 'رپورٹ: ', 'احمد علی'],
  ['he', 'כתב: ', 'דוד כהן'],
  ['hi', 'रिपोर्ट: ', 'राहुल शर्मा'],
  ['bn', 'লিখেছেন ', 'রহিম উদ্দিন'],
  ['ta', 'எழுதியவர்: ', 'குமார் ராஜா'],
  ['th', 'เรื่อง: ', 'สมชาย ใจดี'],
  ['vi', 'Bài: ', 'Nguyễn Văn An'],
  ['id', 'Reporter: ', 'Budi Santoso'],
  ['tl', 'Isinulat ni ', 'Juan dela Cruz'],
  ['sq', 'Shkruar nga ', 'Arben Hoxha'],
  ['eu', 'Egilea: ', 'Ane Etxeberria'],
  ['ja', '文／', '田中一郎'],
  ['ja', '取材・文：', '田中一郎'],
  ['zh', '文 | ', '王小明'],
])('who wrote is told in %s: %s', (language, words, name) => {
  const html = page(`${H1}<p class="zz">${words}${name}</p><p>2017-11-23 18:00</p>`).replace('"en"', `"${language}"`);
  expect(authors(html)).toEqual([name]);
});

it.each(
  'Following|Iniciar sesión|S’abonner|Iscriviti|Obserwuj|Sledovat|Takip et|Подписаться|Підписатися|تابعنا|اقرأ المزيد|دنبال کنید|עקבו|फॉलो करें|আরও পড়ুন|ติดตาม|Selengkapnya|Xem thêm|팔로우|もっと見る'.split(
    '|',
  ),
)('“%s” in the place of a byline is a button', (text) => {
  expect(readNames(text, ['en'], true)).toEqual([]);
});

it('a way from one thing to another is no name', () => {
  expect(readNames('Von der Quelle zur Mündung', ['de'], true)).toEqual([]);
});

describe('names in a byline', () => {
  it.each([
    ['By Jane Doe', 'en', ['Jane Doe']],
    ['Von Anna Muster und Jörg Beispiel', 'de', ['Anna Muster', 'Jörg Beispiel']],
    ['Par Anne Exemple et Luc Modèle', 'fr', ['Anne Exemple', 'Luc Modèle']],
    ['Por Ana Ejemplo y Luis Modelo', 'es', ['Ana Ejemplo', 'Luis Modelo']],
    ['Text: Anna Muster', 'de', ['Anna Muster']],
    ['Автор: Анна Пример', 'ru', ['Анна Пример']],
    ['ByJane Doe', 'en', ['Jane Doe']],
    ['Jane Doe | Staff Writer', 'en', ['Jane Doe']],
    ['By Jane Doe, PhD, and John Roe, MD', 'en', ['Jane Doe', 'John Roe']],
    ['By Jane Doe, Senior Editor', 'en', ['Jane Doe']],
    ['Jane Doe December 5, 2016', 'en', ['Jane Doe']],
    ['Jane Doe (Agency)', 'en', ['Jane Doe']],
    ['December 5', 'en', []],
    ['Staff Writer', 'en', []],
    ['by University of Harbour', 'en', ['University of Harbour']],
    ['Jane Doe as told to John Roe', 'en', ['Jane Doe', 'John Roe']],
    ['© Jane Doe', 'en', ['Jane Doe']],
    ['© 2017 Jane Doe', 'en', ['Jane Doe']],
    ['An interview by Jane Doe', 'en', ['Jane Doe']],
    ['Ein Interview von Anna Muster mit Jörg Beispiel', 'de', ['Anna Muster']],
    ['Anna Muster (Text), Jörg Beispiel (Fotos)', 'de', ['Anna Muster']],
    ['Anna Muster, Geschäftsführerin von Beispiel', 'de', ['Anna Muster']],
    ['Autorin Anna Muster:', 'de', ['Anna Muster']],
    ['Folgen', 'de', []],
    ['Megosztom', 'hu', []],
    ['新規登録', 'ja', []],
    ['By The Associated Press.', 'en', ['The Associated Press']],
    ['By John Roe Jr.', 'en', ['John Roe Jr.']],
    ['［田中宏昌，Reuters］', 'ja', ['田中宏昌', 'Reuters']],
    ['Jane Doe　著、嶋田 健志　監訳、木下 哲也　訳', 'ja', ['Jane Doe', '嶋田 健志', '木下 哲也']],
    ['홍길동 기자', 'ko', ['홍길동']],
    ['本报记者 张三', 'zh', ['张三']],
    ['بقلم: أحمد علي ومحمد حسن', 'ar', ['أحمد علي', 'محمد حسن']],
    ['מאת דני כהן ויוסי לוי', 'he', ['דני כהן', 'יוסי לוי']],
    ['نویسنده: مریم حسینی', 'fa', ['مریم حسینی']],
    ['Γράφει η Μαρία Παππά', 'el', ['Μαρία Παππά']],
    ['Piše: Ana Primer', 'hr', ['Ana Primer']],
    ['Oleh Budi Contoh', 'id', ['Budi Contoh']],
    ['โดย สมชาย ใจดี', 'th', ['สมชาย ใจดี']],
    ['लेखक: राम कुमार', 'hi', ['राम कुमार']],
    ['राम कुमार, पटना', 'hi', ['राम कुमार']],
    ['أحمد علي، وكالات', 'ar', ['أحمد علي', 'وكالات']],
    ['Հեղինակ՝ Անի Գրիգորյան', 'hy', ['Անի Գրիգորյան']],
    ['ដោយ៖ សុខ ដារ៉ា', 'km', ['សុខ ដារ៉ា']],
    ['Postado por Ana Exemplo', 'pt', ['Ana Exemplo']],
    ['Bejegyezte: Példa Anna', 'hu', ['Példa Anna']],
  ])('%s', (text, language, names) => {
    expect(readNames(text, [language], true)).toEqual(names);
  });

  const NAMES: Record<string, [string, string]> = {
    Latn: ['Jane Doe', 'John Roe'],
    Cyrl: ['Анна Иванова', 'Пётр Сидоров'],
    Arab: ['أحمد علي', 'محمد حسن'],
    Hebr: ['דני כהן', 'יוסי לוי'],
    Deva: ['राम कुमार', 'सीता शर्मा'],
    Beng: ['রহিম উদ্দিন', 'করিম হোসেন'],
    Taml: ['குமார் ராஜா', 'லதா மேனன்'],
    Grek: ['Μαρία Παππά', 'Νίκος Δήμου'],
    Thai: ['สมชาย ใจดี', 'สมศรี รักไทย'],
    Jpan: ['田中 宏昌', '鈴木 一郎'],
    Kore: ['김 철수', '이 영희'],
    Geor: ['გიორგი ბერიძე', 'ნინო მაისურაძე'],
    Armn: ['Արամ Պետրոսյան', 'Անի Գրիգորյան'],
    Ethi: ['አበበ በቀለ', 'ከበደ ታደሰ'],
  };

  it.each(
    'en de fr es it pt nl sv da nb is fi et lv lt pl cs sk sl hr sr mk sq bg ro hu el tr az uz kk ru uk be ka hy eu ca gl ga vi id ms fil sw af am ja ko ar fa ur he hi mr ne bn ta th'.split(
      ' ',
    ),
  )('are parted by the “and” of %s', (language) => {
    const names = NAMES[new Intl.Locale(language).maximize().script!]!;
    const text = new Intl.ListFormat(language).format(names);
    expect(readNames(text, [language], true)).toEqual(names);
    expect(readNames(text, [language])).toEqual(names);
  });

  it('keep particles, initials and hyphens', () => {
    for (const name of ['Ludwig van Muster', 'J. R. Doe', 'Anna-Maria O’Hara', 'María de la Cruz'])
      expect(isFullName(name)).toBe(true);
  });

  it('are the site’s when its address spells or abbreviates them', () => {
    expect(isSiteName('The Example', ['theexample'])).toBe(true);
    expect(isSiteName('Examples Herald Today', ['eht'])).toBe(true);
    expect(isSiteName('Jane Doe', ['theexample', 'eht'])).toBe(false);
  });

  it('come out trimmed, each once, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.boolean(), (text, loose) => {
        const names = readNames(text, ['en'], loose);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toBe(name.trim());
      }),
    );
  });
});

describe('the authors', () => {
  it('are linked people before the owner that a <meta> names', () => {
    const html = page(
      `${H1}<p class="byline">By <a rel="author" href="/authors/jane-doe">Jane Doe</a></p>`,
      '<meta name="author" content="The Courier"><meta property="og:site_name" content="The Courier">',
    );
    expect(fieldsOf(html).author).toEqual([
      { '@type': 'Person', name: 'Jane Doe', url: 'https://www.example.org/authors/jane-doe' },
    ]);
  });

  it('are no company that made the site, and the one whose text it is', () => {
    const head = '<meta name="author" content="Pixelwerk GmbH">';
    expect(authors(page(H1, head))).toEqual([]);
    expect(authors(page(H1, head, '<p>Pixelwerk GmbH, press office</p>'))).toEqual(['Pixelwerk GmbH']);
  });

  it('are read from a line without any markup', () => {
    expect(authors(page(`${H1}<div>23 November 2017 | Von Anna Muster</div>`).replace('"en"', '"de"'))).toEqual([
      'Anna Muster',
    ]);
  });

  it('are read from a label in a line of its own', () => {
    expect(authors(page(`${H1}<div>By</div><div>Jane Doe</div>`))).toEqual(['Jane Doe']);
  });

  it('are read from a line at the body’s end', () => {
    expect(authors(page(H1, '', '<p><em>Text: Anna Muster</em></p>').replace('"en"', '"de"'))).toEqual(['Anna Muster']);
  });

  it('are all of those whose elements stand side by side', () => {
    const html = page(
      `${H1}<div><span class="author-name">Jane Doe</span> <span class="author-name">John Roe</span></div>`,
    );
    expect(authors(html)).toEqual(['Jane Doe', 'John Roe']);
  });

  it('are people apart from the paper they work for', () => {
    const html = page(
      H1,
      jsonLd({
        '@type': 'NewsArticle',
        headline: 'x',
        author: [
          { '@type': 'Person', name: 'Jane Doe' },
          { '@type': 'Organization', name: 'The Harbour Journal' },
        ],
      }),
    );
    expect(authors(html)).toEqual(['Jane Doe']);
  });

  it('may be an agency alone', () => {
    const html = page(`${H1}<p class="byline">Reuters</p>`);
    expect(fieldsOf(html).author).toEqual([{ '@type': 'Organization', name: 'Reuters' }]);
  });

  it('are an agency whose story it is, not the site that linked data names above it', () => {
    const html = page(
      `${H1}<p class="byline">By Associated Press</p>`,
      `${jsonLd({ '@type': 'NewsArticle', headline: 'x', author: { '@type': 'Organization', name: 'The Courier' } })}
       <meta property="og:site_name" content="The Courier">`,
    );
    expect(authors(html)).toEqual(['Associated Press']);
  });

  it('are not the section that a byline links behind them', () => {
    const line = (section: string) =>
      `${H1}<div class="author">Written by <a href="https://doe.example/">Jane Doe</a> ${section} on 1 June 2017</div>`;
    expect(authors(page(line('in <a href="/linux/Harbour">Harbour Life</a>')))).toEqual(['Jane Doe']);
    expect(authors(page(line('· <a href="/category/harbour">Harbour Life</a>')))).toEqual(['Jane Doe']);
  });

  it('stand beside a date without a space between, or in brackets at the end', () => {
    expect(
      authors(page(`${H1}<div><span>Anna-Mae Doe</span><span>Dec 05, 2017</span><span>2 Shares</span></div>`)),
    ).toEqual(['Anna-Mae Doe']);
    expect(authors(page(H1, '', '<p>The quay stays a quay. (Anna P. Muster) +++</p>'))).toEqual(['Anna P. Muster']);
  });

  const linked = (author: unknown, more = ''): string =>
    jsonLd({ '@type': 'NewsArticle', headline: 'Old quay wall holds through the storm', author }) +
    `<meta property="og:site_name" content="The Courier">${more}`;

  it('are all names of one linked thing, and the name that an address spells', () => {
    expect(authors(page(H1, linked({ '@type': 'Person', name: ['Jane Doe', 'John Roe'] })))).toEqual([
      'Jane Doe',
      'John Roe',
    ]);
    expect(authors(page(H1, linked('https://www.example.org/authors/jane-doe/')))).toEqual(['Jane Doe']);
    expect(authors(page(H1, linked({ '@id': 'https://www.example.org/authors/jane-doe' })))).toEqual(['Jane Doe']);
  });

  it('are read from every <meta> that speaks of an author, numbered ones together', () => {
    expect(authors(page(H1, '<meta name="articleAuthor" content="Jane Doe">'))).toEqual(['Jane Doe']);
    expect(authors(page(H1, '<meta name="author" content="publisher">'))).toEqual([]);
    const numbered =
      '<meta name="branch:deeplink:authorName1" content="Jane Doe"><meta name="branch:deeplink:authorName2" content="John Roe">';
    expect(authors(page(H1, numbered))).toEqual(['Jane Doe', 'John Roe']);
    expect(authors(page(H1, '<meta name="smartbanner:author" content="Courier Apps">'))).toEqual([]);
  });

  it('are not the photographer or the editor whom linked data lists with them', () => {
    const names = [
      { '@type': 'Person', name: 'Jane Doe' },
      { '@type': 'Person', name: 'Phil Lens' },
    ];
    for (const part of ['Photography by', 'Edited by', 'Fotos:', 'Übersetzung:', 'Illustrations par']) {
      const html = page(`${H1}<div><p>By Jane Doe</p><p>${part} Phil Lens</p></div>`, linked(names));
      expect(authors(html), part).toEqual(['Jane Doe']);
    }
  });

  it('may take the pictures too', () => {
    const names = [
      { '@type': 'Person', name: 'Jane Doe' },
      { '@type': 'Person', name: 'Phil Lens' },
    ];
    const html = page(`${H1}<p>Words: Jane Doe, Phil Lens <b>Photos:</b> Phil Lens</p>`, linked(names));
    expect(authors(html)).toEqual(['Jane Doe', 'Phil Lens']);
    const credit = '<figure><figcaption class="credit">Photo: Phil Lens</figcaption></figure>';
    expect(authors(page(`${H1}${credit}`, linked(names)))).toEqual(['Jane Doe', 'Phil Lens']);
  });

  it('are an editorial staff under the name that it signs with', () => {
    expect(authors(page(H1, linked({ '@type': 'Person', name: 'Courier24 Redaktion' })))).toEqual([
      'Courier24 Redaktion',
    ]);
  });

  it('are those whom a source names where nobody signs', () => {
    const list = '<dl><dt>Date:</dt><dd>23 November 2017</dd><dt>Source:</dt><dd>University of Harbour</dd></dl>';
    expect(fieldsOf(page(`${H1}${list}`)).author).toEqual([{ '@type': 'Organization', name: 'University of Harbour' }]);
    expect(authors(page(H1, '', '<p><em>Quelle: Hafenmuseum Beispiel</em></p>').replace('"en"', '"de"'))).toEqual([
      'Hafenmuseum Beispiel',
    ]);
  });

  it('are not whom a life is told of', () => {
    const end = (text: string) => page(H1, '', `<p><em>${text}</em></p>`);
    expect(authors(end('Marta Lund, cook'))).toEqual(['Marta Lund']);
    expect(authors(end('Marta Lund, cook, born 4 February 1931'))).toEqual([]);
    expect(authors(end('Marta Lund, 2001–2024'))).toEqual([]);
  });

  it('are an agency in a line of its own, without the place that the story is from', () => {
    expect(authors(page(`${H1}<div class="name">Reuters, HARBOUR</div>`))).toEqual(['Reuters']);
  });

  it('are those who sign below the site’s name or in short at the body’s end', () => {
    const site = '<meta property="og:site_name" content="The Courier">';
    expect(authors(page(H1, site, '<p>The Courier / Hafen Heute</p>'))).toEqual(['Hafen Heute']);
    expect(authors(page(H1, '', '<p>The quay stays a quay. (dpa/jdo)</p>'))).toEqual(['dpa', 'jdo']);
    expect(authors(page(H1, '', '<p>onion</p>'))).toEqual([]);
  });

  it('sign their story also where everything else names the site', () => {
    const metas =
      '<meta name="author" content="The Courier"><meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="The Courier">';
    const html = page(
      `${H1}<p class="author">By <a rel="author" href="/authors/courier">The Courier</a></p><p><strong>Jane Doe/John Roe</strong></p>`,
      linked({ '@type': 'Person', name: 'The Courier' }, metas),
    );
    expect(authors(html)).toEqual(['Jane Doe', 'John Roe']);
  });

  it('are called by the name that their account or capitals stand for', () => {
    for (const account of ['jane.doe', 'jdoe', 'janedoe', 'jane_doe', 'JANE DOE']) {
      const html = page(`${H1}<p class="byline">By Jane Doe</p>`, linked({ '@type': 'Person', name: account }));
      expect(authors(html), account).toEqual(['Jane Doe']);
    }
  });

  it('are found in a widget between headline and body', () => {
    const html = page(
      `${H1}<div class="widget"><div class="widget-container"><ul class="widget-list"><li itemprop="author">Jane Doe</li></ul></div></div>`,
    );
    expect(authors(html)).toEqual(['Jane Doe']);
  });

  it('are not the topics that a box about them links', () => {
    const box =
      '<div class="author-box"><a href="/author/jane-doe">Jane Doe</a> <a href="/about/harbours">Harbour Life</a></div>';
    expect(authors(page(`${H1}${box}`))).toEqual(['Jane Doe']);
  });

  it('are not those of a picture, a comment or a teaser', () => {
    const html = page(
      `${H1}<figure><figcaption>Photo <span class="author">Phil Lens</span></figcaption></figure>`,
      '',
      '<div class="comments"><span class="author">Carl Commenter</span></div><aside class="related"><span class="author">Tessa Teaser</span></aside>',
    );
    expect(authors(html)).not.toEqual(expect.arrayContaining(['Carl Commenter']));
    expect(authors(html)).not.toEqual(expect.arrayContaining(['Tessa Teaser']));
  });

  it('are not guessed where the page names nobody', () => {
    expect(authors(page(`${H1}<p class="date">23 November 2017</p>`))).toEqual([]);
  });

  it('are told with every other line that names some', () => {
    const html = page(`${H1}<p class="byline">By Jane Doe</p>`, '<meta name="author" content="Courier Online">');
    expect(explained(html).candidates.author!.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['p.byline', 'author']),
    );
  });
});

describe('who signs a text where nothing calls it a byline', () => {
  const withText = (first: string, last: string, lang = 'en', head = ''): string =>
    page(H1, head)
      .replace('<html lang="en">', `<html lang="${lang}">`)
      .replace('<div class="body"><p>', `<div class="body">${first}<p>`)
      .replace('</p></div>', `</p>${last}</div>`);

  it('reporters whom a wire names in its first sentence', () => {
    const first =
      '<p>江边日报6月3日电（记者 张三 李四）旧码头挺过了风暴把水推高两米的一夜，墙体没有倒塌，多年来警告其状况的工程师说，春天的维修起了决定作用。</p>';
    expect(authors(withText(first, '', 'zh'))).toEqual(['张三', '李四']);
  });

  it('not who edited it', () => {
    expect(authors(withText('', '<p class="author">责任编辑：赵六</p>', 'zh'))).toEqual([]);
  });

  it('a name in brackets with who edited behind it, and not the account that publishes all', () => {
    const head = jsonLd({
      '@type': 'Article',
      headline: 'Old quay wall holds',
      author: { '@type': 'Person', name: 'admin' },
    });
    const last =
      '<p>The harbour stays closed until the divers have looked at every stone below the water. (Rudi Contoh/Red)</p>';
    expect(authors(withText('', last, 'id', head))).toEqual(['Rudi Contoh']);
  });

  it('a name in capitals at the right end', () => {
    expect(authors(withText('', '<p style="text-align: right"><strong>IDA HOLM</strong></p>'))).toEqual(['IDA HOLM']);
    expect(authors(withText('', '<p><strong>IDA HOLM</strong></p>'))).toEqual([]);
  });

  it('in the footer of the post', () => {
    const footer =
      '<div class="post-footer"><span class="post-author">Posted by <a href="/profile/1" rel="author">Ida Holm</a></span></div>';
    expect(authors(page(H1, '', footer))).toEqual(['Ida Holm']);
  });

  it('whose name and role stand side by side, parted by styles alone', () => {
    const over = `${H1}<ul class="bylines"><li><address><a rel="author" href="mailto:kari@example.org">Kari Eksempel</a><span>Journalist</span></address></li></ul>`;
    expect(authors(page(over))).toEqual(['Kari Eksempel']);
  });

  it('before a label in one box with the name', () => {
    const over = `${H1}<ul class="credit"><li><h6>Siti Contoh</h6><p>Penulis</p></li><li><h6>Rudi Penyunting</h6><p>Editor</p></li></ul>`;
    expect(authors(page(over))).toEqual(['Siti Contoh']);
  });

  it('and not what introduces a name, or who took the pictures', () => {
    const over = `${H1}<div class="meta">Texto de <a href="/autor/rui">Rui Modelo</a> · Fotografias de Ana Retrato · 3 jun 2024</div>`;
    expect(authors(page(over).replace('lang="en"', 'lang="pt"'))).toEqual(['Rui Modelo']);
  });

  it('of whom one has a page', () => {
    const over = `${H1}<p class="author">By <a href="/authors/1">Jane Doe</a> and John Roe</p>`;
    expect(authors(page(over))).toEqual(['Jane Doe', 'John Roe']);
  });

  it('a reporter in brackets behind the last sentence', () => {
    expect(authors(withText('', '<p>（江边日报记者 王小明）</p>', 'zh'))).toEqual(['王小明']);
  });

  it('and not the desk that publishes what a person signs', () => {
    const head = '<meta name="author" content="فريق التحرير">';
    const over = '<div class="author"><a href="/author/team/">فريق التحرير</a></div>';
    const html = withText('<p><strong>كتب – محمود مثال:</strong></p>', '', 'ar', head);
    expect(authors(html.replace(H1, H1 + over))).toEqual(['محمود مثال']);
  });

  it('nor a headline without capitals over the day', () => {
    const over =
      '<h1><span>古い岸壁 嵐の夜に耐える みなと市</span></h1><p><time datetime="2024-06-03T19:45">2024年6月3日 19時45分</time></p>';
    expect(authors(page(over).replace('lang="en"', 'lang="ja"'))).toEqual([]);
  });

  it('an account by the address of its page', () => {
    const over = `${H1}<div class="author"><a href="https://shorebird.example.org/">shorebird</a></div>`;
    expect(authors(page(over))).toEqual(['shorebird']);
  });
});
