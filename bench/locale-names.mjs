/**
 * Writes src/extract/date/locale-names.ts: what the runtime's locale data says of the dates of common languages, so that
 * a start need not ask it (the first format takes 10 ms). Run it with a runtime whose ICU is newer; a test holds the
 * file to the runtime's data.
 *
 *   npm run build && node bench/locale-names.mjs && npm run build
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runtimeNames } from '../dist/extract/date/runtime-names.js';

/** Those that `language-of-text.ts` can tell. */
const LANGUAGES =
  'am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mr ms my nb ne nl no or pa pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tk tr uk ur uz vi zh'.split(
    ' ',
  );
const MARKS = /[<>\t\n|;'\\]/;

/** Tags of a language that the data has something of its own for, the bare one first. */
function tagsOf(language) {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const regions = letters.flatMap((a) => letters.map((b) => a + b));
  return [language, ...regions.map((region) => `${language}-${region}`)].filter((tag) => {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical === tag && new Intl.DateTimeFormat(tag).resolvedOptions().locale === tag;
  });
}

/** Tags by the line that they share. */
const lines = new Map();
for (const tag of LANGUAGES.flatMap(tagsOf)) {
  const { order, conjunction, calendars, months, weekdays, joints, halves } = runtimeNames(tag);
  const byMonth = Array.from({ length: 13 }, (_, month) => [...months].filter(([, of]) => of === month));
  const lists = [
    calendars,
    byMonth.map((names) => names.map(([name]) => name)),
    [...weekdays],
    [...joints],
    [...halves].map(([word, isSecond]) => (isSecond ? `+${word}` : `-${word}`)),
  ];
  for (const word of [conjunction, ...lists.flat(2)]) {
    if (MARKS.test(word)) throw new Error(`${tag}: ${JSON.stringify(word)} holds a mark that parts the lists`);
  }
  const text = [order, conjunction, ...lists.map((list) => list.map((one) => [one].flat().join(';')).join('|'))];
  const line = text.join('\t');
  lines.set(line, [...(lines.get(line) ?? []), tag]);
}
const all = [...lines].map(([line, tags]) => `${tags.map((tag) => `<${tag}>`).join('')}\t${line}\n`).join('');
const source = `/** Written by bench/locale-names.mjs; do not edit. A line: tags, then what \`LocaleNames\` has, parted by tabs. */
export const ICU = '${process.versions.icu}';
export const LOCALE_NAMES =
  '${all.replaceAll('\t', '\\t').replaceAll('\n', '\\n')}';
`;
writeFileSync(fileURLToPath(new URL('../src/extract/date/locale-names.ts', import.meta.url)), source);
console.log(`${lines.size} lines, ${all.length} characters`);
