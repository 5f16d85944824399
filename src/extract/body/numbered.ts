/**
 * Headings that count the entries of a list ("1. …", "2. …", or down to 1): its text, though often nothing but a picture
 * stands between them, where a model sees headings without a text. In: the runs with their scores. Out: the scores, with
 * that of the body for all of such a row. Never: a row with links, which leads to other pages or down this one.
 */
import { IN, type Run } from './blocks.js';

/** Headings of fewer entries are those of any page. */
const MIN_ENTRIES = 5;
const NUMBER = /^(?:#|no\.? ?)?(\d{1,3})(?:[.):、．]|\s[–—-])\s?(?=\D)/i;
/** Frames that hold no text of the article. */
const OUTSIDE = IN.nav | IN.aside | IN.footer | IN.form | IN.button | IN.dialog;

/** `kept`: runs with a score from there on are body. */
export function keepNumbered(runs: readonly Run[], scores: Float32Array, kept: number): void {
  let row: Run[] = [];
  let step = 0;
  let last = 0;
  const keep = (): void => {
    if (row.length >= MIN_ENTRIES && (step === 1 || last === 1))
      for (const { index } of row) scores[index] = Math.max(kept, scores[index]!);
  };
  for (const run of runs) {
    const number = numberOf(run);
    if (number === undefined) continue;
    const by = number - last;
    if (row.length > 0 && isAlike(run, row[0]!) && (step === 0 ? by === 1 || by === -1 : by === step)) step = by;
    else {
      keep();
      row = [];
      step = 0;
    }
    row.push(run);
    last = number;
  }
  keep();
}

function numberOf({ block, text, linkChars }: Run): number | undefined {
  if (!(block.bits & IN.heading) || linkChars > 0 || block.bits & OUTSIDE) return undefined;
  const number = NUMBER.exec(text.slice(0, 12))?.[1];
  return number === undefined ? undefined : Number(number);
}

const isAlike = (a: Run, b: Run): boolean => a.block.element.name === b.block.element.name;
