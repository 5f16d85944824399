/**
 * The words of a text and what stands between them, by its language, also where no blanks part words (Chinese, Japanese,
 * Thai). In: a text, a BCP 47 tag. Out: segments that joined give the text (Unicode UAX #29, by the runtime). Linear
 * time.
 */

/**
 * V8 may take quadratic time for a long text in one piece. Pieces end at a blank or a mark of Chinese and Japanese where
 * there is one; elsewhere a word may be cut in two.
 */
const PIECE = /[\s\S]{1,500}(?:\s+|(?<=[。！？、，；：」』）])|$)|[\s\S]{1,500}/gu;

const segmenters = new Map<string, Intl.Segmenter>();

export function* segmentsOf(text: string, language: string | undefined): Generator<Intl.SegmentData> {
  const segmenter = segmenterOf(language);
  for (const [piece] of text.matchAll(PIECE)) yield* segmenter.segment(piece);
}

/** A language that a page names and nobody knows is no reason to fail. */
function segmenterOf(language = 'und'): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    try {
      segmenter = new Intl.Segmenter(language, { granularity: 'word' });
    } catch {
      segmenter = new Intl.Segmenter('und', { granularity: 'word' });
    }
    segmenters.set(language, segmenter);
  }
  return segmenter;
}
