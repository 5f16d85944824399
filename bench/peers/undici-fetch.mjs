/** What the network alone takes: undici fetches every page, 32 at a time, and writes its length: SEEDS OUTPUT */
import { createWriteStream, readFileSync } from 'node:fs';
import { request } from 'undici';

const [seeds, output] = process.argv.slice(2);
const file = createWriteStream(output);
const waiting = readFileSync(seeds, 'utf8').trim().split('\n');
const fetchOne = async (url) => {
  const { body } = await request(url);
  const bytes = Buffer.from(await body.arrayBuffer());
  if (new URL(url).pathname === '/') {
    for (const [, path] of bytes.toString().matchAll(/href="([^"]+)"/g)) waiting.push(new URL(path, url).href);
  } else file.write(`${JSON.stringify({ url, bytes: bytes.length })}\n`);
};
const fronts = waiting.splice(0);
await Promise.all(fronts.map(fetchOne));
await Promise.all(
  Array.from({ length: 32 }, async () => {
    while (waiting.length > 0) await fetchOne(waiting.pop());
  }),
);
await new Promise((resolve) => file.end(resolve));
process.exit(0);
