/** The first crumb leads home, whatever it is called and wherever it leads. */
import { expect, it } from 'vitest';
import { fieldsOf, page } from '../reading.js';

it.each(
  'Home|Startseite|Accueil|Portada|Capa|Prima pagina|Acasă|Voorpagina|Startsidan|Forside|Etusivu|Strona główna|Úvod|Címlap|Naslovnica|Почетна|Начало|На главную|Головна|Avaleht|Sākums|Pradžia|Αρχική σελίδα|Ana Sayfa|Басты бет|მთავარი|Գլխավոր|דף הבית|الصفحة الرئيسية|صفحه نخست|صفحہ اول|मुख्य पृष्ठ|প্রচ্ছদ|முகப்பு|หน้าแรก|Trang chủ|Beranda|Laman Utama|Mwanzo|トップページ|메인|主页'.split(
    '|',
  ),
)('%s is no section', (home) => {
  const crumbs = `<div class="breadcrumb"><a href="/index.php">${home}</a> » <a href="/economy">Economy</a> » <span>The old quay wall holds</span></div>`;
  expect(fieldsOf(page(`${crumbs}<h1>The old quay wall holds</h1>`)).articleSection).toEqual(['Economy']);
});
