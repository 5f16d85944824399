/**
 * What stands between the headline and the first paragraph and is no text of the article: the headline once more, the
 * lines with day and author. In: runs with their scores. Out: which of them are such lines. Never: a line behind
 * the second paragraph, or one that ends as a sentence does.
 */
import { isByline } from '../author/bylines.js';
import { mayHaveDate, readDates } from '../date/read.js';
import { codeAt, codeOrEnd } from '../page/code-at.js';
import { oneLine } from '../page/visible.js';
import { fold } from '../text/words.js';
import type { Run } from './blocks.js';

export interface PreambleContext {
  readonly headline: string | undefined;
  /** Languages that dates may be in, most likely first, for a body of that text. */
  readonly languagesOf: (text: string) => readonly string[];
}

/** Longer lines tell something. */
const MAX_LINE = 140;
/** Words beside the date: "By", two names, "published on … at". */
const MAX_WORDS = 11;
/** Runs in question that are looked at: what has no paragraph among as many is a table or a list. */
const MAX_RUNS = 200;
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
  for (const run of runs.slice(0, MAX_RUNS)) {
    const { text } = run;
    if (title !== '' && text.length < 400 && mayFoldTo(text, title) && fold(text) === title) {
      repeated.push(run);
      continue;
    }
    if (text.length > MAX_LINE || SENTENCE_END.test(text.slice(-2))) {
      // A standfirst may stand between the headline and the byline.
      if (isKept(run) && (run.words >= 12 || text.length > 80) && ++paragraphs === 2) break;
      continue;
    }
    if (isByline(text, languages)) lines.push(run);
    if (!mayHaveDate(text)) continue;
    const [date] = readDates(text, { languages: languages(), latestYear: LATEST_YEAR });
    if (!date) continue;
    const rest = `${text.slice(0, date.start)} ${text.slice(date.end)}`;
    if (wordsBeside(rest) <= MAX_WORDS) lines.push(run);
  }
  const gone = [...repeated, ...lines];
  // Of a page that shows nothing else, such a line is the text.
  return runs.some((run) => isKept(run) && !gone.includes(run)) ? gone : repeated;
}

/** Scripts that do not part words, and how many of their signs make one. */
const UNPARTED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
const SIGNS_OF_WORD = 6;

function wordsBeside(text: string): number {
  let count = 0;
  for (const word of text.match(WORD) ?? []) count += UNPARTED.test(word) ? Math.ceil(word.length / SIGNS_OF_WORD) : 1;
  return count;
}

/** Signs of a day with its hour: "19.10.2019, 15:30 Uhr". */
const MAX_DAY = 40;

/**
 * A day in an element of its own, set before the first words of the first paragraph. Cuts it off; place and agency, as
 * wires have them, are text and stay.
 */
export function cutDay(first: Run | undefined, languagesOf: PreambleContext['languagesOf']): void {
  const [day, next] = first?.texts ?? [];
  if (!first || !day || !next || day.parent === first.block.element) return;
  const said = oneLine(day.data);
  if (said.length > MAX_DAY || !first.text.startsWith(said) || !mayHaveDate(said)) return;
  const rest = first.text.slice(said.length).trimStart();
  const [date] = readDates(said, { languages: languagesOf(first.text), latestYear: LATEST_YEAR });
  if (!date || !/^["“„«]?\p{Lu}/u.test(rest)) return;
  if ((`${said.slice(0, date.start)} ${said.slice(date.end)}`.match(WORD)?.length ?? 0) > 1) return;
  first.texts.shift();
  first.text = rest;
}

/** Whether a text may be the same words as a folded one: nearly all differ in a letter or two at their beginning. */
function mayFoldTo(text: string, folded: string): boolean {
  let at = 0;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code > 127) return true;
    const isLetter = (code | 32) > 96 && (code | 32) < 123;
    if (!isLetter && !(code > 47 && code < 58)) continue;
    if (codeOrEnd(folded, at) === 32) at++;
    // A mark behind a letter may make another one of it.
    if (codeOrEnd(folded, at++) !== (isLetter ? code | 32 : code)) return codeOrEnd(text, i + 1) > 127;
  }
  return at === folded.length;
}
