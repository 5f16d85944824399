/** Exchanges and records as a crawl would give them, for the archive's tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Archive, Kept, NewRecord } from '../../src/archive/archive.js';
import type { Article, ArticleFields } from '../../src/article.js';
import { articleKey } from '../../src/article-key.js';
import type { Exchange, HeaderField, Hop } from '../../src/exchange.js';
import { revise } from '../../src/revise.js';
import { type Settings, settingsSchema } from '../../src/settings.js';

export const STARTED_MS = Date.parse('2026-11-23T21:00:00Z');
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tearsheet-archive-'));
  folders.push(folder);
  return folder;
}

export function settingsWith(changes: Partial<Settings> = {}): Settings {
  return { ...settingsSchema.parse({ seeds: ['https://example.org/'] }), ...changes };
}

export function hop(url: string, body: string | Uint8Array, changes: Partial<Hop> = {}): Hop {
  const wireBody = typeof body === 'string' ? Buffer.from(body) : body;
  const responseHeaders: HeaderField[] = [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Content-Length', String(wireBody.length)],
  ];
  return {
    url,
    method: 'GET',
    requestHeaders: [['host', new URL(url).host]],
    status: 200,
    statusText: 'OK',
    responseHeaders,
    wireBody,
    ip: '192.0.2.7',
    startedAtMs: STARTED_MS + 123,
    elapsedMs: 12,
    ...changes,
  };
}

export function exchange(...hops: [Hop, ...Hop[]]): Exchange {
  const last = hops.at(-1)!;
  return { url: hops[0].url, finalUrl: last.url, hops, status: last.status, body: last.wireBody };
}

export function page(url: string, body: string | Uint8Array, changes: Partial<Hop> = {}): Exchange {
  return exchange(hop(url, body, changes));
}

/** Judges and puts together a record as the pipeline does. */
export function recordOf(archive: Archive, url: string, fields: ArticleFields, kept?: Kept): NewRecord {
  const key = articleKey(url);
  const revision = revise(key, fields, archive.known(key));
  const article: Article = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    url,
    ...fields,
    provenance: { headline: { from: 'markup', confidence: 1 } },
    ...(kept
      ? {
          capture: {
            fetchedAt: kept.fetchedAt,
            status: 200,
            finalUrl: url,
            bytes: 10,
            payloadDigest: kept.payloadDigest,
            ...(kept.pointer ? { warc: kept.pointer } : {}),
          },
        }
      : {}),
    revision: revision.revision,
    duplicateOf: null,
    id: revision.id,
    schema: 'tearsheet/1',
    extractor: 'tearsheet/0.0.0',
  };
  return { key, article, revision };
}

/** One article from the wire to the disk. */
export async function archiveArticle(
  archive: Archive,
  url: string,
  articleBody: string,
  within?: () => void,
): Promise<void> {
  const kept = await archive.keep(page(url, `<p>${articleBody}</p>`));
  const record = recordOf(archive, url, { headline: 'A headline', articleBody }, kept);
  await archive.commit({ records: [record], ...(within ? { within } : {}) });
}

export const SUMMARY = { leads: 1, outcomes: { archived: { new: 1 } }, interrupted: false };
