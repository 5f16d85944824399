/**
 * Text on its way to a terminal. In: any string, also from hostile pages. Out: one line of printable characters that
 * can neither move the cursor, change colours, turn the reading direction nor fake another line of ours.
 *
 * Never applied to data: what goes to a file or a pipe stays as it is.
 */

/**
 * Everything that a terminal could take for more than a character: C0 and C1 controls (escape sequences begin with
 * one), line and paragraph separators, bidirectional controls (they make `exe.txt` out of `txt.exe`), interlinear
 * marks, invisible tag characters, noncharacters and unpaired surrogates.
 */
const UNSAFE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\p{Noncharacter_Code_Point}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}\u{FEFF}]/gu;
const SPACE = /[\t\n\v\f\r\u{85}\u{2028}\u{2029} ]+/gu;

/** One safe line: white space runs become one space, unsafe characters become visible escapes such as `\x1b`. */
export function escapeText(text: string): string {
  return escapeInline(text).trim();
}

/** The same for a part of a line: blanks at its ends stay. */
export function escapeInline(text: string): string {
  return text.replace(SPACE, ' ').replace(UNSAFE, escapeCharacter);
}

/** A JSON text that is safe on a terminal and still means the same: unsafe characters as `\uXXXX`; its own line breaks stay. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    character === '\n'
      ? character
      : Array.from(character.length === 1 ? [character] : [character[0]!, character[1]!], (unit) => {
          return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
        }).join(''),
  );
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
