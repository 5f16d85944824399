/** How many words a text has. In: a text and its language. Out: a count, also for scripts that put no spaces between words. */
import { countSpaced } from './words.js';

/** Scripts without spaces between words. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
const segmenters = new Map<string, Intl.Segmenter>();

export function countWords(text: string, language: string | undefined): number {
  // Where words are parted by spaces, counting them needs no dictionary and costs a hundredth.
  if (!UNSPACED.test(text)) return countSpaced(text);
  const key = language ?? 'und';
  let segmenter = segmenters.get(key);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(key, { granularity: 'word' });
    segmenters.set(key, segmenter);
  }
  let count = 0;
  // Some engines copy the whole text for each segment: pieces keep the time linear.
  for (const piece of text.split('\n')) {
    for (const { isWordLike } of segmenter.segment(piece)) if (isWordLike) count++;
  }
  return count;
}
