/**
 * What the page says of itself, as far as the body's model wants to know it: which run is the headline, what the
 * description is, what JSON-LD gives as body. Read straight from the tree so that training and use see the same.
 */

import { decodeText } from '../page/entities.js';
import { type Document, textOf } from '../page/tree.js';
import { squeeze, wordsIn } from '../text/words.js';
import type { Cut, Run } from './blocks.js';
import type { PageSense } from './features.js';

const wordSet = (text: string): Set<string> => new Set(wordsIn(text));

/** `feedContent`: the article's HTML as a feed gave it; it stands in for the JSON-LD of a page that has none. */
export function sensePageItself(document: Document, cut: Cut, feedContent = ''): PageSense {
  const titles: string[] = [];
  let description = '';
  for (const element of document.elements) {
    const { tag, attribs } = element;
    if (tag.name === 'title') titles.push(textOf(element));
    else if (tag.name === 'meta') {
      const key = attribs.property ?? attribs.name ?? '';
      if (key === 'og:title' || key === 'twitter:title') titles.unshift(attribs.content ?? '');
      if (description === '' && (key === 'og:description' || key === 'description' || key === 'twitter:description')) {
        description = squeeze(attribs.content ?? '');
      }
    }
  }
  return {
    headline: headlineRun(cut.runs, titles),
    jsonLdBody: jsonLdBody(document.jsonLd) || feedBody(feedContent),
    description: description.length > 30 ? description : '',
  };
}

/** The run that says what the page's title says: a first-level heading if one does. */
function headlineRun(runs: readonly Run[], titles: readonly string[]): Run | undefined {
  const sets = titles.filter((title) => title.trim() !== '').map(wordSet);
  let best: Run | undefined;
  let bestScore = 0.35;
  let first: Run | undefined;
  for (const run of runs) {
    const { name } = run.block.element;
    if (name === 'h1' && !first) first = run;
    if (run.words > 45 || run.words < 2 || (run.linkChars > run.chars / 2 && name !== 'h1')) continue;
    const level = name === 'h1' ? 0.3 : name === 'h2' ? 0.15 : 0;
    if (level === 0 && bestScore >= 0.9) continue;
    const words = wordSet(run.text);
    for (const title of sets) {
      let common = 0;
      for (const word of words) if (title.has(word)) common++;
      const score = common / Math.max(words.size, title.size, 1) + (common > 1 ? level : 0);
      if (score > bestScore) {
        bestScore = score;
        best = run;
      }
    }
  }
  return best ?? first;
}

/** JSON-LD is read as text: one broken comma elsewhere in it does not hide the body. */
function jsonLdBody(scripts: readonly string[]): string {
  let longest = '';
  for (const script of scripts) {
    const key = /"articleBody"\s{0,20}:\s{0,20}"/.exec(script);
    if (!key) continue;
    const start = key.index + key[0].length;
    let end = start;
    while (end < script.length && script[end] !== '"') end += script[end] === '\\' ? 2 : 1;
    const raw = script.slice(start, end).replace(/[\u0000-\u001f]/g, ' ');
    let text: string;
    try {
      text = JSON.parse(`"${raw}"`) as string;
    } catch {
      continue;
    }
    const plain = squeeze(text.replace(/<[^>]{0,500}>/g, ' ').replace(/&[a-z0-9#]{1,10};/gi, ' '));
    if (plain.length > longest.length) longest = plain;
  }
  return longest;
}

/** Shorter texts in feeds are mostly the beginning of an article. */
const MIN_FEED_BODY = 1000;
/** What feeds end with that give the beginning only. */
const CUT_OFF = /(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:\S+\s*){0,6}$/;

function feedBody(content: string): string {
  if (content.length < MIN_FEED_BODY) return '';
  const plain = squeeze(decodeText(content.replace(/<[^>]{0,500}>/g, ' ')));
  return plain.length < MIN_FEED_BODY || CUT_OFF.test(plain.slice(-100)) ? '' : plain;
}
