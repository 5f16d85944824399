/**
 * Names of people and agencies out of bylines. In: a text such as "By Jane Doe and John Roe, Staff Writers". Out: the
 * names in it, one each, and what each looks like. Never: job titles, degrees, places, handles, addresses, dates.
 */
import { foldWord } from '../date/fold-words.js';
import { lexiconOf } from '../date/lexicon.js';
import { saysButton } from '../text/buttons.js';
import { fold } from '../text/words.js';
import { ACCOUNTS, AGENCIES, NEWSROOM, ORGANISATIONS, ROLES, WRITTEN_BY } from './name-words.js';

/** Words that introduce a byline. */
const LEAD_IN = new RegExp(
  String.raw`^(?:${WRITTEN_BY}|written by|story by|words by|text by|posted by|published by|reported by|reporting by|report by|article by|analysis by|opinion by|review by|submitted by|created by|contributed by|compiled by|edited by|by|from|author|authors|autorin\/autor|autor\/autorin|autor\/in|autor:in|autoren|autorin|autor|von unserer redakteurin|von unserem redakteur|an? (?:interview|essay|analysis|review|column|commentary|report|guest post) by|(?:eine? )?(?:interview|beitrag|gastbeitrag|artikel|kommentar|gastkommentar|kolumne|analyse|reportage|essay|rezension|bericht) von|(?:une? )?(?:article|analyse|entretien|enquête|reportage|chronique) (?:de|par)|(?:una? )?(?:artículo|análisis|entrevista|reportaje|crónica) (?:de|por)|text von|verfasst von|geschrieben von|veröffentlicht von|eingestellt von|gepostet von|von|text|par|publié par|écrit par|auteur|por|texto (?:de|por)|textos de|publicad[oa] por|postado por|enviado por|autora|de|di|pubblicato da|postato da|da|autore|door|geschreven door|gepost door|av|skrevet av|skriven av|lagt inn av|upplagd av|af|skrevet af|tekst|teksti|przez|autor tekstu|napsal|napsala|írta|szerző|bejegyezte|автор|публикувано от|опубликовал[аи]?|добавил[аи]?|додав|yazar|oleh|diposting oleh|penulis|tác giả|文|作者|本报记者|記者|记者|著者|글|기자|بقلم|كتبت?|إعداد|تحرير|نویسنده|به قلم|تحریر|مصنف|מאת|लेखक|লেখক|โดย|ผู้เขียน|αναρτήθηκε από|γράφει (?:ο|η)|της|του|συντάκτης|autorka|napisał[ai]?|tekst i zdjęcia|kirjoittanut|scris de|postat de|piše|пише|autorius|autors|deur|mwandishi|müəllif|ავტორი|հեղինակ|höfundur|ដោយ|អត្ថបទ(?:ដោយ)?)(?:\s*[:：՝៖●・／|–—]\s*|\s+)`,
  'iu',
);
/** Words of one language that begin names in others. */
const LEAD_INS: Readonly<Record<string, RegExp>> = {
  sw: /^na\s+/i,
  fil: /^ni(?:na)?\s+/i,
  tl: /^ni(?:na)?\s+/i,
  cy: /^gan\s+/i,
  is: /^eftir\s+/i,
  mt: /^minn\s+/i,
  ca: /^per\s+/i,
  ga: /^le\s+/i,
  vi: /^theo\s+/i,
};
/** One word glued to its colon: "Von:", "Text:". */
const LABEL = /^\p{L}[\p{L} ./]{0,24}[:：]\s*(?=\S)/u;
/** A lead-in in an element of its own, without a space between: "ByJane Doe", "Byby JANE DOE". */
const GLUED = /^(?:By(?:by)?|Von|Par|Por|Door|Text)(?=\p{Lu}\p{L})|^By(?=by\s)/u;

/** What follows a name and is no part of it. */
const TAIL =
  /\s+(?:(?:is|was|are|has|for|from|at|of|with|reports?|reporting|writes|writing|covers|published|updated|posted|contributed|on|in|via|aus|für|bei|ist|schreibt|pour|para|dal|est|special to|mit|avec)\s.*|(?:illustrations?|fotos?|fotografie|photos?|bilder|grafik|video|übersetzung|stand|publiziert|veröffentlicht|aktualisiert|published|updated|posted|shares?|follow|mehr|beitrag|datum)\b.*|\d.*)$/iu;
/** What stands behind a name in Chinese, Japanese and Korean: "translated by", "reporter". */
const CJK_ROLE = /\s*(?<=\S{2,}\s*)(?:監訳|共著|編著|著|訳|写真|撮影|編集委員|特派員|記者|记者|통신원|특파원|기자)$/u;
/** "Jane Doe (Photos)": whose part stands in brackets, and it is no author's. */
const HELPER_IN_BRACKETS =
  /[^,;/|]*\((?:fotos?|bild(?:er)?|photos?|photograph[ys]?|illustrations?|grafik(?:en)?|video|übersetzung|translation|editing|kamera)\)/giu;
const IN_BRACKETS = /\s*[([{][^)\]}]{0,60}[)\]}]?/g;

/** Degrees and ranks behind a name. */
const DEGREES =
  /^(?:ph\.?d|m\.?d|m\.?s|m\.?sc|b\.?sc|b\.?a|m\.?a|m\.?b\.?a|m\.?p\.?h|r\.?d|r\.?d\.?n|l\.?d|ldn|r\.?n|np|pa-c|d\.?o|dds|dmd|dvm|j\.?d|esq|facp|faap|facog|cfa|cpa|cfp|lcsw|lmft|cscs|cpt|cnn|cdces|cde|psy\.?d|pharm\.?d|dpt|pt|mph|mfa|llm|ll\.?m|jr|sr)\.?$/i;

let organisations = new Map<string, boolean>();
/** A page asks of the same names again and again, and no page has as many. */
const MAX_REMEMBERED = 2000;

function isOrganisation(name: string): boolean {
  let answer = organisations.get(name);
  if (answer === undefined) {
    if (organisations.size >= MAX_REMEMBERED) organisations = new Map();
    answer = ORGANISATIONS.test(name.toLowerCase());
    organisations.set(name, answer);
  }
  return answer;
}

/** Names that are addresses are a site's, this one's or the one that the story is from. */
const DOMAIN = /\.(?:com|org|net|de|at|ch|fr|it|es|uk|eu|ru|by|pl|nl|be|info|tr)$/i;

/** Two letters are also an abbreviation of something else. */
export const isAgency = (name: string): boolean => name.length > 2 && AGENCIES.has(name.toLowerCase());

export type NameKind = 'Person' | 'Organization';

const MAX_NAMES = 30;
/** Marks that only turn the direction of writing. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A word not written as names are: most lines have none, and nothing in them joins two names. */
const MAY_JOIN = /(?:^|\s)(?!\p{Lu}\p{Ll})[\p{L}\p{M}]+\s/u;

/** Whether each word is a month, a weekday or a number: "December", "Mon", "Dec 5". */
function isDateWord(words: readonly string[], languages: readonly string[]): boolean {
  for (const word of words) {
    const folded = foldWord(word.replace(/[,:]/g, ''));
    // English months stand on pages of every language.
    const isOfDate =
      /^\p{Nd}*$/u.test(folded) || isNameOfDate(folded, 'en') || languages.some((tag) => isNameOfDate(folded, tag));
    if (!isOfDate) return false;
  }
  return true;
}

function isNameOfDate(folded: string, tag: string): boolean {
  const lexicon = lexiconOf(tag);
  return lexicon !== undefined && (lexicon.months.has(folded) || lexicon.weekdays.has(folded));
}

/** Words that join the last name of a list to the others, and an expression that parts the list. */
interface Joints {
  readonly words: ReadonlySet<string>;
  readonly parting: RegExp;
}

const AND = jointsOfWords(['and']);
/** By the languages whose words they are; to compile an expression takes as long as to read ten lines. */
const joints = new Map<string, Joints>();
/** Of the languages asked for last. */
let [lastLanguages, lastJoints]: [readonly string[], Joints] = [[], AND];

function jointsOf(languages: readonly string[]): Joints {
  if (languages === lastLanguages) return lastJoints;
  const key = languages.join(' ');
  let found = joints.get(key);
  if (!found) {
    if (joints.size >= MAX_REMEMBERED) joints.clear();
    found = jointsOfWords(['and', ...languages.map((tag) => lexiconOf(tag)?.conjunction ?? '')]);
    joints.set(key, found);
  }
  lastLanguages = languages;
  lastJoints = found;
  return found;
}

function jointsOfWords(given: readonly string[]): Joints {
  const words = new Set(given.filter((word) => word !== ''));
  const choices = [...words]
    .filter((word) => /^[\p{L}\p{M}]+$/u.test(word))
    .map((word) => (/^\p{Script=Thai}/u.test(word) ? word : `\\s${word}\\s`));
  const parting = new RegExp(
    `\\s*(?:[,;，；،؛፣|•·／/、&+]|\\sas told to\\s|\\s[–—-]\\s|${choices.join('|')})\\s*`,
    'iu',
  );
  return { words, parting };
}

/** What was read, in the languages that it was read in: a byline's text stands in its element, in those around, in a line. */
let languagesOfRead: readonly string[] = [];
let read = new Map<string, readonly string[]>();

/**
 * Lets go of what was remembered for one page: texts cut out of it keep the whole of it in memory. New maps, as what a
 * cleared one had stays reachable for a collection of short-lived objects, and the page would become a long-lived one.
 */
export function forgetNames(): void {
  read = new Map();
  organisations = new Map();
  site = undefined;
}

/** Names in a byline, in its order. `loose`: the text is a visible line, of which only what looks like a name counts. */
export function readNames(text: string, languages: readonly string[], loose = false): readonly string[] {
  if (languages !== languagesOfRead || read.size >= MAX_REMEMBERED) {
    read = new Map();
    languagesOfRead = languages;
  }
  const key = loose ? text : `\0${text}`;
  let names = read.get(key);
  if (!names) {
    names = readAnew(text, languages, loose);
    read.set(key, names);
  }
  return names;
}

const BAR = /[|•●]/;
/** Addresses of pages and of mail, and handles. */
const ADDRESSES = /https?:\/\/\S+|\S+@\S+\.\S+|(?:^|\s)@\w+/g;

function readAnew(text: string, languages: readonly string[], loose: boolean): string[] {
  let rest = text.replace(DIRECTION, '').trim();
  if (rest === '' || rest.length > 600) return [];
  rest = withoutHelpers(rest);
  // A byline may stand in brackets as a whole.
  rest = /^[([［【（]([^)\]］】）]*)[)\]］】）]$/u.exec(rest)?.[1]?.trim() ?? rest;
  if (rest.includes('@') || rest.includes('//')) rest = rest.replace(ADDRESSES, ' ');
  rest = rest.trim();
  for (const tag of languages) {
    const own = LEAD_INS[tag.split('-', 1)[0]!];
    if (own) rest = rest.replace(own, '');
  }
  for (let i = 0; i < 3; i++) {
    const shorter = rest
      .replace(GLUED, '')
      .replace(LEAD_IN, '')
      .replace(/^[\s:,.|•·–—\-●/]+/u, '');
    if (shorter === rest || shorter === '') break;
    rest = shorter;
  }
  if (loose) {
    rest = rest.replace(LABEL, '');
    // Behind a bar stands where the author works, a date, a button.
    const sides = BAR.test(rest) ? rest.split(/\s*[|•●]\s*/) : [];
    rest = sides.find((part) => cleanName(part.split(/[,;&]/)[0]!, true) !== undefined) ?? rest;
  }
  rest = withoutPlace(rest);
  const { words, parting } = MAY_JOIN.test(rest) ? jointsOf(languages) : AND;
  const parts = rest.replace(IN_BRACKETS, ' ').split(parting);
  const names: string[] = [];
  for (const part of parts.flatMap(gluedNames).slice(0, MAX_NAMES * 2)) {
    // "Jane Doe, and John Roe": the comma has taken the space before the conjunction.
    const own = part.replace(/^([\p{L}\p{M}]+)\s+/u, (all, word: string) => (words.has(word.toLowerCase()) ? '' : all));
    const name = cleanName(withoutDate(own, languages), loose);
    if (name !== undefined && isDateWord(name.split(' '), languages)) continue;
    // "Jane Doe, Frankfurt", "Jane Doe, REUTERS": in a visible line what is no full name as the first one is no person.
    if (loose && name !== undefined && names.length > 0 && isLesser(name, names[0]!)) continue;
    if (name !== undefined && !names.includes(name)) names.push(name);
    else if (loose && name === undefined && names.length > 0 && !DEGREES.test(part.trim())) break;
    if (names.length >= MAX_NAMES) break;
  }
  return names;
}

/** "Jane Doe - Cairo", "Cairo - Jane Doe": beside a full name, one word that is parted by a dash is where it was written. */
function withoutPlace(text: string): string {
  const [, behind, place = ''] = /^(\S+\s\S.*)\s[–—-]\s(\S+)$/u.exec(text) ?? [];
  if (behind !== undefined && !signsAlong(place)) return behind;
  const [, first = '', before] = /^(\S+)\s[–—-]\s(\S+\s\S.*)$/u.exec(text) ?? [];
  return before !== undefined && !signsAlong(first) ? before : text;
}

const signsAlong = (name: string): boolean =>
  /^\p{Lu}+$/u.test(name) || AGENCIES.has(name.toLowerCase()) || isOrganisation(name);

/** Without those whose part in brackets is no author's. */
export function withoutHelpers(text: string): string {
  return text.includes('(') ? text.replace(HELPER_IN_BRACKETS, '') : text;
}

/** Arabic and Hebrew write "and" and the name behind it as one word; a name of one word may begin with the letter. */
const GLUED_AND = /^(\S+\s\S.*?)\s(?:\u05d5-?|\u0648)(\p{L}{2,}\s+\S.*)$/u;

function gluedNames(part: string): string[] {
  const found = GLUED_AND.exec(part);
  return found ? [found[1]!, ...gluedNames(found[2]!)] : [part];
}

const UNPARTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** "Jane Doe December 5": a month glued to the name by what stands behind it. */
function withoutDate(part: string, languages: readonly string[]): string {
  const found = /^(.*\S)\s+(\p{L}{3,12}\.?)\s+\d{1,2}\b.*$/u.exec(part);
  return found && isDateWord([found[2]!], languages) ? found[1]! : part;
}

function isLesser(name: string, first: string): boolean {
  if (!first.includes(' ')) return false;
  // Without capitals as well, but for agencies; and where words are not parted, nothing is told by their number.
  if (!/\p{Ll}/u.test(first))
    return !UNPARTED.test(first) && !/\p{Lu}/u.test(first) && !name.includes(' ') && !signsAlong(name);
  return !name.includes(' ') || (/\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name));
}

/** One name without lead-in, degrees and tail; undefined where it is none. */
export function cleanName(text: string, loose = false): string | undefined {
  let name = text
    .trim()
    .replace(LEAD_IN, '')
    .replace(/^(?:©|\(c\))\s*(?:\d{4}\s*)?/i, '')
    .replace(CJK_ROLE, '');
  const head = name.replace(TAIL, '');
  // "University of …": what a preposition parts there belongs together.
  if (!(/^\S+ (?:of|for|für|in)\s/i.test(name) && /^\S+$/.test(head) && isOrganisation(head))) name = head;
  name = name.replace(/^[\s:,.|•·–—\-●/"“”']+|[\s:,|•·–—\-●/"“”']+$/gu, '').replace(/\s+/g, ' ');
  // Shown twice, once for each size of screen.
  name = name.replace(/^(.{4,40}?) ?\1$/u, '$1');
  // A full stop behind a whole word ends the byline; behind fewer letters it abbreviates.
  name = name.replace(/(?<=\p{Ll}{4})\.$/u, '');
  let words = name.split(' ');
  while (words.length > 2 && DEGREES.test(words.at(-1)!) && !/^[js]r\.?$/i.test(words.at(-1)!))
    words = words.slice(0, -1);
  name = words.join(' ').replace(/,$/, '');
  if (name === '' || name.length > 80 || name.length < 2 || DEGREES.test(name) || LEAD_IN.test(`${name} `))
    return undefined;
  if (/^(?:https?:|www\.|@|\d)|[<>{}=\\]|\.(?:com|html?)\//i.test(name)) return undefined;
  if (words.length > 7 || /\s(?:von|by|par|por|and|und|et)$/i.test(name)) return undefined;
  // "Juan dela Cruz": "dela" is a button at a line's beginning alone.
  const isRole = (word: string, at: number): boolean =>
    ROLES.has(word.toLowerCase().replace(/[.,:]/g, '')) && !(at > 0 && PARTICLE.test(word));
  if (words.some(isRole) && !AGENCIES.has(name.toLowerCase())) {
    // "News Staff" and "Staff Reporters" sign for an agency; a lone role is nobody.
    if (loose || words.length < 2 || !isOrganisation(name)) return undefined;
  }
  // "Von der Quelle zur Mündung"; surnames that begin so have a name before them.
  if (loose && /^(?:der|den|zur?) /.test(name)) return undefined;
  if (loose && (!looksLikeName(words) || saysButton(name))) return undefined;
  return name;
}

const PARTICLE =
  /^(?:de|da|do|dos|das|dela|delos|del|della|di|van|von|v\.|der|den|ter|ten|zu|zur|la|le|el|al|bin|ibn|ben|y|e|du|af|av|dr\.|st\.|mc)$/i;

/** Words in the names of organisations. */
const BODY_PARTICLE = /^(?:of|for|and|the|für|des)$/;

/** Two to five words that begin with capitals, particles aside; any short text in scripts without case. */
export function looksLikeName(words: readonly string[]): boolean {
  const text = words.join(' ');
  if (/\d|[!?:%]/.test(text)) return false;
  // No person has as long a name in Chinese; those from abroad have a dot in them.
  if (/^[\p{Script=Han}\s，]{9,}$/u.test(text) && !isOrganisation(text)) return false;
  // Georgian letters have a lower case alone.
  if (!/\p{Lu}|(?!\p{Script=Georgian})\p{Ll}/u.test(text))
    return text.length >= 2 && text.length <= (words.length > 1 ? 34 : 20) && words.length < 6;
  let capital = 0;
  let particles = 0;
  for (const word of words) {
    if (/^\p{Lu}/u.test(word)) capital++;
    else if (PARTICLE.test(word) || (BODY_PARTICLE.test(word) && isOrganisation(text))) particles++;
  }
  return (
    words.length <= 6 && capital >= 1 && capital + particles >= words.length && (words.length > 1 || text.length >= 3)
  );
}

/** A person's name beyond doubt: two to four words that begin with capitals and are no organisation's. */
export function isFullName(name: string): boolean {
  const words = name.split(' ');
  if (words.length < 2 || words.length > 4 || PARTICLE.test(words.at(-1)!)) return false;
  return looksLikeName(words) && kindOfName(name, []) === 'Person';
}

/** `jdoe`, `jane.doe`, `jane_doe22`: what a person signs in with. */
export function isHandle(name: string): boolean {
  return !name.includes(' ') && /^[\p{Ll}\d][\p{Ll}\d._-]*$/u.test(name);
}

export function isAccount(name: string): boolean {
  return ACCOUNTS.test(name.toLowerCase());
}

/** News agencies, and the desks and teams of a newsroom. */
export function writesAlong(name: string): boolean {
  return (
    AGENCIES.has(name.toLowerCase()) || /(?<!\p{L})(?:redaktion|desk|team|newsroom)(?!\p{L})/u.test(name.toLowerCase())
  );
}

/**
 * Whether a name is the site's own: one of its names, what its address spells ("The Example" on `theexample.org`), or
 * what its address abbreviates ("Examples Herald Today" on `eht.org`).
 */
export function isSiteName(name: string, siteNames: readonly string[]): boolean {
  if (siteNames.length === 0) return isNameOf(name, NO_SITE);
  if (site?.names !== siteNames) {
    const folded = siteNames.map(fold);
    const compact = folded.map((other) => other.replace(/ /g, ''));
    site = { names: siteNames, folded, compact, answers: new Map() };
  }
  let answer = site.answers.get(name);
  if (answer === undefined) {
    answer = isNameOf(name, site);
    site.answers.set(name, answer);
  }
  return answer;
}

interface Site {
  readonly names: readonly string[];
  readonly folded: readonly string[];
  readonly compact: readonly string[];
  readonly answers: Map<string, boolean>;
}

const NO_SITE: Site = { names: [], folded: [], compact: [], answers: new Map() };
/** The site that was asked for last: a page asks of one. */
let site: Site | undefined;

function isNameOf(name: string, site: Site): boolean {
  const folded = fold(name);
  if (folded === '' || NEWSROOM.test(folded) || DOMAIN.test(name)) return true;
  const words = folded.split(' ');
  const letters = words.join('');
  const initials = words.map((word) => word[0]).join('');
  return site.folded.some((other, i) => {
    if (other === folded) return true;
    const compact = site.compact[i]!;
    if (compact === letters || (words.length > 1 && initials.length > 1 && initials === compact)) return true;
    return letters.length > 4 && words.length < 4 && other.startsWith(`${folded} `);
  });
}

export function kindOfName(name: string, siteNames: readonly string[]): NameKind {
  const folded = name.toLowerCase();
  if (AGENCIES.has(folded) || isSiteName(name, siteNames)) return 'Organization';
  // "WBEZ", "BBAW": letters that stand for something, no person.
  return /^\p{Lu}{2,6}$/u.test(name) || isOrganisation(name) || isAccount(name) ? 'Organization' : 'Person';
}

/** "NTR NORTH": a station of the broadcaster whose letters the site is called by. */
export function isStation(name: string, siteNames: readonly string[]): boolean {
  const letters = /^(\p{Lu}{3,6}) \S/u.exec(name)?.[1];
  return letters !== undefined && siteNames.some((other) => fold(other) === fold(letters));
}
