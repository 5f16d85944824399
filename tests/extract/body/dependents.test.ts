import { describe, expect, it } from 'vitest';
import { fieldsOf, page } from '../reading.js';

describe('behind the last paragraph', () => {
  const bodyOf = (end: string) =>
    fieldsOf(page('<h1>The old quay wall holds</h1>').replace('</p></div>', `</p>${end}</div>`)).articleBody;
  const MORE =
    '<ul class="links"><li><a href="/2017/a">The divers</a></li><li><a href="/2017/b">The storm</a></li></ul>';

  it('a heading announces what is no text of the article', () => {
    expect(bodyOf(`<h2>More from the harbour</h2>${MORE}`)).toBe(bodyOf(''));
  });

  it('one that says a sentence does not', () => {
    expect(bodyOf(`<h2>The wall will be looked at again in spring.</h2>${MORE}`)).toContain('again in spring.');
  });
});

it('the bare address of a post that was to be shown in its place is no paragraph', () => {
  const post = '<p>https://www.instagram.com/p/CMe36CjDPBh/</p>';
  const html = page('<h1>The old quay wall holds</h1>').replace('</p><p>', `</p>${post}<p>`);
  expect(fieldsOf(html).articleBody).not.toContain('instagram');
});

it('whom a pull quote is of goes with it', () => {
  const quote =
    '<figure class="pullquote"><blockquote><p>the repairs of last spring had made the difference</p><cite>Ida Holm</cite></blockquote></figure>';
  const html = page('<h1>The old quay wall holds</h1>').replace('</p><p>', `</p>${quote}<p>`);
  expect(fieldsOf(html).articleHtml).not.toContain('Ida Holm');
});

describe('a line that leads to another article', () => {
  const html = page('<h1>The old quay wall holds</h1>');
  const bodyWith = (line: string) => fieldsOf(html.replace('</p><p>', `</p><p>${line}</p><p>`)).articleBody;
  const LINK = '<a href="/2017/10/ferry">The ferry sails from the northern pier, and nobody knows for how long</a>';

  it.each([
    'Read more: ',
    'RELATED: ',
    'Les også ',
    'Lesen Sie auch: ',
    '» Leggi anche: ',
    'À lire aussi : ',
    '関連記事：',
    'Διαβάστε επίσης: ',
    'Прочетете още: ',
    'Olvassa el ezt is: ',
    'Taip pat skaitykite: ',
    'Soma pia: ',
    'اقرأ أيضاً: ',
    'اقرأ أيضًا: ',
    'مزید پڑھیں: ',
    'यह भी पढ़ें- ',
    'আরও পড়ুন: ',
    'อ่านเพิ่มเติม ',
  ])('is no paragraph behind “%s”', (label) => {
    expect(bodyWith(label + LINK)).toBe(fieldsOf(html).articleBody);
  });

  it('is told by its link, not by its first word', () => {
    for (const line of [
      'More: the ferry will sail from the northern pier, the office said, and nobody knows for how long it will have to.',
      `Watch the old wall closely, said the engineer, who wrote of it in a book. ${LINK}`,
    ])
      expect(bodyWith(line)).toContain(line.slice(0, 40));
  });
});

describe('the line that asks for consent in the place of a post', () => {
  const html = page('<h1>The old quay wall holds</h1>');
  const bodyWith = (line: string) => fieldsOf(html.replace('</p><p>', `</p><div><p>${line}</p></div><p>`)).articleBody;

  it.each([
    'Externer Inhalt nicht verfügbar',
    'Empfohlener redaktioneller Inhalt',
    'Recommended external content',
    'An dieser Stelle finden Sie einen externen Inhalt von Quaytube, der den Artikel ergänzt.',
    'To view this post, please accept the cookies of Quaytube.',
    'Pour voir ce contenu, veuillez accepter les cookies de Quaytube.',
    'Para ver este contenido, acepte las cookies de Quaytube.',
    'Per visualizzare questo contenuto devi accettare i cookie di Quaytube.',
  ])('is no paragraph: %s', (line) => {
    expect(bodyWith(line)).toBe(fieldsOf(html).articleBody);
  });

  it('is not seen in what an article says', () => {
    const line = 'To view this wall from the sea the divers took the ferry, which the office had not allowed before.';
    expect(bodyWith(line)).toContain(line);
  });
});

describe('whom a picture is by', () => {
  const bodyWith = (line: string, behind = '') =>
    fieldsOf(page('<h1>The old quay wall holds</h1>').replace('</p></div>', `</p><p>${line}</p>${behind}</div>`))
      .articleBody;
  const LINES = [
    'Foto: Quay Post/Ida Holm',
    'Photo by Ida Holm',
    'Photo courtesy of the port office',
    'Text und Fotos: Ida Holm',
    '(Crédit photo : Ida Holm / Quay Post)',
    '写真：山田太郎',
  ];

  it('is no paragraph of the text', () => {
    for (const line of LINES) {
      expect(bodyWith(line)).toBe(fieldsOf(page('<h1>The old quay wall holds</h1>')).articleBody);
      expect(bodyWith(line, '<p>The ferry sails again on Monday at noon, the office said.</p>')).not.toContain(line);
    }
  });

  it('is not said by lines that speak of pictures, or of sources', () => {
    for (const line of [
      'Photo: see the wall as it stood in 1911, when both brothers began to print.',
      'Source: port office',
    ])
      expect(bodyWith(line, '<p>The ferry sails again on Monday at noon, the office said.</p>')).toContain(line);
  });

  it('stands with the notes behind the text', () => {
    const notes = '<p>All rights with the Quay Post</p>';
    const both = bodyWith('Foto: Quay Post/Ida Holm', notes) ?? '';
    expect(both.includes('Foto: Quay Post')).toBe(both.includes('All rights'));
  });
});

describe('behind the last paragraph is no text', () => {
  const html = page('<h1>The old quay wall holds</h1>');
  it.each([
    'Source: Harbour News',
    'Kaynak: AA',
    'Πηγή: ΑΠΕ-ΜΠΕ',
    'انتهای پیام',
    'ENDS',
    '###',
    'ida.holm@example.org',
  ])('%s', (line) => {
    expect(fieldsOf(html.replace('</p></div>', `</p><p>${line}</p></div>`)).articleBody).toBe(
      fieldsOf(html).articleBody,
    );
  });
});

it('the arrow of a note that leads back to its place is no sign of its text', () => {
  const note =
    '<ol><li id="fn:1"><p>Strictly, less than that at ten degrees, as the old tables say. <a href="#fnref:1">↩</a></p></li></ol>';
  const body = fieldsOf(
    page('<h1>The old quay wall holds</h1>').replace('</p></div>', `</p>${note}</div>`),
  ).articleBody;
  expect(body).toContain('old tables say.');
  expect(body).not.toContain('↩');
});

it('a paragraph with a day in a script that parts no words is no line of details', () => {
  const first = 'วันที่ 3 มิถุนายน 2567 ผู้สื่อข่าวรายงานว่า กำแพงท่าเรือเก่ายืนหยัดตลอดคืนที่พายุดันน้ำสูงกว่าระดับปกติ';
  const second = 'วิศวกรที่เตือนเรื่องสภาพของกำแพงมาหลายปีกล่าวว่า การซ่อมแซมครั้งล่าสุดสร้างความแตกต่างอย่างชัดเจน';
  const third = 'ท่าเรือจะปิดจนกว่านักดำน้ำจะตรวจหินทุกก้อนใต้แนวน้ำ สำนักงานท่าเรือระบุ';
  const html = `<html lang="th"><body><main><article><h1>กำแพงท่าเรือเก่ายืนหยัดผ่านพายุ</h1><div><p>${first}</p><p>${second}</p><p>${third}</p></div></article></main></body></html>`;
  expect(fieldsOf(html).articleBody).toContain(first);
});

it('a row of buttons is no text, a button that unfolds some is', () => {
  const html = page('<h1>The old quay wall holds</h1>');
  const bodyWith = (line: string) => fieldsOf(html.replace('</p><p>', `</p>${line}<p>`)).articleBody;
  expect(bodyWith('<div><button>Teilen</button><button>Merken</button></div>')).toBe(fieldsOf(html).articleBody);
  expect(bodyWith('<h2><button><span>Who repaired the wall in spring?</span><i> </i></button></h2>')).toContain(
    'Who repaired the wall in spring?',
  );
});
