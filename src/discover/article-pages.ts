/**
 * The further pages of an article that is split over several. In: a page's elements and its URL. Out: which other
 * pages it names as its own, by two witnesses together: an address that differs from the page's own only by the number
 * of a page, and a link that says so (`rel=next`, a number, "next" in some language). Never: decides that they are the
 * same article (crawl/article-pages.ts reads them), takes the pages of a listing of comments.
 */
import { normalizeUrl } from '../url.js';
import { type TreeNode, textOf } from './links.js';

export interface ArticlePages {
  /** Number → address of each further page that is named, in their order. */
  readonly further: readonly { readonly number: number; readonly url: string }[];
  /** The page that goes on. */
  readonly next?: string;
  /** All of the article on one page. */
  readonly whole?: string;
  /** Where the article begins; absent on its first page. */
  readonly first?: string;
}

/** Higher numbers in an address are no pages of an article, but ids, years and prices. */
const MAX_NUMBER = 200;
/** Links that are looked at closer, and steps up from one. */
const MAX_CANDIDATES = 500;
const MAX_STEPS = 40;

/** Names of a page and of its parameter, as far as sites use them in addresses. */
const WORD =
  'page|pages|pg|p|s|seite|pagina|pag|strana|str|stranica|strona|side|sida|sayfa|part|parte|partie|teil|pagenum';
const PARAMETER = new RegExp(
  `^_?(?:${WORD}|paged|pageno|page_no|pagenumber|page_number|showpage|currentpage|artpage)$`,
  'i',
);
/** `/story/2`, `/story/page/2`, `/story/seite-2`, `/story/p2.html`; the word may be the article's own (`/story/part/2`). */
const IN_SEGMENT = ['.+?', '.+'].map(
  (stem) => new RegExp(`^(${stem})/((?:${WORD})?[/_-]?)(\\d{1,3})(\\.[a-z]{2,5})?$`, 'i'),
);
/** `/story-2.html`, `/story_p2.html`, `/story,2`, `/story-seite-2` */
const AT_END = ['.*?[^/]', '.*[^/]'].map(
  (stem) => new RegExp(`^(${stem})([-_,.](?:(?:${WORD})[-_,]?)?)(\\d{1,3})(\\.[a-z]{2,5})?$`, 'i'),
);
const EXTENSION = /(?:\/(?:index|default))?\.(?:html?|php\d?|aspx?|jsp|cfm|shtml)$/i;

/** In an address: all of it, as one page. */
const ALL =
  'all|alle|alles|full|single|singlepage|single-page|onepage|one-page|viewall|view-all|complete|komplett|komplettansicht|gesamt|tout|toutes|todo|todas|tutto|vse|hele';
const WHOLE_SEGMENT = new RegExp(`^(.+)[/,_-](?:(?:${WORD})[-_/,]?)?(?:${ALL})(\\.[a-z]{2,5})?$`, 'i');
const WHOLE_VALUE = new RegExp(`^(?:${ALL})$`, 'i');
const WHOLE_PARAMETER = /^(?:pagewanted|view|show|mode|seite|page|p|pagina)$/i;
const WHOLE_SWITCH = /^(?:single|singlepage|onepage|viewall|showall|full|komplett|all)$/i;

/** `2`, `[2]`, `Page 2`, `Seite 2: What came then`, `2/3` */
const NUMBER_LABEL = /^[^\p{L}\p{N}]{0,3}(?:\p{L}{1,9}\.?\s{0,2})?(\d{1,3})(?![\p{L}\p{N}])/u;
const MAX_LABEL = 120;
/** "Next", "go on reading", as short links say it. */
const NEXT_LABEL =
  /^[^\p{L}]{0,4}(?:(?:the )?next|continue|read on|weiter|n(?:ä|ae)chste|suivante?|page suivante|lire la suite|siguiente|p[aá]gina siguiente|pr[oó]xim[ao]|seguinte|avanti|successiva|prossima|continua|volgende|vervolg|далее|дальше|след|следующая|вперёд|наступна|далі|dal(?:ej|š)|nast(?:ę|e)p|další|næste|n(?:ä|e)sta|neste|seuraava|következ|sonraki|devam|επόμεν|次|続き|下一|下页|后页|다음|التالي|הבא|अगल|ถัดไป|tiếp|trang sau)/iu;
const MAX_NEXT_LABEL = 40;
const ARROW_LABEL = /^[\s>›»→⟩▶]{1,4}$/u;
const PREVIOUS_LABEL =
  /^[^\p{L}]{0,4}(?:prev|back|zur(?:ü|ue)ck|vorherige|pr[ée]c[ée]dent|anterior|indietro|precedente|vorige|назад|пред|попередн|poprzedni|předchoz|forrige|f(?:ö|o)reg|edellinen|önceki|προηγ|前|上一|이전|السابق|הקודם|पिछल|ก่อนหน้า|trước)/iu;

/** A link as written that may lead to a page of this article: `?page=2`, `2/`; one that ends in a number, or names all. */
const RELATIVE = /^(?:\?|[^/:?#]{1,20}\/?$)/;
const ENDS_IN_NUMBER = /\d(?:\.[a-z]{2,5})?\/?(?:$|[?#&])/i;
const NAMES_WHOLE = new RegExp(`[/?&=,_-](?:${ALL}|showall)(?:[/=&.#]|$)`, 'i');

/** Names of what holds comments. */
const COMMENTS = /comment|kommentar|coment[aá]rio|\bcoms?\b|reacties|disqus/i;

/** A reading of an address as the page of something. */
interface Form {
  /** Where on the address the number stands, and how: pages of one article have the same. */
  readonly kind: string;
  /** The address without it, folded to be compared; and as it may be asked for. */
  readonly stem: string;
  readonly beginning: string;
  readonly number: number;
}

export function readArticlePages(
  elements: readonly TreeNode[],
  { url }: { readonly url: string },
): ArticlePages | undefined {
  const self = normalizeUrl(url);
  if (self === undefined) return undefined;
  const own = formsOf(self);
  const bare = fold(self);
  const showsWhole = wholeOf(self);
  const isFurther = own.length > 0 || showsWhole !== undefined;
  const names = [bare, ...own.map(({ stem }) => stem), ...(showsWhole === undefined ? [] : [showsWhole])].map(nameIn);
  let base = url;
  let hasBase = false;
  const further = new Map<number, string>();
  let next: string | undefined;
  let whole: string | undefined;
  let first: string | undefined;
  /** Set once a link says that this is a further page. */
  let beginning: string | undefined;
  let candidates = 0;

  const read = (node: TreeNode, href: string, rel: string): void => {
    if (rel.includes('nofollow')) return;
    const target = normalizeUrl(href, base);
    if (target === undefined || target === self) return;
    const folded = fold(target);
    const all = wholeOf(target);
    const isWhole = all !== undefined && (all === bare || own.some(({ stem }) => stem === all));
    const from = own.find((form) => form.number > 1 && form.stem === folded);
    const forms = formsOf(target).flatMap((form) => {
      const mine = own.find(({ kind, stem }) => form.kind === kind && form.stem === stem);
      return mine || form.stem === bare ? [{ ...form, mine }] : [];
    });
    if ((forms.length === 0 && !isWhole && !from && folded !== showsWhole) || isInComments(node)) return;
    const label = node.name === 'link' ? '' : (textOf(node) ?? node.attribs?.['aria-label'] ?? '');
    const labelled = label.length <= MAX_LABEL ? Number(NUMBER_LABEL.exec(label)?.[1] ?? 0) : 0;
    const saysNext =
      /\bnext\b/.test(rel) || ARROW_LABEL.test(label) || (label.length <= MAX_NEXT_LABEL && NEXT_LABEL.test(label));
    const saysEarlier =
      /\b(?:prev|previous|first|start|canonical)\b/.test(rel) ||
      labelled === 1 ||
      (label.length <= MAX_NEXT_LABEL && PREVIOUS_LABEL.test(label));
    for (const { kind, stem, number, mine } of forms) {
      // On the first page nothing is left to be taken away, unless it has a number itself.
      const isFirst = bare === stem;
      // Counted from 0, as by some: `?page=1` is the second page.
      const fromZero = kind.startsWith('?') ? 1 : 0;
      if (labelled > 1 && (labelled === number || labelled === number + fromZero) && !further.has(labelled))
        further.set(labelled, target);
      const before = mine?.number ?? 1;
      if (saysNext && (number === before + 1 || (isFirst && fromZero > 0 && number === 1))) next ??= target;
      if (!mine || number >= mine.number) continue;
      if (saysEarlier || labelled === number) beginning ??= mine.beginning;
      if (number === 1) first ??= target;
    }
    if (folded === showsWhole) first ??= beginning = target;
    if (from) {
      if (saysEarlier) beginning ??= from.beginning;
      first = target;
    }
    if (isWhole) whole ??= target;
  };

  for (const node of elements) {
    const { name, attribs } = node;
    if (!attribs || (name !== 'a' && name !== 'area' && name !== 'link' && name !== 'base')) continue;
    const href = attribs.href?.trim();
    if (!href) continue;
    if (name === 'base') {
      if (!hasBase) base = normalizeUrl(href, url) ?? base;
      hasBase = true;
      continue;
    }
    const rel = attribs.rel?.toLowerCase() ?? '';
    if (name === 'link' && !/\b(?:next|prev|previous|canonical)\b/.test(rel)) continue;
    // Most links of a page are none of its pages: resolving them all would take longer than all the rest.
    if (!RELATIVE.test(href) && !hasOneOf(names, href)) continue;
    if (!isFurther && !ENDS_IN_NUMBER.test(href) && !NAMES_WHOLE.test(href)) continue;
    if (++candidates > MAX_CANDIDATES) break;
    read(node, href, rel);
  }

  const pages = [...further].map(([number, page]) => ({ number, url: page })).sort((a, b) => a.number - b.number);
  const hasPages = pages.length > 0 || next !== undefined;
  if (!hasPages && beginning === undefined) return undefined;
  return {
    further: pages,
    ...(next !== undefined && { next }),
    ...(whole !== undefined && { whole }),
    ...(beginning !== undefined && { first: first ?? beginning }),
  };
}

/** No closure for each link, nor what it would keep for each element. */
function hasOneOf(parts: readonly string[], text: string): boolean {
  for (const part of parts) if (text.includes(part)) return true;
  return false;
}

function formsOf(url: string): Form[] {
  const { origin, path, query } = partsOf(url);
  const forms: Form[] = [];
  const put = (kind: string, stem: string, digits: string): void => {
    const number = Number(digits);
    if (number >= 1 && number <= MAX_NUMBER) forms.push({ kind, stem: fold(stem), beginning: stem, number });
  };
  const pairs = query === '' ? [] : query.split('&');
  pairs.forEach((pair, at) => {
    const [name = '', value = ''] = pair.split('=');
    if (!PARAMETER.test(name) || !/^\d{1,3}$/.test(value)) return;
    const rest = pairs.filter((_, index) => index !== at).join('&');
    put(`?${name}`, origin + path + (rest === '' ? '' : `?${rest}`), value);
  });
  const search = query === '' ? '' : `?${query}`;
  const plain = path.replace(/\/$/, '');
  for (const pattern of [...IN_SEGMENT, ...AT_END]) {
    const [, stem, word, digits, extension = ''] = pattern.exec(plain) ?? [];
    if (stem === undefined || digits === undefined) continue;
    put(`${plain[stem.length]}${word}#${extension}`, origin + stem + extension + search, digits);
  }
  return forms;
}

/** The article that the address shows as a whole, folded. */
function wholeOf(url: string): string | undefined {
  const { origin, path, query } = partsOf(url);
  const pairs = query === '' ? [] : query.split('&');
  const at = pairs.findIndex((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return (
      (WHOLE_PARAMETER.test(name) && WHOLE_VALUE.test(value)) ||
      (WHOLE_SWITCH.test(name) && /^(?:1|true|yes|y|)$/.test(value))
    );
  });
  if (at >= 0) {
    const rest = pairs.filter((_, index) => index !== at).join('&');
    return fold(origin + path + (rest === '' ? '' : `?${rest}`));
  }
  const [, stem, extension = ''] = WHOLE_SEGMENT.exec(path.replace(/\/$/, '')) ?? [];
  return stem === undefined ? undefined : fold(origin + stem + extension + (query === '' ? '' : `?${query}`));
}

function partsOf(url: string): { origin: string; path: string; query: string } {
  const slash = url.indexOf('/', 8);
  const question = url.indexOf('?', slash);
  return {
    origin: url.slice(0, slash),
    path: url.slice(slash, question < 0 ? undefined : question),
    query: question < 0 ? '' : url.slice(question + 1),
  };
}

/** What a server does not tell apart, and `story.html` as `story`: its pages may be `story/2`. */
function fold(url: string): string {
  const { origin, path, query } = partsOf(url);
  const kept = query.split('&').filter((pair) => pair !== '' && !/^(?:page|p|seite|pagina)=[01]$/i.test(pair));
  return (
    origin.replace(/^https?:\/\/(?:www\.)?/, '') +
    path.replace(EXTENSION, '').replace(/\/+$/, '') +
    (kept.length === 0 ? '' : `?${kept.sort().join('&')}`)
  );
}

/** The part of an address that all pages of its article have, as a link may be written; empty where it may be written otherwise. */
function nameIn(folded: string): string {
  const path = folded.split('?', 1)[0]!;
  const name = path.slice(path.indexOf('/') + 1);
  const last = path.includes('/') ? name.slice(name.lastIndexOf('/') + 1) : '';
  return last.includes('%') ? '' : last;
}

/** A pager there turns the pages of the comments. */
function isInComments(node: TreeNode): boolean {
  let steps = 0;
  for (let at: TreeNode | null | undefined = node; at && steps < MAX_STEPS; at = at.parent, steps++) {
    const { id, class: classes } = at.attribs ?? {};
    if (COMMENTS.test(`${id ?? ''} ${classes ?? ''}`) && at.name !== 'body') return true;
  }
  return false;
}
