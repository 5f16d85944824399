/**
 * A long text in which many others are looked for, mostly in its own order: the search goes on from where the last one
 * was found, so that all of them together take about one pass. What is not there takes a pass each, up to a limit.
 */

/** Characters looked through for one page; a page of 500 runs and 100 kB of linked data takes half of it. */
const MAX_SEARCHED = 100_000_000;

export class SearchedText {
  readonly #text: string;
  #from = 0;
  #left = MAX_SEARCHED;

  constructor(text: string) {
    this.#text = text;
  }

  /** Beyond the limit nothing is found any more. */
  has(part: string): boolean {
    if (this.#left <= 0) return false;
    const ahead = this.#text.indexOf(part, this.#from);
    if (ahead >= 0) {
      this.#left -= ahead - this.#from;
      this.#from = ahead;
      return true;
    }
    this.#left -= this.#text.length;
    const before = this.#text.slice(0, this.#from + part.length).indexOf(part);
    if (before >= 0) this.#from = before;
    return before >= 0;
  }
}
