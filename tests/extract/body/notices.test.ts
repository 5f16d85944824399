/** Lines about the page between paragraphs, without any class or box that tells them from text. */
import { expect, it } from 'vitest';
import { isNotice } from '../../../src/extract/body/notices.js';
import { fieldsOf } from '../reading.js';

it.each([
  ['en', 'Advertisement', 'Story continues below advertisement', 'Read also:', 'View comments (12)'],
  ['de', '- Anzeige -', 'Der Artikel wird nach der Anzeige fortgesetzt', 'Lesen Sie auch', '3 Kommentare'],
  ['nl', 'Advertentie', 'Tekst gaat verder onder de foto', 'Lees ook', 'Reacties'],
  ['pl', 'Reklama', 'Dalsza część artykułu pod reklamą', 'Czytaj także:', 'Zobacz komentarze'],
  ['tr', 'REKLAM', 'Haberin devamı reklamdan sonra', 'İlgili Haberler', 'Yorumlar (4)'],
  ['ru', 'Реклама', 'Продолжение после рекламы', 'Читайте также', 'Комментарии'],
  ['ar', 'إعلان', 'يستمر المقال بعد الإعلان', 'اقرأ أيضًا:', 'التعليقات'],
  ['hi', 'विज्ञापन', 'विज्ञापन के बाद जारी', 'यह भी पढ़ें', 'टिप्पणियाँ'],
  ['ja', '広告', '(広告の後にも続きます)', '【関連記事】', 'コメント'],
  ['el', 'ΔΙΑΦΗΜΙΣΗ', 'Το άρθρο συνεχίζεται μετά τη διαφήμιση', 'Διαβάστε επίσης', 'Σχόλια'],
])('leaves out what is no text of the article: %s', (lang, ...notices) => {
  const sentence = (at: number) =>
    `The owners of quay number ${at} have withdrawn their plan for forty flats, two days before the council was to vote on it.`;
  const lines = notices.flatMap((notice, at) => [`<p>${sentence(at)}</p>`, `<p>${notice}</p>`]);
  const html = `<html lang="${lang}"><head><title>Flats on the quay</title></head><body><div><h1>Flats on the quay</h1>${lines.join('')}</div></body></html>`;
  expect(fieldsOf(html).articleBody?.split('\n\n')).toEqual(notices.map((_, at) => sentence(at)));
});

it.each([
  '5 min read',
  '1,234 views',
  'Listen to this article',
  'Lesezeit: 5 Minuten',
  'Temps de lecture : 5 min',
  'Czas czytania: 5 min',
  'Просмотров: 1234',
  'Okuma süresi: 5 dk',
  'زمان مطالعه: ۵ دقیقه',
  'पढ़ने का समय: 5 मिनट',
  'この記事は約5分で読めます',
  '阅读量：1234',
  'Нашли ошибку? Выделите её и нажмите Ctrl + Enter',
  'Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter.',
  'Қате тапсаңыз, оны белгілеп, Ctrl+Enter басыңыз',
  '© 2024 Kurier Portowy. Wszelkie prawa zastrzeżone.',
  '(c) 2024 Hafenkurier',
  'Copyright The Courier. No part of this may be reproduced.',
])('takes a line for one: %s', (line) => {
  expect(isNotice(line)).toBe(true);
});

it.each([
  'Press Ctrl+Enter to send the message at once.',
  'Copyright law has not kept up, says the minister.',
  'The advertisement was withdrawn.',
  'Comments by the mayor',
  'Related party transactions',
  'Conclusion',
  'Share prices',
  'Werbung im Wahlkampf',
])('takes no other line for one: %s', (line) => {
  expect(isNotice(line)).toBe(false);
});
