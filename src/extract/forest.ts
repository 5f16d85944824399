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
  /**
   * Sums that rows of the training pages never fell below, before each STRIDE of trees, and came out of doubt in the
   * end; without any, all trees are asked.
   */
  readonly floors: Float32Array;
}

/** As `bench/learn/learn.js` packs it: the sizes, then the arrays, little-endian, as base64. */
export function unpackForest(packed: string): Forest {
  const bytes = Buffer.from(packed, 'base64');
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const sizes = new Int32Array(buffer, 0, 4) as unknown as readonly [number, number, number, number];
  const [nodes, trees, width, strides] = sizes;
  let at = 16;
  const roots = new Int32Array(buffer, at, trees);
  at += 4 * trees;
  const value = new Float32Array(buffer, at, nodes);
  at += 4 * nodes;
  const right = new Int32Array(buffer, at, nodes);
  at += 4 * nodes;
  const floors = new Float32Array(buffer, at, strides);
  at += 4 * strides;
  const feature = new Int16Array(buffer, at, nodes);
  return { width, roots, feature, value, right, floors };
}

export function packForest(
  trees: readonly (readonly (readonly [feature: number, value: number, right: number])[])[],
  width: number,
  floors: readonly number[] = [],
): string {
  const nodes = trees.reduce((sum, tree) => sum + tree.length, 0);
  const buffer = new ArrayBuffer(16 + 4 * (trees.length + floors.length) + 10 * nodes);
  new Int32Array(buffer, 0, 4).set([nodes, trees.length, width, floors.length]);
  const roots = new Int32Array(buffer, 16, trees.length);
  const value = new Float32Array(buffer, 16 + 4 * trees.length, nodes);
  const right = new Int32Array(buffer, 16 + 4 * (trees.length + nodes), nodes);
  new Float32Array(buffer, 16 + 4 * (trees.length + 2 * nodes), floors.length).set(floors);
  const feature = new Int16Array(buffer, 16 + 4 * (trees.length + 2 * nodes + floors.length), nodes);
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

/** Trees between two looks at a row's floor. */
const STRIDE = 10;

/** Rows that fall below a floor get 0: most of a page is far from being body, and half of the trees can tell. */
export function judge(forest: Forest, rows: Float32Array): Float32Array {
  const { width, roots, floors } = forest;
  const count = rows.length / width;
  const scores = new Float32Array(count);
  const looks = Math.ceil(roots.length / STRIDE);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    let look = 0;
    while (look < looks && (look >= floors.length || sum >= floors[look]!))
      sum += sumOf(forest, rows, i * width, look++);
    if (look === looks) scores[i] = 1 / (1 + Math.exp(-sum));
  }
  return scores;
}

/** What the trees of one stride add to the row at `row`. */
function sumOf({ roots, feature, value, right }: Forest, rows: Float32Array, row: number, stride: number): number {
  let sum = 0;
  for (let tree = stride * STRIDE; tree < Math.min((stride + 1) * STRIDE, roots.length); tree++) {
    let node = roots[tree]!;
    let asked = feature[node]!;
    while (asked >= 0) {
      node = rows[row + asked]! <= value[node]! ? node + 1 : right[node]!;
      asked = feature[node]!;
    }
    sum += value[node]!;
  }
  return sum;
}

/** A margin, as other pages may go lower. */
const MARGIN = 0.3;

/** Floors for a forest that has none: the lowest sums of those rows of `pages` whose score is `atLeast` in the end. */
export function floorsOf(forest: Forest, pages: Iterable<Float32Array>, atLeast: number): number[] {
  const { width, roots } = forest;
  const looks = Math.ceil(roots.length / STRIDE);
  const floors = new Array<number>(looks).fill(0);
  const sums = new Float64Array(looks);
  for (const rows of pages) {
    for (let row = 0; row < rows.length; row += width) {
      let sum = 0;
      for (let look = 0; look < looks; look++) {
        sums[look] = sum;
        sum += sumOf(forest, rows, row, look);
      }
      if (sum < Math.log(atLeast / (1 - atLeast))) continue;
      for (let look = 0; look < looks; look++) floors[look] = Math.min(floors[look]!, sums[look]!);
    }
  }
  return floors.map((floor) => floor - MARGIN);
}
