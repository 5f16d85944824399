/**
 * A corpus of pages with truth: a folder of `<set>.jsonl` or `<set>.jsonl.gz`, one object a line,
 * `{id, url, html | html_b64, truth}`; `html_b64` holds bytes that are not UTF-8.
 */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';

const NAME = /^([\w.-]+?)(?:\.dev)?\.jsonl(?:\.gz)?$/;
/** Pages whose URL is not known. */
const NOWHERE = 'https://unknown.invalid/';

/** Names of the sets in a folder, sorted. */
export async function setsIn(folder) {
  const names = new Set();
  for (const file of await readdir(folder)) {
    const name = NAME.exec(file)?.[1];
    if (name) names.add(name);
  }
  return [...names].sort();
}

async function fileOf(folder, set) {
  const files = (await readdir(folder)).filter((file) => NAME.exec(file)?.[1] === set);
  return join(folder, files.find((file) => file.endsWith('.jsonl')) ?? files[0]);
}

/** Lines of a set, in file order. */
export async function* linesOf(folder, set) {
  const file = await fileOf(folder, set);
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  yield* linesIn(input);
}

/** Lines that are not empty. Not by readline, which since Node 24 also ends them at U+2028, as it stands in pages. */
export async function* linesIn(bytes) {
  let rest = '';
  for await (const chunk of bytes.setEncoding('utf8')) {
    const lines = chunk.split('\n');
    lines[0] = rest + lines[0];
    rest = lines.pop();
    for (const line of lines) if (line) yield line;
  }
  if (rest) yield rest;
}

/** Pages of a set, decoded, in file order. */
export async function* pagesOf(folder, set, decode = (bytes) => new TextDecoder().decode(bytes)) {
  for await (const line of linesOf(folder, set)) {
    const { id, url, html, html_b64: encoded, truth } = JSON.parse(line);
    yield {
      id,
      url: /^https?:/.test(url) ? url.trim() : NOWHERE,
      html: html ?? decode(Buffer.from(encoded, 'base64')),
      truth: truth ?? {},
    };
  }
}

/** A fold that depends on the site alone, so that a site is never on both sides. */
export function siteFold(url, folds) {
  const labels = new URL(url).hostname.replace(/^www\./, '').split('.');
  const site = labels.slice(labels.length > 2 && labels.at(-2).length <= 3 ? -3 : -2).join('.');
  let hash = 2166136261;
  for (let i = 0; i < site.length; i++) hash = Math.imul(hash ^ site.charCodeAt(i), 16777619);
  return (hash >>> 0) % folds;
}
