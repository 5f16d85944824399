/**
 * The links by which a page files its article: `rel="category tag"` is a category, `rel="tag"` a keyword. In: the
 * witnesses and where the article stands. Out: their texts, in the page's order. Never: those of other articles, which
 * stand further away or in boxes of their own.
 */
import { type ArticlePlace, nearness, Surroundings } from './date/place.js';
import type { Element } from './tree.js';
import { visibleText } from './visible.js';
import type { Witnesses } from './witnesses.js';

export interface Filing {
  readonly categories: readonly string[];
  readonly tags: readonly string[];
}

/** Nodes between two links of one list, at most. */
const LIST_GAP = 15;
/** A list that stands less near than this share of the nearest one is another article's. */
const AS_NEAR = 0.7;
const MAX_LINKS = 60;
/** Some content systems call the links of their teasers tags. */
const READ_MORE =
  /^(?:read (?:more|on)|continue reading|weiterlesen|mehr (?:über|zu)|lire la suite|en savoir plus|leer más|seguir leyendo|leggi (?:tutto|di più)|lees (?:meer|verder)|läs mer|les mer|læs mere|lue lisää|czytaj (?:więcej|dalej)|číst dále|читать далее|подробнее)(?!\p{L})/iu;

export function readFiling({ relatedLinks }: Witnesses, place: ArticlePlace): Filing {
  const around = new Surroundings(place);
  const read = (wanted: (rel: readonly string[]) => boolean): string[] => {
    const lists: { links: Element[]; near: number; room: number }[] = [];
    for (const link of relatedLinks) {
      if (!wanted(link.attribs.rel!.toLowerCase().split(/\s+/))) continue;
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
  const isCategory = (rel: readonly string[]): boolean => rel.includes('category');
  return { categories: read(isCategory), tags: read((rel) => rel.includes('tag') && !isCategory(rel)) };
}
