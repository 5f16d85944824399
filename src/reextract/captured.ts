/**
 * Captures as pages to be read again. In: a record. Out: the task that its page was read by, as far as the archive kept
 * what went into it; or why there is none. One at a time: files are read from their beginning to their end.
 */
import { readWitness } from '../archive/annex.js';
import type { ArchiveReader, StoredRecord } from '../archive/reader.js';
import { Replay } from '../archive/replay.js';
import { httpOf, type WarcRecord } from '../archive/warc-read.js';
import { digestOf } from '../archive/warc-write.js';
import type { Capture, WarcPointer } from '../article.js';
import { taskFor } from '../crawl/task.js';
import { decodeBody } from '../fetch/decoding.js';
import { tdmOfHeader } from '../fetch/tdm.js';
import type { Outcome } from '../outcome.js';
import type { PageTask } from '../pool/page-task.js';

export type Captured =
  | {
      readonly task: PageTask;
      readonly wireBytes: number;
      readonly withoutWitness: boolean;
      /** The further pages of its article. */
      readonly parts: readonly { readonly task: PageTask; readonly isWhole: boolean }[];
    }
  | { readonly outcome: Outcome };

/** One capture as a page; `capture` is what a record says of it, but for what the page itself says. */
export interface CapturedPage {
  readonly task: PageTask;
  readonly wireBytes: number;
  readonly capture: Capture;
}

export class CapturedPages {
  readonly #reader: ArchiveReader;
  readonly #replay: Replay;
  readonly #maxDecodedBytes: number;

  constructor(reader: ArchiveReader, maxDecodedBytes: number) {
    this.#reader = reader;
    this.#replay = new Replay(reader.directory);
    this.#maxDecodedBytes = maxDecodedBytes;
  }

  async of({ article, run }: StoredRecord): Promise<Captured> {
    const keeps = this.#reader.keepsWitnesses(run);
    const page = await this.page(article.capture?.warc, keeps);
    if ('outcome' in page) return page;
    const parts: { task: PageTask; isWhole: boolean }[] = [];
    let { wireBytes } = page;
    for (const { warc, whole = false } of article.capture?.parts ?? []) {
      const part = await this.page(warc, keeps);
      if ('outcome' in part) return part;
      parts.push({ task: part.task, isWhole: whole });
      wireBytes += part.wireBytes;
    }
    return { task: page.task, wireBytes, withoutWitness: !keeps, parts };
  }

  /** Where the newest capture of this URL stands that holds a page. */
  newestOf(url: string): Promise<WarcPointer | undefined> {
    return this.#replay.newestOf(url);
  }

  close(): Promise<void> {
    return this.#replay.close();
  }

  /** `keeps`: whether its run kept what its lead said. */
  async page(pointer: WarcPointer | undefined, keeps: boolean): Promise<CapturedPage | { readonly outcome: Outcome }> {
    if (!pointer) return lost('the record names no capture');
    const place = `${pointer.file} at ${pointer.offset}`;
    const record = await this.#replay.record(pointer);
    if (record?.type === 'metadata')
      return { outcome: { name: 'disallowed', reason: 'noarchive', detail: 'the page asked for no copy to be kept' } };
    const message = record && httpOf(record);
    if (!message || record.url === undefined || record.date === undefined)
      return lost(`nothing to be read in ${place}`);
    const payload = record.type === 'revisit' ? await this.#repeatedBy(record) : message.payload;
    if (!payload) return lost(`what ${place} repeats is not there`);
    const { body, failure } = await decodeBody(payload, message.headers, this.#maxDecodedBytes);
    if (failure) return { outcome: failure };
    const beside = keeps ? await this.#replay.next(pointer) : undefined;
    const witness = beside?.headers.get('warc-concurrent-to') === idOf(record) ? readWitness(beside!) : undefined;
    const answer = { url: record.url, headers: message.headers, fetchedAt: record.date };
    const task = { ...taskFor(answer, witness), body, links: false };
    const header = (wanted: string) => message.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
    const [etag, lastModified] = [header('etag'), header('last-modified')];
    const tdmReservation = tdmOfHeader(message.headers, record.url);
    const capture: Capture = {
      fetchedAt: record.date,
      status: message.status,
      finalUrl: record.url,
      ...(etag && { etag }),
      ...(lastModified && { lastModified }),
      bytes: body.length,
      payloadDigest: record.headers.get('warc-payload-digest') ?? digestOf(payload),
      ...(task.http?.robots && { robots: [...task.http.robots] }),
      ...(tdmReservation && { tdmReservation }),
      warc: pointer,
    };
    return { task, wireBytes: payload.length, capture };
  }

  async #repeatedBy(revisit: WarcRecord): Promise<Buffer | undefined> {
    const pointer = await this.#replay.original(revisit);
    const record = pointer && (await this.#replay.record(pointer));
    return record && httpOf(record)?.payload;
  }
}

const idOf = ({ headers }: WarcRecord): string | undefined => headers.get('warc-record-id');

function lost(detail: string): { readonly outcome: Outcome } {
  return { outcome: { name: 'failed', reason: 'no-capture', detail } };
}
