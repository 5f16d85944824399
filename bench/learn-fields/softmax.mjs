/**
 * A linear model that lets candidates of a page stand against each other. In: pages, each with rows of features and how
 * right each row is (`merit`, 0 to 1), and the fold of its site. Out: weights that give the right rows the largest
 * share; and how well that holds on sites that were not learned from.
 */
export const FOLDS = 10;

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

export function bestOf(page, weights) {
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  page.features.forEach((features, i) => {
    const score = dot(features, weights);
    if (score > bestScore) [best, bestScore] = [i, score];
  });
  return best;
}

/**
 * Full-batch gradient ascent on the log share of the right rows, with a pull towards zero: half of it loses a page or
 * two of dates and authors on sites that were not learned from, three times of it as many on those that were.
 */
export function train(sample, width, { rounds = 300, rate = 0.5, pull = 0.02 } = {}) {
  const usable = sample.filter(({ features, merit }) => features.length > 1 && Math.max(...merit) > 0);
  const weights = new Array(width).fill(0);
  for (let round = 0; round < rounds; round++) {
    const gradient = new Array(width).fill(0);
    for (const { features: rows, merit } of usable) {
      const scores = rows.map((row) => dot(row, weights));
      const top = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - top));
      const total = shares.reduce((a, b) => a + b, 0);
      // Of several rows that are right in part, the best ones count: the square sets them apart.
      const wanted = merit.map((value) => value ** 2);
      const sum = wanted.reduce((a, b) => a + b, 0);
      rows.forEach((row, i) => {
        const push = wanted[i] / sum - shares[i] / total;
        for (let f = 0; f < width; f++) gradient[f] += push * row[f];
      });
    }
    for (let f = 0; f < width; f++) weights[f] += rate * (gradient[f] / usable.length) * 10 - rate * pull * weights[f];
  }
  return weights;
}

/**
 * From weights that `train` has found on to those whose choice has the greatest mean merit: pages whose truth no model
 * can agree with pull no more than they lose. For fields with many of these.
 */
export function settle(start, sample, width, { rounds = 400, rate = 10, pull = 0.01 } = {}) {
  const usable = sample.filter(({ merit }) => merit.length > 1 && Math.min(...merit) < Math.max(...merit));
  const weights = [...start];
  for (let round = 0; round < rounds; round++) {
    const gradient = new Array(width).fill(0);
    for (const { features: rows, merit } of usable) {
      const scores = rows.map((row) => dot(row, weights));
      const top = Math.max(...scores);
      const parts = scores.map((score) => Math.exp(score - top));
      const total = parts.reduce((a, b) => a + b, 0);
      const mean = merit.reduce((sum, value, i) => sum + (value * parts[i]) / total, 0);
      rows.forEach((row, i) => {
        // Four is the steepness at even shares, where it then equals that of `train`.
        const push = (4 * parts[i] * (merit[i] - mean)) / total;
        for (let f = 0; f < width; f++) gradient[f] += push * row[f];
      });
    }
    for (let f = 0; f < width; f++)
      weights[f] += (rate * gradient[f]) / usable.length - (rate * pull * weights[f]) / 10;
  }
  return weights;
}

/** Prints for each set the mean merit of the chosen rows by cross-validation over sites, learned in one, and the best reachable. */
export function report(pages, width, options, learn = (sample) => train(sample, width, options)) {
  const all = learn(pages);
  const folds = Array.from({ length: FOLDS }, (_, fold) => learn(pages.filter((page) => page.fold !== fold)));
  const sets = new Map();
  for (const page of pages) {
    const row = sets.get(page.set) ?? { pages: 0, crossed: 0, learned: 0, reachable: 0 };
    row.pages++;
    if (page.features.length > 0) {
      row.crossed += page.merit[bestOf(page, folds[page.fold])];
      row.learned += page.merit[bestOf(page, all)];
      row.reachable += Math.max(...page.merit);
    }
    sets.set(page.set, row);
  }
  console.log('set           pages  other sites  all sites  reachable');
  for (const [set, row] of sets) {
    const cells = [row.crossed, row.learned, row.reachable].map((sum) => (sum / row.pages).toFixed(3));
    console.log(
      set.padEnd(12),
      String(row.pages).padStart(6),
      cells[0].padStart(12),
      cells[1].padStart(10),
      cells[2].padStart(10),
    );
  }
  return all;
}

export function tableOf(names, weights) {
  return names
    .map(
      (name, i) =>
        `  ${name}: ${weights[i]
          .toFixed(2)
          .replace(/\.?0+$/, '')
          .replace(/^-0$/, '0')},`,
    )
    .join('\n');
}
