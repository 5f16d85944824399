/**
 * A learned forest of decision trees, evaluated. In: rows of numbers. Out: for each row how likely it is, 0 to 1. Trees
 * lie flat in typed arrays, each node before its left child: no objects to chase, nothing to compile.
 */

/** In place of a feature: the node is a leaf. */
const LEAF = 255;

export interface Forest {
  /** Number of features in a row; fewer than LEAF. */
  readonly width: number;
  /** Index of each tree's root. */
  readonly roots: Int32Array;
  /** Feature that a node asks about, or LEAF. */
  readonly feature: Uint8Array;
  /** Threshold of a node (left where value ≤ threshold), or a leaf's value. */
  readonly value: Float32Array;
  /** Place of the right child in its tree, which has fewer than 256 nodes. */
  readonly right: Uint8Array;
  /**
   * Sums that rows of the training pages never fell below, before each STRIDE of trees, and came out of doubt in the
   * end; without any, all trees are asked.
   */
  readonly floors: Float32Array;
}

/** As `packForest` makes it: the sizes, then the arrays, little-endian, as base64. */
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
  const floors = new Float32Array(buffer, at, strides);
  at += 4 * strides;
  const right = new Uint8Array(buffer, at, nodes);
  at += nodes;
  const feature = new Uint8Array(buffer, at, nodes);
  return { width, roots, feature, value, right, floors };
}

/** Nodes of each tree in their order, a leaf's feature below 0. */
export function packForest(
  trees: readonly (readonly (readonly [feature: number, value: number, right: number])[])[],
  width: number,
  floors: readonly number[] = [],
): string {
  if (width >= LEAF || trees.some((tree) => tree.length > 256))
    throw new Error('too many features or nodes for a byte');
  const nodes = trees.reduce((sum, tree) => sum + tree.length, 0);
  const buffer = new ArrayBuffer(16 + 4 * (trees.length + floors.length) + 6 * nodes);
  new Int32Array(buffer, 0, 4).set([nodes, trees.length, width, floors.length]);
  const forest = {
    roots: new Int32Array(buffer, 16, trees.length),
    value: new Float32Array(buffer, 16 + 4 * trees.length, nodes),
    right: new Uint8Array(buffer, 16 + 4 * (trees.length + nodes + floors.length), nodes),
    feature: new Uint8Array(buffer, 16 + 4 * (trees.length + nodes + floors.length) + nodes, nodes),
  };
  new Float32Array(buffer, 16 + 4 * (trees.length + nodes), floors.length).set(floors);
  let at = 0;
  trees.forEach((tree, i) => {
    forest.roots[i] = at;
    for (const [feature, value, right] of tree) {
      forest.feature[at] = feature < 0 ? LEAF : feature;
      forest.value[at] = value;
      forest.right[at] = right;
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
    const root = roots[tree]!;
    let node = root;
    let asked = feature[node]!;
    while (asked !== LEAF) {
      node = rows[row + asked]! <= value[node]! ? node + 1 : root + right[node]!;
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
