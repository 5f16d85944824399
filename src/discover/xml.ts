/**
 * XML as the web serves it → events, in one pass. In: text, well-formed or not. Out: calls of a handler. What is broken
 * costs its own element: bare ampersands, missing ends, HTML inside, a body cut off. Never: throws, expands entities of
 * a DTD, keeps a stack, takes more than linear time.
 */
import { decodeHTML, decodeXML } from 'entities/decode';

export interface XmlHandler {
  /** `name` without its prefix, both lower case. `attributes` is the raw text: see `attributesOf`. `end` is where the tag ends. */
  open(name: string, prefix: string, attributes: string, end: number, isEmpty: boolean): void;
  /** `start` is where the end tag begins. */
  close(name: string, prefix: string, start: number): void;
  /** As in the source; CDATA sections are marked, their text is not to be decoded. */
  text(text: string, isCdata: boolean): void;
  /** Asked between tags: true ends the reading. */
  readonly done?: boolean;
}

export function scanXml(xml: string, handler: XmlHandler, from = 0): void {
  const length = xml.length;
  const missing = { '"': false, "'": false };
  let hasCommentEnd = true;
  let position = from;
  while (position < length && handler.done !== true) {
    const start = xml.indexOf('<', position);
    if (start !== position) handler.text(start < 0 ? xml.slice(position) : xml.slice(position, start), false);
    if (start < 0) return;
    const c = xml.charCodeAt(start + 1);
    if (c === 33) {
      if (xml.startsWith('<![CDATA[', start)) {
        const end = xml.indexOf(']]>', start + 9);
        handler.text(xml.slice(start + 9, end < 0 ? length : end), true);
        position = end < 0 ? length : end + 3;
      } else if (xml.startsWith('<!--', start)) {
        const end: number = hasCommentEnd ? xml.indexOf('-->', start + 4) : -1;
        hasCommentEnd = end >= 0;
        position = end < 0 ? start + 4 : end + 3;
      } else position = afterDeclaration(xml, start);
    } else if (c === 63) {
      position = after(xml, '>', start);
    } else if (c === 47) {
      const end = after(xml, '>', start);
      const name = nameAt(xml, start + 2, end);
      if (name !== '') handler.close(localOf(name), prefixOf(name), start);
      position = end;
    } else {
      const name = nameAt(xml, start + 1, length);
      if (name === '') {
        handler.text('<', false);
        position = start + 1;
        continue;
      }
      const nameEnd = start + 1 + name.length;
      const end = tagEnd(xml, nameEnd, missing);
      const isEmpty = xml.charCodeAt(end - 2) === 47;
      handler.open(localOf(name), prefixOf(name), xml.slice(nameEnd, end - (isEmpty ? 2 : 1)), end, isEmpty);
      position = end;
    }
  }
}

/** The attributes of a tag by their full name in lower case; the first of the same name counts. */
export function attributesOf(raw: string): Map<string, string> {
  const attributes = new Map<string, string>();
  let i = 0;
  while (i < raw.length) {
    while (i < raw.length && /[\s/]/.test(raw[i]!)) i++;
    const equals = raw.indexOf('=', i);
    if (equals < 0) break;
    const name = raw.slice(i, equals).trim().toLowerCase();
    i = equals + 1;
    while (i < raw.length && /\s/.test(raw[i]!)) i++;
    const quote = raw[i];
    let end: number;
    if (quote === '"' || quote === "'") {
      end = raw.indexOf(quote, ++i);
      if (end < 0) break;
    } else {
      end = i;
      while (end < raw.length && !/\s/.test(raw[end]!)) end++;
    }
    if (!attributes.has(name)) attributes.set(name, decodeXML(raw.slice(i, end)));
    i = end + 1;
  }
  return attributes;
}

/** Text with its entities decoded: names as in HTML, which feeds use undeclared. */
export function plainText(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text;
}

/** The same for URLs: `&copy=1` without a semicolon is a parameter. */
export function plainUrl(text: string): string {
  return text.includes('&') ? decodeXML(text) : text;
}

function after(xml: string, what: string, from: number): number {
  const end = xml.indexOf(what, from);
  return end < 0 ? xml.length : end + what.length;
}

/** `<!DOCTYPE x [ … ]>`: the internal subset is passed over, unread. */
function afterDeclaration(xml: string, start: number): number {
  const end = after(xml, '>', start);
  return xml.slice(start, end).includes('[') ? after(xml, '>', after(xml, ']', start) - 1) : end;
}

/** Where the tag ends, just after its `>`; one inside quotes does not count, unless the quote is never closed. */
function tagEnd(xml: string, from: number, missing: { '"': boolean; "'": boolean }): number {
  let i = from;
  while (i < xml.length) {
    const c = xml.charCodeAt(i++);
    if (c === 62) return i;
    if (c === 60) return i - 1;
    if (c !== 34 && c !== 39) continue;
    const quote = c === 34 ? '"' : "'";
    if (missing[quote]) continue;
    const end = xml.indexOf(quote, i);
    if (end < 0) missing[quote] = true;
    else i = end + 1;
  }
  return i;
}

function nameAt(xml: string, from: number, limit: number): string {
  let end = from;
  while (end < limit && end - from < 100) {
    const c = xml.charCodeAt(end);
    const isName =
      (c >= 97 && c <= 122) ||
      (c >= 65 && c <= 90) ||
      (end > from && ((c >= 48 && c <= 58) || c === 45 || c === 46)) ||
      c === 95 ||
      c > 127;
    if (!isName) break;
    end++;
  }
  return xml.slice(from, end).toLowerCase();
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);
const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));
