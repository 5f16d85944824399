/**
 * Bytes to text, by the WHATWG encoding standard where a page keeps to it and by its bytes where it does not.
 *
 * In: a page's bytes and its Content-Type field. Out: well-formed text without NUL, and the encoding's name. Pure; any
 * bytes decode; linear time. UTF-8, which nearly every page is, costs a check and a decode.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { detectEncoding, plausibility } from './charset-detection.js';
import { bufferOf, decodeLegacy, decodeUtf8, latin1Of } from './legacy-decoder.js';

export interface DecodedText {
  readonly html: string;
  /** Lower-case WHATWG name: `utf-8`, `windows-1252`, `shift_jis`, … */
  readonly encoding: string;
}

/** The standard's prescan ends after 1024 bytes; real pages put scripts and styles before their declaration. */
const PRESCAN_BYTES = 8192;

export function decodeHtml(bytes: Uint8Array, contentType?: string): DecodedText {
  const marked = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (marked === 'utf-8' && isUtf8(bytes))
    return { html: decodeUtf8(withoutNul(bytes.subarray(3))), encoding: 'utf-8' };
  if (marked?.startsWith('utf-16')) return decodeAs(bytes, marked);

  const valid = isUtf8(bytes);
  if (valid && isAscii(bytes)) {
    // Pure ASCII but for the one encoding that hides its characters behind escapes.
    const hidden = bufferOf(bytes).includes(0x1b) && declaredEncodings(bytes, contentType).includes('iso-2022-jp');
    return hidden ? decodeAs(bytes, 'iso-2022-jp') : { html: latin1Of(withoutNul(bytes)), encoding: 'utf-8' };
  }
  const byChance = valid && marked === undefined && isUtf8ByChance(bytes, contentType);
  if (valid && !byChance) return { html: decodeUtf8(withoutNul(bytes)), encoding: 'utf-8' };

  const declared = declaredEncodings(bytes, contentType);
  const legacy = declared.filter((encoding) => encoding !== 'utf-8');
  const census = countUtf8(bytes);
  // Whatever it declares: what is mostly UTF-8 is UTF-8 with foreign fragments in it.
  const isMixed = census.sequences > census.strays && (legacy.length === 0 || census.sequences > 4 * census.strays);
  if ((isMixed && !byChance) || marked === 'utf-8') return clean(decodeMixed(bytes, census.strays, legacy[0]), 'utf-8');
  return decodeAs(bytes, chooseLegacy(bytes, legacy));
}

/** Text without NUL and unpaired surrogates, also where it came as text (a JSON string may hold both). */
export function cleanText(text: string): string {
  const formed = (text as WellFormed).isWellFormed() ? text : (text as WellFormed).toWellFormed();
  return formed.includes('\0') ? formed.replaceAll('\0', '') : formed;
}

/** ES2024, in every supported runtime. */
type WellFormed = string & { isWellFormed(): boolean; toWellFormed(): string };

/** Of UTF-8: bytes are searched ten times as fast as their text. */
function withoutNul(bytes: Uint8Array): Uint8Array {
  return bufferOf(bytes).includes(0) ? bytes.filter((byte) => byte !== 0) : bytes;
}

/** Decoders give well-formed text; only NUL may be in it. */
function clean(html: string, encoding: string): DecodedText {
  return { html: html.includes('\0') ? html.replaceAll('\0', '') : html, encoding };
}

/** `utf-16le` or `utf-16be`, where bytes are UTF-16. */
export function utf16Of(bytes: Uint8Array): string | undefined {
  const marked = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  return marked === 'utf-8' ? undefined : marked;
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return undefined;
}

/** UTF-16 that says so only in the header, or nowhere: markup begins with "<", and every other byte is zero. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return 'utf-16be';
  return undefined;
}

/**
 * Valid UTF-8 is no proof where a multi-byte encoding is declared and little speaks: two Chinese characters in GBK can
 * be two valid sequences.
 */
function isUtf8ByChance(bytes: Uint8Array, contentType = ''): boolean {
  // Cheap for the pages that nothing of this is about.
  if (!MENTIONS_MULTI_BYTE.test(contentType) && !MENTIONS_MULTI_BYTE.test(latin1Of(bytes.subarray(0, PRESCAN_BYTES))))
    return false;
  const declared = declaredEncodings(bytes, contentType);
  if (declared.includes('utf-8') || !declared.some((encoding) => MULTI_BYTE.has(encoding))) return false;
  return countUtf8(bytes, 8).sequences < 8;
}

/** Parts of their labels; "gb" alone is in every "rgb(0,0,0)". */
const MENTIONS_MULTI_BYTE = /gb(?:k|_?2312|18030)|big5|jis|euc|ks_c/i;
const MULTI_BYTE: ReadonlySet<string> = new Set(['gbk', 'gb18030', 'big5', 'euc-jp', 'euc-kr', 'shift_jis']);

/** The header goes first, as in a browser; but where page and header disagree the text itself is asked. */
function chooseLegacy(bytes: Uint8Array, legacy: readonly string[]): string {
  const [first, ...others] = legacy;
  if (first === undefined) return detectEncoding(bytes);
  let best = first;
  let bestScore = others.length > 0 || MULTI_BYTE.has(first) ? plausibility(bytes, first) : 0;
  // Broken multi-byte text: what is declared is not what is there.
  if (MULTI_BYTE.has(first) && bestScore < 0) return detectEncoding(bytes);
  for (const other of others) {
    const score = plausibility(bytes, other);
    if (score <= bestScore) continue;
    best = other;
    bestScore = score;
  }
  return best;
}

function decodeAs(bytes: Uint8Array, encoding: string): DecodedText {
  return clean(decodeLegacy(bytes, encoding), encoding);
}

/** WHATWG names of what header, XML declaration and `<meta>` declare, in that order, each once. */
function declaredEncodings(bytes: Uint8Array, contentType: string | undefined): string[] {
  const head = latin1Of(bytes.subarray(0, PRESCAN_BYTES));
  const labels = [
    /charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType?.slice(0, 1000) ?? '')?.[1],
    /^\s{0,64}<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"'>]{1,40})/.exec(head)?.[1],
    ...metaCharsets(head),
  ];
  const names = labels.map(encodingOfLabel).filter((name) => name !== undefined);
  return [...new Set(names)];
}

/** A page that says utf-16 in bytes that one can read is UTF-8 (standard's prescan, last steps). */
function encodingOfLabel(label: string | undefined): string | undefined {
  if (!label) return undefined;
  try {
    const name = new TextDecoder(label).encoding;
    return name.startsWith('utf-16') ? 'utf-8' : name;
  } catch {
    return label.toLowerCase() === 'x-user-defined' ? 'windows-1252' : undefined;
  }
}

/** The standard's prescan (section 13.2.3.2), going on after the first hit. */
function metaCharsets(head: string): string[] {
  const found: string[] = [];
  let at = head.indexOf('<');
  while (at >= 0) {
    let end: number;
    if (head.startsWith('<!--', at)) {
      end = head.indexOf('-->', at + 2);
    } else if (/^<\/?[a-z]/i.test(head.slice(at, at + 3))) {
      const tag = readTag(head, at + 1);
      if (tag.name === 'meta') {
        const { charset, content } = tag.attributes;
        const isPragma = tag.attributes['http-equiv']?.toLowerCase() === 'content-type';
        const label = charset ?? (isPragma ? /charset\s*=\s*["']?([^\s"';]+)/i.exec(content ?? '')?.[1] : undefined);
        if (label) found.push(label.trim());
      }
      end = tag.end;
    } else {
      end = /^<[!/?]/.test(head.slice(at, at + 2)) ? head.indexOf('>', at) : at;
    }
    at = end < 0 ? -1 : head.indexOf('<', end + 1);
  }
  return found;
}

/** A tag's name and attributes from behind its "<"; `end` is its ">", or the last character read. */
function readTag(text: string, from: number): { name: string; attributes: Record<string, string>; end: number } {
  const attributes: Record<string, string> = {};
  const NAME = /[^\s/>=]*/y;
  const GAP = /[\s/]*/y;
  NAME.lastIndex = from;
  const name = NAME.exec(text)![0].toLowerCase();
  let at = from + name.length;
  for (;;) {
    GAP.lastIndex = at;
    at += GAP.exec(text)![0].length;
    if (at >= text.length || text[at] === '>') return { name, attributes, end: at };
    NAME.lastIndex = at;
    const key = NAME.exec(text)![0].toLowerCase();
    at += Math.max(key.length, text[at] === '=' ? 1 : 0);
    const value = /\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s>]*))/y;
    value.lastIndex = at;
    const match = value.exec(text);
    if (match) at += match[0].length;
    attributes[key] ??= match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  }
}

/** Length of the UTF-8 sequence at `at`; negative: so many bytes of one that breaks off; 0: a byte that begins none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0) return 0;
  const second = bytes[at + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return -1;
  for (let index = 2; index < length; index++) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return -index;
  return length;
}

/** Valid multi-byte sequences, and what breaks them; stops early at `enough` sequences. */
function countUtf8(bytes: Uint8Array, enough = Number.POSITIVE_INFINITY): { sequences: number; strays: number } {
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length && sequences < enough; ) {
    if (bytes[at]! < 0x80) {
      at++;
      continue;
    }
    const length = sequenceAt(bytes, at);
    if (length > 0) sequences++;
    else strays++;
    at += Math.max(Math.abs(length), 1);
  }
  return { sequences, strays };
}

/**
 * UTF-8 with single bytes of another encoding in it (a page put together from two sources): those are read as what they
 * were, cut-off sequences become U+FFFD.
 */
function decodeMixed(bytes: Uint8Array, strays: number, fallback = 'windows-1252'): string {
  const single = MULTI_BYTE.has(fallback) ? 'windows-1252' : fallback;
  const replacement = Buffer.from('\uFFFD');
  const readings = Array.from({ length: 128 }, (_, index) =>
    Buffer.from(decodeAs(Uint8Array.of(0x80 + index), single).html),
  );
  const output = new Uint8Array(bytes.length + 2 * strays);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!;
    const sequence = byte < 0x80 ? 1 : sequenceAt(bytes, at);
    if (sequence > 0) {
      for (let index = 0; index < sequence; index++) output[length++] = bytes[at + index]!;
      at += sequence;
      continue;
    }
    const isCutOff = sequence < -1 || (USUAL_LEADS.has(byte) && !isLetter(bytes[at + 1]));
    length += (isCutOff ? replacement : readings[byte - 0x80]!).copy(output, length);
    at += Math.max(-sequence, 1);
  }
  return new TextDecoder().decode(output.subarray(0, length));
}

/** First halves of Latin, Greek and Cyrillic letters, seldom letters of their own at the end of a word. */
const USUAL_LEADS: ReadonlySet<number> = new Set([0xc2, 0xc3, 0xc4, 0xc5, 0xce, 0xcf, 0xd0, 0xd1]);

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
