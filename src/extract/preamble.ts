/**
 * What stands between the headline and the first paragraph and is no text of the article: the headline once more, the
 * lines with day and author. In: runs with their scores. Out: which of them are such lines. Never: a line behind
 * the second paragraph, or one that ends as a sentence does.
 */
import { isByline } from './author/bylines.js';
import type { Run } from './blocks.js';
import { readDates } from './date/read.js';
import { fold } from './words.js';

export interface PreambleContext {
  readonly headline: string | undefined;
  /** Languages that dates may be in, most likely first, for a body of that text. */
  readonly languagesOf: (text: string) => readonly string[];
}

/** Longer lines tell something. */
const MAX_LINE = 140;
/** Words beside the date: "By", two names, "published on … at". */
const MAX_WORDS = 11;
const LATEST_YEAR = 2100;
const SENTENCE_END = /[.!?…:。！？।][”"»』」)]?$/;
const WORD = /[\p{L}\p{M}]{2,}/gu;

/** `runs` are those in question; `isKept`: whether it is body so far. */
export function preambleOf(
  runs: readonly Run[],
  isKept: (run: Run) => boolean,
  { headline, languagesOf }: PreambleContext,
): Run[] {
  const title = fold(headline ?? '');
  const lines: Run[] = [];
  const repeated: Run[] = [];
  let found: readonly string[] | undefined;
  const languages = (): readonly string[] => {
    found ??= languagesOf(
      runs
        .filter(isKept)
        .map((each) => each.text)
        .join('\n'),
    );
    return found;
  };
  let paragraphs = 0;
  for (const run of runs) {
    const { text } = run;
    if (title !== '' && text.length < 400 && fold(text) === title) {
      repeated.push(run);
      continue;
    }
    if (text.length > MAX_LINE || SENTENCE_END.test(text)) {
      // A standfirst may stand between the headline and the byline.
      if (isKept(run) && (run.words >= 12 || text.length > 80) && ++paragraphs === 2) break;
      continue;
    }
    if (isByline(text, languages)) lines.push(run);
    if (!/\p{Nd}/u.test(text)) continue;
    const [date] = readDates(text, { languages: languages(), latestYear: LATEST_YEAR });
    if (!date) continue;
    const rest = `${text.slice(0, date.start)} ${text.slice(date.end)}`;
    if ((rest.match(WORD)?.length ?? 0) <= MAX_WORDS) lines.push(run);
  }
  const gone = [...repeated, ...lines];
  // Of a page that shows nothing else, such a line is the text.
  return runs.some((run) => isKept(run) && !gone.includes(run)) ? gone : repeated;
}
