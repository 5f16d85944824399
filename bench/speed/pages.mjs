/**
 * The pages that the benches read: those of a corpus (see bench/accuracy/corpus.mjs), or those in fixtures/. As bytes,
 * in a fixed order.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linesOf, setsIn } from '../accuracy/corpus.mjs';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const NOWHERE = 'https://unknown.invalid/';

/** Every `every`th page of the corpus, or of the fixtures where none is given. */
export async function* loadPages({ corpus, only, every = 1 }) {
  let at = 0;
  for await (const page of corpus ? ofCorpus(corpus, only?.split(',')) : ofFixtures()) {
    if (at++ % every === 0) yield page;
  }
}

async function* ofCorpus(folder, only) {
  for (const set of only ?? (await setsIn(folder))) {
    for await (const line of linesOf(folder, set)) {
      const { id, url, html, html_b64: encoded } = JSON.parse(line);
      const bytes = encoded === undefined ? Buffer.from(html) : Buffer.from(encoded, 'base64');
      yield { set, id, url: /^https?:/.test(url) ? url.trim() : NOWHERE, bytes };
    }
  }
}

function* ofFixtures() {
  const files = readdirSync(FIXTURES, { recursive: true }).filter((file) => file.endsWith('.html'));
  for (const file of files.sort()) {
    yield { set: 'fixtures', id: file, url: `https://example.org/${file}`, bytes: readFileSync(join(FIXTURES, file)) };
  }
}
