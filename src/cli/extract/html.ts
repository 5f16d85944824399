/** One HTML page, from a file or standard input. In: bytes. Out: the page, or lost where it is no page at all. */
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { foreignKind } from '../../foreign.js';
import { type ByteStream, readAll } from './bytes.js';
import { type InputPage, MAX_HTML_BYTES } from './page.js';

/** What stands for the address of an input that has none of its own. */
export function addressOf(name: string): string {
  return name === '-' ? 'file:///dev/stdin' : pathToFileURL(name).href;
}

/** `path` is undefined for standard input; `url` is what the user said the page's address is. */
export async function* readHtml(
  stream: ByteStream | Readable,
  { path, url }: { path: string | undefined; url: string | undefined },
): AsyncGenerator<InputPage> {
  const place = path ?? 'standard input';
  const address = url ?? addressOf(path ?? '-');
  const body = await readAll(stream, MAX_HTML_BYTES);
  if (body === undefined) {
    const detail = `${place}: more than ${MAX_HTML_BYTES / 2 ** 20} MiB`;
    yield { kind: 'lost', place, url: address, outcome: { name: 'failed', reason: 'too-large', detail } };
    return;
  }
  const foreign = foreignKind(body);
  if (body.length === 0 || foreign !== undefined) {
    yield {
      kind: 'lost',
      place,
      url: address,
      outcome:
        body.length === 0
          ? { name: 'not-article', reason: 'empty', detail: `${place}: there is nothing in it` }
          : { name: 'not-article', reason: foreign!.reason, detail: `${place}: ${foreign!.what}, no HTML` },
    };
    return;
  }
  yield { kind: 'page', url: address, task: { body }, ...(url === undefined && { urlIsOurs: true }) };
}
