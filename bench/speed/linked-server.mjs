/**
 * Sites whose pages all link to each other, as those of a newspaper do: a menu of every section and a list of other
 * stories on each page. `fork`ed with `{ sites, stories, sections }`; sends `{ origins, pages }`. Made text, no delay.
 */
import { createServer } from 'node:http';
import { wordsFrom } from '../made-words.mjs';

/** Other stories that a page names. */
const RELATED = 40;

const { sites = 16, stories = 60, sections = 100 } = JSON.parse(process.argv[2]);
const menu = Array.from({ length: sections }, (_, at) => `<li><a href="/section-${at}/">Section ${at}</a></li>`).join(
  '',
);
const storyLink = (number) =>
  `<li><a href="/2017/11/23/story-of-the-harbour-number-${number}.html">Story of the harbour, number ${number}</a></li>`;
const related = (from) => Array.from({ length: RELATED }, (_, at) => storyLink((from + at) % stories)).join('');
const page = (title, inside, from) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><nav><ul>${menu}</ul></nav><main>${inside}</main><aside><h2>More stories</h2><ul>${related(from)}</ul></aside></body></html>`;

function story(site, number) {
  const { words, random } = wordsFrom(site * stories + number);
  const sentence = () => `The ${words(8 + random(12))} of the harbour.`;
  const paragraphs = Array.from({ length: 8 }, () => `<p>${sentence()} ${sentence()} ${sentence()}</p>`).join('');
  const title = `Story ${number}: ${words(4)}`;
  return page(
    title,
    `<article><h1>${title}</h1><p class="byline">By Jane Doe</p><time datetime="2017-11-23T10:00:00Z">23 November 2017</time>${paragraphs}</article>`,
    number + 1,
  );
}

const origins = await Promise.all(
  Array.from({ length: sites }, (_, site) => {
    const bodies = new Map([['/', page('Harbour News', '<h1>Harbour News</h1>', 0)]]);
    for (let at = 0; at < sections; at++)
      bodies.set(`/section-${at}/`, page(`Section ${at}`, `<h1>Section ${at}</h1>`, at));
    for (let at = 0; at < stories; at++)
      bodies.set(`/2017/11/23/story-of-the-harbour-number-${at}.html`, story(site, at));
    const server = createServer((request, response) => {
      if (request.url === '/robots.txt') {
        response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nAllow: /\n');
        return;
      }
      const body = bodies.get(request.url);
      response.writeHead(body ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(body);
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
    });
  }),
);
process.send({ origins, pages: sites * (1 + sections + stories) });
