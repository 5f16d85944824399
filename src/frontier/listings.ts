/** What documents listed when they were last read: a page that is gone from its listing may be gone itself. */
import { digestOf } from './digest.js';
import type { Statements } from './statements.js';

/** Of a listing's URLs so much of the digest is kept: eight bytes tell a hundred million apart. */
const LISTED_BYTES = 8;
/** How much a document may lose at once: so many URLs, or this share of all. */
const MISSING_AT_LEAST = 20;
const MISSING_SHARE = 0.2;

export class Listings {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Keeps what a document lists now. Returns how the digests of the URLs begin that it listed before and no longer does. */
  put(document: string, urls: readonly string[]): Buffer[] {
    const now = new Set(urls.map((url) => beginningOf(digestOf(url))));
    const earlier = this.#sql.get<{ urls: Uint8Array }>(
      'SELECT urls FROM listing WHERE document = ?',
      digestOf(document),
    )?.urls;
    this.#sql.change(
      'INSERT INTO listing VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET urls = excluded.urls',
      digestOf(document),
      Buffer.from([...now].join(''), 'latin1'),
    );
    const before = Buffer.from(earlier ?? []).toString('latin1');
    const missing: Buffer[] = [];
    for (let at = 0; at < before.length; at += LISTED_BYTES) {
      const beginning = before.slice(at, at + LISTED_BYTES);
      if (!now.has(beginning)) missing.push(Buffer.from(beginning, 'latin1'));
    }
    // A document that has lost this much at once was cut off or begun anew: it tells nothing of single pages.
    return missing.length > Math.max(MISSING_AT_LEAST, (before.length / LISTED_BYTES) * MISSING_SHARE) ? [] : missing;
  }
}

const beginningOf = (digest: Uint8Array): string =>
  Buffer.from(digest.buffer, digest.byteOffset, LISTED_BYTES).toString('latin1');
