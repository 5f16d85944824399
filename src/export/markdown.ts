/**
 * Markdown: one file an article, with YAML front matter that static site tools and note takers read. In: records. Out:
 * files. `title` and `date` stand first, under the names that those tools look for; the record's own fields follow.
 */
import type { Article } from '../article.js';
import { articlePath } from './file-name.js';
import type { ExportedFile, ExportSource } from './formats.js';
import { escapeMarkdown, markdownOf, markdownOfText } from './markdown-text.js';

/** The text itself, and what only a machine reads. */
const NOT_IN_FRONT: ReadonlySet<string> = new Set(['@context', 'headline', 'articleBody', 'articleHtml', 'provenance']);

export async function* exportMarkdown({ records, fields }: ExportSource): AsyncIterable<ExportedFile> {
  for await (const record of records())
    yield { path: articlePath(record, 'md'), content: markdownFile(record.article, fields) };
}

export function markdownFile(article: Article, fields?: readonly string[]): string {
  const isWanted = (field: string) => fields === undefined || fields.includes(field);
  const { headline, datePublished, articleHtml, articleBody } = article;
  const front: [string, unknown][] = [];
  if (headline !== undefined && isWanted('headline')) front.push(['title', headline]);
  if (datePublished !== undefined && isWanted('datePublished')) front.push(['date', datePublished]);
  for (const [field, value] of Object.entries(article))
    if (value !== undefined && !NOT_IN_FRONT.has(field) && isWanted(field))
      front.push([field.replace(/^@/, ''), value]);
  const body =
    articleHtml !== undefined && isWanted('articleHtml')
      ? markdownOf(articleHtml)
      : articleBody !== undefined && isWanted('articleBody')
        ? markdownOfText(articleBody)
        : '';
  const title = headline !== undefined && isWanted('headline') ? `# ${escapeMarkdown(headline)}\n\n` : '';
  const head = front.map(([name, value]) => `${name}: ${yaml(value)}\n`).join('');
  return `---\n${head}---\n\n${title}${body}${body === '' ? '' : '\n'}`;
}

/** JSON is YAML, but for characters that YAML wants escaped. */
function yaml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
