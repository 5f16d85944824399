/**
 * JSONL with pages: `{"url", "html" | "html_b64", …}`. In: bytes. Out: one page per line that is not blank; a line that
 * holds none comes out as lost, with its number and why. Keys beside those three travel along as `source`. An array of
 * such objects, and objects over several lines (as jq prints them), are read as well.
 */

import { isUrl } from '../../url.js';
import { type ByteStream, readLines } from './bytes.js';
import { type JsonValue, JsonValues, spansLines } from './json-values.js';
import { type InputPage, MAX_LINE_BYTES } from './page.js';

/** `name` is the input's, for messages. */
export async function* readJsonl(stream: ByteStream, name: string): AsyncGenerator<InputPage> {
  let values: JsonValues | undefined;
  let isFirst = true;
  for await (const { number, bytes } of readLines(stream, MAX_LINE_BYTES)) {
    const place = `${name} line ${number}`;
    if (bytes === undefined) yield lost(place, `the line is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB`, 'too-large');
    else if (!isBlank(bytes)) {
      if (isFirst && spansLines(bytes)) values = new JsonValues();
      if (values) for (const value of values.read(bytes, number)) yield readValue(value, name);
      else yield readLine(bytes, place);
      isFirst = false;
    }
  }
  for (const value of values?.end() ?? []) yield readValue(value, name);
}

function readValue({ bytes, line, nth, fault }: JsonValue, name: string): InputPage {
  const place = `${name} line ${line}, object ${nth}`;
  if (fault !== undefined) return lost(place, fault, bytes === undefined ? 'too-large' : 'bad-input');
  return readLine(bytes!, place);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}

function readLine(bytes: Uint8Array, place: string): InputPage {
  let value: unknown;
  try {
    // A byte order mark is no part of the text; invalid bytes become U+FFFD as everywhere on the web.
    value = JSON.parse(new TextDecoder('utf-8').decode(bytes));
  } catch (error) {
    return lost(place, `not valid JSON: ${(error as Error).message.replace(/ is not valid JSON$/, '')}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return lost(place, 'expected an object such as {"url": "https://…", "html": "<html>…"}');
  const { url, html, html_b64: packed, ...others } = value as Record<string, unknown>;
  const source = Object.keys(others).length > 0 ? { source: others } : {};
  const given = typeof url === 'string' && url !== '' ? { url } : {};
  const fault = (detail: string): InputPage => ({ ...lost(place, detail), ...given, ...source });
  if (!('url' in given)) return fault('"url" is missing: expected the address of the page');
  if (!isUrl(url as string)) return fault(`"url" is no absolute address: ${JSON.stringify(url)}`);
  if ((html === undefined) === (packed === undefined))
    return fault(html === undefined ? '"html" or "html_b64" is missing' : 'there are both "html" and "html_b64"');
  if (typeof (html ?? packed) !== 'string') return fault('"html" or "html_b64" is no string');
  const body = html === undefined ? Buffer.from(packed as string, 'base64') : (html as string);
  if (html === undefined && body.length === 0 && packed !== '') return fault('"html_b64" is not base64');
  return { kind: 'page', url: url as string, task: { body }, ...source };
}

function lost(
  place: string,
  detail: string,
  reason: 'bad-input' | 'too-large' = 'bad-input',
): InputPage & { kind: 'lost' } {
  return { kind: 'lost', place, outcome: { name: 'failed', reason, detail: `${place}: ${detail}` } };
}
