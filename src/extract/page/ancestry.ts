/**
 * What the elements around one say of it. In: elements, mostly in the page's order, and a function that says it of one
 * element in bits. Out: those bits, from the element itself upwards. Neighbours share what is above them, so that most
 * are told after a step or two.
 */
import type { Element, Parent } from './tree.js';

/** Elements that are looked at, the element itself among them. */
const MAX_DEPTH = 14;

/** Where nothing further up counts. */
export const END = -1;

export class Ancestry {
  /** At each height the element that was met last; what stands in the lists further up is of those around it. */
  readonly #nodes: (Parent | null)[] = new Array(MAX_DEPTH).fill(null);
  readonly #bits: number[] = new Array(MAX_DEPTH + 1).fill(END);
  readonly #bitsOf: (element: Element, height: number) => number;

  /** `bitsOf`: END where neither this element nor one around it counts. */
  constructor(bitsOf: (element: Element, height: number) => number) {
    this.#bitsOf = bitsOf;
  }

  /** The bits of the element and of those around it, up to END. Good until the next one is asked for. */
  of(element: Element): readonly number[] {
    let node: Parent = element;
    for (let height = 0; height < MAX_DEPTH && this.#nodes[height] !== node; height++) {
      const bits: number = node.type === 'tag' ? this.#bitsOf(node, height) : END;
      this.#nodes[height] = node;
      this.#bits[height] = bits;
      if (bits === END || node.type !== 'tag') break;
      node = node.parent;
    }
    return this.#bits;
  }
}
