/**
 * CSV (RFC 4180, UTF-8, CRLF) for spreadsheets and data frames. In: records. Out: a line of names, then one line a
 * record. Text from the web never becomes a formula: a cell that a spreadsheet could take for one gets an apostrophe in
 * front, and so does a cell that begins with an apostrophe, so that taking one away gives the text back. No cell holds
 * a control character but tab and line feed.
 */
import type { Article } from '../article.js';
import { withoutControls } from '../control-characters.js';
import type { Bytes, ExportSource } from './formats.js';

type Cell = string | number | boolean | null | undefined;

interface Column {
  readonly name: string;
  /** The record's key that it is drawn from, as `--fields` names it. */
  readonly field: keyof Article;
  readonly of: (article: Article) => Cell;
}

/** Parts in one cell are parted by it; names and keywords that hold it are as they are. */
const BETWEEN = '; ';
const CHUNK_CHARACTERS = 1 << 16;

const list = (values: readonly string[] | undefined): Cell => values?.join(BETWEEN);
const json = (value: unknown): Cell => (value === undefined ? undefined : JSON.stringify(value));
const own = <K extends keyof Article>(
  field: K,
  of: (value: NonNullable<Article[K]>) => Cell,
  name: string = field,
): Column => ({
  name,
  field,
  of: (article) => (article[field] == null ? undefined : of(article[field] as NonNullable<Article[K]>)),
});
const plain = (field: keyof Article, name?: string): Column => own(field, (value) => value as Cell, name);

export const CSV_COLUMNS: readonly Column[] = [
  plain('id'),
  plain('@type', 'type'),
  plain('url'),
  plain('canonicalUrl'),
  plain('headline'),
  plain('alternativeHeadline'),
  plain('description'),
  own('author', (authors) => list(authors.map(({ name }) => name))),
  plain('datePublished'),
  plain('dateModified'),
  own('dateline', ({ place }) => place, 'datelinePlace'),
  own('dateline', ({ date }) => date, 'datelineDate'),
  own('dateline', ({ agency }) => agency, 'datelineAgency'),
  own('articleSection', list),
  own('keywords', list),
  plain('inLanguage'),
  own('publisher', ({ name }) => name),
  plain('articleBody'),
  plain('articleHtml'),
  own('image', json),
  own('video', json),
  own('citation', json),
  own('liveBlogUpdate', json),
  plain('isAccessibleForFree'),
  plain('wordCount'),
  own('capture', ({ fetchedAt }) => fetchedAt, 'fetchedAt'),
  own('capture', ({ status }) => status, 'status'),
  own('capture', ({ finalUrl }) => finalUrl, 'finalUrl'),
  own('capture', ({ payloadDigest }) => payloadDigest, 'payloadDigest'),
  own('capture', ({ warc }) => warc?.file, 'warcFile'),
  own('capture', ({ warc }) => warc?.offset, 'warcOffset'),
  own('capture', ({ warc }) => warc?.length, 'warcLength'),
  own('capture', ({ parts }) => json(parts), 'parts'),
  own('capture', ({ missingParts }) => json(missingParts), 'missingParts'),
  own('revision', ({ number }) => number, 'revision'),
  own('revision', ({ previous }) => previous, 'previous'),
  own('revision', ({ changed }) => list(changed), 'changed'),
  own('revision', ({ replaces }) => replaces, 'replaces'),
  plain('duplicateOf'),
  own('provenance', json),
  plain('schema'),
  plain('extractor'),
  plain('siteProfile'),
];

export async function* exportCsv({ records, fields }: ExportSource): Bytes {
  const columns = fields
    ? fields.flatMap((field) => CSV_COLUMNS.filter((column) => column.field === field))
    : CSV_COLUMNS;
  let chunk = row(columns.map(({ name }) => name));
  for await (const { article } of records()) {
    chunk += row(columns.map(({ of }) => of(article)));
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function row(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * What begins a formula in one spreadsheet or another (OWASP, "CSV Injection"), the full-width forms and blanks before
 * it included; and the apostrophe itself.
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@|%'\uff1d\uff0b\uff0d\uff20]|^[\t\n]/u;

/** Numbers and truth values are not text and stay bare. */
export function csvCell(value: Cell): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return String(value);
  // Records of earlier versions may hold control characters, and a cell has no way to escape one.
  const shown = withoutControls(value);
  const text = FORMULA.test(shown) ? `'${shown}` : shown;
  return /[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
