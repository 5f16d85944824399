/**
 * What entered a record and stands in no capture, as WARC `metadata` records: the words of the lead, and the site
 * profile that was applied. In: either. Out: a record's named fields, and back. The JSON is on one line, as it was
 * digested.
 */
import type { Witness } from '../lead.js';
import type { WarcRecord } from './warc-read.js';
import { digestOf, type Fields } from './warc-write.js';

/** Fields of Heritrix and the standard first: `via` is where the URL was found. */
export function witnessFields({ foundOn, ...said }: Witness): Fields {
  return [
    ['via', foundOn],
    ['lead', JSON.stringify(said)],
  ];
}

export function readWitness(record: WarcRecord): Witness | undefined {
  const fields = namedFieldsOf(record);
  const said = parsed(fields.get('lead'));
  const foundOn = fields.get('via');
  return said && ({ ...said, ...(foundOn !== undefined && { foundOn }) } as Witness);
}

/** A profile as it was applied: its JSON, and the digest by which records name it. */
export interface KeptProfile {
  readonly digest: string;
  readonly json: string;
}

export function keptProfile(profile: unknown): KeptProfile {
  const json = JSON.stringify(profile);
  return { digest: digestOf(Buffer.from(json)), json };
}

export function profileFields({ digest, json }: KeptProfile): Fields {
  return [
    ['siteProfileDigest', digest],
    ['siteProfile', json],
  ];
}

/** Undefined where the record holds none, or not the one that it names. */
export function readKeptProfile(record: WarcRecord): KeptProfile | undefined {
  if (record.type !== 'metadata' || record.block.indexOf('siteProfile: ') < 0) return undefined;
  const fields = namedFieldsOf(record);
  const json = fields.get('siteProfile');
  if (json === undefined) return undefined;
  const digest = digestOf(Buffer.from(json));
  return digest === fields.get('siteProfileDigest') ? { digest, json } : undefined;
}

function namedFieldsOf({ block }: WarcRecord): Map<string, string> {
  return new Map(
    block
      .toString()
      .split('\r\n')
      .flatMap((line): [string, string][] => {
        const colon = line.indexOf(': ');
        return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 2)]] : [];
      }),
  );
}

function parsed(json: string | undefined): Record<string, unknown> | undefined {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
