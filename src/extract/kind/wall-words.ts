/**
 * How walls before the rest of an article are worded, as data: three kinds of words, of which two must meet in a line or
 * in two lines that follow each other. What else speaks of subscribers behind an article is listed last.
 */

/** Longer lines tell something. */
export const MAX_WALL_LINE = 300;

/** Who may read on. */
const SUBSCRIBERS = [
  'subscri\\p{L}*',
  'members?(?:hip)?',
  'abonn\\p{L}*',
  'abo',
  'suscr[ií]\\p{L}*',
  'assin(?:e|ar|ante|antes|atura)',
  'abbona(?:t|m)\\p{L}*',
  'prenumer\\p{L}*',
  'předpla[tť]\\p{L}*',
  'predplat\\p{L}*',
  'pretplat\\p{L}*',
  'előfizet\\p{L}*',
  'fizessen elő',
  'subskry\\p{L}*',
  'tilaa\\p{L}*',
  'digitilauk\\p{L}*',
  'подпис\\p{L}*',
  'передплат\\p{L}*',
  'абонамент\\p{L}*',
  'συνδρομητ\\p{L}*',
  'abone(?:ler|lik)?\\p{L}*',
  '(?:ber)?langganan',
  '有料会員',
  '会員',
  '訂閱',
  '订阅',
  '付费',
  '付費',
  '会员',
  '會員',
  '구독\\p{L}*',
  '유료회원\\p{L}*',
  'مشترك\\p{L}*',
  'اشترك\\p{L}*',
  'اشتراك\\p{L}*',
  'للمشتركين',
  '[לכמ]?מנוי\\p{L}*',
  'सदस्य\\p{L}*',
];

/** That there is more to read. */
const READ_ON = [
  'read the (?:full|whole|entire|rest|complete)',
  '(?:to|and) (?:continue|keep) reading',
  'continue reading',
  'read on',
  'to read (?:this|more|the)',
  'weiter ?lesen',
  '(?:ganzen|vollständigen|gesamten|kompletten) (?:artikel|text|beitrag)',
  'lire la suite',
  'la suite (?:de cet article )?est',
  'lire (?:cet|l.) ?article',
  'seguir leyendo',
  'sigue leyendo',
  'continuar? (?:leyendo|lendo|a ler)',
  'leer (?:el|este) artículo',
  'ler (?:o|este|esta) (?:artigo|conteúdo|texto|matéria)',
  'continua(?:re)? (?:a leggere|la lettura)',
  'per leggere',
  'lees verder',
  'verder ?lezen',
  'verder te lezen',
  '(?:lese?|læse?) videre',
  'läs(?:a)? vidare',
  'hele (?:saken|artikkelen|artiklen)',
  'lue koko',
  'jatka lukemista',
  'czyta(?:j|ć) dalej',
  'cały artykuł',
  'číst dál',
  'čtěte dál',
  'čítať ďalej',
  'tovább olvas\\p{L}*',
  'elolvas\\p{L}*',
  'читать (?:дальше|далее|полностью)',
  'читати далі',
  'devamını oku\\p{L}*',
  'okumaya devam',
  'συνεχίσετε την ανάγνωση',
  '続きを',
  '続きは',
  '全文を',
  '阅读全文',
  '閱讀全文',
  '继续阅读',
  '繼續閱讀',
  '전문을?',
  '계속 읽\\p{L}*',
  'متابعة القراءة',
  'להמשך קריאה',
  'להמשיך לקרוא',
  'आगे पढ़\\p{L}*',
];

/** That it is for them alone; before them, or behind them. */
const ONLY_FOR = [
  'reserved for',
  'only (?:for|to|available to)',
  'available (?:only )?to',
  'exclusive(?:ly)? (?:for|to)',
  'réservée?s? aux?',
  'nur für',
  'exklusiv für',
  'exclusiv[oa]s? (?:para|de)',
  'sólo para',
  'riservat[oaie] (?:a|agli)',
  'alleen voor',
  'voorbehouden aan',
  'kun for',
  'endast för',
  'vain',
  'tylko dla',
  '(?:jen|pouze|len) pro',
  'csak',
  'только для',
  'доступ(?:ен|на|но|ны) только',
  'лише для',
  'μόνο για',
  'hanya untuk',
  'yalnızca',
  'sadece',
  '仅限',
  '僅限',
];
const ALONE = ['only', 'vorbehalten', 'kun', 'özel', '限定', '専用', '专享', '專享', '전용', 'के लिए', 'فقط', 'בלבד'];

/** What stems end with. Where no letter may follow, a stem says as much without: whatever follows belongs to it. */
const ENDING = '\\p{L}*';

const any = (words: readonly string[]): string => `(?:${words.join('|')})`;
const stem = (word: string): string => (word.endsWith(ENDING) ? word.slice(0, -ENDING.length) : word);
/** Words with no letter around; those of scripts without spaces anywhere. */
const word = (words: readonly string[]): string => {
  const stems = words.filter((each) => each.endsWith(ENDING)).map(stem);
  const whole = words.filter((each) => !each.endsWith(ENDING));
  const unspaced = words.filter((each) => /^[^\x00-\u2fff]/.test(each)).map(stem);
  return `(?<!\\p{L})(?:${any(whole)}(?!\\p{L})|${any(stems)})|${any(unspaced)}`;
};

/** Made when first asked for: letters of all scripts take a while to compile, and most pages have no wall. */
function pattern(make: () => string): (lowerCase: string) => boolean {
  let made: RegExp | undefined;
  // Not blind to case: to be so for \p{L} takes the engine a tenth of a second.
  return (text) => {
    made ??= new RegExp(make(), 'u');
    return made.test(text);
  };
}

/** Each asks a text in lower case. */
/** Whether they may be named at all: it needs no letters of all scripts. */
const mayNameSubscribers = pattern(() => any(SUBSCRIBERS.map(stem)));
const saysToReadOn = pattern(() => word(READ_ON));
const namesSubscribers = pattern(() => word(SUBSCRIBERS));
const isReserved = pattern(
  () => `${any(ONLY_FOR)}.{0,40}${any(SUBSCRIBERS.map(stem))}|${any(SUBSCRIBERS)}.{0,16}${any(ALONE)}`,
);
/** Comments and letters are for subscribers too, some doors open for nothing, and gifts and other devices are no walls. */
const NO_WALL_TEXT =
  /comment|kommentar|comentari|comenta|contribution|discussion|newsletter|e-?mail|inbox|rundbrief|boletín|podcast|kostenlos|gratis|gratuit|for free|free of|無料で|免费|免費|무료|бесплатн|безкоштовн|device|dispositivo|appareil|gift|unlocked/u;

/**
 * Whether a line keeps readers from the rest, by itself or together with the next one, both in lower case. What is
 * reserved in fewer than `least` characters says nothing.
 */
export function isWall(line: string, next: string, least: number): boolean {
  const both = `${line} ${next}`;
  if (!mayNameSubscribers(both) || NO_WALL_TEXT.test(line)) return false;
  if (line.length >= least && isReserved(line)) return true;
  return saysToReadOn(line) && namesSubscribers(both) && !NO_WALL_TEXT.test(both);
}
