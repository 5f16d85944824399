/**
 * Log odds of the words of elements' names and of those at both ends of runs, counted per site so that one large site
 * does not decide. In: pages with labels. Out: by the hash of each word that some sites have, its weight.
 */
import { EDGE } from '../../dist/extract/body/features.js';
import { hashesOf, MAX_WORDS } from '../../dist/extract/page/tokens.js';
import { hashEdges } from '../../dist/extract/text/words.js';

const SITES = 4;
/** Words that say less are left out. */
const LEAST = 0.3;

export function learnLexicon(pages) {
  const edge = new Int32Array(2 * EDGE);
  const named = new Int32Array(MAX_WORDS);
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
        for (let { frame } = run; frame; frame = frame.parent)
          for (const name of named.subarray(0, hashesOf(frame.names, named))) under.add(name);
        for (const name of under) tally(seenNames, name, is);
        for (const word of new Set(edge.subarray(0, hashEdges(run.text, EDGE, edge)))) tally(seenWords, word, is);
        body += is;
        all++;
      });
    }
    merge(names, seenNames);
    merge(words, seenWords);
  }
  return { names: weights(names, body / all), words: weights(words, body / all) };
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

function weights(counts, prior) {
  const table = new Map();
  for (const [key, { body, all, sites }] of counts) {
    if (sites < SITES) continue;
    const odds = (body + 2 * prior) / (all - body + 2 * (1 - prior));
    const weight = Math.log(odds / (prior / (1 - prior)));
    if (Math.abs(weight) >= LEAST) table.set(key, Math.round(weight * 10) / 10);
  }
  return table;
}
