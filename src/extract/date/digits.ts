/** Digits of any script as those of Latin ones: ۱۴۰۱ → 1401. In: a text. Out: it, other characters as they were. */
import { codeAt } from '../page/code-at.js';

const OTHER_DIGIT = /[^\P{Nd}0-9]/gu;
/** Where digits beyond ASCII's may stand: not among the signs that texts of all languages have, nor in Han or Hangul. */
export const OTHER_DIGITS = /[\u0660-\u1fff\ua000-\uabff\ud800-\udfff\uff00-\uffff]/;

export function withLatinDigits(text: string): string {
  if (!OTHER_DIGITS.test(text)) return text;
  return text.replace(OTHER_DIGIT, (digit) => {
    // Unicode keeps each script's ten digits side by side.
    const code = digit.codePointAt(0)!;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  });
}

/** Whether a text has a digit of any script. */
export function hasDigit(text: string): boolean {
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code >= 48 && code <= 57) return true;
    if (code >= 0x660) return /\p{Nd}/u.test(text);
  }
  return false;
}
