/** Pages with a true body, cut into runs and labelled. */
import { hash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { cut, IN } from '../../dist/extract/body/blocks.js';
import { sensePageItself } from '../../dist/extract/body/context.js';
import { parseDocument } from '../../dist/extract/page/tree.js';
import { siteOf } from '../../dist/url.js';
import { linesIn } from '../accuracy/corpus.mjs';
import { digestsOf } from './labels.js';
import { alignRuns } from './truth.js';

/** Bytes of a page whose encoding is not UTF-8: the declared one. */
export function textOf({ html, html_b64: base64 }) {
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
  for await (const line of linesIn(input)) yield JSON.parse(line);
}

/**
 * `{id, url, site, document, cut, sense, share, truth, marks}` of the pages that tell something of their body, by the
 * truth or by `labels` (labels.js); `share` per run, absent where the truth has no body. To align takes most of the
 * time: what is found is kept in the file `shares`, by the texts and the truth.
 */
export async function readPages(files, shares, labels = new Map()) {
  const known = new Map(existsSync(shares) ? JSON.parse(readFileSync(shares, 'utf8')) : []);
  const pages = [];
  const seen = new Set();
  for (const file of files) {
    for await (const line of readCorpus(file)) {
      const { id, url, truth } = line;
      const marks = labels.get(id);
      if (!truth.body && !truth.with && !truth.without && !truth.starts && !marks) continue;
      const document = parseDocument(textOf(line));
      const page = cut(document);
      const key = page.runs
        .map((run) => run.text)
        .join('\n')
        .slice(0, 5000);
      // Sets share pages: once is enough where there is no truth.
      if (!truth.body && !marks && seen.has(key)) continue;
      seen.add(key);
      const texts = page.runs.map((run) => run.text);
      const alignment = hash('sha256', JSON.stringify([texts, truth.body]));
      const share = truth.body && (known.get(alignment) ?? alignRuns(texts, truth.body));
      if (share) known.set(alignment, share);
      pages.push({
        id,
        url,
        site: siteOf(url),
        document,
        cut: page,
        sense: sensePageItself(document, page),
        share,
        truth,
        marks,
      });
    }
  }
  writeFileSync(shares, JSON.stringify([...known]));
  return pages;
}

const squeeze = (text) => text.replace(/\s+/g, ' ');
/** A mark of fewer letters may stand in a long run by chance. */
const TELLING = 16;

/**
 * What the marks of a page without a true body tell of its runs: 1 (in the body), 0 (not), undefined (nothing). A
 * segment that stands at several places proves none of them; that it must not be in the body holds for all.
 */
export function markedRuns({ cut: { runs }, truth: marks }) {
  const label = new Array(runs.length).fill(undefined);
  const texts = runs.map((run) => squeeze(run.text));
  const placesOf = (mark) =>
    runs.filter((_, i) => texts[i].includes(mark) && (mark.length >= TELLING || texts[i].length < 200));
  for (const mark of marks.without ?? []) for (const run of placesOf(squeeze(mark).trim())) label[run.index] = 0;
  const inside = marks.with ?? [];
  for (const mark of marks.starts ? [...inside, marks.starts] : inside) {
    const places = placesOf(squeeze(mark).trim());
    // Captions are no body, also where a truth begins with one.
    if (places.length === 1 && !(places[0].frame.bits & IN.caption)) label[places[0].index] = 1;
  }
  return label;
}

/** What a run is worth that is marked so by hand (labels.js): undefined where the sets themselves do not agree. */
const WORTH = { body: 1, standfirst: undefined, notes: undefined, doubt: undefined };

export function labelledRuns({ cut: { runs }, marks }) {
  return digestsOf(runs).map((digest) => {
    const mark = marks.get(digest);
    return mark ? WORTH[mark] : 0;
  });
}
