/**
 * Bylines that no markup names. In: the page's visible lines and where the article stands. Out: names with the kind of
 * line that gave them and its nearness; and who is named as a helper: photographers, editors, translators. Never: names
 * out of prose.
 */

import type { Run } from '../body/blocks.js';
import { OTHER_DIGITS } from '../date/digits.js';
import { type ArticlePlace, nearness } from '../date/place.js';
import { readDates } from '../date/read.js';
import { codeAt, codeOrEnd } from '../page/code-at.js';
import { TextRoom } from '../page/text-room.js';
import type { Element, Parent } from '../page/tree.js';
import { oneLine } from '../page/visible.js';
import { fold } from '../text/words.js';
import { SOURCE, WRITTEN_BY } from './name-words.js';
import { cleanName, isAgency, isFullName, isSiteName, readNames, withoutHelpers, writesAlong } from './names.js';
import { pictureShare, type Surroundings } from './near.js';

export interface Byline {
  readonly names: readonly string[];
  readonly kind: 'text' | 'within' | 'dated' | 'signature' | 'source';
  readonly where: string;
  /** 0 to 1. */
  readonly near: number;
}

/** Beginnings of lines that say who wrote in so many words; one letter case each, so that prose does not match. */
const OPENING_WORDS = String.raw`(?:${WRITTEN_BY.replace(/(?<=^|\|)\p{Ll}/gu, (letter) => letter.toUpperCase())}|(?:Written |Story |Words |Text |Posted |Reported |Report |Reporting )?[Bb]y|An? (?:interview|essay|analysis|review|column|commentary|report|guest post) by|(?:Eine? )?(?:Interview|Beitrag|Gastbeitrag|Artikel|Kommentar|Gastkommentar|Kolumne|Analyse|Reportage|Essay|Rezension|Bericht) von|(?:Une? )?(?:article|analyse|entretien|enquête|reportage|chronique) (?:de|par)|(?:Una? )?(?:artículo|análisis|entrevista|reportaje|crónica) (?:de|por)|BY|Von|VON|Par|PAR|Por|POR|Door|DOOR|Av|Af|Autor(?:in|en)?(?:[/:]\p{L}+)?|Authors?|Auteur|Autore|Автор|Text|Tekst|Yazar|Oleh|Penulis|Tác giả|作者|本报记者|記者|记者|文|글|بقلم|كتبت?|إعداد|نویسنده|به قلم|تحریر|מאת|लेखक|লেখক|ผู้เขียน|โดย|Γράφει (?:ο|η)|Συντάκτης|Szerző|Írta|Autorka|Napsal[ai]?|Teksti|Kirjoittanut|Scris de|Textos? (?:de|por)|(?:Postad|Publicad)[oa] por|Postat de|(?:Pubblicato|Postato) da|Publié par|(?:Eingestellt|Gepostet) von|Gepost door|Lagt inn av|Upplagd av|Bejegyezte|Diposting oleh|Αναρτήθηκε από|Публикувано от|Опубликовал[аи]?|Добавил[аи]?|Piše|Пише|Autors|Autorius|Mwandishi|Müəllif|Höfundur|Հեղինակ|ავტორი|Muhabir|ដោយ|អត្ថបទ(?:ដោយ)?)`;
const OPENING = new RegExp(`^${OPENING_WORDS}\\s?[\\s:：՝៖／]\\s*\\S`, 'u');
/** Labels that no other line begins with. */
const NAMED = /^aut(?:h?or|eur)/i;
/** A label in a line of its own; the next line is the name. */
const LABEL =
  /^(?:autor(?:in|en)?(?:[/:]\p{L}+)?|authors?|(?:written )?by|von|text|auteur|autore|door|автор|yazar|penulis)\s*[:：]?$/iu;
/** What these begin with in ASCII, in lower case. */
const LABEL_LETTERS = 'abdptvwy';
/** Both, where the spaces between inline elements side by side are still to be put in. */
const GLUED_OPENING = new RegExp(`^${OPENING_WORDS.replaceAll(' ', ' ?')}`, 'u');
const GLUED_LABEL = new RegExp(LABEL.source.replaceAll(' ', ' ?'), LABEL.flags);
/** Marks behind which such words or a source may be told, whatever a line begins with. */
const TELLING = /[:：|•·]/;
/** In the middle of a line: "23 November 2017 by Jane Doe", "Ein Beitrag von Jane Doe". */
const WITHIN = /(?:^|[\s|,·•–—-])(?:by|von|par|por|door|av|af|przez|oleh)\s+(\p{Lu}.*)$/u;
/** Marks between the parts of a line over the article. */
const PARTS = /\s*[|•·,;/]\s*|\s+[–—-]\s+/;
const SECTION = /tag|categor|kategori|topic|thema|theme|section|rubri|ressort|archiv/i;
const MAX_LENGTH = 160;
const MAX_LABEL = 40;
/** How near a line must be; labels that no other line begins with count farther away. */
const NEAR = 0.15;
const NEAR_IF_NAMED = 0.08;
/** Lines beside the headline that are searched for dates; more are a list. */
const MAX_DATED = 60;

/** Labels of a part in the article that is no author's. */
const HELP =
  /(?:^|[\s|·•(,;.–—-])(?:(?:photo(?:s|graph(?:y|s|ed))?|pictures?|images?|illustrat(?:ions?|ed)|styl(?:ed|ing)|edit(?:ed|ing)|(?:medically )?reviewed|(?:fact[- ]?)?checked|translat(?:ed|ion)|graphics?|video|art|design(?:ed)?|additional reporting|contributions?|research(?:ed)?|produced) (?:by|from)|(?:photographer|illustrator|stylist|editor|producer|translator)s?\s*[:：]|(?:Fotos?|Bilder|Illustration(?:en)?|Übersetz(?:ung|t)|Übersetzung und Adaptierung|Redaktion|Lektorat|Kamera|Schnitt|Grafik|Bearbeitung|Redaktionell bearbeitet)\s*(?:[:：]|von\s)|Übersetzung(?=\s\p{Lu})|(?:Photos?|Photographies?|Traduction|Traduit|Illustrations?|Édité|Relu|Images?)\s*(?:[:：]|par\s)|(?:Fotos?|Fotograf[ií]as?|Traducción|Traducido|Tradução|Traduzione|Traduzido|Ilustración|Ilustraç(?:ão|ões)|Edición|Edição)\s*(?:[:：]|por\s|de\s|di\s)|(?:Фото|Перевод|Редактор|Иллюстрации)\s*[:：]|(?:責任編輯|责任编辑|责编|編輯|编辑|摄影|攝影|翻译|翻譯|翻訳者?|写真|撮影|編集)\s*[:：]?)\s*/iu;
/** What all of these have; most lines have none, and to look for the labels themselves takes ten times as long. */
const MAY_HELP = /[:：一-鿿]|\b(?:by|from|von|par|por|di|de)\b|bersetzung/i;
/** "Text und Fotos: Jane Doe" names the author. */
const ALSO_AUTHOR = /(?:text|texte|words|story|written|reporting|texto|testo)\s*(?:und|and|&|\+|,|\/|et|y|e)\s*$/iu;
/** What those who sign a line are parted by. */
const SIGNERS = /\s*[/／,;|•·+&]\s*|\s+(?:und|and|et|y|e|mit|with)\s+/;
/** How writers of a newsroom sign in short. */
const INITIALS = /^(?!(?:and|und|the|der|die|das|von|mit|for|lol|hier|here|more|mehr|alle|bild|foto)$)[a-zäöü]{2,4}$/;

const HEADING = /^h[1-6]$/;
/** Nearness of what stands at the body's end. */
const AT_END = 0.55;
/** "… as the office said. (Jane Doe)": what a last paragraph ends with. */
const IN_BRACKETS_LAST = /[(（]([^()（）]{2,50})[)）][\s.+*]*$/u;
const EDITOR_BEHIND = /\s?\/\s?\p{L}{2,4}$/u;
/** How wires name their reporters at the text's beginning: "（记者 张三 李四）", "홍길동 기자 =". */
const REPORTERS = /^[^（(]{0,60}[（(][^（）()]{0,10}(?:记者|記者)[\s：:]*([^（）()]{2,40})[）)]/u;
const KOREAN_REPORTERS =
  /^.{0,30}?(?<!\p{L})(\p{Script=Hangul}{2,4}(?:[·,]\s?\p{Script=Hangul}{2,4}){0,3})\s(?:기자|특파원)\s?=/u;
const UNCASED = /^.{0,80}(?:记者|記者|기자|특파원)/u;
/** Names that a space parts, of two signs at least. */
const HAN_GAP = /(?<=\p{Script=Han}{2})[\s　]+(?=\p{Script=Han}{2})/gu;
/** Nodes behind the last long paragraph in which a short one may follow. */
const BEHIND = 12;

/** Longer lines say more than who wrote. */
const MAX_ALONE = 60;

/** Whether a line says who wrote, and nothing else. */
export function isByline(text: string, languages: () => readonly string[]): boolean {
  if (text.length > MAX_ALONE || !OPENING.test(text)) return false;
  const names = readNames(text, languages(), true);
  return names.length > 0 && names.every(isFullName);
}

/** Whether a line is of who edited, translated or took pictures, from its first word on. */
export function isOfHelper(text: string): boolean {
  return MAY_HELP.test(text) && HELP.exec(text)?.index === 0;
}

export interface Bylines {
  readonly lines: readonly Byline[];
  /** Folded names of those who photographed, edited, translated. */
  readonly helpers: ReadonlySet<string>;
}

/** `listed`: folded names that the page's data lists as authors; "edited by" in the lower half takes none of these away. */
export function readBylines(
  place: ArticlePlace,
  surroundings: Surroundings,
  siteNames: readonly string[],
  listed: ReadonlySet<string>,
): Bylines {
  const { runs, headline, bodyStart, bodyEnd, languages } = place;
  const lines: Byline[] = [];
  const helpers = new Set<string>();
  /** "Words: Jane Doe. Photos: Jane Doe": an author all the same. */
  const writers = new Set<string>();
  if (headline === undefined && bodyStart === undefined) return { lines, helpers };
  const middle = bodyEnd === undefined ? Number.POSITIVE_INFINITY : ((bodyStart ?? headline!) + bodyEnd) / 2;
  let left = MAX_DATED;
  const add = (names: readonly string[], kind: Byline['kind'], where: string, near: number): void => {
    if (names.length > 0) lines.push({ names, kind, where, near });
  };
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]!;
    const { texts } = run;
    const { order } = texts[0]!;
    const last = texts[texts.length - 1]!.order;
    if (bodyEnd !== undefined && last >= bodyEnd && last < bodyEnd + BEHIND) {
      const inBrackets = IN_BRACKETS_LAST.exec(run.text.slice(-MAX_ALONE))?.[1];
      if (inBrackets !== undefined) {
        // "(Jane Doe/Red)": behind the name stands who edited.
        const signer = inBrackets.replace(EDITOR_BEHIND, '');
        let names = signer.includes('/') ? [] : signed(readNames(signer, languages, true));
        if (names.length === 0 && (INITIALS.test(inBrackets) || isNewsroom(inBrackets, siteNames, true)))
          names = signersIn(inBrackets, siteNames);
        add(names, 'signature', 'signature', AT_END);
      }
    }
    if (
      (order === bodyStart || (bodyEnd !== undefined && Math.abs(last - bodyEnd) < BEHIND)) &&
      UNCASED.test(run.text)
    ) {
      const reporters = (REPORTERS.exec(run.text) ?? KOREAN_REPORTERS.exec(run.text))?.[1]?.replace(HAN_GAP, '、');
      if (reporters !== undefined) add(readNames(reporters, languages, true), 'text', 'dateline', 1);
    }
    if (run.text.length > 2 * MAX_LENGTH || (headline !== undefined && Math.abs(order - headline) < 2)) continue;
    const isEnd = bodyEnd !== undefined && Math.abs(order - bodyEnd) < 30;
    const bare = nearness(order, place);
    const least = isEnd ? 0 : isNamed(run.text) ? NEAR_IF_NAMED : NEAR;
    if (bare < least || (bare < 0.5 && !isEnd && !mayTell(run.text))) continue;
    const near = bare * surroundings.weightOf(run.block.element, least / bare);
    if (near < least) continue;
    let text = spaced(run, MAX_LENGTH);
    if (text === undefined) continue;
    let signs = signsIn(text);
    const isClose = near >= 0.5 || isEnd;
    const weight = Math.max(near, isEnd ? AT_END : 0);
    // Most lines of a page are far away, and those who helped with other articles are nobody here.
    const help = signs & HELPER && (bare >= 0.5 || isEnd) && MAY_HELP.test(text) ? HELP.exec(text) : null;
    if (help && !ALSO_AUTHOR.test(text.slice(0, help.index))) {
      const rest = text.slice(help.index + help[0].length) || (runs[i + 1]?.text.slice(0, MAX_ALONE) ?? '');
      // A credit tells nothing of a writer who took the picture too.
      if (pictureShare(run.block.element, place) === 1) {
        for (const name of readNames(rest, languages, true).map(fold)) {
          if (order < middle || !listed.has(name)) helpers.add(name);
        }
      }
      text = text.slice(0, help.index).trim();
      if (text === '') continue;
      signs = signsIn(text);
      if (signs & COLON) for (const name of readNames(text, languages, true)) writers.add(fold(name));
    }
    const source = signs & COLON ? SOURCE.exec(text) : null;
    if (source) {
      const rest = text.slice(source[0].length) || (runs[i + 1]?.text ?? '');
      if (rest.length <= MAX_ALONE) add(signersIn(rest, siteNames), 'source', 'source', weight);
      continue;
    }
    if (mayBeLabel(text) && LABEL.test(text)) {
      // "Jane Doe", "Author", one in a box with the other: the name stands before its label.
      const next = isBeside(run, runs[i - 1]) && !isBeside(run, runs[i + 1]) ? runs[i - 1] : runs[i + 1];
      if (next && next.text.length < 80) add(readNames(next.text, languages, true), 'text', 'label', weight);
      continue;
    }
    const opening = signs & (GAP | COLON) ? openingOf(text, signs, isClose) : undefined;
    if (opening !== undefined) {
      const names = readNames(opening, languages, true);
      if (names.length > 0) {
        for (const name of names) writers.add(fold(name));
        add(names, 'text', 'byline', weight);
        continue;
      }
    }
    if (!isClose) continue;
    if (text.length <= MAX_ALONE && (near >= 0.7 || isEnd) && isNewsroom(text, siteNames, isEnd)) {
      const names = signersIn(text, siteNames);
      if (names.some((name) => !isSiteName(name, siteNames))) {
        add(names, 'source', 'agency', weight);
        continue;
      }
    }
    const within = signs & JOINED && text.length < 120 ? WITHIN.exec(text)?.[1] : undefined;
    if (within !== undefined) add(readNames(within, languages, true).filter(isFullName), 'within', 'byline', weight);
    else if (near >= 0.7 && left-- > 0) add(datedNames(run, runs[i + 1], languages), 'dated', 'date line', weight);
    if (isSignature(run, i, place)) {
      const names = readNames(text, languages, true);
      // At the body's right end a name may be all in capitals; elsewhere that is a heading.
      add(isEnd && isRight(run) ? names.filter(isFullName) : signed(names), 'signature', 'signature', weight);
    }
  }
  for (const name of writers) helpers.delete(name);
  return { lines, helpers };
}

/** What `signsIn` finds in a line: without them it need not be asked for what is made of them. */
const GAP = 1;
const COLON = 2;
const BAR = 4;
/** May be what a helper's part is labelled with, or a word that joins names to what stands before them. */
const HELPER = 8;
const JOINED = 16;

/** The signs of a line on one line. */
function signsIn(text: string): number {
  let signs = 0;
  let before = 32;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code > 96 && code < 123) {
      if (before > 96 && before < 123) {
        // "Übersetzung"; other words are found by how they begin.
        if (code === Z) signs |= HELPER;
      } else signs |= beginningAt(text, i, code);
    } else if (code === 32 || code === 10) signs |= GAP;
    else if (code === 58 || code === 0xff1a || code === 0xff0f) signs |= COLON | HELPER;
    else if (code === 124 || code === 0xb7 || code === 0x2022) signs |= BAR;
    else if (code > 64 && code < 91) signs |= code === Z - 32 ? HELPER : beginningAt(text, i, code);
    else if (code > 0x4dff && code < 0xa000) signs |= HELPER;
    before = code;
  }
  return signs;
}

const Z = 122;

/** What a word may be of whose first letter stands at `at`: "by", "from", "von", "par", "por", "di", "de"; "av", "przez", … */
function beginningAt(text: string, at: number, code: number): number {
  const next = codeOrEnd(text, at + 1) | 32;
  switch (code | 32) {
    case 97:
      return next === 118 || next === 102 ? JOINED : 0;
    case 98:
      return next === 121 ? HELPER | JOINED : 0;
    case 100:
      return next === 111 ? JOINED : next === 105 || next === 101 ? HELPER : 0;
    case 102:
      return next === 114 ? HELPER : 0;
    case 111:
      return next === 108 ? JOINED : 0;
    case 112:
      return next === 97 || next === 111 ? HELPER | JOINED : next === 114 ? JOINED : 0;
    case 118:
      return next === 111 ? HELPER | JOINED : 0;
    default:
      return code === Z ? HELPER : 0;
  }
}

/** Whether a line begins as those do that a label of an author begins. */
const isNamed = (text: string): boolean => (codeOrEnd(text, 0) | 32) === 97 && NAMED.test(text);

/** Most short lines begin with another letter than all labels. */
function mayBeLabel(text: string): boolean {
  const code = codeOrEnd(text, 0);
  return text.length <= MAX_LABEL && (code > 127 || LABEL_LETTERS.includes(String.fromCharCode(code | 32)));
}

/** Far from the headline and the end, a line must say in so many words that it is a byline, or what its source is. */
function mayTell(text: string): boolean {
  return (
    TELLING.test(text) ||
    codeOrEnd(text, 0) > 127 ||
    GLUED_OPENING.test(text) ||
    (mayBeLabel(text) && GLUED_LABEL.test(text))
  );
}

/** "文 | 王小明": the bar stands for a colon. */
const BARRED = /^(文|图文|圖文|撰文|作者|記者|记者|글|取材・文|執筆)\s*[|｜]\s*/;

/** The part of a line that says who wrote. */
function openingOf(line: string, signs: number, isClose: boolean): string | undefined {
  const text = signs & BAR ? line.replace(BARRED, '$1：') : line;
  const isOpening = (part: string): boolean =>
    OPENING.test(part) || (isClose && /^(?:von|by|par|от|oprac\.)\s/.test(part) && part.length < 60);
  if (signs & BAR) return text.split(/\s*[|•·]\s*/).find(isOpening);
  return isOpening(text) ? text : undefined;
}

/** "dpa/jdo", "Harbour Courier / News Agency": who is named up to the first part that is no name. */
function signersIn(text: string, siteNames: readonly string[]): string[] {
  const names: string[] = [];
  for (const part of withoutHelpers(text)
    .replace(/\s*\([^)]*\)?/g, '')
    .split(SIGNERS)) {
    // Behind an agency stands where the story is from.
    const isPlace = names.length > 0 && isAgency(names[0]!);
    const name = isInShort(part, siteNames) ? part : isPlace ? undefined : cleanName(part, true);
    if (name === undefined) break;
    names.push(name);
  }
  return names;
}

const isInShort = (part: string, siteNames: readonly string[]): boolean =>
  INITIALS.test(part) || isAgency(part) || isSiteName(part, siteNames);

/** Whether a line begins with an agency; at the body's end also with initials, or with the site above another. */
function isNewsroom(text: string, siteNames: readonly string[], isEnd: boolean): boolean {
  const cut = SIGNERS.exec(text);
  const first = cut ? text.slice(0, cut.index) : text;
  const signs = isAgency(first) || (isEnd && cut !== null && (INITIALS.test(first) || isSiteName(first, siteNames)));
  return signs && !/©|www\./.test(text);
}

const room = new TextRoom();

/**
 * A run on one line, undefined where that is longer than `most`. Inline elements side by side have no space between:
 * "by", "Jane Doe", "May 5".
 */
function spaced({ text, texts }: Run, most: number): string | undefined {
  if (texts.length === 1) return text.length > most ? undefined : text;
  room.clear(most + 1);
  let isParted = false;
  for (const { data } of texts) {
    isParted = true;
    const { length } = data;
    for (let i = 0; i < length; i++) {
      const code = codeAt(data, i);
      if (code === 32 || (code >= 9 && code <= 13)) {
        isParted = true;
        continue;
      }
      if (!isOrdinary(code)) return spacedAnew(texts, most);
      if (isParted && room.length > 0) room.put(32);
      isParted = false;
      room.put(code);
      if (room.length > most) return undefined;
    }
  }
  return room.text();
}

/** No white space, and seen: what is not that beyond ASCII stands in few texts. */
const isOrdinary = (code: number): boolean =>
  code < 128 ||
  (code > 0xad && code < 0x1680) ||
  (code > 0x200f && code < 0x2028) ||
  (code > 0x3000 && code !== 0xfeff);

function spacedAnew(texts: Run['texts'], most: number): string | undefined {
  const text = oneLine(texts.map(({ data }) => data).join(' '));
  return text.length > most ? undefined : text;
}

/** Longer lines with a date are prose. */
const MAX_DATED_LINE = 100;

/** "23 November 2017 | Jane Doe": a full name in a line with a date over the article, or right before such a line. */
function datedNames(run: Run, next: Run | undefined, languages: readonly string[]): readonly string[] {
  // The headline stands over a date too, and without capitals it may look like a name.
  if (HEADING.test(run.block.element.name) && !/\p{Lu}/u.test(run.text)) return NOBODY;
  if (!mayBeDated(run) && !(next && mayBeDated(next))) return NOBODY;
  // A full name has two words, both in one text.
  if (!run.texts.some(({ data }) => mayNameInFull(data))) return NOBODY;
  const texts = run.texts.filter(({ parent }) => !isSectionLink(parent));
  const parts = run.texts.length > 1 ? texts.map(({ data }) => oneLine(data)) : texts.length > 0 ? [run.text] : [];
  const pieces = parts.flatMap((part) => part.split(PARTS)).filter((piece) => piece !== '');
  // Names first: to look for a date takes longer.
  const people = pieces.filter((piece) => piece.includes(' ') && isMixed(piece) && isFullName(piece));
  if (people.length === 0) return NOBODY;
  const options = { languages, latestYear: 2100 };
  const isDated = (one: Run) => {
    const line = one.text.length < MAX_DATED_LINE ? spaced(one, 2 * MAX_LENGTH) : undefined;
    return line !== undefined && readDates(line, options).length > 0;
  };
  if (!isDated(run) && !(pieces.length === 1 && next !== undefined && inOneList(run, next) && isDated(next)))
    return NOBODY;
  return people.flatMap((piece) => readNames(piece, languages, true)).slice(0, 4);
}

const NOBODY: readonly string[] = [];

/** A date has two numbers at least; most lines have none. */
const mayBeDated = ({ text, digits }: Run): boolean =>
  text.length < MAX_DATED_LINE && (digits > 1 || OTHER_DIGITS.test(text));

/** Whether a text may have two words. */
function mayNameInFull(text: string): boolean {
  let isParted = false;
  let isInWord = false;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code <= 32) isParted = isInWord;
    else if (isParted || !isOrdinary(code)) return true;
    else isInWord = true;
  }
  return false;
}

const isBeside = ({ block }: Run, other: Run | undefined): boolean =>
  other !== undefined && other.block.element.parent === block.element.parent;

/** The last entry of a menu is no name that belongs to the date after the menu. */
function inOneList(run: Run, next: Run): boolean {
  const { element } = run.block;
  return element.name !== 'li' || next.block.element.parent === element.parent;
}

/** Whether a text stands in a link to a section, a tag or a topic: those have names of two words too. */
export function isSectionLink(node: Parent | null): boolean {
  for (let depth = 0; node && node.type === 'tag' && depth < 3; depth++) {
    if (node.tag.name === 'a') {
      const { href, rel } = node.attribs;
      return (href !== undefined && SECTION.test(href)) || (rel !== undefined && SECTION.test(rel));
    }
    node = node.parent;
  }
  return false;
}

/** A name alone in a line at the body's start or end, set apart by its type or its place. */
function isSignature(run: Run, index: number, { runs, bodyStart, bodyEnd }: ArticlePlace): boolean {
  if (run.text.length > 70 || run.links > 0 || bodyStart === undefined || bodyEnd === undefined) return false;
  const startsAt = (at: number): boolean => runs[at]?.texts[0]?.order === bodyStart;
  const endsAt = (at: number): boolean => runs[at]?.texts.at(-1)?.order === bodyEnd;
  const isBeside =
    startsAt(index + 1) || startsAt(index + 2) || endsAt(index) || endsAt(index - 1) || endsAt(index - 2);
  if (!isBeside || !/\p{Lu}/u.test(run.text) || LIVED.test(run.text)) return false;
  return !HEADING.test(run.block.element.name) && isSetApart(run);
}

/** "Marta Lund, cook, born 4 February 1931; died 9 May 2024": whom an obituary is about. */
const LIVED = /\b1[89]\d\d\b|\b20\d\d\b.*\b20\d\d\b/;

/** People, and the desks and agencies that sign for them. A line all in capitals is a heading. */
const signed = (names: readonly string[]): string[] =>
  names.filter((name) => (isFullName(name) && isMixed(name)) || writesAlong(name));

const isMixed = (name: string): boolean => /\p{Ll}/u.test(name) || !/\p{Lu}/u.test(name);

const isSetApart = (run: Run): boolean =>
  run.boldChars >= run.chars * 0.9 ||
  isWithin(run, (element) => /^(?:em|i|address)$/.test(element.tag.name) || isAlignedRight(element));

const isRight = (run: Run): boolean => isWithin(run, isAlignedRight);

function isWithin({ texts }: Run, is: (element: Element) => boolean): boolean {
  let node: Parent | null = texts[0]!.parent;
  for (let depth = 0; node && node.type === 'tag' && depth < 4; depth++, node = node.parent) if (is(node)) return true;
  return false;
}

const isAlignedRight = ({ attribs }: Element): boolean =>
  /text-align\s*:\s*right/i.test(attribs.style ?? '') || attribs.align === 'right';
