/** Web addresses, one a line; empty lines and `#` comments are left out. In: bytes. Out: addresses to ask for. */

import { isUrl } from '../../url.js';
import { type ByteStream, readLines } from './bytes.js';
import { type InputPage, MAX_ADDRESS_BYTES } from './page.js';

export async function* readAddresses(stream: ByteStream, name: string): AsyncGenerator<InputPage> {
  for await (const { number, bytes } of readLines(stream, MAX_ADDRESS_BYTES)) {
    const text = bytes === undefined ? undefined : new TextDecoder('utf-8').decode(bytes).trim();
    if (text === '' || text?.startsWith('#')) continue;
    yield addressPage(text, `${name} line ${number}`);
  }
}

/** `text` is undefined where it was too long to keep. */
export function addressPage(text: string | undefined, place: string): InputPage {
  if (text !== undefined && isWebAddress(text)) return { kind: 'address', url: text };
  const detail =
    text === undefined
      ? 'the line is too long for an address'
      : `no web address: ${JSON.stringify(text.slice(0, 200))}`;
  return { kind: 'lost', place, outcome: { name: 'failed', reason: 'bad-input', detail: `${place}: ${detail}` } };
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && isUrl(text);
}
