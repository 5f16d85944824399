/**
 * The TDM Reservation Protocol (W3C community group report): whether a site reserves text and data mining, and where
 * its policy is. It is said by a page's own meta fields (read in extract), by its response header, or by a file for
 * the whole host; what stands closer to the page wins.
 *
 * In: header fields, or the text of /.well-known/tdmrep.json. Out: the reservation, or undefined where nothing is said.
 * Any text parses; nothing is thrown.
 */
import type { HeaderField } from '../exchange.js';
import { isUrl } from '../url.js';
import { matchesPath } from './robots.js';

export interface TdmReservation {
  readonly reserved: boolean;
  /** URL of the policy. */
  readonly policy?: string;
}

/** Looks the rule of a URL up. */
export type TdmRules = (url: string) => TdmReservation | undefined;

export const TDM_FILE = '/.well-known/tdmrep.json';
/** More rules than this are no rules of people. */
const MAX_RULES = 10_000;

/** `tdm-reservation: 1` and `tdm-policy: https://…`. */
export function tdmOfHeader(headers: readonly HeaderField[], url: string): TdmReservation | undefined {
  const field = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1].trim();
  return reservation(field('tdm-reservation'), field('tdm-policy'), url);
}

/** The file is a list of `{ location, "tdm-reservation", "tdm-policy" }`; the first whose location matches decides. */
export function parseTdmFile(text: string, fileUrl: string): TdmRules {
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return () => undefined;
  }
  const rules = (Array.isArray(list) ? list.slice(0, MAX_RULES) : []).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { location, 'tdm-reservation': value, 'tdm-policy': policy } = entry as Record<string, unknown>;
    const said = reservation(value, policy, fileUrl);
    return typeof location === 'string' && said ? [{ matches: matchesPath(location), said }] : [];
  });
  return (url) => rules.find(({ matches }) => matches(url))?.said;
}

function reservation(value: unknown, policy: unknown, base: string): TdmReservation | undefined {
  const text = String(value ?? '');
  if (text !== '0' && text !== '1') return undefined;
  const href = typeof policy === 'string' && policy !== '' ? httpUrl(policy, base) : undefined;
  return { reserved: text === '1', ...(href !== undefined && { policy: href }) };
}

function httpUrl(text: string, base: string): string | undefined {
  const url = isUrl(text, base) ? new URL(text, base) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
