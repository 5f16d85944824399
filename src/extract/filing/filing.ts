/**
 * The links by which a page files its article: categories and tags, told by their rel or by their address. In: the
 * witnesses and where the article stands. Out: their texts, in the page's order. Never: those of other articles, which
 * stand further away or in boxes of their own.
 */
import { type ArticlePlace, nearness, nearOrders, Surroundings } from '../date/place.js';
import { type Element, firstFrom } from '../page/tree.js';
import { visibleText } from '../page/visible.js';
import type { Witnesses } from '../witnesses.js';

export interface Filing {
  readonly categories: readonly string[];
  readonly tags: readonly string[];
}

/** Nodes between two links of one list, at most. */
const LIST_GAP = 15;
/** A list that stands less near than this share of the nearest one is another article's. */
const AS_NEAR = 0.7;
const MAX_LINKS = 60;
/** What the surroundings of a link in a menu, a footer or a list of teasers weigh, at most. */
const IN_BOX = 0.5;
/** Some content systems call the links of their teasers tags. */
const READ_MORE =
  /^(?:read (?:more|on)|continue reading|weiterlesen|mehr (?:über|zu)|lire la suite|en savoir plus|leer más|seguir leyendo|leggi (?:tutto|di più)|lees (?:meer|verder)|läs mer|les mer|læs mere|lue lisää|czytaj (?:więcej|dalej)|číst dále|читать далее|подробнее)(?!\p{L})/iu;

/** Addresses of categories: block themes give their links the rel of tags. */
const CATEGORY =
  /\/(?:category|categories|categor[ií]as?|cat[ée]gories?|categorie|kategorien?|kategori[aeoy]?|rubri(?:c|k|que|ka)s?)\/[^/]/i;
/** Addresses of tags, where no rel tells. */
const TAG =
  /\/(?:tags?|keywords?|schlagw(?:o|oe|ö)rte?r?|stichwort|etiquetas?|mots?-cles?|cimke|tagi|stitky|nyckelord|emneord|etiket|avainsana)\/[^/]/i;

export function readFiling(witnesses: Witnesses, place: ArticlePlace): Filing {
  const around = new Surroundings(place);
  const read = (links: readonly Element[]): string[] => {
    const lists: { links: Element[]; near: number; room: number }[] = [];
    for (const link of links) {
      const room = around.weightOf(link);
      const near = nearness(link.order, place) * room;
      const list = lists.at(-1);
      if (list && list.room === room && link.order - list.links.at(-1)!.order <= LIST_GAP) {
        list.links.push(link);
        list.near = Math.max(list.near, near);
      } else lists.push({ links: [link], near, room });
    }
    const nearest = Math.max(...lists.map(({ near }) => near));
    return lists
      .filter(({ near }) => near >= nearest * AS_NEAR)
      .flatMap(({ links }) => links)
      .slice(0, MAX_LINKS)
      .map((link) => visibleText(link).replace(/^#/, ''))
      .filter((text) => !READ_MORE.test(text));
  };
  const ofCategories: Element[] = [];
  const ofTags: Element[] = [];
  for (const link of witnesses.relatedLinks) {
    const { href = '', rel } = link.attribs;
    // Nearly all say what a link is to machines: `nofollow`, `noopener`.
    if (!/category|tag/i.test(rel!)) continue;
    const words = rel!.toLowerCase().split(/\s+/);
    const isTag = words.includes('tag');
    if (words.includes('category') || (isTag && CATEGORY.test(href))) ofCategories.push(link);
    else if (isTag) ofTags.push(link);
  }
  const categories = read(ofCategories);
  const tags = read(ofTags);
  if (tags.length > 0) return { categories, tags };
  const isOwn = (link: Element): boolean => isTagLink(link) && around.weightOf(link) > IN_BOX;
  return { categories, tags: read(aroundBody(witnesses, place).filter(isOwn)) };
}

const isTagLink = ({ tag, attribs: { href, rel } }: Element): boolean =>
  tag.name === 'a' && href !== undefined && rel === undefined && TAG.test(href);

/** Elements under the headline and outside of the text, in which words lead to tags too; over it stand menus. */
function aroundBody({ document: { elements } }: Witnesses, place: ArticlePlace): Element[] {
  const { to } = nearOrders(place);
  const { headline: from = place.bodyStart ?? to, bodyStart = from, bodyEnd = bodyStart } = place;
  const before = elements.slice(firstFrom(elements, from), firstFrom(elements, Math.min(bodyStart, to + 1)));
  const behind = elements.slice(firstFrom(elements, Math.max(bodyEnd + 1, from)), firstFrom(elements, to + 1));
  return [...before, ...behind];
}
