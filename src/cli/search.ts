/** `tearsheet search`: articles of an archive by their words, the best first. */
import { jsonLine } from '../json-line.js';
import { SearchIndex } from '../search/search.js';
import { readQuery } from '../search/words.js';
import { openForReading } from './archive-folder.js';
import { type ExitCode, UsageError } from './exit.js';
import { counted } from './figures.js';
import { openOutput } from './output.js';
import { readSelection, type SelectionOptions } from './selection.js';
import { paintFor } from './telling.js';
import { escapeInline, escapeJson, escapeText } from './terminal.js';

export interface SearchOptions extends SelectionOptions {
  readonly limit?: string;
  readonly allRevisions?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function searchCommand(
  folder: string,
  words: readonly string[],
  options: SearchOptions,
): Promise<ExitCode> {
  const selection = await readSelection(options);
  const query = words.join(' ');
  if (readQuery(query).match === undefined) throw new UsageError('search: name at least one word to look for');
  const limit = readLimit(options.limit);
  const archive = openForReading(folder);
  const say = (text: string): void => {
    if (!options.quiet) process.stderr.write(`${escapeText(text)}\n`);
  };
  let index: SearchIndex | undefined;
  try {
    let indexed = 0;
    index = await SearchIndex.open(archive.reader, (records) => {
      indexed = records;
    });
    if (indexed > 0) say(`${counted(indexed, 'record')} added to the index`);
    const output = openOutput(undefined);
    const paint = paintFor(process.stdout);
    let hits = 0;
    for await (const { record, score, snippet } of index.search(query, {
      selection,
      limit,
      allRevisions: options.allRevisions ?? false,
    })) {
      hits++;
      const { article, number } = record;
      if (options.json) {
        const { url, headline, author, datePublished, articleSection, inLanguage, id } = article;
        const line = jsonLine({
          ...{ url, headline, author: author?.map(({ name }) => name), datePublished, articleSection, inLanguage, id },
          revision: number,
          score: Math.round(score * 1e4) / 1e4,
          snippet: snippet.map(({ text }) => text).join(''),
          hits: snippet.filter(({ isHit }) => isHit).map(({ text }) => text),
        });
        await output.write(output.isTerminal ? escapeJson(line) : line);
        continue;
      }
      if (hits > 1) await output.write('');
      const day = article.datePublished === undefined ? '' : `${escapeText(article.datePublished.slice(0, 10))}  `;
      await output.write(`${day}${paint('bold', escapeText(article.headline ?? '(no headline)'))}`);
      await output.write(escapeText(article.url));
      if (snippet.length > 0)
        await output.write(
          `  ${snippet.map(({ text, isHit }) => (isHit ? paint(['bold', 'yellow'], escapeInline(text)) : escapeInline(text))).join('')}`,
        );
    }
    await output.end();
    if (hits === 0) say(`nothing found in ${folder}`);
    else if (hits === limit) say(`the best ${limit}; --limit shows more`);
  } catch (error) {
    archive.finish();
    throw error;
  } finally {
    index?.close();
  }
  return archive.finish();
}

function readLimit(text = '20'): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new UsageError(`--limit: expected a number of hits such as 20, got ${JSON.stringify(text)}`);
}
