/**
 * What is certainly no page, whatever its address or header field call it. In: bytes, or text where the caller has it as
 * text. Out: what they are, in words for a person, and the reason to give. Pure; looks at the beginning, at a bounded
 * sample, and at all of it only where it does not begin as a page does.
 *
 * Signatures and binary data bytes are those of the WHATWG's MIME Sniffing Standard, and of files that people take for
 * pages. Unlike there a few stray bytes prove nothing: real pages have them.
 */
import { utf16Of } from './fetch/charset.js';
import { latin1Of } from './fetch/legacy-decoder.js';
import type { Reason } from './outcome.js';

export interface Foreign {
  readonly reason: Extract<Reason<'not-article'>, 'not-html' | 'feed' | 'sitemap'>;
  readonly what: string;
}

/** First bytes, read as Latin-1, and where they stand; what such a file is called in a message. */
const SIGNATURES: readonly (readonly [signature: string, name: string, at?: number])[] = [
  ['%PDF', 'a PDF'],
  ['%!PS', 'PostScript'],
  ['{\\rtf', 'RTF'],
  ['PK\x03\x04', 'a ZIP file (WACZ: unpack it and name its WARC files) or an office document'],
  ['\xd0\xcf\x11\xe0', 'an office document'],
  ['\x1f\x8b', 'gzip data'],
  ['(\xb5/\xfd', 'Zstandard data'],
  ['\xfd7zXZ', 'xz data'],
  ['BZh', 'bzip2 data'],
  ['7z\xbc\xaf', 'a 7z archive'],
  ['Rar!', 'a RAR archive'],
  ['ustar', 'a tar archive', 257],
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['\0\0\x01\0', 'an icon'],
  ['RIFF', 'a RIFF file'],
  ['ftyp', 'a video or an image in boxes (MP4, AVIF)', 4],
  ['\x1aE\xdf\xa3', 'a WebM or Matroska video'],
  ['OggS', 'an Ogg file'],
  ['ID3', 'an MP3 file'],
  ['wOFF', 'a font'],
  ['wOF2', 'a font'],
  ['\0\x01\0\0', 'a font'],
  ['\x7fELF', 'a program'],
  ['\0asm', 'a program'],
  ['SQLite', 'a SQLite file'],
  ['bplist', 'a web archive of Safari or another property list'],
];

/** A page that a browser saved with its pictures: RFC 2557. */
const MHTML = /^(?:[\w-]{1,40}:[^\n]{0,998}\r?\n(?:[ \t][^\n]{0,998}\r?\n)*){0,20}?Content-Type:\s*multipart\/related/i;
const HEAD_BYTES = 4096;

const WINDOW = 512;
const WINDOWS = 8;
/**
 * The share of characters that no text has from which on it is none. Random and compressed bytes have a tenth, the
 * strangest page of the corpora has one in a thousand.
 */
const BINARY_SHARE = 0.05;

/** An XML document's root, behind what may stand before it. */
const XML_ROOT =
  /^<\?xml\b[^>]{0,200}>(?:\s|<\?[^>]{0,500}>|<!--[^>]{0,1000}-->|<!doctype[^>]{0,300}>)*<([\w:.-]{1,60})/i;
const ROOT = /^<([a-z]{3,12}(?::RDF)?)[\s>]/i;
const DOCUMENTS: Readonly<Record<string, Foreign>> = {
  rss: { reason: 'feed', what: 'a feed' },
  feed: { reason: 'feed', what: 'a feed' },
  'rdf:rdf': { reason: 'feed', what: 'a feed' },
  urlset: { reason: 'sitemap', what: 'a sitemap' },
  sitemapindex: { reason: 'sitemap', what: 'a sitemap' },
  svg: { reason: 'not-html', what: 'an SVG image' },
};
/** Roots behind an XML declaration that are a page all the same: fragments of XHTML. */
const OF_HTML = /^(?:html|head|body|div|p|article|section|main|table|span|h[1-6])$/;

/** Tags of a page, but not in a string of a program. */
const MARKUP = /(?<!["'`\\])<(?:!doctype\s+html|html|head|body|title|meta|article|main|h[1-6]|br|p|div|td)(?=[\s/>])/i;

/** Types that no page has. Servers that do not know better send pages as text, as octets, or say nothing. */
const FOREIGN_TYPE =
  /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|json|javascript|msword|vnd\.)|^text\/(?:css|javascript|calendar)$/;

/** What a response that is certainly no page is: by its bytes, or else by its Content-Type header field. */
export function foreignResponse(body: Uint8Array, contentType: string | undefined): Foreign | undefined {
  const type = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
  return foreignKind(body) ?? (FOREIGN_TYPE.test(type) ? none(type) : undefined);
}

/** What something that is certainly no page is, or undefined. */
export function foreignKind(content: Uint8Array | string): Foreign | undefined {
  if (content.length === 0) return undefined;
  const encoding = typeof content === 'string' ? undefined : utf16Of(content);
  const textOf = (from: number, to: number): string => {
    if (typeof content === 'string') return content.slice(from, to);
    const part = content.subarray(from, to);
    return encoding === undefined ? latin1Of(part) : new TextDecoder(encoding).decode(part);
  };
  const head = textOf(0, HEAD_BYTES).replace(/^(?:\xef\xbb\xbf|\ufeff)?[\s\0]*(?=\S)/, '');
  return (
    bySignature(textOf(0, HEAD_BYTES), head) ??
    (isBinary(content.length, textOf, encoding !== undefined) ? none('binary data') : undefined) ??
    byRoot(head) ??
    (/^<[a-z!?/]/i.test(head) ? undefined : textWithoutMarkup(textOf(0, content.length)))
  );
}

function none(what: string): Foreign {
  return { reason: 'not-html', what };
}

function bySignature(start: string, head: string): Foreign | undefined {
  const found = SIGNATURES.find(
    ([signature, , at = 0]) => start.startsWith(signature, at) || (at === 0 && head.startsWith(signature)),
  );
  if (found) return none(found[1]);
  return MHTML.test(head) ? none('an MHTML file (save the page as HTML)') : undefined;
}

function isBinary(length: number, textOf: (from: number, to: number) => string, isUtf16: boolean): boolean {
  let strange = 0;
  let all = 0;
  const step = Math.max(WINDOW, Math.floor(length / WINDOWS) & ~1);
  for (let from = 0; from < length; from += step) {
    const text = textOf(from, Math.min(length, from + WINDOW));
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0) continue;
      all++;
      if (code < 0x20 ? !IS_USUAL_CONTROL[code] : isUtf16 && code >= 0xe000 && (code <= 0xf8ff || code === 0xfffd))
        strange++;
    }
  }
  return strange > all * BINARY_SHARE;
}

/** Tab, line and page breaks, and the escape that encodings shift with. NUL is told by nothing else: pages are padded with it. */
const IS_USUAL_CONTROL: readonly boolean[] = Array.from({ length: 32 }, (_, code) =>
  [0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(code),
);

function byRoot(head: string): Foreign | undefined {
  const declared = XML_ROOT.exec(head)?.[1]?.toLowerCase();
  const root = declared ?? ROOT.exec(head)?.[1]?.toLowerCase();
  if (root === undefined) return undefined;
  if (Object.hasOwn(DOCUMENTS, root)) return DOCUMENTS[root];
  return declared === undefined || OF_HTML.test(declared) ? undefined : none(`XML (${declared})`);
}

function textWithoutMarkup(text: string): Foreign | undefined {
  if (/^\s*[[{"]/.test(text) && isJson(text)) return none('JSON');
  return MARKUP.test(text.includes('\0') ? text.replaceAll('\0', '') : text) ? undefined : none('text without markup');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
