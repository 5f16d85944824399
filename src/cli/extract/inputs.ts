/**
 * The inputs of `extract`, one after another, as one stream of pages. Files are opened when their turn comes: one that
 * cannot be read is lost, as an address that does not answer is, and the others are read. Where none can be, that is
 * said before anything is written.
 */
import { closeSync, createReadStream, openSync, statSync } from 'node:fs';
import { systemReason } from '../../system-reason.js';
import { isUrl } from '../../url.js';
import { UsageError } from '../exit.js';
import { utf16Of } from '../text-file.js';
import { addressPage, isWebAddress, readAddresses } from './addresses.js';
import { asUtf8, type ByteStream, peek, unpack } from './bytes.js';
import { addressOf, readHtml } from './html.js';
import { type InputKind, kindOfContent, kindOfName } from './kind.js';
import type { InputPage } from './page.js';

export interface InputsRequest {
  /** As typed; none means standard input. */
  readonly names: readonly string[];
  readonly from: InputKind | undefined;
  /** The address of a single HTML page. */
  readonly url: string | undefined;
}

/** Throws UsageError where the request makes no sense, or nothing that it names can be read. */
export function checkInputs({ names, url }: InputsRequest): void {
  const unreadable = names.flatMap((name) => faultOf(name) ?? []);
  const faults = unreadable.length === names.length ? unreadable : [];
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

/** Why a file cannot be read. */
function faultOf(path: string): string | undefined {
  if (path === '-' || isWebAddress(path)) return undefined;
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
    const fault = faultOf(name);
    if (fault !== undefined) yield lost(name, fault);
    else if (isWebAddress(name)) yield addressPage(name, name);
    else yield* withItsEnd(name, readInput(name, from, url));
  }
}

/** The pages of an input, and that it broke off where it did: a bad disk, a packed file that was cut off. */
async function* withItsEnd(name: string, pages: AsyncGenerator<InputPage>): AsyncGenerator<InputPage> {
  try {
    yield* pages;
  } catch (error) {
    // What the system or zlib say has a code.
    if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    yield lost(name, `${calledOf(name)}: cannot be read to its end: ${systemReason(error)}`);
  }
}

function lost(name: string, detail: string): InputPage {
  const outcome = { name: 'failed', reason: 'bad-input', detail } as const;
  return { kind: 'lost', place: calledOf(name), url: addressOf(name), outcome };
}

function calledOf(name: string): string {
  return name === '-' ? 'standard input' : name;
}

async function* readInput(
  name: string,
  from: InputKind | undefined,
  url: string | undefined,
): AsyncGenerator<InputPage> {
  const path = name === '-' ? undefined : name;
  const called = calledOf(name);
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
