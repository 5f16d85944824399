/** Pages with a true body, cut into runs and labelled. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { cut } from '../../dist/extract/blocks.js';
import { sensePageItself } from '../../dist/extract/context.js';
import { parseDocument } from '../../dist/extract/tree.js';
import { siteOf } from '../../dist/url.js';
import { alignRuns } from './truth.js';

/** Bytes of a page whose encoding is not UTF-8: the declared one. */
function textOf({ html, html_b64: base64 }) {
  if (html !== undefined) return html;
  const bytes = Buffer.from(base64, 'base64');
  const label = /charset=["']?([\w-]+)/i.exec(bytes.subarray(0, 4096).toString('latin1'))?.[1] ?? 'windows-1252';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

export async function* readCorpus(file) {
  const input = file.endsWith('.gz') ? createReadStream(file).pipe(createGunzip()) : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line) yield JSON.parse(line);
}

/** `{id, url, site, cut, sense, share, marks}`; `share` per run, absent where the truth has no body. */
export async function readPages(files) {
  const pages = [];
  const seen = new Set();
  for (const file of files) {
    for await (const line of readCorpus(file)) {
      const { id, url, truth } = line;
      const document = parseDocument(textOf(line));
      const page = cut(document);
      const key = page.runs
        .map((run) => run.text)
        .join('\n')
        .slice(0, 5000);
      // Sets share pages: once is enough where there is no truth.
      if (!truth.body && seen.has(key)) continue;
      seen.add(key);
      const share = truth.body
        ? alignRuns(
            page.runs.map((run) => run.text),
            truth.body,
          )
        : undefined;
      pages.push({
        id,
        url,
        site: siteOf(url),
        cut: page,
        sense: sensePageItself(document, page),
        share,
        marks: truth,
      });
    }
  }
  return pages;
}

const squeeze = (text) => text.replace(/\s+/g, ' ');

/** What the marks of a page without a true body tell of its runs: 1, 0 or nothing. */
export function applyMarks(page, scores) {
  const inside = [...(page.marks.with ?? []), ...(page.marks.starts ? [page.marks.starts] : [])].map(squeeze);
  const outside = (page.marks.without ?? []).map(squeeze);
  return page.cut.runs.map((run, i) => {
    const text = squeeze(run.text);
    if (inside.some((mark) => text.includes(mark))) return 1;
    if (outside.some((mark) => text.includes(mark))) return 0;
    return scores[i];
  });
}
