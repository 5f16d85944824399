// What a TypeScript program that has tearsheet as a dependency may rely on; compiled and run against the packed package.
import { readFileSync } from 'node:fs';
import { type Article, type CrawlSummary, crawl, extract } from 'tearsheet';

const record = await extract(readFileSync(process.argv[2]!, 'utf8'), { url: 'https://example.org/story' });
if ('outcome' in record) throw new Error(`no article: ${record.reason}`);
const article: Article = record;
if (article.headline !== 'Bridge stays open through the winter') throw new Error(`headline: ${article.headline}`);

// No such port on loopback: the crawl ends by itself and says why.
const run = crawl({ seeds: ['http://127.0.0.1:9/'], delayMs: 0, retries: 0 });
let step = await run.next();
while (!step.done) step = await run.next();
const summary: CrawlSummary = step.value;
if (summary.articles !== 0) throw new Error('an article out of nothing');
console.log(article.datePublished, summary.outcomes);
