/**
 * The pages of one article → one draft, as a reader who turns them sees it. In: the draft of its first page and those of
 * the further ones, in their order. Out: one draft, from which a site profile and a record are made as from any other.
 * Pure: the same drafts give the same draft, whether they come from the wire or from an archive.
 */
import type { ArticleFields } from './article.js';
import { assemble } from './assemble.js';
import type { Block, PageDraft } from './page.js';

export interface FurtherPage {
  readonly draft: PageDraft;
  /** It shows the article whole: the body is its alone. */
  readonly isWhole?: boolean | undefined;
}

/** A line that only leads to another page of the article ("Read on: the second part") is no longer, in characters. */
const MAX_LEADING_ON = 80;
/** Share of the text that must stand on other pages for a page to bring nothing of its own. */
const REPEATED = 0.8;
/** Characters of a headline behind the article's own: "(page 2 of 3)". */
const MAX_PAGE_MARK = 25;

/** `Page 2 of 3`, `Seite 2/3:`, `第2页`, `2/3`: a line that counts the pages. Another number is another thing. */
const PAGE_WORD =
  'page|seite|p[áa]gina|pag|strana|stránka|strona|str|side|sida|sayfa|oldal|sivu|страница|стр|сторінка|第|صفحة|עמוד';
const PAGE_MARK = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:(?:${PAGE_WORD})\\.?\\s*(\\d{1,3})|(\\d{1,3})(?=\\s*/))(?:\\s*(?:/|\\p{L}{1,6})\\s*\\d{0,3})?[^\\p{L}\\p{N}]*$`,
  'iu',
);

const OF_BODY = ['articleBody', 'articleHtml', 'citation', 'wordCount'] as const satisfies (keyof ArticleFields)[];

export function joinPages(first: PageDraft, further: readonly FurtherPage[]): PageDraft {
  if (further.length === 0) return first;
  const whole = further.find(({ isWhole }) => isWhole);
  const drafts = whole ? [whole.draft] : [first, ...further.map(({ draft }) => draft)];
  const all = [first, ...further.map(({ draft }) => draft)];
  const parts = further.map(({ draft }) => draft.url);
  const blocks = inOneOrder(withoutTurning(withoutRepeated(drafts, first.fields), [first.url, ...parts]));
  const body = assemble(blocks, first.url, ...parts);
  const fields = { ...first.fields };
  const provenance = { ...first.provenance };
  if (body) {
    for (const name of OF_BODY) delete fields[name];
    Object.assign(fields, body);
    for (const name of OF_BODY) {
      const from = drafts.find((draft) => draft.provenance[name])?.provenance[name];
      if (fields[name] !== undefined && from) provenance[name] = from;
      else delete provenance[name];
    }
  }
  for (const name of ['image', 'video'] as const) {
    const seen = new Map<string, unknown>();
    for (const draft of all)
      for (const each of draft.fields[name] ?? []) if (!seen.has(each.url)) seen.set(each.url, each);
    const from = all.find((draft) => draft.fields[name])?.provenance[name];
    if (seen.size === 0 || !from) continue;
    fields[name] = [...seen.values()] as never;
    provenance[name] = from;
  }
  const entries = drafts.flatMap((draft) => draft.fields.liveBlogUpdate ?? []);
  if (entries.length > 0) {
    fields.liveBlogUpdate = entries;
    provenance.liveBlogUpdate = drafts.find((draft) => draft.fields.liveBlogUpdate)!.provenance.liveBlogUpdate!;
  }
  // The first page of a paid article is often free.
  const paid = all.find((draft) => draft.fields.isAccessibleForFree === false);
  if (paid) {
    fields.isAccessibleForFree = false;
    provenance.isAccessibleForFree = paid.provenance.isAccessibleForFree!;
  }
  return {
    ...first,
    parts,
    fields,
    provenance,
    blocks,
    // One article, one witness: what its pages share is not what the site's pages share.
    evidence: {
      ...first.evidence,
      fingerprints: [...new Set(all.flatMap(({ evidence }) => evidence.fingerprints))],
      places: Object.assign({}, ...all.map(({ evidence }) => evidence.places).reverse()),
    },
  };
}

/** Whether a page says that it is one of the article's: by its canonical URL, or by its headline where no date contradicts. */
export function isSameArticle(first: PageDraft, page: PageDraft, keyOf: (page: PageDraft) => string): boolean {
  if (keyOf(page) === keyOf(first)) return true;
  const [a, b] = [first.fields.datePublished, page.fields.datePublished];
  if (a !== undefined && b !== undefined && a.slice(0, 10) !== b.slice(0, 10)) return false;
  const headline = lettersOf(first.fields.headline ?? '');
  if (headline === '') return false;
  const said = [page.fields.headline ?? '', ...page.headings.map(({ text }) => text)].map(lettersOf);
  return said.some((text) => {
    if (text === headline) return true;
    const rest = text.startsWith(headline) ? text.slice(headline.length) : undefined;
    return rest !== undefined && rest.length <= MAX_PAGE_MARK && /\d/.test(rest);
  });
}

/** Whether a page says nothing that the pages before do not say: the same page under another address, or its comments. */
export function bringsNothing(earlier: readonly PageDraft[], { blocks, fields }: PageDraft): boolean {
  const known = new Set(earlier.flatMap((draft) => draft.blocks.filter(({ kept }) => kept).map(markOf)));
  const pictures = new Set(earlier.flatMap((draft) => draft.fields.image ?? []).map(({ url }) => url));
  const kept = blocks.filter((block) => block.kept && block.text !== '');
  if (kept.length === 0) return !(fields.image ?? []).some(({ url }) => !pictures.has(url));
  return lengthOf(kept.filter((block) => known.has(markOf(block)))) > lengthOf(kept) * REPEATED;
}

/** Whether a page that calls itself the whole article has the text of the first page, and more. */
export function holdsWhole(first: PageDraft, page: PageDraft): boolean {
  const [mine, others] = [first, page].map(({ blocks }) => blocks.filter(({ kept, text }) => kept && text !== ''));
  const known = new Set(others!.map(markOf));
  const shared = lengthOf(mine!.filter((block) => known.has(markOf(block))));
  return shared > lengthOf(mine!) * REPEATED && lengthOf(others!) > lengthOf(mine!);
}

/** Each page's blocks; what a page repeats of those before at its top, or of the one behind at its end, stands once. */
function withoutRepeated(drafts: readonly PageDraft[], { headline, alternativeHeadline, description }: ArticleFields) {
  const seen = new Set<string>();
  const top = new Set([headline, alternativeHeadline, description].flatMap((text) => (text ? [lettersOf(text)] : [])));
  const pages = drafts.map(({ blocks }, index) => {
    const isRepeated = (block: Block): boolean =>
      seen.has(markOf(block)) || (block.text !== '' && top.has(lettersOf(block.text)));
    const start = index === 0 ? 0 : blocks.findIndex((block) => block.kept && !isRepeated(block));
    const own = start < 0 ? [] : blocks.filter((block, at) => at >= start || (!block.kept && !isRepeated(block)));
    for (const block of blocks) seen.add(markOf(block));
    return own;
  });
  return pages.map((blocks, index) => {
    const behind = new Set(pages[index + 1]?.map(markOf));
    let end = blocks.length;
    while (end > 0 && (!blocks[end - 1]!.kept || behind.has(markOf(blocks[end - 1]!)))) end--;
    // Blocks in doubt stay: what the site's other pages tell may bring them back.
    return blocks.filter((block, at) => at < end || !behind.has(markOf(block)));
  });
}

/** Without lines that help to turn pages: they lead to one that stands here, or say which one this is. */
function withoutTurning(pages: readonly (readonly Block[])[], urls: readonly string[]) {
  const links = urls.map((url) => `<a href="${url.replaceAll('&', '&amp;')}"`);
  return pages.map((blocks, index) =>
    blocks.filter(({ text, html }) => {
      if (text === '' || text.length > MAX_LEADING_ON) return true;
      const [, worded, counted] = PAGE_MARK.exec(text) ?? [];
      return Number(worded ?? counted) !== index + 1 && !links.some((link) => html.includes(link));
    }),
  );
}

/** As if they stood on one page: places, lists and the rows of tables count on. */
function inOneOrder(pages: readonly (readonly Block[])[]): Block[] {
  let shift = 0;
  return pages.flatMap((blocks) => {
    const from = shift;
    let last = shift;
    const moved = blocks.map((block): Block => {
      const { order, group } = block;
      last = Math.max(last, order + from, (group?.order ?? 0) + from, group?.row === undefined ? 0 : group.row + from);
      return { ...block, order: order + from, ...(group && { group: movedBy(from, group) }) };
    });
    shift = last + 1;
    return moved;
  });
}

function movedBy(from: number, group: NonNullable<Block['group']>): NonNullable<Block['group']> {
  const { order, row, outer } = group;
  return {
    ...group,
    // A list that is none in the markup is counted below zero.
    order: order + (order < 0 ? -from : from),
    ...(row !== undefined && { row: row + from }),
    ...(outer && { outer: movedBy(from, outer) }),
  };
}

/** Two blocks with one mark say the same. */
const markOf = ({ fingerprint, html }: Block): string => (fingerprint === '' ? html : fingerprint);
const lengthOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { text }) => sum + text.length, 0);
const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
