/** Titles of pages with the site's name at an end. In: a title. Out: it without the name, or all of its parts. */
import { codeAt, codeOrEnd } from '../page/code-at.js';
import { fold } from '../text/words.js';

const SEPARATOR =
  /\s+[|–—\-·•»«:/\\~]{1,3}\s+|\s*[|»｜]\s*|\s+::\s+|\s*[_＿](?=\P{ASCII})|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}！？」』）])\s*[-–—:：]\s*(?=\P{ASCII}|\p{L}+$)/gu;

/** Marks that part by themselves, those that do before a letter beyond ASCII, and those that do behind a space or one. */
const BAR = codes('|»｜');
const LINE = codes('_＿');
const DASH = codes('–—-·•«:/\\~：');

function codes(marks: string): ReadonlySet<number> {
  return new Set([...marks].map((mark) => codeAt(mark, 0)));
}

/** Whether a title may have a separator: most need not be searched. */
function mayBeParted(title: string): boolean {
  const { length } = title;
  for (let i = 0; i < length; i++) {
    const code = codeAt(title, i);
    if (code === 32 || (code > 47 && code < 58) || ((code | 32) > 96 && (code | 32) < 123)) continue;
    if (BAR.has(code)) return true;
    if (LINE.has(code)) {
      if (codeOrEnd(title, i + 1) > 127) return true;
    } else if (i > 0 && DASH.has(code)) {
      const before = codeAt(title, i - 1);
      if (before <= 32 || before > 127) return true;
    }
  }
  return false;
}

function cutsIn(title: string): RegExpExecArray[] {
  const cuts: RegExpExecArray[] = [];
  SEPARATOR.lastIndex = 0;
  for (let cut = SEPARATOR.exec(title); cut; cut = SEPARATOR.exec(title)) cuts.push(cut);
  return cuts;
}

/** What else stands behind a bar and is spelled as an address: the name that the site had before. */
const DOMAIN =
  /^(?:[\w-]+\.)+(?:com|net|org|info|eu|de|at|ch|fr|it|es|pt|br|nl|be|pl|cz|hu|ru|ua|gr|in|co\.uk|com\.\w\w)$/i;

/** A title without the site's name at either end, and what stands beyond it. */
export function withoutSite(value: string, site: readonly string[]): string {
  if (!mayBeParted(value)) return value;
  const cuts = cutsIn(value);
  if (cuts.length === 0) return value;
  for (const cut of cuts) {
    const after = fold(value.slice(cut.index + cut[0].length));
    if (site.some((name) => names(after, name))) return value.slice(0, cut.index).trim();
  }
  const last = cuts.at(-1)!;
  if (last[0].includes('|') && DOMAIN.test(value.slice(last.index + last[0].length)))
    return value.slice(0, last.index).trim();
  for (const cut of cuts) {
    const before = fold(value.slice(0, cut.index));
    if (site.some((name) => before === name)) return value.slice(cut.index + cut[0].length).trim();
  }
  return value;
}

const names = (text: string, name: string): boolean =>
  text === name || (name.length > 3 && (text.startsWith(`${name} `) || text.endsWith(` ${name}`)));

/** What stands before, behind and between the separators of a page's title, longest runs included. */
export function titleSegments(title: string | undefined): string[] {
  if (title === undefined || title.length > 400 || !mayBeParted(title)) return [];
  const cuts = cutsIn(title).slice(0, 5);
  const segments: string[] = [];
  let from = 0;
  for (const cut of cuts) {
    segments.push(title.slice(from, cut.index), title.slice(0, cut.index), title.slice(cut.index + cut[0].length));
    from = cut.index + cut[0].length;
  }
  return [...new Set(segments.map((segment) => segment.trim()))].filter((segment) => segment !== '');
}
