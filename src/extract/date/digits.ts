/** Digits of any script as those of Latin ones: ۱۴۰۱ → 1401. In: a text. Out: it, other characters as they were. */

const OTHER_DIGIT = /[^\P{Nd}0-9]/gu;
/** Where digits beyond ASCII's begin. */
const OTHER_DIGITS = /[\u0660-\uffff]/;

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
