/**
 * How near a record comes to the truth of its page. In: a page's truth (`body`, `title`, `authors`, `date`, `with`,
 * `without`, `starts`) and its record. Out: per page, each measure that the truth allows; per set, the columns.
 *
 * - body: precision, recall and F1 over multisets of four-token shingles, each counted per page and then averaged;
 *   `exact`: the same sequence of tokens (the definitions of scrapinghub/article-extraction-benchmark). `rouge`: F1 of
 *   the longest common subsequence of tokens.
 * - marks: F1 over segments that must be in the body (`with`) or must not (`without`), as trafilatura counts them.
 * - date: the same day. title: equal after folding case, space and punctuation. author: F1 over folded names.
 */

export const COLUMNS = ['f1', 'exact', 'rouge', 'marks', 'starts', 'date', 'title', 'author'];

const SHINGLE = 4;

export function measurePage(truth, record) {
  const body = record.articleBody ?? '';
  return {
    ...(truth.body && measureBody(tokensOf(truth.body), tokensOf(body))),
    ...((truth.with || truth.without) && { segments: countSegments(truth, body) }),
    ...(truth.starts && { starts: Number(fold(body).slice(0, 4000).includes(fold(truth.starts))) }),
    ...(truth.date && { date: Number(dayOf(truth.date) === dayOf(record.datePublished)) }),
    ...(truth.title && { title: Number(fold(truth.title) === fold(record.headline)) }),
    ...(truth.authors && { author: f1OfNames(namesOf(truth.authors), namesOf(record.author)) }),
  };
}

/** Columns of a set: undefined where its truth does not say. */
export function columnsOf(pages) {
  const mean = (key) => {
    const values = pages.map((page) => page[key]).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const precision = mean('precision');
  const recall = mean('recall');
  const segments = pages.flatMap((page) => page.segments ?? []);
  const sum = (key) => segments.reduce((total, each) => total + each[key], 0);
  return {
    f1: precision === undefined ? undefined : (2 * precision * recall) / (precision + recall),
    exact: mean('exact'),
    rouge: mean('rouge'),
    marks: segments.length === 0 ? undefined : (2 * sum('found')) / (2 * sum('found') + sum('missed') + sum('wrong')),
    starts: mean('starts'),
    date: mean('date'),
    title: mean('title'),
    author: mean('author'),
  };
}

function measureBody(truth, found) {
  const wanted = shinglesOf(truth);
  const given = shinglesOf(found);
  let common = 0;
  for (const [shingle, count] of wanted) common += Math.min(count, given.get(shingle) ?? 0);
  const size = (shingles) => [...shingles.values()].reduce((sum, count) => sum + count, 0);
  const shared = longestCommonSubsequence(truth, found);
  return {
    // A page without output says nothing about precision.
    ...(found.length > 0 && { precision: common / size(given) }),
    recall: common / size(wanted),
    exact: Number(truth.length === found.length && truth.every((token, i) => token === found[i])),
    rouge: shared === 0 ? 0 : (2 * shared) / (truth.length + found.length),
  };
}

function tokensOf(text) {
  return text.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
}

function shinglesOf(tokens) {
  const counts = new Map();
  for (let at = 0; at === 0 || at + SHINGLE <= tokens.length; at++) {
    const shingle = tokens.slice(at, at + SHINGLE).join('\n');
    if (shingle !== '') counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

/** Hunt and Szymanski 1977: by the places where a token of one stands in the other, kept as rising runs. */
function longestCommonSubsequence(a, b) {
  const places = new Map();
  b.forEach((token, at) => {
    const list = places.get(token);
    if (list) list.push(at);
    else places.set(token, [at]);
  });
  const ends = [];
  for (const token of a) {
    const list = places.get(token) ?? [];
    for (let i = list.length - 1; i >= 0; i--) {
      let low = 0;
      let high = ends.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ends[middle] < list[i]) low = middle + 1;
        else high = middle;
      }
      ends[low] = list[i];
    }
  }
  return ends.length;
}

function countSegments(truth, body) {
  const text = squeeze(body);
  const inside = (segment) => text.includes(squeeze(segment));
  const found = (truth.with ?? []).filter(inside).length;
  return {
    found,
    missed: (truth.with ?? []).length - found,
    wrong: (truth.without ?? []).filter(inside).length,
  };
}

const squeeze = (text) => text.replace(/\s+/g, ' ');
const dayOf = (date) => /^\d{4}-\d{2}-\d{2}/.exec(date ?? '')?.[0];

function fold(text) {
  return (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

function namesOf(authors) {
  const list = Array.isArray(authors) ? authors : authors ? [authors] : [];
  return new Set(list.map((author) => fold(typeof author === 'string' ? author : author?.name)).filter(Boolean));
}

function f1OfNames(truth, found) {
  const hits = [...found].filter((name) => truth.has(name)).length;
  return hits === 0 ? 0 : (2 * hits) / (truth.size + found.size);
}
