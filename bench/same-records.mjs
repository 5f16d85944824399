/**
 * Do two builds read the same from every page? For changes that must not be seen in the records, such as those for
 * speed. Compares draft (fields, provenance, blocks, evidence), links and encoding, byte for byte.
 *
 *   npm run build && cp -r dist /tmp/before        then change, build, and
 *   node bench/same-records.mjs /tmp/before dist [--corpus DIR] [--only set,…] [--every N]
 *
 * The build to compare with must find its packages: put it beside a link to node_modules. Without a corpus the pages of
 * fixtures/ are read. Exit code 1 where a page differs.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadPages } from './speed/pages.mjs';

const { values, positionals } = parseArgs({
  options: { corpus: { type: 'string' }, only: { type: 'string' }, every: { type: 'string', default: '1' } },
  allowPositionals: true,
});
if (positionals.length !== 2) {
  console.error('usage: node bench/same-records.mjs BUILD BUILD [--corpus DIR]');
  process.exit(2);
}
const [before, after] = await Promise.all(positionals.map(readerOf));

let read = 0;
const differing = [];
for await (const page of loadPages({ ...values, every: Number(values.every) })) {
  read++;
  const [one, other] = [before(page), after(page)];
  if (one !== other) differing.push({ page, one, other });
}
for (const { page, one, other } of differing.slice(0, 5)) {
  let at = 0;
  while (one[at] === other[at]) at++;
  console.log(`${page.set} ${page.id} ${page.url}`);
  for (const text of [one, other]) console.log(`  …${JSON.stringify(text.slice(Math.max(0, at - 120), at + 120))}`);
}
console.log(`${read} pages read, ${differing.length} differ`);
process.exitCode = differing.length > 0 ? 1 : 0;

/** What a build reads of a page, as text. */
async function readerOf(build) {
  const { readPage } = await import(pathToFileURL(resolve(build, 'pool/page-task.js')).href);
  return ({ url, bytes }) => {
    try {
      return JSON.stringify(
        readPage({ url, body: Uint8Array.from(bytes), links: true, fetchedAt: '2026-01-01T00:00:00Z' }),
      );
    } catch (error) {
      return `threw ${error}`;
    }
  };
}
