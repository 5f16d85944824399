/**
 * Control characters have no place in an article: no reader sees one, a terminal obeys them, and databases and XML
 * refuse some. They come as character references and as escapes in the JSON of scripts. In: a text, or plain data. Out:
 * the same without them; tab and line feed stay. Pure.
 */

/** C0 but tab and line feed, DEL, C1. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]+/g;

export function withoutControls(text: string): string {
  return CONTROL.test(text) ? text.replace(CONTROLS, '').replace(/ {2,}/g, ' ').trim() : text;
}

/** Of every text in plain data; the data itself where there is nothing to take away, and an empty text is left out. */
export function clearedOfControls<T>(data: T): T {
  return holdsControls(data) ? (cleared(data) as T) : data;
}

function holdsControls(data: unknown): boolean {
  if (typeof data === 'string') return CONTROL.test(data);
  if (typeof data !== 'object' || data === null) return false;
  for (const value of Object.values(data)) if (holdsControls(value)) return true;
  return false;
}

function cleared(data: unknown): unknown {
  if (typeof data === 'string') return withoutControls(data);
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(cleared).filter((value) => value !== '');
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => {
      const left = cleared(value);
      return left === '' && value !== '' ? [] : [[name, left]];
    }),
  );
}
