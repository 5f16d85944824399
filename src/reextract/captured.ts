/**
 * Captures as pages to be read again. In: a record. Out: the task that its page was read by, as far as the archive kept
 * what went into it; or why there is none. One at a time: files are read from their beginning to their end.
 */
import { readWitness } from '../archive/annex.js';
import type { ArchiveReader, StoredRecord } from '../archive/reader.js';
import { Replay } from '../archive/replay.js';
import { httpOf, type WarcRecord } from '../archive/warc-read.js';
import type { WarcPointer } from '../article.js';
import { taskFor } from '../crawl/task.js';
import { decodeBody } from '../fetch/decoding.js';
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

type Page = { readonly task: PageTask; readonly wireBytes: number } | { readonly outcome: Outcome };

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
    const page = await this.#page(article.capture?.warc, keeps);
    if ('outcome' in page) return page;
    const parts: { task: PageTask; isWhole: boolean }[] = [];
    let { wireBytes } = page;
    for (const { warc, whole = false } of article.capture?.parts ?? []) {
      const part = await this.#page(warc, keeps);
      if ('outcome' in part) return part;
      parts.push({ task: part.task, isWhole: whole });
      wireBytes += part.wireBytes;
    }
    return { task: page.task, wireBytes, withoutWitness: !keeps, parts };
  }

  close(): Promise<void> {
    return this.#replay.close();
  }

  async #page(pointer: WarcPointer | undefined, keeps: boolean): Promise<Page> {
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
    return { task: { ...taskFor(answer, witness), body, links: false }, wireBytes: payload.length };
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
