/**
 * Whom a picture is credited to, as captions end: "… (Photo by Ann Lee/Getty Images)". In: a caption. Out: the caption
 * without the credit, and the credit without the word before it.
 */

/** What credits begin with, in the words of many languages. */
const LABEL_WORDS = [
  'photos?|photo credit|photographs?|photography|pictures?|images?|image credit|courtesy|illustrations?|graphics?|credits?|copyright',
  'fotos?|fotografie|bild(?:er|quelle)?|bildnachweis|grafik|quelle|symbolfoto|archivfoto|archivbild|symbolbild',
  'crédits?|crédits? photos?|illustration|source|fuente|imagen|fotografía|cr[ée]dito|imagem|fotografia|fonte|immagine|cortesía',
  'bron|beeld|billede|kilde|källa|bilde|kuva|kuvat|zdjęcie|fot|źródło|zdroj|autor|izvor|fotó|forrás|fotoğraf|kaynak|sumber|ảnh|nguồn',
  'фото|снимок|снимка|источник|світлина|джерело|φωτογραφία|φωτ[οό]|πηγή|ljósmynd|mynd|nuotrauka|argazkia|llun|gambar|larawan|picha|hình ảnh|צילום|קרדיט|الصورة|صورة|تصوير|تصویر|المصدر|عکس|منبع|फोटो|तस्वीर|ছবি|படம்|ചിത്രം|ഫോട്ടോ|ఫోటో|ಚಿತ್ರ|તસવીર|ภาพ|ფოტო|լուսանկար(?:ը|ում)?|foto|nuotr|fotogrāfija',
  '写真|画像|撮影|提供|图源|圖源|図|图|圖|图片|圖片|摄影|攝影|來源|来源|사진|출처',
].join('|');
/** A label, with what parts it from the name: "Photo: ", "Photo by ", "Foto © ", "CreditCredit...". */
const LABEL = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:(?:${LABEL_WORDS})\s?){1,2}(?:(?:by|of|via|von|de|di|av|par)\s?)?(?:[:：՝|©=＝]|\.{3}|…)|(?:(?:photo(?:graph)?s?|pictures?|images?|foto) by|(?:(?:photo(?:graph)?s?|pictures?|images?) )?courtesy (?:by|of))(?= )|fot\.(?= )|©)\s*©?\s*`,
  'giu',
);
/** One of them is in each label: most captions need not be searched. */
const LABEL_MARK =
  /[:：՝|©=＝…]|\.{3}|(?:photos?|graphs?|pictures?|images?|foto|courtesy) (?:by|of) |(?<!\p{L})fot\. /iu;
/** Words before a name; of what stands behind them alone, nothing is said. */
const LABEL_ALONE = new RegExp(String.raw`^(?:(?:${LABEL_WORDS})\s?){1,2}[:：©]?$|^©$`, 'iu');

/** Whether a line is what stands before a credit, in an element of its own. */
export const isLabelAlone = (text: string): boolean => text.length <= 24 && LABEL_ALONE.test(text);
/** Agencies and archives. */
const AGENCY =
  /(?<![\p{L}\p{N}])(?:getty(?: images)?|gettyimages|afp|ap(?: photo)?|associated press|reuters|dpa|epa(?:-efe)?|efe|ansa|pa (?:wire|images|media)|shutterstock|i?stock(?:photo)?|adobe ?stock|unsplash|pixabay|pexels|alamy|imago|keystone|picture alliance|tass|ria novosti|xinhua|scanpix|aap|anp|belga|lusa|mti|pap|čtk|ntb|lehtikuva|kyodo|yonhap|pti|ani|usa today sports|wikimedia(?: commons)?|flickr|handout|redferns|wireimage|bloomberg|sipa|zuma(?: press)?|eyevine|magnum|d\.?r\.?|ロイター|共同|時事|新华社|新華社|연합뉴스)(?![\p{L}\p{N}])/iu;
/** "Ann Lee/Quay Post". */
const SLASHED = /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,4}\s?\/\s?\p{Lu}[\p{L}.\d'’ /&-]*$/u;
/** A name of up to four words. */
const NAME = /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}$/u;
/** "…＝10日、山田太郎撮影", as Japanese papers end a caption. */
const TAKEN_BY = /(?<=.{4})[、，＝=]\s?([^、，＝=。\d\s]{2,12}(?:[・\s][^、，＝=。\d\s]{1,10})?)撮影$/u;
const TAKEN_IN_BRACKETS = /(?<=.{4})（([^（）、，。\d]{2,14}?)[氏]?撮影）$/u;
/** The same behind a sentence, in the words of other languages. */
const BY_BEHIND = /(?<=[.。!?…”"'）)])\s?((?:\p{Lu}\.\s?)*[^.。!?…]{2,40}?)\s?(?:nuotr\.|[摄攝]|제공)$/u;
const SAYS_BY = /(?:nuotr\.|[摄攝]|제공)$/u;
const MAX_TAIL = 120;
/** Marks at which a caption may end before its credit. */
const CUT = /[.!?…。！？](?:["”»’)]|\s)*\s(?=\S)|\s[|–—]\s|\s?[|｜]\s?|＝/gu;
const LOOSE = /[\s|｜(（[/–—·,;:＝-]+$/u;

export interface Credited {
  readonly caption?: string;
  readonly credit?: string;
}

/** Whether a line is a credit and nothing else. */
export const isCredit = (text: string): boolean => isCreditAlone(splitCredit(text));

export const isCreditAlone = ({ caption, credit }: Credited): boolean => credit !== undefined && caption === undefined;

/** Labels of pictures alone: what has a source or a copyright may be the text, a table, a graphic that it links to. */
const OF_PICTURE =
  "(?:photos?|photographs?|images?|pictures?|fotos?|foto's|fotografie|bild(?:er|quelle|nachweis)?|(?:symbol|titel|archiv)(?:bild|foto)|fotografía|imagen|imagem|fotografia|immagine|crédits? photos?|beeld|billede|bilde|kuvat?|zdjęci[ea]|fot|fotó|fotoğraf|ảnh|hình ảnh|gambar|larawan|picha|ljósmynd|mynd|nuotr(?:auka)?|argazkia|llun|фото|світлина|снимка|φωτ[οό]|φωτογραφία|ფოტო|լուսանկար|צילום|صورة|تصوير|تصویر|عکس|तस्वीर|फोटो|ছবি|படம்|ఫోటో|ಚಿತ್ರ|ചിത്രം|ภาพ|写真|画像|撮影|图片|圖片|图源|圖源|图|圖|摄影|攝影|사진)";
const PICTURE_LINE = new RegExp(
  String.raw`^(?:© ?)?${OF_PICTURE}(?: credits?| courtesy)?(?: ?[:：՝©=＝.]|\s(?:by|courtesy (?:by|of))\s)`,
  'iu',
);
/** "Text and photos: …" is of who took them, too. */
const WORDS_AND = /^[\s(（[]*(?:(?:text|words|texte|texto|testo|tekst)\s?(?:und|and|et|og|och|en|[yei&/+])\s?)?/iu;
const PICTURE_TAIL = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${OF_PICTURE}|credit|courtesy)(?: credits?| courtesy)? ?(?:[:：©=＝]|(?:by|of)\s)|©`,
  'iu',
);
/** A longer line tells something. */
const MAX_LINE = 160;

/** More words with a small letter, and a full stop behind them, are a sentence: "Photo: see page two." */
const SMALL = /\s\p{Ll}/gu;
const MAX_SMALL = 3;

/** Whether a line of a text says of a picture whom it is by, and nothing else. */
export function isPictureCredit(text: string): boolean {
  if (text.length > MAX_LINE) return false;
  const line = text.replace(WORDS_AND, '');
  return (
    PICTURE_LINE.test(line) && isCredit(line) && !(/[.!?]$/.test(line) && (line.match(SMALL)?.length ?? 0) > MAX_SMALL)
  );
}

/** Whether a text, as it was split, ends in whom a picture is by: then it is the picture's. */
export function endsInPictureCredit(text: string, { caption, credit }: Credited): boolean {
  return caption !== undefined && credit !== undefined && PICTURE_TAIL.test(text.slice(caption.length));
}

export function splitCredit(text: string): Credited {
  const taken = text.endsWith('撮影）')
    ? TAKEN_IN_BRACKETS.exec(text)
    : text.endsWith('撮影')
      ? TAKEN_BY.exec(text)
      : SAYS_BY.test(text)
        ? BY_BEHIND.exec(text)
        : null;
  if (taken) return { caption: trimmed(text.slice(0, taken.index)), credit: taken[1]! };
  const labelled = inBrackets(text) ?? atLabel(text) ?? atCut(text) ?? atWire(text);
  if (!labelled) return text === '' ? {} : { caption: text };
  const { at, credit, isPiped } = labelled;
  const name = withoutLabel(credit);
  const caption = withoutTwin(trimmed(text.slice(0, at)), name);
  if (name === '') return caption === '' ? {} : { caption };
  // "Sean Gardner | Getty Images": the name before belongs to the agency.
  if (isPiped && NAME.test(caption)) return { credit: `${caption} / ${name}` };
  return { ...(caption !== '' && { caption }), credit: name };
}

const trimmed = (text: string): string => text.replace(/[\s|｜(（[/–—·,;:＝©-]+$/u, '').trim();

/** The caption without the same credit in brackets once more. */
const withoutTwin = (caption: string, name: string): string =>
  name !== '' && caption.endsWith(`(${name})`) ? trimmed(caption.slice(0, -name.length - 2)) : caption;

interface Tail {
  readonly at: number;
  readonly credit: string;
  /** Whether a bar stands before it. */
  readonly isPiped?: boolean;
}

/** From the first label on behind which nothing but the credit stands. */
function atLabel(text: string): Tail | undefined {
  const floor = Math.max(0, text.length - MAX_TAIL - 30);
  if (!LABEL_MARK.test(text.slice(floor))) return undefined;
  // Not by `matchAll`, which makes the expression anew for each text.
  LABEL.lastIndex = floor;
  for (let label = LABEL.exec(text); label; label = LABEL.exec(text)) {
    const credit = text.slice(label.index + label[0].length);
    const closed = /^[^()]*[)）\]]\.?\s*(.*)$/su.exec(credit);
    if (credit.length > MAX_TAIL || (closed && closed[1]!.length > 30) || saysMore(credit)) continue;
    // "Photo by the quay" names nobody. The expression itself does not tell capitals from small letters.
    if (label.index > 0 && / (?:by|of)\s*$/iu.test(label[0]) && /^\p{Ll}/u.test(credit)) continue;
    return { at: label.index, credit };
  }
  return undefined;
}

/** Whether a sentence ends inside and another begins. */
const goesOn = (tail: string): boolean => /[\p{Ll}\d]{2}[.!?]["”]? \p{Lu}/u.test(tail);

/** Whether a sentence ends inside: then it is text. Initials and short names with a stop are none. */
const saysMore = (credit: string): boolean => /[\p{Ll})”"]{3}[.!?]\s+\p{Lu}\p{Ll}+ \p{Ll}/u.test(credit);

function inBrackets(text: string): Tail | undefined {
  if (!/[)）\]]/.test(text)) return undefined;
  // "(AP Photo/Ann Lee, File) The Associated Press": the agency may follow once more.
  const tail = /\s?[(（[]([^()（）[\]]{2,90})[)）\]]\.?([^()]{0,40})$/u.exec(text);
  if (!tail || (tail[2] !== '' && !AGENCY.test(tail[2]!))) return undefined;
  return AGENCY.test(tail[1]!) || SLASHED.test(tail[1]!) ? { at: tail.index, credit: tail[1]! } : undefined;
}

function atCut(text: string): Tail | undefined {
  let best: Tail | undefined;
  CUT.lastIndex = 0;
  for (let cut = CUT.exec(text); cut; cut = CUT.exec(text)) {
    const from = cut.index + cut[0].length;
    const tail = text.slice(from);
    if (tail.length === 0 || tail.length > 90 || goesOn(tail)) continue;
    const isPiped = /[|｜＝]/.test(cut[0]);
    const isTail = isPiped
      ? AGENCY.test(tail) || SLASHED.test(tail) || NAME.test(tail) || /^\P{ASCII}{2,12}$/u.test(tail)
      : SLASHED.test(tail) || (AGENCY.test(tail) && isNames(tail));
    // The caption keeps its full stop.
    if (isTail) best ??= { at: isPiped || /[–—]/.test(cut[0]) ? cut.index : from, credit: tail, isPiped };
  }
  if (best) return best;
  return text.length <= 60 && (SLASHED.test(text) || isAgencyAlone(text)) ? { at: 0, credit: text } : undefined;
}

/** "… entering the country AP Photo/Ann Lee", "… in 1973 Ann Lee/Getty Images": no mark parts them. */
const WIRED =
  /\s(AP Photo\/\p{Lu}[^()]{2,60})$|(?<=\s(?:\p{Ll}{1,20}|\d{1,4})) (\p{Lu}[\p{L}.'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{1,20}){1,2}\/[^()]{2,60})$/u;
/** "… at the quay/ Foto Ida Holm": a name without a colon. */
const SIGNED = /\s?[/|–—]\s?(?:fotos?|photos?)\s(\p{Lu}[\p{L}.'’-]{0,20}(?: \p{Lu}[\p{L}.'’-]{0,20}){1,4})$/iu;

function atWire(text: string): Tail | undefined {
  if (!/[/|–—]/.test(text)) return undefined;
  const signed = SIGNED.exec(text);
  if (signed && /^\p{Lu}/u.test(signed[1]!) && isNames(signed[1]!)) return { at: signed.index, credit: signed[1]! };
  const wire = WIRED.exec(text);
  const credit = wire?.[1] ?? wire?.[2];
  const agency = credit === undefined ? null : AGENCY.exec(credit);
  if (!wire || !credit || !agency) return undefined;
  // "… in Madrid EFE/Ana Lago": what stands before the agency is text.
  const from = agency.index < credit.indexOf('/') ? agency.index : 0;
  return { at: text.length - credit.length + from, credit: credit.slice(from) };
}

/** Whether each word has a capital, but for those between names. */
const isNames = (tail: string): boolean =>
  tail
    .split(/[\s/,|]+/)
    .every(
      (word) =>
        /^(?:[^\p{Ll}]|via|for|by|of|the|and|et|de|del|von|van|und|y|da|stock|imago|dpa|picture|alliance|pics?$|photos?$|file$|handout$)/u.test(
          word,
        ) || /\.(?:com|de|org)$/.test(word),
    );

const isAgencyAlone = (text: string): boolean => {
  const agency = AGENCY.exec(text);
  return (
    agency !== null &&
    (agency[0].length >= text.length - 2 ||
      NAME.test(
        text
          .slice(0, agency.index)
          .replace(LOOSE, '')
          .replace(/ (?:via|for)$/, ''),
      ))
  );
};

/** Of a text that is a credit, whatever it says. */
const FROM =
  /^(?:fotos?|photos?|photographie|bild(?:er)?|fotografía|fotografia|imagen|beeld|foto's) (?:by|di|de|von|par|av|van|d['’])\s?(?=\p{Lu})/iu;

export function withoutLabel(credit: string): string {
  let name = credit.trim();
  if (LABEL_MARK.test(name)) {
    LABEL.lastIndex = 0;
    const label = LABEL.exec(name);
    if (label && label.index === 0 && label[0].length < name.length) name = name.slice(label[0].length);
  }
  return name
    .replace(FROM, '')
    .replace(/^[\s©(（[|/:–—-]+/u, '')
    .replace(/[\s|;,([（]+$/u, '')
    .replace(/^([^(]*)[)）\]]\.?$/u, '$1')
    .trim();
}
