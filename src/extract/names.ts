/**
 * Names of people and agencies out of bylines. In: a text such as "By Jane Doe and John Roe, Staff Writers". Out: the
 * names in it, one each, and what each looks like. Never: job titles, places, handles, addresses, dates.
 */

/** Words that introduce a byline. */
const LEAD_IN =
  /^(?:written by|story by|words by|text by|posted by|published by|reported by|reporting by|report by|article by|analysis by|opinion by|review by|submitted by|created by|contributed by|compiled by|edited by|by|from|author|authors|autor|autoren|autorin|autor\/in|von unserer redakteurin|von unserem redakteur|ein beitrag von|ein artikel von|ein kommentar von|eine analyse von|ein gastbeitrag von|kommentar von|interview von|verfasst von|geschrieben von|veröffentlicht von|von|text|texte|par|publié par|écrit par|auteur|por|escrito por|publicado por|autor|autora|de|di|scritto da|a cura di|pubblicato da|da|autore|door|geschreven door|auteur|av|skrevet av|skriven av|af|skrevet af|tekst|teksti|kirjoittaja|przez|autor tekstu|oprac\.|napsal|napsala|írta|szerző|автор|автори|текст|yazar|yazan|haber|oleh|penulis|tác giả|文|作者|撰文|記者|记者|文\/|取材・文|著者|執筆|글|기자|بقلم|كتب|מאת|लेखक)(?:\s*[:：●・|–—]\s*|\s+)/iu;
/** One word glued to its colon: "Von:", "Text:". */
const LABEL = /^\p{L}[\p{L} ./]{0,24}[:：]\s*/u;

/** What follows a name and is no part of it. */
const TAIL =
  /\s+(?:(?:is|was|are|has|for|from|at|of|with|reports?|reporting|writes|writing|covers|published|updated|posted|contributed|on|in|via|aus|für|bei|ist|schreibt|pour|para|dal|est|posted)\s.*|\d.*)$/u;
const IN_BRACKETS = /\s*[([{][^)\]}]{0,60}[)\]}]?/g;

/** Job titles and kinds of contribution, by word. A part of a byline with one of these is no name. */
const ROLES = new Set(
  (
    'editor editors reporter reporters correspondent correspondents writer writers journalist journalists columnist contributor contributors ' +
    'producer photographer photographs photo photos photography staff senior junior chief deputy assistant associate managing executive ' +
    'director freelance freelancer intern analyst critic host anchor blogger published updated posted follow email share comments comment ' +
    'author authors about profile biography view read more minutes min subscribe twitter facebook ' +
    'redakteur redakteurin reporterin korrespondent korrespondentin chefredakteur chefredakteurin autor autorin autoren volontär volontärin ' +
    'journalistin leiter leiterin ressort ressortleiter stellvertretender freier mitarbeiter mitarbeiterin ' +
    'journaliste rédacteur rédactrice correspondant correspondante grand envoyé envoyée spécial chef rubrique auteur ' +
    'redactor redactora corresponsal periodista giornalista corrispondente inviato redattore jornalista repórter redator ' +
    'redacteur verslaggever correspondente korespondent dziennikarz redaktor корреспондент редактор журналист обозреватель muhabir gazeteci'
  ).split(' '),
);

/** Words that make a name an organisation's. */
const ORGANISATIONS =
  /\b(?:redaktion\w*|redakcja|redactie|rédaction|redacción|redacao|redação|redazione|redaktionen|redakce|toimitus|editorial|newsroom|news|news ?desk|desk|staff|team|agency|agenturen|agencies|agence|agencia|agência|agenzia|press|presse|university|institute|college|school|ministry|department|office|board|association|foundation|society|center|centre|service|services|network|media|magazine|journal|times|post|tribune|herald|gazette|today|online|group|company|inc|llc|ltd|gmbh|corp|verlag|zeitung|zeitschrift|tv|radio|fernsehen|bureau|council|committee|union|reporters|correspondents|writers|contributors|editors|administrator|admin|webmaster|guest|archive)\b|редакция|новости|агентство|编辑部|編集部|通讯社|新闻|新聞/iu;

/** News agencies, by folded name: they sign stories like people do. */
const AGENCIES = new Set(
  'ap|the associated press|associated press|reuters|thomson reuters|afp|agence france presse|agence france-presse|dpa|dpa-afx|apa|sda|keystone-sda|kna|epd|sid|ansa|efe|europa press|lusa|anp|belga|tt|ntb|ritzau|stt|pap|ctk|čtk|mti|tass|тасс|interfax|интерфакс|ria novosti|риа новости|xinhua|新华社|kyodo|共同通信|時事通信|yonhap|연합뉴스|pti|ani|ians|aap|bloomberg|upi|cp|the canadian press|canadian press|pa|pa media|press association|belta|белта|ukrinform|anadolu|aa|dha|iha|antara|bernama|mena|wam|spa|irna|notimex|agencia efe|ats|agi|adnkronos|cnn|bbc|bbc news|press trust of india'.split(
    '|',
  ),
);

export type NameKind = 'Person' | 'Organization';

const MAX_NAMES = 30;
const conjunctions = new Map<string, string>();

/** The word that joins the last of a list in a language, from the runtime's data: "and", "und", "y". */
function conjunctionOf(language: string): string {
  let word = conjunctions.get(language);
  if (word === undefined) {
    word = '';
    try {
      const parts = new Intl.ListFormat(language, { type: 'conjunction' }).formatToParts(['A', 'B']);
      word = parts.find(({ type }) => type === 'literal')?.value.trim() ?? '';
    } catch {
      // A tag that is no language joins nothing.
    }
    conjunctions.set(language, word);
  }
  return word;
}

/** Names in a byline, in its order. `loose`: the text is a visible line, of which only what looks like a name counts. */
export function readNames(text: string, languages: readonly string[], loose = false): string[] {
  let rest = text.trim();
  if (rest === '' || rest.length > 600) return [];
  rest = rest.replace(/https?:\/\/\S+|\S+@\S+\.\S+|(?:^|\s)@\w+/g, ' ');
  for (let i = 0; i < 3; i++) {
    const shorter = rest.replace(LEAD_IN, '').replace(/^[\s:,.|•·–—\-●/]+/u, '');
    if (shorter === rest || shorter === '') break;
    rest = shorter;
  }
  if (loose) rest = rest.replace(LABEL, '');
  const words = new Set(['and', ...languages.map(conjunctionOf)]);
  words.delete('');
  const joints = [...words].filter((word) => /^\p{L}+$/u.test(word)).map((word) => `\\s${word}\\s`);
  const parts = rest
    .replace(IN_BRACKETS, ' ')
    .split(new RegExp(`\\s*(?:[,;|•·／/、&+]|\\s[–—-]\\s|${joints.join('|')})\\s*`, 'iu'));
  const names: string[] = [];
  for (const part of parts.slice(0, MAX_NAMES * 2)) {
    const name = cleanName(part, loose);
    if (name !== undefined && !names.includes(name)) names.push(name);
    else if (loose && name === undefined && names.length > 0) break;
    if (names.length >= MAX_NAMES) break;
  }
  return names;
}

/** One name without lead-in and tail; undefined where it is none. */
export function cleanName(text: string, loose = false): string | undefined {
  let name = text.trim().replace(LEAD_IN, '').replace(TAIL, '');
  name = name.replace(/^[\s:,.|•·–—\-●/"“”]+|[\s:,|•·–—\-●/"“”]+$/gu, '').replace(/\s+/g, ' ');
  if (name === '' || name.length > 80 || name.length < 2) return undefined;
  if (/^(?:https?:|www\.|@|\d)|[<>{}=\\]|\.(?:com|html?)\//i.test(name)) return undefined;
  const words = name.split(' ');
  if (words.length > 7) return undefined;
  if (words.some((word) => ROLES.has(word.toLowerCase().replace(/[.,:]/g, ''))) && !AGENCIES.has(name.toLowerCase())) {
    // "News Staff" and "Staff Reporters" sign for an agency; a lone role is nobody.
    if (loose || words.length < 2 || !ORGANISATIONS.test(name)) return undefined;
  }
  if (loose && !looksLikeName(words)) return undefined;
  return name;
}

/** Two to five words that begin with capitals, particles aside; any short text in scripts without case. */
function looksLikeName(words: readonly string[]): boolean {
  const text = words.join(' ');
  if (/\d|[!?:%]/.test(text)) return false;
  if (!/\p{Lu}|\p{Ll}/u.test(text)) return text.length >= 2 && text.length <= 20;
  const capital = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  const particles = words.filter((word) =>
    /^(?:de|da|do|dos|das|del|della|di|van|von|der|den|ter|zu|la|le|el|al|bin|ibn|y|e|du|af|av)$/i.test(word),
  ).length;
  return (
    words.length <= 6 && capital >= 1 && capital + particles >= words.length && (words.length > 1 || text.length >= 3)
  );
}

export function kindOfName(name: string, siteNames: readonly string[]): NameKind {
  const folded = name.toLowerCase();
  if (AGENCIES.has(folded) || siteNames.some((site) => site.toLowerCase() === folded)) return 'Organization';
  if (/\.(?:com|org|net|de|at|ch|fr|it|es|uk|eu|ru|by|pl|nl|be|info)$/i.test(name)) return 'Organization';
  return ORGANISATIONS.test(name) ? 'Organization' : 'Person';
}
