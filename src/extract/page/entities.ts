/**
 * Entities of HTML. In: text or an attribute's value as it stands in the source. Out: what is meant. The few that most
 * texts have no others than are decoded here, in one look at each "&": the decoder of all 2,231 takes some ten times as
 * long, and 6 ms to load, which it is when one of the others is first met.
 */
import { createRequire } from 'node:module';
import { codeOrEnd } from './code-at.js';

const require = createRequire(import.meta.url);
let all: typeof import('entities/decode') | undefined;

function decoderOfAll(): NonNullable<typeof all> {
  all ??= require('entities/decode') as typeof import('entities/decode');
  return all;
}

export function decodeText(text: string): string {
  return text.includes('&') ? (decodeCommon(text, false) ?? decoderOfAll().decodeHTML(text)) : text;
}

export function decodeAttribute(value: string): string {
  return value.includes('&') ? (decodeCommon(value, true) ?? decoderOfAll().decodeHTMLAttribute(value)) : value;
}

const COMMON: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    ndash: '–',
    mdash: '—',
    hellip: '…',
    middot: '·',
    copy: '©',
    raquo: '»',
    laquo: '«',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    szlig: 'ß',
    eacute: 'é',
    egrave: 'è',
    '#34': '"',
    '#38': '&',
    '#038': '&',
    '#39': "'",
    '#039': "'",
    '#x27': "'",
    '#x2F': '/',
    '#160': '\u00a0',
    '#8211': '–',
    '#8212': '—',
    '#8216': '‘',
    '#8217': '’',
    '#8220': '“',
    '#8221': '”',
    '#8222': '„',
    '#8230': '…',
  }),
);

const isLetterOrDigit = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57);

/** Undefined where only the decoder of all can tell. */
export function decodeCommon(text: string, isAttribute: boolean): string | undefined {
  let decoded = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const first = codeOrEnd(text, at + 1);
    // No entity begins with a space.
    if (first === 32) continue;
    let end = first === 35 ? at + 2 : at + 1;
    while (isLetterOrDigit(codeOrEnd(text, end))) end++;
    const next = codeOrEnd(text, end);
    // In an attribute "&name=" is part of an address, whatever the name.
    if (isAttribute && next === 61 && first !== 35 && end > at + 1) continue;
    const character = next === 59 ? COMMON.get(text.slice(at + 1, end)) : undefined;
    if (character === undefined) return undefined;
    decoded += text.slice(from, at) + character;
    from = end + 1;
    at = end;
  }
  return from === 0 ? text : decoded + text.slice(from);
}
