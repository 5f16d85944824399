/**
 * Bodies marked by hand, for pages of the corpora whose truth has none.
 *
 *   node bench/learn/label.mjs pages --corpus DIR [--count 240]     ids of pages worth reading, most telling first
 *   node bench/learn/label.mjs show --corpus DIR [--all] ID…        a page's runs: index, element, score, text
 *   node bench/learn/label.mjs keep --corpus DIR MARKS…             marks into bench/learn/labels.jsonl
 *   node bench/learn/label.mjs test --corpus DIR MARKS…             the same, but only says what is wrong with them
 *
 * Marks are lines of JSON, runs by their index, "3-7,9" or "" for none:
 *   {"id":"…","body":"5,7-20","standfirst":"4","notes":"21","doubt":"8"}   body; what sets treat either way; unknown
 *   {"id":"…","skip":"no article"}                                        teaches nothing
 * Kept labels hold digests of the runs' texts: nothing of a page, and they outlive another way to cut it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cut } from '../../dist/extract/body/blocks.js';
import { sensePageItself } from '../../dist/extract/body/context.js';
import { scoreRuns } from '../../dist/extract/body/score.js';
import { labelOf } from '../../dist/extract/page/tokens.js';
import { parseDocument } from '../../dist/extract/page/tree.js';
import { siteOf } from '../../dist/url.js';
import { readCorpus, textOf } from './corpus.js';
import { digestsOf, LABELS, MARKS } from './labels.js';

const { values: option, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string' },
    count: { type: 'string', default: '240' },
    all: { type: 'boolean', default: false },
    set: { type: 'string', multiple: true, default: ['htmldate', 'trafilatura', 'postlight'] },
    suffix: { type: 'string', default: '.dev.jsonl.gz' },
  },
});
const [task, ...names] = positionals;

const TAUGHT = ['scrapinghub', 'aed', 'fundus', 'newspaper4k'];
/** What pages with an article on them say of themselves. */
const ARTICLE =
  /og:type[^>]{0,60}article|"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"(?:\w{0,20}Article|BlogPosting)"|article:published_time/i;

/** `{id, url, html, runs, scores}` of pages without a known body, one at a time. */
async function* unmarked(isWanted) {
  for (const set of option.set) {
    for await (const line of readCorpus(`${option.corpus}/${set}${option.suffix}`)) {
      if (line.truth.body || !isWanted(line)) continue;
      const html = textOf(line);
      const document = parseDocument(html);
      const page = cut(document);
      const scores = scoreRuns(page, sensePageItself(document, page));
      yield { id: line.id, url: line.url, html, runs: page.runs, scores };
    }
  }
}

/** Words in doubt for each word kept: of pages that read like articles, those of which most can be learned. */
function doubtIn({ runs, scores }) {
  let kept = 0;
  let doubt = 0;
  for (const run of runs) {
    const score = scores[run.index];
    const words = Math.min(run.words, 60);
    if (score >= 0.5) kept += words;
    doubt += words * Math.min(score, 1 - score);
  }
  return kept >= 120 && kept <= 2500 ? doubt / (kept + 300) : -1;
}

async function pages() {
  // A site that teaches already has less to say.
  const seen = new Set();
  for (const set of TAUGHT)
    for await (const { url } of readCorpus(`${option.corpus}/${set}${option.suffix}`)) seen.add(siteOf(url));
  const found = [];
  for await (const page of unmarked((line) => !seen.has(siteOf(line.url)))) {
    const doubt = doubtIn(page);
    if (doubt < 0 || !ARTICLE.test(page.html)) continue;
    seen.add(siteOf(page.url));
    found.push({ id: page.id, doubt });
  }
  found.sort((a, b) => b.doubt - a.doubt);
  for (const { id } of found.slice(0, Number(option.count))) console.log(id);
}

/** Runs so near to one that may be body are shown; of longer ones so near those too. Menus are told by their ends. */
const LIKELY = 0.1;
const NEAR = 3;
const LONG_NEAR = 8;
const LONG = 12;
const SHOWN = 110;
const END = 30;

function shorten(text) {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ');
  return line.length > SHOWN + END ? `${line.slice(0, SHOWN)} […${line.length}…] ${line.slice(-END)}` : line;
}

function placeOf(run) {
  const own = labelOf(run.block.element);
  const parent = run.block.parent ? labelOf(run.block.parent.element) : '';
  const link = run.linkChars > run.chars * 0.8 ? ' LINK' : '';
  return `${parent.slice(0, 28)}>${own.slice(0, 28)}${link}`;
}

async function show() {
  for await (const { id, url, runs, scores } of unmarked((line) => names.includes(line.id))) {
    console.log(`\n=== ${id}  ${url}`);
    const isNear = runs.map((run, i) => {
      const reach = run.words >= LONG ? LONG_NEAR : NEAR;
      return (
        option.all ||
        run.block.element.name === 'h1' ||
        scores.subarray(Math.max(0, i - reach), i + reach + 1).some((score) => score >= LIKELY)
      );
    });
    for (let i = 0; i < runs.length; i++) {
      if (isNear[i]) {
        const score = scores[i];
        const verdict = score >= 0.5 ? 'IN ' : '   ';
        console.log(`${i} ${verdict}${score.toFixed(2)} ${placeOf(runs[i])} | ${shorten(runs[i].text)}`);
        continue;
      }
      let end = i;
      while (end < runs.length && !isNear[end]) end++;
      const inside = runs.slice(i, end);
      const said = [...inside.slice(0, 2), ...inside.slice(2).slice(-1)];
      const long = inside.filter((run) => run.words >= LONG).length;
      console.log(`${i}-${end - 1} (${long} long) … ${said.map((run) => shorten(run.text).slice(0, 40)).join(' … ')}`);
      i = end - 1;
    }
  }
}

function indices(list, length) {
  const found = [];
  for (const part of (list ?? '').split(',').filter((piece) => piece.trim() !== '')) {
    const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from) || Number(to) >= length)
      throw new Error(`"${part}": a run's index or two with "-", below ${length}`);
    for (let i = Number(from); i <= Number(to); i++) found.push(i);
  }
  return found;
}

async function keep(isKept) {
  const marks = new Map();
  for (const file of names) {
    readFileSync(file, 'utf8')
      .split('\n')
      .forEach((line, i) => {
        if (line.trim() === '') return;
        try {
          const mark = JSON.parse(line);
          marks.set(mark.id, mark);
        } catch {
          console.error(`${file}:${i + 1}: no line of JSON`);
          process.exitCode = 1;
        }
      });
  }
  const lines = new Map();
  if (existsSync(LABELS))
    for (const line of readFileSync(LABELS, 'utf8').split('\n')) if (line) lines.set(JSON.parse(line).id, line);
  const unknown = new Set(marks.keys());
  for await (const { id, runs, scores } of unmarked((line) => marks.has(line.id))) {
    unknown.delete(id);
    const mark = marks.get(id);
    if (mark.skip !== undefined) continue;
    try {
      const digests = digestsOf(runs);
      const kept = { id };
      for (const name of MARKS) {
        const list = indices(mark[name], runs.length);
        if (list.length > 0) kept[name] = list.map((i) => digests[i]).join(' ');
      }
      if (!kept.body) throw new Error('no body; say {"skip":"why"} of pages without');
      lines.set(id, JSON.stringify(kept));
      const body = new Set(indices(mark.body, runs.length));
      const other = runs.filter((run) => scores[run.index] >= 0.5 !== body.has(run.index)).length;
      if (!isKept) console.log(`${id}: ${body.size} runs, ${other} other than scored`);
    } catch (error) {
      console.error(`${id}: ${error.message}`);
      process.exitCode = 1;
    }
  }
  for (const id of unknown) console.error(`${id}: no such page`);
  if (isKept) writeFileSync(LABELS, `${[...lines.values()].sort().join('\n')}\n`);
}

const TASKS = { pages, show, keep: () => keep(true), test: () => keep(false) };
if (!option.corpus || !Object.hasOwn(TASKS, task ?? '')) {
  console.error('usage: label.mjs pages|show|keep|test --corpus DIR [--count N] [--all] [ID… or MARKS…]');
  process.exit(2);
}
await TASKS[task]();
