/**
 * Pages as a web on loopback: each port a site, whose front page lists its share of them. In a process of its own, so
 * that serving costs the crawlers nothing: `fork`ed with OPTIONS as its argument; sends `{ origins, pages }`. A page has
 * nothing of the network about it but its bytes; robots.txt allows all.
 */
import { createServer } from 'node:http';
import { loadPages } from './pages.mjs';

const { corpus, every = 4, sites = 16 } = JSON.parse(process.argv[2]);
const shares = Array.from({ length: sites }, () => new Map());
let count = 0;
for await (const { bytes } of loadPages({ corpus, every: corpus ? every : 1 })) {
  shares[count % sites].set(`/2017/11/23/story-of-the-harbour-number-${count}.html`, bytes);
  count++;
}
const origins = await Promise.all(shares.map(serve));
process.send({ origins, pages: count });

function serve(pages) {
  const front = Buffer.from(
    `<!doctype html><html lang="en"><title>Front page</title><ul>${[...pages.keys()].map((path) => `<li><a href="${path}">Story of the harbour, ${path.match(/\d+(?=\.html)/)}</a></li>`).join('')}</ul></html>`,
  );
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end('User-agent: *\nAllow: /\n');
      return;
    }
    const body = request.url === '/' ? front : pages.get(request.url);
    response.writeHead(body ? 200 : 404, { 'content-type': 'text/html', 'content-length': body?.length ?? 0 });
    response.end(body);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}
