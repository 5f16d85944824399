/**
 * Words by which a page that is no article tells its kind: in its title, its address, the classes of its `<body>`, its
 * schema.org types. Data tables over many languages; verdict.ts weighs them.
 */
import type { Reason } from '../../outcome.js';
import { fold } from '../text/words.js';

/** Kinds that a page's own words may name. */
export type WordKind = Extract<
  Reason<'not-article'>,
  | 'section'
  | 'tag'
  | 'author-page'
  | 'search'
  | 'about'
  | 'soft-404'
  | 'consent-wall'
  | 'bot-wall'
  | 'forum'
  | 'product'
>;

const lines = (text: string): string[] =>
  text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Titles that are nothing but the name of such a page, folded (see `fold`). */
const TITLES: Readonly<Partial<Record<WordKind, string>>> = {
  // The publisher about itself, how to reach it, what the law wants to be said, what is sold to readers.
  about: `
    about; about us; about this site; who we are; our team; our story; the team; masthead; contact; contact us; contacts; get in touch;
    imprint; legal notice; legal; privacy; privacy policy; privacy notice; cookie policy; cookies; terms; terms of use;
    terms of service; terms and conditions; disclaimer; copyright; accessibility; accessibility statement; advertise;
    advertise with us; advertising; careers; jobs; work with us; help; faq; frequently asked questions; support;
    subscribe; subscription; subscriptions; newsletter; newsletters; sign in; log in; login; register; sign up;
    my account; account; donate; support us; site map; sitemap; corrections; editorial policy; ethics policy; feedback
    über uns; wir über uns; impressum; kontakt; datenschutz; datenschutzerklärung; agb; nutzungsbedingungen; mediadaten;
    redaktion; die redaktion; abo; abonnement; abonnieren; anmelden; anmeldung; registrieren; hilfe; karriere; unser team
    qui sommes nous; à propos; a propos; contact; contactez nous; nous contacter; mentions légales; données personnelles;
    politique de confidentialité; cgu; cgv; conditions générales; s abonner; abonnez vous; nos offres; se connecter;
    connexion; notre équipe; la rédaction; plan du site; aide; publicité
    acerca de; sobre nosotros; quiénes somos; quienes somos; contacto; contáctanos; aviso legal; política de privacidad;
    política de cookies; condiciones de uso; términos y condiciones; suscríbete; suscripción; iniciar sesión; redacción;
    sobre; sobre nós; quem somos; ficha técnica; contato; contacto; contactos; fale conosco; política de privacidade;
    termos de uso; assine; expediente; estatuto editorial; publicidade
    chi siamo; contatti; redazione; la redazione; note legali; privacy e cookie; informativa privacy; abbonati; pubblicità
    over ons; contact; colofon; privacyverklaring; algemene voorwaarden; adverteren; abonneren; inloggen
    o nas; redakcja; kontakt; polityka prywatności; regulamin; reklama; prenumerata; zaloguj się
    om os; om oss; om oss och kontakt; kontakta oss; kontakt oss; kontakt os; integritetspolicy; personvern; privatlivspolitik; prenumerera; meistä;
    tietosuoja; yhteystiedot; tietoa meistä; um okkur
    o nás; kontakty; redakce; ochrana osobních údajů; o nama; kontakti; impresszum; kapcsolat; rólunk; adatvédelem
    despre noi; contact; politica de confidențialitate; за нас; контакти; контакты; о нас; о проекте; о сайте; редакция; реклама;
    политика конфиденциальности; пользовательское соглашение; про нас; редакція; контакт; о нама; политика приватности
    σχετικά με εμάς; ποιοι είμαστε; επικοινωνία; όροι χρήσης; ταυτότητα; hakkımızda; iletişim; künye; gizlilik politikası;
    kullanım koşulları; abone ol
    من نحن; اتصل بنا; عن الموقع; سياسة الخصوصية; شروط الاستخدام; اتصال; درباره ما; تماس با ما; حریم خصوصی; אודות; צור קשר; מי אנחנו;
    תנאי שימוש; מדיניות פרטיות; हमारे बारे में; संपर्क करें; संपर्क; गोपनीयता नीति; আমাদের সম্পর্কে; যোগাযোগ; ہمارے بارے میں; رابطہ
    关于我们; 關於我們; 联系我们; 聯絡我們; 版权声明; 隐私政策; 广告服务; 法律声明; 网站地图; 会社案内; 会社概要; お問い合わせ; 運営会社;
    プライバシーポリシー; 利用規約; このサイトについて; 회사소개; 소개; 문의; 개인정보처리방침; 이용약관; 구독;
    เกี่ยวกับเรา; ติดต่อเรา; นโยบายความเป็นส่วนตัว; giới thiệu; về chúng tôi; liên hệ; chính sách bảo mật; tentang kami; hubungi kami;
    kontak; kebijakan privasi; pedoman media siber; redaksi; kuhusu sisi; wasiliana nasi`,
  search: `
    search; search results; results; suche; suchergebnisse; suchergebnis; recherche; résultats de recherche; buscar; búsqueda;
    resultados de búsqueda; resultados; busca; pesquisa; resultados da busca; cerca; ricerca; risultati della ricerca; zoeken; zoekresultaten;
    szukaj; wyniki wyszukiwania; sök; sökresultat; søk; søg; haku; hledat; výsledky vyhledávání; keresés; căutare; поиск; результаты поиска;
    пошук; търсене; αναζήτηση; arama; arama sonuçları; بحث; نتائج البحث; جستجو; חיפוש; תוצאות חיפוש; खोज; 搜索; 搜索结果; 搜尋; 検索; 検索結果; 검색; 검색결과;
    ค้นหา; tìm kiếm; kết quả tìm kiếm; pencarian; hasil pencarian`,
  section: `
    archive; archives; all articles; all news; latest; latest news; news; breaking news; headlines; top stories; most read; calendar;
    archiv; alle artikel; nachrichten; aktuell; aktuelles; actualités; toutes les actualités; archivo; noticias; últimas noticias; últimas;
    archief; archiwum; wszystkie; wiadomości; aktualności; arkiv; nyheter; arquivo; notícias; notizie; ultime notizie; archivio; nieuws;
    архив; новости; все новости; новини; arşiv; haberler; son dakika; الأخبار; أخبار; خبرها; חדשות; समाचार; 新闻; 要闻; 最新; ニュース; 一覧; 뉴스; 전체기사; ข่าว; tin tức; tin mới; berita; berita terkini`,
};

/** How titles of such pages begin. */
const BEGINNINGS: Readonly<Partial<Record<WordKind, RegExp>>> = {
  search:
    /^(?:search results|results for|you searched for|suchergebnisse|suche nach|ergebnisse für|résultats (?:de recherche|pour)|resultados (?:de|da|para)|risultati (?:della|per)|zoekresultaten|wyniki wyszukiwania|результаты поиска|arama sonuçları|نتائج البحث|搜索结果|検索結果|검색결과)(?:$|[^\p{L}])/u,
  tag: /^(?:tag|tags|topic|topics|thema|themen|schlagwort|stichwort|sujet|mot clé|étiquette|etiqueta|tema|argomento|onderwerp|tagi|тег|теги|метка|тема|ετικέτα|etiket|وسم|הנושא|标签|標籤|タグ|태그) [:»|]/u,
  'author-page':
    /^(?:author|autor|autorin|auteur|autore|auteure|автор|yazar|الكاتب|作者|著者|기자) [:»|]|^(?:all (?:articles|stories|posts) (?:by|from)|articles by|posts by|stories by|alle (?:artikel|beiträge) (?:von|dieser|dieses)|tous les articles (?:de|par)|todos los artículos de|artículos de|todos os artigos de|artigos de|tutti gli articoli di|alle artikelen van|wszystkie artykuły|все (?:статьи|материалы) автора)/u,
  section:
    /^(?:category|categories|kategorie|rubrik|rubrique|categoría|categoria|kategoria|kategori|рубрика|категория|kategória|التصنيف|分类|カテゴリー?) [:»|]|^(?:month|monat|mois|mes|mês|mese|maand|miesiąc|day|year|tag|jahr|année|año|archives?|archiv|archivo|archief|архив|arşiv) [:»|]|^(?:archives? for|archiv für|browsing|all posts in|latest news (?:and|on|from))/u,
};

/** What error pages say where their headline stands; anywhere in a short title. */
const ANYWHERE: Readonly<Partial<Record<WordKind, RegExp>>> = {
  'soft-404':
    /(?:^|[^\d])404(?:$|[^\d])|not found|can t find (?:that|the|this) page|couldn t find (?:that|the|this) page|page (?:has )?(?:been )?(?:removed|moved|deleted|gone)|no longer (?:available|exists)|page (?:is )?unavailable|doesn t exist|does not exist|something went wrong|server error|nicht gefunden|existiert nicht|nicht (?:mehr )?verfügbar|introuvable|n existe pas|no encontrad|no existe|não encontrad|non trovat|niet gevonden|nie znaleziono|nie istnieje|hittades inte|finns inte|ikke funnet|ikke fundet|ei löydy|nenalezen|nem található|nu a fost găsit|не найден|не существует|не знайден|не е намерен|δεν βρέθηκε|bulunamadı|غير موجود|لم يتم العثور|یافت نشد|לא נמצא|नहीं मिला|找不到|不存在|無法找到|ページが見つかりません|見つかりませんでした|お探しのページ|찾을 수 없|존재하지 않|ไม่พบหน้า|không tìm thấy|tidak ditemukan|ვერ მოიძებნა|չի գտնվել|tapılmadı|табылмады|topilmadi|পাওয়া যায়নি|পাওয়া যায়নি|கண்டுபிடிக்க முடியவில்லை|കണ്ടെത്താനായില്ല|కనుగొనబడలేదు|ಕಂಡುಬಂದಿಲ್ಲ|सापडले नाही|फेला परेन|نہیں ملا|រកមិនឃើញ|haipatikani|haikupatikana|nije pronađen|није пронађен|ni najden|neexistuje|nerasta|nav atrast|ei leitud|fannst ekki|nie gevind|no s ha trobat|ez da aurkitu|nuk u gjet|олдсонгүй/u,
  'bot-wall':
    /^just a moment$|are you (?:a )?(?:human|robot)|not a robot|verify(?:ing)? (?:that )?you are (?:a )?human|attention required|access denied|^forbidden$|^403|security check|checking your browser|enable javascript|pardon our interruption|please wait|zugriff verweigert|accès refusé|acceso denegado|доступ запрещ|访问被拒绝/u,
  'consent-wall':
    /your privacy|your consent|privacy (?:choices|preferences|settings)|cookie (?:consent|settings|preferences|wall)|we use cookies|before you continue|deine privatsphäre|ihre privatsphäre|datenschutz.?einstellungen|cookie.?einstellungen|zustimmung|votre vie privée|vos cookies|tu privacidad|su privacidad|sua privacidade|la tua privacy|uw privacy|jouw privacy|privacy.?instellingen|twoja prywatność|din integritet|ditt samtycke|ваша конфиденциальность|gizliliğiniz/u,
};

/** Words that texts of consent walls are made of. */
export const CONSENT_WORDS =
  /cookie|consent|privacy|personal data|einwilligung|zustimm|datenschutz|personenbezogen|consentement|vie privée|données personnelles|consentimiento|privacidad|consentimento|privacidade|consenso|toestemming|zgod|prywatno|samtycke|samtykke|согласи|файлы cookie|συγκατάθεση|rıza|çerez|الخصوصية|同意|クッキー|쿠키/iu;

const BY_TITLE = new Map<string, WordKind>();
for (const kind of Object.keys(TITLES) as WordKind[])
  for (const title of lines(TITLES[kind]!)) BY_TITLE.set(title, kind);

/** What kind a title names, which is without the site's name. */
export function kindOfTitle(title: string): WordKind | undefined {
  const folded = fold(title);
  const exact = BY_TITLE.get(folded);
  if (exact !== undefined) return exact;
  if (folded.length > 90) return undefined;
  const marked = /[:：»|]/.test(title) ? foldParts(title) : folded;
  for (const kind of Object.keys(BEGINNINGS) as WordKind[]) if (BEGINNINGS[kind]!.test(marked)) return kind;
  for (const kind of Object.keys(ANYWHERE) as WordKind[]) if (ANYWHERE[kind]!.test(folded)) return kind;
  return undefined;
}

/** Folded, with colons and bars kept as " : ": "Tag: rivers" and "Tag rivers" differ. */
const foldParts = (title: string): string =>
  title
    .split(/[:：»|]/)
    .map(fold)
    .join(' : ')
    .trim();

const segments = (text: string, kind: WordKind): [string, WordKind][] =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => [word, kind]);

/** Path segments that name the kind, as the last one or in front of a single name. */
const SEGMENTS: ReadonlyMap<string, WordKind> = new Map([
  ...segments(
    `tag tags topic topics thema themen theme themes tema temas temi tematy tagg stichwort schlagwort schlagworte keyword
     keywords label labels etiqueta etiquetas mot-cle sujet argomento onderwerp konu etiket emne hashtag`,
    'tag',
  ),
  ...segments(
    `author authors autor autoren autori autores auteur auteurs autore redakteur writer writers contributor
     contributors columnist byline profile profiles people staff journalist journalists yazar forfatter users user`,
    'author-page',
  ),
  ...segments(
    `category categories kategorie kategorien categorie categoria categorias kategori rubrik rubriken rubrique rubriques
     rubrica rubric section sections ressort sezione seccion archive archives archiv archivo archief arkiv arquivo archivio
     arsiv hemeroteca latest page seite pagina calendar kalender agenda`,
    'section',
  ),
  ...segments('search suche recherche buscar busqueda busca cerca zoeken sok szukaj arama suchen poisk', 'search'),
  ...segments(
    `about about-us aboutus about.html ueber-uns uber-uns a-propos chi-siamo quienes-somos sobre-nosotros sobre-nos over-ons over
     om-os om-oss o-nas hakkimizda contact contacts contact-us contactus kontakt contacto contatti contato iletisim
     impressum imprint mentions-legales aviso-legal note-legali colophon masthead privacy privacy-policy privacypolicy
     datenschutz datenschutzerklaerung cookie-policy terms terms-of-service terms-of-use terms-and-conditions agb
     nutzungsbedingungen disclaimer login signin sign-in log-in anmelden register signup account subscribe subscription
     abo abonnement abonnements newsletter newsletters donate advertise advertising mediadaten careers faq acerca-de
     qui-sommes-nous redaktion ficha-tecnica`,
    'about',
  ),
  ...segments('forum forums viewtopic.php viewforum.php showthread.php thread threads', 'forum'),
  ...segments(
    'product products produkt produkte produit producto prodotto cart basket checkout warenkorb shop store',
    'product',
  ),
  ...segments('404 404.html error notfound not-found', 'soft-404'),
  ...segments('consent consentement consent-wall cookiewall cookie-wall privacywall', 'consent-wall'),
]);

export interface UrlKind {
  readonly kind: WordKind | 'front-page';
  /** Whether the address can hardly be an article's. */
  readonly sure: boolean;
}

/** What kind an address names. */
export function kindOfUrl(address: string): UrlKind | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  const path = url.pathname.toLowerCase().split('/').filter(Boolean);
  if (/^(?:index|home|default|start)?(?:\.\w{2,5})?$/.test(path[0] ?? '') && path.length <= 1) {
    if (url.search === '') return { kind: 'front-page', sure: true };
    // Old systems serve every page from "/?id=…".
    const isSearch = url.searchParams.has('s') || url.searchParams.has('q');
    return isSearch ? { kind: 'search', sure: true } : { kind: 'front-page', sure: false };
  }
  // "/en/", "/de/index.html"
  if (path.length <= 2 && /^[a-z]{2}(?:-[a-z]{2})?$/.test(path[0]!) && /^(?:index\.\w+)?$/.test(path[1] ?? '')) {
    return { kind: 'front-page', sure: false };
  }
  const last = path.at(-1)!.replace(/\.(?:html?|php|aspx?|jsp)$/, '');
  const before = path.at(-2);
  const own = SEGMENTS.get(path.at(-1)!) ?? SEGMENTS.get(last);
  if (own) return { kind: own, sure: path.length === 1 };
  if (/^(?:19|20)\d\d$/.test(path[0]!) && path.every((part) => /^\d{1,4}$/.test(part)))
    return { kind: 'section', sure: true };
  // "/calendar/2024/02/", "/archive/2024-03-01"
  const dated = path.findLastIndex((part) => !/^[\d-]+$/.test(part));
  if (dated >= 0 && dated < path.length - 1 && SEGMENTS.get(path[dated]!) === 'section')
    return { kind: 'section', sure: true };
  const parent = before === undefined ? undefined : SEGMENTS.get(before);
  if (parent && parent !== 'about' && parent !== 'product') {
    // "/tag/rivers" is a listing; "/themen/why-rivers-rise-in-june-12345" is an article.
    const isName = last.split('-').length <= 4 && !/\d{4}/.test(last);
    if (isName) return { kind: parent, sure: path.length === 2 };
  }
  if (/[?&](?:q|query|s|search|suche|keyword)=/i.test(url.search) && own === undefined)
    return { kind: 'search', sure: false };
  return undefined;
}

/** Kinds of pages that a site's own texts link to for its readers' convenience, often by themselves. */
const WAYS: ReadonlySet<string> = new Set(['tag', 'author-page', 'section', 'search', 'about']);

/** Whether an address is that of a listing, an author or a service of a site: a way about in it, no source. */
export function isWayAbout(address: string): boolean {
  const kind = kindOfUrl(address)?.kind;
  if (kind !== undefined) return WAYS.has(kind) || (kind === 'front-page' && !address.includes('?'));
  // "/tag/handel-2889905": names that content systems number.
  const [, parent, last] = /\/([^/?#]{3,20})\/([^/?#]{1,80})\/?(?:[?#].*)?$/.exec(address) ?? [];
  const filed = parent && SEGMENTS.get(parent.toLowerCase());
  return (filed === 'tag' || filed === 'author-page') && last!.replace(/-\d+$/, '').split('-').length <= 4;
}

/** Class words of `<body>`, as content systems set them. */
export const BODY_CLASSES: ReadonlyMap<string, WordKind | 'front-page' | 'article'> = new Map([
  ['home', 'front-page'],
  ['front', 'front-page'],
  ['frontpage', 'front-page'],
  ['homepage', 'front-page'],
  ['blog', 'section'],
  ['archive', 'section'],
  ['category', 'section'],
  ['tag', 'tag'],
  ['author', 'author-page'],
  ['date', 'section'],
  ['search', 'search'],
  ['search-results', 'search'],
  ['search-no-results', 'search'],
  ['error404', 'soft-404'],
  ['not-found', 'soft-404'],
  ['single', 'article'],
  ['single-post', 'article'],
  ['post-template-default', 'article'],
  ['article', 'article'],
  ['article-page', 'article'],
  ['node-type-article', 'article'],
  ['page-node-type-article', 'article'],
]);

/** schema.org types of whole pages. */
export const PAGE_TYPES: ReadonlyMap<string, WordKind> = new Map([
  ['CollectionPage', 'section'],
  ['SearchResultsPage', 'search'],
  ['ProfilePage', 'author-page'],
  ['AboutPage', 'about'],
  ['ContactPage', 'about'],
  ['CheckoutPage', 'product'],
  ['FAQPage', 'about'],
  ['DiscussionForumPosting', 'forum'],
  ['QAPage', 'forum'],
  ['Product', 'product'],
]);
