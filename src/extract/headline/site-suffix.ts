/** Titles of pages with the site's name at an end. In: a title. Out: it without the name, or all of its parts. */
import { fold } from '../words.js';

const SEPARATOR =
  /\s+[|–—\-·•»«:/\\~]{1,3}\s+|\s*[|»｜]\s*|\s+::\s+|\s*[_＿](?=\P{ASCII})|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}！？」』）])\s*[-–—:：]\s*(?=\P{ASCII}|\p{L}+$)/gu;

/** One of them is in each separator: most titles need not be searched. */
const MARK = /[|–—\-·•»«:/\\~｜_＿：]/;

/** A title without the site's name at either end, and what stands beyond it. */
export function withoutSite(value: string, site: readonly string[]): string {
  if (!MARK.test(value)) return value;
  const cuts = [...value.matchAll(SEPARATOR)];
  if (cuts.length === 0) return value;
  for (const cut of cuts) {
    const after = fold(value.slice(cut.index + cut[0].length));
    if (site.some((name) => names(after, name))) return value.slice(0, cut.index).trim();
  }
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
  if (title === undefined || title.length > 400) return [];
  const cuts = [...title.matchAll(SEPARATOR)].slice(0, 5);
  const segments: string[] = [];
  let from = 0;
  for (const cut of cuts) {
    segments.push(title.slice(from, cut.index), title.slice(0, cut.index), title.slice(cut.index + cut[0].length));
    from = cut.index + cut[0].length;
  }
  return [...new Set(segments.map((segment) => segment.trim()))].filter((segment) => segment !== '');
}
