/** What the front page is called, in some sixty languages: the first crumb, which is no section and no site's name. */
import { fold } from './words.js';

/** As `fold` leaves them. */
const NAMES = new Set(
  (
    'home|homepage|home page|front page|frontpage|news home|start|startseite|accueil|page d accueil|inicio|início|portada|página inicial|página principal|capa|inici|hasiera|prima pagina|pagina principale|acasă|prima pagină|' +
    'voorpagina|tuis|tuisblad|hem|startsida|startsidan|hjem|forside|forsiden|etusivu|forsíða|esileht|avaleht|sākums|sākumlapa|pradžia|titulinis|pagrindinis|strona główna|strona startowa|domů|úvod|úvodní stránka|hlavní stránka|domov|úvodná stránka|főoldal|kezdőlap|címlap|' +
    'naslovna|naslovnica|početna|početna stranica|početna strana|насловна|почетна|начало|начална страница|главная|главная страница|на главную|головна|головна сторінка|на головну|галоўная|αρχική|αρχική σελίδα|ballina|kreu|hafan|baile|' +
    'anasayfa|ana sayfa|ana səhifə|басты бет|bosh sahifa|мүн бет|მთავარი|მთავარი გვერდი|գլխավոր|գլխավոր էջ|ראשי|דף הבית|עמוד הבית|الرئيسية|الصفحة الرئيسية|خانه|صفحه اصلی|صفحه نخست|صفحہ اول|ہوم|' +
    'होम|होम पेज|मुख्य पृष्ठ|मुख्यपृष्ठ|गृहपृष्ठ|হোম|প্রচ্ছদ|હોમ|ਮੁੱਖ ਪੰਨਾ|முகப்பு|హోమ్|ಮುಖಪುಟ|ഹോം|මුල් පිටුව|หน้าแรก|หน้าหลัก|ໜ້າຫຼັກ|ទំព័រដើម|မူလစာမျက်နှာ|trang chủ|beranda|laman utama|utama|mwanzo|nyumbani|' +
    'ホーム|トップ|トップページ|top|홈|메인|首页|首頁|主页|主頁|you are here|sie sind hier'
  )
    .normalize('NFKC')
    .split('|'),
);

export const isFrontPage = (name: string): boolean => NAMES.has(fold(name));
