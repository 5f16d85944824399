/**
 * A learned forest of decision trees, evaluated. In: rows of numbers. Out: for each row how likely it is, 0 to 1. Trees
 * lie flat in typed arrays, each node before its left child: no objects to chase, nothing to compile.
 */

export interface Forest {
  /** Number of features in a row. */
  readonly width: number;
  /** Index of each tree's root. */
  readonly roots: Int32Array;
  /** Feature that a node asks about; -1: a leaf. */
  readonly feature: Int16Array;
  /** Threshold of a node (left where value ≤ threshold), or a leaf's value. */
  readonly value: Float32Array;
  /** Index of the right child. */
  readonly right: Int32Array;
  /** The most that the trees from each one on can add, once it was asked for. */
  most: Float64Array | undefined;
}

/** As `bench/learn/learn.js` packs it: node count and width, then the arrays, little-endian, as base64. */
export function unpackForest(packed: string): Forest {
  const bytes = Buffer.from(packed, 'base64');
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const [nodes, trees, width] = new Int32Array(buffer, 0, 3) as unknown as [number, number, number];
  let at = 12;
  const roots = new Int32Array(buffer, at, trees);
  at += 4 * trees;
  const value = new Float32Array(buffer, at, nodes);
  at += 4 * nodes;
  const right = new Int32Array(buffer, at, nodes);
  at += 4 * nodes;
  const feature = new Int16Array(buffer, at, nodes);
  return { width, roots, feature, value, right, most: undefined };
}

function mostOf({ roots, feature, value }: Forest): Float64Array {
  const most = new Float64Array(roots.length + 1);
  for (let t = roots.length - 1; t >= 0; t--) {
    let best = Number.NEGATIVE_INFINITY;
    for (let node = roots[t]!; node < (roots[t + 1] ?? feature.length); node++)
      if (feature[node]! < 0 && value[node]! > best) best = value[node]!;
    most[t] = most[t + 1]! + best;
  }
  return most;
}

export function packForest(
  trees: readonly (readonly (readonly [feature: number, value: number, right: number])[])[],
  width: number,
): string {
  const nodes = trees.reduce((sum, tree) => sum + tree.length, 0);
  const buffer = new ArrayBuffer(12 + 4 * trees.length + 10 * nodes);
  new Int32Array(buffer, 0, 3).set([nodes, trees.length, width]);
  const roots = new Int32Array(buffer, 12, trees.length);
  const value = new Float32Array(buffer, 12 + 4 * trees.length, nodes);
  const right = new Int32Array(buffer, 12 + 4 * trees.length + 4 * nodes, nodes);
  const feature = new Int16Array(buffer, 12 + 4 * trees.length + 8 * nodes, nodes);
  let at = 0;
  trees.forEach((tree, i) => {
    const root = at;
    roots[i] = root;
    for (const node of tree) {
      feature[at] = node[0];
      value[at] = node[1];
      right[at] = root + node[2];
      at++;
    }
  });
  return Buffer.from(buffer).toString('base64');
}

/** Trees between two looks at whether a row can still reach `atLeast`. */
const STRIDE = 10;

/** Rows that stay below `atLeast` get 0: most of a page is far from being body, and half of the trees can tell. */
export function judge(forest: Forest, rows: Float32Array, atLeast = 0): Float32Array {
  const { width, roots, feature, value, right } = forest;
  if (atLeast > 0) forest.most ??= mostOf(forest);
  const most = atLeast > 0 ? forest.most : undefined;
  const count = rows.length / width;
  const scores = new Float32Array(count);
  // A margin, as sums are rounded.
  const least = Math.log(atLeast / (1 - atLeast)) - 0.001;
  for (let i = 0; i < count; i++) {
    const row = i * width;
    let sum = 0;
    let tree = 0;
    while (tree < roots.length && (most === undefined || sum + most[tree]! >= least)) {
      for (const end = Math.min(tree + STRIDE, roots.length); tree < end; tree++) {
        let node = roots[tree]!;
        let asked = feature[node]!;
        while (asked >= 0) {
          node = rows[row + asked]! <= value[node]! ? node + 1 : right[node]!;
          asked = feature[node]!;
        }
        sum += value[node]!;
      }
    }
    if (tree === roots.length) scores[i] = 1 / (1 + Math.exp(-sum));
  }
  return scores;
}
