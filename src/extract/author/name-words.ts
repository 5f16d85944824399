/**
 * Words that tell names from what is none, and people from organisations: tables for names.ts. In lower case: to be
 * blind to case for \p{L} takes long to compile.
 */
/** Job titles, kinds of contribution and words of buttons. A part of a byline with one of these is no name. */
export const ROLES = new Set(
  (
    'editor editors reporter reporters correspondent correspondents writer writers journalist journalists columnist contributor contributors ' +
    'producer photographer photographs photo photos photography staff senior junior chief deputy assistant associate managing executive ' +
    'director freelance freelancer intern analyst critic host anchor blogger published updated posted follow email share shares comments comment ' +
    'author authors publisher about profile biography view read more minutes min subscribe search twitter facebook sponsored advertisement ' +
    'styled illustration illustrated illustrator translated reviewed checked edited ' +
    'redakteur redakteurin reporterin korrespondent korrespondentin chefredakteur chefredakteurin autor autorin autoren volontär volontärin volontariat ' +
    'journalistin geschäftsführer geschäftsführerin herausgeber herausgeberin pressesprecher pressesprecherin marketing leiter leiterin ressort ressortleiter stellvertretender freier mitarbeiter mitarbeiterin projektleiter projektleiterin ' +
    'artikel alle profil page update last first home menu navigation live watch ' +
    'beitrag beiträge inhalte gesponserte publiziert stand kontakt suche foto fotos übersetzung datum quelle ' +
    'journaliste rédacteur rédactrice correspondant correspondante grand envoyé envoyée spécial chef rubrique auteur ' +
    'redactor redactora corresponsal periodista contactar giornalista corrispondente inviato redattore jornalista repórter redator ' +
    'folgen abonnieren teilen megosztom megosztás udostępnij sdílet zdieľať paylaş compartir condividi partager compartilhar partilhar jaa deel dela поделиться bagikan distribuie suivre seguir segui volgen følg följ seuraa подписаться redacteur verslaggever correspondente korespondent dziennikarz redaktor корреспондент редактор журналист обозреватель muhabir gazeteci editör editörü ' +
    'kontributor jurnalis wartawan δημοσιογράφος újságíró szerkesztő novinar novinarka urednik urednica redaktorka redaktorica reportér reportérka ' +
    'ziarist jurnalist jurnalistă журналіст журналістка кореспондент кореспондентка редакторка журналистка новинар новинарка ' +
    'toimittaja redaktör krönikör žurnalistas žurnalistė žurnālists žurnāliste ajakirjanik toimetaja ' +
    'مراسل مراسلة صحفي صحفية صحافي صحافية محررة خبرنگار כתב כתבת עיתונאי עיתונאית पत्रकार संपादक সাংবাদিক সম্পাদক ผู้สื่อข่าว'
  ).split(' '),
);

/** Words that make a name an organisation's. */
export const ORGANISATIONS =
  /(?<!\p{L})(?:\p{L}*redaktion\w*|redakcja|redactie|rédaction|redacción|redacao|redação|redazione|redaktionen|redakce|toimitus|editorial|newsroom|news|news ?desk|desk|staff|team|agency|agentur|agenturen|agencies|agence|agencia|agência|agenzia|ajansı|press|presse|pressestelle|university|universität|université|universidad|institute|institut|college|school|ministry|ministerium|department|office|board|association|\p{L}*verband|\p{L}*verein|foundation|stiftung|landesanstalt|society|center|centre|zentrum|service|services|network|media|magazine?|journal|times|post|tribune|herald|gazette|today|online|group|company|kg|inc|llc|ltd|gmbh|corp|e\.v\.|verlag|\p{L}*zeitung|zeitschrift|nachrichten|tv|radio|fernsehen|bureau|council|committee|union|reporters|correspondents|writers|contributors|editors|guest|archive)(?!\p{L})|редакция|новости|агентство|编辑部|編集部|通讯社|新闻|新聞|(?<=\p{L}{2})(?:网|報|报|日報|日报|通信|放送|テレビ|뉴스|신문|일보|방송)$|প্রতিবেদক|প্রতিনিধি|ডেস্ক|डेस्क|संवाददाता|ब्यूरो|phóng viên|ttxvn|συντακτική ομάδα|σύνταξη|szerkesztőség|редакція|რედაქცია|מערכת|هيئة التحرير|فريق التحرير|خبرگزاری|(?<![\p{L}\p{M}])(?:و?(?:ال)?(?:وكال(?:ة|ات)|صحيفة|جريدة|قناة|إذاعة|تلفزيون|مؤسسة|شبكة|وزارة|جامعة)|غرفة الأخبار|المكتب الإعلامي|تحریریه|تحريريه|گروه|سرویس|روزنامه|پایگاه خبری|صدا و سیما|ڈیسک|ایجنسی|ایجنسیاں|نیوز|خبر رساں|نمائندہ|סוכנות|סוכנויות|דסק|חדשות|כתבי|एजेंसी|एजेंसियां|एजेंसियाँ|एजेन्सी|न्यूज़?|न्यूज़|टीम|वृत्तसंस्था|प्रतिनिधि|प्रतिनिधी|সংবাদদাতা|সংবাদ সংস্থা|নিউজ|এজেন্সি|টিম|டெஸ்க்|நிருபர்|செய்தியாளர்|செய்திப்பிரிவு|ലേഖകൻ|ലേഖിക|ഡെസ്ക്|ന്യൂസ്|డెస్క్|న్యూస్|ప్రతినిధి|ಡೆಸ್ಕ್|ನ್ಯೂಸ್|ವರದಿಗಾರ|ડેસ્ક|ન્યૂઝ|ਡੈਸਕ|ਨਿਊਜ਼|ਬਿਊਰੋ)(?![\p{L}\p{M}])|สำนักข่าว|กองบรรณาธิการ|ทีมข่าว|(?<=\p{L}{2})(?:通信社|新聞社|支局|取材班|通讯社|通訊社|[新路法联聯社]社|통신|통신사|미디어|편집국|편집부|팀)$|編輯部|綜合報導|综合报道|^편집[국부]$|thông tấn xã|агенци[яј]а?|інформагентство|редакціі|συντακτική/u;

/** Accounts that publish for whoever wrote. */
export const ACCOUNTS =
  /(?<!\p{L})(?:admin|administrator|webmaster|developer|root|superuser|gast|user|moderator|sysadmin|autopost|wp)(?!\p{L})/u;

/**
 * Words of many languages that introduce who wrote, as alternatives of an expression, in lower case. At a line's
 * beginning they tell a byline, before a name they are no part of it.
 */
export const WRITTEN_BY = [
  'napísala?|kirjoittaja|toimittaja|toimittanut|textes?|propos recueillis par|rédigé par|testo(?: di)?|articolo di|scritto da|a cura di',
  'texto(?: d[eo])?|reda[cç](?:ción|ção)(?=\\s?:)|escrito por|da autoria de|από(?: τον| την)?|κείμενο|ρεπορτάζ|επιμέλεια(?=\\s?:)',
  'текст(?: и фото)?|автор (?:текста|статьи|материала)|авторы|підготува(?:в|ла)|аутор(?:ка)?|авторка|автори|от(?=\\s\\p{Lu})',
  'avtor(?:ica)?|besedilo|oprac\\.|opracowa(?:ł|ła|nie)|rozmawiała?|teksts|parengė|toimetas|kirjutas|yazan|haber(?=\\s?:)|hazırlayan|мәтін|muallif',
  'گزارش از|خبرنگار|نگارنده|رپورٹ|از قلم|כתב(?:ה)?(?=\\s?:)|रिपोर्ट(?:र)?|द्वारा|लेखिका|লিখেছেন|লেখা|প্রতিবেদক|எழுதியவர்|ஆசிரியர்|செய்தியாளர்',
  'రచయిత|రచన|ಲೇಖಕರು|ಬರಹ|എഴുതിയത്|തയ്യാറാക്കിയത്|લેખક|ਲੇਖਕ|เรื่อง|เขียนโดย|รายงานโดย|bài(?: viết)?|reporter(?=\\s?:)',
  'isinulat ni|imeandikwa na|shkruar nga|shkruan|nga|egilea|testua|取材[・･]?文|執筆|撰文|采写|撰稿|通讯员',
].join('|');

/** News agencies, by folded name: they sign stories like people do. */
export const AGENCIES = new Set(
  (
    'ap|the associated press|associated press|reuters|thomson reuters|afp|agence france presse|agence france-presse|dpa|dpa-afx|apa|sda|keystone-sda|kna|epd|sid|ansa|efe|europa press|lusa|anp|belga|tt|ntb|ritzau|stt|pap|ctk|čtk|mti|tass|тасс|interfax|интерфакс|ria novosti|риа новости|xinhua|新华社|kyodo|共同通信|時事通信|jiji|yonhap|연합뉴스|pti|ani|ians|aap|bloomberg|upi|cp|the canadian press|canadian press|pa|pa media|press association|belta|белта|ukrinform|anadolu|aa|dha|iha|antara|bernama|mena|wam|spa|irna|notimex|agencia efe|ats|agi|adnkronos|cnn|bbc|bbc news|press trust of india|anadolu ajansı|kathpress|ots|news aktuell|presseportal|agenturen|' +
    'рейтер|рейтерс|ройтерс|франс пресс|ассошиэйтед пресс|блумберг|регнум|укрінформ|укринформ|уніан|унн|інтерфакс-україна|бта|танјуг|tanjug|фонет|fonet|agerpres|mediafax|bns|azərtac|казинформ|қазақпарат|монцамэ|арменпресс|արմենպրես|ინტერპრესნიუსი|ინფო 9|απε-μπε|απε|' +
    'وكالات|رويترز|فرانس برس|أ ف ب|ا ف ب|أ.ف.ب|أ. ف. ب|أ ف ب.|أسوشيتد برس|أسوشييتد برس|الأسوشيتد برس|أ ب|أ.ب|د ب أ|د.ب.أ|د. ب. أ|وام|واس|وفا|سانا|كونا|قنا|بترا|بنا|أ ش أ|أ.ش.أ|الأناضول|شينخوا|سبوتنيك|نوفوستي|بلومبرغ|بلومبرج|' +
    'رویترز|فرانسه|فرانس پرس|آسوشیتدپرس|آسوشیتد پرس|آناتولی|شینهوا|اسپوتنیک|ایسنا|ایرنا|تسنیم|ایلنا|ایکنا|رائٹرز|روئٹرز|اے ایف پی|اے پی|اے پی پی|پی ٹی آئی|یو این آئی|' +
    'סוכנויות הידיעות|סוכנויות|רויטרס|איי אף פי|אי אף פי|איי-אף-פי|איי.אף.פי|אי-פי|איי-פי|איי.פי|' +
    'भाषा|पीटीआई|पीटीआई-भाषा|पीटीआई भाषा|एएनआई|आईएएनएस|वार्ता|यूनीवार्ता|रॉयटर्स|रायटर|एएफपी|एपी|रासस|রয়টার্স|রয়টার্স|এএফপি|এপি|বাসস|ইউএনবি|পিটিআই|ராய்ட்டர்ஸ்|பிடிஐ|ஏஎன்ஐ|റോയിട്ടേഴ്സ്|പിടിഐ|പി.ടി.ഐ|రాయిటర్స్|పీటీఐ|ಪಿಟಿಐ|રોઇટર્સ|પીટીઆઈ|' +
    'รอยเตอร์|รอยเตอร์ส|เอเอฟพี|เอพี|ซินหัว|뉴시스|뉴스1|로이터|로이터통신|블룸버그|신화통신|ロイター|ロイター通信|共同|共同通信社|時事|時事通信社|路透|路透社|法新社|美联社|美聯社|中新社|中新网|中央社|新華社|彭博|彭博社|塔斯社|俄新社|韩联社|ኢዜአ'
  ).split('|'),
);

/** What every newsroom calls itself, folded. */
export const NEWSROOM =
  /^(?:(?:die |la |le |de )?(?:nachrichten|news|newsroom|redaktion|onlineredaktion|rédaction|redacción|redação|redazione|redactie|redakcja|redakce|redaktionen|toimitus|editorial|editors?)|haber merkezi|(?:web|news|editorial|online) (?:desk|team)|редакция|редакція|编辑部|編集部|(?:فريق|هيئة) التحرير|تحریریه|(?:ה)?מערכת|(?:वेब |न्यूज )?डेस्क|ویب ڈیسک|σύνταξη|συντακτική ομάδα|szerkesztőség|(?:tim )?redaksi|กองบรรณาธิการ)$/u;

/** "Source: Harbour University": who signs where no person does. */
export const SOURCE =
  /^(?:Quelle|(?:Story )?Source|Fuente|Fonte|Kaynak|Źródło|Источник|Джерело|Bron|Kilde|Källa|Lähde|Πηγή|Извор|Izvor|Zdroj|Forrás|Sursa|来源|來源|出典|ソース|출처|المصدر|מקור|منبع|स्रोत|सूत्र|সূত্র|ที่มา|Nguồn|Sumber|წყარო|Աղբյուր|ប្រភព)\s*[:：]\s*/iu;
