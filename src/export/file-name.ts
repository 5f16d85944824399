/**
 * Where an article's file goes: `example.org/2017/2017-11-23-bridge-stays-open-1f3a5c7e9b.md`. In: a record. Out: a path
 * that every file system takes: small ASCII letters, digits, `-` and `.`, no reserved name, short; always the same for
 * the same record, and another one for every other record.
 */
import { createHash } from 'node:crypto';
import type { StoredRecord } from '../archive/reader.js';
import { isUrl, siteOf } from '../url.js';

const MAX_SLUG = 60;
const MAX_SITE = 100;
/** Windows takes these for devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/;

export function articlePath({ article, key, number }: StoredRecord, ending: string): string {
  const { url, headline = '', datePublished = '' } = article;
  const day = /^\d{4}(?:-\d{2}(?:-\d{2})?)?/.exec(datePublished)?.[0];
  const proof = createHash('sha256').update(`${key}\0${number}`).digest('hex').slice(0, 10);
  const slug = slugOf(headline) ?? slugOf(lastSegment(url)) ?? '';
  const name = [day ?? 'undated', slug, proof].filter((part) => part !== '').join('-');
  return `${siteFolder(url)}/${day?.slice(0, 4) ?? 'undated'}/${name}.${ending}`;
}

function siteFolder(url: string): string {
  const site = isUrl(url) ? siteOf(url) : 'other';
  const plain = site
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, MAX_SITE);
  const name = plain.replace(/[.-]+$/, '') || 'other';
  return RESERVED.test(name) ? `site-${name}` : name;
}

/** Undefined where most of the text would be lost: a name in another script. */
function slugOf(text: string): string | undefined {
  const letters = text
    .slice(0, 300)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '');
  const slug = letters
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const wanted = letters.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (slug === '' || slug.replaceAll('-', '').length < wanted * 0.6) return undefined;
  return slug.length <= MAX_SLUG
    ? slug
    : slug
        .slice(0, MAX_SLUG + 1)
        .replace(/-[^-]*$/, '')
        .slice(0, MAX_SLUG);
}

function lastSegment(url: string): string {
  if (!isUrl(url)) return '';
  const segment =
    new URL(url).pathname
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? '';
  return segment.replace(/\.[a-z]{2,5}$/i, '');
}
