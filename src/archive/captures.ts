/**
 * The proof of a run: its WARC files. In: exchanges. Out: where each stands, what has to be committed with them. The
 * records of an exchange stand together in one file; exchanges stand in the order in which `keep` was called.
 */
import type { WarcPointer } from '../article.js';
import type { Exchange, Hop } from '../exchange.js';
import type { Witness } from '../lead.js';
import { type KeptProfile, profileFields, witnessFields } from './annex.js';
import { Appender, type FileState } from './appender.js';
import { indexLine } from './cdxj.js';
import { warcFile } from './layout.js';
import type { KeptPayload, Ledger, ProfilePlace } from './ledger.js';
import {
  digestOf,
  type HopForm,
  IDENTICAL_PAYLOAD,
  NOT_MODIFIED,
  warcDate,
  writeHop,
  writeMetadata,
  writeWarcinfo,
} from './warc-write.js';

export interface KeepOptions {
  /** Why no copy of the payload may be kept, such as `noarchive in X-Robots-Tag`. */
  readonly withhold?: string | undefined;
  /** What the lead says of the page. */
  readonly witness?: Witness | undefined;
}

export interface Kept {
  /** RFC 3339, of the last hop: the record's `capture.fetchedAt`, and the WARC-Date. */
  readonly fetchedAt: string;
  /** Of the last hop's payload with its content coding, as in the WARC file. */
  readonly payloadDigest: string;
  /** What stands for the last hop's answer: a response, a revisit, or the notice that it is withheld. Absent: scratch. */
  readonly pointer?: WarcPointer;
  readonly revisit?: 'identical-payload' | 'not-modified';
}

/** What the next commit has to take along. */
export interface Captured {
  readonly files: readonly FileState[];
  readonly payloads: readonly KeptPayload[];
  readonly indexLines: readonly string[];
  readonly profiles: readonly ProfilePlace[];
}

export class Captures {
  readonly #ledger: Ledger;
  readonly #warc: Appender | undefined;
  /** Payloads whose first capture is not committed yet. */
  readonly #pendingPayloads = new Map<string, KeptPayload>();
  #uncommittedPayloads: KeptPayload[] = [];
  #indexLines: string[] = [];
  #profiles: ProfilePlace[] = [];
  /** The end of the queue of appends. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(parts: {
    readonly directory: string | undefined;
    readonly run: string;
    readonly ledger: Ledger;
    readonly software: string;
    readonly warcBytes: number;
    readonly userAgent?: string | undefined;
  }) {
    const { directory, run, ledger, software, warcBytes, userAgent } = parts;
    this.#ledger = ledger;
    if (directory !== undefined) {
      const info = { software, run, ...(userAgent === undefined ? {} : { userAgent }) };
      this.#warc = new Appender(
        directory,
        (number) => warcFile(run, number),
        warcBytes,
        async (file) => (await writeWarcinfo({ file, dateMs: Date.now(), ...info })).bytes,
      );
    }
  }

  async keep(exchange: Exchange, { withhold, witness }: KeepOptions): Promise<Kept> {
    const last = exchange.hops.at(-1)!;
    const payloadDigest = digestOf(last.wireBody);
    const fetchedAt = warcDate(last.startedAtMs);
    if (!this.#warc) return { fetchedAt, payloadDigest };

    const form: HopForm =
      withhold === undefined ? this.#formOf(last, payloadDigest) : { form: 'withheld', reason: withhold };
    const fresh =
      form.form === 'response' && isWhole(last) ? { digest: payloadDigest, url: last.url, date: fetchedAt } : undefined;
    // At once, so that a second capture of the payload that comes in meanwhile refers to this one.
    if (fresh) this.#pendingPayloads.set(payloadDigest, fresh);
    const written = Promise.all(
      exchange.hops.map(async (hop) => {
        const digest = hop === last ? payloadDigest : digestOf(hop.wireBody);
        const { answer, request } = await writeHop(hop, hop === last ? form : { form: 'response' }, digest);
        // Right behind the answer, so that whoever reads that again need not look further.
        const isTold = hop === last && witness !== undefined && withhold === undefined;
        const about = { dateMs: hop.startedAtMs, url: hop.url, concurrentTo: answer.id };
        const told = isTold ? [await writeMetadata(about, witnessFields(witness))] : [];
        return { answer, records: [answer, ...told, request].map(({ bytes }) => bytes), hop, digest };
      }),
    );
    written.catch(() => {});
    const pointer = await this.#inTurn(async () => {
      const hops = await written;
      const place = await this.#warc!.append(Buffer.concat(hops.flatMap(({ records }) => records)));
      let offset = place.offset;
      let found: WarcPointer | undefined;
      for (const { answer, records, hop, digest } of hops) {
        found = { file: place.file, offset, length: answer.bytes.length };
        for (const { length } of records) offset += length;
        if (hop !== last || form.form !== 'withheld')
          this.#indexLines.push(lineOf(hop, digest, found, hop === last ? form : undefined));
      }
      if (fresh) this.#uncommittedPayloads.push(fresh);
      return found!;
    });
    const revisit =
      form.form !== 'revisit' ? undefined : form.profile === NOT_MODIFIED ? 'not-modified' : 'identical-payload';
    return { fetchedAt, payloadDigest, pointer, ...(revisit ? { revisit } : {}) };
  }

  /** A site profile as records of this run will name it. Nothing is kept without a folder. */
  async keepProfile(profile: KeptProfile): Promise<void> {
    if (!this.#warc) return;
    const written = writeMetadata({ dateMs: Date.now() }, profileFields(profile));
    written.catch(() => {});
    await this.#inTurn(async () => {
      const { bytes } = await written;
      this.#profiles.push({ digest: profile.digest, ...(await this.#warc!.append(bytes)) });
    });
  }

  /** Brings what was kept before the call to the disk. */
  async sync(): Promise<Captured> {
    const warc = this.#warc;
    if (!warc) return { files: [], payloads: [], indexLines: [], profiles: [] };
    // In turn: lengths, payloads and index lines must speak of the same exchanges.
    const { syncing, ...captured } = await this.#inTurn(async () => {
      const taken = {
        syncing: warc.sync(),
        payloads: this.#uncommittedPayloads,
        indexLines: this.#indexLines,
        profiles: this.#profiles,
      };
      taken.syncing.catch(() => {});
      this.#uncommittedPayloads = [];
      this.#indexLines = [];
      this.#profiles = [];
      return taken;
    });
    return { files: await syncing, ...captured };
  }

  /** The ledger knows these payloads now. */
  committed(payloads: readonly KeptPayload[]): void {
    for (const { digest } of payloads) this.#pendingPayloads.delete(digest);
  }

  async finish(): Promise<(FileState & { readonly sha256: string })[]> {
    await this.#tail;
    return this.#warc?.finish() ?? [];
  }

  async abandon(): Promise<void> {
    await this.#tail;
    await this.#warc?.abandon();
  }

  #formOf(hop: Hop, payloadDigest: string): HopForm {
    if (hop.status === 304) {
      const visit = this.#ledger.visitOf(hop.url);
      if (!visit) return { form: 'response' };
      const { fetchedAt: date, payloadDigest: digest } = visit;
      const refersTo = { url: hop.url, date, ...(digest === undefined ? {} : { payloadDigest: digest }) };
      return { form: 'revisit', profile: NOT_MODIFIED, refersTo };
    }
    if (!isWhole(hop)) return { form: 'response' };
    const earlier = this.#pendingPayloads.get(payloadDigest) ?? this.#ledger.payload(payloadDigest);
    return earlier ? { form: 'revisit', profile: IDENTICAL_PAYLOAD, refersTo: earlier } : { form: 'response' };
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(step);
    this.#tail = result.catch(() => {});
    return result;
  }
}

/** Whether later captures may refer to this payload. */
function isWhole(hop: Hop): boolean {
  return hop.status === 200 && hop.wireBody.length > 0 && hop.truncated === undefined;
}

function lineOf(hop: Hop, digest: string, pointer: WarcPointer, form: HopForm | undefined): string {
  const type = hop.responseHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const contentType = form?.form === 'revisit' ? 'warc/revisit' : type;
  const shown =
    form?.form === 'revisit' && form.profile === NOT_MODIFIED ? (form.refersTo.payloadDigest ?? digest) : digest;
  return indexLine({ url: hop.url, dateMs: hop.startedAtMs, status: hop.status, contentType, digest: shown, pointer });
}
