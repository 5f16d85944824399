/** Exchanges and records as a crawl would give them, for the archive's tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { revise } from '../../src/revise.js';
import { settingsSchema } from '../../src/settings.js';
export const STARTED_MS = Date.parse('2026-11-23T21:00:00Z');
const folders = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'tearsheet-archive-'));
  folders.push(folder);
  return folder;
}
export function settingsWith(changes = {}) {
  return { ...settingsSchema.parse({ seeds: ['https://example.org/'] }), ...changes };
}
export function hop(url, body, changes = {}) {
  const wireBody = typeof body === 'string' ? Buffer.from(body) : body;
  const responseHeaders = [
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
export function exchange(...hops) {
  const last = hops.at(-1);
  return { url: hops[0].url, finalUrl: last.url, hops, status: last.status, body: last.wireBody };
}
export function page(url, body, changes = {}) {
  return exchange(hop(url, body, changes));
}
/** Judges and puts together a record as the pipeline does. */
export function recordOf(archive, url, fields, kept) {
  const revision = revise(url, fields, archive.known(url));
  const article = {
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
  return { key: url, article, revision };
}
/** One article from the wire to the disk. */
export async function archiveArticle(archive, url, articleBody, within) {
  const kept = await archive.keep(page(url, `<p>${articleBody}</p>`));
  const record = recordOf(archive, url, { headline: 'A headline', articleBody }, kept);
  await archive.commit({ records: [record], ...(within ? { within } : {}) });
}
export const SUMMARY = { leads: 1, outcomes: { archived: { new: 1 } }, interrupted: false };
