// Serves one page on loopback at /story, a front page that links to it, and says its address on standard output.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const page = readFileSync(process.argv[2]);
const server = createServer(({ url }, response) => {
  const body =
    url === '/story' ? page : url === '/' ? '<title>Front</title><a href="/story">Bridge stays open</a>' : undefined;
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
