/**
 * Which legacy encoding bytes are in that declare none, or declare several.
 *
 * In: bytes that are not UTF-8. Out: the WHATWG name of the encoding in which their words look most like words of a
 * language. Only words with a byte beyond ASCII are looked at, and of those a bounded number. Pure.
 */
import { decodeLegacy } from './legacy-decoder.js';

interface Alphabet {
  /** Codes as in `lang`. */
  readonly languages: readonly string[];
  /** Most usual first; between equals the first wins. */
  readonly encodings: readonly string[];
  /** Lower-case letters beyond ASCII that its words are made of. */
  readonly letters: string;
  /** Its usual letters where `letters` is a whole script: the others count half. */
  readonly usual?: string;
  /** Characters too many to list; each counts as one of its rarer letters. */
  readonly script?: RegExp;
}

const WESTERN = ['windows-1252', 'iso-8859-15', 'macintosh'];
const CENTRAL = ['windows-1250', 'iso-8859-2'];
const CYRILLIC = ['windows-1251', 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'];

/** A language is told by its letters: in the wrong encoding they fall out of every one alphabet. */
const ALPHABETS: readonly Alphabet[] = [
  { languages: ['de'], encodings: WESTERN, letters: 'äöüß' },
  { languages: ['fr'], encodings: WESTERN, letters: 'éèêëàâçîïôùûüœæ', usual: 'éèêàçâîôùû' },
  { languages: ['es', 'gl', 'ca'], encodings: WESTERN, letters: 'áéíóúñüºª' },
  { languages: ['pt'], encodings: WESTERN, letters: 'áéíóúâêôãõçàüºª' },
  { languages: ['it'], encodings: WESTERN, letters: 'àèéìòù' },
  { languages: ['sv', 'no', 'nb', 'nn', 'da', 'fi'], encodings: WESTERN, letters: 'åäöæøé' },
  { languages: ['is', 'fo'], encodings: WESTERN, letters: 'áéíóúýðþæö' },
  { languages: ['nl', 'sq', 'ga', 'af', 'en'], encodings: WESTERN, letters: 'éëïöüçáíóú' },
  { languages: ['pl'], encodings: CENTRAL, letters: 'ąćęłńóśźż' },
  { languages: ['cs', 'sk'], encodings: CENTRAL, letters: 'áčďéěíňóřšťúůýžôľĺŕä', usual: 'áčéěířšůýžú' },
  { languages: ['hu'], encodings: CENTRAL, letters: 'áéíóöőúüű' },
  { languages: ['hr', 'sl', 'bs'], encodings: CENTRAL, letters: 'čćđšž' },
  { languages: ['ro'], encodings: [...CENTRAL, 'iso-8859-16'], letters: 'ăâîşţșț' },
  { languages: ['tr', 'az'], encodings: ['windows-1254'], letters: 'ğışçöüâ' },
  { languages: ['lt'], encodings: ['windows-1257', 'iso-8859-13'], letters: 'ąčęėįšųūž' },
  { languages: ['lv'], encodings: ['windows-1257', 'iso-8859-13'], letters: 'āčēģīķļņšūž' },
  { languages: ['et'], encodings: ['windows-1257', 'iso-8859-13'], letters: 'äöõüšž' },
  {
    languages: ['vi'],
    encodings: ['windows-1258'],
    letters: 'ăâđêôơưàáèéùúóí\u0300\u0301\u0303\u0309\u0323',
    usual: 'ăđơưêôâ',
  },
  {
    languages: ['ru', 'bg'],
    encodings: CYRILLIC,
    letters: 'абвгдежзийклмнопрстуфхцчшщъыьэюяё',
    usual: 'оеаинтсрвлкмдпуяыьгзб',
  },
  {
    languages: ['uk', 'be'],
    encodings: CYRILLIC,
    letters: 'абвгдежзийклмнопрстуфхцчшщьюяєіїґёўыэ',
    usual: 'оаинвірестлкудмпзяьбг',
  },
  {
    languages: ['sr', 'mk'],
    encodings: CYRILLIC,
    letters: 'абвгдежзиклмнопрстуфхцчшђјљњћџѓќѕ',
    usual: 'аиоентсрјвкудлмпзгб',
  },
  {
    languages: ['el'],
    encodings: ['windows-1253', 'iso-8859-7'],
    letters: 'αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ',
    usual: 'αοιετσνηυρπκμλςόίάέύήώ',
  },
  {
    languages: ['he', 'iw', 'yi'],
    encodings: ['windows-1255', 'iso-8859-8'],
    letters: 'אבגדהוזחטיכלמנסעפצקרשתךםןףץ',
    usual: 'יוהלאמתרבשנםדכע',
  },
  {
    languages: ['ar', 'fa', 'ur'],
    encodings: ['windows-1256', 'iso-8859-6'],
    letters: 'ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگ',
    usual: 'اليمنوترهبةدعسفقكحأ',
  },
  {
    languages: ['th'],
    encodings: ['windows-874'],
    letters: 'กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮะัาำิีึืุูเแโใไๅ็่้๊๋์ํ',
    usual: 'านรกอเงมยลวดทสต่ี้ัห',
  },
  {
    languages: ['ja'],
    encodings: ['shift_jis', 'euc-jp'],
    letters:
      'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろわをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロワヲンー日本年月大人国中会一',
    script: /[\u4e00-\u9fff]/,
  },
  {
    languages: ['zh'],
    encodings: ['gb18030'],
    letters:
      '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联',
    script: /[\u4e00-\u9fff]/,
  },
  {
    languages: ['zh'],
    encodings: ['big5'],
    letters:
      '的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九笑性通目華報立馬命張活難神數件安表原車白應路期叫死常提感金何更反合放做系計或司利受光王果親界及今京務制解各任至清物台象記邊共風戰',
    script: /[\u4e00-\u9fff]/,
  },
  {
    languages: ['ko'],
    encodings: ['euc-kr'],
    letters:
      '이다의에는을가고하한지은로도를기사자인서어나대리시아것있그일부정들제수보해전주장여으라원구관상조동화경민과게국만신성스오선등안공되비업요위치진었했방미세용적연발유영당면회후문생재소중금학들불무물개계모실산입호우행체결내교법심단통터월년본거차강반명외',
    script: /[\uac00-\ud7a3]/,
  },
];

/** Marks of print: they stand beside words in every encoding and tell for none of them. */
const PUNCTUATION = new Set('\u00a0\u00ad“”‘’„‚–—…«»‹›•·©®™°§€£¡¿´、。「」・（）！？，：；《》“”');

const SAMPLE_BYTES = 6144;

/** Weights by what a character beyond ASCII is, where it stands; per byte of the encoded text. */
const WEIGHT = {
  usualLetter: 1,
  otherLetter: 0.5,
  /** A letter of no use in this language. */
  foreignLetter: -0.6,
  /** Of a script with thousands of characters, beyond the common ones. */
  restOfScript: 0.35,
  punctuation: 0.1,
  symbol: -0.5,
  /** A symbol between two letters of one word. */
  symbolInWord: -1.5,
  /** A capital behind a small letter. */
  strayCapital: -1,
  /** Another script in the middle of a Latin word. */
  mixedScript: -1,
  undecodable: -4,
};

/** The encoding whose best language fits best; `windows-1252` where nothing speaks. */
export function detectEncoding(bytes: Uint8Array): string {
  const sample = wordsBeyondAscii(bytes);
  let best = 'windows-1252';
  let bestScore = Number.NEGATIVE_INFINITY;
  const texts = new Map<string, string | undefined>();
  const language = languageOf(bytes);
  for (const alphabet of ALPHABETS) {
    for (const encoding of alphabet.encodings) {
      if (!texts.has(encoding)) texts.set(encoding, decode(sample, encoding));
      const text = texts.get(encoding);
      if (text === undefined) continue;
      const score = scoreOf(text, alphabet) * preferenceFor(alphabet, encoding, language);
      if (score <= bestScore) continue;
      best = encoding;
      bestScore = score;
    }
  }
  return best;
}

/** How well bytes read in one encoding, in its best language; below zero: not at all. Comparable for the same bytes. */
export function plausibility(bytes: Uint8Array, encoding: string): number {
  const text = decode(wordsBeyondAscii(bytes), encoding);
  if (text === undefined) return Number.NEGATIVE_INFINITY;
  const name = encoding === 'gbk' ? 'gb18030' : encoding;
  const alphabets = ALPHABETS.filter((alphabet) => alphabet.encodings.includes(name));
  return Math.max(...(alphabets.length > 0 ? alphabets : ALPHABETS).map((alphabet) => scoreOf(text, alphabet)));
}

/**
 * Runs of bytes from "@" on (second bytes of multi-byte characters begin there) with one beyond ASCII in them, each
 * once: what a template repeats does not outvote the text.
 */
function wordsBeyondAscii(bytes: Uint8Array): Uint8Array {
  const words = new Set<string>();
  let size = 0;
  let start = -1;
  let isBeyond = false;
  for (let at = 0; at <= bytes.length && size < SAMPLE_BYTES; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x40) {
      if (start < 0) start = at;
      isBeyond ||= byte >= 0x80;
      continue;
    }
    if (isBeyond) {
      const end = Math.min(at, start + SAMPLE_BYTES);
      const word = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
      if (!words.has(word)) size += word.length + 1;
      words.add(word);
    }
    start = -1;
    isBeyond = false;
  }
  return Buffer.from([...words].join(' '), 'latin1');
}

/** `lang` of the html element, without region. */
function languageOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return /<html\s[^>]{0,500}?\blang\s*=\s*["']?([a-z]{2})/i.exec(head)?.[1]?.toLowerCase();
}

/** Where two readings are about as good: what the page says of its language, then what is in wide use. */
function preferenceFor({ languages }: Alphabet, encoding: string, language: string | undefined): number {
  const stated = language !== undefined && languages.includes(language) ? 1.15 : 1;
  return stated * (WIDELY_USED.has(encoding) ? 1.05 : 1);
}

const WIDELY_USED: ReadonlySet<string> = new Set(['windows-1252', 'windows-1251', 'gb18030', 'shift_jis']);

function decode(sample: Uint8Array, encoding: string): string | undefined {
  try {
    return decodeLegacy(sample, encoding);
  } catch {
    return undefined;
  }
}

function scoreOf(text: string, { letters, usual, script }: Alphabet): number {
  const known = lettersOf(letters);
  const frequent = usual === undefined ? known : lettersOf(usual);
  let score = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    const bytes = code >= 0x2e80 ? 2 : 1;
    score += bytes * weightOf(text, index, known, frequent, script);
  }
  return score;
}

function weightOf(
  text: string,
  index: number,
  known: ReadonlySet<string>,
  frequent: ReadonlySet<string>,
  script: RegExp | undefined,
): number {
  const char = text[index]!;
  const code = char.charCodeAt(0);
  if (code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) return WEIGHT.undecodable;
  // The C1 range is where a wrong guess at a Windows code page puts its quotation marks.
  if (code < 0xa0) return WEIGHT.symbolInWord;
  if (PUNCTUATION.has(char)) return WEIGHT.punctuation;
  const before = text[index - 1] ?? ' ';
  const after = text[index + 1] ?? ' ';
  const lower = char.toLowerCase();
  const isLetter = lower !== char.toUpperCase() || known.has(char) || /\p{L}|\p{M}/u.test(char);
  if (!isLetter) return isWordChar(before) && isWordChar(after) ? WEIGHT.symbolInWord : WEIGHT.symbol;
  if (code > 0x2ff && (isAsciiLetter(before) || isAsciiLetter(after)) && !/[\u0300-\u036f]/.test(char))
    return WEIGHT.mixedScript;
  if (lower !== char && isWordChar(before) && before !== before.toUpperCase()) return WEIGHT.strayCapital;
  if (frequent.has(lower)) return lower === char ? WEIGHT.usualLetter : WEIGHT.otherLetter;
  if (known.has(lower)) return WEIGHT.otherLetter;
  return script?.test(char) ? WEIGHT.restOfScript : WEIGHT.foreignLetter;
}

const letterSets = new Map<string, ReadonlySet<string>>();
function lettersOf(letters: string): ReadonlySet<string> {
  const set = letterSets.get(letters) ?? new Set(letters);
  letterSets.set(letters, set);
  return set;
}

function isAsciiLetter(char: string): boolean {
  const code = char.charCodeAt(0) | 0x20;
  return code >= 0x61 && code <= 0x7a;
}

function isWordChar(char: string): boolean {
  return char.toLowerCase() !== char.toUpperCase();
}
