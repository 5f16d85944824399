/** The types of encode-text.js: see there. */
export function encodeText(text: string, encoding: string): Buffer;
