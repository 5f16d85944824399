/** Texts of buttons, in many languages. In: a short text. Out: whether it is a button's, or the heading's of a list. */
import { fold } from './words.js';

/** Buttons and headings in scripts that part no words. */
const BUTTON =
  /リンク|登録|ログイン|会員|購読|一覧|記事|新着|詳細|写真|動画|トップ|ホーム|フォロー|登[录入]|注[册冊]|更多|首[页頁]|关注|關注|订阅|訂閱|客服|客戶|客户|分享|评论|評論|로그인|회원|더보기|구독|댓글|목록/u;

/** All of a button or of a link to a list, folded, where no word of it tells that in every language. */
const BUTTONS = new Set(
  (
    'following|contact|website|register|save|print|listen|reply|suscríbete|suscribirse|iniciar sesión|guardar|imprimir|escuchar|s abonner|abonnez vous|écouter|enregistrer|iscriviti|abbonati|accedi|ascolta|salva|' +
    'obserwuj|subskrybuj|posłuchaj|zaloguj się|více|sledovat|odebírat|přihlásit se|sledovať|odoberať|viac|dinle|kaydet|giriş yap|abone ol|takip et|subscrever|assine|entrar|ouvir|inloggen|luister|bewaar|abonneer|volg|' +
    'prenumerera|lyssna|logga in|abonner|lytt|logg inn|kirjaudu|tilaa|kuuntele|követés|feliratkozás|bővebben|bejelentkezés|urmărește|abonează te|ακολουθήστε|σύνδεση|εγγραφή|prati|prijava|pretplati se|sekti|daugiau|prenumeruoti|' +
    'sekot|abonēt|jälgi|telli|logi sisse|fylgja|innskrá|innskráning|fuatilia|shiriki|jiandikishe|ikuti|ikuti kami|selengkapnya|lihat semua|lihat selengkapnya|masuk|daftar|simpan|theo dõi|xem thêm|chia sẻ|đăng nhập|İzlə|abunə ol|' +
    'войти|сохранить|слушать|показать ещё|показать еще|читать далее|підписатися|поділитися|читати далі|абонирай се|прати|пријава|бөлісу|жазылу|გამოწერა|ყველა სტატია|հետևել|կիսվել|' +
    'تابعنا|متابعة|تابع|المزيد|اقرأ المزيد|اشترك|اشترك الآن|اشتراك|تسجيل الدخول|مشاركة|شارك|حفظ|استمع|دنبال کنید|بیشتر|بیشتر بخوانید|اشتراک|اشتراک گذاری|ورود|عضویت|مزید پڑھیں|فالو کریں|شیئر کریں|' +
    'שתף|שתפו|שיתוף|עקוב|עקבו|הרשמה|כניסה|התחברות|לכל הכתבות|קרא עוד|קראו עוד|האזינו|फॉलो करें|और पढ़ें|शेयर करें|लॉग इन|सब्सक्राइब करें|अधिक जानकारी|और देखें|सदस्यता लें|ফলো করুন|আরও পড়ুন|শেয়ার করুন|সব খবর|' +
    'பகிர்|பின்தொடர்|மேலும் படிக்க|കൂടുതൽ വായിക്കുക|ഷെയർ|షేర్ చేయండి|ఫాలో అవ్వండి|ติดตาม|อ่านเพิ่มเติม|อ่านต่อ|แชร์|เข้าสู่ระบบ|ดูทั้งหมด|팔로우|구독|구독하기|더보기|페이지|공유|공유하기|저장|もっと見る|シェア|保存|共有|収藏|收藏|追蹤'
  )
    .split('|')
    .map(fold),
);

/** All of it is what a button says. */
export const isButton = (text: string): boolean => BUTTONS.has(fold(text));

/** Also by a part of it: in scripts that part no words a name has none of them. */
export const saysButton = (text: string): boolean => BUTTON.test(text) || isButton(text);
