/**
 * A value as one line of JSON, whoever reads it. U+0085, U+2028 and U+2029 may stand raw in JSON, and some readers end a
 * line at them (Node's readline, Python's str.splitlines): they are written as escapes. Out: no line break; JSON
 * (RFC 8259) that means what JSON.stringify's means.
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, (character) => `\\u${hex(character)}`);
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');
