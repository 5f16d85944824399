/** Log odds of class words and text words, counted per site so that one large site does not decide. */
import { wordsOf } from '../../dist/extract/features.js';

const NAME_SITES = 4;
const WORD_SITES = 4;

export function learnLexicon(pages) {
  const names = new Map();
  const words = new Map();
  let body = 0;
  let all = 0;
  const sites = new Map();
  for (const page of pages) (sites.get(page.site) ?? sites.set(page.site, []).get(page.site)).push(page);
  for (const group of sites.values()) {
    const seenNames = new Map();
    const seenWords = new Map();
    for (const page of group) {
      page.cut.runs.forEach((run, i) => {
        if (page.label[i] === undefined) return;
        const is = page.label[i] >= 0.5 ? 1 : 0;
        const under = new Set();
        for (let frame = run.frame; frame; frame = frame.parent) for (const token of frame.tokens) under.add(token);
        for (const token of under) tally(seenNames, token, is);
        for (const word of new Set(wordsOf(run.text))) tally(seenWords, word, is);
        body += is;
        all++;
      });
    }
    merge(names, seenNames);
    merge(words, seenWords);
  }
  const prior = body / all;
  return { names: weights(names, prior, NAME_SITES), words: weights(words, prior, WORD_SITES) };
}

function tally(map, key, is) {
  const entry = map.get(key) ?? map.set(key, { body: 0, all: 0 }).get(key);
  entry.body += is;
  entry.all++;
}

/** A site has one vote per word, a little more where the word is frequent there. */
function merge(total, site) {
  for (const [key, { body, all }] of site) {
    const entry = total.get(key) ?? total.set(key, { body: 0, all: 0, sites: 0 }).get(key);
    const votes = Math.min(3, Math.log2(1 + all));
    entry.body += (votes * body) / all;
    entry.all += votes;
    entry.sites++;
  }
}

function weights(counts, prior, leastSites) {
  const table = new Map();
  for (const [key, { body, all, sites }] of counts) {
    if (sites < leastSites) continue;
    const odds = (body + 2 * prior) / (all - body + 2 * (1 - prior));
    const weight = Math.log(odds / (prior / (1 - prior)));
    if (Math.abs(weight) >= 0.3) table.set(key, Math.round(weight * 10) / 10);
  }
  return table;
}
