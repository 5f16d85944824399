/**
 * Lines that ask the reader to follow the site at a platform, or to subscribe to its newsletter. In: the text of a line. Out: whether that is all that it
 * says. Never: whom else one may follow ("You can follow Jane on Instagram").
 */

/** Longer lines say more; with links, or the addresses of channels, they may be longer. */
const MAX_CHARS = 120;
const MAX_LINKED = 240;

/** Platforms, as they are written in some twenty scripts. In lower case, as the lines are: to be blind to case costs more. */
const PLATFORM =
  /\b(?:(?:google|whats ?app|telegram|facebook|twitter|instagram|you ?tube|tik ?tok|threads|viber|linkedin|flipboard|bluesky|mastodon)(?:['’]?\p{Ll}{0,5})|x|zalo|line|vk)(?!\p{Ll})/u;
const PLATFORM_ELSEWHERE =
  /телеграм|вайбер|в[ао]тс[аэ]п|фейсбу|инстаграм|інстаграм|твит+ер|ютуб|дзен|вконтакте|гугл|تلي?غرام|تيلي?[غج]رام|تلجرام|تلگرام|ٹیلی ?گرام|واتس ?[اآ]ب|واٹس ?ایپ|في?س ?بوك|فیس ?بو?ک|تويتر|ٹوئٹر|[إا]نست[غجا]رام|اینستاگرام|انسٹاگرام|يوتيوب|یوتیوب|یوٹیوب|[غج]و[غج]ل|گوگل|גוגל|טלגרם|ו?ואטסאפ|ווטסאפ|פייסבוק|אינסטגרם|טוויטר|יוטיוב|व्हा?ॉ?ट्स ?[एऐॲ]प|वा?ॉ?ट्स ?[एऐॲ]प|टेलीग्राम|टेलिग्राम|फेसबुक|ट्विटर|इंस्टाग्राम|यूट्यूब|युट्युब|गूगल|হোয়াটসঅ্যাপ|টেলিগ্রাম|ফেসবুক|গুগল|ইউটিউব|வாட்ஸ் ?[அஆ]ப்|டெலிகிராம்|பேஸ்புக்|யூடியூப்|கூகுள்|വാട്‌?സ് ?ആപ്പ്|വാട്സാപ്പ്|ടെലഗ്രാം|ഫേസ്ബുക്ക്|యూట్యూబ్|వాట్సాప్|టెలిగ్రామ్|ఫేస్‌?బుక్|ವಾಟ್ಸ್?ಆ?ಪ್|ટેલિગ્રામ|વોટ્સએપ|เฟซบุ๊ก|ไลน์|ยูทูบ|ทวิตเตอร์|อินสตาแกรม|유튜브|텔레그램|카카오톡|네이버|페이스북|인스타그램|트위터|フェイスブック|ツイッター|インスタ|ユーチューブ|公式(?:アカウント|チャンネル)|微信|微博|公众号|公眾號|抖音|脸书|臉書|ቴሌግራም|ፌስቡክ/u;

/** How lines begin that ask for it: in most languages with the verb, and with whom to follow soon behind it. */
const ASKS_FIRST = new RegExp(
  `^[^\\p{L}]{0,8}(?:${[
    // English, German, Dutch, the Nordic languages
    "(?:for (?:more|the latest|all)[^.!?]{0,60}[,:] ?)?(?:please |also |and |you can (?:also )?|don['’]t forget to |click here to )?(?:(?:follow|join|subscribe to|find|add|connect with|stay connected with)\\b[^.!?]{0,50}\\b(?:us|our)|like (?:us|our page))\\b",
    '(?:jetzt |hier )?(?:folge|folgen|folgt|abonniere|abonnieren|abonniert|besuche|besuchen|werde)\\b[^.!?]{0,40}\\b(?:uns|unsere?[nmrs]?)\\b',
    '(?:volg|abonneer)\\b[^.!?]{0,40}\\b(?:ons|onze|kanaal)\\b',
    '(?:följ|følg|gilla|lik)\\b[^.!?]{0,30}\\b(?:oss|os|vår|vårt|vores)\\b',
    'seuraa (?:meitä|[^.!?]{0,40}kanavaa)',
    // Romance
    '(?:suivez|rejoignez|retrouvez|abonnez)[- ](?:nous|notre|nos|vous à (?:notre|nos))\\b',
    "suivez (?:toute )?l['’]actualité",
    '(?:síguenos|siguenos|seguinos|síganos|encuéntranos|seguici|seguiteci|segueix-nos|siga-nos|segue-nos)(?!\\p{L})',
    '(?:únete|unite|súmate|sumate|suscríbete|suscribite|sigue|seguí|siga|participe|inscreva-se|entre (?:no|em|para)|acompanhe|junte-se|subscreva|curta|segui|iscriviti|unisciti|uneix-te|segueix)\\b[^.!?]{0,40}\\b(?:nuestr[oa]s?|noss[oa]s?|nostr[oaie]|canal|canale|grupo|gruppo|grup|toda la información)\\b',
    '(?:urmărește|urmăriți|urmăreşte|abonează-te|abonați-vă|alătură-te|intră)[^.!?]{0,40}(?:-ne|noastr|nostru|canal|și pe)',
    // Slavic, Baltic, Hungarian, Greek, Albanian
    '(?:obserwuj|śledź|dołącz|polub|subskrybuj)\\b[^.!?]{0,40}(?<!\\p{L})(?:nas|nasz|kanał|profil)',
    '(?:sledujte|sledujete|odebírejte|odoberajte|přidejte se|pridajte sa|přihlaste se)(?!\\p{L})[^.!?]{0,40}(?<!\\p{L})(?:nás|náš|naš|kanál)',
    '(?:pratite|zapratite|pridružite|sledite|spremljajte|пратите|запратите|придружите)(?!\\p{L})[^.!?]{0,30}(?<!\\p{L})(?:nas|naš|нас|наш|kanal|канал)',
    '(?:читайте|следите за|смотрите|вступайте|стежте за|приєднуйтесь|приєднуйтеся|присоединяйтесь|последвайте|следвайте)(?!\\p{L})[^.!?]{0,40}(?<!\\p{L})(?:нас|наш|ни|канал)',
    '(?:больше|більше|повече) [^.!?]{0,60}(?<!\\p{L})(?:нашем|нашому|нашия)(?!\\p{L})',
    '(?:jälgi|seko|sekojiet|sekite)(?!\\p{L})[^.!?]{0,30}(?<!\\p{L})(?:meid|mums|mus|mūsų|mūsu)',
    '(?:kövess|kövessen|csatlakozz|iratkozz)(?!\\p{L})',
    '(?:ακολουθήστε|ακολουθείστε)(?!\\p{L})',
    '(?:na )?ndiqni(?!\\p{L})',
    // Asia and Africa
    '(?:simak|ikuti|gabung|bergabung|dapatkan|follow)\\b[^!?]{0,90}\\b(?:kami|saluran|kanal|channel|grup|google news)\\b',
    '(?:cek|baca|lihat) (?:juga )?(?:berita|artikel)\\b[^.!?]{0,60}\\bgoogle news\\b',
    '(?:hãy |mời (?:bạn |quý vị |độc giả |bạn đọc )?)?(?:theo dõi|đăng ký|tham gia)(?!\\p{L})[^.!?]{0,60}(?:chúng tôi|kênh|trang|nhóm|google news)',
    '(?:กด)?(?:ติดตาม|เพิ่มเพื่อน)',
    '(?:关注|關注|订阅|訂閱|扫码|扫描|加入|追蹤|追踪)',
    '(?:تابعونا|تابعنا|تابعوا|تابع (?:قنات|صفحت|آخر)|انضموا? إلى|اشتركوا? في|للاشتراك في|للانضمام إلى|لمتابعة)',
    '(?:עקבו אחרי|עקוב אחרי|הצטרפו|הירשמו)',
    '(?:tufuate|jiunge|fuatilia)(?!\\p{L})',
    '(?:გამოიწერეთ|გამოგვყევით|შემოგვიერთდით)',
    '(?:հետևեք|միացեք|բաժանորդագրվ)',
  ].join('|')})`,
  'u',
);

/** The same where the verb stands last, or anywhere; with Latin letters, and with others. */
const ASKS_LAST = /(?:takip ed(?:in|iniz|ebilirsiniz)|abone olun|kanalımıza katılın|izləyin|abunə olun)[.!]*$/;
const ASKS_ELSEWHERE =
  /подпис(?:ывайтесь|ывайся|итесь|ись)(?!\p{L})|підпис(?:уйтесь|уйтеся|уйся)(?!\p{L})|підпишіться|абонирайте се|жазылыңыз(?:дар)?(?!\p{L})|(?:دنبال کنید|بپیوندید|عضو شوید|همراه شوید|فالو کریں|جوائن کریں|سبسکرائب کریں)[۔.!]*$|(?:फॉलो|जॉइन|ज्वाइन|सब्सक्राइब|लाइक|फलो) (?:करें|करा|करे|कीजिए|गर्नुहोस्)|(?:से|सँग) जुड़(?:ें|िए)|जोडिनुहोस्|(?:ফলো|অনুসরণ|সাবস্ক্রাইব|লাইক|জয়েন|ফলো) (?:করুন|করে)|চোখ রাখুন|(?:பின்தொடர|பின்பற்ற|இணைய|சேர)(?:வும்|ுங்கள்|லாம்)|(?:ഫോളോ|ജോയിൻ|സബ്സ്ക്രൈബ്) ചെയ്യ|(?:ఫాలో|జాయిన్|సబ్‌?స్క్రైబ్) (?:అవ్వండి|అవండి|కండి|చేయండి|చేసుకోండి)|(?:ಫಾಲೋ|ಜಾಯಿನ್) (?:ಮಾಡಿ|ಆಗಿ)|(?:ફોલો કરો|જોડાઓ)|(?:フォロー|友だち追加|チャンネル登録)(?:する|しよう|(?:して|を)?(?:ください|お願いします)|はこちら)?[。！!]*$|(?:구독|팔로우|채널 ?추가|친구 ?추가)(?:하기|하세요|해 ?주세요|하시[^.]{0,20})?[.!]*$|ይከታተሉ|ይቀላቀሉ|ይወዳጁ/u;

/** A newsletter, as it is called in some forty languages. */
const NEWSLETTER =
  /news ?letter|nyhetsbrev|nyhedsbrev|uutiskirje|fréttabréf|nieuwsbrief|nuusbrief|uudiskir|jaunumu vēstul|naujienlaišk|biuletyn|hírlev|novičnik|bülten|boletín|boletim|infolettre|butlletí|bản tin|buletin/u;
const NEWSLETTER_ELSEWHERE =
  /рассылк|розсилк|бюлетин|билтен|ενημερωτικό δελτίο|ניוזלטר|نشرت|النشرة|خبرنامه|نیوز ?لیٹر|न्यूज़? ?लेटर|न्यूज़लेटर|নিউজ ?লেটার|செய்திமடல்|ന്യൂസ് ?ലെറ്റ|న్యూస్ ?లెటర్|จดหมายข่าว|メール ?マガジン|メルマガ|ニュース ?レター|뉴스 ?레터|电子报|電子報/u;
/** Requests to subscribe to one; where a language has no form for them, as the line's first words. */
const SUBSCRIBE =
  /^(?:[^.!?]{0,80}[?!] )?(?:please |click here to |don['’]t forget to )?(?:sign up|subscribe|register|get (?:our|the)|join our|receive our|enter your e-?mail)(?!\p{L})|^(?:melde|melden|abonniere|abonnieren|registrieren|jetzt|hier|bestellen|erhalten|inscrivez|abonnez|recevez|schrijf|meld|abonneer|ontvang)(?!\p{L})|(?<!\p{L})(?:suscr[íi]b(?:e|a|ase|ete|ite|ase a)|apúntate|regístrate|inscríbete|assine|subscreva|inscreva-se|cadastre-se|receba|iscriviti|iscrivetevi|ricevi|abbonati|subscriu-te|apunta't|înscrie-te|abonează-te|abonați-vă|anmäl dig|prenumerera|tilmeld|meld deg|få vår[te]?|tilaa|skráðu|zapisz|zapisz się|subskrybuj|zaprenumeruj|otrzymuj|přihlaste se|přihlas se|odebírejte|prihláste sa|odoberajte|iratkoz(?:z|zon)|prijavi(?:te)? se|pretplati(?:te)? se|naročite se|liitu|telli|pieraksties|abonē|užsiprenumeruokite|prenumeruokite)(?!\p{L})|подпи(?:шитесь|сывайтесь|сывайся|шись)|підпи(?:шіться|суйтесь|суйтеся)|абонирайте се|запишете се|пријавите се|претплатете се|εγγραφείτε|γραφτείτε|(?:abone|üye) ol(?:un|unuz)?(?!\p{L})|kaydol(?:un|unuz)?|abunə olun|اشترك|سجل|للاشتراك|ثبت ?نام|عضو شوید|مشترک شوید|سبسکرائب کریں|הירשמו|הרשמו|להרשמה|सदस्यता लें|सब्सक्राइब करें|साइन अप करें|সাবস্ক্রাইব করুন|பதிவு செய்|குழுசேர|สมัคร|ลงทะเบียน|đăng ký|berlangganan|daftar|langgan(?!\p{L})|(?:登録|購読)(?:する|はこちら|して)|구독(?:하기|하세요|해 ?주세요|신청)|订阅|訂閱/u;

/** Letters that are neither Latin nor marks between words: most lines have none, and need not be searched for their words. */
const ELSEWHERE = /[\u0370-\u1dff\u2c00-\uffff]/;

/** `links`: how many the line has. */
export function asksToFollow(text: string, links: number): boolean {
  if (text.length > MAX_CHARS && (text.length > MAX_LINKED || (links === 0 && !text.includes('://')))) return false;
  const lower = text.toLowerCase();
  const isElsewhere = ELSEWHERE.test(lower);
  // Names first: few lines have one, and the long expressions of how to ask take 10 ms to compile.
  const isAt = PLATFORM.test(lower) || (isElsewhere && PLATFORM_ELSEWHERE.test(lower));
  if (isAt && (ASKS_FIRST.test(lower) || ASKS_LAST.test(lower) || (isElsewhere && ASKS_ELSEWHERE.test(lower))))
    return true;
  if (!NEWSLETTER.test(lower) && !(isElsewhere && NEWSLETTER_ELSEWHERE.test(lower))) return false;
  return SUBSCRIBE.test(lower) || ASKS_FIRST.test(lower);
}
