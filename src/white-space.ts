/** White space of a text as it is read: between words one blank, at the ends none. Pure. */
export function evenlySpaced(text: string): string {
  // Most white space is one blank already: only what is none is written anew.
  return text.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}
