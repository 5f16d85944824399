/**
 * What words and endings in a URL say of what stands there: media, feed, listing, service page. Data tables over many
 * languages and the tests that use them. In: URLs in normal form. Never: decides alone; see shapes.ts.
 */
import { spanOfUrl } from '../timespan.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Files that hold no page of text. */
const MEDIA = words(`
  jpg jpeg png gif webp avif svg ico bmp tif tiff heic mp3 m4a aac ogg oga wav flac opus mp4 m4v mov avi mkv webm mpg
  mpeg wmv flv 3gp m3u8 ts css js mjs map json woff woff2 ttf otf eot zip gz tgz bz2 xz 7z rar tar exe dmg apk iso msi
  pdf epub mobi doc docx xls xlsx ppt pptx odt ods odp rtf csv ics vcf swf bin torrent wasm webmanifest
`);

/** Segments of listings of articles: their links matter, they are none themselves. */
export const LISTING_WORDS = words(`
  tag tags topic topics thema themen theme themes tema temas temi tematy tagg stichwort schlagwort schlagworte keyword
  keywords label labels etiqueta etiquetas etichetta mot-cle sujet sujets argomento argomenti onderwerp onderwerpen
  konu etiket emne hashtag category categories kategorie kategorien categorie categoria categorias categorie kategori
  rubrik rubriken rubrique rubriques rubrica rubric rubrics section sections ressort ressorts sezione seccion
  archive archives archiv archivo archief arkiv arquivo archivio arsiv hemeroteca latest newest breaking ticker
  newsticker author authors autor autoren autori autores auteur auteurs autore redakteur writer writers contributor
  contributors columnist columnists byline profile profiles people person staff team journalist journalists yazar
  forfatter page seite pagina strana sida sayfa collections collection series serie dossier dossiers
`);

/** Segments of pages that serve the reader: sign-in, shop, help, the publisher about itself. */
export const SERVICE_WORDS = words(`
  about about-us aboutus ueber-uns uber-uns a-propos chi-siamo quienes-somos sobre sobre-nosotros sobre-nos over-ons
  om-os om-oss o-nas hakkimizda contact contacts contact-us contactus kontakt contacto contatti contatto contato
  iletisim impressum imprint mentions-legales aviso-legal note-legali colophon masthead redaktion
  privacy privacy-policy privacypolicy datenschutz datenschutzerklaerung confidentialite privacidad privacidade
  cookie cookies cookie-policy terms terms-of-service terms-of-use terms-and-conditions agb nutzungsbedingungen
  conditions cgu cgv disclaimer legal copyright rights permissions accessibility barrierefreiheit
  login signin sign-in log-in anmelden einloggen connexion iniciar-sesion acceso entrar inloggen logowanie logout
  signout register registration registrieren signup sign-up join account accounts konto compte cuenta user users
  profile-settings settings my mein mon-compte preferences password subscribe subscription subscriptions abo abonnement
  abonnements abonnieren abonnement suscripcion suscribete suscripciones abbonamenti assinatura assine abonnieren
  newsletter newsletters donate donation spenden don shop store boutique tienda negozio cart basket warenkorb checkout
  advertise advertising advertisers werbung mediadaten publicite publicidad pubblicita anzeigen advertentie annonce
  careers career jobs job karriere stellenangebote emploi empleo lavoro vacatures help hilfe aide ayuda aiuto faq faqs
  support feedback sitemap site-map plan-du-site mapa-del-sitio search suche recherche buscar busqueda busca cerca
  zoeken sok szukaj arama suchen rss feed feeds apps app mobile-app widget widgets embed share print mailto email-alerts
  alerts horoscope horoskop horoscopo oroscopo weather wetter meteo tiempo el-tiempo sudoku crossword crosswords
  puzzles games spiele kreuzwortraetsel lotto lottery tv-guide tv-programm programmation fernsehprogramm epaper e-paper
  e-edition classifieds marketplace coupons gutscheine wp-login wp-admin wp-json wp-content cdn-cgi admin xmlrpc
  comments comment kommentare commentaires forum forums events calendar kalender agenda tickets live-scores standings
  tabelle results ergebnisse widget-page stock-quotes quote quotes market-data boersenkurse kurse
`);

/** Segments under which articles stand. */
export const ARTICLE_WORDS = words(`
  article articles artikel articolo articoli articulo articulos artigo artigos story stories news nachricht nachrichten
  actualite actualites noticia noticias notizia notizie nieuws nyheter nyhet nyheder haber haberler wiadomosci
  post posts blog blogs read view detail details nota notas newsstory press-release releases meldung meldungen
  opinion kommentar politics politik politique politica world welt monde mundo mondo sport sports wirtschaft economy
  economie economia business local lokales culture kultur cultura
`);

const FEED_SEGMENT =
  /(?:^|[/._-])(?:rss\d?|atom\d?|feeds?|rdf|feedburner|xml-rss|jsonfeed|newsfeed|rssfeed|rss-feed)(?:$|[/._-])/i;
const COMMENTS = /(?:^|[/=])(?:comments?|kommentare?|commentaires|comentarios|commenti|reacties)(?:$|[/&-])/i;
const PAGINATION =
  /\/(?:page|seite|pagina|strana|sida|sayfa)[/-]?\d{1,6}\/?(?:\?|$)|[?&](?:page|paged|pg|pagina|seite|offset|start|strana|[\w%.-]{0,40}page(?:%5d|\]|-?no|num|number|index)?)=\d{1,9}(?:&|$)/i;
/** A path that ends in a day, a month or a year, with at most a word or a page in front. */
const DATE_ENDING =
  /\/(?:19|20)\d\d(?:[/-](?:1[0-2]|0?[1-9]|[a-z]{3,9})(?:[/-](?:3[01]|[12]\d|0?[1-9]))?|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?(?:\.html?|\/index\.html?)?\/?$/i;
const DATE_QUERY = /[?&](?:date|day|datum|fecha|jour|data|year|month|m|archive|d)=(?:19|20)\d\d/i;

/** The ending of the last segment, lower case, without its dot. */
export function extensionOf(url: string): string | undefined {
  const start = url.indexOf('/', 8);
  if (start < 0) return undefined;
  let end = url.indexOf('?', start);
  if (end < 0) end = url.length;
  const dot = url.lastIndexOf('.', end);
  return dot > url.lastIndexOf('/', end - 1) && dot > start && end - dot <= 12
    ? url.slice(dot + 1, end).toLowerCase()
    : undefined;
}

/** Pictures, sound, films, scripts, downloads: never asked for. */
export function isMediaUrl(url: string): boolean {
  const extension = extensionOf(url);
  if (extension === undefined || !MEDIA.has(extension)) return false;
  // `feed.json` is a feed.
  return !(extension === 'json' && FEED_SEGMENT.test(url.slice(url.indexOf('/', 8))));
}

/** One of them is in whatever looks like a feed's. */
const FEED_WORD = /rss|atom|feed|rdf/i;

/** Looks like a feed's; only the document tells. */
export function isFeedUrl(url: string): boolean {
  if (!FEED_WORD.test(url)) return false;
  const start = url.indexOf('/', 8);
  if (start < 0) return false;
  const question = url.indexOf('?', start);
  const path = question < 0 ? url.slice(start) : url.slice(start, question);
  const segments = path.split('/').filter((segment) => segment !== '');
  // Near the end of a short path: an article on RSS readers has a slug.
  const tail = segments.slice(-2).filter((segment) => segment.split('-').length <= 3);
  if (tail.some((segment) => FEED_SEGMENT.test(segment)) && segments.length <= 6) return true;
  const query = question < 0 ? '' : url.slice(question + 1);
  return (
    /(?:^|&)(?:feed|format|type|output|alt)=(?:rss2?|atom|rdf|feed)/i.test(query) || /^https?:\/\/feeds?\./.test(url)
  );
}

/** What readers say: `/comments/feed/`, `?feed=comments-rss2`. Names the articles that are known. */
export function isCommentFeedUrl(url: string): boolean {
  return COMMENTS.test(url.slice(url.indexOf('/', 8)));
}

/** A further page of a listing or of an article. */
export function isPaginationUrl(url: string): boolean {
  return PAGINATION.test(url);
}

/** Which page of which listing. */
export function pageOf(url: string): { readonly listing: string; readonly number: number } | undefined {
  const match = PAGINATION.exec(url);
  const number = match && /(\d+)\D*$/.exec(match[0])?.[1];
  return number
    ? { listing: `${url.slice(0, match.index)} ${url.slice(match.index + match[0].length)}`, number: Number(number) }
    : undefined;
}

/** What tells a day begins with its year. */
const YEAR = /[/=](?:19|20)\d\d/;

/** The listing of a day, a month or a year. */
export function isArchiveUrl(url: string): boolean {
  if (!YEAR.test(url)) return false;
  const start = url.indexOf('/', 8);
  if (start < 0) return false;
  const [path = '', query] = url.slice(start).split('?', 2);
  if (!DATE_ENDING.test(path) && !(query !== undefined && DATE_QUERY.test(`?${query}`))) return false;
  return (
    spanOfUrl(url) !== undefined && path.split('/').filter((segment) => segment.split('-').length > 4).length === 0
  );
}
