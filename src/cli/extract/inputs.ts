/**
 * The inputs of `extract`, one after another, as one stream of pages. Files are opened when their turn comes; what can
 * be known to be wrong before (a file that is not there) is said before anything is written.
 */
import { closeSync, createReadStream, openSync, statSync } from 'node:fs';
import { systemReason } from '../../system-reason.js';
import { isUrl } from '../../url.js';
import { UsageError } from '../exit.js';
import { utf16Of } from '../text-file.js';
import { addressPage, isWebAddress, readAddresses } from './addresses.js';
import { asUtf8, type ByteStream, peek, unpack } from './bytes.js';
import { readHtml } from './html.js';
import { type InputKind, kindOfContent, kindOfName } from './kind.js';
import type { InputPage } from './page.js';

export interface InputsRequest {
  /** As typed; none means standard input. */
  readonly names: readonly string[];
  readonly from: InputKind | undefined;
  /** The address of a single HTML page. */
  readonly url: string | undefined;
}

/** Throws UsageError naming every input that cannot be read. */
export function checkInputs({ names, url }: InputsRequest): void {
  const faults = names.flatMap((name) => (name === '-' || isWebAddress(name) ? [] : (faultOf(name) ?? [])));
  if (names.filter((name) => name === '-').length > 1) faults.push('- (standard input) can be read only once');
  if (url !== undefined && names.length > 1)
    faults.push('--url is the address of one page, but there are several inputs');
  if (url !== undefined && !isUrl(url))
    faults.push(`--url: expected an address such as https://example.org/story, got ${JSON.stringify(url)}`);
  if (readsTerminal(names))
    faults.push('nothing to read: name files or web addresses, or pipe pages in (tearsheet extract --help)');
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}

function readsTerminal(names: readonly string[]): boolean {
  return names.length === 0 && process.stdin.isTTY === true;
}

function faultOf(path: string): string | undefined {
  try {
    if (statSync(path).isDirectory())
      return `${path}: it is a folder; name the files in it, such as ${path.replace(/\/$/, '')}/*.html`;
    closeSync(openSync(path, 'r'));
    return undefined;
  } catch (error) {
    const hint = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(path) ? ` (a web address begins with https://)` : '';
    return `${path}: cannot be read: ${systemReason(error)}${hint}`;
  }
}

export async function* readInputs({ names, from, url }: InputsRequest): AsyncGenerator<InputPage> {
  for (const name of names.length === 0 ? ['-'] : names) {
    if (isWebAddress(name)) yield addressPage(name, name);
    else yield* readInput(name, from, url);
  }
}

async function* readInput(
  name: string,
  from: InputKind | undefined,
  url: string | undefined,
): AsyncGenerator<InputPage> {
  const path = name === '-' ? undefined : name;
  const called = path ?? 'standard input';
  const source: ByteStream = path === undefined ? process.stdin : createReadStream(path);
  const told = from ?? (url === undefined ? undefined : 'html') ?? (path === undefined ? undefined : kindOfName(path));
  const { all, content, isGzip } = await peek(
    source,
    (start) => told !== undefined || kindOfContent(start) !== undefined,
  );
  const kind = told ?? kindOfContent(content);
  if (kind === undefined && content.length === 0 && path === undefined) return;
  if (kind === undefined && path === undefined)
    throw new UsageError('standard input: cannot tell what it holds; say it with --from html, urls, jsonl or warc');
  // WARC is gzip by the record, and its reader wants to see where each one begins.
  const plain = isGzip && kind !== 'warc' ? unpack(all) : all;
  const utf16 = utf16Of(content);
  const text = utf16 === undefined ? plain : asUtf8(plain, utf16);
  switch (kind) {
    case 'jsonl':
      return yield* (await import('./jsonl.js')).readJsonl(text, called);
    case 'urls':
      return yield* readAddresses(text, called);
    case 'warc':
      return yield* (await import('./warc.js')).readWarcPages(plain, path);
    default:
      // A named file that is none of these: a page without a doctype, or something that is no page, which is said.
      return yield* readHtml(plain, { path, url });
  }
}
