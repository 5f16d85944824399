/**
 * Which runs of a page are in its true body. In: the runs' texts in page order and the body as text. Out: for each run
 * the share of its words that the body has at that place.
 *
 * Longest common stretches first, then what lies before and after them: so of two places with the same words (a pull
 * quote and its paragraph) the one in the longer stretch wins.
 */
export const tokens = (text) => (text ?? '').match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];

export function alignRuns(texts, body) {
  const truth = tokens(body);
  const words = [];
  const owner = [];
  texts.forEach((text, i) => {
    for (const token of tokens(text)) {
      words.push(token);
      owner.push(i);
    }
  });
  const hit = new Uint8Array(words.length);
  const where = new Map();
  truth.forEach((token, j) => {
    if (!where.has(token)) where.set(token, []);
    where.get(token).push(j);
  });
  const work = [[0, words.length, 0, truth.length]];
  const stretches = [];
  while (work.length) {
    const [a0, a1, b0, b1] = work.pop();
    let best = 0,
      bestA = a0,
      bestB = b0;
    let lengths = new Map();
    for (let i = a0; i < a1; i++) {
      const next = new Map();
      for (const j of where.get(words[i]) ?? []) {
        if (j < b0) continue;
        if (j >= b1) break;
        const k = (lengths.get(j - 1) ?? 0) + 1;
        next.set(j, k);
        if (k > best) {
          best = k;
          bestA = i - k + 1;
          bestB = j - k + 1;
        }
      }
      lengths = next;
    }
    if (best === 0) continue;
    stretches.push([bestA, best]);
    if (bestA > a0 && bestB > b0) work.push([a0, bestA, b0, bestB]);
    if (bestA + best < a1 && bestB + best < b1) work.push([bestA + best, a1, bestB + best, b1]);
  }
  const size = new Float64Array(texts.length);
  for (const i of owner) size[i]++;
  for (const [at, length] of stretches) {
    // One or two common words are chance, unless they are all there is of a run.
    const whole = (at === 0 || owner[at - 1] !== owner[at]) && size[owner[at]] <= length;
    if (length >= 3 || whole) for (let i = at; i < at + length; i++) hit[i] = 1;
  }
  const share = new Float64Array(texts.length);
  hit.forEach((h, i) => {
    share[owner[i]] += h;
  });
  return Array.from(share, (n, i) => (size[i] ? n / size[i] : 0));
}
