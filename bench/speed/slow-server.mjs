/** Sites of small pages that note when they are asked: `fork`ed with `{ sites, pages }`; sends origins, then on `tell` the spans. */
import { createServer } from 'node:http';

const { sites, pages } = JSON.parse(process.argv[2]);
const spans = [];
const story = (number) =>
  `<!doctype html><html lang="en"><title>Story ${number}</title><article><h1>Story ${number}</h1>${`<p>What happened at the harbour on day ${number} was told by all who had been there, and written down.</p>`.repeat(4)}</article></html>`;
const front = `<!doctype html><html lang="en"><title>Front page</title>${Array.from({ length: pages }, (_, number) => `<a href="/2017/11/23/story-of-the-harbour-number-${number}.html">Story ${number} of the harbour</a>`).join('')}</html>`;

const origins = await Promise.all(
  Array.from({ length: sites }, (_, site) => {
    const span = { requests: 0, firstMs: 0, lastMs: 0 };
    spans.push(span);
    const server = createServer((request, response) => {
      span.requests++;
      span.lastMs = performance.now();
      span.firstMs ||= span.lastMs;
      const number = /number-(\d+)\.html$/.exec(request.url)?.[1];
      if (request.url === '/robots.txt')
        response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nAllow: /\n');
      else if (request.url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(front);
      else if (number)
        response.writeHead(200, { 'content-type': 'text/html' }).end(story(Number(number) + site * 1000));
      else response.writeHead(404).end();
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
    });
  }),
);
process.on('message', () => process.send({ spans }));
process.send({ origins });
