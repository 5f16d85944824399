/**
 * The ledger, made anew from the files: what was lost with `state.db` stands in the captures and records. In: the files,
 * read once. Out: an empty ledger filled, and the pages that were visited, for whoever keeps the frontier.
 */
import { createHash } from 'node:crypto';
import type { Article } from '../article.js';
import { articleKey } from '../article-key.js';
import type { HeaderField } from '../exchange.js';
import { keyOf } from '../record.js';
import { type Revision, revise, sketchOf } from '../revise.js';
import { normalizeUrl } from '../url.js';
import { readKeptProfile } from './annex.js';
import { knownFrom, type Ledger } from './ledger.js';
import { type Line, linesIn, readRecord } from './lines.js';
import { httpOf, type WarcRecord } from './warc-read.js';

/** A page whose article is in the archive. */
export interface VisitedPage {
  /** What was asked for. */
  readonly url: string;
  /** Where that led. */
  readonly finalUrl: string;
  /** The further pages of its article. */
  readonly parts: readonly string[];
  /** RFC 3339 */
  readonly fetchedAt: string;
  readonly datePublished?: string;
  readonly dateModified?: string;
}

export class Rebuild {
  readonly #ledger: Ledger;
  /** Where redirects led → what was asked for. */
  readonly #asked = new Map<string, string>();
  #redirect: { readonly first: string; readonly next: string } | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** To be called for every record of every WARC file, in their order. */
  takeCapture(file: string, record: WarcRecord): void {
    const profile = readKeptProfile(record);
    if (profile && record.place) this.#ledger.putProfile({ digest: profile.digest, file, ...record.place });
    const { type, url, date, headers } = record;
    if ((type !== 'response' && type !== 'revisit') || url === undefined || date === undefined) return;
    const message = httpOf(record);
    if (!message) return;
    const first = this.#redirect && this.#redirect.next === normalizeUrl(url) ? this.#redirect.first : url;
    const location = fieldOf(message.headers, 'location');
    const next = message.status >= 300 && message.status < 400 && location ? normalizeUrl(location, url) : undefined;
    this.#redirect = next === undefined ? undefined : { first, next };
    if (next !== undefined || (message.status !== 200 && message.status !== 304)) return;
    if (first !== url) this.#asked.set(url, first);
    const payloadDigest = headers.get('warc-payload-digest');
    if (type === 'response' && message.status === 200 && payloadDigest && message.payload.length > 0)
      if (!headers.has('warc-truncated')) this.#ledger.putPayload({ digest: payloadDigest, url, date });
    const etag = fieldOf(message.headers, 'etag');
    const lastModified = fieldOf(message.headers, 'last-modified');
    this.#ledger.putVisit({
      url: first,
      fetchedAt: date,
      ...(etag ? { etag } : {}),
      ...(lastModified ? { lastModified } : {}),
      ...(payloadDigest && message.status === 200 ? { payloadDigest } : {}),
    });
  }

  /** To be called for every file of records, in the order of their names, after all captures. */
  async *takeRecords(directory: string, file: string, run: string): AsyncGenerator<VisitedPage> {
    for await (const line of linesIn(directory, file)) {
      const read = readRecord(line);
      if ('fault' in read) throw new Error(`${file} at ${line.offset}: ${read.fault}`);
      const { article } = read;
      this.#putRecord(article, line, file, run);
      const { capture, datePublished, dateModified } = article;
      if (!capture) continue;
      const url = this.#asked.get(capture.finalUrl) ?? capture.finalUrl;
      const parts = [...(capture.parts ?? []), ...(capture.missingParts ?? [])].map(
        (part) => this.#asked.get(part.url) ?? part.url,
      );
      this.#ledger.putParts(url, parts);
      yield {
        url,
        finalUrl: capture.finalUrl,
        parts,
        fetchedAt: capture.fetchedAt,
        ...(datePublished === undefined ? {} : { datePublished }),
        ...(dateModified === undefined ? {} : { dateModified }),
      };
    }
  }

  #putRecord(article: Article, { bytes, offset }: Line, file: string, run: string): void {
    const key = this.#keyOf(article);
    const previous = this.#ledger.known(key);
    const judged = revise(key, article);
    const number = Math.max(article.revision.number, (previous?.number ?? 0) + 1);
    // The id as the line has it: a later tearsheet may fold texts in another way.
    const revision: Revision = { ...judged, id: article.id, number };
    const sketch = sketchOf(article.articleBody ?? '');
    this.#ledger.putRevision({
      ...knownFrom(key, article, revision),
      run,
      record: { file, offset, length: bytes.length + 1 },
      lineSha256: createHash('sha256').update(bytes).update('\n').digest('hex'),
      ...(judged.textDigest ? { textDigest: judged.textDigest } : {}),
      ...(sketch ? { sketch } : {}),
      ...(article.revision.previous ? { previous: article.revision.previous } : {}),
    });
  }

  /** An article that has moved kept its first key; the id proves which one it was. */
  #keyOf(article: Article): string {
    const earlier = article.revision.previous && this.#ledger.keyOfId(article.revision.previous);
    const asked = article.capture && this.#asked.get(article.capture.finalUrl);
    const candidates = [
      ...(earlier ? [earlier] : []),
      keyOf(article),
      articleKey(article.url),
      ...(asked ? [articleKey(asked)] : []),
    ];
    return candidates.find((key) => revise(key, article).id === article.id) ?? candidates[0]!;
  }
}

function fieldOf(headers: readonly HeaderField[], name: string): string | undefined {
  return headers.find(([field]) => field.toLowerCase() === name)?.[1];
}
