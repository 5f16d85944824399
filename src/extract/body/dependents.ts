/**
 * Lines of the body that stand or fall with others. In: runs with their scores. Out: kept runs that must go: the
 * heading of a box whose text is not body, the link under a "read more", a pull quote that says again what a paragraph says, the time over an entry of
 * a live blog, a link that shares it or leads to another article, a heading behind the last paragraph, the bare address of a post, the line in its place that asks for consent, whom a picture is by,
 * a line that asks to follow the site, a row of buttons, what is noted behind the last paragraph. Never: a heading with body text under it, a quote that stands alone.
 */

import { SOURCE } from '../author/name-words.js';
import { isWall, MAX_WALL_LINE } from '../kind/wall-words.js';
import { isPictureCredit } from '../media/credits.js';
import { WordList } from '../page/tokens.js';
import type { Element, Text } from '../page/tree.js';
import { fold } from '../text/words.js';
import { type Frame, IN, type Run } from './blocks.js';
import { asksToFollow } from './follow.js';
import { isNotice } from './notices.js';

const HEADING = /^h[1-6]$/;
/** A line that is a time of day and nothing else; in a table it is a price. */
const CLOCK = /^\p{Nd}{1,2}[:.]\p{Nd}{2}(?: ?(?:[ap]\.?m\.?|uhr|h))?$/iu;
/** All of a link that shares the page or an entry. */
const SHARE =
  /^(?:share|tweet|teilen|partager|compartir|compartilhar|condividi|delen|dela|udostępnij|поделиться|paylaş)(?: (?:this|on|auf|via|sur|en|su|op) .{1,20})?$/iu;
/** The address of a post or video that a content system was to show in its place, and nothing else. */
const EMBED =
  /^https?:\/\/(?:www\.|m\.|mobile\.)?(?:instagram\.com\/(?:p|reel|tv)\/|(?:twitter|x)\.com\/\w+\/status\/|youtu\.be\/|youtube\.com\/(?:watch|shorts)|vimeo\.com\/\d|tiktok\.com\/@[^/]+\/video\/|facebook\.com\/[^/]+\/(?:posts|videos)\/)\S*$/i;
/** What leads to another article, in front of its title. */
const ALSO_READ =
  /^[^\p{L}\p{N}]{0,4}(?:(?:(?:must[ -])?read|see|watch|more|related(?: (?:stor(?:y|ies)|articles?|posts?|content|coverage|links?|reading|news|videos?|topics?))?|further reading|recommended|don['’]t miss|in case you missed it|mehr(?: (?:zum thema|dazu|lesen))?|siehe auch|auch interessant|weiterlesen|zum weiterlesen|à lire|voir aussi|ver también|leer? más|veja (?:também|mais)|te puede interesar|le puede interesar|potrebbe interessarti|zobacz (?:też|także)|смотрите также|ilgili haber|関連記事|あわせて読みたい|相关(?:阅读|新闻)|관련기사)\s?[:：|»>–—-]|(?:(?:also read|read (?:also|more|next)|see (?:also|more)|les også|läs (?:också|mer|även)|læs også|lue (?:myös|lisää)|lees (?:ook|meer|verder)|lesen sie (?:auch|mehr|hier)|(?:à )?lire aussi|(?:lea|lee) también|leia (?:também|mais)|leggi anche|czytaj (?:też|także|więcej)|přečtěte si|čtěte také|citește și|citeşte şi|baca juga|lihat juga|mir[áa] también|leé (?:también|además)|no te pierdas|simak juga|basahin (?:din|rin)|читайте (?:также|ещ[её]|також)|читать также|прочетете (?:още|и)|вижте (?:още|също)|прочитајте (?:још|и)|pročitajte (?:još|i|više)|preberite (?:tudi|še)|prečítajte si (?:aj|tiež|viac)|olvass(?:a el)? (?:ezt )?is|olvass(?:a el)? ezt is|loe (?:lisaks|ka|veel)|vaata (?:ka|lisaks)|lasi(?:et)? (?:arī|vēl)|taip pat skaitykite|skaitykite (?:taip pat|daugiau)|διαβάστε (?:επίσης|ακόμη|ακόμα|και|σχετικά)|δείτε (?:επίσης|ακόμη)|llegeix (?:també|més)|llegiu també|soma (?:pia|zaidi)|həmçinin oxuyun|წაიკითხეთ ასევე|ასევე წაიკითხეთ|կարդացեք նաև|կարդալ նաև|[اإ]قر[أا] (?:[أا]يض(?:ا[ًا]?|ًا)|المزيد)|شاهد أيضا[ًا]?|بیشتر بخوانید|همچنین بخوانید|(?:مزید|یہ بھی) پڑھیں|קראו (?:גם|עוד)|(?:यह|ये|इसे) भी पढ़ें|(?:यह|ये|इसे) भी पढ़ें|हे(?:ही)? वाचा|यो पनि पढ्नुहोस्|আর[ওো] প(?:ড়|ড়)ুন|மேலும் படிக்க|(?:കൂടുതൽ|ഇതും) വായിക്കുക|ఇ(?:ది|వి) కూడా చదవండి|ಇದನ್ನೂ ಓದಿ|આ પણ વાંચો|ਇਹ ਵੀ ਪੜ੍ਹੋ|อ่าน(?:เพิ่มเติม|ต่อ|ข่าวที่เกี่ยวข้อง)|관련 ?기사|【?関連(?:記事)?】|延伸[阅閱][读讀]|xem thêm|đọc thêm)(?:\s?[:：|»>–—-]|\s+(?=[\p{L}"“«„'‘]))))\s*\S/iu;
const MAX_TITLE = 200;
/** What stands in the place of a post or video until the reader lets it come. */
const CONSENT =
  /^(?:(?:empfohlene[rs]? )?(?:redaktionelle[rs]? |externe[rs]? ){1,2}inhalt(?: nicht verfügbar| geladen)?[.!]?$|(?:recommended )?external (?:content|media)(?: not available)?[.!]?$|contenu externe[.!]?$|contenido externo[.!]?$|contenuto esterno[.!]?$|conteúdo externo[.!]?$|externe inhoud[.!]?$|an dieser stelle (?:finden sie|befindet sich|steht|wird) (?:einen? |ein |den )?(?:empfohlene[nrs]? |relevante[nrs]? |redaktionelle[nrs]? )?(?:externe|inhalte? (?:von|aus|eines)|drittanbieter)|(?:um|für) (?:diese[ns]? |die |den )?(?:externe[nr]? )?(?:inhalte?|tweet|post|beitrag|videos?|karte) (?:anzuzeigen|anzusehen|zu (?:sehen|laden)|von )[^.]{0,80}(?:zustimm|einwillig|akzeptier|cookie|benötig)|th(?:is|e) (?:content|video|post|map) is (?:hosted|provided) by (?:a third party|[a-z]+[,.])|to (?:view|see|watch|show) th(?:is|e) (?:content|video|embed|tweet|post|map)[^.]{0,60}(?:accept|allow|consent|enabl|cookie)|(?:pour|afin de) (?:voir|afficher|visualiser|consulter) (?:ce|cet|cette) [^.]{0,60}(?:accept|autoris|cookie)|para (?:ver|visualizar|mostrar) (?:este|esta) [^.]{0,60}(?:acept|aceit|cookie)|per (?:vedere|visualizzare) quest[oa] [^.]{0,60}(?:accett|cookie)|om deze? [^.]{0,40}te (?:bekijken|zien|tonen)[^.]{0,40}(?:accepte|toestem|cookie))/iu;
const MAX_CONSENT = 400;
const SENTENCE_END = /[.!?…。！？]["”»’]?$/;
/** Elements that set a quote apart, by tag or class words. */
const SET_APART = /^(?:aside|blockquote|q|figure)$/;
const QUOTE_WORDS = new WordList('pullquote pull pullquotes zitat quote citation cita citat');
/** A pull quote is one sentence or two; shorter ones may be anywhere by chance. */
const MIN_CHARS = 20;
const MAX_CHARS = 500;
/** Paragraphs before and behind a quote that may say the same: more than nearly every article has. */
const REACH = 300;
/** Elements up from a run in which it may be set apart. */
const DEPTH = 3;

export function dependentsOf(runs: readonly Run[], isKept: (run: Run) => boolean): Run[] {
  const gone = new Set<Run>();
  runs.forEach((run, i) => {
    if (!isKept(run)) return;
    const isGone =
      isOfThePage(run) ||
      (isLink(run) && isUnderCutHeading(run, runs[i - 1], isKept)) ||
      (HEADING.test(run.block.element.name) && isLeftAlone(run, i, runs, isKept)) ||
      (isPictureCredit(run.text) && !isAmongNotes(run, runs.slice(i + 1), isKept));
    if (isGone) gone.add(run);
  });
  const lastOf = (): Run | undefined => runs.findLast((run) => isKept(run) && !gone.has(run));
  let last = lastOf();
  for (let cut = 0; last && cut < MAX_CLOSING && isClosing(last); cut++) {
    gone.add(last);
    last = lastOf();
  }
  if (last && isAnnouncement(last, runs[last.index + 1])) gone.add(last);
  const quotes: { readonly run: Run; readonly at: number }[] = [];
  const others: Run[] = [];
  for (const run of runs) {
    if (!isKept(run)) continue;
    if (run.text.length <= MAX_CHARS && isSetApart(run.block)) quotes.push({ run, at: others.length });
    else others.push(run);
  }
  if (quotes.length > 0) {
    const prose = others.map(({ text }) => ` ${fold(text)} `);
    for (const { run, at } of quotes) {
      const said = fold(run.text);
      const near = prose.slice(Math.max(0, at - REACH), at + REACH);
      if (said.length < MIN_CHARS || !near.some((text) => text.includes(` ${said} `))) continue;
      gone.add(run);
      const next = runs[run.index + 1];
      if (next && isKept(next) && isSignature(next, run)) gone.add(next);
    }
  }
  return [...gone];
}

/** Whether all of a line stands in buttons, in several of them: one alone may unfold the text under it. */
function isOfButtons({ texts }: Run): boolean {
  let first: Element | undefined;
  let isRow = false;
  for (const text of texts) {
    if (text.data.trim() === '') continue;
    const button = buttonAround(text);
    if (!button) return false;
    first ??= button;
    isRow ||= button !== first;
  }
  return isRow;
}

function buttonAround({ parent }: Text): Element | undefined {
  let node = parent;
  for (let depth = 0; node?.type === 'tag' && depth < DEPTH; depth++, node = node.parent)
    if (node.name === 'button') return node;
  return undefined;
}

const isLink = ({ linkChars, chars }: Run): boolean => linkChars >= chars;

/** Whether a line's own words tell that it is none of the article's text. */
function isOfThePage(run: Run): boolean {
  const { text, linkChars, chars, block } = run;
  return (
    (isLink(run) && SHARE.test(text)) ||
    (linkChars >= chars / 2 && text.length <= MAX_TITLE && ALSO_READ.test(text)) ||
    (linkChars === 0 && EMBED.test(text)) ||
    (!(block.bits & IN.table) && (CLOCK.test(text) || isNotice(text))) ||
    (text.length <= MAX_CONSENT && CONSENT.test(text)) ||
    asksToFollow(text, run.links) ||
    isOfButtons(run)
  );
}

/** Its box holds other text, and none of that is body. */
function isLeftAlone(heading: Run, at: number, runs: readonly Run[], isKept: (run: Run) => boolean): boolean {
  const box = heading.block.outer;
  if (!box || box.first !== at || box.end - box.first < 2) return false;
  return runs.slice(at + 1, box.end).every((run) => !isKept(run));
}

/** A short heading behind the last paragraph announces what is cut: "More on this", "Comments". */
const MAX_ANNOUNCEMENT = 60;

function isAnnouncement({ block, text }: Run, next: Run | undefined): boolean {
  return (
    next !== undefined &&
    HEADING.test(block.element.name) &&
    text.length <= MAX_ANNOUNCEMENT &&
    !SENTENCE_END.test(text)
  );
}

/** Behind the last paragraph: that it was the last one, or the last for all but subscribers, where it is from, the writer's address. */
const MAX_CLOSING = 4;
const MAX_SOURCE = 60;
const END_MARK =
  /^[\s\p{P}\p{S}]*(?:ends?|end of (?:message|release)|انتهای پیام|完|了|終わり|koniec)[\s\p{P}\p{S}]*$|^#{2,6}$|^-\s?30\s?-$/iu;
const ADDRESS = /^[^\s@]{1,40}@[^\s@]{1,60}\.[a-z]{2,12}$/i;

function isClosing({ text, block }: Run): boolean {
  if (block.bits & (IN.table | IN.list)) return false;
  if (text.length <= MAX_WALL_LINE && isWall(text.toLowerCase(), '', 0)) return true;
  if (text.length > MAX_SOURCE) return false;
  return END_MARK.test(text) || ADDRESS.test(text) || SOURCE.test(text);
}

/** Whether a line stands in a list, or among the notes behind the text: these stand together, or fall together. */
function isAmongNotes({ block }: Run, behind: readonly Run[], isKept: (run: Run) => boolean): boolean {
  if (block.bits & (IN.table | IN.list)) return true;
  const kept = behind.filter(isKept);
  return kept.length > 0 && !kept.some(({ text }) => SENTENCE_END.test(text));
}

/** "Read more" and the link under it. */
function isUnderCutHeading(link: Run, before: Run | undefined, isKept: (run: Run) => boolean): boolean {
  if (!before || isKept(before) || !HEADING.test(before.block.element.name)) return false;
  const box = before.block.element.parent;
  return link.texts[0]?.parent?.parent === box || link.block.element.parent === box;
}

/** Whom a quote is of, in a line behind it in the same box. */
const MAX_SIGNATURE = 80;

function isSignature({ block, text }: Run, quote: Run): boolean {
  if (text.length > MAX_SIGNATURE || SENTENCE_END.test(text)) return false;
  let box: Frame | null = quote.block;
  for (let depth = 0; box && depth < DEPTH; depth++, box = box.parent)
    if (SET_APART.test(box.element.name) || QUOTE_WORDS.isIn(box.names))
      return box.element.order <= block.element.order && block.element.order <= box.element.end;
  return false;
}

function isSetApart(block: Frame): boolean {
  let frame: Frame | null = block;
  for (let depth = 0; frame && depth < DEPTH; depth++, frame = frame.parent) {
    if (SET_APART.test(frame.element.name) || QUOTE_WORDS.isIn(frame.names)) return true;
  }
  return false;
}
