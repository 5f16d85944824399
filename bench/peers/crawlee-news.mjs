/** Crawlee's CheerioCrawler as its documentation has it: `node crawlee-news.mjs PEERS SEEDS OUTPUT [follow]`; `follow`: the links of all pages. */
import { createWriteStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [peers, seeds, output, follow] = process.argv.slice(2);
const require = createRequire(join(peers, 'package.json'));
const { CheerioCrawler, Configuration, log } = await import(pathToFileURL(require.resolve('crawlee')).href).then(
  (module) => module.default ?? module,
);
log.setLevel(log.LEVELS.ERROR);
const file = createWriteStream(output);
const crawler = new CheerioCrawler(
  {
    maxRequestRetries: 0,
    async requestHandler({ request, $, enqueueLinks }) {
      const isFront = new URL(request.url).pathname === '/';
      if (isFront || follow) await enqueueLinks({ strategy: 'same-origin' });
      if (isFront) return;
      const text = $('body').text().replace(/\s+/g, ' ').trim();
      file.write(`${JSON.stringify({ url: request.url, title: $('title').text(), text })}\n`);
    },
  },
  new Configuration({ persistStorage: false, availableMemoryRatio: 0.5 }),
);
await crawler.run(readFileSync(seeds, 'utf8').trim().split('\n'));
await new Promise((resolve) => file.end(resolve));
process.exit(0);
