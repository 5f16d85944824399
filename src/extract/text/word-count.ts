/** How many words a text has. In: a text and its language. Out: a count, also for scripts that put no spaces between words. */
import { segmentsOf } from '../../segments.js';
import { countSpaced } from './words.js';

/** Scripts without spaces between words. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;

export function countWords(text: string, language: string | undefined): number {
  // Where words are parted by spaces, counting them needs no dictionary and costs a hundredth.
  if (!UNSPACED.test(text)) return countSpaced(text);
  let count = 0;
  for (const { isWordLike } of segmentsOf(text, language)) if (isWordLike) count++;
  return count;
}
