/**
 * Sections that the page's address names and a link of the page spells out: "/leben/glauben-wissen/…" under the menu's
 * "Leben" and "Glauben & Wissen". In: the page's address and its elements. Out: the links' texts, outermost first.
 * Never: a word of the address that no link says, accounts, languages, kinds of pages.
 */
import { isUrl } from '../../url.js';
import type { Document } from '../page/tree.js';
import { visibleText } from '../page/visible.js';
import { fold } from '../text/words.js';

const MAX_NAME = 40;
/** Shorter parts of an address are languages and countries. */
const MIN_PART = 3;
/** Signs that a section's address may have beside those of the page's: `www.`, `.html`. */
const BESIDE = 10;
/** A name that says the first words of a part alone ("Banken" for "banken-finanzen"). */
const MIN_BEGINNING = 5;
const LOCALE = /^[a-z]{2}[-_][a-z]{2}$/i;
/** What all pages of a kind stand under. */
const KIND =
  /^(?:articles?|artikel|articulos?|articoli|posts?|blogs?|stor(?:y|ies)|archives?|archiv|pages?|home|products?|forums?|index|users?|licen[sc]es?|sites?|sections?|contents?|details?|status|tags?|topics?|permalink)$/i;
/** Of a paper that is no part. */
const NEWS =
  /^(?:(?:latest |all )?news|nachrichten|aktuell(?:es)?|meldungen|actu(?:alit[ée]s?)?|noticias|notícias|actualidad|notizie|nieuws|nyheter|nyheder|uutiset|wiadomości|zprávy|aktuality|správy|hírek|știri|vijesti|vesti|новости|новини|вести|haber(?:ler)?|berita|tin tức|ειδήσεις|ニュース|新闻|新聞|뉴스|أخبار|اخبار|חדשות|समाचार|ข่าว)$/iu;

export function addressSections(document: Document, pageUrl: string): string[] {
  const page = isUrl(pageUrl) ? new URL(pageUrl) : undefined;
  const parts = page?.pathname.split('/').filter((part) => part !== '') ?? [];
  if (!page || parts.length < 2) return [];
  /** Address of a section → its depth. */
  const depths = new Map<string, number>();
  for (const [i, part] of parts.slice(0, -1).entries())
    if (part.length >= MIN_PART && !LOCALE.test(part) && !KIND.test(part))
      depths.set(`/${parts.slice(0, i + 1).join('/')}`, i);
  if (depths.size === 0) return [];
  const host = withoutWww(page.host);
  // Nearly all links lead to articles, whose addresses are longer.
  const longest = page.origin.length + page.pathname.length - parts.at(-1)!.length + BESIDE;
  const names: string[] = [];
  for (const element of document.elements) {
    const { href } = element.attribs;
    if (element.tag.name !== 'a' || href === undefined || href.length > longest) continue;
    const depth = depths.get(pathOn(href, host) ?? '');
    if (depth === undefined || names[depth] !== undefined) continue;
    const name = visibleText(element);
    if (name.length <= MAX_NAME && spellsOut(name, decoded(parts[depth]!))) names[depth] = name;
  }
  const found = names.filter((name) => name !== undefined);
  return found.every((name) => NEWS.test(name)) ? [] : found;
}

const withoutWww = (host: string): string => host.replace(/^www\./, '');

/** The path of an address on the same host, without what may stand at its end; undefined for others. */
function pathOn(href: string, host: string): string | undefined {
  let path = href;
  if (!href.startsWith('/') || href.startsWith('//')) {
    if (!/^(?:https?:)?\/\//i.test(href) || !href.includes(host)) return undefined;
    const url = isUrl(href, 'https://a.invalid') ? new URL(href, 'https://a.invalid') : undefined;
    if (!url || withoutWww(url.host) !== host || url.search !== '') return undefined;
    path = url.pathname;
  }
  return path.replace(/(?:\/|\.html?)$/, '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae' };

/** Letters and digits as addresses have them. */
const bare = (text: string): string =>
  fold(text)
    .replace(/ł/g, 'l')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, '');

function spellsOut(name: string, part: string): boolean {
  // An account is called as in its address.
  if (name === part && /^\p{Ll}/u.test(name)) return false;
  const slug = bare(part);
  return [name, name.toLowerCase().replace(/[äöüåøæ]/g, (letter) => UMLAUTS[letter]!)].some((spelling) => {
    const said = bare(spelling);
    return said === slug || (said.length >= MIN_BEGINNING && slug.startsWith(said) && /[-_]/.test(part));
  });
}
